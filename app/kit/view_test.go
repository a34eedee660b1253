package kit

import (
	"image/color"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func TestAViewScrollsWithoutShadows(t *testing.T) {
	look(t, Light, 1)
	tall := NewStack(0)
	for range 40 {
		tall.Items = append(tall.Items, NewText(Body, ""))
	}
	s := NewScroll(tall)
	win := shown(t, s, 200, 200)
	s.ToOffset(100)
	if got := s.Offset(); got != 100 {
		t.Fatalf("offset %v, want 100", got)
	}
	img := win.Canvas().Capture()
	ground := color.RGBAModel.Convert(Color(Bg))
	for _, y := range []int{0, 1, 198, 199} {
		if got := color.RGBAModel.Convert(img.At(20, y)); got != ground {
			t.Errorf("row %d is %v, not the ground %v", y, got, ground)
		}
	}
	if n := len(test.WidgetRenderer(s.inner).Objects()); n != 3 {
		t.Errorf("%d objects, want the content and two bars", n)
	}
	test.Scroll(win.Canvas(), fyne.NewPos(50, 50), 0, -40)
	if got := s.Offset(); got != 140 {
		t.Errorf("after the wheel: offset %v, want 140", got)
	}
}
