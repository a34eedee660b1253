package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Version is one of several values that stand side by side.
type Version struct {
	Initials  string
	Icon      string // in place of a person, where nobody in particular wrote it
	Tone      Tone   // the side of whoever wrote it
	Who, When string
	Value     string
	Note      string // a second, smaller line; "" is none
}

// Versions shows the versions of one thing as cards of which one is chosen. Left and
// Right choose another, Enter or a tap on the chosen one takes it. Where the cards
// would be too narrow they stand below each other. It is a Flow.
type Versions struct {
	press
	On     int
	OnTake func(i int)
	OnMove func(i int)
	// OnRune hears letters and digits; true means it was used, else the page gets it.
	OnRune func(r rune) bool

	list  []Version
	cards []*versionCard
}

// versionLeast is how narrow a card may be beside another, versionGap the room
// between two.
const versionLeast, versionGap = 190, 10

// NewVersions returns the cards; on is the index of the one that is chosen.
func NewVersions(list []Version, on int, onTake func(i int)) *Versions {
	v := &Versions{On: on, OnTake: onTake, list: list}
	for i := range list {
		v.cards = append(v.cards, newVersionCard(list[i]))
	}
	v.begin(v, func() { v.take(v.On) })
	return v
}

func (v *Versions) take(i int) {
	if v.OnTake != nil && i >= 0 && i < len(v.list) {
		v.OnTake(i)
	}
}

// Choose makes another card the chosen one.
func (v *Versions) Choose(i int) {
	if i < 0 || i >= len(v.list) || i == v.On {
		return
	}
	v.On = i
	v.Refresh()
	if v.OnMove != nil {
		v.OnMove(i)
	}
}

// Tapped chooses the card under the pointer; the chosen one is taken.
func (v *Versions) Tapped(e *fyne.PointEvent) {
	for i, c := range v.cards {
		p, s := c.Position(), c.Size()
		if e.Position.X < p.X || e.Position.X > p.X+s.Width || e.Position.Y < p.Y || e.Position.Y > p.Y+s.Height {
			continue
		}
		if i == v.On {
			v.take(i)
		} else {
			v.Choose(i)
		}
		return
	}
}

// TypedKey moves with Left, Right, Up and Down.
func (v *Versions) TypedKey(e *fyne.KeyEvent) {
	switch {
	case e.Name == fyne.KeyLeft && v.On > 0:
		v.Choose(v.On - 1)
	case e.Name == fyne.KeyRight && v.On < len(v.list)-1:
		v.Choose(v.On + 1)
	case e.Name == fyne.KeyLeft, e.Name == fyne.KeyRight:
	default:
		v.press.TypedKey(e)
	}
}

// TypedRune gives letters and digits to OnRune first.
func (v *Versions) TypedRune(r rune) {
	if v.OnRune == nil || !v.OnRune(r) {
		v.press.TypedRune(r)
	}
}

// abreast says whether the cards fit side by side.
func (v *Versions) abreast(width float32) bool {
	n := float32(len(v.cards))
	return (width-versionGap*(n-1))/n >= Scaled(versionLeast)
}

// HeightFor is the height of the highest card, or of all below each other.
func (v *Versions) HeightFor(width float32) float32 {
	if len(v.cards) == 0 {
		return 0
	}
	h, all := float32(0), float32(0)
	w := v.cardWidth(width)
	for _, c := range v.cards {
		one := HeightOf(c, w)
		h, all = max(h, one), all+one+versionGap
	}
	if v.abreast(width) {
		return h
	}
	return all - versionGap
}

func (v *Versions) cardWidth(width float32) float32 {
	if !v.abreast(width) {
		return width
	}
	n := float32(len(v.cards))
	return (width - versionGap*(n-1)) / n
}

// CreateRenderer lays the cards out.
func (v *Versions) CreateRenderer() fyne.WidgetRenderer {
	var objects []fyne.CanvasObject
	for _, c := range v.cards {
		objects = append(objects, c)
	}
	least := func() fyne.Size { return fyne.NewSize(Scaled(versionLeast), 0) }
	place := func(s fyne.Size) {
		w, abreast := v.cardWidth(s.Width), v.abreast(s.Width)
		x, y := float32(0), float32(0)
		for _, c := range v.cards {
			h := s.Height
			if !abreast {
				h = HeightOf(c, w)
			}
			put(c, x, y, w, h)
			if abreast {
				x += w + versionGap
			} else {
				y += h + versionGap
			}
		}
	}
	paint := func() {
		for i, c := range v.cards {
			c.set(i == v.On, i == v.On && v.focused)
		}
	}
	return newFace(v, least, place, paint, objects...)
}

// versionCard is one version in its frame.
type versionCard struct {
	widget.BaseWidget
	on, focused bool
	frame, ring *canvas.Rectangle
	radio, dot  *canvas.Circle
	content     *Pad
}

// radioSide is the size of the mark of the chosen card.
const radioSide = 16

func newVersionCard(v Version) *versionCard {
	c := &versionCard{}
	var face fyne.CanvasObject = NewAvatar(v.Initials, v.Tone, 22)
	if v.Icon != "" {
		face = NewIcon(v.Icon, 18, tones[v.Tone].ink)
	}
	who := NewColumns(8, []Col{Fixed(22), Flex(1), Fixed(radioSide)}, face,
		NewLine(Span{Text: v.Who, Role: BodyBold}, Span{Text: v.When, Role: Small, Tint: Ink2, Gap: 7}).Bending(), NewSpring())
	words := []fyne.CanvasObject{who, NewSpace(4), NewParagraph(Body, Ink, v.Value).AtMost(8)}
	if v.Note != "" {
		words = append(words, NewParagraph(Small, Ink2, v.Note).AtMost(2))
	}
	c.content = NewPad(10, 12, 11, 12, NewStack(2, words...))
	c.ExtendBaseWidget(c)
	return c
}

func (c *versionCard) set(on, focused bool) {
	if c.on != on || c.focused != focused {
		c.on, c.focused = on, focused
		c.Refresh()
	}
}

// HeightFor is the height of the words with the room around them.
func (c *versionCard) HeightFor(width float32) float32 { return c.content.HeightFor(width) }

// CreateRenderer draws frame, mark and words.
func (c *versionCard) CreateRenderer() fyne.WidgetRenderer {
	c.frame, c.ring = box(8), newRing()
	c.radio, c.dot = canvas.NewCircle(nil), canvas.NewCircle(nil)
	least := func() fyne.Size { return c.content.MinSize() }
	place := func(s fyne.Size) {
		put(c.frame, 0, 0, s.Width, s.Height)
		showRing(c.ring, c.focused, s, 8)
		put(c.content, 0, 0, s.Width, s.Height)
		put(c.radio, s.Width-12-radioSide, 13, radioSide, radioSide)
		put(c.dot, s.Width-12-radioSide+5, 18, radioSide-10, radioSide-10)
	}
	paint := func() {
		edge, stroke := Edge, float32(1)
		if c.on {
			edge, stroke = Accent, 2
		}
		fill(c.frame, Raised, edge, stroke)
		c.radio.FillColor, c.radio.StrokeColor, c.radio.StrokeWidth = Color(Clear), Color(Ctl), 1
		if c.on {
			c.radio.FillColor, c.radio.StrokeColor = Color(Accent), Color(Accent)
		}
		c.dot.FillColor, c.dot.Hidden = Color(Raised), !c.on
	}
	return newFace(c, least, place, paint, c.ring, c.frame, c.content, c.radio, c.dot)
}
