package app

import (
	"context"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
	"rapport/data/nurture"
	"rapport/data/store"
)

// today is the first page: the day, whom to talk with next, who waits for an
// answer and where it has grown quiet.
type today struct {
	w     *window
	in    data.TodayInput
	day   data.Today
	known bool // an answer came
	plan  data.TeamPlanProgress
	empty bool // nothing is connected yet and nothing was written down

	slot      bridge.Slot
	later     bridge.Slot // of what warmth must be known for
	after     todayLater
	last      bridge.Slot // of what would do a relationship good
	suggested []nurture.Suggestion
	main      *todayList
	side      *todayList
	search    *kit.Field
	foot      todayFoot
	body      *fyne.Container
	right     fyne.CanvasObject
	folds     bool // the inspector is folded away
}

type todayAnswer struct {
	in      data.TodayInput
	plan    data.TeamPlanProgress
	sources int
}

// todayLater is what is known a little later than the rest: who is due by their
// rhythm, how it went with them, and what kind words are due.
type todayLater struct {
	known   bool
	touches []data.Touchpoint
	weeks   map[string][]int // warmth by Contact.ID, of those who are shown
	words   []data.KindWord
}

func newToday(w *window, _ route) page {
	p := &today{w: w}
	p.main, p.side = newTodayList(p, 18), newTodayList(p, 8)
	p.main.list.OnMove = func(int) { p.side.leave() }
	p.side.list.OnMove = func(int) { p.main.leave() }
	p.body = container.NewStack(kit.NewPad(0, 14, 0, 14, p.main.list))
	p.search = kit.NewSearch("Search or do…", primary(fyne.KeyK).words(system))
	p.search.OnChanged = p.searched
	add := kit.NewButton(kit.Plain, "Add", func() { w.openCapture(w.accountInView()) }).WithIcon("plus").WithKey("C")
	top := kit.NewPad(20, 24, 12, 24, kit.NewColumns(8, []kit.Col{kit.Flex(1), kit.Fit()}, p.search, add))
	p.foot = newTodayFoot(w)
	p.right = container.NewBorder(top, p.foot.view, nil, nil, kit.NewPad(0, 16, 0, 16, p.side.list))
	return p
}

func (p *today) title() string { return "Today" }

func (p *today) panes() panes { return panes{main: p.body, inspector: p.right, width: 372} }

func (p *today) folded(_, inspector bool) {
	if p.folds != inspector {
		p.folds = inspector
		if p.known {
			p.draw()
		}
	}
}

// focus gives the keyboard to the list that has the current row.
func (p *today) focus() { p.here().list.Take() }

// here is the list that has the current row.
func (p *today) here() *todayList {
	if p.side.list.Current() >= 0 && !p.folds {
		return p.side
	}
	return p.main
}

// account is the account of the current row.
func (p *today) account() string {
	i, ok := p.here().current()
	switch {
	case ok && i.opens.place == placeAccount:
		return i.opens.id
	case ok && i.opens.place == placeBrief:
		return i.talk.Meeting.Account.ID
	}
	return ""
}

func (p *today) load() {
	now := p.w.now()
	bridge.Load(p.w.bg, &p.slot, func(ctx context.Context) (a todayAnswer, err error) {
		if a.in, err = p.w.db.TodayInput(ctx, now); err != nil {
			return a, err
		}
		if a.plan, err = p.w.db.TeamPlanProgress(ctx, now); err != nil {
			return a, err
		}
		sources, err := gatherSources(ctx, p.w.db, nil)
		a.sources = len(sources)
		return a, err
	}, func(a todayAnswer, err error) {
		if err != nil {
			p.known = false
			p.show(failedView(err, p.load))
			return
		}
		p.in, p.plan, p.known = a.in, a.plan, true
		p.empty = a.sources == 0 && len(a.in.Accounts) == 0
		p.draw()
		p.loadLater()
	})
}

// loadLater asks for what takes longer the first time: every warmth.
func (p *today) loadLater() {
	now := p.w.now()
	bridge.Load(p.w.bg, &p.later, func(ctx context.Context) (todayLater, error) { return askTodayLater(ctx, p.w.db, now) }, func(a todayLater, err error) {
		if err != nil {
			p.w.fail(err)
			return
		}
		p.after = a
		p.draw()
		p.loadNurture()
	})
}

func askTodayLater(ctx context.Context, db *store.DB, now time.Time) (a todayLater, err error) {
	y, m, d := now.Date()
	if a.touches, err = db.Touchpoints(ctx, time.Date(y, m, d+1, 0, 0, 0, 0, now.Location()).Sub(now)-time.Second, now); err != nil {
		return a, err
	}
	a.weeks = map[string][]int{}
	for i, c := range data.ComposeToday(data.TodayInput{Now: now, Touches: a.touches}).Cooling {
		if i == coolingShown {
			break
		}
		if a.weeks[c.Contact.ID], err = db.WarmthWeeks(ctx, c.Contact.ID, c.Warmth.Interval, 12, now); err != nil {
			return a, err
		}
	}
	a.words, err = db.KindWords(ctx, now)
	a.known = true
	return a, err
}

// loadNurture asks for what takes longest: what would do a relationship good.
func (p *today) loadNurture() {
	now := p.w.now()
	bridge.Load(p.w.bg, &p.last, func(ctx context.Context) ([]nurture.Suggestion, error) { return p.w.db.Nurture(ctx, now) },
		func(list []nurture.Suggestion, err error) {
			if err != nil {
				p.w.fail(err)
				return
			}
			p.suggested = list
			p.draw()
		})
}

// minute draws anew what is said relative to now.
func (p *today) minute() {
	if p.known {
		p.in.Now = p.w.now()
		p.draw()
	}
}

func (p *today) draw() {
	p.in.Touches, p.in.Words = p.after.touches, p.after.words
	p.day = data.ComposeToday(p.in)
	p.foot.draw(p.day)
	if p.empty {
		p.show(p.welcome())
		p.main.set(nil)
		p.side.set(nil)
		return
	}
	p.show(nil)
	p.main.set(p.mainItems())
	p.side.set(p.sideItems())
	if p.main.list.Current() < 0 && p.side.list.Current() < 0 {
		p.main.list.Select(0)
	}
}

// welcome is what a workspace without sources shows.
func (p *today) welcome() fyne.CanvasObject {
	return kit.NewEmpty(kit.NewCirclesSmall(), p.day.Greeting,
		"Your day is drawn from your mail and your calendar: who is next, who waits, where it grows quiet. Nothing leaves this laptop that you did not share.",
		kit.NewButton(kit.Primary, "Connect mail or a calendar", func() { p.w.openAt(route{place: placeSettings}, target{tab: tabSources}) }))
}

// show puts something in place of the day, or the day for nil.
func (p *today) show(instead fyne.CanvasObject) {
	list := p.body.Objects[0]
	if instead == nil && len(p.body.Objects) == 1 {
		return
	}
	p.body.Objects = p.body.Objects[:1]
	list.Show()
	if instead != nil {
		list.Hide()
		p.body.Objects = append(p.body.Objects, instead)
	}
	p.body.Refresh()
}

// searched hands what is typed into the field to the palette.
func (p *today) searched(typed string) {
	if typed == "" {
		return
	}
	p.search.SetText("")
	p.w.openPalette()
	for _, r := range typed {
		p.w.palette.view.Focusable().TypedRune(r)
	}
}

// step moves the current row, from the end of one list into the other.
func (p *today) step(by int) {
	from := p.here()
	row := from.list.Current()
	from.list.Next(by)
	if from.list.Current() != row {
		return
	}
	to := p.side
	if from == p.side {
		to = p.main
	}
	if from == p.main && by < 0 || from == p.side && by > 0 || to == p.side && p.folds || !to.movable() {
		return
	}
	to.enter(by)
}

// open goes to where the current row leads.
func (p *today) open() {
	i, ok := p.here().current()
	switch {
	case !ok:
	case i.kind == todayKind:
		p.writeKindly(i.word)
	case i.kind == todayNurture:
		p.w.doSuggested(i.suggestion, p.in.User)
	case i.kind == todayOffer:
		p.w.askTeamPlan()
	case i.inspector:
		p.w.showInspector(true)
	case i.opens.place != "":
		p.w.openAt(i.opens, i.at)
	}
}

func (p *today) canOpen() bool {
	i, ok := p.here().current()
	return ok && i.moves()
}

func (p *today) commands() []command {
	return []command{
		{name: "Next row", key: "J", quiet: true, do: func() { p.step(1) }},
		{name: "Row before", key: "K", quiet: true, do: func() { p.step(-1) }},
		{name: "Open what this row is about", words: "account meeting mail timeline", icon: "arrow-right", key: "Enter", when: p.canOpen, do: p.open},
		{name: "This promise was kept", words: "done tick promise", icon: "check", key: "Space", when: p.onPromise, do: p.keep},
		{name: "Put this off", words: "snooze later another day", icon: "clock", key: "S", when: p.canSnooze, do: func() { p.snooze(p.here().list.Below()) }},
		{name: "Open the page of the person", words: "contact who known", icon: "user-round", key: "O", when: func() bool { return p.person() != "" }, do: func() { p.w.openContact(p.person()) }},
		{name: "Be in touch as they prefer", words: "write call mail phone visit", icon: "send", key: "A", when: p.onCooling, do: func() { p.reachCurrent(p.here().list.Below()) }},
	}
}

func (p *today) hints() []hint {
	return []hint{
		{[]string{"J", "K"}, "move"}, {[]string{"Enter"}, "open"}, {[]string{"Space"}, "done"}, {[]string{"S"}, "snooze"}, {[]string{"C"}, "log a contact"},
	}
}

// todayList is one of the page's two lists.
type todayList struct {
	p     *today
	list  *kit.List
	items []todayItem
}

// newTodayList returns a list whose current row's ground stays so far from the
// sides.
func newTodayList(p *today, inset float32) *todayList {
	t := &todayList{p: p, list: kit.NewList()}
	l := t.list
	l.Rules, l.Inset = false, inset
	l.Count = func() int { return len(t.items) }
	l.Kind = func(row int) kit.RowKind { return t.items[row].kind }
	l.Height = func(row int) float32 { return t.items[row].height() }
	l.Skip = func(row int) bool { return !t.items[row].moves() }
	l.Create = func(k kit.RowKind) fyne.CanvasObject { return newTodayRow(k, p) }
	l.Update = func(row int, o fyne.CanvasObject, current bool) { o.(todayRow).set(t.items[row], current) }
	l.OnOpen = func(int) { p.open() }
	l.OnSpace = func(int) {
		if p.onPromise() {
			p.keep()
		}
	}
	l.OnMenu = func(_ int, at fyne.Position) { p.w.menuAt(at, p.commands()[2:]...) }
	l.OnKey = t.key
	return t
}

// key takes the arrows, which lead from one list into the other.
func (t *todayList) key(e *fyne.KeyEvent) bool {
	switch e.Name {
	case fyne.KeyDown:
		t.p.step(1)
	case fyne.KeyUp:
		t.p.step(-1)
	default:
		return false
	}
	return true
}

// set fills the list; the current row stays the same thing, where it is still
// there.
func (t *todayList) set(items []todayItem) {
	at := t.list.Current()
	if i, ok := t.current(); ok {
		if same := slices.IndexFunc(items, func(o todayItem) bool { return o.moves() && o.key == i.key }); same >= 0 {
			at = same
		}
	}
	t.items = items
	t.list.Keep(at)
}

func (t *todayList) current() (todayItem, bool) {
	if row := t.list.Current(); row >= 0 && row < len(t.items) {
		return t.items[row], true
	}
	return todayItem{}, false
}

// movable says whether the list has rows to stand on.
func (t *todayList) movable() bool { return slices.ContainsFunc(t.items, todayItem.moves) }

// enter makes the first row the current one, or the last when it is entered
// from below.
func (t *todayList) enter(by int) {
	row := 0
	if by < 0 {
		row = len(t.items) - 1
	}
	t.list.Select(row)
	t.list.Take()
}

// leave gives up the current row: another list has it.
func (t *todayList) leave() {
	if t.list.Current() >= 0 {
		t.list.Keep(-1)
	}
}
