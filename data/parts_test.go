package data

import (
	"errors"
	"slices"
	"testing"
	"time"
)

var (
	ofKestrel  = Belongs{Account: "k"}
	ofBeatrice = Belongs{Account: "k", Contact: "b"}
)

// TestPartsAreChecked holds of every kind one that can be kept, and bends one
// thing at a time.
func TestPartsAreChecked(t *testing.T) {
	for _, c := range []struct {
		name  string
		part  Part
		field string // "" where it can be kept
	}{
		{"a goal of an account", Fact{Belongs: ofKestrel, Name: "goal", Value: "Open the winter loan"}, ""},
		{"a fact of no kind", Fact{Belongs: ofKestrel, Name: "shoe size", Value: "42"}, "fact"},
		{"a birthday of an account", Fact{Belongs: ofKestrel, Name: "birthday", Value: "05-17", Basis: Consent}, "fact"},
		{"a billing wish of a person", Fact{Belongs: ofBeatrice, Name: "billing", Value: "by site"}, "fact"},
		{"a birthday without a basis", Fact{Belongs: ofBeatrice, Name: "birthday", Value: "05-17"}, "basis"},
		{"a birthday without a year", Fact{Belongs: ofBeatrice, Name: "birthday", Value: "02-29", Basis: Consent}, ""},
		{"a birthday that is no day", Fact{Belongs: ofBeatrice, Name: "birthday", Value: "31 June", Basis: Consent}, "value"},
		{"a second number", Fact{Belongs: ofBeatrice, Name: "phone", Value: "+31 (0)20 555-0201 x7"}, ""},
		{"a number that is none", Fact{Belongs: ofBeatrice, Name: "phone", Value: "call me"}, "value"},
		{"a link that is none", Fact{Belongs: ofKestrel, Name: "profile", Value: "javascript:alert(1)"}, "value"},
		{"a language that is none", Fact{Belongs: ofBeatrice, Name: "language", Value: "Kling!on"}, "value"},
		{"a fact that ended before it began", Fact{Belongs: ofKestrel, Name: "goal", Value: "x", On: "2026-02-01", Until: "2026-01-01"}, "until"},
		{"an unknown", Unknown{Belongs: ofKestrel, What: "Who holds the budget?"}, ""},
		{"an answer without words", Unknown{Belongs: ofKestrel, What: "Who?", Answered: "2026-01-01"}, "answer"},
		{"an affiliation elsewhere", Affiliation{Belongs: Belongs{Contact: "b"}, Place: "Tate"}, ""},
		{"an affiliation nowhere", Affiliation{Belongs: Belongs{Contact: "b"}}, "place"},
		{"a stakeholder nobody judged", Stakeholder{Belongs: ofBeatrice, Roles: []Role{UserRole}, Influence: 40}, ""},
		{"a judgement without a reason", Stakeholder{Belongs: ofBeatrice, Support: 1, On: "2026-01-01"}, "why"},
		{"a judgement without a date", Stakeholder{Belongs: ofBeatrice, Support: -1}, "on"},
		{"influence above all", Stakeholder{Belongs: ofBeatrice, Influence: 101}, "influence"},
		{"a role that is none", Stakeholder{Belongs: ofBeatrice, Roles: []Role{"boss"}}, "role"},
		{"a reporting line", Relation{Belongs: ofBeatrice, To: "m", Is: ReportsTo}, ""},
		{"a line to oneself", Relation{Belongs: ofBeatrice, To: "b", Is: ReportsTo}, "to"},
		{"a need", Need{Belongs: ofKestrel, Words: "The hall shimmers"}, ""},
		{"a need without words", Need{Belongs: ofKestrel}, "words"},
		{"an initiative", Initiative{Belongs: ofKestrel, What: "New dimming bus", Is: Cure, Gives: Helps}, ""},
		{"more benefit than there is", Initiative{Belongs: ofKestrel, What: "x", OurShare: 60, TheirShare: 50}, "share"},
		{"done, but when", Initiative{Belongs: ofKestrel, What: "x", State: IsDone}, "done"},
		{"at most two mails a week", Preference{Belongs: ofBeatrice, Rule: AtMost, Channel: ByMail, Times: 2, Days: 7}, ""},
		{"at most none", Preference{Belongs: ofBeatrice, Rule: AtMost, Channel: ByMail}, "times"},
		{"hours backwards", Preference{Belongs: ofBeatrice, Rule: Hours, From: "12:00", To: "09:00"}, "hours"},
		{"an hour that is none", Preference{Belongs: ofBeatrice, Rule: Hours, From: "11:75", To: "12:00"}, "from"},
		{"a day that is none", Preference{Belongs: ofBeatrice, Rule: Never, Weekdays: []string{"monday"}}, "weekday"},
		{"a breach", Breach{Belongs: ofBeatrice, Preference: "p", Words: "third call", On: "2026-11-17"}, ""},
		{"value for them", ValueEntry{Belongs: ofKestrel, To: Customer, What: "Less energy", Amount: 1200, Unit: "kWh"}, ""},
		{"value without a unit", ValueEntry{Belongs: ofKestrel, To: Customer, What: "Less energy", Amount: 3}, "unit"},
		{"negative value", ValueEntry{Belongs: ofKestrel, To: Us, What: "Loss", Amount: -3, Unit: "€"}, "amount"},
		{"a currency that is none", ValueEntry{Belongs: ofKestrel, To: Us, What: "Fee", Currency: "Euro"}, "currency"},
		{"an offer", Offer{Name: "Dimming bus"}, ""},
		{"whitespace", Whitespace{Belongs: ofKestrel, Offer: "o", With: Competitor, Ends: "2027-03-31"}, ""},
		{"negative spend", Whitespace{Belongs: ofKestrel, Offer: "o", Cents: -1}, "spend"},
		{"a use", Use{Belongs: ofKestrel, What: "Night scenes", State: CouldUse}, ""},
		{"a door", Door{Name: "Support desk", Reach: "+44 20 7946 0000"}, ""},
		{"a door to nowhere", Door{Name: "Support desk"}, "reach"},
		{"a rating", Rating{Belongs: ofKestrel, Score: 80, By: "Maya", On: "2026-11-17"}, ""},
		{"a rating above all", Rating{Belongs: ofKestrel, Score: 101, By: "Maya", On: "2026-11-17"}, "score"},
		{"a sign of trust", TrustSign{Belongs: ofBeatrice, Is: TookAdvice, On: "2026-11-17", By: "Maya"}, ""},
		{"a sign that nobody saw", TrustSign{Belongs: ofBeatrice, Is: TookAdvice, On: "2026-11-17"}, "by"},
		{"a customer type", Profile{Name: "Museum", Says: map[string]string{"goal": "Visitors"}}, ""},
		{"a type with people's facts", Profile{Name: "Museum", Says: map[string]string{"birthday": "05-17"}}, "fact"},
		{"a policy", Policy{Tier: TierA, Every: 7}, ""},
		{"a policy for no tier", Policy{Every: 7}, "tier"},
		{"a rhythm of no days", Policy{Tier: TierA}, "every"},
		{"a criterion", Criterion{Name: "Fit", Weight: 2}, ""},
		{"a criterion too heavy", Criterion{Name: "Fit", Weight: 11}, "weight"},
		{"a criterion that cannot be counted", Criterion{Name: "Fit", Counted: "beauty"}, "counted"},
		{"a mark", Mark{Belongs: ofKestrel, Criterion: "fit", Points: 100}, ""},
		{"a merge", Merge{Belongs: ofBeatrice, Gone: "c", Were: map[string]string{"name": "B. Moreau"}}, ""},
		{"a merge with nobody", Merge{Belongs: ofBeatrice}, "gone"},
		{"a mark above all", Mark{Belongs: ofKestrel, Criterion: "fit", Points: 101}, "points"},
	} {
		var e *Invalid
		switch err := c.part.Check(); {
		case c.field == "" && err != nil:
			t.Errorf("%s: %v", c.name, err)
		case c.field != "" && (!errors.As(err, &e) || e.Field != c.field):
			t.Errorf("%s: %v, want a complaint about %s", c.name, err, c.field)
		}
	}
}

func TestFactsGrowOld(t *testing.T) {
	now := time.Date(2026, 11, 17, 9, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name string
		fact Fact
		old  bool
	}{
		{"180 days", Fact{On: "2026-05-21"}, false},
		{"181 days", Fact{On: "2026-05-20"}, true},
		{"learned long ago, of no date", Fact{Belongs: Belongs{RecordedAt: now.AddDate(-1, 0, 0)}}, true},
		{"learned long ago, true lately", Fact{Belongs: Belongs{RecordedAt: now.AddDate(-1, 0, 0)}, On: "2026-11-01"}, false},
	} {
		if c.fact.Stale(now) != c.old {
			t.Errorf("%s: old is %v", c.name, !c.old)
		}
	}
}

func TestAnniversary(t *testing.T) {
	now := time.Date(2026, 11, 17, 22, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		value, next string
		years       int
	}{
		{"11-17", "2026-11-17", 0}, {"11-16", "2027-11-16", 0}, {"1980-11-18", "2026-11-18", 46},
		{"02-29", "2027-02-28", 0}, {"2024-02-29", "2027-02-28", 3},
	} {
		next, years, ok := Anniversary(c.value, now)
		if !ok || next.Format(time.DateOnly) != c.next || years != c.years {
			t.Errorf("%s: %s, %d years, %v; want %s, %d", c.value, next.Format(time.DateOnly), years, ok, c.next, c.years)
		}
	}
	if _, _, ok := Anniversary("soon", now); ok {
		t.Error("what is no day returns")
	}
}

func TestReportingLinesMakeNoCircle(t *testing.T) {
	line := func(id, from, to string) Relation {
		return Relation{Belongs: Belongs{ID: id, Contact: from}, To: to, Is: ReportsTo}
	}
	list := []Relation{line("1", "anna", "martin"), line("2", "piotr", "anna"), {Belongs: Belongs{Contact: "martin"}, To: "piotr", Is: WorksWith}}
	if err := CheckReports(list, line("", "martin", "piotr")); err == nil {
		t.Error("martin may report to somebody who reports to him through anna")
	}
	if err := CheckReports(list, line("1", "anna", "beatrice")); err != nil {
		t.Errorf("a line that is changed: %v", err)
	}
	if err := CheckReports(list, line("", "beatrice", "anna")); err != nil {
		t.Errorf("a new line: %v", err)
	}
}

func TestParentsMakeNoCircle(t *testing.T) {
	list := []Account{{ID: "group"}, {ID: "museum", Parent: "group"}, {ID: "shop", Parent: "museum"}}
	if err := CheckParents(list, "group", "shop"); err == nil {
		t.Error("a group may belong to its own shop")
	}
	if err := CheckParents(list, "shop", "group"); err != nil {
		t.Error(err)
	}
}

func TestAnAccountHasTheFactsOfItsTypeUntilItSaysOtherwise(t *testing.T) {
	museum := Profile{Name: "Museum", Says: map[string]string{"goal": "Visitors\nLoans", "billing": "by site"}}
	own := []Fact{
		{Belongs: ofKestrel, Name: "billing", Value: "one invoice"}, {Belongs: ofBeatrice, Name: "goal", Value: "hers"},
		{Belongs: ofKestrel, Name: "goal", Value: "of old", Until: "2025-01-01"},
	}
	var values []string
	for _, f := range FactsOf("k", own, museum) {
		values = append(values, f.Value)
	}
	if want := []string{"one invoice", "Visitors", "Loans"}; !slices.Equal(values, want) {
		t.Errorf("%q, want %q", values, want)
	}
}

func TestTheSameTroubleIsCounted(t *testing.T) {
	now := time.Date(2026, 11, 17, 9, 0, 0, 0, time.UTC)
	on := func(date string, is Remedy, state InitiativeState) Initiative {
		return Initiative{What: "work", Needs: []string{"flicker"}, Is: is, On: date, State: state}
	}
	list := []Initiative{
		on("2025-11-17", Treatment, IsDone), // a year and a day ago by the month's count
		on("2025-12-01", Treatment, IsDone), on("2026-03-01", Treatment, IsDone), on("2026-06-01", Treatment, UnderWay),
		on("2026-07-01", Treatment, LetGo), on("2026-11-01", Cure, Proposed),
		{Needs: []string{"energy"}, Is: Treatment, On: "2026-05-01"},
	}
	got := TreatmentOf("flicker", list, now)
	if got.Words() != "Treated 3 times in 12 months" || got.CureWords() != "Cure proposed: work" {
		t.Errorf("%q, %q", got.Words(), got.CureWords())
	}
	if got := TreatmentOf("energy", list, now); got.Words() != "" || got.CureWords() != "" {
		t.Errorf("once is no pattern: %q, %q", got.Words(), got.CureWords())
	}
}

func TestSupportIsProposedWithReasons(t *testing.T) {
	support, reasons, answered := ProposeSupport(map[string]string{"spoke-for-us": "yes", "gave-time": "yes", "doubts": "no"})
	if support != 2 || len(reasons) != 2 || !answered {
		t.Errorf("%d %q %v", support, reasons, answered)
	}
	if support, _, _ := ProposeSupport(map[string]string{"prefers-other": "yes", "doubts": "yes", "gains": "no"}); support != -2 {
		t.Errorf("never below -2: %d", support)
	}
	if _, _, answered := ProposeSupport(nil); answered {
		t.Error("nothing was answered")
	}
}

func TestPreferenceWords(t *testing.T) {
	for _, c := range []struct {
		p    Preference
		want string
	}{
		{Preference{Rule: Prefers, Channel: ByMail, Topic: "facts"}, "Mail for facts"},
		{Preference{Rule: Prefers, Channel: ByVisit}, "Visit"},
		{Preference{Rule: AtMost, Channel: ByMail, Times: 2, Days: 7}, "At most 2 mails a week"},
		{Preference{Rule: AtMost, Times: 1, Days: 10}, "At most 1 contact in 10 days"},
		{Preference{Rule: Hours, From: "08:00", To: "09:00", Weekdays: []string{"fri", "mon"}}, "Between 08:00 and 09:00, Mon, Fri"},
		{Preference{Rule: Never, Channel: ByCall, Weekdays: []string{"mon"}}, "No calls on Mon"},
		{Preference{Rule: Never, Weekdays: []string{"sun"}}, "No contact on Sun"},
		{Preference{Rule: Avoid, Topic: "the 2019 tender"}, "Does not like to talk about the 2019 tender"},
		{Preference{Rule: Every, Days: 30}, "In touch every 30 days"},
	} {
		if got := c.p.Words(); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

func TestMutuality(t *testing.T) {
	if m := ScoreMutuality(nil, nil, nil); m.Score != 0 || len(m.Receipts) != 0 {
		t.Errorf("nothing to count: %+v", m)
	}
	values := []ValueEntry{{To: Us, Evidence: "invoice"}, {To: Customer, Evidence: "meter"}, {To: Customer}}
	promises := []Promise{{By: Us, Kept: "2026-01-01"}, {By: Us, Kept: "2026-01-01"}, {By: Us, Kept: "2026-01-01"}, {By: Customer, Kept: "2026-01-01"}}
	m := ScoreMutuality(values, promises, nil)
	if m.Score != 0.75 || len(m.Receipts) != 2 || m.Receipts[0].Words() != "value gained: we 1, they 1" {
		t.Errorf("%+v", m)
	}
}

func TestMovedKeepsWhatWasBefore(t *testing.T) {
	day := time.Date(2026, 11, 17, 9, 0, 0, 0, time.UTC)
	c, keep := Moved(Contact{ID: "b", AccountID: "k", Role: "head of exhibitions"}, nil, "q", "", "director", day)
	if c.AccountID != "q" || c.Role != "director" || len(keep) != 2 {
		t.Fatalf("%+v, %+v", c, keep)
	}
	if old := keep[0]; old.Account != "k" || old.Role != "head of exhibitions" || old.Until != "2026-11-17" {
		t.Errorf("the past is %+v", old)
	}
	_, keep = Moved(c, keep[1:], "", "Tate", "trustee", day.AddDate(0, 1, 0))
	if len(keep) != 2 || keep[0].Account != "q" || keep[0].Until != "2026-12-17" || keep[1].Place != "Tate" {
		t.Errorf("%+v", keep)
	}
	SortAffiliations(keep)
	if keep[0].Until != "" {
		t.Error("what lasts comes first")
	}
}
