package data

import (
	"fmt"
	"strings"
	"unicode"

	"rapport/data/text"
)

const (
	// sameWords is how many words a sentence has at least before its sameness says
	// anything: "Kind regards" is everybody's.
	sameWords = 5
	// samePeople is to how many others a sentence went before a draft says so.
	samePeople = 3
)

// sameSentence says of a draft that one of its sentences went to several other
// people, "" where none did. others are drafts of late. What went to many in one
// way is no word to one of them (IDEAS 28).
func sameSentence(d Draft, others []Draft) string {
	to := map[string]bool{}
	for _, a := range d.Recipients() {
		to[a.Email] = true
	}
	got := map[string]map[string]bool{} // who got a sentence, by the sentence
	for _, o := range others {
		if o.ID == d.ID && d.ID != "" {
			continue
		}
		for _, s := range sentencesOf(o.Text) {
			for _, a := range o.Recipients() {
				if to[a.Email] {
					continue
				}
				if got[s.folded] == nil {
					got[s.folded] = map[string]bool{}
				}
				got[s.folded][a.Email] = true
			}
		}
	}
	for _, s := range sentencesOf(d.Text) {
		if n := len(got[s.folded]); n >= samePeople {
			return fmt.Sprintf("“%s” went to %d other people in these words", s.words, n)
		}
	}
	return ""
}

type said struct{ words, folded string }

// sentencesOf are the sentences of a text that are long enough to be somebody's.
func sentencesOf(s string) (list []said) {
	for _, piece := range strings.FieldsFunc(s, func(r rune) bool { return r == '\n' || r == '.' || r == '?' || r == '!' }) {
		words := strings.FieldsFunc(piece, unicode.IsSpace)
		if len(words) >= sameWords && !strings.HasPrefix(words[0], "[") {
			shown := strings.Join(words, " ")
			list = append(list, said{shown, text.Fold(shown)})
		}
	}
	return list
}
