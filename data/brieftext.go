package data

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// BriefText is the brief as plain text for a terminal or a plain file, in lines
// of at most width characters; 40 when width is less. A word longer than a line
// stays whole.
func BriefText(b Brief, width int) string {
	w := &wrapper{width: max(width, 40)}
	w.line("", b.Title)
	w.line("", b.When)
	w.line("", accountLine(b.Account))
	w.labelled("We", b.We)
	w.labelled("They", b.They)
	for _, s := range b.Sections {
		w.head(s.Title)
		for _, l := range s.Lines {
			w.line("  ", lineText(l))
		}
	}
	w.head("After the meeting")
	for _, box := range b.After {
		w.line("  ", box+": "+strings.Repeat("_", max(8, w.width-utf8.RuneCountInString(box)-4)))
	}
	if len(b.Sources) > 0 {
		w.head("Sources")
	}
	for _, s := range b.Sources {
		w.line("  ", fmt.Sprintf("[%d] %s", s.N, joinCommas(joinDots(s.What, s.Who), s.At.Format("2 Jan 2006 15:04"))))
	}
	w.b.WriteByte('\n')
	w.line("", b.Made)
	return w.b.String()
}

func accountLine(a Account) string {
	tier := ""
	if a.Tier != "" {
		tier = "tier " + string(a.Tier)
	}
	return joinDots(a.Name, tier, a.Sector)
}

// lineText is "Samuel Reyes, finance director. Never met. Never spoken [4]".
func lineText(l BriefLine) string {
	present, _ := parted([]string{joinCommas(l.Lead, l.Under), l.Mark, l.Text}, func(s string) bool { return s != "" })
	s := strings.Join(present, ". ")
	if l.Source > 0 {
		s += fmt.Sprintf(" [%d]", l.Source)
	}
	return s
}

// wrapper writes lines of a width.
type wrapper struct {
	b     strings.Builder
	width int
}

func (w *wrapper) head(title string) {
	w.b.WriteByte('\n')
	w.line("", title)
}

func (w *wrapper) labelled(label, s string) {
	if s != "" {
		w.line("", label+": "+s)
	}
}

// line writes s with the indent, broken between words; what follows the first
// line stands two further in.
func (w *wrapper) line(indent, s string) {
	if s == "" {
		return
	}
	column := 0
	for i, word := range strings.Fields(s) {
		n := utf8.RuneCountInString(word)
		switch {
		case i == 0:
			w.b.WriteString(indent)
			column = len(indent)
		case column+1+n > w.width:
			w.b.WriteString("\n  " + indent)
			column = len(indent) + 2
		default:
			w.b.WriteByte(' ')
			column++
		}
		w.b.WriteString(word)
		column += n
	}
	w.b.WriteByte('\n')
}
