package data

import (
	"strings"

	"rapport/data/text"
)

// ContactNamed finds whom of a few people somebody means by a name or the
// beginning of one, "Beatrice" or "b holm". Nothing written is nobody. Nobody
// and several that fit are *Invalid, with the names that would do.
func ContactNamed(words string, people []Contact) (Contact, error) {
	if strings.TrimSpace(words) == "" {
		return Contact{}, nil
	}
	exact, _ := parted(people, func(c Contact) bool { return sameName(c.Name, words) })
	fits, _ := parted(people, func(c Contact) bool { return beginsNames(c.Name, words) })
	for _, found := range [][]Contact{exact, fits} {
		if len(found) == 1 {
			return found[0], nil
		}
		if len(found) > 1 {
			names := mapped(found[:min(len(found), 4)], func(c Contact) string { return c.Name })
			return Contact{}, invalid("contact", "%q could be %s; write more of the name", words, strings.Join(names, " or "))
		}
	}
	return Contact{}, invalid("contact", "nobody here is called %q; add them as a person first", words)
}

// beginsNames says whether each word begins another name of somebody, in order.
func beginsNames(name, words string) bool {
	names := strings.Fields(text.Fold(name))
next:
	for _, w := range strings.Fields(text.Fold(words)) {
		for i, n := range names {
			if strings.HasPrefix(n, w) {
				names = names[i+1:]
				continue next
			}
		}
		return false
	}
	return true
}
