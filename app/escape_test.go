package app

import "testing"

func TestEscapeLeavesAnAccount(t *testing.T) {
	w := testWindow(t, loggedStore(t, 3, 9))
	w.open(route{place: placeAccounts})
	w.open(route{place: placeAccount, id: "k"})
	press(w, "2", "Esc")
	if w.here().place != placeAccounts {
		t.Errorf("Esc leads to %s", w.here().place)
	}
}

func TestEscapeTakesTheInspectorAwayFirst(t *testing.T) {
	w := testWindow(t, loggedStore(t, 3, 9))
	resize(w, 960, 600)
	w.open(route{place: placeAccounts})
	openTimeline(t, w, "Kestrel Museums")
	press(w, "Enter")
	if !w.shell.InspectorOpen() {
		t.Fatal("Enter does not open the inspector")
	}
	press(w, "Esc")
	if w.shell.InspectorOpen() || w.here().place != placeAccount {
		t.Errorf("after Esc the inspector is open: %v, on %s", w.shell.InspectorOpen(), w.here().place)
	}
	press(w, "Esc")
	if w.here().place != placeAccounts {
		t.Errorf("a second Esc leads to %s", w.here().place)
	}
}
