package app

import (
	"fmt"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/codec"
)

// insightForesightView is how good foresight was, and whether keeping a rhythm
// makes a difference.
type insightForesightView struct {
	p     *insights
	view  fyne.CanvasObject
	stack *kit.Stack
}

func newInsightForesight(p *insights) *insightForesightView {
	v := &insightForesightView{p: p, stack: kit.NewStack(0)}
	v.view = kit.NewScroll(kit.NewPad(14, 40, 24, 32, v.stack))
	return v
}

func (v *insightForesightView) draw() {
	s := v.p.answer.Insights
	v.stack.Set(
		kit.NewSectionHead(kit.Heading, "How good is our foresight?", "", nil), kit.NewSpace(6), small(upperFirst(s.Foreseen.Words())+". On the dashed line all came as was said; bars are 95 % intervals."),
		kit.NewSpace(10), kit.NewChartView(codec.ForesightChart(s), 320), kit.NewSpace(24),
		kit.NewSectionHead(kit.Heading, "Does it make a difference?", "", nil), kit.NewSpace(6), small(s.Evidence.Words), kit.NewSpace(8), kit.NewChartView(codec.EvidenceChart(s), 0),
		kit.NewSpace(8), quiet("Customers who bought in the year before last: how many bought again since, by the share of days on which their rhythm was kept then. Whiskers are 95 % intervals (Wilson)."))
}

// beside are the foresights whose day has come, and what each step says.
func (v *insightForesightView) beside() []fyne.CanvasObject {
	s := v.p.answer.Insights
	rows := []fyne.CanvasObject{paneHead("Their day has come", data.Counted(len(s.Due), "foresight", "foresights")), kit.NewHairline(), kit.NewSpace(6)}
	if len(s.Due) == 0 {
		rows = append(rows, small("Nothing waits to be scored."))
	}
	for _, f := range s.Due {
		rows = append(rows, kit.NewPad(4, 0, 0, 0, kit.NewParagraph(kit.Body, kit.Ink, f.What)), quiet(fmt.Sprintf("said %d %% by %s", f.Chance, dateWords(f.By))),
			kit.NewRow(0, kit.NewLink("Open the plan", func() { v.p.w.openAt(route{place: placeAccount, id: f.Account}, target{tab: tabPlan}) })))
	}
	rows = append(rows, kit.NewSpace(20), paneHead("By what was said", "came of all"), kit.NewHairline())
	if len(s.Foreseen.Steps) == 0 {
		rows = append(rows, kit.NewPad(6, 0, 0, 0, small("Write down in a plan what you foresee, with a chance and a date; it is scored when its day has come.")))
	}
	for _, c := range s.Foreseen.Steps {
		rows = append(rows, kit.NewPad(6, 0, 0, 0, sumLine(fmt.Sprintf("%d to %d %%", c.From, c.To), fmt.Sprintf("%d of %d", c.Came, c.All))), quiet(fmt.Sprintf("between %.0f and %.0f %%, as far as so few tell", 100*c.Low, 100*c.High)))
	}
	return rows
}
