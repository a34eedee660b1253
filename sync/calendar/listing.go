package calendar

import (
	"cmp"
	"slices"
	"time"

	"rapport/data"
)

// span is the time that is asked for; to is exclusive.
type span struct{ from, to time.Time }

// holds says whether something from start to end touches the span.
func (s span) holds(start, end time.Time) bool {
	return start.Before(s.to) && (end.After(s.from) || !start.Before(s.from))
}

// listing works out the dates of one series within a span.
type listing struct {
	*series
	calendar string
	in       span
	zones    *zoneBook
	odd      *notes
	shared   map[int]data.Occurrence // by line: what the dates of one entry have in common
	list     []data.Occurrence
}

// occurrences are the dates of the series within a span, by their start.
func (s *series) occurrences(calendarID string, in span, zones *zoneBook, odd *notes) []data.Occurrence {
	l := listing{series: s, calendar: calendarID, in: in, zones: zones, odd: odd, shared: map[int]data.Occurrence{}}
	defer func() {
		if r := recover(); r != nil {
			odd.add("%s: its dates could not be worked out (%v)", short(s.uid), r)
		}
	}()
	if s.master != nil && !s.master.repeats() && len(s.changed) == 0 {
		l.emit(*s.master, s.master.start, "")
		return l.list
	}
	changes, taken := s.changes(), map[int64]bool{}
	if s.master != nil {
		l.repeat(changes, taken)
	}
	for _, c := range s.changed {
		date := s.dateOf(c)
		if key := date.key(); !taken[key] {
			taken[key], c = true, changes[key]
			l.emit(c, c.start, date.id())
		}
	}
	if !slices.IsSortedFunc(l.list, byStart) {
		slices.SortStableFunc(l.list, byStart)
	}
	return l.list
}

// changes are the entries that change a date, by its key. One that changes that
// date alone goes before one that changes all after it too.
func (s *series) changes() map[int64]event {
	changes := map[int64]event{}
	for _, c := range s.changed {
		key := s.dateOf(c).key()
		if known, ok := changes[key]; !ok || known.onward || !c.onward {
			changes[key] = c
		}
	}
	return changes
}

// repeat lists the dates that the master names, each as the changes have it, and
// marks the keys of those that a change of their own took.
func (l *listing) repeat(single map[int64]event, taken map[int64]bool) {
	onward := l.onward()
	plan := l.plan(l.in, l.zones, l.odd)
	l.list = make([]data.Occurrence, 0, min(len(plan), maxDates))
	for _, d := range plan {
		e, start := *l.master, d.when
		if c, ok := single[d.key]; ok {
			e, start, taken[d.key] = c, c.start, true
		} else if m := latest(onward, d.key); m != nil {
			e, start = m.event, m.event.start.on(d.when.wall.Add(m.by))
		} else if d.length != nil {
			e.length = *d.length
		}
		if e.noStart && !e.dated {
			e.length = l.master.length
		}
		l.emit(e, start, d.when.id())
	}
}

// move is a change "this and all after": from which date on, and by how much.
type move struct {
	event event
	key   int64
	by    time.Duration
}

// onward are the changes "this and all after", in order.
func (s *series) onward() (moves []move) {
	for _, c := range s.changed {
		if c.onward {
			date := s.dateOf(c)
			moves = append(moves, move{c, date.key(), c.start.wall.Sub(date.wall)})
		}
	}
	slices.SortStableFunc(moves, func(a, b move) int { return cmp.Compare(a.key, b.key) })
	return moves
}

// latest is the last move before a date, or nil.
func latest(moves []move, key int64) *move {
	i, _ := slices.BinarySearchFunc(moves, key, func(m move, key int64) int { return cmp.Compare(m.key, key) })
	if i == 0 {
		return nil
	}
	return &moves[i-1]
}

// emit adds one date, when it is within the span.
func (l *listing) emit(e event, start when, date string) {
	begin, end := start.at(), e.length.after(start)
	if !l.in.holds(begin, end) {
		return
	}
	if len(l.list) == maxDates {
		l.odd.add("%s: it has more than %d dates in this span; the first of them were kept", short(l.uid), maxDates)
		return
	}
	o, ok := l.shared[e.n]
	if !ok {
		o = e.occurrence(l.calendar)
		l.shared[e.n] = o
	}
	o.ID, o.RecurrenceID = data.OccurrenceIDOf(l.uid, date), date
	o.Start, o.End, o.Zone = begin, end, start.name
	if start.form == allDay {
		o.AllDay, o.Zone = true, ""
		o.StartDate = start.wall.Format(time.DateOnly)
		o.EndDate = start.wall.AddDate(0, 0, e.length.days).Format(time.DateOnly)
	}
	l.list = append(l.list, o)
}
