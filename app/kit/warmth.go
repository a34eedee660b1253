package kit

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Band is how warm a relationship is; each has a shape of its own besides its colour.
type Band int

// The bands of warmth.
const (
	NeverMet    Band = iota // dotted ring
	BandCold                // ring
	BandCooling             // half full
	BandWarm                // full
)

type bandLook struct {
	ink, mark fyne.ThemeColorName
	word      string
}

var bands = map[Band]bandLook{
	NeverMet:    {Ink2, Ink2, "Never met"},
	BandCold:    {Cold, ColdMark, "Cold"},
	BandCooling: {Cool, CoolMark, "Cooling"},
	BandWarm:    {Warm, WarmMark, "Warm"},
}

// WarmthDisc is the shape of a band and its word.
type WarmthDisc struct {
	widget.BaseWidget
	Band  Band
	Word  string // "" shows the shape alone
	Side  float32
	full  *canvas.Circle
	ring  *canvas.Circle
	half  *canvas.Arc
	dots  [8]*canvas.Circle
	label *canvas.Text
}

// NewWarmthDisc returns the disc, 12 wide, with the band's own word.
func NewWarmthDisc(band Band) *WarmthDisc {
	w := NewWarmthDot(band)
	w.Word = bands[band].word
	return w
}

// NewWarmthDot returns the disc without a word.
func NewWarmthDot(band Band) *WarmthDisc {
	w := &WarmthDisc{Band: band, Side: 12}
	w.ExtendBaseWidget(w)
	return w
}

// Set changes band and word; the word may be "".
func (w *WarmthDisc) Set(band Band, word string) { w.Band, w.Word = band, word; w.Refresh() }

// CreateRenderer draws shape and word.
func (w *WarmthDisc) CreateRenderer() fyne.WidgetRenderer {
	w.full, w.ring = canvas.NewCircle(nil), canvas.NewCircle(nil)
	w.half = canvas.NewPieArc(180, 360, nil)
	w.label = canvas.NewText("", nil)
	objects := []fyne.CanvasObject{w.full, w.half, w.ring, w.label}
	for i := range w.dots {
		w.dots[i] = canvas.NewCircle(nil)
		objects = append(objects, w.dots[i])
	}
	return newFace(w, w.least, w.place, w.paint, objects...)
}

func (w *WarmthDisc) least() fyne.Size {
	if w.Word == "" {
		return fyne.NewSquareSize(w.Side)
	}
	return fyne.NewSize(w.Side+6+measure(Body, w.Word), lineHeight(Body))
}

func (w *WarmthDisc) paint() {
	c := Color(bands[w.Band].mark)
	w.full.FillColor, w.half.FillColor = c, c
	w.ring.FillColor, w.ring.StrokeColor, w.ring.StrokeWidth = Color(Clear), c, 1.5
	w.full.Hidden = w.Band != BandWarm
	w.half.Hidden = w.Band != BandCooling
	w.ring.Hidden = w.Band != BandCooling && w.Band != BandCold
	for _, d := range w.dots {
		d.FillColor, d.Hidden = c, w.Band != NeverMet
	}
	dress(w.label, Body, bands[w.Band].ink)
}

func (w *WarmthDisc) place(s fyne.Size) {
	y := (s.Height - w.Side) / 2
	for _, o := range []fyne.CanvasObject{w.full, w.half, w.ring} {
		put(o, 0, y, w.Side, w.Side)
	}
	r := w.Side/2 - 1
	for i, d := range w.dots {
		a := float64(i) * math.Pi / 4
		x, dy := r*float32(math.Sin(a)), r*float32(math.Cos(a))
		put(d, w.Side/2+x-0.9, y+w.Side/2-dy-0.9, 1.8, 1.8)
	}
	w.label.Text = clip(Body, w.Word, s.Width-w.Side-6)
	h := w.label.MinSize().Height
	put(w.label, w.Side+6, (s.Height-h)/2, max(s.Width-w.Side-6, 0), h)
}
