package app

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"rapport/sync"
)

func TestImportedMailIsListedAndNeverOutOfDate(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "old.mbox")
	text := "From anna@kestrel.example Mon Nov  9 10:00:00 2026\nFrom: anna@kestrel.example\nSubject: Hall 2\n\nHello\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	archive, err := sync.OpenArchive("mbox", path, "Old mail")
	if err != nil {
		t.Fatal(err)
	}
	db := testStore(t)
	if _, err := sync.Import(ctx, db, archive, sync.Options{Now: testClock}); err != nil {
		t.Fatal(err)
	}
	w := testWindow(t, db)
	w.open(route{place: placeSettings})
	checkShown(t, w, "Old mail", "imported from files", "Remove imported mail…", "when it is imported")
	checkAbsent(t, w, "Change password", "Server", "Password", "Read now")
	s, err := gatherState(ctx, db, nil, testNow)
	if err != nil || len(s.truth.sources) != 0 {
		t.Errorf("the status bar speaks of %+v, %v", s.truth.sources, err)
	}
}
