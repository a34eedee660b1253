package app

import (
	"context"

	"fyne.io/fyne/v2"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
)

// pastName is what the log of exchanges is called wherever it is offered.
const pastName = "Past exchanges"

// wayIcons are the icons of how a space was exchanged.
var wayIcons = map[string]string{data.ByFolder: "folder-sync", data.ByHub: "network", data.ByBundle: "package-open"}

// pastLink leads from the facts about a space to its past exchanges.
func (p *spaces) pastLink() fyne.CanvasObject {
	return kit.NewPad(10, 0, 4, 0, kit.NewRow(0, kit.NewSmallButton(kit.Plain, pastName, p.askPast).WithKey("H")))
}

// askPast shows the past exchanges of the space in view.
func (p *spaces) askPast() {
	e := p.shown()
	if e.Space.ID == "" {
		return
	}
	bridge.Load(p.w.bg, &p.w.goSlot, func(ctx context.Context) ([]data.Exchange, error) { return p.w.db.Exchanges(ctx, e.Space.ID) }, func(list []data.Exchange, err error) {
		switch {
		case err != nil:
			p.w.fail(err)
		case p.shown().Space.ID == e.Space.ID && p.w.page() == page(p): // nobody went on
			p.showPast(e.Space, list)
		}
	})
}

// showPast lists past exchanges, the latest first; J and K move.
func (p *spaces) showPast(s data.Space, list []data.Exchange) {
	w, now := p.w, p.w.now()
	l := kit.NewList()
	l.Inset = 6
	l.Count = func() int { return len(list) }
	l.Height = func(int) float32 { return kit.Scaled(50) }
	l.Create = func(kit.RowKind) fyne.CanvasObject { return newPastRow() }
	l.Update = func(row int, o fyne.CanvasObject, _ bool) {
		e := list[row]
		o.(*pastRow).set(e, upperFirst(e.Words()), joinDots(e.When(now)+", "+wayWords[e.Way], e.Why()))
	}
	l.OnRune = func(r rune) bool { return stepped(l, r) }
	rows := fyne.CanvasObject(tall(historyHigh, l))
	if len(list) == 0 {
		rows = kit.NewParagraph(kit.Body, kit.Ink2, "Nothing was exchanged from this laptop yet.")
	}
	shut := kit.NewButton(kit.Plain, "Close", w.dismiss).WithKey("Esc")
	focus := fyne.Focusable(l)
	if len(list) == 0 {
		focus = shut
	}
	w.pop(kit.NewOverlay(composeWidth, kit.NewDialog("history", kit.Ours, pastName+" of "+s.Name, rows, "Those of this laptop; the latest 200 are kept", shut)), focus)
	l.Select(0)
}

// wayWords say how a space was exchanged.
var wayWords = map[string]string{data.ByFolder: "over the folder", data.ByHub: "over the hub", data.ByBundle: "a bundle"}

// pastRow is a past exchange.
type pastRow struct {
	framed
	icon       *kit.Icon
	what, when *kit.Line
}

func newPastRow() *pastRow {
	r := &pastRow{icon: kit.NewIcon("folder-sync", 14, kit.Ink3), what: kit.NewLine().Bending(), when: kit.NewLine().Bending()}
	r.body = twoLines(r.icon, r.what, r.when)
	r.ExtendBaseWidget(r)
	return r
}

func (r *pastRow) set(e data.Exchange, words, when string) {
	icon, tint, ink := wayIcons[e.Way], kit.Ink3, kit.Ink
	if e.Problem != "" {
		icon, tint, ink = "circle-alert", kit.Alert, kit.Alert
	}
	r.icon.Set(icon, tint)
	r.what.Set(kit.Span{Text: words, Role: kit.Body, Tint: ink})
	r.when.Set(kit.Span{Text: when, Role: kit.Small, Tint: kit.Ink2})
	r.body.Refresh()
}
