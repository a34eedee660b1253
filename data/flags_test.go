package data

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestFlagsOf(t *testing.T) {
	for name, c := range map[string]struct {
		names []string
		want  Flags
	}{
		"none":                          {nil, ""},
		"sorted":                        {[]string{`\Seen`, `\Answered`}, `\Answered \Seen`},
		"known ones in their usual way": {[]string{`\SEEN`, `\flagged`}, `\Flagged \Seen`},
		"each once, in any case":        {[]string{"$Forwarded", "$forwarded", `\Seen`, `\seen`}, `$Forwarded \Seen`},
		"what is about a connection":    {[]string{`\Recent`, `\Draft`}, `\Draft`},
		"no name":                       {[]string{"", "a b", strings.Repeat("x", 200)}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got := FlagsOf(c.names); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

// The order in which a server names its marks, and how it spells them, makes no
// change.
func TestFlagsAreTheSameInAnyOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		names := rapid.SliceOfN(rapid.SampledFrom([]string{`\Seen`, `\SEEN`, `\Answered`, "$Junk", "Later", `\Recent`}), 0, 8).Draw(t, "names")
		other := rapid.Permutation(names).Draw(t, "other")
		if a, b := FlagsOf(names), FlagsOf(other); a != b {
			t.Errorf("%q and %q", a, b)
		}
		f := FlagsOf(names)
		if again := FlagsOf(strings.Fields(string(f))); again != f {
			t.Errorf("%q read again is %q", f, again)
		}
		for _, name := range names {
			if got, want := f.Has(name), name != `\Recent`; got != want {
				t.Errorf("%q has %s: %v", f, name, got)
			}
		}
	})
}

func TestFlagsInWords(t *testing.T) {
	for flags, want := range map[Flags]string{
		"": "", `\Seen`: "", `\Answered`: "answered", `$forwarded \Answered \Flagged \Seen`: "answered, forwarded and flagged", `\Draft`: "a draft",
	} {
		if got := flags.Words(); got != want {
			t.Errorf("%q is %q in words, want %q", flags, got, want)
		}
	}
}
