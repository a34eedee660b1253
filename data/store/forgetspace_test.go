package store

import (
	"context"
	"errors"
	"strings"
	"testing"

	"rapport/data"
)

// leftSpace is a workspace that brought an account into a space, to which others wrote
// since, and that is no member any more.
func leftSpace(t *testing.T) *DB {
	t.Helper()
	db := shared(t, "maya", data.Owner)
	write(t, db, "", func(tx *Tx) error {
		for _, a := range []data.Account{{ID: "k", Name: "Kestrel"}, {ID: "own", Name: "Own"}} {
			if err := tx.PutAccount(a); err != nil {
				return err
			}
		}
		if err := tx.PutContact(data.Contact{ID: "anna", AccountID: "k", Name: "Anna"}); err != nil {
			return err
		}
		if err := tx.PutContact(data.Contact{ID: "gone", AccountID: "k", Name: "Gone"}); err != nil {
			return err
		}
		_, err := tx.ShareAccount("k", teamSpace)
		return err
	})
	write(t, db, "", func(tx *Tx) error {
		if err := tx.ChangeAccount("k", func(a *data.Account) { a.Name = "Kestrel Museums" }); err != nil {
			return err
		}
		if err := tx.PutContact(data.Contact{ID: "new", AccountID: "k", Name: "New"}); err != nil {
			return err
		}
		if err := tx.DeleteContact("gone"); err != nil {
			return err
		}
		_, err := PutPart(tx, data.Promise{Belongs: data.Belongs{Account: "k", Contact: "anna"}, By: data.Us, What: "Lamps"})
		return err
	})
	return db
}

func leave(t *testing.T, db *DB) {
	t.Helper()
	write(t, db, "", func(tx *Tx) error {
		return tx.PutMembers(teamSpace, []data.Member{{ID: "maya", Name: "maya", Side: data.Us}, {ID: "other", Name: "Jonas Weber", Side: data.Us, Role: data.Owner}})
	})
}

// whoStands are the names of accounts and contacts, and how many promises there are.
func whoStands(t *testing.T, db *DB) (names string, promises int) {
	t.Helper()
	ctx := context.Background()
	list, err := query(ctx, db.read, scanString, `SELECT name FROM account UNION ALL SELECT name FROM contact ORDER BY 1`)
	if err != nil {
		t.Fatal(err)
	}
	p, err := Parts[data.Promise](ctx, db, PartQuery{})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(list, ", "), len(p)
}

func TestASpaceIsForgotten(t *testing.T) {
	ctx := context.Background()
	for _, c := range []struct {
		keep     bool
		names    string
		promises int
	}{
		{true, "Anna, Kestrel Museums, New, Own", 1},
		{false, "Anna, Gone, Kestrel, Own", 0},
	} {
		db := leftSpace(t)
		var no *data.Invalid
		if _, err := db.Write(ctx, "", func(tx *Tx) error { _, err := tx.ForgetSpace(teamSpace, c.keep); return err }); !errors.As(err, &no) || !strings.Contains(no.Says, "leave it first") {
			t.Fatalf("a member forgets: %v", err)
		}
		leave(t, db)
		var n int
		write(t, db, "", func(tx *Tx) (err error) { n, err = tx.ForgetSpace(teamSpace, c.keep); return err })
		if n != 4 {
			t.Errorf("keep %v: %d things, want 4", c.keep, n)
		}
		names, promises := whoStands(t, db)
		if names != c.names || promises != c.promises {
			t.Errorf("keep %v: %s and %d promises stand, want %s and %d", c.keep, names, promises, c.names, c.promises)
		}
		if _, err := db.Space(ctx, teamSpace); !errors.Is(err, data.ErrNotFound) {
			t.Errorf("the space is here: %v", err)
		}
		for _, table := range []string{"home", "version", "change", "piece", "member", "wire_id", "own_log", "to_observe"} {
			left, err := one(ctx, db.read, scanInt, `SELECT count(*) FROM `+table+` WHERE space_id = ?`, teamSpace)
			if err != nil || left > 0 {
				t.Errorf("%s keeps %d rows, %v", table, left, err)
			}
		}
		write(t, db, "", func(tx *Tx) error { return tx.ChangeAccount("k", func(a *data.Account) { a.Name = "Mine" }) })
		before, _ := whoStands(t, db)
		if err := db.RebuildSpace(ctx, localSpace); err != nil {
			t.Fatal(err)
		}
		if after, _ := whoStands(t, db); after != before || !strings.Contains(after, "Mine") {
			t.Errorf("built anew from its log it is %s, was %s", after, before)
		}
	}
}

func TestASpaceThatNobodyLetUsIntoIsForgotten(t *testing.T) {
	db := open(t)
	write(t, db, "", func(tx *Tx) error {
		return tx.AddSpace(data.Space{ID: teamSpace, Name: "Larkfield", Kind: data.TeamSpace, Self: "maya"}, []byte(strings.Repeat("k", 32)), "devicemaya")
	})
	write(t, db, "", func(tx *Tx) error { _, err := tx.ForgetSpace(teamSpace, true); return err })
	if list, err := db.Spaces(context.Background()); err != nil || len(list) != 0 {
		t.Errorf("%+v, %v", list, err)
	}
	if _, err := db.Write(context.Background(), "", func(tx *Tx) error { _, err := tx.ForgetSpace(teamSpace, true); return err }); !errors.Is(err, data.ErrNotFound) {
		t.Errorf("twice: %v", err)
	}
}
