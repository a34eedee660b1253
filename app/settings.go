package app

import (
	"fyne.io/fyne/v2"

	"rapport/app/kit"
)

// section is one part of Settings, chosen in its side list.
type section struct {
	tab, icon, name string // tab names it in a target
	view            fyne.CanvasObject
	inspector       fyne.CanvasObject // nil is none
	load            func()
	commands        func() []command // nil is none
	hints           []hint
	focus           func() // nil: nothing takes the keyboard
}

// settings is the page where sources, rhythm, filing rules and looks are seen
// and changed.
type settings struct {
	w        *window
	sections []section
	at       int
	nav      []*kit.NavItem
	side     fyne.CanvasObject
	menu     *kit.Button // opens the side list while it is folded away
}

func newSettings(w *window, _ route) page {
	s := &settings{w: w}
	s.menu = kit.NewButton(kit.Plain, "", func() { w.showSide(true) }).WithIcon("chevron-down")
	s.menu.Hide()
	s.sections = []section{
		newSourcesSection(w), newDraftsSection(w), newRhythmSection(w), newDoorsSection(w), newIgnoredSection(w), newLeftOutSection(w), newLooksSection(w), newKeysSection(w), newAboutSection(w),
	}
	s.side = s.list()
	s.mark()
	return s
}

// list is the side list: the sections, the last one under the workspace's name.
func (s *settings) list() fyne.CanvasObject {
	items := []fyne.CanvasObject{kit.NewPad(0, 10, 14, 10, kit.NewText(kit.Title, "Settings"))}
	for i, part := range s.sections {
		if i == len(s.sections)-1 {
			items = append(items, kit.NewSpace(18), kit.NewPad(0, 10, 6, 10, kit.NewText(kit.SmallBold, "This workspace").In(kit.Ink3)))
		}
		n := kit.NewNavItem(part.icon, part.name, "", func() { s.show(i) })
		s.nav = append(s.nav, n)
		items = append(items, n)
	}
	return kit.NewPad(20, 10, 10, 10, kit.NewStack(2, items...))
}

func (s *settings) part() section { return s.sections[s.at] }

// show turns to a section.
func (s *settings) show(at int) {
	s.at = at
	s.mark()
	s.w.repane()
	s.w.refreshChrome()
	s.w.canvas.Unfocus()
	s.load()
	s.w.refocus()
}

func (s *settings) mark() {
	for i, n := range s.nav {
		n.Set("", i == s.at)
	}
	s.menu.SetText(s.part().name)
}

func (s *settings) title() string { return s.part().name }

func (s *settings) panes() panes {
	main := kit.NewStack(0, kit.NewPad(14, 0, 0, 26, kit.NewRow(0, s.menu)))
	if !s.menu.Visible() {
		main.Hide()
	}
	return panes{side: s.side, sideWidth: 216, main: topped(main, s.part().view), inspector: s.part().inspector, width: 300}
}

func (s *settings) load()         { s.part().load() }
func (s *settings) hints() []hint { return s.part().hints }
func (s *settings) minute()       { s.load() }
func (s *settings) goTo(to target) {
	for i, part := range s.sections {
		if part.tab == to.tab {
			s.at = i
			s.mark()
		}
	}
}

func (s *settings) focus() {
	if f := s.part().focus; f != nil {
		f()
	}
}

func (s *settings) folded(side, _ bool) {
	if side == s.menu.Visible() {
		return
	}
	if side {
		s.menu.Show()
	} else {
		s.menu.Hide()
	}
	if s.w.page() == page(s) {
		s.w.repane()
	}
}

func (s *settings) commands() []command {
	var list []command
	if own := s.part().commands; own != nil {
		list = own()
	}
	for i, part := range s.sections {
		list = append(list, command{name: "Settings: " + part.name, words: "preferences options", icon: part.icon,
			when: func() bool { return i != s.at }, do: func() { s.show(i) }})
	}
	return list
}
