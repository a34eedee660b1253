package app

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
)

// The kinds of rows of a month.
const (
	monthDay     kit.RowKind = iota // a day's head
	monthMeeting                    // a meeting on it
	monthTouches                    // who is due on it
)

// monthItem is a row of a month.
type monthItem struct {
	kind  kit.RowKind
	day   data.CalendarDay
	entry data.CalendarEntry
}

// calendarList is a month as a list of its days that have something.
type calendarList struct {
	p     *calendarPage
	list  *kit.List
	view  fyne.CanvasObject
	items []monthItem
}

func newCalendarList(p *calendarPage) *calendarList {
	c := &calendarList{p: p, list: kit.NewList()}
	l := c.list
	l.Rules, l.Inset = false, 12
	l.Count = func() int { return len(c.items) }
	l.Kind = func(row int) kit.RowKind { return c.items[row].kind }
	l.Height = func(row int) float32 {
		return kit.Scaled(map[kit.RowKind]float32{monthDay: 40, monthMeeting: 34, monthTouches: 28}[c.items[row].kind])
	}
	l.Skip = func(row int) bool { return c.items[row].kind != monthMeeting }
	l.Create = func(k kit.RowKind) fyne.CanvasObject { return newMonthRow(k) }
	l.Update = func(row int, o fyne.CanvasObject, _ bool) { o.(monthRow).set(c.items[row], p.in.Now) }
	l.OnMove = func(row int) {
		if id := c.items[row].entry.Meeting.ID; id != p.current {
			p.current = id
			p.pane.show(id)
			p.w.refreshChrome()
		}
	}
	l.OnOpen = func(int) { p.open() }
	l.OnKey = c.key
	l.OnMenu = func(_ int, at fyne.Position) { p.w.menuAt(at, p.commands()[2:4]...) }
	c.view = kit.NewPad(0, 0, 12, 12, l)
	return c
}

// key takes the arrows, which lead into other months.
func (c *calendarList) key(e *fyne.KeyEvent) bool {
	switch e.Name {
	case fyne.KeyDown:
		c.p.step(1)
	case fyne.KeyUp:
		c.p.step(-1)
	case fyne.KeyLeft:
		c.p.turn(-1)
	case fyne.KeyRight:
		c.p.turn(1)
	default:
		return false
	}
	return true
}

// draw fills the list.
func (c *calendarList) draw() {
	c.items = nil
	for _, d := range c.p.page.Days {
		entries := d.Entries()
		if len(entries)+len(d.Touches) == 0 {
			continue
		}
		c.items = append(c.items, monthItem{kind: monthDay, day: d})
		for _, e := range entries {
			c.items = append(c.items, monthItem{kind: monthMeeting, day: d, entry: e})
		}
		if len(d.Touches) > 0 {
			c.items = append(c.items, monthItem{kind: monthTouches, day: d})
		}
	}
	c.list.Reload()
	c.stand()
}

// stand makes the row of the current meeting the list's.
func (c *calendarList) stand() {
	row := slices.IndexFunc(c.items, func(i monthItem) bool { return i.kind == monthMeeting && i.entry.Meeting.ID == c.p.current })
	if row >= 0 && c.current() != c.p.current {
		c.list.Select(row)
	}
}

// reveal scrolls to the current row, with the day over it.
func (c *calendarList) reveal() {
	row := c.list.Current()
	c.list.ShowRow(max(row-1, 0))
	c.list.ShowRow(row)
}

// current is the meeting of the list's row.
func (c *calendarList) current() string {
	if row := c.list.Current(); row >= 0 && row < len(c.items) {
		return c.items[row].entry.Meeting.ID
	}
	return ""
}

// toDay stands on the first meeting of a day.
func (c *calendarList) toDay(date time.Time) {
	for _, d := range c.p.page.Days {
		if entries := d.Entries(); data.DaysBetween(d.Date, date) == 0 && len(entries) > 0 {
			c.p.stand(entries[0].Meeting.ID)
			return
		}
	}
}

// monthRow is a row of a month.
type monthRow interface {
	fyne.CanvasObject
	set(i monthItem, now time.Time)
}

func newMonthRow(k kit.RowKind) monthRow {
	switch k {
	case monthDay:
		r := &monthDayRow{name: kit.NewLine(), free: kit.NewText(kit.Micro, "").In(kit.Ink3)}
		r.body = kit.NewPad(14, 16, 3, 16, kit.NewSpread(10, r.name, r.free))
		r.ExtendBaseWidget(r)
		return r
	case monthTouches:
		r := &monthTouchRow{who: kit.NewLine().Bending()}
		r.body = kit.NewPad(0, 16, 0, 16, kit.NewColumns(10, []kit.Col{kit.Fixed(104), kit.Flex(1)}, kit.NewText(kit.Small, "Touches due").In(kit.Ink3), r.who))
		r.ExtendBaseWidget(r)
		return r
	}
	r := &monthMeetingRow{clock: kit.NewText(kit.Body, ""), what: kit.NewLine().Bending(), tier: kit.NewTier(""), brief: kit.NewIcon("book-open-text", 14, kit.Accent), note: kit.NewText(kit.Small, "").In(kit.Ink3)}
	r.body = kit.NewPad(0, 16, 0, 16, kit.NewColumns(10, []kit.Col{kit.Fixed(104), kit.Flex(1), kit.Fit(), kit.Fixed(18), kit.Fixed(16)}, r.clock, r.what, r.note, r.tier, r.brief))
	r.ExtendBaseWidget(r)
	return r
}

type monthDayRow struct {
	framed
	name *kit.Line
	free *kit.Text
}

func (r *monthDayRow) set(i monthItem, now time.Time) {
	tint := kit.Ink
	if i.day.Today {
		tint = kit.Accent
	}
	spans := []kit.Span{{Text: data.DayName(i.day.Date, now), Role: kit.BodyBold, Tint: tint}}
	if i.day.Today {
		spans = append(spans, kit.Span{Text: "today", Role: kit.Small, Tint: tint, Gap: 8})
	}
	r.name.Set(spans...)
	r.free.Set(data.FreeWords(i.day.Free))
	r.body.Refresh()
}

type monthTouchRow struct {
	framed
	who *kit.Line
}

func (r *monthTouchRow) set(i monthItem, _ time.Time) {
	var spans []kit.Span
	for n, t := range i.day.Touches {
		tint, gap := kit.Ink2, float32(12)
		if t.Late > 0 {
			tint = kit.Cool
		}
		if n == 0 {
			gap = 0
		}
		spans = append(spans, kit.Span{Text: data.TouchWords(t), Role: kit.Small, Tint: tint, Gap: gap})
	}
	r.who.Set(spans...)
}

type monthMeetingRow struct {
	framed
	clock *kit.Text
	what  *kit.Line
	tier  *kit.Tier
	brief *kit.Icon
	note  *kit.Text
}

func (r *monthMeetingRow) set(i monthItem, now time.Time) {
	e := i.entry
	m := e.Meeting
	clock := data.Clock(m.Start, now) + " to " + data.Clock(m.End, now)
	if m.AllDay || m.End.Sub(m.Start) >= 24*time.Hour {
		clock = "All day"
	}
	r.clock.Set(clock)
	title, tint := kit.Body, kit.Ink
	if e.Customer {
		title = kit.BodyBold
	}
	note := ""
	switch {
	case m.Cancelled:
		tint, note = kit.Ink3, "called off"
	case e.Brief == data.BriefNoOwner:
		note = "no account yet"
	case e.Brief == data.BriefNotYet:
		note = "no brief yet"
	case m.Tentative:
		note = "tentative"
	}
	r.what.Set(kit.Span{Text: e.Title, Role: title, Tint: tint, Struck: m.Cancelled}, kit.Span{Text: e.Second, Tint: kit.Ink2, Gap: 8})
	r.note.Set(note)
	r.tier.Set(string(m.Account.Tier))
	r.brief.Hidden = e.Brief != data.BriefReady
	r.body.Refresh()
}
