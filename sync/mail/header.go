package mail

import (
	"bytes"
	"strings"
)

// header is a mail's header as it stands there: values unfolded, not decoded.
type header []field

type field struct{ name, value string }

// get is the first value of that name, in any case of letters; "" for none.
func (h header) get(name string) string {
	for _, f := range h {
		if strings.EqualFold(f.name, name) {
			return f.value
		}
	}
	return ""
}

// all are the values of that name, in their order.
func (h header) all(name string) []string {
	var values []string
	for _, f := range h {
		if strings.EqualFold(f.name, name) {
			values = append(values, f.value)
		}
	}
	return values
}

func (h header) has(name string) bool {
	for _, f := range h {
		if strings.EqualFold(f.name, name) {
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
	for len(rest) > 0 {
		line, after := cutLine(rest)
		switch name, value, ok := headerLine(line); {
		case len(line) == 0:
			return h, after, broken
		case len(h) > 0 && isFolded(line):
			last := &h[len(h)-1]
			last.value = strings.TrimLeft(last.value+" "+strings.TrimSpace(string(line)), " ")
		case ok:
			h = append(h, field{name, value})
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

// skipJunk passes over lines before the header.
func skipJunk(raw []byte) []byte {
	for rest := raw; len(rest) > 0; {
		line, after := cutLine(rest)
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
		line, after := cutLine(rest)
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
func isKnownName(name string) bool {
	switch strings.ToLower(name) {
	case "from", "to", "cc", "subject", "date", "received", "sender":
		return true
	}
	return strings.Contains(name, "-")
}

// cutLine cuts off the first line. It ends with LF, CR LF (CR CR LF where a
// program meant too well), or a lone CR as the first Macs wrote it.
func cutLine(b []byte) (line, after []byte) {
	i := bytes.IndexAny(b, "\r\n")
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

func isFolded(line []byte) bool {
	return len(line) > 0 && (line[0] == ' ' || line[0] == '\t')
}

// headerLine reads "Name: value". White space before the colon is passed over.
func headerLine(line []byte) (name, value string, ok bool) {
	n, v, found := bytes.Cut(line, []byte(":"))
	n = bytes.TrimRight(n, " \t")
	if !found || len(n) == 0 || len(n) > 80 {
		return "", "", false
	}
	for _, b := range n {
		if b <= ' ' || b >= 0x7f {
			return "", "", false
		}
	}
	return string(n), strings.TrimSpace(string(v)), true
}
