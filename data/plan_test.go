package data

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

var planDay = time.Date(2026, 11, 17, 9, 0, 0, 0, time.UTC)

// goodPlan is a plan in which there is nothing to mend.
func goodPlan() PlanInput {
	in := PlanInput{
		Now:     planDay,
		Account: Account{ID: "k", Name: "Kestrel Museums", Tier: TierA, Owner: "Maya Lindqvist", Since: "2021-03-31"},
		Plan:    Plan{Belongs: Belongs{ID: PlanID("k"), Account: "k"}, Why: "No flicker before the loan opens", Until: "2027-02-28", Reviewed: "2026-11-09", Every: 4},
		Contacts: []ContactStanding{
			{Contact: Contact{ID: "anna", AccountID: "k", Name: "Anna Kessler", Role: "director of facilities"}},
			{Contact: Contact{ID: "leon", AccountID: "k", Name: "Leon Hobday", Side: Partner}},
		},
		Facts: []Fact{{Belongs: Belongs{ID: "f1", Account: "k"}, Name: "goal", Value: "Open the winter loan", On: "2026-11-05", Source: "Anna Kessler"}},
		Needs: []Need{{Belongs: Belongs{ID: "n1", Account: "k", Contact: "anna"}, Title: "No visible flicker", On: "2026-11-05", Met: NotMet, Expects: "An answer within a day"}},
		Initiatives: []Initiative{
			{Belongs: Belongs{ID: "i1", Account: "k"}, What: "new dimming bus", Needs: []string{"n1"}, Is: Cure, State: UnderWay},
		},
		Objectives: []Objective{{
			Belongs: Belongs{ID: "o1", Account: "k", Contact: "anna"}, What: "No visible flicker in any hall", Ours: "Hall 2 as proof", Purpose: TheirSuccess, Owner: "Priya Raman",
			Measure: "Halls steady", Begin: 0, Current: 3, Target: 5, On: "2026-11-09", Place: 1,
		}},
		Steps:       []Step{{Belongs: Belongs{ID: "s1", Account: "k"}, What: "Decide on the bus", Objective: "o1", Due: "2026-12-01", Owners: []string{"Maya Lindqvist"}, With: []string{"anna"}, Asks: true}},
		Values:      []ValueEntry{{Belongs: Belongs{ID: "v1", Account: "k"}, To: Customer, What: "Energy saved", Amount: 41, Unit: "MWh", Evidence: "meters", On: "2026-10-31"}},
		Risks:       []Risk{{Belongs: Belongs{ID: "r1", Account: "k"}, What: "Lenders withdraw", Chance: 25, Meets: "Night test", Owner: "Priya Raman", On: "2026-11-09"}},
		Foresights:  []Foresight{{Belongs: Belongs{ID: "p1", Account: "k"}, What: "Hall 3 gets its budget", Chance: 60, By: "2027-03-01", On: "2026-11-01"}},
		Promises:    []Promise{{Belongs: Belongs{ID: "q1", Account: "k", Contact: "anna"}, By: Us, What: "Send the report", Owner: "Tomas Olsen", Due: "2026-11-20"}},
		Policy:      Policy{Tier: TierA, Every: 7, Minutes: 120 * 60},
		YearMinutes: 60 * 60,
	}
	page := ComposePlan(in)
	in.Shown = []Shown{{Belongs: Belongs{ID: "w1", Account: "k", Contact: "anna"}, On: "2026-11-06", Marks: JointSheet(page.Sheet, planDay).ShownMarks()}}
	return in
}

// broken is, by the name of a rule, what makes a good plan fail it.
var broken = map[string]func(in *PlanInput){
	"why":     func(in *PlanInput) { in.Plan.Why = "" },
	"outcome": func(in *PlanInput) { in.Objectives[0].What = "" },
	"price":   func(in *PlanInput) { in.Objectives[0].Purpose = PriceDefence },
	"proof":   func(in *PlanInput) { in.Objectives[0].Current = 1.65 },
	"promise": func(in *PlanInput) { in.Promises[0].Due = "2026-11-13" },
	"decider": func(in *PlanInput) {
		in.Standing.NeverMet = []Contact{{ID: "sam", Name: "Samuel Reyes", Role: "finance director"}}
	},
	"thread": func(in *PlanInput) { in.Standing.SingleThread = "anna" },
	"owners": func(in *PlanInput) { in.Objectives[0].Contact = "" },
	"measure": func(in *PlanInput) {
		in.Objectives[0].Measure, in.Objectives[0].Target, in.Objectives[0].Current = "", 0, 0
	},
	"many": func(in *PlanInput) {
		for i := range 3 {
			o := in.Objectives[0]
			o.ID = fmt.Sprint("more", i)
			in.Objectives = append(in.Objectives, o)
		}
	},
	"late":      func(in *PlanInput) { in.Steps[0].Due = "2026-11-13" },
	"budget":    func(in *PlanInput) { in.YearMinutes, in.Steps[0].Minutes = 119*60, 120 },
	"cure":      func(in *PlanInput) { in.Initiatives = treatedFourTimes() },
	"stale":     func(in *PlanInput) { in.Facts[0].On = "2026-04-28" },
	"risk":      func(in *PlanInput) { in.Risks[0].Meets = "" },
	"foresight": func(in *PlanInput) { in.Foresights[0].By = "2026-11-16" },
	"review":    func(in *PlanInput) { in.Plan.Reviewed = "2026-10-01" },
	"expired":   func(in *PlanInput) { in.Plan.Until = "2026-11-15" },
	"shown":     func(in *PlanInput) { in.Shown = nil },
	"heavy":     func(in *PlanInput) { in.Account.Care = Transactional },
}

func treatedFourTimes() (list []Initiative) {
	for _, month := range []string{"02", "05", "08", "11"} {
		list = append(list, Initiative{Belongs: Belongs{ID: "t" + month, Account: "k"}, What: "Dimmers reset", Needs: []string{"n1"}, Is: Treatment, State: IsDone, Done: "2026-" + month + "-05"})
	}
	return list
}

// TestEveryRuleOfThePlanFindsWhatItIsFor compares what the rules find in a good
// plan, and in that plan with one thing broken, with files that people read.
func TestEveryRuleOfThePlanFindsWhatItIsFor(t *testing.T) {
	if found := LintPlan(goodPlan()); len(found) > 0 {
		t.Fatalf("there is nothing to mend in the good plan, but: %+v", found)
	}
	for _, rule := range PlanRules {
		t.Run(rule.Name, func(t *testing.T) {
			in := goodPlan()
			breaks := broken[rule.Name]
			if breaks == nil {
				t.Fatal("no plan breaks this rule")
			}
			passing := SheetText(ComposePlan(in).Sheet, planDay, 100)
			breaks(&in)
			page := ComposePlan(in)
			if !slices.ContainsFunc(page.Findings, func(f PlanFinding) bool { return f.Rule == rule.Name }) {
				t.Errorf("it found nothing: %+v", page.Findings)
			}
			golden(t, filepath.Join("plan", rule.Name+".txt"), fmt.Sprintf("Rule: %s.\n\nA plan that keeps it\n====================\n\n%s\n%s\n\nA plan that breaks it\n=====================\n\n%s\n%s",
				rule.Does, passing, FindingsText(nil, 100), SheetText(page.Sheet, planDay, 100), FindingsText(page.Findings, 100)))
		})
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if os.Getenv("UPDATE") != "" {
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v; make it with UPDATE=1", err)
	}
	if got != string(want) {
		t.Errorf("%s reads otherwise:\n%s", path, got)
	}
}

// TestTheJointVersionHoldsNothingOfOurs plants a secret in every place that is ours
// alone.
func TestTheJointVersionHoldsNothingOfOurs(t *testing.T) {
	in := goodPlan()
	const secret = "walrus"
	in.Objectives[0].Ours = secret
	in.Needs[0].Obstacle = secret
	in.Plan.GoalCents, in.Plan.Currency = 5200000, "EUR"
	in.Risks[0].What = secret
	in.Foresights[0].What = secret
	in.Unknowns = []Unknown{{Belongs: Belongs{ID: "u1", Account: "k"}, What: secret}}
	in.Spaces = []Whitespace{{Belongs: Belongs{ID: "x1", Account: "k"}, Offer: "bus", With: Competitor, Who: secret}}
	in.Preferences = []Preference{{Belongs: Belongs{ID: "p1", Account: "k", Contact: "anna"}, Rule: Avoid, Topic: secret, Confirmed: "2026-01-01"}}
	in.Facts = append(in.Facts, Fact{Belongs: Belongs{ID: "f2", Account: "k", Contact: "anna"}, Name: "goal", Value: secret, On: "2026-11-01"},
		Fact{Belongs: Belongs{ID: "f3", Account: "k"}, Name: "aim", Value: secret, Confidence: IsGuess, On: "2026-11-01"})
	in.Steps = append(in.Steps, Step{Belongs: Belongs{ID: "s2", Account: "k"}, What: secret, Inside: true, Due: "2026-11-30"},
		Step{Belongs: Belongs{ID: "s3", Account: "k"}, What: "Raise our margin", Due: "2026-11-30"})
	in.Values = append(in.Values, ValueEntry{Belongs: Belongs{ID: "v2", Account: "k"}, To: Us, What: secret, Amount: 1, Unit: "EUR"})
	in.Initiatives = append(in.Initiatives, treatedFourTimes()...)
	in.Feedback = []Feedback{{Belongs: Belongs{ID: "b1", Account: "k", Contact: "anna"}, Words: secret, On: "2026-11-12"}}
	page := ComposePlan(in)
	if !strings.Contains(SheetText(page.Sheet, planDay, 100), secret) {
		t.Fatal("the plan itself does not hold what was planted")
	}
	joint := JointSheet(page.Sheet, planDay)
	words := SheetText(joint.Sheet, planDay, 100)
	for _, word := range []string{secret, "warmth", "margin", "tier", "cost to serve", "profit", "reated", "For us", "25 %"} {
		if strings.Contains(strings.ToLower(words), strings.ToLower(word)) {
			t.Errorf("the customer would read %q:\n%s", word, words)
		}
	}
	if len(joint.Held) != 1 || joint.Held[0].Text != "Raise our margin" || joint.Held[0].Word != "margin" {
		t.Errorf("held back are %+v", joint.Held)
	}
	for _, shown := range []string{"No visible flicker in any hall", "Halls steady 3 of 5", "Energy saved", "Decide on the bus", "Open the winter loan"} {
		if !strings.Contains(words, shown) {
			t.Errorf("the customer does not read %q:\n%s", shown, words)
		}
	}
}

// TestWhatChangedSinceItWasShownIsNamed shows a plan and changes a line.
func TestWhatChangedSinceItWasShownIsNamed(t *testing.T) {
	in := goodPlan()
	if k := ComposePlan(in).Known; len(k.Changed) > 0 || k.Words != "Yes, shown to Anna on 6 Nov" {
		t.Errorf("nothing changed, but %+v", k)
	}
	in.Steps[0].Due = "2026-12-08"
	in.Risks[0].What = "Another risk of ours"
	if k := ComposePlan(in).Known; !slices.Equal(k.Changed, []string{"Decide on the bus"}) || k.Words != "Yes, shown to Anna on 6 Nov, 1 change since" {
		t.Errorf("one step has another day, but %+v", k)
	}
}

// TestTheCustomerIsToldWhatCameOfACorrection answers two corrections of three.
func TestTheCustomerIsToldWhatCameOfACorrection(t *testing.T) {
	in := goodPlan()
	correction := func(id, key, becomes string, answer CorrectionAnswer, why, answered string) Correction {
		return Correction{Belongs: Belongs{ID: id, Account: "k"}, Key: key, Register: "what", Becomes: becomes, On: "2026-11-09", Answer: answer, Why: why, Answered: answered}
	}
	in.Corrections = []Correction{
		{Belongs: Belongs{ID: "c5", Account: "k"}, Key: "value/v1", Register: "amount", Was: "39", Becomes: "41", On: "2026-11-01", Answer: CorrectionTaken, Answered: "2026-11-12"},
		correction("c1", "step/s1", "Decide on the bus in May", CorrectionDeclined, "The lenders come in March", "2026-11-10"),
		correction("c2", "", "Tell the night guards", CorrectionTaken, "", "2026-11-11"),
		correction("c3", "", "Ask the architect", "", "", ""),
		correction("c4", "", "Long ago", CorrectionTaken, "", "2026-02-01"),
	}
	page := ComposePlan(in)
	if k := page.Known; k.Corrected != "They corrected 1 line and added 3." || len(k.Changed) > 0 {
		t.Errorf("what they made of it is said as %+v", k)
	}
	joint := JointSheet(page.Sheet, planDay)
	words := SheetText(joint.Sheet, planDay, 100)
	const want = `
What came of your corrections, 12 Nov
  41, not 39 · accepted, 12 Nov
  Tell the night guards · accepted, 11 Nov
  Decide on the bus in May · declined, 10 Nov
     The lenders come in March
`
	if !strings.Contains(words, want) || strings.Contains(words, "Long ago") || strings.Contains(words, "architect") {
		t.Errorf("they read:\n%s\nwant%s", words, want)
	}
	in.Shown[0].Marks = joint.ShownMarks()
	in.Corrections = nil
	if k := ComposePlan(in).Known; len(k.Changed) > 0 {
		t.Errorf("answers that are gone are said to be changes: %+v", k)
	}
}

// TestFeedbackStandsInThePlanAsItStandsWithUs has one of each state.
func TestFeedbackStandsInThePlanAsItStandsWithUs(t *testing.T) {
	in := goodPlan()
	told := func(id, on string, decision Decision, told string) Feedback {
		return Feedback{Belongs: Belongs{ID: id, Account: "k", Contact: "anna"}, Words: id, Level: Chatter, On: on, Decision: decision, Why: "since", Told: told}
	}
	for name, c := range map[string]struct {
		f    Feedback
		want string // the mark, "" where the plan says nothing of it
	}{
		"said yesterday":           {told("f", "2026-11-16", "", ""), "waits for our answer"},
		"over":                     {told("f", "2026-11-11", "", ""), "answer 4 days over"},
		"put off":                  {Feedback{Belongs: Belongs{ID: "f", Account: "k"}, Words: "f", On: "2026-11-01", Decision: Later, Decided: "2026-11-16"}, "waits for our answer"},
		"decided and not told":     {told("f", "2026-11-16", Declined, ""), "declined, not told yet"},
		"told":                     {told("f", "2026-11-01", Accepted, "2026-11-02"), "accepted"},
		"told too long ago to say": {told("f", "2026-01-01", Accepted, "2026-01-02"), ""},
	} {
		in.Feedback = []Feedback{c.f}
		page, got := ComposePlan(in), ""
		for _, s := range page.Sections {
			for _, l := range s.Lines {
				if l.Kind == KindFeedback {
					got = l.Marks[0].Words
				}
			}
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// TestAPlanNamesWhatTheTeamLearnedThatApplies has notes that press, one that only
// fits, and one for another account.
func TestAPlanNamesWhatTheTeamLearnedThatApplies(t *testing.T) {
	in := goodPlan()
	note := func(id string, h HelpsWith) TrainingNote {
		return TrainingNote{Belongs: Belongs{ID: id}, Title: id, Accounts: h.Accounts, Sectors: h.Sectors, Situations: h.Situations}
	}
	in.Account.Sector = "Culture, 4 sites"
	in.Promises[0].Due = "2026-11-13"
	in.Library = Library{Notes: []TrainingNote{
		note("fits", HelpsWith{Sectors: []string{"Culture"}}), note("late", HelpsWith{Situations: []string{"late promise"}}),
		note("other", HelpsWith{Accounts: []string{"Quayside"}}), note("ours", HelpsWith{Accounts: []string{"Kestrel Museums"}}),
	}}
	page := ComposePlan(in)
	section, ok := page.Section(PlanLearned)
	var got []string
	for _, l := range section.Lines {
		got = append(got, l.Text+": "+l.Below)
	}
	want := []string{"ours: Written for Kestrel Museums", "late: Send the report is 4 days over"}
	if !ok || !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if s, there := JointSheet(page.Sheet, planDay).Section(PlanLearned); there {
		t.Errorf("the customer would read %+v", s)
	}
}

// TestTwoPlansAreCompared changes, adds and drops a line.
func TestTwoPlansAreCompared(t *testing.T) {
	was := ComposePlan(goodPlan()).Sheet
	in := goodPlan()
	in.Objectives[0].Current = 4
	in.Risks = nil
	in.Facts = append(in.Facts, Fact{Belongs: Belongs{ID: "f2", Account: "k"}, Name: "aim", Value: "Be trusted first", On: "2026-11-16"})
	var got []string
	for _, c := range DiffSheets(was, ComposePlan(in).Sheet) {
		got = append(got, fmt.Sprintf("%s: %s → %s", c.Section, c.Was, c.Is))
	}
	want := []string{
		"world:  → Be trusted first · said on 16 Nov",
		"objectives: No visible flicker in any hall · Halls steady 3 of 5 · Anna Kessler, Priya Raman · For us: Hall 2 as proof → No visible flicker in any hall · Halls steady 4 of 5 · Anna Kessler, Priya Raman · For us: Hall 2 as proof",
		"risks: Lenders withdraw · 25 % · Priya Raman · Night test → ",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
	if same := DiffSheets(was, was); len(same) > 0 {
		t.Errorf("a plan differs from itself: %+v", same)
	}
}

// TestATransactionalAccountIsSparedTheHeavyPlan composes one.
func TestATransactionalAccountIsSparedTheHeavyPlan(t *testing.T) {
	in := goodPlan()
	in.Account.Care, in.Objectives = Transactional, nil
	page := ComposePlan(in)
	for _, key := range []string{PlanWhy, PlanGoals, PlanSteps, PlanRisks, PlanForesee} {
		if _, there := page.Section(key); there {
			t.Errorf("the section %q is there", key)
		}
	}
	if len(page.Findings) > 0 {
		t.Errorf("found %+v", page.Findings)
	}
}

// TestSharesOfObjectives counts up and down.
func TestSharesOfObjectives(t *testing.T) {
	for name, c := range map[string]struct {
		o     Objective
		share float64
		ok    bool
	}{
		"upward":           {Objective{Measure: "halls", Current: 1, Target: 5}, 0.2, true},
		"downward":         {Objective{Measure: "wakings", Begin: 11, Current: 7, Target: 3}, 0.5, true},
		"past the target":  {Objective{Measure: "halls", Current: 9, Target: 5}, 1, true},
		"behind the start": {Objective{Measure: "wakings", Begin: 11, Current: 12, Target: 3}, 0, true},
		"nothing counted":  {Objective{Current: 1, Target: 5}, 0, false},
	} {
		if share, ok := c.o.Share(); share != c.share || ok != c.ok {
			t.Errorf("%s: %v, %v", name, share, ok)
		}
	}
}

// TestAFourthObjectiveIsRefused adds to a full plan.
func TestAFourthObjectiveIsRefused(t *testing.T) {
	var have []Objective
	for i := range 3 {
		have = append(have, Objective{Belongs: Belongs{ID: fmt.Sprint(i), Account: "k"}, What: "x"})
	}
	if err := CheckObjectives(have, Objective{Belongs: Belongs{Account: "k"}, What: "four"}); err == nil {
		t.Error("a fourth was taken")
	}
	if err := CheckObjectives(have, Objective{Belongs: Belongs{ID: "1", Account: "k"}, What: "changed"}); err != nil {
		t.Errorf("one of three cannot be changed: %v", err)
	}
	have[0].Reached = "2026-11-01"
	if err := CheckObjectives(have, Objective{Belongs: Belongs{Account: "k"}, What: "three"}); err != nil {
		t.Errorf("one was reached, yet %v", err)
	}
}

// TestForesightIsScoredForTheTeam calibrates a few.
func TestForesightIsScoredForTheTeam(t *testing.T) {
	c := Calibrate([]Foresight{{Chance: 90, Came: CameTrue}, {Chance: 20, Came: CameFalse}, {Chance: 50, Came: CameTrue}, {Chance: 70}})
	if c.Words() != "0.10 over 3; always saying one half is 0.25" || len(c.Steps) != 3 {
		t.Errorf("%s, %+v", c.Words(), c.Steps)
	}
	if words := Calibrate(nil).Words(); words != "nothing was scored yet" {
		t.Error(words)
	}
}

// TestAHandoverSaysWhatToDoFirst composes a pack in which a promise is over, a mail
// waits and a meeting is planned.
func TestAHandoverSaysWhatToDoFirst(t *testing.T) {
	in := HandoverInput{PlanInput: goodPlan()}
	in.Promises[0].Due = "2026-11-13"
	in.Contacts[0].Knows = []string{"Maya Lindqvist", "Tomas Olsen"}
	in.Contacts[0].Stakeholder = Stakeholder{Belongs: Belongs{ID: "s1"}, Influence: 80, Roles: []Role{Champion}, Why: "offered to bring Samuel"}
	in.Waiting = []Waiting{{Owed: Owed{Interaction: Interaction{ID: "m1", Kind: Mail, Subject: "One worry", At: planDay.AddDate(0, 0, -2)}}}}
	in.Ahead = []Interaction{{ID: "x1", Kind: Meet, Subject: "Lighting review", At: planDay.AddDate(0, 0, 1)}}
	in.Recent = []Interaction{{ID: "m2", Kind: Mail, Subject: "Agenda", At: planDay.AddDate(0, 0, -3)}}
	in.Preferences = []Preference{{Belongs: Belongs{ID: "p1", Account: "k", Contact: "anna"}, Rule: Avoid, Topic: "the flood", Confirmed: "2026-01-01"}}
	golden(t, "handover.txt", SheetText(ComposeHandover(in), planDay, 100))
	for _, s := range ComposeHandover(in).Sections {
		if s.Key == HandoverFirst && !strings.HasPrefix(s.Lines[0].Text, "Keep what is over") {
			t.Errorf("first comes %q", s.Lines[0].Text)
		}
	}
	if words := SheetText(ComposeHandover(HandoverInput{PlanInput: PlanInput{Now: planDay, Account: Account{Name: "New"}}}), planDay, 100); !strings.Contains(words, "Nobody there is known yet") {
		t.Errorf("an empty account reads:\n%s", words)
	}
}

// TestAPlanIsLookedAtNextOnAWorkingDay reviews on every day of a week.
func TestAPlanIsLookedAtNextOnAWorkingDay(t *testing.T) {
	for day, want := range map[string]string{"2026-11-16": "2026-12-14", "2026-11-20": "2026-12-18", "2026-11-21": "2026-12-21", "2026-11-22": "2026-12-21"} {
		now, err := time.Parse(time.DateOnly, day)
		if err != nil {
			t.Fatal(err)
		}
		p := Plan{Every: 4}.ReviewedOn("Maya", TierA, now)
		if p.Next != want || p.NextReview(TierA) != want {
			t.Errorf("reviewed on %s it is looked at on %s, want %s", day, p.Next, want)
		}
		if p.Next = ""; p.NextReview(TierA) != want {
			t.Errorf("reviewed on %s, with no day set, it is looked at on %s, want %s", day, p.NextReview(TierA), want)
		}
	}
}

func TestMeasureWordsSayWhichWayItGoes(t *testing.T) {
	for want, o := range map[string]Objective{
		"41 of 124 MWh":      {Begin: 0, Current: 41, Target: 124, Unit: "MWh"},
		"11, aim 3 wakings":  {Begin: 14, Current: 11, Target: 3, Unit: "wakings"},
		"1,200, aim 0":       {Begin: 2000, Current: 1200},
		"-3 of 2 percentage": {Begin: -5, Current: -3, Target: 2, Unit: "percentage"},
	} {
		if got := o.FarWords(); got != want {
			t.Errorf("%q, not %q", got, want)
		}
	}
}

// Which lessons applied on a day that has been nobody knows: they are no change.
func TestLessonsAreNoChangeOfAPlan(t *testing.T) {
	was := Sheet{}
	is := Sheet{Sections: []SheetSection{{Key: PlanLearned, Lines: []SheetLine{{Kind: KindTrainingNote, ID: "n", Text: "Lux and UV"}}}, {Key: PlanWhy, Lines: []SheetLine{{Kind: KindPlan, ID: "p", Text: "No flicker"}}}}}
	if list := DiffSheets(was, is); len(list) != 1 || list[0].Section != PlanWhy {
		t.Errorf("%+v", list)
	}
}
