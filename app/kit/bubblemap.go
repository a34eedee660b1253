package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"

	"rapport/data/chart"
)

// BubbleMap shows chart.Bubbles, which arrows and the pointer walk.
type BubbleMap struct {
	press
	Chart chart.Bubbles // its On is the current one

	OnMove func(on int)                   // another became the current one
	OnOpen func(on int)                   // Enter, or a second tap
	OnMenu func(on int, at fyne.Position) // right click or Shift+F10; at is on the canvas
	OnLaid func()                         // everything lies elsewhere

	face  *face
	plan  chart.BubblePlan
	drawn *drawn
	ring  *canvas.Rectangle
	shift bool
}

// NewBubbleMap returns an empty one; set the fields, then Refresh.
func NewBubbleMap() *BubbleMap {
	m := &BubbleMap{Chart: chart.Bubbles{On: -1}}
	m.begin(m, m.open)
	return m
}

// CreateRenderer draws it.
func (m *BubbleMap) CreateRenderer() fyne.WidgetRenderer {
	m.drawn, m.ring = newDrawn(), newRing()
	m.face = newFace(m, func() fyne.Size { return fyne.NewSize(Scaled(320), Scaled(240)) }, m.place, nil)
	return m.face
}

func (m *BubbleMap) place(s fyne.Size) {
	m.plan = m.Chart.Lay(s.Width, s.Height, chartLetters())
	m.face.objects = append(m.drawn.show(m.plan.Drawing), m.ring)
	m.ring.Hide()
	if on := m.Chart.On; m.focused && on >= 0 && on < len(m.plan.Spots) {
		spot := m.plan.Spots[on]
		fill(m.ring, Clear, Accent, 2)
		m.ring.CornerRadius = spot.Radius + 4
		put(m.ring, spot.Center.X-spot.Radius-4, spot.Center.Y-spot.Radius-4, 2*spot.Radius+8, 2*spot.Radius+8)
		m.ring.Show()
	}
	if m.OnLaid != nil {
		m.OnLaid()
	}
}

// Spot is where one lies and how large it is, from the upper left corner of the map.
func (m *BubbleMap) Spot(i int) (at fyne.Position, radius float32, ok bool) {
	if i < 0 || i >= len(m.plan.Spots) {
		return fyne.Position{}, 0, false
	}
	s := m.plan.Spots[i]
	return fyne.NewPos(s.Center.X, s.Center.Y), s.Radius, true
}

// Select makes one the current one, by place in Chart.Points.
func (m *BubbleMap) Select(i int) {
	if i == m.Chart.On || i < -1 || i >= len(m.Chart.Points) {
		return
	}
	m.Chart.On = i
	m.Refresh()
	if m.OnMove != nil {
		m.OnMove(i)
	}
}

func (m *BubbleMap) open() {
	if m.Chart.On >= 0 && m.OnOpen != nil {
		m.OnOpen(m.Chart.On)
	}
}

func (m *BubbleMap) under(at fyne.Position) int { return m.plan.Under(chart.Point{X: at.X, Y: at.Y}) }

// Tapped makes the one at the pointer the current one, or opens it where it is that already.
func (m *BubbleMap) Tapped(e *fyne.PointEvent) {
	i := m.under(e.Position)
	if c := fyne.CurrentApp().Driver().CanvasForObject(m); c != nil {
		c.Focus(m)
	}
	switch {
	case i < 0:
	case i == m.Chart.On:
		m.open()
	default:
		m.Select(i)
	}
}

// TappedSecondary offers what can be done with the one at the pointer.
func (m *BubbleMap) TappedSecondary(e *fyne.PointEvent) {
	if i := m.under(e.Position); i >= 0 {
		m.Select(i)
		if m.OnMenu != nil {
			m.OnMenu(i, e.AbsolutePosition)
		}
	}
}

// KeyDown notes Shift.
func (m *BubbleMap) KeyDown(e *fyne.KeyEvent) { m.shifted(e, true) }

// KeyUp notes Shift.
func (m *BubbleMap) KeyUp(e *fyne.KeyEvent) { m.shifted(e, false) }

func (m *BubbleMap) shifted(e *fyne.KeyEvent, down bool) {
	if e.Name == desktop.KeyShiftLeft || e.Name == desktop.KeyShiftRight {
		m.shift = down
	}
}

// FocusLost forgets Shift.
func (m *BubbleMap) FocusLost() {
	m.shift = false
	m.press.FocusLost()
}

// TypedKey walks.
func (m *BubbleMap) TypedKey(e *fyne.KeyEvent) {
	way, ok := map[fyne.KeyName][2]int{fyne.KeyLeft: {-1, 0}, fyne.KeyRight: {1, 0}, fyne.KeyUp: {0, -1}, fyne.KeyDown: {0, 1}}[e.Name]
	switch {
	case ok:
		m.Select(m.plan.Near(m.Chart.On, way[0], way[1]))
	case e.Name == fyne.KeyHome:
		m.Select(0)
	case e.Name == fyne.KeyEnd:
		m.Select(len(m.Chart.Points) - 1)
	case e.Name == desktop.KeyMenu || e.Name == fyne.KeyF10 && m.shift:
		if at, _, ok := m.Spot(m.Chart.On); ok && m.OnMenu != nil {
			m.OnMenu(m.Chart.On, fyne.CurrentApp().Driver().AbsolutePositionForObject(m).Add(at))
		}
	default:
		m.press.TypedKey(e)
	}
}
