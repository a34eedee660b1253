package mail

import (
	"bytes"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/jhillyerd/enmime/v2"
	"github.com/k3a/html2text"

	"rapport/data"
)

// maxText is how much readable text of a mail is kept.
const maxText = 1 << 20

// maxHTML is how much of a part in HTML is looked at.
const maxHTML = 8 << 20

// mimeParser takes parts out of a mail and decodes their transfer encoding. The
// charset is ours to decode (see charset.go), so it is told that all is UTF-8.
var mimeParser = enmime.NewParser(
	enmime.SkipMalformedParts(true),
	enmime.DisableTextConversion(true),
	enmime.DisableCharacterDetection(true),
	enmime.MultipartWOBoundaryAsSinglePart(true),
	enmime.SetReadPartErrorPolicy(func(*enmime.Part, error) bool { return true }),
	enmime.SetCustomParseMediaType(func(value string) (string, map[string]string, []string, error) {
		kind, params := parseParams(value)
		if kind == "" || !strings.Contains(kind, "/") && kind != "inline" && kind != "attachment" {
			kind = "text/plain"
			if value == "" {
				kind = ""
			}
		}
		if params == nil {
			params = map[string]string{}
		}
		params["charset"] = "utf-8"
		return kind, params, nil, nil
	}),
)

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

// readBody takes a mail's parts apart. The header that the parser sees is made
// new from what concerns it, so that nothing else in the real one can break it.
func readBody(h header, body []byte) (content, error) {
	var head bytes.Buffer
	for _, name := range []string{"Content-Type", "Content-Transfer-Encoding", "Content-Disposition", "Content-ID"} {
		if value := oneLine(h.get(name)); value != "" {
			head.WriteString(name + ": " + value + "\r\n")
		}
	}
	head.WriteString("\r\n")
	root, err := mimeParser.ReadParts(io.MultiReader(&head, bytes.NewReader(body)))
	if err != nil {
		return content{}, err
	}
	var c content
	c.walk(root, 0)
	for _, e := range partErrors(root) {
		c.remark(e)
	}
	c.dropShown()
	return c, nil
}

// partErrors are what the parser passed over, in our words.
func partErrors(root *enmime.Part) []string {
	var odd []string
	root.DepthMatchAll(func(p *enmime.Part) bool {
		for _, e := range p.Errors {
			switch e.Name {
			case enmime.ErrorMalformedChildPart:
				odd = append(odd, "a part of it was broken and is left out")
			case enmime.ErrorMalformedBase64:
				odd = append(odd, "a part of it was damaged on the way")
			case enmime.ErrorMissingBoundary:
				odd = append(odd, "it ends before its last part does")
			}
		}
		return false
	})
	return odd
}

func (c *content) remark(odd string) {
	if odd != "" && !slices.Contains(c.odd, odd) {
		c.odd = append(c.odd, odd)
	}
}

const maxDepth = 40

// walk reads a part and those in it. Of alternatives it takes the first that is
// plain text, else the last that has any.
func (c *content) walk(p *enmime.Part, depth int) {
	switch {
	case depth > maxDepth:
		c.remark("its parts lie too deep in each other; some are left out")
	case p.FirstChild == nil:
		c.leaf(p)
	case p.ContentType == "multipart/alternative":
		c.alternative(p, depth)
	default:
		for child := p.FirstChild; child != nil; child = child.NextSibling {
			c.walk(child, depth+1)
		}
	}
}

func (c *content) alternative(p *enmime.Part, depth int) {
	var best *content
	for child := p.FirstChild; child != nil; child = child.NextSibling {
		var one content
		one.walk(child, depth+1)
		c.html += one.html
		c.attached = append(c.attached, one.attached...)
		for _, odd := range one.odd {
			c.remark(odd)
		}
		hasText := strings.TrimSpace(strings.Join(one.text, "")) != ""
		if hasText && (best == nil || best.html != "") {
			best = &one
		}
	}
	if best != nil {
		c.text = append(c.text, best.text...)
	}
}

// leaf is a part without parts: text that is read, or something attached.
func (c *content) leaf(p *enmime.Part) {
	kind, params := parseParams(p.Header.Get("Content-Type"))
	if kind == "" || strings.HasPrefix(kind, "multipart/") || !strings.Contains(kind, "/") {
		kind = "text/plain"
	}
	disposition, more := parseParams(p.Header.Get("Content-Disposition"))
	name := fileName(more["filename"], params["name"])
	isText := kind == "text/plain" || kind == "text/html" || kind == "text/enriched"
	if disposition == "attachment" || !isText || name != "" && disposition == "inline" {
		c.attached = append(c.attached, attachment{
			Attachment: data.Attachment{Name: name, Type: kind, Size: int64(len(p.Content))},
			id:         strings.Trim(strings.TrimSpace(p.Header.Get("Content-Id")), "<>"),
		})
		return
	}
	c.readText(p.Content, kind, params)
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
		parts[i] = strings.Trim(printable(p), "\n")
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
