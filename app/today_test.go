package app

import (
	"context"
	"testing"
	"time"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
)

func TestTodayLooks(t *testing.T) {
	for name, c := range map[string]struct {
		look          kit.Look
		width, height float32
	}{
		"today":        {kit.Light, 1280, 800},
		"today-dark":   {kit.Dark, 1280, 800},
		"today-narrow": {kit.Light, 960, 600},
	} {
		t.Run(name, func(t *testing.T) {
			w := testWindow(t, sampleStore(t))
			kit.Wear(testApp, kit.NewTheme(c.look, 1))
			resize(w, c.width, c.height)
			w.open(route{place: placeToday})
			golden(t, w, name)
		})
	}
}

func TestTodayOfANewWorkspaceLeadsToTheFirstSource(t *testing.T) {
	w := testWindow(t, testStore(t))
	w.open(route{place: placeToday})
	checkShown(t, w, "Good morning", "Connect mail or a calendar")
	golden(t, w, "today-empty")
}

func TestTodaySaysThatNothingWaits(t *testing.T) {
	db := testStore(t)
	mustWrite(t, db, func(tx *store.Tx) error { return tx.PutAccount(data.Account{ID: "km", Name: "Kestrel Museums"}) })
	w := testWindow(t, db)
	w.open(route{place: placeToday})
	checkShown(t, w, "No meetings today.", "Every account is in its rhythm.", "Everybody has their answer.", "Nobody to file")
	golden(t, w, "today-quiet")
}

func TestTodayIsWalkedByKeys(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	w.open(route{place: placeToday})
	p := w.page().(*today)
	if i, _ := p.here().current(); i.kind != todayHero {
		t.Fatalf("the day begins at %+v", i)
	}
	press(w, "J")
	if i, _ := p.here().current(); i.kind != todayTalk {
		t.Errorf("after the first conversation comes kind %d", i.kind)
	}
	for range 60 {
		press(w, "J")
	}
	if p.here() != p.side || p.main.list.Current() >= 0 {
		t.Error("J does not lead from the conversations to who waits")
	}
	if i, _ := p.side.current(); i.kind != todayKind {
		t.Errorf("the last row is kind %d", i.kind)
	}
	for range 70 {
		press(w, "Up")
	}
	if i, _ := p.here().current(); i.kind != todayHero {
		t.Error("Up does not lead back to the next conversation")
	}
	press(w, "Enter")
	if r := w.here(); r.place != placeBrief {
		t.Errorf("Enter leads to %+v", r)
	}
}

func TestTodayTellsTheTimeByItself(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	w.open(route{place: placeToday})
	checkShown(t, w, "in 1 h 12 min")
	w.clock = func() time.Time { return testNow.Add(time.Hour) }
	w.minute()
	checkShown(t, w, "in 12 min")
}

func TestTodaySaysThatItCouldNotRead(t *testing.T) {
	db := testStore(t)
	w := testWindow(t, db)
	db.Close()
	w.open(route{place: placeToday})
	checkShown(t, w, "Try again")
}

func TestTodaySearchesInThePalette(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	w.open(route{place: placeToday})
	p := w.page().(*today)
	w.focus(p.search.Focusable())
	enter(w, "kest")
	if topOverlay(w.canvas) == nil || p.search.Text() != "" {
		t.Fatalf("typing does not open the palette; the field holds %q", p.search.Text())
	}
	checkShown(t, w, "Kest", "account")
}

func mustWrite(t *testing.T, db *store.DB, do func(*store.Tx) error) {
	t.Helper()
	if _, err := db.Write(context.Background(), "", do); err != nil {
		t.Fatal(err)
	}
}

// owedStore is a workspace with two promises, one of them overdue.
func owedStore(t *testing.T) *store.DB {
	db := testStore(t)
	mustWrite(t, db, func(tx *store.Tx) error {
		if err := tx.PutAccount(data.Account{ID: "km", Name: "Kestrel Museums", Since: "2021-11-19"}); err != nil {
			return err
		}
		if err := tx.PutContact(data.Contact{ID: "bh", AccountID: "km", Name: "Beatrice Holm", Emails: []string{"beatrice@kestrel.example"}}); err != nil {
			return err
		}
		for _, p := range []data.Promise{
			{Belongs: data.Belongs{ID: "report", Account: "km", Contact: "bh"}, By: data.Us, What: "Flicker report", Due: "2026-11-13"},
			{Belongs: data.Belongs{ID: "limits", Account: "km", Contact: "bh"}, By: data.Customer, What: "Lux limits", Due: "2026-11-18"},
		} {
			if _, err := store.PutPart(tx, p); err != nil {
				return err
			}
		}
		return nil
	})
	return db
}

// toPromises moves to the first promise.
func toPromises(t *testing.T, w *window) *today {
	t.Helper()
	w.open(route{place: placeToday})
	p := w.page().(*today)
	for range 10 {
		if p.onPromise() {
			return p
		}
		press(w, "J")
	}
	t.Fatal("no promise can be reached by J")
	return p
}

func TestTodayKeepsAPromise(t *testing.T) {
	db := owedStore(t)
	w := testWindow(t, db)
	toPromises(t, w)
	checkShown(t, w, "Promises due", "2 this week", "we owe 1", "they owe 1", "4 days over", "one of our promises is overdue")
	press(w, "Space")
	checkShown(t, w, "Kept: Flicker report", "Lux limits", "from Beatrice Holm")
	if p, err := store.PartByID[data.Promise](context.Background(), db, "report"); err != nil || p.Kept != "2026-11-17" {
		t.Errorf("kept %q, %v", p.Kept, err)
	}
	checkAbsent(t, w, "4 days over")
	w.undo()
	checkShown(t, w, "4 days over")
}

func TestTodayPutsAPromiseOff(t *testing.T) {
	w := testWindow(t, owedStore(t))
	toPromises(t, w)
	press(w, "S")
	checkShown(t, w, "Until tomorrow", "Until another day…")
	press(w, "Down", "Enter")
	checkShown(t, w, "put off until tomorrow")
	checkAbsent(t, w, "4 days over")
	w.undo()
	checkShown(t, w, "4 days over")
	w.askSnooze("report", "Flicker report")
	enter(w, "yesterday")
	press(w, "Enter")
	checkShown(t, w, "Write a day like Friday")
	w.dismiss()
}

func TestTodayReadsDaysAhead(t *testing.T) {
	for s, want := range map[string]string{"Friday": "2026-11-20", "4 December": "2026-12-04", "2026-12-04": "2026-12-04", "tomorrow": "2026-11-18", "2026-11-17": "", "2026-11-16": "", "soon": "", "": ""} {
		got := ""
		if day, err := dayAhead(s, testNow); err == nil {
			got = day.Format(time.DateOnly)
		}
		if got != want {
			t.Errorf("%q is %q, want %q", s, got, want)
		}
	}
}

func TestTodayWritesAKindWord(t *testing.T) {
	db := owedStore(t)
	mustWrite(t, db, func(tx *store.Tx) error {
		_, err := tx.PutMailbox(data.Mailbox{ID: "box", Address: "maya@larkfield.example", Host: "127.0.0.1", Port: 993, User: "maya", Security: data.TLS, SignIn: data.ByPassword})
		return err
	})
	w := testWindow(t, db)
	w.open(route{place: placeToday})
	checkShown(t, w, "A kind word", "Kestrel Museums: five years with us on Thursday.")
	p := w.page().(*today)
	for range 20 {
		press(w, "J")
	}
	if i, _ := p.here().current(); i.kind != todayKind {
		t.Fatalf("the last row is kind %d", i.kind)
	}
	press(w, "Enter")
	checkShown(t, w, "beatrice@kestrel.example", "Five years")
}
