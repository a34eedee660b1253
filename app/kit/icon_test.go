package kit

import (
	"bytes"
	"image"
	"image/color"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"rapport/assets"
)

// BenchmarkRefreshIcons refreshes the sheet of parts, whose hundred icons are what a page has: it is
// what every draw of a page pays.
func BenchmarkRefreshIcons(b *testing.B) {
	look(b, Light, 1)
	o := sheet()
	win := test.NewTempWindow(b, o)
	win.Resize(fyne.NewSize(1280, 860))
	b.ResetTimer()
	for range b.N {
		o.Refresh()
	}
}

// BenchmarkBuildIcons builds one row of icons of their own, as a page does that is opened.
func BenchmarkBuildIcons(b *testing.B) {
	look(b, Light, 1)
	win := test.NewTempWindow(b, nil)
	win.Resize(fyne.NewSize(1280, 860))
	b.ResetTimer()
	for range b.N {
		icons := make([]fyne.CanvasObject, 40)
		for i := range icons {
			icons[i] = NewIcon("search", 16, Accent)
		}
		win.SetContent(NewRow(4, icons...))
	}
}

func TestAGlyphTakesTheColourOfTheMoment(t *testing.T) {
	look(t, Light, 1)
	g := newGlyph()
	g.set("plus", Accent)
	at := func() (found color.Color) {
		img := g.draw(64, 64).(*image.RGBA)
		for i := 0; i < len(img.Pix); i += 4 {
			if img.Pix[i+3] == 255 {
				return img.RGBAAt(i/4%64, i/4/64)
			}
		}
		return nil
	}
	if got, want := at(), color.RGBAModel.Convert(light[Accent]); got != want {
		t.Errorf("light: %v, want %v", got, want)
	}
	look(t, Dark, 1)
	if got, want := at(), color.RGBAModel.Convert(dark[Accent]); got != want {
		t.Errorf("dark: %v, want %v", got, want)
	}
	g.set("plus", Clear)
	if got := at(); got != nil {
		t.Errorf("without a colour: %v is drawn", got)
	}
}

func TestEveryIconIsDrawnAtEverySize(t *testing.T) {
	for _, name := range assets.Icons() {
		for _, side := range []int{1, 12, 16, 40} {
			cover := 0
			for _, a := range outline(name, side, side).Pix {
				cover += int(a)
			}
			if cover == 0 || cover == 255*side*side {
				t.Errorf("%s at %d: nothing or all is covered", name, side)
			}
		}
	}
}

func TestAnOutlineIsDrawnOnce(t *testing.T) {
	first := outline("search", 16, 16)
	if again := outline("search", 16, 16); again != first {
		t.Error("the same icon was drawn twice")
	}
	if first == outline("search", 32, 32) {
		t.Error("two sizes are one drawing")
	}
}

func TestAGlyphWithoutNameOrRoomDrawsNothing(t *testing.T) {
	g := newGlyph()
	if img := g.draw(16, 16).(*image.RGBA); len(bytes.Trim(img.Pix, "\x00")) > 0 {
		t.Error("a glyph without a name is drawn")
	}
	g.set("search", Ink)
	if !g.draw(0, 0).Bounds().Empty() {
		t.Error("a glyph without room is drawn")
	}
}
