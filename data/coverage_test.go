package data

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func skillOf(member, topic string, l SkillLevel, on string) Skill {
	return Skill{Belongs: Belongs{ID: SkillID(member, topic)}, Member: member, Topic: topic, Level: l, On: on}
}

func TestCoverageShowsGapsForMeetingsAndOverdueRefreshers(t *testing.T) {
	in := CoverageInput{
		Now: trainingNow, Staff: []string{"Maya", "Daniel", "Ruth"},
		Skills: []Skill{
			skillOf("Maya", "Hard talks", SkillPractised, "2026-03-01"), skillOf("Daniel", "Hard talks", SkillKnows, "2026-03-01"), skillOf("Ruth", "Hard talks", SkillLeads, "2024-01-01"),
			skillOf("Maya", "Price talk", SkillKnows, "2026-01-01"),
		},
		Sessions: []Session{{Topic: "hard talks", On: "2026-11-18", At: "14:00", Minutes: 120, Attendees: []string{"Daniel"}}},
		Needed: []NeededTopic{{Topic: "Hard talks", Meeting: "m", Account: "Kestrel", When: trainingNow.AddDate(0, 0, 1), Ours: []string{"Maya", "Daniel", "Ruth"}, Because: "report is late"},
			{Topic: "Finance", Meeting: "n", Account: "Quayside", When: trainingNow.AddDate(0, 0, 2), Ours: []string{"Someone else"}}},
	}
	c := ComposeCoverage(in)
	if want := []string{"Hard talks", "Finance", "Price talk"}; !slices.Equal(c.Topics, want) {
		t.Fatalf("topics are %q", c.Topics)
	}
	at := func(member, topic string) CoverageCell {
		i := slices.IndexFunc(c.Rows, func(r CoverageRow) bool { return r.Member == member })
		return c.Rows[i].Cells[slices.Index(c.Topics, topic)]
	}
	for _, x := range []struct {
		member       string
		step         int
		gap, overdue bool
		planned      string
	}{{"Maya", 2, false, false, ""}, {"Daniel", 1, true, false, "2026-11-18"}, {"Ruth", 3, true, true, ""}} {
		got := at(x.member, "Hard talks")
		if got.Step != x.step || got.Gap != x.gap || got.Overdue != x.overdue || got.Planned != x.planned {
			t.Errorf("%s: %+v", x.member, got)
		}
	}
	if w := at("Daniel", "Hard talks").Words; w != "Knows it since 1 Mar · needed with Kestrel Tue 17 Nov: report is late · planned for 18 Nov" {
		t.Error(w)
	}
	if c.Gaps != 2 || c.Overdue != 1 || c.Untouched != 0 || c.Under() != "Two gaps touch a meeting this week" {
		t.Errorf("%d gaps, %d overdue, %d untouched, %q", c.Gaps, c.Overdue, c.Untouched, c.Under())
	}
	if !slices.Equal(c.Thin, []string{"Finance", "Price talk"}) {
		t.Errorf("nobody leads in %q", c.Thin)
	}
}

func TestCoverageRanksNobody(t *testing.T) {
	staff := []string{"Zoe", "Adam", "Mia"}
	in := CoverageInput{Now: trainingNow, Staff: staff, Skills: []Skill{skillOf("Adam", "x", SkillLeads, "2026-11-01"), skillOf("Mia", "x", SkillKnows, "2026-11-01")}}
	var got []string
	for _, r := range ComposeCoverage(in).Rows {
		got = append(got, r.Member)
	}
	if !slices.Equal(got, staff) {
		t.Errorf("people stand as %q", got)
	}
}

func TestCostOfASession(t *testing.T) {
	s := Session{Attendees: []string{"a", "b", "c", "d", "e", "f", "g"}, Minutes: 120, FeeCents: 80000, TravelCents: 10000, HourCents: 6000}
	c := s.Cost(MoneyRules{})
	if c.Time != 84000 || c.All() != 174000 || !c.Known {
		t.Errorf("cost is %+v", c)
	}
	s.HourCents = 0
	if c := s.Cost(MoneyRules{HourCents: 5000}); c.Time != 70000 {
		t.Errorf("by the team's rate it is %+v", c)
	}
	if c := s.Cost(MoneyRules{}); c.Known || c.Time != 0 {
		t.Errorf("without a rate it is %+v", c)
	}
}

func TestAMeetingBecomesASession(t *testing.T) {
	zone := time.FixedZone("CET", 3600)
	m := Agenda{Occurrence: Occurrence{ID: "m", Summary: "Training: hard talks", Start: time.Date(2026, 11, 18, 13, 0, 0, 0, time.UTC), End: time.Date(2026, 11, 18, 15, 0, 0, 0, time.UTC), Place: "Room 4"}}
	m.People = []Participant{{Address: Address{Name: "Ida Moss", Email: "ida@moss.example"}, Part: "organizer", Side: Partner}, {Address: Address{Name: "Maya", Email: "maya@l.example"}, Side: Us}, {Address: Address{Name: "Tomas", Email: "t@l.example"}, Side: Us, Answer: AnswerDeclined}}
	s := SessionFrom(m, zone)
	if s.Topic != "Hard talks" || s.On != "2026-11-18" || s.At != "14:00" || s.Minutes != 120 || s.Place != "Room 4" || s.Interaction != "m" {
		t.Errorf("session is %+v", s)
	}
	if s.Trainer != "Ida Moss" || !s.Outside || !slices.Equal(s.Attendees, []string{"Maya"}) {
		t.Errorf("its people are %+v", s)
	}
	if err := s.Check(); err != nil {
		t.Error(err)
	}
}

func TestSessionsHeldBringSkillsAndRefreshThem(t *testing.T) {
	s := Session{Belongs: Belongs{ID: "s"}, Title: "x", Topic: "Hard talks", On: "2026-11-10", Attendees: []string{"Maya", "Tomas"}}
	got := AfterSession(s, []Skill{skillOf("Maya", "Hard talks", SkillPractised, "2025-01-01")})
	if len(got) != 2 || got[0].Level != SkillPractised || got[0].On != "2026-11-10" || got[1].Level != SkillKnows || got[1].ID != SkillID("Tomas", "Hard talks") {
		t.Errorf("skills are %+v", got)
	}
	if later := AfterSession(s, []Skill{skillOf("Maya", "Hard talks", SkillLeads, "2026-11-12"), skillOf("Tomas", "Hard talks", SkillLeads, "2026-11-12")}); len(later) != 0 {
		t.Errorf("what was said later is changed: %+v", later)
	}
}

func TestOutsideVoicesAreCountedWithWhatTheyBrought(t *testing.T) {
	list := []Session{
		{Trainer: "Ida", Outside: true, On: "2026-01-05", FeeCents: 100, Observed: "26 h to 9 h"}, {Trainer: "Ida", Outside: true, On: "2026-02-05", FeeCents: 50},
		{Trainer: "Ruth", On: "2026-02-05", FeeCents: 50}, {Trainer: "Ida", Outside: true, On: "2026-12-05", FeeCents: 999},
	}
	got := OutsideVoices(list, MoneyRules{}, trainingNow)
	if len(got) != 1 || got[0].Sessions != 2 || got[0].Cost != 150 || got[0].Unseen != 1 || !slices.Equal(got[0].Observed, []string{"26 h to 9 h"}) {
		t.Errorf("outside voices are %+v", got)
	}
}

func TestWhatAnAccountIsIn(t *testing.T) {
	anna := Person{Contact: Contact{ID: "anna", Name: "Anna Kessler"}, Met: true}
	sam := Person{Contact: Contact{ID: "sam", Name: "Samuel Reyes"}}
	f := SettingFacts{
		Account: Account{ID: "k", Name: "Kestrel"}, Silent: 40, Rhythm: 14, Guests: []Person{anna, sam},
		Promises:  []Promise{{By: Us, What: "Flicker report", Due: "2026-11-12"}, {By: Us, What: "Not due", Due: "2026-11-20"}, {By: Customer, What: "Budget holder", Due: "2026-11-15"}, {By: Us, What: "Kept", Due: "2026-11-01", Kept: "2026-11-01"}},
		Critics:   []Stakeholder{{Belongs: Belongs{Contact: "anna"}, Support: -40, Why: "the 2024 mistake", On: "2026-01-01"}},
		Purchases: []Purchase{{Kind: Invoiced, On: "2026-10-17"}, {Kind: Credited, On: "2020-01-01"}},
		Subjects:  []string{"Hall 3", "Your PRICE for hall 3"},
	}
	var got []string
	for _, i := range SettingOf(f, trainingNow).In {
		got = append(got, i.Situation+": "+i.Because)
	}
	want := []string{
		"late promise: Flicker report is 4 days over", "silence: Nobody spoke for 40 days; every 14 days was agreed", "critic in the room: Anna is against us: the 2024 mistake",
		"first meeting: We never met Samuel Reyes", "first order: Their first order is 30 days old", "they owe us: Budget holder was to come 1 day ago", "price: They wrote “Your PRICE for hall 3”",
	}
	if !slices.Equal(got, want) {
		t.Errorf("it is in\n%s", strings.Join(got, "\n"))
	}
	lessons := Library{Plays: PlaysOf(nil), Notes: []TrainingNote{{Belongs: Belongs{ID: "n"}, Title: "Lux", Accounts: []string{"Kestrel"}}}}.LessonsFor(SettingOf(f, trainingNow))
	if lessons[0].Title != "Lux" || lessons[0].Because != "Written for Kestrel" || lessons[1].Title != "When we are late with a promise" || lessons[1].Because != "Flicker report is 4 days over" {
		t.Errorf("first come %q (%s), %q (%s)", lessons[0].Title, lessons[0].Because, lessons[1].Title, lessons[1].Because)
	}
}
