package store

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"rapport/data"

	"pgregory.net/rapid"
)

// everythingVisible prints all that a person can see: accounts, contacts, parts,
// and what is stored of mails, meetings and calls.
func everythingVisible(t *testing.T, db *DB) string {
	t.Helper()
	var all strings.Builder
	for _, question := range []string{
		`SELECT id || '|' || name || '|' || tier || '|' || owner || '|' || recorded_at FROM account ORDER BY 1`,
		`SELECT domain || '|' || account_id FROM account_domain ORDER BY 1`,
		`SELECT id || '|' || account_id || '|' || name || '|' || role || '|' || phone || '|' || side || '|' || recorded_at FROM contact ORDER BY 1`,
		`SELECT address || '|' || contact_id || '|' || place FROM contact_address ORDER BY 1`,
		`SELECT id || '|' || kind || '|' || account_id || '|' || contact_id || '|' || due || '|' || open || '|' || fields || '|' || recorded_at FROM part ORDER BY 1`,
	} {
		list, err := query(context.Background(), db.read, scanString, question)
		if err != nil {
			t.Fatal(err)
		}
		all.WriteString(strings.Join(list, "\n") + "\n\n")
	}
	return all.String() + shownAll(t, db)
}

// drawPeople writes a workspace of two accounts, four people, parts of several
// kinds, calls and mails, any of which may be the same for two of them.
func drawPeople(r *rapid.T, t *testing.T, db *DB) {
	people := []string{"anna", "anna2", "ben", "cleo"}
	draw := func(what string, n int) int { return rapid.IntRange(0, n-1).Draw(r, what) }
	account := func() string { return []string{"k", "l"}[draw("account", 2)] }
	who := func() string { return people[draw("who", len(people))] }
	write(t, db, "", func(tx *Tx) error {
		for _, a := range []data.Account{{ID: "k", Name: "Kestrel", Domains: []string{"kestrel.example"}}, {ID: "l", Name: "Larkfield", Domains: []string{"larkfield.example"}}} {
			if err := tx.PutAccount(a); err != nil {
				return err
			}
		}
		for i, id := range people {
			c := data.Contact{ID: id, Name: strings.ToUpper(id), AccountID: account(), RecordedAt: noon.AddDate(0, -i, 0)}
			if draw("phone", 2) == 0 {
				c.Phone = fmt.Sprintf("+44 20 7946 000%d", i)
			}
			for k := range draw("addresses", 3) {
				c.Emails = append(c.Emails, fmt.Sprintf("%s.%d@kestrel.example", id, k))
			}
			if draw("shared", 3) == 0 {
				c.Emails = append(c.Emails, "shared@larkfield.example")
			}
			if err := tx.PutContact(c); err != nil {
				return err
			}
		}
		for i := range draw("parts", 14) {
			b := data.Belongs{ID: fmt.Sprintf("part%d", i), Account: account(), Contact: who(), RecordedAt: noon.AddDate(0, 0, -i)}
			var p data.Part
			switch draw("kind", 6) {
			case 0:
				p = data.Fact{Belongs: b, Name: "goal", Value: []string{"a show", "a tour"}[draw("value", 2)]}
			case 1:
				p = data.Promise{Belongs: b, By: data.Us, What: "send it", Due: "2026-11-20"}
			case 2:
				p = data.Stakeholder{Belongs: b, Influence: draw("influence", 100), Support: 1, On: []string{"2026-01-01", "2026-02-01"}[draw("on", 2)], Why: "said so"}
			case 3:
				to := who()
				if to == b.Contact {
					continue
				}
				p = data.Relation{Belongs: b, To: to, Is: data.RelationKinds[draw("is", len(data.RelationKinds))]}
			case 4:
				p = data.Preference{Belongs: b, Rule: data.Avoid, Topic: "the fire"}
			default:
				p = data.Affiliation{Belongs: b, Role: "director"}
			}
			if err := tx.PutAnyPart(p); err != nil {
				return err
			}
		}
		for i := range draw("calls", 5) {
			e := data.Entry{ID: fmt.Sprintf("call%d", i), Kind: data.Call, At: noon.AddDate(0, 0, -i-1), Account: account(), Text: "Spoke", With: []string{who()}}
			if other := who(); other != e.With[0] {
				e.With = append(e.With, other)
			}
			if err := tx.PutEntry(e, noon.AddDate(0, 0, -i)); err != nil {
				return err
			}
		}
		return nil
	})
	box := addMailbox(t, db)
	var mails []data.Message
	for i := range draw("mails", 6) {
		from := []string{"anna.0@kestrel.example", "anna2.0@kestrel.example", "shared@larkfield.example", "nobody@kestrel.example"}[draw("from", 4)]
		mails = append(mails, letter(fmt.Sprintf("m%d", i), from, "maya@us.example", fmt.Sprintf("Mail %d", i), noon.Add(-time.Duration(i)*time.Hour)))
	}
	if len(mails) > 0 {
		ingest(t, db, box, arriving(box, mails...))
	}
}

func TestMergingThenUnmergingGivesTheSameWorkspace(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		db := openAt(t, t.TempDir())
		drawPeople(r, t, db)
		before := everythingVisible(t, db)
		var m data.Merge
		write(t, db, "merged", func(tx *Tx) (err error) {
			m, _, err = tx.MergeContacts("anna", "anna2")
			return err
		})
		merged := everythingVisible(t, db)
		if strings.Contains(strings.Split(merged, "merge|")[0], "|anna2|") {
			t.Fatalf("something still names the one who is gone:\n%s", merged)
		}
		write(t, db, "parted", func(tx *Tx) error {
			p, err := tx.UnmergeContacts(m)
			if len(p.Stays) > 0 {
				t.Errorf("nothing was changed, but stays: %q", p.Stays)
			}
			return err
		})
		if after := everythingVisible(t, db); after != before {
			t.Fatalf("not the same after parting them again\nbefore:\n%s\nafter:\n%s\nmerged:\n%s", before, after, merged)
		}
	})
}

func TestUndoOfAMergeGivesTheSameWorkspace(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		db := openAt(t, t.TempDir())
		drawPeople(r, t, db)
		before := everythingVisible(t, db)
		u := write(t, db, "merged", func(tx *Tx) error {
			_, _, err := tx.MergeContacts("anna", "anna2")
			return err
		})
		if _, err := db.Undo(context.Background(), u.ID); err != nil {
			t.Fatal(err)
		}
		if after := everythingVisible(t, db); after != before {
			t.Fatalf("not the same after undo\nbefore:\n%s\nafter:\n%s", before, after)
		}
	})
}

// TestUnmergingKeepsWhatWasChangedSince changes things between, and parts the
// two.
func TestUnmergingKeepsWhatWasChangedSince(t *testing.T) {
	db, now := openClock(t)
	ctx := context.Background()
	write(t, db, "", func(tx *Tx) error {
		for _, a := range []data.Account{{ID: "k", Name: "Kestrel"}} {
			if err := tx.PutAccount(a); err != nil {
				return err
			}
		}
		for _, c := range []data.Contact{
			{ID: "anna", AccountID: "k", Name: "Anna Kessler", Emails: []string{"anna@kestrel.example"}},
			{ID: "a2", AccountID: "k", Name: "A. Kessler", Emails: []string{"ak@home.example"}, Role: "director"},
		} {
			if err := tx.PutContact(c); err != nil {
				return err
			}
		}
		for _, what := range []string{"first", "second"} {
			if err := tx.PutAnyPart(data.Promise{Belongs: data.Belongs{ID: what, Account: "k", Contact: "a2"}, By: data.Us, What: what}); err != nil {
				return err
			}
		}
		return nil
	})
	var m data.Merge
	write(t, db, "merged", func(tx *Tx) (err error) {
		m, _, err = tx.MergeContacts("anna", "a2")
		return err
	})
	*now = now.Add(time.Hour)
	write(t, db, "changed", func(tx *Tx) error {
		c, err := one(tx.ctx, tx.sql, scanContact, `SELECT `+contactColumns+` FROM contact WHERE id = 'anna'`)
		if err != nil {
			return err
		}
		c.Role, c.Emails = "head of lending", append(c.Emails, "anna@new.example")
		if err := tx.PutContact(c); err != nil {
			return err
		}
		if err := DeletePart(tx, data.Promise{Belongs: data.Belongs{ID: "first"}}); err != nil {
			return err
		}
		return tx.PutAnyPart(data.Promise{Belongs: data.Belongs{ID: "third", Account: "k", Contact: "anna"}, By: data.Us, What: "third"})
	})
	var p data.UnmergePlan
	write(t, db, "parted", func(tx *Tx) (err error) {
		p, err = tx.UnmergeContacts(m)
		return err
	})
	want := []string{
		`the role of Anna Kessler was changed since and stays "head of lending"`,
		"1 thing was deleted since and stays away",
		"1 thing that was kept since stays with Anna Kessler",
	}
	if strings.Join(p.Stays, "\n") != strings.Join(want, "\n") {
		t.Errorf("stays %q, want %q", p.Stays, want)
	}
	anna, err := db.Contact(ctx, "anna")
	if err != nil || strings.Join(anna.Emails, " ") != "anna@kestrel.example anna@new.example" {
		t.Errorf("Anna is %+v, %v", anna, err)
	}
	other, err := db.Contact(ctx, "a2")
	if err != nil || other.Role != "director" || strings.Join(other.Emails, " ") != "ak@home.example" {
		t.Errorf("the other is %+v, %v", other, err)
	}
	list, err := Parts[data.Promise](ctx, db, PartQuery{Contact: "a2"})
	wantPromises(t, list, err, "second")
	list, err = Parts[data.Promise](ctx, db, PartQuery{Contact: "anna"})
	wantPromises(t, list, err, "third")
}
