package app

import (
	"context"
	"strings"
	"testing"

	"rapport/data"
	"rapport/data/store"
)

// noCalls is Anna's wish not to be called on Tuesdays, the tests' day.
var noCalls = data.Preference{Belongs: data.Belongs{ID: "nocalls", Account: "k", Contact: "anna"}, Rule: data.Never, Channel: data.ByCall, Weekdays: []string{"tue"}, Confirmed: "2026-01-01"}

func breachesOf(t *testing.T, w *window) []data.Breach {
	t.Helper()
	list, err := store.Parts[data.Breach](context.Background(), w.db, store.PartQuery{})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func entries(t *testing.T, w *window) int {
	t.Helper()
	list, err := w.db.LatestWith(context.Background(), "anna", 100, testNow)
	if err != nil {
		t.Fatal(err)
	}
	return len(list)
}

func TestACallAgainstAWishAsksWhy(t *testing.T) {
	w, _ := annaWindow(t, noCalls)
	before := entries(t, w)
	press(w, "C")
	enter(w, "Called Anna Kessler, 5 min, about the hall")
	checkShown(t, w, "Anna asked for no calls on Tue.")
	press(w, "Enter")
	checkShown(t, w, "This goes against a wish", "Why all the same")
	golden(t, w, "breach-asked")
	press(w, "Enter")
	checkShown(t, w, "Say why, so that the others know")
	press(w, "Esc")
	checkShown(t, w, "What happened?", "Called Anna Kessler, 5 min, about the hall")
	if n := entries(t, w); n != before || len(breachesOf(t, w)) != 0 {
		t.Fatalf("saying no keeps %d entries and %+v", n-before, breachesOf(t, w))
	}
	press(w, "Enter")
	enter(w, "she rang first")
	press(w, "Enter")
	list := breachesOf(t, w)
	if len(list) != 1 || list[0].Why != "she rang first" || list[0].Contact != "anna" || list[0].Preference != "nocalls" || list[0].On != "2026-11-17" || list[0].Interaction == "" {
		t.Fatalf("%+v", list)
	}
	if n := entries(t, w); n != before+1 {
		t.Errorf("%d entries more", n-before)
	}
	checkShown(t, w, "What went against it", "she rang first")
	w.undo()
	if n := entries(t, w); n != before || len(breachesOf(t, w)) != 0 {
		t.Errorf("undone there are %d entries more and %+v", n-before, breachesOf(t, w))
	}
}

func TestANoteTouchesNobody(t *testing.T) {
	w, _ := annaWindow(t, noCalls, data.Preference{Belongs: data.Belongs{ID: "never", Account: "k", Contact: "anna"}, Rule: data.Never, Weekdays: []string{"tue"}, Confirmed: "2026-01-01"})
	press(w, "C")
	enter(w, "Anna Kessler is on leave until May")
	checkAbsent(t, w, "asked for no")
	press(w, "Enter")
	checkAbsent(t, w, "This goes against a wish")
	if len(breachesOf(t, w)) != 0 {
		t.Errorf("%+v", breachesOf(t, w))
	}
}

func TestAPromisePlannedAgainstAWishAsksWhy(t *testing.T) {
	w, _ := annaWindow(t, data.Preference{Belongs: data.Belongs{ID: "fridays", Account: "k", Contact: "anna"}, Rule: data.Never, Weekdays: []string{"fri"}, Confirmed: "2026-01-01"})
	w.editPromise(data.Promise{Belongs: data.Belongs{Account: "k", Contact: "anna"}, By: data.Us, Due: "2026-11-20"})
	enter(w, "Dimmer sample")
	press(w, "Enter")
	checkShown(t, w, "Anna asked for no contact on Fri.", "Plan it anyway")
	press(w, "Esc")
	checkShown(t, w, "New promise")
	press(w, "Enter")
	enter(w, "she needs it that day")
	press(w, "Enter")
	list, err := store.Parts[data.Promise](context.Background(), w.db, store.PartQuery{Contact: "anna"})
	if err != nil || len(list) != 2 || len(breachesOf(t, w)) != 1 {
		t.Errorf("%+v, %v, %+v", list, err, breachesOf(t, w))
	}
	checkAbsent(t, w, "New promise")
}

func TestAMailAgainstAWishAsksWhy(t *testing.T) {
	db := mailStore(t, annaAsks)
	keepParts(t, db, func(tx *store.Tx) error { return tx.AllowDrafts("box", true) },
		data.Preference{Belongs: data.Belongs{ID: "fire", Account: "k", Contact: "1"}, Rule: data.Avoid, Topic: "the fire", Confirmed: "2026-01-01"})
	w := answering(t, db)
	enter(w, "This is how it was with the fire.")
	checkShown(t, w, "Anna does not like to talk about the fire")
	tapButton(t, w, "Put into Drafts")
	checkShown(t, w, "This goes against a wish", "Put it into Drafts anyway")
	press(w, "Esc")
	checkShown(t, w, "Answer to Anna Kessler", "This is how it was with the fire.")
	if n := waiting(t, db); n != 0 || len(breachesOf(t, w)) != 0 {
		t.Fatalf("saying no lets %d drafts go, %+v", n, breachesOf(t, w))
	}
	tapButton(t, w, "Put into Drafts")
	enter(w, "she asked about it")
	press(w, "Enter")
	list := breachesOf(t, w)
	if n := waiting(t, db); n != 1 || len(list) != 1 || list[0].Why != "she asked about it" || list[0].By != "Maya Lindqvist" || list[0].Contact != "1" {
		t.Fatalf("%d drafts go, %+v", n, list)
	}
	w.undo()
	if n := waiting(t, db); n != 0 || len(breachesOf(t, w)) != 0 {
		t.Errorf("undone, %d drafts go, %+v", n, breachesOf(t, w))
	}
}

func TestWhatTheirMailSuggestsIsDecided(t *testing.T) {
	w, p := annaWindow(t, data.Preference{Belongs: data.Belongs{ID: "early", Account: "k", Contact: "anna"}, Rule: data.Hours, From: "07:00", To: "09:00", Learned: true, Why: "85% of 20 mails were written then"})
	checkShown(t, w, "To decide", "Their mail suggests: between 07:00 and 09:00", "85% of 20 mails were written then")
	toRow(t, p, "offer hours")
	press(w, "X")
	checkAbsent(t, w, "To decide")
	if o := sole[data.Preference](t, w, "anna"); o.Refused != "2026-11-17" || o.Holds() {
		t.Errorf("%+v", o)
	}
	w.undo()
	toRow(t, p, "offer hours")
	press(w, "Y")
	if o := sole[data.Preference](t, w, "anna"); o.Confirmed != "2026-11-17" || !o.Holds() {
		t.Errorf("%+v", o)
	}
	checkShown(t, w, "Between 07:00 and 09:00")
	checkAbsent(t, w, "To decide")
}

// toRow goes to the row whose key begins so.
func toRow(t *testing.T, p *contactPage, key string) {
	t.Helper()
	for i, r := range p.rows {
		if strings.HasPrefix(r.key, key) {
			p.list.Select(i)
			return
		}
	}
	t.Fatalf("there is no row %q", key)
}
