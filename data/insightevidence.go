package data

import (
	"fmt"
	"math"
	"time"

	"rapport/data/stats"
)

// Evidence is whether accounts stayed more often where their rhythm was kept: of
// those that were customers a year ago, by how their rhythm was kept in the year
// before, who bought again since. That both go together does not say that one
// makes the other.
type Evidence struct {
	Groups []EvidenceGroup // the least kept first
	All    int             // accounts looked at
	// Enough says that the difference between the ends is not by chance; Low and High
	// are its 95 % interval, in shares (Newcombe 1998, method 10). Both are 0 where
	// there is nothing to compare.
	Enough    bool
	Low, High float64
	Words     string
}

// EvidenceGroup is the accounts whose rhythm was kept alike.
type EvidenceGroup struct {
	Name        string
	From, To    float64 // share of days in rhythm; To is in it for the last group only
	Stayed, All int
	Low, High   float64 // 95 % interval of the share that stayed (Wilson 1927)
	Receipts    []Receipt
}

// evidenceLeast is how many accounts a group needs before it is compared.
const evidenceLeast = 5

// EvidenceOf compares. A rhythm is that of the account's tier today.
func EvidenceOf(in InsightsInput) Evidence {
	e := Evidence{Groups: []EvidenceGroup{{Name: "In rhythm less than half of the time", To: 0.5}, {Name: "Half to nine tenths", From: 0.5, To: 0.9}, {Name: "Nine tenths or more", From: 0.9, To: 1}}}
	today := dayOf(in.Now)
	begin, middle := in.Now.AddDate(-2, 0, 0), in.Now.AddDate(-1, 0, 0)
	for _, a := range in.Accounts {
		every := in.Policies[a.Account.Tier].Every
		if every <= 0 || a.Account.Care == Transactional || !boughtWithin(a.Bought, begin, middle) {
			continue
		}
		from := dayOf(begin)
		kept := float64(keptDays(a.days(), every, from, dayOf(middle))) / float64(max(dayOf(middle)-from, 1))
		g := &e.Groups[2]
		for i := range e.Groups[:2] {
			if kept < e.Groups[i].To {
				g = &e.Groups[i]
				break
			}
		}
		stayed, words := boughtWithin(a.Bought, middle, in.Now.AddDate(0, 0, 1)), "did not buy since"
		g.All++
		e.All++
		if stayed {
			g.Stayed++
			words = "bought again"
		}
		g.Receipts = append(g.Receipts, Receipt{Words: fmt.Sprintf("%s: in rhythm %.0f %% of the time, %s", a.Account.Name, 100*kept, words), Part: a.Account.ID, At: time.Unix(int64(today)*24*60*60, 0).UTC()})
	}
	for i := range e.Groups {
		g := &e.Groups[i]
		g.Low, g.High = stats.Wilson(g.Stayed, g.All)
	}
	e.judge()
	return e
}

// boughtWithin says whether there was a purchase from one day to before another.
func boughtWithin(bought []BuyingDay, from, before time.Time) bool {
	first, last := from.Format(time.DateOnly), before.Format(time.DateOnly)
	for _, d := range bought {
		if d.On >= first && d.On < last {
			return true
		}
	}
	return false
}

// judge compares the least kept with the best kept group that have enough.
func (e *Evidence) judge() {
	var ends []EvidenceGroup
	for _, g := range e.Groups {
		if g.All >= evidenceLeast {
			ends = append(ends, g)
		}
	}
	if len(ends) < 2 {
		e.Words = fmt.Sprintf("Too few to tell: %s with a rhythm bought in the year before last, and %s are needed in each of two groups.",
			Counted(e.All, "account", "accounts"), "five")
		return
	}
	worst, best := ends[0], ends[len(ends)-1]
	e.Low, e.High = differenceOf(best, worst)
	e.Enough = e.Low > 0 || e.High < 0
	lead := fmt.Sprintf("Of accounts whose rhythm was kept best %s stayed, of those whose was kept least %s", shareWords(best), shareWords(worst))
	span := fmt.Sprintf("the difference is between %s and %s points", signed(100*e.Low), signed(100*e.High))
	if !e.Enough {
		e.Words = fmt.Sprintf("Too few to tell: %s; %s, so it may be chance.", lowerFirst(lead), span)
		return
	}
	e.Words = fmt.Sprintf("%s; %s. It shows that both go together, not that one makes the other.", lead, span)
	if e.High < 0 {
		e.Words = fmt.Sprintf("%s; %s. Those in better rhythm stayed less often: look for what else differs between them.", lead, span)
	}
}

func shareWords(g EvidenceGroup) string { return fmt.Sprintf("%d of %d", g.Stayed, g.All) }

func signed(x float64) string {
	n := math.Round(x)
	if n < 0 {
		return fmt.Sprintf("−%.0f", -n)
	}
	return fmt.Sprintf("%.0f", math.Abs(n))
}

// differenceOf is the 95 % interval of the difference of the shares that stayed.
func differenceOf(a, b EvidenceGroup) (low, high float64) {
	p, q := float64(a.Stayed)/float64(a.All), float64(b.Stayed)/float64(b.All)
	square := func(x float64) float64 { return x * x }
	return p - q - math.Sqrt(square(p-a.Low)+square(b.High-q)), p - q + math.Sqrt(square(a.High-p)+square(q-b.Low))
}
