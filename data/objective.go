package data

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// KindObjective is its name in the change log.
const KindObjective = "objective"

// MaxObjectives is how many objectives a plan has open at a time.
const MaxObjectives = 3

// Objective is something that a customer wants to have reached, measured, with
// somebody who answers for it on both sides. Contact is theirs.
type Objective struct {
	Belongs
	What string `reg:"what"` // what they gain, in their world
	Ours string `reg:"ours"` // what we gain by it; for us only
	// Purpose is why we pursue it; "" is not said.
	Purpose Purpose `reg:"purpose"`
	Owner   string  `reg:"owner"` // of us
	// Measure is what is counted, "Halls steady", in Unit. It was Begin at first,
	// is Current as of On, and is to be Target by By. Target below Begin is fine.
	Measure string  `reg:"measure"`
	Unit    string  `reg:"unit"`
	Begin   float64 `reg:"begin"`
	Current float64 `reg:"current"`
	Target  float64 `reg:"target"`
	On      string  `reg:"on"` // date
	By      string  `reg:"by"` // date
	// Place orders the objectives of a plan, 1 first.
	Place   int    `reg:"place"`
	Reached string `reg:"reached"` // date
	Dropped string `reg:"dropped"` // date
}

// Purpose is why we pursue an objective.
type Purpose string

// The purposes.
const (
	TheirSuccess Purpose = "their success"
	ForGrowth    Purpose = "growth"
	ToKeep       Purpose = "keep them"
	PriceDefence Purpose = "price defence"
)

// Purposes are all of them.
var Purposes = []Purpose{TheirSuccess, ForGrowth, ToKeep, PriceDefence}

// PartKind is KindObjective.
func (o Objective) PartKind() string { return KindObjective }

// Open says whether it is still pursued.
func (o Objective) Open() bool { return o.Reached == "" && o.Dropped == "" }

// Standing is open until it is reached or dropped, due by its date.
func (o Objective) Standing() (string, bool) { return o.By, o.Open() }

// Name is what they gain, or where nobody said that, what we do.
func (o Objective) Name() string {
	if strings.TrimSpace(o.What) != "" {
		return o.What
	}
	return o.Ours
}

// Check says why the objective cannot be kept, or nil.
func (o Objective) Check() error {
	switch {
	case strings.TrimSpace(o.What) == "" && strings.TrimSpace(o.Ours) == "":
		return invalid("what", "say what the customer will have reached")
	case o.Account == "":
		return invalid("account", "say for which account")
	}
	return firstErr(checkMeasure(o.Measure, "halls steady", o.Begin, o.Current, o.Target), checkCourse(o.Place, o.On, o.By, o.Reached, o.Dropped),
		checkOneOf("purpose", o.Purpose, Purposes))
}

// checkMeasure says why what an objective counts by hand cannot be so, or nil; like
// is an example of it.
func checkMeasure(measure, like string, begin, current, target float64) error {
	switch {
	case strings.TrimSpace(measure) == "" && (target != 0 || current != 0 || begin != 0):
		return invalid("measure", "say what is counted, like %s", like)
	case measure != "" && target == begin:
		return invalid("target", "the target must differ from where it began, %s", grouped(begin))
	}
	return nil
}

// checkCourse says why the place and the dates of an objective cannot be so, or nil.
func checkCourse(place int, on, by, reached, dropped string) error {
	switch {
	case reached != "" && dropped != "":
		return invalid("reached", "an objective is either reached or dropped")
	case place < 0:
		return invalid("place", "places count from 1")
	}
	return firstErr(checkDate("on", on), checkDate("by", by), checkDate("reached", reached), checkDate("dropped", dropped))
}

// Share is how much of the way from Begin to Target is done, 0 to 1; ok is false
// where nothing is counted.
func (o Objective) Share() (share float64, ok bool) {
	if o.Measure == "" || o.Target == o.Begin {
		return 0, false
	}
	return wayDone(o.Begin, o.Current, o.Target), true
}

// FarWords are how far its measure is, "41 of 124 MWh".
func (o Objective) FarWords() string { return measureWords(o.Begin, o.Current, o.Target, o.Unit) }

// measureWords are how far a measure is: "41 of 124 MWh", and "11, aim 3" of one that
// is to fall.
func measureWords(begin, current, target float64, unit string) string {
	between := " of"
	if target < begin {
		between = ", aim"
	}
	return joinPresent(" ", []string{grouped(current) + between, grouped(target), unit})
}

// SortObjectives puts them in the order of a plan: by their places, those
// without one last, then by when they were recorded.
func SortObjectives(list []Objective) {
	sortPlaced(list, func(o Objective) int { return o.Place })
}

// sortPlaced sorts parts by their places, from 1; those without one come last, in
// the order in which they were recorded.
func sortPlaced[T Part](list []T, place func(T) int) {
	slices.SortStableFunc(list, func(x, y T) int {
		a, b := x.Belonging(), y.Belonging()
		return cmp.Or(cmp.Compare(cmp.Or(place(x), 1<<30), cmp.Or(place(y), 1<<30)), a.RecordedAt.Compare(b.RecordedAt), strings.Compare(a.ID, b.ID))
	})
}

// CheckObjectives says why one more open objective, or a changed one, cannot be
// kept beside those of its account.
func CheckObjectives(have []Objective, add Objective) error {
	if !roomFor(have, add, func(o Objective) bool { return o.Account == add.Account }) {
		return invalid("objective", "a plan has at most three objectives; reach or drop one first")
	}
	return nil
}

// roomFor says whether one more open objective, or a changed one, may stand beside
// those that are open and count with it.
func roomFor[T interface {
	Part
	Open() bool
}](have []T, add T, counts func(T) bool) bool {
	if !add.Open() {
		return true
	}
	n := 0
	for _, o := range have {
		if o.Open() && o.Belonging().ID != add.Belonging().ID && counts(o) {
			n++
		}
	}
	return n < MaxObjectives
}

// KindStep is its name in the change log.
const KindStep = "step"

// Step is something that is done together on the way to an objective.
type Step struct {
	Belongs
	What      string `reg:"what"`
	Objective string `reg:"objective"` // Objective.ID, or ""
	// Starts and Due are dates; Starts may be "" where it takes a day.
	Starts string `reg:"starts"`
	Due    string `reg:"due"`
	// Owners are names of ours; With are Contact.IDs of the customer's and the
	// partners' people, who do it with us or alone.
	Owners []string `reg:"owner/"`
	With   []string `reg:"with/"`
	// Asks says that the step asks something of them: an order, a reference.
	Asks    bool `reg:"asks"`
	Minutes int  `reg:"minutes"` // of ours, planned
	// Inside keeps the step out of what the customer sees.
	Inside  bool   `reg:"inside"`
	Done    string `reg:"done"`    // date
	Dropped string `reg:"dropped"` // date
}

// PartKind is KindStep.
func (s Step) PartKind() string { return KindStep }

// Open says whether it is still to do.
func (s Step) Open() bool { return s.Done == "" && s.Dropped == "" }

// Standing is open until it is done or dropped.
func (s Step) Standing() (string, bool) { return s.Due, s.Open() }

// Late is by how many days the step is over at now; 0 for one that is not.
func (s Step) Late(now time.Time) int {
	if !s.Open() || s.Due == "" {
		return 0
	}
	return max(0, daysSinceDate(s.Due, now))
}

// Check says why the step cannot be kept, or nil.
func (s Step) Check() error {
	switch {
	case strings.TrimSpace(s.What) == "":
		return invalid("what", "say what is to be done")
	case s.Account == "":
		return invalid("account", "say for which account")
	case s.Starts != "" && s.Due != "" && s.Due < s.Starts:
		return invalid("due", "a step cannot end before it begins, %s", s.Starts)
	case s.Minutes < 0:
		return invalid("minutes", "effort cannot be negative")
	case s.Done != "" && s.Dropped != "":
		return invalid("done", "a step is either done or dropped")
	}
	return firstErr(checkDate("starts", s.Starts), checkDate("due", s.Due), checkDate("done", s.Done), checkDate("dropped", s.Dropped))
}
