package text

import (
	"testing"

	"pgregory.net/rapid"
)

func TestIsCloser(t *testing.T) {
	for _, c := range []struct {
		own  string
		want bool
	}{
		{"Thanks!", true},
		{"Perfect, thanks!", true},
		{"Hi Maya,\n\nthank you so much for the quick answer.\n\nBest regards\nAnna Kessler", true},
		{"Thanks Anna!", true},
		{"Many thanks for your help, that works.\n\nAnna", true},
		{"ok", true},
		{"👍", true},
		{"Danke!", true},
		{"Hallo Maya,\n\nalles klar, vielen Dank für die schnelle Rückmeldung.\n\nViele Grüße\nAnna", true},
		{"Danke, passt. Schönes Wochenende!\nLG Anna", true},
		{"Thanks! Could you send the drawings too?", false},
		{"Thanks, but the lamps in hall 2 still flicker.", false},
		{"Danke! Schicken Sie uns bitte noch die Rechnung.", false},
		{"We will decide on Friday.", false},
		{"Thanks. Please call me", false},
		{"See attached.", false},
		{"", false},
		{"Lamps", false},
	} {
		if got := IsCloser(c.own); got != c.want {
			t.Errorf("%q: closer %v, want %v", c.own, got, c.want)
		}
	}
}

func TestAsks(t *testing.T) {
	for _, c := range []struct{ own, want string }{
		{"Hello. When can you come? We wait.", "When can you come?"},
		{"We wait. Please let me know by Friday.", "Please let me know by Friday."},
		{"Bitte um kurze Rückmeldung.", "Bitte um kurze Rückmeldung."},
		{"Könnten Sie das prüfen", "Könnten Sie das prüfen"},
		{"See https://x.example/?a=1 for more", ""},
		{"Here is https://x.example/?", ""},
		{"All done.", ""},
		{"Hi Maya,\nwe are late. Could you send the\ndrawings of hall 2?\nAnna", "Could you send the drawings of hall 2?"},
		{"?", ""},
		{"Is the delivery of all the new lamps for the second hall on time?", "Is the delivery of all the new lamps for…"},
	} {
		if got := Asks(c.own, 40); got != c.want {
			t.Errorf("%q asks %q, want %q", c.own, got, c.want)
		}
	}
}

func TestWhatAsksIsNoCloser(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		own := rapid.StringMatching(`(Thanks|Danke|ok|Lamps|Hi Anna,|\?|!|\.| |\n|please call me|👍){0,12}`).Draw(t, "own")
		if Asks(own, 80) != "" && IsCloser(own) {
			t.Fatalf("%q asks, and needs no answer", own)
		}
	})
}
