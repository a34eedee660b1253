package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"rapport/data"
)

// onceShared is what a trigger looks at first: whether anything was ever shared.
var onceShared = regexp.MustCompile(`WHEN EXISTS \(SELECT 1 FROM (home|wire_id)\)( AND)?`)

// alwaysLooking makes every trigger look, whether anything was shared or not.
func alwaysLooking(t *testing.T, db *DB) {
	t.Helper()
	write(t, db, "", func(tx *Tx) error {
		if err := tx.observe(); err != nil {
			return err
		}
		all, err := query(tx.ctx, tx.sql, scanString, `SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND name GLOB 'observe_*'`)
		if err != nil {
			return err
		}
		changed := 0
		for _, sql := range all {
			without := onceShared.ReplaceAllStringFunc(sql, func(s string) string {
				if strings.HasSuffix(s, " AND") {
					return "WHEN"
				}
				return ""
			})
			if without == sql {
				continue
			}
			changed++
			if _, err := tx.exec(`DROP TRIGGER ` + strings.Fields(sql)[2]); err != nil {
				return err
			}
			if _, err := tx.exec(without); err != nil {
				return err
			}
		}
		if changed != 9 {
			t.Errorf("%d triggers look whether anything was shared, want 9", changed)
		}
		return nil
	})
}

// marks are the mails of which it must be decided anew.
func marks(t *testing.T, db *DB) []string {
	t.Helper()
	list, err := query(context.Background(), db.read, scanString, `SELECT space_id || ' ' || interaction || ' ' || forgotten FROM to_observe ORDER BY 1`)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// marking are statements each of which one of the triggers waits for.
var marking = []struct{ name, sql string }{
	{"filed", `INSERT INTO match SELECT account_id, at + 1, interaction_n, touch, mail, kind, contact_id, email, reason FROM match WHERE true ON CONFLICT DO NOTHING`},
	{"filed no more", `DELETE FROM match WHERE interaction_n = (SELECT max(n) FROM interaction)`},
	{"an entry changes", `UPDATE interaction SET subject = subject || '!'`},
	{"more take part", `INSERT OR FAIL INTO participant SELECT interaction_n, place + 100, name, email, part, side, contact_id, answer FROM participant p
		WHERE place < 100 AND NOT EXISTS (SELECT 1 FROM participant o WHERE o.interaction_n = p.interaction_n AND o.place = p.place + 100)`},
	{"another copy", `INSERT INTO message SELECT n + 1000, id || '+', interaction_n, message_id, in_reply_to, refs, date, subject, people, text, text_cut, size, attached,
		form, automated, odd, recorded_at, subject_name, headless, detached_at, detached_from, reading FROM message WHERE n = (SELECT max(n) FROM message)`},
	{"a copy changes", `UPDATE message SET text = text || '.'`},
	{"in another folder too", `INSERT INTO location SELECT mailbox_id, folder || '+', uidvalidity, uid, message_n, flags FROM location WHERE folder = 'INBOX' ON CONFLICT DO NOTHING`},
	{"copies go", `DELETE FROM message WHERE interaction_n = (SELECT max(n) FROM interaction)`},
	{"an entry goes", `DELETE FROM interaction WHERE n = (SELECT max(n) FROM interaction)`},
}

// addLarkfield makes a space of one's own.
func addLarkfield(tx *Tx) error {
	if err := tx.AddSpace(data.Space{ID: teamSpace, Name: "Larkfield", Kind: data.TeamSpace, Self: "maya"}, []byte(strings.Repeat("k", 32)), "device"); err != nil {
		return err
	}
	return tx.PutMembers(teamSpace, []data.Member{{ID: "maya", Name: "Maya", Side: data.Us, Role: data.Owner}})
}

func TestWhereNothingWasSharedNoMarkIsMissed(t *testing.T) {
	looks, always := mailed(t, mailFrom("a", 1, priya, "Hello")), mailed(t, mailFrom("a", 1, priya, "Hello"))
	alwaysLooking(t, always)
	step := func(name string, marked bool, do func(*DB)) {
		t.Helper()
		for _, db := range []*DB{looks, always} {
			write(t, db, "", func(tx *Tx) error { _, err := tx.exec(`DELETE FROM to_observe`); return err })
			do(db)
		}
		got, want := marks(t, looks), marks(t, always)
		if !slices.Equal(got, want) {
			t.Errorf("%s: marked are %q, want %q", name, got, want)
		}
		if len(want) > 0 != marked {
			t.Errorf("%s: %d mails are marked", name, len(want))
		}
	}
	mail := func(id string) func(*DB) {
		return func(db *DB) {
			box := data.Mailbox{ID: "box", Address: "maya@larkfield.example"}
			ingest(t, db, box, data.Batch{Mailbox: "box", Folder: "INBOX", Arrived: []data.Arrival{mailFrom(id, 3, priya, "Hello")}})
		}
	}
	all := func(when string, marked bool) {
		t.Helper()
		for _, m := range marking {
			step(when+": "+m.name, marked, func(db *DB) {
				write(t, db, "", func(tx *Tx) error { _, err := tx.exec(m.sql); return err })
			})
		}
	}
	tell := func(db *DB) { setRule(t, db, data.ShareText); observeAll(t, db) }

	step("a mail before the first space", false, mail("b"))
	all("before the first space", false)
	step("the first space", false, func(db *DB) {
		write(t, db, "", addLarkfield)
	})
	step("a mail of an account in no space", false, mail("c"))
	step("the account goes there", true, func(db *DB) {
		write(t, db, "", func(tx *Tx) error { _, err := tx.ShareAccount("nu", teamSpace); return err })
	})
	step("a mail before anything was told", true, func(db *DB) { mail("d")(db); mail("e")(db) })
	step("told", false, func(db *DB) {
		mail("f")(db)
		write(t, db, "", func(tx *Tx) error {
			_, err := tx.exec(`INSERT INTO to_observe (space_id, interaction) SELECT ?, id FROM interaction WHERE true ON CONFLICT DO NOTHING`, teamSpace)
			return err
		})
		tell(db)
	})
	all("once it was told", true)
	step("the account comes back", true, func(db *DB) {
		write(t, db, "", func(tx *Tx) error { _, err := tx.exec(`DELETE FROM home`); return err })
	})
	step("a mail after that", false, mail("g"))
}

// Nothing goes to a space before what leaves of mails is watched, and a write that
// fails leaves it unwatched.
func TestWhatLeavesIsWatchedFromTheFirstThingInASpaceOn(t *testing.T) {
	db := mailed(t, mailFrom("a", 1, priya, "Hello"))
	watched := func(want int) {
		t.Helper()
		if n, err := db.countOf(`SELECT count(*) FROM sqlite_schema WHERE type = 'trigger' AND name GLOB 'observe_*'`); err != nil || n != want {
			t.Errorf("%d triggers mark what leaves (%v), want %d", n, err, want)
		}
	}
	const others = 7 // of rules, exceptions and accounts
	write(t, db, "", addLarkfield)
	watched(others)
	enough := errors.New("enough")
	if _, err := db.Write(context.Background(), "", func(tx *Tx) error { return errors.Join(tx.observe(), enough) }); !errors.Is(err, enough) {
		t.Error(err)
	}
	watched(others)
	for range 2 {
		write(t, db, "", func(tx *Tx) error { return tx.putHome(refOf(data.KindNeed, "one"), teamSpace) })
		watched(others + 9)
	}
}

// Only putHome puts a thing into a space, so none is there unwatched.
func TestOnlyOnePlacePutsThingsIntoSpaces(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	places := map[string]int{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(file, "_test.go") {
			if n := len(puttingHome.FindAll(text, -1)); n > 0 {
				places[file] = n
			}
		}
	}
	if len(places) != 1 || places["home.go"] != 1 {
		t.Errorf("things are put into spaces in %v, want once in home.go", places)
	}
}

var puttingHome = regexp.MustCompile(`(INSERT|REPLACE)( OR \w+)? INTO home\b|UPDATE( OR \w+)? home\b`)
