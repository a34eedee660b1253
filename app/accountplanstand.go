package app

import (
	"slices"

	"rapport/data"
)

// standOn makes the line of a part the row that keys act on, as soon as the plan
// shows it: whoever adds something goes on with it.
func (t *planTab) standOn(part string) {
	t.wanted = part
	t.seek()
}

// seek stands on the line that is wanted, if it is there; where its section has no
// room for it, the section is shown whole.
func (t *planTab) seek() {
	if t.wanted == "" {
		return
	}
	of := func(l data.SheetLine) bool { return l.ID == t.wanted }
	at := slices.IndexFunc(t.rows, func(r planRow) bool { return of(r.line) || of(r.pair[0]) || of(r.pair[1]) })
	if at >= 0 {
		t.wanted = ""
		t.list.Select(at)
		return
	}
	for _, s := range t.answer.page.Sections {
		if !t.opened[s.Key] && slices.ContainsFunc(s.Whole(), of) {
			t.opened[s.Key] = true
			t.draw()
			return
		}
	}
}

// near is the row to stand on where the line of one is gone: the one that took its
// place, or the one before it where that belongs to another section.
func (t *planTab) near(gone planRow) int {
	at := min(t.list.Current(), len(t.rows)-1)
	for i := at; i >= 0 && gone.key != ""; i-- {
		if t.rows[i].key != "" && t.rows[i].section.Key == gone.section.Key {
			return i
		}
	}
	return at
}

// standOn stands on the line of a part that was just kept, where the plan is in view.
func (p *accountPage) standOn(part string) {
	if p.inPlan() {
		p.plan.standOn(part)
	}
}

// standOn tells the page in view which part was just kept.
func (w *window) standOn(part string) {
	if p, ok := w.page().(interface{ standOn(part string) }); ok {
		p.standOn(part)
	}
}
