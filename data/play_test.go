package data

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"
)

var trainingNow = time.Date(2026, 11, 16, 9, 0, 0, 0, time.UTC)

func TestStarterPlaysAreWholeAndSayWhatTheyRestOn(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range StarterPlays() {
		if err := p.Check(); err != nil {
			t.Errorf("%s: %v", p.Name, err)
		}
		if p.Rests == "" || p.About == "" || p.Topic == "" || p.Stage == "" || len(p.Questions) == 0 || len(p.Steps) < 3 {
			t.Errorf("%s lacks its source, its line, its topic, its stage, questions or steps", p.Name)
		}
		if seen[p.ID] {
			t.Errorf("two plays are called %s", p.ID)
		}
		seen[p.ID] = true
		if strings.Contains(p.Name+p.About+strings.Join(p.Questions, ""), "!") {
			t.Errorf("%s has an exclamation mark", p.Name)
		}
	}
	if n := len(seen); n < 12 {
		t.Errorf("there are %d plays", n)
	}
}

func TestATeamsOwnPlayStandsForTheOneThatRapportBrings(t *testing.T) {
	brought := StarterPlays()[0]
	own := brought
	own.Name = "Ours"
	list := PlaysOf([]Play{own})
	if i := slices.IndexFunc(list, func(p Play) bool { return p.ID == brought.ID }); i < 0 || list[i].Name != "Ours" || len(list) != len(StarterPlays()) {
		t.Errorf("%d plays, among them not the team's own", len(list))
	}
	own.Retired = "2026-11-01"
	if slices.ContainsFunc(PlaysOf([]Play{own}), func(p Play) bool { return p.ID == brought.ID }) {
		t.Error("a retired play is listed")
	}
}

func TestStepsComeBackAsTheyWereWritten(t *testing.T) {
	want := []PlayStep{{What: "Tell them", Why: "by call", Role: "Finance", When: "Same day", Text: "Dear [name],\n\nwe are late."}, {What: "Bring it"}}
	got := Play{}.WithSteps(want...).StepList()
	for i := range want {
		want[i].Key = got[i].Key
	}
	if !slices.Equal(got, want) {
		t.Errorf("steps are %v", got)
	}
	if got[0].Below() != "Same day, by call, Finance" {
		t.Errorf("below stands %q", got[0].Below())
	}
}

func TestARecordHasAnHonestInterval(t *testing.T) {
	run := func(o RunOutcome, n int) (list []PlayRun) {
		for range n {
			list = append(list, PlayRun{Play: "p", Outcome: o, Begun: "2026-10-01", Ended: "2026-11-12"})
		}
		return list
	}
	runs := slices.Concat(run(RunHelped, 7), run(RunSame, 1), run(RunWorse, 1), run("", 2), []PlayRun{{Play: "other", Outcome: RunWorse}})
	r := RecordOf("p", runs)
	if r.Helped != 7 || r.Same != 1 || r.Worse != 1 || r.Open != 2 || r.Runs != 11 || r.Last != "2026-11-12" {
		t.Errorf("record is %+v", r)
	}
	// Wilson 1927, 7 of 9: 45.3 % to 93.7 %.
	if math.Abs(r.Low-0.4526) > 5e-4 || math.Abs(r.High-0.9368) > 5e-4 {
		t.Errorf("interval is %.4f to %.4f", r.Low, r.High)
	}
	if r.Words() != "7 of 9 helped; of many uses 45 to 94 % would" {
		t.Error(r.Words())
	}
	if none := RecordOf("q", runs); none.Low != 0 || none.High != 1 || none.Words() != "Never used; nothing is known yet" {
		t.Errorf("of nothing it says %+v, %s", none, none.Words())
	}
}

func TestAPlayIsMadeOfWhatWeDid(t *testing.T) {
	day := func(n, hour int) time.Time { return time.Date(2026, 3, n, hour, 0, 0, 0, time.UTC) }
	stretch := []Interaction{
		{ID: "4", Kind: Meet, At: day(9, 10), Subject: "Night test"},
		{ID: "1", Kind: Mail, Direction: Out, At: day(2, 9), Subject: "We are late with the report"},
		{ID: "2", Kind: Mail, Direction: In, At: day(2, 12), Subject: "Thanks for telling us"},
		{ID: "3", Kind: Call, At: day(2, 15), Subject: "What it cost them"},
		{ID: "5", Kind: Meet, At: day(10, 10), Subject: "Called off", Cancelled: true},
	}
	p, err := PlayFrom(Account{ID: "a", Name: "Alder Vale"}, stretch, "When we are late", "Ruth", trainingNow)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range p.StepList() {
		got = append(got, s.When+": "+s.What)
	}
	want := []string{"First: We are late with the report", "Same day: What it cost them", "Day 7: Night test"}
	if !slices.Equal(got, want) {
		t.Errorf("steps are %q", got)
	}
	if p.Rests != "The timeline of Alder Vale, 2 Mar to 10 Mar" {
		t.Error(p.Rests)
	}
	if _, err := PlayFrom(Account{Name: "Alder Vale"}, stretch[2:3], "x", "Ruth", trainingNow); err == nil {
		t.Error("a play without a step of ours is made")
	}
}
