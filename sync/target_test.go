package sync

import (
	"context"
	"errors"
	"testing"
	"time"

	"rapport/data"
	"rapport/data/sample"
	"rapport/data/store"
	"rapport/sync/demo"
	"rapport/sync/mail"
)

// outbound is a workspace with a mailbox on a real server, and a draft that was
// let go.
func outbound(t *testing.T, now func() time.Time) (*store.DB, keysInMemory, data.Mailbox, data.Draft) {
	t.Helper()
	servers, err := demo.Serve(t.Context(), sample.Make(sample.Options{Mails: 1}))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { servers.Close() })
	db, keys := workspace(t, now)
	box, err := AddMailbox(t.Context(), db, keys, data.Mailbox{
		Address: servers.User, Host: servers.IMAPHost, Port: servers.IMAPPort, Security: data.Plain, User: servers.User}, servers.Password)
	if err != nil {
		t.Fatal(err)
	}
	d := data.Draft{Mailbox: box.ID, From: data.Address{Email: box.Address}, To: []data.Address{{Email: "anna@kestrel.example"}}, Subject: "Night test", Text: "Yes."}
	letGo(t, db, &d)
	return db, keys, box, d
}

func letGo(t *testing.T, db *store.DB, d *data.Draft) {
	t.Helper()
	_, err := db.Write(t.Context(), "Draft goes", func(tx *store.Tx) (err error) {
		if *d, err = tx.PutDraft(*d); err != nil {
			return err
		}
		return tx.QueueDraft(d.ID, true, tx.Now())
	})
	if err != nil {
		t.Fatal(err)
	}
}

func draftNow(t *testing.T, db *store.DB, id string) data.Draft {
	t.Helper()
	d, err := db.Draft(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestADraftLeavesWithTheNextPass(t *testing.T) {
	db, keys, box, d := outbound(t, time.Now)
	e := New(db, keys, Options{})
	if _, err := e.Once(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := draftNow(t, db, d.ID); got.State() != data.DraftPut || got.Folder != "Drafts" {
		t.Fatalf("%s, in %q, problem %q", got.State(), got.Folder, got.Problem)
	}
	// It lies there once, and is no entry of a timeline.
	got, err := mail.Drafts{Source: mail.Source{Mailbox: box, Password: secretOf(keys, box.SecretName(), "")}}.Put(t.Context(), data.Outgoing{Draft: draftNow(t, db, d.ID)})
	if err != nil || !got.Had {
		t.Errorf("on the server: %+v, %v", got, err)
	}
	if _, err := e.Once(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Message(t.Context(), d.MessageID); !errors.Is(err, data.ErrNotFound) {
		t.Errorf("the draft was read as mail: %v", err)
	}
}

func TestADraftWaitsForTheNetworkAndGoesThen(t *testing.T) {
	clock := time.Now().Truncate(time.Second)
	db, keys, box, d := outbound(t, func() time.Time { return clock })
	port := box.Port
	change := func(port int) {
		box.Port = port
		if _, err := db.Write(t.Context(), "", func(tx *store.Tx) error { _, err := tx.PutMailbox(box); return err }); err != nil {
			t.Fatal(err)
		}
	}
	change(1)
	e := New(db, keys, Options{Now: func() time.Time { return clock }})
	if err := e.send(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	o, err := db.Outbox(t.Context())
	if got := draftNow(t, db, d.ID); err != nil || got.State() != data.DraftWait || got.Problem == "" || o.Problem != got.Problem || o.Drafts != 1 {
		t.Fatalf("%s, problem %q, outbox %+v, %v", got.State(), got.Problem, o, err)
	}
	change(port)
	if err := e.send(t.Context(), false); err != nil || draftNow(t, db, d.ID).State() != data.DraftWait {
		t.Errorf("it tried again at once: %v", err)
	}
	clock = clock.Add(data.Backoff(1, 0))
	if err := e.send(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	if got := draftNow(t, db, d.ID); got.State() != data.DraftPut {
		t.Errorf("%s, problem %q", got.State(), got.Problem)
	}
}

func TestAWithdrawnYesHoldsADraftBack(t *testing.T) {
	db, keys, box, _ := outbound(t, time.Now)
	d := data.Draft{Mailbox: box.ID, From: data.Address{Email: box.Address}, To: []data.Address{{Email: "anna@kestrel.example"}}, Subject: "Second"}
	allow := func(on bool) {
		if _, err := db.Write(t.Context(), "", func(tx *store.Tx) error { return tx.AllowDrafts(box.ID, on) }); err != nil {
			t.Fatal(err)
		}
	}
	allow(true)
	_, err := db.Write(t.Context(), "", func(tx *store.Tx) (err error) {
		if d, err = tx.PutDraft(d); err != nil {
			return err
		}
		return tx.QueueDraft(d.ID, false, tx.Now())
	})
	if err != nil {
		t.Fatal(err)
	}
	allow(false)
	e := New(db, keys, Options{})
	if err := e.Send(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := draftNow(t, db, d.ID); got.State() != data.DraftWait || got.Problem == "" {
		t.Errorf("%s, problem %q", got.State(), got.Problem)
	}
	allow(true)
	if err := e.Send(t.Context()); err != nil || draftNow(t, db, d.ID).State() != data.DraftPut {
		t.Errorf("after the yes: %v, %s", err, draftNow(t, db, d.ID).State())
	}
}

func TestTheRunningEngineSendsWhatACommandWrites(t *testing.T) {
	db, keys, _, d := outbound(t, time.Now)
	ctx, cancel := context.WithCancel(t.Context())
	put := make(chan struct{}, 1)
	defer db.Watch(func(c store.Changed) {
		if got, err := db.Draft(ctx, d.ID); err == nil && got.State() == data.DraftPut {
			select {
			case put <- struct{}{}:
			default:
			}
		}
	})()
	ended := make(chan error, 1)
	go func() { ended <- New(db, keys, Options{}).Run(ctx) }()
	select {
	case <-put:
	case <-time.After(30 * time.Second):
		t.Error("the draft never left")
	}
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func TestASampleMailboxTakesNoDrafts(t *testing.T) {
	db, _, box, _ := outbound(t, time.Now)
	_, err := db.Write(t.Context(), "", func(tx *store.Tx) error {
		if err := tx.PutSettingList(store.SettingSample, []string{box.SourceName()}); err != nil {
			return err
		}
		d, err := tx.PutDraft(data.Draft{Mailbox: box.ID, From: data.Address{Email: box.Address}, To: []data.Address{{Email: "anna@kestrel.example"}}, Subject: "x"})
		if err != nil {
			return err
		}
		return tx.QueueDraft(d.ID, true, tx.Now())
	})
	var invalid *data.Invalid
	if !errors.As(err, &invalid) {
		t.Errorf("got %v", err)
	}
}
