package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
)

// Chip is a filter that is on or off, with how many it shows; or one that opens a menu.
type Chip struct {
	press
	Icon, Text, Count string
	On                bool
	Menu              bool // shows a chevron
	OnTap             func()

	ground, ring   *canvas.Rectangle
	image, chevron *glyph
	label, count   *canvas.Text
}

// NewChip returns a filter; count may be "".
func NewChip(text, count string, on bool, onTap func()) *Chip {
	c := &Chip{Text: text, Count: count, On: on, OnTap: onTap}
	c.begin(c, func() {
		if c.OnTap != nil {
			c.OnTap()
		}
	})
	return c
}

// NewMenuChip returns a filter that opens a menu.
func NewMenuChip(text string, onTap func()) *Chip {
	c := NewChip(text, "", false, onTap)
	c.Menu = true
	return c
}

// WithIcon puts an icon before the text.
func (c *Chip) WithIcon(name string) *Chip { c.Icon = name; return c }

// Set changes text, count and state.
func (c *Chip) Set(text, count string, on bool) {
	if c.Text != text || c.Count != count || c.On != on {
		c.Text, c.Count, c.On = text, count, on
		c.Refresh()
	}
}

// CreateRenderer draws the chip.
func (c *Chip) CreateRenderer() fyne.WidgetRenderer {
	c.ground, c.ring = box(12), newRing()
	c.image, c.chevron = newGlyph(), newGlyph()
	c.label, c.count = canvas.NewText("", nil), canvas.NewText("", nil)
	return newFace(c, c.least, c.place, c.paint, c.ring, c.ground, c.image.Raster, c.label, c.count, c.chevron.Raster)
}

const chipPad = 9

func (c *Chip) least() fyne.Size {
	w := measure(Small, c.Text) + 2*chipPad
	if c.Icon != "" {
		w += 14 + 5
	}
	if c.Count != "" {
		w += 5 + measure(Small, c.Count)
	}
	if c.Menu {
		w += 5 + 12
	}
	return fyne.NewSize(w, Scaled(24))
}

func (c *Chip) paint() {
	ground, edge, ink, count := Bg, Edge, Ink2, Ink3
	switch {
	case c.On:
		ground, edge, ink, count = AccentSoft, Clear, Accent, Accent
	case c.hovered:
		ground = Hover
	}
	fill(c.ground, ground, edge, 1)
	dress(c.label, Small, ink)
	dress(c.count, Small, count)
	c.label.Text, c.count.Text = c.Text, c.Count
	c.image.Hidden, c.chevron.Hidden = c.Icon == "", !c.Menu
	c.image.set(c.Icon, ink)
	c.chevron.set("chevron-down", Ink3)
}

func (c *Chip) place(s fyne.Size) {
	h := min(Scaled(24), s.Height)
	top := (s.Height - h) / 2
	c.ground.CornerRadius = h / 2
	put(c.ground, 0, top, s.Width, h)
	showRing(c.ring, c.focused, s, h/2)
	x := float32(chipPad)
	if c.Icon != "" {
		put(c.image, x, top+(h-14)/2, 14, 14)
		x += 19
	}
	lh := c.label.MinSize().Height
	put(c.label, x, (s.Height-lh)/2, measure(Small, c.Text), lh)
	x += measure(Small, c.Text) + 5
	put(c.count, x, (s.Height-lh)/2, measure(Small, c.Count), lh)
	put(c.chevron, s.Width-chipPad-12, top+(h-12)/2+0.5, 12, 12)
}

// Segmented is a row of choices of which one is on. Left and Right change it.
type Segmented struct {
	press
	Choices  []string
	On       int
	OnChange func(int)

	frame, lit, ring *canvas.Rectangle
	labels           []*canvas.Text
	rules            []*canvas.Rectangle
}

var _ desktop.Cursorable = (*Button)(nil)

// NewSegmented returns the choices; on is the index of the one that is chosen.
func NewSegmented(choices []string, on int, onChange func(int)) *Segmented {
	s := &Segmented{Choices: choices, On: on, OnChange: onChange}
	s.begin(s, func() { s.choose((s.On + 1) % len(s.Choices)) })
	return s
}

// Tapped chooses what lies under the pointer.
func (s *Segmented) Tapped(e *fyne.PointEvent) {
	x := float32(0)
	for i := range s.Choices {
		x += s.width(i)
		if e.Position.X < x {
			s.choose(i)
			return
		}
	}
}

// TypedKey moves with Left and Right.
func (s *Segmented) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyLeft:
		s.choose(max(s.On-1, 0))
	case fyne.KeyRight:
		s.choose(min(s.On+1, len(s.Choices)-1))
	default:
		s.press.TypedKey(e)
	}
}

func (s *Segmented) choose(i int) {
	if i == s.On || s.off {
		return
	}
	s.On = i
	s.Refresh()
	if s.OnChange != nil {
		s.OnChange(i)
	}
}

// width of a choice, so that it stays when its letters turn bold.
func (s *Segmented) width(i int) float32 { return measure(SmallBold, s.Choices[i]) + 18 }

// CreateRenderer draws the choices.
func (s *Segmented) CreateRenderer() fyne.WidgetRenderer {
	s.frame, s.lit, s.ring = box(6), box(5), newRing()
	s.labels, s.rules = nil, nil // Fyne drops renderers of what is not seen for a minute, and asks for new ones
	objects := []fyne.CanvasObject{s.ring, s.frame, s.lit}
	for range s.Choices {
		t := canvas.NewText("", nil)
		t.Alignment = fyne.TextAlignCenter
		s.labels = append(s.labels, t)
		s.rules = append(s.rules, box(0))
		objects = append(objects, t, s.rules[len(s.rules)-1])
	}
	return newFace(s, s.least, s.place, s.paint, objects...)
}

func (s *Segmented) least() fyne.Size {
	w := float32(0)
	for i := range s.Choices {
		w += s.width(i)
	}
	return fyne.NewSize(w, Scaled(24))
}

func (s *Segmented) paint() {
	fill(s.frame, Bg, Edge, 1)
	fill(s.lit, AccentSoft, Clear, 0)
	for i, t := range s.labels {
		if i == s.On {
			dress(t, SmallBold, Accent)
		} else {
			dress(t, Small, Ink2)
		}
		t.Text = s.Choices[i]
		fill(s.rules[i], Edge, Clear, 0)
		s.rules[i].Hidden = i == 0
	}
}

func (s *Segmented) place(size fyne.Size) {
	h := min(Scaled(24), size.Height)
	top := (size.Height - h) / 2
	put(s.frame, 0, top, s.least().Width, h)
	showRing(s.ring, s.focused, fyne.NewSize(s.least().Width, size.Height), 6)
	x := float32(0)
	for i, t := range s.labels {
		w := s.width(i)
		if i == s.On {
			put(s.lit, x+1, top+1, w-1, h-2)
		}
		lh := t.MinSize().Height
		put(t, x, (size.Height-lh)/2, w, lh)
		put(s.rules[i], x, top, 1, h)
		x += w
	}
}
