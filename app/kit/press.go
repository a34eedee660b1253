package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// press is the common half of everything that can be pressed: hover, focus, Enter and Space, and
// the handing on of keys it has no use for.
type press struct {
	widget.BaseWidget
	self             fyne.CanvasObject
	act              func()
	hovered, focused bool
	off              bool

	// Tip is shown while the pointer rests on the part.
	Tip   string
	timer hint
}

func (p *press) begin(self fyne.Widget, act func()) {
	p.self, p.act = self, act
	p.ExtendBaseWidget(self)
}

func (p *press) Tapped(*fyne.PointEvent) { p.do() }

func (p *press) do() {
	if !p.off && p.act != nil {
		p.act()
	}
}

func (p *press) FocusGained() { p.focused = true; p.Refresh() }
func (p *press) FocusLost()   { p.focused = false; p.Refresh() }

func (p *press) MouseIn(*desktop.MouseEvent) {
	p.hovered = true
	p.Refresh()
	p.timer.wait(p.self, p.Tip)
}

func (p *press) MouseMoved(*desktop.MouseEvent) {}
func (p *press) MouseOut() {
	p.hovered = false
	p.Refresh()
	p.timer.end()
}

func (p *press) TypedRune(r rune) {
	if r != ' ' {
		strayRune(p.self, r)
	}
}

func (p *press) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		p.do()
	default:
		strayKey(p.self, e)
	}
}

// Disable turns the part off: it is shown pale and does nothing.
func (p *press) Disable() { p.turn(true) }

// Enable turns the part on again.
func (p *press) Enable() { p.turn(false) }

// Disabled says whether the part is off.
func (p *press) Disabled() bool { return p.off }

func (p *press) turn(off bool) {
	if p.off != off {
		p.off = off
		p.Refresh()
	}
}

// strayRune gives a rune that a part has no use for to the page's handler.
func strayRune(from fyne.CanvasObject, r rune) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(from); c != nil {
		if h := c.OnTypedRune(); h != nil {
			h(r)
		}
	}
}

// strayKey gives a key that a part has no use for to the page's handler.
func strayKey(from fyne.CanvasObject, e *fyne.KeyEvent) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(from); c != nil {
		if h := c.OnTypedKey(); h != nil {
			h(e)
		}
	}
}

// newRing returns the focus ring, hidden; draw it around a part of a radius with showRing.
func newRing() *canvas.Rectangle {
	r := box(0)
	r.Hide()
	return r
}

// showRing draws the ring 2 wide and 2 outside a size, or hides it.
func showRing(r *canvas.Rectangle, on bool, s fyne.Size, radius float32) {
	if !on {
		r.Hide()
		return
	}
	fill(r, Clear, Accent, 2)
	r.CornerRadius = radius + 4
	put(r, -4, -4, s.Width+8, s.Height+8)
	r.Show()
}
