package app

import (
	"time"

	"rapport/app/kit"
	"rapport/data"
)

// planBar is the line over a plan: whether the customer knows it, and what can be
// done with all of it.
type planBar struct {
	t      *planTab
	view   *kit.Pad
	known  *kit.Line
	begin  *kit.Button // where nobody began a plan
	review *kit.Button
	end    *kit.Button // of a review under way
	past   *kit.Button
	paper  *kit.Button
	deeds  *kit.Columns
}

func newPlanBar(t *planTab) *planBar {
	b := &planBar{t: t, known: kit.NewLine().Bending()}
	b.review = kit.NewSmallButton(kit.Plain, "Review, 3 min", t.startReview).WithIcon("list-checks")
	b.begin = kit.NewSmallButton(kit.Primary, "Begin a plan", func() { t.p.w.beginPlan(t.answer.in) }).WithIcon("target").WithKey("W")
	b.end = kit.NewSmallButton(kit.Plain, "End the review", t.endReview).WithKey("Esc")
	b.past, b.paper = kit.NewSmallButton(kit.Plain, "", t.p.back.begin).WithIcon("history"), kit.NewSmallButton(kit.Plain, "", t.print).WithIcon("printer")
	b.past.Tip, b.paper.Tip = "The account as it was known on a day", "Save or print the plan"
	b.deeds = kit.NewRow(8, kit.NewSpace(kit.Scaled(24)), b.begin, b.review, b.past, b.paper, b.end) // as high as a button, whichever is there
	for _, one := range []*kit.Button{b.begin, b.review, b.past, b.paper, b.end} {
		one.Hidden = true // until the plan is read
	}
	b.view = kit.NewPad(0, 0, 0, 0, filledUnder(kit.NewPad(6, 32, 7, 32, kit.NewSpread(8, b.known, b.deeds)), kit.NewHairline()))
	return b
}

func (b *planBar) draw() {
	spans, other := b.t.barSpans()
	begun, past, none := b.t.answer.in.Plan.ID != "", b.t.p.back.on(), other || !b.t.asked
	b.begin.Hidden, b.review.Hidden = none || past || begun, none || past || !begun
	b.past.Hidden, b.paper.Hidden, b.end.Hidden = none, none, !other
	b.deeds.Refresh()
	if !none {
		spans = knownSpans(b.t.answer.page.Known, b.t.answer.in.Now)
		if others := b.others(); others != "" && !past {
			spans[0].Gap = 8
			spans = append([]kit.Span{{Icon: "pen-line", Tint: kit.Accent, Role: kit.Small}, {Text: others, Role: kit.Small, Tint: kit.Ink2, Gap: 6}, {Text: "·", Role: kit.Small, Tint: kit.Ink3, Gap: 8}}, spans...)
		}
	}
	b.known.Set(spans...)
	b.view.Refresh()
}

// others says who else is at work here: who is editing, else who changed something a
// moment ago.
func (b *planBar) others() string {
	list := b.t.p.w.writing.of(b.t.p.id)
	for _, w := range list {
		if s, ok := w.In(b.t.answer.page.Sections); ok {
			return upperFirst(data.EditingWords([]data.Writing{w})) + " “" + s.Label + "”"
		}
	}
	return b.t.beside.recent.others(b.t.p.w.now())
}

// knownSpans say who of them read the plan, and when.
func knownSpans(k data.PlanKnown, now time.Time) []kit.Span {
	if k.Shown.ID == "" {
		return []kit.Span{{Icon: "eye-off", Tint: kit.Ink2, Role: kit.Small, Text: "They have not seen this plan"}}
	}
	words := "They read this plan"
	if k.Who.ID != "" {
		words = data.FirstName(k.Who.Name) + " read this plan"
	}
	if day, err := time.ParseInLocation(time.DateOnly, k.Shown.On, now.Location()); err == nil {
		words += " on " + data.ShortDate(day, now)
	}
	if n := len(k.Changed); n > 0 {
		words += ", " + data.Counted(n, "change since", "changes since")
	}
	return []kit.Span{{Icon: "eye", Tint: kit.Theirs, Role: kit.Small}, {Text: words, Role: kit.Small, Tint: kit.Ink2, Gap: 6}}
}
