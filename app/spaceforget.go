package app

import (
	"context"

	"fyne.io/fyne/v2"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
)

// mayForget says whether the space in view can go from this laptop: we left it, were
// never let in, or this laptop was withdrawn.
func (p *spaces) mayForget() bool {
	_, withdrawn := p.answer.in.Withdrawn()
	e := p.shown()
	return p.w.canShare() && e.Space.ID != "" && (withdrawn || e.Self().Role == "")
}

// forgetLink offers to forget a space under what stands of it; nil where that cannot be.
func (p *spaces) forgetLink() fyne.CanvasObject {
	if !p.mayForget() {
		return nil
	}
	return kit.NewPad(6, 0, 4, 0, kit.NewRow(0, kit.NewSmallButton(kit.Plain, "Forget this space…", p.askForget)))
}

// askForget asks what becomes of what the space holds, and forgets it after a yes.
func (p *spaces) askForget() {
	if !p.mayForget() || p.w.frozen() {
		return
	}
	e, f := p.shown(), newForm(p.w.bg)
	keeps := []bool{true, false}
	notes := []string{
		"Accounts, people, plans and promises stay as they are now, and are yours alone. The others do not see what you write to them.",
		"Accounts, people, plans and promises go from this laptop. What you brought in yourself is again as it was then. Your mail stays.",
	}
	note := kit.NewParagraph(kit.Small, kit.Ink2, notes[0])
	what := kit.NewSegmented([]string{"Stays, as mine", "Goes too"}, 0, func(on int) { note.Set(kit.Span{Text: notes[on], Role: kit.Small, Tint: kit.Ink2}) })
	f.rows = append(f.rows, kit.NewParagraph(kit.Body, kit.Ink, "Its history, its members and its keys go from this laptop. Nobody is told, and it cannot be undone."))
	f.add("What you have", kit.NewRow(0, what))
	f.rows = append(f.rows, besideLabel(note))
	yes := kit.NewButton(kit.Primary, "Forget it", func() { p.forget(f, e.Space, keeps[what.On]) })
	p.w.askOf(f, "unlink", "Forget "+e.Space.Name, kit.NewButton(kit.Plain, "Cancel", p.w.dismiss), yes)
}

// forget does it off the window's goroutine; what goes wrong is said in the form.
func (p *spaces) forget(f *form, s data.Space, keep bool) {
	w := p.w
	f.waiting("Forgetting " + s.Name)
	bridge.Load(w.bg, &f.slot, func(ctx context.Context) (int, error) { return w.sharer.Forget(ctx, s.ID, keep) }, func(things int, err error) {
		if err != nil {
			f.say(err)
			return
		}
		w.dismiss()
		p.chosen = ""
		w.reload()
		said := s.Name + " is forgotten"
		if keep && things > 0 {
			said += "; " + data.Counted(things, "thing stays", "things stay") + " as yours alone"
		}
		w.say(said)
	})
}
