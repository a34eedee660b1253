package app

import (
	"time"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
	"rapport/data/text"
)

// The kinds of rows of the pane.
const (
	peoplePerson kit.RowKind = iota
	peopleHead
	peopleWish
	peopleNote
)

// peopleRow is a row of the pane.
type peopleRow struct {
	kind     kit.RowKind
	person   data.Person
	standing data.ContactStanding // zero where they are no contact
	wish     data.Wish
	text     string
}

// accountPeople is the pane beside the overview: the next meeting, who is there,
// and how they like to work.
type accountPeople struct {
	p     *accountPage
	view  *fyne.Container
	card  *nextCard
	head  *kit.SectionHead
	list  *kit.List
	stage stage
	rows  []peopleRow
}

func newAccountPeople(p *accountPage) *accountPeople {
	v := &accountPeople{p: p, card: newNextCard(), list: kit.NewList()}
	v.head = kit.NewSectionHead(kit.BodyBold, "People", "", kit.NewLink("Add", p.addPerson))
	v.fillList()
	v.stage = newStage(v.list)
	v.view = filled(kit.NewPad(18, 22, 8, 22, v.card.view), kit.NewPad(4, 22, 0, 22, v.head), v.stage.box)
	return v
}

func (v *accountPeople) draw(a accountAnswer) {
	v.card.draw(a, v.p.now())
	v.rows = peopleRows(a)
	v.head.Set("People", knownWord(len(a.people)))
	v.list.Reload()
	if len(a.people) == 0 && len(a.overview.Wishes) == 0 {
		v.stage.show(kit.NewEmpty(kit.NewCirclesSmall(), "Nobody is known here yet",
			"People come by themselves from mail of the account's domains, or you add them.",
			kit.NewButton(kit.Plain, "Add a person", v.p.addPerson).WithIcon("user-round-plus")))
	} else {
		v.stage.show(v.list)
	}
	v.view.Refresh()
}

// peopleRows are the people, then how they like to work.
func peopleRows(a accountAnswer) []peopleRow {
	var rows []peopleRow
	for _, p := range a.people {
		r := peopleRow{kind: peoplePerson, person: p}
		for _, c := range a.contacts {
			if c.Contact.ID == p.ID && p.ID != "" {
				r.standing = c
			}
		}
		rows = append(rows, r)
	}
	rows = append(rows, peopleRow{kind: peopleHead, text: "How they like to work"})
	for _, w := range a.overview.Wishes {
		rows = append(rows, peopleRow{kind: peopleWish, wish: w})
	}
	if len(a.overview.Wishes) == 0 {
		rows = append(rows, peopleRow{kind: peopleNote, text: "Nobody has said yet."})
	}
	return rows
}

func knownWord(n int) string {
	if n == 0 {
		return ""
	}
	return thousands(n) + " known"
}

func (v *accountPeople) fillList() {
	l := v.list
	l.Inset, l.Rules = 12, false
	l.Count = func() int { return len(v.rows) }
	l.Kind = func(row int) kit.RowKind { return v.rows[row].kind }
	l.Skip = func(row int) bool { return v.rows[row].kind == peopleHead || v.rows[row].kind == peopleNote }
	l.Height = func(row int) float32 {
		return kit.Scaled(map[kit.RowKind]float32{peoplePerson: 46, peopleHead: 52, peopleWish: 32, peopleNote: 32}[v.rows[row].kind])
	}
	l.Create = func(k kit.RowKind) fyne.CanvasObject {
		switch k {
		case peopleHead:
			return newPeopleHeadRow(v.p.addWish)
		case peopleWish:
			return newWishRow()
		case peopleNote:
			return newPeopleNoteRow()
		}
		return newPersonRow()
	}
	l.Update = v.update
	l.OnOpen = func(row int) { v.open(v.rows[row]) }
	l.OnRune = func(r rune) bool { // J and K move here, not in the main column
		step, ok := map[rune]int{'j': 1, 'J': 1, 'k': -1, 'K': -1}[r]
		if ok {
			l.Next(step)
		}
		return ok
	}
	l.OnMenu = func(row int, at fyne.Position) {
		if r := v.rows[row]; r.kind == peopleWish {
			v.p.w.menuAt(at, v.p.w.withHistory(v.wishMenu(r.wish), v.pastless(r))...)
		} else {
			v.p.w.menuAt(at, v.p.w.withHistory(v.menu(r.person), v.pastless(r))...)
		}
	}
}

func (v *accountPeople) update(row int, o fyne.CanvasObject, current bool) {
	r := v.rows[row]
	switch o := o.(type) {
	case *personRow:
		o.set(r.person, r.standing, v.p.now(), current)
	case *wishRow:
		o.set(r.wish)
	case *peopleHeadRow:
		o.head.Set(r.text, "")
	case *peopleNoteRow:
		o.words.Set(r.text)
	}
}

func (v *accountPeople) open(r peopleRow) {
	switch r.kind {
	case peoplePerson:
		if r.person.ID != "" {
			v.p.w.openContact(r.person.ID)
			return
		}
		v.p.showWith(r.person)
	case peopleWish:
		v.p.w.editWish(r.wish.Preferences[0])
	}
}

// wishMenu is what can be done with a wish; a line of several has each.
func (v *accountPeople) wishMenu(wish data.Wish) []command {
	var list []command
	for _, p := range wish.Preferences {
		name := ""
		if len(wish.Preferences) > 1 {
			name = ": " + p.Words()
		}
		list = append(list, command{name: "Edit" + name, do: func() { v.p.w.editWish(p) }},
			command{name: "Delete" + name, do: func() { deletePart(v.p.w, "Wish deleted: "+said(p.Words()), p) }})
	}
	return list
}

// menu is what can be done with a person.
func (v *accountPeople) menu(who data.Person) []command {
	w := v.p.w
	known := func() bool { return who.ID != "" }
	page := w.personPage(who.Contact)
	page.when = known
	return []command{
		page,
		{name: "Show what happened with " + data.FirstName(who.Name), do: func() { v.p.showWith(who) }},
		{name: "Write to " + data.FirstName(who.Name), when: func() bool { return who.Email != "" }, do: func() { v.write(who) }},
		{name: "Copy the address", when: func() bool { return who.Email != "" }, do: func() { w.copy(who.Email) }},
		{name: "Edit", when: known, do: func() { w.editContact(who.Contact) }},
		{name: "Make a contact", when: func() bool { return who.ID == "" }, do: func() {
			c := who.Contact
			c.AccountID = v.p.id
			w.editContact(c)
		}},
		{name: "Delete", when: known, do: func() {
			w.write(who.Name+" deleted", func(tx *store.Tx) error { return tx.DeleteContact(who.ID) }, nil)
		}},
	}
}

func (v *accountPeople) commands() []command {
	list := []command{{name: "Go to the people", words: "contacts list pane how they like to work", icon: "users", key: "Shift P",
		when: func() bool { return v.stage.box.Objects[0] == v.list }, do: v.take}}
	if row := v.list.Current(); row >= 0 && row < len(v.rows) && v.rows[row].person.Email != "" {
		who := v.rows[row].person
		list = append(list, command{name: "Write to " + text.Name(who.Name, who.Email), words: "mail draft compose message", icon: "pen-line", key: "A",
			do: func() { v.write(who) }})
	}
	return list
}

// write opens the panel for a mail to a person.
func (v *accountPeople) write(who data.Person) {
	v.p.w.writeTo(data.Address{Name: who.Name, Email: who.Email})
}

// take gives the keyboard to the people.
func (v *accountPeople) take() {
	v.p.w.showInspector(true)
	v.list.Take()
}

// nextCard is the next meeting, or when the rhythm asks for a touch.
type nextCard struct {
	view  *kit.Ground
	label *kit.Text
	in    *kit.Text
	title *kit.Paragraph
	where *kit.Paragraph
	faces *kit.Stack
	body  *kit.Stack
}

func newNextCard() *nextCard {
	c := &nextCard{label: kit.NewText(kit.Small, "").In(kit.Ink2).Bending(), in: kit.NewText(kit.Small, "").In(kit.Accent),
		title: kit.NewParagraph(kit.Heading, kit.Ink, "").AtMost(2), where: kit.NewParagraph(kit.Small, kit.Ink2, "").AtMost(2), faces: kit.NewStack(0)}
	c.body = kit.NewStack(4, kit.NewSpread(8, c.label, c.in), c.title, c.where, c.faces)
	c.view = kit.NewCard(14, c.body)
	return c
}

func (c *nextCard) draw(a accountAnswer, now time.Time) {
	c.faces.Hidden = true
	c.in.Set("")
	if a.row.Next.ID == "" {
		c.label.Set("No meeting is planned")
		next, _ := nextTouch(data.AccountEntry{AccountRow: a.row}, now)
		c.title.Set(kit.Span{Text: next, Role: kit.Heading})
		c.where.Set(kit.Span{Text: "Their next meeting in your calendar stands here.", Role: kit.Small, Tint: kit.Ink2})
		c.view.Refresh()
		return
	}
	o := a.row.Next
	c.label.Set("Next meeting")
	c.in.Set(data.Until(o.Start, now))
	c.title.Set(kit.Span{Text: data.TitleOf(data.Interaction{Kind: data.Meet, Subject: o.Summary}), Role: kit.Heading})
	c.where.Set(kit.Span{Text: meetingTime(o, now), Role: kit.Small, Tint: kit.Ink2})
	var faces []fyne.CanvasObject
	for _, p := range a.next.People {
		if p.Side != data.Us && len(faces) < 8 {
			faces = append(faces, kit.NewAvatar(data.Initials(text.Name(p.Name, p.Email)), toneOf(p.Side), 24))
		}
	}
	if len(faces) > 0 {
		c.faces.Set(kit.NewPad(6, 0, 0, 0, kit.NewRow(4, faces...)))
		c.faces.Hidden = false
	}
	c.view.Refresh()
}

// meetingTime is when and where a meeting is: "Today 10:30 to 11:30, Harbour
// Hall".
func meetingTime(o data.Occurrence, now time.Time) string {
	s := data.DayWord(o.Start, now)
	switch {
	case o.AllDay:
		s += ", all day"
	case o.End.After(o.Start) && data.DaysBetween(o.Start, o.End.In(now.Location())) == 0:
		s += " " + data.Clock(o.Start, now) + " to " + data.Clock(o.End, now)
	default:
		s += " " + data.Clock(o.Start, now)
	}
	if where := data.PlaceWords(o.Place); where != "" {
		s += ", " + where
	}
	return s
}
