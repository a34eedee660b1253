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

func TestTheStoredPlaceKeepsNoKeys(t *testing.T) {
	tests := []struct{ location, want string }{
		{"Room 4, Larkfield", "Room 4, Larkfield"},
		{"Room 4, Larkfield  second floor", "Room 4, Larkfield second floor"},
		{"https://zoom.us/j/123456?pwd=secret", "online, zoom.us"},
		{"https://us02web.zoom.us/j/85?pwd=secret (Passcode: 998877)", "online, us02web.zoom.us"},
		{"Room 4; https://teams.microsoft.com/l/meetup-join/19%3ameeting_secret", "Room 4; teams.microsoft.com"},
		{"Microsoft Teams Meeting", "Microsoft Teams Meeting"},
		{"Zoom, Meeting ID: 812 3456 7890, Passcode: secret", "Zoom"},
		{"Berlin Spinning Mill", "Berlin Spinning Mill"},
		{"zoom.us/j/85?pwd=secret", "online, zoom.us"},
		{"meet.google.com/secret-defg-hij, Atrium", "meet.google.com Atrium"},
		{"msteams:/l/meetup-join/secret", ""},
		{"sip:secret@conf.example", "online, conf.example"},
		{"Call +1 646 558 8656,,81234567890#,,,,*998877#", "Call +1 646 558 8656"},
		{"Call +49 69 71049992 x 4711#", "Call +49 69 71049992"},
		{"Teams-Besprechung, Besprechungs-ID: secret", "Teams-Besprechung"},
		{"Sitzungskennwort: secret", ""},
		{"Salle 3, code d'accès : secret", "Salle 3"},
		{"Kamer 2, wachtwoord: secret", "Kamer 2"},
		{"Meeting-ID 381 222 333 44", ""},
		{"Hall 2 (password is secret)", "Hall 2"},
		{"Kaistraße 14, 2. Stock", "Kaistraße 14, 2. Stock"},
		{"At the pin board", "At the pin board"},
		{"Room 4.12 / west", "Room 4.12 / west"},
		{"", ""},
	}
	for _, tt := range tests {
		if got := MeetingPlace(tt.location); got != tt.want {
			t.Errorf("MeetingPlace(%q) = %q, want %q", tt.location, got, tt.want)
		}
		if strings.Contains(MeetingPlace(tt.location), "secret") {
			t.Errorf("MeetingPlace(%q) keeps a key", tt.location)
		}
	}
}

func TestAMeetingsTitleKeepsNoKeys(t *testing.T) {
	for summary, want := range map[string]string{
		"Winter loan lighting review":             "Winter loan lighting review",
		"Review: prices, 3.5 lux":                 "Review: prices, 3.5 lux",
		"Q4 / Q1: what's next?":                   "Q4 / Q1: what's next?",
		"Review - https://zoom.us/j/1?pwd=secret": "Review",
		"Review (Passcode: secret)":               "Review",
		"Review, PIN 4711":                        "Review",
		"Node.js/React workshop":                  "Node.js/React workshop",
		"Days 12.11/13.11, v2.0/3.1":              "Days 12.11/13.11, v2.0/3.1",
		"Call zoom.us/j/1?pwd=secret":             "Call",
		"Passing the pin board":                   "Passing the pin board",
		"https://zoom.us/j/1":                     "",
		"":                                        "",
	} {
		if got := MeetingTitle(summary); got != want {
			t.Errorf("MeetingTitle(%q) = %q, want %q", summary, got, want)
		}
	}
}

func TestASharedTextKeepsNoWayIntoACall(t *testing.T) {
	for text, want := range map[string]string{
		"See you at ten.\nAnna":                                "See you at ten.\nAnna",
		"The figures: https://figures.example/2026?id=7\nAnna": "The figures: https://figures.example/2026?id=7\nAnna",
		"Join: https://us02web.zoom.us/j/85?pwd=secret\nMeeting ID: 851 2222 3333\nPasscode: secret\nAnna": "Join: us02web.zoom.us\n\n\nAnna",
		"Or dial +49 69 7104 9992,,81234567890# Germany":                                                   "Or dial +49 69 7104 9992 Germany",
		"Our portal: https://portal.example/x?token=secret":                                                "Our portal: portal.example",
		"<https://teams.microsoft.com/l/meetup-join/secret>":                                               "<teams.microsoft.com>",
	} {
		if got := WithoutCalls(text); got != want {
			t.Errorf("WithoutCalls(%q) = %q, want %q", text, got, want)
		}
	}
}

// Whatever stands around it, no key to a call passes any of the doors.
func TestNoKeyPassesAnyDoor(t *testing.T) {
	keys := []string{
		"https://zoom.us/j/8812345678?pwd=hush", "https://teams.microsoft.com/l/meetup-join/hush", "zoom.us/j/88?pwd=hush", "Passcode: hush", "Password is hush", "PIN: hush",
		"Meeting ID: hush", "msteams:/l/hush", "tel:+49691234,,hush", "Kennwort: hush", "Access code: hush", "https://meet.google.com/hush-abcd-efg",
	}
	rapid.Check(t, func(t *rapid.T) {
		around := rapid.StringMatching(`[A-Za-z0-9 ,.;()\[\]-]{0,20}`)
		text := around.Draw(t, "before") + " " + rapid.SampledFrom(keys).Draw(t, "key") + " " + around.Draw(t, "after")
		for door, let := range map[string]func(string) string{"stored place": MeetingPlace, "stored title": MeetingTitle, "printed place": PlaceWords, "printed line": WithoutLinks, "shared text": WithoutCalls} {
			if out := let(text); strings.Contains(out, "hush") {
				t.Fatalf("%s lets %q out as %q", door, text, out)
			}
		}
	})
}
