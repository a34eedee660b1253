package app

import (
	"context"
	"strings"
	"testing"
	"time"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
)

// The spaces of tests.
const (
	larkfield    = "space-larkfield"
	kestrelJoint = "space-kestrel"
)

// joinSpace makes a workspace a member of a space.
func joinSpace(t *testing.T, db *store.DB, s data.Space, members ...data.Member) {
	t.Helper()
	mustWrite(t, db, func(tx *store.Tx) error {
		if err := tx.AddSpace(s, []byte(strings.Repeat("k", 32)), "device"+s.Self); err != nil {
			return err
		}
		return tx.PutMembers(s.ID, members)
	})
}

// larkfieldTeam are the members of the team's space.
var larkfieldTeam = []data.Member{
	{ID: "maya", Name: "Maya Lindqvist", Side: data.Us, Discipline: "sales", Role: data.Owner, Since: testNow.AddDate(0, -9, 0), HeardAt: testNow.Add(-28 * time.Minute)},
	{ID: "elin", Name: "Elin Sandvik", Side: data.Us, Discipline: "delivery", Role: data.Editor, Since: testNow.AddDate(0, -9, 0), HeardAt: testNow.Add(-3 * time.Hour)},
	{ID: "tomas", Name: "Tomas Olsen", Side: data.Us, Discipline: "support", Role: data.Editor, Since: testNow.AddDate(0, -8, 0)},
	{ID: "joris", Name: "Joris Dekker", Side: data.Us, Discipline: "finance", Role: data.Reader, Since: testNow.AddDate(0, -2, 0)},
}

// shareAccount puts an account into a space.
func shareAccount(t *testing.T, db *store.DB, account, space string) {
	t.Helper()
	mustWrite(t, db, func(tx *store.Tx) error {
		_, err := tx.ShareAccount(account, space)
		return err
	})
}

// give brings what one workspace wrote in a space to another.
func give(t *testing.T, from, to *store.DB, space, self string) {
	t.Helper()
	ctx := context.Background()
	var unsent []store.Unsent
	mustWrite(t, from, func(tx *store.Tx) (err error) {
		unsent, err = tx.Unsent(space, "device"+self)
		return err
	})
	for _, u := range unsent {
		if _, err := to.Receive(ctx, space, u.Changes, store.LetAllIn); err != nil {
			t.Fatal(err)
		}
	}
}

// teamStores are two workspaces of one team with one account, Kestrel Museums, and
// one promise. Both have what the other wrote.
func teamStores(t *testing.T) (maya, elin *store.DB) {
	t.Helper()
	maya, elin = testStore(t), testStore(t)
	for db, self := range map[*store.DB]string{maya: "maya", elin: "elin"} {
		joinSpace(t, db, data.Space{ID: larkfield, Name: "Larkfield team", Kind: data.TeamSpace, Self: self, Place: "folder:/srv/larkfield/rapport"}, larkfieldTeam...)
	}
	mustWrite(t, maya, func(tx *store.Tx) error {
		if err := tx.PutAccount(data.Account{ID: "k", Name: "Kestrel Museums", Tier: data.TierA, Domains: []string{"kestrel.example"}}); err != nil {
			return err
		}
		if err := tx.PutContact(data.Contact{ID: "anna", AccountID: "k", Name: "Anna Kessler"}); err != nil {
			return err
		}
		_, err := store.PutPart(tx, data.Promise{Belongs: data.Belongs{ID: "p", Account: "k", Contact: "anna"}, By: data.Us, What: "Install in Hall 2, 13 to 17 January", Made: "2026-11-10", Due: "2027-01-13"})
		return err
	})
	shareAccount(t, maya, "k", larkfield)
	give(t, maya, elin, larkfield, "maya")
	return maya, elin
}

// apart lets both write the promise without having seen each other.
func apart(t *testing.T, maya, elin *store.DB) {
	t.Helper()
	wording := func(what string) func(*store.Tx) error {
		return func(tx *store.Tx) error {
			_, err := store.PutPart(tx, data.Promise{Belongs: data.Belongs{ID: "p", Account: "k", Contact: "anna"}, By: data.Us, What: what, Made: "2026-11-10", Due: "2027-01-13"})
			return err
		}
	}
	mustWrite(t, maya, wording("Install in Hall 2, 18 to 22 January"))
	mustWrite(t, elin, wording("Install in Hall 2, 11 to 15 January"))
	give(t, elin, maya, larkfield, "elin")
}

func conflictsOf(t *testing.T, db *store.DB) []data.Conflict {
	t.Helper()
	list, err := db.Conflicts(context.Background(), "")
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func installPromise(t *testing.T, db *store.DB) data.Promise {
	t.Helper()
	p, err := store.PartByID[data.Promise](context.Background(), db, "p")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestAnAccountShowsThatTwoWroteApart(t *testing.T) {
	maya, elin := teamStores(t)
	w := testWindow(t, maya)
	w.open(route{place: placeAccount, id: "k"})
	checkShown(t, w, "Larkfield team")
	checkAbsent(t, w, "2 versions")
	apart(t, maya, elin)
	w.reload()
	checkShown(t, w, "2 versions")
	press(w, "V")
	checkShown(t, w, "Two people changed the same line", "Promise, wording", "Elin Sandvik", "Install in Hall 2, 11 to 15 January", "Install in Hall 2, 18 to 22 January", "Use Elin’s", "Use yours", "Write a third")
	golden(t, w, "conflict-chooser")
}

func TestTextsWrittenApartAreMergedAfterALook(t *testing.T) {
	maya, elin := teamStores(t)
	apart(t, maya, elin)
	mustWrite(t, maya, func(tx *store.Tx) error {
		return tx.Settle(data.ThingRef{Kind: data.KindPromise, ID: "p"}, "what", "Install in Hall 2 by May", false)
	})
	give(t, maya, elin, larkfield, "maya")
	for db, what := range map[*store.DB]string{maya: "Install all in Hall 2 by May", elin: "Install in Hall 2 by June"} {
		mustWrite(t, db, func(tx *store.Tx) error {
			return tx.Settle(data.ThingRef{Kind: data.KindPromise, ID: "p"}, "what", what, false)
		})
	}
	give(t, elin, maya, larkfield, "elin")
	w := testWindow(t, maya)
	w.open(route{place: placeAccount, id: "k"})
	press(w, "V")
	checkShown(t, w, "Both, merged…")
	checkAbsent(t, w, "Write a third")
	press(w, "3")
	checkShown(t, w, "Proposed from what each changed, in different places. Read it before you keep it.", "Install all in Hall 2 by June")
	golden(t, w, "conflict-merged")
	press(w, "Enter")
	if got := installPromise(t, maya).What; got != "Install all in Hall 2 by June" || len(conflictsOf(t, maya)) != 0 {
		t.Fatalf("the promise is %q, %d conflicts", got, len(conflictsOf(t, maya)))
	}
}

// elinsButton is the number of the button of Elin's version.
func elinsButton(t *testing.T, db *store.DB) string {
	t.Helper()
	list := conflictsOf(t, db)
	if len(list) != 1 {
		t.Fatalf("there are %d conflicts", len(list))
	}
	for i, v := range list[0].Versions {
		if !v.Mine {
			return keyOf(i)
		}
	}
	t.Fatal("Elin wrote none of them")
	return ""
}

func TestAVersionIsTakenByItsNumberHereAndThere(t *testing.T) {
	maya, elin := teamStores(t)
	apart(t, maya, elin)
	w := testWindow(t, maya)
	w.open(route{place: placeAccount, id: "k"})
	press(w, "V", elinsButton(t, maya))
	if got := installPromise(t, maya).What; got != "Install in Hall 2, 11 to 15 January" || len(conflictsOf(t, maya)) != 0 {
		t.Fatalf("the promise is %q, %d conflicts", got, len(conflictsOf(t, maya)))
	}
	checkAbsent(t, w, "2 versions", "Use Elin’s")
	checkShown(t, w, "Wording is “Install in Hall 2, 11 to 15 January”")
	give(t, maya, elin, larkfield, "maya")
	if got := installPromise(t, elin).What; got != "Install in Hall 2, 11 to 15 January" || len(conflictsOf(t, elin)) != 0 {
		t.Errorf("Elin has %q, %d conflicts", got, len(conflictsOf(t, elin)))
	}
}

func TestAVersionIsChosenByArrowsAndUndone(t *testing.T) {
	maya, elin := teamStores(t)
	apart(t, maya, elin)
	w := testWindow(t, maya)
	w.open(route{place: placeAccount, id: "k"})
	before := installPromise(t, maya).What
	press(w, "V", "Right", "Enter")
	if got := installPromise(t, maya).What; got == before || len(conflictsOf(t, maya)) != 0 {
		t.Fatalf("the promise is %q, %d conflicts", got, len(conflictsOf(t, maya)))
	}
	w.undo()
	if got := installPromise(t, maya).What; got != before {
		t.Errorf("undo left %q, want %q", got, before)
	}
	checkShown(t, w, before)
}

func TestAThirdVersionIsWritten(t *testing.T) {
	maya, elin := teamStores(t)
	apart(t, maya, elin)
	w := testWindow(t, maya)
	w.open(route{place: placeAccount, id: "k"})
	press(w, "V", "3")
	golden(t, w, "conflict-third")
	enter(w, "Install in Hall 2, 25 to 29 January")
	press(w, "Enter")
	if got := installPromise(t, maya).What; got != "Install in Hall 2, 25 to 29 January" || len(conflictsOf(t, maya)) != 0 {
		t.Errorf("the promise is %q, %d conflicts", got, len(conflictsOf(t, maya)))
	}
}

func TestWhatWasDeletedAndEditedIsKeptOrDeleted(t *testing.T) {
	for _, c := range []struct {
		key, said string
		there     bool
	}{{"1", "“Install in Hall 2, 18 to 22 January” stays", true}, {"2", "“Install in Hall 2, 18 to 22 January” deleted", false}} {
		maya, elin := teamStores(t)
		mustWrite(t, maya, func(tx *store.Tx) error {
			_, err := store.PutPart(tx, data.Promise{Belongs: data.Belongs{ID: "p", Account: "k", Contact: "anna"}, By: data.Us, What: "Install in Hall 2, 18 to 22 January", Made: "2026-11-10"})
			return err
		})
		mustWrite(t, elin, func(tx *store.Tx) error {
			return store.DeletePart(tx, data.Promise{Belongs: data.Belongs{ID: "p", Account: "k", Contact: "anna"}})
		})
		give(t, elin, maya, larkfield, "elin")
		w := testWindow(t, maya)
		w.open(route{place: placeAccount, id: "k"})
		checkShown(t, w, "Deleted and edited")
		press(w, "V")
		checkShown(t, w, "One deleted it, another edited it", "Elin Sandvik deleted it, today 09:18.", "Keep it", "Delete it")
		if c.there {
			golden(t, w, "conflict-deleted")
		}
		press(w, c.key)
		checkShown(t, w, c.said)
		_, err := store.PartByID[data.Promise](context.Background(), maya, "p")
		if (err == nil) != c.there || len(conflictsOf(t, maya)) != 0 {
			t.Errorf("after %s: %v, %d conflicts", c.key, err, len(conflictsOf(t, maya)))
		}
	}
}

func TestSeveralConflictsAreChosenOneAfterTheOther(t *testing.T) {
	maya, elin := teamStores(t)
	apart(t, maya, elin)
	for db, name := range map[*store.DB]string{maya: "Kestrel Museums Trust", elin: "Kestrel"} {
		mustWrite(t, db, func(tx *store.Tx) error {
			return tx.ChangeAccount("k", func(a *data.Account) { a.Name = name })
		})
	}
	give(t, elin, maya, larkfield, "elin")
	w := testWindow(t, maya)
	kit.Wear(testApp, kit.NewTheme(kit.Dark, 1))
	w.open(route{place: placeAccount, id: "k"})
	checkShown(t, w, "2 versions of 2 things")
	press(w, "V")
	checkShown(t, w, "1 of 2", "Account, name")
	press(w, "N")
	checkShown(t, w, "2 of 2", "Promise, wording")
	golden(t, w, "conflict-several-dark")
	press(w, "N", "1")
	checkShown(t, w, "Promise, wording")
	checkAbsent(t, w, "1 of 2")
	press(w, "1")
	checkAbsent(t, w, "Promise, wording")
	if n := len(conflictsOf(t, maya)); n != 0 {
		t.Errorf("%d conflicts are left", n)
	}
}
