package mime

import (
	"bytes"
	"slices"
	"strings"
)

// header is a mail's header as it stands there.
type header []field

// field is one of its lines, with those that it goes on in. It is read when it is
// asked for: of the lines of a mail on its way nobody asks for the most, and
// they are the longest.
type field struct {
	name, raw []byte
	apart     bool // its lines do not stand together, so raw is a copy
}

// is says whether a field has a name, in any case of letters.
func (f field) is(name string) bool {
	if len(f.name) != len(name) {
		return false
	}
	for i, b := range f.name { // both are ASCII
		if lowerByte(b) != lowerByte(name[i]) {
			return false
		}
	}
	return true
}

func lowerByte(b byte) byte {
	if b >= 'A' && b <= 'Z' {
		return b + 'a' - 'A'
	}
	return b
}

// value is what stands behind the colon, unfolded, not decoded.
func (f field) value() string {
	line, rest := FirstLine(f.raw)
	line = bytes.TrimSpace(line)
	if len(rest) == 0 {
		return string(line)
	}
	var b strings.Builder
	b.Grow(len(f.raw))
	b.Write(line)
	for len(rest) > 0 {
		line, rest = FirstLine(rest)
		b.WriteByte(' ')
		b.Write(bytes.TrimSpace(line))
	}
	return strings.TrimLeft(b.String(), " ")
}

// get is the first value of that name, in any case of letters; "" for none.
func (h header) get(name string) string {
	for _, f := range h {
		if f.is(name) {
			return f.value()
		}
	}
	return ""
}

// all are the values of that name, in their order.
func (h header) all(name string) []string {
	var values []string
	for _, f := range h {
		if f.is(name) {
			values = append(values, f.value())
		}
	}
	return values
}

func (h header) has(name string) bool {
	for _, f := range h {
		if f.is(name) {
			return true
		}
	}
	return false
}

// splitHeader parts a mail into header and body. It strips what some programs put
// before the header (an mbox "From " line, the rest of a folded line), passes
// over broken lines among good ones, and takes the first line after which none is
// good as the beginning of the body, even where the empty line before it is
// missing. A mail that begins with no header line is all body.
func splitHeader(raw []byte) (h header, body []byte, broken bool) {
	rest := bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))
	rest = skipJunk(rest)
	h = make(header, 0, 24)
	ends := 0 // how much was left behind the last good line
	for len(rest) > 0 {
		line, after := FirstLine(rest)
		switch name, value, ok := headerLine(line); {
		case len(line) == 0:
			return h, after, broken
		case len(h) > 0 && isFolded(line):
			h[len(h)-1].goOn(rest[:len(rest)-len(after)], ends == len(rest))
			ends = len(after)
		case ok:
			h = append(h, field{name: name, raw: value[:len(rest)-len(after)-(len(line)-len(value))]})
			ends = len(after)
		case len(h) == 0 && !startsHeader(after):
			return nil, rest, true
		case !startsHeader(after):
			return h, rest, true
		default:
			broken = true
		}
		rest = after
	}
	return h, nil, broken
}

// goOn adds a folded line, with its end, to a field; next says that the line
// stands right behind what was added last.
func (f *field) goOn(line []byte, next bool) {
	switch {
	case f.apart:
		f.raw = append(f.raw, line...)
	case next:
		f.raw = f.raw[:len(f.raw)+len(line)]
	default:
		f.raw, f.apart = slices.Concat(f.raw, line), true
	}
}

// skipJunk passes over lines before the header.
func skipJunk(raw []byte) []byte {
	for rest := raw; len(rest) > 0; {
		line, after := FirstLine(rest)
		isFrom := bytes.HasPrefix(line, []byte("From ")) || bytes.HasPrefix(line, []byte(">From "))
		if !isFrom && len(line) > 0 && !isFolded(line) {
			return rest
		}
		if !startsHeader(after) && !isFrom && len(line) > 0 {
			return rest
		}
		rest = after
	}
	return raw
}

// startsHeader says whether a header goes on here: a good line comes before the
// first empty one, within a few lines.
func startsHeader(rest []byte) bool {
	for range 20 {
		if len(rest) == 0 {
			return false
		}
		line, after := FirstLine(rest)
		if len(line) == 0 {
			return false
		}
		if name, _, ok := headerLine(line); ok && isKnownName(name) {
			return true
		}
		rest = after
	}
	return false
}

// isKnownName knows names that stand in headers and seldom before a colon in a
// sentence.
func isKnownName(name []byte) bool {
	switch strings.ToLower(string(name)) {
	case "from", "to", "cc", "subject", "date", "received", "sender":
		return true
	}
	return bytes.IndexByte(name, '-') >= 0
}

// FirstLine cuts off the first line. It ends with LF, CR LF (CR CR LF where a
// program meant too well), or a lone CR as the first Macs wrote it.
func FirstLine(b []byte) (line, after []byte) {
	i := lineEnd(b)
	if i < 0 {
		return b, nil
	}
	end := i
	for end < len(b) && b[end] == '\r' {
		end++
	}
	if end < len(b) && b[end] == '\n' {
		return b[:i], b[end+1:]
	}
	return b[:i], b[i+1:]
}

// lineEnd is where the first CR or LF stands, or -1. It looks for one of them at
// a time, which is many times as fast, within what a line should have; bytes
// without LF would else be looked through once for each line.
func lineEnd(b []byte) int {
	const usual = 1000
	near := b[:min(len(b), usual)]
	if i := bytes.IndexByte(near, '\n'); i >= 0 {
		near = near[:i+1]
	}
	if i := bytes.IndexByte(near, '\r'); i >= 0 {
		return i
	}
	if n := len(near); n > 0 && near[n-1] == '\n' {
		return n - 1
	}
	if i := bytes.IndexAny(b[len(near):], "\r\n"); i >= 0 {
		return len(near) + i
	}
	return -1
}

func isFolded(line []byte) bool {
	return len(line) > 0 && (line[0] == ' ' || line[0] == '\t')
}

// HeaderLine reads "Name: value". White space before the colon is passed over.
func HeaderLine(line []byte) (name, value string, ok bool) {
	n, v, ok := headerLine(line)
	return string(n), string(bytes.TrimSpace(v)), ok
}

// headerLine is HeaderLine without memory of its own; the value is not trimmed.
func headerLine(line []byte) (name, value []byte, ok bool) {
	n, v, found := bytes.Cut(line, []byte(":"))
	n = bytes.TrimRight(n, " \t")
	if !found || len(n) == 0 || len(n) > 80 {
		return nil, nil, false
	}
	for _, b := range n {
		if b <= ' ' || b >= 0x7f {
			return nil, nil, false
		}
	}
	return n, v, true
}
