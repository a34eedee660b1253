package codec

import (
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"rapport/data"
)

// Guests say how the people of a follow-up stand in its entry.
type Guests int

// Invited names them as people who are invited, for a file that its user sends
// themselves. Noted names them for Rapport only, so that no server invites them.
const (
	Invited Guests = iota
	Noted
)

// WriteFollowUp writes a follow-up as an iCalendar file (RFC 5545), which every
// calendar program opens. Times are in UTC; there is no method, so that nothing is
// sent by it.
func WriteFollowUp(w io.Writer, f data.FollowUp, guests Guests) error {
	var sb strings.Builder
	put := func(l string) { sb.WriteString(folded(l)) }
	put("BEGIN:VCALENDAR")
	put("VERSION:2.0")
	put("PRODID:-//Rapport//Follow-up//EN")
	put("BEGIN:VEVENT")
	put("UID:" + icsText(f.UID))
	put("DTSTAMP:" + icsTime(f.At))
	put("DTSTART:" + icsTime(f.Start))
	put("DTEND:" + icsTime(f.End))
	put("SUMMARY:" + icsText(f.Summary))
	if guests == Invited {
		put("ORGANIZER" + icsPerson(f.Me))
		for _, p := range f.With {
			put("ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE" + icsPerson(p))
		}
	} else {
		for _, p := range f.With {
			put("X-RAPPORT-WITH" + icsPerson(p))
		}
	}
	put("END:VEVENT")
	put("END:VCALENDAR")
	_, err := io.WriteString(w, sb.String())
	return err
}

func icsTime(t time.Time) string { return t.UTC().Format("20060102T150405Z") }

// icsText escapes a text. Control signs would end the line.
func icsText(s string) string {
	s = strings.Map(func(r rune) rune {
		if r != '\n' && (r < ' ' || r == 0x7f) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	return strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`).Replace(s)
}

// icsPerson are the name and address of somebody, with what stands before them.
func icsPerson(a data.Address) string {
	name := ""
	if clean := strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r == '"' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(a.Name, "")); clean != "" {
		name = `;CN="` + clean + `"`
	}
	email := strings.Map(func(r rune) rune {
		if r <= ' ' || r == 0x7f {
			return -1
		}
		return r
	}, a.Email)
	return name + ":mailto:" + email
}

// folded is a line as it may stand in a file: parted after at most 75 bytes, never
// within a letter.
func folded(l string) string {
	var sb strings.Builder
	for limit := 75; len(l) > limit; limit = 74 {
		cut := limit
		for cut > 0 && !utf8.RuneStart(l[cut]) {
			cut--
		}
		sb.WriteString(l[:cut] + "\r\n ")
		l = l[cut:]
	}
	return sb.String() + l + "\r\n"
}
