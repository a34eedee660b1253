package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// ProgressBar is how much of something is done.
type ProgressBar struct {
	widget.BaseWidget
	Value       float32 // 0 to 1
	Height      float32
	track, done *canvas.Rectangle
}

// NewProgressBar returns a bar, 6 high and as wide as its room.
func NewProgressBar(value float32) *ProgressBar {
	p := &ProgressBar{Value: value, Height: 6}
	p.ExtendBaseWidget(p)
	return p
}

// Set changes the share that is done.
func (p *ProgressBar) Set(value float32) { p.Value = value; p.Refresh() }

// CreateRenderer draws the bar.
func (p *ProgressBar) CreateRenderer() fyne.WidgetRenderer {
	p.track, p.done = box(3), box(3)
	least := func() fyne.Size { return fyne.NewSize(40, p.Height) }
	place := func(s fyne.Size) {
		y := (s.Height - p.Height) / 2
		put(p.track, 0, y, s.Width, p.Height)
		put(p.done, 0, y, s.Width*min(max(p.Value, 0), 1), p.Height)
	}
	paint := func() {
		p.track.CornerRadius, p.done.CornerRadius = p.Height/2, p.Height/2
		fill(p.track, Hair, Clear, 0)
		fill(p.done, Accent, Clear, 0)
	}
	return newFace(p, least, place, paint, p.track, p.done)
}

// Ground is a rectangle of one colour behind or between things.
type Ground struct {
	widget.BaseWidget
	Tint      fyne.ThemeColorName
	Border    fyne.ThemeColorName
	Stroke    float32
	Radius    float32
	Shadow    bool
	least     fyne.Size
	content   fyne.CanvasObject
	top, side float32
	rect      *canvas.Rectangle
}

// NewGround returns a rectangle that fills its room.
func NewGround(tint fyne.ThemeColorName) *Ground { return newGround(&Ground{Tint: tint}) }

// NewHairline returns a line 1 high, as wide as its room.
func NewHairline() *Ground {
	return newGround(&Ground{Tint: Hair, least: fyne.NewSize(1, 1)})
}

// NewUpright returns a line 1 wide, as high as its room.
func NewUpright() *Ground {
	return newGround(&Ground{Tint: Hair, least: fyne.NewSize(1, 1)})
}

// NewSideBar returns the coloured edge of a quote or meeting, 3 wide and as high as its room.
func NewSideBar(tint fyne.ThemeColorName) *Ground {
	return newGround(&Ground{Tint: tint, Radius: 1.5, least: fyne.NewSize(3, 3)})
}

// NewCard returns content on a raised ground with a soft shadow, and free room around it.
func NewCard(padding float32, content fyne.CanvasObject) *Ground {
	return newGround(&Ground{Tint: Raised, Border: Hair, Stroke: 1, Radius: 10, Shadow: true,
		content: content, top: padding, side: padding})
}

// NewPanel returns content on a rectangle without shadow: radius 6, free room around it.
func NewPanel(tint fyne.ThemeColorName, top, side float32, content fyne.CanvasObject) *Ground {
	return newGround(&Ground{Tint: tint, Radius: 6, content: content, top: top, side: side})
}

func newGround(g *Ground) *Ground {
	g.ExtendBaseWidget(g)
	return g
}

// HeightFor returns the height of the content with its free room.
func (g *Ground) HeightFor(width float32) float32 {
	if g.content == nil {
		return g.least.Height
	}
	return HeightOf(g.content, width-2*g.side) + 2*g.top
}

// CreateRenderer draws the rectangle under its content.
func (g *Ground) CreateRenderer() fyne.WidgetRenderer {
	g.rect = box(g.Radius)
	objects := []fyne.CanvasObject{g.rect}
	if g.content != nil {
		objects = append(objects, g.content)
	}
	return newFace(g, g.leastSize, g.place, g.paint, objects...)
}

func (g *Ground) naturalWidth() float32 {
	if g.content == nil {
		return g.least.Width
	}
	return natural(g.content) + 2*g.side
}

func (g *Ground) leastSize() fyne.Size {
	if g.content == nil {
		return g.least
	}
	return g.content.MinSize().AddWidthHeight(2*g.side, 2*g.top)
}

func (g *Ground) place(s fyne.Size) {
	put(g.rect, 0, 0, s.Width, s.Height)
	if g.content != nil {
		put(g.content, g.side, g.top, s.Width-2*g.side, s.Height-2*g.top)
	}
}

func (g *Ground) paint() {
	border := g.Border
	if border == "" {
		border = Clear
	}
	fill(g.rect, g.Tint, border, g.Stroke)
	g.rect.CornerRadius = g.Radius
	if g.Shadow {
		g.rect.Shadow = canvas.Shadow{Color: Color(ShadeSoft), BlurRadius: 10, Offset: fyne.NewPos(0, 2)}
	}
}

// NewInfoBox returns a sentence in a soft rectangle of a tone, with the icon that says what it is.
// A neutral box stands on the hover ground with text ink.
func NewInfoBox(tone Tone, icon, text string) *Ground {
	c := tones[tone]
	ink := c.ink
	if tone == Neutral {
		ink = Ink
	}
	words := NewParagraph(Small, ink, text)
	row := NewColumns(12, []Col{Fixed(16), Flex(1)}, NewIcon(icon, 16, c.ink), words)
	return NewPanel(c.soft, 9, 12, row)
}

// SectionHead is the heading of a section: words, how many, and at the right a note or a link,
// over a hairline.
type SectionHead struct {
	widget.BaseWidget
	Role  Role // Heading in the main column, BodyBold in a pane
	title *Line
	right fyne.CanvasObject
	rule  *Ground
	words [2]string
}

// NewSectionHead returns a heading; count may be "", right nil.
func NewSectionHead(role Role, text, count string, right fyne.CanvasObject) *SectionHead {
	h := &SectionHead{Role: role, right: right, rule: NewHairline(), title: NewLine().Bending()}
	if right == nil {
		h.right = NewSpring()
	}
	h.words = [2]string{text, count}
	h.title.Spans = h.spans()
	h.ExtendBaseWidget(h)
	return h
}

// NewNote returns small grey words for the right end of a heading.
func NewNote(text string) *Text { return NewText(Small, text).In(Ink3) }

// Set changes words and count.
func (h *SectionHead) Set(text, count string) {
	h.words = [2]string{text, count}
	h.title.Set(h.spans()...)
}

func (h *SectionHead) spans() []Span {
	s := []Span{{Text: h.words[0], Role: h.Role}}
	if h.words[1] != "" {
		s = append(s, Span{Text: h.words[1], Role: Small, Tint: Ink3, Gap: 9})
	}
	return s
}

// HeightFor is one height for all headings, so that columns stay level.
func (h *SectionHead) HeightFor(float32) float32 { return lineHeight(h.Role) + 15 }

// CreateRenderer draws the heading.
func (h *SectionHead) CreateRenderer() fyne.WidgetRenderer {
	row := NewSpread(12, h.title, h.right)
	least := func() fyne.Size { return fyne.NewSize(40, h.HeightFor(0)) }
	place := func(s fyne.Size) {
		put(row, 0, 0, s.Width, s.Height-8)
		put(h.rule, 0, s.Height-1, s.Width, 1)
	}
	return newFace(h, least, place, nil, row, h.rule)
}
