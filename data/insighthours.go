package data

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
)

// HoursSpent is where the team's hours for customers went in the last
// InsightDays days, against what it means to spend.
type HoursSpent struct {
	Minutes float64
	Groups  []HoursGroup // A, B, C and new people, each also where it has no hours
	// Words name who takes the over-run, "" where there is none.
	Words string
	Over  string // the name of the group that it is about
}

// HoursGroup is the hours of the accounts of one tier; of those without a tier
// where New.
type HoursGroup struct {
	Tier     Tier
	New      bool
	Accounts int
	Minutes  float64
	Share    float64 // of all minutes, 0 to 1
	Budget   float64 // the share that is meant for it, 0 to 1
	Receipts []Receipt
}

// Name is "Tier A", or "New people".
func (g HoursGroup) Name() string {
	if g.New {
		return "New people"
	}
	return "Tier " + string(g.Tier)
}

// overRun is from how many times its budget a group is said to take too much, by
// at least how large a share of all.
const (
	overRun      = 1.2
	overRunShare = 0.03
)

// SpentHours counts the hours by tier. The budget of a tier is its policy's
// minutes times its accounts, as a share of those of all tiers; of that the rules
// keep a part for new people.
func SpentHours(in InsightsInput) HoursSpent {
	groups := []HoursGroup{{Tier: TierA}, {Tier: TierB}, {Tier: TierC}, {New: true}}
	of := map[Tier]int{TierA: 0, TierB: 1, TierC: 2, "": 3}
	var all, meant float64
	took := make([][]InsightAccount, len(groups))
	for _, a := range in.Accounts {
		i := of[a.Account.Tier]
		g := &groups[i]
		g.Accounts++
		g.Minutes += a.Minutes
		all += a.Minutes
		if a.Minutes > 0 {
			took[i] = append(took[i], a)
		}
		if !g.New && a.Account.Care != Transactional {
			g.Budget += float64(in.Policies[a.Account.Tier].Minutes)
			meant += float64(in.Policies[a.Account.Tier].Minutes)
		}
	}
	forNew := in.Rules.NewPercent / 100
	for i := range groups {
		g := &groups[i]
		switch {
		case g.New:
			g.Budget = forNew
		case meant > 0:
			g.Budget = g.Budget / meant * (1 - forNew)
		}
		if all > 0 {
			g.Share = g.Minutes / all
		}
		slices.SortStableFunc(took[i], func(a, b InsightAccount) int {
			return cmp.Or(cmp.Compare(b.Minutes, a.Minutes), strings.Compare(a.Account.Name, b.Account.Name))
		})
		for _, a := range took[i] {
			g.Receipts = append(g.Receipts, Receipt{Words: fmt.Sprintf("%s: %s in %d days", a.Account.Name, HoursWords(a.Minutes), InsightDays), Part: a.Account.ID})
		}
	}
	h := HoursSpent{Minutes: all, Groups: groups}
	h.overRun(took)
	return h
}

// overRun names the group that exceeds its budget most, with the few accounts
// that take most of it.
func (h *HoursSpent) overRun(took [][]InsightAccount) {
	worst, most := -1, overRunShare
	for i, g := range h.Groups {
		if over := g.Share - g.Budget; g.Budget > 0 && over >= most && g.Share >= overRun*g.Budget {
			worst, most = i, over
		}
	}
	if worst < 0 {
		return
	}
	g := h.Groups[worst]
	points := func(share float64) int { return int(math.Round(100 * share)) }
	var names []string
	var sum float64
	for _, a := range took[worst] {
		if len(names) == 2 || sum >= 0.7*g.Share {
			break
		}
		names = append(names, a.Account.Name)
		sum += a.Minutes / h.Minutes
	}
	takes := "takes"
	if len(names) > 1 {
		takes = "take"
	}
	h.Over = g.Name()
	h.Words = fmt.Sprintf("%s takes %s its budget.", g.Name(), timesWords(g.Share/g.Budget))
	if len(took[worst]) > len(names) {
		h.Words += fmt.Sprintf(" %s %s %d of the %d points.", JoinAnd(names), takes, points(sum), points(g.Share))
	}
}

// timesWords are "twice", "three times" or "1.4 times".
func timesWords(x float64) string {
	switch n := math.Round(x); {
	case math.Abs(x-n) > 0.15:
		return fmt.Sprintf("%.1f times", x)
	case n == 2:
		return "twice"
	case n <= 1:
		return fmt.Sprintf("%.1f times", x)
	default:
		return strings.ToLower(SmallNumber(int(n))) + " times"
	}
}
