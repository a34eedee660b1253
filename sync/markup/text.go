// Package markup reads the text of HTML, of mails and of news, and refuses to keep any
// of its tags, scripts or pictures.
package markup

import (
	"html"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

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

// Text is the readable text of HTML, however broken: blocks stand on lines of their
// own, quotes behind ">", and what no reader sees is left out.
func Text(page string) string {
	if strings.Contains(page, markBytes) {
		page = withoutMarks.Replace(page)
	}
	if strings.Contains(page, "&#") {
		page = low.ReplaceAllStringFunc(page, withoutControl)
	}
	return linesOfBlocks(html2text.HTML2TextWithOptions(markBlocks(page), html2text.WithUnixLineBreaks(), html2text.WithLinksInnerText()))
}

// low are letters of one or two bytes that are written as numbers.
var low = regexp.MustCompile(`&#(?:0*[0-9]{1,3}|[xX]0*[0-9a-fA-F]{1,2});?`)

// withoutControl is a letter that is written as a number, or "" for an escape for a
// terminal and the like, which html2text would leave as the number.
func withoutControl(written string) string {
	letter := html.UnescapeString(written)
	if r, _ := utf8.DecodeRuneInString(letter); unicode.IsControl(r) && !unicode.IsSpace(r) {
		return ""
	}
	return written
}

// markBlocks puts a mark behind every tag that begins or ends a block, and leaves out
// what no reader sees.
func markBlocks(html string) string {
	var b strings.Builder
	b.Grow(len(html) + len(html)/16)
	var neverClosed [len(hidden)]bool
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
		if i := hiddenAt(name); !closes && i >= 0 && !neverClosed[i] {
			until := closedAt(html, name)
			neverClosed[i] = until < 0 // is not looked for again, so that hostile pages take no longer
			html = html[max(0, until):]
			continue
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

// hidden are elements in which nobody reads, besides those that html2text knows: head,
// script and style.
var hidden = [...]string{"svg", "template", "iframe"}

// hiddenAt is the place of a name among the hidden ones, or -1.
func hiddenAt(name string) int {
	return slices.IndexFunc(hidden[:], func(h string) bool { return strings.EqualFold(h, name) })
}

// closedAt is where the end tag of an element stands, or -1: then all of it is read, so
// that no text is lost.
func closedAt(html, name string) int {
	for at := 0; ; at += len("</") {
		i := strings.Index(html[at:], "</")
		if i < 0 {
			return -1
		}
		at += i
		if end := at + len("</") + len(name); end <= len(html) && strings.EqualFold(html[at+len("</"):end], name) {
			return at
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
