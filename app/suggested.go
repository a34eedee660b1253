package app

import (
	"context"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/nurture"
	"rapport/data/store"
)

// doSuggested does what a suggestion asks for: its mail is begun in the panel, or its
// step is put into the plan, for the person at this laptop.
func (w *window) doSuggested(s nurture.Suggestion, user string) {
	if s.Way != nurture.Step {
		w.writeSuggested(s)
		return
	}
	now := w.now()
	w.write("Step: "+s.Words, func(tx *store.Tx) error {
		step, err := store.PutPart(tx, nurture.MakeStep(s, user, now))
		if err != nil {
			return err
		}
		a := nurture.Said(s, data.NurtureStep, now)
		a.Step = step.ID
		return tx.AnswerNurture(a)
	}, nil)
}

// suggestedAnswers are the other answers to a suggestion.
func (w *window) suggestedAnswers(s nurture.Suggestion) []command {
	say := func(label string, a data.NurtureAnswer) func() {
		return func() { w.write(label, func(tx *store.Tx) error { return tx.AnswerNurture(a) }, nil) }
	}
	now := w.now()
	return []command{
		{name: "Not now, again in two weeks", do: say("Later: "+s.Words, nurture.NotNow(s, "", now))},
		{name: "I did it", do: say("Done: "+s.Words, nurture.Said(s, data.NurtureDone, now))},
		{name: "Never for " + s.Contact.Name, do: say("No suggestions for "+s.Contact.Name+" any more", nurture.Said(s, data.NurtureNever, now))},
	}
}

// writeSuggested opens the panel for the mail of a suggestion, or the one that was
// begun for it before. Once it leaves, the suggestion is answered.
func (w *window) writeSuggested(s nurture.Suggestion) {
	now := w.now()
	w.beginDraft(func(ctx context.Context) (c composeStart, err error) {
		l, err := w.db.NurtureLetter(ctx, s, "", now)
		if err != nil {
			return c, err
		}
		if c.answer, err = w.db.Answer(ctx, data.MessageRow{}, ""); err != nil {
			return c, err
		}
		c.draft = l.Draft.Tidy()
		c.draft.ID = "nurture-" + s.ID
		c.along = func(tx *store.Tx) error {
			a := nurture.Said(s, data.NurtureDrafted, now)
			a.Draft = c.draft.ID
			return tx.AnswerNurture(a)
		}
		return c, w.askDraft(ctx, &c, func(d data.Draft) bool { return d.ID == c.draft.ID })
	})
}

// suggestedRow is a suggestion with its reason and its answers.
type suggestedRow struct {
	framed
	suggestion nurture.Suggestion
	icon       *kit.Icon
	words      *kit.Text
	why        *kit.Text
	do         *kit.Button
}

func newSuggestedRow(side float32, do func(nurture.Suggestion), later func(nurture.Suggestion, fyne.Position)) *suggestedRow {
	r := &suggestedRow{}
	r.lay(side, do, later)
	r.ExtendBaseWidget(r)
	return r
}

// lay makes the parts of the row.
func (r *suggestedRow) lay(side float32, do func(nurture.Suggestion), later func(nurture.Suggestion, fyne.Position)) {
	r.icon, r.words, r.why = kit.NewIcon("sprout", 16, kit.Accent), kit.NewText(kit.BodyBold, "").Bending(), kit.NewText(kit.Small, "").In(kit.Ink2).Bending()
	r.do = kit.NewSmallButton(kit.Plain, "", func() { do(r.suggestion) })
	var put *kit.Button
	put = kit.NewSmallButton(kit.Ghost, "Later", func() { later(r.suggestion, under(put)) })
	line := kit.NewColumns(10, []kit.Col{kit.Fixed(16), kit.Flex(1), kit.Fit(), kit.Fit()}, r.icon, kit.NewStack(0, r.words, r.why), put, r.do)
	r.body = underlined(side, line)
}

func (r *suggestedRow) show(s nurture.Suggestion, why string) {
	r.suggestion = s
	r.words.Set(s.Words)
	r.why.Set(why)
	r.do.SetText(map[bool]string{true: "Add a step", false: "Draft"}[s.Way == nurture.Step])
}
