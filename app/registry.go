package app

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
)

// commands are all commands, those of the page in view first, so that its keys
// win. What the page does itself it does not have twice.
func (w *window) commands() []command {
	var own []command
	if p := w.page(); p != nil {
		own = p.commands()
	}
	list := slices.Clone(own)
	for _, c := range w.globals() {
		if !slices.ContainsFunc(own, func(o command) bool { return o.name == c.name }) {
			list = append(list, c)
		}
	}
	return list
}

// byKey is the first command that applies and has the key.
func (w *window) byKey(key string) (command, bool) {
	for _, c := range w.commands() {
		if slices.Contains(c.keys(), key) && c.applies() {
			return c, true
		}
	}
	return command{}, false
}

// beginsPair says whether some command has the key as the first of two.
func (w *window) beginsPair(key string) bool {
	for _, c := range w.commands() {
		for _, k := range c.keys() {
			if strings.HasPrefix(k, key+" ") {
				return true
			}
		}
	}
	return false
}

// mainMenu is the menu bar of the moment.
func (w *window) mainMenu() *fyne.MainMenu {
	byMenu := map[menu][]*fyne.MenuItem{}
	for _, c := range w.commands() {
		if !c.quiet {
			m := c.inMenu()
			byMenu[m] = append(byMenu[m], c.menuItem())
		}
	}
	var bar []*fyne.Menu
	for _, m := range menus {
		if len(byMenu[m]) > 0 {
			bar = append(bar, fyne.NewMenu(string(m), byMenu[m]...))
		}
	}
	return fyne.NewMainMenu(bar...)
}

func (c command) inMenu() menu {
	if c.menu == "" {
		return menuPage
	}
	return c.menu
}

// menuItem is the command in a menu. It asks again whether it applies when it is
// chosen, since menus are made before.
func (c command) menuItem() *fyne.MenuItem {
	item := fyne.NewMenuItem(c.name, func() {
		if c.applies() {
			c.do()
		}
	})
	if c.chord != (chord{}) {
		item.Shortcut = c.chord.shortcut()
	}
	item.IsQuit = c.quits
	return item
}

// menuAt shows commands as a menu where the person pressed; those that do not
// apply are left out.
func (w *window) menuAt(at fyne.Position, list ...command) {
	if m := menuOf(list); len(m.Items) > 0 {
		w.popMenu(m, at)
	}
}

// menuBelow is menuAt for a key: below the current row of a list, its first command
// chosen, so that Enter does it.
func (w *window) menuBelow(l *kit.List, list ...command) {
	if m := menuOf(list); len(m.Items) > 0 {
		w.popMenu(m, l.Below()).ActivateNext()
	}
}

// menuOf has the commands that apply.
func menuOf(list []command) *fyne.Menu {
	m := fyne.NewMenu("")
	for _, c := range list {
		if c.applies() {
			m.Items = append(m.Items, c.menuItem())
		}
	}
	return m
}

// moveCommands are the keys that move the row of a list beside the arrows.
func moveCommands(l *kit.List) []command {
	return []command{
		{name: "Next row", key: "J", quiet: true, do: func() { l.Next(1) }},
		{name: "Row before", key: "K", quiet: true, do: func() { l.Next(-1) }},
	}
}
