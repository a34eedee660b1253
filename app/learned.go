package app

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
)

// teamPlanRoute is the page of why the team does this.
var teamPlanRoute = route{place: placeTraining, id: "why"}

// newTrainingPlace is the page of what the team learned, or of why it does this.
func newTrainingPlace(w *window, r route) page {
	if r == teamPlanRoute {
		return newTraining(w, r)
	}
	return newLearned(w)
}

// learnedAnswer is what the page of what the team learned shows.
type learnedAnswer struct {
	in    store.TrainingInput
	cover data.Coverage
	all   []data.LearnedEntry
	plan  bool // the team wrote why it does this
	me    string
	// content is what is worth sending, by stage.
	content []data.Content
}

// The views of the page, beside those of a department or a level.
const (
	learnedAll      = "all"
	learnedPlays    = "plays"
	learnedSessions = "sessions"
	learnedGroups   = "groups"
	ofDepartment    = "department/"
	ofLevel         = "level/"
)

// learned is the page of what the team learned: who can do what, notes and plays,
// sessions; and of one of them all that it says.
type learned struct {
	w      *window
	slot   bridge.Slot
	asked  bool
	answer learnedAnswer
	view   string
	choice data.LearnedChoice
	goes   string // ID of the row to stand on when it is drawn, or ""
	rows   []learnedRow
	list   *kit.List
	stage  stage
	head   *learnedHead
	side   *learnedSide
	pane   *learnedPane
	main   fyne.CanvasObject
}

func newLearned(w *window) page {
	p := &learned{view: learnedAll, w: w, list: kit.NewList()}
	p.fillList()
	p.stage = newStage(p.list)
	p.slot.Slow = p.stage.waits(&p.asked)
	p.head, p.side, p.pane = newLearnedHead(p), newLearnedSide(p), newLearnedPane(p)
	p.main = filled(p.head.view, p.stage.box)
	return p
}

func (p *learned) title() string { return "Training" }

func (p *learned) panes() panes {
	return panes{side: p.side.view, sideWidth: 196, main: p.main, inspector: p.pane.view, width: 324}
}

func (p *learned) folded(side, _ bool) { p.head.folded(side) }

func (p *learned) focus() {
	if p.asked {
		p.list.Take()
	}
}

// goTo shows another view, or all where only a row is meant, and stands on it.
func (p *learned) goTo(to target) {
	if to.item != "" {
		p.choice, p.goes = data.LearnedChoice{}, to.item
	}
	if to.tab != "" || to.item != "" {
		p.show(to.tab)
	}
}

func (p *learned) load() {
	now := p.w.now()
	bridge.Load(p.w.bg, &p.slot, func(ctx context.Context) (a learnedAnswer, err error) {
		if a.in, err = p.w.db.TrainingInput(ctx, now); err != nil {
			return a, err
		}
		a.cover = data.ComposeCoverage(a.in.Coverage)
		in := data.LearnedInput{Now: now, Library: a.in.Library, Accounts: a.in.Accounts}
		for _, m := range a.in.Meetings {
			in.Meetings = append(in.Meetings, data.LearnedMeeting{ID: m.ID, Account: m.Account, Start: m.Start, Lessons: m.Lessons})
		}
		a.all = data.ComposeLearned(in)
		plans, err := store.Parts[data.TeamPlan](ctx, p.w.db, store.PartQuery{})
		if err != nil {
			return a, err
		}
		a.plan = len(plans) > 0
		if a.content, err = p.w.askContent(ctx); err != nil {
			return a, err
		}
		a.me, err = p.w.db.Setting(ctx, store.SettingUserName)
		return a, err
	}, func(a learnedAnswer, err error) {
		if p.stage.answered(p.w, err, &p.asked, p.load) {
			p.answer = a
			p.draw()
			p.w.keepFocus(p)
			p.w.refreshChrome()
		}
	})
}

func (p *learned) minute() { p.load() }

// show narrows the list to a view of the side list.
func (p *learned) show(view string) {
	p.view = view
	topic, mine, words := p.choice.Topic, p.choice.Meetings, p.choice.Words
	p.choice = data.LearnedChoice{Topic: topic, Meetings: mine, Words: words}
	switch {
	case view == learnedPlays:
		p.choice.Kind = data.KindPlay
	case view == learnedGroups:
		p.choice.Kind = data.KindSession
	case strings.HasPrefix(view, ofDepartment):
		p.choice.Department = strings.TrimPrefix(view, ofDepartment)
	case strings.HasPrefix(view, ofLevel):
		p.choice.Level = data.StaffLevel(strings.TrimPrefix(view, ofLevel))
	}
	p.draw()
	p.w.refreshChrome()
}

// stand makes an entry the one that keys act on.
func (p *learned) stand(id string) {
	if i := slices.IndexFunc(p.rows, func(r learnedRow) bool { return id != "" && r.id() == id }); i >= 0 {
		p.list.Select(i)
	}
}

// draw shows the answer; the entry that keys act on stays so.
func (p *learned) draw() {
	current := cmp.Or(p.goes, p.row().id())
	if p.asked {
		p.goes = ""
	}
	p.rows = p.compose()
	p.head.draw()
	p.side.draw()
	p.stage.show(p.list)
	at := slices.IndexFunc(p.rows, func(r learnedRow) bool { return current != "" && r.id() == current })
	if at < 0 {
		at = slices.IndexFunc(p.rows, func(r learnedRow) bool { return r.id() != "" })
	}
	p.list.Keep(max(at, 0))
	if current == "" {
		p.list.ToOffset(0)
	}
	p.pane.draw()
}

// row is the row that keys act on; zero for none.
func (p *learned) row() learnedRow {
	if at := p.list.Current(); at >= 0 && at < len(p.rows) {
		return p.rows[at]
	}
	return learnedRow{}
}

// learnedHead is what stands over the page.
type learnedHead struct {
	p            *learned
	view         fyne.CanvasObject
	menu         *kit.Button
	title, under *kit.Text
}

func newLearnedHead(p *learned) *learnedHead {
	h := &learnedHead{p: p, title: kit.NewText(kit.Display, "Who can do what").Bending(), under: kit.NewText(kit.Body, "").In(kit.Ink2).Bending()}
	h.menu = kit.NewSmallButton(kit.Plain, "Training", func() { p.w.showSide(true) }).WithIcon("chevron-down")
	h.menu.Hide()
	deeds := kit.NewRow(8, kit.NewButton(kit.Plain, "Plan session", func() { p.planSession() }).WithIcon("presentation"),
		kit.NewButton(kit.Primary, "New note", func() { p.editNote(data.TrainingNote{}) }).WithIcon("plus").WithKey("N"))
	words := kit.NewStack(3, h.title, h.under)
	h.view = kit.NewPad(10, 24, 8, 24, kit.NewStack(8, kit.NewRow(0, h.menu), kit.NewColumns(12, []kit.Col{kit.Flex(1), kit.Fit().AtTop()}, words, deeds)))
	return h
}

func (h *learnedHead) folded(side bool) {
	h.menu.Hidden = !side
	h.view.Refresh()
}

func (h *learnedHead) draw() {
	title := "Who can do what"
	if h.p.view == learnedSessions {
		title = "Sessions"
	}
	under := h.p.answer.cover.Under()
	if h.p.view == learnedContent {
		title, under = "Worth sending", "Suggested by stage; nothing is sent by itself"
	}
	h.title.Set(title)
	h.under.Set(under)
	h.view.Refresh()
}

// learnedSide is the list of what the page holds.
type learnedSide struct {
	p     *learned
	view  fyne.CanvasObject
	items *kit.Stack
}

func newLearnedSide(p *learned) *learnedSide {
	s := &learnedSide{p: p, items: kit.NewStack(0)}
	s.view = kit.NewPad(20, 10, 10, 10, kit.NewScroll(s.items))
	s.draw()
	return s
}

func (s *learnedSide) draw() {
	p := s.p
	count := func(c data.LearnedChoice) string {
		n := 0
		for _, e := range p.answer.all {
			if c.Shows(e) {
				n++
			}
		}
		return countWord(n)
	}
	rows := []fyne.CanvasObject{kit.NewPad(0, 10, 14, 10, kit.NewText(kit.Title, "Training"))}
	item := func(icon, name, number, view string) {
		i := kit.NewNavItem(icon, name, "", func() { p.show(view) })
		i.Set(number, p.view == view)
		rows = append(rows, i)
	}
	item("notebook-text", "All notes", count(data.LearnedChoice{}), learnedAll)
	plan := ""
	if p.answer.plan {
		plan = "1"
	}
	rows = append(rows, kit.NewNavItem("compass", data.TeamPlanTitle, plan, func() { p.w.open(teamPlanRoute) }))
	item("route", "Playbooks", count(data.LearnedChoice{Kind: data.KindPlay}), learnedPlays)
	trainings := 0
	for _, x := range p.answer.in.Library.Sessions {
		if !x.FocusGroup() {
			trainings++
		}
	}
	item("presentation", "Sessions", countWord(trainings), learnedSessions)
	item("messages-square", "Focus groups", count(data.LearnedChoice{Kind: data.KindSession}), learnedGroups)
	item(contentIcon, "Worth sending", countWord(len(p.answer.content)), learnedContent)
	heading := func(words string) {
		rows = append(rows, kit.NewSpace(16), kit.NewPad(0, 10, 6, 10, kit.NewText(kit.SmallBold, words).In(kit.Ink3)))
	}
	heading("Department")
	for _, d := range p.departments() {
		item("", d, count(data.LearnedChoice{Department: d}), ofDepartment+d)
	}
	heading("Level")
	for _, l := range data.StaffLevels {
		item("", upperFirst(string(l)), count(data.LearnedChoice{Level: l}), ofLevel+string(l))
	}
	s.items.Set(rows...)
}

// departments are those that a team begins with, and others that something is for.
func (p *learned) departments() []string {
	list := slices.Clone(data.Departments)
	for _, e := range p.answer.all {
		for _, d := range e.Audience.Departments {
			if !slices.ContainsFunc(list, func(o string) bool { return strings.EqualFold(o, d) }) {
				list = append(list, d)
			}
		}
	}
	return list
}
