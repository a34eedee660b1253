package kit

import (
	"testing"

	"fyne.io/fyne/v2"
)

// TestDateLines draws a line of days with the knob on today, on a day that has been
// and at its beginning, the last with the keyboard on it.
func TestDateLines(t *testing.T) {
	ticks := []TrackTick{{Name: "Aug"}, {Name: "Sep", Day: 14}, {Name: "Oct", Day: 44}, {Name: "Nov", Day: 75}}
	for name, c := range map[string]struct {
		look  Look
		scale float32
	}{"datelines": {Light, 1}, "datelines-dark": {Dark, 1}, "datelines-large": {Light, 1.6}} {
		t.Run(name, func(t *testing.T) {
			look(t, c.look, c.scale)
			lines := NewStack(12)
			for _, back := range []int{0, 40, 92} {
				d := NewDateLine()
				d.Days, d.Back, d.Ticks, d.focused = 92, back, ticks, back == 92
				lines.Items = append(lines.Items, d)
			}
			golden(t, name, picture(NewPad(12, 20, 12, 20, lines), 480, 24+24+3*Scaled(DateLineHeight)))
		})
	}
}

// TestTheKnobStaysOnTheLine moves it by keys and by places beyond both ends.
func TestTheKnobStaysOnTheLine(t *testing.T) {
	look(t, Light, 1)
	d := NewDateLine()
	d.Days, d.Back = 30, 29
	var moved []int
	d.OnMove = func(back int) { moved = append(moved, back) }
	picture(d, 400, DateLineHeight)
	for _, c := range []struct {
		say  string
		do   func()
		want int
	}{
		{"a day back", func() { d.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft}) }, 30},
		{"no further", func() { d.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft}) }, 30},
		{"a day on", func() { d.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight}) }, 29},
		{"far to the right is today", func() { d.moveTo(d.backAt(4000)) }, 0},
		{"today has no day after it", func() { d.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight}) }, 0},
		{"far to the left is the first day", func() { d.moveTo(d.backAt(-4000)) }, 30},
	} {
		if c.do(); d.Back != c.want {
			t.Errorf("%s: it stands %d days back, want %d", c.say, d.Back, c.want)
		}
	}
	if len(moved) != 4 {
		t.Errorf("it said %v", moved)
	}
}
