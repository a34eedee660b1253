package calendar

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// maxLine is the longest content line that is kept, in bytes. Longer ones are
// pictures and web pages; none of them says when a meeting is.
const maxLine = 64 << 10

// line is one unfolded content line and where it began.
type line struct {
	n    int // counted from 1
	text string
	long bool // it was longer than maxLine and is cut
	lost bool // it is no property, and does not belong to the text before it
}

// unfold joins the folded lines of a calendar. It takes any line ends, a blank
// line inside a fold, texts that were broken without being folded, bytes of one
// letter that a fold tore apart, a byte order mark, UTF-16, and Windows-1252
// where a line is not UTF-8.
func unfold(raw []byte) []line {
	var (
		lines []line
		buf   []byte
		begun int
		long  bool
		fixed bool // what is open is a BEGIN or END, which nothing continues
		prose bool // what is open is a text, which may have been broken without folding
	)
	flush := func() {
		if begun > 0 {
			lines = append(lines, line{n: begun, text: upperName(utf8Text(buf)), long: long})
		}
		buf, begun, long, fixed = buf[:0], 0, false, false
	}
	grow := func(parts ...string) {
		for _, p := range parts {
			room := min(len(p), maxLine-len(buf))
			buf = append(buf, p[:room]...)
			long = long || room < len(p)
		}
	}
	n := 0
	for text := string(withoutControls(plainBytes(raw))); text != ""; {
		var l string
		l, text = cutLine(text)
		n++
		switch folded := strings.HasPrefix(l, " ") || strings.HasPrefix(l, "\t"); {
		case strings.Trim(l, " \t") == "":
		case folded && begun > 0 && !fixed:
			grow(l[1:])
		case beginsProperty(strings.TrimLeft(l, " \t"), prose), isBareName(l, text):
			flush()
			l = strings.TrimLeft(l, " \t")
			begun, fixed, prose = n, isFrame(l), isProse(l)
			grow(l)
		case prose && begun > 0:
			grow(`\n`, l)
		default:
			flush()
			lines = append(lines, line{n: n, lost: true})
		}
	}
	flush()
	return lines
}

// cutLine takes one line off, whatever ends it.
func cutLine(s string) (first, rest string) {
	i := strings.IndexAny(s, "\r\n")
	switch {
	case i < 0:
		return s, ""
	case strings.HasPrefix(s[i:], "\r\n"):
		return s[:i], s[i+2:]
	}
	return s[:i], s[i+1:]
}

// beginsProperty says whether a physical line starts a property, and is not the
// rest of a text that was broken without being folded, like "Agenda: prices".
func beginsProperty(l string, prose bool) bool {
	name := propertyName(l)
	if name == "" {
		return false
	}
	upper := strings.ToUpper(name)
	return !prose || name == upper || name == strings.ToLower(name) || strings.HasPrefix(upper, "X-")
}

// isBareName says whether a physical line is a property's name alone, folded
// before its value, as Mozilla's first calendars were.
func isBareName(l, next string) bool {
	l = strings.TrimRight(l, " \t")
	return len(next) > 1 && (next[0] == ' ' || next[0] == '\t') && (next[1] == ':' || next[1] == ';') &&
		propertyName(l+":") == l && strings.ToUpper(l) == l
}

// isProse says whether a property is a text for people.
func isProse(l string) bool {
	switch strings.ToUpper(propertyName(strings.TrimRight(l, " \t") + ":")) {
	case "DESCRIPTION", "COMMENT", "SUMMARY", "LOCATION", "CONTACT", "X-ALT-DESC":
		return true
	}
	return false
}

// propertyName is what stands before the first ';' or ':' of a line, or "" where
// that is no name.
func propertyName(l string) string {
	i := strings.IndexAny(l, ";:")
	if i <= 0 {
		return ""
	}
	name := strings.TrimRight(l[:i], " ")
	for _, c := range []byte(name) {
		if !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_' || c == '.') {
			return ""
		}
	}
	return name
}

// upperName writes a line's name in capitals and without blanks after it, so
// that it is taken for a name when it is read again.
func upperName(l string) string {
	if i := strings.IndexAny(l, ";:"); i > 0 {
		return strings.ToUpper(strings.TrimRight(l[:i], " ")) + l[i:]
	}
	return l
}

// isFrame says whether a line is a BEGIN or END, which nothing can continue.
func isFrame(l string) bool {
	verb, _ := frame(l)
	return verb != ""
}

// frame reads a BEGIN or END line; verb is "" for any other line.
func frame(l string) (verb, name string) {
	verb, name, ok := strings.Cut(l, ":")
	verb = strings.ToUpper(strings.TrimSpace(verb))
	if !ok || verb != "BEGIN" && verb != "END" {
		return "", ""
	}
	name = strings.ToUpper(strings.TrimSpace(name))
	if name == "" || strings.ContainsAny(name, " \t:;,.") {
		return "", ""
	}
	return verb, name
}

// plainBytes takes the byte order mark off and turns UTF-16 into UTF-8.
func plainBytes(raw []byte) []byte {
	switch {
	case bytes.HasPrefix(raw, []byte("\xef\xbb\xbf")):
		return raw[3:]
	case bytes.HasPrefix(raw, []byte("\xff\xfe")):
		return fromUTF16(raw[2:], binary.LittleEndian)
	case bytes.HasPrefix(raw, []byte("\xfe\xff")):
		return fromUTF16(raw[2:], binary.BigEndian)
	}
	return raw
}

func fromUTF16(raw []byte, order binary.ByteOrder) []byte {
	units := make([]uint16, len(raw)/2)
	for i := range units {
		units[i] = order.Uint16(raw[2*i:])
	}
	return []byte(string(utf16.Decode(units)))
}

// withoutControls drops control characters, which no property has. It goes by
// bytes, since the text may not be UTF-8.
func withoutControls(raw []byte) []byte {
	isControl := func(c byte) bool { return c < ' ' && c != '\t' && c != '\r' && c != '\n' || c == 0x7f }
	if !slices.ContainsFunc(raw, isControl) {
		return raw
	}
	return slices.DeleteFunc(slices.Clone(raw), isControl)
}

// utf8Text is a line's text: as it is when it is UTF-8, else read as
// Windows-1252.
func utf8Text(b []byte) string {
	if utf8.Valid(b) {
		return string(b)
	}
	var sb strings.Builder
	for _, c := range b {
		sb.WriteRune(windows1252(c))
	}
	return sb.String()
}

// windows1252 is the letter of a byte; where the two differ it stands in for
// Latin-1, as it does in browsers.
func windows1252(c byte) rune {
	const upper = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ"
	if c < 0x80 || c > 0x9f {
		return rune(c)
	}
	return []rune(upper)[c-0x80]
}
