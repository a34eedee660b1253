package kit

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Paragraph is text that wraps at words, in spans of different roles and colours. A newline in a
// span begins a new line. It is a Flow: put it in a Stack, which gives it the height it needs.
type Paragraph struct {
	widget.BaseWidget
	Spans    []Span
	Align    fyne.TextAlign
	MaxLines int // 0 is any number; what does not fit is cut with an ellipsis

	face  *face
	lines []wrapped // of the width below
	width float32
}

// NewParagraph returns wrapping text in one role and colour.
func NewParagraph(role Role, tint fyne.ThemeColorName, text string) *Paragraph {
	return NewSpans(Span{Text: text, Role: role, Tint: tint})
}

// NewSpans returns wrapping text in several spans.
func NewSpans(spans ...Span) *Paragraph {
	p := &Paragraph{Spans: spans}
	p.ExtendBaseWidget(p)
	return p
}

// Center puts every line in the middle.
func (p *Paragraph) Center() *Paragraph { p.Align = fyne.TextAlignCenter; return p }

// AtMost cuts the text after some lines.
func (p *Paragraph) AtMost(lines int) *Paragraph { p.MaxLines = lines; return p }

// Set changes the spans and redraws.
func (p *Paragraph) Set(spans ...Span) {
	p.Spans = spans
	p.Refresh()
}

// HeightFor returns the height of the text wrapped at a width.
func (p *Paragraph) HeightFor(width float32) float32 {
	return float32(len(p.wrapAt(width))) * p.pitch()
}

// Lines returns the text as it stands wrapped at a width.
func (p *Paragraph) Lines(width float32) []string {
	var out []string
	for _, line := range p.wrapAt(width) {
		var b strings.Builder
		for _, r := range line {
			b.WriteString(r.text)
		}
		out = append(out, b.String())
	}
	return out
}

// CreateRenderer draws the lines.
func (p *Paragraph) CreateRenderer() fyne.WidgetRenderer {
	p.face = newFace(p, p.least, p.place, nil)
	p.face.paint = func() { p.width = -1 }
	p.width = -1
	return p.face
}

func (p *Paragraph) least() fyne.Size {
	width := p.Size().Width
	if width <= 0 {
		width = 400
	}
	return fyne.NewSize(0, p.HeightFor(width))
}

func (p *Paragraph) naturalWidth() float32 {
	w := float32(0)
	for _, s := range p.Spans {
		w += measure(s.Role, s.Text)
	}
	return w + 1
}

func (p *Paragraph) pitch() float32 {
	h := float32(0)
	for _, s := range p.Spans {
		h = max(h, lineHeight(s.Role))
	}
	return h
}

func (p *Paragraph) place(size fyne.Size) {
	if size.Width == p.width || size.Width <= 0 {
		return
	}
	p.lines, p.width = p.wrapAt(size.Width), size.Width
	p.face.objects = nil
	for i, line := range p.lines {
		p.draw(line, size.Width, float32(i)*p.pitch())
	}
}

func (p *Paragraph) draw(line wrapped, width, top float32) {
	x := float32(0)
	if p.Align == fyne.TextAlignCenter {
		x = (width - line.width(p.Spans)) / 2
	}
	base := float32(0)
	for _, r := range line {
		role := p.Spans[r.span].Role
		base = max(base, (p.pitch()-textHeight(role))/2+ascent(role))
	}
	for _, r := range line {
		s := p.Spans[r.span]
		t := canvas.NewText(r.text, nil)
		dress(t, s.Role, s.tint())
		w := measure(s.Role, r.text)
		put(t, x, top+base-ascent(s.Role), w, t.MinSize().Height)
		p.face.objects = append(p.face.objects, t)
		x += w
	}
}

// run is a piece of a line that comes from one span.
type run struct {
	span int
	text string
}

type wrapped []run

func (w wrapped) width(spans []Span) float32 {
	sum := float32(0)
	for _, r := range w {
		sum += measure(spans[r.span].Role, r.text)
	}
	return sum
}

func (p *Paragraph) wrapAt(width float32) []wrapped {
	lines := wrap(p.Spans, width)
	if p.MaxLines > 0 && len(lines) > p.MaxLines {
		lines = lines[:p.MaxLines]
		lines[p.MaxLines-1] = p.ended(lines[p.MaxLines-1], width)
	}
	return lines
}

// ended closes a line with an ellipsis that still fits the width.
func (p *Paragraph) ended(line wrapped, width float32) wrapped {
	if len(line) == 0 {
		return wrapped{{0, ellipsis}}
	}
	last := line[len(line)-1]
	room := width - line[:len(line)-1].width(p.Spans)
	role := p.Spans[last.span].Role
	text := strings.TrimRight(last.text, " ") + ellipsis
	if measure(role, text) > room {
		text = clip(role, last.text+" "+ellipsis, room)
	}
	return append(append(wrapped{}, line[:len(line)-1]...), run{last.span, text})
}

// wrap breaks spans into lines no wider than width: at spaces, at newlines, and inside a word
// only when the word alone is wider than a line.
func wrap(spans []Span, width float32) []wrapped {
	w := wrapper{spans: spans, width: width}
	for i, s := range spans {
		for k, part := range strings.Split(s.Text, "\n") {
			if k > 0 {
				w.end()
			}
			for _, word := range words(part) {
				w.add(i, word)
			}
		}
	}
	w.end()
	return w.lines
}

// words splits a text after each run of spaces, keeping the spaces with the word before.
func words(s string) []string {
	var out []string
	start := 0
	for i := 1; i < len(s); i++ {
		if s[i-1] == ' ' && s[i] != ' ' {
			out = append(out, s[start:i])
			start = i
		}
	}
	if start < len(s) {
		out = append(out, s[start:])
	}
	return out
}

type wrapper struct {
	spans []Span
	width float32
	lines []wrapped
	line  wrapped
	used  float32
}

func (w *wrapper) end() {
	w.lines = append(w.lines, w.line)
	w.line, w.used = nil, 0
}

func (w *wrapper) add(span int, word string) {
	role := w.spans[span].Role
	bare := measure(role, strings.TrimRight(word, " "))
	if w.used > 0 && w.used+bare > w.width {
		w.end()
	}
	for bare > w.width && w.width > 0 {
		head, rest := split(role, word, w.width)
		if rest == "" {
			break
		}
		w.push(span, head)
		w.end()
		word = rest
		bare = measure(role, strings.TrimRight(word, " "))
	}
	w.push(span, word)
}

func (w *wrapper) push(span int, text string) {
	if n := len(w.line); n > 0 && w.line[n-1].span == span {
		w.line[n-1].text += text
	} else {
		w.line = append(w.line, run{span, text})
	}
	w.used += measure(w.spans[span].Role, text)
}

// split cuts a word where a line is full; the head has at least one letter.
func split(role Role, word string, width float32) (head, rest string) {
	runes := []rune(word)
	n := 1
	for n < len(runes) && measure(role, string(runes[:n+1])) <= width {
		n++
	}
	return string(runes[:n]), string(runes[n:])
}
