package codec

import (
	"strings"

	"rapport/assets"

	"github.com/go-pdf/fpdf"
)

// ink is a colour of the printed page.
type ink struct{ r, g, b int }

// The inks, those of the light window.
var (
	inkText    = ink{0x23, 0x20, 0x1C}
	inkSecond  = ink{0x57, 0x52, 0x4A}
	inkHint    = ink{0x6F, 0x69, 0x5F}
	inkLine    = ink{0xD2, 0xCB, 0xBE}
	inkGround  = ink{0xE9, 0xE4, 0xDB}
	inkOurs    = ink{0x12, 0x68, 0x5A}
	inkTheirs  = ink{0x82, 0x40, 0x7B}
	inkPartner = ink{0x6A, 0x5A, 0x36}
	inkWarn    = ink{0x80, 0x53, 0x0A}
	inkAlert   = ink{0xAB, 0x38, 0x20}
)

// run is a stretch of text in one style.
type run struct {
	text   string
	bold   bool
	italic bool // what somebody said, in their words
	ink    ink
	boxed  bool // a short label with a line around it, never broken
	raised bool // a source's number
}

// pen draws on a page, or only measures when it is dry. Lengths are millimetres,
// size is points.
type pen struct {
	pdf  *fpdf.Fpdf
	dry  bool
	y    float64
	wide float64
	size float64
}

// Paper is a size of paper.
type Paper string

// The sizes that offices print on.
const (
	A4     Paper = "A4"
	Letter Paper = "Letter"
)

// newPDF is an empty document with our faces in it.
func newPDF(paper Paper, title string) *fpdf.Fpdf {
	if paper != Letter {
		paper = A4
	}
	pdf := fpdf.New("P", "mm", string(paper), "")
	pdf.AddUTF8FontFromBytes("sans", "", assets.SansRegular)
	pdf.AddUTF8FontFromBytes("sans", "B", assets.SansBold)
	pdf.AddUTF8FontFromBytes("sans", "I", assets.SansItalic)
	pdf.AddUTF8FontFromBytes("display", "B", assets.DisplayBold)
	pdf.SetTitle(title, true)
	pdf.SetCreator("Rapport", true)
	pdf.SetCatalogSort(true)
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetMargins(0, 0, 0)
	pdf.SetCellMargin(0)
	return pdf
}

// height is how high a line of text is.
func (p *pen) height() float64 { return p.size * 0.3528 * 1.38 }

func (p *pen) font(r run, size float64) {
	style := ""
	switch {
	case r.bold:
		style = "B"
	case r.italic:
		style = "I"
	}
	p.pdf.SetFont("sans", style, size)
}

func (p *pen) colour(c ink) { p.pdf.SetTextColor(c.r, c.g, c.b) }

// word is a piece of a line that is not broken.
type word struct {
	run
	wide  float64
	glued bool // stands at once behind the one before
}

func (p *pen) words(runs []run) (list []word) {
	for _, r := range runs {
		if r.text == "" {
			continue
		}
		if r.boxed || r.raised {
			list = append(list, word{run: r, wide: p.width(r), glued: r.raised})
			continue
		}
		for _, text := range strings.FieldsFunc(r.text, isBlank) {
			one := r
			one.text = text
			list = append(list, word{run: one, wide: p.width(one)})
		}
	}
	return list
}

// isBlank says whether a line may be broken there; a no-break space stays.
func isBlank(r rune) bool { return r == ' ' || r == '\n' || r == '\t' || r == '\r' }

// width is how wide a run is on one line.
func (p *pen) width(r run) float64 {
	switch {
	case r.raised:
		p.font(run{}, p.size*0.7)
		return p.pdf.GetStringWidth(r.text) + 0.5
	case r.boxed:
		p.font(run{}, p.size*0.88)
		return p.pdf.GetStringWidth(r.text) + 1.8
	}
	p.font(r, p.size)
	return p.pdf.GetStringWidth(r.text)
}

// space is the width of a blank.
func (p *pen) space() float64 { p.font(run{}, p.size); return p.pdf.GetStringWidth(" ") }

// write sets runs from x on, in lines of at most wide, and moves down behind them.
func (p *pen) write(x, wide float64, runs ...run) {
	blank, at := p.space(), 0.0
	words := p.words(runs)
	for i, w := range words {
		gap := blank
		if i == 0 || w.glued {
			gap = 0
		}
		need := gap + w.wide
		if i+1 < len(words) && words[i+1].glued {
			need += words[i+1].wide
		}
		if at > 0 && !w.glued && at+need > wide+0.01 {
			p.y += p.height()
			at, gap = 0, 0
		}
		at += gap
		p.put(x+at, w)
		at += w.wide
	}
	p.y += p.height()
}

// put sets one word on the line at y.
func (p *pen) put(x float64, w word) {
	if p.dry {
		return
	}
	base := p.y + p.height()*0.74
	p.colour(w.ink)
	switch {
	case w.raised:
		p.font(run{}, p.size*0.7)
		p.pdf.Text(x+0.4, base-p.size*0.09, w.text)
	case w.boxed:
		p.font(run{}, p.size*0.88)
		p.pdf.SetDrawColor(w.ink.r, w.ink.g, w.ink.b)
		p.pdf.SetLineWidth(0.15)
		p.pdf.RoundedRect(x, p.y+p.height()*0.1, w.wide, p.height()*0.84, 0.6, "1234", "D")
		p.pdf.Text(x+0.9, base-p.size*0.012, w.text)
	default:
		p.font(w.run, p.size)
		p.pdf.Text(x, base, w.text)
	}
}

// right sets one run so that it ends at x, on the line at y, and returns how wide
// it is.
func (p *pen) right(x float64, r run) float64 {
	wide := p.width(r)
	p.put(x-wide, word{run: r, wide: wide})
	return wide
}

// rule draws a line across at y.
func (p *pen) rule(x, wide float64, c ink, thick float64) {
	if p.dry {
		return
	}
	p.pdf.SetDrawColor(c.r, c.g, c.b)
	p.pdf.SetLineWidth(thick)
	p.pdf.Line(x, p.y, x+wide, p.y)
}

// block fills a rectangle.
func (p *pen) block(x, y, wide, high float64, c ink) {
	if p.dry || wide <= 0 {
		return
	}
	p.pdf.SetFillColor(c.r, c.g, c.b)
	p.pdf.Rect(x, y, wide, high, "F")
}
