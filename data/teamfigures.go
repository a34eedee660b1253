package data

import (
	"fmt"
	"slices"
	"time"
)

// TeamCount is a figure of the team that Rapport counts itself.
type TeamCount struct {
	Name  string // "quality"
	Short string // beside a bar, "Quality"
	Says  string // what is counted, "Mean relationship quality"
	Unit  string // "of 100", "" for a plain number; money says its currency
	For   TeamAim
	Fewer bool // the smaller the better
	Money bool // in units of the team's currency
}

// The figures that Rapport counts.
const (
	TeamCountsQuality  = "quality"
	TeamCountsWarm     = "warm"
	TeamCountsLate     = "late promises"
	TeamCountsThreads  = "single threads"
	TeamCountsRhythm   = "rhythm"
	TeamCountsKept     = "kept"
	TeamCountsProfit   = "profit"
	TeamCountsTurnover = "turnover"
	TeamCountsHours    = "hours"
)

// TeamCounts are all figures, in the order in which they are offered.
var TeamCounts = []TeamCount{
	{Name: TeamCountsQuality, Short: "Quality", Says: "Mean relationship quality", Unit: "of 100", For: ForQuality},
	{Name: TeamCountsWarm, Short: "Warm", Says: "Share of accounts that are warm", Unit: "%", For: ForQuality},
	{Name: TeamCountsRhythm, Short: "In rhythm", Says: "Share of accounts in their rhythm", Unit: "%", For: ForQuality},
	{Name: TeamCountsLate, Short: "Late", Says: "Promises of ours that are over", For: ForQuality, Fewer: true},
	{Name: TeamCountsThreads, Short: "On one person", Says: "Accounts that hang on one person", For: ForQuality, Fewer: true},
	{Name: TeamCountsProfit, Short: "Profit", Says: "Profit of 12 months", For: ForProfit, Money: true},
	{Name: TeamCountsTurnover, Short: "Turnover", Says: "Turnover of 12 months", For: ForProfit, Money: true},
	{Name: TeamCountsKept, Short: "Bought again", Says: "Customers of the year before who bought again", Unit: "%", For: ForProfit},
	{Name: TeamCountsHours, Short: "Hours", Says: "Hours for customers in 12 months", Unit: "hours", For: ForProfit, Fewer: true},
}

// TeamCountOf is the figure of a name; ok is false where there is none.
func TeamCountOf(name string) (c TeamCount, ok bool) {
	i := slices.IndexFunc(TeamCounts, func(c TeamCount) bool { return c.Name == name })
	if i < 0 {
		return TeamCount{}, false
	}
	return TeamCounts[i], true
}

// TeamFigure is a figure as it was counted. Of is over how many accounts; with
// Why set it is not known, and Why says the reason.
type TeamFigure struct {
	Value float64
	Of    int
	Why   string
}

// TeamFigures are figures by FigureKey.
type TeamFigures map[string]TeamFigure

// FigureKey names a figure over the accounts of a tier, "" for all.
func FigureKey(counted string, tier Tier) string {
	if tier == "" {
		return counted
	}
	return counted + "/" + string(tier)
}

// CountStands counts the figures that follow from how accounts stand, by
// Account.ID, over all accounts and over each tier. One without a standing is left
// out.
func (f TeamFigures) CountStands(accounts []Account, stands map[string]AccountStand, now time.Time) {
	eachTier(accounts, func(tier Tier, list []Account) {
		t := tallyOf(list, stands, now)
		f.put(TeamCountsQuality, tier, t.quality/max(1, float64(t.spoken)), t.spoken, "nobody was spoken with yet")
		f.put(TeamCountsWarm, tier, percentOf(t.warm, t.all), t.all, noAccounts)
		f.put(TeamCountsRhythm, tier, percentOf(t.rhythm, t.timed), t.timed, "no touch is due by a rhythm")
		f.put(TeamCountsLate, tier, float64(t.late), t.all, noAccounts)
		f.put(TeamCountsThreads, tier, float64(t.threads), t.all, noAccounts)
	})
}

const noAccounts = "there is no such account"

// TeamYear is what accounts brought and took in 12 months, by Account.ID; one that
// is missing is not known.
type TeamYear struct {
	Turnover, Profit map[string]float64 // cents
	Minutes          map[string]float64 // of ours
	// Again says of those who bought in the year before whether they bought in
	// this one.
	Again map[string]bool
}

// CountYear counts the figures of a year, over all accounts and over each tier.
func (f TeamFigures) CountYear(accounts []Account, y TeamYear) {
	eachTier(accounts, func(tier Tier, list []Account) {
		turnover, n := sumOver(list, y.Turnover)
		f.put(TeamCountsTurnover, tier, turnover/100, n, "no orders or invoices are here")
		profit, n := sumOver(list, y.Profit)
		f.put(TeamCountsProfit, tier, profit/100, n, "profit needs orders, a margin and the rate of an hour")
		minutes, n := sumOver(list, y.Minutes)
		f.put(TeamCountsHours, tier, minutes/60, n, "nothing was spent yet")
		kept, before := 0, 0
		for _, a := range list {
			if again, bought := y.Again[a.ID]; bought {
				before++
				if again {
					kept++
				}
			}
		}
		f.put(TeamCountsKept, tier, percentOf(kept, before), before, "no customer bought in the year before")
	})
}

// eachTier calls do for all accounts, then for those of each tier.
func eachTier(accounts []Account, do func(tier Tier, list []Account)) {
	do("", accounts)
	for _, tier := range Tiers {
		list, _ := parted(accounts, func(a Account) bool { return a.Tier == tier })
		do(tier, list)
	}
}

// put keeps a figure that was counted over n accounts, or why it is not known
// where that is none.
func (f TeamFigures) put(name string, tier Tier, value float64, n int, why string) {
	if n > 0 {
		why = ""
	}
	f[FigureKey(name, tier)] = TeamFigure{Value: value, Of: n, Why: why}
}

func percentOf(part, of int) float64 { return 100 * float64(part) / max(1, float64(of)) }

func sumOver(accounts []Account, of map[string]float64) (sum float64, n int) {
	for _, a := range accounts {
		if v, known := of[a.ID]; known {
			sum, n = sum+v, n+1
		}
	}
	return sum, n
}

// tally is what is counted over accounts.
type tally struct {
	all, spoken, warm, timed, rhythm, late, threads int
	quality                                         float64
}

func tallyOf(accounts []Account, stands map[string]AccountStand, now time.Time) (t tally) {
	for _, a := range accounts {
		s, known := stands[a.ID]
		if !known {
			continue
		}
		t.all++
		t.late += s.OursLate
		if s.OneThread {
			t.threads++
		}
		if s.Band == Warm {
			t.warm++
		}
		if s.Band != NeverSpoke {
			t.spoken++
			t.quality += float64(s.Quality)
		}
		if due := s.Touch.Due; !due.IsZero() {
			t.timed++
			if due.After(now) {
				t.rhythm++
			}
		}
	}
	return t
}

// words name a figure as a source: "Mean relationship quality: counted over 13
// accounts on 22 Nov".
func (f TeamFigure) words(o TeamObjective, now time.Time) string {
	whose := Counted(f.Of, "account", "accounts")
	if o.Tier != "" {
		whose = Counted(f.Of, string(o.Tier)+" account", string(o.Tier)+" accounts")
	}
	return fmt.Sprintf("%s: counted over %s on %s", o.Label(), whose, ShortDate(now, now))
}
