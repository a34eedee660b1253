package mime

import (
	"encoding/base64"
	"regexp"
	"strings"
)

// encodedWord finds encoded words of RFC 2047 and what broken programs make of
// them: white space inside, lower case letters, a language, an empty text.
var encodedWord = regexp.MustCompile(`=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*(?:\?[^=?][^?]*)*)\?=`)

// decodeWords decodes a header's value. Neighbouring words of one charset are
// joined before they are decoded, since many programs part a character between
// two. What is no encoded word is raw text in some charset.
func decodeWords(value string) string {
	if !strings.Contains(value, "=?") {
		return rawText(value)
	}
	found := encodedWord.FindAllStringSubmatchIndex(value, -1)
	if len(found) == 0 {
		return rawText(value)
	}
	var out strings.Builder
	var pending []byte
	var charset string
	flush := func() {
		text, _ := decodeText(pending, charset)
		out.WriteString(text)
		pending = nil
	}
	at := 0
	for _, m := range found {
		between := value[at:m[0]]
		label, _, _ := strings.Cut(value[m[2]:m[3]], "*") // a language follows the star (RFC 2231)
		if strings.TrimSpace(between) != "" || at == 0 {
			flush()
			out.WriteString(rawText(between))
		} else if !strings.EqualFold(label, charset) {
			flush()
		}
		charset = label
		pending = append(pending, decodeWord(value[m[4]:m[5]], value[m[6]:m[7]])...)
		at = m[1]
	}
	flush()
	out.WriteString(rawText(value[at:]))
	return out.String()
}

func decodeWord(encoding, text string) []byte {
	if strings.EqualFold(encoding, "b") {
		return lenientBase64(text)
	}
	return lenientQ(text)
}

// lenientBase64 decodes as far as there is something to decode: padding may be
// missing, or stand in the middle, and foreign characters are passed over.
func lenientBase64(text string) []byte {
	var out []byte
	var chunk []byte
	flush := func() {
		for len(chunk)%4 == 1 {
			chunk = chunk[:len(chunk)-1]
		}
		b, _ := base64.RawStdEncoding.DecodeString(string(chunk)) // only its alphabet is in chunk
		out = append(out, b...)
		chunk = chunk[:0]
	}
	for _, c := range []byte(text) {
		switch {
		case c == '=':
			flush()
		case c == '-':
			chunk = append(chunk, '+')
		case c == '_':
			chunk = append(chunk, '/')
		case c >= 'A' && c <= 'Z', c >= 'a' && c <= 'z', c >= '0' && c <= '9', c == '+', c == '/':
			chunk = append(chunk, c)
		}
	}
	flush()
	return out
}

func lenientQ(text string) []byte {
	var out []byte
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '_':
			out = append(out, ' ')
		case text[i] == '=' && i+2 < len(text) && isHex(text[i+1]) && isHex(text[i+2]):
			out = append(out, unhex(text[i+1])<<4|unhex(text[i+2]))
			i += 2
		default:
			out = append(out, text[i])
		}
	}
	return out
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}

func unhex(c byte) byte {
	switch {
	case c >= 'a':
		return c - 'a' + 10
	case c >= 'A':
		return c - 'A' + 10
	}
	return c - '0'
}

// rawText decodes text in a header that is not encoded.
func rawText(s string) string {
	if plainRun(s) == len(s) {
		return s
	}
	text, _ := decodeText([]byte(s), "")
	return text
}
