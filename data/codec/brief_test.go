package codec

import (
	"bytes"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	"rapport/data"
)

// fullBrief is a brief with every kind of line, times as many as asked.
func fullBrief(times int) data.Brief {
	lines := func(l ...data.SheetLine) []data.SheetLine { return slices.Repeat(l, times) }
	b := data.Brief{
		Meeting: "m", When: "Tue 17 Nov 2026, 10:30 to 11:30, Harbour Hall, room 2", Account: data.Account{ID: "k", Name: "Kestrel Museums"}, Stands: []string{"Tier A · trust · warm", "Quality 74, density 4 of 5"},
		We: "Maya Lindqvist, Daniel Achterberg", They: "Anna Kessler, Samuel Reyes (no answer)", Outcome: data.SheetLine{Text: "A decision date", Marks: []data.SheetMark{{Words: "proposed"}}, Source: 1},
		Wants: data.SheetLine{Below: "Ask what would make the hour worth their time"}, Mark: "KM-1711-1030",
		Made: "Made 17 Nov 09:18 from 2 sources on this laptop",
	}
	b.Boxes = []string{"Decision", "We promise (what, who, by)", "They promise (what, who, by)", "Next step and date"}
	b.Title, b.Columns, b.Foot = "Winter loan lighting review", [2]string{"They", "We"}, "For us only"
	b.Sections = []data.SheetSection{
		{Key: data.BriefIssue, Label: "Their issue, in their words", Lines: []data.SheetLine{{Text: "“The hall shimmers in every phone video.”", Said: "Beatrice, 12 Nov", Source: 2, Below: "Treated 4 times in 12 months"}}},
		{Key: data.BriefRoom, Label: "In the room", Lines: lines(
			data.SheetLine{Kind: data.KindContact, ID: "a", Text: "Anna Kessler", Said: "Director of facilities", Stage: data.StageTrust, Amount: "trust · 15 h ago", Below: "Champion. Reads mail before 09:00", Source: 1},
			data.SheetLine{Kind: data.KindContact, ID: "s", Text: "Samuel Reyes", Marks: []data.SheetMark{{Words: "Never met", Tone: data.ToneWarn}}})},
		{Key: data.BriefPromises, Label: "Promises", Lines: lines(data.SheetLine{Text: "Flicker report", Column: 2, Marks: []data.SheetMark{{Words: "4 days over", Tone: data.ToneBad}}}, data.SheetLine{Text: "Budget holder", Column: 1, Amount: "18 Nov"})},
		{Key: data.BriefSince, Label: "Since this room last met, 5 Nov", Lines: lines(data.SheetLine{Text: "5 Nov, Site walk", Said: "Priya with Piotr", Below: "20 quiet days before"})},
		{Key: data.BriefPlan, Label: "The plan today can move", Lines: lines(data.SheetLine{Number: 1, Text: "No visible flicker", Bar: &data.SheetBar{Label: "Halls steady", Value: "1 of 5", Share: 0.2}})},
		{Key: data.BriefMoves, Label: "Our moves", Beside: true, Lines: lines(data.SheetLine{Lead: "Say", Text: "The report is late, and why"}, data.SheetLine{Lead: "Thank", Text: "Anna kept it"})},
		{Key: data.BriefWatch, Label: "Watch out", Beside: true, Lines: lines(data.SheetLine{Lead: "!", Text: "Lenders withdraw", Amount: "25\u00a0%"})},
		{Key: data.BriefUnknown, Label: "What we do not know: ask", Beside: true, Lines: lines(data.SheetLine{Lead: "?", Text: "How Samuel wants to see costs"})},
		{Key: data.BriefAsked, Label: "Their open questions", Beside: true, Empty: "None"},
	}
	b.Sources = []data.SheetSource{{N: 1, Words: "Plan, step “Decide”"}, {N: 2, Words: "Mail of 12 Nov: Shimmer in Hall 2"}}
	return b
}

var pageCount = regexp.MustCompile(`/Count (\d+)`)

// TestABriefIsOnePageAndWhatFoundNoRoom prints briefs of all lengths: whatever
// there is, the first page has its box to write in and nothing is lost.
func TestABriefIsOnePageAndWhatFoundNoRoom(t *testing.T) {
	bare := fullBrief(1)
	bare.Sources = nil
	many := fullBrief(1)
	many.Sources = slices.Repeat(many.Sources, 60)
	for name, c := range map[string]struct {
		brief data.Brief
		paper Paper
		pages string
	}{
		"ordinary": {fullBrief(1), A4, "2"}, "on Letter": {fullBrief(1), Letter, "2"}, "long": {fullBrief(4), A4, "2"}, "long on Letter": {fullBrief(4), Letter, "2"},
		"no sources": {bare, A4, "1"}, "nothing": {data.Brief{Sheet: data.Sheet{Title: strings.Repeat("A very long title of a meeting ", 20)}}, A4, "1"}, "more sources than a page": {many, A4, "4"},
	} {
		var b, again bytes.Buffer
		how := SheetPrint{Paper: c.paper, Now: sheetDay}
		if err := WriteBriefPDF(&b, c.brief, how); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if err := WriteBriefPDF(&again, c.brief, how); err != nil || !bytes.Equal(b.Bytes(), again.Bytes()) {
			t.Errorf("%s: printed twice it differs, %v", name, err)
		}
		if got := pageCount.FindSubmatch(b.Bytes()); got == nil || string(got[1]) != c.pages {
			t.Errorf("%s: pages are %q, want %s", name, got, c.pages)
		}
	}
}

// TestABriefsPDFSaysAllOfIt reads long ones with another program: each line is on
// the first page or on the second.
func TestABriefsPDFSaysAllOfIt(t *testing.T) {
	program, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("pdftotext is not there; the words of the PDF are not read back")
	}
	for _, times := range []int{1, 4} {
		var b bytes.Buffer
		if err := WriteBriefPDF(&b, fullBrief(times), SheetPrint{Now: sheetDay}); err != nil {
			t.Fatal(err)
		}
		command := exec.Command(program, "-layout", "-", "-")
		command.Stdin = &b
		out, err := command.Output()
		if err != nil {
			t.Fatal(err)
		}
		text := strings.Join(strings.Fields(string(out)), " ")
		for words, want := range map[string]int{"Winter loan lighting review": 1, "A decision date": 1, "Anna Kessler": times + 1, "4 days over": times, "5 Nov, Site walk": times, "Halls steady 1 of 5": times, "Lenders withdraw": times,
			"How Samuel wants to see costs": times, "After the meeting": 1, "KM-1711-1030, page 1 of 2": 1, "Mail of 12 Nov: Shimmer in Hall 2": 1} {
			if got := strings.Count(text, words); got != want {
				t.Errorf("%d times as long, the PDF says %q %d times, want %d:\n%s", times, words, got, want, out)
			}
		}
	}
}

func BenchmarkWriteBriefPDF(b *testing.B) {
	for b.Loop() {
		if err := WriteBriefPDF(new(bytes.Buffer), fullBrief(2), SheetPrint{Now: sheetDay}); err != nil {
			b.Fatal(err)
		}
	}
}
