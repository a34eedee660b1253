package store

import (
	"context"
	"errors"
	"strings"
	"testing"

	"rapport/data"
)

func ruled(t *testing.T, db *DB) []string {
	t.Helper()
	list, err := db.ShareInputs(context.Background(), "box", 5)
	if err != nil {
		t.Fatal(err)
	}
	var rules []string
	for _, in := range list {
		rules = append(rules, in.Mail.Subject+" "+string(in.Rule()))
	}
	return rules
}

func TestARuleOfItsOwnCountsInPlaceOfTheMailboxes(t *testing.T) {
	db := mailed(t, mailFrom("a", 2, priya, "Hello"), mailFrom("b", 1, priya, "Budget"), mailFrom("c", 1, otto, "Nobody's"))
	expect := func(what string, want ...string) {
		t.Helper()
		if got := ruled(t, db); strings.Join(got, ", ") != strings.Join(want, ", ") {
			t.Errorf("%s: %v, want %v", what, got, want)
		}
	}
	expect("at first mail is private, and only what is on a timeline counts", "Mail b nothing", "Mail a nothing")
	boxes, err := db.Mailboxes(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	boxes[0].Share = data.ShareSubject
	write(t, db, "Rule", func(tx *Tx) error { _, err := tx.Choose(boxes[0]); return err })
	expect("the mailbox's", "Mail b subject", "Mail a subject")
	list, err := db.ShareInputs(context.Background(), "box", 1)
	if err != nil || len(list) != 1 || list[0].Space["priya"] != "Priya Rao" || list[0].Account != "nu" {
		t.Fatalf("the newest is %+v, %v", list, err)
	}
	thread := list[0].Mail.Thread
	write(t, db, "", func(tx *Tx) error {
		return tx.PutShareException(ShareException{Conversation: thread, Share: data.ShareText})
	})
	expect("a conversation's", "Mail b text", "Mail a subject")
	u := write(t, db, "Private", func(tx *Tx) error {
		return tx.PutShareException(ShareException{Contact: "priya", Share: data.ShareNothing})
	})
	expect("a private contact's", "Mail b nothing", "Mail a nothing")
	if _, err := db.Undo(context.Background(), u.ID); err != nil {
		t.Fatal(err)
	}
	expect("after undo", "Mail b text", "Mail a subject")
	write(t, db, "", func(tx *Tx) error { return tx.PutShareException(ShareException{Conversation: thread}) })
	expect("the conversation's taken back", "Mail b subject", "Mail a subject")
}

func TestAnExceptionNeedsSomebodyAndARule(t *testing.T) {
	db := mailed(t)
	for _, e := range []ShareException{{Share: data.ShareText}, {Contact: "priya", Share: "all"}} {
		_, err := db.Write(context.Background(), "", func(tx *Tx) error { return tx.PutShareException(e) })
		if !errors.As(err, new(*data.Invalid)) {
			t.Errorf("%+v: %v", e, err)
		}
	}
}
