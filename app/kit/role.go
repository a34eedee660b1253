package kit

import "fyne.io/fyne/v2"

// Role is what a text is for; it decides face, size and line height.
type Role int

// The roles of texts, with size and line height in units.
const (
	Body       Role = iota // 13/18
	BodyBold               // 13/18, weight 600
	BodyQuote              // 13/18, italic: the words of people
	Small                  // 12/16
	SmallBold              // 12/16, weight 600
	SmallQuote             // 12/16, italic
	Micro                  // 11/15
	MicroBold              // 11/15, weight 600
	Mark                   // 10/14
	MarkBold               // 10/14, weight 600
	Heading                // 15/20, weight 600
	Lead                   // 15/20, regular: a sentence under a title
	LeadQuote              // 15/22, italic: a quote that stands alone
	Title                  // 18/24, display
	Display                // 24/30, display
	Big                    // 26/30, display: big numbers
	Welcome                // 30/38, display
	Mono                   // 12/16, fixed width: addresses
	Story                  // 18/27, regular: the sentence of the first run
)

type cut struct {
	size, line float32
	style      fyne.TextStyle
	source     fyne.Resource
}

var (
	bold   = fyne.TextStyle{Bold: true}
	italic = fyne.TextStyle{Italic: true}
)

var cuts = map[Role]cut{
	Body:       {size: 13, line: 18},
	BodyBold:   {size: 13, line: 18, style: bold},
	BodyQuote:  {size: 13, line: 18, style: italic},
	Small:      {size: 12, line: 16},
	SmallBold:  {size: 12, line: 16, style: bold},
	SmallQuote: {size: 12, line: 16, style: italic},
	Micro:      {size: 11, line: 15},
	MicroBold:  {size: 11, line: 15, style: bold},
	Mark:       {size: 10, line: 14},
	MarkBold:   {size: 10, line: 14, style: bold},
	Heading:    {size: 15, line: 20, style: bold},
	Lead:       {size: 15, line: 20},
	LeadQuote:  {size: 15, line: 22, style: italic},
	Title:      {size: 18, line: 24, source: fontDisplay},
	Display:    {size: 24, line: 30, source: fontDisplay},
	Big:        {size: 26, line: 30, source: fontDisplay},
	Welcome:    {size: 30, line: 38, source: fontDisplay},
	Mono:       {size: 12, line: 16, style: fyne.TextStyle{Monospace: true}},
	Story:      {size: 18, line: 27},
}

// lineHeight is the room one line of a role takes, at the current scale.
func lineHeight(r Role) float32 {
	return Scaled(cuts[r].line)
}

// measure is the width of a text in a role, at the current scale.
func measure(r Role, s string) float32 {
	if s == "" {
		return 0
	}
	c := cuts[r]
	size, _ := fyne.CurrentApp().Driver().RenderedTextSize(s, Scaled(c.size), c.style, c.source)
	return size.Width
}

// clip cuts a text so that it and an ellipsis fit a width. It answers "" when not even the
// ellipsis fits.
func clip(r Role, s string, width float32) string {
	if measure(r, s) <= width+0.5 {
		return s
	}
	runes := []rune(s)
	low, high := 0, len(runes) // the longest prefix that fits is in [low, high)
	for low < high {
		mid := (low + high + 1) / 2
		if measure(r, trimmed(runes[:mid])+ellipsis) <= width {
			low = mid
		} else {
			high = mid - 1
		}
	}
	if low == 0 && measure(r, ellipsis) > width {
		return ""
	}
	return trimmed(runes[:low]) + ellipsis
}

const ellipsis = "…"

func trimmed(r []rune) string {
	for len(r) > 0 && r[len(r)-1] == ' ' {
		r = r[:len(r)-1]
	}
	return string(r)
}
