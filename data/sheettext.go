package data

import (
	"fmt"
	"strings"
	"time"
)

// SheetText is a sheet as plain text, at most width characters a line.
func SheetText(s Sheet, now time.Time, width int) string {
	w := &wrapper{width: max(width, 40)}
	w.line("", s.Title)
	w.line("", s.Under)
	for _, section := range s.Sections {
		if len(section.Lines) == 0 && section.Empty == "" {
			continue
		}
		head := section.Label
		if fresh := section.FreshWords(now); fresh != "" {
			head += ", " + fresh
		}
		w.head(head)
		if len(section.Lines) == 0 {
			w.line("  ", section.Empty)
		}
		for _, l := range section.Lines {
			w.line("  ", sheetLineText(s, l))
			w.line("     ", l.Below)
		}
	}
	if len(s.Sources) > 0 {
		w.head("Sources")
	}
	for _, source := range s.Sources {
		w.line("  ", fmt.Sprintf("[%d] %s", source.N, source.Words))
	}
	if s.Foot != "" {
		w.b.WriteByte('\n')
		w.line("", s.Foot)
	}
	return w.b.String()
}

// sheetLineText is a line without its second: "1. Halls steady (Priya Raman) [3]".
func sheetLineText(s Sheet, l SheetLine) string {
	text := l.led()
	if side := s.ColumnWord(l); side != "" {
		text = lowerFirst(side) + ": " + text
	}
	if l.Number > 0 {
		text = fmt.Sprintf("%d. %s", l.Number, text)
	}
	var rest []string
	rest = append(rest, l.Said, l.Amount)
	if l.Bar != nil {
		rest = append(rest, strings.TrimSpace(l.Bar.Label+" "+l.Bar.Value))
	}
	if l.Span != nil {
		rest = append(rest, l.Span.Words)
	}
	for _, m := range l.Marks {
		rest = append(rest, m.Words)
	}
	rest = append(rest, l.Names(), l.AgeWords())
	text = joinDots(append([]string{text}, rest...)...)
	if l.Source > 0 {
		text += fmt.Sprintf(" [%d]", l.Source)
	}
	return text
}

// FindingsText is what the lint found as plain text, "Nothing to mend." where it
// found nothing.
func FindingsText(list []PlanFinding, width int) string {
	w := &wrapper{width: max(width, 40)}
	if len(list) == 0 {
		w.line("", "Nothing to mend.")
	}
	for _, f := range list {
		w.line("", f.Words)
		w.line("  ", f.Detail)
		w.line("  ", "→ "+f.Remedy)
	}
	return w.b.String()
}
