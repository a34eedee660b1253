package feed

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
)

// What no feed of news needs. Beyond it the reader could be made to run for
// hours, or out of memory.
const (
	mostDepth    = 64
	mostElements = 100_000
	mostNamed    = 256 // attributes of one element
	// mostJoined is how many bytes may be joined within one element: its pieces of
	// text times their size, since the reader joins them piece by piece.
	mostJoined = 1 << 30
)

// Why a text is not read as a feed.
var (
	errPage     = errors.New("it is a web page")
	errOther    = errors.New("it is something else")
	errEmpty    = errors.New("it is empty")
	errEntities = errors.New("it defines entities, which no feed needs")
	errTangled  = errors.New("it is nested too deeply or has too many parts")
	errBroken   = errors.New("it is not well formed, or ends in the middle")
)

var (
	declaration = regexp.MustCompile(`^\s*<\?xml\s[^>]*\?>`)
	encodingIn  = regexp.MustCompile(`encoding\s*=\s*["']([A-Za-z0-9._:-]+)["']`)
)

// unicoded is the text as UTF-8 without what XML does not allow, and without its
// declaration, which would name another charset. Its charset is what its mark or
// its declaration says, else what the server said.
func unicoded(raw []byte, contentType string) string {
	var s string
	switch label := charsetOf(raw, contentType); label {
	case "utf-8", "utf8", "UTF-8":
		s = string(bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf")))
	default:
		r, err := charset.NewReaderLabel(label, bytes.NewReader(raw))
		if err != nil {
			r = bytes.NewReader(raw)
		}
		all, err := io.ReadAll(r)
		if err != nil {
			all = raw
		}
		s = string(all)
	}
	s = strings.Map(allowed, strings.ToValidUTF8(s, "\ufffd"))
	return strings.TrimSpace(declaration.ReplaceAllString(s, ""))
}

// allowed drops what XML 1.0 does not allow in any text.
func allowed(r rune) rune {
	if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xfeff || r == 0xfffe || r == 0xffff {
		return -1
	}
	return r
}

func charsetOf(raw []byte, contentType string) string {
	switch {
	case bytes.HasPrefix(raw, []byte("\xef\xbb\xbf")):
		return "utf-8"
	case bytes.HasPrefix(raw, []byte("\xff\xfe")):
		return "utf-16le"
	case bytes.HasPrefix(raw, []byte("\xfe\xff")):
		return "utf-16be"
	}
	if m := encodingIn.FindSubmatch(declaration.Find(raw)); m != nil && !strings.HasPrefix(strings.ToLower(string(m[1])), "utf-16") {
		return string(m[1])
	}
	if _, after, ok := strings.Cut(strings.ToLower(contentType), "charset="); ok && !utf8.Valid(raw) {
		name, _, _ := strings.Cut(after, ";")
		return strings.Trim(name, `"' `)
	}
	if utf8.Valid(raw) {
		return "utf-8"
	}
	return "windows-1252"
}

// scan says why a text is not to be read as a feed, or nil. It follows nothing
// that the text names and keeps nothing of it.
func scan(s string) error {
	switch {
	case s == "":
		return errEmpty
	case s[0] == '{':
		return nil // JSON's own reader bounds how deep it goes
	case s[0] != '<':
		return errOther
	}
	d := xml.NewDecoder(strings.NewReader(s))
	d.Strict = false
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	l := look{}
	for {
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return l.end()
		}
		if err != nil {
			return errBroken
		}
		if err := l.at(token); err != nil {
			return err
		}
	}
}

// look is how far a text was looked through.
type look struct {
	root     string
	elements int
	open     []piled
}

// piled is the text of an element that is open.
type piled struct{ pieces, bytes int }

func (l *look) at(token xml.Token) error {
	switch t := token.(type) {
	case xml.Directive:
		if bytes.Contains(bytes.ToUpper(t), []byte("<!ENTITY")) {
			return errEntities
		}
	case xml.StartElement:
		if l.root == "" {
			l.root = strings.ToLower(t.Name.Local)
			if err := rootTrouble(l.root); err != nil {
				return err
			}
		}
		l.elements++
		l.open = append(l.open, piled{})
		if len(l.open) > mostDepth || l.elements > mostElements || len(t.Attr) > mostNamed {
			return errTangled
		}
	case xml.EndElement:
		if len(l.open) > 0 {
			l.open = l.open[:len(l.open)-1]
		}
	case xml.CharData:
		return l.pile(len(t))
	}
	return nil
}

func (l *look) pile(n int) error {
	if len(l.open) == 0 {
		return nil
	}
	p := &l.open[len(l.open)-1]
	p.pieces, p.bytes = p.pieces+1, p.bytes+n
	if p.pieces*p.bytes > mostJoined {
		return errTangled
	}
	return nil
}

func (l *look) end() error {
	if l.root == "" {
		return errOther
	}
	return nil
}

// rootTrouble is what it means that a text begins with an element that no feed
// begins with.
func rootTrouble(name string) error {
	switch name {
	case "rss", "rdf", "feed":
		return nil
	case "html", "head", "body":
		return errPage
	}
	return errOther
}
