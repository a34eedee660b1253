package app

import (
	"context"

	"fyne.io/fyne/v2"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
)

// trashName is what the trash is called wherever it is offered.
const trashName = "Recently deleted"

// trash is the floating list of what was deleted in the last 90 days, here and by
// others, and can be brought back.
type trash struct {
	w        *window
	deleted  []data.Trashed
	accounts map[string]string // names by Account.ID
	list     *kit.List
}

func (w *window) trashCommand() command {
	return command{name: trashName, words: "trash bin restore undelete bring back gone", icon: "undo-2", menu: menuEdit, do: w.openTrash}
}

// openTrash shows the trash over the page.
func (w *window) openTrash() {
	now := w.now()
	bridge.Load(w.bg, &w.goSlot, func(ctx context.Context) (v trash, err error) {
		if v.deleted, err = w.db.Trash(ctx, now); err != nil {
			return v, err
		}
		accounts, err := w.db.Accounts(ctx)
		v.accounts = make(map[string]string, len(accounts))
		for _, a := range accounts {
			v.accounts[a.ID] = a.Name
		}
		return v, err
	}, func(v trash, err error) {
		switch {
		case err != nil:
			w.fail(err)
		case len(v.deleted) == 0:
			w.say("Nothing was deleted in the last 90 days")
		default:
			v.w = w
			v.pop()
		}
	})
}

func (v *trash) pop() {
	v.list = kit.NewList()
	l := v.list
	l.Count = func() int { return len(v.deleted) }
	l.Height = func(int) float32 { return kit.Scaled(48) }
	l.Create = func(kit.RowKind) fyne.CanvasObject { return newTrashLine() }
	l.Update = func(row int, o fyne.CanvasObject, _ bool) { o.(*trashLine).set(v, v.deleted[row]) }
	l.Inset = 6
	l.OnOpen, l.OnRune = func(int) { v.restore() }, v.typed
	body := kit.NewStack(8, kit.NewText(kit.Body, "What was deleted in the last 90 days, the latest first").In(kit.Ink2).Bending(), kit.NewHairline(), tall(newsHigh, l))
	restore := kit.NewButton(kit.Primary, "Bring back", v.restore).WithKey("Enter")
	v.w.pop(kit.NewOverlay(composeWidth, kit.NewDialog("undo-2", kit.Ours, trashName, body, "It comes back on every laptop; undo takes it away again",
		kit.NewButton(kit.Plain, "Close", v.w.dismiss).WithKey("Esc"), restore)), l)
	l.Reload()
	l.Select(0)
}

// typed hears the keys of the list.
func (v *trash) typed(r rune) bool {
	switch r {
	case 'h', 'H':
		if i := v.list.Current(); i >= 0 {
			v.w.dismiss()
			v.w.openHistory(v.deleted[i].ThingRef, "")
		}
	default:
		return stepped(v.list, r)
	}
	return true
}

// restore brings back the thing of the row.
func (v *trash) restore() {
	i := v.list.Current()
	if i < 0 || v.w.frozen() {
		return
	}
	t := v.deleted[i]
	v.w.dismiss()
	v.w.write("Brought back: "+said(t.Title), func(tx *store.Tx) error { return tx.BringBack(t.ThingRef) }, nil)
}

// trashLine is one thing that was deleted.
type trashLine struct {
	framed
	title, what *kit.Line
}

func newTrashLine() *trashLine {
	l := &trashLine{title: kit.NewLine().Bending(), what: kit.NewLine().Bending()}
	l.body = kit.NewPad(6, 16, 6, 16, kit.NewStack(1, l.title, l.what))
	l.ExtendBaseWidget(l)
	return l
}

func (l *trashLine) set(v *trash, t data.Trashed) {
	l.title.Set(kit.Span{Text: data.Titled(t.Kind, t.Title)})
	what := upperFirst(data.ThingWord(t.Kind))
	if t.Kind != data.KindAccount {
		what = joinDots(what, v.accounts[t.Account])
	}
	who := t.Who()
	if t.Mine {
		who = lowerFirst(who) // "You"
	}
	l.what.Set(kit.Span{Text: what, Role: kit.SmallBold, Tint: kit.Ink2},
		kit.Span{Text: "deleted by " + who + ", " + lowerFirst(data.DayAndClock(t.At, v.w.now())), Role: kit.Small, Tint: kit.Ink3, Gap: 6})
	l.body.Refresh()
}
