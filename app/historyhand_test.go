package app

import (
	"context"
	"slices"
	"testing"

	"rapport/data"
	"rapport/data/store"
)

// onPage opens a tab of Kestrel's page, and moves to a row of the list that shows a
// thing of a kind.
func onPage(t *testing.T, w *window, tab, kind string) data.ThingRef {
	t.Helper()
	w.open(route{place: placeAccount, id: accountNamed(t, w.db, "Kestrel Museums").ID})
	press(w, tab)
	p := w.page().(*accountPage)
	rows := map[string]interface {
		Select(int)
		Current() int
	}{"1": p.overview.list, "2": p.timeline.list, "5": p.value.list}[tab]
	for row := 0; rows != nil && row < 400; row++ {
		rows.Select(row)
		if p.inHand().Kind == kind {
			break
		}
	}
	ref := p.inHand()
	if ref.Kind != kind {
		t.Fatalf("tab %s has %v in hand, not a %s", tab, ref, kind)
	}
	return ref
}

func TestEveryTabHasTheHistoryOfWhatIsInHand(t *testing.T) {
	for _, c := range []struct{ name, tab, kind, field, older, newer string }{
		{"a promise of the overview", "1", data.KindPromise, "what", "A word before", "A word after"},
		{"a need of the overview", "1", data.KindNeed, "words", "A need before", "A need after"},
		{"a contact that was logged", "2", data.KindInteraction, "text", "Told before", "Told after"},
		{"where somebody stands", "4", data.KindStakeholder, "why", "Reason before", "Reason after"},
		{"a value of the ledger", "5", data.KindValue, "what", "Worth before", "Worth after"},
		{"a use of what they have", "5", data.KindUse, "what", "Used before", "Used after"},
		{"an initiative", "5", data.KindInitiative, "what", "Done before", "Done after"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := testWindow(t, sampleCopy(t))
			ref := onPage(t, w, c.tab, c.kind)
			for _, v := range []string{c.older, c.newer} {
				mustWrite(t, w.db, func(tx *store.Tx) error { return tx.Restore(ref, c.field, v) })
			}
			enter(w, "H")
			checkShown(t, w, "“"+c.older+"” became “"+c.newer+"”", "holds now")
			press(w, "J", "Enter")
			if got := heldNow(t, w, ref, c.field); got != c.older {
				t.Fatalf("restored it is %q", got)
			}
			w.undo()
			if got := heldNow(t, w, ref, c.field); got != c.newer {
				t.Fatalf("undone it is %q", got)
			}
		})
	}
}

// heldNow is the value of a field that holds now.
func heldNow(t *testing.T, w *window, ref data.ThingRef, field string) string {
	t.Helper()
	h, err := w.db.ThingHistory(context.Background(), ref.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range h.Lines {
		if l.Field == field && l.Shown {
			return l.To
		}
	}
	return ""
}

func TestARowOfNothingHasTheHistoryOfItsAccount(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	w.open(route{place: placeAccount, id: accountNamed(t, w.db, "Kestrel Museums").ID})
	p := w.page().(*accountPage)
	row := slices.IndexFunc(p.overview.rows, func(r overviewRow) bool { return r.key != "" && r.thing().ID == "" })
	p.overview.list.Select(row)
	if ref := p.inHand(); ref.Kind != data.KindAccount || ref.ID != p.id {
		t.Fatalf("in hand is %v", ref)
	}
	press(w, "2")
	row = slices.IndexFunc(p.timeline.rows, func(r data.TimelineRow) bool { return r.Kind == data.RowItem && r.Item.Kind == data.Mail })
	p.timeline.list.Select(row)
	if ref := p.timeline.inHand(); ref.ID != "" {
		t.Fatalf("a mail, which nobody wrote here, has %v", ref)
	}
	if menu := w.withHistory(nil, p.rowHand()); len(menu) > 0 {
		t.Fatal("the menu of a mail offers a history")
	}
}

func TestThePeopleBesideTheOverviewHaveTheirHistory(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	w.open(route{place: placeAccount, id: accountNamed(t, w.db, "Kestrel Museums").ID})
	p := w.page().(*accountPage)
	enter(w, "P")
	row := slices.IndexFunc(p.overview.people.rows, func(r peopleRow) bool { return r.person.ID != "" })
	p.overview.people.list.Select(row)
	if ref := p.inHand(); ref.Kind != data.KindContact {
		t.Fatalf("in hand is %v", ref)
	}
	row = slices.IndexFunc(p.overview.people.rows, func(r peopleRow) bool { return r.kind == peopleWish })
	p.overview.people.list.Select(row)
	if ref := p.inHand(); ref.Kind != data.KindPreference {
		t.Fatalf("in hand is %v", ref)
	}
}

func TestNothingOfAPastDayHasAHistoryInHand(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	w.open(route{place: placeAccount, id: accountNamed(t, w.db, "Kestrel Museums").ID})
	p := w.page().(*accountPage)
	enter(w, "h")
	if !p.back.on() {
		t.Fatal("no past day is shown")
	}
	for _, tab := range []string{"1", "2", "3", "4"} {
		press(w, tab)
		if ref, row := p.inHand(), p.rowHand(); ref.ID != "" || row.ID != "" {
			t.Errorf("tab %s has %v, %v in hand", tab, ref, row)
		}
	}
}
