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
	for range 30 {
		press(w, "J")
	}
	if p.here() != p.side || p.main.list.Current() >= 0 {
		t.Error("J does not lead from the conversations to who waits")
	}
	if i, _ := p.side.current(); i.kind != todayWaits {
		t.Errorf("the last row is kind %d", i.kind)
	}
	for range 40 {
		press(w, "Up")
	}
	if i, _ := p.here().current(); i.kind != todayHero {
		t.Error("Up does not lead back to the next conversation")
	}
	press(w, "Enter")
	if r := w.here(); r.place != placeAccount {
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
