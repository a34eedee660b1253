package codec

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"rapport/data"
)

var sheetDay = time.Date(2026, 11, 17, 9, 0, 0, 0, time.UTC)

// fullSheet has a line of every shape, and what markup would trip over.
func fullSheet() data.Sheet {
	return data.Sheet{
		Title: "Kestrel & <Sons>", Under: "Culture, 4 sites", Columns: [2]string{"They", "We"}, Foot: "Valid until 28 February",
		Sections: []data.SheetSection{
			{Key: "world", Label: "Their world", On: "2026-11-12", Lines: []data.SheetLine{
				{Kind: data.KindFact, ID: "f1", Register: "value", Text: "Open on 12 March *with* <b>no</b> incident", Said: "Martin, call of 7 Oct", Source: 1, On: "2026-11-12"},
				{Kind: data.KindFact, ID: "f2", Register: "value", Text: "1. Free entry until 2028", Age: 203},
			}},
			{Key: "objectives", Label: "Objectives", Lines: []data.SheetLine{{
				Kind: data.KindObjective, ID: "o1", Register: "what", Number: 1, Text: "No visible flicker", Below: "For us: proof", BelowInside: true, Amount: "by 12 Mar",
				Bar: &data.SheetBar{Label: "Halls steady", Value: "1 of 5", Share: 0.2}, People: []data.SheetPerson{{Name: "Beatrice Holm", Side: data.Customer}, {Name: "Priya Raman", Side: data.Us}},
				Also: []data.SheetField{{Register: "current", Label: "Halls steady", Value: "1"}},
			}}},
			{Key: "value", Label: "Value", Lines: []data.SheetLine{
				{Kind: data.KindValue, ID: "v1", Register: "what", Text: "Energy saved", Amount: "41 MWh", Column: 1},
				{Text: "Mutuality", Bar: &data.SheetBar{Share: 0.46, Value: "a little more to us, 54 to 46", Balance: true}},
			}},
			{Key: "steps", Label: "Next 90 days", Beside: true, Lines: []data.SheetLine{
				{Kind: data.KindStep, ID: "s1", Register: "what", Text: "Flicker report", Span: &data.SheetSpan{From: "2026-11-13", To: "2026-11-13", Words: "13 Nov, 4 days over", Late: true}, Marks: []data.SheetMark{{Words: "asks"}}},
				{Kind: data.KindStep, ID: "s2", Register: "what", Text: "Install", Span: &data.SheetSpan{From: "2027-01-11", To: "2027-01-15", Words: "11 to 15 Jan", Side: data.Us}},
			}},
			{Key: "empty", Label: "Nothing here", Empty: "Write something"},
		},
		Sources: []data.SheetSource{{N: 1, Words: "Call of 7 Oct: Loans"}},
	}
}

// TestASheetAsMarkdownAndHTML compares them with files that people read.
func TestASheetAsMarkdownAndHTML(t *testing.T) {
	var md, read, back bytes.Buffer
	if err := WriteSheetMarkdown(&md, fullSheet(), sheetDay, "Made by Rapport"); err != nil {
		t.Fatal(err)
	}
	if err := WriteSheetHTML(&read, fullSheet(), sheetDay, "Made by Rapport", SheetReturn{}); err != nil {
		t.Fatal(err)
	}
	if err := WriteSheetHTML(&back, fullSheet(), sheetDay, "Made by Rapport", SheetReturn{Account: "k", Mail: "maya@larkfield.example", From: "Maya Lindqvist"}); err != nil {
		t.Fatal(err)
	}
	for name, got := range map[string]string{"sheet.md": md.String(), "sheet-read.html": read.String(), "sheet-correct.html": back.String()} {
		path := filepath.Join("testdata", name)
		if os.Getenv("UPDATE") != "" {
			if err := os.WriteFile(path, []byte(got), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s reads otherwise:\n%s", name, got)
		}
	}
	if strings.Contains(read.String(), "<script") || strings.Contains(read.String(), "textarea data") {
		t.Error("a page that is only read has a script or a field")
	}
	for _, fetched := range []string{"src=", "http:", "https:", "@import", "url("} {
		if strings.Contains(read.String()+back.String(), fetched) {
			t.Errorf("the page would fetch something: %s", fetched)
		}
	}
}

// TestASheetIsOnePageAndItsSources prints sheets of all lengths.
func TestASheetIsOnePageAndItsSources(t *testing.T) {
	long := fullSheet()
	for i := range long.Sections {
		for len(long.Sections[i].Lines) > 0 && len(long.Sections[i].Lines) < 14 {
			long.Sections[i].Lines = append(long.Sections[i].Lines, long.Sections[i].Lines...)
		}
	}
	bare := fullSheet()
	bare.Sources = nil
	cited := fullSheet()
	for i := range 150 {
		cited.Sources = append(cited.Sources, data.SheetSource{N: i + 2, Words: "A mail"})
	}
	for name, c := range map[string]struct {
		sheet data.Sheet
		paper Paper
		pages string
	}{"ordinary": {fullSheet(), A4, "2"}, "on Letter": {fullSheet(), Letter, "2"}, "long": {long, A4, "2"}, "no sources": {bare, A4, "1"}, "more sources than a page holds": {cited, A4, "4"}, "nothing": {data.Sheet{Title: "Kestrel"}, A4, "1"}} {
		var b, again bytes.Buffer
		how := SheetPrint{Paper: c.paper, Now: sheetDay, Made: "Made by Rapport"}
		if err := WriteSheetPDF(&b, c.sheet, how); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if err := WriteSheetPDF(&again, c.sheet, how); err != nil || !bytes.Equal(b.Bytes(), again.Bytes()) {
			t.Errorf("%s: printed twice it differs, %v", name, err)
		}
		if got := regexp.MustCompile(`/Count (\d+)`).FindSubmatch(b.Bytes()); got == nil || string(got[1]) != c.pages {
			t.Errorf("%s: pages are %q, want %s", name, got, c.pages)
		}
	}
}

// TestAPageIsNeverTooFull prints texts that no size of letters brings onto one page.
func TestAPageIsNeverTooFull(t *testing.T) {
	full := fullSheet()
	for i, s := range full.Sections {
		if len(s.Lines) > 0 {
			full.Sections[i].Lines = append(slices.Clone(s.Lines), data.SheetLine{Text: strings.Repeat("All they ever told us about the halls. ", 200)})
		}
	}
	page := newSheetPage(full, SheetPrint{Paper: A4, Now: sheetDay})
	for !page.fit(smallest) && page.shorten() {
	}
	if low := page.draw(); low > page.high-margin-footHigh {
		t.Errorf("the text goes down to %.0f of %.0f mm", low, page.high)
	}
	if cut := page.Sections[0].Lines[len(page.Sections[0].Lines)-1].Text; !strings.HasSuffix(cut, "…") || strings.HasSuffix(full.Sections[0].Lines[len(full.Sections[0].Lines)-1].Text, "…") {
		t.Errorf("the longest line reads %.60q; the caller's must stay whole", cut)
	}
	for page.shorten() {
	}
	if l := page.Sections[0].Lines; len([]rune(l[len(l)-1].Text)) > shortest {
		t.Error("a line is cut further than it may be, or not at all")
	}
}

// repeated is a long sheet of sections with so many lines each.
func repeated(sections, lines int) data.Sheet {
	s := data.Sheet{Title: "Kestrel, handed over", Long: true, Sources: []data.SheetSource{{N: 1, Words: "Call of 7 Oct"}}}
	for i := range sections {
		section := data.SheetSection{Key: strconv.Itoa(i), Label: "Section " + strconv.Itoa(i)}
		for range lines {
			section.Lines = append(section.Lines, data.SheetLine{Text: "They open the winter loan in March", Source: 1})
		}
		s.Sections = append(s.Sections, section)
	}
	return s
}

// TestALongSheetTakesASecondPage prints hand-overs: short ones, those that two pages
// hold with their sources, and those that even two pages do not.
func TestALongSheetTakesASecondPage(t *testing.T) {
	for name, c := range map[string]struct {
		sections, lines int
		next            bool
		pages           string
	}{"short": {4, 5, false, "2"}, "of two pages": {7, 9, true, "2"}, "of two full pages": {8, 11, true, "3"}, "too long for two": {20, 20, false, "2"}, "of one section": {1, 100, false, "2"}} {
		how := SheetPrint{Paper: A4, Now: sheetDay}
		page := newSheetPage(repeated(c.sections, c.lines), how)
		all := page.Sections
		if next := !page.fit(readable) && page.halve(all); next != c.next {
			t.Errorf("%s: a second page is %v", name, next)
		}
		if c.next {
			first, second := page.Sections, page.next
			if len(first)+len(second) != len(all) || page.size < readable || page.size != page.text {
				t.Errorf("%s: %d and %d sections of %d, at %.2f and %.2f points", name, len(first), len(second), len(all), page.size, page.text)
			}
			if low := max(page.draw(), page.second()); low > page.high-margin-footHigh {
				t.Errorf("%s: the text goes down to %.0f mm", name, low)
			}
		}
		var b bytes.Buffer
		if err := WriteSheetPDF(&b, repeated(c.sections, c.lines), how); err != nil {
			t.Fatal(err)
		}
		if got := regexp.MustCompile(`/Count (\d+)`).FindSubmatch(b.Bytes()); got == nil || string(got[1]) != c.pages {
			t.Errorf("%s: pages are %q, want %s", name, got, c.pages)
		}
	}
}

// TestAPDFSaysWhatTheSheetSays reads the PDF with another program.
func TestAPDFSaysWhatTheSheetSays(t *testing.T) {
	program, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("pdftotext is not there; the words of the PDF are not read back")
	}
	var b bytes.Buffer
	if err := WriteSheetPDF(&b, fullSheet(), SheetPrint{Now: sheetDay, Made: "Made by Rapport"}); err != nil {
		t.Fatal(err)
	}
	command := exec.Command(program, "-layout", "-", "-")
	command.Stdin = &b
	out, err := command.Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, words := range []string{"Kestrel & <Sons>", "Open on 12 March *with* <b>no</b> incident", "203 days old", "1 of 5", "Beatrice Holm, Priya Raman", "13 Nov, 4 days over", "11 to 15 Jan", "a little more to us, 54 to 46", "Call of 7 Oct: Loans", "Page 1 of 2"} {
		if !strings.Contains(strings.Join(strings.Fields(string(out)), " "), words) {
			t.Errorf("the PDF does not say %q:\n%s", words, out)
		}
	}
}

const answer = `{"rapport":"corrections","version":1,"account":"k","page":"2026-11-17","on":"2026-11-18","by":" Anna Kessler ","new":{"x":1},"corrections":[
{"key":"objective/o1","register":"current","section":"objectives","was":"39","becomes":"41"},
{"key":"","register":"","section":"steps","was":"","becomes":" Tell the night guards "},
{"key":"fact/f1","register":"value","section":"world","was":"x","becomes":"  "}]}`

// TestCorrectionsAreReadFromAFileOrAMail reads an answer in the ways in which it
// comes back.
func TestCorrectionsAreReadFromAFileOrAMail(t *testing.T) {
	quoted := "Dear {Maya},\r\nsee below.\r\n\r\n> " + strings.ReplaceAll(answer, "\n", "\r\n> ") + "\r\n\r\nAnna"
	for name, text := range map[string]string{"the file": answer, "pasted into a mail": "To: maya@larkfield.example\n\n" + answer + "\nBest, Anna {AK}", "quoted": quoted} {
		list, err := ReadCorrections([]byte(text), sheetDay)
		if err != nil || len(list) != 2 {
			t.Errorf("%s: %v, %+v", name, err, list)
			continue
		}
		want := data.Correction{Belongs: data.Belongs{Account: "k"}, Key: "objective/o1", Register: "current", Section: "objectives", Was: "39", Becomes: "41", On: "2026-11-18", By: "Anna Kessler"}
		if list[0] != want || list[1].Becomes != "Tell the night guards" {
			t.Errorf("%s: %+v", name, list)
		}
	}
	for name, text := range map[string]string{
		"no answer": "Dear Maya, all is fine.", "another file": `{"rapport":"survey","version":1}`, "cut short": answer[:80], "a newer page": strings.Replace(answer, `"version":1`, `"version":2`, 1), "nothing": "",
	} {
		if list, err := ReadCorrections([]byte(text), sheetDay); err == nil {
			t.Errorf("%s was read: %+v", name, list)
		}
	}
}

func FuzzReadCorrections(f *testing.F) {
	f.Add([]byte(answer))
	f.Add([]byte("> {\n> {{\"rapport\":\"corrections\""))
	f.Fuzz(func(t *testing.T, answer []byte) {
		list, err := ReadCorrections(answer, sheetDay)
		if err != nil && len(list) > 0 {
			t.Error("an error, and corrections")
		}
		for _, c := range list {
			if strings.TrimSpace(c.Becomes) == "" || c.On == "" {
				t.Errorf("%+v", c)
			}
		}
	})
}

func BenchmarkWriteSheetPDF(b *testing.B) {
	for b.Loop() {
		if err := WriteSheetPDF(new(bytes.Buffer), fullSheet(), SheetPrint{Now: sheetDay}); err != nil {
			b.Fatal(err)
		}
	}
}

// TestTheColumnsOfAPrintedSheetAreBalanced has much in the narrow column and little in
// the wide one.
func TestTheColumnsOfAPrintedSheetAreBalanced(t *testing.T) {
	s := data.Sheet{Title: "Kestrel Museums"}
	for i := range 8 {
		section := data.SheetSection{Key: strconv.Itoa(i), Label: "Section", Beside: i > 1}
		for range 5 {
			section.Lines = append(section.Lines, data.SheetLine{Text: "A line of a few words"})
		}
		s.Sections = append(s.Sections, section)
	}
	p := newSheetPage(s, SheetPrint{Now: sheetDay})
	before := p.draw()
	p.balance()
	if after := p.draw(); after >= before {
		t.Errorf("the page is %.1f mm long, %.1f before", after, before)
	}
	var beside string
	for _, one := range p.Sections {
		if one.Beside {
			beside += one.Key
		}
	}
	if beside != "2345" {
		t.Errorf("beside stand %s, want the first four of six", beside)
	}
	if !s.Sections[7].Beside {
		t.Error("the caller's sheet was changed")
	}
}
