package text

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// bracketed puts hits in brackets.
func bracketed(e Excerpt) string {
	var b strings.Builder
	at := 0
	for _, h := range e.Hits {
		b.WriteString(e.Text[at:h[0]] + "[" + e.Text[h[0]:h[1]] + "]")
		at = h[1]
	}
	return b.String() + e.Text[at:]
}

func TestSnippet(t *testing.T) {
	long := strings.Repeat("before it came much else ", 20) + "the Kiln\n door hangs, said Zoë, and " + strings.Repeat("after it came more ", 20)
	for _, c := range []struct {
		name, body string
		query      string
		width      int
		want       string
	}{
		{"a short text is whole", "The kiln\n\nis hot", "kiln", 40, "The [kiln] is hot"},
		{"cut on both sides at words", long, "kiln", 40, "…else the [Kiln] door hangs, said Zoë, and…"},
		{"several words are marked", long, "kiln zoe", 40, "…else the [Kiln] door hangs, said [Zoë], and…"},
		{"a beginning marks the word", "kilns and kilnyards", "kiln", 40, "[kilns] and [kilnyards]"},
		{"not inside a word", "rekiln kiln", "kiln", 40, "rekiln [kiln]"},
		{"accents aside, not composed too", "Cafe\u0301 Ørsted", "café orsted", 40, "[Cafe\u0301] [Ørsted]"},
		{"sharp s", "Die Straße", "strasse", 40, "Die [Straße]"},
		{"Japanese inside a run", "私は東京都に住む", "東京", 40, "私は[東京]都に住む"},
		{"no hit is the beginning", "one two three four", "kiln", 9, "one two…"},
		{"no words", "one two", "", 20, "one two"},
		{"no room", "one two", "one", 0, ""},
		{"nothing", "", "one", 20, ""},
	} {
		if got := bracketed(Snippet(c.body, Words(c.query), c.width)); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestPreview(t *testing.T) {
	for _, c := range []struct {
		name, body string
		n          int
		want       string
	}{
		{"own text on one line", "Hello,\n\nyes.\n\n> quoted\n", 40, "Hello, yes."},
		{"cut at a word", "We take the blue one", 13, "We take the…"},
		{"just enough room", "We take", 7, "We take"},
		{"one long word is cut", "Kilnmaster", 4, "Kiln…"},
		{"marks stay with their letter", "cafe\u0301s", 4, "caf…"},
		{"a family stays together", "ab👩\u200d👧 c", 4, "ab…"},
		{"a skin tone stays with its hand", "ab👍🏽c", 3, "ab…"},
		{"flags stay whole", "🇩🇪🇫🇷", 3, "🇩🇪…"},
		{"a mail that only quotes", "> Hi there\n", 40, "> Hi there"},
		{"nothing", " \n", 40, ""},
	} {
		if got := Preview(c.body, c.n); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func FuzzSnippet(f *testing.F) {
	f.Add("The kiln\n is hé\u0301 東京 \xff", "kiln 東", 9)
	f.Fuzz(func(t *testing.T, body, query string, width int) {
		width = width & 0xff
		e := Snippet(body, Words(query), width)
		if !utf8.ValidString(e.Text) || strings.ContainsAny(e.Text, "\n\r") {
			t.Fatalf("%q is no line", e.Text)
		}
		last := 0
		for _, h := range e.Hits {
			if h[0] < last || h[1] <= h[0] || h[1] > len(e.Text) || !utf8.ValidString(e.Text[h[0]:h[1]]) {
				t.Fatalf("hits %v in %q", e.Hits, e.Text)
			}
			last = h[1]
		}
		if p := Preview(body, width); !utf8.ValidString(p) || strings.Contains(p, "\n") || utf8.RuneCountInString(p) > width+1 {
			t.Fatalf("preview %q of width %d", p, width)
		}
	})
}
