package mime

import (
	"strings"

	"github.com/k3a/html2text"
)

// The marks that stand for the edges of blocks while HTML becomes text: html2text
// knows paragraphs and line breaks, but runs what stands in two divs or two rows of
// a table together, and takes a quoted mail for words of its own. They are private
// letters of Unicode, which are dropped from the page first.
const (
	blockEdge  = '\uf8f0'
	quoteBegin = '\uf8f1'
	quoteEnd   = '\uf8f2'
)

// markBytes begin each mark, and few other letters.
const markBytes = "\xef\xa3"

var withoutMarks = strings.NewReplacer(string(blockEdge), "", string(quoteBegin), "", string(quoteEnd), "")

// plainOfHTML is the readable text of HTML: blocks stand on lines of their own,
// quotes behind ">".
func plainOfHTML(html string) string {
	if strings.Contains(html, markBytes) {
		html = withoutMarks.Replace(html)
	}
	return linesOfBlocks(html2text.HTML2TextWithOptions(markBlocks(html), html2text.WithUnixLineBreaks(), html2text.WithLinksInnerText()))
}

// markBlocks puts a mark behind every tag that begins or ends a block.
func markBlocks(html string) string {
	var b strings.Builder
	b.Grow(len(html) + len(html)/16)
	for {
		at := strings.IndexByte(html, '<')
		if at < 0 {
			b.WriteString(html)
			return b.String()
		}
		end := strings.IndexByte(html[at:], '>')
		if end < 0 {
			b.WriteString(html)
			return b.String()
		}
		tag := html[at+1 : at+end]
		b.WriteString(html[:at+end+1])
		html = html[at+end+1:]
		name, closes := strings.CutPrefix(tag, "/")
		if i := strings.IndexAny(name, " \t\r\n/"); i >= 0 {
			name = name[:i]
		}
		if !isBlock(name) {
			continue
		}
		switch {
		case !strings.EqualFold(name, "blockquote"):
			b.WriteRune(blockEdge)
		case closes:
			b.WriteRune(quoteEnd)
		default:
			b.WriteRune(quoteBegin)
		}
	}
}

// blocks are the elements that stand on lines of their own, by their length.
var blocks = [...][]string{
	2:  {"tr", "hr", "dl", "dt", "dd"},
	3:  {"div", "pre"},
	5:  {"table"},
	6:  {"center", "header", "footer"},
	7:  {"section", "article", "address"},
	10: {"blockquote"},
}

func isBlock(name string) bool {
	if len(name) >= len(blocks) {
		return false
	}
	for _, one := range blocks[len(name)] {
		if strings.EqualFold(one, name) {
			return true
		}
	}
	return false
}

// linesOfBlocks turns the marks into line ends, where there is none yet, and into
// the ">" before quoted lines.
func linesOfBlocks(s string) string {
	if !strings.ContainsAny(s, string(blockEdge)+string(quoteBegin)+string(quoteEnd)) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	depth := 0
	for line := range strings.SplitSeq(s, "\n") {
		wrote := false
		for {
			at := strings.IndexFunc(line, isMark)
			part, mark := line, rune(0)
			if at >= 0 {
				part, mark = line[:at], []rune(line[at : at+3])[0]
			}
			if part = strings.Trim(part, " "); part != "" {
				writeQuoted(&b, depth, part)
				wrote = true
			}
			if at < 0 {
				break
			}
			wrote = wrote || part == "" // an edge alone makes no empty line
			line = line[at+len(string(mark)):]
			switch mark {
			case quoteBegin:
				depth++
			case quoteEnd:
				depth = max(0, depth-1)
			}
		}
		if !wrote {
			writeQuoted(&b, depth, "")
		}
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func isMark(r rune) bool { return r == blockEdge || r == quoteBegin || r == quoteEnd }

func writeQuoted(b *strings.Builder, depth int, line string) {
	b.WriteString(strings.Repeat(">", depth))
	if depth > 0 && line != "" {
		b.WriteByte(' ')
	}
	b.WriteString(line)
	b.WriteByte('\n')
}
