package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Overlay is a floating thing over a darkened page: palette, capture, question. One is open at a
// time; a tap beside it closes it.
type Overlay struct {
	widget.BaseWidget
	OnClose func()

	content fyne.CanvasObject
	width   float32
	canvas  fyne.Canvas
	before  fyne.Focusable
	frame   *canvas.Rectangle
	scrim   *canvas.Rectangle
	open    bool
}

// overlayTop is how far under the top of the window floating things begin.
const overlayTop = 96

// NewOverlay returns a floating frame of a width around content, not yet shown.
func NewOverlay(width float32, content fyne.CanvasObject) *Overlay {
	o := &Overlay{content: content, width: width, frame: box(14), scrim: box(0)}
	o.ExtendBaseWidget(o)
	return o
}

// Open shows the frame over a canvas, closing any other, and gives the focus to focus, which may
// be nil.
func (o *Overlay) Open(c fyne.Canvas, focus fyne.Focusable) {
	for _, other := range append([]fyne.CanvasObject{}, c.Overlays().List()...) {
		if f, ok := other.(*Overlay); ok {
			f.Close()
		}
	}
	o.canvas, o.before, o.open = c, c.Focused(), true
	c.Overlays().Add(o)
	o.Resize(c.Size())
	if focus != nil {
		c.Focus(focus)
	}
}

// Close takes the frame away, gives the focus back and calls OnClose. Closing twice is fine.
func (o *Overlay) Close() {
	if !o.open {
		return
	}
	o.open = false
	o.canvas.Overlays().Remove(o)
	if o.before != nil {
		o.canvas.Focus(o.before)
	}
	if o.OnClose != nil {
		o.OnClose()
	}
}

// IsOpen says whether the frame is shown.
func (o *Overlay) IsOpen() bool { return o.open }

// Relayout fits the frame to a content whose height changed.
func (o *Overlay) Relayout() { o.Refresh() }

// Tapped closes when the tap was beside the frame.
func (o *Overlay) Tapped(e *fyne.PointEvent) {
	p, s := o.frame.Position(), o.frame.Size()
	inside := e.Position.X >= p.X && e.Position.X <= p.X+s.Width && e.Position.Y >= p.Y && e.Position.Y <= p.Y+s.Height
	if !inside {
		o.Close()
	}
}

// CreateRenderer draws scrim and frame.
func (o *Overlay) CreateRenderer() fyne.WidgetRenderer {
	least := func() fyne.Size { return fyne.NewSize(min(o.width, 320), 120) }
	return newFace(o, least, o.place, o.paint, o.scrim, o.frame, o.content)
}

func (o *Overlay) paint() {
	fill(o.scrim, Scrim, Clear, 0)
	fill(o.frame, Raised, Edge, 1)
	o.frame.Shadow = canvas.Shadow{Color: Color(Shade), BlurRadius: 28, Offset: fyne.NewPos(0, 8)}
}

func (o *Overlay) place(s fyne.Size) {
	put(o.scrim, 0, 0, s.Width, s.Height)
	w := min(o.width, s.Width-32)
	h := HeightOf(o.content, w)
	top := float32(overlayTop)
	if top+h > s.Height-16 {
		top = max(s.Height-16-h, 16)
	}
	h = min(h, s.Height-32)
	x := (s.Width - w) / 2
	put(o.frame, x, top, w, h)
	put(o.content, x, top, w, h)
}

// DialogWidth is how wide dialogs and the capture are.
const DialogWidth = 556

// NewFact returns a row of a form or dialog: a label of a fixed width, what it says, and what can be
// done at the right (nil is nothing), over a hairline.
func NewFact(label string, what, right fyne.CanvasObject) fyne.CanvasObject {
	if right == nil {
		right = NewSpring()
	}
	row := NewColumns(8, []Col{Fixed(67), Flex(1), Fit()}, NewText(Small, label).In(Ink3).Bending(), what, right)
	return NewStack(0, NewPad(10, 0, 10, 0, row), NewHairline())
}
