package app

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
)

// teamWizard asks the few questions with which a team writes its plan. Each answer
// is kept at once, so that it can be left at any time and gone on with.
type teamWizard struct {
	w       *window
	in      data.TeamPlanInput
	figures data.TeamFigures
	me      string
	at      int // index of the question in view
}

// wizardAnswer keeps what was filled in for a question; empty says that nothing was.
type wizardAnswer struct {
	label string
	empty bool
	put   func(*store.Tx) error
}

// askTeamPlan begins with the first question that is open, or goes on there.
func (w *window) askTeamPlan() {
	bridge.Load(w.bg, &w.goSlot, func(ctx context.Context) (z teamWizard, err error) {
		p, err := w.db.TeamPlanProgress(ctx, w.now())
		if err != nil {
			return z, err
		}
		if z.at = p.Next; p.Left == 0 { // everything was asked: from the beginning
			z.at = 0
		}
		return z, z.read(ctx, w)
	}, func(z teamWizard, err error) {
		if err != nil {
			w.fail(err)
			return
		}
		z.w = w
		z.show()
	})
}

// read reads what the questions are filled in with.
func (z *teamWizard) read(ctx context.Context, w *window) (err error) {
	if z.in, err = w.db.TeamPlanInput(ctx, w.now()); err != nil {
		return err
	}
	if z.figures == nil {
		if z.figures, err = w.db.TeamFigures(ctx, w.now()); err != nil {
			return err
		}
	}
	z.me, err = w.db.Setting(ctx, store.SettingUserName)
	return err
}

// show asks the question that it is at.
func (z *teamWizard) show() {
	w, q := z.w, data.TeamQuestions[z.at]
	f := newPartForm(w, partWorld{})
	read := z.question(q.Key, f)
	keep := func() { z.keep(f, q, read) }
	keys := "Enter"
	if f.fields[0].Lines > 1 {
		keys = "Shift Enter"
	}
	buttons := []fyne.CanvasObject{kit.NewButton(kit.Ghost, "Pass over", func() { z.pass(f, q) })}
	if z.at > 0 {
		buttons = append([]fyne.CanvasObject{kit.NewButton(kit.Ghost, "Back", z.back)}, buttons...)
	}
	verb := "Next"
	if z.at == len(data.TeamQuestions)-1 {
		verb = "Finish"
	}
	buttons = append(buttons, kit.NewButton(kit.Primary, verb, keep).WithKey(keys))
	steps := kit.NewColumns(10, []kit.Col{kit.Flex(1), kit.Fit()}, kit.NewProgressBar(float32(z.at)/float32(len(data.TeamQuestions))),
		kit.NewText(kit.Small, fmt.Sprintf("%d of %d", z.at+1, len(data.TeamQuestions))).In(kit.Ink2))
	body := kit.NewStack(12, steps, kit.NewParagraph(kit.Small, kit.Ink2, q.Help), f.body())
	o := kit.NewOverlay(kit.DialogWidth, kit.NewDialog("compass", kit.Ours, q.Ask, body, "Esc stops; it goes on here later", buttons...))
	f.form.changed = o.Relayout
	for _, field := range f.fields {
		field.OnSubmit = func(string) { keep() }
	}
	w.pop(o, f.fields[0].Focusable())
}

// keep keeps the answer and goes on; without one the question is passed over.
func (z *teamWizard) keep(f partForm, q data.TeamQuestion, read func() (wizardAnswer, error)) {
	a, err := read()
	switch {
	case err != nil:
		f.say(err)
	case a.empty:
		z.pass(f, q)
	default:
		z.write(f, a.label, a.put)
	}
}

func (z *teamWizard) pass(f partForm, q data.TeamQuestion) {
	z.write(f, "Passed over: "+lowerFirst(q.Ask), func(tx *store.Tx) error { return tx.PassTeamQuestion(q.Key) })
}

// write writes an answer, reads the plan again and goes on to the next question.
func (z *teamWizard) write(f partForm, label string, put func(*store.Tx) error) {
	w := z.w
	var u store.Undo
	next := *z
	bridge.Act(w.bg, func(ctx context.Context) (err error) {
		if u, err = w.db.Write(ctx, label, put); err != nil {
			return err
		}
		return next.read(ctx, w)
	}, func(err error) {
		if err != nil {
			f.say(err)
			return
		}
		w.did(u)
		next.at++
		if next.at < len(data.TeamQuestions) {
			next.show()
			return
		}
		w.dismiss()
		w.open(teamPlanRoute)
		if next.in.Written() {
			w.say("Your team's plan is written; it is reviewed every 13 weeks")
		}
	})
}

func (z *teamWizard) back() {
	z.at--
	z.show()
}
