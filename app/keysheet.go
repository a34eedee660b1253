package app

import (
	"strings"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
)

// showKeys shows every key that does something here.
func (w *window) showKeys() {
	var left, right []fyne.CanvasObject
	keyed := w.keyed()
	for i, c := range keyed {
		row := keyRow(c)
		if i < (len(keyed)+1)/2 {
			left = append(left, row)
		} else {
			right = append(right, row)
		}
	}
	columns := kit.NewColumns(28, []kit.Col{kit.Flex(1).AtTop(), kit.Flex(1).AtTop()}, kit.NewStack(0, left...), kit.NewStack(0, right...))
	w.pop(kit.NewOverlay(720, kit.NewDialog("keyboard", kit.Neutral, "Keys", columns, "Letters work while nobody types in a field.",
		kit.NewButton(kit.Plain, "Close", w.dismiss).WithKey("Esc"))), nil)
}

// keyed are the commands that have a key, each name once. Those that differ by their
// digit only, "Show source 1" to "Show source 9", are one line.
func (w *window) keyed() []command {
	var list []command
	place := map[string]int{} // in list, by name
	for _, c := range w.commands() {
		if c.keyWords() == "" {
			continue
		}
		stem := c.name
		if len(c.key) == 1 && c.key >= "1" && c.key <= "9" {
			stem = strings.TrimSuffix(c.name, " "+c.key)
		}
		at, seen := place[stem]
		switch {
		case !seen:
			place[stem] = len(list)
			list = append(list, c)
		case stem != c.name:
			list[at].name, list[at].more = stem+" "+list[at].key+" to "+c.key, []string{c.key}
		}
	}
	return list
}

func keyRow(c command) fyne.CanvasObject {
	var caps []fyne.CanvasObject
	if c.chord != (chord{}) {
		caps = append(caps, kit.NewKeyHint(c.keyWords()))
	} else {
		for _, k := range append(strings.Fields(c.key), c.more...) {
			caps = append(caps, kit.NewKeyHint(k))
		}
	}
	row := kit.NewSpread(12, kit.NewText(kit.Small, c.name).Bending(), kit.NewRow(4, caps...))
	return kit.NewStack(0, kit.NewPad(6, 0, 6, 0, row), kit.NewHairline())
}
