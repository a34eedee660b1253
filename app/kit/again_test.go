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
		}
		for _, c := range second.Objects() {
			again(t, c)
		}
	}
}
