package chart

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
)

// A Chart can be drawn on any sheet.
type Chart interface {
	// Head is its title and what stands under it, on paper.
	Head() (title, note string)
	// Draw lays it out on a sheet of a size.
	Draw(w, h float32, l Letters) Drawing
}

// sheetHigh is how high a chart's sheet is: as it needs where it says so.
func sheetHigh(c Chart) float32 {
	if sized, ok := c.(interface{ Height() float32 }); ok {
		return min(paperTop+sized.Height()+paperEdge, 3*sheetHeight)
	}
	return sheetHeight
}

// drawSheet draws a chart under its title.
func drawSheet(c Chart, p pen, l Letters) {
	title, note := c.Head()
	high := sheetHigh(c)
	p.rect(Box{0, 0, sheetWidth, high}, white)
	p.text(Point{paperEdge, 46}, 20, true, inkColor, title)
	p.text(Point{paperEdge, 68}, 12, false, ink2Color, note)
	d := c.Draw(sheetWidth-2*paperEdge, high-paperTop-paperEdge/2, l)
	by := Point{paperEdge, paperTop}
	d.draw(p, by, func(t Tone) color.NRGBA { return papers[t] })
	d.write(p, by, l)
}

// SVG is a chart as a drawing that any browser and word processor shows. Its letters are text and can
// be searched.
func SVG(c Chart) ([]byte, error) {
	l, _, err := paperLetters()
	if err != nil {
		return nil, err
	}
	title, _ := c.Head()
	p := &svgPen{}
	p.begin(title, sheetHigh(c))
	drawSheet(c, p, l)
	p.out.WriteString("</svg>\n")
	return p.out.Bytes(), nil
}

// PNG is a chart as a picture, scale pixels to a unit.
func PNG(c Chart, scale float32) ([]byte, error) {
	l, f, err := paperLetters()
	if err != nil {
		return nil, err
	}
	p := &pixelPen{faces: f, scale: scale, img: image.NewRGBA(image.Rect(0, 0, int(sheetWidth*scale), int(sheetHigh(c)*scale)))}
	drawSheet(c, p, l)
	if p.err != nil {
		return nil, p.err
	}
	var out bytes.Buffer
	if err := png.Encode(&out, p.img); err != nil {
		return nil, fmt.Errorf("picture: %w", err)
	}
	return out.Bytes(), nil
}

func paperLetters() (Letters, faces, error) {
	f, err := readFaces()
	if err != nil {
		return Letters{}, f, err
	}
	l, err := f.letters()
	return l, f, err
}
