package app

import (
	"context"
	"slices"
	"testing"
)

func TestEnterWaitsForWhatWasTyped(t *testing.T) {
	w := testWindow(t, testStore(t))
	w.open(route{place: placeSettings})
	w.openPalette()
	var held []func()
	w.bg.Start = func(f func()) { held = append(held, f) } // the search takes its time
	enter(w, "dark")
	press(w, "Enter")
	if topOverlay(w.canvas) == nil {
		t.Fatal("Enter did something before it was known what was typed")
	}
	w.bg.Start = func(f func()) { f() }
	for _, f := range held {
		f()
	}
	if w.looks.theme != "dark" || topOverlay(w.canvas) != nil {
		t.Errorf("the theme is %q", w.looks.theme)
	}
}

func TestThePaletteSaysThatNothingWasFound(t *testing.T) {
	w := testWindow(t, testStore(t))
	w.open(w.homeRoute())
	w.openPalette()
	enter(w, "zzqq")
	checkShown(t, w, "Nothing is called that", "0 results")
	press(w, "Enter")
	if topOverlay(w.canvas) == nil {
		t.Error("Enter on nothing closes the palette")
	}
}

func TestAccountsAndSourcesCanBeAddedFromEveryPage(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	for _, r := range everyRoute(t) {
		w.open(r)
		for _, name := range []string{"New account", addMailbox, addCalendar} {
			i := slices.IndexFunc(w.commands(), func(c command) bool { return c.name == name })
			if i < 0 {
				t.Errorf("on %s there is no %q", r.place, name)
				continue
			}
			w.commands()[i].do()
			if topOverlay(w.canvas) == nil {
				t.Errorf("on %s, %q asks nothing", r.place, name)
			}
			w.dismiss()
			w.open(r)
		}
	}
}

// TestThePaletteFindsWhatTheTeamLearned: a note and a play by their words; Enter
// stands on them on the page Training.
func TestThePaletteFindsWhatTheTeamLearned(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	w.open(route{place: placeToday})
	in, err := w.db.Library(context.Background())
	if err != nil || len(in.Notes) == 0 || len(in.Plays) == 0 {
		t.Fatalf("%d notes, %d plays, %v", len(in.Notes), len(in.Plays), err)
	}
	for _, title := range []string{in.Notes[0].Title, in.Plays[0].Name} {
		w.openPalette()
		enter(w, `"`+title+`"`)
		checkShown(t, w, "What you learned")
		w.palette.choose(len(w.palette.choices) - 1) // they stand last
		p, ok := w.page().(*learned)
		if !ok || p.row().entry.Title != title {
			t.Errorf("%q leads to %T", title, w.page())
		}
	}
}
