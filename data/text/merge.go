package text

import (
	"slices"
	"strings"
	"unicode"
)

// Merge3 is a text with what two people changed in it, each without having seen the
// other: word by word, after diff3. Clean says that they changed different places. Where
// they changed the same place it has the words of both, the one after the other, for a
// person to put right; so no word that one of them wrote is lost. Who is called mine
// makes no difference.
func Merge3(base, mine, theirs string) (merged string, clean bool) {
	m := merge3{base: wordsAndGaps(base), clean: true}
	m.sides = [2][]string{wordsAndGaps(mine), wordsAndGaps(theirs)}
	return m.run(), m.clean
}

// merge3 is a merge that is going on. Words and the gaps between them are tokens.
type merge3 struct {
	base  []string
	sides [2][]string
	out   strings.Builder
	clean bool
}

// anchor is a token that stands in all three.
type anchor struct{ base, mine, theirs int }

func (m *merge3) run() string {
	last := anchor{-1, -1, -1}
	for _, a := range append(m.anchors(), anchor{len(m.base), len(m.sides[0]), len(m.sides[1])}) {
		m.between(m.base[last.base+1:a.base], m.sides[0][last.mine+1:a.mine], m.sides[1][last.theirs+1:a.theirs])
		if a.base < len(m.base) {
			m.out.WriteString(m.base[a.base])
		}
		last = a
	}
	return m.out.String()
}

// anchors are the tokens that stand in all three, but gaps that stand alone: those
// would tear apart what belongs together.
func (m *merge3) anchors() []anchor {
	mine, theirs := aligned(m.base, m.sides[0]), aligned(m.base, m.sides[1])
	var all []anchor
	for i := range m.base {
		if mine[i] >= 0 && theirs[i] >= 0 {
			all = append(all, anchor{i, mine[i], theirs[i]})
		}
	}
	next := func(a, b anchor) bool { return b == anchor{a.base + 1, a.mine + 1, a.theirs + 1} }
	var firm []anchor
	for i, a := range all {
		isWord := !isGap(m.base[a.base])
		if isWord || i > 0 && next(all[i-1], a) || i+1 < len(all) && next(a, all[i+1]) {
			firm = append(firm, a)
		}
	}
	return firm
}

// between writes what stands between two anchors.
func (m *merge3) between(base, mine, theirs []string) {
	switch {
	case slices.Equal(mine, theirs), slices.Equal(base, theirs):
		m.write(mine)
	case slices.Equal(base, mine):
		m.write(theirs)
	default:
		m.clean = false
		m.both(mine, theirs)
	}
}

// both writes two wordings of one place, in an order that does not ask whose is whose.
func (m *merge3) both(one, other []string) {
	if slices.Compare(one, other) > 0 {
		one, other = other, one
	}
	m.write(one)
	if len(one) > 0 && len(other) > 0 && !isGap(one[len(one)-1]) && !isGap(other[0]) {
		m.out.WriteByte(' ')
	}
	m.write(other)
}

func (m *merge3) write(tokens []string) {
	for _, t := range tokens {
		m.out.WriteString(t)
	}
}

func isGap(token string) bool { return strings.TrimFunc(token, unicode.IsSpace) == "" }

// wordsAndGaps parts a text into runs of letters and runs of spaces.
func wordsAndGaps(s string) (tokens []string) {
	from, inGap := 0, false
	for i, r := range s {
		if gap := unicode.IsSpace(r); i > 0 && gap != inGap {
			tokens, from, inGap = append(tokens, s[from:i]), i, gap
		} else if i == 0 {
			inGap = gap
		}
	}
	if from < len(s) {
		tokens = append(tokens, s[from:])
	}
	return tokens
}

// alignedMost bounds the table of a comparison; beyond it only what stands at both
// ends is taken as the same.
const alignedMost = 4_000_000

// aligned says for each token of a where it stands in b, or -1, by a longest common
// subsequence.
func aligned(a, b []string) []int {
	at := make([]int, len(a))
	for i := range at {
		at[i] = -1
	}
	first := 0
	for first < len(a) && first < len(b) && a[first] == b[first] {
		at[first] = first
		first++
	}
	endA, endB := len(a), len(b)
	for endA > first && endB > first && a[endA-1] == b[endB-1] {
		endA, endB = endA-1, endB-1
		at[endA] = endB
	}
	if rows, columns := endA-first, endB-first; rows > 0 && columns > 0 && rows*columns <= alignedMost {
		middle(a[first:endA], b[first:endB], first, at[first:endA])
	}
	return at
}

// middle aligns two texts by a table of the longest common subsequences of their ends.
func middle(a, b []string, offset int, at []int) {
	wide := len(b) + 1
	longest := make([]int32, (len(a)+1)*wide)
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				longest[i*wide+j] = longest[(i+1)*wide+j+1] + 1
			} else {
				longest[i*wide+j] = max(longest[(i+1)*wide+j], longest[i*wide+j+1])
			}
		}
	}
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			at[i] = offset + j
			i, j = i+1, j+1
		case longest[(i+1)*wide+j] >= longest[i*wide+j+1]:
			i++
		default:
			j++
		}
	}
}
