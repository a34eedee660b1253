package data

import (
	"cmp"
	"fmt"
	"slices"
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
	for _, s := range b.Stands {
		w.line("", s)
	}
	w.labelled("We", b.We)
	w.labelled("They", b.They)
	if b.Account.ID != "" {
		w.b.WriteByte('\n')
		w.labelled("The outcome to earn", headLine(b.Outcome))
		w.labelled("What they likely want", headLine(b.Wants))
	}
	w.sections(b, b.Sections)
	w.head("After the meeting")
	for _, box := range b.Boxes {
		w.line("  ", box+": "+strings.Repeat("_", max(8, w.width-utf8.RuneCountInString(box)-4)))
	}
	if len(b.Cut) > 0 {
		w.head("What found no room")
		w.sections(b, b.Cut)
	}
	if len(b.Sources) > 0 {
		w.head("Sources")
	}
	for _, s := range b.Sources {
		w.line("  ", fmt.Sprintf("[%d] %s", s.N, s.Words))
	}
	w.b.WriteByte('\n')
	w.line("", b.Made)
	return w.b.String()
}

func (w *wrapper) sections(b Brief, list []SheetSection) {
	for _, s := range list {
		w.head(s.Label)
		if len(s.Lines) == 0 {
			w.line("  ", s.Empty)
		}
		for _, l := range s.Lines {
			w.line("  ", sheetLineText(b.Sheet, l))
			w.line("     ", l.Below)
		}
	}
}

// headLine is the outcome or the wish with its source, or what to write.
func headLine(l SheetLine) string {
	if l.Text == "" {
		return "? " + l.Below
	}
	s := joinDots(l.Text, l.Said)
	for _, m := range l.Marks {
		s += " (" + m.Words + ")"
	}
	if l.Source > 0 {
		s += fmt.Sprintf(" [%d]", l.Source)
	}
	return s
}

// AsSheet is the brief as a sheet alone, for faces that know no more: its head is
// a section, and so is what found no room.
func (b Brief) AsSheet() Sheet {
	s := b.Sheet
	s.Under = joinDots(b.When, b.Account.Name)
	head := SheetSection{Key: "head", Label: "At a glance", Lines: []SheetLine{{Lead: "We", Text: b.We}, {Lead: "They", Text: b.They}}}
	for _, words := range b.Stands {
		head.Lines = append(head.Lines, SheetLine{Text: words})
	}
	if b.Account.ID != "" {
		head.Lines = append(head.Lines, glance("To earn", b.Outcome), glance("They want", b.Wants))
	}
	head.Lines = slices.DeleteFunc(head.Lines, func(l SheetLine) bool { return l.Text == "" })
	s.Sections = []SheetSection{head}
	for _, section := range b.Sections {
		if len(section.Lines) == 0 {
			section.Lines = []SheetLine{{Text: section.Empty}}
		}
		s.Sections = append(s.Sections, section)
	}
	for _, cut := range b.Cut {
		cut.Label += ", what found no room"
		cut.Beside = false
		s.Sections = append(s.Sections, cut)
	}
	return s
}

func glance(lead string, l SheetLine) SheetLine {
	l.Lead, l.Text = lead, cmp.Or(l.Text, l.Below)
	l.Below = ""
	return l
}

func accountLine(a Account) string {
	return joinDots(a.Name, a.Sector)
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
