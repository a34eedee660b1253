package data

import (
	"slices"
	"strings"
)

// KindRelation is its name in the change log.
const KindRelation = "relation"

// Relation is how one contact (Belongs.Contact) stands to another.
type Relation struct {
	Belongs
	To  string       `reg:"to"` // Contact.ID
	Is  RelationKind `reg:"is"`
	Why string       `reg:"why"` // where we know it from, in words
	On  string       `reg:"on"`  // date
}

// RelationKind is how one contact stands to another.
type RelationKind string

// The relations. Those of the second group go both ways.
const (
	ReportsTo  RelationKind = "reports to"
	Influences RelationKind = "influences"

	AtOdds    RelationKind = "at odds with"
	WorksWith RelationKind = "works with"
	KnowsFrom RelationKind = "knows"
)

// RelationKinds are all relations.
var RelationKinds = []RelationKind{ReportsTo, Influences, AtOdds, WorksWith, KnowsFrom}

// Mutual says whether the relation holds the other way round as well.
func (k RelationKind) Mutual() bool { return k == AtOdds || k == WorksWith || k == KnowsFrom }

// PartKind is KindRelation.
func (r Relation) PartKind() string { return KindRelation }

// Standing is open, without a date.
func (r Relation) Standing() (string, bool) { return "", true }

// Check says why it cannot be kept, or nil. Whether it closes a circle is
// CheckReports' question.
func (r Relation) Check() error {
	switch {
	case r.Contact == "" || r.To == "":
		return invalid("to", "say who and to whom")
	case r.Contact == r.To:
		return invalid("to", "nobody stands so to themselves")
	case r.Is == "":
		return invalid("is", "say how: %s", strings.Join(wordsOf(RelationKinds), ", "))
	}
	return firstErr(checkOneOf("is", r.Is, RelationKinds), checkDate("on", r.On))
}

// Same says whether two say the same of the same two people; those that hold both
// ways do so whoever is named first.
func (r Relation) Same(o Relation) bool {
	return r.Is == o.Is && (r.Contact == o.Contact && r.To == o.To || r.Is.Mutual() && r.Contact == o.To && r.To == o.Contact)
}

// CheckReports says whether a new reporting line would close a circle with those
// that are there. What the relation replaces, by its ID, does not count.
func CheckReports(list []Relation, add Relation) error {
	if add.Is != ReportsTo {
		return nil
	}
	above := map[string][]string{}
	for _, r := range list {
		if r.Is == ReportsTo && r.ID != add.ID {
			above[r.Contact] = append(above[r.Contact], r.To)
		}
	}
	seen := map[string]bool{}
	next := []string{add.To}
	for len(next) > 0 {
		who := next[0]
		next = next[1:]
		if who == add.Contact {
			return invalid("to", "that would be a circle: the other one already reports to them, directly or through others")
		}
		if !seen[who] {
			seen[who] = true
			next = append(next, above[who]...)
		}
	}
	return nil
}

// CheckParents says whether making parent the parent of an account would close a
// circle.
func CheckParents(accounts []Account, id, parent string) error {
	at := func(id string) string {
		i := slices.IndexFunc(accounts, func(a Account) bool { return a.ID == id })
		if i < 0 {
			return ""
		}
		return accounts[i].Parent
	}
	for up, steps := parent, 0; up != "" && steps <= len(accounts); up, steps = at(up), steps+1 {
		if up == id {
			return invalid("parent", "that would be a circle: the other account already belongs to this one")
		}
	}
	return nil
}
