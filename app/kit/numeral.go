package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Numeral is a number in a ring.
type Numeral struct {
	widget.BaseWidget
	Text string
	ring *canvas.Circle
	word *canvas.Text
}

// NewNumeral returns a ring of 20 with a number in it.
func NewNumeral(number string) *Numeral {
	n := &Numeral{Text: number}
	n.ExtendBaseWidget(n)
	return n
}

// CreateRenderer draws ring and number.
func (n *Numeral) CreateRenderer() fyne.WidgetRenderer {
	n.ring, n.word = canvas.NewCircle(nil), canvas.NewText("", nil)
	n.word.Alignment = fyne.TextAlignCenter
	least := func() fyne.Size { return fyne.NewSquareSize(20) }
	place := func(s fyne.Size) {
		x, y := (s.Width-20)/2, (s.Height-20)/2
		put(n.ring, x, y, 20, 20)
		h := n.word.MinSize().Height
		put(n.word, x, y+(20-h)/2, 20, h)
	}
	paint := func() {
		n.ring.FillColor, n.ring.StrokeColor, n.ring.StrokeWidth = Color(Clear), Color(Ctl), 1
		dress(n.word, MicroBold, Ink2)
		n.word.Text = n.Text
	}
	return newFace(n, least, place, paint, n.ring, n.word)
}

// Dot is a small disc before a line of a list.
type Dot struct {
	widget.BaseWidget
	Tint fyne.ThemeColorName
	disc *canvas.Circle
}

// NewDot returns a disc of 5.
func NewDot(tint fyne.ThemeColorName) *Dot {
	d := &Dot{Tint: tint}
	d.ExtendBaseWidget(d)
	return d
}

// CreateRenderer draws the disc.
func (d *Dot) CreateRenderer() fyne.WidgetRenderer {
	d.disc = canvas.NewCircle(nil)
	least := func() fyne.Size { return fyne.NewSquareSize(5) }
	place := func(s fyne.Size) { put(d.disc, (s.Width-5)/2, (s.Height-5)/2, 5, 5) }
	return newFace(d, least, place, func() { d.disc.FillColor = Color(d.Tint) }, d.disc)
}
