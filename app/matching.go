package app

import (
	"strings"
	"unicode"

	"rapport/app/kit"
)

// queryWords are the words of what somebody typed, in lower case.
func queryWords(typed string) []string { return strings.Fields(strings.ToLower(typed)) }

// matches says whether every word typed begins a word of the text.
func matches(text string, words []string) bool {
	have := wordsIn(text)
	for _, w := range words {
		if !beginsOne(w, have) {
			return false
		}
	}
	return true
}

func beginsOne(word string, have []string) bool {
	for _, h := range have {
		if strings.HasPrefix(h, word) {
			return true
		}
	}
	return false
}

func wordsIn(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !inWord(r) })
}

func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '\'' }

// marked is a text with the beginnings of words that were typed in bold.
func marked(text string, words []string) []kit.Span {
	var spans []kit.Span
	add := func(s string, bold bool) {
		if s == "" {
			return
		}
		role := kit.Body
		if bold {
			role = kit.BodyBold
		}
		spans = append(spans, kit.Span{Text: s, Role: role})
	}
	rest := []rune(text)
	plain := 0
	for i := 0; i < len(rest); i++ {
		if !inWord(rest[i]) || i > 0 && inWord(rest[i-1]) {
			continue
		}
		if n := begun(rest[i:], words); n > 0 {
			add(string(rest[plain:i]), false)
			add(string(rest[i:i+n]), true)
			plain = i + n
			i = plain - 1
		}
	}
	add(string(rest[plain:]), false)
	return spans
}

// begun is how many letters of the text's beginning one of the words covers.
func begun(text []rune, words []string) int {
	most := 0
	for _, w := range words {
		letters := []rune(w)
		if len(letters) > len(text) || len(letters) <= most {
			continue
		}
		if strings.ToLower(string(text[:len(letters)])) == w {
			most = len(letters)
		}
	}
	return most
}
