package app

import (
	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
)

// longLine is from how many letters on a line is given two.
const longLine = 84

// contactHeights are the heights of rows, before Scaled.
var contactHeights = map[kit.RowKind]float32{
	contactHeading: 48, contactAsk: 52, contactPromise: 32, contactLine: 46, contactMoment: kit.TimelineHeight, contactNote: 34,
	contactPaneHead: 50, contactPaneLine: 44, contactPaneWish: 32, contactPaneNote: 44,
}

func contactHeight(r contactRow) float32 {
	h := contactHeights[r.kind]
	switch {
	case r.kind == contactDials:
		return 78 + kit.Scaled(104)
	case r.kind == contactLine && len(r.line.says) > longLine:
		h += 18
	case (r.kind == contactPaneLine || r.kind == contactLine) && r.line.second == "":
		h = 32
	}
	return kit.Scaled(h)
}

func (p *contactPage) fillList() {
	l := p.list
	l.Rules = false
	l.Count = func() int { return len(p.rows) }
	l.Kind = func(row int) kit.RowKind { return p.rows[row].kind }
	l.Skip = func(row int) bool { return p.rows[row].key == "" }
	l.Height = func(row int) float32 { return contactHeight(p.rows[row]) }
	l.Create = p.create
	l.Update = p.update
	l.OnOpen = func(row int) { call(p.rows[row].deeds.open) }
	l.OnSpace = func(row int) { call(p.rows[row].deeds.done) }
	l.OnMenu = func(row int, at fyne.Position) { p.w.menuAt(at, p.rowCommands(p.rows[row])...) }
}

// call does what is not nil.
func call(do func()) {
	if do != nil {
		do()
	}
}

func (p *contactPage) create(kind kit.RowKind) fyne.CanvasObject {
	switch kind {
	case contactDials:
		return newDialsRow(p.showReceipts)
	case contactHeading:
		return newHeadRow()
	case contactAsk:
		return newAskRow()
	case contactPromise:
		return newPromiseRow()
	case contactLine:
		return newContactLineRow()
	case contactNote:
		return newNoteRow()
	}
	return kit.NewTimelineRow()
}

func (p *contactPage) update(row int, object fyne.CanvasObject, current bool) {
	r := p.rows[row]
	switch object := object.(type) {
	case *dialsRow:
		object.set(p.answer.Dials)
	case *headRow:
		object.set(r.head)
	case *askRow:
		object.set(r)
	case *promiseRow:
		object.set(r.promise, p.w.now(), current)
	case *contactLineRow:
		object.set(r.line)
	case *noteRow:
		object.words.Set(r.text)
	case *kit.TimelineRow:
		object.Set(r.moment, current)
	}
}

// contactLineRow is a line of a contact's page: what it says between its name or
// icon and a word at the right, over where it is from.
type contactLineRow struct {
	framed
	label  *kit.Text
	name   *kit.Columns // the room for the label
	icon   *kit.Icon
	says   *kit.Paragraph
	second *kit.Line
	right  *kit.Text
}

// labelRoom is how wide the names of facts are.
const labelRoom = 142

func newContactLineRow() *contactLineRow {
	r := &contactLineRow{label: kit.NewText(kit.Small, "").In(kit.Ink2).Bending(), icon: kit.NewIcon("", 16, kit.Ink2), says: kit.NewParagraph(kit.Body, kit.Ink, "").AtMost(2),
		second: kit.NewLine().Bending(), right: kit.NewText(kit.Small, "").In(kit.Ink3)}
	r.name = kit.NewColumns(0, []kit.Col{kit.Fixed(labelRoom)}, r.label)
	words := kit.NewColumns(12, []kit.Col{kit.Fit(), kit.Fit(), kit.Flex(1), kit.Fit()}, r.name, r.icon, kit.NewStack(0, r.says, r.second), r.right)
	r.body = filledUnder(kit.NewPad(0, 12, 0, 12, words), kit.NewPad(0, 12, 0, 12, kit.NewHairline()))
	r.ExtendBaseWidget(r)
	return r
}

func (r *contactLineRow) set(l contactWords) {
	tint, ink := l.tint, kit.Ink
	if tint == "" {
		tint = kit.Ink2
	}
	if l.old {
		ink = kit.Ink3
	}
	r.label.Set(l.label)
	r.name.Hidden = l.label == ""
	r.icon.Set(l.icon, tint)
	r.icon.Hidden = l.icon == ""
	r.says.Set(kit.Span{Text: l.says, Tint: ink})
	second := []kit.Span{{Text: l.second, Role: kit.Small, Tint: kit.Ink3}}
	if l.old {
		second = []kit.Span{{Icon: "history", Role: kit.Small, Tint: kit.Ink3}, {Text: l.second + " · older than half a year", Role: kit.Small, Tint: kit.Ink3, Gap: 4}}
	}
	r.second.Set(second...)
	r.second.Hidden = l.second == ""
	r.right.Set(l.right)
	r.right.Hidden = l.right == ""
	r.body.Refresh()
}

// askRow is a question about the contact, with its two answers.
type askRow struct {
	framed
	icon   *kit.Icon
	says   *kit.Text
	second *kit.Text
	yes    *kit.Button
	no     *kit.Button
	deeds  contactDeeds
}

func newAskRow() *askRow {
	r := &askRow{icon: kit.NewIcon("", 16, kit.Ink2), says: kit.NewText(kit.Body, "").Bending(), second: kit.NewText(kit.Small, "").In(kit.Ink2).Bending()}
	r.yes = kit.NewSmallButton(kit.Plain, "", func() { call(r.deeds.yes) }).WithKey("Y")
	r.no = kit.NewSmallButton(kit.Ghost, "", func() { call(r.deeds.no) }).WithKey("X")
	line := kit.NewColumns(10, []kit.Col{kit.Fixed(16), kit.Flex(1), kit.Fit(), kit.Fit()}, r.icon, kit.NewStack(0, r.says, r.second), r.yes, r.no)
	r.body = filledUnder(kit.NewPad(0, 12, 0, 12, line), kit.NewPad(0, 12, 0, 12, kit.NewHairline()))
	r.ExtendBaseWidget(r)
	return r
}

func (r *askRow) set(row contactRow) {
	r.deeds = row.deeds
	r.icon.Set(row.line.icon, kit.Ink2)
	r.says.Set(row.line.says)
	r.second.Set(row.line.second)
	r.yes.SetText(row.line.yes)
	r.no.SetText(row.line.no)
	r.body.Refresh()
}

// contactPaneRow is a line of the pane beside a contact's page.
type contactPaneRow struct {
	framed
	icon   *kit.Icon
	says   *kit.Text
	second *kit.Text
	right  *kit.Text
}

func newContactPaneRow() *contactPaneRow {
	r := &contactPaneRow{icon: kit.NewIcon("", 16, kit.Ink2), says: kit.NewText(kit.Body, "").Bending(),
		second: kit.NewText(kit.Small, "").In(kit.Ink2).Bending(), right: kit.NewText(kit.Small, "").In(kit.Ink3)}
	line := kit.NewColumns(10, []kit.Col{kit.Fixed(16), kit.Flex(1), kit.Fit()}, r.icon, kit.NewStack(0, r.says, r.second), r.right)
	r.body = filledUnder(kit.NewPad(0, 22, 0, 22, line), kit.NewPad(0, 22, 0, 22, kit.NewHairline()))
	r.ExtendBaseWidget(r)
	return r
}

func (r *contactPaneRow) set(l contactWords) {
	tint := l.tint
	if tint == "" {
		tint = kit.Ink2
	}
	r.icon.Set(l.icon, tint)
	r.says.Set(l.says)
	r.second.Set(l.second)
	r.second.Hidden = l.second == ""
	r.right.Set(l.right)
	r.right.Hidden = l.right == ""
	r.body.Refresh()
}

// contactPaneHeadRow is a heading within the pane.
type contactPaneHeadRow struct {
	framed
	head *kit.SectionHead
	link *kit.Button
	do   func()
}

func newContactPaneHeadRow() *contactPaneHeadRow {
	r := &contactPaneHeadRow{}
	r.link = kit.NewLink("", func() { call(r.do) })
	r.head = kit.NewSectionHead(kit.BodyBold, "", "", r.link)
	r.body = kit.NewPad(16, 22, 0, 22, r.head)
	r.ExtendBaseWidget(r)
	return r
}

func (r *contactPaneHeadRow) set(h overviewHeading) {
	r.do = h.do
	r.link.SetText(h.link)
	r.link.Hidden = h.link == ""
	r.head.Set(h.text, h.count)
	r.head.Refresh()
}

// besideWords say how a colleague's feeling stands beside the number.
func besideWords(rating, number int) string {
	switch d := rating - number; {
	case d > 0:
		return thousands(d) + " above the number"
	case d < 0:
		return thousands(-d) + " below the number"
	}
	return "as the number"
}

// personPage opens the page of a contact, as lists of people offer it.
func (w *window) personPage(c data.Contact) command {
	return command{name: "Open the page of " + data.FirstName(c.Name), words: "person contact known", icon: "user-round", do: func() { w.openContact(c.ID) }}
}
