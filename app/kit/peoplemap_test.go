package kit

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"rapport/data/chart"
)

// someMap is a map of people spread over all supports and influences.
func someMap(n int) *PeopleMap {
	m := NewPeopleMap()
	m.Rests = []float32{0.125, 0.25, 0.5, 0.75, 0.875}
	for i, name := range []string{"Against", "Doubtful", "Neutral", "For", "Champions us"} {
		m.Map.Columns = append(m.Map.Columns, chart.Tick{Name: name, At: float32(i) / 4})
	}
	for i := range n {
		m.Map.People = append(m.Map.People, chart.Person{Initials: "AK", Name: fmt.Sprint("Person ", i), Note: "User, 5 days", Band: chart.Warm, X: m.Rests[i%5], Y: float32(i*37%100) / 100, Placed: true})
		if i > 0 {
			m.Map.Lines = append(m.Map.Lines, chart.Line{From: i, To: i / 3})
		}
	}
	m.On = min(0, n-1)
	return m
}

// mapShown puts a map into a window.
func mapShown(t testing.TB, m *PeopleMap) *PeopleMap {
	t.Helper()
	w := test.NewTempWindow(t, m)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(848, 560))
	m.Refresh()
	return m
}

func typeKeys(m *PeopleMap, keys ...fyne.KeyName) {
	for _, k := range keys {
		m.TypedKey(&fyne.KeyEvent{Name: k})
	}
}

func TestArrowsWalkTheMap(t *testing.T) {
	look(t, Light, 1)
	m := NewPeopleMap()
	at := func(x, y float32) chart.Person { return chart.Person{X: x, Y: y, Placed: true} }
	m.Map.People = []chart.Person{at(0.5, 0.5), at(0.9, 0.5), at(0.5, 0.9), at(0.1, 0.1), {Name: "Not placed"}}
	m.On = 0
	mapShown(t, m)
	opened := -1
	m.OnOpen = func(on int) { opened = on }
	for _, step := range []struct {
		key  fyne.KeyName
		want int
	}{{fyne.KeyRight, 1}, {fyne.KeyRight, 1}, {fyne.KeyLeft, 0}, {fyne.KeyUp, 2}, {fyne.KeyDown, 0}, {fyne.KeyLeft, 3}, {fyne.KeyDown, 4}, {fyne.KeyHome, 0}, {fyne.KeyEnd, 4}} {
		typeKeys(m, step.key)
		if m.On != step.want {
			t.Errorf("after %s it is at %d, want %d", step.key, m.On, step.want)
		}
	}
	typeKeys(m, fyne.KeyReturn)
	if opened != 4 {
		t.Errorf("Enter opened %d", opened)
	}
}

func TestSomebodyIsDraggedToAnotherPlace(t *testing.T) {
	look(t, Light, 1)
	m := mapShown(t, someMap(3))
	on, x, y := -1, float32(0), float32(0)
	m.OnPlace = func(i int, px, py float32) { on, x, y = i, px, py }
	from, _ := m.Spot(2)
	step := fyne.NewDelta(80, -60)
	m.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: from.Add(step)}, Dragged: step})
	if now, _ := m.Spot(2); now.Subtract(from.Add(step)).X > 0.1 || now.Subtract(from.Add(step)).Y > 0.1 || !m.Lifted() {
		t.Errorf("the lifted person is at %v", now)
	}
	m.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(9000, -9000)}})
	m.DragEnd()
	if on != 2 || m.On != 2 || x != 1 || y != 1 {
		t.Errorf("%d is at %g, %g", on, x, y)
	}
	if back, _ := m.Spot(2); back != from {
		t.Error("the map kept the place by itself")
	}
	m.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(3, 3)}, Dragged: fyne.NewDelta(1, 1)})
	if m.Lifted() {
		t.Error("a drag where nobody is lifts somebody")
	}
}

func TestShiftAndArrowsLift(t *testing.T) {
	look(t, Light, 1)
	m := mapShown(t, someMap(3))
	var x, y float32
	m.OnPlace = func(_ int, px, py float32) { x, y = px, py }
	m.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	typeKeys(m, fyne.KeyRight, fyne.KeyRight, fyne.KeyUp)
	m.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	typeKeys(m, fyne.KeyReturn)
	if x != 0.5 || y < 0.049 || y > 0.051 {
		t.Errorf("put down at %g, %g", x, y)
	}
	m.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	typeKeys(m, fyne.KeyLeft)
	m.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	typeKeys(m, fyne.KeyEscape)
	if m.Lifted() {
		t.Error("Esc does not put back")
	}
}

func TestAnEmptyMapTakesEveryKey(t *testing.T) {
	look(t, Light, 1)
	m := mapShown(t, someMap(0))
	typeKeys(m, fyne.KeyUp, fyne.KeyLeft, fyne.KeyReturn, fyne.KeyHome, fyne.KeyEnd, desktop.KeyMenu)
	m.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	typeKeys(m, fyne.KeyUp)
	m.Tapped(&fyne.PointEvent{Position: fyne.NewPos(300, 300)})
	if m.On != -1 || m.Lifted() {
		t.Errorf("somebody is current: %d", m.On)
	}
}

func TestKnowMatrixTellsWhatWasTapped(t *testing.T) {
	look(t, Light, 1)
	m := NewKnowMatrix()
	m.Heads = []string{"ML", "TO"}
	m.Rows = []KnowRow{{Name: "Anna", Steps: []int{3, 1}}, {Name: "Beatrice", Steps: []int{9}}}
	picture(m, 308, 120)
	row, head := -1, -1
	m.OnRow, m.OnHead = func(i int) { row = i }, func(i int) { head = i }
	m.Tapped(&fyne.PointEvent{Position: fyne.NewPos(20, 34+31+5)})
	m.Tapped(&fyne.PointEvent{Position: fyne.NewPos(308-35, 10)})
	m.Tapped(&fyne.PointEvent{Position: fyne.NewPos(20, 900)})
	if row != 1 || head != 1 {
		t.Errorf("row %d, column %d", row, head)
	}
}

// BenchmarkPeopleMapDraw lays out and draws 60 people from nothing.
func BenchmarkPeopleMapDraw(b *testing.B) {
	m := mapShown(b, someMap(60))
	c := fyne.CurrentApp().Driver().CanvasForObject(m)
	for b.Loop() {
		m.Refresh()
		c.Capture()
	}
}

// BenchmarkPeopleMapDrag moves one of 60 people a step, with their lines, without drawing.
func BenchmarkPeopleMapDrag(b *testing.B) {
	m := mapShown(b, someMap(60))
	from, _ := m.Spot(7)
	for i := 0; b.Loop(); i++ {
		step := fyne.NewDelta(float32(i%100)+1, 0)
		m.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: from.Add(step)}, Dragged: step})
		m.drawCurves(int(m.mover.W), int(m.mover.H), m.mover, true)
	}
}
