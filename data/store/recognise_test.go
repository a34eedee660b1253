package store

import (
	"context"
	"slices"
	"testing"
	"time"

	"rapport/data"
)

func sized(m data.Message, size int64) data.Message {
	m.Size = size
	return m
}

func TestRecognisedOnlyWhereItIsSure(t *testing.T) {
	db := open(t)
	box := addMailbox(t, db)
	one := sized(letter("1", "anna@kestrel.example", box.Address, "Lamps", noon), 700)
	one.Cc = []data.Address{{Name: "Otto Ahm", Email: "otto@kestrel.example"}}
	twice := sized(letter("2", "anna@kestrel.example", box.Address, "Lamps", noon), 800)
	twin := twice
	twin.ID = data.MessageIDOf([]byte("other bytes"))
	nameless := sized(letter("3", "anna@kestrel.example", box.Address, "Lamps", noon), 900)
	nameless.MessageID = ""
	ingest(t, db, box, arriving(box, one, twice, twin, nameless))

	longer := one
	longer.Size++
	elsewhere := one
	elsewhere.To = []data.Address{{Email: "otto@larkfield.example"}}
	asked := []data.Message{one, twice, nameless, longer, elsewhere, letter("4", "anna@kestrel.example", box.Address, "Lamps", noon), one}
	var traits []data.Traits
	for _, m := range asked {
		traits = append(traits, data.TraitsOf(m))
	}
	got, err := db.Recognised(context.Background(), traits)
	if want := []string{one.ID, "", "", "", "", "", one.ID}; err != nil || !slices.Equal(got, want) {
		t.Errorf("recognised %q, %v; want only the first, each time", got, err)
	}

	// A mail that no server has at the moment is still known: it may have moved.
	ingest(t, db, box, data.Batch{Mailbox: box.ID, Folder: "INBOX", Gone: []data.Location{{Mailbox: box.ID, Folder: "INBOX", UIDValidity: 1, UID: 1}}})
	if got, err := db.Recognised(context.Background(), traits[:1]); err != nil || got[0] != one.ID {
		t.Errorf("after it was gone: %q, %v", got, err)
	}
}

func flagsOf(t *testing.T, db *DB, id string) []data.Flags {
	t.Helper()
	facts, err := db.MailFacts(context.Background(), id, noon)
	if err != nil || len(facts.Found) != 1 {
		t.Fatalf("%v, %d mails", err, len(facts.Found))
	}
	var all []data.Flags
	for _, p := range facts.Found[0].Places {
		all = append(all, p.Flags)
	}
	return all
}

func TestMarksAreKeptWithThePlace(t *testing.T) {
	db := open(t)
	box := addMailbox(t, db)
	mail := letter("1", "anna@kestrel.example", box.Address, "Lamps", noon)
	b := arriving(box, mail)
	b.Arrived[0].Flags = `\Seen`
	ingest(t, db, box, b)
	inbox := b.Arrived[0].Location
	archive := data.Location{Mailbox: box.ID, Folder: "Kestrel", UIDValidity: 9, UID: 4}
	ingest(t, db, box, data.Batch{Mailbox: box.ID, Folder: "Kestrel", Moved: []data.Placed{{MessageID: mail.ID, Location: archive, Flags: `\Flagged`}}})
	if got := flagsOf(t, db, mail.ID); !slices.Equal(got, []data.Flags{`\Seen`, `\Flagged`}) {
		t.Fatalf("marks %q", got)
	}

	var told []string
	stop := db.Watch(func(c Changed) { told = append(told, c.Kinds...) })
	defer stop()
	ingest(t, db, box, data.Batch{Mailbox: box.ID, Folder: "INBOX", Flagged: []data.Flagged{
		{Location: inbox, Flags: `\Answered \Seen`},
		{Location: data.Location{Mailbox: box.ID, Folder: "INBOX", UIDValidity: 1, UID: 99}, Flags: `\Seen`}, // not stored
	}})
	if got := flagsOf(t, db, mail.ID); !slices.Equal(got, []data.Flags{`\Answered \Seen`, `\Flagged`}) {
		t.Errorf("marks %q", got)
	}
	if slices.Contains(told, data.KindInteraction) {
		t.Error("a mark changed, and every timeline was to be read again")
	}
	if m, err := db.Message(context.Background(), mail.ID); err != nil || len(m.Locations) != 2 {
		t.Errorf("%v, it lies at %v", err, m.Locations)
	}

	// The same batch once more, and the mail's arrival once more, change nothing
	// or what changed.
	b.Arrived[0].Flags = `\Seen`
	ingest(t, db, box, b)
	if got := flagsOf(t, db, mail.ID); got[0] != `\Seen` {
		t.Errorf("marks %q", got)
	}
}

func TestAMarkThatDoesNotChangeIsNotWritten(t *testing.T) {
	db := open(t)
	box := addMailbox(t, db)
	b := arriving(box, letter("1", "anna@kestrel.example", box.Address, "Lamps", noon.Add(-time.Hour)))
	b.Arrived[0].Flags = `\Seen`
	ingest(t, db, box, b)
	writes := func() (n int64) {
		err := db.write.QueryRow(`SELECT total_changes()`).Scan(&n)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	empty, same := data.Batch{Mailbox: box.ID, Folder: "INBOX"}, data.Batch{Mailbox: box.ID, Folder: "INBOX"}
	same.Flagged = []data.Flagged{{Location: b.Arrived[0].Location, Flags: `\Seen`}}
	start := writes()
	ingest(t, db, box, empty)
	without := writes() - start
	ingest(t, db, box, same)
	if with := writes() - start - without; with != without {
		t.Errorf("%d rows were written, %d without the mark", with, without)
	}
}
