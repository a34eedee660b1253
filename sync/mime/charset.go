package mime

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/cention-sany/utf7"
	"github.com/gogs/chardet"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/ianaindex"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/unicode"
)

// decodeText turns bytes into UTF-8, by the charset that is named where that can
// be true, and says in words what was wrong with it. Text that is valid UTF-8
// beyond ASCII is UTF-8 whatever it is called: no other charset yields that by
// chance.
func decodeText(b []byte, label string) (text, odd string) {
	label = tidyLabel(label)
	if isASCIIText(b) && !isStateful(label) {
		return string(b), ""
	}
	known := lookupCharset(label)
	switch {
	case isUnnamed(label):
		return guessText(b), ""
	case isUTF8(label):
		if utf8.Valid(b) {
			return string(b), ""
		}
		return guessText(b), "the text is not in utf-8 as it says"
	case known == nil && utf8.Valid(b):
		return string(b), "a charset that is not known: " + shown(label)
	case known == nil:
		return guessText(b), "a charset that is not known: " + shown(label)
	case utf8.Valid(b) && !isWide(label):
		return string(b), fmt.Sprintf("the text is in utf-8, not in %s as it says", shown(label))
	}
	return decodeWith(known, b), ""
}

// tidyLabel takes off what programs put around a charset's name.
func tidyLabel(label string) string {
	label = strings.ToLower(strings.Trim(strings.TrimSpace(label), `"'<>; `))
	label = strings.TrimPrefix(label, "charset=")
	return strings.TrimSpace(strings.Trim(label, `"'`))
}

func shown(label string) string {
	if len(label) > 40 {
		label = label[:40]
	}
	return strings.Map(func(r rune) rune {
		if r <= ' ' || r > '~' {
			return '?'
		}
		return r
	}, label)
}

func isUnnamed(label string) bool {
	switch label {
	case "", "us-ascii", "ascii", "ansi_x3.4-1968", "ansi_x3.110-1983", "7bit", "8bit", "unknown", "unknown-8bit", "x-unknown", "default", "default_charset", "binary", "none":
		return true
	}
	return false
}

func isUTF8(label string) bool { return label == "utf-8" || label == "utf8" }

// isWide are charsets whose bytes may look like ASCII or UTF-8 and are not.
func isWide(label string) bool {
	return isStateful(label) || strings.HasPrefix(label, "utf-16") || strings.HasPrefix(label, "utf-32") || label == "unicode"
}

func isStateful(label string) bool {
	return strings.HasPrefix(label, "iso-2022-") || label == "hz-gb-2312" || label == "utf-7" || label == "unicode-1-1-utf-7" ||
		strings.HasPrefix(label, "utf-16") || label == "csiso2022jp"
}

// more are names that mail has and the index of the web does not.
var more = map[string]encoding.Encoding{
	"utf-7": utf7.UTF7, "unicode-1-1-utf-7": utf7.UTF7,
	"utf-16": unicode.UTF16(unicode.BigEndian, unicode.UseBOM), "unicode": unicode.UTF16(unicode.BigEndian, unicode.UseBOM),
	"cp850": charmap.CodePage850, "ibm850": charmap.CodePage850, "cp437": charmap.CodePage437, "ibm437": charmap.CodePage437,
	"cp858": charmap.CodePage858, "cp852": charmap.CodePage852, "ibm852": charmap.CodePage852,
	"macroman": charmap.Macintosh, "mac": charmap.Macintosh, "x-mac-roman": charmap.Macintosh,
	"cp932": japanese.ShiftJIS, "iso-2022-jp-2": japanese.ISO2022JP, "iso-2022-jp-ms": japanese.ISO2022JP, "cp50220": japanese.ISO2022JP,
}

// prefixes are beginnings of names as some programs write them.
var prefixes = []struct{ wrong, right string }{
	{"cp", "windows-"}, {"iso8859", "iso-8859"}, {"iso 8859", "iso-8859"}, {"latin-", "latin"}, {"win-", "windows-"}, {"ms-", "windows-"},
}

// lookupCharset finds a charset by one of its names, or nil.
func lookupCharset(label string) encoding.Encoding {
	if e, ok := more[label]; ok {
		return e
	}
	names := []string{label, strings.ReplaceAll(label, "_", "-")}
	for _, p := range prefixes {
		if rest, ok := strings.CutPrefix(label, p.wrong); ok {
			names = append(names, p.right+rest)
		}
	}
	for _, name := range names {
		if e, err := htmlindex.Get(name); err == nil {
			if canonical, err := htmlindex.Name(e); err == nil && canonical == "replacement" {
				continue
			}
			return e
		}
		if e, err := ianaindex.MIME.Encoding(name); err == nil && e != nil {
			return e
		}
	}
	return nil
}

func decodeWith(e encoding.Encoding, b []byte) string {
	out, err := e.NewDecoder().Bytes(b)
	if err != nil {
		return guessText(b)
	}
	return strings.ToValidUTF8(string(out), "\uFFFD")
}

// guessText decodes bytes of which nothing true is known.
func guessText(b []byte) string {
	switch {
	case bytes.Contains(b, []byte("\x1b$")):
		return decodeWith(japanese.ISO2022JP, b)
	case utf8.Valid(b):
		return string(b)
	case isNearlyUTF8(b):
		return strings.ToValidUTF8(string(b), "\uFFFD")
	}
	if e := detect(b); e != nil {
		return decodeWith(e, b)
	}
	return decodeWith(charmap.Windows1252, b)
}

// isNearlyUTF8 says whether almost every run beyond ASCII is good UTF-8, as it is
// where a text was cut or one byte was damaged.
func isNearlyUTF8(b []byte) bool {
	good, bad := 0, 0
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		switch {
		case r == utf8.RuneError && n == 1:
			bad++
		case n > 1:
			good++
		}
		b = b[n:]
	}
	return good >= 4 && good > 8*bad
}

// detect asks statistics for the charset, and believes them only on enough text.
func detect(b []byte) encoding.Encoding {
	high := 0
	for _, c := range b {
		if c >= 0x80 {
			high++
		}
	}
	if high < 8 {
		return nil
	}
	all, err := chardet.NewTextDetector().DetectAll(b[:min(len(b), 16<<10)])
	if err != nil || len(all) == 0 {
		return nil
	}
	// Equal guesses come in any order; a mail must read the same every time.
	best := slices.MaxFunc(all, func(x, y chardet.Result) int {
		return cmp.Or(x.Confidence-y.Confidence, strings.Compare(y.Charset, x.Charset))
	})
	if best.Confidence < 40 {
		return nil
	}
	return lookupCharset(strings.ToLower(best.Charset))
}

func isASCIIText(b []byte) bool {
	for _, c := range b {
		if c >= 0x80 || c == 0x1b {
			return false
		}
	}
	return true
}
