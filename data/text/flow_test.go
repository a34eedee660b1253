package text

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestFlow(t *testing.T) {
	long := strings.Repeat("word ", 20)
	tests := []struct{ name, in, want string }{
		{"a short line stays", "Hello Anna,\n\nsee you.", "Hello Anna,\n\nsee you."},
		{"a long one is broken behind a blank", long + "end", strings.Repeat("word ", 14) + "\n" + strings.Repeat("word ", 6) + "end"},
		{"blanks at an end are not taken for a break", "Yes.  \nNo.", "Yes.\nNo."},
		{"a signature's mark keeps its blank", "Maya\n-- \nLarkfield", "Maya\n-- \nLarkfield"},
		{"a line that begins with a blank is stuffed", "  indented", "   indented"},
		{"a line that mbox files would change is stuffed", "From here on", " From here on"},
		{"quote marks stand together", "> > deep\n>high", ">> deep\n> high"},
		{"an empty quoted line has no blank", "> a\n>\n> b", "> a\n>\n> b"},
		{"a word without blanks is not broken", strings.Repeat("x", 100), strings.Repeat("x", 100)},
		{"a long word goes on a line of its own", strings.Repeat("x", 80) + " and more", strings.Repeat("x", 80) + " \nand more"},
		{"carriage returns go", "a\r\nb\rc", "a\nb\nc"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Flow(tt.in); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestFlowMarksEveryLineOfAQuote(t *testing.T) {
	for line := range strings.SplitSeq(Flow("> "+strings.Repeat("many words ", 30)), "\n") {
		if !strings.HasPrefix(line, "> ") || utf8.RuneCountInString(line) > 73 {
			t.Errorf("line %q", line)
		}
	}
}

func TestQuoted(t *testing.T) {
	if got, want := Quoted("Yes.\n\n> No?\n"), "> Yes.\n>\n>> No?"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestWithoutSignature(t *testing.T) {
	got := WithoutSignature("Yes, on Tuesday.\n\n-- \nAnna Kessler\nKestrel Museums\n")
	if got != "Yes, on Tuesday." {
		t.Errorf("got %q", got)
	}
}

func TestReplySubject(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"a new one is marked", "Night test", "Re: Night test"},
		{"an answer's mark is not doubled", "Re: Night test", "Re: Night test"},
		{"marks of other languages make way", "AW: SV: RE[2]: Night test", "Re: Night test"},
		{"a forward stays one", "Fwd: Night test", "Re: Fwd: Night test"},
		{"a list's tag stays", "[glass] Night test", "Re: [glass] Night test"},
		{"a word that only looks like a mark stays", "Reach: a plan", "Re: Reach: a plan"},
		{"without a subject", "", "Re:"},
		{"line breaks go", "Night\r\n test", "Re: Night test"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := ReplySubject(tt.in); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestLanguage(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"German", "Hallo Maya, vielen Dank für die Pläne, wir sehen uns am Dienstag.", "de"},
		{"English", "Hello Maya, thank you for the plans, we will see you on Tuesday.", "en"},
		{"both", "Hello Maya, danke für the plans und best Grüße", ""},
		{"names only", "Kestrel 14:30", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Language(tt.in); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
