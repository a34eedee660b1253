package chart

import (
	"math"
	"slices"
	"strconv"
)

// Point is a place on the sheet, in units from its upper left corner.
type Point struct{ X, Y float32 }

// Box is a rectangle on the sheet.
type Box struct{ X, Y, W, H float32 }

func (b Box) meets(o Box) bool {
	return b.X < o.X+o.W && o.X < b.X+b.W && b.Y < o.Y+o.H && o.Y < b.Y+b.H
}

func (b Box) holds(o Box) bool {
	return o.X >= b.X && o.Y >= b.Y && o.X+o.W <= b.X+b.W && o.Y+o.H <= b.Y+b.H
}

// Has says whether a point lies in the box.
func (b Box) Has(p Point) bool {
	return p.X >= b.X && p.X <= b.X+b.W && p.Y >= b.Y && p.Y <= b.Y+b.H
}

// Font is one of the kinds of letters of a chart.
type Font int

// The fonts.
const (
	NameFont   Font = iota // 12, bold
	NoteFont               // 11
	AxisFont               // 11
	TextFont               // 13
	LetterFont             // 11, bold
	QuietFont              // 12, in italics where there are any
)

// Letters measure texts: the window by its own fonts, the paper by the same ones.
type Letters struct {
	Scale float32                              // of everything that grows with the text
	Width func(font Font, text string) float32 // scaled already
}

// Heights of lines of letters, and the mark before the second line.
const (
	nameHeight, noteHeight = 16, 15
	markRoom               = 14
	labelGap               = 14 // from a disc to its words
	labelMost              = 150
	waitingDisc            = 32
	waitingRow             = 44
	waitingRows            = 3
	waitingHead            = 74 // from the left to the first who waits
	discGap                = 5
)

// Plan is where everything of a map lies on a sheet.
type Plan struct {
	Plot    Box     // where the placed stand
	Columns []Label // their X is that of the name; Line is that of the grid's line
	Rows    []Label
	People  []Spot
	Waiting Label // "Not placed yet"; no text where everybody is placed
	More    Label // "12 more in the list"
}

// Label is a text on the sheet.
type Label struct {
	Text string
	Box
	Line float32
}

// Spot is where a person's disc and words lie.
type Spot struct {
	Center Point
	Radius float32
	Words  Box    // the name over the note
	Name   string // cut to the room
	Note   string
	Said   bool // there is room for the words
	Hidden bool // no room even for the disc
}

// Lay lays a map out on a sheet of a size. on is who is looked at, by place in People, whose words are
// always said; -1 is nobody.
func (m Map) Lay(w, h float32, on int, letters Letters) Plan {
	p := Plan{People: make([]Spot, len(m.People))}
	p.frame(m, w, h, letters)
	p.spread(m, letters)
	p.wait(m, letters)
	p.Say(m, w, h, on, letters)
	return p
}

// frame places the grid and its names.
func (p *Plan) frame(m Map, w, h float32, l Letters) {
	k := l.Scale
	left, right, top, bottom := 44*k, 72*k, 32*k, 45*k
	if w < 720*k {
		left, right = 32*k, 32*k
	}
	bottom += p.below(m, w-left-right, k)
	p.Plot = Box{left, top, max(w-left-right, 1), max(h-top-bottom, 1)}
	for _, c := range m.Columns {
		x := left + p.Plot.W*c.At
		wide := l.Width(AxisFont, c.Name)
		at := min(max(x-wide/2, left), left+p.Plot.W-wide)
		p.Columns = append(p.Columns, Label{c.Name, Box{at, top + p.Plot.H + 7*k, wide, noteHeight * k}, x})
	}
	for _, r := range m.Rows {
		y := top + p.Plot.H*(1-r.At)
		p.Rows = append(p.Rows, Label{r.Name, Box{left + 8*k, y - noteHeight*k/2, l.Width(AxisFont, r.Name), noteHeight * k}, y})
	}
}

// below is the room for those who are not placed.
func (p *Plan) below(m Map, wide, k float32) float32 {
	n := m.waiting()
	if n == 0 {
		return 0
	}
	each := float32(waitingDisc+discGap) * k
	perRow := max(int((wide-waitingHead*k)/each), 1)
	rows := min((n+perRow-1)/perRow, waitingRows)
	return 12*k + float32(rows)*waitingRow*k
}

func (m Map) waiting() (n int) {
	for _, p := range m.People {
		if !p.Placed {
			n++
		}
	}
	return n
}

// spread finds where each disc stands: at its place, or, where others stand already, beside it.
func (p *Plan) spread(m Map, l Letters) {
	var order []int
	for i, who := range m.People {
		if who.Placed {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { // the mighty first
		switch {
		case m.People[a].Y > m.People[b].Y:
			return -1
		case m.People[a].Y < m.People[b].Y:
			return 1
		}
		return 0
	})
	for k, i := range order {
		who := m.People[i]
		r := who.Diameter() / 2 * l.Scale
		p.People[i] = Spot{Center: p.free(p.At(who.X, who.Y), r, order[:k]), Radius: r}
	}
}

// At is the point of a place of the map.
func (p *Plan) At(x, y float32) Point {
	return Point{p.Plot.X + p.Plot.W*clamp(x), p.Plot.Y + p.Plot.H*(1-clamp(y))}
}

// Place is the place of the map of a point; what lies outside counts as its edge.
func (p *Plan) Place(at Point) (x, y float32) {
	return clamp((at.X - p.Plot.X) / p.Plot.W), clamp(1 - (at.Y-p.Plot.Y)/p.Plot.H)
}

// free is the nearest point at which a disc lies on no other; where there is none, the least crowded.
func (p *Plan) free(want Point, r float32, others []int) Point {
	want = p.inside(want, r)
	best, room := want, float32(math.Inf(-1))
	reach := p.Plot.W / 9
	step := r / 2
	for ring := 0; float32(ring)*step <= reach; ring++ {
		for _, d := range around(ring) {
			at := p.inside(Point{want.X + d.X*step, want.Y + d.Y*step}, r)
			gap := p.gap(at, r, others)
			if gap >= discGap {
				return at
			}
			if gap > room {
				best, room = at, gap
			}
		}
	}
	return best
}

// around are the steps to look at a distance: sideways first, for a height says more than a column.
func around(ring int) []Point {
	if ring == 0 {
		return []Point{{}}
	}
	var steps []Point
	for _, degrees := range [...]float64{0, 180, 30, 150, -30, -150, 60, 120, -60, -120, 90, -90} {
		angle := degrees * math.Pi / 180
		steps = append(steps, Point{float32(ring) * float32(math.Cos(angle)), float32(ring) * float32(math.Sin(angle))})
	}
	return steps
}

// inside keeps a disc within the plot.
func (p *Plan) inside(at Point, r float32) Point {
	return Point{min(max(at.X, p.Plot.X+r), max(p.Plot.X+p.Plot.W-r, p.Plot.X+r)), min(max(at.Y, p.Plot.Y+r), max(p.Plot.Y+p.Plot.H-r, p.Plot.Y+r))}
}

// gap is how far a disc is from the nearest of others; less than nothing where they overlap.
func (p *Plan) gap(at Point, r float32, others []int) float32 {
	least := float32(math.Inf(1))
	for _, o := range others {
		s := p.People[o]
		least = min(least, far(at, s.Center)-r-s.Radius)
	}
	return least
}

func far(a, b Point) float32 {
	return float32(math.Hypot(float64(a.X-b.X), float64(a.Y-b.Y)))
}

// wait places those who are not placed, in rows beneath; of those with no room it says how many.
func (p *Plan) wait(m Map, l Letters) {
	if m.waiting() == 0 {
		return
	}
	k := l.Scale
	head := waitingHead * k
	top := p.Plot.Y + p.Plot.H + 34*k
	text := "Not placed"
	p.Waiting = Label{Text: text, Box: Box{p.Plot.X, top + (waitingRow*k-noteHeight*k)/2, l.Width(AxisFont, text), noteHeight * k}}
	r := float32(waitingDisc) / 2 * k
	x, y, row, roomy := p.Plot.X+head, top+waitingRow*k/2, 0, p.roomy(m, l)
	for i, who := range m.People {
		if who.Placed {
			continue
		}
		pitch := 2*r + discGap*k
		if roomy {
			pitch += labelGap*k + who.words(l)
		}
		if x+2*r > p.Plot.X+p.Plot.W {
			x, y, row = p.Plot.X+head, y+waitingRow*k, row+1
		}
		p.People[i] = Spot{Center: Point{x + r, y}, Radius: r, Hidden: row >= waitingRows}
		x += pitch
	}
	hidden := 0
	for _, s := range p.People {
		if s.Hidden {
			hidden++
		}
	}
	if hidden > 0 {
		text := thousands(hidden) + " more in the list"
		p.More = Label{Text: text, Box: Box{p.Plot.X + p.Plot.W - l.Width(AxisFont, text), p.Plot.Y + p.Plot.H + 22*k, l.Width(AxisFont, text), noteHeight * k}}
	}
}

// roomy says whether all who wait can stand in one row with their words.
func (p *Plan) roomy(m Map, l Letters) bool {
	sum := waitingHead * l.Scale
	for _, who := range m.People {
		if !who.Placed {
			sum += (waitingDisc+discGap+labelGap)*l.Scale + who.words(l)
		}
	}
	return sum <= p.Plot.W
}

// words is how wide the words of a person are.
func (p Person) words(l Letters) float32 {
	return min(max(l.Width(NameFont, p.Name), markRoom*l.Scale+l.Width(NoteFont, p.Note)), labelMost*l.Scale)
}

// Say finds where the words of each stand: at the right of the disc, else at its left, below or above,
// where they cover nothing; who is looked at comes first. Call it again after spots were moved.
func (p *Plan) Say(m Map, w, h float32, on int, l Letters) {
	k := l.Scale
	sheet := Box{2 * k, 2 * k, w - 4*k, h - 4*k}
	var taken []Box
	for _, s := range p.People {
		if !s.Hidden {
			taken = append(taken, Box{s.Center.X - s.Radius, s.Center.Y - s.Radius, 2 * s.Radius, 2 * s.Radius})
		}
	}
	for _, list := range [][]Label{p.Columns, p.Rows, {p.Waiting, p.More}} {
		for _, label := range list {
			taken = append(taken, label.Box)
		}
	}
	for _, i := range first(on, len(p.People)) {
		s, who := &p.People[i], m.People[i]
		s.Name, s.Note = cut(NameFont, who.Name, labelMost*k, l), cut(NoteFont, who.Note, labelMost*k-markRoom*k, l)
		wide := max(l.Width(NameFont, s.Name), markRoom*k+l.Width(NoteFont, s.Note))
		high := float32(nameHeight+noteHeight) * k
		c, r, gap := s.Center, s.Radius, labelGap*k
		s.Said = false
		for _, b := range []Box{{c.X + r + gap, c.Y - high/2, wide, high}, {c.X - r - gap - wide, c.Y - high/2, wide, high},
			{c.X - wide/2, c.Y + r + 5*k, wide, high}, {c.X - wide/2, c.Y - r - 5*k - high, wide, high}} {
			if !s.Hidden && sheet.holds(b) && !slices.ContainsFunc(taken, b.meets) {
				s.Words, s.Said = b, true
				break
			}
		}
		if !s.Said && i == on && !s.Hidden {
			b := Box{c.X + r + gap, c.Y - high/2, wide, high}
			if b.X+wide > w {
				b.X = c.X - r - gap - wide
			}
			s.Words, s.Said = b, true
		}
		if s.Said {
			taken = append(taken, s.Words)
		}
	}
}

// first are the numbers up to n, on before the others.
func first(on, n int) []int {
	list := make([]int, 0, n)
	if on >= 0 && on < n {
		list = append(list, on)
	}
	for i := range n {
		if i != on {
			list = append(list, i)
		}
	}
	return list
}

// cut shortens a text with an ellipsis to a width.
func cut(f Font, s string, width float32, l Letters) string {
	if l.Width(f, s) <= width {
		return s
	}
	letters := []rune(s)
	for n := len(letters) - 1; n > 0; n-- {
		if short := string(letters[:n]) + "…"; l.Width(f, short) <= width {
			return short
		}
	}
	return "…"
}

// With is the least box that holds both; an empty one holds nothing.
func (b Box) With(o Box) Box {
	if b == (Box{}) {
		return o
	}
	x, y := min(b.X, o.X), min(b.Y, o.Y)
	return Box{x, y, max(b.X+b.W, o.X+o.W) - x, max(b.Y+b.H, o.Y+o.H) - y}
}

// Room is the box that a line lies in.
func (p *Plan) Room(line Line) Box {
	const edge = 2
	a, _, _, b := p.Curve(line)
	x, y := min(a.X, b.X)-edge, min(a.Y, b.Y)-edge
	return Box{x, y, max(a.X, b.X) + edge - x, max(a.Y, b.Y) + edge - y}
}

// Curve is a line from the lower of two people up to the other, as a cubic Bézier curve: it leaves both
// upright.
func (p *Plan) Curve(line Line) (from, c1, c2, to Point) {
	from, to = p.People[line.From].Center, p.People[line.To].Center
	middle := (from.Y + to.Y) / 2
	return from, Point{from.X, middle}, Point{to.X, middle}, to
}

// Near is who stands nearest in a direction, of which dx or dy is 1 or -1; what lies aside counts
// double, and who stands more aside than ahead comes after all others. Without a current person it is
// the first, and where nobody stands there the current one.
func (p *Plan) Near(on, dx, dy int) int {
	if on < 0 || on >= len(p.People) {
		return min(0, len(p.People)-1)
	}
	const detour = 1e5 // more than any sheet is wide
	from := p.People[on].Center
	best, least := on, float32(math.Inf(1))
	for i, s := range p.People {
		x, y := s.Center.X-from.X, s.Center.Y-from.Y
		ahead, aside := x*float32(dx)+y*float32(dy), x*float32(dy)+y*float32(dx)
		if i == on || s.Hidden || ahead <= 0 {
			continue
		}
		aside = max(aside, -aside)
		cost := ahead + 2*aside
		if aside > 2*ahead {
			cost += detour
		}
		if cost < least {
			best, least = i, cost
		}
	}
	return best
}

// Under is who is at a point, by disc or words; -1 is nobody.
func (p *Plan) Under(at Point) int {
	for i := len(p.People) - 1; i >= 0; i-- {
		s := p.People[i]
		if !s.Hidden && (far(at, s.Center) <= s.Radius+3 || s.Said && s.Words.Has(at)) {
			return i
		}
	}
	return -1
}

func thousands(n int) string {
	if n < 1000 {
		return strconv.Itoa(n)
	}
	rest := strconv.Itoa(n % 1000)
	for len(rest) < 3 {
		rest = "0" + rest
	}
	return thousands(n/1000) + "," + rest
}
