package app

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
)

// heeding does something that touches contacts, by Contact.ID, after the person
// was told which wishes it goes against. Where it goes against none, do is called
// at once; else the person decides: "do it anyway" calls do with what remembers
// the breaches in the same write, "do not" changes nothing and calls back.
func (w *window) heeding(s *bridge.Slot, t data.PlannedTouch, contacts []string, anyway string, do func(breached), back func()) {
	bridge.Load(w.bg, s, func(ctx context.Context) ([]data.Warning, error) { return w.against(ctx, t, contacts) },
		func(list []data.Warning, err error) {
			switch {
			case err != nil:
				w.fail(err)
			case len(list) == 0:
				do(func(*store.Tx, string) error { return nil })
			default:
				w.askBreach(list, anyway, do, back)
			}
		})
}

// breached remembers, in the write of a touch, which wishes it went against;
// interaction is the touch, "" where it has not happened yet.
type breached func(tx *store.Tx, interaction string) error

// against are the wishes of contacts that a touch would go against.
func (w *window) against(ctx context.Context, t data.PlannedTouch, contacts []string) ([]data.Warning, error) {
	wishes, err := w.db.Wishes(ctx, contacts, t.At)
	if err != nil {
		return nil, err
	}
	return data.Against(t, wishes), nil
}

// askBreach says which wishes something goes against and asks whether to do it
// all the same, and why.
func (w *window) askBreach(list []data.Warning, anyway string, do func(breached), back func()) {
	f := newPartForm(w, partWorld{})
	f.rows = append(f.rows, kit.NewInfoBox(kit.Caution, "triangle-alert", data.AgainstWords(list)+"."))
	why := f.line("Why all the same", "he asked for it himself this time", "")
	var o *kit.Overlay
	decided := false
	goOn := func() {
		reason := strings.TrimSpace(why.Text())
		if reason == "" {
			f.say(&data.Invalid{Field: "why", Says: "say why, so that the others know; or leave it be"})
			return
		}
		decided = true
		o.Close()
		do(w.remembering(list, reason))
	}
	no := kit.NewButton(kit.Plain, "Do not", func() { o.Close() }).WithKey("Esc")
	yes := kit.NewButton(kit.Primary, anyway, goOn).WithKey("Enter")
	o = kit.NewOverlay(kit.DialogWidth, kit.NewDialog("triangle-alert", kit.Caution, "This goes against a wish", f.body(), "It is remembered on their page", no, yes))
	f.changed = o.Relayout
	why.OnSubmit = func(string) { goOn() }
	o.OnClose = func() {
		if !decided && back != nil {
			back()
		}
	}
	w.pop(o, why.Focusable())
}

// remembering is the write that keeps the breaches.
func (w *window) remembering(list []data.Warning, why string) breached {
	on := w.now()
	return func(tx *store.Tx, interaction string) error {
		return tx.PutBreaches(data.BreachesOf(list, on, "", why, interaction))
	}
}

// warning is a line about what a touch would go against, for what floats.
func warning(list []data.Warning) fyne.CanvasObject {
	return kit.NewPad(12, 0, 0, 0, kit.NewInfoBox(kit.Caution, "triangle-alert", data.AgainstWords(list)+"."))
}
