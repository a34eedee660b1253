package text

import (
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestFold(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"ASCII in lower case, punctuation kept", "Kestrel-Museums, Inc.", "kestrel-museums, inc."},
		{"accents off, composed or not", "Café Zu\u0308rich", "cafe zurich"},
		{"letters that do not come apart", "Ørsted Łódź Straße Æsir", "orsted lodz strasse aesir"},
		{"full width and ligatures", "ＡＢＣ ﬁn", "abc fin"},
		{"Greek at the end of a word", "ΟΔΟΣ οδός", "οδοσ οδοσ"},
		{"Hebrew and Hindi marks stay", "हिन्दी", "हिन्दी"},
		{"Japanese in pairs, the last character alone", "東京都", "東京 京都 都 "},
		{"one character", "窑", "窑 "},
		{"scripts that touch are parted", "Rapport東京office", "rapport 東京 京 office"},
		{"Hangul", "한국어", "한국 국어 어 "},
		{"half-width katakana joins its mark", "ｶﾞﾗｽ", "ガラ ラス ス "},
		{"long vowel", "タワー", "タワ ワー ー "},
		{"nothing", "", ""},
	} {
		if got := Fold(c.in); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestQuery(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"one word is a beginning", "Kestr", `"kestr*"`},
		{"words are all wanted", "kiln Door", `"kiln" "door*"`},
		{"a phrase is whole", `"blue kiln"`, `"blue kiln"`},
		{"curly quotes", `“blue kiln”`, `"blue kiln"`},
		{"an open quote runs to the end", `"blue kil`, `"blue kil"`},
		{"exclusions", "kiln -door -glass", `("kiln") NOT ("door" OR "glass")`},
		{"an excluded phrase", `kiln -"blue door"`, `("kiln") NOT ("blue door")`},
		{"nothing but exclusions", "-kiln", ""},
		{"operators are words", "kiln OR NEAR/3 door", `"kiln" "or" "near 3" "door*"`},
		{"a column filter is words", "subject:kiln", `"subject kiln*"`},
		{"an address is a phrase", "karin@larch.example", `"karin larch example*"`},
		{"signs alone", `* " () - ^ '`, ""},
		{"a word that ends in a sign is whole", "kiln.", `"kiln"`},
		{"folded like the index", "Ørsted ＡＢ", `"orsted" "ab*"`},
		{"pairs", "東京都", `"東京 京都"`},
		{"a single character is a beginning", "東", `"東*"`},
		{"mixed scripts are two phrases", "東京office", `"東京" "office*"`},
		{"nothing", "  ", ""},
	} {
		if got := Query(c.in); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestWordsLeaveExclusionsOut(t *testing.T) {
	want := []string{"karin", "larch", "blue", "kiln", "東京都"}
	if got := Words(`karin@Larch "blue kiln" -door 東京都`); !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestInitials(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"two words", "Kestrel Museums", "KM"},
		{"a person", "Beatrice Holm", "BH"},
		{"a middle name", "Beatrice Anna Holm", "BH"},
		{"one word", "Kestrel", "K"},
		{"a legal form", "Kestrel Museums Ltd.", "KM"},
		{"a leading the", "The Larch", "L"},
		{"only the", "The", "T"},
		{"brackets", "Beatrice Holm (Kestrel)", "BH"},
		{"accents, not composed", "e\u0301mile ørsted", "ÉØ"},
		{"quotes and signs", "\"larch\" & 'lane'", "LL"},
		{"Japanese", "山田太郎", "山"},
		{"digits", "3M", "3"},
		{"signs alone", "--", ""},
		{"nothing", "", ""},
	} {
		if got := Initials(c.in); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func FuzzQuery(f *testing.F) {
	for _, s := range []string{`a "b c" -d 東京`, `"`, `-"`, "a AND (b", "\x00", "\xff*", "é\u0301", "- -", `-""a`, "𞤀", "⻕"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		q := Query(s)
		if strings.Count(q, `"`)%2 != 0 || !utf8.ValidString(q) {
			t.Fatalf("%q gives %s", s, q)
		}
		for i, piece := range strings.Split(q, `"`) {
			if i%2 == 1 {
				checkPhrase(t, piece)
			} else if rest := strings.Trim(piece, " "); rest != "" && rest != "(" && rest != ")" && rest != ") NOT (" && rest != "OR" {
				t.Fatalf("%q gives %s: %q stands outside quotes", s, q, rest)
			}
		}
		Words(s)
		Fold(s)
		Initials(s)
	})
}

// checkPhrase says that a phrase is words parted by one blank, with a star at its end at most.
func checkPhrase(t *testing.T, phrase string) {
	words := strings.Split(strings.TrimSuffix(phrase, "*"), " ")
	for _, w := range words {
		if w == "" || strings.ContainsFunc(w, isBetween) {
			t.Fatalf("%q is no phrase", phrase)
		}
	}
}

func BenchmarkFold(b *testing.B) {
	for name, s := range map[string]string{
		"ascii": strings.Repeat("We have looked at the kiln. ", 1<<20/28), "german": strings.Repeat("Wir prüfen den Ofen. ", 1<<20/22), "japanese": strings.Repeat("東京都の窯を見ました。", 1<<20/33),
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(s)))
			for b.Loop() {
				Fold(s)
			}
		})
	}
}

func TestHolds(t *testing.T) {
	body := "Übergabe: the night-shift hands over.\n東京都 Lamps"
	for input, want := range map[string]bool{
		"":                   false,
		"  ":                 false,
		"-night":             false,
		"ubergabe":           true,
		"hands ni":           true,
		"ni hands":           false, // only the last word may be unfinished
		`"hands over"`:       true,
		`"over hands"`:       false,
		"night -lamps":       false,
		"night -lamp":        true,
		"night-sh":           true,
		"東京":                 true,
		"京都 lamps":           true,
		"都":                  true,
		"大阪":                 false,
		"shift hands nobody": false,
	} {
		if got := Holds(body, input); got != want {
			t.Errorf("Holds(%q) is %v", input, got)
		}
	}
}
