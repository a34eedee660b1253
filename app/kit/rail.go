package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// RailItem is a place of the program: icon, name, how many wait, or a dot.
type RailItem struct {
	press
	Icon, Text string
	Count      string // "" is none
	Dot        bool
	On         bool
	OnTap      func()

	ground, badge, ring *canvas.Rectangle
	dot                 *canvas.Circle
	image               *glyph
	label, count        *canvas.Text
}

// NewRailItem returns a place.
func NewRailItem(icon, text string, onTap func()) *RailItem {
	r := &RailItem{Icon: icon, Text: text, OnTap: onTap}
	r.begin(r, func() {
		if r.OnTap != nil {
			r.OnTap()
		}
	})
	return r
}

// Set changes count, dot and whether the place is open.
func (r *RailItem) Set(count string, dot, on bool) {
	if r.Count != count || r.Dot != dot || r.On != on {
		r.Count, r.Dot, r.On = count, dot, on
		r.Refresh()
	}
}

// CreateRenderer draws the place.
func (r *RailItem) CreateRenderer() fyne.WidgetRenderer {
	r.ground, r.badge, r.ring = box(8), box(8), newRing()
	r.dot = canvas.NewCircle(nil)
	r.image = newGlyph()
	r.label, r.count = canvas.NewText("", nil), canvas.NewText("", nil)
	r.label.Alignment, r.count.Alignment = fyne.TextAlignCenter, fyne.TextAlignCenter
	least := func() fyne.Size { return fyne.NewSize(68, 48) }
	return newFace(r, least, r.place, r.paint, r.ground, r.image.Raster, r.label, r.badge, r.count, r.dot, r.ring)
}

func (r *RailItem) paint() {
	ground, ink, role := Clear, Ink2, Micro
	switch {
	case r.On:
		ground, ink, role = AccentSoft, Accent, MicroBold
	case r.hovered:
		ground = Hair
	}
	fill(r.ground, ground, Clear, 0)
	r.image.set(r.Icon, ink)
	dress(r.label, role, ink)
	fill(r.badge, Ink2, Clear, 0)
	dress(r.count, MarkBold, Bg)
	r.count.Text = r.Count
	r.badge.Hidden, r.count.Hidden = r.Count == "", r.Count == ""
	r.dot.FillColor, r.dot.Hidden = Color(Alert), !r.Dot
}

func (r *RailItem) place(s fyne.Size) {
	put(r.ground, 0, 0, s.Width, s.Height)
	showRing(r.ring, r.focused, s.SubtractWidthHeight(8, 8), 8)
	r.ring.Move(fyne.NewPos(0, 0))
	lh := textHeight(Micro)
	top := (s.Height - 20 - 4 - lh) / 2
	put(r.image, (s.Width-20)/2, top, 20, 20)
	r.label.Text = clip(Micro, r.Text, s.Width-4)
	put(r.label, 0, top+24, s.Width, lh)
	w := max(measure(MarkBold, r.Count)+9, 16)
	bh := max(Scaled(15), 15)
	put(r.badge, s.Width/2+4, top-4, w, bh)
	ch := r.count.MinSize().Height
	put(r.count, s.Width/2+4, top-4+(bh-ch)/2, w, ch)
	put(r.dot, s.Width/2+10, top-1, 8, 8)
}

// NavItem is a line of a side list: icon, words, count.
type NavItem struct {
	press
	Icon, Text, Count string
	On                bool
	OnTap             func()
	ground, ring      *canvas.Rectangle
	icon              *Icon
	label, count      *Text
}

// NewNavItem returns a line of a side list, 30 high.
func NewNavItem(icon, text, count string, onTap func()) *NavItem {
	n := &NavItem{Icon: icon, Text: text, Count: count, OnTap: onTap}
	n.begin(n, func() {
		if n.OnTap != nil {
			n.OnTap()
		}
	})
	return n
}

// Set changes count and whether the line is chosen.
func (n *NavItem) Set(count string, on bool) {
	if n.Count != count || n.On != on {
		n.Count, n.On = count, on
		n.Refresh()
	}
}

// CreateRenderer draws the line.
func (n *NavItem) CreateRenderer() fyne.WidgetRenderer {
	n.ground, n.ring, n.icon = box(6), newRing(), NewIcon(n.Icon, 16, Ink2)
	n.label, n.count = NewText(Body, n.Text), NewText(Small, n.Count).Right()
	least := func() fyne.Size { return fyne.NewSize(120, Scaled(30)) }
	place := func(s fyne.Size) {
		put(n.ground, 0, 0, s.Width, s.Height)
		showRing(n.ring, n.focused, s.SubtractWidthHeight(8, 8), 6)
		n.ring.Move(fyne.NewPos(0, 0))
		put(n.icon, 10, 0, 16, s.Height)
		w := measure(Small, n.Count)
		left := float32(34)
		if n.Icon == "" {
			left = 10
		}
		put(n.label, left, 0, max(s.Width-left-w-18, 0), s.Height)
		put(n.count, s.Width-10-w, 0, w+1, s.Height)
	}
	paint := func() {
		ground, ink, role := Clear, Ink2, Body
		switch {
		case n.On:
			ground, ink, role = AccentSoft, Accent, BodyBold
		case n.hovered:
			ground = Hover
		}
		fill(n.ground, ground, Clear, 0)
		n.icon.Name, n.icon.Tint = n.Icon, ink
		n.label.Text, n.label.Tint, n.label.Role = n.Text, ink, role
		n.count.Text, n.count.Tint = n.Count, ink
	}
	return newFace(n, least, place, paint, n.ground, n.icon, n.label, n.count, n.ring)
}

// RailBar is the left edge of the window: the mark, the places, and at its end settings and the person.
type RailBar struct {
	widget.BaseWidget
	items, last []fyne.CanvasObject
}

// NewRailBar returns the rail; items stand under the mark, last at the bottom. Those that
// are hidden take no room.
func NewRailBar(items, last []fyne.CanvasObject) *RailBar {
	r := &RailBar{items: items, last: last}
	r.ExtendBaseWidget(r)
	return r
}

// railWidth is how wide the rail is: wide enough for its words at any size.
func railWidth() float32 { return max(80, Scaled(66)+12) }

// CreateRenderer draws the rail. In a low window the places move closer.
func (r *RailBar) CreateRenderer() fyne.WidgetRenderer {
	ground, edge, logo := NewGround(Rail), NewUpright(), NewLogo(32)
	objects := append(append([]fyne.CanvasObject{ground, edge, logo}, r.items...), r.last...)
	least := func() fyne.Size { return fyne.NewSize(railWidth(), 560) }
	place := func(s fyne.Size) {
		put(ground, 0, 0, s.Width, s.Height)
		put(edge, s.Width-1, 0, 1, s.Height)
		top, pitch := float32(60), float32(54)
		if s.Height < 700 {
			top, pitch = 50, 50
		}
		put(logo, (s.Width-32)/2, top-46, 32, 32)
		y := top
		for _, o := range r.items {
			if o.Visible() {
				put(o, 6, y, s.Width-12, pitch)
				y += pitch
			}
		}
		y = s.Height - 8
		for i := len(r.last) - 1; i >= 0; i-- {
			h := max(r.last[i].MinSize().Height, 36)
			if _, ok := r.last[i].(*RailItem); ok {
				h = pitch
			}
			y -= h
			put(r.last[i], 6, y, s.Width-12, h)
		}
	}
	return newFace(r, least, place, nil, objects...)
}
