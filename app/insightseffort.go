package app

import (
	"fmt"
	"math"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/codec"
)

// insightEffortView is what the hours went to, and what they could keep.
type insightEffortView struct {
	p     *insights
	view  fyne.CanvasObject
	stack *kit.Stack
}

func newInsightEffort(p *insights) *insightEffortView {
	v := &insightEffortView{p: p, stack: kit.NewStack(0)}
	v.view = kit.NewScroll(kit.NewPad(14, 40, 24, 32, v.stack))
	return v
}

// takersShown is how many accounts are named that took most of a tier's hours.
const takersShown = 3

func (v *insightEffortView) draw() {
	s := v.p.answer.Insights
	rows := []fyne.CanvasObject{kit.NewSectionHead(kit.Heading, "Twelve weeks of our rhythm", "", nil), kit.NewSpace(8), kit.NewChartView(codec.PaceChart(s), 190), kit.NewSpace(20)}
	rows = append(rows, v.allotted(s.Shares)...)
	rows = append(rows, kit.NewSpace(20), kit.NewSectionHead(kit.Heading, "Who takes the hours", data.HoursWords(s.Hours.Minutes)+fmt.Sprintf(" in %d days", data.InsightDays), nil))
	for _, g := range s.Hours.Groups {
		rows = append(rows, kit.NewPad(8, 0, 2, 0, kit.NewSpread(8, kit.NewText(kit.BodyBold, g.Name()+", "+data.Counted(g.Accounts, "account", "accounts")).Bending(),
			kit.NewText(kit.Body, fmt.Sprintf("%s, %.0f %% of %.0f %% meant", data.HoursWords(g.Minutes), 100*g.Share, 100*g.Budget)))))
		for _, r := range g.Receipts[:min(len(g.Receipts), takersShown)] {
			rows = append(rows, v.receipt(r))
		}
	}
	if len(s.Pace.Receipts) > 0 {
		rows = append(rows, kit.NewSpace(20), kit.NewSectionHead(kit.Heading, "Where touches were missed", "", nil), kit.NewSpace(6))
		for _, r := range s.Pace.Receipts[:min(len(s.Pace.Receipts), 2*takersShown)] {
			rows = append(rows, v.receipt(r))
		}
	}
	v.stack.Set(rows...)
}

// receipt is a line that leads to what it is about.
func (v *insightEffortView) receipt(r data.Receipt) fyne.CanvasObject {
	line := kit.NewText(kit.Body, r.Words).In(kit.Ink2).Bending()
	open := v.p.receiptOpens(r)
	if open == nil {
		return kit.NewPad(3, 0, 3, 0, line)
	}
	return kit.NewPad(1, 0, 1, 0, kit.NewColumns(8, []kit.Col{kit.Flex(1), kit.Fit()}, line, kit.NewLink("Open", open)))
}

// allotted is what the hours could keep, tier by tier.
func (v *insightEffortView) allotted(a data.Allotment) []fyne.CanvasObject {
	rows := []fyne.CanvasObject{kit.NewSectionHead(kit.Heading, "What the hours could keep", "", kit.NewLink("Hours and rhythm", func() { v.p.w.openAt(route{place: placeSettings}, target{tab: "rhythm"}) })), kit.NewSpace(6), small(a.Words()), kit.NewSpace(8)}
	if len(a.Tiers) == 0 {
		return rows
	}
	cols := []kit.Col{kit.Fixed(24), kit.Flex(1), kit.Fixed(176), kit.Fixed(176), kit.Fixed(76)}
	head := func(words string) fyne.CanvasObject { return kit.NewText(kit.Small, words).In(kit.Ink3).Bending() }
	rows = append(rows, kit.NewColumns(10, cols, kit.NewSpring(), head("Whose rhythm"), head("Promised"), head("Fits in the hours"), head("A year")), kit.NewHairline())
	for _, t := range a.Tiers {
		rows = append(rows, kit.NewPad(7, 0, 7, 0, kit.NewColumns(10, cols, kit.NewTier(string(t.Tier)), kit.NewText(kit.Body, data.Counted(t.People, "person", "people")).Bending(),
			kit.NewText(kit.Body, fmt.Sprintf("%s, every %d days", touchesWord(t.Asked), t.EveryPromise)).Bending(),
			kit.NewText(kit.Body, fitWords(t)).Bending(), kit.NewText(kit.Body, data.HoursWords(t.Minutes)))), kit.NewHairline())
	}
	for _, b := range a.Less {
		rows = append(rows, kit.NewPad(4, 0, 0, 0, small(fmt.Sprintf("%s would get %.0f of %.0f touches a year", b.Name(), b.Gets, b.Touches))))
	}
	return rows
}

func touchesWord(n float64) string { return thousands(int(math.Round(n))) + " a year" }

func fitWords(t data.AllotTier) string {
	if t.Gets < 0.5 {
		return "nothing"
	}
	return fmt.Sprintf("%s, every %d days", touchesWord(t.Gets), t.Every)
}
