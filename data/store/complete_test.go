package store

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"rapport/data"
)

func TestACutMailIsCompleted(t *testing.T) {
	db := open(t)
	ctx := context.Background()
	box := addMailbox(t, db)
	write(t, db, "", func(tx *Tx) error {
		return tx.PutAccount(data.Account{ID: "k", Name: "Kestrel", Domains: []string{"kestrel.example"}})
	})
	mail := letter("1", "anna@kestrel.example", "maya@larkfield.example", "Lamps", noon.Add(-time.Hour))
	mail.Text, mail.TextCut, mail.Odd = "The dimmers first", true, []string{"too large to be read whole; its beginning was read"}
	other := letter("2", "anna@kestrel.example", "maya@larkfield.example", "Dimmers", noon.Add(-2*time.Hour))
	if _, err := db.Ingest(ctx, box.SourceName(), box.Address, noon, arriving(box, mail, other)); err != nil {
		t.Fatal(err)
	}
	whole := data.Message{
		Text: "The dimmers first, and then the lanterns", Attached: []data.Attachment{{Name: "a.pdf", Type: "application/pdf", Size: 3, Hash: "abc"}},
		Form: data.Form{Signed: "PGP"},
	}
	write(t, db, "", func(tx *Tx) error { return tx.CompleteMessage(mail.ID, whole) })

	m, err := db.Message(ctx, mail.ID)
	if err != nil {
		t.Fatal(err)
	}
	if m.Text != whole.Text || m.TextCut || len(m.Attached) != 1 || m.Attached[0] != whole.Attached[0] || m.Form != whole.Form || len(m.Odd) != 0 {
		t.Errorf("it is kept as %+v", m)
	}
	if m.Subject != "Lamps" || m.Sender().Email != "anna@kestrel.example" || len(m.Locations) != 1 || m.Account != "k" {
		t.Errorf("it lost %+v", m)
	}
	for words, want := range map[string]int{"lanterns": 1, "dimmers": 2, "lamps": 1, "dimmers lanterns": 1} {
		found, err := db.Search(ctx, words, 10)
		if err != nil || len(found.Messages) != want {
			t.Errorf("%s finds %d mails, %v; want %d", words, len(found.Messages), err, want)
		}
	}
	list, err := db.Timeline(ctx, data.TimelineQuery{Account: "k"}, noon)
	if err != nil || len(list) != 2 || !strings.HasSuffix(list[0].Preview, "the lanterns") {
		t.Errorf("the timeline has %+v, %v", list, err)
	}
	if _, err := db.Write(ctx, "", func(tx *Tx) error { return tx.CompleteMessage("nobody", whole) }); !errors.Is(err, data.ErrNotFound) {
		t.Errorf("of a mail that is not there it says %v", err)
	}
}

func TestTheFormOfAMailIsKept(t *testing.T) {
	db := open(t)
	ctx := context.Background()
	box := addMailbox(t, db)
	write(t, db, "", func(tx *Tx) error {
		return tx.PutAccount(data.Account{ID: "k", Name: "Kestrel", Domains: []string{"kestrel.example"}})
	})
	mail := letter("1", "anna@kestrel.example", "maya@larkfield.example", "Lamps", noon.Add(-time.Hour))
	mail.Text, mail.Form = "", data.Form{Encrypted: "S/MIME", Calendar: true}
	if _, err := db.Ingest(ctx, box.SourceName(), box.Address, noon, arriving(box, mail)); err != nil {
		t.Fatal(err)
	}
	if m, err := db.Message(ctx, mail.ID); err != nil || m.Form != mail.Form {
		t.Errorf("kept as %+v, %v", m.Form, err)
	}
	list, err := db.Timeline(ctx, data.TimelineQuery{Account: "k"}, noon)
	if err != nil || len(list) != 1 || list[0].Preview != data.EncryptedWords {
		t.Errorf("the timeline has %+v, %v", list, err)
	}
}
