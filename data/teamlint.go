package data

import (
	"fmt"
	"slices"
	"strings"
)

// TeamRule is one rule of the lint of the team's plan.
type TeamRule struct {
	Name  string
	Does  string
	finds func(in TeamPlanInput) []PlanFinding
}

// TeamRules are all rules, what weighs most first.
var TeamRules = []TeamRule{
	{"why", "the plan says why we do this", lintTeamWhy},
	{"quality", "there is an objective for the quality of relationships", lintTeamAim(ForQuality)},
	{"profit", "there is an objective for the profit in them", lintTeamAim(ForProfit)},
	{"measure", "every objective is measured", lintTeamMeasure},
	{"owner", "every objective has an owner and a date", lintTeamOwner},
	{"late", "no objective is over its date", lintTeamLate},
	{"count", "no measure was counted more than 180 days ago", lintTeamCount},
	{"hours", "it is known how many hours the team has", lintTeamHours},
	{"capacity", "the tiers ask for no more hours than the team has", lintTeamCapacity},
	{"barrier", "every barrier has an owner and a date", lintTeamBarrier},
	{"overdue", "no barrier is over its date", lintTeamOverdue},
	{"judged", "readiness is judged under all five headings", lintTeamJudged},
	{"old", "no judgement is older than 180 days", lintTeamOld},
	{"review", "the plan is reviewed in its rhythm", lintTeamReview},
}

// LintTeamPlan finds what to look at before the team relies on its plan. The
// remedy of each is one step.
func LintTeamPlan(in TeamPlanInput) (list []PlanFinding) {
	for _, r := range TeamRules {
		for _, f := range r.finds(in) {
			f.Rule = r.Name
			list = append(list, f)
		}
	}
	return list
}

func lintTeamWhy(in TeamPlanInput) []PlanFinding {
	if strings.TrimSpace(in.Plan.Why) != "" {
		return nil
	}
	return []PlanFinding{{Words: "Nobody said why we do this", Detail: "Who does not know the reason follows the plan only while somebody looks.", Remedy: "Say why", Kind: KindTeamPlan, ID: TeamPlanID}}
}

func lintTeamAim(aim TeamAim) func(TeamPlanInput) []PlanFinding {
	return func(in TeamPlanInput) []PlanFinding {
		if len(in.open(aim)) > 0 {
			return nil
		}
		return []PlanFinding{{Words: "There is no objective for " + string(aim), Detail: "A plan that advances only one of both loses the other.", Remedy: "Add one", Kind: KindTeamObjective}}
	}
}

// eachTeamObjective finds in the open objectives.
func eachTeamObjective(in TeamPlanInput, find func(o TeamObjective) (PlanFinding, bool)) (list []PlanFinding) {
	for _, aim := range TeamAims {
		for _, o := range in.open(aim) {
			if f, found := find(o); found {
				f.Kind, f.ID = KindTeamObjective, o.ID
				list = append(list, f)
			}
		}
	}
	return list
}

func lintTeamMeasure(in TeamPlanInput) []PlanFinding {
	return eachTeamObjective(in, func(o TeamObjective) (PlanFinding, bool) {
		return PlanFinding{Words: "An objective is not measured", Detail: quoted(o.What), Remedy: "Say how we will see it"}, !o.Measured()
	})
}

func lintTeamOwner(in TeamPlanInput) []PlanFinding {
	return eachTeamObjective(in, func(o TeamObjective) (PlanFinding, bool) {
		missing := ownerAndDate(o.Owner, o.By)
		return PlanFinding{Words: "An objective has " + missing, Detail: quoted(o.What), Remedy: "Say who, and by when"}, missing != ""
	})
}

// ownerAndDate says what is missing: "no owner", "no date", "neither owner nor
// date", "" for nothing.
func ownerAndDate(owner, by string) string {
	switch {
	case strings.TrimSpace(owner) == "" && by == "":
		return "neither owner nor date"
	case strings.TrimSpace(owner) == "":
		return "no owner"
	case by == "":
		return "no date"
	}
	return ""
}

func lintTeamLate(in TeamPlanInput) []PlanFinding {
	return eachTeamObjective(in, func(o TeamObjective) (PlanFinding, bool) {
		late := o.Late(in.Now)
		return PlanFinding{Words: "An objective is " + days(late) + " over", Detail: quoted(o.What), Remedy: "Say that it is reached, or set a new date"}, late > 0
	})
}

func lintTeamCount(in TeamPlanInput) []PlanFinding {
	return eachTeamObjective(in, func(o TeamObjective) (PlanFinding, bool) {
		if o.Counted != "" || !o.Measured() || o.On == "" {
			return PlanFinding{}, false
		}
		age := daysSinceDate(o.On, in.Now)
		return PlanFinding{Words: fmt.Sprintf("A measure was counted %d days ago", age), Detail: quoted(o.Measure), Remedy: "Count it again"}, age > FactsStale
	})
}

func lintTeamHours(in TeamPlanInput) []PlanFinding {
	if in.Capacity.Have > 0 || in.Capacity.Minutes == 0 {
		return nil
	}
	return []PlanFinding{{Words: "Nobody said how many hours we have for customers", Detail: "Without it nobody can tell whether the tiers promise too much.", Remedy: "Say how many hours a year"}}
}

func lintTeamCapacity(in TeamPlanInput) []PlanFinding {
	if fits, known := in.Capacity.Fits(); fits || !known {
		return nil
	}
	return []PlanFinding{{Words: "The tiers promise more than we can keep", Detail: sentence(in.Capacity.Words()) + ".", Remedy: "Sort accounts, or change what a tier asks for", Kind: KindPolicy}}
}

func lintTeamBarrier(in TeamPlanInput) (list []PlanFinding) {
	for _, b := range in.openBarriers() {
		if missing := ownerAndDate(b.Owner, b.By); missing != "" {
			list = append(list, PlanFinding{Words: "A barrier has " + missing, Detail: quoted(b.What), Remedy: "Say who clears it, and by when", Kind: KindBarrier, ID: b.ID})
		}
	}
	return list
}

func lintTeamOverdue(in TeamPlanInput) (list []PlanFinding) {
	for _, b := range in.openBarriers() {
		if late := b.Late(in.Now); late > 0 {
			list = append(list, PlanFinding{Words: "A barrier was to be cleared " + days(late) + " ago", Detail: quoted(b.What), Remedy: "Say that it is cleared, or set a new date", Kind: KindBarrier, ID: b.ID})
		}
	}
	return list
}

func lintTeamJudged(in TeamPlanInput) []PlanFinding {
	var open []string
	first := ""
	for _, h := range Headings {
		judged := slices.ContainsFunc(in.Readiness, func(r Readiness) bool { return r.Heading == h && r.Level != "" })
		if !judged {
			open = append(open, string(h))
			if first == "" {
				first = ReadinessID(h)
			}
		}
	}
	if len(open) == 0 {
		return nil
	}
	return []PlanFinding{{Words: "Readiness is not judged under " + joinAnd(open), Detail: "What nobody looked at is where a plan fails.", Remedy: "Judge it", Kind: KindReadiness, ID: first}}
}

// joinAnd is "strategy", "strategy and people", "strategy, process and people".
func joinAnd(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}

func lintTeamOld(in TeamPlanInput) (list []PlanFinding) {
	for _, r := range ReadinessOf(in.Readiness) {
		if r.Stale(in.Now) {
			list = append(list, PlanFinding{Words: fmt.Sprintf("A judgement of readiness is %d days old", daysSinceDate(r.On, in.Now)), Detail: quoted(r.What), Remedy: "Judge it again", Kind: KindReadiness, ID: r.ID})
		}
	}
	return list
}

func lintTeamReview(in TeamPlanInput) []PlanFinding {
	if in.Plan.ID == "" {
		return nil
	}
	f := PlanFinding{Words: "The plan was never reviewed", Remedy: "Review it together", Kind: KindTeamPlan, ID: TeamPlanID}
	next := in.Plan.NextReview()
	if next == "" {
		return []PlanFinding{f}
	}
	late := daysSinceDate(next, in.Now)
	if late <= 0 {
		return nil
	}
	f.Words = "The review is " + days(late) + " over"
	return []PlanFinding{f}
}

func quoted(s string) string { return "“" + s + "”" }
