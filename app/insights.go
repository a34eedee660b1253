package app

import (
	"context"

	"fyne.io/fyne/v2"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
)

// insightsAnswer is what the page of insights shows.
type insightsAnswer struct {
	data.Insights
	accounts int
	named    map[string]string       // names by Account.ID
	contacts map[string]data.Contact // by Contact.ID, for receipts
}

// The segments of the page.
const (
	insightMap = iota
	insightEffort
	insightWarning
	insightForesight
)

// insightSegments are their names, with the title and what stands under it.
var insightSegments = []struct{ name, title, note string }{
	{"Map", "Profit and relationship", "Circle size is revenue. An arrow leads to the goal in the plan."},
	{"Effort", "Hours and rhythm", "What the hours went to, and what they could keep."},
	{"Early warning", "Early warning", "What is about to be lost first: the chance of it times the margin of a year."},
	{"Foresight", "Foresight and evidence", "How good your foresight was, and whether keeping a rhythm makes a difference."},
}

// insights is the page of the figures of the whole team; none is of one colleague.
type insights struct {
	w       *window
	slot    bridge.Slot
	asked   bool
	answer  insightsAnswer
	segment int

	main    fyne.CanvasObject
	heading *kit.Text
	note    *kit.Text
	choice  *kit.Segmented
	stage   stage
	chart   *insightMapView
	effort  *insightEffortView
	warn    *insightWarningView
	foresee *insightForesightView
	pane    *insightPane
}

func newInsights(w *window, _ route) page {
	p := &insights{w: w}
	p.heading, p.note = kit.NewText(kit.Display, "").Bending(), kit.NewText(kit.Small, "").In(kit.Ink2).Bending()
	names := make([]string, len(insightSegments))
	for i, s := range insightSegments {
		names[i] = s.name
	}
	p.choice = kit.NewSegmented(names, 0, p.turnTo)
	out := kit.NewIconButton(kit.Plain, "image-down", p.export)
	out.Tip = "Save all charts and their data"
	head := kit.NewPad(16, 32, 0, 32, kit.NewStack(2, kit.NewColumns(8, []kit.Col{kit.Flex(1), kit.Fit(), kit.Fit()}, p.heading, p.choice, out), p.note))
	p.chart, p.effort, p.warn, p.foresee = newInsightMap(p), newInsightEffort(p), newInsightWarning(p), newInsightForesight(p)
	p.pane = newInsightPane(p)
	p.stage = newStage(p.chart.view)
	p.slot.Slow = p.stage.waits(&p.asked)
	p.main = topped(head, p.stage.box)
	p.say()
	return p
}

func (p *insights) title() string { return "Insights" }
func (p *insights) panes() panes {
	return panes{main: p.main, inspector: p.pane.view, width: 360}
}

// askInsights reads and makes all figures.
func (w *window) askInsights(ctx context.Context) (a insightsAnswer, err error) {
	in, err := w.db.InsightsInput(ctx, w.now())
	if err != nil {
		return a, err
	}
	a = insightsAnswer{Insights: data.ComposeInsights(in, store.AtOnce), accounts: len(in.Accounts), named: map[string]string{}, contacts: map[string]data.Contact{}}
	for _, one := range in.Accounts {
		a.named[one.Account.ID] = one.Account.Name
		for _, c := range one.Contacts {
			a.contacts[c.Contact.ID] = c.Contact
		}
	}
	return a, nil
}

func (p *insights) load() {
	bridge.Load(p.w.bg, &p.slot, p.w.askInsights, func(a insightsAnswer, err error) {
		if p.stage.answered(p.w, err, &p.asked, p.load) {
			p.answer = a
			p.draw()
		}
	})
}

func (p *insights) draw() {
	p.chart.draw()
	p.effort.draw()
	p.warn.draw()
	p.foresee.draw()
	p.pane.draw()
	p.show()
	p.w.keepFocus(p)
}

// say puts title and note to the segment.
func (p *insights) say() {
	p.heading.Set(insightSegments[p.segment].title)
	p.note.Set(insightSegments[p.segment].note)
}

// show puts the segment on the stage, or why there is nothing in it.
func (p *insights) show() {
	switch {
	case !p.asked:
	case p.answer.accounts == 0:
		p.stage.show(kit.NewEmpty(kit.NewCirclesSmall(), "No accounts yet", "The figures of the team are made from its accounts: what they bought, how you are in touch, what was planned.",
			kit.NewButton(kit.Primary, "Go to Accounts", func() { p.w.open(route{place: placeAccounts}) })))
	default:
		p.stage.show([]fyne.CanvasObject{p.chart.content(), p.effort.view, p.warn.content(), p.foresee.view}[p.segment])
	}
}

// turnTo shows a segment.
func (p *insights) turnTo(segment int) {
	if p.segment == segment {
		return
	}
	p.segment = segment
	p.choice.On = segment
	p.choice.Refresh()
	p.w.canvas.Unfocus()
	p.say()
	p.show()
	p.pane.draw()
	p.w.refreshChrome()
	p.w.refocus()
}

func (p *insights) focus() {
	switch {
	case !p.asked || p.answer.accounts == 0:
	case p.segment == insightMap && len(p.answer.Map.Points) > 0:
		p.w.focus(p.chart.bubbles)
	case p.segment == insightWarning && len(p.answer.Warnings) > 0:
		p.warn.list.Take()
	}
}

// current is the account that is looked at, "" for none.
func (p *insights) current() string {
	switch p.segment {
	case insightMap:
		if pt, ok := p.chart.current(); ok {
			return pt.Account.ID
		}
	case insightWarning:
		if w, ok := p.warn.current(); ok {
			return w.Account.ID
		}
	}
	return ""
}

// account is the one that is looked at, for what is logged.
func (p *insights) account() string { return p.current() }

func (p *insights) open() {
	if id := p.current(); id != "" {
		p.w.open(route{place: placeAccount, id: id})
	}
}

func (p *insights) openPlan() {
	if id := p.current(); id != "" {
		p.w.openAt(route{place: placeAccount, id: id}, target{tab: tabPlan})
	}
}

func (p *insights) hints() []hint {
	save := hint{[]string{primary(fyne.KeyE).words(system)}, "save charts"}
	switch p.segment {
	case insightMap:
		return []hint{{[]string{"↑", "↓", "←", "→"}, "walk circles"}, {[]string{"Enter"}, "open"}, {[]string{"R"}, "receipts"}, save}
	case insightWarning:
		return []hint{{[]string{"J", "K"}, "move"}, {[]string{"Enter"}, "open"}, {[]string{"R"}, "receipts"}, {[]string{"E"}, "assumptions"}, save}
	}
	return []hint{{[]string{"R"}, "receipts"}, {[]string{"1", "4"}, "segments"}, save}
}

func (p *insights) commands() []command {
	any := func() bool { return p.current() != "" }
	list := []command{
		{name: "Show receipts", words: "evidence why source numbers", icon: "receipt-text", key: "R", when: func() bool { return p.asked }, do: p.receipts},
		{name: "Save all charts and their data", words: "export svg png csv picture file", icon: "image-down", chord: primary(fyne.KeyE), menu: menuFile, when: func() bool { return p.asked }, do: p.export},
		{name: "Change what insights assume", words: "assumptions keep win back hours guess", icon: "gauge", key: "E", do: p.editAssumed},
		{name: "Change what work costs and earns", words: "money hour margin figures", icon: "gauge", do: p.w.editMoney},
		{name: "Open this account", words: "go to", icon: "arrow-right", when: any, do: p.open},
		{name: "Open the plan of this account", words: "go to objectives goal", icon: "target", key: "O", when: any, do: p.openPlan},
		{name: "Put the note on the map away", key: "Esc", quiet: true, when: func() bool { return p.segment == insightMap && p.chart.pops() }, do: p.chart.putAway},
	}
	for i, s := range insightSegments {
		list = append(list, command{name: "Show insights: " + s.name, words: "segment " + s.title, icon: "chart-scatter", key: string(rune('1' + i)), do: func() { p.turnTo(i) }})
	}
	switch p.segment {
	case insightMap:
		list = append(list, command{name: "Next circle", key: "J", quiet: true, do: func() { p.chart.step(1) }}, command{name: "Circle before", key: "K", quiet: true, do: func() { p.chart.step(-1) }})
	case insightWarning:
		list = append(list, moveCommands(p.warn.list)...)
	}
	return list
}
