package app

import (
	"context"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
)

// jointAnswer is what the page of a joint plan shows.
type jointAnswer struct {
	stand data.JointStand // zero where there is none
	view  data.JointView
	all   []data.JointStand // by title
	me    string            // the name of whoever sits here
}

// joint is the page of a plan that stands in a joint space: what all its members see,
// and what they answer to it. It is the whole workspace of a guest.
type joint struct {
	w      *window
	id     string // JointPlan.ID; "" for the first
	slot   bridge.Slot
	asked  bool
	answer jointAnswer
	rows   []planRow
	column int // the half of a pair that keys act on
	list   *kit.List
	head   *jointHead
	pane   *jointPane
	framed fyne.CanvasObject
	stage  stage
	main   fyne.CanvasObject
}

func newJoint(w *window, r route) page {
	p := &joint{w: w, id: r.id, list: kit.NewList()}
	fillPlanRows(p.list, func() []planRow { return p.rows }, w.now, p.look)
	p.list.OnOpen, p.list.OnSpace = func(int) { p.correct() }, func(int) { p.tick(p.line()) }
	p.list.OnMenu = func(_ int, at fyne.Position) { w.menuAt(at, p.deeds()...) }
	p.head, p.pane = newJointHead(p), newJointPane(p)
	frame := kit.NewPanel(kit.Clear, 10, 2, kit.NewPad(4, 0, 4, 0, p.list))
	frame.Border, frame.Stroke = kit.Theirs, 2
	p.framed = kit.NewPad(0, 20, 14, 20, frame)
	p.stage = newStage(p.framed)
	p.slot.Slow = p.stage.waits(&p.asked)
	p.main = filled(p.head.view, p.stage.box)
	return p
}

func (p *joint) title() string {
	if t := p.answer.stand.Plan.Title; t != "" {
		return t
	}
	return string(placeJoint)
}

func (p *joint) panes() panes {
	return panes{main: p.main, inspector: p.pane.view, width: 340}
}

func (p *joint) focus() {
	if p.asked && p.answer.stand.There() {
		p.list.Take()
	}
}

func (p *joint) minute() { p.load() }

// askJoint asks for a joint plan; of none in particular, for the first.
func (w *window) askJoint(ctx context.Context, id string) (a jointAnswer, err error) {
	if a.all, err = w.db.JointStands(ctx, ""); err != nil {
		return a, err
	}
	if at := slices.IndexFunc(a.all, func(s data.JointStand) bool { return s.Plan.ID == id || id == "" }); at >= 0 {
		a.stand = a.all[at]
		a.view = data.ComposeJoint(a.stand.Plan, a.stand.Replies, w.now())
	}
	a.me, err = w.db.Setting(ctx, store.SettingUserName)
	return a, err
}

func (p *joint) load() {
	id := p.id
	bridge.Load(p.w.bg, &p.slot, func(ctx context.Context) (jointAnswer, error) { return p.w.askJoint(ctx, id) }, func(a jointAnswer, err error) {
		if p.stage.answered(p.w, err, &p.asked, p.load) {
			p.answer = a
			p.draw()
			p.w.keepFocus(p)
			p.w.refreshChrome()
		}
	})
}

func (p *joint) draw() {
	first, current := p.rows == nil, p.row().key
	p.rows = planRows(p.answer.view.Sections)
	p.head.draw()
	p.pane.draw()
	if !p.answer.stand.There() {
		p.stage.show(kit.NewEmpty(kit.NewCirclesSmall(), "No plan is here yet", "What somebody puts into a joint space for you, or you for a customer, stands here once you have exchanged with the others."))
		return
	}
	p.stage.show(p.framed)
	at := slices.IndexFunc(p.rows, func(r planRow) bool { return r.key != "" && r.key == current })
	if first {
		p.list.Reload()
		p.list.Select(0)
		p.list.ToOffset(0)
		return
	}
	if at < 0 {
		at = min(p.list.Current(), len(p.rows)-1)
	}
	p.list.Keep(at)
}

// row is the row that keys act on; zero for none.
func (p *joint) row() planRow {
	if at := p.list.Current(); at >= 0 && at < len(p.rows) {
		return p.rows[at]
	}
	return planRow{}
}

// line is the line that keys act on.
func (p *joint) line() data.SheetLine { return p.row().on(p.column) }

func (p *joint) look() planLook {
	return planLook{now: p.w.now(), page: p.answer.view.Sheet, column: p.column, locked: !p.answer.stand.MayReply, tick: p.tick, choose: p.choose}
}

// choose stands on a half of a pair.
func (p *joint) choose(r planRow, column int) {
	p.column = column
	at := slices.IndexFunc(p.rows, func(o planRow) bool { return o.key == r.key })
	p.list.Select(at)
	p.list.RefreshRow(at)
	p.focus()
}

// turnSide stands on the other half of a pair.
func (p *joint) turnSide() {
	if p.row().kind == planGain {
		p.choose(p.row(), 1-p.column)
	}
}

// jointLine is the line of the plan that a line of the page shows; false for what
// members answered.
func (p *joint) jointLine(l data.SheetLine) (data.JointLine, bool) {
	for _, j := range p.answer.stand.Plan.LinesInOrder() {
		if j.Key == l.KeyOf()+"#"+l.Register {
			return j, true
		}
	}
	return data.JointLine{}, false
}

// reply is what somebody answered, as a line of the page shows it.
func (p *joint) reply(l data.SheetLine) (data.JointReply, bool) {
	i := slices.IndexFunc(p.answer.stand.Replies, func(r data.JointReply) bool { return l.Kind == data.KindJointReply && r.ID == l.ID })
	if i < 0 {
		return data.JointReply{}, false
	}
	return p.answer.stand.Replies[i], true
}

// mayTakeBack says whether a reply is ours and nobody answered it.
func (p *joint) mayTakeBack(r data.JointReply) bool {
	_, answered := p.answer.stand.Plan.AnswerTo(r.ID)
	return p.answer.stand.MayReply && p.answer.stand.Mine[r.ID] && !answered
}

func (p *joint) takeBack(r data.JointReply) { deletePart(p.w, "Taken back: "+said(r.Becomes), r) }

// drop takes back what the current line is, where it is our own answer.
func (p *joint) drop() {
	if r, ok := p.reply(p.line()); ok && p.mayTakeBack(r) {
		p.takeBack(r)
	}
}

func (p *joint) mayDrop() bool {
	r, ok := p.reply(p.line())
	return ok && p.mayTakeBack(r)
}

// isStep says whether the current line is a step that can be ticked.
func (p *joint) isStep() bool {
	l := p.line()
	return l.Kind == data.KindStep && p.answer.stand.MayReply
}

// tick says that a step is done; what we ticked ourselves, and nobody took over, is
// open again.
func (p *joint) tick(l data.SheetLine) {
	j, ok := p.jointLine(l)
	if !ok || l.Kind != data.KindStep || !p.answer.stand.MayReply {
		return
	}
	if l.Done != "" {
		for _, r := range p.answer.stand.Replies {
			if r.Line == j.Key && r.Register == data.DoneRegister && p.mayTakeBack(r) {
				deletePart(p.w, "Open again: "+said(l.Text), r)
				return
			}
		}
		p.w.say("Somebody else said so; write to them if it is not done")
		p.load() // the box that was clicked shows how it is
		return
	}
	p.answerWith("Step done: "+said(l.Text), j.Tick(p.w.now().Format(time.DateOnly)))
}

// answerWith keeps a reply under our name.
func (p *joint) answerWith(label string, r data.JointReply) {
	p.w.write(label, p.keepingReply(r), nil)
}

func (p *joint) keepingReply(list ...data.JointReply) func(*store.Tx) error {
	plan, me := p.answer.stand.Plan.ID, p.answer.me
	return func(tx *store.Tx) error {
		for _, r := range list {
			r.Plan, r.By = plan, me
			if _, err := tx.PutJointReply(r); err != nil {
				return err
			}
		}
		return nil
	}
}

func (p *joint) hints() []hint {
	if !p.answer.stand.There() {
		return nil
	}
	list := []hint{{[]string{"J", "K"}, "move"}}
	if p.answer.stand.MayReply {
		list = append(list, hint{[]string{"Space"}, "done"}, hint{[]string{"E"}, "correct"}, hint{[]string{"A"}, "add"})
	}
	return append(list, hint{[]string{"X"}, "exchange now"}, hint{[]string{undoKeys}, "undo"})
}

// deeds are what can be done with the current line.
func (p *joint) deeds() []command {
	return []command{
		{name: "This step is done", words: "tick finished complete", icon: "check", key: "Space", when: p.isStep, do: func() { p.tick(p.line()) }},
		{name: "Correct this line", words: "change value words day propose", icon: "pen-line", key: "E", when: p.mayCorrect, do: p.correct},
		{name: "Add something", words: "new step goal need", icon: "plus", key: "A", when: func() bool { return p.answer.stand.MayReply }, do: p.add},
		{name: "Take this back", words: "delete answer undo", icon: "x", key: "Delete", when: p.mayDrop, do: p.drop},
	}
}

func (p *joint) commands() []command {
	if !p.answer.stand.There() {
		return nil
	}
	list := append(moveCommands(p.list), p.deeds()...)
	list = append(list,
		command{name: "The other side of this line", key: "Left", more: []string{"Right"}, quiet: true, do: p.turnSide},
		command{name: exchangeName, words: "sync send receive now", icon: "arrow-left-right", key: "X", when: p.w.canShare, do: func() { p.w.exchange(p.answer.stand.Space) }},
		command{name: "Open the space of this plan", words: "members sharing", icon: "handshake", key: "S", do: func() { p.w.openAt(route{place: placeSharing}, target{item: p.answer.stand.Space.ID}) }},
		command{name: "Open the account of this plan", words: "customer ours", icon: "building-2", key: "O", when: func() bool { return !p.answer.stand.Guest() },
			do: func() { p.w.openAt(route{place: placeAccount, id: p.answer.stand.Plan.Account}, target{tab: tabPlan}) }})
	for _, s := range p.answer.all {
		if s.Plan.ID != p.answer.stand.Plan.ID {
			list = append(list, command{name: "Joint plan of " + s.Plan.Title + ", " + s.Space.Name, words: "other", icon: "target", do: func() { p.w.openJoint(s) }})
		}
	}
	return list
}

// openJoint shows a joint plan.
func (w *window) openJoint(s data.JointStand) { w.open(route{place: placeJoint, id: s.Plan.ID}) }

// jointHead is what stands over a joint plan.
type jointHead struct {
	p     *joint
	title *kit.Text
	under *kit.Line
	stack *kit.Stack
	view  fyne.CanvasObject
}

func newJointHead(p *joint) *jointHead {
	h := &jointHead{p: p, title: kit.NewText(kit.Title, "").Bending(), under: kit.NewLine().Bending(), stack: kit.NewStack(0)}
	h.view = kit.NewPad(14, 32, 10, 32, h.stack)
	return h
}

func (h *jointHead) draw() {
	s := h.p.answer.stand
	if !s.There() {
		h.stack.Set()
		return
	}
	h.title.Set(s.Plan.Title)
	h.under.Set(kit.Span{Icon: "handshake", Tint: kit.Theirs}, kit.Span{Text: h.p.answer.view.Under, Role: kit.Small, Gap: 6},
		kit.Span{Text: s.Space.Name, Role: kit.Small, Tint: kit.Ink2, Gap: 8}, kit.Span{Text: h.p.answer.view.Foot, Role: kit.Small, Tint: kit.Ink2, Gap: 8})
	var buttons []fyne.CanvasObject
	if s.MayReply {
		buttons = append(buttons, kit.NewSmallButton(kit.Plain, "Correct", h.p.correct).WithKey("E"), kit.NewSmallButton(kit.Primary, "Add", h.p.add).WithKey("A"))
	}
	rows := []fyne.CanvasObject{kit.NewSpread(8, kit.NewStack(2, h.title, h.under), kit.NewRow(8, buttons...))}
	if n := len(h.p.answer.all); n > 1 && n <= 6 {
		var others []fyne.CanvasObject
		for _, o := range h.p.answer.all {
			if o.Plan.ID != s.Plan.ID {
				others = append(others, kit.NewLink(strings.TrimSpace(o.Plan.Title+", "+o.Space.Name), func() { h.p.w.openJoint(o) }))
			}
		}
		rows = append(rows, kit.NewSpace(6), kit.NewRow(14, others...))
	}
	h.stack.Set(rows...)
	h.p.main.Refresh() // it is higher now
}
