package kit

import (
	"image/color"
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Avatar is a person: initials in a disc of the colour of their side, or in a ring when never met.
type Avatar struct {
	widget.BaseWidget
	Initials string
	Side     Tone                // Ours, Customer, Third or Neutral
	Unmet    bool                // nobody of us has met them: a ring
	Lifted   bool                // on a selected row: the disc is the content ground
	Width    float32             // 20, 24, 28, 36 …
	ring     fyne.ThemeColorName // around the disc, "" for none
	disc     *canvas.Circle
	label    *canvas.Text
}

// NewAvatar returns the disc of a person of a side.
func NewAvatar(initials string, side Tone, width float32) *Avatar {
	a := &Avatar{Initials: initials, Side: side, Width: width}
	a.ExtendBaseWidget(a)
	return a
}

// NewUnmet returns the ring of somebody nobody of us has met.
func NewUnmet(initials string, width float32) *Avatar {
	a := NewAvatar(initials, Neutral, width)
	a.Unmet = true
	return a
}

// Set changes who is shown.
func (a *Avatar) Set(initials string, side Tone, unmet bool) {
	a.Initials, a.Side, a.Unmet = initials, side, unmet
	a.Refresh()
}

// Ring draws a ring of the colour of a band around the disc.
func (a *Avatar) Ring(b Band) {
	a.ring = bands[b].mark
	a.Refresh()
}

// CreateRenderer draws disc and initials.
func (a *Avatar) CreateRenderer() fyne.WidgetRenderer {
	a.disc, a.label = canvas.NewCircle(nil), canvas.NewText("", nil)
	a.label.Alignment = fyne.TextAlignCenter
	min := func() fyne.Size { return fyne.NewSquareSize(a.Width) }
	place := func(s fyne.Size) {
		x, y := (s.Width-a.Width)/2, (s.Height-a.Width)/2
		put(a.disc, x, y, a.Width, a.Width)
		h := a.label.MinSize().Height
		put(a.label, x, y+(a.Width-h)/2, a.Width, h)
	}
	return newFace(a, min, place, a.paint, a.disc, a.label)
}

func (a *Avatar) paint() {
	c := tones[a.Side]
	a.disc.FillColor, a.disc.StrokeWidth, a.disc.StrokeColor = Color(c.soft), 0, color.Transparent
	switch {
	case a.Unmet:
		a.disc.FillColor, a.disc.StrokeWidth, a.disc.StrokeColor = Color(Clear), 1, Color(Ctl)
	case a.Lifted:
		a.disc.FillColor = Color(Bg)
	}
	if a.ring != "" && !a.Unmet {
		a.disc.StrokeWidth, a.disc.StrokeColor = 2, Color(a.ring)
	}
	initialsIn(a.label, a.Initials, c.ink, a.Width)
}

// Tile is an account: initials on a rounded square.
type Tile struct {
	widget.BaseWidget
	Initials string
	Lifted   bool // on a selected row: the square is the content ground
	Width    float32
	ground   *canvas.Rectangle
	label    *canvas.Text
}

// NewTile returns the square of an account.
func NewTile(initials string, width float32) *Tile {
	t := &Tile{Initials: initials, Width: width}
	t.ExtendBaseWidget(t)
	return t
}

// Set changes which account is shown.
func (t *Tile) Set(initials string) { t.Initials = initials; t.Refresh() }

// CreateRenderer draws square and initials.
func (t *Tile) CreateRenderer() fyne.WidgetRenderer {
	t.ground, t.label = box(6), canvas.NewText("", nil)
	t.label.Alignment = fyne.TextAlignCenter
	min := func() fyne.Size { return fyne.NewSquareSize(t.Width) }
	place := func(s fyne.Size) {
		x, y := (s.Width-t.Width)/2, (s.Height-t.Width)/2
		put(t.ground, x, y, t.Width, t.Width)
		h := t.label.MinSize().Height
		put(t.label, x, y+(t.Width-h)/2, t.Width, h)
	}
	return newFace(t, min, place, t.paint, t.ground, t.label)
}

func (t *Tile) paint() {
	t.ground.CornerRadius = 6
	switch {
	case t.Width > 40:
		t.ground.CornerRadius = 10
	case t.Width < 24:
		t.ground.CornerRadius = 4
	}
	fill(t.ground, Hover, Clear, 0)
	if t.Lifted {
		fill(t.ground, Bg, Clear, 0)
	}
	initialsIn(t.label, t.Initials, Ink2, t.Width)
}

// initialsIn writes initials at the size that fits a disc or tile; it does not grow with the text
// scale, as the disc does not.
func initialsIn(label *canvas.Text, initials string, ink fyne.ThemeColorName, width float32) {
	dress(label, BodyBold, ink)
	label.Text = initials
	label.TextSize = initialSize(width)
}

func initialSize(width float32) float32 {
	switch {
	case width <= 20:
		return 9
	case width <= 24:
		return 10
	case width <= 32:
		return 11
	case width <= 40:
		return 13
	}
	return 15
}

// Initials returns up to two capitals for a name: of its first and last word.
func Initials(name string) string {
	words := strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' })
	switch len(words) {
	case 0:
		return "?"
	case 1:
		return capital(words[0])
	}
	return capital(words[0]) + capital(words[len(words)-1])
}

func capital(word string) string {
	for _, r := range word {
		return string(unicode.ToUpper(r))
	}
	return ""
}
