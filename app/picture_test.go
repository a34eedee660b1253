package app

import (
	"image"
	"image/color"
	"testing"
)

func TestDifferingCountsPixelsThatAreClearlyOthers(t *testing.T) {
	plain := func(c color.Color) *image.NRGBA {
		img := image.NewNRGBA(image.Rect(0, 0, 10, 10))
		for i := range 100 {
			img.Set(i%10, i/10, c)
		}
		return img
	}
	white, grey := plain(color.White), plain(color.Gray{0xF0})
	dotted := plain(color.White)
	dotted.Set(3, 4, color.Black)
	decoded := image.NewRGBA(white.Rect)
	copy(decoded.Pix, white.Pix)
	clear := plain(color.Transparent)
	for name, c := range map[string]struct {
		a, b image.Image
		want float64
	}{
		"the same":                   {white, plain(color.White), 0},
		"as it is read from a file":  {white, decoded, 0},
		"one point":                  {white, dotted, 0.01},
		"a little greyer everywhere": {white, grey, 0},
		"black":                      {white, plain(color.Black), 1},
		"nothing in it":              {white, clear, 1},
	} {
		t.Run(name, func(t *testing.T) {
			if got := differing(c.a, c.b); got != c.want {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}
