package app

import (
	"context"
	"testing"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
)

func TestTheHistoryOfAnAccountIsShownAndRestored(t *testing.T) {
	maya, elin := teamStores(t)
	sector := func(db *store.DB, to string) {
		mustWrite(t, db, func(tx *store.Tx) error {
			return tx.ChangeAccount("k", func(a *data.Account) { a.Sector = to })
		})
	}
	sector(elin, "Museums")
	give(t, elin, maya, larkfield, "elin")
	sector(maya, "Heritage")
	w := testWindow(t, maya)
	w.open(route{place: placeAccount, id: "k"})
	w.page().(*accountPage).historyCommand().do()
	checkShown(t, w, "History of “Kestrel Museums”", "“Museums” became “Heritage”", "holds now", "Elin Sandvik", "All fields")
	golden(t, w, "history")
	press(w, "F")
	checkAbsent(t, w, "All fields")
	press(w, "J", "R")
	if topOverlay(w.canvas) != nil {
		t.Fatal("the history is still open")
	}
	if a, err := maya.Account(context.Background(), "k"); err != nil || a.Sector != "Museums" {
		t.Fatalf("restored it is %q, %v", a.Sector, err)
	}
	w.undo()
	if a, err := maya.Account(context.Background(), "k"); err != nil || a.Sector != "Heritage" {
		t.Fatalf("undone it is %q, %v", a.Sector, err)
	}
}

func TestTheHistoryOfALineOfThePlan(t *testing.T) {
	w := testWindow(t, sampleCopy(t))
	kit.Wear(testApp, kit.NewTheme(kit.Dark, 1))
	defer kit.Wear(testApp, kit.NewTheme(kit.Light, 1))
	w.open(route{place: placeAccount, id: accountNamed(t, w.db, "Kestrel Museums").ID})
	press(w, "3")
	p := w.page().(*accountPage)
	for i := range p.plan.rows {
		p.plan.list.Select(i)
		if ref := p.inHand(); ref.Kind != data.KindAccount {
			break
		}
	}
	ref := p.inHand()
	if ref.Kind == data.KindAccount {
		t.Fatal("no line of the plan has a history of its own")
	}
	enter(w, "H")
	h, err := w.db.ThingHistory(context.Background(), ref.ID)
	if err != nil || topOverlay(w.canvas) == nil {
		t.Fatalf("%v", err)
	}
	checkShown(t, w, "History of "+h.Called())
	golden(t, w, "history-dark")
}
