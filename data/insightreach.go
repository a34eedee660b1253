package data

import (
	"fmt"
	"math"
	"slices"
)

// Reach is what would bring the rhythms that the team owes within what it keeps:
// a few changes, each on top of those before it.
type Reach struct {
	Target  float64 // touches a working day that the team kept
	Changes []PaceChange
	// Words say how far all of them together reach, "" where nothing needs to change.
	Words string
}

// PaceChange is one concrete change, with what it costs.
type PaceChange struct {
	Kind    PaceChangeKind
	What    string  // "Tier C every 180 days, not 90"
	Detail  string  // "14 people, 28 touches a year less"
	Trade   string  // what is given up by it
	Saves   float64 // touches a year
	PerDay  float64 // touches a working day that are owed after it
	Tier    Tier    // of LongerTier
	Days    int     // the new rhythm
	Account string  // Account.ID of the others
	Contact string  // Contact.ID of AskedFewer
	// Receipts are the wish, or those whom the change is about.
	Receipts []Receipt
}

// PaceChangeKind is what a change is about.
type PaceChangeKind string

// The kinds of change.
const (
	AskedFewer PaceChangeKind = "they asked for fewer"
	GroupCall  PaceChangeKind = "one group call"
	LongerTier PaceChangeKind = "a longer rhythm for a tier"
	OnRequest  PaceChangeKind = "answer when they ask"
)

// MostChanges is how many changes are shown, and leastSaved how many touches a
// year one must save.
const (
	MostChanges = 6
	leastSaved  = 2
)

// rhythmSteps are the rhythms that a tier may be given, in days.
var rhythmSteps = []int{7, 10, 14, 21, 30, 45, 60, 90, 120, 180, 365}

// ReachOf proposes changes until what is owed is within what was kept. What costs
// nothing comes first: a wish that is not heeded. Then, each time, the change that
// touches the least margin for each touch it saves. A rhythm changes once; one that
// was agreed with somebody is never made longer, for that is theirs to say.
func ReachOf(in InsightsInput, beats []Beat, pace Pacing) Reach {
	r := Reach{Target: pace.Kept}
	if pace.Holds() || len(beats) == 0 {
		return r
	}
	owed, changed := pace.Touches, make([]bool, len(beats))
	for len(r.Changes) < MostChanges && owed > pace.Kept*WorkingDays {
		c, of, ok := cheapest(in, beats, changed, owed-pace.Kept*WorkingDays)
		if !ok {
			break
		}
		for _, i := range of {
			changed[i] = true
		}
		owed -= c.Saves
		c.PerDay = owed / WorkingDays
		r.Changes = append(r.Changes, c)
	}
	switch left := owed/WorkingDays - r.Target; {
	case len(r.Changes) == 0:
		r.Words = "No change of rhythm would bring it into reach: fewer accounts, or more hours."
	case left > 0.05:
		r.Words = fmt.Sprintf("With all of it %.1f a day are left, %.1f more than the team kept: fewer accounts, or more hours.", owed/WorkingDays, left)
	default:
		r.Words = fmt.Sprintf("With all of it %.1f a day are asked, which the team kept.", owed/WorkingDays)
	}
	return r
}

// candidate is a change with the beats it is about and what it costs: the margin
// that hears from us less often, in cents.
type candidate struct {
	change PaceChange
	of     []int
	cost   float64
}

// cheapest is the change that costs least for each touch it saves. Of those that
// cost alike it is the smallest that saves what is needed, else the largest.
func cheapest(in InsightsInput, beats []Beat, changed []bool, need float64) (PaceChange, []int, bool) {
	var best *candidate
	for _, list := range [][]candidate{wishes(beats, changed), groups(beats, changed), tiers(in, beats, changed), lossMakers(in, beats, changed)} {
		for _, c := range list {
			if c.change.Saves >= leastSaved && (best == nil || c.beats(*best, need)) {
				best = &c
			}
		}
	}
	if best == nil {
		return PaceChange{}, nil, false
	}
	return best.change, best.of, true
}

func (c candidate) beats(other candidate, need float64) bool {
	mine, theirs := c.cost/c.change.Saves, other.cost/other.change.Saves
	switch {
	case math.Abs(mine-theirs) > 1e-9*max(mine, theirs):
		return mine < theirs
	case c.change.Saves >= need && other.change.Saves >= need:
		return c.change.Saves < other.change.Saves
	}
	return c.change.Saves > other.change.Saves
}

// wishes are the people who asked for fewer touches than they are owed.
func wishes(beats []Beat, changed []bool) (list []candidate) {
	for i, b := range beats {
		if changed[i] || b.Wish <= b.Every.Days {
			continue
		}
		saves := b.Touches - 365/float64(b.Wish)
		who := "They"
		if b.Contact.ID != "" {
			who = FirstName(b.Contact.Name)
		}
		list = append(list, candidate{change: PaceChange{
			Kind: AskedFewer, What: fmt.Sprintf("%s every %s, not %d", b.Account.Name, days(b.Wish), b.Every.Days), Detail: fmt.Sprintf("%s asked for fewer, %s", who, lessWords(saves)),
			Trade: "Nothing is given up: it is their wish", Saves: saves, Days: b.Wish, Account: b.Account.ID, Contact: b.Contact.ID,
			Receipts: []Receipt{{Words: fmt.Sprintf("%s asked for a touch every %s at most", b.Name(), days(b.Wish)), Contact: b.Contact.ID, Part: b.WishPart}},
		}, of: []int{i}})
	}
	return list
}

// leastGroup is how many people of one account make a group.
const leastGroup = 3

// groups are the accounts where several people have a rhythm of their own, who
// could be met together at the shortest of them.
func groups(beats []Beat, changed []bool) (list []candidate) {
	for from := 0; from < len(beats); {
		to := from
		for to < len(beats) && beats[to].Account.ID == beats[from].Account.ID {
			to++
		}
		var of []int
		for i := from; i < to; i++ {
			if beats[i].Own && !changed[i] {
				of = append(of, i)
			}
		}
		if len(of) >= leastGroup {
			list = append(list, group(beats, of))
		}
		from = to
	}
	return list
}

func group(beats []Beat, of []int) candidate {
	var sum, most, margin float64
	shortest := beats[of[0]]
	c := candidate{of: of}
	for _, i := range of {
		b := beats[i]
		sum, most, margin = sum+b.Touches, max(most, b.Touches), margin+float64(b.Margin)
		if b.Every.Days < shortest.Every.Days {
			shortest = b
		}
		c.change.Receipts = append(c.change.Receipts, Receipt{Words: fmt.Sprintf("%s: every %s, %s", b.Contact.Name, days(b.Every.Days), b.Every.From), Contact: b.Contact.ID})
	}
	c.cost = margin * alone
	c.change.Kind, c.change.Account, c.change.Days, c.change.Saves = GroupCall, shortest.Account.ID, shortest.Every.Days, sum-most
	c.change.What = fmt.Sprintf("%s: one group call %s", shortest.Account.Name, callEvery(shortest.Every.Days))
	c.change.Detail = fmt.Sprintf("%d people together, %s", len(of), lessWords(c.change.Saves))
	c.change.Trade = fmt.Sprintf("Less time alone with each of the %d", len(of))
	return c
}

// alone is the share of a person's worth that hangs on time alone with them.
const alone = 0.25

func callEvery(n int) string {
	switch n {
	case 7:
		return "a week"
	case 30, 31:
		return "a month"
	}
	return "every " + days(n)
}

// tiers are the tiers that could be in touch less often: by the next step, and by
// the one after it.
func tiers(in InsightsInput, beats []Beat, changed []bool) (list []candidate) {
	for _, tier := range Tiers {
		every := in.Policies[tier].Every
		var of []int
		for i, b := range beats {
			if b.Account.Tier == tier && !b.Own && !changed[i] {
				of = append(of, i)
			}
		}
		next := slices.IndexFunc(rhythmSteps, func(n int) bool { return n > every })
		if every <= 0 || len(of) < 2 || next < 0 {
			continue
		}
		for _, step := range rhythmSteps[next:min(next+2, len(rhythmSteps))] {
			list = append(list, longer(in, tier, beats, of, every, step))
		}
	}
	return list
}

func longer(in InsightsInput, tier Tier, beats []Beat, of []int, every, step int) candidate {
	c := candidate{of: of}
	var margin float64
	for _, i := range of {
		b := beats[i]
		c.change.Saves += b.Touches * (1 - float64(every)/float64(step))
		margin += float64(b.Margin)
		c.change.Receipts = append(c.change.Receipts, Receipt{Words: b.Name() + ", " + grouped(math.Round(b.Touches)) + " touches a year", Part: b.Account.ID})
	}
	c.cost = margin * (1 - float64(every)/float64(step))
	c.change.Kind, c.change.Tier, c.change.Days = LongerTier, tier, step
	c.change.What = fmt.Sprintf("Tier %s every %s, not %d", tier, days(step), every)
	c.change.Detail = fmt.Sprintf("%s, %s", Counted(len(of), "account", "accounts"), lessWords(c.change.Saves))
	c.change.Trade = "No margin is known that would hear from you less often"
	if margin >= 100 {
		c.change.Trade = fmt.Sprintf("%s a year of margin hears from you %.0f %% less often", ShortMoneyWords(int64(margin), in.Money.Currency), 100*(1-float64(every)/float64(step)))
	}
	return c
}

// lossMakers are the accounts of tier C that cost more than they leave: they could
// all be answered when they ask.
func lossMakers(in InsightsInput, beats []Beat, changed []bool) []candidate {
	lost := map[string]int64{}
	for _, a := range in.Accounts {
		if cents, known := a.margin(); known && cents < 0 && a.Account.Tier == TierC {
			lost[a.Account.ID] = -cents
		}
	}
	c := candidate{change: PaceChange{Kind: OnRequest, Tier: TierC}, cost: 1} // no margin, but it is no wish of theirs either
	var names []string
	var sum int64
	for i, b := range beats {
		loss, is := lost[b.Account.ID]
		if !is || changed[i] || b.Own {
			continue
		}
		c.of, names, sum, c.change.Account = append(c.of, i), append(names, b.Account.Name), sum+loss, b.Account.ID
		c.change.Saves += b.Touches
		c.change.Receipts = append(c.change.Receipts, Receipt{Words: fmt.Sprintf("%s: a loss of %s in 12 months", b.Account.Name, ShortMoneyWords(loss, in.Money.Currency)), Part: b.Account.ID})
	}
	switch len(names) {
	case 0:
		return nil
	case 1, 2:
		c.change.What = JoinAnd(names) + ": answer when they ask"
	default:
		c.change.What = fmt.Sprintf("%d accounts of tier C: answer when they ask", len(names))
	}
	c.change.Detail = "nothing is due by itself, " + lessWords(c.change.Saves)
	c.change.Trade = fmt.Sprintf("They left a loss of %s in 12 months, and would cool", ShortMoneyWords(sum, in.Money.Currency))
	return []candidate{c}
}

func lessWords(touches float64) string {
	return Counted(int(math.Round(touches)), "touch", "touches") + " a year less"
}
