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
)

// A May says what a role may write. It is the business of data, which knows the
// kinds.
type May func(Role, Change) bool

// A Judgement is how the changes of one log are judged: by its author's role at
// each counter, and by what was accepted. Two equal ones give equal verdicts, so
// a store judges a log again only when its Judgement is another.
type Judgement struct {
	Person   string  // whose log it is; empty where no record says so
	Spans    []Span  // by counter
	Accepted []Range // by counter, none touching the next
}

// A Span is a run of changes of one log that one role judges: from First until
// the next span. The empty Role is that of nobody.
type Span struct {
	First uint64
	Role  Role
}

// Judgement is how the changes of a log are judged. The log's name begins with
// its device's fingerprint, which ends at the hyphen.
func (m Membership) Judgement(log string) Judgement {
	device, _, _ := strings.Cut(log, "-")
	j := Judgement{Person: m.Devices[device]}
	j.Accepted = joined(m.accepted, log)
	terms := m.Members[j.Person].terms
	firsts := []uint64{1}
	for _, t := range terms {
		firsts = append(firsts, t.seen[log]+1)
	}
	slices.Sort(firsts)
	for _, first := range slices.Compact(firsts) {
		role := roleAt(terms, log, first)
		if n := len(j.Spans); n == 0 || j.Spans[n-1].Role != role {
			j.Spans = append(j.Spans, Span{first, role})
		}
	}
	return j
}

// roleAt is the role of the last term that begins before a counter.
func roleAt(terms []term, log string, counter uint64) Role {
	for _, t := range slices.Backward(terms) {
		if t.seen[log] < counter {
			return t.role
		}
	}
	return ""
}

// joined puts the ranges of a log together.
func joined(ranges []Range, log string) []Range {
	var own, out []Range
	for _, g := range ranges {
		if g.Log == log {
			own = append(own, g)
		}
	}
	slices.SortFunc(own, func(a, b Range) int { return cmp.Or(cmp.Compare(a.First, b.First), cmp.Compare(a.Last, b.Last)) })
	for _, g := range own {
		if n := len(out); n > 0 && g.First <= out[n-1].Last+1 {
			out[n-1].Last = max(out[n-1].Last, g.Last)
			continue
		}
		out = append(out, g)
	}
	return out
}

// Role is the role that judges the change with a counter.
func (j Judgement) Role(counter uint64) Role {
	i, found := slices.BinarySearchFunc(j.Spans, counter, func(s Span, n uint64) int { return cmp.Compare(s.First, n) })
	if !found {
		i--
	}
	if i < 0 {
		return ""
	}
	return j.Spans[i].Role
}

// Verdict says whether a change of the log may touch what it names.
func (j Judgement) Verdict(c Change, may May) Verdict {
	i, found := slices.BinarySearchFunc(j.Accepted, c.Counter, func(g Range, n uint64) int { return cmp.Compare(g.First, n) })
	switch {
	case found || i > 0 && c.Counter <= j.Accepted[i-1].Last:
		return Let
	case j.Person == "":
		return Stranger
	}
	role := j.Role(c.Counter)
	switch {
	case role == "":
		return Outsider
	case !may(role, c):
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
