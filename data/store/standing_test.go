package store

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"rapport/data"

	"pgregory.net/rapid"
)

// kestrel is a workspace with one account, two contacts and a mailbox.
func kestrel(t *testing.T) (*DB, data.Mailbox) {
	t.Helper()
	db := open(t)
	box := addMailbox(t, db)
	write(t, db, "", func(tx *Tx) error {
		if err := tx.PutAccount(data.Account{ID: "k", Name: "Kestrel Museums", Domains: []string{"kestrel.example"}, Tier: data.TierA}); err != nil {
			return err
		}
		for _, c := range []data.Contact{
			{ID: "anna", AccountID: "k", Name: "Anna Kessler", Emails: []string{"anna@kestrel.example"}},
			{ID: "leon", AccountID: "k", Name: "Leon Brandt", Emails: []string{"leon@kestrel.example"}},
		} {
			if err := tx.PutContact(c); err != nil {
				return err
			}
		}
		return nil
	})
	return db, box
}

func bring(t *testing.T, db *DB, box data.Mailbox, mails ...data.Message) {
	t.Helper()
	if _, err := db.Ingest(context.Background(), box.SourceName(), box.Address, noon, arriving(box, mails...)); err != nil {
		t.Fatal(err)
	}
}

func standingOf(t *testing.T, db *DB, at time.Time) map[string]data.Warmth {
	t.Helper()
	s, err := db.Standing(context.Background(), "k", at)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]data.Warmth{}
	for _, c := range s.Contacts {
		all[c.Contact.ID] = c.Warmth
	}
	return all
}

func TestMailMakesWarmthOfThoseItWasWith(t *testing.T) {
	db, box := kestrel(t)
	copied := letter("3", "maya@larkfield.example", "anna@kestrel.example", "Lamps", noon.Add(-time.Hour))
	copied.Cc = []data.Address{{Email: "leon@kestrel.example"}}
	bring(t, db, box,
		letter("1", "anna@kestrel.example", "maya@larkfield.example", "Lamps", noon.Add(-50*time.Hour)),
		letter("2", "maya@larkfield.example", "anna@kestrel.example", "Lamps", noon.Add(-20*time.Hour)), copied)
	now := standingOf(t, db, noon)
	if a := now["anna"]; a.Band != data.Warm || a.In != 1 || a.Out != 2 || len(a.Receipts) == 0 {
		t.Errorf("anna: %+v", a)
	}
	if l := now["leon"]; l.Band != data.NeverSpoke {
		t.Errorf("leon was only copied: %+v", l)
	}
	if before := standingOf(t, db, noon.Add(-51*time.Hour)); before["anna"].Band != data.NeverSpoke {
		t.Errorf("before the first mail: %+v", before["anna"])
	}
	knows, err := db.WhoKnowsWhom(context.Background(), "k", noon.AddDate(-1, 0, 0), noon)
	if err != nil || len(knows) != 1 || knows[0].Contact != "anna" || knows[0].Times != 3 {
		t.Errorf("%+v, %v", knows, err)
	}
}

// TestWhatIsLoggedLaterIsReplayedAsItWasKnown logs today a call of last week: a
// replay of yesterday does not know of it.
func TestWhatIsLoggedLaterIsReplayedAsItWasKnown(t *testing.T) {
	db, _ := kestrel(t)
	write(t, db, "", func(tx *Tx) error {
		return tx.PutEntry(data.Entry{ID: "c", Kind: data.Call, At: noon.AddDate(0, 0, -7), Account: "k", With: []string{"anna"}, Text: "Lamps"}, time.Time{})
	})
	if w := standingOf(t, db, noon)["anna"]; w.Band != data.Warm {
		t.Errorf("today: %+v", w)
	}
	if w := standingOf(t, db, noon.AddDate(0, 0, -1))["anna"]; w.Band != data.NeverSpoke {
		t.Errorf("yesterday nobody knew: %+v", w)
	}
}

// TestStandingsFollowEveryWrite asks for all standings after each write, and
// compares with what the account alone says, which reads everything anew.
func TestStandingsFollowEveryWrite(t *testing.T) {
	db, box := kestrel(t)
	ctx := context.Background()
	check := func(after string) {
		t.Helper()
		all, err := db.Standings(ctx, noon)
		if err != nil {
			t.Fatal(err)
		}
		alone, err := db.Standing(ctx, "k", noon)
		if err != nil {
			t.Fatal(err)
		}
		for i, c := range alone.Contacts {
			got := all["k"].Contacts[i]
			if got.Contact.ID != c.Contact.ID || got.Warmth.Score != c.Warmth.Score || got.Warmth.Band != c.Warmth.Band {
				t.Errorf("after %s %s is %d, %s; alone %d, %s", after, c.Contact.ID, got.Warmth.Score, got.Warmth.Band, c.Warmth.Score, c.Warmth.Band)
			}
		}
		if a, b := fmt.Sprint(all["k"].Dial(data.Quality).Value), fmt.Sprint(alone.Dial(data.Quality).Value); a != b {
			t.Errorf("after %s the quality is %s; alone %s", after, a, b)
		}
	}
	check("nothing")
	bring(t, db, box, letter("1", "anna@kestrel.example", "maya@larkfield.example", "Lamps", noon.AddDate(0, 0, -12)))
	check("a mail")
	entry := data.Entry{ID: "c", Kind: data.Call, At: noon.AddDate(0, 0, -2), Account: "k", With: []string{"leon"}, Text: "Lamps"}
	logged := write(t, db, "logged", func(tx *Tx) error { return tx.PutEntry(entry, time.Time{}) })
	check("a call")
	write(t, db, "", func(tx *Tx) error {
		_, err := PutPart(tx, data.Preference{Belongs: data.Belongs{Account: "k", Contact: "anna"}, Rule: data.Every, Days: 40, Confirmed: "2026-01-01"})
		return err
	})
	check("a rhythm of hers")
	write(t, db, "", func(tx *Tx) error {
		_, err := PutPart(tx, data.Promise{Belongs: data.Belongs{Account: "k"}, By: data.Us, What: "Report", Due: "2026-11-01"})
		return err
	})
	check("a promise that is over")
	if _, err := db.Undo(ctx, logged.ID); err != nil {
		t.Fatal(err)
	}
	check("the call was undone")
	write(t, db, "", func(tx *Tx) error { return tx.DeleteContact("leon") })
	check("leon went")
	write(t, db, "", func(tx *Tx) error { return tx.DeleteMailbox(box.ID) })
	check("the mailbox went")
}

// TestStandingsAreTheSameAsReadAnew writes at random, and asks after each write:
// what is kept from before comes to what is read anew.
func TestStandingsAreTheSameAsReadAnew(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		db, err := Open(context.Background(), filepath.Join(t.TempDir(), rapid.StringMatching(`[a-z]{12}`).Draw(rt, "folder")), Options{Instance: "t", Now: func() time.Time { return noon }})
		if err != nil {
			rt.Fatal(err)
		}
		defer db.Close()
		box := data.Mailbox{Address: "maya@larkfield.example", Host: "imap.larkfield.example", Port: 993, Security: data.TLS}
		do := func(label string, what func(*Tx) error) {
			if _, err := db.Write(context.Background(), label, what); err != nil && !errors.Is(err, data.ErrNotFound) {
				rt.Fatal(err)
			}
		}
		accounts, people := []string{"k", "l"}, []string{"anna", "leon", "mira"}
		do("", func(tx *Tx) (err error) {
			box, err = tx.PutMailbox(box)
			return err
		})
		now, mails := noon, 0
		rt.Repeat(map[string]func(*rapid.T){
			"account": func(rt *rapid.T) {
				id := rapid.SampledFrom(accounts).Draw(rt, "account")
				do("account", func(tx *Tx) error {
					return tx.PutAccount(data.Account{ID: id, Name: "Account " + id, Domains: []string{id + ".example"}, Tier: rapid.SampledFrom([]data.Tier{"", data.TierA, data.TierC}).Draw(rt, "tier")})
				})
			},
			"contact": func(rt *rapid.T) {
				c := rapid.SampledFrom(people).Draw(rt, "contact")
				do("contact", func(tx *Tx) error {
					return tx.PutContact(data.Contact{ID: c, AccountID: rapid.SampledFrom(accounts).Draw(rt, "account"), Name: c, Emails: []string{c + "@k.example"}})
				})
			},
			"no contact": func(rt *rapid.T) {
				c := rapid.SampledFrom(people).Draw(rt, "contact")
				do("gone", func(tx *Tx) error { return tx.DeleteContact(c) })
			},
			"no account": func(rt *rapid.T) {
				a := rapid.SampledFrom(accounts).Draw(rt, "account")
				do("gone", func(tx *Tx) error { return tx.DeleteAccount(a) })
			},
			"mail": func(rt *rapid.T) {
				mails++
				from, to := rapid.SampledFrom(people).Draw(rt, "contact")+"@k.example", rapid.SampledFrom([]string{"maya", "joris"}).Draw(rt, "us")+"@larkfield.example"
				if rapid.Bool().Draw(rt, "from us") {
					from, to = to, from
				}
				m := letter(fmt.Sprint(mails), from, to, "Lamps", noon.AddDate(0, 0, -rapid.IntRange(0, 400).Draw(rt, "days ago")))
				if _, err := db.Ingest(context.Background(), box.SourceName(), box.Address, noon, arriving(box, m)); err != nil {
					rt.Fatal(err)
				}
			},
			"call": func(rt *rapid.T) {
				e := data.Entry{ID: rapid.SampledFrom([]string{"c1", "c2"}).Draw(rt, "call"), Kind: data.Call, At: noon.AddDate(0, 0, -rapid.IntRange(0, 90).Draw(rt, "days ago")), Account: rapid.SampledFrom(accounts).Draw(rt, "account"), With: []string{rapid.SampledFrom(people).Draw(rt, "contact")}, Text: "Lamps"}
				do("call", func(tx *Tx) error { return tx.PutEntry(e, time.Time{}) })
			},
			"promise": func(rt *rapid.T) {
				p := data.Promise{Belongs: data.Belongs{ID: "p", Account: rapid.SampledFrom(accounts).Draw(rt, "account")}, By: data.Us, What: "Report", Due: "2026-01-02"}
				do("promise", func(tx *Tx) error { return tx.PutAnyPart(p) })
			},
			"rhythm": func(rt *rapid.T) {
				p := data.Preference{Belongs: data.Belongs{ID: "r", Account: rapid.SampledFrom(accounts).Draw(rt, "account"), Contact: rapid.SampledFrom(append(people, "")).Draw(rt, "contact")}, Rule: data.Every, Days: rapid.IntRange(1, 200).Draw(rt, "days"), Confirmed: "2026-01-01"}
				do("rhythm", func(tx *Tx) error { return tx.PutAnyPart(p) })
			},
			"judged": func(rt *rapid.T) {
				s := data.Stakeholder{Belongs: data.Belongs{ID: "s", Account: rapid.SampledFrom(accounts).Draw(rt, "account"), Contact: rapid.SampledFrom(people).Draw(rt, "contact")}, Influence: rapid.IntRange(1, 100).Draw(rt, "influence"), Roles: []data.Role{data.Decider}}
				do("judged", func(tx *Tx) error { return tx.PutAnyPart(s) })
			},
			"plan": func(rt *rapid.T) {
				do("plan", func(tx *Tx) error {
					return tx.PutPolicy(data.Policy{Tier: data.TierA, Every: rapid.IntRange(1, 60).Draw(rt, "days"), Live: 2})
				})
			},
			"undo": func(rt *rapid.T) {
				if _, err := db.UndoLast(context.Background()); err != nil && !errors.Is(err, data.ErrNotFound) {
					rt.Fatal(err)
				}
			},
			"time passes": func(rt *rapid.T) { now = now.Add(time.Duration(rapid.IntRange(1, 400).Draw(rt, "hours")) * time.Hour) },
			"": func(rt *rapid.T) {
				kept := standingsWords(rt, db, now)
				db.warmth.forget()
				db.standing.forget()
				if anew := standingsWords(rt, db, now); kept != anew {
					rt.Fatalf("kept:\n%s\nread anew:\n%s", kept, anew)
				}
			},
		})
	})
}

// standingsWords are all standings in words.
func standingsWords(t *rapid.T, db *DB, now time.Time) string {
	all, err := db.Standings(context.Background(), now)
	if err != nil {
		t.Fatal(err)
	}
	var words strings.Builder
	for _, id := range slices.Sorted(maps.Keys(all)) {
		s := all[id]
		fmt.Fprintf(&words, "%s %s %+v %q %q %d\n", id, s.Account.Tier, s.Dials, s.SingleThread, s.OurThread, len(s.Promises))
		for _, c := range s.Contacts {
			fmt.Fprintf(&words, "  %s %s %d %v %s %q\n", c.Contact.ID, c.Warmth.Band, c.Warmth.Score, c.Warmth.Interval, c.Stakeholder.ID, c.Knows)
		}
	}
	return words.String()
}

// TestAccountThatOneOfUsHolds is held by one of us: two of theirs are live.
func TestAccountThatOneOfUsHolds(t *testing.T) {
	db, box := kestrel(t)
	bring(t, db, box,
		letter("1", "anna@kestrel.example", "maya@larkfield.example", "Lamps", noon.AddDate(0, 0, -2)),
		letter("2", "leon@kestrel.example", "maya@larkfield.example", "Hall", noon.AddDate(0, 0, -3)))
	one := func() data.AccountStand {
		t.Helper()
		all, err := db.AccountStands(context.Background(), noon)
		if err != nil {
			t.Fatal(err)
		}
		return all["k"]
	}
	if !one().OneThread {
		t.Error("only Maya is in touch with them")
	}
	bring(t, db, box, letter("3", "anna@kestrel.example", "joris@larkfield.example", "Lamps", noon.AddDate(0, 0, -1)))
	if one().OneThread {
		t.Error("Joris is in touch with them too")
	}
}

func TestQualityWeeks(t *testing.T) {
	db, box := kestrel(t)
	bring(t, db, box, letter("1", "anna@kestrel.example", "maya@larkfield.example", "Lamps", noon.AddDate(0, 0, -30)))
	weeks, err := db.QualityWeeks(context.Background(), "k", 12, noon)
	if err != nil || len(weeks) != 12 {
		t.Fatalf("%v, %v", weeks, err)
	}
	if weeks[6] != -1 || weeks[7] <= weeks[10] || weeks[10] <= weeks[11] {
		t.Errorf("it begins with the mail and cools: %v", weeks)
	}
}
