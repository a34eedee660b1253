//go:build unix

package dovecot_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"rapport/data"
	"rapport/data/nurture"
	"rapport/data/store"
	"rapport/sync"
	"rapport/sync/dovecot"
)

// TestASuggestionIsClosedByItsSentCopy begins the mail of a suggestion, finds it in
// the Drafts folder of a real server, sends it as a mail program does, and reads
// that it was sent.
func TestASuggestionIsClosedByItsSentCopy(t *testing.T) {
	server := startTaking(t, dovecot.Options{})
	old := "From: maya@larkfield.example\r\nTo: x@elsewhere.example\r\nSubject: An old draft\r\n\r\nx\r\n"
	for _, folder := range []string{"Drafts", "Sent"} { // so that there are such folders
		if err := server.Deliver(folder, []byte(old), time.Now(), false); err != nil {
			t.Fatal(err)
		}
	}
	db, err := store.Open(t.Context(), t.TempDir(), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	box, err := sync.AddMailbox(t.Context(), db, password{},
		data.Mailbox{Address: "maya@larkfield.example", Host: "127.0.0.1", Port: server.Port, Security: data.Plain, User: dovecot.User}, dovecot.Password)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	if _, err := db.Write(t.Context(), "", func(tx *store.Tx) error {
		if err := tx.PutAccount(data.Account{ID: "kestrel", Name: "Kestrel Museums", Domains: []string{"kestrel.example"}}); err != nil {
			return err
		}
		if err := tx.PutContact(data.Contact{ID: "anna", AccountID: "kestrel", Name: "Anna Kessler", Emails: []string{"anna@kestrel.example"}}); err != nil {
			return err
		}
		return tx.PutEntry(data.Entry{ID: "visit", Kind: data.Visit, At: now.AddDate(0, 0, -3), Account: "kestrel", With: []string{"anna"}, Text: "Night walk"}, now)
	}); err != nil {
		t.Fatal(err)
	}
	s := openSuggestions(t, db, now)[0]
	letter, err := db.NurtureLetter(t.Context(), s, "", now)
	if err != nil || letter.Draft.Mailbox != box.ID {
		t.Fatalf("the letter is for mailbox %q: %v", letter.Draft.Mailbox, err)
	}
	d := letter.Draft
	if _, err := db.Write(t.Context(), "", func(tx *store.Tx) (err error) {
		if d, err = tx.PutDraft(d); err != nil {
			return err
		}
		a := nurture.Said(s, data.NurtureDrafted, now)
		a.Draft = d.ID
		if err := tx.AnswerNurture(a); err != nil {
			return err
		}
		return tx.QueueDraft(d.ID, true, tx.Now())
	}); err != nil {
		t.Fatal(err)
	}
	engine := sync.New(db, password{}, sync.Options{})
	if err := engine.Send(t.Context()); err != nil {
		t.Fatal(err)
	}
	if list := openSuggestions(t, db, now); len(list) != 0 {
		t.Errorf("%d suggestions are open although the mail lies in Drafts", len(list))
	}
	raw := lyingAt(t, server, "anna@kestrel.example")
	if !bytes.Contains(raw, []byte("Thank you for the time on")) {
		t.Errorf("in Drafts lies %s", raw)
	}
	if err := server.Deliver("Sent", raw, time.Now(), true); err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second reading changes nothing
		if _, err := engine.Once(t.Context()); err != nil {
			t.Fatal(err)
		}
		if d, err = db.Draft(t.Context(), d.ID); err != nil || d.State() != data.DraftSent {
			t.Fatalf("the draft is %s: %v", d.State(), err)
		}
		if list := openSuggestions(t, db, now); len(list) != 0 {
			t.Errorf("%d suggestions are open after the mail was sent", len(list))
		}
	}
}

// openSuggestions are those of first meetings.
func openSuggestions(t *testing.T, db *store.DB, now time.Time) (open []nurture.Suggestion) {
	t.Helper()
	list, err := db.Nurture(t.Context(), now)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range nurture.Due(list, now) {
		if s.Trigger == nurture.FirstMeeting {
			open = append(open, s)
		}
	}
	return open
}

// lyingAt is the mail to an address that lies in the Drafts folder.
func lyingAt(t *testing.T, server *dovecot.Server, to string) []byte {
	t.Helper()
	for _, sub := range []string{"cur", "new"} {
		files, _ := filepath.Glob(filepath.Join(server.Box("Drafts"), sub, "*"))
		for _, name := range files {
			raw, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if bytes.Contains(raw, []byte(to)) {
				return raw
			}
		}
	}
	t.Fatalf("no mail to %s lies in Drafts", to)
	return nil
}
