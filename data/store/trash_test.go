package store

import (
	"context"
	"errors"
	"testing"
	"time"

	"rapport/data"
)

func TestWhatWasDeletedComesBackAsItWas(t *testing.T) {
	ctx := context.Background()
	maya, elin := shared(t, "maya", data.Owner), shared(t, "elin", data.Editor)
	write(t, maya, "added", putKestrel)
	write(t, maya, "added", func(tx *Tx) error {
		return tx.PutContact(data.Contact{ID: "mine", Name: "Nobody's", Emails: []string{"n@elsewhere.example"}})
	})
	share(t, maya, "k")
	receive(t, elin, sent(t, maya))
	write(t, elin, "deleted", func(tx *Tx) error { return tx.DeleteContact("anna") })
	receive(t, maya, sent(t, elin))
	write(t, maya, "deleted", func(tx *Tx) error { return tx.DeleteContact("mine") })
	trash, err := maya.Trash(ctx, noon)
	if err != nil || len(trash) != 2 {
		t.Fatalf("the trash has %+v, %v", trash, err)
	}
	for _, d := range trash {
		if mine := d.ID == "mine"; d.Mine != mine || (d.Space == "") != mine || (d.Account == "k") == mine {
			t.Errorf("in the trash is %+v", d)
		}
	}
	before, err := elin.Contact(ctx, "anna")
	if !errors.Is(err, data.ErrNotFound) {
		t.Fatalf("%+v, %v", before, err)
	}
	anna, mine := data.ThingRef{Kind: data.KindContact, ID: "anna"}, data.ThingRef{Kind: data.KindContact, ID: "mine"}
	write(t, maya, "back", func(tx *Tx) error { return tx.BringBack(mine) })
	if c, err := maya.Contact(ctx, "mine"); err != nil || len(c.Emails) != 1 {
		t.Errorf("it came back as %+v, %v", c, err)
	}
	undo := write(t, maya, "back", func(tx *Tx) error { return tx.BringBack(anna) })
	receive(t, elin, sent(t, maya))
	for _, db := range []*DB{maya, elin} {
		if c, err := db.Contact(ctx, "anna"); err != nil || c.AccountID != "k" {
			t.Errorf("she came back as %+v, %v", c, err)
		}
		if trash, err := db.Trash(ctx, noon); err != nil || len(trash) != 0 {
			t.Errorf("the trash has %+v, %v", trash, err)
		}
	}
	if _, err := maya.Write(ctx, "back", func(tx *Tx) error { return tx.BringBack(anna) }); !errors.Is(err, data.ErrNotFound) {
		t.Errorf("twice: %v", err)
	}
	if _, err := maya.Undo(ctx, undo.ID); err != nil {
		t.Fatal(err)
	}
	if trash, err := maya.Trash(ctx, noon); err != nil || len(trash) != 1 || trash[0].ID != "anna" {
		t.Errorf("undone, the trash has %+v, %v", trash, err)
	}
	if trash, err := maya.Trash(ctx, noon.Add(data.TrashKept+time.Hour)); err != nil || len(trash) != 0 {
		t.Errorf("after 90 days the trash has %+v, %v", trash, err)
	}
}
