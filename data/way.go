package data

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Tie says that one of us knows a contact: how often they were in touch in a
// year, and how warm the contact is.
type Tie struct {
	Who     string // one of us, by name
	Contact string // Contact.ID
	Times   int
	Warmth  int // 0 to 100
}

// strength is how easily this tie opens a door, 0 to 1.
func (t Tie) strength() float64 {
	return float64(t.Warmth) / 100 * min(1, 0.4+float64(t.Times)/20)
}

// Way is a way to somebody: one of us, then contacts, the last of them the one
// to reach.
type Way struct {
	Who      string
	Through  []string // Contact.IDs; the last is the target
	Strength float64  // 0 to 1
	Reasons  []string
}

// relationStrength is how easily one contact opens the door to another.
var relationStrength = map[RelationKind]float64{WorksWith: 0.8, ReportsTo: 0.7, KnowsFrom: 0.6, Influences: 0.6}

// WarmestWay is the easiest way to a contact: straight from one of us who knows
// them, or through at most two others who work with, report to, influence or
// know each other. without leaves one of us, or a contact, out. It is false where
// there is no way.
func WarmestWay(to string, ties []Tie, relations []Relation, names map[string]string, without string) (Way, bool) {
	var best Way
	for _, t := range ties {
		if t.Who == without || t.Contact == without || t.strength() == 0 {
			continue
		}
		start := Way{Who: t.Who, Through: []string{t.Contact}, Strength: t.strength(),
			Reasons: []string{fmt.Sprintf("%s knows %s", t.Who, names[t.Contact])}}
		walk(start, to, relations, names, without, &best)
	}
	return best, best.Who != ""
}

const longestWay = 3 // contacts, the target among them

func walk(at Way, to string, relations []Relation, names map[string]string, without string, best *Way) {
	last := at.Through[len(at.Through)-1]
	if last == to {
		if better(at, *best) {
			*best = at
		}
		return
	}
	if len(at.Through) == longestWay {
		return
	}
	for _, r := range relations {
		next, words := r.To, ""
		switch last {
		case r.Contact:
			words = fmt.Sprintf("%s %s %s", names[r.Contact], r.Is, names[r.To])
		case r.To:
			next, words = r.Contact, fmt.Sprintf("%s %s %s", names[r.Contact], r.Is, names[r.To])
		default:
			continue
		}
		ease := relationStrength[r.Is]
		if ease == 0 || next == without || slices.Contains(at.Through, next) {
			continue
		}
		walk(Way{Who: at.Who, Through: append(slices.Clone(at.Through), next), Strength: at.Strength * ease,
			Reasons: append(slices.Clone(at.Reasons), words)}, to, relations, names, without, best)
	}
}

// better orders ways: the stronger, the shorter, then by name, so that the same
// facts give the same way.
func better(a, b Way) bool {
	return cmp.Or(cmp.Compare(b.Strength, a.Strength), cmp.Compare(len(a.Through), len(b.Through)), strings.Compare(a.Who, b.Who),
		slices.Compare(a.Through, b.Through)) < 0
}

// Words are the way in a line: "Ruth knows Martin, Samuel reports to Martin".
func (w Way) Words() string { return strings.Join(w.Reasons, ", ") }
