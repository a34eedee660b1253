package store

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"rapport/data"
	"rapport/data/change"

	"pgregory.net/rapid"
)

const teamSpace = "team"

// shared is a workspace whose user is a member of the space "team".
func shared(t testing.TB, self string, role data.SpaceRole) *DB {
	t.Helper()
	db := open(t)
	write(t, db, "", func(tx *Tx) error {
		s := data.Space{ID: teamSpace, Name: "Larkfield", Kind: data.TeamSpace, Self: self}
		if err := tx.AddSpace(s, []byte(strings.Repeat("k", 32)), "device"+self); err != nil {
			return err
		}
		return tx.PutMembers(teamSpace, []data.Member{
			{ID: self, Name: self, Side: data.Us, Role: role},
			{ID: "other", Name: "Jonas Weber", Side: data.Us, Role: data.Editor},
		})
	})
	return db
}

// sent are all changes of the space that a workspace has.
func sent(t testing.TB, db *DB) []change.Change {
	t.Helper()
	bodies, err := query(context.Background(), db.read, scanString, `SELECT body FROM change WHERE space_id = ? ORDER BY log, counter`, teamSpace)
	if err != nil {
		t.Fatal(err)
	}
	var list []change.Change
	for _, body := range bodies {
		c, err := change.Decode([]byte(body))
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, c)
	}
	return list
}

func receive(t testing.TB, db *DB, changes []change.Change) data.Received {
	t.Helper()
	r, err := db.Receive(context.Background(), teamSpace, changes, LetAllIn)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// visible is all that people see of what is shared, as text.
func visible(t testing.TB, db *DB) string {
	t.Helper()
	ctx := context.Background()
	var b strings.Builder
	accounts, err := db.Accounts(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range accounts {
		a.RecordedAt = time.Time{}
		fmt.Fprintf(&b, "%+v\n", a)
		contacts, err := db.Contacts(ctx, a.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range contacts {
			c.RecordedAt = time.Time{}
			fmt.Fprintf(&b, "  %+v\n", c)
		}
		promises, err := Parts[data.Promise](ctx, db, PartQuery{Account: a.ID})
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range promises {
			p.RecordedAt = time.Time{}
			fmt.Fprintf(&b, "  %+v\n", p)
		}
	}
	entries, err := query(ctx, db.read, scanString, `
		SELECT i.id || ' ' || kind || ' ' || i.at || ' ' || subject || ' ' || coalesce((SELECT group_concat(account_id) FROM match WHERE interaction_n = i.n), '') FROM interaction i ORDER BY id`)
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprint(&b, entries)
	return b.String()
}

func stateHash(t testing.TB, db *DB) string {
	t.Helper()
	h, err := db.StateHash(context.Background(), teamSpace)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func putKestrel(tx *Tx) error {
	if err := tx.PutAccount(data.Account{ID: "k", Name: "Kestrel", Domains: []string{"kestrel.example"}, Tier: data.TierA}); err != nil {
		return err
	}
	if err := tx.PutContact(data.Contact{ID: "anna", AccountID: "k", Name: "Anna", Emails: []string{"anna@kestrel.example"}}); err != nil {
		return err
	}
	if err := tx.PutEntry(data.Entry{ID: "call", Kind: data.Call, At: noon.Add(-time.Hour), Account: "k", With: []string{"anna"}, Text: "Spoke of the audio guides", By: "Maya"}, time.Time{}); err != nil {
		return err
	}
	_, err := PutPart(tx, data.Promise{Belongs: data.Belongs{ID: "p", Account: "k", Contact: "anna"}, By: data.Us, What: "Send the plan", Made: "2026-11-10"})
	return err
}

func share(t testing.TB, db *DB, account string) {
	t.Helper()
	write(t, db, "", func(tx *Tx) error {
		_, err := tx.ShareAccount(account, teamSpace)
		return err
	})
}

func TestASharedAccountIsThereOnTheOtherLaptop(t *testing.T) {
	ctx := context.Background()
	maya, jonas := shared(t, "maya", data.Owner), shared(t, "jonas", data.Editor)
	write(t, maya, "added", putKestrel)
	write(t, maya, "added", func(tx *Tx) error { return tx.PutAccount(data.Account{ID: "secret", Name: "Nobody's business"}) })
	before := visible(t, maya)
	share(t, maya, "k")
	if got := visible(t, maya); got != before {
		t.Errorf("sharing changed what is seen:\n%s\nbefore:\n%s", got, before)
	}
	receive(t, jonas, sent(t, maya))
	want, got := visible(t, maya), visible(t, jonas)
	if want = want[:strings.Index(want, "{ID:secret")] + want[strings.Index(want, "[call"):]; got != want {
		t.Errorf("the other laptop has\n%s\nwant\n%s", got, want)
	}
	if stateHash(t, maya) != stateHash(t, jonas) {
		t.Error("the state hashes differ")
	}
	jonas.now = func() time.Time { return noon.Add(time.Minute) }
	write(t, jonas, "changed", func(tx *Tx) error {
		return tx.ChangeAccount("k", func(a *data.Account) { a.Sector = "Museums" })
	})
	receive(t, maya, sent(t, jonas))
	if a, err := maya.Account(ctx, "k"); err != nil || a.Sector != "Museums" {
		t.Errorf("the account came back as %+v, %v", a, err)
	}
	last, ok, err := maya.LastChange(ctx, data.KindAccount, "k", noon.Add(-time.Hour), noon.Add(time.Hour))
	if err != nil || !ok || last.Actor != "jonas" || !last.Wrote.Equal(noon.Add(time.Minute)) {
		t.Errorf("it was changed last by %+v, %v", last, err)
	}
	if s, err := jonas.SpaceOf(ctx, "k"); err != nil || s.Name != "Larkfield" {
		t.Errorf("the account is in %+v, %v", s, err)
	}
}

func TestNothingButWhatWasSharedIsInTheSpace(t *testing.T) {
	maya := shared(t, "maya", data.Owner)
	box := addMailbox(t, maya)
	write(t, maya, "added", putKestrel)
	if _, err := maya.Ingest(context.Background(), box.SourceName(), box.Address, noon, arriving(box,
		letter("1", "anna@kestrel.example", "maya@larkfield.example", "Marked subject", noon.Add(-2*time.Hour)))); err != nil {
		t.Fatal(err)
	}
	mail, err := one(context.Background(), maya.read, scanString, `SELECT id FROM interaction WHERE kind = 'mail'`)
	if err != nil {
		t.Fatal(err)
	}
	write(t, maya, "learned", func(tx *Tx) error {
		if _, err := PutPart(tx, data.Promise{Belongs: data.Belongs{ID: "q", Account: "k", Interaction: mail}, By: data.Us, What: "Call back", Made: "2026-11-10"}); err != nil {
			return err
		}
		return tx.PutSetting(SettingUserName, "Maya Brandt")
	})
	share(t, maya, "k")
	for _, c := range sent(t, maya) {
		body, _ := c.Encode()
		for _, private := range []string{"Marked subject", mail, "larkfield.example", "\"me\""} {
			if strings.Contains(string(body), private) {
				t.Errorf("%q leaves in %s", private, body)
			}
		}
	}
	p, err := PartByID[data.Promise](context.Background(), maya, "q")
	if err != nil || p.Interaction != mail {
		t.Errorf("here the promise rests on %q, %v, want %q", p.Interaction, err, mail)
	}
}

func TestWhoMayOnlyReadChangesNothing(t *testing.T) {
	maya, ray := shared(t, "maya", data.Owner), shared(t, "ray", data.Reader)
	write(t, maya, "added", putKestrel)
	share(t, maya, "k")
	receive(t, ray, sent(t, maya))
	_, err := ray.Write(context.Background(), "changed", func(tx *Tx) error {
		return tx.ChangeAccount("k", func(a *data.Account) { a.Name = "Mine" })
	})
	var invalid *data.Invalid
	if !errors.As(err, &invalid) || !strings.Contains(invalid.Says, "reader of Larkfield") {
		t.Errorf("a reader's edit: %v", err)
	}
}

func TestChangesThatAreKeptOutTouchNothingAndMayComeIn(t *testing.T) {
	ctx := context.Background()
	maya, jonas := shared(t, "maya", data.Owner), shared(t, "jonas", data.Editor)
	write(t, maya, "added", putKestrel)
	share(t, maya, "k")
	receive(t, jonas, sent(t, maya))
	before := stateHash(t, maya)
	write(t, jonas, "changed", func(tx *Tx) error {
		return tx.ChangeAccount("k", func(a *data.Account) { a.Name = "Taken over" })
	})
	write(t, jonas, "changed", func(tx *Tx) error { return tx.DeleteContact("anna") })
	noJonas := func(c change.Change) string {
		if strings.HasPrefix(c.Log, "devicejonas-") {
			return "he was removed"
		}
		return ""
	}
	r, err := maya.Receive(ctx, teamSpace, sent(t, jonas), noJonas)
	if err != nil || r.KeptOut == 0 || r.Applied != 0 || stateHash(t, maya) != before {
		t.Errorf("received %+v, %v; changed: %v", r, err, stateHash(t, maya) != before)
	}
	turned, err := maya.Rejudge(ctx, teamSpace, LetAllIn)
	if err != nil || turned != r.KeptOut || stateHash(t, maya) != stateHash(t, jonas) || visible(t, maya) != visible(t, jonas) {
		t.Errorf("%d changes turned, %v; maya sees\n%s\njonas\n%s", turned, err, visible(t, maya), visible(t, jonas))
	}
	if turned, err = maya.Rejudge(ctx, teamSpace, noJonas); err != nil || turned != r.KeptOut || stateHash(t, maya) != before {
		t.Errorf("%d changes turned back, %v", turned, err)
	}
}

func TestEditsMadeApartAreBothThere(t *testing.T) {
	ctx := context.Background()
	maya, jonas := shared(t, "maya", data.Owner), shared(t, "jonas", data.Editor)
	write(t, maya, "added", putKestrel)
	share(t, maya, "k")
	receive(t, jonas, sent(t, maya))
	rename := func(name string) func(*Tx) error {
		return func(tx *Tx) error { return tx.ChangeAccount("k", func(a *data.Account) { a.Name = name }) }
	}
	write(t, maya, "renamed", rename("Kestrel Museums"))
	write(t, jonas, "renamed", rename("Kestrel Trust"))
	write(t, jonas, "deleted", func(tx *Tx) error { return tx.DeleteContact("anna") })
	write(t, maya, "changed", func(tx *Tx) error {
		return tx.PutContact(data.Contact{ID: "anna", AccountID: "k", Name: "Anna", Role: "Director", Emails: []string{"anna@kestrel.example"}})
	})
	receive(t, jonas, sent(t, maya))
	receive(t, maya, sent(t, jonas))
	for _, db := range []*DB{maya, jonas} {
		list, err := db.Conflicts(ctx, "k")
		if err != nil || len(list) != 2 || list[0].Field != "name" || len(list[0].Versions) != 2 || list[1].Field != "" || list[1].ID != "anna" {
			t.Fatalf("conflicts %+v, %v", list, err)
		}
	}
	write(t, maya, "chosen", func(tx *Tx) error {
		if err := tx.Settle(data.ThingRef{Kind: data.KindAccount, ID: "k"}, "name", "Kestrel Museums Trust", true); err != nil {
			return err
		}
		return tx.Settle(data.ThingRef{Kind: data.KindContact, ID: "anna"}, "", "", true)
	})
	receive(t, jonas, sent(t, maya))
	for _, db := range []*DB{maya, jonas} {
		if list, err := db.Conflicts(ctx, ""); err != nil || len(list) != 0 {
			t.Errorf("conflicts stay: %+v, %v", list, err)
		}
		if a, err := db.Account(ctx, "k"); err != nil || a.Name != "Kestrel Museums Trust" {
			t.Errorf("the account is %+v, %v", a, err)
		}
	}
}

func TestACopiedWorkspaceGoesOnUnderAnotherLog(t *testing.T) {
	ctx := context.Background()
	maya := shared(t, "maya", data.Owner)
	write(t, maya, "added", putKestrel)
	share(t, maya, "k")
	all := sent(t, maya)
	copied := shared(t, "maya", data.Owner) // as it was before: the same log, without what was written to it
	if _, err := copied.write.Exec(`UPDATE own_log SET log = ? WHERE space_id = ?`, all[0].Log, teamSpace); err != nil {
		t.Fatal(err)
	}
	receive(t, copied, all)
	write(t, copied, "changed", func(tx *Tx) error {
		return tx.ChangeAccount("k", func(a *data.Account) { a.Sector = "Museums" })
	})
	if now := sent(t, copied); len(now) != len(all)+1 || now[0].Log == now[len(now)-1].Log {
		t.Errorf("it goes on under the log that another writes: %d changes became %d", len(all), len(now))
	}
	receive(t, maya, sent(t, copied))
	if stateHash(t, maya) != stateHash(t, copied) {
		t.Error("the state hashes differ")
	}
	if _, err := maya.Have(ctx, teamSpace); err != nil {
		t.Error(err)
	}
}

// TestLaptopsThatExchangeEverythingSeeTheSame lets three people edit, undo and
// exchange in any order, parts of it twice, and then all of it.
func TestLaptopsThatExchangeEverythingSeeTheSame(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		ctx := context.Background()
		var laptops []*DB
		for _, name := range []string{"maya", "jonas", "ines"} {
			laptops = append(laptops, shared(t, name, data.Editor))
		}
		write(t, laptops[0], "added", putKestrel)
		share(t, laptops[0], "k")
		random := rand.New(rand.NewPCG(rapid.Uint64().Draw(r, "exchange"), 3))
		for step := range rapid.IntRange(1, 14).Draw(r, "steps") {
			db := laptops[rapid.IntRange(0, 2).Draw(r, "who")]
			do := rapid.SampledFrom([]string{"name", "contact", "promise", "entry", "delete", "undo", "new", "exchange", "exchange"}).Draw(r, "what")
			doing(t, db, do, step)
			if do == "exchange" {
				from := laptops[random.IntN(3)]
				changes := sent(t, from)
				random.Shuffle(len(changes), func(i, j int) { changes[i], changes[j] = changes[j], changes[i] })
				receive(t, db, changes[:random.IntN(len(changes)+1)])
			}
		}
		var all []change.Change
		for _, db := range laptops {
			all = append(all, sent(t, db)...)
		}
		for _, db := range laptops {
			random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
			if got := receive(t, db, all); got.Waiting != 0 {
				r.Fatalf("%d changes still wait", got.Waiting)
			}
		}
		want, seen := stateHash(t, laptops[0]), visible(t, laptops[0])
		for _, db := range laptops {
			if got := visible(t, db); got != seen || stateHash(t, db) != want {
				r.Fatalf("one sees\n%s\nanother\n%s", got, seen)
			}
			if err := db.RebuildSpace(ctx, teamSpace); err != nil {
				r.Fatal(err)
			}
			if got := visible(t, db); got != seen || stateHash(t, db) != want {
				r.Fatalf("built again from its changes one sees\n%s\nbefore\n%s", got, seen)
			}
		}
	})
}

// doing is one thing that a person does, where it can be done.
func doing(t testing.TB, db *DB, what string, step int) {
	ctx := context.Background()
	var do func(*Tx) error
	switch what {
	case "name":
		do = func(tx *Tx) error {
			return tx.ChangeAccount("k", func(a *data.Account) {
				a.Name, a.Domains = fmt.Sprint("Kestrel ", step), append(a.Domains, fmt.Sprintf("d%d.example", step))
			})
		}
	case "contact":
		do = func(tx *Tx) error {
			return tx.PutContact(data.Contact{ID: "anna", AccountID: "k", Name: "Anna", Role: fmt.Sprint("Role ", step)})
		}
	case "promise":
		do = func(tx *Tx) error {
			_, err := PutPart(tx, data.Promise{Belongs: data.Belongs{ID: "p", Account: "k"}, By: data.Us, What: fmt.Sprint("Send ", step), Made: "2026-11-10"})
			return err
		}
	case "entry":
		do = func(tx *Tx) error {
			return tx.PutEntry(data.Entry{ID: "call", Kind: data.Call, At: noon.Add(-time.Hour), Account: "k", With: []string{"anna"}, Text: fmt.Sprint("Spoke ", step), By: "Maya"}, time.Time{})
		}
	case "new":
		do = func(tx *Tx) error {
			return tx.PutContact(data.Contact{ID: fmt.Sprint("c", step), AccountID: "k", Name: fmt.Sprint("Person ", step)})
		}
	case "delete":
		do = func(tx *Tx) error { return tx.DeleteContact("anna") }
	case "undo":
		var refused *data.Invalid // as where others took the name away of a person whose deletion is undone
		if _, err := db.UndoLast(ctx); err != nil && !isNotFound(err) && !errors.As(err, &refused) {
			t.Fatal(err)
		}
		return
	default:
		return
	}
	if _, err := db.Account(ctx, "k"); err != nil {
		return // not here yet: what is written of it would be this laptop's own
	}
	if what == "delete" {
		if _, err := db.Contact(ctx, "anna"); err != nil {
			return
		}
	}
	write(t, db, what, do)
}
