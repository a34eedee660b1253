package feed

import (
	"strings"
	"unicode"

	"rapport/sync/markup"
)

// mostText is how many letters are kept of what an item says, and mostTitle of its
// title.
const (
	mostHTML  = 1 << 20 // bytes that are read
	mostText  = 20_000
	mostTitle = 300
)

// plain is the text of a piece of HTML: no tags, no pictures, a line for each
// block.
func plain(s string) string {
	return cut(tidy(strings.Map(printed, markup.Text(strings.ToValidUTF8(s[:min(len(s), mostHTML)], "")))), mostText)
}

// printed drops what is no letter, as escapes for a terminal; JSON and entities can
// hold them.
func printed(r rune) rune {
	if unicode.IsControl(r) && !unicode.IsSpace(r) {
		return -1
	}
	return r
}

// tidy joins blanks within lines, and drops empty lines.
func tidy(s string) string {
	var lines []string
	for line := range strings.Lines(s) {
		if words := strings.Fields(line); len(words) > 0 {
			lines = append(lines, strings.Join(words, " "))
		}
	}
	return strings.Join(lines, "\n")
}

// line is plain on one line, as a title is.
func line(s string) string {
	return cut(strings.Join(strings.Fields(plain(s)), " "), mostTitle)
}

// cut is at most n letters of a text, with a mark where something is missing.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	letters := 0
	for i := range s {
		if letters++; letters > n {
			return strings.TrimSpace(s[:i]) + "…"
		}
	}
	return s
}
