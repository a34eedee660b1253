package app

import (
	"slices"

	"rapport/data"
)

// commands are what can be done on the overview, with the current row and with
// the whole page.
func (o *overview) commands() []command {
	return slices.Concat(moveCommands(o.list), o.rowCommands(o.current()), []command{o.receiptsCommand()}, o.people.commands())
}

// lookCommands are those that change nothing.
func (o *overview) lookCommands() []command {
	return slices.Concat(moveCommands(o.list), o.sourceCommands(o.current()), []command{o.receiptsCommand()})
}

func (o *overview) receiptsCommand() command {
	return command{name: "Show the receipts of the numbers", words: "evidence why dials quality", icon: "receipt-text", key: "R", do: func() { o.showReceipts("") }}
}

// rowCommands are what can be done with a row.
func (o *overview) rowCommands(r overviewRow) []command {
	var list []command
	switch r.kind {
	case overviewPromise:
		list = o.promiseCommands(r.promise.Promise)
	case overviewLeaving:
		list = o.leavingCommands(r.leaving)
	case overviewNeed:
		list = o.needCommands(r.need.Need)
	case overviewProposal:
		list = proposalCommands(o.p.w, r.proposal)
	case overviewSuggested:
		list = o.suggestedCommands(r.suggested)
	}
	return append(list, o.sourceCommands(r)...)
}

// sourceCommands show where it was said what a row shows.
func (o *overview) sourceCommands(r overviewRow) (list []command) {
	if source := o.source(r); source != "" {
		list = append(list, command{name: "Show where it was said", words: "source mail timeline evidence", icon: "history", key: "O", do: func() { o.p.showOn(source) }})
	}
	return list
}

// source is the entry that a row rests on, else the one of the issue.
func (o *overview) source(r overviewRow) string {
	if r.item != "" {
		return r.item
	}
	if o.answer.Issue != nil {
		return o.answer.Issue.Source.ID
	}
	return ""
}

func (o *overview) promiseCommands(p data.Promise) []command {
	w := o.p.w
	return []command{
		{name: "This promise was kept", words: "done", icon: "check", key: "Space", do: func() { w.keepPromise(p) }},
		{name: "Another day for this promise", words: "snooze later postpone due", icon: "calendar-clock", key: "S", do: func() { w.postponePromise(p) }},
		{name: "Edit this promise", words: "change due owner", icon: "pen-line", key: "Enter", do: func() { w.editPromise(p) }},
		{name: "Let go of this promise", words: "drop cancel", icon: "x", do: func() { w.letGoOfPromise(p) }},
		{name: "Delete this promise", words: "remove", icon: "x", key: "Delete", do: func() { deletePart(w, "Promise deleted: "+said(p.What), p) }},
	}
}

func (o *overview) needCommands(n data.Need) []command {
	w := o.p.w
	return []command{
		{name: "This need is met", words: "done expectation", icon: "check", key: "Space", do: func() { w.meetNeed(n, data.IsMet) }},
		{name: "This need is on the way", words: "progress expectation", icon: "circle-dot", do: func() { w.meetNeed(n, data.OnTheWay) }},
		{name: "This need is not met", words: "expectation", icon: "circle-x", do: func() { w.meetNeed(n, data.NotMet) }},
		{name: "Edit this need", words: "change words obstacle", icon: "pen-line", key: "Enter", do: func() { w.editNeed(n) }},
		{name: "Answer this need", words: "initiative cure treatment add", icon: "heart-pulse", do: func() {
			w.editInitiative(data.Initiative{Belongs: data.Belongs{Account: n.Account}, Needs: []string{n.ID}, State: data.Proposed})
		}},
		{name: "It is no need any more", words: "close", icon: "archive", do: func() { w.closeNeed(n) }},
		{name: "Delete this need", words: "remove", icon: "x", key: "Delete", do: func() { deletePart(w, "Need deleted: "+said(n.Name()), n) }},
	}
}

// What the account's page adds; each asks with a form.
func (p *accountPage) belongs() data.Belongs { return data.Belongs{Account: p.id} }
func (p *accountPage) addPromise()           { p.w.editPromise(data.Promise{Belongs: p.belongs(), By: data.Us}) }
func (p *accountPage) addNeed()              { p.w.editNeed(data.Need{Belongs: p.belongs(), Met: data.NotMet}) }
func (p *accountPage) addFact()              { p.w.editFact(data.Fact{Belongs: p.belongs()}) }
func (p *accountPage) addWish()              { p.w.editWish(data.Preference{Belongs: p.belongs()}) }
func (p *accountPage) addInitiative() {
	p.w.editInitiative(data.Initiative{Belongs: p.belongs(), State: data.Proposed})
}

// addCommands are what can be added to the account, in the order of the menu.
func (p *accountPage) addCommands() []command {
	return []command{
		{name: "Add a promise", words: "new owe due task", icon: "handshake", key: "P", do: p.addPromise},
		{name: "Add a need", words: "new want expectation obstacle issue", icon: "quote", do: p.addNeed},
		{name: "Add an initiative", words: "new cure treatment help", icon: "heart-pulse", do: p.addInitiative},
		{name: "Add a fact", words: "new know goal circumstance story", icon: "notebook-text", do: p.addFact},
		{name: "Add a wish", words: "new preference how they like to work channel hours", icon: "gauge", do: p.addWish},
		{name: "Add a person", words: "contact new address", icon: "user-round-plus", do: p.addPerson},
		{name: "Add their news", words: "rss atom feed press website blog published", icon: "globe", do: p.addFeed},
	}
}
