package kit

import (
	"testing"

	"fyne.io/fyne/v2"
)

// TestADialogTooHighForTheWindowKeepsItsButtons opens one of forty lines: in a low
// window they scroll between title and buttons, in a high one nothing does.
func TestADialogTooHighForTheWindowKeepsItsButtons(t *testing.T) {
	for _, c := range []struct {
		name    string
		height  float32
		scrolls bool
	}{{"high", 1400, false}, {"low", 400, true}} {
		t.Run(c.name, func(t *testing.T) {
			look(t, Light, 1)
			var rows []fyne.CanvasObject
			for range 40 {
				rows = append(rows, NewText(Body, "a line"))
			}
			button := NewButton(Plain, "Close", nil)
			body := NewStack(6, rows...)
			win := shown(t, NewText(Body, "page"), 960, c.height)
			d := NewDialog("pen-line", Neutral, "Lines", body, "", button).(*dialog)
			NewOverlay(DialogWidth, d).Open(win.Canvas(), nil)
			at := fyne.CurrentApp().Driver().AbsolutePositionForObject(button)
			if bottom := at.Y + button.Size().Height; at.Y <= 0 || bottom > c.height-16-dialogTop+1 {
				t.Errorf("the button ends at %.0f of %.0f", bottom, c.height)
			}
			if got := d.scroll != nil; got != c.scrolls {
				t.Fatalf("scrolls: %v", got)
			}
			if c.scrolls {
				d.scroll.ToOffset(10_000)
				last := fyne.CurrentApp().Driver().AbsolutePositionForObject(rows[39])
				if end := last.Y + rows[39].Size().Height; end > at.Y {
					t.Errorf("the last line ends at %.0f, under the buttons at %.0f", end, at.Y)
				}
			}
		})
	}
}
