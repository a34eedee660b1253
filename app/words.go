package app

import (
	"runtime"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// system is the operating system whose keys are named.
const system = runtime.GOOS

// thousands is a count as people read it: "4,218".
func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// upperFirst begins a sentence with a capital letter; a host or an address at its
// beginning stays as it is written.
func upperFirst(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	word, _, _ := strings.Cut(s, " ")
	if n == 0 || strings.Contains(word, "@") || strings.Contains(strings.TrimRight(word, ".,:;"), ".") {
		return s
	}
	return string(unicode.ToUpper(r)) + s[n:]
}

// lowerFirst goes on a sentence with a small letter.
func lowerFirst(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return s
	}
	return string(unicode.ToLower(r)) + s[n:]
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}
