package data

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// goodTeamPlan is a plan of a team in which there is nothing to mend.
func goodTeamPlan() TeamPlanInput {
	in := TeamPlanInput{
		Now: planDay,
		Plan: TeamPlan{Belongs: Belongs{ID: TeamPlanID}, Why: "Who knows a customer's halls saves them a second visit", Aim: "They ring us before they ask for offers",
			Principles: []string{"We say it first when we are late", "We never ask before we gave"}, Every: 13, Reviewed: "2026-11-09"},
		Objectives: []TeamObjective{
			{Belongs: Belongs{ID: "q1"}, What: "Every A account is warm", For: ForQuality, Counted: TeamCountsQuality, Tier: TierA, Begin: 50, Target: 70, By: "2027-06-30", Owner: "Maya Lindqvist", Place: 1},
			{Belongs: Belongs{ID: "q2"}, What: "Customers show us to others", For: ForQuality, Measure: "Reference visits", Current: 2, Target: 6, On: "2026-11-01", By: "2027-06-30", Owner: "Priya Raman", Place: 2},
			{Belongs: Belongs{ID: "p1"}, What: "Service earns what design earns", For: ForProfit, Counted: TeamCountsProfit, Target: 200000, By: "2027-12-31", Owner: "Joris Dekker", Place: 1},
		},
		Barriers: []Barrier{{Belongs: Belongs{ID: "b1"}, What: "Service does not see the designers' notes", Meets: "Notes go to the account on the day", Owner: "Priya Raman", By: "2027-01-31", On: "2026-11-09"}},
		Policies: PoliciesOf(nil),
		Figures:  TeamFigures{},
		Currency: "EUR",
	}
	for _, r := range DefaultReadiness {
		r.Level, r.Judge, r.On, r.Why = PartReady, "Ruth Abebe", "2026-09-01", "Half of us do it"
		in.Readiness = append(in.Readiness, r)
	}
	accounts := []Account{{ID: "a1", Tier: TierA}, {ID: "a2", Tier: TierA}, {ID: "c", Tier: TierC}}
	in.Figures.CountStands(accounts, map[string]AccountStand{"a1": {Band: Warm, Quality: 70}, "a2": {Band: Cooling, Quality: 50, OursLate: 1}, "c": {Band: NeverSpoke}}, planDay)
	in.Figures.CountYear(accounts, TeamYear{Profit: map[string]float64{"a1": 8000000, "c": 2000000}})
	in.Capacity = CheckCapacity(TierCounts(accounts, nil), in.Policies, 300*60)
	return in
}

// brokenTeam is, by the name of a rule, what makes a good plan fail it.
var brokenTeam = map[string]func(in *TeamPlanInput){
	"why":      func(in *TeamPlanInput) { in.Plan.Why = "" },
	"quality":  func(in *TeamPlanInput) { in.Objectives = in.Objectives[2:] },
	"profit":   func(in *TeamPlanInput) { in.Objectives[2].Dropped = "2026-11-01" },
	"measure":  func(in *TeamPlanInput) { in.Objectives[1].Measure = "" },
	"owner":    func(in *TeamPlanInput) { in.Objectives[0].Owner = " " },
	"late":     func(in *TeamPlanInput) { in.Objectives[0].By = "2026-11-13" },
	"count":    func(in *TeamPlanInput) { in.Objectives[1].On = "2026-04-01" },
	"hours":    func(in *TeamPlanInput) { in.Capacity.Have = 0 },
	"capacity": func(in *TeamPlanInput) { in.Capacity.Have = 100 * 60 },
	"barrier":  func(in *TeamPlanInput) { in.Barriers[0].Owner, in.Barriers[0].By = "", "" },
	"overdue":  func(in *TeamPlanInput) { in.Barriers[0].By = "2026-11-13" },
	"judged":   func(in *TeamPlanInput) { in.Readiness = in.Readiness[2:] },
	"old":      func(in *TeamPlanInput) { in.Readiness[0].On = "2026-05-20" },
	"review":   func(in *TeamPlanInput) { in.Plan.Reviewed = "2026-06-01" },
}

// TestEveryRuleOfTheTeamsPlanFindsWhatItIsFor compares what the rules find in a
// good plan, and in that plan with one thing broken, with files that people read.
func TestEveryRuleOfTheTeamsPlanFindsWhatItIsFor(t *testing.T) {
	if found := LintTeamPlan(goodTeamPlan()); len(found) > 0 {
		t.Fatalf("there is nothing to mend in the good plan, but: %+v", found)
	}
	for _, rule := range TeamRules {
		t.Run(rule.Name, func(t *testing.T) {
			breaks := brokenTeam[rule.Name]
			if breaks == nil {
				t.Fatal("no plan breaks this rule")
			}
			in := goodTeamPlan()
			passing := SheetText(ComposeTeamPlan(in).Sheet, planDay, 100)
			breaks(&in)
			page := ComposeTeamPlan(in)
			if !slices.ContainsFunc(page.Findings, func(f PlanFinding) bool { return f.Rule == rule.Name }) {
				t.Errorf("it found nothing: %+v", page.Findings)
			}
			golden(t, filepath.Join("teamplan", rule.Name+".txt"), fmt.Sprintf("Rule: %s.\n\nA plan that keeps it\n====================\n\n%s\n%s\n\nA plan that breaks it\n=====================\n\n%s\n%s",
				rule.Does, passing, FindingsText(nil, 100), SheetText(page.Sheet, planDay, 100), FindingsText(page.Findings, 100)))
		})
	}
}

func TestAnUnwrittenPlanOfTheTeamSaysWhatToWrite(t *testing.T) {
	in := TeamPlanInput{Now: planDay, Policies: PoliciesOf(nil), Capacity: CheckCapacity(nil, PoliciesOf(nil), 0)}
	page := ComposeTeamPlan(in)
	if page.Written {
		t.Error("nobody wrote it")
	}
	for _, key := range []string{TeamWhy, TeamPrinciples, TeamQuality, TeamProfit, TeamBarriers} {
		if s, ok := page.Section(key); !ok || s.Empty == "" {
			t.Errorf("section %s says nothing of what to write: %+v", key, s)
		}
	}
	if s, _ := page.Section(TeamReady); len(s.Lines) != len(Headings) {
		t.Errorf("there are %d statements to judge, not one for each heading", len(s.Lines))
	}
}

func TestNothingOfTheTeamsPlanIsForCustomers(t *testing.T) {
	page := ComposeTeamPlan(goodTeamPlan())
	if joint := JointSheet(page.Sheet, planDay); len(joint.Sections) > 0 {
		t.Errorf("a customer would see %+v", joint.Sections)
	}
}

func TestPartsOfTheTeamsPlanThatCannotBeKept(t *testing.T) {
	for name, p := range map[string]Part{
		"a plan of an account":           TeamPlan{Belongs: Belongs{Account: "k"}},
		"a principle without words":      TeamPlan{Principles: []string{" "}},
		"reviews every three years":      TeamPlan{Every: 156},
		"an objective for nothing":       TeamObjective{What: "Better"},
		"an objective without words":     TeamObjective{For: ForQuality},
		"an objective of an account":     TeamObjective{Belongs: Belongs{Account: "k"}, What: "x", For: ForProfit},
		"a figure that is not counted":   TeamObjective{What: "x", For: ForQuality, Counted: "love"},
		"a measure twice":                TeamObjective{What: "x", For: ForQuality, Counted: TeamCountsQuality, Measure: "visits"},
		"a target without a measure":     TeamObjective{What: "x", For: ForQuality, Target: 5},
		"a target where it began":        TeamObjective{What: "x", For: ForQuality, Measure: "visits"},
		"a tier that is none":            TeamObjective{What: "x", For: ForQuality, Counted: TeamCountsQuality, Tier: "D"},
		"a barrier without words":        Barrier{Owner: "Maya"},
		"a barrier of an account":        Barrier{Belongs: Belongs{Account: "k"}, What: "x"},
		"a barrier by some day":          Barrier{What: "x", By: "soon"},
		"readiness under no heading":     Readiness{What: "x"},
		"a judgement by nobody":          Readiness{Heading: OfPeople, What: "x", Level: FullyReady, On: "2026-11-01", Why: "y"},
		"a judgement without a reason":   Readiness{Heading: OfPeople, What: "x", Level: FullyReady, On: "2026-11-01", Judge: "Ruth"},
		"a judgement without a day":      Readiness{Heading: OfPeople, What: "x", Level: FullyReady, Judge: "Ruth", Why: "y"},
		"a judgement that is no level":   Readiness{Heading: OfPeople, What: "x", Level: "maybe", On: "2026-11-01", Judge: "Ruth", Why: "y"},
		"an objective that is both":      TeamObjective{What: "x", For: ForQuality, Reached: "2026-11-01", Dropped: "2026-11-01"},
		"an objective by some day":       TeamObjective{What: "x", For: ForQuality, By: "soon"},
		"an objective in no place":       TeamObjective{What: "x", For: ForQuality, Place: -1},
		"an account's statement":         Readiness{Belongs: Belongs{Account: "k"}, Heading: OfPeople, What: "x"},
		"a plan reviewed on no real day": TeamPlan{Reviewed: "2026-02-30"},
	} {
		var invalid *Invalid
		if err := p.Check(); !errors.As(err, &invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAFourthObjectiveForOneAimIsRefused(t *testing.T) {
	have := []TeamObjective{{Belongs: Belongs{ID: "1"}, For: ForQuality}, {Belongs: Belongs{ID: "2"}, For: ForQuality}, {Belongs: Belongs{ID: "3"}, For: ForQuality}, {Belongs: Belongs{ID: "4"}, For: ForProfit}}
	if CheckTeamObjectives(have, TeamObjective{For: ForQuality}) == nil {
		t.Error("a fourth for quality was kept")
	}
	if err := CheckTeamObjectives(have, TeamObjective{For: ForProfit}); err != nil {
		t.Errorf("a second for profit: %v", err)
	}
	if err := CheckTeamObjectives(have, have[0]); err != nil {
		t.Errorf("a change of one of the three: %v", err)
	}
}

func TestFiguresOfTheTeamAreCountedOverTheirAccounts(t *testing.T) {
	accounts := []Account{{ID: "a1", Tier: TierA}, {ID: "a2", Tier: TierA}, {ID: "b", Tier: TierB}, {ID: "c", Tier: TierC}}
	f := TeamFigures{}
	f.CountStands(accounts, map[string]AccountStand{
		"a1": {Band: Warm, Quality: 80, OursLate: 2, Touch: Touchpoint{Due: planDay.AddDate(0, 0, 3)}},
		"a2": {Band: Cold, Quality: 20, OneThread: true, Touch: Touchpoint{Due: planDay.AddDate(0, 0, -3)}},
		"b":  {Band: Cooling, Quality: 50, OneThread: true},
		"c":  {Band: NeverSpoke},
	}, planDay)
	f.CountYear(accounts, TeamYear{
		Turnover: map[string]float64{"a1": 1000, "b": 500}, Minutes: map[string]float64{"a1": 90, "c": 30}, Again: map[string]bool{"a1": true, "a2": false, "b": true, "c": true},
	})
	for key, want := range map[string]TeamFigure{
		"quality": {Value: 50, Of: 3}, "quality/A": {Value: 50, Of: 2}, "quality/B": {Value: 50, Of: 1}, "quality/C": {Why: "nobody was spoken with yet"},
		"warm": {Value: 25, Of: 4}, "warm/A": {Value: 50, Of: 2}, "rhythm": {Value: 50, Of: 2}, "rhythm/B": {Why: "no touch is due by a rhythm"},
		"late promises": {Value: 2, Of: 4}, "late promises/B": {Value: 0, Of: 1}, "single threads": {Value: 2, Of: 4}, "single threads/A": {Value: 1, Of: 2},
		"turnover": {Value: 15, Of: 2}, "turnover/C": {Why: "no orders or invoices are here"}, "hours": {Value: 2, Of: 2}, "kept": {Value: 75, Of: 4}, "kept/A": {Value: 50, Of: 2},
		"profit": {Why: "profit needs orders, a margin and the rate of an hour"},
	} {
		if f[key] != want {
			t.Errorf("%s is %+v, not %+v", key, f[key], want)
		}
	}
}

func TestHowFarAnObjectiveOfTheTeamIs(t *testing.T) {
	figures := TeamFigures{"quality": {Value: 60.4, Of: 3}, "profit": {Value: 150_000, Of: 3}, "late promises": {Value: 4, Of: 3}, "hours": {Why: "nothing was spent yet"}}
	for name, c := range map[string]struct {
		o     TeamObjective
		value string
		share float64
		ok    bool
	}{
		"by hand":                    {TeamObjective{Measure: "Visits", Unit: "visits", Current: 2, Target: 8}, "2 of 8 visits", 0.25, true},
		"by hand, not measured":      {TeamObjective{}, "not measured", 0, false},
		"counted from a beginning":   {TeamObjective{Counted: "quality", Begin: 50, Target: 70}, "60 of 70", 0.52, true},
		"money":                      {TeamObjective{Counted: "profit", Target: 200_000}, "€150k of €200k", 0.75, true},
		"fewer, from a beginning":    {TeamObjective{Counted: "late promises", Begin: 8, Target: 0}, "4, aim 0", 0.5, true},
		"fewer, no beginning":        {TeamObjective{Counted: "late promises", Target: 2}, "4, aim 2", 0.5, true},
		"counted, but not known":     {TeamObjective{Counted: "hours", Target: 100}, "nothing was spent yet", 0, false},
		"counted, nobody counted it": {TeamObjective{Counted: "kept", Target: 100}, "not counted", 0, false},
	} {
		value, share, ok := c.o.Stands(figures, "EUR")
		if value != c.value || share < c.share-0.001 || share > c.share+0.001 || ok != c.ok {
			t.Errorf("%s: %q, %.3f, %v", name, value, share, ok)
		}
	}
}

// TestTheShareOfTheWayIsAShare holds for whatever is counted and wanted.
func TestTheShareOfTheWayIsAShare(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		number := rapid.Float64Range(-1e9, 1e9)
		o := TeamObjective{Begin: number.Draw(t, "begin"), Target: number.Draw(t, "target"), Counted: rapid.SampledFrom(append(teamCountNames(), "")).Draw(t, "counted")}
		if o.Counted == "" {
			o.Measure, o.Current = "x", number.Draw(t, "current")
		}
		_, share, _ := o.Stands(TeamFigures{o.Counted: {Value: number.Draw(t, "value"), Of: 1}}, "EUR")
		if !(share >= 0 && share <= 1) {
			t.Fatalf("the share is %v", share)
		}
	})
}

func TestReadinessBeginsWithAStatementUnderEachHeading(t *testing.T) {
	own := []Readiness{{Belongs: Belongs{ID: "mine"}, Heading: OfPeople, What: "Support joins one meeting a year"}, {Belongs: Belongs{ID: ReadinessID(OfProcess)}, Heading: OfProcess, What: "Changed"}}
	var words []string
	for _, r := range ReadinessOf(own) {
		words = append(words, string(r.Heading)+" "+FirstName(r.What))
	}
	if got := strings.Join(words, ", "); got != "strategy Relationship, process Changed, people Everyone, people Support, technology What, knowledge What" {
		t.Error(got)
	}
}

func TestAPlanOfTheTeamIsAskedForInTenMinutes(t *testing.T) {
	in := TeamPlanInput{Now: planDay}
	p := ProgressOf(in, nil)
	if !p.Offer() || p.Next != 0 || p.Left != len(TeamQuestions) || p.Words() != "Write your team's own plan on one page, 10 minutes" {
		t.Errorf("at first: %+v, %q", p, p.Words())
	}
	in.Plan.Why = "They gain time"
	p = ProgressOf(in, []string{AskAim, AskPrinciples})
	if !p.Offer() || TeamQuestions[p.Next].Key != AskQuality || p.Words() != "Go on with your team's plan, 5 questions are left" {
		t.Errorf("after one answer and two passed over: %+v, %q", p, p.Words())
	}
	if p := ProgressOf(in, []string{TeamPlanDeclined}); p.Offer() {
		t.Error("what was declined is offered")
	}
	if p := ProgressOf(goodTeamPlan(), nil); p.Offer() || p.Next != len(TeamQuestions) {
		t.Errorf("a written plan is offered: %+v", p)
	}
}
