package data

import (
	"testing"
	"time"
)

var portraitNow = time.Date(2026, 11, 17, 9, 0, 0, 0, time.UTC)

func portraitInput() PortraitInput {
	anna := Contact{ID: "anna", AccountID: "k", Name: "Anna Kessler", Role: "Director", Emails: []string{"anna@kestrel.example"}}
	return PortraitInput{Now: portraitNow, Account: Account{ID: "k", Name: "Kestrel"}, Rules: DefaultWarmthRules, Names: map[string]string{"k": "Kestrel", "h": "Harbour"},
		Standing: ContactStanding{Contact: anna, Warmth: Warmth{Band: NeverSpoke}}}
}

func TestAPortraitNamesThePresentPlaceThatNobodyWroteDown(t *testing.T) {
	in := portraitInput()
	in.Places = []Affiliation{{Belongs: Belongs{ID: "past", Account: "h", Contact: "anna"}, Role: "Engineer", From: "2019-01-01", Until: "2021-05-01"}}
	p := ComposePortrait(in)
	if len(p.Places) != 2 || p.Places[0].Name != "Kestrel" || p.Places[0].ID != "" || p.Places[0].Words(in.Now) != "Director" {
		t.Fatalf("%+v", p.Places)
	}
	if words := p.Places[1].Words(in.Now); words != "Engineer · 1 Jan 2019 to 1 May 2021" {
		t.Errorf("the past place says %q", words)
	}
	in.Places = append(in.Places, Affiliation{Belongs: Belongs{ID: "now", Account: "k", Contact: "anna"}, Role: "Head"})
	if p = ComposePortrait(in); len(p.Places) != 2 || p.Places[0].ID != "now" {
		t.Errorf("a place that was written down is there twice: %+v", p.Places)
	}
}

func TestAPortraitTellsRelationsFromItsSide(t *testing.T) {
	in := portraitInput()
	in.Others = map[string]Contact{"leon": {ID: "leon", Name: "Leon Vogt"}, "ines": {ID: "ines", Name: "Ines Fournier"}}
	in.Relations = []Relation{
		{Belongs: Belongs{ID: "3", Contact: "ines"}, To: "anna", Is: WorksWith},
		{Belongs: Belongs{ID: "2", Contact: "leon"}, To: "anna", Is: ReportsTo},
		{Belongs: Belongs{ID: "1", Contact: "anna"}, To: "ines", Is: ReportsTo},
		{Belongs: Belongs{ID: "4", Contact: "anna"}, To: "gone", Is: Influences},
	}
	var said []string
	for _, r := range ComposePortrait(in).Relations {
		said = append(said, r.Words+" "+r.Other.Name)
	}
	want := []string{"is the manager of Leon Vogt", "reports to Ines Fournier", "works with Ines Fournier"}
	if len(said) != len(want) {
		t.Fatalf("%q", said)
	}
	for i := range want {
		if said[i] != want[i] {
			t.Errorf("%q, want %q", said[i], want[i])
		}
	}
}

func TestAPortraitKeepsFactsThatHoldAndSaysWhereTheyAreFrom(t *testing.T) {
	in := portraitInput()
	fact := func(name, value, on string) Fact {
		return Fact{Belongs: Belongs{ID: name + value, Account: "k", Contact: "anna"}, Name: name, Value: value, On: on}
	}
	ended := fact("goal", "Print Room", "2026-01-01")
	ended.Until = "2026-10-01"
	birthday := fact("birthday", "1980-11-20", "2026-10-01")
	birthday.Source, birthday.Basis, birthday.Confidence = "Anna Kessler", Consent, IsSure
	in.Facts = []Fact{birthday, fact("language", "de", "2026-11-01"), fact("phone", "+31 6 12345678", ""), ended, fact("goal", "Hall 3", "2025-01-01")}
	p := ComposePortrait(in)
	if len(p.Phones) != 1 || len(p.Facts) != 3 {
		t.Fatalf("%d numbers, %+v", len(p.Phones), p.Facts)
	}
	for i, want := range []struct {
		said, from string
		old        bool
	}{
		{"Hall 3", "nobody said who told us · 1 Jan 2025 · likely", true},
		{"20 November, 46 years, in 3 days", "Anna Kessler · 1 Oct · sure · consent", false},
		{"German", "nobody said who told us · 1 Nov · likely", false},
	} {
		f := p.Facts[i]
		if f.Said(in.Now) != want.said || f.From(in.Now) != want.from || f.Old != want.old {
			t.Errorf("%q, %q, old %v; want %+v", f.Said(in.Now), f.From(in.Now), f.Old, want)
		}
	}
}

func TestAPortraitAsksWhatNobodyDecided(t *testing.T) {
	in := portraitInput()
	twin := Contact{ID: "twin", AccountID: "k", Name: "anna kessler", Emails: []string{"anna@home.example"}}
	in.Similar = []Contact{twin, {ID: "leon", AccountID: "k", Name: "Leon Vogt"}}
	in.Preferences = []Preference{
		{Belongs: Belongs{ID: "o", Contact: "anna"}, Rule: Hours, From: "07:00", To: "09:00", Learned: true},
		{Belongs: Belongs{ID: "h", Contact: "anna"}, Rule: Avoid, Topic: "the fire", Confirmed: "2026-01-01"},
		{Belongs: Belongs{ID: "a", Account: "k"}, Rule: Never, Weekdays: []string{"fri"}, Confirmed: "2026-01-01"},
	}
	p := ComposePortrait(in)
	if p.Asks() != 2 || len(p.Duplicates) != 1 || len(p.Offered) != 1 || p.Duplicates[0].Other("anna").ID != "twin" {
		t.Fatalf("%d: %+v, %+v", p.Asks(), p.Duplicates, p.Offered)
	}
	if len(p.Wishes) != 2 || p.Wishes[0].Words != "Does not like to talk about the fire" || p.Wishes[1].Words != "All there: no contact on Fri" {
		t.Errorf("%+v", p.Wishes)
	}
	in.Decided = []string{p.Duplicates[0].Key()}
	in.Preferences[0].Refused = "2026-11-01"
	if p = ComposePortrait(in); p.Asks() != 0 {
		t.Errorf("what was refused is asked again: %+v, %+v", p.Duplicates, p.Offered)
	}
}

func TestAPortraitCountsTheLatestRatingOfEach(t *testing.T) {
	in := portraitInput()
	in.Ratings = []Rating{{By: "Maya", Score: 40, On: "2026-01-01"}, {By: "maya", Score: 70, On: "2026-11-01"}, {By: "Tomas", Score: 50, On: "2026-05-01"}}
	p := ComposePortrait(in)
	if len(p.Ratings) != 2 || p.Ratings[0].Score != 70 || p.Ratings[1].By != "Tomas" {
		t.Errorf("%+v", p.Ratings)
	}
}

func TestContactDialsAreWhatWarmthIsMadeFrom(t *testing.T) {
	in := portraitInput()
	for _, d := range ComposePortrait(in).Dials {
		if d.Known || len(d.Lines) != 0 {
			t.Errorf("of somebody who never answered, %s is %+v", d.Kind, d)
		}
	}
	c := in.Standing.Contact
	var history []Moment
	for i, side := range []Side{Customer, Us, Customer} {
		history = append(history, Moment{ID: string(rune('a' + i)), At: portraitNow.AddDate(0, 0, -2*i-1), Kind: Mail, Side: side, Thread: string(rune('a' + i))})
	}
	w := ScoreWarmth(history, Interval{Days: 7, From: Agreed}, DefaultWarmthRules, portraitNow)
	dials := ContactDials(ContactStanding{Contact: c, Warmth: w}, history, DefaultWarmthRules, portraitNow)
	if dials[0].Value != w.Score || dials[1].Value != 100 || dials[2].Value != 75 || len(dials[0].Lines) != 4 || len(dials[1].Lines) != 1 || len(dials[3].Lines) != 3 {
		t.Errorf("%+v", dials)
	}
	for _, d := range dials {
		if !d.Known || d.Words == "" || d.Value < 0 || d.Value > d.Of {
			t.Errorf("%+v", d)
		}
	}
}

func TestOneTouchWithSeveralSaysAWishOfTheirAccountOnce(t *testing.T) {
	all := Preference{Belongs: Belongs{ID: "all", Account: "k"}, Rule: Never, Channel: ByCall, Confirmed: "2026-01-01"}
	own := Preference{Belongs: Belongs{ID: "own", Account: "k", Contact: "anna"}, Rule: Prefers, Channel: ByMail, Confirmed: "2026-01-01"}
	people := []Wishes{{Contact: Contact{ID: "anna", AccountID: "k", Name: "Anna Kessler"}, Preferences: []Preference{own, all}},
		{Contact: Contact{ID: "leon", AccountID: "k", Name: "Leon Vogt"}, Preferences: []Preference{all}}}
	list := Against(PlannedTouch{Channel: ByCall, At: portraitNow}, people)
	if words := AgainstWords(list); len(list) != 2 || words != "Anna prefers mail; Anna asked for no calls. Better write a mail instead" {
		t.Errorf("%d: %q", len(list), words)
	}
	kept := BreachesOf(list, portraitNow, "Maya", " she rang ", "i")
	if len(kept) != 2 || kept[0].Check() != nil || kept[1].Contact != "anna" || kept[0].Why != "she rang" || kept[0].On != "2026-11-17" || kept[0].Interaction != "i" {
		t.Errorf("%+v", kept)
	}
	if AgainstWords(nil) != "" || len(Against(PlannedTouch{Channel: ByMail, At: portraitNow}, people)) != 0 {
		t.Error("a mail goes against nothing")
	}
}
