package feed

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"
)

// mostText is how many letters are kept of what an item says, and mostTitle of its
// title.
const (
	mostText  = 20_000
	mostTitle = 300
)

// hidden are elements whose text nobody reads, and blocks those that begin a line.
var (
	hidden = map[string]bool{"script": true, "style": true, "head": true, "template": true, "noscript": true, "iframe": true, "svg": true}
	blocks = map[string]bool{"p": true, "br": true, "div": true, "li": true, "ul": true, "ol": true, "tr": true, "table": true, "blockquote": true, "pre": true,
		"h1": true, "h2": true, "h3": true, "h4": true, "h5": true, "h6": true, "section": true, "article": true, "figure": true, "figcaption": true, "hr": true}
)

// plain is the text of a piece of HTML: no tags, no pictures, a line for each
// block.
func plain(s string) string {
	z := html.NewTokenizer(strings.NewReader(s))
	z.SetMaxBuf(1 << 20)
	var b strings.Builder
	skip := ""
	for {
		switch z.Next() {
		case html.ErrorToken:
			return cut(tidy(strings.Map(printed, b.String())), mostText)
		case html.TextToken:
			if skip == "" {
				b.Write(z.Text())
			}
		case html.StartTagToken:
			name, _ := z.TagName()
			if skip == "" && hidden[string(name)] {
				skip = string(name)
			}
			newline(&b, string(name))
		case html.EndTagToken:
			name, _ := z.TagName()
			if skip == string(name) {
				skip = ""
			}
			newline(&b, string(name))
		case html.SelfClosingTagToken:
			name, _ := z.TagName()
			newline(&b, string(name))
		}
	}
}

// printed drops what is no letter, as escapes for a terminal; JSON and entities can
// hold them.
func printed(r rune) rune {
	if unicode.IsControl(r) && !unicode.IsSpace(r) {
		return -1
	}
	return r
}

func newline(b *strings.Builder, tag string) {
	if blocks[tag] {
		b.WriteByte('\n')
	}
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
