package chart

import (
	"image"
	"image/color"
	"math"
)

// Tone is a colour by what it means; the window has its own of each, for light and dark, and paper
// those of the light window.
type Tone int

// The tones. NoTone draws nothing.
const (
	NoTone Tone = iota
	Ground
	Ink
	Ink2
	Ink3
	Hair
	Edge
	Control
	Accent
	AccentSoft
	Alarm
	AlarmSoft
	Caution
)

// papers are the tones on paper.
var papers = map[Tone]color.NRGBA{
	Ground: white, Ink: inkColor, Ink2: ink2Color, Ink3: {0x6F, 0x69, 0x5F, 0xFF}, Hair: hairColor, Edge: lineColor, Control: ctlColor,
	Accent: {0x12, 0x68, 0x5A, 0xFF}, AccentSoft: {0xE2, 0xEF, 0xEB, 0xFF}, Alarm: alertColor, AlarmSoft: {0xFB, 0xE8, 0xE2, 0xFF}, Caution: {0xB9, 0x79, 0x1A, 0xFF},
}

// Drawing is a chart as it lies on a sheet: shapes in the order in which they are drawn, and over them
// words.
type Drawing struct {
	W, H   float32
	Shapes []Shape
	Words  []Words
}

// Shape is one of a disc (where Radius is more than nothing), a polygon (where it has Points) or a line.
type Shape struct {
	Center   Point
	Radius   float32
	Points   []Point
	From, To Point
	Fill     Tone
	Line     Tone
	Width    float32 // of Line
	Dashed   bool
}

// Words are a line of text in a box, at its left, middle or right.
type Words struct {
	Text string
	Box
	Font  Font
	Tone  Tone
	Align Align
}

// Align is where words stand in their box.
type Align int

// The places of words.
const (
	AtLeft Align = iota
	InMiddle
	AtRight
)

func (d *Drawing) line(from, to Point, tone Tone, width float32, dashed bool) {
	d.Shapes = append(d.Shapes, Shape{From: from, To: to, Line: tone, Width: width, Dashed: dashed})
}

func (d *Drawing) disc(at Point, radius float32, fill, line Tone, width float32) {
	d.Shapes = append(d.Shapes, Shape{Center: at, Radius: radius, Fill: fill, Line: line, Width: width})
}

// bar is a rectangle with round corners.
func (d *Drawing) bar(b Box, round float32, fill Tone) {
	if b.W > 0 && b.H > 0 {
		d.Shapes = append(d.Shapes, Shape{Points: rounded(b, round), Fill: fill})
	}
}

func (d *Drawing) say(text string, b Box, font Font, tone Tone, align Align) {
	if text != "" {
		d.Words = append(d.Words, Words{Text: text, Box: b, Font: font, Tone: tone, Align: align})
	}
}

// rounded is the outline of a rectangle with round corners.
func rounded(b Box, r float32) (points []Point) {
	r = min(r, b.W/2, b.H/2)
	if r <= 0 {
		return []Point{{b.X, b.Y}, {b.X + b.W, b.Y}, {b.X + b.W, b.Y + b.H}, {b.X, b.Y + b.H}}
	}
	const steps = 6
	for corner, at := range []Point{{b.X + b.W - r, b.Y + r}, {b.X + b.W - r, b.Y + b.H - r}, {b.X + r, b.Y + b.H - r}, {b.X + r, b.Y + r}} {
		for i := range steps + 1 {
			a := math.Pi/2*float64(corner-1) + math.Pi/2*float64(i)/steps
			points = append(points, Point{at.X + r*float32(math.Cos(a)), at.Y + r*float32(math.Sin(a))})
		}
	}
	return points
}

// arrow is a line with a head at its end.
func (d *Drawing) arrow(from, to Point, tone Tone, k float32) {
	long := far(from, to)
	if long < 10*k {
		return
	}
	dx, dy := (to.X-from.X)/long, (to.Y-from.Y)/long
	neck := Point{to.X - 9*k*dx, to.Y - 9*k*dy}
	d.line(from, neck, tone, 1.5*k, false)
	d.Shapes = append(d.Shapes, Shape{Points: []Point{to, {neck.X - 4*k*dy, neck.Y + 4*k*dx}, {neck.X + 4*k*dy, neck.Y - 4*k*dx}}, Fill: tone})
}

// draw puts a drawing on a pen, moved by a way.
func (d Drawing) draw(p pen, by Point, tint func(Tone) color.NRGBA) {
	at := func(q Point) Point { return Point{q.X + by.X, q.Y + by.Y} }
	for _, s := range d.Shapes {
		switch {
		case s.Radius > 0:
			p.circle(at(s.Center), s.Radius, tint(s.Fill), tint(s.Line), s.Width)
		case len(s.Points) > 0:
			moved := make([]Point, len(s.Points))
			for i, q := range s.Points {
				moved[i] = at(q)
			}
			p.polygon(moved, tint(s.Fill))
		default:
			from, to := at(s.From), at(s.To)
			p.curve(from, from, to, to, tint(s.Line), s.Width, s.Dashed)
		}
	}
}

// say writes the words of a drawing on a pen.
func (d Drawing) write(p pen, by Point, l Letters) {
	for _, w := range d.Words {
		x, size, bold := w.X, float32(fontSizes[w.Font]), fontBold[w.Font]
		switch w.Align {
		case InMiddle:
			x = w.X + (w.W-l.Width(w.Font, w.Text))/2
		case AtRight:
			x = w.X + w.W - l.Width(w.Font, w.Text)
		}
		p.text(Point{x + by.X, w.Y + by.Y + w.H/2 + size*0.36}, size, bold, papers[w.Tone], w.Text)
	}
}

// Picture is the shapes of a drawing without its words, scale pixels to a unit, on nothing.
func (d Drawing) Picture(scale float32, tint func(Tone) color.NRGBA) *image.RGBA {
	p := &pixelPen{scale: scale, img: image.NewRGBA(image.Rect(0, 0, max(int(d.W*scale+0.5), 1), max(int(d.H*scale+0.5), 1)))}
	d.draw(p, Point{}, tint)
	return p.img
}

// NiceTicks are round numbers from low to high, at most so many, both ends within them or beyond.
func NiceTicks(low, high float64, most int) []float64 {
	if !(high > low) {
		high = low + 1
	}
	if math.IsInf(high-low, 0) || math.IsNaN(high-low) || most < 2 {
		return []float64{low, high}
	}
	step := math.Pow(10, math.Floor(math.Log10((high-low)/float64(most))))
	for _, f := range []float64{1, 2, 4, 5, 10, 20} {
		first, last := math.Floor(low/(f*step)+1e-9), math.Ceil(high/(f*step)-1e-9)
		if int(last-first)+1 > most {
			continue
		}
		ticks := make([]float64, 0, most)
		for n := first; n <= last; n++ {
			ticks = append(ticks, n*f*step+0) // never −0
		}
		return ticks
	}
	return []float64{low, high}
}
