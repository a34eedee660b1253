package app

import (
	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
)

// calendarBar is the line over the calendar: which span is seen, the way to
// others, the filter and the views.
type calendarBar struct {
	p     *calendarPage
	view  *kit.Pad
	name  *kit.Line
	field *kit.Field
	views *kit.Segmented
}

// calendarViews are the views in the order of the choice.
var calendarViews = []data.CalendarView{data.DayView, data.WeekView, data.MonthView}

func newCalendarBar(p *calendarPage) *calendarBar {
	b := &calendarBar{p: p, name: kit.NewLine().Bending(), field: kit.NewFilter("Filter", "/")}
	b.field.OnChanged = func(s string) {
		p.filter = s
		if p.known {
			p.draw()
		}
	}
	b.field.OnEscape = p.unfilter
	b.field.OnSubmit = func(string) { p.focus() }
	b.field.OnKey = func(k fyne.KeyName) bool {
		if k == fyne.KeyDown {
			p.focus()
		}
		return k == fyne.KeyDown
	}
	before := kit.NewIconButton(kit.Plain, "chevron-left", func() { p.turn(-1) })
	after := kit.NewIconButton(kit.Plain, "chevron-right", func() { p.turn(1) })
	before.Tip, after.Tip = "Earlier (←)", "Later (→)"
	now := kit.NewButton(kit.Plain, "Today", p.toToday).WithKey("T")
	b.views = kit.NewSegmented([]string{"Day", "Week", "Month"}, 1, func(i int) { p.look(calendarViews[i]) })
	row := kit.NewColumns(8, []kit.Col{kit.Fit(), kit.Fit(), kit.Fit(), kit.Fit(), kit.Flex(1).AtLeast(90), kit.Fit()},
		b.name, before, now, after, b.field, b.views)
	b.view = kit.NewPad(18, 24, 12, 24, row)
	return b
}

func (b *calendarBar) fold(folded bool) {
	b.view.Top, b.view.Bottom = 18, 12
	if folded {
		b.view.Top, b.view.Bottom = 12, 8
	}
	b.view.Refresh()
}

// draw names the span that is seen.
func (b *calendarBar) draw() {
	page := b.p.page
	b.name.Set(kit.Span{Text: page.Title, Role: kit.Display}, kit.Span{Text: page.Sub, Role: kit.Heading, Tint: kit.Ink2, Gap: 9}, kit.Span{Text: "", Gap: 10})
	for i, v := range calendarViews {
		if v == b.p.view && b.views.On != i {
			b.views.On = i
			b.views.Refresh()
		}
	}
	b.view.Refresh()
}
