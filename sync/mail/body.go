package mail

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/k3a/html2text"

	"rapport/data"
)

// maxText is how much readable text of a mail is kept.
const maxText = 1 << 20

// maxHTML is how much of a part in HTML is looked at.
const maxHTML = 8 << 20

// content is what a mail's parts come to.
type content struct {
	text     []string
	html     string // all of it, to look up which images it shows
	attached []attachment
	odd      []string
}

type attachment struct {
	data.Attachment
	id string // Content-ID
}

// readBody reads a mail's parts.
func readBody(h header, body []byte) content {
	root := partOf(h, body, 0)
	var c content
	c.walk(root)
	c.dropShown()
	return c
}

func (c *content) remark(odd string) {
	if odd != "" && !slices.Contains(c.odd, odd) {
		c.odd = append(c.odd, odd)
	}
}

// walk reads a part and those in it. Of alternatives it takes the first that is
// plain text, else the first that has any.
func (c *content) walk(p part) {
	c.remark(p.odd)
	switch {
	case len(p.parts) == 0:
		c.leaf(p)
	case p.kind == "multipart/alternative":
		c.alternative(p)
	default:
		for _, child := range p.parts {
			c.walk(child)
		}
	}
}

func (c *content) alternative(p part) {
	var best *content
	for _, child := range p.parts {
		var one content
		one.walk(child)
		c.html += one.html
		c.attached = append(c.attached, one.attached...)
		for _, odd := range one.odd {
			c.remark(odd)
		}
		hasText := strings.TrimSpace(strings.Join(one.text, "")) != ""
		if hasText && (best == nil || best.html != "" && one.html == "") {
			best = &one
		}
	}
	if best != nil {
		c.text = append(c.text, best.text...)
	}
}

// leaf is a part without parts: text that is read, or something attached.
func (c *content) leaf(p part) {
	disposition, more := parseParams(p.header.get("Content-Disposition"))
	name := fileName(more["filename"], p.params["name"])
	isText := p.kind == "text/plain" || p.kind == "text/html" || p.kind == "text/enriched"
	b, odd := p.decoded()
	c.remark(odd)
	if disposition == "attachment" || !isText || name != "" && disposition == "inline" {
		c.attached = append(c.attached, attachment{
			Attachment: data.Attachment{Name: name, Type: p.kind, Size: int64(len(b))},
			id:         strings.Trim(p.header.get("Content-ID"), "<> "),
		})
		return
	}
	c.readText(b, p.kind, p.params)
}

func (c *content) readText(b []byte, kind string, params map[string]string) {
	charset := params["charset"]
	if kind == "text/html" {
		b = b[:min(len(b), maxHTML)]
		if charset == "" {
			charset = charsetInHTML(b)
		}
	}
	text, odd := decodeText(b, charset)
	c.remark(odd)
	switch {
	case kind == "text/html":
		c.html += text
		text = plainOfHTML(text)
	case strings.EqualFold(params["format"], "flowed"):
		text = unfold(text, strings.EqualFold(params["delsp"], "yes"))
	}
	c.text = append(c.text, text)
}

// dropShown leaves out the images that the text itself shows.
func (c *content) dropShown() {
	c.attached = slices.DeleteFunc(c.attached, func(a attachment) bool {
		return a.id != "" && strings.HasPrefix(a.Type, "image/") && strings.Contains(c.html, "cid:"+a.id)
	})
}

// fileName is the first name that is one, decoded and without folders.
func fileName(names ...string) string {
	for _, name := range names {
		name = oneLine(decodeWords(name))
		if i := strings.LastIndexAny(name, `/\`); i >= 0 {
			name = name[i+1:]
		}
		if name != "" {
			return name
		}
	}
	return ""
}

// plainOfHTML is the readable text of HTML.
func plainOfHTML(html string) string {
	return html2text.HTML2TextWithOptions(html, html2text.WithUnixLineBreaks(), html2text.WithLinksInnerText())
}

// charsetInHTML is what a page says of itself in a meta element.
func charsetInHTML(b []byte) string {
	head := strings.ToLower(string(b[:min(len(b), 4096)]))
	_, after, ok := strings.Cut(head, "charset=")
	if !ok {
		return ""
	}
	after = strings.TrimLeft(after, `"' `)
	end := strings.IndexAny(after, `"'>; /`)
	if end < 0 {
		return ""
	}
	return after[:end]
}

// unfold joins the lines of text in format=flowed (RFC 3676): a line that ends
// with a blank goes on in the next one of the same depth of quotes.
func unfold(text string, delSp bool) string {
	var out strings.Builder
	lines := strings.Split(unixLines(text), "\n")
	open, depth := false, 0
	for i, line := range lines {
		quotes := len(line) - len(strings.TrimLeft(line, ">"))
		own := strings.TrimPrefix(line[quotes:], " ") // the blank that a line was stuffed with
		isSignature := own == "-- "
		if open && (quotes != depth || isSignature) {
			out.WriteByte('\n')
			open = false
		}
		if !open {
			out.WriteString(line[:quotes])
			if quotes > 0 && own != "" {
				out.WriteByte(' ')
			}
		}
		depth = quotes
		open = strings.HasSuffix(own, " ") && !isSignature && i < len(lines)-1
		if open && delSp {
			own = strings.TrimSuffix(own, " ")
		}
		out.WriteString(own)
		if !open && i < len(lines)-1 {
			out.WriteByte('\n')
		}
	}
	return out.String()
}

func unixLines(s string) string {
	return strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s)
}

// printable is text without controls other than tabs and line ends, and without
// marks of byte order.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\uFEFF' || unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(unixLines(s), "\uFFFD"))
}

// tidyText is a mail's text as it is kept.
func tidyText(parts []string) (text string, cut bool) {
	for i, p := range parts {
		parts[i] = strings.TrimRight(strings.TrimLeft(printable(p), "\n"), " \t\n\u00a0")
	}
	parts = slices.DeleteFunc(parts, func(p string) bool { return strings.TrimSpace(p) == "" })
	text = strings.Join(parts, "\n\n")
	if len(text) <= maxText {
		return text, false
	}
	end := maxText
	for !utf8.RuneStart(text[end]) {
		end--
	}
	return text[:end], true
}
