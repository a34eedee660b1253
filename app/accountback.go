package app

import (
	"time"

	"fyne.io/fyne/v2"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
)

// lookBack is the time machine of an account's page: it shows the account as it was
// known at the end of a day. Nothing of that day can be changed.
type lookBack struct {
	p     *accountPage
	view  fyne.CanvasObject // the line of days; hidden in the present
	line  *kit.DateLine
	words *kit.Line
	past  *store.Past // nil in the present
	at    time.Time   // the moment that is shown; zero for the present
	// next is the moment to show as soon as what is asked for is drawn, so that days
	// follow a drag as fast as they can be read; zero for none.
	next time.Time
}

func newLookBack(p *accountPage) *lookBack {
	b := &lookBack{p: p, line: kit.NewDateLine(), words: kit.NewLine()}
	b.line.OnMove = func(back int) { b.show(b.endOf(back)) }
	today := kit.NewSmallButton(kit.Plain, "Back to today", b.end).WithKey("Esc")
	row := kit.NewColumns(16, []kit.Col{kit.Fixed(124), kit.Flex(1), kit.Fit()}, b.words, b.line, today)
	b.view = filledUnder(kit.NewPad(7, 32, 5, 32, row), kit.NewHairline())
	b.view.Hide()
	return b
}

// on says whether a day that has been is shown.
func (b *lookBack) on() bool { return b.past != nil }

// endOf is the last moment of a day some days back.
func (b *lookBack) endOf(back int) time.Time {
	now := b.p.w.now()
	return time.Date(now.Year(), now.Month(), now.Day()-back, 23, 59, 59, 0, now.Location())
}

// begin shows yesterday; keys and the line go on from there.
func (b *lookBack) begin() {
	if !b.on() {
		b.past = b.p.w.db.Past(b.p.id)
		b.show(b.endOf(1))
	}
}

// show goes to a moment; one that has not been yet is the present.
func (b *lookBack) show(at time.Time) {
	if !at.Before(b.p.w.now()) {
		b.end()
		return
	}
	if first := b.p.answer.begins; at.Before(first) {
		at = b.endOf(data.DaysBetween(first, b.p.w.now()))
	}
	b.next = at
	b.draw()
	b.follow()
}

// step goes some days or months on, or back.
func (b *lookBack) step(months, days int) {
	from := b.at
	if !b.next.IsZero() {
		from = b.next
	}
	b.show(from.AddDate(0, months, days))
}

// follow shows the moment that was asked for last, once all of the one before is
// drawn.
func (b *lookBack) follow() {
	if b.next.IsZero() || b.p.asks() {
		return
	}
	b.at, b.next = b.next, time.Time{}
	b.p.ask()
}

// end goes back to the present.
func (b *lookBack) end() {
	if b.on() {
		b.leave()
		b.p.load()
	}
}

// leave is end for a page that is not looked at any more.
func (b *lookBack) leave() {
	b.past, b.at, b.next = nil, time.Time{}, time.Time{}
	b.draw()
}

// draw shows the line while a day that has been is shown, and says which.
func (b *lookBack) draw() {
	w, at := b.p.w, b.at
	if !b.next.IsZero() {
		at = b.next
	}
	shown := b.view.Visible()
	if b.on() {
		b.line.Days = max(data.DaysBetween(b.p.answer.begins, w.now()), 1)
		b.line.Back = data.DaysBetween(at, w.now())
		b.line.Ticks = dateTicks(b.p.answer.begins, w.now())
		b.line.Refresh()
		b.words.Set(kit.Span{Icon: "history", Tint: kit.Warm}, kit.Span{Text: data.DayName(at, w.now()), Role: kit.BodyBold, Gap: 6})
		b.view.Show()
	} else {
		b.view.Hide()
	}
	if shown != b.view.Visible() {
		b.p.main.Refresh()
		if w.page() == b.p {
			w.refreshChrome()
		}
	}
	w.status.draw()
}

// dateTicks are the names of years, or of each few months where less than two years
// are shown, over the days from a moment on.
func dateTicks(from, now time.Time) (ticks []kit.TrackTick) {
	add := func(t time.Time, layout string) {
		ticks = append(ticks, kit.TrackTick{Name: t.Format(layout), Day: data.DaysBetween(from, t)})
	}
	if data.DaysBetween(from, now) > 730 {
		for y := from.Year() + 1; y <= now.Year(); y++ {
			add(time.Date(y, 1, 1, 0, 0, 0, 0, now.Location()), "2006")
		}
		return ticks
	}
	each := time.Month(1 + data.DaysBetween(from, now)/240)
	for m := time.Date(from.Year(), from.Month()+1, 1, 0, 0, 0, 0, now.Location()); m.Before(now); m = m.AddDate(0, 1, 0) {
		if (m.Month()-1)%each != 0 {
			continue
		}
		layout := "Jan"
		if m.Month() == time.January {
			layout = "2006"
		}
		add(m, layout)
	}
	return ticks
}

// commands are those of a day that has been.
func (b *lookBack) commands() []command {
	return []command{
		{name: "A day back", words: "time machine past", icon: "chevron-left", key: ",", do: func() { b.step(0, -1) }},
		{name: "A day on", words: "time machine past", icon: "chevron-right", key: ".", do: func() { b.step(0, 1) }},
		{name: "A week back", words: "time machine past", icon: "chevron-left", chord: chord{fyne.KeyLeft, fyne.KeyModifierAlt}, menu: menuGo, do: func() { b.step(0, -7) }},
		{name: "A week on", words: "time machine past", icon: "chevron-right", chord: chord{fyne.KeyRight, fyne.KeyModifierAlt}, menu: menuGo, do: func() { b.step(0, 7) }},
		{name: "A month back", words: "time machine past", icon: "chevron-left", key: "<", do: func() { b.step(-1, 0) }},
		{name: "A month on", words: "time machine past", icon: "chevron-right", key: ">", do: func() { b.step(1, 0) }},
		{name: "Back to today", words: "time machine now present", icon: "x", key: "Esc", more: []string{"H"}, do: b.end},
	}
}

// hints are the keys of a day that has been.
func (b *lookBack) hints() []hint {
	return []hint{{[]string{",", "."}, "a day"}, {[]string{"Alt ←", "Alt →"}, "a week"}, {[]string{"<", ">"}, "a month"}, {[]string{"Esc"}, "today"}}
}

// shownDay is the day that the page shows, "" for today.
func (p *accountPage) shownDay() string {
	if !p.back.on() {
		return ""
	}
	at := p.back.at
	if !p.back.next.IsZero() {
		at = p.back.next
	}
	return at.Format("2 January 2006")
}

func (p *accountPage) toToday() { p.back.end() }

// now is the moment that the page shows.
func (p *accountPage) now() time.Time {
	if p.back.on() && !p.back.at.IsZero() {
		return p.back.at
	}
	return p.w.now()
}

// leave ends a look back: whoever comes again sees the present.
func (p *accountPage) leave() {
	if p.back.on() {
		p.back.leave()
	}
}

// asks says whether an answer is under way.
func (p *accountPage) asks() bool {
	for _, s := range []*bridge.Slot{&p.slot, &p.timeline.slot, &p.plan.slot, &p.people.slot} {
		if s.Busy() {
			return true
		}
	}
	return false
}

// frozen says whether the page in view shows a day that has been, of which nothing
// can be changed, and tells so.
func (w *window) frozen() bool {
	r, ok := w.page().(replaying)
	if !ok || r.shownDay() == "" {
		return false
	}
	w.say("You see " + r.shownDay() + ". Nothing can be changed here")
	return true
}
