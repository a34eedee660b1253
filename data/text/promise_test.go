package text

import (
	"testing"
	"time"
)

// tuesday is the day on which the mails of these tests were written.
var tuesday = time.Date(2026, 11, 17, 9, 18, 0, 0, time.UTC)

func TestDue(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"by Friday", "2026-11-20"}, {"by Tuesday", "2026-11-24"}, {"until 5 November", "2027-11-05"}, {"by 20 Nov", "2026-11-20"},
		{"by November 20th", "2026-11-20"}, {"no later than the 1st of December", "2026-12-01"}, {"by 2026-12-24", "2026-12-24"},
		{"tomorrow morning", "2026-11-18"}, {"later today", "2026-11-17"}, {"next week", "2026-11-27"}, {"by the end of the week", "2026-11-20"},
		{"by end of month", "2026-11-30"}, {"before the end of the quarter", "2026-12-31"}, {"within two weeks", "2026-12-01"}, {"in 3 days", "2026-11-20"},
		{"next Monday", "2026-11-23"}, {"the day after tomorrow", "2026-11-19"},
		{"bis Freitag", "2026-11-20"}, {"bis zum 5.12.", "2026-12-05"}, {"bis Ende der Woche", "2026-11-20"}, {"bis morgen", "2026-11-18"},
		{"nächste Woche", "2026-11-27"}, {"spätestens am Montag", "2026-11-23"}, {"innerhalb von zwei Wochen", "2026-12-01"}, {"bis zum 1. Dezember", "2026-12-01"},
		{"by 31 November", ""}, {"last Friday", ""}, {"on 2026-11-16", ""}, {"Friday's report", ""}, {"by 11/20", ""}, {"nothing", ""}, {"", ""},
	} {
		day, span, ok := Due(c.text, tuesday)
		got := ""
		if ok {
			got = day.Format(time.DateOnly)
		}
		if got != c.want || ok && (span[0] < 0 || span[1] > len(c.text) || span[0] >= span[1]) {
			t.Errorf("%q: %q %v, want %q", c.text, got, span, c.want)
		}
	}
}

func TestPromises(t *testing.T) {
	for _, c := range []struct {
		name, body, what, due string
		likely                bool
	}{
		{"a promise with a date", "Thanks for today. I will send you the flicker report by Friday. Best, Tomas", "send the flicker report", "2026-11-20", true},
		{"in short", "We'll have the samples with you tomorrow.", "have the samples with you", "2026-11-18", true},
		{"the date first", "By Friday I'll check the dimmers in Hall 2.", "check the dimmers in Hall 2", "2026-11-20", true},
		{"without a date", "Let me check with our conservation lab.", "Let me check with our conservation lab", "", false},
		{"over two lines", "I will send the lux and UV\nlimits by 20 November.", "send the lux and UV limits", "2026-11-20", true},
		{"on a condition", "If the board agrees, I will send the order by Friday.", "send the order", "2026-11-20", false},
		{"what they will have", "You will have our answer by the end of the week.", "You will have our answer", "2026-11-20", true},
		{"after an abbreviation", "Dr. Holm agreed. I will name the budget holder for Hall no. 3 by Monday.", "name the budget holder for Hall no. 3", "2026-11-23", true},
		{"in a list", "Next steps:\n- I will book the guard by tomorrow\n- You look at it", "book the guard", "2026-11-18", true},
		{"in German", "Ich werde Ihnen die Messwerte bis Freitag schicken.", "die Messwerte schicken", "2026-11-20", true},
		{"in German, in the present", "Wir schicken die Muster bis morgen.", "Wir schicken die Muster", "2026-11-18", true},
		{"in German, turned", "Morgen schicke ich die Liste.", "schicke ich die Liste", "2026-11-18", true},
		{"a question", "Will I send it by Friday? I will send it by Friday?", "", "", false},
		{"a refusal", "I will not send it by Friday.", "", "", false},
		{"away", "I will be on holiday until Friday.", "", "", false},
		{"only a hope", "We will try to come by Friday.", "", "", false},
		{"of others", "They will send it by Friday.", "", "", false},
		{"a refusal in German", "Wir schicken leider nichts bis morgen.", "", "", false},
		{"nothing", "", "", "", false},
	} {
		got := Promised{}
		if list := Promises(c.body, tuesday); len(list) > 0 {
			got = list[0]
		}
		due := ""
		if !got.Due.IsZero() {
			due = got.Due.Format(time.DateOnly)
		}
		if got.What != c.what || due != c.due || got.Likely != c.likely {
			t.Errorf("%s: %q due %q, likely %v; want %q due %q, %v", c.name, got.What, due, got.Likely, c.what, c.due, c.likely)
		}
	}
}

func TestSentences(t *testing.T) {
	got := splitSentences("We met Mr. Reyes at 10.30. He is for it! Is Grace? Costs are 3.5 k. See item no. 4 on 5.11. Done.")
	want := []string{"We met Mr. Reyes at 10.30.", "He is for it!", "Is Grace?", "Costs are 3.5 k.", "See item no. 4 on 5.11. Done."}
	if len(got) != len(want) {
		t.Fatalf("%q", got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("%d: %q, want %q", i, got[i], want[i])
		}
	}
}
