package chart

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"image/color"
	"strings"
)

// SVG is the map as a drawing that any browser and word processor shows. Its
// letters are text and can be searched.
func (m Map) SVG() ([]byte, error) {
	f, err := readFaces()
	if err != nil {
		return nil, err
	}
	l, err := f.letters()
	if err != nil {
		return nil, err
	}
	p := &svgPen{}
	p.begin(m.Title, sheetHeight)
	m.draw(p, l)
	p.out.WriteString("</svg>\n")
	return p.out.Bytes(), nil
}

type svgPen struct{ out bytes.Buffer }

func (p *svgPen) begin(title string, high float32) {
	fmt.Fprintf(&p.out, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%s" viewBox="0 0 %d %s" font-family="Inter, 'Helvetica Neue', Arial, sans-serif" role="img">`+"\n",
		sheetWidth, num(high), sheetWidth, num(high))
	fmt.Fprintf(&p.out, "<title>%s</title>\n", escaped(title))
}

// paint is a colour as SVG has it.
func paint(c color.NRGBA) string {
	if c.A == 0 {
		return "none"
	}
	return fmt.Sprintf("#%02X%02X%02X", c.R, c.G, c.B)
}

// escaped is a text within XML; letters that XML does not know are left out.
func escaped(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(strings.Map(func(r rune) rune { // a Builder takes everything
		if r < ' ' && r != '\t' || r == 0xFFFE || r == 0xFFFF {
			return -1
		}
		return r
	}, s)))
	return b.String()
}

func (p *svgPen) rect(b Box, fill color.NRGBA) {
	fmt.Fprintf(&p.out, `<rect x="%s" y="%s" width="%s" height="%s" fill="%s"/>`+"\n", num(b.X), num(b.Y), num(b.W), num(b.H), paint(fill))
}

func (p *svgPen) circle(at Point, radius float32, fill, stroke color.NRGBA, width float32) {
	fmt.Fprintf(&p.out, `<circle cx="%s" cy="%s" r="%s" fill="%s" stroke="%s" stroke-width="%s"/>`+"\n", num(at.X), num(at.Y), num(radius), paint(fill), paint(stroke), num(width))
}

func (p *svgPen) polygon(points []Point, fill color.NRGBA) {
	var list []string
	for _, at := range points {
		list = append(list, num(at.X)+","+num(at.Y))
	}
	fmt.Fprintf(&p.out, `<polygon points="%s" fill="%s"/>`+"\n", strings.Join(list, " "), paint(fill))
}

func (p *svgPen) curve(from, c1, c2, to Point, stroke color.NRGBA, width float32, dashed bool) {
	dash := ""
	if dashed {
		dash = ` stroke-dasharray="4 4"`
	}
	fmt.Fprintf(&p.out, `<path d="M%s %sC%s %s %s %s %s %s" fill="none" stroke="%s" stroke-width="%s"%s/>`+"\n",
		num(from.X), num(from.Y), num(c1.X), num(c1.Y), num(c2.X), num(c2.Y), num(to.X), num(to.Y), paint(stroke), num(width), dash)
}

func (p *svgPen) text(at Point, size float32, bold bool, tint color.NRGBA, words string) {
	if words == "" {
		return
	}
	more := ""
	if bold {
		more = ` font-weight="600"`
	}
	if size < 0 {
		size, more = -size, more+` text-anchor="middle"`
	}
	fmt.Fprintf(&p.out, `<text x="%s" y="%s" font-size="%s" fill="%s"%s>%s</text>`+"\n", num(at.X), num(at.Y), num(size), paint(tint), more, escaped(words))
}

// num is a length to a hundredth.
func num(x float32) string {
	s := fmt.Sprintf("%.2f", x)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}
