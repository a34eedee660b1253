package kit

import (
	"bytes"
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"github.com/fyne-io/oksvg"
	"github.com/srwiley/rasterx"

	"rapport/assets"
)

// glyph is an icon on the canvas, as parts hold it: set name and tint in paint, and put its raster
// among the objects.
//
// canvas.Image is not used because it reads the drawing anew, as XML and twice, whenever its part is
// refreshed; a page has a hundred icons.
type glyph struct {
	*canvas.Raster
	name string
	tint fyne.ThemeColorName
}

// newGlyph returns an icon without a name, which draws nothing.
func newGlyph() *glyph {
	g := &glyph{}
	g.Raster = canvas.NewRaster(g.draw)
	return g
}

// set changes what is drawn from the next refresh on; "" draws nothing.
func (g *glyph) set(name string, tint fyne.ThemeColorName) {
	g.name, g.tint = name, tint
}

func (g *glyph) draw(w, h int) image.Image {
	if g.name == "" || w <= 0 || h <= 0 {
		return image.NewRGBA(image.Rect(0, 0, w, h))
	}
	return tinted(outline(g.name, w, h), Color(g.tint))
}

// outlines are the icons drawn so far, in black, at the sizes they are shown in: a few hundred bytes
// each, and there are no more than icons times sizes. Everything is drawn on Fyne's own goroutine.
var outlines = map[outlineKey]*image.Alpha{}

type outlineKey struct {
	name string
	w, h int
}

// outline is the cover of an icon, w by h pixels.
func outline(name string, w, h int) *image.Alpha {
	key := outlineKey{name, w, h}
	if a, ok := outlines[key]; ok {
		return a
	}
	drawn := drawSVG(assets.Icon(name), w, h)
	a := image.NewAlpha(drawn.Rect)
	for i := range a.Pix {
		a.Pix[i] = drawn.Pix[4*i+3]
	}
	outlines[key] = a
	return a
}

// tinted is an outline filled with a colour.
func tinted(a *image.Alpha, c color.Color) *image.RGBA {
	img := image.NewRGBA(a.Rect)
	n := color.RGBAModel.Convert(c).(color.RGBA)
	for i, cover := range a.Pix {
		if cover > 0 {
			p := img.Pix[4*i : 4*i+4 : 4*i+4]
			p[0], p[1], p[2], p[3] = part(n.R, cover), part(n.G, cover), part(n.B, cover), part(n.A, cover)
		}
	}
	return img
}

func part(value, of uint8) uint8 {
	return uint8((uint32(value)*uint32(of) + 127) / 255)
}

// drawSVG draws a picture of ours over w by h pixels. It panics on one that cannot be read: they are
// part of the program.
func drawSVG(svg []byte, w, h int) *image.RGBA {
	icon, err := oksvg.ReadIconStream(bytes.NewReader(svg))
	if err != nil {
		panic("bug: " + err.Error())
	}
	icon.SetTarget(0, 0, float64(w), float64(h))
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	icon.Draw(rasterx.NewDasher(w, h, rasterx.NewScannerGV(w, h, img, img.Rect)), 1)
	return img
}
