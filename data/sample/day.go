package sample

import (
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"time"
)

// Amsterdam is Europe/Amsterdam by the rules in force since 1996, built from
// bytes so that it needs no zone files.
var Amsterdam = zone("Europe/Amsterdam", "CET-1CEST,M3.5.0,M10.5.0/3")

// london is where a partner sits.
var london = zone("Europe/London", "GMT0BST,M3.5.0/1,M10.5.0")

// Today is the morning that the screens of the design show: Tuesday 17 November
// 2026, 09:18 in Amsterdam.
var Today = time.Date(2026, time.November, 17, 9, 18, 0, 0, Amsterdam)

// span is how many days the world's past has.
const span = 730

// zone makes a location from a POSIX rule: a TZif file (RFC 8536) that has the
// rule and no table.
func zone(name, rule string) *time.Location {
	block := func(version byte) []byte {
		b := append([]byte("TZif"), version)
		b = append(b, make([]byte, 15)...)
		for _, n := range []uint32{0, 0, 0, 0, 1, 4} { // isutc, isstd, leap, times, types, name bytes
			b = binary.BigEndian.AppendUint32(b, n)
		}
		return append(b, 0, 0, 0, 0, 0, 0, 'U', 'T', 'C', 0)
	}
	file := append(append(block('2'), block('2')...), "\n"+rule+"\n"...)
	loc, err := time.LoadLocationFromTZData(name, file)
	if err != nil {
		panic("bug: sample: zone " + name + ": " + err.Error())
	}
	return loc
}

func midnight(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, t.Location())
}

// days counts from the world's last day.
type days struct{ today time.Time }

// at is the day that is ago days before today, at the clock "15:04".
func (d days) at(ago int, clock string) time.Time {
	var h, m int
	if _, err := fmt.Sscanf(clock, "%d:%d", &h, &m); err != nil {
		panic("bug: sample: clock " + clock)
	}
	y, mo, day := d.today.Date()
	return time.Date(y, mo, day-ago, h, m, 0, 0, d.today.Location())
}

// ago is how many whole days before today t lies.
func (d days) ago(t time.Time) int {
	y, m, day := t.In(d.today.Location()).Date()
	here := time.Date(y, m, day, 0, 0, 0, 0, time.UTC)
	y, m, day = d.today.Date()
	return int(time.Date(y, m, day, 0, 0, 0, 0, time.UTC).Sub(here) / (24 * time.Hour))
}

// workday moves a day back to the Friday before when it is on a weekend.
func (d days) workday(ago int) int {
	switch d.at(ago, "12:00").Weekday() {
	case time.Saturday:
		return ago + 1
	case time.Sunday:
		return ago + 2
	}
	return ago
}

// weekday is the latest day that is at least ago days before today and falls on
// the weekday.
func (d days) weekday(ago int, day time.Weekday) int {
	for d.at(ago, "12:00").Weekday() != day {
		ago++
	}
	return ago
}

// officeTime is a moment of that day at which people write mail.
func (d days) officeTime(r *rand.Rand, ago int) time.Time {
	t := d.at(ago, "07:30")
	return t.Add(time.Duration(r.IntN(10*3600+1800)) * time.Second)
}

// Folder names of the mailbox that do not depend on the date.
const (
	inbox    = "INBOX"
	sent     = "Sent"
	sentOld  = "Sent Items"
	kestrel  = "Kestrel"
	accented = "Angebote & Pläne"
	private  = "Private"
	drafts   = "Drafts"
	junk     = "Junk"
	trash    = "Trash"
)

// archiveAfter is the age in days at which a year of mail is over: what was
// received in the years before the one of that day has left the inbox.
const archiveAfter = 300

func (d days) firstUnarchived() int { return d.at(archiveAfter, "12:00").Year() }

func archive(year int) string { return fmt.Sprintf("Archive/%d", year) }

// folders lists the mailbox's folders as its owner sees them.
func (d days) folders() []Folder {
	list := []Folder{{Name: inbox}, {Name: sent, Use: `\Sent`}, {Name: sentOld}}
	for year := d.at(span, "12:00").Year(); year < d.firstUnarchived(); year++ {
		list = append(list, Folder{Name: archive(year)})
	}
	return append(list,
		Folder{Name: kestrel}, Folder{Name: accented}, Folder{Name: private},
		Folder{Name: drafts, Use: `\Drafts`}, Folder{Name: junk, Use: `\Junk`}, Folder{Name: trash, Use: `\Trash`})
}

// folder is where a mail that was sent by the owner, or received, lies today.
func (d days) folder(at time.Time, mine bool) string {
	ago, year := d.ago(at), at.In(d.today.Location()).Year()
	switch {
	case mine && ago > 420:
		return sentOld
	case mine:
		return sent
	case year < d.firstUnarchived():
		return archive(year)
	}
	return inbox
}
