package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
)

// ButtonKind says how loud a button is.
type ButtonKind int

// The kinds of buttons. A place has at most one primary.
const (
	Plain   ButtonKind = iota // edge and ground
	Primary                   // filled with the accent
	Ghost                     // words only
	Link                      // accent words, as wide as they are
	Danger                    // edge and alert words: for what cannot be undone
)

// Button is a verb that can be pressed, with an icon before it and its key behind it.
type Button struct {
	press
	Kind  ButtonKind
	Small bool // 24 high instead of 30
	Text  string
	Icon  string
	Key   string // as people read it: "Enter", "Ctrl K"
	OnTap func()

	ground, ring *canvas.Rectangle
	image        *glyph
	label, key   *canvas.Text
}

// NewButton returns a button 30 high. Text, icon and key may each be "".
func NewButton(kind ButtonKind, text string, onTap func()) *Button {
	b := &Button{Kind: kind, Text: text, OnTap: onTap}
	b.begin(b, func() {
		if b.OnTap != nil {
			b.OnTap()
		}
	})
	return b
}

// NewSmallButton returns a button 24 high, for rows.
func NewSmallButton(kind ButtonKind, text string, onTap func()) *Button {
	b := NewButton(kind, text, onTap)
	b.Small = true
	return b
}

// NewIconButton returns a square button that shows only an icon. Say what it does in a Tip.
func NewIconButton(kind ButtonKind, icon string, onTap func()) *Button {
	return NewButton(kind, "", onTap).WithIcon(icon)
}

// NewLink returns accent words that can be pressed.
func NewLink(text string, onTap func()) *Button {
	b := NewButton(Link, text, onTap)
	b.Small = true
	return b
}

// WithIcon puts an icon before the text.
func (b *Button) WithIcon(name string) *Button { b.Icon = name; return b }

// WithKey shows the key that does the same.
func (b *Button) WithKey(key string) *Button { b.Key = key; return b }

// Turned returns the button, off when on is false.
func (b *Button) Turned(on bool) *Button { b.off = !on; return b }

// SetText changes the verb.
func (b *Button) SetText(text string) {
	if b.Text != text {
		b.Text = text
		b.Refresh()
	}
}

// Cursor is a hand over links.
func (b *Button) Cursor() desktop.Cursor {
	if b.Kind == Link && !b.off {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// CreateRenderer draws the button.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	b.ground, b.ring = box(b.radius()), newRing()
	b.image = newGlyph()
	b.label, b.key = canvas.NewText("", nil), canvas.NewText("", nil)
	return newFace(b, b.least, b.place, b.paint, b.ring, b.ground, b.image.Raster, b.label, b.key)
}

func (b *Button) radius() float32 {
	if b.Small {
		return 5
	}
	return 6
}

func (b *Button) role() Role {
	switch {
	case b.Small && b.Kind == Primary:
		return SmallBold
	case b.Small:
		return Small
	case b.Kind == Primary:
		return BodyBold
	}
	return Body
}

func (b *Button) iconSide() float32 {
	switch {
	case b.Small && b.Text != "":
		return 14
	case !b.Small && b.Text == "":
		return 18
	}
	return 16
}

// pad is the free room left and right.
func (b *Button) pad() float32 {
	switch {
	case b.Kind == Link:
		return 0
	case b.Small && b.Text == "":
		return 5
	case b.Text == "":
		return 6
	case b.Small:
		return 8
	}
	return 11
}

func (b *Button) least() fyne.Size {
	h := Scaled(30)
	switch {
	case b.Kind == Link:
		h = lineHeight(b.role())
	case b.Small:
		h = Scaled(24)
	}
	return fyne.NewSize(max(b.inner()+2*b.pad(), b.leastWidth(h)), h)
}

func (b *Button) leastWidth(height float32) float32 {
	if b.Text == "" && b.Kind != Link {
		return height
	}
	return 0
}

// inner is the width of icon, text and key with the gaps between them.
func (b *Button) inner() float32 {
	w := measure(b.role(), b.Text)
	if b.Icon != "" {
		w += b.iconSide()
		if b.Text != "" {
			w += b.iconGap()
		}
	}
	if b.Key != "" {
		w += 8 + measure(Micro, b.Key)
	}
	return w
}

func (b *Button) iconGap() float32 {
	if b.Small {
		return 5
	}
	return 7
}

func (b *Button) place(s fyne.Size) {
	put(b.ground, 0, 0, s.Width, s.Height)
	showRing(b.ring, b.focused && !b.off, s, b.radius())
	x := max((s.Width-b.inner())/2, b.pad())
	if s.Width > b.least().Width+1 && b.Key != "" { // a stretched button keeps its key at the right
		x = b.pad()
	}
	if b.Kind == Link {
		x = 0
	}
	if b.Icon != "" {
		side := b.iconSide()
		put(b.image, x, (s.Height-side)/2, side, side)
		x += side + b.iconGap()
	}
	room := s.Width - x - b.pad()
	if b.Key != "" {
		kw, kh := measure(Micro, b.Key), b.key.MinSize().Height
		kx := min(x+measure(b.role(), b.Text)+8, s.Width-b.pad()-kw)
		if s.Width > b.least().Width+1 {
			kx = s.Width - b.pad() - kw
		}
		put(b.key, kx, (s.Height-kh)/2+0.5, kw, kh)
		room = kx - 8 - x
	}
	b.label.Text = clip(b.role(), b.Text, max(room, 0))
	h := b.label.MinSize().Height
	put(b.label, x, (s.Height-h)/2, max(room, 0), h)
}

func (b *Button) paint() {
	ground, edge, ink, hint := b.colours()
	stroke := float32(1)
	if edge == Clear {
		stroke = 0
	}
	fill(b.ground, ground, edge, stroke)
	dress(b.label, b.role(), ink)
	dress(b.key, Micro, hint)
	b.key.Text = b.Key
	b.image.Hidden = b.Icon == ""
	b.image.set(b.Icon, ink)
}

func (b *Button) colours() (ground, edge, ink, hint fyne.ThemeColorName) {
	if b.off {
		return b.offColours()
	}
	switch b.Kind {
	case Primary:
		return Accent, b.pick(Ink, Clear), OnAccent, OnAccent
	case Ghost:
		return b.pick(Hover, Clear), Clear, Ink2, Ink3
	case Link:
		return Clear, Clear, b.pick(Ink, Accent), Ink3
	case Danger:
		return b.pick(AlertSoft, Raised), Edge, Alert, Ink3
	}
	return b.pick(Hover, Raised), Edge, Ink, Ink2
}

func (b *Button) offColours() (ground, edge, ink, hint fyne.ThemeColorName) {
	switch b.Kind {
	case Ghost, Link:
		return Clear, Clear, Ink3, Ink3
	case Primary:
		return Hover, Clear, Ink3, Ink3
	}
	return Clear, Hair, Ink3, Ink3
}

func (b *Button) pick(hovered, rest fyne.ThemeColorName) fyne.ThemeColorName {
	if b.hovered {
		return hovered
	}
	return rest
}
