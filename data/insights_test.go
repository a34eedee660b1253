package data

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

var insightNow = time.Date(2026, 11, 17, 9, 18, 0, 0, time.UTC)

// aYear is what an account brought in 12 months and took in hours.
func aYear(euros, hours int64) Profit {
	rules := MoneyRules{Currency: "EUR", HourCents: 6000, MarginPercent: 30}
	return ProfitIn([]Purchase{{Kind: Invoiced, On: "2026-06-01", Cents: euros * 100, Currency: "EUR"}}, Effort{Minutes: float64(60 * hours)}, rules, "2025-11-18", "2026-11-18")
}

// everyDays are the days of a year or so on which somebody spoke, the last one so
// many days ago.
func everyDays(n, last int) (days []int) {
	for d := dayOf(insightNow) - last; d > dayOf(insightNow)-420; d -= n {
		days = append(days, d)
	}
	slices.Sort(days)
	return days
}

// boughtEvery is a purchase of 1,000 each so many days, the last one so many days
// ago.
func boughtEvery(n, last int) (list []BuyingDay) {
	for ago := last; ago <= 1000; ago += n {
		list = append(list, BuyingDay{On: insightNow.AddDate(0, 0, -ago).Format(time.DateOnly), Cents: 100_000})
	}
	slices.Reverse(list)
	return list
}

func insightAccount(id, name string, tier Tier, quality int, profit Profit, spoke []int) InsightAccount {
	who := standingOfScore(id+"-1", quality)
	a := InsightAccount{Account: Account{ID: id, Name: name, Tier: tier}, Profit: profit, Spoke: map[string][]int{who.Contact.ID: spoke}, Contacts: []ContactStanding{who}, Minutes: profit.Effort.Minutes / 4}
	a.Standing = StandAccount(StandingInput{Contacts: a.Contacts, Policy: PoliciesOf(nil)[tier], Rules: DefaultWarmthRules}, insightNow)
	return a
}

func standingOfScore(id string, score int) ContactStanding {
	return ContactStanding{Contact: Contact{ID: id, Name: "Somebody " + id, Side: Customer},
		Warmth: Warmth{Score: score, Band: DefaultWarmthRules.BandOf(score), Last: Moment{At: insightNow.AddDate(0, 0, -5)}, Silence: 5, Interval: Interval{Days: 7, From: OfTier}}}
}

// aTeam is a small team with one of each.
func aTeam() InsightsInput {
	alder := insightAccount("a", "Alder Vale", TierA, 58, aYear(400_000, 300), everyDays(7, 3))
	alder.Plan = Plan{Belongs: Belongs{ID: "plan-a"}, GoalCents: 12_000_000, Currency: "EUR", GoalQuality: 72, Until: "2027-06-30"}
	quay := insightAccount("q", "Quayside", TierB, 82, aYear(200_000, 60), everyDays(21, 50))
	tern := insightAccount("t", "Tern", TierC, 29, aYear(10_000, 90), everyDays(200, 190))
	fresh := insightAccount("n", "Fresh", "", 61, Profit{}, nil)
	fresh.Minutes = 120
	return InsightsInput{Now: insightNow, Accounts: []InsightAccount{alder, fresh, quay, tern}, Policies: PoliciesOf(nil),
		Money: MoneyRules{Currency: "EUR", HourCents: 6000, MarginPercent: 30, Years: 3, DiscountPercent: 10}, Rules: DefaultInsightRules}
}

func TestTheMapPlacesWhatIsKnown(t *testing.T) {
	m := ComposeInsights(aTeam(), OneByOne).Map
	if len(m.Points) != 3 || m.NoMoney != 1 || m.Points[0].Account.Name != "Alder Vale" {
		t.Fatalf("%+v", m)
	}
	p := m.Points[0]
	// 30 % of 400,000 less 300 hours at 60.
	if p.Cents != 10_200_000 || p.Quality != 58 || p.Revenue != 40_000_000 {
		t.Errorf("%d cents, quality %d, revenue %d", p.Cents, p.Quality, p.Revenue)
	}
	if p.Words != "Best margin, €102k a year, but quality 58 lags" || p.GoalWords != "Goal by 30 Jun 2027: quality 72 and €120k" {
		t.Errorf("%q, %q", p.Words, p.GoalWords)
	}
	if len(p.Receipts) < 4 {
		t.Errorf("%d receipts", len(p.Receipts))
	}
	if p := m.Points[2]; p.Cents >= 0 || !strings.HasPrefix(p.Words, "A loss of ") || p.Goal {
		t.Errorf("%+v", p)
	}
	if words := m.NotShown(); words != "1 account without known money" {
		t.Error(words)
	}
}

func TestAGoalInAnotherCurrencyIsNone(t *testing.T) {
	in := aTeam()
	in.Accounts[0].Plan = Plan{GoalCents: 100, Currency: "USD"}
	if p := MapProfits(in).Points[0]; p.Goal {
		t.Errorf("%+v", p)
	}
}

func TestHoursGoAgainstTheirBudget(t *testing.T) {
	h := SpentHours(aTeam())
	sum, budget := 0.0, 0.0
	for _, g := range h.Groups {
		sum, budget = sum+g.Share, budget+g.Budget
	}
	if math.Abs(sum-1) > 1e-9 || math.Abs(budget-1) > 1e-9 {
		t.Errorf("shares %g, budgets %g", sum, budget)
	}
	if h.Over != "Tier C" || h.Words != "Tier C takes 4.3 times its budget." { // 22.5 h of 114.5, where 8 of 168 less a twentieth are meant
		t.Errorf("%q", h.Words)
	}
	if g := h.Groups[3]; g.Name() != "New people" || g.Minutes != 120 || g.Budget != 0.05 {
		t.Errorf("%+v", g)
	}
}

func TestTheOverRunNamesWhoTakesIt(t *testing.T) {
	in := aTeam()
	for i, minutes := range []float64{900, 500, 10, 5} {
		a := insightAccount(fmt.Sprint("c", i), fmt.Sprint("Small ", i), TierC, 50, aYear(1000, 1), nil)
		a.Minutes = minutes
		in.Accounts = append(in.Accounts, a)
	}
	if h := SpentHours(in); !strings.Contains(h.Words, "Tern and Small 0 take") {
		t.Error(h.Words)
	}
}

func TestNothingSpentIsNoOverRun(t *testing.T) {
	if h := SpentHours(InsightsInput{Rules: DefaultInsightRules}); h.Words != "" || h.Minutes != 0 {
		t.Errorf("%+v", h)
	}
}

func TestDaysInRhythm(t *testing.T) {
	for name, c := range map[string]struct {
		spoke               []int
		every, from, before int
		want                int
	}{
		"never":                          {nil, 7, 0, 70, 0},
		"every day":                      {[]int{0, 1, 2, 3}, 7, 0, 4, 4},
		"once keeps the rhythm":          {[]int{10}, 7, 0, 70, 8},
		"early adds only what it adds":   {[]int{10, 12}, 7, 0, 70, 10},
		"what was before counts as well": {[]int{-3}, 7, 0, 70, 5},
		"what comes after does not":      {[]int{80}, 7, 0, 70, 0},
		"the end cuts":                   {[]int{68}, 7, 0, 70, 2},
	} {
		if got := keptDays(c.spoke, c.every, c.from, c.before); got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
}

func TestDaysInRhythmAreThoseCountedOneByOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		spoke := rapid.SliceOfN(rapid.IntRange(-50, 150), 0, 30).Draw(t, "spoke")
		slices.Sort(spoke)
		every, before := rapid.IntRange(1, 40).Draw(t, "every"), rapid.IntRange(0, 120).Draw(t, "before")
		want := 0
		for day := range before {
			if slices.ContainsFunc(spoke, func(s int) bool { return s <= day && day-s <= every }) {
				want++
			}
		}
		if got := keptDays(spoke, every, 0, before); got != want {
			t.Fatalf("%d, one by one %d", got, want)
		}
	})
}

func TestWhatIsKeptIsNeverMoreThanWhatIsPromised(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := PaceBeats(drawBeats(t), insightNow)
		if p.Kept > p.Promised+1e-9 || p.Kept < 0 {
			t.Fatalf("%g kept of %g", p.Kept, p.Promised)
		}
		for _, w := range p.Weeks {
			if w.Kept > p.Promised+1e-9 {
				t.Fatalf("%g in a week of %g", w.Kept, p.Promised)
			}
		}
	})
}

func drawBeats(t *rapid.T) []Beat {
	var beats []Beat
	for i := range rapid.IntRange(0, 12).Draw(t, "beats") {
		every := rapid.SampledFrom([]int{7, 14, 21, 90, 180}).Draw(t, "every")
		b := Beat{Account: Account{ID: fmt.Sprint(i / 4), Name: fmt.Sprint("Account ", i/4), Tier: Tiers[i/4%3]}, Own: rapid.Bool().Draw(t, "own"), Touches: 365 / float64(every),
			Minutes: float64(rapid.IntRange(1, 200).Draw(t, "minutes")), Margin: rapid.Int64Range(0, 9_000_000).Draw(t, "margin"),
			Every: Interval{Days: every, From: rapid.SampledFrom([]IntervalSource{OfTier, TheirWish, Agreed}).Draw(t, "from")}}
		b.Contact = Contact{ID: fmt.Sprint("c", i), Name: fmt.Sprint("Person ", i)}
		if rapid.Bool().Draw(t, "wishes") {
			b.Wish = every * 2
		}
		b.Spoke = rapid.SliceOfN(rapid.IntRange(dayOf(insightNow)-200, dayOf(insightNow)), 0, 20).Draw(t, "spoke")
		slices.Sort(b.Spoke)
		beats = append(beats, b)
	}
	return beats
}

func TestChangesBringWhatIsPromisedDown(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		beats := drawBeats(t)
		in := InsightsInput{Now: insightNow, Policies: PoliciesOf(nil), Money: DefaultMoneyRules}
		pace := PaceBeats(beats, insightNow)
		r := ReachOf(in, beats, pace)
		last, agreed := pace.Promised, 0.0
		for _, b := range beats {
			if b.Every.From == Agreed && b.Wish == 0 {
				agreed += b.Touches / WorkingDays
			}
		}
		for _, c := range r.Changes {
			if c.Saves < leastSaved || c.PerDay >= last || c.PerDay < -1e-9 || c.What == "" || c.Trade == "" || len(c.Receipts) == 0 {
				t.Fatalf("%+v after %g", c, last)
			}
			last = c.PerDay
		}
		if pace.Holds() && len(r.Changes) > 0 {
			t.Fatal("what is kept needs no change")
		}
	})
}

func TestAWishComesFirstAndAGroupCallSavesTheRest(t *testing.T) {
	in := aTeam()
	northmoor := insightAccount("m", "Northmoor", TierA, 48, aYear(150_000, 80), everyDays(30, 28))
	northmoor.Contacts[0].Contact.Name = "Ola Brekke"
	northmoor.Preferences = []Preference{{Belongs: Belongs{ID: "wish", Account: "m", Contact: "m-1"}, Rule: AtMost, Channel: ByMail, Times: 1, Days: 14, Confirmed: "2026-10-01"}}
	for i := range 6 {
		c := standingOfScore(fmt.Sprint("q", i), 70)
		c.Warmth.Interval = Interval{Days: 14, From: TheirWish}
		in.Accounts[2].Contacts = append(in.Accounts[2].Contacts, c)
	}
	in.Accounts = append(in.Accounts, northmoor)
	s := ComposeInsights(in, OneByOne)
	if len(s.Reach.Changes) < 2 {
		t.Fatalf("%+v", s.Reach)
	}
	c := s.Reach.Changes[0]
	if c.What != "Northmoor every 14 days, not 7" || c.Detail != "Ola asked for fewer, 26 touches a year less" {
		t.Errorf("%q, %q", c.What, c.Detail)
	}
	i := slices.IndexFunc(s.Reach.Changes, func(c PaceChange) bool { return c.Kind == GroupCall })
	if i < 0 || s.Reach.Changes[i].What != "Quayside: one group call every 14 days" || s.Reach.Changes[i].Detail != "6 people together, 130 touches a year less" {
		t.Errorf("%+v", s.Reach.Changes)
	}
}

func TestHoursAreSharedWithinWhatThereIs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		beats := drawBeats(t)
		minutes := rapid.Float64Range(0, 50_000).Draw(t, "minutes")
		gets, more := Allot(beats, minutes), Allot(beats, minutes*1.3+1)
		var used, agreed, need float64
		for i, b := range beats {
			most := b.Touches
			if b.Wish > 0 {
				most = min(most, 365/float64(b.Wish))
			}
			if gets[i] < 0 || gets[i] > most+1e-9 {
				t.Fatalf("%g touches of at most %g", gets[i], most)
			}
			if more[i] < gets[i]-1e-6 {
				t.Fatalf("with more hours somebody gets less: %g, then %g", gets[i], more[i])
			}
			used, need = used+gets[i]*b.Minutes, need+most*b.Minutes
			if b.Every.From == Agreed {
				agreed += most * b.Minutes
			}
		}
		if used > max(minutes, agreed)+1e-3 {
			t.Fatalf("%g minutes of %g, %g of them agreed", used, minutes, agreed)
		}
		if used < min(minutes, need)-1e-3*(1+need) && used < min(minutes, need)*0.999-1e-3 {
			t.Fatalf("%g minutes are used of %g, %g are asked for", used, minutes, need)
		}
	})
}

// Moving a minute from one rhythm to another never makes the whole worth more.
func TestSharedHoursAreWorthMost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		beats := drawBeats(t)
		gets := Allot(beats, rapid.Float64Range(0, 20_000).Draw(t, "minutes"))
		typical := typicalMargin(beats)
		worth := func(i int, gets float64) float64 {
			b := beats[i]
			v := b.Touches * b.Minutes
			if typical > 0 {
				v *= 1 + float64(b.Margin)/typical
			}
			r := gets / b.Touches
			return v * r * (2 - r)
		}
		for i := range beats {
			for k := range beats {
				b, to := beats[i], beats[k]
				most := to.Touches
				if to.Wish > 0 {
					most = min(most, 365/float64(to.Wish))
				}
				const step = 0.01
				moved := step * b.Minutes / to.Minutes
				if i == k || gets[i] < step || b.Every.From == Agreed || gets[k]+moved > most {
					continue
				}
				before := worth(i, gets[i]) + worth(k, gets[k])
				after := worth(i, gets[i]-step) + worth(k, gets[k]+moved)
				if after > before*(1+1e-7)+1e-6 {
					t.Fatalf("%d to %d: %g, then %g", i, k, before, after)
				}
			}
		}
	})
}

func TestEarlyWarningsAreOrderedByWhatIsAtStake(t *testing.T) {
	in := aTeam()
	in.Accounts[0].Promises = []Promise{{Belongs: Belongs{ID: "p", Account: "a"}, By: Us, What: "report", Due: "2026-11-01"}}
	in.Accounts[0].Contacts[0].Warmth.Silence = 38
	in.Accounts[2].Bought = boughtEvery(30, 95)
	list := WarnOf(in)
	if len(list) != 4 || list[0].Account.Name != "Alder Vale" || list[3].Account.Name != "Fresh" || list[3].Known {
		t.Fatalf("%+v", list)
	}
	w := list[0]
	if w.AtStake != int64(math.Round(w.Chance*float64(w.Margin))) || w.Chance <= w.Signs[0].Chance {
		t.Errorf("%+v", w)
	}
	if words := w.Words(); !strings.Contains(words, "silent for 38 days, rhythm 7") || !strings.Contains(words, "1 promise of yours overdue") || !strings.Contains(words, "hangs on Somebody alone") {
		t.Error(words)
	}
	if words := list[1].Words(); !strings.Contains(words, "no purchase for 95 days, usually every 30") && !strings.Contains(list[2].Words(), "no purchase for") {
		t.Error(words)
	}
	for _, w := range list {
		for _, s := range w.Signs {
			if len(s.Receipts) == 0 {
				t.Errorf("%s: %s has no receipts", w.Account.Name, s.Kind)
			}
		}
	}
}

func TestEverySignHasItsReceiptAndItsRule(t *testing.T) {
	in := aTeam()
	a := &in.Accounts[0]
	a.Contacts[0].Warmth = Warmth{Score: 30, Band: Cold, Silence: 60, Last: Moment{At: insightNow.AddDate(0, 0, -60)}, Interval: Interval{Days: 7, From: OfTier}}
	a.Contacts[0].Stakeholder = Stakeholder{Belongs: Belongs{ID: "s"}, Roles: []Role{Champion}}
	decides := ContactStanding{Contact: Contact{ID: "d", Name: "Samuel Reyes"}, Warmth: Warmth{Band: NeverSpoke}, Stakeholder: Stakeholder{Belongs: Belongs{ID: "s2"}, Roles: []Role{Decider}}}
	a.Contacts = append(a.Contacts, decides)
	was := []ContactStanding{standingOfScore("a-1", 80)}
	a.Standing = StandAccount(StandingInput{Contacts: a.Contacts, Before: was, Policy: in.Policies[TierA], Rules: DefaultWarmthRules}, insightNow)
	a.Standing.SingleThread = "a-1"
	a.Promises = []Promise{{By: Us, What: "report", Due: "2026-11-01"}}
	a.Spaces = []Whitespace{{Belongs: Belongs{ID: "w"}, With: WithUs, Ends: "2027-01-31"}}
	a.Left = []Leaver{{Contact: Contact{Name: "Grace"}, On: "2026-10-01", Roles: []Role{Sponsor}}}
	a.Bought = boughtEvery(30, 200)
	a.Risks = []Risk{{What: "price war", Chance: 60}}
	signs := WarnOf(in)[0].Signs
	for _, r := range WarningRules {
		i := slices.IndexFunc(signs, func(s WarningSign) bool { return s.Kind == r.Kind })
		if i < 0 {
			t.Errorf("%s is not seen", r.Kind)
			continue
		}
		if s := signs[i]; s.Chance <= 0 || s.Chance > r.Most || len(s.Receipts) == 0 || s.Words == "" {
			t.Errorf("%+v", s)
		}
	}
	if len(WarningRules) != len(signs) {
		t.Errorf("%d signs of %d", len(signs), len(WarningRules))
	}
}

func TestMoreSignsNeverMakeAnAccountLookSafer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := aTeam()
		a := &in.Accounts[0]
		a.Contacts[0].Warmth.Silence = rapid.Float64Range(0, 400).Draw(t, "silence")
		chance := func() float64 {
			for _, w := range WarnOf(in) {
				if w.Account.ID == "a" {
					return w.Chance
				}
			}
			return 0
		}
		before := chance()
		switch rapid.IntRange(0, 3).Draw(t, "what") {
		case 0:
			a.Contacts[0].Warmth.Silence += rapid.Float64Range(0, 100).Draw(t, "more")
		case 1:
			a.Promises = append(a.Promises, Promise{By: Us, What: "x", Due: "2026-10-01"})
		case 2:
			a.Bought = boughtEvery(20, rapid.IntRange(0, 300).Draw(t, "last"))
		case 3:
			a.Risks = append(a.Risks, Risk{What: "x", Chance: rapid.IntRange(0, 100).Draw(t, "chance")})
		}
		if after := chance(); after < before-1e-9 || after >= 1 {
			t.Fatalf("%g, then %g", before, after)
		}
	})
}

func TestKeepingIsComparedWithWinningBack(t *testing.T) {
	in := aTeam()
	in.Accounts[0].Contacts[0].Warmth.Silence = 38
	in.Accounts[3].Bought = boughtEvery(40, 400)
	k := ComposeInsights(in, OneByOne).Keeping
	if k.Missing != "" || len(k.Keep) == 0 || len(k.Win) != 1 || k.Win[0].Account.Name != "Tern" {
		t.Fatalf("%+v", k)
	}
	// Nine or ten purchases of 1,000 at a margin of 30 %, of which a fifth comes back for three years at 10 % less.
	if g := k.Win[0].Gain; g < 130_000 || g > 160_000 {
		t.Errorf("won back %d", g)
	}
	if !strings.HasPrefix(k.Words("EUR"), "Keep first: an hour of keeping is worth €") || len(k.Assumed) != 5 {
		t.Errorf("%q, %v", k.Words("EUR"), k.Assumed)
	}
	in.Money.HourCents = 0
	if k := KeepOrWin(in, WarnOf(in)); k.Words("EUR") != "Say what an hour of yours costs to compare them" {
		t.Errorf("%q", k.Words("EUR"))
	}
}

func TestAssumptionsThatCannotBe(t *testing.T) {
	for name, change := range map[string]func(*InsightRules){
		"more than all of the hours": func(r *InsightRules) { r.NewPercent = 101 }, "no hours to win": func(r *InsightRules) { r.WinHours = 0 },
		"less than nothing": func(r *InsightRules) { r.KeepPercent = -1 }, "lost at once": func(r *InsightRules) { r.LostDays = 1 }, "no number": func(r *InsightRules) { r.KeepHours = math.NaN() },
	} {
		r := DefaultInsightRules
		change(&r)
		if r.Check() == nil {
			t.Errorf("%s is taken", name)
		}
	}
	if err := DefaultInsightRules.Check(); err != nil {
		t.Error(err)
	}
}

// cohort is so many customers of two years, of whom so many stayed, in rhythm or
// not.
func cohort(name string, n, stayed int, inRhythm bool) (list []InsightAccount) {
	for i := range n {
		var spoke []int
		if inRhythm {
			for d := dayOf(insightNow) - 760; d < dayOf(insightNow); d += 14 {
				spoke = append(spoke, d)
			}
		}
		a := insightAccount(fmt.Sprint(name, i), fmt.Sprint(name, " ", i), TierB, 60, Profit{}, spoke)
		a.Bought = []BuyingDay{{On: "2025-06-01", Cents: 100}}
		if i < stayed {
			a.Bought = append(a.Bought, BuyingDay{On: "2026-06-01", Cents: 100})
		}
		list = append(list, a)
	}
	return list
}

func TestEvidenceSaysWhenThereAreTooFew(t *testing.T) {
	in := aTeam()
	in.Accounts = cohort("kept", 3, 3, true)
	if e := EvidenceOf(in); e.Enough || !strings.HasPrefix(e.Words, "Too few to tell: 3 accounts") {
		t.Errorf("%+v", e)
	}
	in.Accounts = slices.Concat(cohort("kept", 8, 7, true), cohort("left", 8, 5, false))
	if e := EvidenceOf(in); e.Enough || !strings.HasPrefix(e.Words, "Too few to tell: of accounts whose rhythm was kept best 7 of 8 stayed") {
		t.Errorf("%+v", e)
	}
	in.Accounts = slices.Concat(cohort("kept", 40, 38, true), cohort("left", 40, 20, false))
	e := EvidenceOf(in)
	if !e.Enough || e.Low < 0.2 || e.High > 0.65 || e.All != 80 || !strings.Contains(e.Words, "not that one makes the other") {
		t.Errorf("%+v", e)
	}
	in.Accounts = slices.Concat(cohort("kept", 40, 20, true), cohort("left", 40, 38, false))
	if e := EvidenceOf(in); !e.Enough || e.High >= 0 || !strings.Contains(e.Words, "stayed less often") {
		t.Errorf("%+v", e)
	}
	for _, g := range e.Groups {
		if g.All > 0 && (float64(g.Stayed)/float64(g.All) < g.Low || float64(g.Stayed)/float64(g.All) > g.High) {
			t.Errorf("%+v", g)
		}
		if len(g.Receipts) != g.All {
			t.Errorf("%d receipts of %d", len(g.Receipts), g.All)
		}
	}
}

func TestInsightsAreAFunctionOfWhatIsKnown(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := aTeam()
		for i := range in.Accounts {
			in.Accounts[i].Minutes = rapid.Float64Range(0, 5000).Draw(t, "minutes")
		}
		one, _ := json.Marshal(ComposeInsights(in, OneByOne))
		two, _ := json.Marshal(ComposeInsights(in, OneByOne))
		if string(one) != string(two) {
			t.Fatal("the same facts give other figures")
		}
	})
}

func TestNobodyIsKnownYet(t *testing.T) {
	s := ComposeInsights(InsightsInput{Now: insightNow, Policies: PoliciesOf(nil), Money: DefaultMoneyRules, Rules: DefaultInsightRules}, OneByOne)
	if len(s.Map.Points)+len(s.Warnings)+len(s.Reach.Changes) > 0 || s.Keeping.Missing == "" || s.Evidence.Enough || !strings.HasPrefix(s.Pace.Words(), "nobody was promised") {
		t.Errorf("%+v", s)
	}
}
