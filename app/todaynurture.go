package app

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/nurture"
	"rapport/data/store"
)

// nurtureShown is how many suggestions the first page shows.
const nurtureShown = 4

// elsewhere are triggers that other sections of the first page show already: who
// waits, with whom it is quiet, and kind words.
var elsewhere = []nurture.Trigger{nurture.Question, nurture.Quiet, nurture.Birthday}

// nurtureItems are what would do a relationship good now, with its reason.
func (p *today) nurtureItems() (items []todayItem) {
	var list []nurture.Suggestion
	for _, s := range nurture.Due(p.suggested, p.in.Now) {
		if !slices.Contains(elsewhere, s.Trigger) {
			list = append(list, s)
		}
	}
	for _, s := range list[:min(len(list), nurtureShown)] {
		if items == nil {
			items = []todayItem{gap(18), {kind: todayHead, words: "Worth doing", count: countOf(len(list)), note: "nothing is sent by itself"}}
		}
		items = append(items, todayItem{kind: todayNurture, key: s.ID, suggestion: s})
	}
	return items
}

// nurture does what a suggestion asks for: its mail is begun in the panel, or its
// step is put into the plan.
func (p *today) nurture(s nurture.Suggestion) {
	if s.Way == nurture.Step {
		p.makeStep(s)
		return
	}
	p.w.writeSuggested(s)
}

func (p *today) makeStep(s nurture.Suggestion) {
	now, user := p.w.now(), p.in.User
	p.w.write("Step: "+s.Words, func(tx *store.Tx) error {
		step, err := store.PutPart(tx, nurture.MakeStep(s, user, now))
		if err != nil {
			return err
		}
		a := nurture.Said(s, data.NurtureStep, now)
		a.Step = step.ID
		return tx.AnswerNurture(a)
	}, nil)
}

// nurtureMenu offers the other answers to a suggestion.
func (p *today) nurtureMenu(s nurture.Suggestion, at fyne.Position) {
	say := func(label string, a data.NurtureAnswer) func() {
		return func() { p.w.write(label, func(tx *store.Tx) error { return tx.AnswerNurture(a) }, nil) }
	}
	now := p.w.now()
	p.w.menuAt(at,
		command{name: "Not now, again in two weeks", do: say("Later: "+s.Words, nurture.NotNow(s, "", now))},
		command{name: "I did it", do: say("Done: "+s.Words, nurture.Said(s, data.NurtureDone, now))},
		command{name: "Never for " + s.Contact.Name, do: say("No suggestions for "+s.Contact.Name+" any more", nurture.Said(s, data.NurtureNever, now))},
	)
}

// onNurture is the suggestion of the current row.
func (p *today) onNurture() (nurture.Suggestion, bool) {
	i, ok := p.here().current()
	return i.suggestion, ok && i.kind == todayNurture
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

// todayNurtureRow is a suggestion with its reason and its answers.
type todayNurtureRow struct {
	framed
	suggestion nurture.Suggestion
	icon       *kit.Icon
	words      *kit.Text
	why        *kit.Text
	do         *kit.Button
}

func newTodayNurtureRow(p *today) *todayNurtureRow {
	r := &todayNurtureRow{icon: kit.NewIcon("sprout", 16, kit.Accent), words: kit.NewText(kit.BodyBold, "").Bending(), why: kit.NewText(kit.Small, "").In(kit.Ink2).Bending()}
	r.do = kit.NewSmallButton(kit.Plain, "", func() { p.nurture(r.suggestion) })
	var later *kit.Button
	later = kit.NewSmallButton(kit.Ghost, "Later", func() {
		p.nurtureMenu(r.suggestion, under(later))
	})
	line := kit.NewColumns(10, []kit.Col{kit.Fixed(16), kit.Flex(1), kit.Fit(), kit.Fit()}, r.icon, kit.NewStack(0, r.words, r.why), later, r.do)
	r.body = underlined(mainSide, line)
	r.ExtendBaseWidget(r)
	return r
}

func (r *todayNurtureRow) set(i todayItem, _ bool) {
	r.suggestion = i.suggestion
	r.words.Set(i.suggestion.Words)
	r.why.Set(i.suggestion.Account.Name + " · " + i.suggestion.Because.Words)
	r.do.SetText(map[bool]string{true: "Add a step", false: "Draft"}[i.suggestion.Way == nurture.Step])
}
