package app

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
)

// question adds what a question of the team's plan asks for to a form, filled in with
// what is there, and returns how to read it.
func (z *teamWizard) question(key string, f partForm) (read func() (wizardAnswer, error)) {
	switch key {
	case data.AskWhy:
		return z.askHead(f.area("Why", "Who knows a customer's halls saves them a second visit", z.in.Plan.Why, 3), func(p *data.TeamPlan, s string) { p.Why = s })
	case data.AskAim:
		return z.askHead(f.line("They say", "They ring us before they write to anybody else", z.in.Plan.Aim), func(p *data.TeamPlan, s string) { p.Aim = s })
	case data.AskPrinciples:
		return z.askPrinciples(f)
	case data.AskQuality:
		return z.askGoal(f, data.ForQuality)
	case data.AskProfit:
		return z.askGoal(f, data.ForProfit)
	case data.AskHours:
		return z.askHours(f)
	case data.AskBarrier:
		return z.askBarrier(f)
	}
	return z.askReady(f)
}

// askHead asks for one sentence of the plan's head.
func (z *teamWizard) askHead(field *kit.Field, set func(*data.TeamPlan, string)) func() (wizardAnswer, error) {
	return func() (wizardAnswer, error) {
		s := strings.TrimSpace(field.Text())
		return wizardAnswer{label: "Plan of the team: " + said(s), empty: s == "", put: func(tx *store.Tx) error {
			_, err := tx.ChangeTeamPlan(func(p *data.TeamPlan) { set(p, s) })
			return err
		}}, nil
	}
}

// principlesAsked is how many rules the question has room for.
const principlesAsked = 3

func (z *teamWizard) askPrinciples(f partForm) func() (wizardAnswer, error) {
	hints := []string{"We say it first when we are late", "We give before we ask", "Their words stand in our notes"}
	var fields []*kit.Field
	have := z.in.Plan.Principles
	for i := range principlesAsked {
		text := ""
		if i < len(have) {
			text = have[i]
		}
		fields = append(fields, f.line("Rule "+strconv.Itoa(i+1), hints[i], text))
	}
	return func() (wizardAnswer, error) {
		var rules []string
		for _, field := range fields {
			rules = append(rules, linesOf(field.Text())...)
		}
		rules = append(rules, have[min(len(have), principlesAsked):]...)
		return wizardAnswer{label: "Rules of the team written", empty: len(rules) == 0, put: func(tx *store.Tx) error {
			_, err := tx.ChangeTeamPlan(func(p *data.TeamPlan) { p.Principles = rules })
			return err
		}}, nil
	}
}

// askGoal asks for the first objective of an aim.
func (z *teamWizard) askGoal(f partForm, aim data.TeamAim) func() (wizardAnswer, error) {
	before := data.TeamObjective{For: aim, By: f.now.AddDate(1, 0, 0).Format(time.DateOnly), Counted: data.TeamCountsQuality}
	if aim == data.ForProfit {
		before.Counted = data.TeamCountsProfit
	}
	first := slices.IndexFunc(z.in.Objectives, func(o data.TeamObjective) bool { return o.For == aim && o.Open() })
	if first >= 0 {
		before = z.in.Objectives[first]
	}
	before.Owner = ownerOr(before.Owner, before.ID, z.me)
	if before.ID == "" {
		before.Begin = z.figures[before.Counted].Value
	}
	g := newTeamGoalForm(z.w, f, before, z.figures, z.in.Currency, false)
	return func() (wizardAnswer, error) {
		o, err := g.read()
		if err == nil && o.What != "" {
			err = o.Check()
		}
		return wizardAnswer{label: "Objective of the team kept: " + said(o.What), empty: o.What == "", put: func(tx *store.Tx) error {
			_, err := tx.PutTeamObjective(o)
			return err
		}}, err
	}
}

func (z *teamWizard) askHours(f partForm) func() (wizardAnswer, error) {
	hours := f.line("Hours a year", "1,450", typedAs(float64(z.in.Capacity.Have/60)))
	if c := z.in.Capacity; c.Minutes > 0 {
		f.add("", kit.NewParagraph(kit.Small, kit.Ink2, upperFirst(data.Capacity{Tiers: c.Tiers, Touches: c.Touches, Minutes: c.Minutes}.Words())+"."))
	}
	return func() (wizardAnswer, error) {
		n, err := typedWhole("hours", hours.Text())
		if err == nil && n < 0 {
			err = &data.Invalid{Field: "hours", Says: "hours are a number from 0 on"}
		}
		return wizardAnswer{label: "The team has " + data.Counted(n, "hour", "hours") + " a year", empty: n == 0, put: func(tx *store.Tx) error { return tx.PutTeamHours(n) }}, err
	}
}

func (z *teamWizard) askBarrier(f partForm) func() (wizardAnswer, error) {
	before := data.Barrier{}
	if len(z.in.Barriers) > 0 {
		before = z.in.Barriers[0]
	}
	before.Owner = ownerOr(before.Owner, before.ID, z.me)
	lines := barrierLines(f, before)
	return func() (wizardAnswer, error) {
		b, err := lines()
		return wizardAnswer{label: "In our own way: " + said(b.What), empty: b.What == "", put: keeping(b)}, err
	}
}

// askReady asks for all five judgements at once.
func (z *teamWizard) askReady(f partForm) func() (wizardAnswer, error) {
	list := z.statements()
	levels, reasons := make([]*kit.Segmented, len(list)), make([]*kit.Field, len(list))
	for i, r := range list {
		levels[i] = kit.NewSegmented([]string{"?", "Not yet", "In part", "Yes"}, max(slices.Index(readyChoices, r.Level), 0), nil)
		reasons[i] = kit.NewField("because…")
		reasons[i].SetText(r.Why)
		f.fields = append(f.fields, reasons[i])
		f.rows = append(f.rows, kit.NewStack(3, kit.NewParagraph(kit.Small, kit.Ink, r.What),
			kit.NewColumns(10, []kit.Col{kit.Fixed(84), kit.Fit(), kit.Flex(1)}, kit.NewText(kit.SmallBold, upperFirst(string(r.Heading))).In(kit.Ink2), levels[i], reasons[i])))
	}
	return func() (wizardAnswer, error) {
		var judged []data.Readiness
		for i, r := range list {
			level, why := readyChoices[levels[i].On], strings.TrimSpace(reasons[i].Text())
			switch {
			case level == "" && why != "":
				return wizardAnswer{}, &data.Invalid{Field: "level", Says: string(r.Heading) + ": say whether it is so, with Tab and the arrows"}
			case level == "":
				continue
			case why == "":
				return wizardAnswer{}, &data.Invalid{Field: "why", Says: string(r.Heading) + ": say why you judge it so"}
			}
			if level == r.Level && why == r.Why {
				continue
			}
			r.Level, r.Why, r.Judge, r.On = level, why, z.judge(), f.now.Format(time.DateOnly)
			judged = append(judged, r)
		}
		return wizardAnswer{label: "Readiness judged", empty: len(judged) == 0, put: func(tx *store.Tx) error {
			for _, r := range judged {
				if _, err := store.PutPart(tx, r); err != nil {
					return err
				}
			}
			return nil
		}}, nil
	}
}

// judge is who judges: whoever sits here, or all of them.
func (z *teamWizard) judge() string {
	if z.me == "" {
		return "the team"
	}
	return z.me
}

// statements are the first of each heading.
func (z *teamWizard) statements() (list []data.Readiness) {
	for _, r := range data.ReadinessOf(z.in.Readiness) {
		if len(list) == 0 || list[len(list)-1].Heading != r.Heading {
			list = append(list, r)
		}
	}
	return list
}
