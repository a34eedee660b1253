package app

import (
	"context"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
)

// planAnswer is what the Plan tab asks for.
type planAnswer struct {
	in   data.PlanInput
	page data.PlanPage
	me   string // the name of whoever sits here
}

// askPlan asks for an account's plan as it is, or as it was known at a moment of its
// past.
func (w *window) askPlan(ctx context.Context, id string, past *store.Past, at time.Time) (a planAnswer, err error) {
	if past == nil {
		a.in, err = w.db.PlanInput(ctx, id, at)
	} else {
		a.in, err = past.Plan(ctx, at)
	}
	if err != nil {
		return a, err
	}
	a.page = data.ComposePlan(a.in)
	a.me, err = w.db.Setting(ctx, store.SettingUserName)
	return a, err
}

// planTab is an account's plan on one page: every line is a fact that is kept
// elsewhere, with where it is from and how old it is. At its side is what to look
// at before it is relied on.
type planTab struct {
	p      *accountPage
	slot   bridge.Slot
	asked  bool
	answer planAnswer
	rows   []planRow
	bar    *planBar
	list   *kit.List
	padded fyne.CanvasObject // the list with the room around it
	stage  stage
	page   fyne.CanvasObject
	whole  stage // the page, or two days of it
	view   fyne.CanvasObject
	beside *planPane
	opened map[string]bool // keys of sections that are shown whole
	column int             // the half of a pair that keys act on
	review *planReview     // nil while none is under way
	// compare is what two days are compared with; nil while the plan is shown.
	compare *planCompare
	sides   *planCompare
	// preview is what they will see; nil while it is not shown.
	preview *planPreview
	theirs  *planPreview
	wanted  string // the part to stand on once it is shown
	reword  *planReword
}

func newPlanTab(p *accountPage) *planTab {
	t := &planTab{p: p, list: kit.NewList(), opened: map[string]bool{}}
	t.reword = newPlanReword(t)
	t.fillList()
	t.padded = kit.NewPad(0, 20, 0, 20, t.list)
	t.bar = newPlanBar(t)
	t.beside = newPlanPane(t)
	t.stage = newStage(t.padded)
	t.slot.Slow = t.stage.waits(&t.asked)
	t.sides, t.theirs = newPlanCompare(t), newPlanPreview(t)
	t.page = filled(t.bar.view, t.stage.box)
	t.whole = newStage(t.page)
	t.view = t.whole.box
	return t
}

// load asks for the plan; what changed lately takes longer, and follows it.
func (t *planTab) load() {
	w, past, at := t.p.w, t.p.back.past, t.p.now()
	if past != nil {
		t.review = nil
	}
	if t.compare != nil {
		t.compare.renew()
	}
	bridge.Load(w.bg, &t.slot, func(ctx context.Context) (planAnswer, error) { return w.askPlan(ctx, t.p.id, past, at) },
		func(a planAnswer, err error) {
			if first := !t.asked; t.stage.answered(w, err, &t.asked, t.load) {
				t.answer = a
				t.draw()
				t.beside.load()
				w.keepFocus(t.p)
				if first && w.page() == t.p {
					w.refreshChrome() // its keys work from now on
				}
			}
			t.p.back.follow()
		})
}

// showWhole shows the plan, two days of it side by side, or what they will see of it.
func (t *planTab) showWhole() {
	switch {
	case t.compare != nil:
		t.whole.show(t.compare.view)
	case t.preview != nil:
		t.whole.show(t.preview.view)
	default:
		t.whole.show(t.page)
	}
}

// draw shows the answer; the row that keys act on stays so.
func (t *planTab) draw() {
	first, current := t.rows == nil, t.row()
	t.rows = planRows(withWhole(t.answer.page.Sections, func(section string) bool { return t.opened[section] }))
	t.reword.mark(t.rows)
	t.stage.show(t.padded)
	if first {
		t.list.Reload()
		t.list.Select(0)
		t.list.ToOffset(0)
	} else {
		at := slices.IndexFunc(t.rows, func(r planRow) bool { return r.key != "" && r.key == current.key })
		if at < 0 {
			at = t.near(current)
		}
		t.list.Keep(at)
	}
	t.seek()
	t.bar.draw()
	t.beside.draw()
}

// row is the row that keys act on; zero for none.
func (t *planTab) row() planRow {
	if at := t.list.Current(); at >= 0 && at < len(t.rows) {
		return t.rows[at]
	}
	return planRow{}
}

func (t *planTab) focus() {
	switch {
	case t.compare != nil:
		t.compare.list.Take()
		return
	case t.preview != nil:
		t.preview.list.Take()
		return
	}
	if t.asked {
		t.list.Take()
	}
}

func (t *planTab) fillList() {
	l := t.list
	fillPlanRows(l, func() []planRow { return t.rows }, func() time.Time { return t.answer.in.Now }, t.look)
	l.OnMove = func(int) { t.wanted = "" } // who goes elsewhere meanwhile stays there
	l.OnOpen = func(int) { t.open() }
	l.OnSpace = func(int) { t.space() }
	l.OnMenu = func(_ int, at fyne.Position) { t.p.w.menuAt(at, t.p.w.withHistory(t.commands()[2:], t.p.rowHand())...) }
}

// fillPlanRows makes a list of the rows of a plan.
func fillPlanRows(l *kit.List, rows func() []planRow, now func() time.Time, look func() planLook) {
	l.Rules = false
	l.Count = func() int { return len(rows()) }
	l.Skip = func(row int) bool { return rows()[row].key == "" }
	l.Height = func(row int) float32 {
		r := rows()[row]
		room := r.room()
		return room.Top + kit.Scaled(r.height()) + room.Bottom
	}
	l.Free = func(row int) kit.Room {
		room := rows()[row].room()
		room.Left, room.Right = 12+kit.SectionLabel-8, 4
		if room.Bottom > sectionRoom {
			room.Top, room.Bottom = room.Top-2, room.Bottom-2
		}
		return room
	}
	l.Create = func(kit.RowKind) fyne.CanvasObject { return newPlanLineRow() }
	l.Update = func(row int, o fyne.CanvasObject, current bool) {
		r := rows()[row]
		v := look()
		fresh := r.section.FreshWords(now())
		if words := v.editing(r.section); words != "" {
			fresh = words
		}
		o.(*planLineRow).set(r, v.content(r, current), fresh)
	}
}

// look is how rows are drawn now.
func (t *planTab) look() planLook {
	return planLook{now: t.answer.in.Now, page: t.answer.page.Sheet, column: t.column, locked: t.p.back.on(), source: t.showSource,
		tick: t.tick, choose: t.choose, pens: t.p.w.writing.of(t.p.id), reword: t.reword.view}
}

// choose stands on a half of a pair.
func (t *planTab) choose(r planRow, column int) {
	t.column = column
	at := slices.IndexFunc(t.rows, func(o planRow) bool { return o.key == r.key })
	t.list.Select(at)
	t.list.RefreshRow(at)
	t.focus()
}

// open is what Enter does: it changes the line; in a review it says that it is
// still true, and on a past day it shows where it was said.
func (t *planTab) open() {
	switch {
	case t.row().more:
		t.openSection()
	case t.p.back.on():
		t.showSource(t.row().on(t.column))
	case t.review != nil:
		t.stillTrue()
	default:
		t.editSection()
	}
}

// space ticks what a line shows, or shows the lines that it counts.
func (t *planTab) space() {
	if t.row().more {
		t.openSection()
		return
	}
	t.tick(t.row().on(t.column))
}

// openSection shows the lines of a section that found no room on the page, and
// stands on the first of them.
func (t *planTab) openSection() {
	at := t.list.Current()
	t.opened[t.row().section.Key] = true
	t.draw()
	t.list.Select(at)
}

// showSource opens the interaction that a line rests on, in the timeline; what else
// it rests on the status bar says.
func (t *planTab) showSource(l data.SheetLine) {
	if l.Source == 0 {
		return
	}
	source := t.answer.page.Sources[l.Source-1]
	if source.ID == "" {
		t.p.w.say(source.Words)
		return
	}
	t.p.showOn(source.ID)
}
