package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Checkbox is a square that is ticked or not, with words behind it that may be "".
type Checkbox struct {
	press
	On       bool
	Text     string
	OnChange func(bool)
	square   *canvas.Rectangle
	ring     *canvas.Rectangle
	tick     *glyph
	label    *canvas.Text
}

// NewCheckbox returns a square of 16.
func NewCheckbox(text string, on bool, onChange func(bool)) *Checkbox {
	c := &Checkbox{Text: text, On: on, OnChange: onChange}
	c.begin(c, func() {
		c.Set(!c.On)
		if c.OnChange != nil {
			c.OnChange(c.On)
		}
	})
	return c
}

// Set ticks or clears the square without calling OnChange.
func (c *Checkbox) Set(on bool) {
	if c.On != on {
		c.On = on
		c.Refresh()
	}
}

// CreateRenderer draws square, tick and words.
func (c *Checkbox) CreateRenderer() fyne.WidgetRenderer {
	c.square, c.ring, c.label = box(5), newRing(), canvas.NewText("", nil)
	c.tick = newGlyph()
	return newFace(c, c.least, c.place, c.paint, c.ring, c.square, c.tick.Raster, c.label)
}

func (c *Checkbox) least() fyne.Size {
	if c.Text == "" {
		return fyne.NewSquareSize(16)
	}
	return fyne.NewSize(24+measure(Body, c.Text), lineHeight(Body))
}

func (c *Checkbox) paint() {
	edge := Ctl
	if c.hovered && !c.off {
		edge = Ink2
	}
	fill(c.square, Clear, edge, 1)
	if c.On {
		fill(c.square, Accent, Accent, 0)
	}
	if c.off {
		fill(c.square, Hover, Edge, 1)
	}
	c.tick.set("check", OnAccent)
	c.tick.Hidden = !c.On
	dress(c.label, Body, Ink)
	if c.off {
		c.tick.set("check", Ink3)
		c.label.Color = Color(Ink3)
	}
}

func (c *Checkbox) place(s fyne.Size) {
	y := (s.Height - 16) / 2
	put(c.square, 0, y, 16, 16)
	showRing(c.ring, c.focused, fyne.NewSquareSize(16), 5)
	c.ring.Move(fyne.NewPos(-4, y-4))
	put(c.tick, 2, y+2, 12, 12)
	c.label.Text = clip(Body, c.Text, max(s.Width-24, 0))
	h := c.label.MinSize().Height
	put(c.label, 24, (s.Height-h)/2, max(s.Width-24, 0), h)
}

// Toggle is a switch: it acts at once.
type Toggle struct {
	press
	On          bool
	OnChange    func(bool)
	track, ring *canvas.Rectangle
	knob        *canvas.Circle
}

// NewToggle returns a switch, 30 by 18.
func NewToggle(on bool, onChange func(bool)) *Toggle {
	t := &Toggle{On: on, OnChange: onChange}
	t.begin(t, func() {
		t.Set(!t.On)
		if t.OnChange != nil {
			t.OnChange(t.On)
		}
	})
	return t
}

// Set turns the switch without calling OnChange.
func (t *Toggle) Set(on bool) {
	if t.On != on {
		t.On = on
		t.Refresh()
	}
}

// CreateRenderer draws track and knob.
func (t *Toggle) CreateRenderer() fyne.WidgetRenderer {
	t.track, t.ring, t.knob = box(9), newRing(), canvas.NewCircle(nil)
	min := func() fyne.Size { return fyne.NewSize(30, 18) }
	place := func(s fyne.Size) {
		y := (s.Height - 18) / 2
		put(t.track, 0, y, 30, 18)
		showRing(t.ring, t.focused, fyne.NewSize(30, 18), 9)
		t.ring.Move(fyne.NewPos(-4, y-4))
		x := float32(2)
		if t.On {
			x = 14
		}
		put(t.knob, x, y+2, 14, 14)
	}
	paint := func() {
		fill(t.track, Ctl, Clear, 0)
		t.knob.FillColor = Color(Bg)
		if t.On {
			fill(t.track, Accent, Clear, 0)
			t.knob.FillColor = Color(OnAccent)
		}
		if t.off {
			fill(t.track, Edge, Clear, 0)
		}
	}
	return newFace(t, min, place, paint, t.ring, t.track, t.knob)
}

// Tick is the square of a list row: it can be tapped but takes no focus, since the row has it and
// Space ticks there.
type Tick struct {
	widget.BaseWidget
	OnTap func()
	box   *Checkbox
}

// NewTick returns a square of 16 for a row; onTap is called on a tap and changes nothing by itself.
func NewTick(onTap func()) *Tick {
	t := &Tick{OnTap: onTap, box: NewCheckbox("", false, nil)}
	t.ExtendBaseWidget(t)
	return t
}

// Set ticks or clears the square.
func (t *Tick) Set(on bool) {
	if t.box.On != on {
		t.box.On = on
		t.Refresh()
	}
}

// Tapped calls OnTap.
func (t *Tick) Tapped(*fyne.PointEvent) {
	if t.OnTap != nil {
		t.OnTap()
	}
}

// CreateRenderer draws the square.
func (t *Tick) CreateRenderer() fyne.WidgetRenderer {
	square := t.box.CreateRenderer().(*face)
	least := func() fyne.Size { return fyne.NewSquareSize(16) }
	return newFace(t, least, square.layout, square.paint, square.objects...)
}
