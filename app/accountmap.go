package app

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
	"rapport/data/chart"
	"rapport/data/codec"
	"rapport/data/store"
)

// peopleTab is who is at an account: a map of what they can move and how far they
// are for us, and at its side who covers which role, who of us knows whom, and
// what is to be known of the one who is looked at.
type peopleTab struct {
	p     *accountPage
	slot  bridge.Slot
	asked bool
	in    data.WithoutInput
	us    []data.Knower
	// entries are all people, in the order of the table beside; chosen is the
	// data.PersonEntry.Key of the one who is looked at.
	entries []data.PersonEntry
	chosen  string
	asList  bool

	view   fyne.CanvasObject
	bar    *peopleBar
	chart  *kit.PeopleMap
	drawn  fyne.CanvasObject // the map over its legend
	list   *peopleList
	stage  stage
	beside *peoplePane
}

func newPeopleTab(p *accountPage) *peopleTab {
	t := &peopleTab{p: p, chart: kit.NewPeopleMap()}
	for _, at := range data.SupportSpots {
		t.chart.Rests = append(t.chart.Rests, float32(at))
	}
	t.chart.OnMove = func(on int) {
		if on >= 0 {
			t.choose(t.chart.Map.People[on].Key)
		}
	}
	t.chart.OnOpen = func(int) { t.open() }
	t.chart.OnMenu = func(_ int, at fyne.Position) { t.p.w.menuAt(at, t.menu()...) }
	t.chart.OnLift = t.hover
	t.chart.OnPlace = t.placeAt
	t.bar = newPeopleBar(t)
	t.beside = newPeoplePane(t)
	t.list = newPeopleList(t)
	t.drawn = withFoot(t.chart, peopleLegend())
	t.stage = newStage(t.drawn)
	t.slot.Slow = t.stage.waits(&t.asked)
	t.view = filled(t.bar.view, t.stage.box)
	return t
}

// peopleLegend says what the rings mean.
func peopleLegend() fyne.CanvasObject {
	var marks []fyne.CanvasObject
	for i, word := range []string{"Warm", "Cooling", "Cold", "Never met"} {
		mark := kit.NewWarmthDot([]kit.Band{kit.BandWarm, kit.BandCooling, kit.BandCold, kit.NeverMet}[i])
		marks = append(marks, kit.NewRow(8, mark, kit.NewText(kit.Small, word).In(kit.Ink2)))
	}
	line := kit.NewSpread(12, kit.NewRow(18, marks...), kit.NewText(kit.Small, "Support is set by hand, with a reason").In(kit.Ink3).Bending())
	return kit.NewStack(0, kit.NewHairline(), kit.NewPad(9, 32, 9, 32, line))
}

// withFoot is an object over all the room but for a foot under it.
func withFoot(main, foot fyne.CanvasObject) *fyne.Container {
	c := filled(main, foot)
	c.Layout = paneWithFoot{}
	return c
}

// linesNote is what the bar says of the map while nobody is lifted.
const linesNote = "Lines show who reports to whom"

// peopleBar is the line over the map or the list.
type peopleBar struct {
	view          *kit.Pad
	onMap, onList *kit.Chip
	note          *kit.Text
	gone          *kit.Chip
}

func newPeopleBar(t *peopleTab) *peopleBar {
	b := &peopleBar{note: kit.NewText(kit.Small, "").In(kit.Ink2).Bending()}
	b.onMap = kit.NewChip("Map", "", true, func() { t.turnTo(false) }).WithIcon("network")
	b.onList = kit.NewChip("List", "", false, func() { t.turnTo(true) }).WithIcon("list")
	b.gone = kit.NewChip("", "", false, t.without).WithIcon("user-round-minus")
	b.view = kit.NewPad(12, 32, 0, 32, kit.NewColumns(6, []kit.Col{kit.Fit(), kit.Fit(), kit.Flex(1), kit.Fit()},
		b.onMap, b.onList, kit.NewPad(0, 0, 0, 13, b.note), b.gone))
	return b
}

func (t *peopleTab) load() {
	w, past, at := t.p.w, t.p.back.past, t.p.now()
	bridge.Load(w.bg, &t.slot, func(ctx context.Context) (data.WithoutInput, error) {
		if past != nil {
			return past.Without(ctx, at)
		}
		return w.db.WithoutInput(ctx, t.p.id, at)
	},
		func(in data.WithoutInput, err error) {
			if t.stage.answered(w, err, &t.asked, t.load) {
				data.SortByInfluence(in.Contacts)
				t.in, t.us = in, data.KnowersOf(in.Ties)
				t.entries = data.PeopleEntries(in.Contacts, t.p.answer.stages, t.us)
				t.draw()
				w.keepFocus(t.p)
			}
			t.p.back.follow()
		})
}

// draw shows the answer; who is looked at stays so.
func (t *peopleTab) draw() {
	t.chart.Map = codec.PeopleChart(t.in, t.p.now())
	if _, ok := t.entry(); !ok {
		t.chosen = ""
	}
	if t.chosen == "" && len(t.chart.Map.People) > 0 {
		t.chosen = t.chart.Map.People[0].Key
	}
	t.chart.On = t.place(t.chosen)
	t.chart.Refresh()
	t.drawList()
	t.show()
}

// show puts the map, the list or why there is neither on the stage.
func (t *peopleTab) show() {
	switch {
	case len(t.in.Contacts) == 0:
		t.stage.show(kit.NewEmpty(kit.NewCirclesSmall(), "Nobody is known here yet",
			"People come by themselves from mail of the account's domains, or you add them. Then you place them: what they can move, and where they stand.",
			kit.NewButton(kit.Primary, "Add a person", t.p.addPerson).WithIcon("user-round-plus")))
	case t.asList:
		t.stage.show(t.list.view)
	default:
		t.stage.show(t.drawn)
	}
}

// drawList draws the list, while it is in view, and what depends on it.
func (t *peopleTab) drawList() {
	if t.asList {
		t.list.draw()
	}
	t.moved()
}

// turnTo shows the map or the list.
func (t *peopleTab) turnTo(list bool) {
	if t.asList == list {
		return
	}
	t.asList = list
	if _, ok := t.current(); !list && !ok {
		t.chosen = "" // none of us stands on the map
	}
	t.p.w.canvas.Unfocus()
	t.draw()
	t.p.w.refreshChrome()
	t.p.w.refocus()
}

// place is where somebody is among the people of the map, -1 for nowhere.
func (t *peopleTab) place(key string) int {
	return slices.IndexFunc(t.chart.Map.People, func(p chart.Person) bool { return p.Key == key && key != "" })
}

// choose makes somebody the one who is looked at.
func (t *peopleTab) choose(key string) {
	t.chosen = key
	if on := t.place(key); on != t.chart.On {
		t.chart.On = on
		t.chart.Refresh()
	}
	t.moved()
}

// entry is who is looked at, one of them or of us.
func (t *peopleTab) entry() (data.PersonEntry, bool) {
	i := slices.IndexFunc(t.entries, func(e data.PersonEntry) bool { return e.Key() == t.chosen && t.chosen != "" })
	if i < 0 {
		return data.PersonEntry{}, false
	}
	return t.entries[i], true
}

// current is who is looked at, when it is one of them.
func (t *peopleTab) current() (data.ContactStanding, bool) { return t.known(t.chosen) }

func (t *peopleTab) known(id string) (data.ContactStanding, bool) {
	i := slices.IndexFunc(t.in.Contacts, func(c data.ContactStanding) bool { return c.Contact.ID == id && id != "" })
	if i < 0 {
		return data.ContactStanding{}, false
	}
	return t.in.Contacts[i], true
}

// look makes a contact the one who is looked at, on the map and in the list.
func (t *peopleTab) look(id string) {
	t.choose(id)
	t.drawList()
}

// moved draws what is said of the one who is looked at.
func (t *peopleTab) moved() {
	t.bar.onMap.Set("Map", "", !t.asList)
	t.bar.onList.Set("List", "", t.asList)
	note := linesNote
	if t.asList {
		note = t.list.countWords()
	}
	t.bar.note.Set(note)
	e, ok := t.entry()
	t.bar.gone.Hidden = !ok
	if ok {
		t.bar.gone.Set("Without "+data.FirstName(e.Contact.Name)+"?", "", false)
	}
	t.bar.view.Refresh()
	t.beside.draw()
}

// hover says where the lifted person would stand.
func (t *peopleTab) hover(_ int, x, y float32) {
	if c, ok := t.current(); ok {
		s := c.Stakeholder.At(data.Spot{Support: float64(x), Influence: float64(y)})
		how := ". Enter asks for the reason, Esc puts them back."
		if t.chart.Held() {
			how = ". Let go to give the reason."
		}
		t.bar.note.Set(data.FirstName(c.Contact.Name) + ": " + data.SupportWords[s.Support+2] + ", " + data.InfluenceWord(s.Influence) + how)
	}
}

// placeAt asks for the reason of a new place; without one nothing is kept.
func (t *peopleTab) placeAt(_ int, x, y float32) {
	t.bar.note.Set(linesNote)
	if c, ok := t.current(); ok {
		t.p.w.editStakeholder(c, c.Stakeholder.At(data.Spot{Support: float64(x), Influence: float64(y)}))
	}
}

// judge asks where the one who is looked at stands.
func (t *peopleTab) judge() {
	if c, ok := t.current(); ok {
		t.p.w.editStakeholder(c, c.Stakeholder)
	}
}

// open shows the person who is looked at.
func (t *peopleTab) open() {
	if c, ok := t.current(); ok {
		t.p.w.openContact(c.Contact.ID)
	}
}

// happened shows what happened with somebody.
func (t *peopleTab) happened(id string) {
	for _, who := range t.p.answer.people {
		if who.ID == id {
			t.p.showWith(who)
		}
	}
}

func (t *peopleTab) focus() {
	switch {
	case !t.asked || len(t.in.Contacts) == 0:
	case t.asList:
		t.list.list.Take()
	default:
		t.p.w.focus(t.chart)
	}
}

func (t *peopleTab) hints() []hint {
	if t.asList {
		return []hint{{[]string{"J", "K"}, "move"}, {[]string{"Enter"}, "open person"}, {[]string{"X"}, "mark"}, {[]string{"E"}, "set support"}, {[]string{"W"}, "without them"}, {[]string{"L"}, "map"}}
	}
	return []hint{{[]string{"↑", "↓", "←", "→"}, "walk the map"}, {[]string{"Shift ↑"}, "place"}, {[]string{"Enter"}, "open person"}, {[]string{"E"}, "set support"},
		{[]string{"I"}, "introduce"}, {[]string{"W"}, "without them"}, {[]string{"L"}, "list"}}
}

// lookCommands are those that change nothing.
func (t *peopleTab) lookCommands() []command {
	list := t.viewCommands()
	if e, ok := t.entry(); ok {
		list = append(list, t.goneCommand(data.FirstName(e.Contact.Name)))
	}
	return list
}

func (t *peopleTab) commands() []command { return append(t.viewCommands(), t.actions()...) }

func (t *peopleTab) viewCommands() []command {
	list := []command{
		{name: "Next person on the map", key: "J", quiet: true, do: func() { t.step(1) }},
		{name: "Person before on the map", key: "K", quiet: true, do: func() { t.step(-1) }},
		{name: "Export the map", words: "save svg png picture print", icon: "image-down", chord: primary(fyne.KeyP), do: t.export},
		{name: "Show who covers what and who knows whom", words: "pane beside cover table inspector", icon: "users", key: "Shift P", do: func() { t.p.w.showInspector(true) }},
		{name: "Show people as a list", words: "table filter sort", icon: "list", key: "L", do: func() { t.turnTo(true) }},
	}
	if t.asList {
		list = append(t.list.commands(), list[2], list[3], command{name: "Show people as a map", words: "chart influence support", icon: "network", key: "L", do: func() { t.turnTo(false) }})
	}
	return list
}

// step goes to the next of the people, in the order of the table.
func (t *peopleTab) step(by int) {
	t.chart.Select(min(max(t.chart.On+by, 0), len(t.chart.Map.People)-1))
}

func (t *peopleTab) goneCommand(name string) command {
	return command{name: "Look at the account without " + name, words: "departure leaves gone simulation", icon: "user-round-minus", key: "W", do: t.without}
}

// actions are what can be done with the one who is looked at.
func (t *peopleTab) actions() []command {
	e, ok := t.entry()
	if !ok {
		return nil
	}
	w, c, name := t.p.w, e.ContactStanding, data.FirstName(e.Contact.Name)
	gone := t.goneCommand(name)
	if e.Us != nil {
		return []command{gone}
	}
	return []command{
		{name: "Open " + name, words: "person contact what happened", icon: "arrow-right", do: t.open},
		{name: "Set where " + name + " stands", words: "support influence stakeholder judge role place", icon: "gavel", key: "E", more: []string{"S"}, do: t.judge},
		{name: "Take the judgement of " + name + " off the map", words: "stakeholder remove place", icon: "x", key: "Delete", when: func() bool { return c.Stakeholder.ID != "" },
			do: func() { deletePart(w, name+" is not placed any more", c.Stakeholder) }},
		{name: "Say how " + name + " stands to others", words: "relation reports to influences at odds works with knows", icon: "network", key: "R", do: t.relate},
		gone,
		{name: "Plan an introduction to " + name, words: "introduce warmest way second thread promise", icon: "route", key: "I", do: t.introduce},
		{name: "Edit " + name, words: "contact address role", icon: "pen-line", do: func() { w.editContact(c.Contact) }},
		{name: "Delete " + name, words: "remove contact", icon: "x", do: func() {
			w.write(c.Contact.Name+" deleted", func(tx *store.Tx) error { return tx.DeleteContact(c.Contact.ID) }, nil)
		}},
	}
}
