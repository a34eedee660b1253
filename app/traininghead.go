package app

import (
	"strconv"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
)

func numberWord(n int) string { return strconv.Itoa(n) }

// trainingHead is what stands over the page: what it is, and what can be done with
// all of it.
type trainingHead struct {
	p     *training
	view  fyne.CanvasObject
	menu  *kit.Button // opens the side list while it is folded away
	under *kit.Line
	deeds *kit.Columns
	goOn  *kit.Button
}

func newTrainingHead(p *training) *trainingHead {
	h := &trainingHead{p: p, under: kit.NewLine().Bending()}
	h.menu = kit.NewSmallButton(kit.Plain, "Training", func() { p.w.showSide(true) }).WithIcon("chevron-down")
	h.menu.Hide()
	h.goOn = kit.NewButton(kit.Primary, "Go on writing", p.w.askTeamPlan).WithKey("W")
	paper := kit.NewButton(kit.Plain, "", p.print).WithIcon("printer")
	paper.Tip = "Save or print the team's plan"
	h.deeds = kit.NewRow(8, kit.NewButton(kit.Plain, "Review", p.startReview).WithIcon("list-checks").WithKey("R"), paper, h.goOn)
	title := kit.NewStack(3, kit.NewText(kit.Display, data.TeamPlanTitle).Bending(), h.under)
	h.view = kit.NewPad(18, 32, 12, 32, kit.NewStack(8, kit.NewRow(0, h.menu), kit.NewColumns(12, []kit.Col{kit.Flex(1), kit.Fit()}, title, h.deeds)))
	return h
}

func (h *trainingHead) folded(side bool) {
	h.menu.Hidden = !side
	h.view.Refresh()
}

func (h *trainingHead) draw() {
	a := h.p.answer
	h.deeds.Hidden = h.p.blank()
	h.goOn.Hidden = !a.progress.Offer()
	h.under.Set(h.p.underSpans()...)
	h.view.Refresh()
}

// underSpans say how the plan stands, or what the review asks.
func (p *training) underSpans() []kit.Span {
	if r := p.review; r != nil {
		return []kit.Span{{Icon: "list-checks", Tint: kit.Accent, Role: kit.Body}, {Text: "Still true?", Role: kit.BodyBold, Gap: 6},
			{Text: "  " + data.Counted(len(r.at)-r.on, "line is left", "lines are left"), Tint: kit.Ink2}}
	}
	words := p.answer.page.Under
	if p.answer.page.Plan.ReviewedBy != "" {
		words += ", reviewed by " + p.answer.page.Plan.ReviewedBy
	}
	return []kit.Span{{Text: words, Tint: kit.Ink2}}
}

// trainingSide is the list of what the page holds: why the team does this, and the
// parts of that.
type trainingSide struct {
	p     *training
	view  fyne.CanvasObject
	items *kit.Stack
}

func newTrainingSide(p *training) *trainingSide {
	s := &trainingSide{p: p, items: kit.NewStack(2)}
	s.view = kit.NewPad(20, 10, 10, 10, kit.NewScroll(s.items))
	s.draw()
	return s
}

// trainingParts are the parts of the plan as the side list names them.
var trainingParts = []struct{ section, icon, name string }{
	{data.TeamPrinciples, "handshake", "Principles"}, {data.TeamQuality, "heart-pulse", "Quality"}, {data.TeamProfit, "chart-scatter", "Profit"},
	{data.TeamTiers, "gauge", "Tiers and hours"}, {data.TeamBarriers, "triangle-alert", "Barriers"}, {data.TeamReady, "circle-check", "Readiness"},
}

func (s *trainingSide) draw() {
	rows := []fyne.CanvasObject{kit.NewPad(0, 10, 14, 10, kit.NewText(kit.Title, "Training"))}
	item := func(icon, name, view string) {
		rows = append(rows, kit.NewNavItem(icon, name, "", func() { s.p.w.openAt(route{place: placeTraining}, target{tab: view}) }))
	}
	item("notebook-text", "All notes", learnedAll)
	why := kit.NewNavItem("compass", data.TeamPlanTitle, "", func() { s.p.stand(data.TeamWhy) })
	why.Set("", true)
	if !s.p.blank() {
		why.Set(countWord(len(s.p.answer.page.Findings)), true)
	}
	rows = append(rows, why)
	item("route", "Playbooks", learnedPlays)
	item("presentation", "Sessions", learnedSessions)
	item("messages-square", "Focus groups", learnedGroups)
	item(contentIcon, "Worth sending", learnedContent)
	if !s.p.blank() {
		rows = append(rows, kit.NewSpace(16), kit.NewPad(0, 10, 6, 10, kit.NewText(kit.SmallBold, "In it").In(kit.Ink3)))
		for _, part := range trainingParts {
			section, _ := s.p.answer.page.Section(part.section)
			n := 0
			for _, l := range section.Lines {
				if l.ID != "" {
					n++
				}
			}
			item := kit.NewNavItem(part.icon, part.name, countWord(n), func() { s.p.stand(part.section) })
			rows = append(rows, item)
		}
	}
	s.items.Set(rows...)
}
