package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Field is a place to type: one line or several, an icon before it and its key behind it. While it
// has the focus it keeps all runes; Escape, Up and Down can be listened to.
type Field struct {
	widget.BaseWidget
	Icon  string
	Key   string // "/" : how the field is reached
	Loud  bool   // no edge at rest: a search in the hover ground
	Bare  bool   // neither ground nor edge nor ring: the frame around it is the field
	Lines int    // 1, or how many lines are seen

	OnChanged func(string)
	OnSubmit  func(string)            // Enter in one line, Shift+Enter in several
	OnEscape  func()                  // nil gives Escape to the page
	OnLeave   func()                  // the focus went elsewhere
	OnKey     func(fyne.KeyName) bool // sees every other key first; true means it was used

	entry        *typing
	inner        fyne.CanvasObject
	text         float32 // size of the letters
	ground, ring *canvas.Rectangle
	icon         *Icon
	hint         *KeyHint
}

// NewField returns a field of one line, 30 high, with grey words shown while it is empty.
func NewField(placeholder string) *Field { return newField(placeholder, 1) }

// NewArea returns a field of several lines that wraps at words.
func NewArea(placeholder string, lines int) *Field { return newField(placeholder, lines) }

// NewSearch returns the field of one line with the looking glass, on the hover ground.
func NewSearch(placeholder, key string) *Field {
	f := newField(placeholder, 1)
	f.Icon, f.Key, f.Loud = "search", key, true
	return f
}

// NewFilter returns the field of one line that narrows a list.
func NewFilter(placeholder, key string) *Field {
	f := newField(placeholder, 1)
	f.Icon, f.Key = "list-filter", key
	return f
}

// NewSecret returns a field that shows dots for what is typed.
func NewSecret(placeholder string) *Field {
	f := newField(placeholder, 1)
	f.entry.Password = true
	return f
}

// enlarge writes in larger letters, for the palette.
func (f *Field) enlarge(text float32) *Field {
	f.text = text
	f.inner = container.NewThemeOverride(f.entry, bare{text})
	return f
}

func newField(placeholder string, lines int) *Field {
	f := &Field{Lines: lines, text: 13}
	e := &typing{field: f}
	e.ExtendBaseWidget(e)
	e.PlaceHolder = placeholder
	e.MultiLine = lines > 1
	e.Wrapping = fyne.TextWrapOff
	e.Scroll = container.ScrollHorizontalOnly
	if lines > 1 {
		e.Wrapping = fyne.TextWrapWord
		e.Scroll = container.ScrollVerticalOnly
	}
	e.OnChanged = func(s string) {
		if f.OnChanged != nil {
			f.OnChanged(s)
		}
	}
	e.OnSubmitted = func(s string) {
		if f.OnSubmit != nil {
			f.OnSubmit(s)
		}
	}
	f.entry = e
	f.inner = container.NewThemeOverride(e, bare{13})
	f.ExtendBaseWidget(f)
	return f
}

// Text is what is typed now.
func (f *Field) Text() string { return f.entry.Text }

// SetText replaces what is typed; OnChanged is called when it differs.
func (f *Field) SetText(s string) { f.entry.SetText(s) }

// SetPlaceholder changes the grey words.
func (f *Field) SetPlaceholder(s string) { f.entry.SetPlaceHolder(s) }

// SelectAll marks everything typed, so that typing replaces it.
func (f *Field) SelectAll() { f.entry.TypedShortcut(&fyne.ShortcutSelectAll{}) }

// Focusable is the object to hand to Canvas.Focus.
func (f *Field) Focusable() fyne.Focusable { return f.entry }

// Focused says whether typing lands here.
func (f *Field) Focused() bool { return f.entry.here }

// Disable turns the field off.
func (f *Field) Disable() { f.entry.Disable(); f.Refresh() }

// Enable turns the field on again.
func (f *Field) Enable() { f.entry.Enable(); f.Refresh() }

// CreateRenderer draws the field.
func (f *Field) CreateRenderer() fyne.WidgetRenderer {
	f.ground, f.ring = box(6), newRing()
	f.icon = NewIcon(f.Icon, 16, Ink2)
	f.hint = NewKeyHint(f.Key)
	return newFace(f, f.least, f.place, f.paint, f.ground, f.icon, f.inner, f.hint, f.ring)
}

const barePad = 4 // around the text inside the entry

func (f *Field) least() fyne.Size {
	if f.Lines > 1 {
		return fyne.NewSize(80, float32(f.Lines)*(textHeight(Body)+4)+20)
	}
	return fyne.NewSize(80, Scaled(30))
}

func (f *Field) paint() {
	ground, edge := Raised, Ctl
	if f.Loud {
		ground, edge = Hover, Clear
	}
	if f.Bare {
		ground, edge = Clear, Clear
	}
	if f.entry.Disabled() {
		ground, edge = Bg, Hair
	}
	fill(f.ground, ground, edge, 1)
	fill(f.ring, Clear, Accent, 2)
	f.ring.CornerRadius = 7
	f.ring.Hidden = !f.entry.here || f.Bare
	f.icon.Name, f.hint.Key = f.Icon, f.Key
}

func (f *Field) place(s fyne.Size) {
	put(f.ground, 0, 0, s.Width, s.Height)
	put(f.ring, -1, -1, s.Width+2, s.Height+2)
	left, right := float32(6), float32(6)
	if f.Icon != "" {
		put(f.icon, 10, (s.Height-16)/2, 16, 16)
		left = 30
	}
	if f.Key != "" {
		k := f.hint.MinSize()
		put(f.hint, s.Width-k.Width-6, (s.Height-k.Height)/2, k.Width, k.Height)
		right = k.Width + 10
	}
	if f.Lines > 1 {
		put(f.inner, left, 6, s.Width-left-right, s.Height-12)
		return
	}
	h := Scaled(f.text)*16/13 + 2*barePad
	put(f.inner, left, (s.Height-h)/2, s.Width-left-right, h)
}

// typing is the entry inside a field; it tells the field when the focus comes and goes.
type typing struct {
	widget.Entry
	field *Field
	here  bool
	fresh bool // nothing was done in it since the focus came
}

func (t *typing) FocusGained() {
	t.here, t.fresh = true, true
	t.Entry.FocusGained()
	t.field.Refresh()
}

func (t *typing) FocusLost() {
	t.here = false
	t.Entry.FocusLost()
	t.field.Refresh()
	if t.field.OnLeave != nil {
		t.field.OnLeave()
	}
}

// KeyUp marks all of a field that Tab led to, as typing over it is what follows.
// The Tab is let go of here, and was pressed in the field before.
func (t *typing) KeyUp(e *fyne.KeyEvent) {
	t.Entry.KeyUp(e)
	if e.Name == fyne.KeyTab && t.fresh && !t.MultiLine && !t.Disabled() && t.Text != "" {
		t.fresh = false
		t.field.SelectAll()
	}
}

// AcceptsTab is false also where there are several lines: Tab leads to the next
// field, as people who use no mouse need it.
func (t *typing) AcceptsTab() bool { return false }

func (t *typing) TypedRune(r rune) {
	t.fresh = false
	t.Entry.TypedRune(r)
}

func (t *typing) MouseDown(e *desktop.MouseEvent) {
	t.Entry.MouseDown(e)
	t.fresh = false
}

func (t *typing) TypedKey(e *fyne.KeyEvent) {
	t.fresh = false
	f := t.field
	switch {
	case e.Name == fyne.KeyEscape && f.OnEscape != nil:
		f.OnEscape()
	case e.Name == fyne.KeyEscape:
		strayKey(t, e)
	case f.OnKey != nil && f.OnKey(e.Name):
	default:
		t.Entry.TypedKey(e)
	}
}

// bare is our theme for an entry whose ground and edge the field draws.
type bare struct{ text float32 }

func (bare) Color(n fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	switch n {
	case theme.ColorNameInputBackground, theme.ColorNameInputBorder, theme.ColorNameShadow: // the last lies over cut lines
		return color.Transparent
	}
	return current().Color(n, v)
}

func (bare) Font(s fyne.TextStyle) fyne.Resource     { return current().Font(s) }
func (bare) Icon(n fyne.ThemeIconName) fyne.Resource { return current().Icon(n) }

func (b bare) Size(n fyne.ThemeSizeName) float32 {
	switch n {
	case theme.SizeNameInputBorder:
		return 0
	case theme.SizeNameInnerPadding:
		return barePad
	case theme.SizeNameText:
		return Scaled(b.text)
	}
	return current().Size(n)
}
