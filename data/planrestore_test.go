package data

import (
	"testing"
	"time"
)

// restoreInput is a plan with two steps, an objective and a head.
func restoreInput(now time.Time) PlanInput {
	of := func(id string) Belongs { return Belongs{ID: id, Account: "k"} }
	return PlanInput{Now: now, Account: Account{ID: "k", Name: "Kestrel"},
		Plan:       Plan{Belongs: of(PlanID("k")), Why: "No flicker", Reviewed: "2026-09-01"},
		Objectives: []Objective{{Belongs: of("o"), What: "Halls steady"}},
		Steps:      []Step{{Belongs: of("a"), What: "Night test", Due: "2026-12-01"}, {Belongs: of("b"), What: "Install", Due: "2026-12-11"}}}
}

func TestASectionIsBroughtBack(t *testing.T) {
	now := time.Date(2026, 11, 17, 12, 0, 0, 0, time.UTC)
	was, is := restoreInput(now), restoreInput(now)
	is.Steps[0].Due = "2026-12-05"
	is.Steps[1].Dropped = "2026-11-10"
	is.Steps = append(is.Steps, Step{Belongs: Belongs{ID: "c", Account: "k"}, What: "Tell the guards", Due: "2026-12-02"})
	is.Plan.Why, is.Plan.Reviewed = "Less energy", "2026-11-01"

	put, drop := RestoreSection(was, is, PlanSteps)
	if len(put) != 2 || put[0].(Step).Due != "2026-12-01" || put[1].(Step).Dropped != "" || len(drop) != 1 || drop[0].Belonging().ID != "c" {
		t.Errorf("steps are put %+v and dropped %+v", put, drop)
	}
	put, drop = RestoreSection(was, is, PlanWhy)
	if len(put) != 1 || len(drop) != 0 || put[0].(Plan).Why != "No flicker" || put[0].(Plan).Reviewed != "2026-11-01" {
		t.Errorf("the head is put %+v", put)
	}
	if put, drop = RestoreSection(was, is, PlanGoals); len(put)+len(drop) != 0 {
		t.Errorf("of objectives, which are the same, it puts %+v and drops %+v", put, drop)
	}
	for _, p := range put {
		if err := p.Check(); err != nil {
			t.Error(err)
		}
	}
}

// Every part that a line of a plan shows is found by the line's kind and ID, so that
// its section can be brought back.
func TestEveryPartOfAPlanIsFound(t *testing.T) {
	in := restoreInput(time.Date(2026, 11, 17, 12, 0, 0, 0, time.UTC))
	of := Belongs{ID: "x", Account: "k"}
	in.Facts, in.Needs, in.Initiatives, in.Promises = []Fact{{Belongs: of}}, []Need{{Belongs: of}}, []Initiative{{Belongs: of}}, []Promise{{Belongs: of}}
	in.Values, in.Spaces, in.Uses, in.Preferences = []ValueEntry{{Belongs: of}}, []Whitespace{{Belongs: of}}, []Use{{Belongs: of}}, []Preference{{Belongs: of}}
	in.Risks, in.Unknowns, in.Foresights = []Risk{{Belongs: of}}, []Unknown{{Belongs: of}}, []Foresight{{Belongs: of}}
	for _, kind := range []string{KindFact, KindNeed, KindInitiative, KindPromise, KindValue, KindSpace, KindUse, KindPreference, KindRisk, KindUnknown, KindForesight} {
		if p, ok := in.Part(kind, "x"); !ok || p.PartKind() != kind {
			t.Errorf("%s is %+v, %t", kind, p, ok)
		}
		if _, ok := in.Part(kind, "y"); ok {
			t.Errorf("%s y is found", kind)
		}
	}
	for kind, id := range map[string]string{KindPlan: PlanID("k"), KindObjective: "o", KindStep: "a"} {
		if p, ok := in.Part(kind, id); !ok || p.PartKind() != kind {
			t.Errorf("%s is %+v, %t", kind, p, ok)
		}
	}
}

// TestWhatFoundNoRoomIsComparedAndBroughtBackToo changes the last of more steps than
// a page has room for.
func TestWhatFoundNoRoomIsComparedAndBroughtBackToo(t *testing.T) {
	now := time.Date(2026, 11, 17, 12, 0, 0, 0, time.UTC)
	was, is := restoreInput(now), restoreInput(now)
	for i := range 10 {
		s := Step{Belongs: Belongs{ID: string(rune('m' + i)), Account: "k"}, What: "Visit hall " + string(rune('0'+i)), Due: "2027-01-0" + string(rune('0'+i%9+1))}
		was.Steps = append(was.Steps, s)
		if i == 8 {
			s.What = "Visit the mill"
		}
		is.Steps = append(is.Steps, s)
	}
	before, after := ComposePlan(was), ComposePlan(is)
	s, _ := after.Section(PlanSteps)
	if len(s.Rest) != 4 || s.Lines[len(s.Lines)-1].Text != "and 4 more" || len(s.Whole()) != 12 {
		t.Fatalf("%d lines have no room, and the last says %q", len(s.Rest), s.Lines[len(s.Lines)-1].Text)
	}
	if list := DiffSheets(before.Sheet, after.Sheet); len(list) != 1 || list[0].ID != is.Steps[10].ID {
		t.Errorf("changed are %+v", list)
	}
	if put, drop := RestoreSection(was, is, PlanSteps); len(put) != 1 || put[0].(Step).What != "Visit hall 8" || len(drop) != 0 {
		t.Errorf("put are %+v, dropped %+v", put, drop)
	}
}
