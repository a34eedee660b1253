package kit

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// MeasureBar is a measure on its way: what is counted at the left, how far it is at the right, and a
// bar under both.
type MeasureBar struct {
	widget.BaseWidget
	label *Text
	value *Line
	bar   *ProgressBar
}

// NewMeasureBar returns a bar, as wide as its room. value begins with what is reached: "41 of 124".
func NewMeasureBar(label, value string, share float32) *MeasureBar {
	done, rest, _ := strings.Cut(value, " ")
	if rest != "" {
		rest = " " + rest
	}
	m := &MeasureBar{label: NewText(Small, label).In(Ink2).Bending(), bar: NewProgressBar(share)}
	m.value = NewLine(Span{Text: done, Role: SmallBold}, Span{Text: rest, Role: Small, Tint: Ink2})
	m.ExtendBaseWidget(m)
	return m
}

// CreateRenderer draws words and bar.
func (m *MeasureBar) CreateRenderer() fyne.WidgetRenderer {
	least := func() fyne.Size { return fyne.NewSize(80, lineHeight(Small)+10) }
	place := func(s fyne.Size) {
		h := lineHeight(Small)
		top := max((s.Height-h-10)/2, 0)
		w := min(m.value.MinSize().Width, s.Width)
		put(m.label, 0, top, max(s.Width-w-8, 0), h)
		put(m.value, s.Width-w, top, w, h)
		put(m.bar, 0, top+h+4, s.Width, 6)
	}
	return newFace(m, least, place, nil, m.label, m.value, m.bar)
}

// ShareBar is how something is shared between two sides, theirs at the left; a tick marks the even
// middle.
type ShareBar struct {
	widget.BaseWidget
	Theirs                  float32 // 0 to 1
	theirs, ours, gap, tick *canvas.Rectangle
}

// NewShareBar returns a bar, 8 high and as wide as its room.
func NewShareBar(theirs float32) *ShareBar {
	b := &ShareBar{Theirs: theirs}
	b.ExtendBaseWidget(b)
	return b
}

// CreateRenderer draws both sides and the tick.
func (b *ShareBar) CreateRenderer() fyne.WidgetRenderer {
	b.theirs, b.ours, b.gap, b.tick = box(4), box(4), box(0), box(0)
	least := func() fyne.Size { return fyne.NewSize(60, 14) }
	place := func(s fyne.Size) {
		y, at := (s.Height-8)/2, s.Width*min(max(b.Theirs, 0), 1)
		put(b.ours, 0, y, s.Width, 8)
		put(b.theirs, 0, y, at, 8)
		put(b.gap, max(at-1, 0), y, 2, 8)
		put(b.tick, s.Width/2-1, (s.Height-14)/2, 2, 14)
	}
	paint := func() {
		fill(b.theirs, Theirs, Clear, 0)
		fill(b.ours, Accent, Clear, 0)
		fill(b.gap, Bg, Clear, 0)
		fill(b.tick, Ink, Clear, 0)
		b.theirs.Hidden, b.gap.Hidden = b.Theirs <= 0, b.Theirs <= 0 || b.Theirs >= 1
	}
	return newFace(b, least, place, paint, b.ours, b.theirs, b.gap, b.tick)
}
