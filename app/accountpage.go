package app

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
)

// The tabs of an account's page, as targets name them.
const (
	tabOverview = "overview"
	tabTimeline = "timeline"
)

// accountTabs are the tabs in their order, with their names.
var accountTabs = []struct{ tab, name string }{{tabOverview, "Overview"}, {tabTimeline, "Timeline"}}

// accountAnswer is what every tab of an account's page asks for.
type accountAnswer struct {
	row        data.AccountRow
	you        data.You
	people     []data.Person
	colleagues []data.Colleague
	waiting    []data.Waiting
	counts     map[data.Kind]int
	latest     []data.Interaction // the newest first, none planned
	next       data.Agenda        // the next meeting with its people; zero for none
}

// latestShown is how many of the latest the overview shows.
const latestShown = 5

func (w *window) askAccount(ctx context.Context, id string) (a accountAnswer, err error) {
	now := w.now()
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
	if a.waiting, err = w.db.Waiting(ctx, id, now); err != nil {
		return a, err
	}
	if a.counts, err = w.db.KindCounts(ctx, id, now); err != nil {
		return a, err
	}
	if a.latest, err = w.db.Timeline(ctx, data.TimelineQuery{Account: id, Limit: latestShown}, now); err != nil {
		return a, err
	}
	if a.row.Next.ID != "" {
		a.next, err = w.db.Meeting(ctx, a.row.Next.ID)
	}
	return a, err
}

// accountPage is the page of one account: its head and one of its tabs.
type accountPage struct {
	w      *window
	id     string
	slot   slot
	asked  bool
	answer accountAnswer
	tab    int // in accountTabs

	head     *accountHead
	overview *overview
	timeline *timeline
	stage    stage
	main     *fyne.Container
}

func newAccountPage(w *window, r route) page {
	p := &accountPage{w: w, id: r.id}
	p.head = newAccountHead(p)
	p.overview = newOverview(p)
	p.timeline = newTimeline(p)
	p.stage = newStage(p.overview.view)
	p.main = filled(p.head.view, p.stage.box)
	p.slot.slow = func() {
		if !p.asked {
			p.stage.show(reading())
		}
	}
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
	return panes{main: p.main, inspector: p.overview.pane, width: 332}
}

func (p *accountPage) inTimeline() bool { return accountTabs[p.tab].tab == tabTimeline }

func (p *accountPage) load() {
	load(p.w.bg, &p.slot, func(ctx context.Context) (accountAnswer, error) { return p.w.askAccount(ctx, p.id) },
		func(a accountAnswer, err error) {
			switch {
			case errors.Is(err, data.ErrNotFound):
				p.asked = false
				p.stage.show(kit.NewEmpty(kit.NewIcon("building-2", 36, kit.Ink3), "This account is gone",
					"It was deleted. "+undoKeys+" brings it back.",
					kit.NewButton(kit.Plain, "All accounts", func() { p.w.open(route{place: placeAccounts}) })))
			case err != nil && p.asked:
				p.w.fail(err)
			case err != nil:
				p.stage.show(failedView(err, p.load))
			default:
				renamed := !p.asked || p.answer.row.Name != a.row.Name
				p.asked, p.answer = true, a
				p.draw()
				if renamed && p.w.page() == p {
					p.w.refreshChrome()
				}
			}
		})
}

// draw shows the answer.
func (p *accountPage) draw() {
	p.head.draw(p.answer, p.tab)
	p.overview.draw(p.answer)
	p.stage.show(p.tabView())
	p.w.keepFocus(p)
	if p.inTimeline() {
		p.timeline.load()
	}
}

func (p *accountPage) tabView() fyne.CanvasObject {
	if p.inTimeline() {
		return p.timeline.view
	}
	return p.overview.view
}

func (p *accountPage) minute() { p.load() }

func (p *accountPage) focus() {
	if p.inTimeline() {
		p.timeline.list.Take()
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
	if to.item != "" {
		p.timeline.seek(to.item)
	}
}

// turn opens a tab of the page in view.
func (p *accountPage) turn(tab int) {
	if tab == p.tab {
		return
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
	p.turn(1)
}

func (p *accountPage) hints() []hint {
	if p.inTimeline() {
		return []hint{{[]string{"J", "K"}, "move"}, {[]string{"C"}, "log"}, {[]string{"F"}, "filter"}, {[]string{"[", "]"}, "jump silence"}}
	}
	return []hint{{[]string{"1", "2"}, "tabs"}, {[]string{"J", "K"}, "move"}, {[]string{"C"}, "log"}, {[]string{"N"}, "add"}}
}

func (p *accountPage) commands() []command {
	if !p.asked {
		return nil
	}
	list := []command{
		{name: "Show the overview", words: "tab", icon: "gauge", key: "1", do: func() { p.turn(0) }},
		{name: "Show the timeline", words: "tab history mails", icon: "history", key: "2", do: func() { p.turn(1) }},
		{name: "Add to this account", words: "new person contact", icon: "plus", key: "N", do: p.head.addMenu},
		{name: "Add a person", words: "contact new address", icon: "user-round-plus", do: p.addPerson},
		{name: "Edit this account", words: "rename tier owner domain sector", icon: "pen-line", key: "E", do: p.edit},
		{name: "Delete this account", words: "remove", icon: "x", do: p.delete},
	}
	if p.inTimeline() {
		return append(p.timeline.commands(), list...)
	}
	return append(list, p.overview.commands()...)
}

func (p *accountPage) addPerson() { p.w.editContact(data.Contact{AccountID: p.id}) }
func (p *accountPage) edit()      { p.w.editAccount(p.answer.row.Account, nil) }
func (p *accountPage) delete() {
	p.w.deleteAccount(p.answer.row.Account, func() { p.w.open(route{place: placeAccounts}) })
}
