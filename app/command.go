package app

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// A command is something that can be done. All are kept in one registry, which
// feeds the menu bar, the palette, context menus, the sheet of keys and the
// keyboard.
type command struct {
	// name is a verb and its object, in sentence case: "Log a contact".
	name string
	// words are others to find it by.
	words string
	icon  string
	// key is pressed without a modifier while nobody types: "C", "/", "?",
	// "Space", "Enter", "Esc", "Delete", "Up", or two in a row, "G T". Letters
	// are upper case here and answer to both. "" is none.
	key string
	// more are further keys that do the same.
	more []string
	// chord is pressed together, anywhere, also while typing.
	chord chord
	// menu is the menu of the menu bar that it stands in; "" is menuPage.
	menu  menu
	quits bool // ends the program
	// quiet keeps it out of palette, menus and sheet: moving in a list.
	quiet bool
	// when says whether it applies now; nil is always.
	when func() bool
	do   func()
}

// menu is one of the menus of the menu bar.
type menu string

// The menus, in their order.
const (
	menuFile menu = "File"
	menuEdit menu = "Edit"
	menuView menu = "View"
	menuGo   menu = "Go"
	menuPage menu = "Page" // what the page in view offers
	menuHelp menu = "Help"
)

var menus = []menu{menuFile, menuEdit, menuView, menuGo, menuPage, menuHelp}

// applies says whether the command can be done now.
func (c command) applies() bool { return c.when == nil || c.when() }

// keyWords is how people read its keys: "Ctrl K", "G T".
func (c command) keyWords() string {
	if c.chord != (chord{}) {
		return c.chord.words(system)
	}
	return c.key
}

// keys are all keys without a modifier that call it.
func (c command) keys() []string {
	if c.key == "" {
		return c.more
	}
	return append([]string{c.key}, c.more...)
}

// chord is a key with modifiers. The zero value is none.
type chord struct {
	key fyne.KeyName
	mod fyne.KeyModifier
}

// primary is a key with Ctrl, or Cmd on macOS.
func primary(key fyne.KeyName) chord { return chord{key, fyne.KeyModifierShortcutDefault} }

// words is how the chord is read on a system.
func (c chord) words(system string) string {
	names := []struct {
		mod        fyne.KeyModifier
		mac, else_ string
	}{
		{fyne.KeyModifierControl, "⌃", "Ctrl"},
		{fyne.KeyModifierAlt, "⌥", "Alt"},
		{fyne.KeyModifierShift, "⇧", "Shift"},
		{fyne.KeyModifierSuper, "⌘", "Super"},
	}
	var parts []string
	for _, n := range names {
		switch {
		case c.mod&n.mod == 0:
		case system == "darwin":
			parts = append(parts, n.mac)
		default:
			parts = append(parts, n.else_)
		}
	}
	parts = append(parts, string(c.key))
	if system == "darwin" {
		return strings.Join(parts, "")
	}
	return strings.Join(parts, " ")
}

// shortcut is the chord as Fyne's menus and canvases take it.
func (c chord) shortcut() fyne.Shortcut {
	z := c.key == fyne.KeyZ && c.mod == fyne.KeyModifierShortcutDefault
	if z { // the driver reports this one by its own type
		return &fyne.ShortcutUndo{}
	}
	return &desktop.CustomShortcut{KeyName: c.key, Modifier: c.mod}
}
