package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold makes text ready for SQLite's FTS4 (unicode61, remove_diacritics=2), for indexing. Beyond what that tokenizer
// does (lower case, accents off) it joins compatible forms (full width, ligatures), writes ø ł đ ß æ œ þ ı as o l d
// ss ae oe th i, and cuts runs of Chinese, Japanese and Korean into overlapping pairs, since these scripts do not
// part their words: "東京都" becomes "東京 京都 都". The last character stands alone once more, so that a search for
// a single character finds it anywhere. Punctuation stays. Folding twice folds ASCII and Latin text no further, but
// pairs would be paired again; fold once.
func Fold(s string) string {
	s = foldRunes(s)
	if isASCII(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + len(s)/2)
	for _, r := range scriptRuns(s) {
		if !r.paired {
			b.WriteString(r.text)
			continue
		}
		apart(&b)
		b.WriteString(pairs(r.text, true))
		b.WriteByte(' ')
	}
	return b.String()
}

// Query makes an FTS4 MATCH expression (enhanced syntax, which the driver has) from what somebody typed, for text
// that Fold indexed. Words must all occur; the last one may be a beginning; "words in quotes" must stand together;
// a word after a minus must not occur. Whatever is typed, the result has no syntax error; it is empty where there is
// nothing to search for, and an empty expression must not be given to SQLite. At most 32 words count.
func Query(input string) string {
	const maxTerms = 32
	var want, avoid []string
	for _, t := range parseQuery(input) {
		for _, p := range t.phrases() {
			switch {
			case t.not && len(avoid) < maxTerms:
				avoid = append(avoid, p)
			case !t.not && len(want) < maxTerms:
				want = append(want, p)
			}
		}
	}
	if len(want) == 0 {
		return ""
	}
	if len(avoid) == 0 {
		return strings.Join(want, " ")
	}
	return "(" + strings.Join(want, " ") + ") NOT (" + strings.Join(avoid, " OR ") + ")"
}

// Holds says whether a text has what somebody typed, as the index would with Query. A query without a word is held by
// none.
func Holds(body, input string) bool {
	all := " " + strings.Join(strings.FieldsFunc(Fold(body), isBetween), " ") + " "
	wanted := 0
	for _, t := range parseQuery(input) {
		for _, p := range t.phrases() {
			p, unfinished := strings.CutSuffix(strings.Trim(p, `"`), "*")
			if !unfinished {
				p += " "
			}
			if strings.Contains(all, " "+p) == t.not {
				return false
			}
			if !t.not {
				wanted++
			}
		}
	}
	return wanted > 0
}

// Words returns what Query would look for, folded, for marking hits with Snippet: single words, and unparted runs of
// Chinese, Japanese and Korean. Excluded words are left out.
func Words(input string) []string {
	var list []string
	for _, t := range parseQuery(input) {
		if t.not {
			continue
		}
		for _, r := range scriptRuns(t.text) {
			if r.paired {
				list = append(list, r.text)
				continue
			}
			list = append(list, strings.FieldsFunc(r.text, isBetween)...)
		}
	}
	return list
}

// Initials returns one or two letters for a round badge: of the first and last word of a name, upper-case. Legal
// forms, a leading "The", and what stands in brackets do not count. The zero name gives "".
func Initials(name string) string {
	if i := strings.IndexAny(name, "(["); i > 0 {
		name = name[:i]
	}
	var letters []rune
	fields := strings.Fields(norm.NFC.String(name))
	for i, w := range fields {
		bare := strings.ToLower(strings.TrimFunc(w, isBetween))
		if bare == "" || len(letters) > 0 && legalForms[bare] || i == 0 && len(fields) > 1 && bare == "the" {
			continue
		}
		r, _ := utf8.DecodeRuneInString(strings.TrimLeftFunc(w, isBetween))
		letters = append(letters, unicode.ToUpper(r))
	}
	switch len(letters) {
	case 0:
		return ""
	case 1:
		return string(letters)
	}
	return string(letters[0]) + string(letters[len(letters)-1])
}

var legalForms = words("ltd", "limited", "inc", "incorporated", "llc", "llp", "plc", "corp", "gmbh", "mbh", "ag", "kg", "ug", "ev", "e.v",
	"se", "bv", "b.v", "nv", "n.v", "sa", "s.a", "sas", "sarl", "srl", "spa", "s.p.a", "sl", "s.l", "ab", "as", "a/s", "aps", "oy", "oyj", "jr", "sr", "phd")

// A term is one thing typed into a search.
type term struct {
	text   string // folded runes, not yet paired
	not    bool
	prefix bool
}

// parseQuery reads words, quoted phrases and exclusions. A quote that is not closed runs to the end.
func parseQuery(input string) []term {
	input = foldRunes(strings.NewReplacer("“", `"`, "”", `"`, "„", `"`, "«", `"`, "»", `"`).Replace(input))
	var terms []term
	for rest := strings.TrimSpace(input); rest != ""; rest = strings.TrimSpace(rest) {
		var t term
		if len(rest) > 1 && rest[0] == '-' {
			t.not, rest = true, rest[1:]
		}
		if rest[0] == '"' {
			phrase, after, _ := strings.Cut(rest[1:], `"`)
			t.text, rest = phrase, after
		} else {
			end := strings.IndexFunc(rest, func(r rune) bool { return unicode.IsSpace(r) || r == '"' })
			if end < 0 {
				end = len(rest)
			}
			t.text, t.prefix, rest = rest[:end], true, rest[end:]
		}
		terms = append(terms, t)
	}
	for i := range terms {
		terms[i].prefix = terms[i].prefix && i == len(terms)-1 && !terms[i].not
	}
	return terms
}

// phrases returns a term as quoted FTS4 phrases, one for each run of one script.
func (t term) phrases() []string {
	var list []string
	runs := scriptRuns(t.text)
	for i, r := range runs {
		last := t.prefix && i == len(runs)-1
		if r.paired {
			p := pairs(r.text, false)
			if utf8.RuneCountInString(r.text) == 1 {
				p += "*"
			}
			list = append(list, `"`+p+`"`)
			continue
		}
		tokens := strings.FieldsFunc(r.text, isBetween)
		if len(tokens) == 0 {
			continue
		}
		p := strings.Join(tokens, " ")
		if last && !isBetweenLast(r.text) {
			p += "*"
		}
		list = append(list, `"`+p+`"`)
	}
	return list
}

func isBetweenLast(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return isBetween(r)
}

// isBetween says whether a rune parts words.
func isBetween(r rune) bool {
	return r == utf8.RuneError || !unicode.In(r, unicode.L, unicode.N, unicode.M, unicode.Co)
}

// foldRunes folds all but the pairs: compatible forms, case, accents, special letters.
func foldRunes(s string) string {
	if isASCII(s) {
		return strings.ToLower(s)
	}
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range norm.NFKD.String(strings.ToValidUTF8(s, "\ufffd")) {
		writeFolded(&b, r)
	}
	return norm.NFC.String(b.String())
}

// writeFolded writes one rune of decomposed text.
func writeFolded(b *strings.Builder, r rune) {
	if isAccent(r) {
		return
	}
	r = unicode.ToLower(r)
	if special, ok := specialLetters[r]; ok {
		b.WriteString(special)
		return
	}
	b.WriteRune(r)
}

// isAccent says whether a rune is one of the accents that unicode61 drops: marks of other scripts carry vowels.
func isAccent(r rune) bool { return r >= 0x300 && r <= 0x36f }

var specialLetters = map[rune]string{'ø': "o", 'ł': "l", 'đ': "d", 'ð': "d", 'ħ': "h", 'ŧ': "t", 'ß': "ss", 'æ': "ae", 'œ': "oe", 'þ': "th", 'ı': "i", 'ς': "σ"}

// A scriptRun is a stretch of text that is either written without blanks (Chinese, Japanese, Korean) or not.
type scriptRun struct {
	text   string
	paired bool
}

func scriptRuns(s string) []scriptRun {
	var runs []scriptRun
	from, paired := 0, false
	for i, r := range s {
		if p := isPaired(r); p != paired {
			if i > from {
				runs = append(runs, scriptRun{s[from:i], paired})
			}
			from, paired = i, p
		}
	}
	if from < len(s) {
		runs = append(runs, scriptRun{s[from:], paired})
	}
	return runs
}

// isPaired says whether a rune belongs to a script that is indexed by pairs. Signs of those scripts that are no
// letters, such as radicals on their own, part words.
func isPaired(r rune) bool {
	return r >= 0x1100 && (r == 'ー' || r == 'ｰ' || unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) && !isBetween(r))
}

// pairs cuts a run into overlapping pairs; with tail, the last character follows alone.
func pairs(run string, tail bool) string {
	rs := []rune(run)
	if len(rs) == 1 {
		return run
	}
	var b strings.Builder
	b.Grow(len(run)*2 + len(rs))
	for i := 0; i+1 < len(rs); i++ {
		apart(&b)
		b.WriteRune(rs[i])
		b.WriteRune(rs[i+1])
	}
	if tail {
		b.WriteByte(' ')
		b.WriteRune(rs[len(rs)-1])
	}
	return b.String()
}

// apart puts a blank where none stands yet.
func apart(b *strings.Builder) {
	if s := b.String(); s != "" && s[len(s)-1] != ' ' && s[len(s)-1] != '\n' {
		b.WriteByte(' ')
	}
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
