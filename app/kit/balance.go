package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// BalanceBar is what each side has of something: theirs grows to the left from a tick in the middle,
// ours to the right.
type BalanceBar struct {
	widget.BaseWidget
	Theirs, Ours             float32 // 0 to 1 of each half
	track, left, right, tick *canvas.Rectangle
}

// NewBalanceBar returns a bar, 8 high and as wide as its room.
func NewBalanceBar(theirs, ours float32) *BalanceBar {
	b := &BalanceBar{Theirs: theirs, Ours: ours}
	b.ExtendBaseWidget(b)
	return b
}

// Set changes both sides.
func (b *BalanceBar) Set(theirs, ours float32) { b.Theirs, b.Ours = theirs, ours; b.Refresh() }

// CreateRenderer draws the bar.
func (b *BalanceBar) CreateRenderer() fyne.WidgetRenderer {
	b.track, b.left, b.right, b.tick = box(4), box(4), box(4), box(0)
	least := func() fyne.Size { return fyne.NewSize(60, 14) }
	place := func(s fyne.Size) {
		half, y := (s.Width-5)/2, (s.Height-8)/2
		put(b.track, 0, y, s.Width, 8)
		l, r := half*min(max(b.Theirs, 0), 1), half*min(max(b.Ours, 0), 1)
		put(b.left, half-l, y, l, 8)
		put(b.right, half+5, y, r, 8)
		put(b.tick, s.Width/2-0.5, (s.Height-14)/2, 1, 14)
	}
	paint := func() {
		fill(b.track, Hair, Clear, 0)
		fill(b.left, Theirs, Clear, 0)
		fill(b.right, Accent, Clear, 0)
		fill(b.tick, Ink2, Clear, 0)
	}
	return newFace(b, least, place, paint, b.track, b.left, b.right, b.tick)
}

// MatrixCell is a field of a matrix: an icon and a word on the ground of its tone, with a small note
// under it, and a ring when it is the one that keys act on.
type MatrixCell struct {
	widget.BaseWidget
	OnTap      func()
	tone       Tone
	icon, word string
	note       string
	marked     bool // the note asks for attention
	current    bool
	ground     *canvas.Rectangle
	ring       *canvas.Rectangle
	image      *glyph
	label, sub *canvas.Text
}

// NewMatrixCell returns an empty field.
func NewMatrixCell(onTap func()) *MatrixCell {
	c := &MatrixCell{OnTap: onTap}
	c.ExtendBaseWidget(c)
	return c
}

// Set changes everything that the field shows; marked says that its note asks for attention.
func (c *MatrixCell) Set(tone Tone, icon, word, note string, marked, current bool) {
	c.tone, c.icon, c.word, c.note, c.marked, c.current = tone, icon, word, note, marked, current
	c.Refresh()
}

// Tapped calls OnTap.
func (c *MatrixCell) Tapped(*fyne.PointEvent) {
	if c.OnTap != nil {
		c.OnTap()
	}
}

// CreateRenderer draws the field.
func (c *MatrixCell) CreateRenderer() fyne.WidgetRenderer {
	c.ground, c.ring, c.image = box(6), newRing(), newGlyph()
	c.label, c.sub = canvas.NewText("", nil), canvas.NewText("", nil)
	least := func() fyne.Size { return fyne.NewSize(56, lineHeight(Small)+lineHeight(Micro)+12) }
	return newFace(c, least, c.place, c.paint, c.ground, c.ring, c.image.Raster, c.label, c.sub)
}

func (c *MatrixCell) paint() {
	t := tones[c.tone]
	fill(c.ground, t.soft, Clear, 0)
	if c.icon == "" {
		fill(c.ground, Clear, Hair, 1)
	}
	c.image.Hidden = c.icon == ""
	c.image.set(c.icon, t.ink)
	dress(c.label, Small, t.ink)
	if c.icon == "" {
		c.label.Color = Color(Ink3)
	}
	dress(c.sub, Micro, Ink2)
	if c.marked {
		c.sub.Color = Color(Warm)
	}
}

func (c *MatrixCell) place(s fyne.Size) {
	put(c.ground, 0, 0, s.Width, s.Height)
	showRing(c.ring, c.current, s.SubtractWidthHeight(8, 8), 2)
	c.ring.Move(fyne.NewPos(0, 0))
	before := float32(8)
	if c.icon != "" {
		before = 26
	}
	c.label.Text = clip(Small, c.word, max(s.Width-before-6, 0))
	c.sub.Text = clip(Micro, c.note, max(s.Width-14, 0))
	h := lineHeight(Small)
	y := (s.Height - h) / 2
	if c.note != "" {
		y = (s.Height - h - lineHeight(Micro)) / 2
	}
	put(c.image, 8, y+(h-12)/2, 12, 12)
	put(c.label, before, y, max(s.Width-before, 0), h)
	put(c.sub, 8, y+h, max(s.Width-8, 0), lineHeight(Micro))
}
