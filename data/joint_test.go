package data

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
)

// jointOf is what would be put into a joint space of a plan.
func jointOf(in PlanInput) JointPlan {
	p := JointPlanOf(in.Account, JointSheet(ComposePlan(in).Sheet, in.Now), "Maya Lindqvist", in.Now)
	p.ID = JointPlanID(in.Account.ID, "space")
	return p
}

// jointText is a joint plan as its members read it.
func jointText(p JointPlan, now time.Time, replies ...JointReply) string {
	return SheetText(ComposeJoint(p, replies, now).Sheet, now, 100)
}

func TestAJointPlanReadsAsThePageThatWasShown(t *testing.T) {
	in := goodPlan()
	in.Steps = append(in.Steps, Step{Belongs: Belongs{ID: "s2", Account: "k"}, What: "Late step", Starts: "2026-11-02", Due: "2026-11-13"})
	joint := JointSheet(ComposePlan(in).Sheet, in.Now)
	want := SheetText(joint.Sheet, in.Now, 100)
	got := jointText(jointOf(in), in.Now)
	body := func(s string) string { _, s, _ = strings.Cut(s, "\n\n"); return s[:strings.LastIndex(s, "As of")] }
	if body(got) != body(want) {
		t.Errorf("in the space it reads\n%s\nthe page that was looked at reads\n%s", got, want)
	}
	if !strings.Contains(got, "As of 17 November 2026, by Maya Lindqvist") {
		t.Errorf("nothing says by whom:\n%s", got)
	}
}

// TestWhatFoundNoRoomOnPaperIsInTheSpace puts a plan with more steps and gains there
// than a page holds.
func TestWhatFoundNoRoomOnPaperIsInTheSpace(t *testing.T) {
	in := goodPlan()
	for i := range 10 {
		day := string(rune('0' + i))
		in.Steps = append(in.Steps, Step{Belongs: Belongs{ID: "more" + day, Account: "k"}, What: "Visit hall " + day, Due: "2026-12-0" + string(rune('0'+i%9+1))})
		in.Values = append(in.Values, ValueEntry{Belongs: Belongs{ID: "gain" + day, Account: "k"}, To: Customer, What: "Hall " + day + " open", Evidence: "their report", Unit: "days", Amount: 3, On: "2026-10-0" + string(rune('0'+i%9+1)), Agreed: "2026-10-10"})
	}
	in.Steps = append(in.Steps, Step{Belongs: Belongs{ID: "ours", Account: "k"}, What: "Settle the discount", Due: "2026-12-01", Inside: true})
	page := JointSheet(ComposePlan(in).Sheet, in.Now)
	paper, there := SheetText(page.Sheet, in.Now, 100), jointText(jointOf(in), in.Now)
	for i := range 10 {
		for _, words := range []string{"Visit hall ", "Hall "} {
			words += string(rune('0' + i))
			if !strings.Contains(there, words) {
				t.Errorf("%q is not in the space:\n%s", words, there)
			}
		}
	}
	if got, most := strings.Count(paper, "Visit hall"), planLines[PlanSteps]; got > most || !strings.Contains(paper, "more") || strings.Contains(there, " more") {
		t.Errorf("paper has %d of the steps, and what is left out is counted there alone:\n%s", got, paper)
	}
	if strings.Contains(there+paper, "discount") {
		t.Error("a step of ours is shown")
	}
}

// TestAJointPlanSurvivesItsRegisters puts a plan through the registers that travel.
func TestAJointPlanSurvivesItsRegisters(t *testing.T) {
	p := jointOf(goodPlan()).Answered(Correction{Belongs: Belongs{ID: "r-reply"}, Answer: CorrectionDeclined, Why: "The lenders come in March", Answered: "2026-11-18", Who: "Maya"})
	got := PartOf[JointPlan](p.ID, PartFields(p), time.Time{})
	if !reflect.DeepEqual(got, p) {
		t.Errorf("%+v\nbecame\n%+v", p, got)
	}
	if a, ok := got.AnswerTo("r"); !ok || a != (JointAnswer{CorrectionDeclined, "The lenders come in March", "2026-11-18", "Maya"}) {
		t.Errorf("the answer is %+v, %v", a, ok)
	}
}

func TestAJointPlanFollowsNothingByItself(t *testing.T) {
	in := goodPlan()
	before := jointOf(in)
	if list := JointChanges(before, jointOf(in), in.Now); len(list) > 0 {
		t.Errorf("nothing changed, but %+v", list)
	}
	if list := JointChanges(JointPlan{}, before, in.Now); len(list) != len(before.Lines) || list[0].Was != "" {
		t.Errorf("all of it is new there: %+v", list)
	}
	in.Steps[0].Due = "2026-12-08"
	in.Facts = nil
	in.Risks[0].What = "Another risk of ours"
	in.Plan.To = "Every hall steady"
	var got []string
	for _, c := range JointChanges(before, jointOf(in), in.Now) {
		got = append(got, c.Section+": "+c.Was+" → "+c.Becomes)
	}
	want := []string{
		"Why we do this:  → Every hall steady · where both want to be",
		"Next 90 days: Decide on the bus · 1 Dec · Anna Kessler, Maya Lindqvist → Decide on the bus · 8 Dec · Anna Kessler, Maya Lindqvist",
		"Your world: Open the winter loan → ",
	}
	if !slices.Equal(got, want) {
		t.Errorf("what would change is\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestRepliesStandBesideWhatTheyAnswer has one of each state.
func TestRepliesStandBesideWhatTheyAnswer(t *testing.T) {
	p := jointOf(goodPlan())
	reply := func(id, line, register, was, becomes string) JointReply {
		return JointReply{Belongs: Belongs{ID: id}, Plan: p.ID, Line: line, Register: register, Was: was, Becomes: becomes, On: "2026-11-18", By: "Anna Kessler"}
	}
	answer := func(id string, a CorrectionAnswer, why string) {
		p = p.Answered(Correction{Belongs: Belongs{ID: id + "-reply"}, Answer: a, Why: why, Answered: "2026-11-19"})
	}
	added := JointReply{Belongs: Belongs{ID: "r5"}, Plan: p.ID, Section: PlanSteps, Becomes: "Tell the night guards", On: "2026-11-18", By: "Anna Kessler"}
	replies := []JointReply{
		reply("r1", "value/v1#what", "amount", "41", "39"),
		reply("r2", "step/s1#what", DoneRegister, "Decide on the bus", "2026-11-18"),
		reply("r3", "need/n1#title", "title", "No visible flicker", "No flicker at dusk"),
		reply("r4", "objective/o1#what", "what", "No visible flicker in any hall", "Two halls are enough"),
		added,
		{Belongs: Belongs{ID: "r6"}, Plan: "another", Section: PlanSteps, Becomes: "Of another plan", On: "2026-11-18"},
		reply("r7", "risk/r1#what", "what", "", "What nobody may correct"),
	}
	answer("r3", CorrectionTaken, "")
	answer("r4", CorrectionDeclined, "The loan hangs in three")
	got := jointText(p, planDay.AddDate(0, 0, 3), replies...)
	for _, want := range []string{
		"Energy saved · 41 MWh you: 39, not 41 · Anna, 18 Nov · waits for an answer", "Decide on the bus · 1 Dec · done 18 Nov", "No flicker at dusk",
		"Two halls are enough, not No visible flicker in any hall · Anna, 18 Nov · declined The loan hangs in three", "Tell the night guards · Anna, 18 Nov · waits for an answer",
	} {
		if !strings.Contains(strings.Join(strings.Fields(got), " "), want) {
			t.Errorf("%q is missing:\n%s", want, got)
		}
	}
	for _, never := range []string{"No visible flicker ·", "Of another plan", "What nobody may correct"} {
		if strings.Contains(got, never) {
			t.Errorf("%q is there:\n%s", never, got)
		}
	}
	answer("r1", CorrectionTaken, "")
	if got := jointText(p, planDay, replies...); !strings.Contains(got, "39 MWh") || strings.Contains(got, "41 MWh") {
		t.Errorf("what was taken over is not what it reads:\n%s", got)
	}
	open := JointStand{Plan: p, Replies: replies}.Open()
	if len(open) != 2 || open[0].ID != "r2" || open[1].ID != "r5" {
		t.Errorf("open are %+v", open)
	}
}

// TestWhatWasTakenOverIsWhatALineReads has each register that can be corrected.
func TestWhatWasTakenOverIsWhatALineReads(t *testing.T) {
	in := goodPlan()
	in.Objectives[0].By = "2026-12-03"
	for _, tt := range []struct{ line, register, was, becomes, want string }{
		{"value/v1#what", "amount", "41", "39", "Energy saved · 39 MWh"},
		{"value/v1#what", "amount", "40", "39", "Energy saved · 41 MWh"}, // it was put there anew since
		{"value/v1#what", "what", "Energy saved", "Power saved", "Power saved · 41 MWh"},
		{"objective/o1#what", "current", "3", "4", "No visible flicker in any hall · by 3 Dec · Halls steady 4 of 5"},
		{"step/s1#what", "due", "2026-12-01", "2026-12-08", "Decide on the bus · 8 Dec"},
		{"need/n1#expects", "expects", "An answer within a day", "An answer at once", "An answer at once"},
	} {
		p := jointOf(in).Answered(Correction{Belongs: Belongs{ID: "r-reply"}, Answer: CorrectionTaken, Answered: "2026-11-18"})
		r := JointReply{Belongs: Belongs{ID: "r"}, Plan: p.ID, Line: tt.line, Register: tt.register, Was: tt.was, Becomes: tt.becomes, On: "2026-11-18"}
		if got := jointText(p, planDay, r); !strings.Contains(got, tt.want) || strings.Contains(got, "waits") {
			t.Errorf("%s of %s taken over does not read %q:\n%s", tt.register, tt.line, tt.want, got)
		}
	}
}

// TestARepliesCheck refuses what cannot be answered.
func TestARepliesCheck(t *testing.T) {
	good := JointReply{Plan: "p", Line: "step/s1#what", Register: DoneRegister, Becomes: "2026-11-18", On: "2026-11-18"}
	if err := good.Check(); err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*JointReply){
		"no plan":              func(r *JointReply) { r.Plan = "" },
		"nothing said":         func(r *JointReply) { r.Becomes = " " },
		"too long":             func(r *JointReply) { r.Register, r.Becomes = "what", strings.Repeat("x", maxReply+1) },
		"no date":              func(r *JointReply) { r.Becomes = "tomorrow" },
		"of what is ours":      func(r *JointReply) { r.Line = "risk/r1#what" },
		"new where none may":   func(r *JointReply) { r.Line, r.Section = "", PlanRisks },
		"a register unknown":   func(r *JointReply) { r.Register = "owner" },
		"said on no such date": func(r *JointReply) { r.On = "18 Nov" },
	} {
		r := good
		change(&r)
		if r.Check() == nil {
			t.Errorf("%s: %+v is kept", name, r)
		}
	}
}

// TestWhatCannotBeReadIsLeftOut has lines as somebody could write them by hand.
func TestWhatCannotBeReadIsLeftOut(t *testing.T) {
	p := jointOf(goodPlan())
	n := len(p.LinesInOrder())
	for key, body := range map[string]string{
		"a#": "", "b#": "{", "c#": `{"section":"risks","text":"ours"}`, "d#": `{"section":"world"}`, "e#": `{"section":"world","text":"` + strings.Repeat("x", maxJointLine) + `"}`,
		"f#": `{"section":"steps","text":"step","column":-3,"place":-1,"from":"x","to":"y","people":[{}]}`,
	} {
		p.Lines[key] = body
	}
	if got := p.LinesInOrder(); len(got) != n+1 {
		t.Errorf("%d lines, want %d", len(got), n+1)
	}
	jointText(p, planDay)
}

func TestGuestsAnswerAndWriteNothingElse(t *testing.T) {
	for _, side := range []Side{Customer, Partner} {
		for _, role := range SpaceRoles {
			for kind := range knownFields {
				want := role != Reader && kind == KindJointReply
				if got := (Rights{JointSpace, side, role}).MayWrite(kind); got != want {
					t.Errorf("a guest who is %s writes %s: %v", role, kind, got)
				}
				if (Rights{TeamSpace, side, role}).MayWrite(kind) != (Rights{TeamSpace, Us, role}).MayWrite(kind) {
					t.Errorf("in a space of the team, a %s of the %s writes %s otherwise than one of us", role, side, kind)
				}
			}
		}
	}
	if (Rights{JointSpace, Us, Reader}).MayWrite(KindJointPlan) || (Rights{JointSpace, Us, Contributor}).MayWrite(KindJointPlan) || !(Rights{JointSpace, Us, Editor}).MayWrite(KindJointPlan) {
		t.Error("editors put plans there, and nobody below")
	}
	if (Rights{JointSpace, Us, ""}).MayWrite(KindJointReply) {
		t.Error("who was removed writes")
	}
}
