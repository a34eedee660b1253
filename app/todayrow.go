package app

import (
	"fmt"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/text"
)

// How far the rows' contents stay from the sides of their lists.
const (
	mainSide = 26
	paneSide = 8
)

// todayRow is a row of the first page.
type todayRow interface {
	fyne.CanvasObject
	set(i todayItem, current bool)
}

func newTodayRow(k kit.RowKind, p *today) todayRow {
	switch k {
	case todayTop:
		return newTodayTopRow(p)
	case todayHead:
		return newTodayHeadRow(kit.Heading, mainSide)
	case todayOwed:
		return newTodayOwedRow(p)
	case todayKind:
		return newTodayKindRow(p)
	case todayNurture:
		return newTodayNurtureRow(p)
	case todayOffer:
		return newTodayOfferRow(p)
	case todayPart:
		return newTodayHeadRow(kit.BodyBold, paneSide)
	case todayHero:
		return newTodayHeroRow(p)
	case todayTalk:
		return newTodayTalkRow(p)
	case todayAhead:
		return newTodayAheadRow()
	case todayQuiet:
		return newTodayQuietRow(p)
	case todayWaits, todayTold:
		return newTodayWaitsRow()
	case todayGap:
		r := &todayGapRow{}
		r.body = kit.NewSpace(0)
		r.ExtendBaseWidget(r)
		return r
	}
	return newTodayNoteRow(k)
}

type todayGapRow struct{ framed }

func (*todayGapRow) set(todayItem, bool) {}

// underlined is a row's content over a hairline, both with free room at the
// sides.
func underlined(side float32, o fyne.CanvasObject) fyne.CanvasObject {
	return kit.NewPad(0, side, 0, side, container.NewBorder(nil, kit.NewHairline(), nil, nil, o))
}

// todayTopRow is the greeting, the day in one line, and the day's ribbon.
type todayTopRow struct {
	framed
	p              *today
	greeting, line *kit.Text
	ribbon         *kit.DayRibbon
	meetings       []string // of the ribbon's blocks
}

func newTodayTopRow(p *today) *todayTopRow {
	r := &todayTopRow{p: p, greeting: kit.NewText(kit.Display, "").Bending(), line: kit.NewText(kit.Body, "").In(kit.Ink2).Bending(), ribbon: kit.NewDayRibbon(8, 18)}
	r.ribbon.OnTap = func(block int) { p.openMeeting(r.meetings[block]) }
	r.body = kit.NewPad(18, mainSide, 0, mainSide, kit.NewStack(14, kit.NewStack(3, r.greeting, r.line), r.ribbon))
	r.ExtendBaseWidget(r)
	return r
}

// openMeeting makes a meeting of the ribbon the current row, if it is not over.
func (p *today) openMeeting(id string) {
	for row, i := range p.main.items {
		if i.key == id && i.moves() {
			p.main.list.Select(row)
			p.main.list.Take()
		}
	}
}

func (r *todayTopRow) set(i todayItem, _ bool) {
	d := i.day
	r.greeting.Set(d.Greeting)
	r.line.Set(d.Line)
	now := r.p.in.Now
	b := d.Ribbon
	midnight := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, now.Location())
	minutes := func(t time.Time) int { return int(t.Sub(midnight).Minutes()) }
	r.ribbon.From, r.ribbon.To = minutes(b.From)/60, (minutes(b.To)+59)/60
	r.ribbon.Blocks, r.meetings = nil, nil
	for _, s := range b.Slots {
		block := kit.Block{From: minutes(s.Start), To: minutes(s.End), Text: s.Title, Icon: "users", Tone: kit.Neutral, Lane: s.Lane}
		if s.Customer {
			block.Tone = kit.Ours
		}
		r.ribbon.Blocks = append(r.ribbon.Blocks, block)
		r.meetings = append(r.meetings, s.Meeting)
	}
	r.ribbon.Now, r.ribbon.NowText = minutes(now), data.Clock(now, now)
	r.ribbon.Refresh()
}

// todayHeadRow is the heading of a section.
type todayHeadRow struct {
	framed
	head  *kit.SectionHead
	note  *kit.Text
	sides *kit.Line
}

func newTodayHeadRow(role kit.Role, side float32) *todayHeadRow {
	r := &todayHeadRow{note: kit.NewNote(""), sides: kit.NewLine()}
	r.head = kit.NewSectionHead(role, "", "", container.NewStack(r.note, r.sides))
	r.body = kit.NewPad(0, side, 0, side, r.head)
	r.ExtendBaseWidget(r)
	return r
}

func (r *todayHeadRow) set(i todayItem, _ bool) {
	r.note.Set(i.note)
	r.sides.Set(owedSpans(i.sides)...)
	r.head.Set(i.words, i.count)
	r.head.Refresh()
}

// todayNoteRow is a line of words with an icon.
type todayNoteRow struct {
	framed
	icon  *kit.Icon
	words *kit.Text
}

func newTodayNoteRow(k kit.RowKind) *todayNoteRow {
	r := &todayNoteRow{icon: kit.NewIcon("check", 16, kit.Accent), words: kit.NewText(kit.Body, "").In(kit.Ink2).Bending()}
	side := float32(mainSide)
	if k == todayHint {
		side = paneSide
	}
	r.body = kit.NewPad(0, side, 0, side, kit.NewColumns(10, []kit.Col{kit.Fixed(16), kit.Flex(1)}, r.icon, r.words))
	r.ExtendBaseWidget(r)
	return r
}

func (r *todayNoteRow) set(i todayItem, _ bool) {
	icon := i.icon
	if icon == "" {
		icon = "arrow-right"
	}
	r.icon.Set(icon, kit.Accent)
	r.words.Set(i.words)
}

// todayTalkRow is a later conversation of the day.
type todayTalkRow struct {
	framed
	clock, length, name, second *kit.Text
	tile                        *kit.Tile
	inside                      *kit.Icon
	open                        *kit.Button
	item                        todayItem
}

func newTodayTalkRow(p *today) *todayTalkRow {
	r := &todayTalkRow{
		clock: kit.NewText(kit.BodyBold, ""), length: kit.NewText(kit.Micro, "").In(kit.Ink2), name: kit.NewText(kit.BodyBold, "").Bending(),
		second: kit.NewText(kit.Small, "").In(kit.Ink2).Bending(), tile: kit.NewTile("", 28), inside: kit.NewIcon("users", 16, kit.Ink2),
	}
	r.open = kit.NewSmallButton(kit.Plain, "Prepare", func() { p.w.openAt(r.item.opens, r.item.at) })
	line := kit.NewColumns(14, []kit.Col{kit.Fixed(44), kit.Fixed(28), kit.Flex(1), kit.Fit()},
		kit.NewStack(0, r.clock, r.length), container.NewStack(r.tile, container.NewCenter(r.inside)), kit.NewStack(0, r.name, r.second), r.open)
	r.body = underlined(mainSide, line)
	r.ExtendBaseWidget(r)
	return r
}

func (r *todayTalkRow) set(i todayItem, current bool) {
	c := i.talk
	r.item = i
	r.clock.Set(c.Clock)
	r.length.Set(c.Length)
	r.name.Set(talkTitle(c))
	r.second.Set(c.Second)
	r.tile.Lifted = current
	r.tile.Set(initialsOf(c.Meeting.Account.Name))
	r.inside.Hidden = c.Meeting.Account.Name != ""
	r.open.Hidden = i.opens.place == ""
	r.body.Refresh()
}

// initialsOf are a name's initials, none for no name.
func initialsOf(name string) string {
	if name == "" {
		return ""
	}
	return kit.Initials(name)
}

func talkTitle(c data.Conversation) string {
	if c.Meeting.Summary == "" {
		return "Meeting without a title"
	}
	return c.Meeting.Summary
}

// todayAheadRow is a conversation of the days after.
type todayAheadRow struct {
	framed
	when, who *kit.Text
	what      *kit.Line
}

func newTodayAheadRow() *todayAheadRow {
	r := &todayAheadRow{when: kit.NewText(kit.Body, "").In(kit.Ink2), what: kit.NewLine().Bending(), who: kit.NewText(kit.Small, "").In(kit.Ink2).Bending()}
	r.body = underlined(mainSide, kit.NewColumns(14, []kit.Col{kit.Fixed(132), kit.Flex(3), kit.Flex(2)}, r.when, r.what, r.who))
	r.ExtendBaseWidget(r)
	return r
}

func (r *todayAheadRow) set(i todayItem, _ bool) {
	c := i.talk
	r.when.Set(i.when)
	spans := []kit.Span{{Text: talkTitle(c)}}
	if a := c.Meeting.Account.Name; a != "" {
		spans = append(spans, kit.Span{Text: a, Tint: kit.Ink3, Gap: 8})
	}
	r.what.Set(spans...)
	r.who.Set(c.Names)
}

// todayWaitsRow is somebody who waits for our answer.
type todayWaitsRow struct {
	framed
	person     *kit.Avatar
	name, what *kit.Text
	age        *kit.Line
}

func newTodayWaitsRow() *todayWaitsRow {
	r := &todayWaitsRow{
		person: kit.NewAvatar("", kit.Customer, 28), name: kit.NewText(kit.BodyBold, "").Bending(),
		what: kit.NewText(kit.Small, "").In(kit.Ink2).Bending(), age: kit.NewLine(),
	}
	line := kit.NewColumns(10, []kit.Col{kit.Fixed(28), kit.Flex(1), kit.Fit()}, r.person, kit.NewStack(0, r.name, r.what), r.age)
	r.body = underlined(paneSide, line)
	r.ExtendBaseWidget(r)
	return r
}

func (r *todayWaitsRow) set(i todayItem, current bool) {
	r.person.Lifted = current
	if i.kind == todayTold {
		r.setTold(i.told)
		return
	}
	w := i.waiting
	name := text.Name(w.Person.Name, w.Person.Email)
	r.person.Set(kit.Initials(name), toneOf(w.Person.Side), false)
	r.name.Set(name)
	what := data.TitleOf(w.Interaction)
	if w.Usual != "" {
		what += " · " + w.Usual
	}
	r.what.Set(what)
	age := kit.Span{Text: w.Age, Role: kit.Small, Tint: kit.Ink2}
	if w.Overdue {
		age.Icon, age.Tint = "circle-alert", kit.Alert
	}
	r.age.Set(age)
}

// setTold shows what somebody told us instead.
func (r *todayWaitsRow) setTold(f data.FeedbackRow) {
	r.person.Set(kit.Initials(f.Who()), toneOf(f.Person.Side), f.Person.ID == "")
	r.name.Set(f.Who())
	r.what.Set("“" + f.Feedback.Words + "”")
	stands := kit.Span{Text: f.Stands, Role: kit.Small, Tint: kit.Ink2}
	if f.Days > 0 {
		stands.Icon, stands.Tint = "circle-alert", kit.Alert
	}
	r.age.Set(stands)
}

// todayFoot says how many wait in Filing.
type todayFoot struct {
	view        fyne.CanvasObject
	words, long *kit.Text
	start       *kit.Button
}

func newTodayFoot(w *window) todayFoot {
	f := todayFoot{words: kit.NewText(kit.BodyBold, "").Bending(), long: kit.NewText(kit.Small, "").In(kit.Ink2).Bending()}
	f.start = kit.NewButton(kit.Plain, "Start", func() { w.open(route{place: placeFiling}) }).WithKey("G F")
	line := kit.NewColumns(12, []kit.Col{kit.Fixed(18), kit.Flex(1), kit.Fit()}, kit.NewIcon("inbox", 18, kit.Ink), kit.NewStack(0, f.words, f.long), f.start)
	f.view = kit.NewStack(0, kit.NewHairline(), kit.NewPad(12, 24, 12, 24, line))
	return f
}

func (f todayFoot) draw(d data.Today) {
	f.start.Hidden = d.Unfiled == 0
	f.words.Set(fmt.Sprintf("%s to file", data.Counted(d.Unfiled, "sender", "senders")))
	f.long.Set("about " + data.Counted(d.FilingMinutes, "minute", "minutes"))
	if d.Unfiled == 0 {
		f.words.Set("Nobody to file")
		f.long.Set("new senders wait in Filing")
	}
	f.view.Refresh()
}
