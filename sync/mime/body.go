package mime

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"rapport/data"
	"rapport/sync/markup"
)

// maxText is how much readable text of a mail is kept.
const maxText = 1 << 20

// maxHTML is how much of a part in HTML is looked at.
const maxHTML = 8 << 20

// content is what a mail's parts come to.
type content struct {
	text     []string
	pages    []string // the HTML that each text was made of; "" of plain text
	html     string   // all of it, to look up which images it shows
	attached []attachment
	form     data.Form
	invites  []string // texts of calendars
	odd      []string
	digests  int // that lie around what is read now
}

type attachment struct {
	data.Attachment
	bytes []byte // decoded
	id    string // Content-ID
	place string // Content-Location
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
// plain text, else the first that has any. What is encrypted is named, not
// listed.
func (c *content) walk(p part) {
	c.remark(p.odd)
	c.seal(p)
	switch {
	case len(p.parts) == 0:
		c.leaf(p)
	case p.kind == "multipart/alternative":
		c.alternative(p)
	case p.kind == "multipart/encrypted" && c.form.Encrypted != "":
	case p.kind == "multipart/digest":
		for _, child := range p.parts {
			c.digested(child)
		}
	default:
		for _, child := range p.parts {
			c.walk(child)
		}
	}
}

// maxDigests is how deep digests may lie in each other to be read.
const maxDigests = 3

// digested reads a mail of a digest as a part of the text, with its subject and
// sender above it.
func (c *content) digested(p part) {
	disposition, _ := parseParams(p.header.get("Content-Disposition"))
	if p.kind != "message/rfc822" || disposition == "attachment" || c.digests == maxDigests {
		c.walk(p)
		return
	}
	c.digests++
	defer func() { c.digests-- }()
	b, odd := p.decoded()
	c.remark(odd)
	h, body, _ := splitHeader(b)
	c.say(OneLine(decodeWords(h.get("Subject")))+"\n"+OneLine(decodeWords(h.get("From"))), "")
	c.walk(partOf(h, body, 1))
}

func (c *content) alternative(p part) {
	var best *content
	for _, child := range p.parts {
		one := content{digests: c.digests}
		if isOtherForm(child) {
			if isCalendar(child) {
				b, _ := child.decoded()
				one.invited(b, child.params["charset"])
			}
		} else {
			one.walk(child)
		}
		c.join(one)
		hasText := strings.TrimSpace(strings.Join(one.text, "")) != ""
		if hasText && (best == nil || best.html != "" && one.html == "") {
			best = &one
		}
	}
	if best == nil {
		return
	}
	for i, text := range best.text {
		c.say(text, best.pages[i])
	}
}

// say adds to the text, and the page that it was made of.
func (c *content) say(text, page string) {
	c.text, c.pages = append(c.text, text), append(c.pages, page)
	c.form.Page = c.form.Page || page != "" && strings.TrimSpace(text) != ""
}

// join adds what one of several alternatives holds beside its text.
func (c *content) join(one content) {
	c.html += one.html
	c.attached = append(c.attached, one.attached...)
	c.form.Encrypted = cmp.Or(c.form.Encrypted, one.form.Encrypted)
	c.form.Signed = cmp.Or(c.form.Signed, one.form.Signed)
	c.form.Calendar = c.form.Calendar || one.form.Calendar
	for _, text := range one.invites {
		c.invite(text)
	}
	for _, odd := range one.odd {
		c.remark(odd)
	}
}

// isOtherForm says whether a part of alternatives is the text once more in a form
// that is not read here: an invitation's calendar, or a page for some programs.
func isOtherForm(p part) bool {
	disposition, _ := parseParams(p.header.get("Content-Disposition"))
	return len(p.parts) == 0 && disposition != "attachment" && strings.HasPrefix(p.kind, "text/") && !isReadable(p.kind)
}

// Bounds of what a mail may say about meetings.
const (
	mostInvites = 8
	maxInvite   = 1 << 20
)

// invited takes over the text of a calendar: an invitation, or an answer to one.
func (c *content) invited(b []byte, charset string) {
	c.form.Calendar = true
	if len(b) > maxInvite {
		c.remark("its invitation is too long to be read")
		return
	}
	text, _ := decodeText(b, charset)
	c.invite(text)
}

// invite keeps a text once, though a mail often brings it twice.
func (c *content) invite(text string) {
	if len(c.invites) < mostInvites && strings.TrimSpace(text) != "" && !slices.Contains(c.invites, text) {
		c.invites = append(c.invites, text)
	}
}

func isCalendar(p part) bool {
	return p.kind == "text/calendar" || p.kind == "application/ics"
}

// isReadable says whether text of that kind is read as the mail's own.
func isReadable(kind string) bool {
	return kind == "text/plain" || kind == "text/html" || kind == "text/enriched"
}

// leaf is a part without parts: text that is read, or something attached.
func (c *content) leaf(p part) {
	disposition, more := parseParams(p.header.get("Content-Disposition"))
	name := fileName(more["filename"], p.params["name"])
	b, odd := p.decoded()
	c.remark(odd)
	if isCalendar(p) || strings.HasSuffix(strings.ToLower(name), ".ics") {
		c.invited(b, p.params["charset"])
	}
	isText := isReadable(p.kind) || strings.HasPrefix(p.kind, "text/") && name == "" && !isRecord(p.kind)
	switch {
	case disposition != "attachment" && isText && (name == "" || disposition != "inline"):
		c.readText(b, p.kind, p.params)
	case isWrapping(p.kind):
	case name == "" && disposition != "attachment" && isNotice(p.kind):
	case isOutlooks(p.kind, name) && c.unpack(b):
	case p.kind == "application/pkcs7-mime" || p.kind == "application/x-pkcs7-mime":
		c.opened(p, name, b)
	default:
		c.attach(p, name, b)
	}
}

func (c *content) attach(p part, name string, b []byte) {
	if name == "" && p.kind == "message/rfc822" {
		h, _, _ := splitHeader(b)
		if name = fileName(OneLine(decodeWords(h.get("Subject")))); name != "" {
			name += ".eml"
		}
	}
	c.attached = append(c.attached, attachment{
		Attachment: data.Attachment{Name: name, Type: p.kind, Size: int64(len(b)), Hash: data.MessageIDOf(b)}, bytes: b,
		id: strings.Trim(p.header.get("Content-ID"), "<> "), place: OneLine(p.header.get("Content-Location")),
	})
}

// isRecord says whether text of that kind is for programs, so that it is listed
// and not read.
func isRecord(kind string) bool {
	switch kind {
	case "text/calendar", "text/vcard", "text/x-vcard", "text/directory", "text/rfc822-headers", "text/xml", "text/csv", "text/rtf":
		return true
	}
	return false
}

// isNotice says whether a part is a mail server's report, which says nothing that
// the text beside it does not.
func isNotice(kind string) bool {
	switch kind {
	case "message/delivery-status", "message/disposition-notification", "message/feedback-report", "text/rfc822-headers":
		return true
	}
	return false
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
	page := ""
	switch {
	case kind == "text/html":
		c.html += text
		text, page = markup.Text(text), text
	case kind == "text/enriched":
		text = plainOfEnriched(text)
	case strings.EqualFold(params["format"], "flowed"):
		text = Unfold(text, strings.EqualFold(params["delsp"], "yes"))
	}
	c.say(c.unsealed(text), page)
}

// dropShown leaves out the images that the text itself shows.
func (c *content) dropShown() {
	pages := c.html
	if strings.Contains(pages, "cid:") && strings.Contains(pages, "%") {
		pages += string(percent(pages)) // an address may be written in percents
	}
	c.attached = slices.DeleteFunc(c.attached, func(a attachment) bool {
		shown := a.id != "" && strings.Contains(pages, "cid:"+a.id) || a.place != "" && strings.Contains(pages, `"`+a.place+`"`)
		return shown && strings.HasPrefix(a.Type, "image/")
	})
}

// fileName is the first name that is one, decoded and without folders.
func fileName(names ...string) string {
	for _, name := range names {
		name = OneLine(decodeWords(name))
		if i := strings.LastIndexAny(name, `/\`); i >= 0 {
			name = name[i+1:]
		}
		if name != "" {
			return name
		}
	}
	return ""
}

// enrichedTag is a command of RFC 1896.
var enrichedTag = regexp.MustCompile(`(?is)<param>.*?</param>|</?[a-z0-9-]{1,60}>`)

// plainOfEnriched is the readable text of text/enriched: two signs stand for one
// that is no command, and a single line end is a blank.
func plainOfEnriched(s string) string {
	s = strings.ReplaceAll(unixLines(s), "<<", "\x00")
	s = strings.ReplaceAll(enrichedTag.ReplaceAllString(s, ""), "\x00", "<")
	return lineEnds.ReplaceAllStringFunc(s, func(ends string) string {
		if len(ends) == 1 {
			return " "
		}
		return ends[1:]
	})
}

var lineEnds = regexp.MustCompile(`\n+`)

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

// Unfold joins the lines of text in format=flowed (RFC 3676): a line that ends
// with a blank goes on in the next one of the same depth of quotes.
func Unfold(text string, delSp bool) string {
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

// unixEnds is made once: making a Replacer takes longer than most texts do.
var unixEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n")

func unixLines(s string) string { return unixEnds.Replace(s) }

// tidyText is a mail's text as it is kept.
func tidyText(parts []string) (text string, cut bool) {
	for i, p := range parts {
		parts[i] = strings.TrimRight(strings.TrimLeft(Printable(p), "\n"), " \t\n\u00a0")
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
