package app

import (
	"fyne.io/fyne/v2"

	"rapport/data"
)

// Which thing the pages have in hand: the one that Shift H, and the menu of a row,
// show the history of.

// inHand is the thing of the current row of the tab in view, or else the account.
func (p *accountPage) inHand() data.ThingRef {
	if !p.asked || p.back.on() {
		return data.ThingRef{}
	}
	if ref := p.rowHand(); ref.ID != "" {
		return ref
	}
	return data.ThingRef{Kind: data.KindAccount, ID: p.id}
}

// historyCommand shows the history of the account itself, whichever row is current.
func (p *accountPage) historyCommand() command {
	return command{name: "Show who changed this account", words: "history versions field restore older value", icon: "history",
		when: func() bool { return !p.back.on() }, do: func() { p.w.openHistory(data.ThingRef{Kind: data.KindAccount, ID: p.id}, "") }}
}

// rowHand is the thing of the current row, zero on a day that has been.
func (p *accountPage) rowHand() data.ThingRef {
	if !p.asked || p.back.on() {
		return data.ThingRef{}
	}
	return p.tabHand()
}

// tabHand is the thing of the current row, zero for a row that is about none.
func (p *accountPage) tabHand() data.ThingRef {
	switch {
	case p.inTimeline():
		return p.timeline.inHand()
	case p.inPlan():
		return p.plan.inHand()
	case p.inPeople():
		return p.people.inHand()
	case p.inValue():
		return p.value.inHand()
	}
	if p.overview.people.focused() {
		return p.overview.people.inHand()
	}
	return p.overview.current().thing()
}

func (p *contactPage) inHand() data.ThingRef {
	return data.ThingRef{Kind: data.KindContact, ID: p.id}
}

// thing is the promise, the need or the line of leaving that the row shows; what
// was only seen in mail is nobody's yet.
func (r overviewRow) thing() data.ThingRef {
	switch r.kind {
	case overviewPromise:
		return refOfPart(r.promise.Promise)
	case overviewNeed:
		return refOfPart(r.need.Need)
	case overviewLeaving:
		return refOfPart(r.leaving.Leaving)
	}
	return data.ThingRef{}
}

// focused says whether the keyboard is with the people beside the overview.
func (v *accountPeople) focused() bool { return v.p.w.canvas.Focused() == fyne.Focusable(v.list) }

// pastless is the thing of a row of the pane, zero on a day that has been.
func (v *accountPeople) pastless(r peopleRow) data.ThingRef {
	if v.p.back.on() {
		return data.ThingRef{}
	}
	return r.thing()
}

// inHand is the person or the first wish of the current row of the pane.
func (v *accountPeople) inHand() data.ThingRef {
	if row := v.list.Current(); row >= 0 && row < len(v.rows) {
		return v.rows[row].thing()
	}
	return data.ThingRef{}
}

func (r peopleRow) thing() data.ThingRef {
	if r.kind == peopleWish {
		return refOfPart(r.wish.Preferences[0])
	}
	return data.ThingRef{Kind: data.KindContact, ID: r.person.ID}
}

// inHand is the entry in view, when somebody logged it: what mail and calendars
// brought, nobody wrote here.
func (t *timeline) inHand() data.ThingRef {
	if row := t.list.Current(); t.asked && row >= 0 && row < len(t.rows) && t.rows[row].Kind == data.RowItem {
		if i := t.rows[row].Item; isLogged(i.Kind) {
			return data.ThingRef{Kind: data.KindInteraction, ID: i.ID}
		}
	}
	return data.ThingRef{}
}

// inHand is the line that the cursor is on.
func (t *planTab) inHand() data.ThingRef {
	if !t.asked || t.compare != nil || t.preview != nil {
		return data.ThingRef{}
	}
	l := t.row().on(t.column)
	return data.ThingRef{Kind: l.Kind, ID: l.ID}
}

// inHand is where the one who is looked at was placed, or who is not placed yet
// themselves.
func (t *peopleTab) inHand() data.ThingRef {
	c, ok := t.current()
	switch {
	case !t.asked || !ok:
		return data.ThingRef{}
	case c.Stakeholder.ID != "":
		return refOfPart(c.Stakeholder)
	}
	return data.ThingRef{Kind: data.KindContact, ID: c.Contact.ID}
}

// menu is what can be done with the one who is looked at: with where they stand,
// and with what is known of them, each with a history of its own.
func (t *peopleTab) menu() []command {
	list := t.p.w.withHistory(t.actions(), t.p.rowHand())
	if c, ok := t.current(); ok && c.Stakeholder.ID != "" && !t.p.back.on() {
		list = append(list, command{name: "Show who changed what is known of " + data.FirstName(c.Contact.Name), icon: "history",
			do: func() { t.p.w.openHistory(data.ThingRef{Kind: data.KindContact, ID: c.Contact.ID}, "") }})
	}
	return list
}

// inHand is the entry, the supplier, the use or the initiative of the current row,
// of the half or the unit that keys act on.
func (v *valueTab) inHand() data.ThingRef {
	r, ok := v.current()
	if !ok {
		return data.ThingRef{}
	}
	switch r.kind {
	case valuePair:
		return refOfPart(r.pair[min(v.column, 1)])
	case valueShare:
		return refOfPart(r.share)
	case valueUse:
		return refOfPart(r.use)
	case valueOffer:
		if at := min(v.column, len(r.offer.Cells)-1); at >= 0 && r.offer.Cells[at].ID != "" {
			return refOfPart(r.offer.Cells[at])
		}
		return refOfPart(r.offer.Offer)
	}
	return data.ThingRef{}
}

// refOfPart names a part; zero for one that was never kept.
func refOfPart(p data.Part) data.ThingRef {
	if id := p.Belonging().ID; id != "" {
		return data.ThingRef{Kind: p.PartKind(), ID: id}
	}
	return data.ThingRef{}
}

// withHistory is the menu of a row with the history of its thing at the end, where
// it is about one.
func (w *window) withHistory(menu []command, of data.ThingRef) []command {
	if of.ID == "" {
		return menu
	}
	return append(menu[:len(menu):len(menu)], command{name: historyName, icon: "history", key: "Shift H", do: func() { w.openHistory(of, "") }})
}
