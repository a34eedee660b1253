package store

import (
	"context"
	"errors"
	"testing"
	"time"

	"rapport/data"
)

func at(box data.Mailbox, folder string, validity, uid uint32, m data.Message) data.Arrival {
	return data.Arrival{Message: m, Location: data.Location{Mailbox: box.ID, Folder: folder, UIDValidity: validity, UID: uid}}
}

// clocked is a workspace whose clock the test moves.
func clocked(t *testing.T) (*DB, *time.Time) {
	t.Helper()
	now := noon
	db, err := Open(context.Background(), t.TempDir(), Options{Instance: "test", Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db, &now
}

func countMails(t *testing.T, db *DB) (n int) {
	t.Helper()
	n, err := one(context.Background(), db.read, scanInt, `SELECT count(*) FROM message`)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func endRun(t *testing.T, db *DB, source string, started time.Time) {
	t.Helper()
	ctx := context.Background()
	if err := db.BeginRun(ctx, source, started); err != nil {
		t.Fatal(err)
	}
	if err := db.EndRun(ctx, source, started, ""); err != nil {
		t.Fatal(err)
	}
}

// TestAnotherSourceForgetsNothingThatAFolderNumberedAnewHasYetToFind cuts the
// reading of a folder whose numbers changed, and lets a calendar go on.
func TestAnotherSourceForgetsNothingThatAFolderNumberedAnewHasYetToFind(t *testing.T) {
	db, now := clocked(t)
	box := addMailbox(t, db)
	mail := letter("1", "anna@kestrel.example", box.Address, "Lamps", noon.Add(-time.Hour))
	ingest(t, db, box, arriving(box, mail))
	ingest(t, db, box, data.Batch{Mailbox: box.ID, Folder: "INBOX", Renumbered: 2, Cursor: "c2"})
	*now = noon.Add(time.Hour)
	endRun(t, db, "calendar:day", *now)
	if n := countMails(t, db); n != 1 {
		t.Fatalf("%d mails after another source was read, want 1", n)
	}
	endRun(t, db, box.SourceName(), *now)
	if n := countMails(t, db); n != 0 {
		t.Errorf("%d mails after the mailbox was read to its end without finding it, want 0", n)
	}
}

func TestAPlaceThatTakesAnotherMailLetsTheFirstGo(t *testing.T) {
	db, now := clocked(t)
	box := addMailbox(t, db)
	first := letter("1", "anna@kestrel.example", box.Address, "Lamps", noon.Add(-time.Hour))
	second := letter("2", "anna@kestrel.example", box.Address, "Cables", noon.Add(-time.Hour))
	ingest(t, db, box, arriving(box, first))
	ingest(t, db, box, arriving(box, second))
	*now = noon.Add(time.Hour)
	endRun(t, db, box.SourceName(), *now)
	if _, err := db.Message(context.Background(), first.ID); !errors.Is(err, data.ErrNotFound) {
		t.Errorf("the mail that lies nowhere: %v", err)
	}
	if m, err := db.Message(context.Background(), second.ID); err != nil || len(m.Locations) != 1 {
		t.Errorf("the mail that lies there: %+v, %v", m, err)
	}
}

func TestAMailThatMovedWithinARunIsNeverAway(t *testing.T) {
	db, now := clocked(t)
	box := addMailbox(t, db)
	mail := letter("1", "anna@kestrel.example", box.Address, "Lamps", noon.Add(-time.Hour))
	ingest(t, db, box, arriving(box, mail))
	ingest(t, db, box, data.Batch{Mailbox: box.ID, Folder: "INBOX", Gone: []data.Location{{Mailbox: box.ID, Folder: "INBOX", UIDValidity: 1, UID: 1}}})
	endRun(t, db, box.SourceName(), noon.Add(-time.Minute)) // the run in which it went
	if n := countMails(t, db); n != 1 {
		t.Fatalf("%d mails while it moves, want 1", n)
	}
	ingest(t, db, box, data.Batch{Mailbox: box.ID, Folder: "Kestrel", Arrived: []data.Arrival{at(box, "Kestrel", 9, 1, mail)}})
	*now = noon.Add(time.Hour)
	endRun(t, db, box.SourceName(), *now)
	if m, err := db.Message(context.Background(), mail.ID); err != nil || len(m.Locations) != 1 || m.Locations[0].Folder != "Kestrel" {
		t.Errorf("after it moved: %+v, %v", m, err)
	}
}

func TestABatchThatComesAfterItsMailboxWasRemovedKeepsNoCursor(t *testing.T) {
	db := open(t)
	ctx := context.Background()
	box := addMailbox(t, db)
	write(t, db, "", func(tx *Tx) error { return tx.DeleteMailbox(box.ID) })
	late := data.Batch{Mailbox: box.ID, Folder: "INBOX", Cursor: "all of it"}
	if _, err := db.Ingest(ctx, box.SourceName(), box.Address, noon, late); !errors.Is(err, data.ErrNotFound) {
		t.Errorf("a late batch: %v", err)
	}
	if err := db.EndRun(ctx, box.SourceName(), noon, "its mailbox is gone"); err != nil {
		t.Error(err)
	}
	addMailbox(t, db)
	if c, err := db.Cursor(ctx, box.SourceName()); c != "" || err != nil {
		t.Errorf("added again it goes on at %q, %v", c, err)
	}
	if lines, err := db.Ledger(ctx, "", time.Time{}); len(lines) != 0 || err != nil {
		t.Errorf("the ledger says %+v, %v", lines, err)
	}
}

func TestARemovedMailboxThatIsAddedAgainIsAsItWas(t *testing.T) {
	db := open(t)
	ctx := context.Background()
	write(t, db, "", func(tx *Tx) error {
		return tx.PutAccount(data.Account{ID: "k", Name: "Kestrel", Domains: []string{"kestrel.example"}})
	})
	for range 2 {
		box := addMailbox(t, db)
		ingest(t, db, box, arriving(box, letter("1", "anna@kestrel.example", box.Address, "Lamps", noon.Add(-time.Hour))))
		wantTimeline(t, db, "k", "Lamps")
		if f, err := db.Search(ctx, "lamps", 10); err != nil || len(f.Messages) != 1 || len(f.Interactions) != 1 {
			t.Errorf("lamps finds %+v, %v", f, err)
		}
		write(t, db, "", func(tx *Tx) error { return tx.DeleteMailbox(box.ID) })
		wantTimeline(t, db, "k")
	}
	checks, err := db.Check(ctx)
	for _, c := range checks {
		if !c.Well || err != nil {
			t.Errorf("%s: %s, %v", c.What, c.Says, err)
		}
	}
}

// TestAnEntryIsWhatItsCopiesSay has a mail of ours and the copy that a list sent
// back, in either order, and then takes ours away.
func TestAnEntryIsWhatItsCopiesSay(t *testing.T) {
	sent := letter("1", "maya@larkfield.example", "anna@kestrel.example", "Lamps", noon.Add(-time.Hour))
	sent.Bcc = []data.Address{{Email: "leon@kestrel.example"}}
	back := sent
	back.ID, back.Subject, back.Bcc = data.MessageIDOf([]byte("2")), "[lamps] Lamps", nil
	back.Automated, back.Text = data.AutomatedList, "About Lamps\n\nThe list's footer"
	for name, order := range map[string][]data.Message{"ours first": {sent, back}, "the list's first": {back, sent}} {
		t.Run(name, func(t *testing.T) {
			db, now := clocked(t)
			ctx := context.Background()
			box := addMailbox(t, db)
			write(t, db, "", func(tx *Tx) error {
				return tx.PutAccount(data.Account{ID: "k", Name: "Kestrel", Domains: []string{"kestrel.example"}})
			})
			for i, m := range order {
				ingest(t, db, box, data.Batch{Mailbox: box.ID, Folder: "INBOX", Arrived: []data.Arrival{at(box, "INBOX", 1, uint32(i+1), m)}})
			}
			d, err := db.Interaction(ctx, data.InteractionIDOf(sent))
			if err != nil || d.Subject != "Lamps" || len(d.People) != 3 || len(d.Messages) != 2 || d.Direction != data.Out {
				t.Fatalf("with both copies: %+v, %v", d.Interaction, err)
			}
			var gone data.Location
			for _, m := range d.Messages {
				if m.Message.ID == sent.ID {
					gone = m.Locations[0]
				}
			}
			ingest(t, db, box, data.Batch{Mailbox: box.ID, Folder: "INBOX", Gone: []data.Location{gone}})
			*now = noon.Add(time.Hour)
			endRun(t, db, box.SourceName(), *now)
			d, err = db.Interaction(ctx, data.InteractionIDOf(sent))
			if err != nil || d.Subject != "[lamps] Lamps" || len(d.People) != 2 || len(d.Matches) != 0 || d.Reason != data.AutomatedList {
				t.Errorf("with the list's copy alone: %+v, %v", d, err)
			}
		})
	}
}

func TestAnEntryNamesAMailboxThatStillHasIt(t *testing.T) {
	db := open(t)
	box := addMailbox(t, db)
	var other data.Mailbox
	write(t, db, "", func(tx *Tx) (err error) {
		other, err = tx.PutMailbox(data.Mailbox{Address: "office@larkfield.example", Host: "imap.larkfield.example", Port: 993, Security: data.TLS})
		return err
	})
	mail := letter("1", "anna@kestrel.example", box.Address, "Lamps", noon.Add(-time.Hour))
	ingest(t, db, box, arriving(box, mail))
	ingest(t, db, other, arriving(other, mail))
	write(t, db, "", func(tx *Tx) error { return tx.DeleteMailbox(box.ID) })
	d, err := db.Interaction(context.Background(), data.InteractionIDOf(mail))
	if err != nil || d.Source != other.Address || len(d.Messages) != 1 {
		t.Errorf("after the first mailbox was removed: %+v, %v", d.Interaction, err)
	}
}

func TestAMailThatCannotBeReadIsCountedOnce(t *testing.T) {
	db := open(t)
	box := addMailbox(t, db)
	b := data.Batch{Mailbox: box.ID, Folder: "INBOX", Unreadable: []data.Unreadable{{Location: data.Location{Mailbox: box.ID, Folder: "INBOX", UIDValidity: 1, UID: 4}, Reason: "it breaks off"}}}
	ingest(t, db, box, b)
	if line := ingest(t, db, box, b); line.Seen != 1 || data.Sum(line.Skipped) != 1 {
		t.Errorf("a second time the ledger says %+v", line)
	}
}
