package kit

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func TestTextIsCutWhereItDoesNotFit(t *testing.T) {
	look(t, Light, 1)
	for name, c := range map[string]struct {
		width float32
		want  string
	}{
		"room enough":            {200, "Kestrel Museums"},
		"cut at a letter":        {70, "Kestrel M…"},
		"no space before dots":   {58, "Kestrel…"},
		"room for the dots only": {14, "…"},
		"no room at all":         {4, ""},
	} {
		text := NewText(Body, "Kestrel Museums")
		text.Resize(fyne.NewSize(c.width, 18))
		if got := text.Shown(); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
		if got := measure(Body, text.Shown()); got > c.width {
			t.Errorf("%s: %v wide in %v", name, got, c.width)
		}
	}
}

func TestTextFollowsTheTheme(t *testing.T) {
	look(t, Light, 1)
	text := NewText(Body, "Kestrel").In(Theirs)
	shown(t, text, 100, 20)
	if text.glyphs.Color != Color(Theirs) {
		t.Fatal("not in its colour")
	}
	fyne.CurrentApp().Settings().SetTheme(NewTheme(Dark, 1.5))
	text.Refresh()
	if text.glyphs.Color != dark[Theirs] || text.glyphs.TextSize != 19.5 {
		t.Errorf("%v at %v", text.glyphs.Color, text.glyphs.TextSize)
	}
}

func TestParagraphWrapsAtWords(t *testing.T) {
	look(t, Light, 1)
	p := NewSpans(Span{Text: "The sculpture hall "}, Span{Text: "shimmers", Role: BodyBold}, Span{Text: " in every phone video.\nAnna"})
	lines := p.Lines(140)
	if len(lines) < 3 || lines[len(lines)-1] != "Anna" {
		t.Errorf("%q", lines)
	}
	for _, l := range lines {
		if w := measure(BodyBold, strings.TrimRight(l, " ")); w > 152 {
			t.Errorf("%q is %v wide", l, w)
		}
	}
	if got := strings.Join(lines, ""); got != "The sculpture hall shimmers in every phone video.Anna" {
		t.Errorf("lost letters: %q", got)
	}
	if p.HeightFor(140) != float32(len(lines))*18 || p.HeightFor(1000) != 36 {
		t.Errorf("heights %v, %v", p.HeightFor(140), p.HeightFor(1000))
	}
}

func TestParagraphEndsWithDotsAfterItsLines(t *testing.T) {
	look(t, Light, 1)
	p := NewParagraph(Body, Ink, strings.Repeat("many words ", 20)).AtMost(2)
	lines := p.Lines(160)
	if len(lines) != 2 || !strings.HasSuffix(lines[1], "…") || measure(Body, lines[1]) > 161 {
		t.Errorf("%q", lines)
	}
}

func TestAWordWiderThanTheLineIsBroken(t *testing.T) {
	look(t, Light, 1)
	word := strings.Repeat("mn", 40)
	lines := NewParagraph(Body, Ink, word).Lines(100)
	if len(lines) < 5 || strings.Join(lines, "") != word {
		t.Errorf("%q", lines)
	}
}

func TestColumnsNeverOverlap(t *testing.T) {
	look(t, Light, 1)
	long := strings.Repeat("Northmoor University ", 6)
	row := NewColumns(8, []Col{Fixed(40), Flex(1), Fit(), Fit()},
		NewText(Body, "A"), NewText(Body, long), NewText(Body, long), NewText(Small, "4 days over"))
	for _, width := range []float32{200, 400, 800, 2000} {
		row.Resize(fyne.NewSize(width, 36))
		test.WidgetRenderer(row)
		end := float32(0)
		for i, o := range row.items {
			if o.Position().X < end-0.5 || o.Position().X+o.Size().Width > width+1 {
				t.Errorf("at %v: column %d from %v to %v, the one before ends at %v", width, i, o.Position().X, o.Position().X+o.Size().Width, end)
			}
			end = o.Position().X + o.Size().Width
		}
	}
}

func TestStackGivesWrappedTextItsHeight(t *testing.T) {
	look(t, Light, 1)
	p := NewParagraph(Body, Ink, strings.Repeat("many words ", 20))
	after := NewText(Body, "after")
	s := NewStack(4, p, after)
	shown(t, NewScroll(s), 200, 300)
	if want := p.HeightFor(p.Size().Width) + 4; after.Position().Y != want {
		t.Errorf("after stands at %v, want %v", after.Position().Y, want)
	}
}
