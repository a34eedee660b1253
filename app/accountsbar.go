package app

import (
	"slices"

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
	search      *kit.Button
	searchSmall *kit.Button
	add         *kit.Button
}

func newAccountsBar(p *accounts) accountsBar {
	b := accountsBar{p: p, field: kit.NewFilter("Filter by name or place", "/")}
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
	b.owner = kit.NewMenuChip("Owner", b.owners)
	b.search = kit.NewButton(kit.Plain, "Search or do…", p.w.openPalette).WithIcon("search").WithKey(primary(fyne.KeyK).words(system))
	b.searchSmall = kit.NewIconButton(kit.Plain, "search", p.w.openPalette)
	b.searchSmall.Tip = "Search or do"
	b.add = kit.NewButton(kit.Plain, "New", p.add).WithIcon("plus").WithKey("N")
	row := kit.NewColumns(8, []kit.Col{kit.Fit(), kit.Flex(1).AtLeast(120), kit.Fit(), kit.Fit(), kit.Flex(0.6), kit.Fit(), kit.Fit(), kit.Fit()},
		b.places, b.field, b.tier, b.owner, kit.NewSpring(), b.search, b.searchSmall, b.add)
	b.view = kit.NewPad(18, 24, 10, 24, row)
	return b
}

func (b *accountsBar) fold(folded bool) {
	b.places.Hidden, b.search.Hidden, b.searchSmall.Hidden = !folded, folded, !folded
	b.view.Left, b.view.Right, b.view.Top, b.view.Bottom = accountEdge(folded), accountEdge(folded), 18, 10
	if folded {
		b.view.Top, b.view.Bottom = 14, 8
	}
	b.view.Refresh()
	b.p.main.Refresh()
}

// draw names what is chosen.
func (b *accountsBar) draw(c accountChoice) {
	b.places.SetText(viewName(c.view))
	text := "Tier"
	switch {
	case c.tier == "":
		text = "No tier"
	case c.tier != anyTier:
		text = "Tier " + string(c.tier)
	}
	b.tier.Set(text, "", c.tier != anyTier)
	owner := "Owner"
	if c.owner != "" {
		owner = data.FirstName(c.owner)
	}
	b.owner.Set(owner, "", c.owner != "")
	b.view.Refresh()
}

func (b *accountsBar) tiers() {
	list := []command{{name: "Every tier", do: func() { b.choose(anyTier) }}}
	for _, t := range append(slices.Clone(data.Tiers), "") {
		name := tierName(t)
		if t != "" {
			name = string(t) + ", " + name
		}
		list = append(list, command{name: name, do: func() { b.choose(t) }})
	}
	b.p.w.menuAt(under(b.tier), list...)
}

func (b *accountsBar) choose(t data.Tier) {
	b.p.choice.tier = t
	b.p.draw()
}

func (b *accountsBar) owners() {
	own := func(name string) func() {
		return func() {
			b.p.choice.owner = name
			b.p.draw()
		}
	}
	list := []command{{name: "Everybody", do: own("")}}
	for _, name := range ownersOf(b.p.answer.rows) {
		list = append(list, command{name: name, do: own(name)})
	}
	b.p.w.menuAt(under(b.owner), list...)
}

// accountSorts are the columns that can be sorted by, as their heads name them.
var accountSorts = []struct {
	sort         accountSort
	name, narrow string // narrow is "" where the narrow list has no such column
}{
	{sortName, "Account", "Account, last touch"},
	{sortWeeks, "Last 12 weeks", "Last 12 weeks"},
	{sortLast, "Last touch", ""},
	{sortNext, "Next", "Next"},
	{sortOwner, "Owner", "Owner"},
}

// accountHeads are the names of the columns; a tap sorts by one.
type accountHeads struct {
	view         *fyne.Container
	wide, narrow fyne.CanvasObject
	stage        stage
	heads        map[bool][]*sortHead
}

func newAccountHeads(sort func(accountSort)) accountHeads {
	h := accountHeads{heads: map[bool][]*sortHead{}}
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
		return kit.NewPad(7, edge, 8, edge, kit.NewColumns(12, accountColumns(narrow), items...))
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
type sortHead struct {
	widget.BaseWidget
	name  string
	sort  accountSort
	onTap func(accountSort)
	words *kit.Line
}

func newSortHead(name string, sort accountSort, onTap func(accountSort)) *sortHead {
	h := &sortHead{name: name, sort: sort, onTap: onTap, words: kit.NewLine().Bending()}
	h.set(false, false)
	h.ExtendBaseWidget(h)
	return h
}

func (h *sortHead) set(on, back bool) {
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
func (h *sortHead) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(h.words) }

// Tapped sorts.
func (h *sortHead) Tapped(*fyne.PointEvent) { h.onTap(h.sort) }

// Cursor is a hand.
func (h *sortHead) Cursor() desktop.Cursor { return desktop.PointerCursor }
