package app

import (
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
)

// planLineRow is a row of the plan.
type planLineRow struct {
	framed
	line *kit.SectionLine
}

func newPlanLineRow() *planLineRow {
	r := &planLineRow{line: kit.NewSectionLine()}
	r.body = kit.NewPad(0, 12, 0, 12, r.line)
	r.ExtendBaseWidget(r)
	return r
}

// set shows a row; fresh stands under the name of its section.
func (r *planLineRow) set(row planRow, content fyne.CanvasObject, fresh string) {
	label := row.section.Label
	if !row.first {
		label, fresh = "", ""
	}
	r.line.Set(label, fresh, content, row.room(), row.kind == planGoal, row.last)
	r.body.Refresh()
}

// planLook draws the contents of rows.
type planLook struct {
	now    time.Time
	page   data.Sheet
	column int                           // the half of a pair that keys act on
	locked bool                          // nothing can be changed: the day is past
	source func(l data.SheetLine)        // nil where sources cannot be opened
	tick   func(l data.SheetLine)        // ticks a step
	choose func(row planRow, column int) // stands on a half of a pair
	pens   []data.Writing                // what others write at now
	// reword is shown in the place of a line whose words are written.
	reword fyne.CanvasObject
}

// editing says who else is editing a section; "" for nobody.
func (v planLook) editing(s data.SheetSection) string {
	var here []data.Writing
	for _, w := range v.pens {
		if in, ok := w.In(v.page.Sections); ok && in.Key == s.Key && !v.locked {
			here = append(here, w)
		}
	}
	return upperFirst(data.EditingWords(here))
}

// content is what stands beside the name of the section.
func (v planLook) content(r planRow, current bool) fyne.CanvasObject {
	switch r.kind {
	case planGoal:
		return v.goal(r.line, current)
	case planSides:
		return kit.NewColumns(32, []kit.Col{kit.Flex(1), kit.Flex(1)},
			kit.NewLine(kit.Span{Icon: "arrow-down-left", Text: v.side(0) + " received", Role: kit.SmallBold, Tint: kit.Theirs}).Bending(),
			kit.NewLine(kit.Span{Icon: "arrow-up-right", Text: v.side(1) + " received", Role: kit.SmallBold, Tint: kit.Accent}).Bending())
	case planGain:
		return kit.NewColumns(32, []kit.Col{kit.Flex(1).Full(), kit.Flex(1).Full()}, v.gain(r, 0, current), v.gain(r, 1, current))
	case planMutual:
		return kit.NewColumns(10, []kit.Col{kit.Fixed(62), kit.Flex(1), kit.Fit()}, kit.NewText(kit.Small, r.line.Text).In(kit.Ink2),
			kit.NewShareBar(float32(r.line.Bar.Share)), kit.NewText(kit.Small, r.line.Bar.Value))
	case planMonths:
		return kit.NewColumns(9, []kit.Col{kit.Flex(1), kit.Fixed(kit.TrackWidth)}, kit.NewSpring(), kit.NewTrackHead(data.PlanHorizon, monthTicks(v.now)))
	case planStep:
		return v.step(r.line, current)
	case planWords:
		return v.reword
	case planNothing:
		return kit.NewText(kit.Body, r.line.Text).In(kit.Ink3).Bending()
	}
	return v.fact(r, current)
}

// side is what a side is called on the page.
func (v planLook) side(n int) string {
	if name := v.page.Columns[n]; name != "" {
		return name
	}
	return [2]string{"They", "We"}[n]
}

// fact is a line of words with its source, and at its right what is marked on it.
func (v planLook) fact(r planRow, current bool) fyne.CanvasObject {
	l, tint := r.line, kit.Ink
	if l.Age > 0 || r.more {
		tint = kit.Ink2
	}
	said := l.Said
	if r.section.Key == data.PlanPeople {
		said = l.Names()
	}
	words := kit.NewLine(kit.Span{Text: l.Text, Tint: tint}, kit.Span{Text: said, Role: kit.Small, Tint: kit.Ink2, Gap: 5}).Bending()
	var left []fyne.CanvasObject
	if icon, tint := lead(r); icon != "" {
		left = append(left, kit.NewIcon(icon, 12, tint))
	} else if r.section.Key == data.PlanWorld && !r.more {
		left = append(left, kit.NewDot(kit.Theirs))
	}
	left = append(left, words)
	cols := make([]kit.Col, len(left))
	for i := range cols {
		cols[i] = kit.Fit()
	}
	left, cols = append(left, v.mark(l)), append(cols, kit.Fit())
	left, cols = append(left, kit.NewSpring()), append(cols, kit.Flex(1))
	for _, o := range v.right(r, current) {
		left, cols = append(left, o), append(cols, kit.Fit())
	}
	line := kit.NewColumns(6, cols, left...)
	if l.Below == "" {
		return line
	}
	indent := float32(0)
	if len(left) > 0 && r.section.Key == data.PlanPromises {
		indent = 18
	}
	return kit.NewStack(0, line, kit.NewPad(0, 0, 0, indent, kit.NewText(kit.Small, upperFirst(l.Below)).In(kit.Ink2).Bending()))
}

// lead is the icon before a line: who owes a promise.
func lead(r planRow) (icon string, tint fyne.ThemeColorName) {
	switch {
	case r.line.Kind == data.KindJointReply:
		return "reply", kit.Theirs
	case r.section.Key != data.PlanPromises:
		return "", ""
	case r.line.Column == 1:
		return "arrow-down-left", kit.Theirs
	}
	return "arrow-up-right", kit.Accent
}

// mark is the number of a line's source; hidden where it has none.
func (v planLook) mark(l data.SheetLine) fyne.CanvasObject {
	m := kit.NewSourceMark(strconv.Itoa(l.Source), func() {
		if v.source != nil {
			v.source(l)
		}
	})
	if l.Source == 0 {
		m.Hide()
	} else {
		m.Tip = v.page.Sources[l.Source-1].Words
	}
	return m
}

// planTones are how the tones of marks are drawn.
var planTones = map[data.SheetTone]struct {
	tone kit.Tone
	icon string
}{
	data.ToneGood: {kit.Ours, "check"}, data.ToneWarn: {kit.Caution, "triangle-alert"}, data.ToneBad: {kit.Late, "circle-alert"}, "": {kit.Neutral, ""},
}

// right is what stands at the right of a line.
func (v planLook) right(r planRow, current bool) (list []fyne.CanvasObject) {
	l := r.line
	if l.Amount != "" {
		list = append(list, kit.NewText(kit.Small, l.Amount).In(kit.Ink2))
	}
	for i, m := range l.Marks {
		look := planTones[m.Tone]
		if r.section.Key == data.PlanHurts {
			look.tone, look.icon, m.Words = kit.Neutral, "bandage", strings.TrimSuffix(m.Words, " in 12 months")
			if m.Tone == data.ToneGood {
				look.tone, look.icon = kit.Ours, "heart-pulse"
			}
			if i > 0 {
				list = append(list, kit.NewIcon("arrow-right", 14, kit.Ink3))
			}
		}
		list = append(list, kit.NewTag(look.tone, look.icon, upperFirst(m.Words)))
	}
	if l.Age > 0 {
		list = append(list, kit.NewTag(kit.Caution, "history", l.AgeWords()))
	}
	return append(list, faces(l.People, 20, current)...)
}

// planFaces is how many people a line shows.
const planFaces = 4

// faces are the people of a line as discs.
func faces(people []data.SheetPerson, width float32, current bool) (list []fyne.CanvasObject) {
	for i, p := range people {
		if i == planFaces {
			return append(list, kit.NewText(kit.Micro, "+"+strconv.Itoa(len(people)-planFaces)).In(kit.Ink2))
		}
		a := kit.NewAvatar(data.Initials(p.Name), toneOf(p.Side), width)
		a.Lifted = current
		list = append(list, a)
	}
	return list
}

// goal is an objective: what they gain and what we gain, how far it is, and who
// answers for it on both sides.
func (v planLook) goal(l data.SheetLine, current bool) fyne.CanvasObject {
	below := l.Below
	if l.Amount != "" {
		below = joinDots(below, l.Amount)
	}
	words := kit.NewStack(0, kit.NewColumns(6, []kit.Col{kit.Fit(), kit.Fit(), kit.Flex(1)}, kit.NewText(kit.BodyBold, l.Text).Bending(), v.mark(l), kit.NewSpring()))
	if below != "" {
		words.Items = append(words.Items, kit.NewText(kit.Small, below).In(kit.Ink2).Bending())
	}
	var measure fyne.CanvasObject = kit.NewText(kit.Small, "not measured").In(kit.Ink3)
	if l.Bar != nil {
		measure = kit.NewMeasureBar(l.Bar.Label, l.Bar.Value, float32(l.Bar.Share))
	}
	var linked []fyne.CanvasObject
	for i, o := range faces(l.People, 24, current) {
		if i == 1 {
			linked = append(linked, kit.NewIcon("link-2", 12, kit.Ink3))
		}
		linked = append(linked, o)
	}
	return kit.NewColumns(12, []kit.Col{kit.Fixed(20), kit.Flex(1), kit.Fixed(168), kit.Fixed(68)},
		kit.NewNumeral(strconv.Itoa(l.Number)), words, measure, kit.NewRow(4, linked...))
}

// gain is what one side received.
func (v planLook) gain(r planRow, side int, current bool) fyne.CanvasObject {
	l := r.pair[side]
	if l.Text == "" {
		return kit.NewSpring()
	}
	tint := kit.Ink
	if len(l.Marks) > 0 || l.Age > 0 {
		tint = kit.Ink3
	}
	items := []fyne.CanvasObject{kit.NewText(kit.Body, l.Text).In(tint).Bending()}
	cols := []kit.Col{kit.Flex(1)}
	for _, m := range l.Marks {
		items, cols = append(items, kit.NewTag(kit.Neutral, "", m.Words)), append(cols, kit.Fit())
	}
	items, cols = append(items, kit.NewText(kit.BodyBold, l.Amount).In(tint), v.mark(l)), append(cols, kit.Fit(), kit.Fixed(24))
	line := kit.NewColumns(8, cols, items...)
	h := &gainHalf{tap: func() { v.choose(r, side) }}
	h.ground = kit.NewPanel(kit.Clear, 3, gainRoom, line)
	if current && v.column == side {
		h.ground.Tint, h.ground.Border, h.ground.Stroke = kit.Raised, kit.Accent, 1
	}
	h.body = h.ground
	h.ExtendBaseWidget(h)
	return kit.NewPad(0, -gainRoom, 0, -gainRoom, h) // so that its words stand below the heading's
}

// gainRoom is how far the frame of a half that is chosen stands off its words.
const gainRoom = 6

// gainHalf is a half of a pair that can be chosen.
type gainHalf struct {
	framed
	ground *kit.Ground
	tap    func()
}

// Tapped chooses the half.
func (h *gainHalf) Tapped(*fyne.PointEvent) { h.tap() }

// step is a joint step with its stretch of days.
func (v planLook) step(l data.SheetLine, current bool) fyne.CanvasObject {
	done := kit.NewCheckbox("", l.Done != "", func(bool) { v.tick(l) })
	if v.locked || l.ID == "" {
		done.Disable()
	}
	var track fyne.CanvasObject = kit.NewStepTrack(data.PlanHorizon, 0, 0, "", kit.Neutral)
	if s := l.Span; s != nil {
		tone := toneOf(s.Side)
		switch {
		case s.Late:
			tone = kit.Late
		case len(l.Marks) > 0: // it asks something of them
			tone = kit.Neutral
		}
		track = kit.NewStepTrack(data.PlanHorizon, daysFrom(v.now, s.From), daysFrom(v.now, s.To), s.Words, tone)
	}
	items := []fyne.CanvasObject{done, kit.NewText(kit.Body, l.Text).Bending(), v.mark(l), kit.NewSpring()}
	cols := []kit.Col{kit.Fixed(16), kit.Fit(), kit.Fit(), kit.Flex(1)}
	for _, m := range l.Marks {
		look := planTones[m.Tone]
		items, cols = append(items, kit.NewTag(look.tone, look.icon, m.Words)), append(cols, kit.Fit())
	}
	items, cols = append(items, kit.NewRow(4, faces(l.People, 20, current)...), track), append(cols, kit.Fit(), kit.Fixed(kit.TrackWidth).Full())
	return kit.NewColumns(8, cols, items...)
}

// daysFrom is how many days after now a date is.
func daysFrom(now time.Time, date string) int {
	day, err := time.ParseInLocation(time.DateOnly, date, now.Location())
	if err != nil {
		return 0
	}
	return data.DaysBetween(now, day)
}

// monthTicks are the months of the days that lie ahead.
func monthTicks(now time.Time) []kit.TrackTick {
	ticks := []kit.TrackTick{{Name: now.Format("Jan")}}
	first := time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, now.Location())
	for m := 1; m <= data.PlanHorizon/28; m++ {
		month := first.AddDate(0, m, 0)
		ticks = append(ticks, kit.TrackTick{Name: month.Format("Jan"), Day: data.DaysBetween(now, month)})
	}
	return ticks
}
