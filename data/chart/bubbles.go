package chart

import (
	"math"
	"slices"
)

// Bubbles are things by two figures, each as large as a third, with arrows to where they are meant to
// be.
type Bubbles struct {
	Title, Note string
	X, Y        Scale
	Corners     [4]string // words in the upper left, upper right, lower left and lower right
	Points      []Bubble  // the largest first
	On          int       // who is looked at, -1 for nobody
}

// Scale is an axis.
type Scale struct {
	Name  string
	Ticks []ScaleTick // ascending; the axis goes from the first to the last
	Zero  bool        // the line at 0 stands out
}

// ScaleTick is a named place of an axis.
type ScaleTick struct {
	At   float64
	Name string
}

// share is how far along the axis a figure lies, 0 to 1 for what is on it.
func (s Scale) share(x float64) float32 {
	if len(s.Ticks) < 2 {
		return 0.5
	}
	low, high := s.Ticks[0].At, s.Ticks[len(s.Ticks)-1].At
	if !(high > low) {
		return 0.5
	}
	return float32((x - low) / (high - low))
}

// Bubble is one thing.
type Bubble struct {
	Key, Name, Letter string
	X, Y, Size        float64
	Goal              bool // there is an arrow to ToX, ToY
	ToX, ToY          float64
	Loss              bool
}

// The sizes of discs, and from how many on most are dots only.
const (
	mostRadius, leastRadius = 28, 9
	dotRadius               = 3
	allDiscs, someDiscs     = 80, 40
	bubbleName              = 132 // how wide a name is at most
)

// BubblePlan is where everything of bubbles lies.
type BubblePlan struct {
	Drawing
	Plot  Box
	Spots []BubbleSpot // as Points
}

// BubbleSpot is where one thing lies.
type BubbleSpot struct {
	Center Point
	Radius float32
	Said   bool // its name is written
	Name   Box
}

// Head is the title and the note.
func (b Bubbles) Head() (title, note string) { return b.Title, b.Note }

// Draw is Lay without the places.
func (b Bubbles) Draw(w, h float32, l Letters) Drawing { return b.Lay(w, h, l).Drawing }

// Lay lays bubbles out. Names are written where they cover nothing, that of who is looked at always.
func (b Bubbles) Lay(w, h float32, l Letters) BubblePlan {
	p := BubblePlan{Drawing: Drawing{W: w, H: h}, Spots: make([]BubbleSpot, len(b.Points))}
	p.axes(b, l)
	b.place(&p, l.Scale)
	b.arrows(&p, l.Scale)
	b.discs(&p, l)
	b.names(&p, l)
	return p
}

func (p *BubblePlan) axes(b Bubbles, l Letters) {
	k := l.Scale
	left := 24 * k
	for _, t := range b.Y.Ticks {
		left = max(left, l.Width(AxisFont, t.Name)+10*k)
	}
	top, bottom := 36*k, 56*k
	p.Plot = Box{left, top, max(p.W-left-(mostRadius+2)*k, 1), max(p.H-top-bottom, 1)}
	plot := p.Plot
	p.say(b.Y.Name, Box{left, 4 * k, plot.W, 16 * k}, NoteFont, Ink2, AtLeft)
	p.say(b.X.Name, Box{left, p.H - 20*k, plot.W, 16 * k}, NoteFont, Ink2, InMiddle)
	for _, t := range b.Y.Ticks {
		y := plot.Y + plot.H*(1-b.Y.share(t.At))
		tone := Hair
		if t.At == 0 && b.Y.Zero {
			tone = Edge
		}
		p.line(Point{plot.X, y}, Point{plot.X + plot.W, y}, tone, 1, false)
		p.say(t.Name, Box{0, y - 8*k, left - 8*k, 16 * k}, AxisFont, Ink2, AtRight)
	}
	for i, t := range b.X.Ticks {
		x := plot.X + plot.W*b.X.share(t.At)
		if i > 0 && i < len(b.X.Ticks)-1 {
			p.line(Point{x, plot.Y}, Point{x, plot.Y + plot.H}, Hair, 1, false)
		}
		p.say(t.Name, Box{x - 30*k, plot.Y + plot.H + 8*k, 60 * k, 16 * k}, AxisFont, Ink2, InMiddle)
	}
	for i, words := range b.Corners {
		at, align := Box{plot.X + 14*k, plot.Y + 10*k, plot.W/2 - 20*k, 16 * k}, AtLeft
		if i%2 == 1 {
			at.X, align = plot.X+plot.W/2+6*k, AtRight
		}
		if i >= 2 {
			at.Y = plot.Y + plot.H - 26*k
		}
		p.say(words, at, QuietFont, Ink3, align)
	}
}

func (p *BubblePlan) at(b Bubbles, x, y float64) Point {
	return Point{p.Plot.X + p.Plot.W*clamp(b.X.share(x)), p.Plot.Y + p.Plot.H*(1-clamp(b.Y.share(y)))}
}

// place finds how large each is, and where. Of many only the largest are discs.
func (b Bubbles) place(p *BubblePlan, k float32) {
	largest := 0.0
	for _, one := range b.Points {
		largest = max(largest, one.Size)
	}
	most, discs := float32(mostRadius), len(b.Points)
	if discs > allDiscs {
		most, discs = 20, someDiscs
	}
	for i, one := range b.Points {
		r := float32(dotRadius)
		if i < discs || i == b.On {
			r = leastRadius
			if largest > 0 {
				r = max(leastRadius, most*float32(math.Sqrt(max(one.Size, 0)/largest)))
			}
		}
		p.Spots[i] = BubbleSpot{Center: p.at(b, one.X, one.Y), Radius: r * k}
	}
}

// arrows go from the edge of a disc to where it is meant to be. Of many only who is looked at has one.
func (b Bubbles) arrows(p *BubblePlan, k float32) {
	for i, one := range b.Points {
		if !one.Goal || len(b.Points) > allDiscs && i != b.On {
			continue
		}
		s, to := p.Spots[i], p.at(b, one.ToX, one.ToY)
		long := far(s.Center, to)
		if long <= s.Radius+6*k {
			continue
		}
		from := Point{s.Center.X + (to.X-s.Center.X)/long*s.Radius, s.Center.Y + (to.Y-s.Center.Y)/long*s.Radius}
		p.arrow(from, to, Ink2, k)
	}
}

// discs are drawn the smallest last, who is looked at over all.
func (b Bubbles) discs(p *BubblePlan, l Letters) {
	draw := func(i int) {
		one, s := b.Points[i], p.Spots[i]
		fill, line := AccentSoft, Accent
		if one.Loss {
			fill, line = AlarmSoft, Alarm
		}
		if s.Radius < leastRadius*l.Scale {
			if !one.Loss {
				line = Control
			}
			p.disc(s.Center, s.Radius, line, NoTone, 0)
			return
		}
		width := 1.5 * l.Scale
		if i == b.On {
			width = 2.5 * l.Scale
		}
		p.disc(s.Center, s.Radius, fill, line, width)
		p.say(one.Letter, Box{s.Center.X - s.Radius, s.Center.Y - 8*l.Scale, 2 * s.Radius, 16 * l.Scale}, LetterFont, line, InMiddle)
	}
	dots := len(b.Points) // those behind are dots, which lie under the discs
	for i, s := range p.Spots {
		if s.Radius < leastRadius*l.Scale {
			dots = i
			break
		}
	}
	for i := dots; i < len(b.Points); i++ {
		if i != b.On {
			draw(i)
		}
	}
	for i := range dots {
		if i != b.On {
			draw(i)
		}
	}
	if b.On >= 0 && b.On < len(b.Points) {
		draw(b.On)
	}
}

// names are written under discs, else above, right or left, where they cover nothing.
func (b Bubbles) names(p *BubblePlan, l Letters) {
	k := l.Scale
	taken := make([]Box, 0, 2*len(b.Points))
	for i, s := range p.Spots {
		if s.Radius >= leastRadius*k || i == b.On {
			taken = append(taken, Box{s.Center.X - s.Radius, s.Center.Y - s.Radius, 2 * s.Radius, 2 * s.Radius})
		}
	}
	arrows := p.alongLines(k)
	for _, w := range p.Words {
		if w.Font == QuietFont || w.Font == AxisFont {
			wide := l.Width(w.Font, w.Text)
			at := w.Box
			if w.Align == AtRight {
				at.X += at.W - wide
			}
			at.W = min(wide, w.W)
			taken = append(taken, at)
		}
	}
	for _, i := range first(b.On, len(b.Points)) {
		s := &p.Spots[i]
		if s.Radius < leastRadius*k && i != b.On {
			continue
		}
		name := cut(NameFont, b.Points[i].Name, bubbleName*k, l)
		wide, high, c, r := l.Width(NameFont, name), 16*k, s.Center, s.Radius
		options := []Box{{c.X - wide/2, c.Y + r + 3*k, wide, high}, {c.X - wide/2, c.Y - r - 3*k - high, wide, high}, {c.X + r + 5*k, c.Y - high/2, wide, high}, {c.X - r - 5*k - wide, c.Y - high/2, wide, high}}
		sheet, avoided := Box{0, 0, p.W, p.H}, [][]Box{arrows, nil} // a name on an arrow is better than none
		if i == b.On {                                              // at its left stands what is said of it
			options, avoided = []Box{options[2], options[0], options[1]}, [][]Box{nil}
		}
		for _, under := range avoided {
			for _, at := range options {
				if !s.Said && sheet.holds(at) && !slices.ContainsFunc(taken, at.meets) && !slices.ContainsFunc(under, at.meets) {
					s.Name, s.Said = at, true
				}
			}
		}
		if !s.Said && i == b.On {
			s.Name, s.Said = options[0], true
			s.Name.X = min(max(s.Name.X, 0), max(p.W-wide, 0))
		}
		if s.Said {
			taken = append(taken, s.Name)
			if len(b.Points) > allDiscs { // it may lie on dots
				p.bar(Box{s.Name.X - 3*k, s.Name.Y, s.Name.W + 6*k, s.Name.H}, 4*k, Ground)
			}
			p.say(name, s.Name, NameFont, Ink, AtLeft)
		}
	}
}

// alongLines are small boxes along the arrows.
func (p *BubblePlan) alongLines(k float32) (boxes []Box) {
	for _, s := range p.Shapes {
		if s.Line != Ink2 || s.Radius > 0 {
			continue
		}
		step := 6 * k
		n := int(far(s.From, s.To) / step)
		for i := range n + 1 {
			part := float32(i) / float32(max(n, 1))
			boxes = append(boxes, Box{s.From.X + (s.To.X-s.From.X)*part - 2*k, s.From.Y + (s.To.Y-s.From.Y)*part - 2*k, 4 * k, 4 * k})
		}
	}
	return boxes
}

// Under is who is at a point, the smallest of those there; -1 is nobody.
func (p BubblePlan) Under(at Point) int {
	best := -1
	for i, s := range p.Spots {
		if (far(at, s.Center) <= s.Radius+3 || s.Said && s.Name.Has(at)) && (best < 0 || s.Radius <= p.Spots[best].Radius) {
			best = i
		}
	}
	return best
}

// Near is who lies nearest in a direction; see Plan.Near.
func (p BubblePlan) Near(on, dx, dy int) int {
	people := Plan{People: make([]Spot, len(p.Spots))}
	for i, s := range p.Spots {
		people.People[i].Center = s.Center
	}
	return people.Near(on, dx, dy)
}
