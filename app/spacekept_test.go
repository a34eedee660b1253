package app

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"rapport/data"
	"rapport/data/store"
)

// readerWrote is Maya's window on a team whose member Elin wrote something before she
// heard that she only reads, and Elin's.
func readerWrote(t *testing.T) (w, other *window, team data.Space) {
	t.Helper()
	ctx, shared := context.Background(), filepath.Join(t.TempDir(), "Larkfield")
	if err := os.Mkdir(shared, 0o755); err != nil {
		t.Fatal(err)
	}
	w, other = sharingWindow(t, testStore(t), "Maya Lindqvist"), sharingWindow(t, testStore(t), "Elin Sandvik")
	place, err := w.sharer.Place(shared)
	if err != nil {
		t.Fatal(err)
	}
	if team, err = w.sharer.Create(ctx, "Larkfield team", data.TeamSpace, place); err != nil {
		t.Fatal(err)
	}
	mustWrite(t, w.db, func(tx *store.Tx) error { return tx.PutAccount(data.Account{ID: "k", Name: "Kestrel Museums"}) })
	shareAccount(t, w.db, "k", team.ID)
	file, err := w.sharer.Invite(ctx, team.ID, data.Invitee{Name: "Elin Sandvik", History: true})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := other.sharer.Join(ctx, file, place); err != nil {
		t.Fatal(err)
	}
	for _, one := range []*window{w, other} {
		exchangeOnce(t, one, team)
	}
	if err := w.sharer.SetRole(ctx, team.ID, spacesOf(t, other.db)[0].Self, data.Reader); err != nil {
		t.Fatal(err)
	}
	mustWrite(t, other.db, func(tx *store.Tx) error {
		return tx.ChangeAccount("k", func(a *data.Account) { a.Sector = "Culture" })
	})
	for _, one := range []*window{other, w} {
		exchangeOnce(t, one, team)
	}
	return w, other, team
}

func exchangeOnce(t *testing.T, w *window, s data.Space) {
	t.Helper()
	if _, err := w.sharer.Exchange(context.Background(), s.ID); err != nil {
		t.Fatal(err)
	}
}

func sectorOf(t *testing.T, w *window) string {
	t.Helper()
	a, err := w.db.Account(context.Background(), "k")
	if err != nil {
		t.Fatal(err)
	}
	return a.Sector
}

func TestWhatWasKeptOutIsLookedAtAndLetIn(t *testing.T) {
	w, other, team := readerWrote(t)
	openSharing(t, w)
	checkShown(t, w, "1 change of Elin Sandvik kept out", "Its author’s role did not allow it.", "Look at what was kept out")
	press(w, "L")
	checkShown(t, w, "Kept out of Larkfield team", "1 change by Elin Sandvik", "Account “Kestrel Museums”", "to be “Culture”", "Let in", "Leave it out")
	press(w, "Enter") // the keyboard is on what does nothing
	checkAbsent(t, w, "Kept out of Larkfield team")
	if got := sectorOf(t, w); got != "" {
		t.Fatalf("let in without a yes: %q", got)
	}
	press(w, "L")
	tab(t, w, 1)
	press(w, "Enter")
	checkShown(t, w, "1 change by Elin Sandvik let into Larkfield team")
	checkAbsent(t, w, "Look at what was kept out", "1 change of Elin Sandvik kept out")
	exchangeOnce(t, other, team)
	if mine, theirs := sectorOf(t, w), sectorOf(t, other); mine != "Culture" || theirs != "Culture" {
		t.Errorf("after a yes Maya has %q, Elin %q", mine, theirs)
	}
}

func TestWhoMayNotLetInIsNotAsked(t *testing.T) {
	_, other, _ := readerWrote(t)
	p := openSharing(t, other)
	checkAbsent(t, other, "Look at what was kept out")
	p.askKept()
	checkAbsent(t, other, "Leave it out")
}

func TestWhatWasKeptOutIsDrawn(t *testing.T) {
	maya, _ := sharedSample(t)
	w := testWindow(t, maya)
	w.sharer = newSharer(maya, memory{}, testClock)
	p := openSharing(t, w)
	named := data.KeptChange{Person: "joris", By: "Joris Dekker", Why: "not allowed", At: testNow, ThingRef: data.ThingRef{Kind: data.KindAccount, ID: "k"}, Title: "Northmoor University", Deed: data.DeedWrote, Field: "sector", Value: "Research"}
	gone := named
	gone.Person, gone.By, gone.Why, gone.Deed, gone.Field, gone.Value = "", "", "unknown device", data.DeedDeleted, "", ""
	p.showKept(newForm(w.bg), p.shown(), []data.KeptChange{named, gone})
	checkShown(t, w, "1 change by Joris Dekker", "1 change by somebody who is not known", "Nobody told whose laptop wrote it")
	golden(t, w, "sharing-kept-out")
}
