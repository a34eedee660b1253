package data

import (
	"strings"
	"time"
)

// KindPlan is its name in the change log.
const KindPlan = "plan"

// Plan is the head of an account's plan: why there is one, where it leads, and
// when it is looked at. The page itself is made of live facts.
type Plan struct {
	Belongs
	Why string `reg:"why"` // their issue, in one sentence
	// From and To are the state that we found and the one that both want.
	From string `reg:"from"`
	To   string `reg:"to"`
	// In12 and In36 are where both want to be in 12 and in 36 months.
	In12 string `reg:"in-12"`
	In36 string `reg:"in-36"`
	// Until is the date until which the plan holds.
	Until string `reg:"until"`
	// Every is how many weeks lie between reviews; 0: as the tier asks.
	Every      int    `reg:"every"`
	Reviewed   string `reg:"reviewed"` // date
	ReviewedBy string `reg:"reviewed-by"`
	Next       string `reg:"next"` // date of the next review
	// GoalCents is the profit of a year that we aim at, GoalQuality the quality of
	// the relationship.
	GoalCents   int64  `reg:"goal-cents"`
	Currency    string `reg:"currency"` // ISO 4217
	GoalQuality int    `reg:"goal-quality"`
}

// PlanID is the ID of an account's plan: it has one, whoever begins it.
func PlanID(account string) string { return "plan-" + account }

// PartKind is KindPlan.
func (p Plan) PartKind() string { return KindPlan }

// Standing is open, and due when it is to be reviewed.
func (p Plan) Standing() (string, bool) { return p.Next, true }

// Check says why the plan cannot be kept, or nil.
func (p Plan) Check() error {
	switch {
	case p.Account == "":
		return invalid("account", "say for which account")
	case p.Every < 0 || p.Every > 104:
		return invalid("every", "reviews are 1 to 104 weeks apart")
	case p.GoalQuality < 0 || p.GoalQuality > 100:
		return invalid("quality", "%d is outside 0 to 100", p.GoalQuality)
	case p.GoalCents < 0:
		return invalid("profit", "a goal cannot be negative")
	}
	return firstErr(checkDate("until", p.Until), checkDate("reviewed", p.Reviewed), checkDate("next", p.Next), checkCurrency(p.Currency))
}

// reviewWeeks is how often a plan is reviewed where nobody said it.
var reviewWeeks = map[Tier]int{TierA: 4, TierB: 13, TierC: 26}

// EveryWeeks is how many weeks lie between the reviews of an account's plan.
func (p Plan) EveryWeeks(t Tier) int {
	if p.Every > 0 {
		return p.Every
	}
	if w := reviewWeeks[t]; w > 0 {
		return w
	}
	return reviewWeeks[TierC]
}

// NextReview is when the plan is to be looked at: the date that was set, or the
// rhythm after the last review; "" where it was never reviewed.
func (p Plan) NextReview(t Tier) string {
	if p.Next != "" {
		return p.Next
	}
	day, err := time.Parse(time.DateOnly, p.Reviewed)
	if err != nil {
		return ""
	}
	return workday(day.AddDate(0, 0, 7*p.EveryWeeks(t)))
}

// workday is a day, or the Monday after it where it is one of a weekend.
func workday(day time.Time) string {
	for day.Weekday() == time.Saturday || day.Weekday() == time.Sunday {
		day = day.AddDate(0, 0, 1)
	}
	return day.Format(time.DateOnly)
}

// ReviewedOn is the plan after a review by somebody at now.
func (p Plan) ReviewedOn(by string, t Tier, now time.Time) Plan {
	p.Reviewed, p.ReviewedBy = now.Format(time.DateOnly), by
	p.Next = workday(now.AddDate(0, 0, 7*p.EveryWeeks(t)))
	return p
}

// KindRisk is its name in the change log.
const KindRisk = "risk"

// Risk is what may go wrong with an account, or what one side hangs on.
type Risk struct {
	Belongs
	What   string   `reg:"what"`
	Is     RiskKind `reg:"is"`
	Chance int      `reg:"chance"` // percent, 0: not judged
	Meets  string   `reg:"meets"`  // what we do about it
	Owner  string   `reg:"owner"`  // of us
	On     string   `reg:"on"`     // date on which it was judged
	Closed string   `reg:"closed"` // date
}

// RiskKind says what hangs on what.
type RiskKind string

// The kinds. "" counts as MayFail.
const (
	MayFail      RiskKind = "risk"
	WeDepend     RiskKind = "we depend on them"
	TheyDepend   RiskKind = "they depend on us"
	BothObstacle RiskKind = "obstacle for both"
)

// RiskKinds are all of them.
var RiskKinds = []RiskKind{MayFail, WeDepend, TheyDepend, BothObstacle}

// PartKind is KindRisk.
func (r Risk) PartKind() string { return KindRisk }

// Standing is open until it is closed.
func (r Risk) Standing() (string, bool) { return "", r.Closed == "" }

// Check says why it cannot be kept, or nil.
func (r Risk) Check() error {
	switch {
	case strings.TrimSpace(r.What) == "":
		return invalid("what", "say what may go wrong")
	case r.Account == "":
		return invalid("account", "say for which account")
	case r.Chance < 0 || r.Chance > 100:
		return invalid("chance", "%d is outside 0 to 100 percent", r.Chance)
	}
	return firstErr(checkOneOf("is", r.Is, RiskKinds), checkDate("on", r.On), checkDate("closed", r.Closed))
}
