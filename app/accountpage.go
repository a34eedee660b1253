package app

import (
	"context"
	"errors"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
)

// The tabs of an account's page, as targets name them.
const (
	tabOverview = "overview"
	tabTimeline = "timeline"
	tabPlan     = "plan"
	tabPeople   = "people"
	tabValue    = "value"
)

// accountTabs are the tabs in their order, with their names and keys.
var accountTabs = []struct{ tab, name, key string }{
	{tabOverview, "Overview", "1"}, {tabTimeline, "Timeline", "2"}, {tabPlan, "Plan", "3"},
	{tabPeople, "People", "4"}, {tabValue, "Value", "5"},
}

// accountAnswer is what every tab of an account's page asks for.
type accountAnswer struct {
	row        data.AccountRow
	you        data.You
	people     []data.Person
	colleagues []data.Colleague
	waiting    []data.Waiting // for our answer
	awaited    []data.Waiting // ours for theirs
	counts     map[data.Kind]int
	latest     []data.Interaction // the newest first, none planned
	next       data.Agenda        // the next meeting with its people; zero for none
	overview   data.Overview
	contacts   []data.ContactStanding     // the warmest first, those never spoken with last
	stages     map[string]data.TrustStage // by Contact.ID
	begins     time.Time                  // the first day of which anything is known
	space      data.Space                 // that it is in; zero for one that only this laptop has
	conflicts  []data.Conflict            // for which people must choose
	leaving    data.LeavingList           // without lines where it is not left, and of a past day
}

// latestShown is among how many of the latest their last words are looked for.
const latestShown = 5

// askAccount asks for an account as it is, or as it was known at a moment of its
// past.
func (w *window) askAccount(ctx context.Context, id string, past *store.Past, now time.Time) (a accountAnswer, err error) {
	if a.row, err = w.db.AccountRow(ctx, id, now); err != nil {
		return a, err
	}
	if a.you, err = askYou(ctx, w.db); err != nil {
		return a, err
	}
	if a.people, err = w.db.People(ctx, id, now); err != nil {
		return a, err
	}
	if a.colleagues, err = w.db.Colleagues(ctx, id, now); err != nil {
		return a, err
	}
	if a.awaited, err = w.db.Awaited(ctx, id, now); err != nil {
		return a, err
	}
	if a.waiting, err = w.db.Waiting(ctx, id, now); err != nil {
		return a, err
	}
	if a.counts, err = w.db.KindCounts(ctx, id, now); err != nil {
		return a, err
	}
	if a.latest, err = w.db.Timeline(ctx, data.TimelineQuery{Account: id, Limit: latestShown, AsKnown: past != nil}, now); err != nil {
		return a, err
	}
	var in data.OverviewInput
	if past == nil {
		in, err = w.db.OverviewInput(ctx, id, now)
	} else {
		in, err = past.Overview(ctx, now)
	}
	if err != nil {
		return a, err
	}
	a.row.Account = in.Account
	a.overview, a.contacts, a.stages = data.ComposeOverview(in), in.Contacts, in.Stages()
	if a.begins, err = w.db.Begins(ctx, id, now); err != nil {
		return a, err
	}
	if past == nil {
		if a.leaving, err = w.askLeaving(ctx, a.row.Account); err != nil {
			return a, err
		}
	}
	if err = w.askSharedAs(ctx, &a, id); err != nil {
		return a, err
	}
	return a, w.askNext(ctx, &a, past, now)
}

// askSharedAs asks for the space of an account, and what people wrote apart in it.
func (w *window) askSharedAs(ctx context.Context, a *accountAnswer, id string) (err error) {
	a.space, err = w.db.SpaceOf(ctx, id)
	if errors.Is(err, data.ErrNotFound) {
		return nil // only this laptop has it
	}
	if err != nil {
		return err
	}
	a.conflicts, err = w.db.Conflicts(ctx, id)
	return err
}

// askNext asks for the next meeting; of a day that has been only where it was
// planned by then.
func (w *window) askNext(ctx context.Context, a *accountAnswer, past *store.Past, now time.Time) (err error) {
	id := a.row.Next.ID
	if id != "" && past != nil {
		i, err := w.db.Interaction(ctx, id)
		if err != nil {
			return err
		}
		if i.RecordedAt.After(now) {
			a.row.Next, id = data.Occurrence{}, ""
		}
	}
	if id != "" {
		a.next, err = w.db.Meeting(ctx, id)
	}
	return err
}

// accountPage is the page of one account: its head and one of its tabs.
type accountPage struct {
	w      *window
	id     string
	slot   bridge.Slot
	asked  bool
	answer accountAnswer
	tab    int // in accountTabs

	head     *accountHead
	back     *lookBack
	overview *overview
	timeline *timeline
	plan     *planTab
	people   *peopleTab
	value    *valueTab
	stage    stage
	main     *fyne.Container
}

func newAccountPage(w *window, r route) page {
	p := &accountPage{w: w, id: r.id}
	p.head = newAccountHead(p)
	p.back = newLookBack(p)
	p.overview = newOverview(p)
	p.timeline = newTimeline(p)
	p.plan = newPlanTab(p)
	p.people = newPeopleTab(p)
	p.value = newValueTab(p)
	p.stage = newStage(p.overview.view)
	p.slot.Slow = p.stage.waits(&p.asked)
	p.main = filled(p.head.view, p.back.view, p.stage.box)
	return p
}

func (p *accountPage) title() string {
	if !p.asked {
		return "Account"
	}
	return p.answer.row.Name
}

func (p *accountPage) panes() panes {
	if p.inTimeline() {
		return panes{main: p.main, inspector: p.timeline.inspector.view, width: 372}
	}
	if p.inPlan() {
		return panes{main: p.main, inspector: p.plan.beside.view, width: 324}
	}
	if p.inPeople() {
		return panes{main: p.main, inspector: p.people.beside.view, width: 352}
	}
	if p.inValue() {
		return panes{main: p.main, inspector: p.value.worth.view, width: 332}
	}
	return panes{main: p.main, inspector: p.overview.pane, width: 332}
}

func (p *accountPage) inTimeline() bool { return accountTabs[p.tab].tab == tabTimeline }
func (p *accountPage) inPlan() bool     { return accountTabs[p.tab].tab == tabPlan }
func (p *accountPage) inPeople() bool   { return accountTabs[p.tab].tab == tabPeople }
func (p *accountPage) inValue() bool    { return accountTabs[p.tab].tab == tabValue }

// load asks again; of a day that has been too, since more may be known of it.
func (p *accountPage) load() {
	if p.back.on() {
		p.back.past = p.w.db.Past(p.id)
	}
	p.ask()
}

// ask asks for the moment that is shown.
func (p *accountPage) ask() {
	past, at := p.back.past, p.now()
	bridge.Load(p.w.bg, &p.slot, func(ctx context.Context) (accountAnswer, error) { return p.w.askAccount(ctx, p.id, past, at) },
		func(a accountAnswer, err error) {
			switch renamed := !p.asked || p.answer.row.Name != a.row.Name; {
			case errors.Is(err, data.ErrNotFound):
				p.asked = false
				p.stage.show(kit.NewEmpty(kit.NewIcon("building-2", 36, kit.Ink3), "This account is gone",
					"It was deleted. "+undoKeys+" brings it back.",
					kit.NewButton(kit.Plain, "All accounts", func() { p.w.open(route{place: placeAccounts}) })))
			case p.stage.answered(p.w, err, &p.asked, p.load):
				p.answer = a
				p.draw()
				if renamed && p.w.page() == p {
					p.w.refreshChrome()
				}
			}
			p.back.follow()
		})
}

// draw shows the answer.
func (p *accountPage) draw() {
	p.head.draw(p.answer, p.tab)
	p.overview.draw(p.answer)
	p.stage.show(p.tabView())
	p.w.keepFocus(p)
	if p.tab == 0 {
		p.overview.loadSuggested()
	}
	if p.inTimeline() {
		p.timeline.load()
	}
	if p.inPlan() {
		p.plan.load()
	}
	if p.inPeople() {
		p.people.load()
	}
	if p.inValue() {
		p.value.load()
	}
	p.back.draw()
}

func (p *accountPage) tabView() fyne.CanvasObject {
	if p.inTimeline() {
		return p.timeline.view
	}
	if p.inPlan() {
		return p.plan.view
	}
	if p.inPeople() {
		return p.people.view
	}
	if p.inValue() {
		return p.value.view
	}
	return p.overview.view
}

func (p *accountPage) minute() { p.load() }

// writersChanged shows who else writes here now.
func (p *accountPage) writersChanged() {
	if !p.asked {
		return
	}
	p.head.draw(p.answer, p.tab)
	if p.inPlan() && p.plan.asked {
		p.plan.list.Refresh()
		p.plan.bar.draw()
	}
}

func (p *accountPage) focus() {
	if p.inTimeline() {
		p.timeline.list.Take()
		return
	}
	if p.inPlan() {
		p.plan.focus()
		return
	}
	if p.inPeople() {
		p.people.focus()
		return
	}
	if p.inValue() {
		p.value.list.Take()
		return
	}
	p.overview.list.Take()
}

// goTo opens a tab, and on the timeline an entry.
func (p *accountPage) goTo(to target) {
	for i, t := range accountTabs {
		if t.tab == to.tab {
			p.tab = i
		}
	}
	switch {
	case to.item != "" && to.tab == tabPlan:
		p.plan.beside.sought = true
	case to.item != "":
		p.timeline.seek(to.item)
	}
	if p.asked {
		p.stage.show(p.tabView()) // at once, as the pane beside it
	}
}

// turn opens a tab of the page in view.
func (p *accountPage) turn(tab int) {
	if tab == p.tab {
		return
	}
	if p.back.on() && accountTabs[tab].tab == tabValue { // it has no past
		p.back.leave()
		p.w.say("Value is shown as it is today")
	}
	p.tab = tab
	p.w.repane()
	p.w.canvas.Unfocus() // the list of the other tab would swallow every key
	if p.asked {
		p.draw()
	}
	p.w.refreshChrome()
	p.w.refocus()
}

// showOn opens the timeline at an entry.
func (p *accountPage) showOn(item string) {
	p.timeline.seek(item)
	p.openTimeline()
}

// showWith opens the timeline of one person.
func (p *accountPage) showWith(who data.Person) {
	p.timeline.with(who)
	p.openTimeline()
}

func (p *accountPage) openTimeline() {
	if p.inTimeline() {
		p.timeline.load()
		return
	}
	p.turnTo(tabTimeline)
}

// turnTo opens a tab by its name.
func (p *accountPage) turnTo(tab string) {
	for i, t := range accountTabs {
		if t.tab == tab {
			p.turn(i)
		}
	}
}

func (p *accountPage) hints() []hint {
	if p.back.on() {
		return p.back.hints()
	}
	if p.inPlan() {
		return p.plan.hints()
	}
	if p.inPeople() {
		return p.people.hints()
	}
	if p.inValue() {
		return []hint{{[]string{"J", "K"}, "move"}, {[]string{"←", "→"}, "side"}, {[]string{"Enter"}, "change"}, {[]string{"Space"}, "agreed"}, {[]string{"N"}, "add"}, {[]string{"M"}, "figures"}}
	}
	if p.inTimeline() {
		return []hint{{[]string{"J", "K"}, "move"}, {[]string{"A"}, "answer"}, {[]string{"C"}, "log"}, {[]string{"F"}, "filter"}, {[]string{"[", "]"}, "jump silence"}}
	}
	return []hint{{[]string{"1", "2"}, "tabs"}, {[]string{"R"}, "receipts of a number"}, {[]string{"P"}, "promise"}, {[]string{"Space"}, "done"}, {[]string{"S"}, "another day"}, {[]string{"C"}, "log a contact"}, {[]string{"N"}, "add"}}
}

func (p *accountPage) commands() []command {
	if !p.asked {
		return nil
	}
	list := []command{
		{name: "Show the overview", words: "tab", icon: "gauge", key: "1", do: func() { p.turnTo(tabOverview) }},
		{name: "Show the timeline", words: "tab history mails", icon: "history", key: "2", do: func() { p.turnTo(tabTimeline) }},
		{name: "Show the plan", words: "tab objectives steps review strategy", icon: "target", key: "3", do: func() { p.turnTo(tabPlan) }},
		{name: "Show the people", words: "tab map stakeholders who influence support", icon: "users", key: "4", do: func() { p.turnTo(tabPeople) }},
		{name: "Show the value", words: "tab money ledger offers whitespace uses profit", icon: "handshake", key: "5", do: func() { p.turnTo(tabValue) }},
		{name: "Add to this account", words: "new person contact promise need fact wish", icon: "plus", key: "N", do: p.head.addMenu},
		p.historyCommand(),
		{name: "Edit this account", words: "rename tier owner domain sector", icon: "pen-line", key: "E", do: p.edit},
		{name: "Choose between the versions of this account", words: "conflict two people changed apart merge", icon: "git-merge", key: "V",
			when: func() bool { return len(p.answer.conflicts) > 0 }, do: func() { p.w.openChooser(p.id) }},
		{name: shareWithName, words: "space team colleagues put into", icon: "users", when: func() bool { return !p.back.on() }, do: p.share},
		{name: "Save the hand-over pack", words: "export colleague takes over leaves pdf html markdown file", icon: "printer", do: p.handover},
		{name: "Delete this account", words: "remove", icon: "x", do: p.delete},
		{name: "Leave this account", key: "Esc", quiet: true, when: func() bool { return !p.inTimeline() || !p.timeline.filter.narrows() }, do: p.w.up},
	}
	if p.inPlan() && (p.plan.compare != nil || p.plan.preview != nil) { // Esc and the keys of days are its own
		return append(p.plan.commands(), list[:len(accountTabs)]...)
	}
	if p.back.on() { // nothing of a past day can be changed
		return slices.Concat(p.back.commands(), p.pastCommands(), list[:len(accountTabs)])
	}
	list = append(list, command{name: "Show the account as it was known on a day", words: "time machine history past date back", icon: "history", key: "H", do: p.back.begin})
	list = append(list, p.addCommands()...)
	list = append(list, p.windDownCommands()...)
	if p.inTimeline() {
		return append(p.timeline.commands(), list...)
	}
	if p.inPlan() {
		return append(p.plan.commands(), list...)
	}
	if p.inPeople() {
		return append(p.people.commands(), list...)
	}
	if p.inValue() {
		return append(p.value.commands(), list...)
	}
	return append(list, p.overview.commands()...)
}

// pastCommands are those of a tab that change nothing.
func (p *accountPage) pastCommands() []command {
	switch {
	case p.inTimeline():
		return p.timeline.lookCommands()
	case p.inPlan():
		return p.plan.commands()
	case p.inPeople():
		return p.people.lookCommands()
	}
	return p.overview.lookCommands()
}

func (p *accountPage) addPerson() { p.w.editContact(data.Contact{AccountID: p.id}) }
func (p *accountPage) edit()      { p.w.editAccount(p.answer.row.Account, nil) }
func (p *accountPage) delete() {
	p.w.deleteAccount(p.answer.row.Account, func() { p.w.open(route{place: placeAccounts}) })
}
