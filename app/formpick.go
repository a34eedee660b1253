package app

import (
	"rapport/app/kit"
)

// pick is one of several named choices in a form, shown as a chip that opens a
// menu; Enter and Space open it too.
type pick struct {
	chip    *kit.Chip
	choices []string
	on      int
	changed func() // if set, is called when another was chosen
}

// newPick returns a pick with a choice made already.
func newPick(w *window, choices []string, on int) *pick {
	p := &pick{choices: choices, on: on}
	p.chip = kit.NewMenuChip("", func() {
		var list []command
		for i, c := range p.choices {
			list = append(list, command{name: c, do: func() { p.choose(i) }})
		}
		w.menuAt(under(p.chip), list...)
	})
	p.choose(on)
	return p
}

func (p *pick) choose(i int) {
	p.on = i
	if i >= 0 && i < len(p.choices) {
		p.chip.Set(p.choices[i], "", false)
	}
	if p.changed != nil {
		p.changed()
	}
}
