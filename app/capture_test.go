package app

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"

	"rapport/data"
	"rapport/data/store"
)

// peopleStore is a workspace with two accounts and people of whom two share a
// first name.
func peopleStore(t *testing.T) *store.DB {
	t.Helper()
	db := testStore(t)
	writeAccounts(t, db, data.Account{ID: "k", Name: "Kestrel Museums", Tier: data.TierA}, data.Account{ID: "q", Name: "Quayside Ferries"})
	_, err := db.Write(context.Background(), "", func(tx *store.Tx) error {
		for _, c := range []data.Contact{{ID: "1", AccountID: "k", Name: "Anna Kessler"}, {ID: "2", AccountID: "q", Name: "Anna Brandt"}, {ID: "3", AccountID: "k", Name: "Piotr Malik"}} {
			if err := tx.PutContact(c); err != nil {
				return err
			}
		}
		return tx.PutSetting(store.SettingUserName, "Maya Lindqvist")
	})
	if err != nil {
		t.Fatal(err)
	}
	return db
}

func latestOf(t *testing.T, db *store.DB, account string) []data.Interaction {
	t.Helper()
	list, err := db.Timeline(context.Background(), data.TimelineQuery{Account: account}, testNow)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestCaptureUnderstands(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	w.open(route{place: placeAccounts})
	press(w, "C")
	golden(t, w, "capture-empty")
	enter(w, "Called Piotr yesterday, 10 min, he agreed the night test. We send the guard list by Friday")
	checkShown(t, w, "Mon 16 Nov, 10 min, with Piotr Malik", "Piotr works there")
	golden(t, w, "capture-understood")
	press(w, "Esc")
	if topOverlay(w.canvas) != nil {
		t.Error("Esc left the capture open")
	}
}

func TestCaptureSaves(t *testing.T) {
	db := peopleStore(t)
	w := testWindow(t, db)
	w.open(route{place: placeAccounts})
	press(w, "C")
	enter(w, "Called Piotr yesterday, 10 min, he agreed the night test")
	press(w, "Enter")
	if topOverlay(w.canvas) != nil {
		t.Fatal("saving left the capture open")
	}
	checkShown(t, w, "Call with Piotr Malik at Kestrel Museums logged")
	list := latestOf(t, db, "k")
	if len(list) != 1 || list[0].Kind != data.Call || list[0].Minutes != 10 || list[0].Subject != "He agreed the night test" {
		t.Fatalf("kept %+v", list)
	}
	w.undo()
	if list := latestOf(t, db, "k"); len(list) != 0 {
		t.Errorf("undo left %+v", list)
	}
}

func TestCaptureShiftEnter(t *testing.T) {
	db := peopleStore(t)
	w := testWindow(t, db)
	w.open(route{place: placeAccount, id: "q"})
	c := w.captureLine("q", "Noted that the pier closes in March")
	c.keep(true)
	if c.field.Text() != "" || !c.overlay.IsOpen() {
		t.Errorf("after saving and adding the line is %q", c.field.Text())
	}
	enter(w, "The crane is late")
	press(w, "Enter")
	if list := latestOf(t, db, "q"); len(list) != 2 {
		t.Errorf("kept %+v", list)
	}
}

func TestCaptureAsksWhoIsMeant(t *testing.T) {
	db := peopleStore(t)
	w := testWindow(t, db)
	w.open(route{place: placeAccounts})
	w.page().(*accounts).chosen = ""
	c := w.captureLine("", "Called Anna, she agreed")
	checkShown(t, w, "Which one", "Anna Brandt, Quayside Ferries", "Anna Kessler, Kestrel Museums")
	golden(t, w, "capture-which")
	press(w, "Enter")
	if list := latestOf(t, db, "q"); len(list) != 0 || !c.overlay.IsOpen() {
		t.Fatal("an ambiguous line was saved")
	}
	c.key(fyne.KeyTab)
	press(w, "Enter") // the first of them
	checkShown(t, w, "Anna works there")
	checkAbsent(t, w, "Which one")
	press(w, "Enter")
	if n := len(latestOf(t, db, "q")) + len(latestOf(t, db, "k")); n != 1 {
		t.Errorf("%d entries were kept", n)
	}
}

func TestCaptureWithoutAccount(t *testing.T) {
	db := peopleStore(t)
	w := testWindow(t, db)
	w.open(route{place: placeAccounts})
	c := w.captureLine("", "Called somebody about the lamps")
	checkShown(t, w, "Not known yet", "which account it was")
	press(w, "Enter")
	if !c.overlay.IsOpen() {
		t.Fatal("a line without an account was saved")
	}
	c.chooseAccount()
	enter(w, "quay")
	press(w, "Enter")
	checkShown(t, w, "You chose it", "Quayside Ferries")
	if c.field.Text() != "Called somebody about the lamps" {
		t.Errorf("the line became %q", c.field.Text())
	}
	c.chooseAccount()
	press(w, "Esc")
	checkShown(t, w, "You chose it")
	press(w, "Enter")
	if list := latestOf(t, db, "q"); len(list) != 1 {
		t.Errorf("kept %+v", list)
	}
}

func TestWhatIsLoggedIsShownWhateverTheFilter(t *testing.T) {
	db := loggedStore(t, 3, 9)
	w := testWindow(t, db)
	tl := openTimeline(t, w, "Kestrel Museums")
	tl.filter.choose(data.Mail)
	press(w, "C")
	enter(w, "Visited the hall yesterday, 1 h, walked it at night")
	press(w, "Enter")
	logged := latestOf(t, db, "k")[0]
	if logged.Kind != data.Visit || tl.chosen != logged.ID || tl.filter.narrows() {
		t.Errorf("logged %s %q, the timeline is at %q and narrowed: %v", logged.Kind, logged.ID, tl.chosen, tl.filter.narrows())
	}
}
