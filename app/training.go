package app

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
)

// trainingAnswer is what the page asks for.
type trainingAnswer struct {
	in       data.TeamPlanInput
	page     data.TeamPlanPage
	progress data.TeamPlanProgress
	me       string // the name of whoever sits here
}

// training is the page of what the team learns. At its head is why it does this:
// the plan that all follow, on one page over live facts.
type training struct {
	w      *window
	slot   bridge.Slot
	asked  bool
	answer trainingAnswer
	rows   []planRow
	list   *kit.List
	width  float32 // that the rows were laid out for
	padded fyne.CanvasObject
	stage  stage
	head   *trainingHead
	side   *trainingSide
	beside *trainingPane
	main   fyne.CanvasObject
	review *trainingReview // nil while none is under way
}

func newTraining(w *window, _ route) page {
	p := &training{w: w, list: kit.NewList()}
	p.fillList()
	p.padded = container.New(&widthHeard{heard: p.laidOut}, kit.NewPad(0, 20, 0, 20, p.list))
	p.stage = newStage(p.padded)
	p.slot.Slow = p.stage.waits(&p.asked)
	p.head = newTrainingHead(p)
	p.side = newTrainingSide(p)
	p.beside = newTrainingPane(p)
	p.main = filled(p.head.view, p.stage.box)
	return p
}

func (p *training) title() string { return "Training" }

func (p *training) panes() panes {
	return panes{side: p.side.view, sideWidth: 196, main: p.main, inspector: p.beside.view, width: 324}
}

func (p *training) folded(side, _ bool) { p.head.folded(side) }

func (p *training) focus() {
	if p.asked && !p.blank() {
		p.list.Take()
	}
}

// blank says that the page shows the invitation to write the plan in place of it.
func (p *training) blank() bool { return !p.answer.page.Written }

func (p *training) load() {
	now := p.w.now()
	bridge.Load(p.w.bg, &p.slot, func(ctx context.Context) (a trainingAnswer, err error) {
		if a.in, err = p.w.db.TeamPlanInput(ctx, now); err != nil {
			return a, err
		}
		a.page = data.ComposeTeamPlan(a.in)
		if a.progress, err = p.w.db.TeamPlanProgress(ctx, now); err != nil {
			return a, err
		}
		a.me, err = p.w.db.Setting(ctx, store.SettingUserName)
		return a, err
	}, func(a trainingAnswer, err error) {
		if p.stage.answered(p.w, err, &p.asked, p.load) {
			p.answer = a
			p.draw()
			p.beside.load()
			p.w.keepFocus(p)
			p.w.refreshChrome()
		}
	})
}

func (p *training) minute() { p.load() }

// draw shows the answer; the row that keys act on stays so.
func (p *training) draw() {
	first, current := p.rows == nil, p.row().key
	p.rows = trainingRows(p.answer.page.Sections)
	p.head.draw()
	p.side.draw()
	p.beside.draw()
	if p.blank() {
		p.stage.show(p.invitation())
		return
	}
	p.stage.show(p.padded)
	if first {
		p.list.Reload()
		p.list.Select(0)
		p.list.ToOffset(0)
		return
	}
	at := slices.IndexFunc(p.rows, func(r planRow) bool { return r.key != "" && r.key == current })
	if at < 0 {
		at = min(p.list.Current(), len(p.rows)-1)
	}
	p.list.Keep(at)
}

// invitation is what the page shows while nobody wrote a plan.
func (p *training) invitation() fyne.CanvasObject {
	return kit.NewEmpty(kit.NewIcon("compass", 36, kit.Ink3), "Your team has no plan of its own yet",
		"One page that all of you follow: why you do this, what should be better and what it should earn, what you promise, what stands in your way. Eight short questions write it; each answer is kept at once.",
		kit.NewButton(kit.Primary, "Write it, ten minutes", p.w.askTeamPlan).WithKey("W"))
}

// row is the row that keys act on; zero for none.
func (p *training) row() planRow {
	if at := p.list.Current(); at >= 0 && at < len(p.rows) {
		return p.rows[at]
	}
	return planRow{}
}

// stand makes the first line of a section the one that keys act on.
func (p *training) stand(section string) {
	for i, r := range p.rows {
		if r.section.Key == section {
			p.list.Select(i)
			p.list.Take()
			return
		}
	}
}

func (p *training) fillList() {
	l := p.list
	l.Rules = false
	l.Count = func() int { return len(p.rows) }
	l.Height = func(row int) float32 {
		r := p.rows[row]
		room := p.roomOf(r)
		return room.Top + p.heightOf(r) + room.Bottom
	}
	l.Free = func(row int) kit.Room {
		room := p.roomOf(p.rows[row])
		room.Left, room.Right = 12+kit.SectionLabel-8, 4
		room.Top, room.Bottom = max(room.Top-2, 0), max(room.Bottom-2, 0)
		return room
	}
	l.Create = func(kit.RowKind) fyne.CanvasObject { return newPlanLineRow() }
	l.Update = func(row int, o fyne.CanvasObject, current bool) {
		r := p.rows[row]
		line := o.(*planLineRow)
		label, fresh := "", ""
		if r.first {
			label, fresh = r.section.Label, r.section.FreshWords(p.answer.in.Now)
		}
		line.line.Set(label, fresh, p.content(r, current), p.roomOf(r), false, r.last)
		line.body.Refresh()
	}
	l.OnOpen = func(int) { p.open() }
	l.OnSpace = func(int) { p.tick() }
	l.OnMenu = func(_ int, at fyne.Position) { p.w.menuAt(at, p.lineCommands()...) }
}

// laidOut lays the rows out anew for another width.
func (p *training) laidOut(width float32) {
	if width == p.width {
		return
	}
	p.width = width
	if len(p.rows) > 0 {
		p.list.Keep(p.list.Current())
	}
}

// widthHeard lays one object out over all the room, and says how wide that is.
type widthHeard struct{ heard func(width float32) }

func (w *widthHeard) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

func (w *widthHeard) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	put(objects[0], 0, 0, size.Width, size.Height)
	w.heard(size.Width)
}
