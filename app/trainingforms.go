package app

import (
	"context"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
)

// editHead asks for the head of the team's plan.
func (p *training) editHead() {
	f, plan := newPartForm(p.w, partWorld{}), p.answer.page.Plan
	why := f.area("Why we do this", "what our customers gain by it", plan.Why, 3)
	aim := f.line("In three years", "what they should say of us", plan.Aim)
	rules := f.area("How we treat people", "one rule on each line", strings.Join(plan.Principles, "\n"), 4)
	every := f.line("Reviewed every", "13 weeks", typedAs(float64(plan.Every)))
	p.w.dialog(f.form, "compass", data.TeamPlanTitle, "Save", func() {
		weeks, err := typedWhole("every", strings.TrimSuffix(strings.TrimSpace(every.Text()), " weeks"))
		if err != nil {
			f.say(err)
			return
		}
		p.w.keep(f.form, "Plan of the team written", func(tx *store.Tx) error {
			_, err := tx.ChangeTeamPlan(func(t *data.TeamPlan) {
				t.Why, t.Aim, t.Principles, t.Every = strings.TrimSpace(why.Text()), strings.TrimSpace(aim.Text()), linesOf(rules.Text()), weeks
			})
			return err
		}, nil)
	})
}

// linesOf are the lines of a text that say something.
func linesOf(s string) (list []string) {
	for line := range strings.SplitSeq(s, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			list = append(list, line)
		}
	}
	return list
}

// teamGoalForm asks for an objective of the team.
type teamGoalForm struct {
	before  data.TeamObjective
	figures data.TeamFigures
	f       partForm

	what, measure, unit, current, target, by, owner *kit.Field
	aim, tier                                       *kit.Segmented // nil where it is given
	counted                                         *pick
	names                                           []string // of counted
}

// teamTiers are the choices of whose accounts count.
var teamTiers = append([]data.Tier{""}, data.Tiers...)

// newTeamGoalForm returns the form. Of a new objective the aim is before's; all is
// false where only the shortest questions are asked.
func newTeamGoalForm(w *window, f partForm, before data.TeamObjective, figures data.TeamFigures, currency string, all bool) *teamGoalForm {
	g := &teamGoalForm{before: before, figures: figures, f: f}
	g.what = f.line("What", map[data.TeamAim]string{data.ForProfit: "Who bought last year buys again"}[before.For], before.What)
	if before.For != data.ForProfit {
		g.what.SetPlaceholder("No A account cools while we look away")
	}
	if all {
		g.aim = f.choice("It advances", slices.Index(data.TeamAims, before.For), "Quality", "Profit")
	}
	var choices []string
	g.names, choices = countChoices(before.For, figures, currency, all)
	g.counted = newPick(w, choices, max(slices.Index(g.names, before.Counted), 0))
	f.add("Counted", kit.NewRow(0, g.counted.chip))
	g.tier = f.choice("Over", slices.Index(teamTiers, before.Tier), "All accounts", "A", "B", "C")
	over := f.row()
	g.measure = f.line("Measure", "Reference visits this year", before.Measure)
	measure := f.row()
	g.unit = f.line("In", "visits, hours; empty for a count", before.Unit)
	unit := f.row()
	g.current = f.line("It is now", "2", typedAs(before.Current))
	current := f.row()
	g.target = f.line("It shall be", "70", typedAs(before.Target))
	g.by = f.line("By when", "30 June", shownDate(before.By, f.now))
	g.owner = f.line("Who of us", "who answers for it", before.Owner)
	g.counted.changed = func() {
		live := g.names[g.counted.on] != ""
		showIf(live, over)
		showIf(!live, measure, unit, current)
		if f.form.changed != nil {
			f.form.changed()
		}
	}
	g.counted.changed()
	return g
}

// showIf shows objects, or hides them.
func showIf(on bool, list ...fyne.CanvasObject) {
	for _, o := range list {
		if on {
			o.Show()
		} else {
			o.Hide()
		}
	}
}

// countChoices are the figures that can be chosen, with what they are today; what is
// counted by hand is the first of all, and the last where only one aim is asked for.
func countChoices(aim data.TeamAim, figures data.TeamFigures, currency string, all bool) (names, choices []string) {
	for _, c := range data.TeamCounts {
		if !all && c.For != aim {
			continue
		}
		o := data.TeamObjective{Counted: c.Name}
		words := c.Says
		if f := figures[c.Name]; f.Why == "" && f.Of > 0 {
			o.Target = f.Value
			words += ", now " + o.TargetWords(currency, time.Time{})
		}
		names, choices = append(names, c.Name), append(choices, words)
	}
	if all {
		return append([]string{""}, names...), append([]string{"By hand"}, choices...)
	}
	return append(names, ""), append(choices, "By hand, something else")
}

// read is what was filled in, or why it cannot be kept.
func (g *teamGoalForm) read() (o data.TeamObjective, err error) {
	o = g.before
	o.What, o.Owner, o.Counted = strings.TrimSpace(g.what.Text()), strings.TrimSpace(g.owner.Text()), g.names[g.counted.on]
	if g.aim != nil {
		o.For = data.TeamAims[g.aim.On]
	}
	if o.Target, err = typedNumber("target", g.target.Text()); err != nil {
		return o, err
	}
	if o.Counted != "" {
		o.Tier = teamTiers[g.tier.On]
		o.Measure, o.Unit, o.Current, o.On = "", "", 0, ""
		if o.Counted != g.before.Counted || o.Tier != g.before.Tier {
			o.Begin = g.figures[data.FigureKey(o.Counted, o.Tier)].Value
		}
	} else {
		o.Tier, o.Measure, o.Unit = "", strings.TrimSpace(g.measure.Text()), strings.TrimSpace(g.unit.Text())
		if o.Current, err = typedNumber("measure", g.current.Text()); err != nil {
			return o, err
		}
		if g.before.ID == "" || g.before.Counted != "" {
			o.Begin = o.Current
		}
		if o.ID == "" || o.Current != g.before.Current {
			o.On = g.f.now.Format(time.DateOnly)
		}
		if o.Measure == "" {
			o.On = ""
		}
	}
	o.By, err = g.f.date("by", g.by)
	return o, err
}

// editGoal asks for an objective of the team, new or changed.
func (p *training) editGoal(before data.TeamObjective) {
	w := p.w
	bridge.Load(w.bg, &w.goSlot, func(ctx context.Context) (data.TeamFigures, error) { return w.db.TeamFigures(ctx, w.now()) }, func(figures data.TeamFigures, err error) {
		if err != nil {
			w.fail(err)
			return
		}
		f := newPartForm(w, partWorld{})
		title, verb := "Edit this objective", "Save"
		if before.ID == "" {
			title, verb, before.Owner = "New objective of the team", "Add objective", p.answer.me
		}
		g := newTeamGoalForm(w, f, before, figures, p.answer.in.Currency, true)
		askKept(w, f, "target", title, verb, g.read, func(o data.TeamObjective) string { return "Objective of the team kept: " + said(o.What) }, (*store.Tx).PutTeamObjective)
	})
}

// editBarrier asks for what stands in our own way, new or changed.
func (p *training) editBarrier(before data.Barrier) {
	f := newPartForm(p.w, partWorld{})
	read := barrierLines(f, before)
	askPart(p.w, f, "triangle-alert", "barrier", before, read, func(b data.Barrier) string { return said(b.What) })
}

// barrierLines adds the questions of a barrier to a form.
func barrierLines(f partForm, before data.Barrier) (read func() (data.Barrier, error)) {
	what := f.line("What", "Service does not see what design promised", before.What)
	meets := f.line("What we do", "Promises are written down while the call lasts", before.Meets)
	owner := f.line("Who of us", "who clears it", before.Owner)
	by := f.line("By when", "end of the month, in 6 weeks", shownDate(before.By, f.now))
	return func() (b data.Barrier, err error) {
		b = before
		b.What, b.Meets, b.Owner = strings.TrimSpace(what.Text()), strings.TrimSpace(meets.Text()), strings.TrimSpace(owner.Text())
		if b.On == "" {
			b.On = f.now.Format(time.DateOnly)
		}
		b.By, err = f.date("by", by)
		return b, err
	}
}

var readyChoices = append([]data.ReadyLevel{""}, data.ReadyLevels...)

// judge asks for a judgement of whether the team is ready.
func (p *training) judge(before data.Readiness) {
	f := newPartForm(p.w, partWorld{})
	why := f.line("Because", "what you see", before.Why)
	level := f.choice("Is it so", slices.Index(readyChoices, before.Level), "Not judged", "Not yet", "In part", "Yes")
	what := f.line("Statement", "what should be true of you", before.What)
	var heading *kit.Segmented
	if before.Heading == "" {
		heading = f.choice("It is about", 0, "Strategy", "Process", "People", "Technology", "Knowledge")
	}
	judge := f.line("Who judges", "one of you", p.answer.me)
	askKept(p.w, f, "circle-check", "Are we ready?", "Keep it", func() (data.Readiness, error) {
		r := before
		if heading != nil {
			r.Heading = data.Headings[heading.On]
		}
		r.What, r.Why, r.Level = strings.TrimSpace(what.Text()), strings.TrimSpace(why.Text()), readyChoices[level.On]
		r.Judge, r.On = strings.TrimSpace(judge.Text()), f.now.Format(time.DateOnly)
		if r.Level == "" {
			r.Judge, r.On, r.Why = "", "", ""
		}
		return r, nil
	}, func(r data.Readiness) string {
		return "Readiness, " + string(r.Heading) + ": " + string(r.Level)
	}, store.PutPart[data.Readiness])
}

// askHours asks how many hours a year the team has.
func (p *training) askHours() {
	f := newPartForm(p.w, partWorld{})
	hours := f.line("Hours a year", "1,450", typedAs(float64(p.answer.in.Capacity.Have/60)))
	p.w.dialog(f.form, "timer", "How many hours do you have for customers?", "Save", func() {
		n, err := typedWhole("hours", hours.Text())
		if err == nil && n <= 0 {
			err = &data.Invalid{Field: "hours", Says: "write how many hours all of you have for customers in a year"}
		}
		if err != nil {
			f.say(err)
			return
		}
		p.w.keep(f.form, "The team has "+data.Counted(n, "hour", "hours")+" a year", func(tx *store.Tx) error { return tx.PutTeamHours(n) }, nil)
	})
}

// finishReview says that the plan was reviewed; the date of the next review can be
// changed.
func (p *training) finishReview() {
	next := p.answer.page.Plan.ReviewedOn(p.answer.me, p.w.now()).Next
	f := newPartForm(p.w, partWorld{})
	day := f.line("Next review", "in 13 weeks", shownDate(next, f.now))
	p.w.dialog(f.form, "list-checks", "Reviewed", "Set the day", func() {
		on, err := f.date("next", day)
		if err == nil && on == "" {
			err = &data.Invalid{Field: "next", Says: "say when it is looked at next, like in 13 weeks"}
		}
		if err != nil {
			f.say(err)
			return
		}
		now := p.w.now()
		p.w.keep(f.form, "Plan of the team reviewed, next on "+on, func(tx *store.Tx) error {
			_, err := tx.ChangeTeamPlan(func(t *data.TeamPlan) {
				*t = t.ReviewedOn(p.answer.me, now)
				t.Next = on
			})
			return err
		}, nil)
	})
}
