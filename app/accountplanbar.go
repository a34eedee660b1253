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
	deeds  *kit.Columns
}

func newPlanBar(t *planTab) *planBar {
	b := &planBar{t: t, known: kit.NewLine().Bending()}
	b.review = kit.NewSmallButton(kit.Plain, "Review, 3 min", t.startReview).WithIcon("list-checks")
	b.begin = kit.NewSmallButton(kit.Primary, "Begin a plan", func() { t.p.w.beginPlan(t.answer.in) }).WithIcon("target")
	past, paper := kit.NewSmallButton(kit.Plain, "", t.p.back.begin).WithIcon("history"), kit.NewSmallButton(kit.Plain, "", t.print).WithIcon("printer")
	past.Tip, paper.Tip = "The account as it was known on a day", "Save or print the plan"
	b.deeds = kit.NewRow(8, b.begin, b.review, past, paper)
	b.view = kit.NewPad(0, 0, 0, 0, filledUnder(kit.NewPad(6, 32, 7, 32, kit.NewSpread(8, b.known, b.deeds)), kit.NewHairline()))
	return b
}

func (b *planBar) draw() {
	spans, other := b.t.barSpans()
	b.deeds.Hidden = other
	b.begin.Hidden = b.t.answer.in.Plan.ID != "" || b.t.p.back.on()
	b.review.Hidden = !b.begin.Hidden || b.t.p.back.on()
	if other {
		b.known.Set(spans...)
		b.view.Refresh()
		return
	}
	b.known.Set(knownSpans(b.t.answer.page.Known, b.t.answer.in.Now)...)
	b.view.Refresh()
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
