package app

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
)

// planReword is a line of the plan whose words are written anew where they stand.
// What was typed is kept with Enter, with an arrow to the line above or below, and
// by going elsewhere; Escape leaves the line as it was.
type planReword struct {
	t     *planTab
	key   string // planRow.key; "" while no line is written
	line  data.SheetLine
	field *kit.Field
	view  fyne.CanvasObject
}

func newPlanReword(t *planTab) *planReword {
	v := &planReword{t: t, field: kit.NewField("")}
	v.field.OnSubmit = func(string) { v.end(true) }
	v.field.OnEscape = func() { v.end(false) }
	v.field.OnLeave = func() { v.end(true) }
	v.field.OnKey = func(key fyne.KeyName) bool {
		step := map[fyne.KeyName]int{fyne.KeyUp: -1, fyne.KeyDown: 1}[key]
		if step != 0 {
			v.end(true)
			v.t.list.Next(step)
			v.begin()
		}
		return step != 0
	}
	v.view = kit.NewPad(4, 0, 4, 0, v.field)
	return v
}

// canWrite says whether the words of a row can be written where they stand: they are
// all that stands there, as somebody wrote them.
func canWrite(r planRow) bool {
	l := r.line
	return r.kind != planGain && !r.more && l.ID != "" && l.Register != "" && l.Kind != data.KindFeedback
}

// begin writes the line that keys act on.
func (v *planReword) begin() {
	r := v.t.row()
	if !canWrite(r) || v.t.p.back.on() {
		return
	}
	v.key, v.line = r.key, r.line
	v.field.SetText(r.line.Text)
	v.t.draw()
	v.t.list.ShowRow(v.t.list.Current())
	v.t.p.w.canvas.Focus(v.field.Focusable())
	v.field.SelectAll()
	v.t.p.w.writing.line(data.Writing{Account: v.t.p.id, Kind: r.line.Kind, ID: r.line.ID})
	v.t.p.w.refreshChrome()
}

// mark makes the row of the line that is written one to write in. Where it is gone
// nothing is written any more.
func (v *planReword) mark(rows []planRow) {
	if v.key == "" {
		return
	}
	at := slices.IndexFunc(rows, func(r planRow) bool { return r.key == v.key })
	if at < 0 {
		v.key = ""
		v.t.p.w.writing.line(data.Writing{})
		return
	}
	rows[at].kind = planWords
}

// end shows the line again, and keeps what was typed where it is to be.
func (v *planReword) end(keep bool) {
	if v.key == "" {
		return
	}
	w, l, words := v.t.p.w, v.line, strings.TrimSpace(v.field.Text())
	v.key = ""
	w.writing.line(data.Writing{})
	v.t.draw()
	if w.page() == v.t.p {
		v.t.focus()
		w.refreshChrome()
	}
	if keep && words != "" && words != l.Text {
		w.write("Written anew: "+said(words), func(tx *store.Tx) error {
			return tx.Restore(data.ThingRef{Kind: l.Kind, ID: l.ID}, l.Register, words)
		}, nil)
	}
}
