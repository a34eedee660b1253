package store

import (
	"context"
	"testing"
	"time"

	"rapport/data"
)

func TestColleagues(t *testing.T) {
	ctx, now := context.Background(), time.Date(2026, 11, 17, 9, 18, 0, 0, time.UTC)
	db, err := Open(ctx, t.TempDir(), Options{Now: func() time.Time { return now }, Instance: "test"})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	log := func(tx *Tx, account, by string, at time.Time) error {
		return tx.PutEntry(data.Entry{Kind: data.Call, At: at, Account: account, Text: "They agreed", By: by}, time.Time{})
	}
	_, err = db.Write(ctx, "logged", func(tx *Tx) error {
		for _, id := range []string{"k", "q"} {
			if err := tx.PutAccount(data.Account{ID: id, Name: "Account " + id}); err != nil {
				return err
			}
		}
		for _, by := range []string{"Tomas Ott", "Maya Lindqvist", "Maya Lindqvist"} {
			if err := log(tx, "k", by, now.AddDate(0, 0, -1)); err != nil {
				return err
			}
		}
		return log(tx, "q", "Elin Sand", now.AddDate(0, 0, -1))
	})
	if err != nil {
		t.Fatal(err)
	}
	got, err := db.Colleagues(ctx, "k", now)
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 2 || got[0].Name != "Maya Lindqvist" || got[0].Times != 2 || got[1].Name != "Tomas Ott" {
		t.Errorf("got %+v", got)
	}
	if before, _ := db.Colleagues(ctx, "k", now.AddDate(0, 0, -2)); len(before) != 0 {
		t.Errorf("before anything happened: %+v", before)
	}
}
