package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"rapport/app/kit"
	"rapport/data"
)

// accountsBar is the line over the list: filter, chips, search and New.
type accountsBar struct {
	p           *accounts
	view        *kit.Pad
	places      *kit.Button // shows the folded side list
	field       *kit.Field
	tier, owner *kit.Chip
	warm, stage *kit.Chip
	more        *kit.Button // what can be done with a saved view
	marks       *accountMarks
	line        stage
	whole       fyne.CanvasObject
	search      *kit.Button
	searchSmall *kit.Button
	add         *kit.Button
}

func newAccountsBar(p *accounts) *accountsBar {
	b := &accountsBar{p: p, field: kit.NewFilter("Filter by name or place", "/")}
	b.field.OnChanged = p.filter
	b.field.OnEscape = p.clear
	b.field.OnSubmit = func(string) { p.focus() }
	b.field.OnKey = func(k fyne.KeyName) bool {
		if k == fyne.KeyDown {
			p.focus()
		}
		return k == fyne.KeyDown
	}
	b.places = kit.NewButton(kit.Plain, "All accounts", func() { p.w.showSide(true) }).WithIcon("building-2")
	b.tier = kit.NewMenuChip("Tier", b.tiers)
	b.warm = kit.NewMenuChip("Warmth", b.warmths)
	b.stage = kit.NewMenuChip("Stage", b.stages)
	b.more = kit.NewIconButton(kit.Plain, "ellipsis", func() { p.w.menuAt(under(b.more), p.savedCommands()...) })
	b.more.Tip = "Rename or delete this selection"
	b.owner = kit.NewMenuChip("Owner", b.owners)
	b.search = kit.NewButton(kit.Plain, "Search or do…", p.w.openPalette).WithIcon("search").WithKey(primary(fyne.KeyK).words(system))
	b.searchSmall = kit.NewIconButton(kit.Plain, "search", p.w.openPalette)
	b.searchSmall.Tip = "Search or do"
	b.add = kit.NewButton(kit.Plain, "New", p.add).WithIcon("plus").WithKey("N")
	row := kit.NewColumns(8, []kit.Col{kit.Fit(), kit.Flex(1).AtLeast(120), kit.Fit(), kit.Fit(), kit.Fit(), kit.Fit(), kit.Fit(), kit.Flex(0.3), kit.Fit(), kit.Fit(), kit.Fit()},
		b.places, b.field, b.tier, b.warm, b.stage, b.owner, b.more, kit.NewSpring(), b.search, b.searchSmall, b.add)
	b.marks = newAccountMarks(p)
	b.line = newStage(row)
	b.whole = row
	b.view = kit.NewPad(18, 24, 10, 24, b.line.box)
	return b
}

func (b *accountsBar) fold(folded bool) {
	b.places.Hidden, b.search.Hidden, b.searchSmall.Hidden = !folded, folded, !folded
	b.view.Left, b.view.Right, b.view.Top, b.view.Bottom = accountEdge(folded), accountEdge(folded), 18, 10
	b.field.SetPlaceholder("Filter by name or place")
	if folded {
		b.view.Top, b.view.Bottom = 14, 8
		b.field.SetPlaceholder("Filter")
	}
	b.view.Refresh()
	b.p.main.Refresh()
}

// draw names what is chosen, or what can be done with what is marked.
func (b *accountsBar) draw(c accountChoice, marked int) {
	b.places.SetText(c.view.name)
	b.more.Hidden = c.view.saved == ""
	chip := func(chip *kit.Chip, name, value, words string) {
		if value == "" {
			words = name
		}
		chip.Set(words, "", value != "")
	}
	tier := "Tier " + c.tier
	if c.tier == "none" {
		tier = "No tier"
	}
	chip(b.tier, "Tier", c.tier, tier)
	chip(b.warm, "Warmth", c.warmth, warmthChoice(c.warmth))
	stage := upperFirst(c.stage)
	if c.stage == "none" {
		stage = "No stage"
	}
	chip(b.stage, "Stage", c.stage, stage)
	owner := data.FirstName(c.owner)
	if c.owner == "none" {
		owner = "Nobody's"
	}
	chip(b.owner, "Owner", c.owner, owner)
	if marked > 0 {
		b.marks.draw(marked)
		b.line.show(b.marks.view)
	} else {
		b.line.show(b.whole)
	}
	b.view.Refresh()
}

func warmthChoice(v string) string {
	if v == "never" {
		return "Never met"
	}
	return upperFirst(v)
}

// pick shows a menu under a chip whose lines set a value of the choice.
func (b *accountsBar) pick(chip *kit.Chip, into *string, names, values []string) {
	var list []command
	for i, name := range names {
		list = append(list, command{name: name, do: func() {
			*into = values[i]
			b.p.draw()
		}})
	}
	b.p.w.menuAt(under(chip), list...)
}

func (b *accountsBar) tiers() {
	names, values := []string{"Every tier"}, []string{""}
	for _, t := range data.Tiers {
		names, values = append(names, string(t)+", "+tierName(t)), append(values, string(t))
	}
	b.pick(b.tier, &b.p.choice.tier, append(names, tierName("")), append(values, "none"))
}

func (b *accountsBar) warmths() {
	b.pick(b.warm, &b.p.choice.warmth, []string{"Any warmth", "Warm", "Cooling", "Cold", "Never met"}, []string{"", "warm", "cooling", "cold", "never"})
}

func (b *accountsBar) stages() {
	b.pick(b.stage, &b.p.choice.stage, []string{"Any stage", "Know", "Interest", "Trust", "None yet"}, []string{"", "know", "interest", "trust", "none"})
}

func (b *accountsBar) owners() {
	own := ownersOf(b.p.answer.entries)
	b.pick(b.owner, &b.p.choice.owner, append(append([]string{"Everybody"}, own...), "Nobody"), append(append([]string{""}, own...), "none"))
}

// accountSorts are the columns that can be sorted by, as their heads name them.
var accountSorts = []struct {
	sort         accountSort
	name, narrow string // narrow is "" where the narrow list has no such column
}{
	{sortName, "Account", "Account, last touch"},
	{sortStage, "Stage", ""},
	{sortWarmth, "Warmth, 12 weeks", "Warmth, 12 weeks"},
	{sortLast, "Last touch", ""},
	{sortNext, "Next", "Next"},
	{sortPromises, "Promises", ""},
	{sortOwner, "Owner", "Owner"},
}

// accountHeads are the names of the columns; a tap sorts by one.
type accountHeads struct {
	view         *fyne.Container
	wide, narrow fyne.CanvasObject
	stage        stage
	heads        map[bool][]*sortHead[accountSort]
}

func newAccountHeads(sort func(accountSort)) accountHeads {
	h := accountHeads{heads: map[bool][]*sortHead[accountSort]{}}
	row := func(narrow bool) fyne.CanvasObject {
		var items []fyne.CanvasObject
		for _, s := range accountSorts {
			name := s.name
			if narrow {
				name = s.narrow
			}
			if name != "" {
				head := newSortHead(name, s.sort, sort)
				h.heads[narrow] = append(h.heads[narrow], head)
				items = append(items, head)
			}
		}
		edge := accountEdge(narrow)
		return kit.NewPad(7, edge, 8, edge, kit.NewColumns(accountGap, accountColumns(narrow), items...))
	}
	h.wide, h.narrow = row(false), row(true)
	h.stage = newStage(h.wide)
	h.view = filledUnder(h.stage.box, kit.NewHairline())
	return h
}

func (h accountHeads) fold(narrow bool) {
	if narrow {
		h.stage.show(h.narrow)
	} else {
		h.stage.show(h.wide)
	}
}

func (h accountHeads) draw(c accountChoice) {
	for _, list := range h.heads {
		for _, head := range list {
			head.set(head.sort == c.sort, c.back)
		}
	}
}

// sortHead is the name of a column with an arrow when the list is sorted by it.
type sortHead[S comparable] struct {
	widget.BaseWidget
	name  string
	sort  S
	onTap func(S)
	words *kit.Line
}

func newSortHead[S comparable](name string, sort S, onTap func(S)) *sortHead[S] {
	h := &sortHead[S]{name: name, sort: sort, onTap: onTap, words: kit.NewLine().Bending()}
	h.set(false, false)
	h.ExtendBaseWidget(h)
	return h
}

func (h *sortHead[S]) set(on, back bool) {
	if !on {
		h.words.Set(kit.Span{Text: h.name, Role: kit.Micro, Tint: kit.Ink2})
		return
	}
	icon := "arrow-down"
	if back {
		icon = "chevron-up"
	}
	h.words.Set(kit.Span{Text: h.name, Role: kit.MicroBold}, kit.Span{Icon: icon, Role: kit.Micro, Tint: kit.Ink2, Gap: 4})
}

// CreateRenderer shows the words.
func (h *sortHead[S]) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(h.words) }

// Tapped sorts.
func (h *sortHead[S]) Tapped(*fyne.PointEvent) { h.onTap(h.sort) }

// Cursor is a hand.
func (h *sortHead[S]) Cursor() desktop.Cursor { return desktop.PointerCursor }
