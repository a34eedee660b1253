package app

import (
	"context"
	"testing"

	"rapport/data"
	"rapport/data/store"
)

// triageStore is a workspace of four accounts, three of them judged.
func triageStore(t *testing.T) *store.DB {
	t.Helper()
	db := testStore(t)
	writeAccounts(t, db,
		data.Account{ID: "k", Name: "Kestrel Museums", Sector: "Culture, 4 sites", Tier: data.TierC},
		data.Account{ID: "l", Name: "Larkfield Hall", Tier: data.TierA},
		data.Account{ID: "m", Name: "Millrace Trust"},
		data.Account{ID: "s", Name: "Corner Shop", Care: data.Transactional},
	)
	_, err := db.Write(context.Background(), "", func(tx *store.Tx) error {
		for i, m := range []data.Mark{
			{Belongs: data.Belongs{Account: "k"}, Criterion: "value-now", Points: 90, By: "Priya", Why: "largest of the museums"},
			{Belongs: data.Belongs{Account: "k"}, Criterion: "potential", Points: 80, By: "Priya"},
			{Belongs: data.Belongs{Account: "l"}, Criterion: "value-now", Points: 40, By: "Maya"},
			{Belongs: data.Belongs{Account: "l"}, Criterion: "potential", Points: 50, By: "Maya"},
		} {
			m.ID = string(rune('a' + i))
			if err := tx.PutAnyPart(m); err != nil {
				return err
			}
		}
		return tx.PutTeamHours(150)
	})
	if err != nil {
		t.Fatal(err)
	}
	return db
}

func triagePage(t *testing.T, w *window) *triage {
	t.Helper()
	w.open(route{place: placeTiers})
	p, ok := w.page().(*triage)
	if !ok {
		t.Fatalf("the page in view is %T", w.page())
	}
	return p
}

func tierOf(t *testing.T, db *store.DB, id string) (data.Tier, string) {
	t.Helper()
	a, err := db.Account(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	return a.Tier, a.TierWhy
}

func TestTriageFilled(t *testing.T) {
	w := testWindow(t, triageStore(t))
	triagePage(t, w)
	checkShown(t, w, "Tiers", "Kestrel Museums", "Millrace Trust", "Too little is known to propose a tier",
		"Now 1 A + 0 B + 1 C ask for 56 touches and 128 hours a year; you have 150. It fits.",
		"As proposed, 2 changes, 1 A + 1 B + 0 C ask for 69 touches and 160 hours a year; you have 150. That is 10 hours too many.")
	golden(t, w, "triage-filled")
}

func TestTriageByKeyboard(t *testing.T) {
	db := triageStore(t)
	w := testWindow(t, db)
	p := triagePage(t, w)
	if p.chosen != "k" {
		t.Fatalf("the first row is %q", p.chosen)
	}
	press(w, "Y")
	if tier, why := tierOf(t, db, "k"); tier != data.TierA || why != "Value now 90 of 100, judged by Priya: largest of the museums; Potential 80 of 100, judged by Priya" {
		t.Errorf("Y made it %s: %q", tier, why)
	}
	if p.chosen != "l" {
		t.Errorf("after Y the row is %q", p.chosen)
	}
	press(w, "N")
	if tier, _ := tierOf(t, db, "l"); tier != data.TierA || !p.left["l"] {
		t.Errorf("N made it %s, left %v", tier, p.left)
	}
	checkShown(t, w, "As proposed nothing changes.")
	press(w, "C")
	if tier, why := tierOf(t, db, "m"); tier != data.TierC || why != "decided by hand; too little was known to propose one" {
		t.Errorf("C made it %s: %q", tier, why)
	}
	w.undo()
	if tier, _ := tierOf(t, db, "m"); tier != "" {
		t.Errorf("undo left %s", tier)
	}
	w.undo()
	if tier, _ := tierOf(t, db, "k"); tier != data.TierC {
		t.Errorf("the second undo left %s", tier)
	}
}

func TestTriageEmptyAndFailed(t *testing.T) {
	db := testStore(t)
	w := testWindow(t, db)
	triagePage(t, w)
	checkShown(t, w, "Nothing to sort")
	db.Close()
	w = testWindow(t, db)
	triagePage(t, w)
	checkShown(t, w, "Try again")
}

// TestAllThatIsProposedIsAdoptedAtOnce shows what it asks of the team first; one
// undo takes it back.
func TestAllThatIsProposedIsAdoptedAtOnce(t *testing.T) {
	db := triageStore(t)
	w := testWindow(t, db)
	p := triagePage(t, w)
	before := map[string]data.Tier{}
	for id := range p.proposals() {
		before[id], _ = tierOf(t, db, id)
	}
	if len(before) < 2 {
		t.Fatalf("only %d changes are proposed", len(before))
	}
	enter(w, "Y") // with Shift
	checkShown(t, w, "Adopt 2 changes?", "Kestrel Museums")
	press(w, "Enter")
	for id, was := range before {
		if tier, why := tierOf(t, db, id); tier == was || why == "" {
			t.Errorf("%s is in %q (%s)", id, tier, why)
		}
	}
	checkShown(t, w, "2 accounts sorted as proposed", "As proposed nothing changes.")
	w.undo()
	for id, was := range before {
		if tier, _ := tierOf(t, db, id); tier != was {
			t.Errorf("undo left %s in %q, want %q", id, tier, was)
		}
	}
}
