package calendar

import (
	"cmp"
	"slices"
	"strings"
)

// series is all that a calendar says under one UID.
type series struct {
	uid     string
	master  *event         // nil when only dates of it are known
	changed []event        // dates that differ, one version each, in order
	places  map[string]int // where in changed a date is, by its name
	spent   int            // steps of work that its rules took
}

// group gathers events by UID, each entry in its newest version, in the order of
// their start: so the same meetings have the same names however a server sorts
// them.
func group(events []event, odd *notes) []*series {
	slices.SortStableFunc(events, func(a, b event) int { return cmp.Compare(a.start.key(), b.start.key()) })
	var list []*series
	byUID := map[string]*series{}
	get := func(uid string) *series {
		if byUID[uid] == nil {
			byUID[uid] = &series{uid: uid, places: map[string]int{}}
			list = append(list, byUID[uid])
		}
		return byUID[uid]
	}
	for _, e := range events {
		s := get(e.uid)
		if !e.isDate && s.master != nil && distinct(*s.master, e) {
			odd.add("%s: more than one meeting has this UID; the one at line %d was given its own", e.called(), e.n)
			e.rename(e.uid + "#" + e.start.id())
			s = get(e.uid)
		}
		s.add(e)
	}
	for _, s := range list {
		slices.SortStableFunc(s.changed, func(a, b event) int { return cmp.Compare(a.of.key(), b.of.key()) })
	}
	return list
}

// distinct says whether two entries with one UID are two meetings rather than
// two versions of one: nothing says which is newer, and they are at other times.
func distinct(a, b event) bool {
	return a.sequence == b.sequence && a.stamp == b.stamp && a.start.key() != b.start.key()
}

func (s *series) add(e event) {
	if !e.isDate {
		if s.master == nil || e.newer(*s.master) {
			s.master = &e
		}
		return
	}
	name := e.of.id()
	if e.onward {
		name += " and after"
	}
	at, known := s.places[name]
	switch {
	case !known:
		s.places[name] = len(s.changed)
		s.changed = append(s.changed, e)
	case e.newer(s.changed[at]):
		s.changed[at] = e
	}
}

// dateOf is which date of the series an entry is, in the series' own form.
func (s *series) dateOf(c event) when {
	if s.master == nil {
		return c.of
	}
	return c.of.like(s.master.start)
}

// text writes the series as a calendar of its own, with the zones that it names.
func (s *series) text(zones *zoneBook) string {
	all := slices.Clone(s.changed)
	if s.master != nil {
		all = append([]event{*s.master}, all...)
	}
	var sb strings.Builder
	put := func(l string) { sb.WriteString(l + "\r\n") }
	put("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Rapport//Calendar//EN")
	if head := all[0].head; head != nil {
		if head.method != "" {
			put("METHOD:" + head.method)
		}
		if head.zone != "" {
			put("X-WR-TIMEZONE:" + head.zone)
		}
	}
	for _, name := range zoneNames(all) {
		if p, ok := zones.given[name]; ok {
			writePart(put, p)
		}
	}
	for _, e := range all {
		writePart(put, part{kind: "VEVENT", lines: e.lines})
	}
	put("END:VCALENDAR")
	return sb.String()
}

// zoneNames are the zones that events name, in order of name.
func zoneNames(events []event) (names []string) {
	for _, e := range events {
		if e.head != nil && e.head.zone != "" {
			names = append(names, e.head.zone)
		}
		for _, list := range e.props {
			for _, p := range list {
				if tzid := strings.Trim(param(p, "TZID"), `"'`); tzid != "" {
					names = append(names, tzid)
				}
			}
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func writePart(put func(string), p part) {
	put("BEGIN:" + p.kind)
	for _, l := range p.lines {
		put(l.text)
	}
	for _, kid := range p.kids {
		writePart(put, kid)
	}
	put("END:" + p.kind)
}
