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

// keyed are the commands that have a key, each name once.
func (w *window) keyed() []command {
	var list []command
	seen := map[string]bool{}
	for _, c := range w.commands() {
		if c.keyWords() != "" && !seen[c.name] {
			seen[c.name] = true
			list = append(list, c)
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
