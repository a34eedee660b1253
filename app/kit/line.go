package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Span is a piece of a Line or Paragraph. Spaces in Text count, so neighbours join as written.
type Span struct {
	Text   string
	Role   Role
	Tint   fyne.ThemeColorName // "" is Ink
	Icon   string              // drawn before the text; a Paragraph leaves it out
	Gap    float32             // free room before the span, in a Line
	Struck bool                // a line through its text, in a Line: called off
}

func (s Span) tint() fyne.ThemeColorName {
	if s.Tint == "" {
		return Ink
	}
	return s.Tint
}

// Line is a row of spans on one baseline, cut at the end where they do not fit.
type Line struct {
	widget.BaseWidget
	Spans []Span
	Align fyne.TextAlign
	Bends bool // asks for no width of its own

	face   *face
	glyphs []*canvas.Text
	images []*glyph
}

// NewLine returns a line of spans.
func NewLine(spans ...Span) *Line {
	l := &Line{Spans: spans}
	l.ExtendBaseWidget(l)
	return l
}

// Bending lets a narrow place cut the line.
func (l *Line) Bending() *Line { l.Bends = true; return l }

// Right puts the spans at the right of their room.
func (l *Line) Right() *Line { l.Align = fyne.TextAlignTrailing; return l }

// Center puts the spans in the middle of their room.
func (l *Line) Center() *Line { l.Align = fyne.TextAlignCenter; return l }

// Set changes the spans and redraws.
func (l *Line) Set(spans ...Span) {
	l.Spans = spans
	l.Refresh()
}

// CreateRenderer draws the spans.
func (l *Line) CreateRenderer() fyne.WidgetRenderer {
	l.face = newFace(l, l.least, l.place, nil)
	l.face.paint = l.paint
	l.paint()
	return l.face
}

func (l *Line) naturalWidth() float32 {
	w := float32(0)
	for i, s := range l.Spans {
		w += l.gap(i) + iconRoom(s) + measure(s.Role, s.Text)
	}
	return w
}

// gap is the room before span i; the first has none.
func (l *Line) gap(i int) float32 {
	if i == 0 {
		return 0
	}
	return l.Spans[i].Gap
}

func (l *Line) least() fyne.Size {
	h := float32(0)
	for _, s := range l.Spans {
		h = max(h, lineHeight(s.Role))
	}
	if h == 0 {
		h = lineHeight(Body)
	}
	if l.Bends {
		return fyne.NewSize(0, h)
	}
	return fyne.NewSize(l.naturalWidth(), h)
}

func (l *Line) paint() {
	for len(l.glyphs) < len(l.Spans) {
		l.glyphs = append(l.glyphs, canvas.NewText("", nil))
		l.images = append(l.images, newGlyph())
	}
	objects := make([]fyne.CanvasObject, 0, 2*len(l.Spans))
	for i, s := range l.Spans {
		dress(l.glyphs[i], s.Role, s.tint())
		l.glyphs[i].TextStyle.Strikethrough = s.Struck
		objects = append(objects, l.glyphs[i])
		if s.Icon != "" {
			l.images[i].set(s.Icon, s.tint())
			objects = append(objects, l.images[i].Raster)
		}
	}
	l.face.objects = objects
}

func (l *Line) place(size fyne.Size) {
	baseline := l.baseline()
	h := l.least().Height
	top := (size.Height - h) / 2
	x := l.start(size.Width)
	for i, s := range l.Spans {
		x += l.gap(i)
		if s.Icon != "" {
			side := iconSide(s.Role)
			put(l.images[i], x, top+(h-side)/2, side, side)
			x += iconRoom(s)
		}
		t := l.glyphs[i]
		t.Text = clip(s.Role, s.Text, max(size.Width-x, 0))
		put(t, x, top+baseline-ascent(s.Role), measure(s.Role, t.Text), t.MinSize().Height)
		x += measure(s.Role, s.Text)
	}
}

func (l *Line) start(width float32) float32 {
	free := max(width-l.naturalWidth(), 0)
	switch l.Align {
	case fyne.TextAlignTrailing:
		return free
	case fyne.TextAlignCenter:
		return free / 2
	}
	return 0
}

// baseline is how far under the top of the line its texts stand.
func (l *Line) baseline() float32 {
	low, h := float32(0), l.least().Height
	for _, s := range l.Spans {
		low = max(low, (h-textHeight(s.Role))/2+ascent(s.Role))
	}
	return low
}

func ascent(r Role) float32 {
	c := cuts[r]
	_, base := fyne.CurrentApp().Driver().RenderedTextSize("x", Scaled(c.size), c.style, c.source)
	return base
}

func textHeight(r Role) float32 {
	c := cuts[r]
	size, _ := fyne.CurrentApp().Driver().RenderedTextSize("x", Scaled(c.size), c.style, c.source)
	return size.Height
}

// iconSide is the size of an icon beside a text of a role: 14 for meta, 16 from body on.
func iconSide(r Role) float32 {
	switch {
	case cuts[r].size < 12:
		return 12
	case cuts[r].size < 13:
		return 14
	}
	return 16
}

func iconRoom(s Span) float32 {
	if s.Icon == "" {
		return 0
	}
	if s.Text == "" {
		return iconSide(s.Role)
	}
	return iconSide(s.Role) + 5
}
