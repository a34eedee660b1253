package app

import (
	"fmt"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/codec"
)

// insightPane stands beside the segments: hours and rhythm, or of what is about to
// be lost the receipts and what keeping is worth.
type insightPane struct {
	p     *insights
	view  fyne.CanvasObject
	stack *kit.Stack
}

func newInsightPane(p *insights) *insightPane {
	v := &insightPane{p: p, stack: kit.NewStack(0)}
	foot := kit.NewStack(0, kit.NewHairline(), kit.NewPad(9, 24, 9, 24, kit.NewText(kit.Small, "Team numbers only. Rapport has no league table.").In(kit.Ink2).Bending()))
	v.view = withFoot(kit.NewScroll(kit.NewPad(20, 24, 14, 24, v.stack)), foot)
	return v
}

func (v *insightPane) draw() {
	if !v.p.asked || v.p.answer.accounts == 0 {
		v.stack.Set()
		return
	}
	switch v.p.segment {
	case insightWarning:
		v.stack.Set(v.p.warn.beside()...)
	case insightForesight:
		v.stack.Set(v.p.foresee.beside()...)
	default:
		v.stack.Set(append(append(v.hours(), kit.NewSpace(20)), v.rhythm()...)...)
	}
}

// hours are where the hours go against the budgets.
func (v *insightPane) hours() []fyne.CanvasObject {
	h := v.p.answer.Hours
	rows := []fyne.CanvasObject{paneHead("Where the hours go", fmt.Sprintf("%d days, mark is the budget", data.InsightDays)), kit.NewHairline(), kit.NewSpace(6)}
	if h.Minutes == 0 {
		return append(rows, small(fmt.Sprintf("No mail, meeting, call or ticket with a customer in %d days.", data.InsightDays)))
	}
	bars := codec.HoursChart(v.p.answer.Insights)
	rows = append(rows, kit.NewChartView(bars, 0))
	if h.Words != "" {
		rows = append(rows, kit.NewPad(8, 0, 0, 0, kit.NewColumns(9, []kit.Col{kit.Fixed(16), kit.Flex(1)},
			kit.NewIcon("circle-alert", 16, kit.Alert), kit.NewParagraph(kit.Small, kit.Ink2, h.Words))))
	}
	return rows
}

// rhythm is whether the promised rhythm is kept, and what would bring it into
// reach.
func (v *insightPane) rhythm() []fyne.CanvasObject {
	s := v.p.answer
	rows := []fyne.CanvasObject{paneHead("Can we keep our rhythm?", "touches a working day"), kit.NewHairline(), kit.NewSpace(8)}
	if s.Pace.People == 0 {
		return append(rows, small(upperFirst(s.Pace.Words())+"."), kit.NewRow(0, kit.NewSmallButton(kit.Plain, "Sort accounts into tiers", func() { v.p.w.open(route{place: placeTiers}) })))
	}
	small := codec.PaceChart(s.Insights)
	small.Names, small.Ticks = nil, nil
	rows = append(rows, kit.NewColumns(9, []kit.Col{kit.Fit(), kit.Flex(1)}, kit.NewText(kit.Big, fmt.Sprintf("%.1f", s.Pace.Kept)), kit.NewParagraph(kit.Small, kit.Ink2, s.Pace.Words())),
		kit.NewSpace(4), kit.NewChartView(small, 86), kit.NewSpace(16))
	return append(rows, v.reach()...)
}

// changeIcons are those of changes by kind.
var changeIcons = map[data.PaceChangeKind]string{data.LongerTier: "calendar-days", data.AskedFewer: "repeat", data.GroupCall: "users", data.OnRequest: "ear"}

func (v *insightPane) reach() []fyne.CanvasObject {
	r := v.p.answer.Reach
	if len(r.Changes) == 0 && r.Words == "" {
		return []fyne.CanvasObject{small("Nothing needs to change: what was promised is kept.")}
	}
	rows := []fyne.CanvasObject{kit.NewPad(0, 0, 6, 0, kit.NewSpread(8, kit.NewText(kit.Small, "What would bring it into reach").In(kit.Ink2).Bending(), kit.NewText(kit.Small, "a day").In(kit.Ink2)))}
	for _, c := range r.Changes {
		rows = append(rows, kit.NewHairline(), kit.NewPad(7, 0, 7, 0, kit.NewColumns(10, []kit.Col{kit.Fixed(16), kit.Flex(1), kit.Fit()}, kit.NewIcon(changeIcons[c.Kind], 16, kit.Ink2),
			kit.NewStack(1, kit.NewParagraph(kit.Body, kit.Ink, c.What), kit.NewParagraph(kit.Small, kit.Ink2, upperFirst(c.Detail)), kit.NewParagraph(kit.Small, kit.Ink3, c.Trade)),
			kit.NewText(kit.BodyBold, fmt.Sprintf("%.1f", c.PerDay)))))
	}
	return append(rows, kit.NewHairline(), kit.NewPad(8, 0, 0, 0, small(r.Words)))
}
