package data

import (
	"fmt"
	"testing"
	"time"
)

func keysOf(ask []PlanQuestion) (keys []string) {
	for _, q := range ask {
		keys = append(keys, q.Key)
	}
	return keys
}

func TestATemplateAsksOnlyWhatIsNotKnown(t *testing.T) {
	now := time.Date(2026, 11, 17, 12, 0, 0, 0, time.UTC)
	of := Belongs{ID: "x", Account: "k"}
	policies := PoliciesOf(nil)
	for _, c := range []struct {
		name       string
		in         PlanInput
		ask, known string
	}{
		{"an account of tier A is asked everything", PlanInput{Policy: policies[TierA]}, "[why world hurts objectives decides steps risks unknown]", "[]"},
		{"one of tier B less", PlanInput{Policy: policies[TierB]}, "[why world objectives steps]", "[]"},
		{"one of tier C is spared the long plan", PlanInput{Policy: policies[TierC]}, "[why steps]", "[]"},
		{"and so is one that is wound down", PlanInput{Policy: policies[TierA], Account: Account{Mode: WindDown}}, "[why steps]", "[]"},
		{"what a team calls otherwise asks everything", PlanInput{Policy: Policy{Template: "ours"}}, "[why world hurts objectives decides steps risks unknown]", "[]"},
		{"what is known is not asked", PlanInput{Policy: policies[TierA], Needs: []Need{{Belongs: of, Words: "flicker"}}, Steps: []Step{{Belongs: of, What: "test"}},
			Facts:    []Fact{{Belongs: of, Name: "goal", Value: "less energy", On: "2026-10-01"}},
			Contacts: []ContactStanding{{Contact: Contact{ID: "a"}, Stakeholder: Stakeholder{Roles: []Role{Decider}}}}}, "[why objectives risks unknown]", "[world hurts decides steps]"},
		{"what is old or over is asked again", PlanInput{Policy: policies[TierB], Steps: []Step{{Belongs: of, What: "test", Done: "2026-10-01"}},
			Facts: []Fact{{Belongs: of, Name: "goal", Value: "less energy", On: "2024-10-01"}}}, "[why world objectives steps]", "[]"},
	} {
		c.in.Now, c.in.Account.ID = now, "k"
		ask, known := PlanQuestions(c.in)
		if got := fmt.Sprint(keysOf(ask)); got != c.ask || fmt.Sprint(known) != c.known {
			t.Errorf("%s: it asks %s and knows %v, not %s and %s", c.name, got, known, c.ask, c.known)
		}
	}
}

func TestEachAnswerBecomesItsPart(t *testing.T) {
	now := time.Date(2026, 11, 17, 12, 0, 0, 0, time.UTC)
	in := PlanInput{Now: now, Account: Account{ID: "k"}, Contacts: []ContactStanding{{Contact: Contact{ID: "a", AccountID: "k", Name: "Anna Kessler"}}}}
	ask, _ := PlanQuestions(in)
	kinds := map[string]string{PlanWhy: KindPlan, PlanWorld: KindFact, PlanHurts: KindNeed, PlanGoals: KindObjective, PlanDecides: KindStakeholder, PlanSteps: KindStep, PlanRisks: KindRisk, PlanUnknown: KindUnknown}
	for _, q := range ask {
		words := "Night test, Friday"
		if q.Key == PlanDecides {
			words = "Anna"
		}
		p, err := q.Answer(in, words, "Maya")
		if err != nil || p.PartKind() != kinds[q.Key] || p.Belonging().Account != "k" {
			t.Fatalf("%s becomes %+v, %v", q.Key, p, err)
		}
		if err := p.Check(); err != nil {
			t.Errorf("%s cannot be kept: %v", q.Key, err)
		}
		if s, ok := p.(Step); ok && (s.What != "Night test" || s.Due != "2026-11-20" || s.Owners[0] != "Maya") {
			t.Errorf("the step is %+v", s)
		}
		if p, err := q.Answer(in, " ", "Maya"); p != nil || err != nil {
			t.Errorf("%s: nothing becomes %+v, %v", q.Key, p, err)
		}
	}
	if _, err := ask[4].Answer(in, "Zebulon", "Maya"); err == nil {
		t.Error("somebody who is not known there decides")
	}
}
