package store

import (
	"context"
	"testing"
	"time"

	"rapport/data"
)

func TestSignaturesProposeAndAreDeclined(t *testing.T) {
	db := open(t)
	ctx := context.Background()
	box := addMailbox(t, db)
	write(t, db, "", func(tx *Tx) error {
		if err := tx.PutAccount(data.Account{ID: "k", Name: "Kestrel", Domains: []string{"kestrel.example"}}); err != nil {
			return err
		}
		return tx.PutContact(data.Contact{ID: "a", AccountID: "k", Name: "Anna Kessler", Emails: []string{"anna@kestrel.example"}})
	})
	signed := letter("1", "anna@kestrel.example", box.Address, "Lamps", noon.Add(-time.Hour))
	signed.Text = "See you.\n\n-- \nAnna Kessler\nHead of Operations"
	bulk := letter("2", "anna@kestrel.example", box.Address, "News", noon)
	bulk.Text, bulk.Automated = "News.\n\n-- \nAnna Kessler\nHead of Newsletters", data.AutomatedList
	stranger := letter("3", "karin@northmoor.example", box.Address, "Hello", noon.Add(-2*time.Hour))
	stranger.From[0].Name, stranger.Text = "Karin Holt", "Hello.\n\nBest regards\nKarin Holt\nEstates Manager\n+44 20 7946 0000"
	ingest(t, db, box, arriving(box, signed, bulk, stranger))
	list, err := db.ContactProposals(ctx, "k", noon)
	if err != nil || len(list) != 1 || list[0].Value != "Head of Operations" || list[0].Source != data.InteractionIDOf(signed) {
		t.Fatalf("proposed is %+v, %v", list, err)
	}
	u := write(t, db, "declined", func(tx *Tx) error { return tx.DeclineProposal(list[0]) })
	if again, err := db.ContactProposals(ctx, "", noon); err != nil || len(again) != 0 {
		t.Errorf("declined, it is proposed again: %+v, %v", again, err)
	}
	if _, err := db.Undo(ctx, u.ID); err != nil {
		t.Fatal(err)
	}
	if again, err := db.ContactProposals(ctx, "", noon); err != nil || len(again) != 1 {
		t.Errorf("undone: %+v, %v", again, err)
	}
	in, err := db.FilingInput(ctx, noon)
	if err != nil || len(in.Senders) != 1 {
		t.Fatalf("waiting are %+v, %v", in.Senders, err)
	}
	write(t, db, "filed", func(tx *Tx) error { return tx.FilePerson(in.Senders[0], "k", data.Customer, "") })
	filed, err := db.Contacts(ctx, "k")
	if err != nil || len(filed) != 2 || filed[1].Role != "Estates Manager" || filed[1].Phone != "+44 20 7946 0000" {
		t.Errorf("filed is %+v, %v", filed, err)
	}
}
