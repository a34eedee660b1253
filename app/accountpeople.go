package app

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
	"rapport/data/text"
)

// accountPeople is the pane beside the overview: the next meeting and who is
// there.
type accountPeople struct {
	p      *accountPage
	view   *fyne.Container
	card   *nextCard
	head   *kit.SectionHead
	list   *kit.List
	stage  stage
	people []data.Person
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
	v.card.draw(a, v.p.w.now())
	v.people = a.people
	v.head.Set("People", knownWord(len(a.people)))
	v.list.Reload()
	if len(a.people) == 0 {
		v.stage.show(kit.NewEmpty(kit.NewCirclesSmall(), "Nobody is known here yet",
			"People come by themselves from mail of the account's domains, or you add them.",
			kit.NewButton(kit.Plain, "Add a person", v.p.addPerson).WithIcon("user-round-plus")))
	} else {
		v.stage.show(v.list)
	}
	v.view.Refresh()
}

func knownWord(n int) string {
	if n == 0 {
		return ""
	}
	return thousands(n) + " known"
}

func (v *accountPeople) fillList() {
	l := v.list
	l.Inset = 12
	l.Count = func() int { return len(v.people) }
	l.Height = func(int) float32 { return kit.Scaled(46) }
	l.Create = func(kit.RowKind) fyne.CanvasObject { return newPersonRow() }
	l.Update = func(row int, o fyne.CanvasObject, current bool) {
		o.(*personRow).set(v.people[row], v.p.w.now(), current)
	}
	l.OnOpen = func(row int) { v.p.showWith(v.people[row]) }
	l.OnRune = func(r rune) bool { // J and K move here, not in the main column
		step, ok := map[rune]int{'j': 1, 'J': 1, 'k': -1, 'K': -1}[r]
		if ok {
			l.Next(step)
		}
		return ok
	}
	l.OnMenu = func(row int, at fyne.Position) { v.p.w.menuAt(at, v.menu(v.people[row])...) }
}

// menu is what can be done with a person.
func (v *accountPeople) menu(who data.Person) []command {
	w := v.p.w
	known := func() bool { return who.ID != "" }
	return []command{
		{name: "Show what happened with " + data.FirstName(who.Name), do: func() { v.p.showWith(who) }},
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
	return []command{{name: "Go to the people", words: "contacts list pane", icon: "users", key: "P",
		when: func() bool { return len(v.people) > 0 }, do: v.take}}
}

// take gives the keyboard to the people.
func (v *accountPeople) take() {
	v.p.w.showInspector(true)
	v.list.Take()
}

// personRow is a person in the pane.
type personRow struct {
	framed
	face         *kit.Avatar
	name, second *kit.Text
	ago          *kit.Text
}

func newPersonRow() *personRow {
	r := &personRow{face: kit.NewAvatar("", kit.Customer, 30), name: kit.NewText(kit.BodyBold, "").Bending(),
		second: kit.NewText(kit.Small, "").In(kit.Ink2).Bending(), ago: kit.NewText(kit.Small, "").In(kit.Ink3)}
	r.body = kit.NewPad(0, 22, 0, 22, kit.NewColumns(10, []kit.Col{kit.Fixed(30), kit.Flex(1), kit.Fit()}, r.face, kit.NewStack(0, r.name, r.second), r.ago))
	r.ExtendBaseWidget(r)
	return r
}

func (r *personRow) set(p data.Person, now time.Time, current bool) {
	r.face.Lifted = current
	r.face.Set(data.Initials(text.Name(p.Name, p.Email)), toneOf(p.Side), !p.Met)
	r.name.Set(p.Name)
	r.second.Set(aboutPerson(p))
	r.second.Hidden = aboutPerson(p) == ""
	ago := strings.TrimSuffix(data.Ago(p.Last.At, now), " ago")
	r.ago.Set(ago)
	r.body.Refresh()
}

// aboutPerson is what somebody does there, else their address, and whether
// nobody of us has met them.
func aboutPerson(p data.Person) string {
	about := p.Role
	if about == "" {
		about = p.Email
	}
	switch {
	case p.Met:
		return about
	case about == "":
		return "Never met"
	}
	return about + ", never met"
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
		next, _ := nextTouch(a.row, now)
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
