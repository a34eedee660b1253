package data

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// ProfitMap is every account of which both is known, what it leaves over in a
// year and the quality of the relationship.
type ProfitMap struct {
	Points []ProfitPoint // the largest revenue first
	// NoMoney and NoQuality count those that are not on it, with the first names of
	// each kind. Missing says what nobody has told Rapport yet, like what an hour
	// costs.
	NoMoney, NoQuality int
	Missing            []string
}

// ProfitPoint is one account on the map.
type ProfitPoint struct {
	Account Account
	Cents   int64 // a year, after our hours and travel
	Revenue int64 // cents a year
	Quality int   // 0 to 100
	// Goal says that its plan sets one: GoalCents and GoalQuality, by GoalBy, a
	// date or "".
	Goal        bool
	GoalCents   int64
	GoalQuality int
	GoalBy      string
	// Words say how it stands, GoalWords where the plan leads, "" without one.
	Words, GoalWords string
	Receipts         []Receipt
}

// GoodQuality is the quality from which a relationship carries its profit.
const GoodQuality = 60

// MapProfits places the accounts. A goal in another currency is no goal.
func MapProfits(in InsightsInput) ProfitMap {
	var m ProfitMap
	missing := map[string]bool{}
	for _, a := range in.Accounts {
		q := a.Standing.Dial(Quality)
		cents, known := a.margin()
		switch {
		case !known:
			m.NoMoney++
			for _, what := range a.Profit.Missing {
				missing[what] = true
			}
		case !q.Known:
			m.NoQuality++
		default:
			p := ProfitPoint{Account: a.Account, Cents: cents, Revenue: a.Profit.Turnover, Quality: q.Value}
			p.goal(a.Plan, in.Money.Currency, in.Now)
			p.Receipts = append(profitReceipts(a.Profit), q.Receipts...)
			if p.Goal {
				p.Receipts = append(p.Receipts, Receipt{Words: "plan: " + p.GoalWords, Part: a.Plan.ID})
			}
			m.Points = append(m.Points, p)
		}
	}
	for what := range missing {
		m.Missing = append(m.Missing, what)
	}
	slices.Sort(m.Missing)
	slices.SortStableFunc(m.Points, func(a, b ProfitPoint) int {
		return cmp.Or(cmp.Compare(b.Revenue, a.Revenue), strings.Compare(a.Account.Name, b.Account.Name), strings.Compare(a.Account.ID, b.Account.ID))
	})
	m.say(in.Money.Currency)
	return m
}

func (p *ProfitPoint) goal(plan Plan, currency string, now time.Time) {
	hasCents := plan.GoalCents > 0 && (plan.Currency == currency || plan.Currency == "")
	if !hasCents && plan.GoalQuality == 0 {
		return
	}
	p.Goal, p.GoalCents, p.GoalQuality, p.GoalBy = true, p.Cents, p.Quality, plan.Until
	var words []string
	if plan.GoalQuality > 0 {
		p.GoalQuality = plan.GoalQuality
		words = append(words, fmt.Sprintf("quality %d", plan.GoalQuality))
	}
	if hasCents {
		p.GoalCents = plan.GoalCents
		words = append(words, ShortMoneyWords(plan.GoalCents, currency))
	}
	p.GoalWords = "Goal: " + JoinAnd(words)
	if day, err := time.ParseInLocation(time.DateOnly, plan.Until, now.Location()); err == nil {
		p.GoalWords = fmt.Sprintf("Goal by %s: %s", ShortDate(day, now), JoinAnd(words))
	}
}

// profitReceipts are the sums behind a profit.
func profitReceipts(p Profit) (list []Receipt) {
	for _, l := range p.Receipts {
		list = append(list, Receipt{Words: fmt.Sprintf("%s: %s (%s)", l.What, RoundMoneyWords(l.Cents, p.Currency), l.Why)})
	}
	for _, words := range p.LeftOut {
		list = append(list, Receipt{Words: "left out: " + words})
	}
	return list
}

// say puts into words how each account stands: by its margin among all, and by
// its quality.
func (m *ProfitMap) say(currency string) {
	if len(m.Points) == 0 {
		return
	}
	best := slices.MaxFunc(m.Points, func(a, b ProfitPoint) int { return cmp.Compare(a.Cents, b.Cents) }).Cents
	for i := range m.Points {
		p := &m.Points[i]
		switch {
		case p.Cents < 0:
			p.Words = "A loss of " + ShortMoneyWords(-p.Cents, currency) + " a year"
		case p.Cents == best && len(m.Points) > 1:
			p.Words = "Best margin, " + ShortMoneyWords(p.Cents, currency) + " a year"
		default:
			p.Words = ShortMoneyWords(p.Cents, currency) + " a year"
		}
		switch good := p.Quality >= GoodQuality; {
		case good == (p.Cents >= 0) && good:
			p.Words += fmt.Sprintf(", and quality %d holds it", p.Quality)
		case good:
			p.Words += fmt.Sprintf(", though quality is %d", p.Quality)
		case p.Cents >= 0:
			p.Words += fmt.Sprintf(", but quality %d lags", p.Quality)
		default:
			p.Words += fmt.Sprintf(", and quality is %d", p.Quality)
		}
	}
}

// NotShown says who is not on the map, "5 accounts without purchases, 2 that never
// spoke with you"; "" where everybody is.
func (m ProfitMap) NotShown() string {
	var words []string
	if m.NoMoney > 0 {
		words = append(words, Counted(m.NoMoney, "account without known money", "accounts without known money"))
	}
	if m.NoQuality > 0 {
		words = append(words, Counted(m.NoQuality, "that never spoke with you", "that never spoke with you"))
	}
	return JoinAnd(words)
}
