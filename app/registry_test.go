package app

import (
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/assets"
)

// everyRoute is a route to each page that there is, in a workspace with the
// sample in it.
func everyRoute(t *testing.T) []route {
	t.Helper()
	var list []route
	for _, p := range []place{placeToday, placeAccounts, placeCalendar, placeTiers, placeImport, placeFiling, placeSettings} {
		if makerOf(p) != nil {
			list = append(list, route{place: p})
		}
	}
	if makerOf(placeAccount) != nil {
		rows, err := sampleStore(t).Accounts(t.Context())
		if err != nil || len(rows) == 0 {
			t.Fatal("the sample has no accounts", err)
		}
		list = append(list, route{place: placeAccount, id: rows[0].ID})
	}
	return list
}

func TestNoChordMeansTwoThings(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	for _, r := range everyRoute(t) {
		w.open(r)
		seen := map[chord]string{}
		for _, c := range w.commands() {
			if c.chord == (chord{}) {
				continue
			}
			if before, ok := seen[c.chord]; ok && before != c.name {
				t.Errorf("on %s, %s is %q and %q", r.place, c.chord.words("linux"), before, c.name)
			}
			seen[c.chord] = c.name
		}
	}
}

func TestNoKeyMeansTwoThingsAtOnce(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	for _, r := range everyRoute(t) {
		w.open(r)
		seen := map[string]string{}
		for _, c := range w.page().commands() {
			for _, k := range c.keys() {
				if before, ok := seen[k]; ok && c.applies() {
					t.Errorf("on %s, %s is %q and %q", r.place, k, before, c.name)
				}
				if c.applies() {
					seen[k] = c.name
				}
			}
		}
	}
}

func TestEveryCommandCanBeReached(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	for _, r := range everyRoute(t) {
		w.open(r)
		inMenu := map[string]bool{}
		for _, m := range w.mainMenu().Items {
			for _, item := range m.Items {
				inMenu[item.Label] = true
			}
		}
		w.openPalette()
		inPalette := strings.Join(shownTexts(w), "\n")
		rows := len(w.palette.choices)
		w.dismiss()
		n := 0
		for _, c := range w.commands() {
			switch {
			case c.do == nil || c.name == "":
				t.Errorf("on %s, a command does nothing or has no name: %+v", r.place, c)
			case c.quiet && len(c.keys()) == 0:
				t.Errorf("on %s, nothing calls %q", r.place, c.name)
			case c.quiet:
			case !inMenu[c.name]:
				t.Errorf("on %s, %q is in no menu", r.place, c.name)
			case c.applies():
				n++
			}
		}
		if rows != n+1 { // and the heading
			t.Errorf("on %s, the palette has %d rows for %d commands:\n%s", r.place, rows-1, n, inPalette)
		}
	}
}

func TestEveryCommandHasAnIconThatExists(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	for _, r := range everyRoute(t) {
		w.open(r)
		for _, c := range w.commands() {
			if !c.quiet && !slices.Contains(assets.Icons(), c.icon) {
				t.Errorf("on %s, %q has the icon %q", r.place, c.name, c.icon)
			}
		}
	}
}

func TestChordsAreReadAsTheSystemWritesThem(t *testing.T) {
	shift := fyne.KeyModifierShortcutDefault | fyne.KeyModifierShift
	for _, tt := range []struct {
		chord      chord
		linux, mac string
	}{
		{chord{fyne.KeyK, fyne.KeyModifierControl}, "Ctrl K", "⌃K"},
		{chord{fyne.KeyLeft, fyne.KeyModifierAlt}, "Alt Left", "⌥Left"},
		{chord{fyne.KeyK, fyne.KeyModifierSuper}, "Super K", "⌘K"},
	} {
		if got := tt.chord.words("linux"); got != tt.linux {
			t.Errorf("on Linux %q, want %q", got, tt.linux)
		}
		if got := tt.chord.words("darwin"); got != tt.mac {
			t.Errorf("on macOS %q, want %q", got, tt.mac)
		}
	}
	if got := (chord{fyne.KeyZ, shift}).words(runtime.GOOS); !strings.Contains(got, "Z") {
		t.Errorf("redo is %q", got)
	}
}

func TestKeysOfPairsGoToTheirPlaces(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	w.open(route{place: placeSettings})
	for _, c := range w.globals() {
		if len(strings.Fields(c.key)) != 2 || strings.HasPrefix(c.key, "Shift ") {
			continue
		}
		w.open(route{place: placeSettings})
		w.canvas.Unfocus()
		press(w, c.key)
		if want := strings.TrimPrefix(c.name, "Go to "); string(w.here().place) != want {
			t.Errorf("%s goes to %s, want %s", c.key, w.here().place, want)
		}
	}
}

func TestHalfAPairIsForgottenAfterAWhile(t *testing.T) {
	w := testWindow(t, testStore(t))
	now := testNow
	w.clock = func() time.Time { return now }
	w.open(route{place: placeSettings})
	w.canvas.Unfocus()
	press(w, "G")
	if w.router.first != "G" {
		t.Fatal("G does not wait for a second key")
	}
	now = now.Add(pairWait)
	press(w, "?")
	if w.router.first != "" || !hasText(w, "Keys") {
		t.Error("? after the wait does not stand for itself")
	}
}

func TestKeysAreOffWhileSomebodyTypes(t *testing.T) {
	w := testWindow(t, testStore(t))
	w.open(route{place: placeSettings})
	field := kit.NewField("")
	o := kit.NewOverlay(300, field)
	w.pop(o, field.Focusable())
	enter(w, "gt?c")
	if field.Text() != "gt?c" {
		t.Errorf("the field holds %q", field.Text())
	}
	if w.here().place != placeSettings || topOverlay(w.canvas) != o {
		t.Error("typing was taken for keys")
	}
}

func TestKeysDoNothingBehindWhatFloats(t *testing.T) {
	w := testWindow(t, testStore(t))
	w.open(route{place: placeSettings})
	w.canvas.Unfocus()
	press(w, "?")
	sheet := topOverlay(w.canvas)
	if sheet == nil {
		t.Fatal("? shows no keys")
	}
	press(w, "?", "G T")
	if topOverlay(w.canvas) != sheet {
		t.Error("a key reached the page behind")
	}
	press(w, "Esc")
	if topOverlay(w.canvas) != nil {
		t.Error("Escape does not close")
	}
}
