package data

import (
	"strings"
	"time"

	"rapport/data/text"
)

// Ribbon is the day as a strip. From and To are full hours.
type Ribbon struct {
	From, To time.Time
	Slots    []RibbonSlot
	Lanes    int // how many slots lie side by side at most, at least 1
}

// RibbonSlot is a meeting on the strip, cut to it.
type RibbonSlot struct {
	Start, End time.Time
	Meeting    string // Occurrence.ID
	Title      string // the account's short name; "" for an internal one
	Customer   bool
	Lane       int // 0 to Ribbon.Lanes-1
}

// layRibbon draws the timed meetings between 08 and 18, or wider when they need
// it. Meetings that overlap lie in lanes of their own.
func layRibbon(meetings []Agenda, now time.Time) Ribbon {
	day := startOfDay(now)
	y, m, d := day.Date()
	hour := func(h int) time.Time { return time.Date(y, m, d, h, 0, 0, 0, now.Location()) }
	first, last := 8, 18
	timed, _ := parted(meetings, func(a Agenda) bool { return !a.AllDay })
	for _, a := range timed {
		start, end := cut(a, day, hour(24))
		first = min(first, start.Hour())
		for last < 24 && end.After(hour(last)) {
			last++
		}
	}
	r := Ribbon{From: hour(first), To: hour(last), Lanes: 1}
	var free []time.Time // when each lane is free again
	for _, a := range timed {
		start, end := cut(a, r.From, r.To)
		lane := 0
		for lane < len(free) && free[lane].After(start) {
			lane++
		}
		if lane == len(free) {
			free = append(free, end)
		}
		free[lane] = end
		r.Slots = append(r.Slots, RibbonSlot{
			Start: start, End: end, Meeting: a.ID, Lane: lane,
			Title: ShortName(a.Account.Name), Customer: isCustomerMeeting(a),
		})
	}
	r.Lanes = max(1, len(free))
	return r
}

// cut is the part of a meeting between from and to, in from's zone.
func cut(a Agenda, from, to time.Time) (start, end time.Time) {
	start, end = a.Start.In(from.Location()), a.End.In(from.Location())
	if start.Before(from) {
		start = from
	}
	if end.After(to) {
		end = to
	}
	return start, end
}

// ShortName is what an organisation is called where space is short: its first
// word, "Kestrel" of Kestrel Museums; two when the first is an article or a
// single letter.
func ShortName(name string) string {
	words := strings.Fields(name)
	if len(words) == 0 {
		return ""
	}
	if first := text.Fold(words[0]); len(words) > 1 && (len(first) < 3 || articles[first]) {
		return words[0] + " " + words[1]
	}
	return words[0]
}

var articles = setOf("the", "der", "die", "das", "les", "los", "las", "saint")
