package app

import (
	"context"

	"fyne.io/fyne/v2"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
)

// rehearseName is what rehearsing is called wherever it is offered.
const rehearseName = "Rehearse this meeting"

// rehearsal is the floating cards before a meeting: a question, its answer when it
// is asked for, and how well it was known. It asks nobody outside.
type rehearsal struct {
	w       *window
	round   *data.RehearsalRound
	shown   bool // the answer of the card
	overlay *kit.Overlay
	keys    *heardKeys
	body    *kit.Stack
}

// rehearse asks the cards of a meeting, an Occurrence.ID.
func (w *window) rehearse(meeting string) {
	now := w.now()
	type asked struct {
		title string
		cards []data.Card
	}
	bridge.Load(w.bg, &w.goSlot, func(ctx context.Context) (a asked, err error) {
		in, err := w.db.BriefInput(ctx, meeting, now)
		if err != nil {
			return a, err
		}
		states, err := store.Parts[data.Rehearsal](ctx, w.db, store.PartQuery{})
		a.title, a.cards = data.TitleOf(data.Interaction{Kind: data.Meet, Subject: in.Meeting.Summary}), data.RehearsalCards(in, states)
		return a, err
	}, func(a asked, err error) {
		switch {
		case err != nil:
			w.fail(err)
		case len(a.cards) == 0:
			w.say("Nothing is to be rehearsed for this meeting: you know it, or nobody wrote it down")
		default:
			(&rehearsal{w: w, round: data.NewRehearsalRound(a.cards)}).pop(a.title)
		}
	})
}

func (r *rehearsal) pop(title string) {
	r.body = kit.NewStack(0)
	r.keys = newHeardKeys(kit.NewDialog("brain", kit.Ours, "Rehearse: "+title, r.body, "How well you know it stays on this laptop"))
	r.keys.onRune, r.keys.onKey = r.typed, r.pressed
	r.overlay = kit.NewOverlay(kit.DialogWidth, r.keys)
	r.draw()
	r.w.pop(r.overlay, r.keys)
	r.overlay.Relayout() // by the width that it has now
}

// draw shows the card that is asked, or how it went.
func (r *rehearsal) draw() {
	items := []fyne.CanvasObject{kit.NewText(kit.Small, r.round.Progress()).In(kit.Ink2).Bending(), kit.NewSpace(6), kit.NewProgressBar(float32(r.round.Done())), kit.NewSpace(18)}
	c, asks := r.round.Card()
	switch {
	case !asks:
		items = append(items, kit.NewParagraph(kit.Title, kit.Ink, "Done"), kit.NewSpace(8), kit.NewParagraph(kit.Body, kit.Ink2, r.round.Outcome(r.w.now())+"."), kit.NewSpace(18),
			kit.NewRow(8, kit.NewButton(kit.Primary, "Close", r.w.dismiss).WithKey("Enter")))
	case r.shown:
		items = append(items, kit.NewParagraph(kit.Title, kit.Ink, c.Question), kit.NewSpace(14), kit.NewHairline(), kit.NewSpace(14), kit.NewParagraph(kit.Heading, kit.Ink, c.Answer), kit.NewSpace(20), r.answers())
	default:
		items = append(items, kit.NewParagraph(kit.Title, kit.Ink, c.Question), kit.NewSpace(14), kit.NewHairline(), kit.NewSpace(14),
			kit.NewParagraph(kit.Body, kit.Ink3, "Say it to yourself first."), kit.NewSpace(20), kit.NewRow(8, kit.NewButton(kit.Primary, "Show the answer", r.reveal).WithKey("Space")))
	}
	r.body.Set(items...)
	r.overlay.Relayout()
}

// answers are the four, each with its key.
func (r *rehearsal) answers() fyne.CanvasObject {
	var buttons []fyne.CanvasObject
	for i, a := range data.RehearsalAnswers {
		buttons = append(buttons, kit.NewButton(kit.Plain, a.Words, func() { r.answer(i) }).WithKey(string(rune('1'+i))))
	}
	return kit.NewRow(8, buttons...)
}

func (r *rehearsal) reveal() {
	if _, asks := r.round.Card(); asks && !r.shown {
		r.shown = true
		r.draw()
		r.w.focus(r.keys)
	}
}

// answer keeps how well the card was known, and asks the next.
func (r *rehearsal) answer(i int) {
	c, asks := r.round.Card()
	if !asks || !r.shown || i < 0 || i >= len(data.RehearsalAnswers) || r.w.frozen() {
		return
	}
	r.shown = false
	if keep := r.round.Answer(i, r.w.now()); keep.ID != "" {
		r.w.write("Rehearsed: "+said(c.Question), func(tx *store.Tx) error {
			_, err := store.PutPart(tx, keep)
			return err
		}, nil)
	}
	r.draw()
	r.w.focus(r.keys)
}

func (r *rehearsal) typed(c rune) { r.answer(int(c - '1')) }

func (r *rehearsal) pressed(key fyne.KeyName) {
	_, asks := r.round.Card()
	switch {
	case key == fyne.KeyEscape, !asks && (key == fyne.KeyReturn || key == fyne.KeyEnter || key == fyne.KeySpace):
		r.w.dismiss()
	case key == fyne.KeySpace, key == fyne.KeyReturn, key == fyne.KeyEnter:
		r.reveal()
	}
}

// heardKeys is what floats and hears every key itself.
type heardKeys struct {
	framed
	onRune func(rune)
	onKey  func(fyne.KeyName)
}

func newHeardKeys(body fyne.CanvasObject) *heardKeys {
	k := &heardKeys{framed: framed{body: body}}
	k.ExtendBaseWidget(k)
	return k
}

// FocusGained and FocusLost change nothing that is seen: what floats is all there
// is to press.
func (k *heardKeys) FocusGained() {}

// FocusLost is FocusGained's partner.
func (k *heardKeys) FocusLost() {}

// TypedRune hears a letter or digit.
func (k *heardKeys) TypedRune(r rune) { k.onRune(r) }

// TypedKey hears a key that writes nothing.
func (k *heardKeys) TypedKey(e *fyne.KeyEvent) { k.onKey(e.Name) }
