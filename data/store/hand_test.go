package store

import (
	"context"
	"errors"
	"testing"
	"time"

	"rapport/data"
)

func TestOneMailIsFiledByHandAndStaysSo(t *testing.T) {
	db := open(t)
	ctx := context.Background()
	box := addMailbox(t, db)
	write(t, db, "", func(tx *Tx) error {
		for _, a := range []data.Account{{ID: "k", Name: "Kestrel", Domains: []string{"kestrel.example"}}, {ID: "h", Name: "Harbour"}} {
			if err := tx.PutAccount(a); err != nil {
				return err
			}
		}
		return tx.PutEntry(data.Entry{ID: "e", Kind: data.Call, At: noon.Add(-time.Hour), Account: "k", Text: "Spoke"}, time.Time{})
	})
	m := letter("1", "anna@kestrel.example", box.Address, "Lamps", noon.Add(-time.Hour))
	other := letter("2", "anna@kestrel.example", box.Address, "Cables", noon.Add(-2*time.Hour))
	inside := letter("3", "leon@larkfield.example", box.Address, "Lunch", noon.Add(-3*time.Hour))
	ingest(t, db, box, arriving(box, m, other, inside))
	id := data.InteractionIDOf(m)
	on := func(account string, on bool) Undo {
		return write(t, db, "filed", func(tx *Tx) error { return tx.FileByHand(id, account, on) })
	}
	wantTimeline(t, db, "k", "Lamps", "Spoke", "Cables")
	on("h", true)
	off := on("k", false)
	wantTimeline(t, db, "h", "Lamps")
	wantTimeline(t, db, "k", "Spoke", "Cables")

	// Nothing that files anew forgets it: not a copy, not another rule.
	copied := m
	copied.ID = data.MessageIDOf([]byte("another copy"))
	ingest(t, db, box, data.Batch{Mailbox: box.ID, Folder: "Sent", Arrived: []data.Arrival{at(box, "Sent", 1, 1, copied)}})
	write(t, db, "", func(tx *Tx) error {
		return tx.PutContact(data.Contact{ID: "a", AccountID: "k", Name: "Anna", Emails: []string{"anna@kestrel.example"}})
	})
	wantTimeline(t, db, "h", "Lamps")
	wantTimeline(t, db, "k", "Spoke", "Cables")

	gone := write(t, db, "gone", func(tx *Tx) error { return tx.DeleteAccount("h") })
	if d, err := db.Interaction(ctx, id); err != nil || len(d.Matches) != 0 || d.Reason != data.SkipByHand {
		t.Errorf("without its account it is %+v, %v", d, err)
	}
	for _, u := range []Undo{gone, off} {
		if _, err := db.Undo(ctx, u.ID); err != nil {
			t.Fatal(err)
		}
	}
	wantTimeline(t, db, "h", "Lamps")
	wantTimeline(t, db, "k", "Lamps", "Spoke", "Cables")
	if _, err := db.Write(ctx, "", func(tx *Tx) error { return tx.FileByHand("e", "h", true) }); !errors.Is(err, data.ErrConflict) {
		t.Errorf("a logged call is filed by hand: %v", err)
	}
	if d, err := db.Interaction(ctx, data.InteractionIDOf(inside)); err != nil || len(d.Matches) != 0 || d.Reason != data.SkipInternal {
		t.Errorf("mail among colleagues: %+v, %v", d, err)
	}
}

func TestADomainAndAPersonMoveWithAllOfTheirs(t *testing.T) {
	db := open(t)
	ctx := context.Background()
	box := addMailbox(t, db)
	write(t, db, "", func(tx *Tx) error {
		for _, a := range []data.Account{{ID: "k", Name: "Kestrel", Domains: []string{"kestrel.example"}}, {ID: "h", Name: "Harbour"}} {
			if err := tx.PutAccount(a); err != nil {
				return err
			}
		}
		return nil
	})
	ingest(t, db, box, arriving(box,
		letter("1", "anna@kestrel.example", box.Address, "Lamps", noon.Add(-time.Hour)),
		letter("2", "leon@kestrel.example", box.Address, "Cables", noon.Add(-2*time.Hour))))
	anna := write(t, db, "moved", func(tx *Tx) error { return tx.MoveSender(data.Address{Email: "anna@kestrel.example"}, "h") })
	wantTimeline(t, db, "h", "Lamps")
	wantTimeline(t, db, "k", "Cables")
	domain := write(t, db, "moved", func(tx *Tx) error { return tx.MoveDomain("kestrel.example", "h") })
	wantTimeline(t, db, "h", "Lamps", "Cables")
	wantTimeline(t, db, "k")
	for _, u := range []Undo{domain, anna} {
		if _, err := db.Undo(ctx, u.ID); err != nil {
			t.Fatal(err)
		}
	}
	wantTimeline(t, db, "k", "Lamps", "Cables")
	var invalid *data.Invalid
	if _, err := db.Write(ctx, "", func(tx *Tx) error { return tx.MoveDomain("gmail.com", "h") }); !errors.As(err, &invalid) {
		t.Errorf("free mail is given to an account: %v", err)
	}
}
