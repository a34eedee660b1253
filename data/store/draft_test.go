package store

import (
	"context"
	"errors"
	"testing"
	"time"

	"rapport/data"
)

// withMailbox is a workspace with a mailbox that may be given drafts.
func withMailbox(t *testing.T) (*DB, data.Mailbox) {
	db := open(t)
	var box data.Mailbox
	write(t, db, "", func(tx *Tx) (err error) {
		box, err = tx.PutMailbox(data.Mailbox{Address: "maya@larkfield.example", Host: "127.0.0.1", Port: 143, Security: data.Plain, User: "maya"})
		return err
	})
	return db, box
}

func keptDraft(t *testing.T, db *DB, box data.Mailbox) data.Draft {
	t.Helper()
	d := data.Draft{
		Mailbox: box.ID, From: data.Address{Email: "maya@larkfield.example"}, To: []data.Address{{Email: "Anna@Kestrel.example"}}, Subject: "Night test",
		Text: "Yes.", InReplyTo: "two@kestrel.example", References: []string{"two@kestrel.example"},
	}
	write(t, db, "", func(tx *Tx) (err error) {
		d, err = tx.PutDraft(d)
		return err
	})
	return d
}

func queue(db *DB, d data.Draft, yes bool, wait time.Duration) (Undo, error) {
	return db.Write(context.Background(), "Draft to Anna goes to Drafts", func(tx *Tx) error { return tx.QueueDraft(d.ID, yes, tx.Now().Add(wait)) })
}

func due(t *testing.T, db *DB, after time.Duration) []data.Outgoing {
	t.Helper()
	list, _, err := db.Outgoing(context.Background(), noon.Add(after))
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func stateOf(t *testing.T, db *DB, d data.Draft) data.DraftState {
	t.Helper()
	got, err := db.Draft(context.Background(), d.ID)
	if err != nil {
		t.Fatal(err)
	}
	return got.State()
}

func TestADraftGoesItsWay(t *testing.T) {
	db, box := withMailbox(t)
	ctx := context.Background()
	d := keptDraft(t, db, box)
	if d.MessageID == "" || d.To[0].Email != "anna@kestrel.example" || stateOf(t, db, d) != data.DraftKept {
		t.Fatalf("kept as %+v", d)
	}
	if _, err := queue(db, d, true, 8*time.Second); err != nil {
		t.Fatal(err)
	}
	if list := due(t, db, 0); len(list) != 0 {
		t.Errorf("it is due before its time: %+v", list)
	}
	list := due(t, db, 8*time.Second)
	if len(list) != 1 || list[0].Draft.MessageID != d.MessageID || !list[0].Yes || list[0].Again || !list[0].Draft.QueuedAt.Equal(noon) {
		t.Fatalf("due: %+v", list)
	}
	if o, err := db.Outbox(ctx); err != nil || o.Drafts != 1 {
		t.Errorf("outbox %+v, %v", o, err)
	}
	if _, err := db.Write(ctx, "", func(tx *Tx) error { _, err := tx.PutDraft(d); return err }); !errors.Is(err, data.ErrConflict) {
		t.Errorf("a draft that was let go can be changed: %v", err)
	}
	write(t, db, "", func(tx *Tx) error { return tx.Leave(list[0].ID) })
	write(t, db, "", func(tx *Tx) error { return tx.Stay(list[0], "no network", noon.Add(time.Minute), false) })
	if again := due(t, db, time.Minute); len(again) != 1 || !again[0].Again || again[0].Tries != 1 {
		t.Errorf("the second try: %+v", again)
	}
	if got, _ := db.Draft(ctx, d.ID); got.Problem != "no network" {
		t.Errorf("problem %q", got.Problem)
	}
	write(t, db, "", func(tx *Tx) error { return tx.Arrived(list[0], data.Delivered{Folder: "Drafts"}) })
	if got, _ := db.Draft(ctx, d.ID); got.State() != data.DraftPut || got.Folder != "Drafts" || got.Problem != "" {
		t.Errorf("arrived as %+v", got)
	}
	if list := due(t, db, time.Hour); len(list) != 0 {
		t.Errorf("it is due again: %+v", list)
	}
}

func TestADraftLeavesOnlyWithAYes(t *testing.T) {
	db, box := withMailbox(t)
	d := keptDraft(t, db, box)
	_, err := queue(db, d, false, 0)
	if p, ok := data.AsProblem(err); !ok || p.Kind != data.DraftForbidden || len(due(t, db, time.Hour)) != 0 {
		t.Fatalf("without a yes: %v", err)
	}
	write(t, db, "", func(tx *Tx) error { return tx.AllowDrafts(box.ID, true) })
	if _, err = queue(db, d, false, 0); err != nil {
		t.Errorf("with the mailbox's setting: %v", err)
	}

	nowhere := keptDraft(t, db, data.Mailbox{})
	var invalid *data.Invalid
	if _, err = queue(db, nowhere, true, 0); !errors.As(err, &invalid) || invalid.Field != "mailbox" {
		t.Errorf("without a mailbox: %v", err)
	}
}

func TestADraftIsCalledBackUntilItLeaves(t *testing.T) {
	db, box := withMailbox(t)
	ctx := context.Background()
	d := keptDraft(t, db, box)
	u, err := queue(db, d, true, 0)
	if err != nil {
		t.Fatal(err)
	}
	forward, err := db.Undo(ctx, u.ID)
	if err != nil || stateOf(t, db, d) != data.DraftKept || len(due(t, db, time.Hour)) != 0 {
		t.Fatalf("called back: %v, %s", err, stateOf(t, db, d))
	}
	if _, err := db.Undo(ctx, forward.ID); err != nil || stateOf(t, db, d) != data.DraftWait || len(due(t, db, time.Hour)) != 1 {
		t.Fatalf("let go again: %v", err)
	}

	o := due(t, db, time.Hour)[0]
	write(t, db, "", func(tx *Tx) error { return tx.Leave(o.ID) })
	var invalid *data.Invalid
	if _, err := db.Write(ctx, "", func(tx *Tx) error { return tx.DeleteDraft(d.ID) }); !errors.As(err, &invalid) {
		t.Errorf("thrown away while it leaves: %v", err)
	}
	write(t, db, "", func(tx *Tx) error { return tx.Stay(o, "cut", noon, true) })
	if _, err := db.Write(ctx, "", func(tx *Tx) error { return tx.DeleteDraft(d.ID) }); !errors.As(err, &invalid) {
		t.Errorf("thrown away though it may have arrived: %v", err)
	}
	write(t, db, "", func(tx *Tx) error { return tx.Arrived(o, data.Delivered{Folder: "Drafts"}) })
	write(t, db, "Before it", func(tx *Tx) error { return nil })
	if _, err := db.UndoLast(ctx); !errors.As(err, &invalid) || stateOf(t, db, d) != data.DraftPut {
		t.Errorf("undone after it arrived: %v", err)
	}
	if _, err := db.UndoLast(ctx); !errors.Is(err, data.ErrNotFound) {
		t.Errorf("a way back that leads nowhere stands in the way: %v", err)
	}
}

func TestWhatWasCalledBackDoesNotLeave(t *testing.T) {
	db, box := withMailbox(t)
	d := keptDraft(t, db, box)
	u, err := queue(db, d, true, 0)
	if err != nil {
		t.Fatal(err)
	}
	o := due(t, db, 0)[0]
	if _, err := db.Undo(context.Background(), u.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Write(context.Background(), "", func(tx *Tx) error { return tx.Leave(o.ID) }); !errors.Is(err, data.ErrNotFound) {
		t.Errorf("it leaves all the same: %v", err)
	}
}

func TestAThrownAwayDraftComesBack(t *testing.T) {
	db, box := withMailbox(t)
	ctx := context.Background()
	d := keptDraft(t, db, box)
	if _, err := queue(db, d, true, 0); err != nil {
		t.Fatal(err)
	}
	u := write(t, db, "Draft thrown away", func(tx *Tx) error { return tx.DeleteDraft(d.ID) })
	if _, err := db.Draft(ctx, d.ID); !errors.Is(err, data.ErrNotFound) || len(due(t, db, time.Hour)) != 0 {
		t.Fatalf("thrown away: %v", err)
	}
	if _, err := db.Undo(ctx, u.ID); err != nil || stateOf(t, db, d) != data.DraftWait || len(due(t, db, time.Hour)) != 1 {
		t.Errorf("back again: %v", err)
	}
}

func TestTheSentCopySettlesADraft(t *testing.T) {
	db, box := withMailbox(t)
	ctx := context.Background()
	d := keptDraft(t, db, box)
	if _, err := queue(db, d, true, 0); err != nil {
		t.Fatal(err)
	}
	copyOf := data.Message{
		ID: "s1", MessageID: "anew@larkfield.example", InReplyTo: "two@kestrel.example", Date: noon.Add(time.Hour), Subject: "Re: Night test",
		From: []data.Address{{Email: "maya@larkfield.example"}}, To: []data.Address{{Email: "anna@kestrel.example"}},
	}
	place := data.Location{Mailbox: box.ID, Folder: "Sent", UIDValidity: 1, UID: 1}
	b := data.Batch{Mailbox: box.ID, Folder: "Sent", OnServer: -1, Arrived: []data.Arrival{{Message: copyOf, Location: place}}}
	if _, err := db.Ingest(ctx, "mail:maya@larkfield.example", "maya", noon, b); err != nil {
		t.Fatal(err)
	}
	if got := stateOf(t, db, d); got != data.DraftSent {
		t.Errorf("state %q", got)
	}
	if list := due(t, db, time.Hour); len(list) != 0 {
		t.Errorf("it still waits to leave: %+v", list)
	}
}

func TestDraftsOutliveTheirMailbox(t *testing.T) {
	db, box := withMailbox(t)
	d := keptDraft(t, db, box)
	if _, err := queue(db, d, true, 0); err != nil {
		t.Fatal(err)
	}
	write(t, db, "", func(tx *Tx) error { return tx.DeleteMailbox(box.ID) })
	if stateOf(t, db, d) != data.DraftKept || len(due(t, db, time.Hour)) != 0 {
		t.Errorf("state %q, %d wait", stateOf(t, db, d), len(due(t, db, time.Hour)))
	}
}

func TestDraftFactsKnowPeopleAndTheConversation(t *testing.T) {
	db, box := withMailbox(t)
	ctx := context.Background()
	anna, shop := data.Address{Name: "Anna", Email: "anna@kestrel.example"}, data.Address{Email: "news@shop.example"}
	mail := func(id string, hours int, from data.Address, automated string, refs ...string) data.Arrival {
		return data.Arrival{Message: data.Message{
			ID: id, MessageID: id + "@x", References: refs, Date: noon.Add(time.Duration(hours) * time.Hour), From: []data.Address{from},
			To: []data.Address{{Email: "maya@larkfield.example"}}, Automated: automated, Subject: id,
		}, Location: data.Location{Mailbox: box.ID, Folder: "INBOX", UIDValidity: 1, UID: uint32(hours + 10)}}
	}
	b := data.Batch{Mailbox: box.ID, Folder: "INBOX", OnServer: -1, Arrived: []data.Arrival{mail("one", 0, anna, ""), mail("two", 1, anna, "", "one@x"), mail("ad", 2, shop, data.AutomatedBulk)}}
	if _, err := db.Ingest(ctx, "mail:maya@larkfield.example", "maya", noon, b); err != nil {
		t.Fatal(err)
	}
	f, err := db.DraftFacts(ctx, data.Draft{Answers: "one", To: []data.Address{anna, shop, {Email: "nobody@x.example"}}})
	if err != nil {
		t.Fatal(err)
	}
	if f.Seen[anna.Email] != (data.AddressSeen{Mails: 2}) || f.Seen[shop.Email].Automated != data.AutomatedBulk || f.Seen["nobody@x.example"].Mails != 0 {
		t.Errorf("seen %+v", f.Seen)
	}
	if len(f.Thread) != 2 || !f.AnsweredAt.Equal(noon) || f.Thread[1].Subject != "two" {
		t.Errorf("thread %+v, answered %s", f.Thread, f.AnsweredAt)
	}
}
