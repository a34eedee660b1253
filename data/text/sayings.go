package text

import (
	"slices"
	"strings"
)

// sayings are groups of phrases that are looked for in one go. To look for each
// phrase of the disclaimers by itself took half of the time that reading a
// mail's text took.
type sayings struct {
	begin  [1 << 16 / 64]uint64 // the pairs of bytes that phrases begin with
	byPair map[uint16][]saying
}

type saying struct {
	phrase string
	groups uint
}

// newSayings makes sayings of groups; each phrase has two bytes at least.
func newSayings(groups ...[]string) *sayings {
	s := &sayings{byPair: map[uint16][]saying{}}
	for i, group := range groups {
		for _, phrase := range group {
			pair := pairOf(phrase, 0)
			s.begin[pair/64] |= 1 << (pair % 64)
			at := slices.IndexFunc(s.byPair[pair], func(o saying) bool { return o.phrase == phrase })
			if at < 0 {
				s.byPair[pair] = append(s.byPair[pair], saying{phrase, 1 << i})
				continue
			}
			s.byPair[pair][at].groups |= 1 << i
		}
	}
	return s
}

func pairOf(s string, at int) uint16 { return uint16(s[at])<<8 | uint16(s[at+1]) }

// in returns the groups of which a text says something, the first as the lowest
// bit.
func (s *sayings) in(text string) (groups uint) {
	for i := 0; i+1 < len(text); i++ {
		pair := pairOf(text, i)
		if s.begin[pair/64]&(1<<(pair%64)) == 0 {
			continue
		}
		for _, o := range s.byPair[pair] {
			if strings.HasPrefix(text[i:], o.phrase) {
				groups |= o.groups
			}
		}
	}
	return groups
}
