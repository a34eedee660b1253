package app

import (
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
)

// compareAnswer is how a plan reads on two days.
type compareAnswer struct {
	was, is data.PlanInput
	changes []data.SheetChange
	who     map[string]store.LastChange // by data.SheetChange.Key, where somebody changed it
	me      string
}

// askCompare composes a plan as it was known at two moments, and asks who changed
// what between them.
func (w *window) askCompare(ctx context.Context, past *store.Past, from, to time.Time) (a compareAnswer, err error) {
	if a.was, err = past.Plan(ctx, from); err != nil {
		return a, err
	}
	if a.is, err = past.Plan(ctx, to); err != nil {
		return a, err
	}
	a.changes = data.DiffSheets(data.ComposePlan(a.was).Sheet, data.ComposePlan(a.is).Sheet)
	if a.who, err = w.db.WhoChanged(ctx, a.changes, from, to); err != nil {
		return a, err
	}
	a.me, err = w.db.Setting(ctx, store.SettingUserName)
	return a, err
}

// planCompare shows a plan on two days side by side, what differs, and who changed
// it. A section can be brought back to how it was on the first day.
type planCompare struct {
	t        *planTab
	past     *store.Past
	from, to time.Time // to is zero where it is the present
	later    bool      // keys move the second day
	slot     bridge.Slot
	answer   compareAnswer
	asked    bool
	rows     []compareRow
	list     *kit.List
	stage    stage
	heads    *kit.Columns
	left     *kit.Line
	right    *kit.Line
	view     fyne.CanvasObject
}

// compareRow is a heading, or a line that differs.
type compareRow struct {
	section, label string
	change         *data.SheetChange
}

// compareColumns are then, now, and who.
var compareColumns = []kit.Col{kit.Flex(1).AtTop(), kit.Flex(1).AtTop(), kit.Fixed(112).AtTop()}

func newPlanCompare(t *planTab) *planCompare {
	c := &planCompare{t: t, list: kit.NewList(), left: kit.NewLine().Bending(), right: kit.NewLine().Bending()}
	l := c.list
	l.Count = func() int { return len(c.rows) }
	l.Kind = func(row int) kit.RowKind {
		if c.rows[row].change == nil {
			return 1
		}
		return 0
	}
	l.Skip = func(row int) bool { return c.rows[row].change == nil }
	l.Rules = false
	l.Height = func(row int) float32 {
		if c.rows[row].change == nil {
			return kit.Scaled(40)
		}
		return kit.Scaled(50)
	}
	l.Create = func(k kit.RowKind) fyne.CanvasObject {
		if k == 1 {
			return newHeadRow()
		}
		return newCompareRow()
	}
	l.Update = func(row int, o fyne.CanvasObject, current bool) { c.update(c.rows[row], o) }
	l.OnMenu = func(_ int, at fyne.Position) { t.p.w.menuAt(at, c.commands()[2:]...) }
	c.heads = kit.NewColumns(16, compareColumns, c.left, c.right, kit.NewSpring())
	c.stage = newStage(l)
	c.view = filled(kit.NewPad(10, 32, 6, 32, c.heads), kit.NewPad(0, 20, 0, 20, c.stage.box))
	return c
}

// compareRowBody is a line as it was and as it is.
type compareRowBody struct {
	framed
	was, is, who *kit.Paragraph
}

func newCompareRow() *compareRowBody {
	r := &compareRowBody{was: kit.NewParagraph(kit.Small, kit.Ink2, "").AtMost(2), is: kit.NewParagraph(kit.Small, kit.Ink, "").AtMost(2), who: kit.NewParagraph(kit.Small, kit.Ink2, "").AtMost(2)}
	r.body = filledUnder(kit.NewPad(7, 12, 6, 12, kit.NewColumns(16, compareColumns, r.was, r.is, r.who)), kit.NewPad(0, 12, 0, 12, kit.NewHairline()))
	r.ExtendBaseWidget(r)
	return r
}

func (c *planCompare) update(r compareRow, o fyne.CanvasObject) {
	switch o := o.(type) {
	case *headRow:
		h := overviewHeading{text: r.label}
		if c.restorable(r.section) {
			h.link, h.do = "Bring back", func() { c.restore(r.section, r.label) }
		}
		o.set(h)
	case *compareRowBody:
		was, is := kit.Span{Text: r.change.Was, Role: kit.Small, Tint: kit.Ink2}, kit.Span{Text: r.change.Is, Role: kit.Small}
		if was.Text == "" {
			was = kit.Span{Text: "was not there", Role: kit.Small, Tint: kit.Ink3}
		}
		if is.Text == "" {
			is = kit.Span{Text: "is gone", Role: kit.Small, Tint: kit.Ink3}
		}
		o.was.Set(was)
		o.is.Set(is)
		o.who.Set(kit.Span{Text: c.whoWords(*r.change), Role: kit.Small, Tint: kit.Ink2})
		o.body.Refresh()
	}
}

// whoWords say who changed a line last, and when; a computed one nobody did.
func (c *planCompare) whoWords(change data.SheetChange) string {
	last, ok := c.answer.who[change.Key()]
	switch {
	case change.ID == "":
		return "counted"
	case !ok:
		return "nobody changed it"
	}
	return last.Name(c.answer.me) + ", " + data.ShortDate(last.At, c.t.p.w.now())
}

// begin compares a day four weeks ago with now.
func (c *planCompare) begin() {
	c.past, c.to, c.later, c.asked = c.t.p.w.db.Past(c.t.p.id), time.Time{}, false, false
	c.from = c.t.p.back.endOf(planSpan)
	c.t.compare = c
	c.t.showWhole()
	c.load()
	c.t.p.w.refreshChrome()
}

// end goes back to the plan.
func (c *planCompare) end() {
	c.slot.Drop()
	c.t.compare = nil
	c.t.showWhole()
	c.t.p.w.refreshChrome()
	c.t.load()
	c.t.focus()
}

// until is the later of the two moments.
func (c *planCompare) until() time.Time {
	if c.to.IsZero() {
		return c.t.p.w.now()
	}
	return c.to
}

func (c *planCompare) load() {
	w, past, from, to := c.t.p.w, c.past, c.from, c.until()
	c.drawHeads()
	bridge.Load(w.bg, &c.slot, func(ctx context.Context) (compareAnswer, error) { return w.askCompare(ctx, past, from, to) }, func(a compareAnswer, err error) {
		if err != nil {
			c.stage.show(failedView(err, c.load))
			return
		}
		c.asked, c.answer = true, a
		c.draw()
	})
}

// renew asks again after something was written.
func (c *planCompare) renew() {
	c.past = c.t.p.w.db.Past(c.t.p.id)
	c.load()
}

func (c *planCompare) drawHeads() {
	now := c.t.p.w.now()
	day := func(words string, chosen bool) kit.Span {
		if chosen {
			return kit.Span{Text: words, Role: kit.BodyBold, Tint: kit.Accent}
		}
		return kit.Span{Text: words, Role: kit.BodyBold}
	}
	to := "Now"
	if !c.to.IsZero() {
		to = data.DayName(c.to, now)
	}
	c.left.Set(day(data.DayName(c.from, now), !c.later))
	c.right.Set(day(to, c.later))
	c.heads.Refresh()
}

func (c *planCompare) draw() {
	c.rows = nil
	section := ""
	for i, change := range c.answer.changes {
		if change.Section != section {
			section = change.Section
			c.rows = append(c.rows, compareRow{section: section, label: change.Label})
		}
		c.rows = append(c.rows, compareRow{section: section, label: change.Label, change: &c.answer.changes[i]})
	}
	if len(c.rows) == 0 {
		c.stage.show(kit.NewEmpty(kit.NewIcon("history", 36, kit.Ink3), "Nothing reads otherwise", "The plan says the same on both days. Move the first day further back with , or <."))
		return
	}
	c.stage.show(c.list)
	c.list.Keep(c.list.Current())
	if c.list.Current() < 0 || c.rows[min(c.list.Current(), len(c.rows)-1)].change == nil {
		c.list.Select(1)
	}
	c.t.p.w.keepFocus(c.t.p)
}

// move moves the day that is chosen; a day that is not past yet is now, and the
// first stays before the second.
func (c *planCompare) move(months, days int) {
	now := c.t.p.w.now()
	if c.later {
		to := c.until()
		if c.to.IsZero() {
			to = c.t.p.back.endOf(0)
		}
		if to = to.AddDate(0, months, days); to.Before(now) {
			c.to = maxTime(to, c.from.AddDate(0, 0, 1))
		} else {
			c.to = time.Time{}
		}
	} else {
		from := c.from.AddDate(0, months, days)
		if limit := c.until().AddDate(0, 0, -1); from.After(limit) {
			from = limit
		}
		c.from = maxTime(from, c.t.p.back.endOf(data.DaysBetween(c.t.p.answer.begins, now)))
	}
	c.load()
}

func maxTime(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// choose says which of the two days keys move.
func (c *planCompare) choose(later bool) {
	c.later = later
	c.drawHeads()
}

// restorable says whether something of a section can be brought back to how it was
// on the first day.
func (c *planCompare) restorable(section string) bool {
	if !c.to.IsZero() {
		return false
	}
	put, drop := data.RestoreSection(c.answer.was, c.answer.is, section)
	return len(put)+len(drop) > 0
}

func (c *planCompare) current() compareRow {
	if at := c.list.Current(); at >= 0 && at < len(c.rows) {
		return c.rows[at]
	}
	return compareRow{}
}

// restore brings a section back to how it was on the first day, in one write.
func (c *planCompare) restore(section, label string) {
	put, drop := data.RestoreSection(c.answer.was, c.answer.is, section)
	w := c.t.p.w
	w.write("“"+label+"” is as on "+data.DayName(c.from, w.now())+" again", func(tx *store.Tx) error {
		for _, p := range put {
			if err := tx.PutAnyPart(p); err != nil {
				return err
			}
		}
		for _, p := range drop {
			if err := tx.DeleteAnyPart(p); err != nil {
				return err
			}
		}
		return nil
	}, nil)
}

func (c *planCompare) hints() []hint {
	return []hint{{[]string{",", "."}, "a day"}, {[]string{"<", ">"}, "a month"}, {[]string{"←", "→"}, "which day"}, {[]string{"U"}, "bring section back"}, {[]string{"Esc"}, "back to the plan"}}
}

func (c *planCompare) commands() []command {
	list := moveCommands(c.list)
	r := c.current()
	return append(list, []command{
		{name: "Bring “" + strings.ToLower(r.label) + "” back as it was", words: "restore section undo", icon: "undo-2", key: "U",
			when: func() bool { return r.section != "" && c.restorable(r.section) }, do: func() { c.restore(r.section, r.label) }},
		{name: "Move the first day", words: "compare left", icon: "chevron-left", key: "Left", do: func() { c.choose(false) }},
		{name: "Move the second day", words: "compare right", icon: "chevron-right", key: "Right", do: func() { c.choose(true) }},
		{name: "Compare a day earlier", words: "date back", icon: "chevron-left", key: ",", do: func() { c.move(0, -1) }},
		{name: "Compare a day later", words: "date on", icon: "chevron-right", key: ".", do: func() { c.move(0, 1) }},
		{name: "Compare a month earlier", words: "date back", icon: "chevron-left", key: "<", do: func() { c.move(-1, 0) }},
		{name: "Compare a month later", words: "date on", icon: "chevron-right", key: ">", do: func() { c.move(1, 0) }},
		{name: "Back to the plan", words: "close comparison", icon: "x", key: "Esc", more: []string{"D"}, do: c.end},
	}...)
}
