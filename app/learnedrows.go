package app

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
)

// The kinds of rows of the page of what the team learned.
const (
	learnedEntryRow kit.RowKind = iota
	learnedWide                 // matrix, headings, what is empty
)

// learnedRow is a row: an entry, a session, or something wide that nobody stands on.
type learnedRow struct {
	entry   data.LearnedEntry
	session data.Session
	content data.Content
	wide    func() fyne.CanvasObject
}

// id is that of the note, the play, the session or what is worth sending; "" for what is wide.
func (r learnedRow) id() string { return cmp.Or(r.entry.ID, r.session.ID, r.content.ID) }

// compose are the rows of the view.
func (p *learned) compose() (rows []learnedRow) {
	wide := func(make func() fyne.CanvasObject) { rows = append(rows, learnedRow{wide: make}) }
	if p.view == learnedSessions {
		p.composeSessions(&rows, wide)
		return rows
	}
	if p.view == learnedContent {
		p.composeContent(&rows, wide)
		return rows
	}
	if len(p.answer.cover.Topics) == 0 {
		wide(p.noMatrix)
	} else {
		wide(p.matrix)
		wide(skillLegend)
	}
	var list []data.LearnedEntry
	for _, e := range p.answer.all {
		if p.choice.Shows(e) {
			list = append(list, e)
		}
	}
	wide(func() fyne.CanvasObject { return p.listHead(len(list)) })
	if len(list) == 0 {
		wide(p.nothingHere)
		return rows
	}
	wide(func() fyne.CanvasObject { return columnsHead("Title", "Topic", "For, level", "Used", "Accounts") })
	for _, e := range list {
		rows = append(rows, learnedRow{entry: e})
	}
	return rows
}

func (p *learned) composeSessions(rows *[]learnedRow, wide func(func() fyne.CanvasObject)) {
	var list []data.Session
	for _, s := range p.answer.in.Library.Sessions {
		if !s.FocusGroup() {
			list = append(list, s)
		}
	}
	slices.SortStableFunc(list, func(a, b data.Session) int { return -strings.Compare(a.On+a.At, b.On+b.At) })
	if len(list) == 0 {
		wide(func() fyne.CanvasObject {
			return kit.NewEmpty(kit.NewIcon("presentation", 36, kit.Ink3), "No session is written down",
				"A training with who came, what it cost and what it was meant to change. One that is in your calendar comes with its people.",
				kit.NewButton(kit.Primary, "Plan a session", func() { p.planSession() }).WithKey("P"))
		})
		return
	}
	wide(func() fyne.CanvasObject { return columnsHead("Session", "Topic", "Day", "People", "Cost") })
	for _, s := range list {
		*rows = append(*rows, learnedRow{session: s})
	}
}

// learnedCols are the columns of the list.
var learnedCols = []kit.Col{kit.Fixed(16), kit.Flex(1), kit.Fixed(76), kit.Fixed(92), kit.Fixed(62), kit.Fixed(50)}

func columnsHead(names ...string) fyne.CanvasObject {
	items := []fyne.CanvasObject{kit.NewSpring()}
	for _, n := range names {
		items = append(items, kit.NewText(kit.Micro, n).In(kit.Ink3).Bending())
	}
	return kit.NewStack(0, kit.NewPad(5, 24, 5, 24, kit.NewColumns(10, learnedCols, items...)), kit.NewPad(0, 16, 0, 16, kit.NewHairline()))
}

// matrix is who can do what.
func (p *learned) matrix() fyne.CanvasObject {
	c := p.answer.cover
	m := kit.NewSkillMatrix()
	m.Label, m.Heads = "Team, "+data.Counted(len(c.Rows), "person", "people"), c.Topics
	for _, r := range c.Rows {
		row := kit.SkillRow{Name: r.Member, Initials: data.Initials(r.Member)}
		for _, cell := range r.Cells {
			row.Cells = append(row.Cells, kit.SkillCell{Step: cell.Step, Needed: cell.Gap, Overdue: cell.Overdue})
		}
		m.Rows = append(m.Rows, row)
	}
	m.OnCell = func(row, column int, at fyne.Position) { p.cellMenu(row, column, at) }
	return kit.NewPad(6, 24, 0, 24, m)
}

func skillLegend() fyne.CanvasObject {
	var items []fyne.CanvasObject
	for i, l := range data.SkillLevels {
		items = append(items, kit.NewSkillPips(i+1, false), kit.NewPad(0, 9, 0, 0, kit.NewText(kit.Small, string(l)).In(kit.Ink2)))
	}
	items = append(items, kit.NewSkillPips(0, true), kit.NewText(kit.Small, "needed for a meeting this week").In(kit.Ink2))
	return kit.NewPad(9, 24, 7, 24, kit.NewRow(7, items...))
}

func (p *learned) noMatrix() fyne.CanvasObject {
	return kit.NewPad(10, 24, 10, 24, kit.NewEmpty(kit.NewIcon("graduation-cap", 36, kit.Ink3), "Nobody has written down yet who can do what",
		"One line for each of you, one topic in each column. What a meeting of this week asks for is framed. Nobody is ranked by it.",
		kit.NewButton(kit.Plain, "Say who can do what", func() { p.editSkill(data.Skill{}) }).WithKey("M")))
}

func (p *learned) listHead(n int) fyne.CanvasObject {
	topic := kit.NewMenuChip(cmp.Or(p.choice.Topic, "Topic"), nil)
	topic.OnTap = func() { p.w.menuAt(under(topic), p.topicCommands()...) }
	mine := kit.NewChip("Linked to my meetings", "", p.choice.Meetings, p.toggleMeetings)
	name := map[string]string{learnedPlays: "Playbooks", learnedGroups: "Focus groups"}[p.view]
	if name == "" {
		name = "Notes and playbooks"
	}
	title := kit.NewLine(kit.Span{Text: name, Role: kit.Heading}, kit.Span{Text: strconv.Itoa(n), Role: kit.Small, Tint: kit.Ink3, Gap: 9}).Bending()
	return kit.NewPad(4, 24, 0, 24, kit.NewStack(6, kit.NewColumns(8, []kit.Col{kit.Flex(1), kit.Fit(), kit.Fit()}, title, topic, mine), kit.NewHairline()))
}

func (p *learned) toggleMeetings() {
	p.choice.Meetings = !p.choice.Meetings
	p.draw()
}

// topicCommands choose a topic.
func (p *learned) topicCommands() []command {
	list := []command{{name: "Every topic", do: func() { p.choice.Topic = ""; p.draw() }}}
	var topics []string
	for _, e := range p.answer.all {
		if e.Topic != "" && !slices.Contains(topics, e.Topic) {
			topics = append(topics, e.Topic)
		}
	}
	slices.Sort(topics)
	for _, t := range topics {
		list = append(list, command{name: t, do: func() { p.choice.Topic = t; p.draw() }})
	}
	return list
}

func (p *learned) nothingHere() fyne.CanvasObject {
	return kit.NewEmpty(kit.NewIcon("notebook-pen", 36, kit.Ink3), "Nothing is written down like this",
		"What one of you learns with a customer helps the others once it is a note; what worked twice is a play.",
		kit.NewButton(kit.Plain, "Show everything", func() { p.choice = data.LearnedChoice{}; p.show(learnedAll) }),
		kit.NewButton(kit.Primary, "Write a note", func() { p.editNote(data.TrainingNote{}) }).WithKey("N"))
}

// learnedLine shows an entry or a session.
type learnedLine struct {
	framed
	icon         *kit.Icon
	title, about *kit.Text
	topic        *kit.Text
	who, level   *kit.Text
	used         *kit.Text
	tiles        [2]*kit.Tile
	cost         *kit.Text
}

func newLearnedLine() *learnedLine {
	small := func() *kit.Text { return kit.NewText(kit.Small, "").In(kit.Ink2).Bending() }
	l := &learnedLine{icon: kit.NewIcon("", 16, kit.Ink2), title: kit.NewText(kit.BodyBold, "").Bending(), about: small(), topic: small(), who: small(), level: small(), used: small(), cost: small()}
	for i := range l.tiles {
		l.tiles[i] = kit.NewTile("", 22)
	}
	right := kit.NewStack(0, kit.NewRow(4, l.tiles[0], l.tiles[1]), l.cost)
	l.body = kit.NewPad(5, 24, 5, 24, kit.NewColumns(10, learnedCols, l.icon, kit.NewStack(1, l.title, l.about), l.topic, kit.NewStack(1, l.who, l.level), l.used, right))
	l.ExtendBaseWidget(l)
	return l
}

// setWho shows for whom it is and, below, at which level; who stands in the middle of
// the row, as the date beside it does, where there is no level.
func (l *learnedLine) setWho(who, level string) {
	l.who.Set(who)
	l.level.Set(level)
	l.level.Hidden = level == ""
}

// learnedIcons are the icons of entries, by kind.
var learnedIcons = map[string]string{data.KindPlay: "route", data.KindTrainingNote: "notebook-text", data.KindSession: "messages-square"}

func (l *learnedLine) set(p *learned, r learnedRow, current bool) {
	tint := kit.Ink2
	if current {
		tint = kit.Accent
	}
	switch {
	case r.session.ID != "":
		l.setSession(p, r.session, tint)
		return
	case r.content.ID != "":
		l.setContent(r.content, p.w.now(), tint)
		return
	}
	e := r.entry
	l.icon.Set(learnedIcons[e.Kind], tint)
	l.title.Set(e.Title)
	l.about.Set(e.About)
	l.topic.Set(e.Topic)
	who, level := e.Audience.Words()
	l.setWho(who, level)
	l.used.Set(e.Used)
	for i, t := range l.tiles {
		t.Hidden = i >= len(e.Accounts)
		if !t.Hidden {
			t.Set(data.Initials(e.Accounts[i].Name))
		}
	}
	l.cost.Hidden = true
	l.body.Refresh()
}

func (l *learnedLine) setSession(p *learned, s data.Session, tint fyne.ThemeColorName) {
	l.icon.Set("presentation", tint)
	l.title.Set(s.Title)
	l.about.Set(cmp.Or(s.Benefit(), s.Trainer))
	l.topic.Set(s.Topic)
	l.setWho(data.ShortDay(s.On, p.w.now()), s.At)
	l.used.Set(countWord(len(s.Attendees)))
	for _, t := range l.tiles {
		t.Hidden = true
	}
	l.cost.Hidden = false
	l.cost.Set(data.RoundMoneyWords(s.Cost(p.answer.in.Rules).All(), p.answer.in.Rules.Currency))
	l.body.Refresh()
}

// learnedHolder holds something wide.
type learnedHolder struct{ framed }

func newLearnedHolder() *learnedHolder {
	h := &learnedHolder{}
	h.body = kit.NewStack(0)
	h.ExtendBaseWidget(h)
	return h
}

func (p *learned) fillList() {
	l := p.list
	l.Inset = 16
	l.Count = func() int { return len(p.rows) }
	l.Kind = func(row int) kit.RowKind {
		if p.rows[row].wide != nil {
			return learnedWide
		}
		return learnedEntryRow
	}
	l.Skip = func(row int) bool { return p.rows[row].wide != nil }
	l.Height = func(row int) float32 {
		if make := p.rows[row].wide; make != nil {
			return kit.HeightOf(make(), max(p.list.Size().Width, 400))
		}
		return kit.Scaled(46)
	}
	l.Create = func(k kit.RowKind) fyne.CanvasObject {
		if k == learnedWide {
			return newLearnedHolder()
		}
		return newLearnedLine()
	}
	l.Update = func(row int, o fyne.CanvasObject, current bool) {
		switch o := o.(type) {
		case *learnedHolder:
			o.body.(*kit.Stack).Set(p.rows[row].wide())
		case *learnedLine:
			o.set(p, p.rows[row], current)
		}
	}
	l.OnMove = func(int) {
		p.pane.draw()
		p.w.refreshChrome()
	}
	l.OnOpen = func(int) { p.open() }
	l.OnMenu = func(_ int, at fyne.Position) { p.w.menuAt(at, p.rowCommands()...) }
}
