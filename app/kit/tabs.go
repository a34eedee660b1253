package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// Tabs are the pages of one thing, each with the number key that opens it. Left and Right move.
type Tabs struct {
	press
	Names    []string
	Keys     []string // that open them; nil is their numbers
	On       int
	OnChange func(int)
	labels   []*canvas.Text
	keys     []*canvas.Text
	under    *canvas.Rectangle
	ring     *canvas.Rectangle
}

// TabsHeight is the height of a row of tabs.
const TabsHeight = 34

// NewTabs returns a row of tabs.
func NewTabs(names []string, on int, onChange func(int)) *Tabs {
	t := &Tabs{Names: names, On: on, OnChange: onChange}
	t.begin(t, nil)
	return t
}

// Open turns to a tab and calls OnChange when it is another one.
func (t *Tabs) Open(i int) {
	if i < 0 || i >= len(t.Names) || i == t.On {
		return
	}
	t.On = i
	t.Refresh()
	if t.OnChange != nil {
		t.OnChange(i)
	}
}

// Tapped opens the tab under the pointer.
func (t *Tabs) Tapped(e *fyne.PointEvent) {
	x := float32(0)
	for i := range t.Names {
		x += t.width(i) + tabGap
		if e.Position.X < x-tabGap/2 {
			t.Open(i)
			return
		}
	}
}

// TypedKey moves with Left and Right.
func (t *Tabs) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyLeft:
		t.Open(t.On - 1)
	case fyne.KeyRight:
		t.Open(t.On + 1)
	default:
		t.press.TypedKey(e)
	}
}

const tabGap = 22

// width of a tab, so that it stays when its letters turn bold.
func (t *Tabs) width(i int) float32 {
	return measure(BodyBold, t.Names[i]) + 6 + measure(Mark, t.key(i))
}

// key is the key that opens a tab.
func (t *Tabs) key(i int) string {
	if i < len(t.Keys) {
		return t.Keys[i]
	}
	return count(i + 1)
}

// CreateRenderer draws the tabs.
func (t *Tabs) CreateRenderer() fyne.WidgetRenderer {
	t.under, t.ring = box(1), newRing()
	t.labels, t.keys = nil, nil // Fyne drops renderers of what is not seen for a minute, and asks for new ones
	objects := []fyne.CanvasObject{t.under, t.ring}
	for i := range t.Names {
		t.labels = append(t.labels, canvas.NewText("", nil))
		t.keys = append(t.keys, canvas.NewText("", nil))
		objects = append(objects, t.labels[i], t.keys[i])
	}
	least := func() fyne.Size {
		w := float32(0)
		for i := range t.Names {
			w += t.width(i) + tabGap
		}
		return fyne.NewSize(max(w-tabGap, 0), Scaled(TabsHeight))
	}
	return newFace(t, least, t.place, t.paint, objects...)
}

func (t *Tabs) paint() {
	fill(t.under, Accent, Clear, 0)
	for i, l := range t.labels {
		role, ink, hint := Body, Ink2, Ink3
		if i == t.On {
			role, ink, hint = BodyBold, Accent, Accent
		}
		dress(l, role, ink)
		dress(t.keys[i], Mark, hint)
		l.Text, t.keys[i].Text = t.Names[i], t.key(i)
	}
}

func (t *Tabs) place(s fyne.Size) {
	x := float32(0)
	for i, l := range t.labels {
		h := l.MinSize().Height
		put(l, x, (s.Height-h)/2, measure(BodyBold, t.Names[i]), h)
		role := Body
		if i == t.On {
			role = BodyBold
			put(t.under, x, s.Height-2, t.width(i), 2)
			showRing(t.ring, t.focused, fyne.NewSize(t.width(i), h), 2)
			t.ring.Move(fyne.NewPos(x-4, (s.Height-h)/2-4))
		}
		k := t.keys[i]
		put(k, x+measure(role, t.Names[i])+6, (s.Height-k.MinSize().Height)/2, 12, k.MinSize().Height)
		x += t.width(i) + tabGap
	}
}
