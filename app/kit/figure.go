package kit

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Sparkline is the course of a number over twelve weeks, ending in a dot.
type Sparkline struct {
	widget.BaseWidget
	Values []float32 // 0 to 1, oldest first
	Band   Band      // gives the colour; NeverMet draws a flat pale line
	raster *canvas.Raster
}

// NewSparkline returns a line, 76 by 34 at least asked for.
func NewSparkline(values []float32, band Band) *Sparkline {
	s := &Sparkline{Values: values, Band: band}
	s.ExtendBaseWidget(s)
	return s
}

// Set changes values and band.
func (s *Sparkline) Set(values []float32, band Band) { s.Values, s.Band = values, band; s.Refresh() }

// CreateRenderer draws the line as one picture.
func (s *Sparkline) CreateRenderer() fyne.WidgetRenderer {
	s.raster = canvas.NewRaster(s.draw)
	min := func() fyne.Size { return fyne.NewSize(76, 34) }
	place := func(size fyne.Size) { put(s.raster, 0, 0, size.Width, size.Height) }
	return newFace(s, min, place, nil, s.raster)
}

func (s *Sparkline) draw(w, h int) image.Image {
	size := s.Size()
	k := newInk(w, h, size.Width)
	points := s.points(float64(size.Width), float64(size.Height))
	if len(points) == 0 {
		return k.img
	}
	c := Color(bands[s.Band].mark)
	if s.Band == NeverMet {
		c = Color(Edge)
	}
	k.lay(c, stroke(points, 1.5))
	k.lay(c, disc(points[len(points)-1], 2.5))
	return k.img
}

func (s *Sparkline) points(w, h float64) []point {
	values := s.Values
	if len(values) == 1 {
		values = []float32{values[0], values[0]}
	}
	points := make([]point, len(values))
	for i, v := range values {
		v := min(max(float64(v), 0), 1)
		points[i] = point{2 + float64(i)*(w-6)/float64(len(values)-1), h - 3 - v*(h-6)}
	}
	return points
}

// Dial is a value of its target as an arc, the number in its middle.
type Dial struct {
	widget.BaseWidget
	Share      float32 // 0 to 1 of the arc; -1 to 1 from the top when Centered
	Centered   bool    // velocity: grows to either side from the top
	Number     string
	Of         string // "of 100"
	track, arc *canvas.Arc
	number, of *canvas.Text
	tick       *canvas.Rectangle
}

// NewDial returns an arc of 70 by 70.
func NewDial(share float32, number, of string) *Dial {
	d := &Dial{Share: share, Number: number, Of: of}
	d.ExtendBaseWidget(d)
	return d
}

// NewChangeDial returns an arc that grows from the top, to the right for more and left for less.
func NewChangeDial(share float32, number, of string) *Dial {
	d := NewDial(share, number, of)
	d.Centered = true
	return d
}

// Set changes what is shown.
func (d *Dial) Set(share float32, number, of string) {
	d.Share, d.Number, d.Of = share, number, of
	d.Refresh()
}

// CreateRenderer draws arc and number.
func (d *Dial) CreateRenderer() fyne.WidgetRenderer {
	d.track, d.arc = canvas.NewArc(-120, 120, 0.83, nil), canvas.NewArc(-120, 120, 0.83, nil)
	d.number, d.of, d.tick = canvas.NewText("", nil), canvas.NewText("", nil), box(0)
	d.number.Alignment, d.of.Alignment = fyne.TextAlignCenter, fyne.TextAlignCenter
	min := func() fyne.Size { return fyne.NewSize(70, 62) }
	return newFace(d, min, d.place, d.paint, d.track, d.arc, d.tick, d.number, d.of)
}

func (d *Dial) paint() {
	d.track.FillColor, d.arc.FillColor = Color(Hair), Color(Accent)
	d.track.CornerRadius, d.arc.CornerRadius = 3, 3
	d.arc.StartAngle, d.arc.EndAngle = d.angles()
	d.arc.Hidden = d.arc.StartAngle == d.arc.EndAngle
	fill(d.tick, Ink2, Clear, 0)
	d.tick.Hidden = !d.Centered
	dress(d.number, Title, Ink)
	d.number.TextSize = Scaled(20)
	dress(d.of, Mark, Ink3)
	d.number.Text, d.of.Text = d.Number, d.Of
}

func (d *Dial) angles() (from, to float32) {
	share := min(max(d.Share, -1), 1)
	switch {
	case !d.Centered:
		return -120, -120 + 240*max(share, 0)
	case share < 0:
		return 120 * share, 0
	}
	return 0, 120 * share
}

func (d *Dial) place(fyne.Size) {
	put(d.track, 0, 0, 70, 70)
	put(d.arc, 0, 0, 70, 70)
	put(d.tick, 34.5, -2, 1, 10)
	put(d.number, 0, 18, 70, d.number.MinSize().Height)
	put(d.of, 0, 42, 70, d.of.MinSize().Height)
}

// SignalBars says how sure a guess is: three bars and a word.
type SignalBars struct {
	widget.BaseWidget
	Level int    // 0 no idea, 1 a guess, 2 likely, 3 sure
	Word  string // "" shows the bars alone
	bars  [3]*canvas.Rectangle
	label *canvas.Text
}

// NewSignalBars returns bars and word.
func NewSignalBars(level int, word string) *SignalBars {
	s := &SignalBars{Level: level, Word: word}
	s.ExtendBaseWidget(s)
	return s
}

// Set changes level and word.
func (s *SignalBars) Set(level int, word string) { s.Level, s.Word = level, word; s.Refresh() }

// CreateRenderer draws bars and word.
func (s *SignalBars) CreateRenderer() fyne.WidgetRenderer {
	s.label = canvas.NewText("", nil)
	objects := []fyne.CanvasObject{s.label}
	for i := range s.bars {
		s.bars[i] = box(2)
		objects = append(objects, s.bars[i])
	}
	least := func() fyne.Size {
		if s.Word == "" {
			return fyne.NewSize(24, 12)
		}
		return fyne.NewSize(33+measure(Small, s.Word), lineHeight(Small))
	}
	place := func(size fyne.Size) {
		base := (size.Height + 11) / 2
		for i, b := range s.bars {
			h := float32(4 + i*3 + i/2)
			put(b, float32(i)*9, base-h, 6, h)
		}
		h := s.label.MinSize().Height
		put(s.label, 33, (size.Height-h)/2, max(size.Width-33, 0), h)
	}
	paint := func() {
		for i, b := range s.bars {
			fill(b, Edge, Clear, 0)
			if i < s.Level {
				fill(b, Accent, Clear, 0)
			}
		}
		dress(s.label, Small, Ink2)
		s.label.Text = s.Word
	}
	return newFace(s, least, place, paint, objects...)
}

// Circles is the picture of two sides and what they share.
type Circles struct {
	widget.BaseWidget
	full   bool
	raster *canvas.Raster
}

// NewCirclesSmall returns the outline of the two circles, 76 by 54, for empty places.
func NewCirclesSmall() *Circles { return newCircles(false) }

// NewCircles returns the filled picture of the first run, 268 by 188.
func NewCircles() *Circles { return newCircles(true) }

func newCircles(full bool) *Circles {
	c := &Circles{full: full}
	c.ExtendBaseWidget(c)
	return c
}

// CreateRenderer draws the picture in the middle of its room.
func (c *Circles) CreateRenderer() fyne.WidgetRenderer {
	c.raster = canvas.NewRaster(c.draw)
	place := func(s fyne.Size) {
		m := c.size()
		put(c.raster, (s.Width-m.Width)/2, (s.Height-m.Height)/2, m.Width, m.Height)
	}
	return newFace(c, c.size, place, nil, c.raster)
}

func (c *Circles) size() fyne.Size {
	if c.full {
		return fyne.NewSize(268, 188)
	}
	return fyne.NewSize(76, 54)
}

func (c *Circles) draw(w, h int) image.Image {
	k := newInk(w, h, c.size().Width)
	if !c.full {
		k.lay(Color(Accent), ringed(disc(point{26, 27}, 25), 1.5))
		k.lay(Color(Theirs), ringed(disc(point{50, 27}, 25), 1.5))
		k.lay(Color(WarmMark), disc(point{38, 27}, 4))
		return k.img
	}
	us, them := disc(point{94, 94}, 92), disc(point{174, 94}, 92)
	k.lay(Color(AccentSoft), us)
	k.lay(Color(TheirsSoft), them)
	k.lay(Color(WarmSoft), both(us, them))
	k.lay(Color(Accent), ringed(us, 2.5))
	k.lay(Color(Theirs), ringed(them, 2.5))
	for _, d := range circleDots {
		k.lay(Color(d.tint), disc(point{d.x, d.y}, 9))
	}
	return k.img
}

var circleDots = []struct {
	tint fyne.ThemeColorName
	x, y float64
}{
	{Accent, 64, 44}, {Accent, 40, 70}, {Accent, 30, 110}, {Accent, 60, 134},
	{Theirs, 204, 44}, {Theirs, 228, 70}, {Theirs, 238, 110}, {Theirs, 208, 134},
	{WarmMark, 134, 64}, {WarmMark, 134, 94}, {WarmMark, 134, 124},
}
