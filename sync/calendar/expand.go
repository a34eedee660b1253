package calendar

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"

	"rapport/data"
)

// Expand lists the dates of a stored meeting (data.Meeting.ICS) that touch the
// span from from to to, to exclusive, in order of their start. Any span will do,
// a century too; one series gives at most 50,000 dates of it. zone is the
// user's, for all-day and floating dates. Dates that were cancelled are listed
// as Cancelled; dates that the series leaves out are not. odd says in words what
// could not be read. The error is ErrNotCalendar, ErrCut or ErrTooMuch.
func Expand(ics, calendarID string, zone *time.Location, from, to time.Time) (list []data.Occurrence, odd []string, err error) {
	r, err := Meetings(context.Background(), []byte(ics), Options{Calendar: calendarID, Zone: zone, From: from, To: to})
	if err != nil {
		return nil, r.Odd, err
	}
	if len(r.Meetings) == 1 {
		return r.Meetings[0].Occurrences, r.Odd, nil
	}
	for _, m := range r.Meetings {
		list = append(list, m.Occurrences...)
	}
	slices.SortStableFunc(list, byStart)
	return list, r.Odd, nil
}

func byStart(a, b data.Occurrence) int {
	if c := a.Start.Compare(b.Start); c != 0 {
		return c
	}
	return strings.Compare(a.ID, b.ID)
}

// Options say how a calendar is read.
type Options struct {
	Calendar string         // Calendar.ID of the occurrences
	Zone     *time.Location // the user's; nil is UTC
	From, To time.Time      // what is expanded; To exclusive
	// Known are the meetings that are read already, by UID, as Reading.Hashes
	// had them: those that are the same are not expanded again.
	Known map[string]string
}

func (o Options) span() span {
	last := time.Date(9998, 1, 1, 0, 0, 0, 0, time.UTC) // as far as rules are counted
	if o.To.After(last) {
		o.To = last
	}
	return span{o.From, o.To}
}

// Reading is what a calendar holds.
type Reading struct {
	// Meetings are by the start of their first entry, without those that are
	// Known.
	Meetings []data.Meeting
	// Hashes are of all meetings that could be read, by UID: the same as long as
	// nothing but DTSTAMP changes in them.
	Hashes map[string]string
	// Held are the UIDs of meetings that are there but could not be read, so
	// that what is stored of them must stay.
	Held []string
	// Odd says in words what was left out or read in spite of being broken.
	Odd []string
}

// Bounds of one calendar: no team meets a million times in ten years, and a feed
// whose rules take longer than this is made to hang its readers.
const (
	maxAllDates = 1_000_000
	maxAllSteps = 30_000_000
)

// ErrTooMuch says that a calendar holds more dates than are read.
var ErrTooMuch = errors.New("the calendar holds too many dates")

// Meetings reads a calendar. What can be used is used and the rest is named in
// Odd. The error is ErrNotCalendar, ErrCut, ErrTooMuch, or that of ctx.
func Meetings(ctx context.Context, raw []byte, o Options) (Reading, error) {
	if o.Zone == nil {
		o.Zone = time.UTC
	}
	odd := &notes{}
	doc, err := read(raw, odd)
	if err != nil {
		return Reading{Odd: odd.all()}, err
	}
	zones := newZoneBook(doc.zones, o.Zone, odd)
	events, held, err := readEvents(ctx, doc, zones, odd)
	if err != nil {
		return Reading{}, err
	}
	r := Reading{Held: slices.Sorted(maps.Keys(held)), Hashes: map[string]string{}}
	dates, steps := 0, 0
	for _, s := range group(events, odd) {
		if err := ctx.Err(); err != nil {
			return Reading{}, err
		}
		if held[s.uid] {
			continue
		}
		m := data.Meeting{UID: s.uid, ICS: s.text(zones)}
		if r.Hashes[s.uid] = hashOf(m.ICS); o.Known[s.uid] == r.Hashes[s.uid] {
			continue
		}
		m.Occurrences = s.occurrences(o.Calendar, o.span(), zones, odd)
		r.Meetings = append(r.Meetings, m)
		if dates, steps = dates+len(m.Occurrences), steps+s.spent; dates > maxAllDates || steps > maxAllSteps {
			return Reading{Odd: odd.all()}, ErrTooMuch
		}
	}
	r.Odd = odd.all()
	return r, nil
}

// readEvents reads every entry. held are the UIDs of which the entry that names
// the series could not be read: without it, its other entries would look like
// all there is.
func readEvents(ctx context.Context, doc document, zones *zoneBook, odd *notes) (events []event, held map[string]bool, err error) {
	held = map[string]bool{}
	for _, p := range doc.events {
		if err := ctx.Err(); err != nil {
			return nil, nil, err
		}
		e, ok := readEvent(p, zones, odd)
		switch {
		case ok:
			events = append(events, e)
		case e.named && !e.isDate:
			held[e.uid] = true
		}
	}
	return events, held, nil
}

// HasDates says whether a stored meeting (data.Meeting.ICS) may have dates with
// names of their own: it repeats, or is known by single dates.
func HasDates(ics string) bool {
	for l := range strings.Lines(ics) {
		switch propertyName(l) {
		case "RRULE", "RDATE", "RECURRENCE-ID":
			return true
		}
	}
	return false
}
