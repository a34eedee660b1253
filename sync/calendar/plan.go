package calendar

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/emersion/go-ical"
)

// Bounds of one series in one span. A rule such as FREQ=SECONDLY without end
// must not hang, and nobody meets more often than this.
const (
	maxDates = 50_000
	maxSteps = 1_000_000
)

// planned is a date that the master names; length is set where an RDATE says how
// long it is.
type planned struct {
	when   when
	key    int64 // when.key()
	length *length
}

// plan are the master's dates in and around a span: its rules and RDATEs without
// its EXDATEs and EXRULEs, in order.
func (s *series) plan(in span, zones *zoneBook, odd *notes) []planned {
	m := *s.master
	zones = zones.under(m.head.zone)
	from, to := s.around(in)
	except := s.exceptions(from, to, zones)
	var list []planned
	within := 0
	add := func(p planned) {
		p.key = p.when.key()
		if except.has(p) || len(list) > 0 && list[len(list)-1].key == p.key {
			return
		}
		if list = append(list, p); p.key >= in.from.Unix() {
			within++
		}
	}
	for wall := range s.ruled("RRULE", from, to, odd) {
		if m.start.form == allDay {
			wall = midnight(wall) // a rule may count hours in spite of it
		}
		if add(planned{when: m.start.on(wall)}); within > maxDates+50 {
			break // more than enough, so that it is noticed
		}
	}
	if len(m.props["RRULE"]) == 0 {
		add(planned{when: m.start})
	}
	for _, p := range m.props["RDATE"] {
		for _, d := range s.extra(p, zones, odd) {
			add(d)
		}
	}
	slices.SortStableFunc(list, func(a, b planned) int { return cmp.Compare(a.key, b.key) })
	return slices.CompactFunc(list, func(a, b planned) bool { return a.key == b.key })
}

// around is a span as wall times of the master's zone, wide enough for dates
// that are long or that a change moves.
func (s *series) around(in span) (from, to time.Time) {
	reach := s.master.length.most()
	for _, m := range s.onward() {
		reach = max(reach, m.by.Abs()+m.event.length.most())
	}
	reach += 26 * time.Hour // from any zone to any other
	return in.from.UTC().Add(-reach), in.to.UTC().Add(reach)
}

// ruled yields the wall times of the master's RRULEs or EXRULEs, its start first.
func (s *series) ruled(name string, from, to time.Time, odd *notes) func(yield func(time.Time) bool) {
	return func(yield func(time.Time) bool) {
		for _, p := range s.master.props[name] {
			r, err := parseRule(p.Value, s.master.start)
			if err != nil {
				odd.add("%s: its rule cannot be read (%v); its first date was kept", short(s.uid), err)
				if name == "RRULE" && !yield(s.master.start.wall) {
					return
				}
				continue
			}
			budget := maxSteps
			for wall := range r.dates(s.master.start.wall, from, to, &budget) {
				if !yield(wall) {
					return
				}
			}
			if s.spent += maxSteps - budget; budget <= 0 {
				odd.add("%s: its rule asks for too many dates; those that were reached were kept", short(s.uid))
			}
		}
	}
}

// exceptions are what a series leaves out: single dates, and whole days where it
// says no time.
type exceptions struct{ dates, days map[int64]bool }

func (e exceptions) has(p planned) bool {
	return e.dates[p.key] || len(e.days) > 0 && e.days[midnight(p.when.wall).Unix()]
}

func (s *series) exceptions(from, to time.Time, zones *zoneBook) exceptions {
	e := exceptions{dates: map[int64]bool{}, days: map[int64]bool{}}
	for _, p := range s.master.props["EXDATE"] {
		for _, v := range strings.Split(p.Value, ",") {
			w, ok := parseWhen(p, v, zones)
			switch {
			case !ok:
			case w.form == allDay:
				e.days[w.wall.Unix()] = true
			default:
				e.dates[w.like(s.master.start).key()] = true
			}
		}
	}
	start := s.master.start.wall
	for wall := range s.ruled("EXRULE", from, to, &notes{}) {
		if !wall.Equal(start) {
			e.dates[s.master.start.on(wall).key()] = true
		}
	}
	return e
}

// extra reads an RDATE: dates, times or periods.
func (s *series) extra(p ical.Prop, zones *zoneBook, odd *notes) (list []planned) {
	for _, v := range strings.Split(p.Value, ",") {
		if strings.TrimSpace(v) == "" {
			continue
		}
		begin, end, period := strings.Cut(v, "/")
		w, ok := parseWhen(p, begin, zones)
		if !ok {
			odd.add("%s: one of its added dates cannot be read", short(s.uid))
			continue
		}
		d := planned{when: w.like(s.master.start)}
		if period {
			d.length = periodLength(p, w, end, zones)
		}
		list = append(list, d)
	}
	return list
}

// periodLength reads what stands after the slash of a period, or returns nil.
func periodLength(p ical.Prop, start when, end string, zones *zoneBook) *length {
	l, ok := parseLength(end)
	if !ok {
		w, isTime := parseWhen(p, end, zones)
		if ok = isTime; ok {
			l = between(start, w)
		}
	}
	if !ok || l.most() < 0 {
		return nil
	}
	return &l
}
