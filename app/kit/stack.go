package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Stack lays objects one under another, each as wide as the stack and as high as it needs at that
// width. It is a Flow, and so right for wrapped text where Fyne's VBox is not.
type Stack struct {
	widget.BaseWidget
	Gap   float32
	Items []fyne.CanvasObject
	face  *face
	wide  float32
}

// NewStack returns a stack with a gap between its objects. Hidden ones take no room.
func NewStack(gap float32, items ...fyne.CanvasObject) *Stack {
	s := &Stack{Gap: gap, Items: items}
	s.ExtendBaseWidget(s)
	return s
}

// Set replaces the objects and lays them out.
func (s *Stack) Set(items ...fyne.CanvasObject) {
	s.Items = items
	s.Refresh()
}

// HeightFor returns the height of everything at a width.
func (s *Stack) HeightFor(width float32) float32 {
	h, n := float32(0), 0
	for _, o := range s.Items {
		if !o.Visible() {
			continue
		}
		h += HeightOf(o, width)
		n++
	}
	if n > 1 {
		h += float32(n-1) * s.Gap
	}
	return h
}

// CreateRenderer lays the objects out.
func (s *Stack) CreateRenderer() fyne.WidgetRenderer {
	s.face = newFace(s, s.least, s.place, nil)
	s.face.paint = func() { s.face.objects = s.Items }
	s.face.paint()
	return s.face
}

func (s *Stack) naturalWidth() float32 {
	w := float32(0)
	for _, o := range s.Items {
		if o.Visible() {
			w = max(w, natural(o))
		}
	}
	return w
}

func (s *Stack) least() fyne.Size {
	w := float32(0)
	for _, o := range s.Items {
		if o.Visible() {
			w = max(w, o.MinSize().Width)
		}
	}
	return fyne.NewSize(w, s.HeightFor(max(w, s.wide)))
}

func (s *Stack) place(size fyne.Size) {
	s.wide = size.Width
	y := float32(0)
	for _, o := range s.Items {
		if !o.Visible() {
			continue
		}
		h := HeightOf(o, size.Width)
		put(o, 0, y, size.Width, h)
		y += h + s.Gap
	}
}

// Pad keeps free room around an object. It is a Flow.
type Pad struct {
	widget.BaseWidget
	Top, Right, Bottom, Left float32
	Content                  fyne.CanvasObject
}

// NewPad returns an object with free room around it.
func NewPad(top, right, bottom, left float32, content fyne.CanvasObject) *Pad {
	p := &Pad{Top: top, Right: right, Bottom: bottom, Left: left, Content: content}
	p.ExtendBaseWidget(p)
	return p
}

// HeightFor returns the height with the room around.
func (p *Pad) HeightFor(width float32) float32 {
	return p.Top + HeightOf(p.Content, width-p.Left-p.Right) + p.Bottom
}

// CreateRenderer lays the content out.
func (p *Pad) CreateRenderer() fyne.WidgetRenderer {
	least := func() fyne.Size {
		return p.Content.MinSize().AddWidthHeight(p.Left+p.Right, p.Top+p.Bottom)
	}
	place := func(s fyne.Size) {
		put(p.Content, p.Left, p.Top, s.Width-p.Left-p.Right, s.Height-p.Top-p.Bottom)
	}
	return newFace(p, least, place, nil, p.Content)
}

func (p *Pad) naturalWidth() float32 { return natural(p.Content) + p.Left + p.Right }

// NewSpace returns free room of a height, for stacks.
func NewSpace(height float32) fyne.CanvasObject {
	return NewPad(height, 0, 0, 0, &nothing{})
}

// NewSpring returns an object of no size, for a flexible column that pushes others apart.
func NewSpring() fyne.CanvasObject { return &nothing{} }

// nothing is an object that is never seen.
type nothing struct {
	size fyne.Size
	pos  fyne.Position
}

func (n *nothing) MinSize() fyne.Size      { return fyne.Size{} }
func (n *nothing) Move(p fyne.Position)    { n.pos = p }
func (n *nothing) Position() fyne.Position { return n.pos }
func (n *nothing) Resize(s fyne.Size)      { n.size = s }
func (n *nothing) Size() fyne.Size         { return n.size }
func (n *nothing) Hide()                   {}
func (n *nothing) Show()                   {}
func (n *nothing) Visible() bool           { return true }
func (n *nothing) Refresh()                {}

// Scroll shows a Flow through a window that scrolls up and down. The content is as wide as the
// window.
type Scroll struct {
	widget.BaseWidget
	Content fyne.CanvasObject
	inner   *view
	frame   *scrolled
}

// NewScroll returns a scrolling view of an object, usually a Stack.
func NewScroll(content fyne.CanvasObject) *Scroll {
	s := &Scroll{Content: content}
	s.frame = &scrolled{content: content}
	s.frame.ExtendBaseWidget(s.frame)
	s.inner = newView(s.frame)
	s.ExtendBaseWidget(s)
	return s
}

// ToTop shows the beginning.
func (s *Scroll) ToTop() { s.inner.ScrollToTop() }

// Offset is how far down the view is, to come back to it.
func (s *Scroll) Offset() float32 { return s.inner.Offset.Y }

// ToOffset scrolls down to an offset.
func (s *Scroll) ToOffset(y float32) { s.inner.ScrollToOffset(fyne.NewPos(0, y)) }

// CreateRenderer lays the view out.
func (s *Scroll) CreateRenderer() fyne.WidgetRenderer {
	least := func() fyne.Size { return fyne.NewSize(s.Content.MinSize().Width, 32) }
	place := func(size fyne.Size) {
		s.frame.width = size.Width
		put(s.inner, 0, 0, size.Width, size.Height)
		s.inner.Refresh()
	}
	return newFace(s, least, place, nil, s.inner)
}

// scrolled tells the scroller how high its content is at the width of the window.
type scrolled struct {
	widget.BaseWidget
	content fyne.CanvasObject
	width   float32
}

func (s *scrolled) CreateRenderer() fyne.WidgetRenderer {
	least := func() fyne.Size { return fyne.NewSize(0, HeightOf(s.content, s.width)) }
	place := func(size fyne.Size) {
		s.width = size.Width
		put(s.content, 0, 0, size.Width, size.Height)
	}
	return newFace(s, least, place, nil, s.content)
}
