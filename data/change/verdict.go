package change

import (
	"cmp"
	"slices"
	"strings"
)

// A Verdict says why a change is quarantined: kept, counted and forwarded, and
// touching nothing until an accept lets it in. The empty Verdict lets it in.
type Verdict string

// The verdicts.
const (
	Let        Verdict = ""
	Stranger   Verdict = "unknown device" // no record says whose device wrote it
	Outsider   Verdict = "not a member"   // its author was no member then
	NotAllowed Verdict = "not allowed"    // its author's role does not do this
	Stolen     Verdict = "withdrawn laptop"
)

// A May says what a member of a side may write with a role. It is the business of
// data, which knows the kinds and the sides.
type May func(side string, role Role, c Change) bool

// A Judgement is how the changes of one log are judged: by its author's role at
// each counter, by what was withdrawn and by what was accepted. Two equal ones give equal verdicts, so
// a store judges a log again only when its Judgement is another.
type Judgement struct {
	Person string // whose log it is; empty where no record says so
	Side   string // the person's
	Spans  []Span // by counter, from 1 on
}

// A Span is a run of changes of one log that are judged alike: from First until
// the next span. The empty Role is that of nobody.
type Span struct {
	First     uint64
	Role      Role
	Withdrawn bool // the laptop was, before its writer had written this for all one knew
	Accepted  bool // whatever the role
}

// Judgement is how the changes of a log are judged: each by the last record that
// says something about it. A record that gives or takes a role says something
// about what its author had not seen of the person's logs; an accept about its
// ranges. What a withdrawn laptop wrote beyond what was seen of it no role lets in.
// The log's name begins with its device's fingerprint, which ends at the
// hyphen.
func (m Membership) Judgement(log string) Judgement {
	device, _, _ := strings.Cut(log, "-")
	j := Judgement{Person: m.Devices[device]}
	j.Side = m.Members[j.Person].Side
	terms := m.Members[j.Person].terms
	firsts := []uint64{1}
	for _, t := range terms {
		firsts = append(firsts, t.seen[log]+1)
	}
	for _, w := range m.withdrawals {
		if w.laptop == device && w.person == j.Person {
			firsts = append(firsts, w.seen[log]+1)
		}
	}
	for _, a := range m.accepted {
		if a.Log == log {
			firsts = append(firsts, a.First, a.Last+1)
		}
	}
	slices.Sort(firsts)
	for _, first := range slices.Compact(firsts) {
		s := m.judge(j.Person, device, Dot{log, first})
		if n := len(j.Spans); n == 0 || j.Spans[n-1].Role != s.Role || j.Spans[n-1].Accepted != s.Accepted || j.Spans[n-1].Withdrawn != s.Withdrawn {
			j.Spans = append(j.Spans, s)
		}
	}
	return j
}

// judge finds the last record that says something about a change.
func (m Membership) judge(person, device string, d Dot) Span {
	s, place := Span{First: d.Counter}, -1
	for _, t := range slices.Backward(m.Members[person].terms) {
		if t.seen[d.Log] < d.Counter {
			s.Role, place = t.role, t.place
			break
		}
	}
	for _, w := range m.withdrawals {
		if w.laptop == device && w.person == person && w.seen[d.Log] < d.Counter {
			s.Withdrawn, place = true, max(place, w.place)
		}
	}
	s.Accepted = slices.ContainsFunc(m.accepted, func(a accepted) bool {
		return a.place > place && a.Log == d.Log && a.First <= d.Counter && d.Counter <= a.Last
	})
	return s
}

// Role is the role that judges the change with a counter.
func (j Judgement) Role(counter uint64) Role { return j.span(counter).Role }

func (j Judgement) span(counter uint64) Span {
	i, found := slices.BinarySearchFunc(j.Spans, counter, func(s Span, n uint64) int { return cmp.Compare(s.First, n) })
	if !found {
		i--
	}
	if i < 0 {
		return Span{}
	}
	return j.Spans[i]
}

// Verdict says whether a change of the log may touch what it names.
func (j Judgement) Verdict(c Change, may May) Verdict {
	s := j.span(c.Counter)
	switch {
	case s.Accepted:
		return Let
	case j.Person == "":
		return Stranger
	case s.Withdrawn:
		return Stolen
	case s.Role == "":
		return Outsider
	case !may(j.Side, s.Role, c):
		return NotAllowed
	}
	return Let
}

// Verdicts returns what judges the changes of all logs by this membership. It is
// for one goroutine.
func (m Membership) Verdicts(may May) func(Change) Verdict {
	logs := map[string]Judgement{}
	return func(c Change) Verdict {
		j, ok := logs[c.Log]
		if !ok {
			j = m.Judgement(c.Log)
			logs[c.Log] = j
		}
		return j.Verdict(c, may)
	}
}
