package app

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
)

func TestBackAndForwardAreTheSamePages(t *testing.T) {
	w := testWindow(t, testStore(t))
	w.open(route{place: placeSettings})
	first := w.page()
	w.open(route{place: placeSettings, id: "another"})
	second := w.page()
	if first == second {
		t.Fatal("another route is the same page")
	}
	w.back()
	if w.page() != first || w.canBack() || !w.canForward() {
		t.Error("back is not at the first page")
	}
	w.forward()
	if w.page() != second || w.canForward() {
		t.Error("forward is not at the second page")
	}
	w.open(route{place: placeSettings})
	if w.page() != first || !w.canBack() {
		t.Error("a page of the trail was made anew")
	}
}

func TestGoingOnAfterBackForgetsWhatWasAhead(t *testing.T) {
	w := testWindow(t, testStore(t))
	for _, id := range []string{"", "a", "b"} {
		w.open(route{place: placeSettings, id: id})
	}
	w.back()
	w.open(route{place: placeSettings, id: "c"})
	w.forward()
	if w.here().id != "c" {
		t.Errorf("forward goes to %q", w.here().id)
	}
}

func TestTheTrailDoesNotGrowForEver(t *testing.T) {
	w := testWindow(t, testStore(t))
	for i := range trailKept + 5 {
		w.open(route{place: placeSettings, id: string(rune('a' + i))})
	}
	if len(w.trail) > trailKept || w.at != len(w.trail)-1 {
		t.Errorf("%d steps are kept, at %d", len(w.trail), w.at)
	}
}

func TestAWriteOffersUndoAndUndoOffersDoingItAgain(t *testing.T) {
	db := testStore(t)
	w := testWindow(t, db)
	w.open(route{place: placeSettings})
	count := func() int {
		list, err := db.Accounts(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return len(list)
	}
	w.write("Kestrel Museums added", func(tx *store.Tx) error { return tx.PutAccount(data.Account{Name: "Kestrel Museums"}) }, nil)
	checkShown(t, w, "Kestrel Museums added", "Undo", "Ctrl Z")
	golden(t, w, "status-undo")
	w.undo()
	if count() != 0 {
		t.Error("undo left the account")
	}
	checkShown(t, w, "Undone: Kestrel Museums added")
	w.redo()
	if count() != 1 {
		t.Error("doing it again did not bring the account back")
	}
	w.undo()
	w.undo()
	checkShown(t, w, "Nothing to undo")
}

func TestUndoInAFieldUndoesTyping(t *testing.T) {
	db := testStore(t)
	w := testWindow(t, db)
	w.open(route{place: placeSettings})
	w.write("Kestrel Museums added", func(tx *store.Tx) error { return tx.PutAccount(data.Account{Name: "Kestrel Museums"}) }, nil)
	field := kit.NewField("")
	w.pop(kit.NewOverlay(300, field), field.Focusable())
	enter(w, "lamps")
	w.undo()
	if field.Text() != "" {
		t.Errorf("the field still holds %q", field.Text())
	}
	if list, _ := db.Accounts(t.Context()); len(list) != 1 {
		t.Error("undo in a field went behind the last write")
	}
}

func TestTroubleIsToldWithWhatToDo(t *testing.T) {
	w := testWindow(t, testStore(t))
	w.open(route{place: placeSettings})
	w.write("x", func(*store.Tx) error { return &data.Problem{Kind: data.DiskFull, About: "the workspace"} }, func() { t.Error("went on") })
	checkShown(t, w, "The disk that holds the workspace is full.", "Free some space")
	golden(t, w, "status-trouble")
}

func TestAChangeIsSeenOnThePageAtOnce(t *testing.T) {
	db := testStore(t)
	w := testWindow(t, db)
	w.open(route{place: placeSettings})
	if _, err := db.Write(context.Background(), "", func(tx *store.Tx) error {
		_, err := tx.PutCalendar(data.Calendar{Name: "Maya, work", Shown: "calendar.example"})
		return err
	}); err != nil {
		t.Fatal(err)
	}
	checkShown(t, w, "Maya, work")
}

func TestTheTruthAboutTheSources(t *testing.T) {
	read := func(name string, minutes int) source {
		return source{mailbox: data.Mailbox{ID: name, Address: name}, status: data.Status{At: testNow.Add(-time.Duration(minutes) * time.Minute)}}
	}
	with := func(s source, change func(*source)) source { change(&s); return s }
	offline := (&data.Problem{Kind: data.Offline, About: "imap.example"})
	fail := func(problem string) func(*source) { return func(s *source) { s.status.Problem = problem } }
	calendar := source{calendar: data.Calendar{ID: "c", Name: "Work"}, status: data.Status{At: testNow}}
	for _, tt := range []struct {
		name  string
		truth truth
		want  string
	}{
		{"nothing connected", truth{}, "No mailbox or calendar yet."},
		{"all read", truth{sources: []source{read("a", 6), read("b", 9)}, kept: 6, skipped: 1031}, "Mail read at 09:09 · 6 kept, 1,031 skipped"},
		{"nothing new today", truth{sources: []source{read("a", 6)}}, "Mail read at 09:12"},
		{"never read", truth{sources: []source{{mailbox: data.Mailbox{ID: "a", Address: "a"}}}}, "Mail not read yet"},
		{"read yesterday", truth{sources: []source{read("a", 24*60)}}, "Mail read Yesterday at 09:18"},
		{"only a calendar", truth{sources: []source{calendar}}, "Calendar read at 09:18"},
		{"a calendar fails", truth{sources: []source{read("a", 6), with(calendar, fail("x is not a calendar. Check the link"))}}, "Mail read at 09:12 · 1 calendar not read"},
		{"two mailboxes fail", truth{sources: []source{with(read("a", 6), fail("no")), with(read("b", 6), fail("no"))}}, "Mail read at 09:12 · 2 mailboxes not read"},
		{"offline", truth{sources: []source{with(read("a", 68), fail(offline.What()+". "+offline.Todo()))}}, "Offline. Last read at 08:10. Everything that is stored works."},
		{"the sample", truth{sources: []source{with(read("a", 6), func(s *source) { s.sample = true })}}, "Sample workspace. Nothing is read from outside."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := ""
			for _, s := range tt.truth.spans(testNow) {
				if s.Text != "" {
					got += " " + s.Text
				}
			}
			if got = got[1:]; got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestReadingShowsHowFarItIs(t *testing.T) {
	w := testWindow(t, testStore(t))
	w.open(route{place: placeSettings})
	w.status.truth = truth{sources: []source{
		{mailbox: data.Mailbox{ID: "a", Address: "a"}, status: data.Status{Running: true, Folder: "INBOX", Done: 214, Total: 1960}},
	}}
	w.status.draw()
	checkShown(t, w, "Reading INBOX, 214 of 1,960", "Pause")
	golden(t, w, "status-reading")
}

func TestBeingOfflineIsAFactAndNotAnError(t *testing.T) {
	db := withSources(t)
	w := testWindow(t, db)
	boxes, err := db.Mailboxes(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range boxes {
		p := &data.Problem{Kind: data.Offline, About: m.Host}
		if err := errors.Join(db.BeginRun(t.Context(), m.SourceName(), testNow), db.EndRun(t.Context(), m.SourceName(), testNow, p.What()+". "+p.Todo())); err != nil {
			t.Fatal(err)
		}
	}
	w.open(route{place: placeSettings})
	w.refreshState()
	checkShown(t, w, "Offline.", "offline")
	golden(t, w, "settings-offline")
}

func TestLooksAreKeptInTheWorkspace(t *testing.T) {
	db := testStore(t)
	w := testWindow(t, db)
	w.open(route{place: placeSettings})
	w.setTheme("dark")
	w.scaleBy(1)
	got, err := readLooks(t.Context(), db)
	if want := (looks{"dark", 115}); err != nil || got != want {
		t.Errorf("kept %+v, %v, want %+v", got, err, want)
	}
	if !kit.IsDark() {
		t.Error("the window is not dark")
	}
	for range 9 {
		w.scaleBy(1)
	}
	if w.looks.percent() != textSizes[len(textSizes)-1] {
		t.Errorf("the text grew to %d %%", w.looks.percent())
	}
}

func TestThePaletteFindsNamesWordsAndThingsToDo(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	w.open(w.homeRoute())
	w.openPalette()
	checkShown(t, w, "Do", "Search or do")
	enter(w, "kes")
	checkShown(t, w, "Accounts and people", "trel Museums", "In notes and mail", "results in")
	golden(t, w, "palette")
	press(w, "Esc")
	if topOverlay(w.canvas) != nil {
		t.Error("Escape does not close the palette")
	}
}

func TestThePaletteDoesWhatIsChosenByKey(t *testing.T) {
	w := testWindow(t, testStore(t))
	w.open(route{place: placeSettings})
	w.openPalette()
	enter(w, "dark")
	press(w, "Enter")
	if w.looks.theme != "dark" || topOverlay(w.canvas) != nil {
		t.Errorf("the theme is %q", w.looks.theme)
	}
}

func TestThePaletteTogglesWithItsChord(t *testing.T) {
	w := testWindow(t, testStore(t))
	w.open(route{place: placeSettings})
	w.openPalette()
	w.openPalette()
	if topOverlay(w.canvas) != nil {
		t.Error("it is open twice")
	}
}

func TestTheSheetOfKeys(t *testing.T) {
	w := testWindow(t, testStore(t))
	w.open(route{place: placeSettings})
	w.canvas.Unfocus()
	press(w, "?")
	checkShown(t, w, "Keys", "Search or do", "Ctrl K")
	golden(t, w, "keys")
}

func TestMarkedFindsBeginningsOfWords(t *testing.T) {
	for _, tt := range []struct{ text, typed, want string }{
		{"Kestrel Museums", "kes", "[Kes]trel Museums"},
		{"Kestrel Museums", "mus KES", "[Kes]trel [Mus]eums"},
		{"Kestrel Museums", "estrel", "Kestrel Museums"},
		{"Café Übersee", "über", "Café [Über]see"},
		{"", "x", ""},
	} {
		got := ""
		for _, s := range marked(tt.text, queryWords(tt.typed)) {
			if s.Role == kit.BodyBold {
				got += "[" + s.Text + "]"
			} else {
				got += s.Text
			}
		}
		if got != tt.want {
			t.Errorf("%q in %q is %q, want %q", tt.typed, tt.text, got, tt.want)
		}
	}
}

func TestTheFirstRunOffersItsWays(t *testing.T) {
	win := test.NewTempWindow(t, nil)
	win.SetPadded(false)
	kit.Wear(testApp, kit.NewTheme(kit.Light, 1))
	s := &session{app: testApp, win: win, bg: bridge.Inline(t.Context()), home: t.TempDir() + "/workspace", clock: testClock}
	s.begin()
	win.Resize(fyne.NewSize(1280, 800))
	w := &window{canvas: win.Canvas()}
	checkShown(t, w, "Read my mail and calendar", "Look around first", "Join my team", "Open a workspace folder…")
	checkAbsent(t, w, "encrypted")
	golden(t, w, "first-run")
	press(w, "3")
	checkShown(t, w, "I have an invitation", "This is a new laptop of mine")
	press(w, "Esc", "1")
	checkShown(t, w, "Mail server", "Connect")
	enter(w, "maya@larkfield.example")
	checkShown(t, w, "imap.larkfield.example")
	golden(t, w, "first-run-mailbox")
	top := topOf(t, w, "Mail server")
	press(w, "Enter") // there is no password yet
	checkShown(t, w, "A mailbox needs a password")
	if now := topOf(t, w, "Mail server"); now != top {
		t.Errorf("the form moved from %v to %v under the hand", top, now)
	}
}

func TestTheFirstRunOpensTheSample(t *testing.T) {
	t.Setenv("RAPPORT_NO_KEYRING", "1")
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	win := test.NewTempWindow(t, nil)
	win.SetPadded(false)
	s := &session{app: testApp, win: win, bg: bridge.Inline(t.Context()), home: t.TempDir() + "/workspace", clock: testClock, mails: 1}
	s.begin()
	win.Resize(fyne.NewSize(1280, 800))
	w := &window{canvas: win.Canvas()}
	press(w, "2")
	if s.w == nil {
		t.Fatalf("no workspace is open; shown is %q", shownTexts(w))
	}
	defer func() {
		if err := s.closeWorkspace(); err != nil {
			t.Error(err)
		}
	}()
	checkShown(t, s.w, "Sample workspace.")
	if store.Exists(s.home) {
		t.Error("the person's own workspace was made")
	}
}

func TestAWorkspaceThatCannotBeOpenedSaysWhy(t *testing.T) {
	win := test.NewTempWindow(t, nil)
	win.SetPadded(false)
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, store.FileName), bytes.Repeat([]byte("not a workspace "), 400), 0o600); err != nil {
		t.Fatal(err)
	}
	s := &session{app: testApp, win: win, bg: bridge.Inline(t.Context()), home: dir, clock: testClock}
	s.openWorkspace(dir)
	win.Resize(fyne.NewSize(1280, 800))
	w := &window{canvas: win.Canvas()}
	checkShown(t, w, "is not a Rapport workspace", "Open another folder", "Quit")
}
