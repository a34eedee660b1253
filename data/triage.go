package data

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// TriageInput is one account as the criteria see it.
type TriageInput struct {
	Account Account
	Marks   []Mark             // of this account
	Counted map[string]float64 // by Counts, 0 to 100; what is missing is not known
}

// Triage is the tier that the criteria propose for an account, with reasons. A
// person decides.
type Triage struct {
	Account  Account
	Points   float64 // 0 to 100, weighted over the criteria that are known
	Known    int     // criteria that are known
	Of       int     // criteria that weigh anything
	Proposed Tier    // "" where nothing is known
	Reasons  []string
}

// Changes says whether the proposal differs from the tier that it has.
func (t Triage) Changes() bool { return t.Proposed != "" && t.Proposed != t.Account.Tier }

// TierLimits are the points from which an account is proposed for A and for B.
type TierLimits struct{ A, B float64 }

// DefaultTierLimits are what a team starts with.
var DefaultTierLimits = TierLimits{A: 65, B: 35}

// ProposeTiers sorts accounts by the criteria into tiers, most points first. A
// criterion that nobody has judged and that cannot be counted is left out of an
// account's mean, so that not knowing is not the same as bad; an account of which
// less than half the weight is known is proposed no tier but the one it has.
func ProposeTiers(accounts []TriageInput, criteria []Criterion, limits TierLimits) []Triage {
	var list []Triage
	for _, in := range accounts {
		t := Triage{Account: in.Account}
		var sum, weight, all float64
		var parts []pointed
		for _, c := range criteria {
			if c.Weight == 0 {
				continue
			}
			t.Of++
			all += float64(c.Weight)
			points, why, ok := pointsOf(c, in)
			if !ok {
				t.Reasons = append(t.Reasons, c.Name+" is not known")
				continue
			}
			t.Known++
			weight += float64(c.Weight)
			sum += points * float64(c.Weight)
			parts = append(parts, pointed{points * float64(c.Weight), fmt.Sprintf("%s %.0f of 100%s", c.Name, points, why)})
		}
		slices.SortStableFunc(parts, func(a, b pointed) int { return cmp.Compare(b.by, a.by) })
		for i := len(parts) - 1; i >= 0; i-- {
			t.Reasons = append([]string{parts[i].words}, t.Reasons...)
		}
		if weight > 0 {
			t.Points = sum / weight
		}
		if weight*2 >= all && weight > 0 {
			t.Proposed = limits.tier(t.Points)
		}
		list = append(list, t)
	}
	slices.SortStableFunc(list, func(a, b Triage) int {
		return cmp.Or(cmp.Compare(b.Points, a.Points), strings.Compare(a.Account.Name, b.Account.Name), strings.Compare(a.Account.ID, b.Account.ID))
	})
	return list
}

type pointed struct {
	by    float64
	words string
}

func (l TierLimits) tier(points float64) Tier {
	switch {
	case points >= l.A:
		return TierA
	case points >= l.B:
		return TierB
	}
	return TierC
}

// pointsOf is what an account has by a criterion: what a person judged last comes
// before what is counted.
func pointsOf(c Criterion, in TriageInput) (points float64, why string, ok bool) {
	last := Mark{}
	for _, m := range in.Marks {
		if m.Criterion == c.ID && m.On >= last.On {
			last, ok = m, true
		}
	}
	if ok {
		if last.By != "" {
			why = ", judged by " + last.By
		}
		if last.Why != "" {
			why += ": " + last.Why
		}
		return float64(last.Points), why, true
	}
	points, ok = in.Counted[c.Counted]
	return points, ", counted", ok && c.Counted != ""
}

// Capacity is what the tiers ask of the team in a year, against what it has.
type Capacity struct {
	Tiers []TierLoad // A, B, C
	// Touches and Minutes are what all tiers ask for, Have the minutes there are.
	Touches, Minutes, Have int
}

// TierLoad is what one tier asks for in a year.
type TierLoad struct {
	Tier     Tier
	Accounts int
	Touches  int
	Minutes  int
}

// Fits says whether there is enough time. Where nobody has said how much there
// is, it cannot be known, and ok is false.
func (c Capacity) Fits() (fits, ok bool) { return c.Minutes <= c.Have, c.Have > 0 }

// Words say what is asked, "10 A + 25 B + 60 C ask for 1,320 touches and 2,380
// hours a year; you have 2,000".
func (c Capacity) Words() string {
	var tiers []string
	for _, t := range c.Tiers {
		tiers = append(tiers, fmt.Sprintf("%d %s", t.Accounts, t.Tier))
	}
	words := fmt.Sprintf("%s ask for %s touches and %s hours a year", strings.Join(tiers, " + "), grouped(float64(c.Touches)), grouped(float64(c.Minutes/60)))
	if c.Have > 0 {
		words += fmt.Sprintf("; you have %s", grouped(float64(c.Have/60)))
	}
	return words
}

// CheckCapacity counts what policies ask for so many accounts of each tier, of a
// team with so many minutes a year for its customers (0 where nobody said).
func CheckCapacity(accounts map[Tier]int, policies map[Tier]Policy, have int) Capacity {
	c := Capacity{Have: have}
	for _, tier := range Tiers {
		p := policies[tier]
		touches := p.Touches
		if touches == 0 && p.Every > 0 {
			touches = 365 / p.Every
		}
		load := TierLoad{Tier: tier, Accounts: accounts[tier], Touches: accounts[tier] * touches, Minutes: accounts[tier] * p.Minutes}
		c.Tiers = append(c.Tiers, load)
		c.Touches += load.Touches
		c.Minutes += load.Minutes
	}
	return c
}

// TierCounts counts accounts by the tier they have, or would have: choice by
// Account.ID comes first. Transactional accounts are spared and not counted, nor
// are those without a tier.
func TierCounts(accounts []Account, choice map[string]Tier) map[Tier]int {
	counts := map[Tier]int{}
	for _, a := range accounts {
		tier, chosen := choice[a.ID]
		if !chosen {
			tier = a.Tier
		}
		if tier != "" && a.Care != Transactional && a.Archived == "" {
			counts[tier]++
		}
	}
	return counts
}

// WithTier is the account with a tier as of a day, and the reasons.
func (a Account) WithTier(t Tier, why string, on string) Account {
	a.Tier, a.TierWhy, a.TierOn = t, why, on
	return a
}

// Why is the proposal's reasons in one line: those that are known.
func (t Triage) Why() string {
	known := t.Reasons[:min(t.Known, len(t.Reasons))]
	return strings.Join(known, "; ")
}
