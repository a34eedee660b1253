package data

import (
	"testing"
	"time"
)

func held(p Preference) Preference {
	p.Confirmed = "2026-01-01"
	return p
}

func TestBreaches(t *testing.T) {
	call := func(days float64) Moment { return Moment{ID: "c", At: warmNow.Add(-daysLong(days)), Kind: Call} }
	wrote := func(id string, days float64, side Side) Moment {
		return Moment{ID: id, At: warmNow.Add(-daysLong(days)), Kind: Mail, Side: side, Thread: id}
	}
	atMost := held(Preference{Rule: AtMost, Channel: ByCall, Times: 1, Days: 7})
	mail := held(Preference{Rule: Prefers, Channel: ByMail})
	for _, c := range []struct {
		name        string
		touch       PlannedTouch
		preferences []Preference
		history     []Moment
		words, then string
	}{
		{"one too many", PlannedTouch{Channel: ByCall}, []Preference{atMost, held(Preference{Rule: Prefers, Channel: ByMail, Topic: "facts"})}, []Moment{call(3)},
			"second call in a week; Ana asked for at most 1 call a week", "wait, or put it into the next call"},
		{"long enough ago", PlannedTouch{Channel: ByCall}, []Preference{atMost}, []Moment{call(8)}, "", ""},
		{"what they began does not count", PlannedTouch{Channel: ByMail}, []Preference{held(Preference{Rule: AtMost, Channel: ByMail, Times: 1, Days: 7})}, []Moment{wrote("1", 1, Customer)}, "", ""},
		{"what we wrote does", PlannedTouch{Channel: ByMail}, []Preference{held(Preference{Rule: AtMost, Channel: ByMail, Times: 1, Days: 7})}, []Moment{wrote("1", 1, Us), wrote("1", 1.01, Us)},
			"second mail in a week; Ana asked for at most 1 mail a week", "wait, or put it into the next mail"},
		{"outside their hours", PlannedTouch{Channel: ByCall}, []Preference{held(Preference{Rule: Hours, From: "13:00", To: "15:00"})}, nil, "09:18 is outside Ana's hours, 13:00 to 15:00", "wait until 13:00"},
		{"a mail may come at any hour", PlannedTouch{Channel: ByMail}, []Preference{held(Preference{Rule: Hours, From: "13:00", To: "15:00"})}, nil, "", ""},
		{"no calls on this day", PlannedTouch{Channel: ByCall}, []Preference{held(Preference{Rule: Never, Channel: ByCall, Weekdays: []string{"tue"}})}, nil, "Ana asked for no calls on Tue", ""},
		{"a topic to avoid", PlannedTouch{Channel: ByMail, Text: "About the Tender of 2019"}, []Preference{held(Preference{Rule: Avoid, Topic: "tender"})}, nil, "Ana does not like to talk about tender", ""},
		{"another channel is liked better", PlannedTouch{Channel: ByCall}, []Preference{mail}, nil, "Ana prefers mail", "write a mail instead"},
		{"of several, in the order of the rules", PlannedTouch{Channel: ByCall}, []Preference{held(Preference{Rule: Hours, From: "13:00", To: "15:00"}), mail}, nil, "Ana prefers mail", "write a mail instead"},
		{"an offer does not hold", PlannedTouch{Channel: ByCall}, []Preference{{Rule: Never, Channel: ByCall, Learned: true}}, nil, "", ""},
	} {
		c.touch.At = warmNow
		got := Warning{}
		if list := Breaches(c.touch, c.preferences, c.history, "Ana"); len(list) > 0 {
			got = list[0]
		}
		if got.Words != c.words || got.Better != c.then {
			t.Errorf("%s: %q, %q; want %q, %q", c.name, got.Words, got.Better, c.words, c.then)
		}
	}
}

func TestPreferencesAreLearnedAndOnlyOffered(t *testing.T) {
	var history []Moment
	for i := range 20 {
		day := time.Date(2026, 11, 10, 7, 20+i, 0, 0, time.UTC).AddDate(0, 0, -10*i)
		history = append(history, Moment{ID: string(rune('a' + i)), At: day, Kind: Mail, Side: Customer, Thread: string(rune('a' + i))})
	}
	c := Contact{ID: "b", AccountID: "k"}
	berlin := time.FixedZone("CET", 3600)
	offers := LearnPreferences(c, history, nil, berlin, warmNow)
	if len(offers) != 2 || offers[0].Words() != "Between 08:00 and 09:00" || !offers[0].Offered() || offers[0].Holds() || offers[1].Days != 10 {
		t.Errorf("%+v", offers)
	}
	if again := LearnPreferences(c, history, []Preference{{Belongs: ofBeatrice, Rule: Hours, Refused: "2026-01-01"}, {Belongs: ofBeatrice, Rule: Every}}, berlin, warmNow); len(again) != 0 {
		t.Errorf("what was decided is offered again: %+v", again)
	}
	if few := LearnPreferences(c, history[:5], nil, berlin, warmNow); len(few) != 0 {
		t.Errorf("five mails are no habit: %+v", few)
	}
}

func TestTouchpoints(t *testing.T) {
	a := Account{ID: "k", Tier: TierA}
	due := func(id string, silence float64, every int) ContactStanding {
		return ContactStanding{Contact: Contact{ID: id, Name: id, AccountID: "k"}, Warmth: Warmth{
			Band: Warm, Silence: silence, Last: Moment{At: warmNow.Add(-daysLong(silence))}, Interval: Interval{Days: every, From: Agreed},
		}}
	}
	never := ContactStanding{Contact: Contact{ID: "never", Name: "never"}, Warmth: Warmth{Band: NeverSpoke}}
	shared := func(id string, silence float64) ContactStanding {
		c := due(id, silence, 7)
		c.Warmth.Interval.From = OfTier
		return c
	}
	ids := func(list []Touchpoint) (s string) {
		for _, t := range list {
			s += t.Contact.ID + " " + t.Words() + "; "
		}
		return s
	}
	for _, c := range []struct {
		name    string
		account Account
		list    []ContactStanding
		planned map[string]time.Time
		snoozed map[string]time.Time
		want    string
	}{
		{"by the rhythm, the longest over first", a, []ContactStanding{due("b", 8, 7), due("a", 38, 21), due("c", 3, 7)}, nil, nil, "a due 17 days ago; b due yesterday; "},
		{"a tier's rhythm asks for the one who was last", a, []ContactStanding{shared("a", 38), shared("b", 9)}, nil, nil, "b due 2 days ago; "},
		{"whoever was in touch answers for a tier's rhythm", a, []ContactStanding{shared("a", 38), shared("b", 3)}, nil, nil, ""},
		{"one with a rhythm of their own answers for it too", a, []ContactStanding{shared("a", 38), due("b", 4, 30)}, nil, nil, ""},
		{"a meeting with anybody answers for a tier's rhythm", a, []ContactStanding{shared("a", 38), shared("b", 9)}, map[string]time.Time{"a": warmNow.AddDate(0, 0, 2)}, nil, ""},
		{"soon counts", a, []ContactStanding{due("b", 6, 7)}, nil, nil, "b due tomorrow; "},
		{"nobody is asked who just spoke", a, []ContactStanding{due("b", 0.2, 1)}, nil, nil, ""},
		{"a meeting answers for it", a, []ContactStanding{due("b", 8, 7)}, map[string]time.Time{"b": warmNow.AddDate(0, 0, 2)}, nil, ""},
		{"a meeting too far away does not", a, []ContactStanding{due("b", 8, 7)}, map[string]time.Time{"b": warmNow.AddDate(0, 0, 20)}, nil, "b due yesterday; "},
		{"put off", a, []ContactStanding{due("b", 8, 7)}, nil, map[string]time.Time{"b": warmNow.AddDate(0, 0, 2)}, ""},
		{"put off until yesterday", a, []ContactStanding{due("b", 8, 7)}, nil, map[string]time.Time{"b": warmNow.AddDate(0, 0, -1)}, "b due yesterday; "},
		{"nobody spoke yet: a first hello", a, []ContactStanding{never}, nil, nil, "never due today; "},
		{"those who never spoke wait where others did", a, []ContactStanding{never, due("b", 1, 7)}, nil, nil, ""},
		{"a transactional account is spared", Account{Care: Transactional}, []ContactStanding{due("b", 80, 7)}, nil, nil, ""},
		{"one that winds down too", Account{Mode: WindDown}, []ContactStanding{due("b", 80, 7)}, nil, nil, ""},
	} {
		if got := ids(TouchpointsOf(c.account, c.list, nil, c.planned, c.snoozed, 24*time.Hour, warmNow)); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestTriageProposesWithReasons(t *testing.T) {
	in := []TriageInput{
		{Account: Account{ID: "k", Name: "Kestrel", Tier: TierB}, Marks: []Mark{{Criterion: "fit", Points: 80, By: "Maya", Why: "lends to others"}, {Criterion: "potential", Points: 70, On: "2026-01-01"}, {Criterion: "potential", Points: 90, On: "2026-06-01"}}, Counted: map[string]float64{CountRevenue: 100, CountQuality: 50}},
		{Account: Account{ID: "q", Name: "Quayside", Tier: TierA}, Counted: map[string]float64{CountRevenue: 10, CountQuality: 40}},
		{Account: Account{ID: "n", Name: "New"}, Marks: []Mark{{Criterion: "fit", Points: 100}}},
	}
	list := ProposeTiers(in, DefaultCriteria, DefaultTierLimits)
	byID := map[string]Triage{}
	for _, t := range list {
		byID[t.Account.ID] = t
	}
	k := byID["k"] // (4·100 + 3·90 + 2·50 + 2·80) / 11 = 84.5
	if k.Proposed != TierA || !k.Changes() || k.Known != 4 || int(k.Points) != 84 || k.Reasons[0] != "Value now 100 of 100, counted" || k.Reasons[2] != "Fit 80 of 100, judged by Maya: lends to others" {
		t.Errorf("%+v", k)
	}
	if q := byID["q"]; q.Proposed != TierC || q.Known != 2 || q.Reasons[len(q.Reasons)-1] != "Fit is not known" {
		t.Errorf("%+v", q)
	}
	if n := byID["n"]; n.Proposed != "" || n.Changes() {
		t.Errorf("of which too little is known: %+v", n)
	}
	if list[0].Account.ID != "n" {
		t.Errorf("most points first: %+v", list)
	}
}

func TestCapacityOfTheDesign(t *testing.T) {
	c := CheckCapacity(map[Tier]int{TierA: 10, TierB: 25, TierC: 60}, PoliciesOf([]Policy{{Tier: TierA, Every: 7, Touches: 52, Minutes: 7200}, {Tier: TierB, Every: 21, Touches: 24, Minutes: 2400}, {Tier: TierC, Every: 90, Touches: 4, Minutes: 480}}), 120_000)
	if c.Touches != 10*52+25*24+60*4 {
		t.Errorf("%d touches", c.Touches)
	}
	if fits, ok := c.Fits(); fits || !ok {
		t.Errorf("fits %v, known %v", fits, ok)
	}
	if got, want := c.Words(), "10 A + 25 B + 60 C ask for 1,360 touches and 2,680 hours a year; you have 2,000"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
