package codec

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"rapport/data"
)

func TestAFollowUpIsAnICalendarFile(t *testing.T) {
	f := data.FollowUp{
		UID: "x@larkfield.example", Summary: "Prices; Hall 2, and more\nsecond line", Me: data.Address{Name: "Maya", Email: "maya@larkfield.example"},
		With:  []data.Address{{Name: `Anna "Näh" Kessler`, Email: "anna@kestrel.example"}},
		Start: time.Date(2026, 11, 24, 10, 30, 0, 0, time.FixedZone("", 3600)), End: time.Date(2026, 11, 24, 11, 30, 0, 0, time.FixedZone("", 3600)), At: time.Date(2026, 11, 10, 8, 0, 0, 0, time.UTC),
	}
	write := func(g Guests) string {
		var sb strings.Builder
		if err := WriteFollowUp(&sb, f, g); err != nil {
			t.Fatal(err)
		}
		return strings.ReplaceAll(sb.String(), "\r\n ", "")
	}
	got := write(Invited)
	for _, want := range []string{
		"DTSTART:20261124T093000Z\r\n", "DTEND:20261124T103000Z\r\n", `SUMMARY:Prices\; Hall 2\, and more\nsecond line` + "\r\n",
		`ORGANIZER;CN="Maya":mailto:maya@larkfield.example` + "\r\n", `;CN="Anna Näh Kessler":mailto:anna@kestrel.example` + "\r\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	if noted := write(Noted); strings.Contains(noted, "ATTENDEE") || strings.Contains(noted, "ORGANIZER") || !strings.Contains(noted, "X-RAPPORT-WITH") {
		t.Errorf("a server could invite somebody by\n%s", noted)
	}
}

func TestLinesOfAFollowUpAreShortAndWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := data.FollowUp{UID: "x", Summary: rapid.String().Draw(t, "summary"), With: []data.Address{{Name: rapid.String().Draw(t, "name"), Email: rapid.String().Draw(t, "email")}}}
		var sb strings.Builder
		if err := WriteFollowUp(&sb, f, Invited); err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSuffix(sb.String(), "\r\n"), "\r\n")
		begun := 0
		for _, l := range lines {
			if len(l) > 75 || !utf8.ValidString(l) || strings.ContainsAny(l, "\r\n") {
				t.Fatalf("line %q", l)
			}
			if !strings.HasPrefix(l, " ") {
				begun++
			}
		}
		if begun != 13 {
			t.Fatalf("%d lines begin in\n%s", begun, sb.String())
		}
	})
}
