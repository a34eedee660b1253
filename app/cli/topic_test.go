package cli

import (
	"slices"
	"strings"
	"testing"
)

// TestEveryCommandHasItsTopic: what stands in no topic would be listed among what
// concerns Rapport itself, where nobody looks for it.
func TestEveryCommandHasItsTopic(t *testing.T) {
	for _, v := range verbs() {
		first, _, _ := strings.Cut(v.name, " ")
		if !slices.ContainsFunc(topics, func(t topic) bool { return slices.Contains(strings.Fields(t.words), first) }) {
			t.Errorf("help has no topic for %s", v.name)
		}
	}
}

// TestEveryTopicHasCommands: a word that names none is left over.
func TestEveryTopicHasCommands(t *testing.T) {
	for _, one := range topics {
		for _, word := range strings.Fields(one.words) {
			if !slices.ContainsFunc(verbs(), func(v *verb) bool { return v.name == word || strings.HasPrefix(v.name, word+" ") }) {
				t.Errorf("%s: there is no command %s", one.name, word)
			}
		}
	}
}
