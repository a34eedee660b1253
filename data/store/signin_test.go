package store

import (
	"context"
	"testing"

	"rapport/data"
)

func TestAMailboxKeepsHowItIsSignedInTo(t *testing.T) {
	db := open(t)
	box := addMailbox(t, db)
	if box.SignIn != data.ByPassword {
		t.Errorf("a mailbox of a password is kept as %q", box.SignIn)
	}
	box.SignIn = data.ByToken("google")
	write(t, db, "", func(tx *Tx) error { _, err := tx.PutMailbox(box); return err })
	list, err := db.Mailboxes(context.Background())
	if err != nil || len(list) != 1 || list[0].SignIn != "oauth:google" {
		t.Errorf("it comes back as %+v, %v", list, err)
	}
}
