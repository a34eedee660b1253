package codec

import (
	"fmt"
	"io"
	"strings"
	"time"

	"rapport/data"
)

// WriteSheetMarkdown writes a sheet as Markdown (CommonMark): a heading for each
// section, a list item for each line, sources as a numbered list.
func WriteSheetMarkdown(w io.Writer, s data.Sheet, now time.Time, made string) error {
	var b strings.Builder
	b.WriteString("# " + markdown(s.Title) + "\n\n")
	if s.Under != "" {
		b.WriteString(markdown(s.Under) + "\n\n")
	}
	for _, section := range s.Sections {
		if len(section.Lines) == 0 {
			continue
		}
		b.WriteString("## " + markdown(section.Label) + "\n\n")
		if fresh := section.FreshWords(now); fresh != "" {
			b.WriteString("*" + markdown(fresh) + "*\n\n")
		}
		for _, l := range section.Whole() {
			b.WriteString(markdownLine(s, l))
		}
		b.WriteByte('\n')
	}
	for _, box := range s.Boxes {
		b.WriteString("**" + markdown(box) + ":** \\_\\_\\_\\_\\_\\_\\_\\_\n\n")
	}
	if len(s.Sources) > 0 {
		b.WriteString("## Sources\n\n")
	}
	for _, source := range s.Sources {
		fmt.Fprintf(&b, "%d. %s\n", source.N, markdown(source.Words))
	}
	if foot := strings.Trim(s.Foot+". "+made, ". "); foot != "" {
		b.WriteString("\n" + markdown(foot) + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func markdownLine(s data.Sheet, l data.SheetLine) string {
	item := "- "
	if l.Number > 0 {
		item = fmt.Sprintf("%d. ", l.Number)
	}
	text := markdown(l.Text)
	if l.Number > 0 {
		text = "**" + text + "**"
	}
	if l.Lead != "" {
		text = "**" + markdown(l.Lead) + "** " + text
	}
	if side := s.ColumnWord(l); side != "" {
		text = "**" + side + ":** " + text
	}
	var rest []string
	add := func(words string) {
		if words != "" {
			rest = append(rest, markdown(words))
		}
	}
	add(l.Said)
	add(l.Amount)
	if l.Bar != nil {
		add(strings.TrimSpace(l.Bar.Label + " " + l.Bar.Value))
	}
	if l.Span != nil {
		add(l.Span.Words)
	}
	for _, m := range l.Marks {
		add(m.Words)
	}
	add(l.Names())
	add(l.AgeWords())
	if len(rest) > 0 {
		text += " · " + strings.Join(rest, " · ")
	}
	if l.Source > 0 {
		text += fmt.Sprintf(" \\[%d\\]", l.Source)
	}
	if l.Below != "" {
		text += "  \n" + strings.Repeat(" ", len(item)) + markdown(l.Below)
	}
	return item + text + "\n"
}

var markdownEscapes = strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", "&lt;", ">", "&gt;", "&", "&amp;", "|", `\|`, "\r\n", " ", "\n", " ", "\r", " ")

// markdown escapes a text that is no markup, on one line. What would begin a list
// or a heading does not.
func markdown(s string) string {
	s = markdownEscapes.Replace(strings.TrimSpace(s))
	if s != "" && strings.ContainsRune("#+-~=", rune(s[0])) {
		s = `\` + s
	}
	digits := strings.TrimLeft(s, "0123456789")
	if n := len(s) - len(digits); n > 0 && (strings.HasPrefix(digits, ".") || strings.HasPrefix(digits, ")")) {
		s = s[:n] + `\` + digits
	}
	return s
}
