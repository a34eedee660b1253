package data

import (
	"fmt"
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"
)

var warmNow = time.Date(2026, 11, 17, 9, 18, 0, 0, time.UTC)

// onTime is a relationship with n balanced mails, one each interval, the last
// within it.
func onTime(days, n int) []Moment {
	var list []Moment
	for i := range n {
		side := Customer
		if i%2 == 1 {
			side = Us
		}
		at := warmNow.Add(-daysLong(float64(days) * (0.5 + float64(i)*0.9)))
		list = append(list, Moment{ID: fmt.Sprint(i), At: at, Kind: Mail, Side: side, Thread: fmt.Sprint(i)})
	}
	return list
}

func scored(history []Moment, days int) Warmth {
	return ScoreWarmth(history, Interval{Days: days, From: OfTier}, DefaultWarmthRules, warmNow)
}

func TestAWeeklyAndAHalfYearlyRelationshipOnTimeAreBothFull(t *testing.T) {
	for _, days := range []int{7, 30, 91, 182} {
		w := scored(onTime(days, 4), days)
		if w.Recency != 1 || w.Score != 100 || w.Band != Warm {
			t.Errorf("every %d days, on time: %+v", days, w)
		}
	}
}

func TestSilenceCools(t *testing.T) {
	rules := DefaultWarmthRules
	rules.MostSlow = 1 // without tenure
	for _, c := range []struct {
		silence float64 // intervals
		score   int
		band    Band
	}{{1, 100, Warm}, {2, 50, Cooling}, {3, 25, Cold}} {
		for _, days := range []int{7, 21, 182} {
			last := warmNow.Add(-daysLong(c.silence * float64(days)))
			history := []Moment{{ID: "m", At: last, Kind: Meet}, {ID: "c", At: last, Kind: Call}}
			w := ScoreWarmth(history, Interval{Days: days}, rules, warmNow)
			if w.Score != c.score || w.Band != c.band {
				t.Errorf("silent for %g × %d days, all else full: %d, %s; want %d, %s", c.silence, days, w.Score, w.Band, c.score, c.band)
			}
		}
	}
}

func TestRecencyAtTheMarksOfTheDesign(t *testing.T) {
	for _, c := range []struct{ silence, want float64 }{{0.3, 1}, {1, 1}, {1.5, 0.71}, {2, 0.5}, {3, 0.25}} {
		for _, interval := range []float64{7, 182} {
			if got := recency(c.silence*interval, interval, 0, DefaultWarmthRules); math.Abs(got-c.want) > 0.005 {
				t.Errorf("%g of %g days: %.3f, want %.2f", c.silence, interval, got, c.want)
			}
		}
	}
	if young, old := recency(14, 7, 0, DefaultWarmthRules), recency(14, 7, 20, DefaultWarmthRules); old <= young || old > math.Exp2(-0.5)+1e-9 {
		t.Errorf("tenure slows the fading, at most to half its speed: %.3f and %.3f", young, old)
	}
}

func TestWarmthCases(t *testing.T) {
	ago := func(days float64) time.Time { return warmNow.Add(-daysLong(days)) }
	for _, c := range []struct {
		name    string
		history []Moment
		check   func(Warmth) bool
	}{
		{"nothing at all is not cold", nil, func(w Warmth) bool { return w.Band == NeverSpoke && w.Score == 0 }},
		{"what we wrote without an answer is not contact", []Moment{{At: ago(1), Kind: Mail, Side: Us}}, func(w Warmth) bool { return w.Band == NeverSpoke }},
		{"a copy is not contact", []Moment{{At: ago(1), Kind: Mail, Side: Customer, Copied: true}}, func(w Warmth) bool { return w.Band == NeverSpoke }},
		{"what lies ahead does not count", []Moment{{At: ago(-1), Kind: Meet}}, func(w Warmth) bool { return w.Band == NeverSpoke }},
		{"a note is no contact", []Moment{{At: ago(1), Kind: Note}}, func(w Warmth) bool { return w.Band == NeverSpoke }},
		{"a meeting is worth three, a call two", []Moment{{ID: "a", At: ago(1), Kind: Meet}, {ID: "b", At: ago(8), Kind: Call}}, func(w Warmth) bool { return w.Counted == 5 && w.Frequency == 1 }},
		{"mails of one conversation count once a day", []Moment{
			{ID: "a", At: ago(1), Kind: Mail, Side: Customer, Thread: "t"}, {ID: "b", At: ago(1.01), Kind: Mail, Side: Us, Thread: "t"},
			{ID: "c", At: ago(2), Kind: Mail, Side: Customer, Thread: "t"},
		}, func(w Warmth) bool { return w.Counted == 2 && w.In == 2 && w.Out == 1 }},
		{"a day is worth four at most", []Moment{{ID: "a", At: ago(1), Kind: Meet}, {ID: "b", At: ago(1.01), Kind: Visit}, {ID: "c", At: ago(1.02), Kind: Call}}, func(w Warmth) bool { return w.Counted == 4 }},
		{"all one way keeps a quarter of the reciprocity", []Moment{{ID: "a", At: ago(1), Kind: Mail, Side: Customer, Thread: "a"}}, func(w Warmth) bool { return w.Reciprocity == 0.25 }},
	} {
		if w := scored(c.history, 7); !c.check(w) {
			t.Errorf("%s: %+v", c.name, w)
		}
	}
}

func anyHistory(t *rapid.T) []Moment {
	n := rapid.IntRange(0, 20).Draw(t, "n")
	var list []Moment
	at := warmNow
	for i := range n {
		at = at.Add(-daysLong(rapid.Float64Range(1.5, 60).Draw(t, "gap")))
		list = append(list, Moment{
			ID: fmt.Sprint(i), At: at, Kind: rapid.SampledFrom([]Kind{Mail, Mail, Mail, Meet, Call, Visit}).Draw(t, "kind"),
			Side: rapid.SampledFrom([]Side{Us, Customer}).Draw(t, "side"), Copied: rapid.IntRange(0, 5).Draw(t, "copied") == 0, Thread: fmt.Sprint(i),
		})
	}
	return list
}

func TestALaterContactNeverLooksWorse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		days := rapid.IntRange(1, 200).Draw(t, "days")
		early := daysLong(rapid.Float64Range(0.1, 900).Draw(t, "early"))
		late := time.Duration(float64(early) * rapid.Float64Range(0, 1).Draw(t, "nearer"))
		first := Moment{ID: "first", At: warmNow.Add(-daysLong(1000)), Kind: Meet} // so that the tenure is the same
		with := func(ago time.Duration) float64 {
			return scored([]Moment{first, {ID: "last", At: warmNow.Add(-ago), Kind: Call}}, days).Recency
		}
		if with(late) < with(early) {
			t.Fatalf("last spoke %v ago: %f; %v ago: %f", late, with(late), early, with(early))
		}
	})
}

func TestWarmthIsRelativeToTheRhythm(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		history, days := anyHistory(t), rapid.IntRange(1, 60).Draw(t, "days")
		factor := rapid.IntRange(2, 9).Draw(t, "factor")
		rules := DefaultWarmthRules
		rules.MostSlow = 1 // equal tenure: it slows neither
		var slow []Moment
		for _, m := range history {
			m.At = warmNow.Add(-warmNow.Sub(m.At) * time.Duration(factor))
			slow = append(slow, m)
		}
		a := ScoreWarmth(history, Interval{Days: days}, rules, warmNow)
		b := ScoreWarmth(slow, Interval{Days: days * factor}, rules, warmNow)
		if a.Score != b.Score || a.Band != b.Band {
			t.Fatalf("at %d days %+v\nat %d times that %+v", days, a, factor, b)
		}
	})
}

func TestWarmthIsTheSameForTheSameFacts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		history := anyHistory(t)
		days := rapid.IntRange(1, 100).Draw(t, "days")
		want := fmt.Sprintf("%+v", scored(history, days))
		turned := rapid.Permutation(history).Draw(t, "order")
		if got := fmt.Sprintf("%+v", scored(turned, days)); got != want {
			t.Fatalf("in another order\n%s\nwant\n%s", got, want)
		}
	})
}

func TestIntervalSources(t *testing.T) {
	held := func(p Preference) Preference { p.Rule, p.Confirmed = Every, "2026-01-01"; return p }
	agreed := held(Preference{Belongs: ofBeatrice, Days: 10})
	ofAccount := held(Preference{Belongs: ofKestrel, Days: 20})
	wished := held(Preference{Belongs: ofBeatrice, Days: 14, Learned: true})
	offered := Preference{Belongs: ofBeatrice, Rule: Every, Days: 3, Learned: true}
	tiers := PoliciesOf(nil)
	weekly := onTime(7, 12)
	for _, c := range []struct {
		name        string
		preferences []Preference
		tier        Tier
		history     []Moment
		want        Interval
	}{
		{"agreed with the person before the account", []Preference{ofAccount, wished, agreed}, TierA, nil, Interval{10, Agreed}},
		{"agreed with the account", []Preference{wished, ofAccount}, TierA, nil, Interval{20, Agreed}},
		{"their wish", []Preference{offered, wished}, TierA, nil, Interval{14, TheirWish}},
		{"what nobody confirmed does not count", []Preference{offered}, TierB, nil, Interval{21, OfTier}},
		{"as often as so far, where there is no tier", nil, "", weekly, Interval{13, MedianGap}},
		{"too little to see a habit", nil, "", weekly[:4], Interval{90, NoInterval}},
	} {
		if got := IntervalOf(c.preferences, c.tier, tiers, c.history); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}
