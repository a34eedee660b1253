package app

import (
	"cmp"
	"context"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"rapport/app/bridge"
	"rapport/data"
	"rapport/data/store"
)

func (p *training) hints() []hint {
	switch {
	case p.blank():
		return []hint{{[]string{"W"}, "write it"}}
	case p.review != nil:
		return []hint{{[]string{"Enter"}, "still true"}, {[]string{"E"}, "change"}, {[]string{"S"}, "skip"}, {[]string{"Esc"}, "end"}}
	}
	return []hint{{[]string{"E"}, "edit"}, {[]string{"A"}, "add"}, {[]string{"Space"}, "done"}, {[]string{"R"}, "review"}, {[]string{primary("P").words(system)}, "print"}, {[]string{undoKeys}, "undo"}}
}

func (p *training) commands() []command {
	if !p.asked {
		return nil
	}
	if p.blank() {
		return []command{{name: writeTeamPlan, words: "why we do this wizard questions", icon: "compass", key: "W", do: p.w.askTeamPlan}}
	}
	list := moveCommands(p.list)
	if p.review != nil {
		return append(list, p.reviewCommands()...)
	}
	list = append(list, p.lineCommands()...)
	return append(list, []command{
		{name: "Add an objective of the team", words: "new goal quality profit", icon: "target", key: "O", do: func() { p.editGoal(data.TeamObjective{For: data.ForQuality}) }},
		{name: "Mend what was found in the team's plan", words: "lint findings before you rely on it remedy", icon: "triangle-alert", key: "M",
			when: func() bool { return len(p.answer.page.Findings) > 0 }, do: p.mendMenu},
		{name: "Review the team's plan", words: "still true together", icon: "list-checks", key: "R", do: p.startReview},
		{name: "Save or print the team's plan", words: "export pdf html markdown file", icon: "printer", chord: primary(fyne.KeyP), menu: menuFile, do: p.print},
		{name: writeTeamPlan, words: "why we do this wizard questions go on", icon: "compass", key: "W", when: func() bool { return p.answer.progress.Left > 0 }, do: p.w.askTeamPlan},
	}...)
}

// lineCommands are what can be done with the current line.
func (p *training) lineCommands() []command {
	return []command{
		{name: "Edit this line of the team's plan", words: "change section", icon: "pen-line", key: "E", do: p.edit},
		{name: "Add to this section", words: "new objective barrier statement", icon: "plus", key: "A", do: func() { p.addTo(p.row().section.Key) }},
		{name: "Say that this is done", words: "reached cleared tick", icon: "check", key: "Space", when: p.canTick, do: p.tick},
		{name: "Drop this from the team's plan", words: "delete remove", icon: "x", key: "Delete", when: p.canDrop, do: p.drop},
		{name: "Show where this was said", words: "source mail timeline evidence", icon: "history", key: "V", when: func() bool { return p.source(p.row().line) != "" },
			do: func() { p.showSource(p.row().line) }},
	}
}

// open is what Enter does: it changes the line; in a review it says that it is
// still true.
func (p *training) open() {
	if p.review != nil {
		p.stillTrue()
		return
	}
	p.edit()
}

// edit changes what keys act on: the part of the line, else what its section is
// made of.
func (p *training) edit() {
	r, in := p.row(), p.answer.in
	switch r.line.Kind {
	case data.KindTeamObjective:
		if o, ok := partOf(in.Objectives, r.line.ID); ok {
			p.editGoal(o)
			return
		}
	case data.KindBarrier:
		if b, ok := partOf(in.Barriers, r.line.ID); ok {
			p.editBarrier(b)
			return
		}
	case data.KindReadiness:
		if s, ok := partOf(data.ReadinessOf(in.Readiness), r.line.ID); ok {
			p.judge(s)
			return
		}
	}
	p.addTo(r.section.Key)
}

// addTo adds to a section; what a section without lines of its own shows is changed
// where it is kept.
func (p *training) addTo(section string) {
	switch section {
	case data.TeamWhy, data.TeamPrinciples:
		p.editHead()
	case data.TeamQuality:
		p.editGoal(data.TeamObjective{For: data.ForQuality})
	case data.TeamProfit:
		p.editGoal(data.TeamObjective{For: data.ForProfit})
	case data.TeamTiers:
		p.w.openAt(route{place: placeSettings}, target{tab: "rhythm"})
	case data.TeamBarriers:
		p.editBarrier(data.Barrier{})
	case data.TeamReady:
		p.judge(data.Readiness{})
	}
}

func (p *training) canTick() bool {
	k := p.row().line.Kind
	return k == data.KindTeamObjective || k == data.KindBarrier
}

// tick says that an objective is reached, or that a barrier is out of the way.
func (p *training) tick() {
	today, in := p.w.now().Format(time.DateOnly), p.answer.in
	if o, ok := partOf(in.Objectives, p.row().line.ID); ok {
		o.Reached = today
		putPart(p.w, "Objective of the team reached: "+said(o.What), o)
	}
	if b, ok := partOf(in.Barriers, p.row().line.ID); ok {
		b.Closed = today
		putPart(p.w, "Out of our way: "+said(b.What), b)
	}
}

func (p *training) canDrop() bool {
	l := p.row().line
	_, kept := partOf(p.answer.in.Readiness, l.ID)
	return p.canTick() || l.Kind == data.KindReadiness && kept
}

// drop takes the current line off the plan.
func (p *training) drop() {
	today, in := p.w.now().Format(time.DateOnly), p.answer.in
	if o, ok := partOf(in.Objectives, p.row().line.ID); ok {
		o.Dropped = today
		putPart(p.w, "Objective of the team dropped: "+said(o.What), o)
	}
	if b, ok := partOf(in.Barriers, p.row().line.ID); ok {
		deletePart(p.w, "Deleted from the team's plan", b)
	}
	if r, ok := partOf(in.Readiness, p.row().line.ID); ok {
		deletePart(p.w, "Judgement deleted", r)
	}
}

// source is the interaction that a line rests on, "" for none.
func (p *training) source(l data.SheetLine) string {
	if l.Source < 1 || l.Source > len(p.answer.page.Sources) {
		return ""
	}
	return p.answer.page.Sources[l.Source-1].ID
}

// showSource opens where a line comes from: the interaction, or where the figure is
// kept.
func (p *training) showSource(l data.SheetLine) {
	switch id := p.source(l); {
	case id != "":
		p.showInteraction(id)
	case l.Kind == data.KindPolicy || l.Kind == "":
		p.w.openAt(route{place: placeSettings}, target{tab: "rhythm"})
	default:
		p.w.open(route{place: placeAccounts})
	}
}

// showInteraction opens an interaction in its account's timeline.
func (p *training) showInteraction(id string) {
	bridge.Load(p.w.bg, &p.w.goSlot, func(ctx context.Context) (data.InteractionDetail, error) { return p.w.db.Interaction(ctx, id) }, func(d data.InteractionDetail, err error) {
		switch {
		case err != nil:
			p.w.fail(err)
		case len(d.Matches) == 0:
			p.w.say("This is with no account; it waits in Filing")
		default:
			p.w.openAt(route{place: placeAccount, id: d.Matches[0].Account}, target{tab: tabTimeline, item: id})
		}
	})
}

// mend does the one step that a finding asks for.
func (p *training) mend(f data.PlanFinding) {
	in := p.answer.in
	switch f.Rule {
	case "why":
		p.editHead()
	case "quality":
		p.editGoal(data.TeamObjective{For: data.ForQuality})
	case "profit":
		p.editGoal(data.TeamObjective{For: data.ForProfit})
	case "hours":
		p.askHours()
	case "capacity":
		p.w.open(route{place: placeTiers})
	case "review":
		p.startReview()
	}
	if o, ok := partOf(in.Objectives, f.ID); ok {
		p.editGoal(o)
	}
	if b, ok := partOf(in.Barriers, f.ID); ok {
		p.editBarrier(b)
	}
	if r, ok := partOf(data.ReadinessOf(in.Readiness), f.ID); ok {
		p.judge(r)
	}
}

func (p *training) mendMenu() {
	var list []command
	for _, f := range p.answer.page.Findings {
		list = append(list, command{name: f.Words + ": " + f.Remedy, do: func() { p.mend(f) }})
	}
	p.w.menuBelow(p.list, list...)
}

// trainingReview walks the team's plan: each section, and each line that is old.
type trainingReview struct {
	at []string // keys of the rows that are asked about
	on int
}

func (p *training) startReview() {
	if p.blank() {
		return
	}
	r := &trainingReview{}
	section := ""
	for _, row := range p.rows {
		if row.section.Key != section || row.line.Age > 0 {
			r.at, section = append(r.at, row.key), row.section.Key
		}
	}
	p.review = r
	p.ask()
	p.w.refreshChrome()
}

// ask stands on what the review asks about; at its end it asks for the next date.
func (p *training) ask() {
	r := p.review
	if r.on >= len(r.at) {
		p.endReview()
		p.finishReview()
		return
	}
	at := slices.IndexFunc(p.rows, func(row planRow) bool { return row.key == r.at[r.on] })
	if at < 0 { // it is there no more
		p.skip()
		return
	}
	p.list.Select(at)
	p.list.Take()
	p.head.draw()
}

func (p *training) endReview() {
	p.review = nil
	p.head.draw()
	p.w.refreshChrome()
}

// stillTrue goes on; an old judgement is asked for anew, since only a reason makes
// it fresh.
func (p *training) stillTrue() {
	l := p.row().line
	p.skip()
	if r, ok := partOf(p.answer.in.Readiness, l.ID); ok && l.Age > 0 && p.review != nil {
		p.judge(r)
	}
}

func (p *training) skip() {
	if p.review != nil {
		p.review.on++
		p.ask()
	}
}

func (p *training) reviewCommands() []command {
	return []command{
		{name: "Still true", words: "review next", icon: "check", key: "Enter", do: p.stillTrue},
		{name: "Change this line", words: "review edit", icon: "pen-line", key: "E", do: p.edit},
		{name: "Skip this section", words: "review later", icon: "arrow-right", key: "S", do: p.skip},
		{name: "End the review", icon: "x", key: "Esc", do: p.endReview},
	}
}

// print asks for a file and saves the team's plan in it.
func (p *training) print() {
	if p.blank() {
		return
	}
	p.w.askSheet("Save the team's plan", fileName("Team plan"), nil, sheetSaving{sheet: p.answer.page.Sheet, now: p.answer.in.Now})
}

// writeTeamPlan is the name of the command that asks the questions of the plan.
const writeTeamPlan = "Write the team's plan"

// teamPlanCommands are those that every page has of the team's plan.
func (w *window) teamPlanCommands() []command {
	return []command{
		{name: writeTeamPlan, words: "why we do this wizard ten minutes questions crm plan", icon: "compass", do: w.askTeamPlan},
		{name: "Offer no plan of the team any more", words: "decline never not for us", icon: "x", when: func() bool { return w.offersTeamPlan() }, do: w.declineTeamPlan},
	}
}

// offersTeamPlan says whether the page in view offers to write the plan.
func (w *window) offersTeamPlan() bool {
	switch p := w.page().(type) {
	case *today:
		return p.plan.Offer()
	case *training:
		return p.answer.progress.Offer()
	}
	return false
}

func (w *window) declineTeamPlan() {
	w.write("No plan of the team is offered", func(tx *store.Tx) error { return tx.PassTeamQuestion(data.TeamPlanDeclined) }, nil)
}

// ownerOr is the owner of a part, or whoever sits here for a new one.
func ownerOr(owner, id, me string) string {
	if id != "" {
		return owner
	}
	return cmp.Or(owner, me)
}
