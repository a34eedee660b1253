package app

import (
	"rapport/data"
	"rapport/data/store"
)

func (p *contactPage) belongs() data.Belongs {
	return data.Belongs{Account: p.account(), Contact: p.id}
}

func (p *contactPage) edit()       { p.w.editContact(p.answer.Contact) }
func (p *contactPage) addPromise() { p.w.editPromise(data.Promise{Belongs: p.belongs(), By: data.Us}) }
func (p *contactPage) addFact()    { p.w.editFact(data.Fact{Belongs: p.belongs()}) }
func (p *contactPage) addUnknown() { p.w.editUnknown(data.Unknown{Belongs: p.belongs()}) }
func (p *contactPage) addWish()    { p.w.editWish(data.Preference{Belongs: p.belongs()}) }
func (p *contactPage) addSign()    { p.w.editSign(data.TrustSign{Belongs: p.belongs()}) }
func (p *contactPage) rate()       { p.w.editRating(p.ownRating()) }
func (p *contactPage) addRelation() {
	p.w.editRelation(data.Relation{Belongs: p.belongs(), Is: data.ReportsTo})
}
func (p *contactPage) addPlace() {
	p.w.editPlace(data.Affiliation{Belongs: data.Belongs{Contact: p.id}}, p.answer.Contact)
}
func (p *contactPage) moved() { p.w.moveContact(p.answer.Contact) }

// ownRating is a new rating of whoever sits here, with the score of their last.
func (p *contactPage) ownRating() data.Rating {
	r := data.Rating{Belongs: p.belongs(), Score: -1}
	for _, o := range p.answer.Ratings {
		if p.answer.you.Is(data.Participant{Address: data.Address{Name: o.By}}) {
			r.Score = o.Score
		}
	}
	return r
}

// write opens the panel for a mail to them.
func (p *contactPage) write() {
	if c := p.answer.Contact; len(c.Emails) > 0 {
		p.w.writeTo(data.Address{Name: c.Name, Email: c.Emails[0]})
	}
}

// showAll opens their account's timeline with what happened with them alone.
func (p *contactPage) showAll() {
	c := p.answer.Contact
	w := p.w
	w.open(route{place: placeAccount, id: c.AccountID})
	if a, ok := w.page().(*accountPage); ok && len(c.Emails) > 0 {
		a.showWith(data.Person{Contact: c, Email: c.Emails[0]})
		return
	}
	w.openAt(route{place: placeAccount, id: c.AccountID}, target{tab: tabTimeline})
}

func (p *contactPage) showReceipts(of data.DialKind) {
	w := p.w
	w.showReceipts(receipts{dials: p.answer.Dials, contacts: []data.Contact{p.answer.Contact}, now: w.now(), opens: func(r data.Receipt) func() {
		if r.Interaction == "" {
			return nil
		}
		return func() { w.openInteraction(r.Interaction) }
	}}, of)
}

func (p *contactPage) delete() {
	c := p.answer.Contact
	p.w.write(c.Name+" deleted", func(tx *store.Tx) error { return tx.DeleteContact(c.ID) }, p.w.up)
}

func (p *contactPage) addMenu() {
	list := p.addCommands()
	for i := range list {
		list[i].name = upperFirst(trimmedAdd(list[i].name))
	}
	p.w.menuAt(under(p.head.add), append(list, command{name: "A call, visit or note", do: func() { p.w.openCapture(p.account()) }})...)
}

func trimmedAdd(name string) string {
	const add = "Add "
	if len(name) > len(add) && name[:len(add)] == add {
		return name[len(add):]
	}
	return name
}

// addCommands are what can be added to the contact, in the order of the menu.
func (p *contactPage) addCommands() []command {
	return []command{
		{name: "Add a promise", words: "new owe due task", icon: "handshake", key: "P", do: p.addPromise},
		{name: "Add a fact", words: "new know goal circumstance birthday language interest phone", icon: "notebook-text", key: "F", do: p.addFact},
		{name: "Add what we do not know", words: "new unknown question ask owner", icon: "circle-help", key: "U", do: p.addUnknown},
		{name: "Add a wish", words: "new preference how they like to work channel hours", icon: "gauge", key: "W", do: p.addWish},
		{name: "Add a sign of trust", words: "new evidence stage", icon: "handshake", do: p.addSign},
		{name: "Add what you feel about them", words: "rate rating score", icon: "heart-pulse", do: p.rate},
		{name: "Add how they stand to somebody", words: "new relation reports influences at odds works with", icon: "network", do: p.addRelation},
		{name: "Add a place where they worked", words: "new affiliation job past", icon: "history", do: p.addPlace},
	}
}

func (p *contactPage) commands() []command {
	if !p.asked {
		return []command{{name: "Leave this person", key: "Esc", quiet: true, do: p.w.up}}
	}
	first := data.FirstName(p.answer.Contact.Name)
	list := p.rowCommands(p.current())
	if p.inPane() {
		list = append(moveCommands(p.pane.list), list...)
		list = append(list, command{name: "Back to the page", key: "Esc", quiet: true, do: p.toMain})
	} else {
		list = append(moveCommands(p.list), list...)
		list = append(list, command{name: "Leave this person", key: "Esc", quiet: true, do: p.w.up})
	}
	list = append(list,
		command{name: "Go to what stands beside", words: "pane reach wishes relations places", icon: "users", key: "Shift P", do: p.toPane},
		command{name: "Show the receipts of the numbers", words: "evidence why dials warmth", icon: "receipt-text", key: "R", do: func() { p.showReceipts("") }},
		command{name: "Write to " + first, words: "mail draft compose message", icon: "mail", key: "A", when: func() bool { return len(p.answer.Contact.Emails) > 0 }, do: p.write},
		command{name: "Show all that happened with " + first, words: "timeline history mails", icon: "history", key: "T", when: func() bool { return p.account() != "" }, do: p.showAll},
		command{name: "Open the account of " + first, words: "customer", icon: "building-2", key: "G O", when: func() bool { return p.answer.Account.ID != "" },
			do: func() { p.w.open(route{place: placeAccount, id: p.answer.Account.ID}) }},
		command{name: "Edit " + first, words: "rename address phone role side", icon: "pen-line", key: "E", do: p.edit},
		command{name: first + " works elsewhere now", words: "moved job left place", icon: "route", key: "M", do: p.moved},
		command{name: "Make " + first + " one with another contact", words: "merge duplicate same person", icon: "git-merge", do: p.merge},
		command{name: "What colleagues may see of mail with " + first + "…", words: "share private secret team rule", icon: "eye", do: p.share},
		command{name: "Add to " + first, words: "new", icon: "plus", key: "N", do: p.addMenu},
		command{name: "Delete " + first, words: "remove", icon: "x", do: p.delete},
		command{name: "Erase " + first + " for good", words: "gdpr forget right privacy remove history spaces", icon: "eye-off", do: p.erase},
	)
	return append(list, p.addCommands()...)
}

// rowCommands are what can be done with a row.
func (p *contactPage) rowCommands(r contactRow) []command {
	d := r.deeds
	var list []command
	add := func(name, words, icon, key string, do func()) {
		if do != nil {
			list = append(list, command{name: name, words: words, icon: icon, key: key, do: do})
		}
	}
	verb := map[string]string{"entry": "Open this entry", "evidence": "Open this evidence", "address": "Write to this address", "relation": "Open this person", "merge": "Part them again", "breach": "Show this breach"}[d.name]
	if verb == "" {
		verb = "Edit this " + d.name
	}
	add(verb, "change open", "pen-line", "Enter", d.open)
	done := "This promise was kept"
	if d.name == "question" {
		done = "Answer this question"
	}
	add(done, "done", "check", "Space", d.done)
	add("Another day for this promise", "snooze later postpone due", "calendar-clock", "S", d.later)
	add(d.yesDoes, "yes accept confirm", "check", "Y", d.yes)
	add(d.noDoes, "no refuse decline", "x", "X", d.no)
	add("Delete this "+d.name, "remove", "x", "Delete", d.drop)
	if r.item != "" {
		add("Show where it was said", "source mail timeline evidence", "history", "O", func() { p.w.openInteraction(r.item) })
	}
	return append(list, d.more...)
}
