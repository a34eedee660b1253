package app

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
	"rapport/data/text"
)

// contactPane stands beside the page of a contact: how they are reached, how they
// like to work, who knows them, whom they know, and where they worked.
type contactPane struct {
	p    *contactPage
	list *kit.List
	view fyne.CanvasObject
	rows []contactRow
	// breaches says that every breach is listed.
	breaches bool
}

func newContactPane(p *contactPage) *contactPane {
	v := &contactPane{p: p, list: kit.NewList()}
	v.fillList()
	v.view = kit.NewPad(4, 0, 8, 0, v.list)
	return v
}

func (v *contactPane) draw() {
	current, key := v.list.Current(), v.current().key
	v.rows = v.compose()
	at := slices.IndexFunc(v.rows, func(r contactRow) bool { return key != "" && r.key == key })
	if at < 0 {
		at = min(current, len(v.rows)-1)
	}
	top := v.list.Offset() == 0
	v.list.Keep(at)
	if top {
		v.list.ToOffset(0)
	}
}

func (v *contactPane) current() contactRow { return rowAt(v.rows, v.list.Current()) }

func (v *contactPane) compose() []contactRow {
	a := v.p.answer
	rows := v.reachRows(a)
	rows = append(rows, v.wishRows(a)...)
	rows = append(rows, v.breachRows(a)...)
	rows = append(rows, v.knowRows(a)...)
	rows = append(rows, v.relationRows(a)...)
	rows = append(rows, v.placeRows(a)...)
	return append(rows, v.mergeRows(a)...)
}

func besideHead(text, count, link string, do func()) contactRow {
	return contactRow{kind: contactPaneHead, head: overviewHeading{text: text, count: count, link: link, do: do}}
}

func besideNote(words string) contactRow { return contactRow{kind: contactPaneNote, text: words} }

// reachRows are their addresses and numbers.
func (v *contactPane) reachRows(a contactAnswer) []contactRow {
	w, c := v.p.w, a.Contact
	rows := []contactRow{besideHead("How to reach them", "", "Edit", v.p.edit)}
	for i, e := range c.Emails {
		line := contactWords{icon: "mail", says: e}
		if i == 0 && len(c.Emails) > 1 {
			line.right = "first"
		}
		more := []command{{name: "Copy this address", icon: "copy", do: func() { w.copy(e) }}}
		if i > 0 {
			more = append(more, command{name: "Use this address first", words: "prefer", icon: "mail", do: func() { v.p.preferAddress(e) }})
		}
		rows = append(rows, contactRow{kind: contactPaneLine, key: "mail " + e, line: line, deeds: contactDeeds{name: "address",
			open: func() { w.writeTo(data.Address{Name: c.Name, Email: e}) }, drop: func() { v.p.dropAddress(e) }, more: more}})
	}
	if c.Phone != "" {
		rows = append(rows, contactRow{kind: contactPaneLine, key: "phone", line: contactWords{icon: "phone", says: c.Phone}, deeds: contactDeeds{name: "number", open: v.p.edit,
			more: []command{{name: "Copy this number", icon: "copy", do: func() { w.copy(c.Phone) }}}}})
	}
	for _, f := range a.Phones {
		deeds := partDeeds(w, "number", f.Value, f, w.editFact)
		deeds.more = []command{{name: "Copy this number", icon: "copy", do: func() { w.copy(f.Value) }}}
		rows = append(rows, contactRow{kind: contactPaneLine, key: f.ID, line: contactWords{icon: "phone", says: f.Value, second: f.Source}, deeds: deeds})
	}
	if len(rows) == 1 {
		rows = append(rows, besideNote("No address or number is known; press E."))
	}
	return rows
}

// wishRows are how they like to be dealt with.
func (v *contactPane) wishRows(a contactAnswer) []contactRow {
	w := v.p.w
	rows := []contactRow{besideHead("How they like to work", countWord(len(a.Wishes)), "Add", v.p.addWish)}
	for _, wish := range a.Wishes {
		pref := wish.Preferences[0]
		rows = append(rows, contactRow{kind: contactPaneWish, key: pref.ID, wish: wish, deeds: partDeeds(w, "wish", pref.Words(), pref, w.editWish)})
	}
	if len(a.Wishes) == 0 {
		rows = append(rows, besideNote("They have not said yet. Ask once, and keep to it."))
	}
	return rows
}

// breachesShown is how many breaches are listed before all are asked for.
const breachesShown = 3

// breachRows are what went against their wishes, and why.
func (v *contactPane) breachRows(a contactAnswer) []contactRow {
	if len(a.Breaches) == 0 {
		return nil
	}
	head := besideHead("What went against it", countWord(len(a.Breaches)), "", nil)
	shown := a.Breaches
	if len(shown) > breachesShown {
		head.head.link, head.head.do = "All", v.toggleBreaches
		if v.breaches {
			head.head.link = "Fewer"
		} else {
			shown = shown[:breachesShown]
		}
	}
	rows := []contactRow{head}
	for _, b := range shown {
		deeds := contactDeeds{name: "breach", open: func() { v.p.w.showBreach(b) }, drop: func() { deletePart(v.p.w, "Breach deleted: "+said(b.Words), b) }}
		rows = append(rows, contactRow{kind: contactPaneLine, key: b.ID, item: b.Interaction, deeds: deeds,
			line: contactWords{icon: "triangle-alert", tint: kit.Warm, says: upperFirst(b.Words), second: joinDots(dateWords(b.On), b.By, b.Why)}})
	}
	return rows
}

func (v *contactPane) toggleBreaches() {
	v.breaches = !v.breaches
	v.draw()
}

// knowRows are who of us knows them, counted from what happened within a year.
func (v *contactPane) knowRows(a contactAnswer) []contactRow {
	rows := []contactRow{besideHead("Who of you knows them", countWord(len(a.Knows)), "", nil)}
	for _, k := range a.Knows {
		name := text.Name(k.Name, k.Email)
		if a.you.Is(data.Participant{Address: k.Address}) {
			name = "You"
		}
		rows = append(rows, contactRow{kind: contactPaneLine, key: "knows " + k.Name + k.Email, line: contactWords{icon: "users", says: name,
			right: data.Counted(k.Times, "time", "times") + " in a year"}, deeds: contactDeeds{name: "colleague"}})
	}
	if len(a.Knows) == 0 {
		rows = append(rows, besideNote("Nobody was in touch with them within a year."))
	}
	return rows
}

// relationRows are how they stand to other people.
func (v *contactPane) relationRows(a contactAnswer) []contactRow {
	w := v.p.w
	rows := []contactRow{besideHead("How they stand to others", countWord(len(a.Relations)), "Add", v.p.addRelation)}
	for _, r := range a.Relations {
		deeds := partDeeds(w, "relation", r.Words+" "+r.Other.Name, r.Relation, w.editRelation)
		deeds.more = []command{{name: "Edit this relation", words: "change", icon: "pen-line", do: deeds.open}}
		deeds.open = func() { w.openContact(r.Other.ID) }
		rows = append(rows, contactRow{kind: contactPaneLine, key: r.ID, deeds: deeds,
			line: contactWords{icon: "network", says: upperFirst(r.Words) + " " + r.Other.Name, second: joinDots(r.Why, dateWords(r.On))}})
	}
	if len(a.Relations) == 0 {
		rows = append(rows, besideNote("Nobody has said to whom they report."))
	}
	return rows
}

// placeRows are where they work and worked.
func (v *contactPane) placeRows(a contactAnswer) []contactRow {
	w := v.p.w
	rows := []contactRow{besideHead("Where they work", "", "Moved", v.p.moved)}
	for _, place := range a.Places {
		deeds := contactDeeds{name: "place", open: func() { w.editPlace(place.Affiliation, a.Contact) }}
		if place.ID != "" {
			deeds.drop = func() { deletePart(w, "Place deleted: "+said(place.Name), place.Affiliation) }
		}
		if place.Account != "" && a.AccountName[place.Account] != "" {
			deeds.more = []command{{name: "Open this account", icon: "building-2", do: func() { w.open(route{place: placeAccount, id: place.Account}) }}}
		}
		line := contactWords{icon: "building-2", says: place.Name, second: upperFirst(place.Words(w.now()))}
		if place.Until != "" {
			line.icon, line.right = "history", "before"
		}
		rows = append(rows, contactRow{kind: contactPaneLine, key: "place " + place.ID, line: line, deeds: deeds})
	}
	if len(a.Places) == 0 {
		rows = append(rows, besideNote("They belong to no account yet."))
	}
	return rows
}

// mergeRows are the contacts that were made one with this one.
func (v *contactPane) mergeRows(a contactAnswer) []contactRow {
	if len(a.Merges) == 0 {
		return nil
	}
	rows := []contactRow{besideHead("Made one with", countWord(len(a.Merges)), "", nil)}
	for _, m := range a.Merges {
		rows = append(rows, contactRow{kind: contactPaneLine, key: m.ID, line: contactWords{icon: "git-merge", says: m.GoneName(),
			second: joinDots(strings.Join(data.ContactOf(m.Gone, m.Were).Emails, ", "), dateWords(m.On))},
			deeds: contactDeeds{name: "merge", open: func() { v.p.w.askUnmerge(m) }}})
	}
	return rows
}

func (v *contactPane) fillList() {
	l := v.list
	l.Inset, l.Rules, l.Shy = 12, false, true
	l.Count = func() int { return len(v.rows) }
	l.Kind = func(row int) kit.RowKind { return v.rows[row].kind }
	l.Skip = func(row int) bool { return v.rows[row].key == "" }
	l.Height = func(row int) float32 { return contactHeight(v.rows[row]) }
	l.Create = func(kind kit.RowKind) fyne.CanvasObject {
		switch kind {
		case contactPaneHead:
			return newContactPaneHeadRow()
		case contactPaneWish:
			return newWishRow()
		case contactPaneNote:
			return newPeopleNoteRow()
		}
		return newContactPaneRow()
	}
	l.Update = func(row int, object fyne.CanvasObject, _ bool) {
		r := v.rows[row]
		switch object := object.(type) {
		case *contactPaneHeadRow:
			object.set(r.head)
		case *wishRow:
			object.set(r.wish)
		case *peopleNoteRow:
			object.words.Set(r.text)
		case *contactPaneRow:
			object.set(r.line)
		}
	}
	l.OnOpen = func(row int) { call(v.rows[row].deeds.open) }
	l.OnSpace = func(row int) { call(v.rows[row].deeds.done) }
	l.OnMenu = func(row int, at fyne.Position) { v.p.w.menuAt(at, v.p.rowCommands(v.rows[row])...) }
}

// preferAddress puts an address before the others.
func (p *contactPage) preferAddress(e string) {
	c := p.answer.Contact
	c.Emails = append([]string{e}, slices.DeleteFunc(slices.Clone(c.Emails), func(o string) bool { return o == e })...)
	p.w.write(e+" is the first address of "+c.Name, func(tx *store.Tx) error { return tx.PutContact(c) }, nil)
}

// dropAddress takes an address away.
func (p *contactPage) dropAddress(e string) {
	c := p.answer.Contact
	c.Emails = slices.DeleteFunc(slices.Clone(c.Emails), func(o string) bool { return o == e })
	p.w.write(e+" is no address of "+c.Name+" any more", func(tx *store.Tx) error { return tx.PutContact(c) }, nil)
}
