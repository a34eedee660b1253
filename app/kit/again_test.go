package kit

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
)

// TestPartsAreDrawnAgain asks every part for a renderer a second time: Fyne drops
// those of parts that were not seen for a minute, as on a page that one comes
// back to.
func TestPartsAreDrawnAgain(t *testing.T) {
	look(t, Light, 1)
	page := sheet()
	picture(page, 1280, 860)
	again(t, page)
}

func again(t *testing.T, o fyne.CanvasObject) {
	switch o := o.(type) {
	case *fyne.Container:
		for _, c := range o.Objects {
			again(t, c)
		}
	case fyne.Widget:
		name := fmt.Sprintf("%T", o)
		first := o.CreateRenderer()
		first.Layout(o.Size())
		second := o.CreateRenderer()
		second.Layout(o.Size())
		second.Refresh()
		if a, b := len(first.Objects()), len(second.Objects()); a != b {
			t.Errorf("%s has %d objects when drawn again, and had %d", name, b, a)
			return
		}
		for i, c := range second.Objects() {
			if _, words := c.(fyne.Widget); words {
				continue
			}
			if was := first.Objects()[i]; c.Position() != was.Position() || c.Size() != was.Size() {
				t.Errorf("object %d (%T) of %s lies at %v %v when drawn again, and lay at %v %v", i, c, name, c.Position(), c.Size(), was.Position(), was.Size())
			}
		}
		for _, c := range second.Objects() {
			again(t, c)
		}
	}
}

func TestAnAnswerIsDrawnAgain(t *testing.T) {
	look(t, Light, 1)
	a := NewAnswerScale()
	a.Set(5, 3, 1, "4")
	for time := range 3 {
		r := a.CreateRenderer()
		r.Layout(fyne.NewSize(176, 20))
		for i, dot := range r.Objects()[:5] {
			if dot.Size().Width != stepSide || !dot.Visible() || i > 0 && dot.Position().X <= r.Objects()[i-1].Position().X {
				t.Errorf("drawn for the %d. time, step %d lies at %v %v", time+1, i+1, dot.Position(), dot.Size())
			}
		}
	}
}
