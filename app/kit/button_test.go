package kit

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func TestButtonAnswersTapEnterAndSpace(t *testing.T) {
	look(t, Light, 1)
	n := 0
	b := NewButton(Primary, "Prepare", func() { n++ })
	win := shown(t, b, 200, 40)
	test.Tap(b)
	win.Canvas().Focus(b)
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyUp})
	if n != 3 || !b.ring.Visible() {
		t.Errorf("%d times, ring %v", n, b.ring.Visible())
	}
	b.Disable()
	test.Tap(b)
	if n != 3 {
		t.Error("pressed while off")
	}
}

func TestAFocusedButtonLeavesPageKeysToThePage(t *testing.T) {
	look(t, Light, 1)
	b := NewButton(Plain, "Open", nil)
	win := shown(t, b, 200, 40)
	var runes []rune
	var keys []fyne.KeyName
	win.Canvas().SetOnTypedRune(func(r rune) { runes = append(runes, r) })
	win.Canvas().SetOnTypedKey(func(e *fyne.KeyEvent) { keys = append(keys, e.Name) })
	b.TypedRune('j')
	b.TypedRune(' ')
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if string(runes) != "j" || len(keys) != 1 {
		t.Errorf("%q %v", string(runes), keys)
	}
}

func TestButtonHasTheHeightsOfTheDesign(t *testing.T) {
	look(t, Light, 1)
	if h := NewButton(Plain, "Open", nil).MinSize().Height; h != 30 {
		t.Error(h)
	}
	if h := NewSmallButton(Plain, "Open", nil).MinSize().Height; h != 24 {
		t.Error(h)
	}
	look(t, Light, 1.5)
	if h := NewButton(Plain, "Open", nil).MinSize().Height; h != 45 {
		t.Error("does not grow with the text")
	}
}
