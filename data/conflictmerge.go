package data

import (
	"strings"

	"rapport/data/text"
)

// mergedLeast is how many words the longer of the versions has before texts that
// changed the same place are put together: of a name or a word people choose one.
const mergedLeast = 20

// Merged proposes one text with what all versions of a field changed, for a person to
// accept: false for what is no text, where the value before is not known, and where it
// would say no more than one of them. Clean says that they changed different places.
func (c Conflict) Merged() (proposal string, clean, ok bool) {
	if c.Gone() || !c.HasBase || len(c.Versions) < 2 {
		return "", false, false
	}
	values, longest := make([]string, len(c.Versions)), 0
	for i, v := range c.Versions {
		values[i], longest = v.Value, max(longest, len(strings.Fields(v.Value)))
		if v.Value == "" {
			return "", false, false // one took it away: that is a choice
		}
	}
	if FormOf(c.Kind, c.Field, values...) != FieldText {
		return "", false, false
	}
	proposal, clean = values[0], true
	for _, v := range values[1:] {
		next, each := text.Merge3(c.Base, proposal, v)
		proposal, clean = next, clean && each
	}
	for _, v := range values {
		if proposal == v {
			return "", false, false
		}
	}
	return proposal, clean, clean || longest >= mergedLeast
}
