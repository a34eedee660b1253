package chart

import (
	"fmt"
	"image/color"
	"math"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"

	"rapport/assets"
)

// The sheet that a map is drawn on, in units, and the room of its parts.
const (
	sheetWidth, sheetHeight = 1120, 792
	paperTop                = 84
	paperFoot               = 56
	paperEdge               = 44
)

// Colours of the paper: those of the light window, on white.
var (
	white      = color.NRGBA{0xFF, 0xFF, 0xFF, 0xFF}
	hairColor  = color.NRGBA{0xE9, 0xE4, 0xDB, 0xFF}
	lineColor  = color.NRGBA{0xD2, 0xCB, 0xBE, 0xFF}
	ctlColor   = color.NRGBA{0x8A, 0x83, 0x76, 0xFF}
	inkColor   = color.NRGBA{0x23, 0x20, 0x1C, 0xFF}
	ink2Color  = color.NRGBA{0x57, 0x52, 0x4A, 0xFF}
	alertColor = color.NRGBA{0xAB, 0x38, 0x20, 0xFF}

	bandColors = map[Band]color.NRGBA{Unmet: ink2Color, Cold: {0x46, 0x67, 0xAB, 0xFF}, Cooling: {0x5A, 0x8F, 0xB4, 0xFF}, Warm: {0xB9, 0x79, 0x1A, 0xFF}}
	bandWords  = map[Band]string{Unmet: "Never met", Cold: "Cold", Cooling: "Cooling", Warm: "Warm"}
	sideColors = map[Side][2]color.NRGBA{
		Theirs:  {{0xF4, 0xE8, 0xF2, 0xFF}, {0x82, 0x40, 0x7B, 0xFF}},
		Partner: {{0xF0, 0xEA, 0xD9, 0xFF}, {0x6A, 0x5A, 0x36, 0xFF}},
		Ours:    {{0xE2, 0xEF, 0xEB, 0xFF}, {0x12, 0x68, 0x5A, 0xFF}},
	}
)

// pen draws on a sheet, in units from its upper left corner. A colour without
// alpha draws nothing.
type pen interface {
	rect(b Box, fill color.NRGBA)
	// circle is filled, and stroked where width is more than nothing.
	circle(at Point, radius float32, fill, stroke color.NRGBA, width float32)
	// polygon is filled.
	polygon(points []Point, fill color.NRGBA)
	curve(from, c1, c2, to Point, stroke color.NRGBA, width float32, dashed bool)
	// text stands on a base line; its size is that of the letters.
	text(at Point, size float32, bold bool, tint color.NRGBA, words string)
}

// faces are the letters of the paper.
type faces struct{ regular, bold *opentype.Font }

func readFaces() (f faces, err error) {
	if f.regular, err = opentype.Parse(assets.SansRegular); err != nil {
		return f, fmt.Errorf("letters: %w", err)
	}
	if f.bold, err = opentype.Parse(assets.SansBold); err != nil {
		return f, fmt.Errorf("letters: %w", err)
	}
	return f, nil
}

// face is the letters of a size, in pixels.
func (f faces) face(size float32, bold bool) (font.Face, error) {
	of := f.regular
	if bold {
		of = f.bold
	}
	return opentype.NewFace(of, &opentype.FaceOptions{Size: float64(size), DPI: 72, Hinting: font.HintingNone})
}

// fontSizes are the sizes of the letters of each Font, and fontBold which are bold.
var (
	fontSizes = [...]int{NameFont: 12, NoteFont: 11, AxisFont: 11, TextFont: 13, LetterFont: 11, QuietFont: 12}
	fontBold  = [...]bool{NameFont: true, LetterFont: true, QuietFont: false}
)

// letters measure texts as the paper shows them.
func (f faces) letters() (Letters, error) {
	var of [len(fontSizes)]font.Face
	var err error
	for kind, size := range fontSizes {
		if of[kind], err = f.face(float32(size), fontBold[kind]); err != nil {
			return Letters{}, err
		}
	}
	return Letters{Scale: 1, Width: func(kind Font, s string) float32 {
		return float32(font.MeasureString(of[kind], s)) / 64
	}}, nil
}

// draw puts the whole map on a sheet.
func (m Map) draw(p pen, l Letters) {
	p.rect(Box{0, 0, sheetWidth, sheetHeight}, white)
	p.text(Point{paperEdge, 46}, 20, true, inkColor, m.Title)
	p.text(Point{paperEdge, 68}, 12, false, ink2Color, m.Note)
	high := float32(sheetHeight - paperTop - paperFoot)
	plan := m.Lay(sheetWidth, high, -1, l)
	plan.down(paperTop)
	m.drawGrid(p, plan)
	for _, line := range m.Lines {
		if plan.People[line.From].Hidden || plan.People[line.To].Hidden {
			continue
		}
		tint := map[LineKind]color.NRGBA{Above: lineColor, Beside: ctlColor, Against: alertColor}[line.Is]
		from, c1, c2, to := plan.Curve(line)
		p.curve(from, c1, c2, to, tint, 1.5, line.Is != Above)
	}
	for i, who := range m.People {
		drawPerson(p, who, plan.People[i])
	}
	m.drawLegend(p, l)
}

// down moves everything of a plan down.
func (p *Plan) down(by float32) {
	p.Plot.Y += by
	for i := range p.Columns {
		p.Columns[i].Y += by
	}
	for i := range p.Rows {
		p.Rows[i].Y += by
	}
	for i := range p.People {
		p.People[i].Center.Y += by
		p.People[i].Words.Y += by
	}
	p.Waiting.Y += by
	p.More.Y += by
}

// base is how far under the top of a line of letters their base line is.
const base = 11.5

func (m Map) drawGrid(p pen, plan Plan) {
	b := plan.Plot
	for _, c := range plan.Columns {
		p.rect(Box{c.Line, b.Y, 1, b.H}, hairColor)
	}
	p.rect(Box{b.X, b.Y + b.H, b.W + 1, 1}, hairColor)
	for _, list := range [][]Label{plan.Columns, plan.Rows, {plan.Waiting, plan.More}} {
		for _, l := range list {
			p.text(Point{l.X, l.Y + base}, 11, false, ink2Color, l.Text)
		}
	}
}

func drawPerson(p pen, who Person, s Spot) {
	if s.Hidden {
		return
	}
	if s.Said {
		p.rect(Box{s.Words.X - 3, s.Words.Y - 2, s.Words.W + 6, s.Words.H + 4}, white)
		p.text(Point{s.Words.X, s.Words.Y + 12}, 12, true, inkColor, s.Name)
		drawBand(p, Point{s.Words.X + 5, s.Words.Y + nameHeight + 7.5}, who.Band)
		p.text(Point{s.Words.X + markRoom, s.Words.Y + nameHeight + base}, 11, false, ink2Color, s.Note)
	}
	soft, ink := sideColors[who.Side][0], sideColors[who.Side][1]
	if who.Band == Unmet {
		p.circle(s.Center, s.Radius-0.5, white, ctlColor, 1)
		ink = ink2Color
	} else {
		p.circle(s.Center, s.Radius-1, white, bandColors[who.Band], 2)
		p.circle(s.Center, s.Radius-4, soft, color.NRGBA{}, 0)
	}
	size := InitialSize(who.Diameter())
	p.text(Point{s.Center.X, s.Center.Y + size*0.36}, -size, true, ink, who.Initials)
}

// InitialSize is the size of the letters in a disc.
func InitialSize(diameter float32) float32 {
	switch {
	case diameter >= 50:
		return 17
	case diameter >= 45:
		return 13
	}
	return 11
}

// drawBand draws the mark of a band, 10 wide.
func drawBand(p pen, at Point, band Band) {
	tint, none := bandColors[band], color.NRGBA{}
	switch band {
	case Warm:
		p.circle(at, 5, tint, none, 0)
	case Cooling:
		p.polygon(leftHalf(at, 5), tint)
		p.circle(at, 4.25, none, tint, 1.5)
	case Cold:
		p.circle(at, 4.25, none, tint, 1.5)
	default:
		for i := range 8 {
			a := float64(i) * math.Pi / 4
			p.circle(Point{at.X + 4*float32(math.Sin(a)), at.Y - 4*float32(math.Cos(a))}, 0.8, tint, none, 0)
		}
	}
}

// leftHalf is the left half of a disc.
func leftHalf(at Point, radius float32) []Point {
	const steps = 24
	var points []Point
	for i := range steps + 1 {
		a := math.Pi/2 + math.Pi*float64(i)/steps
		points = append(points, Point{at.X + radius*float32(math.Cos(a)), at.Y + radius*float32(math.Sin(a))})
	}
	return points
}

// drawLegend says what rings and lines mean, of lines only those that there are.
func (m Map) drawLegend(p pen, l Letters) {
	y := float32(sheetHeight - 28)
	p.rect(Box{paperEdge, y - 24, sheetWidth - 2*paperEdge, 1}, hairColor)
	x := float32(paperEdge)
	for _, band := range []Band{Warm, Cooling, Cold, Unmet} {
		drawBand(p, Point{x + 5, y - 4}, band)
		p.text(Point{x + 16, y}, 11, false, ink2Color, bandWords[band])
		x += 16 + l.Width(AxisFont, bandWords[band]) + 22
	}
	for _, look := range []struct {
		is    LineKind
		words string
		tint  color.NRGBA
	}{{Above, "reports to", lineColor}, {Beside, "works with, knows or influences", ctlColor}, {Against, "at odds", alertColor}} {
		if !m.has(look.is) {
			continue
		}
		a, b := Point{x, y - 4}, Point{x + 26, y - 4}
		p.curve(a, a, b, b, look.tint, 1.5, look.is != Above)
		p.text(Point{x + 33, y}, 11, false, ink2Color, look.words)
		x += 33 + l.Width(AxisFont, look.words) + 22
	}
}

func (m Map) has(kind LineKind) bool {
	for _, l := range m.Lines {
		if l.Is == kind {
			return true
		}
	}
	return false
}
