package app

import (
	"context"
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
	"rapport/sync"
)

// layoutWords name what brings back the headings, lists, links and tables of a
// mail that came as HTML.
const layoutWords = "Show its headings, lists and links"

// isRead says whether the mail is shown with its headings and lists.
func (v *inspector) isRead() bool {
	m, ok := v.message()
	return ok && m.Reading != ""
}

// hasLayout says whether the mail has headings and lists that are not shown.
func (v *inspector) hasLayout() bool {
	m, ok := v.message()
	return ok && m.Form.Page && m.Reading == ""
}

func (v *inspector) layoutLink() []fyne.CanvasObject {
	if !v.hasLayout() {
		return nil
	}
	return append(v.pullLink(layoutWords, pullReading, v.readLayout), kit.NewSpace(6))
}

func (v *inspector) readLayout() {
	pullAgain(v, pullReading, func(ctx context.Context, m data.MessageRow, o sync.PullOptions) (data.MessageRow, error) {
		return sync.Reading(ctx, v.w.db, v.w.keys, m, o)
	}, v.renew)
}

// readingParts are a text with its headings, lists and tables, as
// data.Message.Reading has it.
func readingParts(s string) []fyne.CanvasObject {
	var list []fyne.CanvasObject
	var lines []string
	role := kit.Body
	end := func() {
		if text := strings.Trim(strings.Join(lines, "\n"), "\n"); strings.TrimSpace(text) != "" {
			list = append(list, kit.NewParagraph(role, kit.Ink, text), kit.NewSpace(8))
		}
		lines, role = nil, kit.Body
	}
	for line := range strings.SplitSeq(s, "\n") {
		level, words := headingOf(line)
		switch {
		case level > 0:
			end()
			list = append(list, kit.NewSpace(4), kit.NewParagraph(headingRole(level), kit.Ink, words), kit.NewSpace(6))
		case strings.HasPrefix(line, "|") != (role == kit.Mono):
			end()
			if strings.HasPrefix(line, "|") {
				role = kit.Mono
			}
			lines = append(lines, pointed(line))
		default:
			lines = append(lines, pointed(line))
		}
	}
	end()
	return list
}

// headingOf is a heading's level, 0 for none, and its words.
func headingOf(line string) (level int, words string) {
	words = strings.TrimLeft(line, "#")
	level = len(line) - len(words)
	if level > 6 || !strings.HasPrefix(words, " ") {
		return 0, line
	}
	return level, strings.TrimSpace(words)
}

func headingRole(level int) kit.Role {
	if level == 1 {
		return kit.Heading
	}
	return kit.BodyBold
}

// pointed writes a point of a list with a dot, set in by its depth, and a rule as
// a line.
func pointed(line string) string {
	words := strings.TrimLeft(line, " ")
	depth := utf8.RuneCountInString(line) - utf8.RuneCountInString(words)
	switch {
	case words == "* * *" || words == "---":
		return "———"
	case strings.HasPrefix(words, "- "):
		return strings.Repeat("\u2003", 1+depth/2) + "•\u2002" + words[2:]
	}
	return strings.TrimRight(line, " ")
}
