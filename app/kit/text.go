package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Text is one line in one role and colour, cut with an ellipsis where it does not fit.
type Text struct {
	widget.BaseWidget
	Role   Role
	Text   string
	Tint   fyne.ThemeColorName
	Align  fyne.TextAlign
	Bends  bool // asks for no width of its own, so a narrow place may cut it
	Struck bool // a line through it: kept, done
	glyphs *canvas.Text
}

// NewText returns a line in the text colour, at the left.
func NewText(role Role, text string) *Text {
	t := &Text{Role: role, Text: text, Tint: Ink}
	t.ExtendBaseWidget(t)
	return t
}

// In sets the colour, before the text is first shown.
func (t *Text) In(tint fyne.ThemeColorName) *Text { t.Tint = tint; return t }

// Right puts the text at the right of its room.
func (t *Text) Right() *Text { t.Align = fyne.TextAlignTrailing; return t }

// Center puts the text in the middle of its room.
func (t *Text) Center() *Text { t.Align = fyne.TextAlignCenter; return t }

// Bending lets a narrow place cut the text: it asks for no width.
func (t *Text) Bending() *Text { t.Bends = true; return t }

// Set changes the words and redraws when they differ.
func (t *Text) Set(text string) {
	if t.Text != text {
		t.Text = text
		t.Refresh()
	}
}

// SetIn changes words and colour together and redraws when they differ.
func (t *Text) SetIn(text string, tint fyne.ThemeColorName) {
	if t.Text != text || t.Tint != tint {
		t.Text, t.Tint = text, tint
		t.Refresh()
	}
}

// Shown is what stands on the screen, the whole text or its beginning and an ellipsis.
func (t *Text) Shown() string {
	if t.Size().Width <= 0 {
		return t.Text
	}
	return clip(t.Role, t.Text, t.Size().Width)
}

// CreateRenderer draws the line in the vertical middle of its room.
func (t *Text) CreateRenderer() fyne.WidgetRenderer {
	t.glyphs = canvas.NewText("", nil)
	return newFace(t, t.least, t.place, t.paint, t.glyphs)
}

func (t *Text) naturalWidth() float32 { return measure(t.Role, t.Text) }

func (t *Text) least() fyne.Size {
	if t.Bends {
		return fyne.NewSize(0, lineHeight(t.Role))
	}
	return fyne.NewSize(t.naturalWidth(), lineHeight(t.Role))
}

func (t *Text) paint() {
	dress(t.glyphs, t.Role, t.Tint)
	t.glyphs.TextStyle.Strikethrough = t.Struck
	t.glyphs.Alignment = t.Align
}

func (t *Text) place(s fyne.Size) {
	t.glyphs.Text = clip(t.Role, t.Text, s.Width)
	h := t.glyphs.MinSize().Height
	put(t.glyphs, 0, (s.Height-h)/2, s.Width, h)
}

// dress gives a canvas text the face, size and colour of a role.
func dress(t *canvas.Text, r Role, tint fyne.ThemeColorName) {
	c := cuts[r]
	t.TextSize, t.TextStyle, t.FontSource, t.Color = Scaled(c.size), c.style, c.source, Color(tint)
}
