package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// An Excerpt is one line out of a longer text.
type Excerpt struct {
	Text string   // blanks joined; "…" where it was cut
	Hits [][2]int // byte ranges in Text of the words that were looked for, from and to, in order
}

// Snippet returns about width characters of a body around the first of the words, which come from Words. A word hits
// where a word of the body begins with it, accents and case aside; all of that word is marked. Characters are never
// cut, words only where one alone is wider than the line. Without a hit it is the beginning of the body.
func Snippet(body string, words []string, width int) Excerpt {
	body, words = strings.ToValidUTF8(body, "\ufffd"), foldedWords(words)
	from, to := 0, 0
	if hits := findHits(body, words, 1); len(hits) > 0 {
		from, to = hits[0][0], hits[0][1]
	}
	line := lineAround(body, from, to, width)
	return Excerpt{line, findHits(line, words, -1)}
}

// Preview returns the first n characters of what the sender wrote, on one line, cut at a word with "…". For a mail
// that only forwards or quotes, it is the beginning of that.
func Preview(body string, n int) string {
	own := Own(body)
	if own == "" {
		own = body
	}
	return lineAround(strings.ToValidUTF8(own, "\ufffd"), 0, 0, n)
}

func foldedWords(words []string) []string {
	var list []string
	for _, w := range words {
		if f := strings.TrimFunc(foldRunes(w), isBetween); f != "" {
			list = append(list, f)
		}
	}
	return list
}

// findHits returns where words occur, at most max of them; a negative max means all.
func findHits(s string, words []string, max int) [][2]int {
	var hits [][2]int
	within := false // a word that is written with blanks around it
	for i := 0; i < len(s) && len(words) > 0 && len(hits) != max; {
		r, size := utf8.DecodeRuneInString(s[i:])
		if isBetween(r) {
			within = false
			i += size
			continue
		}
		paired := isPaired(r)
		if !within || paired {
			if end := hitAt(s, i, words); end > i {
				hits = append(hits, [2]int{i, end})
				within = !paired
				i = end
				continue
			}
		}
		within = !paired
		i += size
	}
	return hits
}

// hitAt returns where the longest hit that begins at a byte ends, or 0.
func hitAt(s string, at int, words []string) int {
	best := 0
	for _, w := range words {
		best = max(best, matchWord(s, at, w))
	}
	return best
}

// matchWord returns where a hit ends, if the text at a byte begins with a folded word, else 0. A hit takes in the
// rest of its word, where words are parted by blanks.
func matchWord(s string, at int, word string) int {
	i := at
	paired := false
	for word != "" {
		if i >= len(s) {
			return 0
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		f := foldRune(r)
		if len(f) > len(word) && strings.HasPrefix(f, word) {
			f = word
		}
		if !strings.HasPrefix(word, f) {
			return 0
		}
		word = word[len(f):]
		paired = isPaired(r)
		i += size
	}
	for i < len(s) {
		r, size := utf8.DecodeRuneInString(s[i:])
		if isBetween(r) || !unicode.Is(unicode.M, r) && (paired || isPaired(r)) {
			break
		}
		i += size
	}
	return i
}

func foldRune(r rune) string {
	if r < utf8.RuneSelf {
		return string(unicode.ToLower(r))
	}
	var b strings.Builder
	for _, d := range norm.NFKD.String(string(r)) {
		writeFolded(&b, d)
	}
	return norm.NFC.String(b.String())
}

// lineAround returns about width characters around a range of bytes, on one line: a third of what is left before it.
func lineAround(s string, from, to, width int) string {
	if width <= 0 {
		return ""
	}
	room := max(0, width-utf8.RuneCountInString(s[from:to]))
	before, cutBefore := lastWords(s[:from], room/3)
	after, cutAfter := firstWords(s[from:], width-utf8.RuneCountInString(before))
	line := after
	if before != "" {
		line = before + gap(s[:from]) + after
	}
	if cutBefore {
		line = "…" + line
	}
	if cutAfter {
		line += "…"
	}
	return line
}

// gap is the blank that joins what stands before a hit to the hit.
func gap(before string) string {
	if r, _ := utf8.DecodeLastRuneInString(before); unicode.IsSpace(r) {
		return " "
	}
	return ""
}

// firstWords joins the blanks of the beginning of a text and cuts it to n characters at a word, if one ends there.
func firstWords(s string, n int) (line string, cut bool) {
	line, more := joinBlanks(s, n+1)
	if !more && utf8.RuneCountInString(line) <= n {
		return line, false
	}
	end := byteOf(line, n)
	if end < len(line) && line[end] != ' ' {
		if blank := strings.LastIndexByte(line[:end], ' '); blank > 0 {
			end = blank
		}
	}
	return strings.TrimRight(line[:wholeCharacter(line, end)], " "), true
}

// lastWords joins the blanks of the end of a text and keeps about n characters of it, from the beginning of a word.
func lastWords(s string, n int) (line string, cut bool) {
	const widest = 4096 // bytes looked at; enough for any line
	start := max(0, len(s)-widest)
	for start < len(s) && !utf8.RuneStart(s[start]) {
		start++
	}
	line = strings.Join(strings.Fields(s[start:]), " ")
	extra := utf8.RuneCountInString(line) - n
	if extra <= 0 {
		return line, start > 0
	}
	at := byteOf(line, extra)
	if at > 0 && line[at-1] != ' ' {
		if blank := strings.IndexByte(line[at:], ' '); blank >= 0 {
			return line[at+blank+1:], true
		}
		return "", true
	}
	return line[at:], true
}

// joinBlanks returns the beginning of a text with each run of blanks as one, at least n characters where there are
// as many, and whether more follows.
func joinBlanks(s string, n int) (line string, more bool) {
	var b strings.Builder
	count, blank := 0, false
	for i, r := range s {
		if unicode.IsSpace(r) || unicode.IsControl(r) {
			blank = count > 0
			continue
		}
		if count >= n && !joins(r) {
			return b.String(), strings.TrimSpace(s[i:]) != ""
		}
		if blank {
			b.WriteByte(' ')
			count++
		}
		blank = false
		b.WriteRune(r)
		count++
	}
	return b.String(), false
}

// byteOf returns the byte offset of the n-th rune, or the length.
func byteOf(s string, n int) int {
	for i := range s {
		if n == 0 {
			return i
		}
		n--
	}
	return len(s)
}

// wholeCharacter moves a cut back so that it parts no character from its marks, joiners or modifiers.
func wholeCharacter(s string, at int) int {
	for at > 0 && at < len(s) {
		r, _ := utf8.DecodeRuneInString(s[at:])
		prev, size := utf8.DecodeLastRuneInString(s[:at])
		if !joins(r) && prev != '\u200d' && !(isFlag(r) && oddFlags(s[:at])) {
			break
		}
		at -= size
	}
	return at
}

// joins says whether a rune belongs to the character before it.
func joins(r rune) bool {
	return unicode.Is(unicode.M, r) || r == '\u200d' || r >= 0x1f3fb && r <= 0x1f3ff || r >= 0xe0020 && r <= 0xe007f
}

func isFlag(r rune) bool { return r >= 0x1f1e6 && r <= 0x1f1ff }

// oddFlags says whether a text ends in half a flag.
func oddFlags(s string) bool {
	n := 0
	for s != "" {
		r, size := utf8.DecodeLastRuneInString(s)
		if !isFlag(r) {
			break
		}
		n++
		s = s[:len(s)-size]
	}
	return n%2 == 1
}
