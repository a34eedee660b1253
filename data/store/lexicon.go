package store

import (
	"encoding/binary"
	"slices"
	"strings"
	"unicode/utf8"
)

// A lexicon is what the search index says of some mails: of every word, and of
// the beginnings of words that have an index of their own, where it stands. It
// is FTS4's own form of it, made of many mails at once. Word by word SQLite takes
// three times as long, and a third of all the time that a first sync takes.
type lexicon struct {
	known  map[string][3]int // words → their own places in lists, and those of their beginnings
	words  map[string]int    // → lists
	two    map[string]int    // the first two bytes of words → lists
	four   map[string]int
	lists  []places // the first is nobody's
	places []byte   // memory for short lists
	sizes  []mailSize
}

func newLexicon() *lexicon {
	return &lexicon{known: map[string][3]int{}, words: map[string]int{}, two: map[string]int{}, four: map[string]int{}, lists: make([]places, 1, 4096)}
}

// places are where a word stands: mails, the newest first, columns and positions.
type places struct {
	list   []byte
	mail   int64
	column int
	at     int
}

// mailSize is how many words each column of a mail has.
type mailSize struct {
	mail  int64
	words [3]int
	bytes int
}

// lexiconOf is the lexicon of mails, by message.n. Those with letters of which it
// is not sure that SQLite parts them in the same way are left over.
func lexiconOf(mails map[int64]mailWords) (x *lexicon, left []int64) {
	x = newLexicon()
	var numbers []int64
	for n, w := range mails {
		if n >= 0 && isSurelyParted(w.subject) && isSurelyParted(w.people) && isSurelyParted(w.text) {
			numbers = append(numbers, n)
		} else {
			left = append(left, n)
		}
	}
	slices.Sort(numbers)
	for _, n := range slices.Backward(numbers) {
		w := mails[n]
		size := mailSize{mail: n, bytes: len(w.subject) + len(w.people) + len(w.text)}
		for column, text := range []string{w.subject, w.people, w.text} {
			size.words[column] = x.add(n, column, text)
		}
		x.sizes = append(x.sizes, size)
	}
	slices.Sort(left)
	return x, left
}

// add notes the words of a column and returns how many there are.
func (x *lexicon) add(mail int64, column int, text string) (count int) {
	for i := 0; i < len(text); {
		if !wordByte[text[i]] && !isLetterAt(text, i) {
			i++
			continue
		}
		from := i
		for i < len(text) && (wordByte[text[i]] || isLetterAt(text, i)) {
			i += letterLen(text[i])
		}
		for _, list := range x.listsOf(text[from:i]) {
			if list > 0 {
				x.lists[list].note(mail, column, count)
			}
		}
		count++
	}
	return count
}

// listsOf are the lists of a word and of its beginnings, 0 for one that is too
// short to have it.
func (x *lexicon) listsOf(word string) [3]int {
	lists, known := x.known[word]
	if known {
		return lists
	}
	lists[0] = x.list(x.words, word)
	if len(word) >= 2 {
		lists[1] = x.list(x.two, word[:2])
	}
	if len(word) >= 4 {
		lists[2] = x.list(x.four, word[:4])
	}
	x.known[word] = lists
	return lists
}

// list is the list of a word in an index.
func (x *lexicon) list(index map[string]int, word string) int {
	i, known := index[word]
	if !known {
		const short = 16
		if len(x.places) < short {
			x.places = make([]byte, 64<<10)
		}
		i = len(x.lists)
		index[word] = i
		x.lists = append(x.lists, places{list: x.places[:0:short]})
		x.places = x.places[short:]
	}
	return i
}

// note adds where a word stands.
func (p *places) note(mail int64, column, at int) {
	if len(p.list) == 0 || p.mail != mail {
		distance := mail
		if len(p.list) > 0 {
			p.list = append(p.list, 0)
			distance = p.mail - mail
		}
		p.list = binary.AppendUvarint(p.list, uint64(distance))
		p.mail, p.column, p.at = mail, 0, 0
	}
	if column != p.column {
		p.list = append(p.list, 1, byte(column))
		p.column, p.at = column, 0
	}
	p.list = binary.AppendUvarint(p.list, uint64(at-p.at+2))
	p.at = at
}

// each yields the words of one index in their order, with their places.
func (x *lexicon) each(index map[string]int, yield func(word string, places []byte)) {
	words := make([]string, 0, len(index))
	for w := range index {
		words = append(words, w)
	}
	slices.SortFunc(words, strings.Compare)
	for _, w := range words {
		yield(w, append(x.lists[index[w]].list, 0))
	}
}

// wordByte are the bytes of ASCII that words are made of, once they are folded.
var wordByte = func() (table [256]bool) {
	for _, c := range []byte("0123456789abcdefghijklmnopqrstuvwxyz") {
		table[c] = true
	}
	return table
}()

// isLetterAt says whether a letter beyond ASCII stands at a byte. Of the runes
// that isSurelyParted lets pass only the Greek and Cyrillic ones are.
func isLetterAt(s string, at int) bool { return s[at] >= 0xcd && s[at] <= 0xd3 }

func letterLen(first byte) int {
	if first >= utf8.RuneSelf {
		return 2
	}
	return 1
}

// isSurelyParted says whether a folded text has only such characters of which
// it is known how SQLite parts words at them: ASCII in lower case, small Greek and
// Cyrillic letters, and the quotes, dashes and dots of every language's prose.
func isSurelyParted(s string) bool {
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if c == 0 || c >= 'A' && c <= 'Z' {
				return false
			}
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if !(r >= 'α' && r <= 'ω' && r != 'ς' || r >= 'а' && r <= 'я' || r >= '‐' && r <= '‧' || r == '€' || r == '£' || r == '§' || r == '·' || r == '«' || r == '»' || r == '°') {
			return false
		}
		i += n
	}
	return true
}
