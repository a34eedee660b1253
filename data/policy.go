package data

import (
	"slices"
	"strings"
)

// Names of the kinds in the change log.
const (
	KindPolicy    = "policy"
	KindCriterion = "criterion"
	KindMark      = "mark"
)

// Policy is the plan for the accounts of one tier. It is the team's own.
type Policy struct {
	Belongs
	Tier  Tier `reg:"tier"`
	Every int  `reg:"every"` // the rhythm in days
	// Minutes is the effort that one account may take in a year, over all of us.
	Minutes int `reg:"minutes"`
	// Touches are the touches of one account in a year; 0: as Every asks.
	Touches  int    `reg:"touches"`
	Live     int    `reg:"live"` // live contacts that it asks for
	Template string `reg:"template"`
}

// PartKind is KindPolicy.
func (p Policy) PartKind() string { return KindPolicy }

// Standing is open, without a date.
func (p Policy) Standing() (string, bool) { return "", true }

// Check says why it cannot be kept, or nil.
func (p Policy) Check() error {
	switch {
	case !slices.Contains(Tiers, p.Tier):
		return invalid("tier", "say for which tier: A, B or C")
	case p.Every < 1 || p.Every > 3660:
		return invalid("every", "a rhythm is a number of days, from 1 to 3660")
	case p.Minutes < 0 || p.Touches < 0 || p.Live < 0:
		return invalid("minutes", "effort, touches and people cannot be negative")
	}
	return nil
}

// DefaultPolicies are what a team starts with.
var DefaultPolicies = []Policy{
	{Tier: TierA, Every: 7, Minutes: 120 * 60, Live: 5, Template: "full"},
	{Tier: TierB, Every: 21, Minutes: 40 * 60, Live: 3, Template: "short"},
	{Tier: TierC, Every: 90, Minutes: 8 * 60, Live: 1, Template: "light"},
}

// PoliciesOf are the policies by tier: those of the team, and the defaults for
// tiers that it has not decided.
func PoliciesOf(own []Policy) map[Tier]Policy {
	all := map[Tier]Policy{}
	for _, p := range slices.Concat(DefaultPolicies, own) {
		all[p.Tier] = p
	}
	return all
}

// PolicyID is the ID of a tier's policy: a team has one for each.
func PolicyID(t Tier) string { return "policy-" + strings.ToLower(string(t)) }

// RhythmOf is the rhythm that policies ask for.
func RhythmOf(policies map[Tier]Policy) Rhythm {
	r := Rhythm{}
	for tier, p := range policies {
		r[tier] = p.Every
	}
	return r
}

// Words say what a policy asks for, "every 7 days, 120 hours a year, 5 live
// people".
func (p Policy) Words() string {
	words := "every " + days(p.Every)
	if p.Minutes > 0 {
		words += ", " + Counted(p.Minutes/60, "hour a year", "hours a year")
	}
	if p.Touches > 0 {
		words += ", " + Counted(p.Touches, "touch a year", "touches a year")
	}
	if p.Live > 0 {
		words += ", " + Counted(p.Live, "live person", "live people")
	}
	return words
}

// Criterion is one thing by which accounts are sorted into tiers. It is the
// team's own.
type Criterion struct {
	Belongs
	Name   string `reg:"name"`
	Weight int    `reg:"weight"` // 0 to 10
	// Counted says that Rapport fills it from what is known (see Counted);
	// "" where people judge each account.
	Counted string `reg:"counted"`
}

// What Rapport can count for a criterion by itself, on the scale 0 to 100.
const (
	CountRevenue  = "revenue"  // of the last 12 months, against the largest
	CountProfit   = "profit"   // after cost to serve, against the largest
	CountQuality  = "quality"  // the account's relationship quality
	CountHistory  = "years"    // as a customer; ten years and more are 100
	CountInterest = "interest" // conversations that they started in 180 days, against the most
)

// Counts are all of them.
var Counts = []string{CountRevenue, CountProfit, CountQuality, CountHistory, CountInterest}

// PartKind is KindCriterion.
func (c Criterion) PartKind() string { return KindCriterion }

// Standing is open, without a date.
func (c Criterion) Standing() (string, bool) { return "", true }

// Check says why it cannot be kept, or nil.
func (c Criterion) Check() error {
	switch {
	case strings.TrimSpace(c.Name) == "":
		return invalid("name", "a criterion needs a name")
	case c.Weight < 0 || c.Weight > 10:
		return invalid("weight", "%d is outside 0 to 10", c.Weight)
	case c.Counted != "" && !slices.Contains(Counts, c.Counted):
		return invalid("counted", "%q cannot be counted; use one of %s", c.Counted, strings.Join(Counts, ", "))
	}
	return nil
}

// DefaultCriteria are what a team starts with: value now, potential,
// relationship, fit.
var DefaultCriteria = []Criterion{
	{Belongs: Belongs{ID: "value-now"}, Name: "Value now", Weight: 4, Counted: CountRevenue},
	{Belongs: Belongs{ID: "potential"}, Name: "Potential", Weight: 3},
	{Belongs: Belongs{ID: "relationship"}, Name: "Relationship", Weight: 2, Counted: CountQuality},
	{Belongs: Belongs{ID: "fit"}, Name: "Fit", Weight: 2},
}

// CriteriaOf are a team's criteria: the defaults, each as the team changed it,
// then its own. What weighs nothing is among them.
func CriteriaOf(own []Criterion) []Criterion {
	list := slices.Clone(DefaultCriteria)
	for _, c := range own {
		if i := slices.IndexFunc(list, func(have Criterion) bool { return have.ID == c.ID }); i >= 0 {
			list[i] = c
			continue
		}
		list = append(list, c)
	}
	return list
}

// Mark is a colleague's judgement of an account by a criterion.
type Mark struct {
	Belongs
	Criterion string `reg:"criterion"` // Criterion.ID
	Points    int    `reg:"points"`    // 0 to 100
	On        string `reg:"on"`        // date
	By        string `reg:"by"`
	Why       string `reg:"why"`
}

// PartKind is KindMark.
func (m Mark) PartKind() string { return KindMark }

// Standing is open, without a date.
func (m Mark) Standing() (string, bool) { return "", true }

// Check says why it cannot be kept, or nil.
func (m Mark) Check() error {
	switch {
	case m.Account == "" || m.Criterion == "":
		return invalid("criterion", "say which account is judged, and by what")
	case m.Points < 0 || m.Points > 100:
		return invalid("points", "%d is outside 0 to 100", m.Points)
	}
	return checkDate("on", m.On)
}
