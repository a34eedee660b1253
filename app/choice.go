package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"rapport/app/kit"
)

// choiceCard is one of few ways to go on: a card with an icon, what it is, a
// sentence and its key.
type choiceCard struct {
	widget.BaseWidget
	icon, title, text, key string
	do                     func()

	hovered, focused bool
	ground           *canvas.Rectangle
	tile             *canvas.Rectangle
	image            *kit.Icon
	row              fyne.CanvasObject
}

func newChoiceCard(icon, title, text, key string, do func()) *choiceCard {
	c := &choiceCard{icon: icon, title: title, text: text, key: key, do: do}
	c.ground, c.tile = canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	c.ground.CornerRadius, c.tile.CornerRadius = 10, 8
	c.image = kit.NewIcon(icon, 20, kit.Ink2)
	words := kit.NewStack(4, kit.NewText(kit.Heading, title).Bending(), kit.NewParagraph(kit.Body, kit.Ink2, text))
	c.row = kit.NewColumns(16, []kit.Col{kit.Fixed(44), kit.Flex(1), kit.Fit(), kit.Fixed(16)},
		kit.NewSpace(44), words, kit.NewKeyHint(key), kit.NewIcon("chevron-right", 16, kit.Ink2))
	c.ExtendBaseWidget(c)
	return c
}

// HeightFor is the height of the wrapped words with room around them.
func (c *choiceCard) HeightFor(width float32) float32 {
	return max(kit.HeightOf(c.row, width-36)+36, 80)
}

// CreateRenderer draws the card.
func (c *choiceCard) CreateRenderer() fyne.WidgetRenderer { return &choiceFace{c} }

func (c *choiceCard) Tapped(*fyne.PointEvent) { c.do() }

func (c *choiceCard) MouseIn(*desktop.MouseEvent)    { c.hovered = true; c.Refresh() }
func (c *choiceCard) MouseMoved(*desktop.MouseEvent) {}
func (c *choiceCard) MouseOut()                      { c.hovered = false; c.Refresh() }
func (c *choiceCard) FocusGained()                   { c.focused = true; c.Refresh() }
func (c *choiceCard) FocusLost()                     { c.focused = false; c.Refresh() }

// TypedRune hands letters on, so that the numbers of the choices work.
func (c *choiceCard) TypedRune(r rune) {
	if h := c.handlers(); h != nil && h.OnTypedRune() != nil && r != ' ' {
		h.OnTypedRune()(r)
	}
}

// TypedKey chooses with Enter and Space and hands on the rest.
func (c *choiceCard) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		c.do()
	default:
		if h := c.handlers(); h != nil && h.OnTypedKey() != nil {
			h.OnTypedKey()(e)
		}
	}
}

func (c *choiceCard) handlers() fyne.Canvas {
	return fyne.CurrentApp().Driver().CanvasForObject(c)
}

// choiceFace draws a choice.
type choiceFace struct{ c *choiceCard }

func (f *choiceFace) Destroy() {}

func (f *choiceFace) Objects() []fyne.CanvasObject {
	f.paint()
	return []fyne.CanvasObject{f.c.ground, f.c.row, f.c.tile, f.c.image}
}

func (f *choiceFace) MinSize() fyne.Size { return fyne.NewSize(300, 80) }

func (f *choiceFace) Layout(s fyne.Size) {
	c := f.c
	c.ground.Resize(s)
	c.row.Move(fyne.NewPos(18, 0))
	c.row.Resize(s.SubtractWidthHeight(36, 0))
	c.tile.Move(fyne.NewPos(18, (s.Height-44)/2))
	c.tile.Resize(fyne.NewSquareSize(44))
	c.image.Move(fyne.NewPos(30, (s.Height-20)/2))
	c.image.Resize(fyne.NewSquareSize(20))
}

func (f *choiceFace) Refresh() {
	f.paint()
	f.Layout(f.c.Size())
	for _, o := range []fyne.CanvasObject{f.c.ground, f.c.row, f.c.tile, f.c.image} {
		o.Refresh()
	}
}

func (f *choiceFace) paint() {
	c := f.c
	edge, stroke, tile, ink := kit.Edge, float32(1), kit.Hover, kit.Ink2
	switch {
	case c.focused:
		edge, stroke, tile, ink = kit.Accent, 2, kit.AccentSoft, kit.Accent
	case c.hovered:
		edge, tile, ink = kit.Accent, kit.AccentSoft, kit.Accent
	}
	c.ground.FillColor, c.ground.StrokeColor, c.ground.StrokeWidth = kit.Color(kit.Raised), kit.Color(edge), stroke
	c.tile.FillColor = kit.Color(tile)
	c.image.Tint = ink
}
