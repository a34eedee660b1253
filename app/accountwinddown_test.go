package app

import (
	"context"
	"slices"
	"strings"
	"testing"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
)

// windingDown is the page of an account that winds down, with a promise of ours
// that is open.
func windingDown(t *testing.T) (*window, *accountPage) {
	t.Helper()
	db := testStore(t)
	writeAccounts(t, db, data.Account{ID: "k", Name: "Kestrel Museums", Tier: data.TierA, Mode: data.WindDown, Owner: "Maya Lindqvist"}, data.Account{ID: "q", Name: "Quayside Ferries"})
	if _, err := db.Write(context.Background(), "", func(tx *store.Tx) error {
		if _, err := store.PutPart(tx, data.Promise{Belongs: data.Belongs{ID: "report", Account: "k"}, By: data.Us, What: "Send the report", Due: "2026-11-20"}); err != nil {
			return err
		}
		_, err := tx.PutLeaving(data.Leaving{Belongs: data.Belongs{Account: "k"}, Thing: data.LeavingInvoices, Owner: "Joris Dekker", By: "2026-11-13"})
		return err
	}); err != nil {
		t.Fatal(err)
	}
	w := testWindow(t, db)
	w.open(route{place: placeAccount, id: "k"})
	return w, w.page().(*accountPage)
}

// onThing stands on a thing of leaving well.
func onThing(t *testing.T, p *accountPage, words string) data.LeavingLine {
	t.Helper()
	for i, r := range p.overview.rows {
		if r.kind == overviewLeaving && strings.Contains(r.leaving.Text, words) {
			p.overview.list.Select(i)
			p.overview.list.Take()
			return r.leaving
		}
	}
	t.Fatalf("nothing of leaving says %q", words)
	return data.LeavingLine{}
}

func TestAnAccountThatWindsDownShowsWhatLeavingTakes(t *testing.T) {
	w, _ := windingDown(t)
	checkShown(t, w, "Leaving well", "3 things of 12 done", "1 promise is open", "4 days over", "3 things are done")
	golden(t, w, "account-leaving")
	kit.Wear(testApp, kit.NewTheme(kit.Dark, 1))
	resize(w, 960, 600)
	w.page().load()
	golden(t, w, "account-leaving-dark")
}

func TestLeavingIsTickedByKeyboard(t *testing.T) {
	w, p := windingDown(t)
	onThing(t, p, "Thank-you")
	press(w, "Space")
	list := parts[data.Leaving](t, w)
	if !hasLeaving(list, func(l data.Leaving) bool { return l.Thing == data.LeavingThanks && l.Done == "2026-11-17" }) {
		t.Fatalf("%+v", list)
	}
	w.undo()
	onThing(t, p, "They know who helps them next")
	press(w, "Space")
	golden(t, w, "account-leaving-asks")
	press(w, "Enter")
	checkShown(t, w, "Say who helps them next.")
	enter(w, "Arc Light")
	press(w, "Enter")
	if list := parts[data.Leaving](t, w); !hasLeaving(list, func(l data.Leaving) bool {
		return l.Thing == data.LeavingSuccessor && l.Words == "Arc Light" && l.Done != ""
	}) {
		t.Errorf("%+v", list)
	}
	onThing(t, p, "What we promised")
	press(w, "Space")
	checkShown(t, w, "What we promised is kept or released: 1 promise is open")
	w.keepPromise(parts[data.Promise](t, w)[0])
	checkShown(t, w, "5 things are done")
}

func hasLeaving(list []data.Leaving, is func(data.Leaving) bool) bool {
	for _, l := range list {
		if is(l) {
			return true
		}
	}
	return false
}

func TestAnAccountIsArchivedAndBroughtBack(t *testing.T) {
	w, p := windingDown(t)
	p.archive()
	checkShown(t, w, "Archive Kestrel Museums", "Archive all the same")
	golden(t, w, "account-archive")
	enter(w, "They moved to Arc Light")
	press(w, "Enter")
	a, err := w.db.Account(context.Background(), "k")
	if err != nil || a.Archived != "2026-11-17" || a.ArchivedWhy != "They moved to Arc Light" {
		t.Fatalf("%+v, %v", a, err)
	}
	checkShown(t, w, "Archived", "Bring it back", "since 17 Nov: They moved to Arc Light")
	golden(t, w, "account-archived")
	w.open(route{place: placeAccounts})
	if names := shownTexts(w); slices.Contains(names, "Kestrel Museums") || !slices.Contains(names, "Quayside Ferries") {
		t.Errorf("the list shows %q", names)
	}
	w.open(route{place: placeAccount, id: "k"})
	w.page().(*accountPage).unarchive()
	if a, _ := w.db.Account(context.Background(), "k"); a.Archived != "" || a.Mode != data.Maintain {
		t.Errorf("%+v", a)
	}
	w.undo()
	w.undo()
	if a, _ := w.db.Account(context.Background(), "k"); a.Archived != "" || a.Mode != data.WindDown {
		t.Errorf("two undos left %+v", a)
	}
}

func TestAnAccountBeginsToWindDownByACommand(t *testing.T) {
	db := testStore(t)
	writeAccounts(t, db, data.Account{ID: "k", Name: "Kestrel Museums"})
	w := testWindow(t, db)
	w.open(route{place: placeAccount, id: "k"})
	p := w.page().(*accountPage)
	checkAbsent(t, w, "Leaving well")
	p.windDown()
	checkShown(t, w, "Leaving well")
	p.addLeaving()
	enter(w, "Send the spare keys")
	press(w, "Enter")
	checkShown(t, w, "Send the spare keys")
	p.goOn()
	checkAbsent(t, w, "Leaving well")
}

// TestArchivedAccountsAreAListOfTheirOwn looks for one among all accounts, then under
// Archived, and brings it back with a key.
func TestArchivedAccountsAreAListOfTheirOwn(t *testing.T) {
	w := testWindow(t, sampleCopy(t))
	w.open(route{place: placeAccounts})
	p := w.page().(*accounts)
	if !p.side.items[viewLeft.key].Hidden {
		t.Error("where nothing is archived there is a list of that")
	}
	a := accountNamed(t, w.db, "Pell & Sons Printing")
	w.write("archived", func(tx *store.Tx) error { return tx.ArchiveAccount(a.ID, "They sold the second press", "2026-11-09") }, nil)
	p.load()
	if p.rowOf(a.ID) >= 0 || p.side.items[viewLeft.key].Hidden {
		t.Fatal("it is still among all accounts, or there is no list of those that were left")
	}
	p.look(viewLeft)
	checkShown(t, w, "Pell & Sons Printing", "Left ", "They sold the second press")
	checkAbsent(t, w, "Kestrel Museums")
	golden(t, w, "accounts-archived")
	press(w, "U")
	p.load()
	checkShown(t, w, "Nothing is archived")
	if a := accountNamed(t, w.db, "Pell & Sons Printing"); a.Archived != "" {
		t.Errorf("it is still archived: %+v", a)
	}
}
