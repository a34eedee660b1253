package data

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// wordPart is what a word of a captured line is understood as.
type wordPart int

const (
	partNone wordPart = iota
	partKind
	partTime
	partName
	partAccount
	partJoint // a comma, "and", "with"
)

// captureWord is a word or a sign of a line, with its bytes there.
type captureWord struct {
	plain    string // as plain makes it; a sign stays itself
	capital  bool
	from, to int
	part     wordPart
}

func captureWords(line string) []captureWord {
	var list []captureWord
	for i := 0; i < len(line); {
		c, n := utf8.DecodeRuneInString(line[i:])
		end := i + n
		for isWordRune(c) && end < len(line) {
			next, size := utf8.DecodeRuneInString(line[end:])
			if !isWordRune(next) {
				break
			}
			end += size
		}
		if !unicode.IsSpace(c) {
			w := captureWord{plain: plain(line[i:end]), capital: unicode.IsUpper(c) || !unicode.IsLower(c) && unicode.IsLetter(c), from: i, to: end}
			if w.plain == "" {
				w.plain = line[i:end]
			}
			list = append(list, w)
		}
		i = end
	}
	return list
}

// isWord is false for a sign.
func (w captureWord) isWord() bool { r, _ := utf8.DecodeRuneInString(w.plain); return isWordRune(r) }

func isWordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r)
}

// joints are words and signs that may stand between the names of those who took
// part; ends are signs after which nobody else is named as taking part.
var (
	joints = setOf(",", "and", "&", "+", "und", "with", "mit", "to", "at", "from", "of", "by", "the", "a", "i", "we", "had", ":", "-", "–")
	ends   = setOf(".", ";", "!", "?")
)

// readPeople takes the names of those who took part. They stand before the
// first word that tells what happened: in "Called Piotr, he asks Anna", Anna
// did not take part.
func (r *captureReader) readPeople() {
	found := false
	defer r.keepSentence()
	for r.end < len(r.words) {
		w := r.words[r.end]
		if n := r.person(r.end); n > 0 {
			r.markName(r.end, n, partName)
			r.end += n
			found = true
			continue
		}
		switch {
		case w.part != partNone:
		case joints[w.plain]:
			r.words[r.end].part = partJoint
		case ends[w.plain] && (found || r.end > 0):
			r.endLead()
			return
		case found && !w.capital:
			return
		}
		r.end++
	}
	if !found {
		r.end = r.leadEnd()
	}
}

// keepSentence gives back small words with which what happened begins: "the" of
// "Called Piotr, the night test is agreed".
func (r *captureReader) keepSentence() {
	for r.end > 0 && r.end < len(r.words) {
		if w := r.words[r.end-1]; w.part != partJoint || !w.isWord() {
			return
		}
		r.end--
	}
}

// endLead takes the sign that ends the lead with it.
func (r *captureReader) endLead() {
	r.words[r.end].part = partJoint
	r.end++
}

// leadEnd is where the understood words at the beginning end, when nobody is
// named. Without a sign there, what follows may be whom it was with ("Called
// Zoe"), so that nothing is parted.
func (r *captureReader) leadEnd() int {
	i := slices.IndexFunc(r.words, func(w captureWord) bool { return w.part == partNone })
	if i < 1 {
		return len(r.words)
	}
	for i > 0 && r.words[i-1].part == partJoint && r.words[i-1].isWord() {
		i--
	}
	if i > 0 && r.words[i-1].isWord() {
		return len(r.words)
	}
	return i
}

// person takes the person named at word i and returns how many words the name
// has, 0 for none: a full name, else a first or last name.
func (r *captureReader) person(i int) int {
	if r.words[i].part != partNone {
		return 0
	}
	best, list := 0, []Contact(nil)
	for _, c := range r.in.Contacts {
		n := r.nameAt(i, strings.Fields(plain(c.Name)))
		switch {
		case n == 0:
		case n > best:
			best, list = n, []Contact{c}
		case n == best:
			list = append(list, c)
		}
	}
	if best == 0 {
		return 0
	}
	r.take(i, best, r.nearest(list))
	return best
}

// nameAt is how many words of the name stand at word i: all, one, or none.
func (r *captureReader) nameAt(i int, name []string) int {
	switch {
	case len(name) > 1 && r.matches(i, name):
		return len(name)
	case r.callsBy(i, name):
		return 1
	}
	return 0
}

// callsBy says whether word i calls the person by one of the names, and looks
// like a name: with a capital letter, or where a name is expected.
func (r *captureReader) callsBy(i int, name []string) bool {
	w := r.words[i]
	if len(name) == 0 || len(w.plain) < 2 || w.plain != name[0] && w.plain != name[len(name)-1] {
		return false
	}
	return w.capital || i > 0 && (r.words[i-1].part == partKind || expectName[r.words[i-1].plain])
}

var expectName = setOf("with", "mit", "and", "und", "&")

// nearest are those of the list at the account that is named, else at the one
// whose page is open, else at that of those who took part; of all, when none is.
func (r *captureReader) nearest(list []Contact) []Contact {
	accounts := []string{r.named.ID}
	if r.in.Account != nil {
		accounts = append(accounts, r.in.Account.ID)
	}
	for _, c := range r.Contacts {
		accounts = append(accounts, c.AccountID)
	}
	for _, id := range accounts {
		if here, _ := parted(list, func(c Contact) bool { return id != "" && c.AccountID == id }); len(here) > 0 {
			return here
		}
	}
	return list
}

// take notes who is meant by the n words at i, or that this must be asked.
func (r *captureReader) take(i, n int, list []Contact) {
	if len(list) > 1 {
		r.ask(r.Line[r.words[i].from:r.words[i+n-1].to], list)
		return
	}
	if !slices.ContainsFunc(r.Contacts, func(c Contact) bool { return c.ID == list[0].ID }) {
		r.Contacts = append(r.Contacts, list[0])
	}
}
