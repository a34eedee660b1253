package data

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

var (
	quayside = Account{ID: "qf", Name: "Quayside Ferries"}
	nadia    = Contact{ID: "c-nadia", AccountID: "qf", Name: "Nadia Brandt"}
	owen     = Contact{ID: "c-owen", AccountID: "qf", Name: "Owen Pryce"}
	otherPio = Contact{ID: "c-piotr-q", AccountID: "qf", Name: "Piotr Nowak"}
)

func captureInput(at *Account, contacts ...Contact) CaptureInput {
	if contacts == nil {
		contacts = []Contact{anna, piotr, leon, nadia, owen}
	}
	return CaptureInput{Now: tuesday, Accounts: []Account{kestrel, quayside, northmoor}, Contacts: contacts, Account: at, By: "Maya Lindqvist"}
}

func TestParseCapture(t *testing.T) {
	midnight := func(d int) time.Time { return day(11, d, 0, 0) }
	for name, c := range map[string]struct {
		line     string
		at       *Account
		kind     Kind
		when     time.Time
		dayOnly  bool
		minutes  int
		contacts string
		account  string
		why      string
		text     string
		missing  string
	}{
		"the example of the page": {
			line: "Called Piotr yesterday, 10 min, he agreed the night test. We send the guard list by Friday",
			kind: Call, when: midnight(16), dayOnly: true, minutes: 10, contacts: "c-piotr", account: "km", why: "Piotr works there",
			text: "He agreed the night test. We send the guard list by Friday",
		},
		"two people and a time": {
			line: "Met Anna and Leon on 5 Nov at 14:00, the night test is agreed", kind: Visit, when: day(11, 5, 14, 0),
			contacts: "c-anna c-leon", account: "km", why: "Anna works there", text: "The night test is agreed",
		},
		"who is only talked of did not take part": {
			line: "Called Piotr, he asks Anna", kind: Call, when: tuesday, contacts: "c-piotr", account: "km", why: "Piotr works there", text: "He asks Anna",
		},
		"the name before the word": {
			line: "Nadia phoned this morning about the value review", kind: Call, when: tuesday, dayOnly: true,
			contacts: "c-nadia", account: "qf", why: "Nadia works there", text: "About the value review",
		},
		"small letters after the word": {
			line: "spoke to owen and nadia: crane slot is fixed", kind: Call, when: tuesday, contacts: "c-nadia", account: "qf", why: "Nadia works there",
			text: "spoke to owen and nadia: crane slot is fixed",
		},
		"a site walk": {
			line: "Site walk with Anna Kessler yesterday: two decisions", kind: Visit, when: midnight(16), dayOnly: true,
			contacts: "c-anna", account: "km", why: "Anna works there", text: "Two decisions",
		},
		"an account by its first word": {
			line: "Called Quayside, 1 h, they want the crane slot", kind: Call, when: tuesday, minutes: 60, account: "qf", why: "You named it",
			text: "They want the crane slot",
		},
		"an account in full": {
			line: "Visited Northmoor University yesterday; the atrium is dark", kind: Visit, when: midnight(16), dayOnly: true,
			account: "nu", why: "You named it", text: "The atrium is dark",
		},
		"a note where a page is open": {
			line: "lenders set their own limits", at: &kestrel, kind: Note, when: tuesday, account: "km", why: "Its page is open", text: "lenders set their own limits",
		},
		"a note about a person stays whole": {
			line: "Anna is on leave until June", kind: Note, when: tuesday, contacts: "c-anna", account: "km", why: "Anna works there", text: "Anna is on leave until June",
		},
		"somebody of another account than the open one": {
			line: "Called Nadia, numbers are fine", at: &kestrel, kind: Call, when: tuesday, contacts: "c-nadia", account: "qf", why: "Nadia works there", text: "Numbers are fine",
		},
		"a stranger is not understood, so nothing is cut": {
			line: "Called Zoe yesterday, she likes it", at: &kestrel, kind: Call, when: midnight(16), dayOnly: true, account: "km", why: "Its page is open",
			text: "Called Zoe yesterday, she likes it",
		},
		"called off is no call": {
			line: "Anna called off the walk", kind: Note, when: tuesday, contacts: "c-anna", account: "km", why: "Anna works there", text: "Anna called off the walk",
		},
		"no account": {
			line: "The lamps shimmer", kind: Note, when: tuesday, text: "The lamps shimmer", missing: "which account it was",
		},
		"nothing more than the call": {
			line: "Called Piotr", kind: Call, when: tuesday, contacts: "c-piotr", account: "km", why: "Piotr works there", text: "Called Piotr",
		},
		"nothing": {line: "  ", kind: Note, when: tuesday, missing: "which account it was, what happened"},
	} {
		t.Run(name, func(t *testing.T) {
			got := ParseCapture(c.line, captureInput(c.at))
			ids := strings.Join(mapped(got.Contacts, func(c Contact) string { return c.ID }), " ")
			if got.Kind != c.kind || !got.At.Equal(c.when) || got.DayOnly != c.dayOnly || got.Minutes != c.minutes {
				t.Errorf("%s at %v (day only %t), %d min; want %s at %v (%t), %d", got.Kind, got.At, got.DayOnly, got.Minutes, c.kind, c.when, c.dayOnly, c.minutes)
			}
			if ids != c.contacts || got.Account.ID != c.account || got.AccountWhy != c.why {
				t.Errorf("with %q at %q, %q; want %q at %q, %q", ids, got.Account.ID, got.AccountWhy, c.contacts, c.account, c.why)
			}
			if got.Text != c.text || strings.Join(got.Missing, ", ") != c.missing {
				t.Errorf("says %q, lacks %q; want %q, %q", got.Text, got.Missing, c.text, c.missing)
			}
		})
	}
}

func TestAFirstNameOfTwo(t *testing.T) {
	both := []Contact{piotr, otherPio, nadia}
	got := ParseCapture("Called Piotr, it works", captureInput(nil, both...))
	if len(got.Contacts) != 0 || len(got.Candidates) != 2 {
		t.Fatalf("chose %v of %v", got.Contacts, got.Candidates)
	}
	if want := "which Piotr you mean: Piotr Malik of Kestrel Museums, Piotr Nowak of Quayside Ferries"; got.Missing[0] != want {
		t.Errorf("asks %q, want %q", got.Missing[0], want)
	}
	for name, c := range map[string]struct {
		line string
		at   *Account
		want string
	}{
		"the open page decides":      {"Called Piotr, it works", &quayside, "c-piotr-q"},
		"a full name decides":        {"Called Piotr Nowak, it works", &kestrel, "c-piotr-q"},
		"a last name decides":        {"Called Malik, it works", nil, "c-piotr"},
		"the named account decides":  {"Called Piotr at Quayside, it works", &kestrel, "c-piotr-q"},
		"those who took part decide": {"Met Nadia and Piotr, it works", nil, "c-piotr-q"},
	} {
		t.Run(name, func(t *testing.T) {
			got := ParseCapture(c.line, captureInput(c.at, both...))
			if n := len(got.Contacts); n == 0 || got.Contacts[n-1].ID != c.want {
				t.Errorf("chose %v, want %s", got.Contacts, c.want)
			}
		})
	}
}

func TestCaptureEntry(t *testing.T) {
	e := ParseCapture("Called Piotr yesterday, 10 min, he agreed", captureInput(nil)).Entry()
	if err := e.Check(tuesday); err != nil {
		t.Fatal(err)
	}
	if e.Kind != Call || e.Minutes != 10 || e.Account != "km" || len(e.With) != 1 || e.With[0] != "c-piotr" || e.Text != "He agreed" || e.By != "Maya Lindqvist" {
		t.Errorf("entry %+v", e)
	}
	if err := ParseCapture("It rained", captureInput(nil)).Entry().Check(tuesday); err == nil {
		t.Error("an entry of no account may be kept")
	}
}

func TestCaptureTakesAnyLine(t *testing.T) {
	words := rapid.SampledFrom([]string{"Called", "met", "Piotr", "anna", "Kessler", "Kestrel", "yesterday", "10 min", ",", ".", "and", "with", "the", "at 14:00", "ø", "\xff", "note:"})
	rapid.Check(t, func(t *rapid.T) {
		line := strings.Join(rapid.SliceOf(words).Draw(t, "words"), " ") + rapid.String().Draw(t, "more")
		got := ParseCapture(line, captureInput(nil))
		if got.At.After(tuesday) {
			t.Fatalf("%q happens at %v", line, got.At)
		}
		if strings.TrimSpace(line) != "" && got.Text == "" {
			t.Fatalf("%q says nothing", line)
		}
	})
}
