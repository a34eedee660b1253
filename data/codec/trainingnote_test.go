package codec

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"rapport/data"
)

// noteText is a note of all that Markdown has, put together by lot but the same
// for the same number.
func noteText(n uint64) string {
	r := rand.New(rand.NewPCG(n, 8))
	pick := func(list ...string) string { return list[r.IntN(len(list))] }
	var b strings.Builder
	if r.IntN(10) == 0 {
		b.WriteString("\ufeff")
	}
	if r.IntN(5) > 0 {
		b.WriteString("---" + pick("", " ", "\t") + "\n")
		if r.IntN(8) > 0 {
			fmt.Fprintf(&b, "title: %s\n", pick("Lux and UV", `"Price: talk it over"`, "'Être là'", "|\n  Two\n  lines", "第一次会面", "Note "+fmt.Sprint(n)))
		}
		for _, line := range []string{"topic: Hard talks\n", "department: [Sales, Support]\n", "departments:\n  - Sales\n  - \"Finance, too\"\n", "level: " + pick("new here", "Practised", "leads others", "everyone") + "\n",
			"tags: a, b, c\n", "x-ours: {deep: [1, 2], why: ~}\n", "# a remark\n", "\n", "date: 2026-03-04\n", "draft: yes\n", "situations: [silence]\n", "aliases: &a [x]\nsame: *a\n"} {
			if r.IntN(3) == 0 {
				b.WriteString(line)
			}
		}
		b.WriteString(pick("---\n", "---  \n", "...\n"))
	}
	for range r.IntN(14) {
		b.WriteString(pick("# A heading\n\n", "Under\n=====\n", "Words and\nmore words.\n\n", "- one\n- two\n  - three\n\n", "1. first\n2. second\n", "- [ ] to do\n- [x] done\n\n",
			"> said Ada\n> twice\n\n", "```go\n# not a heading\n\n---\n```\n", "    indented\n    code\n\n", "| a | b |\n|---|---|\n| 1 | 2 |\n\n", "***\n\n", "<div>\nhtml\n</div>\n\n",
			"[Kestrel](rapport:account/kestrel.example) wrote.\n\n", "[ref]: https://x.example\n\n", "Trailing spaces  \nand a tab\t\n\n", "\n\n\n", "~~~\nnever closed\n", "&amp; \\* é 漢字 🙂\n\n", "\t\n"))
	}
	text := b.String()
	if r.IntN(4) == 0 {
		text = strings.ReplaceAll(text, "\n", "\r\n")
	}
	if r.IntN(4) == 0 {
		text = strings.TrimRight(text, "\r\n")
	}
	return text
}

func TestTwoHundredNotesComeBackByteForByte(t *testing.T) {
	seen := map[string]bool{}
	for n := range uint64(200) {
		want := noteText(n)
		seen[want] = true
		note, err := ReadNote(fmt.Sprintf("note %d.md", n), []byte(want))
		if err != nil {
			t.Fatalf("note %d: %v\n%s", n, err, want)
		}
		kept := data.PartOf[data.TrainingNote]("id", data.PartFields(note), note.RecordedAt)
		if got := string(WriteNote(kept)); got != want {
			t.Fatalf("note %d:\n%q\ncame back as\n%q", n, want, got)
		}
	}
	if len(seen) < 195 {
		t.Errorf("of 200 files only %d differ", len(seen))
	}
}

func FuzzNote(f *testing.F) {
	for n := range uint64(20) {
		f.Add([]byte(noteText(n)))
	}
	f.Add([]byte("---\n---"))
	f.Add([]byte("---\na: &a [*a]\n---\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		note, err := ReadNote("a.md", b)
		if err != nil {
			return
		}
		if got := WriteNote(note); string(got) != string(b) {
			t.Fatalf("%q came back as %q", b, got)
		}
		note.Title = "Another"
		again, err := ReadNote("a.md", WriteNote(note))
		if err != nil || again.Title != "Another" || again.Body() != note.Body() {
			t.Fatalf("%q with another title is %q: %v", b, WriteNote(note), err)
		}
	})
}

func TestBlocksAreWhatAReaderSeesAsOne(t *testing.T) {
	text := "# Title\n\nWords\nmore\n\n- one\n\n  still one\n- two\n\n> said\n\n```\n# no heading\n\n- no list\n```\n| a |\n|---|\n| 1 |\n\nUnder\n-----\nEnd"
	want := []string{"# Title\n\n", "Words\nmore\n\n", "- one\n\n  still one\n- two\n\n", "> said\n\n", "```\n# no heading\n\n- no list\n```\n", "| a |\n|---|\n| 1 |\n\n", "Under\n-----\n", "End"}
	if got := NoteBlocks(text); !slices.Equal(got, want) {
		t.Errorf("blocks are %q", got)
	}
}

func TestBrokenFrontMatterIsAnErrorWithItsLine(t *testing.T) {
	for _, c := range []struct {
		name, text string
		line       int
		says       string
	}{
		{"not closed", "---\ntitle: x\nwords\n", 3, "not closed"},
		{"not YAML", "---\ntitle: x\ntopic: a: b\n---\n", 3, "cannot be read"},
		{"a list", "---\n- x\n---\n", 2, "no keys"},
		{"a level that is none", "---\ntitle: x\nlevel: expert\n---\n", 3, "none of new here"},
		{"a title that is a list", "---\ntitle: [a]\n---\n", 2, "needs words"},
		{"not UTF-8", "# x\n\xff\n", 2, "UTF-8"},
	} {
		_, err := ReadNote("x.md", []byte(c.text))
		var wrong *NoteError
		if !errors.As(err, &wrong) || wrong.Line != c.line || !strings.Contains(wrong.Says, c.says) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestOnlyWhatChangedIsWrittenAnew(t *testing.T) {
	text := "---\n# ours\ntitle: Old\ndepartments:\n  - Sales\n\nx-key:   odd  spacing\ntags: [a]\n---\nWords\n"
	note, err := ReadNote("a.md", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	note.Title, note.Departments, note.Topic, note.Tags = "New: better", []string{"Finance", "Support"}, "Price talk", nil
	want := "---\n# ours\ntitle: 'New: better'\ndepartment: [Finance, Support]\n\nx-key:   odd  spacing\ntopic: Price talk\n---\nWords\n"
	if got := string(WriteNote(note)); got != want {
		t.Errorf("written as\n%s", got)
	}
}

func TestANoteMadeHereHasFrontMatter(t *testing.T) {
	n := data.TrainingNote{Title: "Give before you ask", Topic: "Price talk", Level: data.LevelPractised}.WithBlocks([]string{"Words.\n"})
	if got, want := string(WriteNote(n)), "---\ntitle: Give before you ask\ntopic: Price talk\nlevel: practised\n---\nWords.\n"; got != want {
		t.Errorf("written as %q", got)
	}
	if got := NoteFile(n); got != "give-before-you-ask.md" {
		t.Errorf("its file is %s", got)
	}
	for _, f := range []string{"../x.md", "/etc/x", `..\x.md`, "C:/x", "a/../../x"} {
		if n.File = f; NoteFile(n) != "give-before-you-ask.md" {
			t.Errorf("%s is written to %s", f, NoteFile(n))
		}
	}
}
