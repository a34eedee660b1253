package mime

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Printable is text without controls other than tabs and line ends, which become
// LF, and without marks of byte order. Bytes that are no UTF-8 become U+FFFD, one
// for each run of them. It reads a text once, and gives back the same memory
// where there is nothing to change.
func Printable(s string) string {
	from := plainRun(s)
	if from == len(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	b.WriteString(s[:from])
	damaged := false // the rune before was no UTF-8
	for s = s[from:]; s != ""; {
		if n := plainRun(s); n > 0 {
			b.WriteString(s[:n])
			s, damaged = s[n:], false
			continue
		}
		r, n := utf8.DecodeRuneInString(s)
		isDamage := r == utf8.RuneError && n == 1
		switch {
		case isDamage && !damaged:
			b.WriteRune(utf8.RuneError)
		case isDamage:
		case r == '\r':
			if !strings.HasPrefix(s[1:], "\n") {
				b.WriteByte('\n')
			}
		case r != '\uFEFF' && !unicode.IsControl(r):
			b.WriteString(s[:n])
		}
		s, damaged = s[n:], isDamage
	}
	return b.String()
}

// plainRun is how many bytes at the beginning are ASCII that stays as it is.
func plainRun(s string) int {
	for i := range len(s) {
		if !plain[s[i]] {
			return i
		}
	}
	return len(s)
}

var plain = func() (table [256]bool) {
	for c := ' '; c <= '~'; c++ {
		table[c] = true
	}
	table['\n'], table['\t'] = true, true
	return table
}()

// OneLine makes a header's text fit for a line: no controls, white space joined.
func OneLine(s string) string {
	if isOneLine(s) {
		return s
	}
	return strings.Join(strings.Fields(Printable(s)), " ")
}

// isOneLine says whether a text is words of ASCII with one blank between them.
func isOneLine(s string) bool {
	blank := true
	for i := range len(s) {
		if c := s[i]; c < ' ' || c > '~' || c == ' ' && blank {
			return false
		}
		blank = s[i] == ' '
	}
	return !blank || s == ""
}

// unspaced is a text without its white space.
func unspaced(s string) string {
	if isOneLine(s) && strings.IndexByte(s, ' ') < 0 {
		return s
	}
	return strings.Join(strings.Fields(s), "")
}
