package app

import (
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rapport/app/kit"
	"rapport/data"
)

// peopleList is the People tab as a list: filters, columns to sort by, and marks.
type peopleList struct {
	t      *peopleTab
	choice data.PeopleChoice
	rows   []data.PersonEntry
	marked map[string]bool // by data.PersonEntry.Key

	view    fyne.CanvasObject
	line    stage
	filters *peopleFilters
	marks   *peopleMarks
	heads   []*sortHead[data.PeopleSort]
	list    *kit.List
	stage   stage
}

// peopleColumns are the columns of the list and of its heads.
var peopleColumns = []kit.Col{kit.Flex(2).AtLeast(150), kit.Fixed(88), kit.Fixed(104), kit.Fixed(104), kit.Fixed(86), kit.Flex(1).AtLeast(70), kit.Fixed(16)}

const peopleGap = 10

// peopleHeads are the names of the columns, with what each sorts by.
var peopleHeads = []struct {
	name string
	sort data.PeopleSort
}{
	{"Person", data.PeopleByName}, {"Role", data.PeopleByRole}, {"Warmth", data.PeopleByWarmth}, {"Stands", data.PeopleBySupport},
	{"Stage", data.PeopleByStage}, {"Known by", data.PeopleByKnown},
}

func newPeopleList(t *peopleTab) *peopleList {
	l := &peopleList{t: t, list: kit.NewList(), marked: map[string]bool{}}
	l.fillList()
	l.filters, l.marks = newPeopleFilters(l), newPeopleMarks(l)
	l.line = newStage(l.filters.view)
	var heads []fyne.CanvasObject
	for _, h := range peopleHeads {
		head := newSortHead(h.name, h.sort, l.sortBy)
		l.heads = append(l.heads, head)
		heads = append(heads, head)
	}
	names := filledUnder(kit.NewPad(7, 32, 8, 32, kit.NewColumns(peopleGap, peopleColumns, append(heads, kit.NewSpring())...)), kit.NewHairline())
	l.stage = newStage(l.list)
	l.view = filled(kit.NewPad(8, 32, 4, 32, l.line.box), names, l.stage.box)
	return l
}

func (l *peopleList) fillList() {
	list := l.list
	list.Inset = 20
	list.Count = func() int { return len(l.rows) }
	list.Height = func(int) float32 { return kit.Scaled(46) }
	list.Create = func(kit.RowKind) fyne.CanvasObject { return newMapPersonRow(l.toggle) }
	list.Update = func(row int, o fyne.CanvasObject, current bool) {
		e := l.rows[row]
		o.(*mapPersonRow).set(e, l.marked[e.Key()], l.t.p.now(), current)
	}
	list.OnMove = func(row int) { l.t.choose(l.rows[row].Key()) }
	list.OnOpen = func(int) { l.t.open() }
	list.OnSpace = func(int) { l.markHere() }
	list.OnKey = l.markKey
	list.OnMenu = func(_ int, at fyne.Position) { l.t.p.w.menuAt(at, l.t.menu()...) }
}

// draw shows those of the people that are chosen.
func (l *peopleList) draw() {
	for key := range l.marked {
		if !slices.ContainsFunc(l.t.entries, func(e data.PersonEntry) bool { return e.Key() == key }) {
			delete(l.marked, key)
		}
	}
	l.rows = l.choice.Of(l.t.entries)
	l.list.Reload()
	l.list.Select(max(slices.IndexFunc(l.rows, func(e data.PersonEntry) bool { return e.Key() == l.t.chosen }), 0))
	for _, h := range l.heads {
		h.set(h.sort == l.choice.Sort, l.choice.Back)
	}
	if len(l.marked) > 0 {
		l.marks.draw(len(l.marked))
		l.line.show(l.marks.view)
	} else {
		l.filters.draw(l.choice)
		l.line.show(l.filters.view)
	}
	if len(l.rows) == 0 {
		l.stage.show(kit.NewEmpty(kit.NewIcon("search", 36, kit.Ink3), "Nobody fits", "Nobody here has all of what you chose.",
			kit.NewButton(kit.Plain, "Show everybody", l.clear).WithKey("Esc")))
	} else {
		l.stage.show(l.list)
	}
}

// change chooses other people, or another order.
func (l *peopleList) change(do func(*data.PeopleChoice)) {
	do(&l.choice)
	l.t.drawList()
}

// sortBy sorts by a column; a second time from the other end.
func (l *peopleList) sortBy(s data.PeopleSort) {
	l.change(func(c *data.PeopleChoice) {
		c.Back = c.Sort == s && !c.Back
		c.Sort = s
	})
}

// clear lists everybody again, without marks.
func (l *peopleList) clear() {
	clear(l.marked)
	l.filters.field.SetText("")
	l.change(func(c *data.PeopleChoice) { *c = data.PeopleChoice{Sort: c.Sort, Back: c.Back} })
	l.t.focus()
}

// countWords are how many are listed of how many there are.
func (l *peopleList) countWords() string {
	if len(l.rows) == len(l.t.entries) {
		return data.Counted(len(l.rows), "person", "people")
	}
	return thousands(len(l.rows)) + " of " + data.Counted(len(l.t.entries), "person", "people")
}

func (l *peopleList) commands() []command {
	here := func() bool { return l.list.Current() >= 0 && len(l.rows) > 0 }
	list := append(moveCommands(l.list),
		command{name: "Filter the people", words: "search narrow find", icon: "list-filter", key: "/", do: func() { l.t.p.w.focus(l.filters.field.Focusable()) }},
		command{name: "Show everybody", words: "clear filter marks reset", icon: "list", key: "Esc", when: func() bool { return l.choice.Narrows() || len(l.marked) > 0 }, do: l.clear},
		command{name: "Mark this person", words: "select several bulk", icon: "check", key: "X", when: here, do: l.markHere},
		command{name: "Mark all who are listed", words: "select everybody bulk", icon: "check-check", when: here, do: l.markAll},
	)
	for _, h := range peopleHeads {
		list = append(list, command{name: "Sort people by " + strings.ToLower(h.name), words: "order column", icon: "arrow-down", do: func() { l.sortBy(h.sort) }})
	}
	list = append(list, command{name: "Sort people by influence", words: "order", icon: "arrow-down", do: func() { l.sortBy(data.PeopleByInfluence) }})
	if len(l.marked) > 0 {
		return append(list, l.marks.actions()...)
	}
	return list
}

// peopleFilters is the line of filters over the list.
type peopleFilters struct {
	l                          *peopleList
	view                       fyne.CanvasObject
	field                      *kit.Field
	side, role, support, stage *kit.Chip
	never, one                 *kit.Chip
}

func newPeopleFilters(l *peopleList) *peopleFilters {
	f := &peopleFilters{l: l, field: kit.NewFilter("Name", "/")}
	f.field.OnChanged = func(typed string) { l.change(func(c *data.PeopleChoice) { c.Words = typed }) }
	f.field.OnEscape = l.clear
	f.field.OnSubmit = func(string) { l.t.focus() }
	f.side = kit.NewMenuChip("Side", func() {
		f.pick(f.side, []string{"Everybody", "Theirs", "The partner's", "Ours"}, func(c *data.PeopleChoice, i int) {
			c.Side = []data.Side{"", data.Customer, data.Partner, data.Us}[i]
		})
	})
	f.role = kit.NewMenuChip("Role", func() {
		names := []string{"Any role"}
		for _, r := range data.Roles {
			names = append(names, upperFirst(string(r)))
		}
		f.pick(f.role, names, func(c *data.PeopleChoice, i int) { c.Role = append([]data.Role{""}, data.Roles...)[i] })
	})
	f.support = kit.NewMenuChip("Stands", func() {
		values := append([]string{""}, append(data.SupportWords[:], data.NotJudged)...)
		names := []string{"Wherever they stand"}
		for _, v := range values[1:] {
			names = append(names, upperFirst(v))
		}
		f.pick(f.support, names, func(c *data.PeopleChoice, i int) { c.Support = values[i] })
	})
	f.stage = kit.NewMenuChip("Stage", func() {
		values := []data.TrustStage{"", data.StageKnow, data.StageInterest, data.StageTrust, data.NoStage}
		f.pick(f.stage, []string{"Any stage", "Know", "Interest", "Trust", "None yet"}, func(c *data.PeopleChoice, i int) { c.Stage = values[i] })
	})
	f.never = kit.NewChip("Never met", "", false, func() { l.change(func(c *data.PeopleChoice) { c.NeverMet = !c.NeverMet }) }).WithIcon("user-round-x")
	f.one = kit.NewChip("One thread", "", false, func() { l.change(func(c *data.PeopleChoice) { c.OneThread = !c.OneThread }) }).WithIcon("unlink")
	f.view = kit.NewColumns(8, []kit.Col{kit.Flex(1).AtLeast(110), kit.Fit(), kit.Fit(), kit.Fit(), kit.Fit(), kit.Fit(), kit.Fit()},
		f.field, f.side, f.role, f.support, f.stage, f.never, f.one)
	return f
}

// pick shows a menu under a chip, whose lines change the choice.
func (f *peopleFilters) pick(chip *kit.Chip, names []string, set func(c *data.PeopleChoice, i int)) {
	var list []command
	for i, name := range names {
		list = append(list, command{name: name, do: func() { f.l.change(func(c *data.PeopleChoice) { set(c, i) }) }})
	}
	f.l.t.p.w.menuAt(under(chip), list...)
}

// draw names what is chosen.
func (f *peopleFilters) draw(c data.PeopleChoice) {
	name := func(chip *kit.Chip, what, value string) {
		if value == "" {
			chip.Set(what, "", false)
		} else {
			chip.Set(upperFirst(value), "", true)
		}
	}
	name(f.side, "Side", map[data.Side]string{data.Customer: "theirs", data.Partner: "partner's", data.Us: "ours"}[c.Side])
	name(f.role, "Role", c.Role.ShortRole())
	name(f.support, "Stands", c.Support)
	name(f.stage, "Stage", strings.Replace(string(c.Stage), string(data.NoStage), "no stage", 1))
	f.never.Set("Never met", "", c.NeverMet)
	f.one.Set("One thread", "", c.OneThread)
	f.view.Refresh()
}

// mapPersonRow is a person in the list.
type mapPersonRow struct {
	framed
	key           string
	face          *kit.Avatar
	mark          *kit.Tick
	name, job     *kit.Text
	role          *kit.Text
	band          *kit.WarmthDisc
	stands, moves *kit.Text
	stage         *kit.StagePips
	knows         *kit.Text
	icon          *kit.Icon
}

func newMapPersonRow(mark func(key string)) *mapPersonRow {
	r := &mapPersonRow{face: kit.NewAvatar("", kit.Customer, 30), name: kit.NewText(kit.BodyBold, "").Bending(), job: kit.NewText(kit.Small, "").In(kit.Ink2).Bending(),
		role: kit.NewText(kit.Body, "").Bending(), band: kit.NewWarmthDisc(kit.NeverMet), stands: kit.NewText(kit.Body, "").Bending(), moves: kit.NewText(kit.Small, "").In(kit.Ink2).Bending(),
		stage: kit.NewStagePips(0, ""), knows: kit.NewText(kit.Body, "").In(kit.Ink2).Bending(), icon: kit.NewIcon("", 16, kit.Warm)}
	r.mark = kit.NewTick(func() { mark(r.key) })
	who := kit.NewColumns(10, []kit.Col{kit.Fixed(30), kit.Flex(1)}, container.NewStack(r.face, container.NewCenter(r.mark)), kit.NewStack(0, r.name, r.job))
	line := kit.NewColumns(peopleGap, peopleColumns, who, r.role, kit.NewStack(0, r.band), kit.NewStack(0, r.stands, r.moves), kit.NewStack(0, r.stage), r.knows, r.icon)
	r.body = kit.NewPad(0, 32, 0, 32, line)
	r.ExtendBaseWidget(r)
	return r
}

func (r *mapPersonRow) set(e data.PersonEntry, marked bool, now time.Time, current bool) {
	r.key = e.Key()
	r.face.Lifted = current
	r.mark.Set(marked)
	r.mark.Hidden, r.face.Hidden = !marked, marked
	r.name.Set(e.Contact.Name)
	ours := e.Us != nil
	r.face.Set(data.Initials(e.Contact.Name), toneOf(e.Side()), !ours && e.NeverMet())
	for _, o := range []fyne.CanvasObject{r.band, r.stage, r.stands} {
		setVisible(o, !ours)
	}
	r.icon.Set("", kit.Warm)
	if ours {
		r.setOurs(*e.Us)
	} else {
		r.setTheirs(e, now)
	}
	r.job.Hidden, r.moves.Hidden = r.job.Text == "", r.moves.Text == ""
	r.body.Refresh()
}

// setOurs shows one of us.
func (r *mapPersonRow) setOurs(k data.Knower) {
	r.job.Set("One of us")
	r.role.Set("")
	r.moves.Set("")
	r.knows.Set("knows " + thousands(len(k.Times)))
	if len(k.Only) > 0 {
		r.knows.Set(r.knows.Text + ", " + thousands(len(k.Only)) + " alone")
		r.icon.Set("unlink", kit.Warm)
	}
}

func (r *mapPersonRow) setTheirs(e data.PersonEntry, now time.Time) {
	r.job.Set(e.Contact.Role)
	var roles []string
	for _, role := range e.Stakeholder.Roles {
		roles = append(roles, role.ShortRole())
	}
	r.role.Set(upperFirst(strings.Join(roles, ", ")))
	r.band.Set(bandMark(e.Warmth.Band), upperFirst(e.SinceWord(now)))
	r.stands.Set(upperFirst(e.Stakeholder.SupportWord()))
	r.moves.Set("")
	if e.Stakeholder.ID != "" {
		r.moves.Set(data.InfluenceWord(e.Stakeholder.Influence))
	} else {
		r.stands.Set("Not placed")
	}
	r.stage.Set(e.Stage.Step(), stageWord(e.Stage))
	r.knows.Set(knownBy(e.Knows))
	switch {
	case e.NeverMet():
		r.icon.Set("user-round-x", kit.Alert)
	case e.OneThread():
		r.icon.Set("unlink", kit.Warm)
	}
}

// knownBy are who of us knows somebody: "Maya, Tomas +2".
func knownBy(names []string) string {
	const room = 2
	var first []string
	for _, n := range names[:min(len(names), room)] {
		first = append(first, data.FirstName(n))
	}
	words := strings.Join(first, ", ")
	if more := len(names) - room; more > 0 {
		words += " +" + thousands(more)
	}
	return words
}

func setVisible(o fyne.CanvasObject, on bool) {
	if on {
		o.Show()
	} else {
		o.Hide()
	}
}
