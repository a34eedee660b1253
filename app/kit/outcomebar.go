package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// OutcomeBar is what came of something: how often it helped, changed nothing, made it worse.
type OutcomeBar struct {
	widget.BaseWidget
	counts [3]int
	parts  [3]*canvas.Rectangle
}

// NewOutcomeBar returns a bar, 8 high and as wide as its room.
func NewOutcomeBar(helped, same, worse int) *OutcomeBar {
	b := &OutcomeBar{counts: [3]int{helped, same, worse}}
	for i := range b.parts {
		b.parts[i] = box(3)
	}
	b.ExtendBaseWidget(b)
	return b
}

// CreateRenderer draws the three parts; one that never came is left out.
func (b *OutcomeBar) CreateRenderer() fyne.WidgetRenderer {
	least := func() fyne.Size { return fyne.NewSize(60, 8) }
	place := func(s fyne.Size) {
		const gap = 2
		all, shown := 0, 0
		for _, n := range b.counts {
			all += n
			shown += min(n, 1)
		}
		x, room := float32(0), s.Width-gap*float32(max(shown-1, 0))
		for i, n := range b.counts {
			b.parts[i].Hidden = n == 0
			if n > 0 {
				w := room * float32(n) / float32(all)
				put(b.parts[i], x, 0, w, 8)
				x += w + gap
			}
		}
	}
	paint := func() {
		fill(b.parts[0], Accent, Clear, 0)
		fill(b.parts[1], Edge, Clear, 0)
		fill(b.parts[2], Alert, Clear, 0)
	}
	return newFace(b, least, place, paint, b.parts[0], b.parts[1], b.parts[2])
}
