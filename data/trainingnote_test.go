package data

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestABlockThatStaysKeepsItsKey(t *testing.T) {
	n := TrainingNote{Title: "x"}.WithBlocks([]string{"a\n", "b\n", "c\n"})
	keyOf := func(n TrainingNote, b string) string {
		for k, v := range n.Blocks {
			if v == b {
				return k
			}
		}
		return ""
	}
	m := n.WithBlocks([]string{"new\n", "a\n", "c\n", "d\n"})
	if m.Body() != "new\na\nc\nd\n" {
		t.Errorf("text is %q", m.Body())
	}
	for _, b := range []string{"a\n", "c\n"} {
		if keyOf(n, b) != keyOf(m, b) {
			t.Errorf("%q had the key %s and has %s", b, keyOf(n, b), keyOf(m, b))
		}
	}
}

func TestEditedBlocksJoinToTheTextInAnyOrderOfEdits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		block := rapid.SampledFrom([]string{"a\n", "b\n", "c\n", "d\n", "e\n", "", "f"})
		n := TrainingNote{Title: "x"}
		for range rapid.IntRange(1, 12).Draw(t, "edits") {
			blocks := slices.DeleteFunc(rapid.SliceOfN(block, 0, 12).Draw(t, "blocks"), func(s string) bool { return s == "" })
			if n = n.WithBlocks(blocks); n.Body() != strings.Join(blocks, "") {
				t.Fatalf("text is %q and should be %q", n.Body(), strings.Join(blocks, ""))
			}
			if len(n.Blocks) != len(blocks) {
				t.Fatalf("%d blocks have %d keys", len(blocks), len(n.Blocks))
			}
		}
	})
}

func TestLinksOfANote(t *testing.T) {
	n := TrainingNote{}.WithBlocks([]string{"See [Kestrel](rapport:account/kestrel.example) and [the play](<rapport:play/late promise>).\n", "[no](https://x.example)\n"})
	want := []NoteLink{{KindAccount, "kestrel.example", "Kestrel"}, {"play", "late promise", "the play"}}
	if got := n.Links(); !slices.Equal(got, want) {
		t.Errorf("links are %v", got)
	}
	if !n.Helps().Names(Account{ID: "1", Name: "Kestrel Museums", Domains: []string{"kestrel.example"}}) {
		t.Error("an account that the text links to is not named")
	}
}

func TestKindsOfBlocks(t *testing.T) {
	for block, want := range map[string]BlockKind{
		"# Title\n": BlockHeading, "Title\n=====\n": BlockHeading, "- one\n- two\n": BlockList, "1. one\n": BlockList, "- [ ] do\n": BlockChecklist, "* [x] done\n": BlockChecklist,
		"> said\n": BlockQuote, "```go\nx\n```\n": BlockCode, "---\n": BlockRule, "words\nand more\n": BlockText, "-not a list\n": BlockText, "#tag\n": BlockText,
	} {
		if got := KindOfBlock(block); got != want {
			t.Errorf("%q is a %s, not a %s", block, got, want)
		}
	}
}

func TestAReasonIsTheMostTellingOne(t *testing.T) {
	kestrel := Account{ID: "k", Name: "Kestrel Museums", Sector: "Culture, 4 sites", Domains: []string{"kestrel.example"}}
	in := []Instance{{Situation: "late promise", Because: "Flicker report is 4 days over"}, {Situation: "silence", Because: "Quiet for 40 days"}}
	for _, c := range []struct {
		name string
		h    HelpsWith
		want string
	}{
		{"a situation", HelpsWith{Situations: []string{"silence", "late promise"}}, "Flicker report is 4 days over"},
		{"the account by its domain", HelpsWith{Accounts: []string{"kestrel.example"}}, "Written for Kestrel Museums"},
		{"the account and a situation", HelpsWith{Accounts: []string{"kestrel museums"}, Situations: []string{"silence"}}, "Quiet for 40 days"},
		{"its sector", HelpsWith{Sectors: []string{"culture"}}, "Helps with accounts in culture"},
		{"its stage", HelpsWith{Stages: []string{"trust"}}, "Helps at the stage of trust"},
		{"another account", HelpsWith{Accounts: []string{"Quayside"}}, ""},
		{"nothing", HelpsWith{}, ""},
	} {
		if got, weight := c.h.Applies(Setting{Account: kestrel, Stage: StageTrust, In: in}); got != c.want || (weight > 0) != (c.want != "") {
			t.Errorf("%s: %q with weight %d, want %q", c.name, got, weight, c.want)
		}
	}
}
