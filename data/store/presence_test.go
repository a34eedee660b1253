package store

import (
	"context"
	"testing"
	"time"

	"rapport/data"
	"rapport/data/change"
)

func TestPresenceSaysHowFarEachIs(t *testing.T) {
	ctx, db := context.Background(), shared(t, "maya", data.Owner)
	write(t, db, "", func(tx *Tx) error {
		if err := tx.PutAccount(data.Account{ID: "k", Name: "Kestrel Museums"}); err != nil {
			return err
		}
		_, err := tx.ShareAccount("k", teamSpace)
		return err
	})
	other := func() data.Member {
		t.Helper()
		list, err := db.Presence(ctx, teamSpace)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range list {
			if m.ID == "other" {
				return m
			}
		}
		t.Fatal("the member is gone")
		return data.Member{}
	}
	if m := other(); m.Lacks != 0 || !m.SeenUntil.IsZero() || data.SeenWords(m, time.Now()) != "" {
		t.Errorf("of who never said how far they are it is said %+v", m)
	}
	have, err := db.Have(ctx, teamSpace)
	if err != nil {
		t.Fatal(err)
	}
	write(t, db, "", func(tx *Tx) error { return tx.Heard(teamSpace, "other", have, tx.now) })
	if m := other(); m.Lacks != 0 || !m.SeenUntil.IsZero() {
		t.Errorf("who has all lacks %d since %v", m.Lacks, m.SeenUntil)
	}
	write(t, db, "", func(tx *Tx) error {
		return tx.ChangeAccount("k", func(a *data.Account) { a.Sector, a.Owner = "Museums", "Maya" })
	})
	m, all := other(), sent(t, db)
	if m.Lacks != 2 {
		t.Errorf("who was heard before two changes lacks %d", m.Lacks)
	}
	if first := all[len(all)-2]; !m.SeenUntil.Equal(first.At.Time()) {
		t.Errorf("they have seen all until %v, not %v", m.SeenUntil, first.At.Time())
	}
	write(t, db, "", func(tx *Tx) error { return tx.Heard(teamSpace, "other", change.Vector{}, tx.now) })
	if m := other(); m.Lacks != len(all) || !m.SeenUntil.Equal(all[0].At.Time()) {
		t.Errorf("who has nothing lacks %d of %d, since %v", m.Lacks, len(all), m.SeenUntil)
	}
}
