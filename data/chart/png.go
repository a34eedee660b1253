package chart

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"

	"github.com/srwiley/rasterx"
	"golang.org/x/image/font"
	"golang.org/x/image/math/fixed"
)

// Sharp is a scale for PNG that is sharp on every screen and on paper.
const Sharp = 2

// PNG is the map as a picture, scale pixels to a unit.
func (m Map) PNG(scale float32) ([]byte, error) {
	f, err := readFaces()
	if err != nil {
		return nil, err
	}
	l, err := f.letters()
	if err != nil {
		return nil, err
	}
	p := &pixelPen{faces: f, scale: scale, img: image.NewRGBA(image.Rect(0, 0, int(sheetWidth*scale), int(sheetHeight*scale)))}
	m.draw(p, l)
	if p.err != nil {
		return nil, p.err
	}
	var out bytes.Buffer
	if err := png.Encode(&out, p.img); err != nil {
		return nil, fmt.Errorf("picture: %w", err)
	}
	return out.Bytes(), nil
}

// pixelPen draws on a picture; the first thing that goes wrong is err.
type pixelPen struct {
	faces faces
	scale float32
	img   *image.RGBA
	err   error
}

func (p *pixelPen) at(q Point) fixed.Point26_6 {
	return rasterx.ToFixedP(float64(q.X*p.scale), float64(q.Y*p.scale))
}

// within is a scanner that draws only in a part of the picture, since the whole
// of it takes long for something small.
func (p *pixelPen) within(b Box) (*rasterx.ScannerGV, Point, int, int) {
	const edge = 2
	x, y := max(int(b.X*p.scale)-edge, 0), max(int(b.Y*p.scale)-edge, 0)
	r := image.Rect(x, y, int((b.X+b.W)*p.scale)+edge, int((b.Y+b.H)*p.scale)+edge).Intersect(p.img.Rect)
	part, _ := p.img.SubImage(r).(*image.RGBA)
	part.Rect = part.Rect.Sub(r.Min)
	return rasterx.NewScannerGV(max(r.Dx(), 1), max(r.Dy(), 1), part, part.Rect), Point{float32(r.Min.X) / p.scale, float32(r.Min.Y) / p.scale}, max(r.Dx(), 1), max(r.Dy(), 1)
}

func (p *pixelPen) rect(b Box, fill color.NRGBA) {
	if fill.A > 0 {
		x, y := int(b.X*p.scale+0.5), int(b.Y*p.scale+0.5)
		r := image.Rect(x, y, x+max(int(b.W*p.scale+0.5), 1), y+max(int(b.H*p.scale+0.5), 1))
		draw.Draw(p.img, r, image.NewUniform(fill), image.Point{}, draw.Over)
	}
}

func (p *pixelPen) circle(at Point, radius float32, fill, stroke color.NRGBA, width float32) {
	r := radius + width
	scanner, origin, w, h := p.within(Box{at.X - r, at.Y - r, 2 * r, 2 * r})
	x, y := float64((at.X-origin.X)*p.scale), float64((at.Y-origin.Y)*p.scale)
	if fill.A > 0 {
		filler := rasterx.NewFiller(w, h, scanner)
		filler.SetColor(fill)
		rasterx.AddCircle(x, y, float64(radius*p.scale), filler)
		filler.Draw()
	}
	if stroke.A > 0 && width > 0 {
		stroker := rasterx.NewStroker(w, h, scanner)
		stroker.Clear()
		stroker.SetStroke(fixed.Int26_6(width*p.scale*64), 0, nil, nil, nil, rasterx.Round)
		stroker.SetColor(stroke)
		rasterx.AddCircle(x, y, float64(radius*p.scale), stroker)
		stroker.Draw()
	}
}

func (p *pixelPen) polygon(points []Point, fill color.NRGBA) {
	var all Box
	for _, q := range points {
		all = all.With(Box{q.X, q.Y, 0.01, 0.01})
	}
	scanner, origin, w, h := p.within(all)
	filler := rasterx.NewFiller(w, h, scanner)
	filler.SetColor(fill)
	for i, q := range points {
		at := p.at(Point{q.X - origin.X, q.Y - origin.Y})
		if i == 0 {
			filler.Start(at)
		} else {
			filler.Line(at)
		}
	}
	filler.Stop(true)
	filler.Draw()
}

func (p *pixelPen) curve(from, c1, c2, to Point, stroke color.NRGBA, width float32, dashed bool) {
	x, y := min(from.X, to.X), min(from.Y, to.Y)
	scanner, origin, w, h := p.within(Box{x - width, y - width, max(from.X, to.X) - x + 2*width, max(from.Y, to.Y) - y + 2*width})
	at := func(q Point) fixed.Point26_6 { return p.at(Point{q.X - origin.X, q.Y - origin.Y}) }
	dasher := rasterx.NewDasher(w, h, scanner)
	var dashes []float64
	if dashed {
		dashes = []float64{float64(4 * p.scale), float64(4 * p.scale)}
	}
	dasher.SetStroke(fixed.Int26_6(width*p.scale*64), 0, rasterx.ButtCap, nil, nil, rasterx.Round, dashes, 0)
	dasher.SetColor(stroke)
	dasher.Start(at(from))
	dasher.CubeBezier(at(c1), at(c2), at(to))
	dasher.Stop(false)
	dasher.Draw()
}

func (p *pixelPen) text(at Point, size float32, bold bool, tint color.NRGBA, words string) {
	centered := size < 0
	face, err := p.faces.face(max(size, -size)*p.scale, bold)
	if err != nil {
		p.err = err
		return
	}
	pen := font.Drawer{Dst: p.img, Src: image.NewUniform(tint), Face: face, Dot: p.at(at)}
	if centered {
		pen.Dot.X -= pen.MeasureString(words) / 2
	}
	pen.DrawString(words)
}
