package text

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestTwoEditsOfOneTextComeTogether(t *testing.T) {
	for _, c := range []struct {
		name, base, mine, theirs, merged string
		clean                            bool
	}{
		{"different places", "Send the report by May.", "Send the final report by May.", "Send the report by June.", "Send the final report by June.", true},
		{"only one changed it", "Send the report.", "Send the report.", "Send nothing.", "Send nothing.", true},
		{"both made the same edit", "Send the report.", "Send both reports.", "Send both reports.", "Send both reports.", true},
		{"one adds at the beginning, one at the end", "the middle", "first the middle", "the middle last", "first the middle last", true},
		{"one takes away, one adds elsewhere", "one two three four", "one three four", "one two three four five", "one three four five", true},
		{"the same place", "Call on Monday.", "Call on Tuesday.", "Call on Friday.", "Call on Friday. Tuesday.", false},
		{"one took away what the other reworded", "Call them on Monday at nine.", "Call them at nine.", "Call them on Tuesday at nine.", "Call them on Tuesday at nine.", false},
		{"from nothing", "", "Anna decides", "Ask Anna", "Anna decides Ask Anna", false},
		{"whole sentences of each stay together", "a b", "p q", "r s", "p q r s", false},
		{"lines", "- tea\n- milk\n", "- tea\n- oat milk\n", "- tea\n- milk\n- sugar\n", "- tea\n- oat milk\n- sugar\n", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			merged, clean := Merge3(c.base, c.mine, c.theirs)
			if merged != c.merged || clean != c.clean {
				t.Errorf("merged %q, clean %v; want %q, %v", merged, clean, c.merged, c.clean)
			}
		})
	}
}

// someText draws texts of few words, so that they have much in common.
var someText = rapid.Custom(func(t *rapid.T) string {
	words := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "c", "Anna", "report", " ", "  ", "\n"}), 0, 12).Draw(t, "words")
	return strings.Join(words, rapid.SampledFrom([]string{"", " "}).Draw(t, "between"))
})

func TestAMergeLosesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		base, mine, theirs := someText.Draw(t, "base"), someText.Draw(t, "mine"), someText.Draw(t, "theirs")
		merged, clean := Merge3(base, mine, theirs)
		if again, c := Merge3(base, theirs, mine); again != merged || c != clean {
			t.Fatalf("with the sides changed it is %q instead of %q", again, merged)
		}
		if got, c := Merge3(base, mine, mine); got != mine || !c {
			t.Fatalf("with itself it is %q", got)
		}
		if got, c := Merge3(base, base, theirs); got != theirs || !c {
			t.Fatalf("where one changed nothing it is %q", got)
		}
		have := strings.Join(strings.Fields(merged), "")
		for _, side := range []string{mine, theirs} {
			for _, word := range strings.Fields(side) {
				if !slices.Contains(strings.Fields(base), word) && !strings.Contains(have, word) {
					t.Fatalf("%q of %q is lost in %q", word, side, merged)
				}
			}
		}
	})
}

func TestAVeryLongTextIsMergedToo(t *testing.T) {
	base := strings.Repeat("word and ", 20_000)
	merged, clean := Merge3(base, "first "+base, base+"last")
	if merged != "first "+base+"last" || !clean {
		t.Errorf("%d letters, clean %v", len(merged), clean)
	}
}
