package app

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
)

// mayLetIn says whether something was kept out of the space in view that whoever sits
// here may let in.
func (p *spaces) mayLetIn() bool { return p.mayInvite() && len(p.answer.in.KeptOut) > 0 }

// keptLink leads from the facts about a space to what was kept out of it; nil where
// there is nothing, or nothing to be done about it.
func (p *spaces) keptLink() fyne.CanvasObject {
	if !p.mayLetIn() {
		return nil
	}
	return kit.NewPad(10, 0, 4, 0, kit.NewRow(0, kit.NewSmallButton(kit.Plain, "Look at what was kept out", p.askKept).WithKey("L")))
}

// keptListed is how many changes of one author are told before they are let in.
const keptListed = 20

// askKept gathers what was kept out of the space in view, and shows it.
func (p *spaces) askKept() {
	if !p.mayLetIn() || p.w.frozen() {
		return
	}
	e, f := p.shown(), newForm(p.w.bg)
	bridge.Load(p.w.bg, &f.slot, func(ctx context.Context) ([]data.KeptChange, error) { return p.w.sharer.KeptOut(ctx, e.Space.ID) }, func(list []data.KeptChange, err error) {
		switch {
		case err != nil:
			p.w.fail(err)
		case p.shown().Space.ID != e.Space.ID || p.w.page() != page(p):
			return // somebody went on
		case len(list) == 0:
			p.w.say("Nothing is kept out of " + e.Space.Name)
			p.w.reload()
		default:
			p.showKept(f, e, list)
		}
	})
}

// showKept tells what was kept out, by author, each with what lets it in. The keyboard
// is on what does nothing.
func (p *spaces) showKept(f *form, e data.SpaceEntry, list []data.KeptChange) {
	rows := []fyne.CanvasObject{kit.NewParagraph(kit.Small, kit.Ink2, "It touches nothing on any laptop. What you let in holds on all of them from then on, as if its author had been allowed to write it.")}
	for _, of := range data.KeptByAuthor(list) {
		rows = append(rows, kit.NewSpace(12), p.keptHead(f, e, of))
		for _, k := range of[:min(len(of), keptListed)] {
			rows = append(rows, kit.NewPad(6, 0, 6, 0, kit.NewStack(1, kit.NewParagraph(kit.Body, kit.Ink, upperFirst(k.Words(p.w.now()))),
				kit.NewText(kit.Small, upperFirst(k.WhyWords())+", "+whenRead(k.At, p.w.now())).In(kit.Ink2).Bending())), kit.NewHairline())
		}
		if n := len(of) - keptListed; n > 0 {
			rows = append(rows, kit.NewSpace(6), kit.NewText(kit.Small, "and "+data.Counted(n, "other", "others")+"; rapport space accept lists them all").In(kit.Ink2).Bending())
		}
	}
	f.rows = []fyne.CanvasObject{kit.NewStack(0, rows...)}
	leave := kit.NewButton(kit.Plain, "Leave it out", p.w.dismiss)
	o := kit.NewOverlay(kit.DialogWidth, kit.NewDialog("circle-alert", kit.Ours, "Kept out of "+e.Space.Name, f.body(), "", leave))
	f.changed = o.Relayout
	p.w.pop(o, leave)
}

// keptHead is the line over one author's changes, with what lets all of them in.
func (p *spaces) keptHead(f *form, e data.SpaceEntry, of []data.KeptChange) fyne.CanvasObject {
	of = slices.Clone(of)
	count := data.Counted(len(of), "change", "changes")
	in := kit.NewSmallButton(kit.Plain, "Let in", func() {
		p.w.changeMembers(f, e.Space, count+" by "+of[0].Who()+" let into "+e.Space.Name, func(ctx context.Context) error {
			_, err := p.w.sharer.Accept(ctx, e.Space.ID, of)
			return err
		})
	})
	return kit.NewColumns(10, []kit.Col{kit.Flex(1), kit.Fit()}, kit.NewText(kit.BodyBold, upperFirst(count+" by "+of[0].Who())).Bending(), in)
}
