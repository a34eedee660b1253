package app

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
)

// lostLaptop is a laptop that is gone: the folder that its space lies in, and the
// recovery key that it printed.
func lostLaptop(t *testing.T) (shared, key string) {
	t.Helper()
	ctx := context.Background()
	shared = filepath.Join(t.TempDir(), "Larkfield")
	if err := os.Mkdir(shared, 0o755); err != nil {
		t.Fatal(err)
	}
	w := sharingWindow(t, testStore(t), "Maya Lindqvist")
	place, err := w.sharer.Place(shared)
	if err != nil {
		t.Fatal(err)
	}
	team, err := w.sharer.Create(ctx, "Larkfield team", data.TeamSpace, place)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.sharer.Exchange(ctx, team.ID); err != nil {
		t.Fatal(err)
	}
	if key, err = w.sharer.(teamSharer).RecoveryKey(ctx); err != nil {
		t.Fatal(err)
	}
	return shared, key
}

// misspelled is a recovery key with one letter of its third group wrong.
func misspelled(key string) string {
	groups := strings.Split(strings.TrimSpace(key), "-")
	first := "A"
	if strings.HasPrefix(groups[2], first) {
		first = "B"
	}
	groups[2] = first + groups[2][1:]
	return strings.Join(groups, "-")
}

// fieldAt is the nth of the fields in view, from 0.
func fieldAt(t *testing.T, w *window, n int) *kit.Field {
	t.Helper()
	var list []*kit.Field
	look := func(o fyne.CanvasObject) {
		if f, ok := o.(*kit.Field); ok {
			list = append(list, f)
		}
	}
	if top := w.canvas.Overlays().Top(); top != nil {
		eachShown(top, look)
	} else {
		eachShown(w.canvas.Content(), look)
	}
	if n >= len(list) {
		t.Fatalf("there are %d fields", len(list))
	}
	return list[n]
}

func TestANewLaptopGetsItsSpacesBackOnTheFirstRun(t *testing.T) {
	t.Setenv("RAPPORT_NO_KEYRING", "1")
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	shared, key := lostLaptop(t)
	win := test.NewTempWindow(t, nil)
	win.SetPadded(false)
	kit.Wear(testApp, kit.NewTheme(kit.Light, 1))
	s := &session{app: testApp, win: win, bg: bridge.Inline(t.Context()), home: t.TempDir() + "/workspace", clock: testClock}
	s.begin()
	win.Resize(fyne.NewSize(1280, 800))
	w := &window{canvas: win.Canvas()}
	press(w, "3")
	golden(t, w, "first-run-join")
	press(w, "2")
	checkShown(t, w, "Recovery key", "A folder", "Our own hub", "A bundle")
	golden(t, w, "first-run-recover")

	fieldAt(t, w, 0).SetText(misspelled(key))
	fieldAt(t, w, 1).SetText(shared)
	tapButton(t, w, "Get them back")
	checkShown(t, w, "Look at group 3 again")
	if store.Exists(s.home) {
		t.Fatal("a workspace was made with a wrong key")
	}
	fieldAt(t, w, 0).SetText(strings.ReplaceAll(key, "-", "\n"))
	tapButton(t, w, "Get them back")
	if s.w == nil {
		t.Fatalf("no workspace is open; shown is %q", shownTexts(w))
	}
	defer func() {
		if err := s.closeWorkspace(); err != nil {
			t.Error(err)
		}
	}()
	checkShown(t, s.w, "Larkfield team is on this laptop again", "Sharing")
	list := spacesOf(t, s.w.db)
	if len(list) != 1 || list[0].Name != "Larkfield team" {
		t.Fatalf("the spaces are %+v", list)
	}
	if name, err := s.w.db.Setting(context.Background(), store.SettingUserName); err != nil || name != "Maya Lindqvist" {
		t.Errorf("whoever sits here is %q, %v", name, err)
	}
}

func TestTheFirstRunMakesAWorkspaceForAnInvitation(t *testing.T) {
	t.Setenv("RAPPORT_NO_KEYRING", "1")
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	win := test.NewTempWindow(t, nil)
	win.SetPadded(false)
	s := &session{app: testApp, win: win, bg: bridge.Inline(t.Context()), home: t.TempDir() + "/workspace", clock: testClock}
	s.begin()
	win.Resize(fyne.NewSize(1280, 800))
	press(&window{canvas: win.Canvas()}, "3", "Esc", "3", "1")
	if s.w == nil {
		t.Fatal("no workspace is open")
	}
	defer func() {
		if err := s.closeWorkspace(); err != nil {
			t.Error(err)
		}
	}()
	checkShown(t, s.w, "Join a space", "Invitation")
}

func TestSharingGetsSpacesBack(t *testing.T) {
	shared, key := lostLaptop(t)
	w := sharingWindow(t, testStore(t), "Maya Lindqvist")
	w.open(route{place: placeSharing})
	tapButton(t, w, recoverName)
	golden(t, w, "sharing-recover")
	tap(t, w, "Get them back")
	checkShown(t, w, "0 letters and digits were entered")
	fieldAt(t, w, 0).SetText(key)
	tap(t, w, "Get them back")
	checkShown(t, w, "Name a folder")
	fieldAt(t, w, 1).SetText(t.TempDir())
	tap(t, w, "Get them back")
	checkShown(t, w, "No space that this key opens lies there")
	fieldAt(t, w, 1).SetText(shared)
	tap(t, w, "Get them back")
	if topOverlay(w.canvas) != nil {
		t.Fatalf("the form is still open: %q", shownTexts(w))
	}
	checkShown(t, w, "Larkfield team is on this laptop again")
	if list := spacesOf(t, w.db); len(list) != 1 {
		t.Fatalf("the spaces are %+v", list)
	}
}
