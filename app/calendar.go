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
	"rapport/sync"
)

// calendarPage is the calendar: a week or a day hour by hour, or a month as a
// list. Beside it is the meeting that the person stands on.
type calendarPage struct {
	w      *window
	view   data.CalendarView
	day    time.Time // the view is about the span that holds it
	filter string

	in      data.CalendarInput
	page    data.CalendarPage
	known   bool // an answer came
	sources int  // calendars
	touches []data.Touchpoint
	current string // Occurrence.ID
	edge    int    // stand on the first meeting (1) or the last (-1) when the next answer is drawn

	slot, later bridge.Slot
	bar         *calendarBar
	head        *kit.GridHead
	grid        *kit.DayGrid
	scroll      *kit.Scroll
	hours       fyne.CanvasObject // head and grid
	list        *calendarList
	stage       stage
	main        fyne.CanvasObject
	pane        *calendarPane
	folds       bool // the inspector is folded away
}

// calendarAnswer is what the page asks for.
type calendarAnswer struct {
	in      data.CalendarInput
	sources int
}

func newCalendar(w *window, _ route) page {
	p := &calendarPage{w: w, day: w.now(), head: kit.NewGridHead(), grid: kit.NewDayGrid()}
	p.bar = newCalendarBar(p)
	p.head.OnDay = func(day int) { p.show(data.DayView, p.page.Days[day].Date) }
	p.head.OnChip = p.chip
	p.grid.OnTap = func(block int) { p.stand(p.blockID(block)) }
	p.grid.OnOpen = func(int) { p.open() }
	p.scroll = kit.NewScroll(p.grid)
	p.hours = container.NewBorder(p.head, nil, nil, nil, p.scroll)
	p.list = newCalendarList(p)
	p.stage = newStage(p.hours)
	p.main = container.NewBorder(p.bar.view, nil, nil, nil, kit.NewPad(0, 16, 0, 0, p.stage.box))
	p.pane = newCalendarPane(p)
	return p
}

func (p *calendarPage) title() string { return "Calendar" }

func (p *calendarPage) panes() panes {
	return panes{main: p.main, inspector: p.pane.view, width: 316}
}

func (p *calendarPage) folded(_, inspector bool) {
	p.folds = inspector
	p.bar.fold(inspector)
	p.pane.fold(inspector)
}

func (p *calendarPage) focus() {
	if p.view == data.MonthView {
		p.list.list.Take()
		return
	}
	p.w.focus(p.grid)
}

// account is the account of the meeting in view.
func (p *calendarPage) account() string {
	e, _ := p.page.Entry(p.current)
	return e.Meeting.Account.ID
}

// load asks for the meetings of the span in view.
func (p *calendarPage) load() {
	view, day, now := p.view, p.day, p.w.now()
	bridge.Load(p.w.bg, &p.slot, func(ctx context.Context) (a calendarAnswer, err error) {
		if a.in, err = p.w.calendarInput(ctx, view, day, now); err != nil {
			return a, err
		}
		calendars, err := p.w.db.Calendars(ctx)
		a.sources = len(calendars)
		return a, err
	}, func(a calendarAnswer, err error) {
		if err != nil {
			p.known = false
			p.stage.show(failedView(err, p.load))
			p.pane.clear()
			return
		}
		p.in, p.sources, p.known = a.in, a.sources, true
		p.draw()
		p.loadLater()
	})
}

// calendarInput reads the meetings of a span: from the store where it holds them,
// else from what the calendars said.
func (w *window) calendarInput(ctx context.Context, view data.CalendarView, day, now time.Time) (data.CalendarInput, error) {
	in, err := w.db.CalendarInput(ctx, view, day, now)
	from, to := view.Span(day)
	if err != nil || !from.Before(now.AddDate(-10, 0, 0)) && to.Before(now.AddDate(2, 0, -31)) {
		return in, err
	}
	in.Meetings, err = sync.Agenda(ctx, w.db, now.In(w.zone), from, to)
	return in, err
}

// loadLater asks who is due, which takes longer the first time.
func (p *calendarPage) loadLater() {
	now := p.w.now()
	if !p.page.To.After(now) {
		p.later.Drop()
		return
	}
	ahead := p.page.To.Sub(now) - time.Second
	bridge.Load(p.w.bg, &p.later, func(ctx context.Context) ([]data.Touchpoint, error) { return p.w.db.Touchpoints(ctx, ahead, now) }, func(list []data.Touchpoint, err error) {
		if err != nil {
			p.w.fail(err)
			return
		}
		p.touches = list
		p.draw()
	})
}

// minute draws anew where now is.
func (p *calendarPage) minute() {
	if p.known {
		p.in.Now = p.w.now()
		p.draw()
	}
}

// draw lays out what is known.
func (p *calendarPage) draw() {
	p.in.Touches, p.in.Filter = p.touches, p.filter
	p.page = data.ComposeCalendar(p.in)
	p.bar.draw()
	order := p.page.Order()
	moved := false
	if !slices.Contains(order, p.current) || p.edge != 0 {
		p.current, moved = p.page.Next(), true
		if len(order) > 0 && p.edge != 0 {
			p.current = order[max(0, -p.edge)*(len(order)-1)]
		}
	}
	p.edge = 0
	switch {
	case p.sources == 0 && len(order) == 0:
		p.stage.show(p.welcome())
	case len(order) == 0 && (p.filter != "" || p.view == data.MonthView):
		p.stage.show(p.nothing())
	case p.view == data.MonthView:
		moved = moved || p.stage.box.Objects[0] != p.list.view
		p.stage.show(p.list.view)
		p.list.draw()
		if moved {
			p.list.reveal()
		}
	default:
		p.drawHours()
		p.stage.show(p.hours)
		if moved {
			p.reveal()
		}
	}
	p.pane.show(p.current)
}

// welcome is what a workspace without a calendar shows.
func (p *calendarPage) welcome() fyne.CanvasObject {
	return kit.NewEmpty(kit.NewCirclesSmall(), "No calendar yet",
		"Your meetings stand here with the accounts they are about. Rapport reads a calendar's link or file, and writes nothing to it.",
		kit.NewButton(kit.Primary, "Add a calendar", func() { p.w.ofSettings(tabSources, addCalendar) }).WithIcon("plus"))
}

// nothing says why no meeting is seen.
func (p *calendarPage) nothing() fyne.CanvasObject {
	if p.filter != "" {
		return kit.NewEmpty(kit.NewIcon("search", 36, kit.Ink3), "No meeting fits", "No meeting that is seen here has these words in its title, account, people or place.",
			kit.NewButton(kit.Plain, "Show all", p.unfilter))
	}
	return kit.NewEmpty(kit.NewIcon("coffee", 36, kit.Ink3), "No meetings in "+p.page.Title, "Your calendars have none.", kit.NewButton(kit.Plain, "Today", p.toToday).WithKey("T"))
}

// show turns to a view and a day.
func (p *calendarPage) show(view data.CalendarView, day time.Time) {
	p.view, p.day = view, day
	p.load()
	p.w.refreshChrome()
	p.w.refocus()
}

// turn goes to the next span, or the one before.
func (p *calendarPage) turn(by int) { p.show(p.view, p.view.Step(p.day, by)) }

// look shows another view of the day that the person is at.
func (p *calendarPage) look(view data.CalendarView) {
	if view == p.view {
		return
	}
	day := p.day
	if e, ok := p.page.Entry(p.current); ok {
		day = e.Meeting.Start.In(p.w.zone)
	}
	p.show(view, day)
}

func (p *calendarPage) toToday() {
	p.current = ""
	p.show(p.view, p.w.now())
}

// step goes to the next meeting, or the one before; past the last one the next
// span is shown.
func (p *calendarPage) step(by int) {
	order := p.page.Order()
	at := slices.Index(order, p.current) + by
	if at < 0 || at >= len(order) {
		p.edge = by
		p.turn(by)
		return
	}
	p.stand(order[at])
}

// stand makes a meeting the current one.
func (p *calendarPage) stand(id string) {
	p.current = id
	if p.view == data.MonthView {
		p.list.stand()
	} else {
		p.drawHours()
		p.reveal()
	}
	p.pane.show(id)
	p.w.refreshChrome()
}

// open shows the folded pane, else the brief of a meeting with a customer, else
// the meeting on its timeline.
func (p *calendarPage) open() {
	e, ok := p.page.Entry(p.current)
	switch {
	case !ok:
	case p.folds && !p.w.shell.InspectorOpen():
		p.w.showInspector(true)
	case e.Brief != data.NoBrief && e.Meeting.Account.ID != "":
		p.w.openBrief(p.current)
	default:
		p.timeline()
	}
}

// hasBrief says whether the current meeting has one, or will.
func (p *calendarPage) hasBrief() bool {
	e, ok := p.page.Entry(p.current)
	return ok && e.Brief != data.NoBrief && e.Meeting.Account.ID != ""
}

// timeline shows the meeting on its account's timeline.
func (p *calendarPage) timeline() { p.w.openInteraction(p.current) }

func (p *calendarPage) unfilter() {
	p.filter = ""
	p.bar.field.SetText("")
	p.draw()
	p.focus()
}

// calendarSpans are what each view shows.
var calendarSpans = map[data.CalendarView]string{data.WeekView: "week", data.DayView: "day", data.MonthView: "month"}

func (p *calendarPage) commands() []command {
	on := func() bool { return p.current != "" }
	span := calendarSpans[p.view]
	list := []command{
		{name: "Next meeting", key: "J", more: []string{"Down"}, quiet: true, do: func() { p.step(1) }},
		{name: "Meeting before", key: "K", more: []string{"Up"}, quiet: true, do: func() { p.step(-1) }},
		{name: "Open the brief", words: "prepare meeting page", icon: "book-open-text", key: "Enter", when: on, do: p.open},
		{name: "Print the brief", words: "pdf paper prepare", icon: "printer", chord: primary(fyne.KeyP), when: p.hasBrief, do: p.pane.print},
		{name: "Open it on the timeline", words: "account history meeting", icon: "history", key: "O", when: func() bool { return p.account() != "" }, do: p.timeline},
		{name: "Next " + span, words: "later forward week day month", icon: "chevron-right", key: "Right", more: []string{"Page down"}, do: func() { p.turn(1) }},
		{name: upperFirst(span) + " before", words: "earlier back previous week day month", icon: "chevron-left", key: "Left", more: []string{"Page up"}, do: func() { p.turn(-1) }},
		{name: "Go to today in the calendar", words: "now week", icon: "sun", key: "T", do: p.toToday},
		{name: "Show a day", words: "view hours", icon: "calendar", key: "D", do: func() { p.look(data.DayView) }},
		{name: "Show the week", words: "view hours", icon: "calendar", key: "W", do: func() { p.look(data.WeekView) }},
		{name: "Show the month", words: "view agenda list", icon: "list", key: "M", do: func() { p.look(data.MonthView) }},
		{name: "Filter meetings", words: "search find account person", icon: "search", key: "/", do: func() { p.w.focus(p.bar.field.Focusable()) }},
		{name: rehearseName, words: "cards remember names promises questions learn by heart quiz", icon: "brain", key: "Q", when: func() bool { return p.account() != "" }, do: func() { p.w.rehearse(p.current) }},
		{name: "Put a follow-up in my calendar", words: "next meeting again ics invite caldav", icon: "calendar-clock", key: "F", when: on, do: p.pane.again},
		{name: "Make a training session of this meeting", words: "learn workshop focus group", icon: "presentation", when: on, do: p.session},
		{name: "Move the meeting to another account", words: "file wrong change", icon: "arrow-left-right", when: on, do: p.pane.change},
	}
	return append(list, p.pane.personPages()...)
}

// session makes a training session of the meeting that keys act on.
func (p *calendarPage) session() {
	if e, ok := p.page.Entry(p.current); ok {
		p.w.sessionOf(e.Meeting)
	}
}

func (p *calendarPage) hints() []hint {
	return []hint{
		{[]string{"←", "→"}, calendarSpans[p.view]}, {[]string{"J", "K"}, "next meeting"}, {[]string{"Enter"}, "brief"}, {[]string{"C"}, "capture after"},
	}
}
