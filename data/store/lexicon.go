package store

import (
	"encoding/binary"
	"slices"
	"unicode/utf8"
)

// A lexicon is what the search index says of some mails: of every word, and of
// the beginnings of words that have an index of their own, where it stands. It
// is FTS4's own form of it, made of many mails at once. Word by word SQLite takes
// three times as long, and a third of all the time that a first sync takes.
//
// It reads mails in any order, and keeps of each where its words stand; put makes
// the lists of it, in which the newest mail is the first.
type lexicon struct {
	known   map[string][3]int // words → their own lists, and those of their beginnings
	words   map[string]int    // → lists
	two     map[string]int    // the first two bytes of words → lists
	four    map[string]int
	stands  []places // by list, of the mail that is being read; the first is nobody's
	touched []int    // lists with words of that mail
	mails   map[int64]mailPlaces
	room    []byte   // for the places of mails
	short   []byte   // for short ones of the mail that is being read
	lists   [][]byte // of what was put
	bytes   []int    // by list, about how many it needs
}

// mailPlaces is what a mail brings to each list: the list, how many bytes, and
// where in the mail the word stands.
type mailPlaces struct {
	bytes []byte
	size  mailSize
	over  bool // it has letters of which it is not sure that SQLite parts words at them in the same way
}

// places are where a word stands in a mail: columns and positions.
type places struct {
	list   []byte
	column int
	at     int
}

// mailSize is how many words each column of a mail has.
type mailSize struct {
	mail  int64
	words [3]int
	bytes int
}

func newLexicon() *lexicon {
	return &lexicon{
		known: map[string][3]int{}, words: map[string]int{}, two: map[string]int{}, four: map[string]int{},
		stands: make([]places, 1, 4096), bytes: make([]int, 1, 4096), mails: map[int64]mailPlaces{},
	}
}

// lexiconOf is a lexicon that has read mails, by message.n.
func lexiconOf(mails map[int64]mailWords) *lexicon {
	x := newLexicon()
	for n, w := range mails {
		x.read(n, w)
	}
	return x
}

// read reads a mail. One that was read before is another now.
func (x *lexicon) read(n int64, w mailWords) {
	if n < 0 || !isSurelyParted(w.subject) || !isSurelyParted(w.people) || !isSurelyParted(w.text) {
		x.mails[n] = mailPlaces{over: true}
		return
	}
	m := mailPlaces{size: mailSize{mail: n, bytes: len(w.subject) + len(w.people) + len(w.text)}}
	for column, text := range []string{w.subject, w.people, w.text} {
		m.size.words[column] = x.add(column, text)
	}
	m.bytes = x.keep()
	x.mails[n] = m
}

// keep takes together what the mail that was read brings to the lists.
func (x *lexicon) keep() []byte {
	const overhead, postings = 2 * binary.MaxVarintLen32, 7 // of a list's and a length's numbers; of a mail's in a list
	most := 0
	for _, i := range x.touched {
		most += overhead + len(x.stands[i].list)
	}
	if len(x.room) < most {
		x.room = make([]byte, max(most, 256<<10))
	}
	b := x.room[:0:most]
	for _, i := range x.touched {
		p := &x.stands[i]
		b = binary.AppendUvarint(b, uint64(i))
		b = binary.AppendUvarint(b, uint64(len(p.list)))
		b = append(b, p.list...)
		x.bytes[i] += len(p.list) + postings
		*p = places{list: p.list[:0]}
	}
	x.room, x.touched = x.room[len(b):], x.touched[:0]
	return b[:len(b):len(b)]
}

// add notes the words of a column and returns how many there are.
func (x *lexicon) add(column int, text string) (count int) {
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
				x.note(list, column, count)
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
		if len(x.short) < short {
			x.short = make([]byte, 64<<10)
		}
		i = len(x.stands)
		index[word] = i
		x.stands, x.bytes = append(x.stands, places{list: x.short[:0:short]}), append(x.bytes, 0)
		x.short = x.short[short:]
	}
	return i
}

// note adds where a word stands.
func (x *lexicon) note(list, column, at int) {
	p := &x.stands[list]
	if len(p.list) == 0 {
		x.touched = append(x.touched, list)
	}
	if column != p.column {
		p.list = append(p.list, 1, byte(column))
		p.column, p.at = column, 0
	}
	p.list = binary.AppendUvarint(p.list, uint64(at-p.at+2))
	p.at = at
}

// put makes the lists of mails that were read, and returns how many words they
// have and those that are left over, in their order.
func (x *lexicon) put(mails []int64) (sizes []mailSize, left []int64) {
	all := 0
	for _, n := range x.bytes {
		all += n
	}
	room := make([]byte, all)
	x.lists = make([][]byte, len(x.bytes))
	for i, n := range x.bytes {
		x.lists[i], room = room[:0:n], room[n:]
	}
	last := make([]int64, len(x.lists))
	for _, n := range slices.Backward(slices.Sorted(slices.Values(mails))) {
		m := x.mails[n]
		if m.over {
			left = append(left, n)
			continue
		}
		sizes = append(sizes, m.size)
		for b := m.bytes; len(b) > 0; {
			i, l := binary.Uvarint(b)
			size, s := binary.Uvarint(b[l:])
			end := l + s + int(size)
			distance := n
			if len(x.lists[i]) > 0 {
				distance = last[i] - n
			}
			list := binary.AppendUvarint(x.lists[i], uint64(distance))
			x.lists[i] = append(append(list, b[l+s:end]...), 0)
			last[i], b = n, b[end:]
		}
	}
	slices.Reverse(left)
	return sizes, left
}

// each yields the words of one index in their order, with where they stand in the
// mails that were put.
func (x *lexicon) each(index map[string]int, yield func(word string, places []byte)) {
	words := make([]string, 0, len(index))
	for w, i := range index {
		if len(x.lists[i]) > 0 {
			words = append(words, w)
		}
	}
	slices.Sort(words)
	for _, w := range words {
		yield(w, x.lists[index[w]])
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
