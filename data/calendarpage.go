package data

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"rapport/data/text"
)

// CalendarView is how much of the calendar is seen at once.
type CalendarView int

// The views of the calendar.
const (
	WeekView CalendarView = iota
	DayView
	MonthView
)

// Span is what a view shows when it is about a day: its week from Monday on, the
// day, or its month; to exclusive, both midnights in day's zone.
func (v CalendarView) Span(day time.Time) (from, to time.Time) {
	from = startOfDay(day)
	switch v {
	case DayView:
		return from, from.AddDate(0, 0, 1)
	case MonthView:
		from = from.AddDate(0, 0, 1-from.Day())
		return from, from.AddDate(0, 1, 0)
	}
	from = from.AddDate(0, 0, -(int(from.Weekday())+6)%7)
	return from, from.AddDate(0, 0, 7)
}

// Step is a day that so many views later or earlier is about. A month is stepped
// to its first day.
func (v CalendarView) Step(day time.Time, by int) time.Time {
	from, _ := v.Span(day)
	switch v {
	case DayView:
		return from.AddDate(0, 0, by)
	case MonthView:
		return from.AddDate(0, by, 0)
	}
	return startOfDay(day).AddDate(0, 0, 7*by)
}

// CalendarInput is what the calendar's page is made from.
type CalendarInput struct {
	Now  time.Time // in the person's zone
	View CalendarView
	Day  time.Time // the view is about the span that holds it
	// Meetings are those that touch the span, by start.
	Meetings []Agenda
	// Touches are the contacts that are due by the end of the span.
	Touches []Touchpoint
	// Filter leaves only meetings that have all its words somewhere in their
	// title, account, people or place. "" leaves all.
	Filter string
}

// CalendarPage is the calendar as it is drawn.
type CalendarPage struct {
	Title    string // "November", "November 2025" where the year is not now's
	Sub      string // "Week 47", "Tuesday 17", "12 meetings"
	From, To time.Time
	// Days are the days of the span in order. A week without anything on Saturday
	// and Sunday has five.
	Days []CalendarDay
	// FirstHour and LastHour are the hours between which all timed entries lie,
	// at least 8 and 19.
	FirstHour, LastHour int
	Hidden              int // meetings that the filter leaves out
}

// CalendarDay is one day of the calendar.
type CalendarDay struct {
	Date    time.Time // its midnight
	Today   bool
	AllDay  []CalendarEntry // of whole days, and those that last a day or longer
	Timed   []CalendarEntry // by their start
	Touches []Touchpoint    // who is due; on today also who is over
	// Free are the minutes of the working day, from 9 to 18, from now on, that no
	// meeting takes, in pieces of half an hour or longer.
	Free int
}

// Entries are all entries of a day, those of the whole day first.
func (d CalendarDay) Entries() []CalendarEntry { return slices.Concat(d.AllDay, d.Timed) }

// CalendarEntry is a meeting on a day.
type CalendarEntry struct {
	Meeting Agenda
	// From and To are minutes after the day's midnight, To at least fifteen after
	// From, so that it can be seen.
	From, To int
	// Lane is the column that it lies in while others overlap it, of Lanes.
	Lane, Lanes int
	Title       string // its account, else what it is called
	Second      string // what it is called, else ""
	Customer    bool   // with an account, or somebody from outside
	Brief       BriefMark
	Over        bool // it has ended
}

// BriefMark says whether a meeting has a brief.
type BriefMark int

// The marks of a brief.
const (
	NoBrief      BriefMark = iota // it needs none: it is among us, over, or cancelled
	BriefReady                    // it lies within BriefAhead and has one
	BriefNotYet                   // it lies farther ahead
	BriefNoOwner                  // it belongs to no account, so it cannot have one
)

// BriefAhead is how far ahead a brief is made for every meeting with a customer.
const BriefAhead = 14 * 24 * time.Hour

// MarkOfBrief says whether a meeting has a brief.
func MarkOfBrief(a Agenda, now time.Time) BriefMark {
	switch {
	case a.Cancelled || !withGuests(a) || !a.End.After(now) && !a.Start.After(now):
		return NoBrief
	case a.Account.ID == "":
		return BriefNoOwner
	case a.Start.After(now.Add(BriefAhead)):
		return BriefNotYet
	}
	return BriefReady
}

// withGuests says whether a meeting is with an account, or somebody from outside.
func withGuests(a Agenda) bool {
	return a.Account.ID != "" || slices.ContainsFunc(a.People, func(p Participant) bool { return p.Side != Us })
}

// The working day, in hours, and the least that counts as free, in minutes.
const (
	workBegins = 9
	workEnds   = 18
	leastFree  = 30
	leastEntry = 15
)

// ComposeCalendar lays the calendar out. Cancelled meetings are among the
// entries and take no free time, as those that are marked free.
func ComposeCalendar(in CalendarInput) CalendarPage {
	p := CalendarPage{FirstHour: 8, LastHour: 19}
	p.From, p.To = in.View.Span(in.Day)
	var meetings []Agenda
	for _, m := range in.Meetings {
		if holdsWords(m, in.Filter) {
			meetings = append(meetings, m)
		}
	}
	p.Hidden = len(in.Meetings) - len(meetings)
	for date := p.From; date.Before(p.To); date = date.AddDate(0, 0, 1) {
		d := calendarDay(date, meetings, in.Now)
		d.Free = freeMinutes(in.Meetings, date, in.Now)
		d.Touches = touchesOn(in.Touches, date, in.Now)
		used := len(d.AllDay)+len(d.Timed)+len(d.Touches) > 0
		if w := date.Weekday(); in.View == WeekView && (w == time.Saturday || w == time.Sunday) && !used && !d.Today {
			continue
		}
		p.Days = append(p.Days, d)
		for _, e := range d.Timed {
			p.FirstHour = min(p.FirstHour, e.From/60)
			p.LastHour = max(p.LastHour, (e.To+59)/60)
		}
	}
	p.name(in)
	return p
}

// name says in words which span is seen.
func (p *CalendarPage) name(in CalendarInput) {
	p.Title = MonthHead(p.From, in.Now)
	switch in.View {
	case WeekView:
		if last := p.To.AddDate(0, 0, -1); last.Month() != p.From.Month() {
			p.Title = p.From.Format("Jan") + " to " + dated("Jan", last, in.Now)
		}
		_, week := p.From.ISOWeek()
		p.Sub = fmt.Sprintf("Week %d", week)
	case DayView:
		p.Sub = p.From.Format("Monday 2")
	case MonthView:
		p.Sub = Counted(len(p.Order()), "meeting", "meetings")
	}
}

// Order are the IDs of all meetings in the order that one walks them: by day,
// those of the whole day first, each once.
func (p CalendarPage) Order() (ids []string) {
	seen := map[string]bool{}
	for _, d := range p.Days {
		for _, e := range d.Entries() {
			if !seen[e.Meeting.ID] {
				seen[e.Meeting.ID] = true
				ids = append(ids, e.Meeting.ID)
			}
		}
	}
	return ids
}

// Next is the meeting to begin with: the first that is not over, with a customer
// where there is one that day; else the first; "" for none.
func (p CalendarPage) Next() string {
	for _, d := range p.Days {
		next := ""
		for _, e := range d.Timed {
			if e.Over || e.Meeting.Cancelled {
				continue
			}
			if e.Customer {
				return e.Meeting.ID
			}
			next = cmp.Or(next, e.Meeting.ID)
		}
		if next != "" {
			return next
		}
	}
	if ids := p.Order(); len(ids) > 0 {
		return ids[0]
	}
	return ""
}

// Entry is the first entry of a meeting; ok is false where it is not seen.
func (p CalendarPage) Entry(id string) (e CalendarEntry, ok bool) {
	for _, d := range p.Days {
		for _, e := range d.Entries() {
			if e.Meeting.ID == id {
				return e, true
			}
		}
	}
	return CalendarEntry{}, false
}

// holdsWords says whether a meeting has all words of a filter.
func holdsWords(a Agenda, filter string) bool {
	all := []string{a.Summary, a.Account.Name, a.Place}
	for _, p := range a.People {
		all = append(all, p.Name, p.Email)
	}
	said := text.Fold(strings.Join(all, " "))
	for _, word := range strings.Fields(text.Fold(filter)) {
		if !strings.Contains(said, word) {
			return false
		}
	}
	return true
}

// calendarDay are the entries of a day.
func calendarDay(date time.Time, meetings []Agenda, now time.Time) CalendarDay {
	d := CalendarDay{Date: date, Today: DaysBetween(date, now) == 0}
	name, end := date.Format(time.DateOnly), date.AddDate(0, 0, 1)
	for _, m := range meetings {
		switch {
		case m.AllDay:
			if m.StartDate <= name && name < m.EndDate {
				d.AllDay = append(d.AllDay, entryOf(m, now))
			}
		case !m.Start.Before(end), !m.End.After(date) && !m.Start.Equal(date): // on another day
		case m.End.Sub(m.Start) >= 24*time.Hour:
			d.AllDay = append(d.AllDay, entryOf(m, now))
		default:
			e := entryOf(m, now)
			e.From, e.To = minutesOn(m, date)
			d.Timed = append(d.Timed, e)
		}
	}
	LayLanes(d.Timed)
	return d
}

// entryOf is a meeting in words.
func entryOf(m Agenda, now time.Time) CalendarEntry {
	called := WithoutLinks(TitleOf(Interaction{Kind: Meet, Subject: m.Summary}))
	e := CalendarEntry{Meeting: m, Lanes: 1, Title: called, Customer: withGuests(m), Brief: MarkOfBrief(m, now), Over: !m.End.After(now) && !m.Start.After(now)}
	if m.Account.Name != "" {
		e.Title, e.Second = m.Account.Name, called
	}
	return e
}

// minutesOn is the part of a meeting on a day, by the clock on the wall.
func minutesOn(m Agenda, date time.Time) (from, to int) {
	start, end := m.Start.In(date.Location()), m.End.In(date.Location())
	from, to = 60*start.Hour()+start.Minute(), 60*end.Hour()+end.Minute()
	if start.Before(date) {
		from = 0
	}
	if !end.Before(date.AddDate(0, 0, 1)) {
		to = 24 * 60
	}
	from = min(from, 24*60-leastEntry)
	return from, max(to, from+leastEntry)
}

// LayLanes puts entries of a day that overlap beside each other: each gets the
// first lane that is free, and Lanes is how many its group needs, the fewest that
// will do. It sorts them by start, the longer ones first.
func LayLanes(entries []CalendarEntry) {
	slices.SortStableFunc(entries, func(a, b CalendarEntry) int {
		return cmp.Or(a.From-b.From, b.To-a.To, strings.Compare(a.Meeting.ID, b.Meeting.ID))
	})
	var free []int // when each lane of the group is free again
	begin, end := 0, 0
	close := func(to int) {
		for i := begin; i < to; i++ {
			entries[i].Lanes = len(free)
		}
		begin, free = to, nil
	}
	for i := range entries {
		e := &entries[i]
		if e.From >= end {
			close(i)
		}
		e.Lane = slices.IndexFunc(free, func(until int) bool { return until <= e.From })
		if e.Lane < 0 {
			e.Lane, free = len(free), append(free, 0)
		}
		free[e.Lane], end = e.To, max(end, e.To)
	}
	close(len(entries))
}

// freeMinutes are the minutes of a working day that are free, from now on.
// Saturday and Sunday have none.
func freeMinutes(meetings []Agenda, date, now time.Time) (free int) {
	y, m, d := date.Date()
	at := func(hour int) time.Time { return time.Date(y, m, d, hour, 0, 0, 0, date.Location()) }
	if w := date.Weekday(); w == time.Saturday || w == time.Sunday {
		return 0
	}
	from, to := at(workBegins), at(workEnds)
	if now.After(from) {
		from = now
	}
	taken, _ := parted(meetings, func(a Agenda) bool {
		return !a.AllDay && !a.Cancelled && !a.Free && a.End.After(from) && a.Start.Before(to)
	})
	slices.SortStableFunc(taken, func(a, b Agenda) int { return a.Start.Compare(b.Start) })
	add := func(until time.Time) {
		if gap := int(until.Sub(from).Minutes()); gap >= leastFree {
			free += gap
		}
	}
	for _, a := range taken {
		add(a.Start)
		if a.End.After(from) {
			from = a.End
		}
	}
	add(to)
	return free
}

// FreeWords are the free minutes of a day to half an hour: "6½ h free", "" for
// none.
func FreeWords(minutes int) string {
	h, half := minutes/60, minutes%60 >= 30
	switch {
	case h == 0 && !half:
		return ""
	case h == 0:
		return "½ h free"
	case half:
		return fmt.Sprintf("%d½ h free", h)
	}
	return fmt.Sprintf("%d h free", h)
}

// touchesOn are those who are due on a day; on today also those who were due
// before.
func touchesOn(touches []Touchpoint, date, now time.Time) (list []Touchpoint) {
	for _, t := range touches {
		due := t.Due.In(date.Location())
		if due.Before(startOfDay(now)) {
			due = now
		}
		if DaysBetween(due, date) == 0 {
			list = append(list, t)
		}
	}
	return list
}

// TouchWords says in few words who is due: "Hanna, 17 days late", "Luc, visit",
// or the account where nobody is known there.
func TouchWords(t Touchpoint) string {
	name := FirstName(t.Contact.Name)
	if name == "" {
		name = ShortName(t.Account.Name)
	}
	switch {
	case t.Warmth.Band == NeverSpoke:
		return name + ", first hello"
	case t.Late > 0:
		return fmt.Sprintf("%s, %s late", name, Counted(t.Late, "day", "days"))
	case t.Channel != "":
		return name + ", " + string(t.Channel)
	}
	return name
}

// MeetingWhen says when a meeting is: "Tue 17 Nov, 10:30 to 11:30". there is the
// zone that it was set in, nil where that is not known; where its clock shows
// another time that is said too: "(09:30 in London)".
func MeetingWhen(o Occurrence, there *time.Location, now time.Time) string {
	start, end := o.Start.In(now.Location()), o.End.In(now.Location())
	if o.AllDay {
		last := end.AddDate(0, 0, -1)
		if DaysBetween(start, last) == 0 {
			return DayName(start, now) + ", all day"
		}
		return DayName(start, now) + " to " + DayName(last, now) + ", all day"
	}
	when := DayName(start, now) + ", " + Clock(start, now)
	switch {
	case !end.After(start):
	case DaysBetween(start, end) == 0:
		when += " to " + Clock(end, now)
	default:
		when += " to " + DayName(end, now) + " " + Clock(end, now)
	}
	if there == nil || there == time.UTC {
		return when
	}
	if set := o.Start.In(there).Format("15:04"); set != Clock(start, now) {
		when += fmt.Sprintf(" (%s in %s)", set, zoneCity(there.String()))
	}
	return when
}

// zoneCity is the place in a zone's name: "New York" of America/New_York.
func zoneCity(zone string) string {
	return strings.ReplaceAll(zone[strings.LastIndexByte(zone, '/')+1:], "_", " ")
}
