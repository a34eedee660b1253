package data

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestPlaceWords(t *testing.T) {
	for name, c := range map[string]struct{ place, want string }{
		"a room":                          {"Harbour Hall, room 2", "Harbour Hall, room 2"},
		"none":                            {"", ""},
		"only a link":                     {"https://zoom.us/j/8812345678?pwd=abc", "Online"},
		"a room and a link":               {"Harbour Hall; https://meet.google.com/abc-defg-hij", "Harbour Hall"},
		"a link without its protocol":     {"teams.microsoft.com/l/meetup-join/19, Atrium", "Atrium"},
		"a code beside the link":          {"Harbour Hall, Meeting ID: 881 2345 678, Passcode: 99Xy", "Harbour Hall"},
		"a number to dial":                {"Room 4 | +49 30 1234567", "Room 4"},
		"a street with a house number":    {"Kaistrasse 14, 2nd floor", "Kaistrasse 14, 2nd floor"},
		"a pin board is not a code":       {"At the pin board", "At the pin board"},
		"the name of a service":           {"Microsoft Teams Meeting", "Microsoft Teams Meeting"},
		"a line break between the pieces": {"Harbour Hall\nhttps://example.webex.com/meet/m", "Harbour Hall"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := PlaceWords(c.place); got != c.want {
				t.Errorf("PlaceWords(%q) = %q, want %q", c.place, got, c.want)
			}
		})
	}
}

func TestWithoutLinks(t *testing.T) {
	for line, want := range map[string]string{
		"Winter loan lighting review":               "Winter loan lighting review",
		"Review (https://zoom.us/j/88?pwd=s3cr3t)":  "Review",
		"Join www.example.org/room now":             "Join now",
		"Review, passcode: 99Xy":                    "Review",
		"Review https://a.example/x, then the walk": "Review then the walk",
		"Re: version 2.0 of the plan, 3.5 lux":      "Re: version 2.0 of the plan, 3.5 lux",
		"Who reads: both/and either.":               "Who reads: both/and either.",
		"Access code 123 456 for the lift, please":  "for the lift, please",
		"https://only.example/link":                 "",
	} {
		if got := WithoutLinks(line); got != want {
			t.Errorf("WithoutLinks(%q) = %q, want %q", line, got, want)
		}
	}
}

func TestPlacesNeverLeakALink(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before, after := rapid.String().Draw(t, "before"), rapid.String().Draw(t, "after")
		place := before + " https://zoom.us/j/8812345678?pwd=hush " + after
		for _, printed := range []string{PlaceWords(place), WithoutLinks(place)} {
			if strings.Contains(printed, "hush") || strings.Contains(printed, "zoom.us") {
				t.Fatalf("%q is printed as %q", place, printed)
			}
		}
	})
}
