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

func TestTickIsTappedButTakesNoFocus(t *testing.T) {
	look(t, Light, 1)
	n := 0
	tick := NewTick(func() { n++ })
	shown(t, tick, 40, 40)
	test.Tap(tick)
	if tick.box.square.Size().Width != 16 || tick.box.square.FillColor == nil {
		t.Error("the square is not drawn")
	}
	if _, ok := any(tick).(fyne.Focusable); ok || n != 1 {
		t.Errorf("focusable %v, tapped %d times", ok, n)
	}
	tick.Set(true)
	if !tick.box.tick.Visible() {
		t.Error("not ticked")
	}
	tick.Set(false)
	if tick.box.tick.Visible() {
		t.Error("still ticked")
	}
}

func TestTipShowsOverAButton(t *testing.T) {
	look(t, Light, 1)
	b := NewIconButton(Plain, "search", nil)
	b.Tip = "Find anything"
	win := shown(t, b, 300, 200)
	b.timer.show(b, b.Tip)
	if len(win.Canvas().Overlays().List()) != 1 {
		t.Fatal("no tip")
	}
	b.MouseOut()
	if len(win.Canvas().Overlays().List()) != 0 {
		t.Error("the tip stays")
	}
}

func TestMouseLeavesBeforeTheTipComes(t *testing.T) {
	look(t, Light, 1)
	b := NewIconButton(Plain, "search", nil)
	win := shown(t, b, 300, 200)
	b.MouseIn(nil)
	b.MouseOut()
	if len(win.Canvas().Overlays().List()) != 0 || b.hovered {
		t.Error("a tip without words, or still hovered")
	}
}
