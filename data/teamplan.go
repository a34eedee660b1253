package data

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// Names of the kinds in the change log.
const (
	KindTeamPlan  = "team-plan"
	KindBarrier   = "barrier"
	KindReadiness = "readiness"
)

// TeamPlanID is the ID of the team's plan: there is one, whoever begins it.
const TeamPlanID = "team-plan"

// TeamReviewWeeks is how many weeks lie between two reviews of the team's plan
// where nobody said it.
const TeamReviewWeeks = 13

// TeamPlan is the head of the plan that the whole team follows: why it does this,
// what it wants to be for its customers, and by which rules it treats them. It is
// the team's own.
type TeamPlan struct {
	Belongs
	Why string `reg:"why"` // why we do this, in one or two sentences
	Aim string `reg:"aim"` // what our customers should say of us in three years
	// Principles are how we treat people, in their order.
	Principles []string `reg:"principle/"`
	// Every is how many weeks lie between reviews; 0: TeamReviewWeeks.
	Every      int    `reg:"every"`
	Reviewed   string `reg:"reviewed"` // date
	ReviewedBy string `reg:"reviewed-by"`
	Next       string `reg:"next"` // date of the next review
}

// PartKind is KindTeamPlan.
func (p TeamPlan) PartKind() string { return KindTeamPlan }

// Standing is open, and due when it is to be reviewed.
func (p TeamPlan) Standing() (string, bool) { return p.Next, true }

// Check says why the plan cannot be kept, or nil.
func (p TeamPlan) Check() error {
	switch {
	case p.Account != "":
		return invalid("account", "the team's plan belongs to no account")
	case p.Every < 0 || p.Every > 104:
		return invalid("every", "reviews are 1 to 104 weeks apart")
	case slices.ContainsFunc(p.Principles, func(s string) bool { return strings.TrimSpace(s) == "" }):
		return invalid("principle", "a principle needs words")
	}
	return firstErr(checkDate("reviewed", p.Reviewed), checkDate("next", p.Next))
}

// EveryWeeks is how many weeks lie between its reviews.
func (p TeamPlan) EveryWeeks() int {
	if p.Every > 0 {
		return p.Every
	}
	return TeamReviewWeeks
}

// NextReview is when the plan is to be looked at: the date that was set, or the
// rhythm after the last review; "" where it was never reviewed.
func (p TeamPlan) NextReview() string {
	if p.Next != "" {
		return p.Next
	}
	day, err := time.Parse(time.DateOnly, p.Reviewed)
	if err != nil {
		return ""
	}
	return day.AddDate(0, 0, 7*p.EveryWeeks()).Format(time.DateOnly)
}

// ReviewedOn is the plan after a review by somebody at now.
func (p TeamPlan) ReviewedOn(by string, now time.Time) TeamPlan {
	p.Reviewed, p.ReviewedBy = now.Format(time.DateOnly), by
	p.Next = now.AddDate(0, 0, 7*p.EveryWeeks()).Format(time.DateOnly)
	return p
}

// Barrier is something within our own house that stands in the way of looking
// after customers well. It is the team's own.
type Barrier struct {
	Belongs
	What   string `reg:"what"`
	Meets  string `reg:"meets"`  // what is done about it
	Owner  string `reg:"owner"`  // of us
	By     string `reg:"by"`     // date by which it is to be out of the way
	On     string `reg:"on"`     // date on which it was named
	Closed string `reg:"closed"` // date
}

// PartKind is KindBarrier.
func (b Barrier) PartKind() string { return KindBarrier }

// Open says whether it still stands in the way.
func (b Barrier) Open() bool { return b.Closed == "" }

// Standing is open until it is out of the way, due by its date.
func (b Barrier) Standing() (string, bool) { return b.By, b.Open() }

// Late is by how many days it is over at now; 0 for one that is not.
func (b Barrier) Late(now time.Time) int {
	if !b.Open() || b.By == "" {
		return 0
	}
	return max(0, daysSinceDate(b.By, now))
}

// Check says why it cannot be kept, or nil.
func (b Barrier) Check() error {
	switch {
	case strings.TrimSpace(b.What) == "":
		return invalid("what", "say what stands in the way")
	case b.Account != "":
		return invalid("account", "a barrier is within our own house and belongs to no account; what a customer runs is a risk")
	}
	return firstErr(checkDate("by", b.By), checkDate("on", b.On), checkDate("closed", b.Closed))
}

// Heading is one of the five under which a team judges whether it is ready.
type Heading string

// The headings, in their order.
const (
	OfStrategy   Heading = "strategy"
	OfProcess    Heading = "process"
	OfPeople     Heading = "people"
	OfTechnology Heading = "technology"
	OfKnowledge  Heading = "knowledge"
)

// Headings are all of them.
var Headings = []Heading{OfStrategy, OfProcess, OfPeople, OfTechnology, OfKnowledge}

// ReadyLevel is how far a team has come with a statement. "" is not judged.
type ReadyLevel string

// The levels, in their order.
const (
	NotReady   ReadyLevel = "not yet"
	PartReady  ReadyLevel = "in part"
	FullyReady ReadyLevel = "yes"
)

// ReadyLevels are all of them.
var ReadyLevels = []ReadyLevel{NotReady, PartReady, FullyReady}

// Readiness is a statement about the team under one heading, with somebody's
// judgement of whether it is true. It is the team's own.
type Readiness struct {
	Belongs
	Heading Heading    `reg:"heading"`
	What    string     `reg:"what"` // "Everyone knows the objectives of their accounts"
	Level   ReadyLevel `reg:"level"`
	Judge   string     `reg:"judge"` // of us
	On      string     `reg:"on"`    // date of the judgement
	Why     string     `reg:"why"`   // its reason
}

// ReadinessID is the ID of the statement that a team begins with under a heading.
func ReadinessID(h Heading) string { return "readiness-" + string(h) }

// DefaultReadiness are the statements that a team begins with, not judged yet.
var DefaultReadiness = []Readiness{
	{Belongs: Belongs{ID: ReadinessID(OfStrategy)}, Heading: OfStrategy, What: "Relationship quality counts as much as this year's numbers when we decide"},
	{Belongs: Belongs{ID: ReadinessID(OfProcess)}, Heading: OfProcess, What: "A promise to a customer is written down and seen to by whoever is in"},
	{Belongs: Belongs{ID: ReadinessID(OfPeople)}, Heading: OfPeople, What: "Everyone who meets customers, finance and support too, knows their plan"},
	{Belongs: Belongs{ID: ReadinessID(OfTechnology)}, Heading: OfTechnology, What: "What we know of a customer is found in one place within a minute"},
	{Belongs: Belongs{ID: ReadinessID(OfKnowledge)}, Heading: OfKnowledge, What: "What one of us learns about a customer reaches the others within a week"},
}

// ReadinessOf are a team's statements by heading: its own, and before them the one
// to begin with where that was not changed.
func ReadinessOf(own []Readiness) (list []Readiness) {
	for _, h := range Headings {
		for _, d := range DefaultReadiness {
			if d.Heading == h && !slices.ContainsFunc(own, func(r Readiness) bool { return r.ID == d.ID }) {
				list = append(list, d)
			}
		}
		for _, r := range own {
			if r.Heading == h {
				list = append(list, r)
			}
		}
	}
	return list
}

// PartKind is KindReadiness.
func (r Readiness) PartKind() string { return KindReadiness }

// Standing is open; it is to be judged anew FactsStale days after the last time.
func (r Readiness) Standing() (string, bool) {
	day, err := time.Parse(time.DateOnly, r.On)
	if err != nil {
		return "", true
	}
	return day.AddDate(0, 0, FactsStale).Format(time.DateOnly), true
}

// Stale says whether the judgement is older than FactsStale days.
func (r Readiness) Stale(now time.Time) bool {
	return r.Level != "" && r.On != "" && daysSinceDate(r.On, now) > FactsStale
}

// Check says why it cannot be kept, or nil.
func (r Readiness) Check() error {
	switch {
	case r.Account != "":
		return invalid("account", "readiness is the team's and belongs to no account")
	case !slices.Contains(Headings, r.Heading):
		return invalid("heading", "say under which heading: strategy, process, people, technology or knowledge")
	case strings.TrimSpace(r.What) == "":
		return invalid("what", "say what should be true of the team")
	case r.Level != "" && r.On == "":
		return invalid("on", "say when that was judged")
	case r.Level != "" && strings.TrimSpace(r.Judge) == "":
		return invalid("judge", "say who judges it")
	case r.Level != "" && strings.TrimSpace(r.Why) == "":
		return invalid("why", "say why you judge it so")
	}
	return firstErr(checkOneOf("level", r.Level, ReadyLevels), checkDate("on", r.On))
}

// SortBarriers puts what is due first first; what has no date comes last.
func SortBarriers(list []Barrier) {
	slices.SortStableFunc(list, func(a, b Barrier) int {
		return cmp.Or(compareDates(a.By, b.By), strings.Compare(a.What, b.What), strings.Compare(a.ID, b.ID))
	})
}
