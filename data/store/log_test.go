package store

import (
	"context"
	"fmt"
	"testing"
	"time"

	"rapport/data"
	"rapport/data/change"

	"pgregory.net/rapid"
)

// replay builds every account, contact and entry again from the recorded
// changes alone, by the merge core's own replica.
func replay(t testing.TB, db *DB) *change.Replica {
	t.Helper()
	r := change.NewReplica()
	bodies, err := query(context.Background(), db.read, scanString, `SELECT body FROM change ORDER BY log, counter DESC`)
	if err != nil {
		t.Fatal(err)
	}
	for _, body := range bodies {
		c, err := change.Decode([]byte(body))
		if err != nil {
			t.Fatal(err)
		}
		r.Receive(c)
	}
	if r.Waiting() != 0 {
		t.Errorf("%d changes wait for others that were never recorded", r.Waiting())
	}
	return r
}

func accountsByReplay(t testing.TB, db *DB) map[string]data.Account {
	list := map[string]data.Account{}
	for ref, e := range replay(t, db).Entities {
		if ref.Kind == data.KindAccount && e.Fate() != change.Deleted {
			list[ref.ID] = data.AccountOf(ref.ID, shownFields(ref.Kind, e))
		}
	}
	return list
}

// TestTheLogAloneGivesTheSameAccounts does random edits and undos and compares
// the rows with what the changes say.
func TestTheLogAloneGivesTheSameAccounts(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		ctx := context.Background()
		dir := t.TempDir()
		db, err := Open(ctx, dir, Options{Now: func() time.Time { return noon }, Instance: "one"})
		if err != nil {
			t.Fatal(err)
		}
		defer func() { db.Close() }()
		for step := range rapid.IntRange(1, 15).Draw(r, "steps") {
			id := fmt.Sprint("a", rapid.IntRange(0, 2).Draw(r, "account"))
			switch rapid.SampledFrom([]string{"put", "put", "delete", "undo", "copy"}).Draw(r, "what") {
			case "put":
				a := data.Account{ID: id, Name: fmt.Sprint("Name ", step), Tier: rapid.SampledFrom(append(data.Tiers, "")).Draw(r, "tier")}
				if rapid.Bool().Draw(r, "with domain") {
					a.Domains = []string{id + ".example"}
				}
				if _, err := db.Write(ctx, "put", func(tx *Tx) error { return tx.PutAccount(a) }); err != nil {
					r.Fatal(err)
				}
			case "delete":
				if _, err := db.Account(ctx, id); err != nil {
					continue
				}
				if _, err := db.Write(ctx, "delete", func(tx *Tx) error { return tx.DeleteAccount(id) }); err != nil {
					r.Fatal(err)
				}
			case "undo":
				if _, err := db.UndoLast(ctx); err != nil && !isNotFound(err) {
					r.Fatal(err)
				}
			case "copy": // the folder goes on under another name, so under a new log
				db.Close()
				if db, err = Open(ctx, dir, Options{Now: func() time.Time { return noon }, Instance: fmt.Sprint("copy ", step)}); err != nil {
					r.Fatal(err)
				}
			}
		}
		want := accountsByReplay(t, db)
		rows, err := db.Accounts(ctx)
		if err != nil {
			r.Fatal(err)
		}
		if len(rows) != len(want) {
			r.Fatalf("%d rows, but the log gives %d accounts", len(rows), len(want))
		}
		for _, a := range rows {
			a.RecordedAt = time.Time{}
			if fmt.Sprintf("%+v", a) != fmt.Sprintf("%+v", want[a.ID]) {
				r.Errorf("the row is %+v, the log gives %+v", a, want[a.ID])
			}
		}
	})
}

// TestUndoGoesBackExactly does one random write and its undo, and compares all
// that people see.
func TestUndoGoesBackExactly(t *testing.T) {
	ctx := context.Background()
	base := func(t *testing.T) *DB {
		db := open(t)
		box := addMailbox(t, db)
		write(t, db, "", func(tx *Tx) error {
			if err := tx.PutAccount(data.Account{ID: "k", Name: "Kestrel", Domains: []string{"kestrel.example"}, Tier: "A", RecordedAt: noon.AddDate(-1, 0, 0)}); err != nil {
				return err
			}
			if err := tx.PutContact(data.Contact{ID: "a", AccountID: "k", Name: "Anna", Emails: []string{"anna@other.example"}}); err != nil {
				return err
			}
			return tx.PutEntry(data.Entry{ID: "e", Kind: data.Call, At: noon.Add(-time.Hour), Account: "k", Text: "Spoke"}, noon.AddDate(0, -1, 0))
		})
		if _, err := db.Ingest(ctx, box.SourceName(), box.Address, noon, arriving(box,
			letter("1", "anna@other.example", "maya@larkfield.example", "One", noon.Add(-2*time.Hour)),
			letter("2", "bo@kestrel.example", "maya@larkfield.example", "Two", noon.Add(-3*time.Hour)),
			letter("3", "cy@third.example", "maya@larkfield.example", "Three", noon.Add(-4*time.Hour)))); err != nil {
			t.Fatal(err)
		}
		return db
	}
	for name, do := range map[string]func(*Tx) error{
		"an account deleted": func(tx *Tx) error { return tx.DeleteAccount("k") },
		"an account changed": func(tx *Tx) error {
			return tx.PutAccount(data.Account{ID: "k", Name: "Other", Domains: []string{"third.example"}})
		},
		"an account added": func(tx *Tx) error {
			return tx.PutAccount(data.Account{Name: "Third", Domains: []string{"third.example"}})
		},
		"a contact deleted": func(tx *Tx) error { return tx.DeleteContact("a") },
		"a contact moved": func(tx *Tx) error {
			return tx.PutContact(data.Contact{ID: "a", Name: "Anna", Emails: []string{"cy@third.example"}, AccountID: "k"})
		},
		"an entry deleted":    func(tx *Tx) error { return tx.DeleteEntry("e") },
		"a domain ignored":    func(tx *Tx) error { return tx.Ignore("@third.example") },
		"an own domain added": func(tx *Tx) error { return tx.PutSettingList(SettingOwnDomains, []string{"third.example"}) },
		"several things at once": func(tx *Tx) error {
			if err := tx.DeleteContact("a"); err != nil {
				return err
			}
			return tx.DeleteAccount("k")
		},
	} {
		t.Run(name, func(t *testing.T) {
			db := base(t)
			before := everything(t, db)
			u := write(t, db, name, do)
			if everything(t, db) == before {
				t.Fatal("the write changed nothing that people see")
			}
			after := everything(t, db)
			back, err := db.Undo(ctx, u.ID)
			if err != nil {
				t.Fatal(err)
			}
			if got := everything(t, db); got != before {
				t.Errorf("after undo:\n%s\nbefore:\n%s", got, before)
			}
			if _, err := db.Undo(ctx, back.ID); err != nil {
				t.Fatal(err)
			}
			if got := everything(t, db); got != after {
				t.Errorf("after redo:\n%s\nwant:\n%s", got, after)
			}
		})
	}
}

// everything prints what people see of a workspace.
func everything(t *testing.T, db *DB) string {
	t.Helper()
	ctx := context.Background()
	accounts, err := db.Accounts(ctx)
	if err != nil {
		t.Fatal(err)
	}
	contacts, err := db.Contacts(ctx, "")
	if err != nil {
		t.Fatal(err)
	}
	s := fmt.Sprintf("%+v\n%+v\n", accounts, contacts)
	for _, a := range append(accounts, data.Account{ID: "k"}) {
		list, err := db.Timeline(ctx, data.TimelineQuery{Account: a.ID}, noon)
		if err != nil {
			t.Fatal(err)
		}
		s += fmt.Sprintf("%s: %+v\n", a.ID, list)
	}
	in, err := db.FilingInput(ctx, noon)
	if err != nil {
		t.Fatal(err)
	}
	found, err := db.Search(ctx, "kestrel", 10)
	if err != nil {
		t.Fatal(err)
	}
	return s + fmt.Sprintf("%+v\n%+v\n%+v", in.Senders, in.Known.Ignored, found)
}
