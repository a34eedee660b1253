package app

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
)

// historyName is what the history of a thing is called wherever it is offered.
const historyName = "Show who changed this, and restore"

// historied is a page with a thing in view that has a history of its own.
type historied interface {
	// inHand is the thing that the current row is about, zero for none.
	inHand() data.ThingRef
}

// historyCommand shows the history of what the page has in hand.
func (w *window) historyCommand() command {
	hand := func() data.ThingRef {
		if p, ok := w.page().(historied); ok {
			return p.inHand()
		}
		return data.ThingRef{}
	}
	return command{name: historyName, words: "history field versions who when older value restore bring back", icon: "history", key: "Shift H",
		when: func() bool { return hand().ID != "" }, do: func() { w.openHistory(hand(), "") }}
}

// thingHistory is the floating list of what was written of a thing.
type thingHistory struct {
	w      *window
	ref    data.ThingRef
	answer data.ThingHistory
	field  string // only this field; "" for all
	fields []string
	shown  []data.HistoryLine

	list    *kit.List
	only    *kit.Button
	restore *kit.Button
}

// openHistory shows what was written of a thing: of one field, or of all for "".
func (w *window) openHistory(ref data.ThingRef, field string) {
	bridge.Load(w.bg, &w.goSlot, func(ctx context.Context) (data.ThingHistory, error) { return w.db.ThingHistory(ctx, ref.ID) }, func(a data.ThingHistory, err error) {
		if err != nil {
			w.fail(err)
			return
		}
		w.popHistory(ref, field, a)
	})
}

// historyHigh is how high the list of a history is.
const historyHigh = 392

func (w *window) popHistory(ref data.ThingRef, field string, a data.ThingHistory) {
	h := &thingHistory{w: w, ref: ref, field: field, answer: a, list: kit.NewList()}
	for _, l := range a.Lines {
		if l.Field != "" && !slices.Contains(h.fields, l.Field) {
			h.fields = append(h.fields, l.Field)
		}
	}
	h.restore = kit.NewButton(kit.Primary, "Restore this", h.putBack).WithKey("Enter")
	h.only = kit.NewSmallButton(kit.Plain, "", h.nextField).WithKey("F")
	l := h.list
	l.Count = func() int { return len(h.shown) }
	l.Height = func(int) float32 { return kit.Scaled(50) }
	l.Create = func(kit.RowKind) fyne.CanvasObject { return newHistoryRow() }
	l.Update = func(row int, o fyne.CanvasObject, _ bool) { o.(*historyRow).set(h, h.shown[row]) }
	l.Inset = 6
	l.OnMove, l.OnOpen, l.OnRune = func(int) { h.light() }, func(int) { h.putBack() }, h.typed
	head := kit.NewColumns(10, []kit.Col{kit.Flex(1), kit.Fit()}, kit.NewText(kit.Small, upperFirst(data.ThingWord(a.Kind))+", the newest first").In(kit.Ink2).Bending(), h.only)
	body := kit.NewStack(8, head, kit.NewHairline(), tall(historyHigh, l))
	h.draw()
	w.pop(kit.NewOverlay(composeWidth, kit.NewDialog("history", kit.Ours, "History of "+a.Called(), body, "A restored value is an edit; undo takes it back",
		kit.NewButton(kit.Plain, "Close", w.dismiss).WithKey("Esc"), h.restore)), l)
	l.Select(0)
}

// typed hears F, R and the keys that move the row.
func (h *thingHistory) typed(r rune) bool {
	switch r {
	case 'f', 'F':
		h.nextField()
	case 'r', 'R':
		h.putBack()
	default:
		return stepped(h.list, r)
	}
	return true
}

// nextField narrows the list to the next field, and after the last shows all.
func (h *thingHistory) nextField() {
	at := slices.Index(h.fields, h.field) + 1
	h.field = ""
	if at < len(h.fields) {
		h.field = h.fields[at]
	}
	h.draw()
	h.list.Select(0)
	h.w.focus(h.list)
}

func (h *thingHistory) draw() {
	h.shown = nil
	for _, l := range h.answer.Lines {
		if h.field == "" || l.Field == h.field || l.Field == "" {
			h.shown = append(h.shown, l)
		}
	}
	words := "All fields"
	if h.field != "" {
		words = h.answer.What(data.HistoryLine{Field: h.field})
	}
	h.only.SetText(words)
	h.list.Reload()
	h.light()
}

// current is the line that is chosen; zero for none.
func (h *thingHistory) current() data.HistoryLine {
	if i := h.list.Current(); i >= 0 && i < len(h.shown) {
		return h.shown[i]
	}
	return data.HistoryLine{}
}

// light offers restoring where there is something to restore.
func (h *thingHistory) light() {
	h.restore.Hidden = !h.current().MayRestore()
	h.restore.Refresh()
}

// putBack writes the value of the chosen line again.
func (h *thingHistory) putBack() {
	l, w := h.current(), h.w
	if !l.MayRestore() || w.frozen() {
		return
	}
	w.dismiss()
	w.write(h.answer.What(l)+" of "+h.answer.Called()+" is "+h.answer.Value(l, w.now())+" again", func(tx *store.Tx) error { return tx.Restore(h.ref, l.Field, l.To) }, nil)
}

// historyRow is one line of a history.
type historyRow struct {
	framed
	icon        *kit.Icon
	what, where *kit.Line
}

func newHistoryRow() *historyRow {
	r := &historyRow{icon: kit.NewIcon("pen-line", 14, kit.Ink3), what: kit.NewLine().Bending(), where: kit.NewLine().Bending()}
	r.body = twoLines(r.icon, r.what, r.where)
	r.ExtendBaseWidget(r)
	return r
}

// twoLines lays two lines of a list in a dialog beside their icon.
func twoLines(icon *kit.Icon, what, below *kit.Line) fyne.CanvasObject {
	return kit.NewPad(7, 10, 7, 10, kit.NewColumns(10, []kit.Col{kit.Fixed(14).AtTop(), kit.Flex(1)}, kit.NewPad(2, 0, 0, 0, icon), kit.NewStack(1, what, below)))
}

// historyLooks are the icon and colour of a deed.
var historyLooks = map[data.Deed]struct {
	icon string
	tint fyne.ThemeColorName
}{data.DeedWrote: {"pen-line", kit.Ink3}, data.DeedDeleted: {"x", kit.Alert}, data.DeedKept: {"undo-2", kit.Accent}, data.DeedErased: {"eye-off", kit.Alert}}

func (r *historyRow) set(h *thingHistory, l data.HistoryLine) {
	now := h.w.now()
	look := historyLooks[l.Deed]
	r.icon.Set(look.icon, look.tint)
	r.what.Set(kit.Span{Text: h.answer.What(l), Role: kit.BodyBold}, kit.Span{Text: h.answer.Words(l, now), Gap: 7})
	spans := []kit.Span{{Text: l.Who(), Role: kit.SmallBold, Tint: kit.Ink2}, {Text: l.Where(now), Role: kit.Small, Tint: kit.Ink2, Gap: 6}}
	switch {
	case l.KeptOut != "":
		spans = append(spans, kit.Span{Text: "kept out: " + l.KeptOut, Role: kit.Small, Tint: kit.Alert, Gap: 8})
	case l.Shown && l.Deed == data.DeedWrote:
		spans = append(spans, kit.Span{Icon: "check", Tint: kit.Accent, Gap: 8}, kit.Span{Text: "holds now", Role: kit.Small, Tint: kit.Accent, Gap: 4})
	}
	r.where.Set(spans...)
	r.body.Refresh()
}

// stepped moves the current row of a floating list with J and K, and says whether
// the key was one of them.
func stepped(l *kit.List, key rune) bool {
	switch key {
	case 'j', 'J':
		l.Next(1)
	case 'k', 'K':
		l.Next(-1)
	default:
		return false
	}
	return true
}
