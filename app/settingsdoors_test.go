package app

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rapport/data"
	"rapport/data/store"
)

func TestDoorsAreAddedUsedShutAndWrittenOnACard(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	db := importStore(t)
	w := testWindow(t, db)
	w.openAt(route{place: placeSettings}, target{tab: tabDoors})
	checkShown(t, w, "No way in is written down yet. Add the number of your desk, the address for invoices, the page where tickets are")
	press(w, "W")
	checkShown(t, w, "No way in is written down yet; add one in Settings, under Ways in")
	press(w, "N")
	enter(w, "Night line")
	press(w, "Enter")
	checkShown(t, w, "Say how they reach it: an address, a number or a link.")
	press(w, "Esc")
	if _, err := db.Write(context.Background(), "", func(tx *store.Tx) error {
		return tx.PutAnyPart(data.Door{Belongs: data.Belongs{ID: "n"}, Name: "Night line", Reach: "+31 20 555 0100", Hours: "every night", Owner: "Tomas", Promised: 30, Took: 45})
	}); err != nil {
		t.Fatal(err)
	}
	checkShown(t, w, "Night line", "+31 20 555 0100", "never, as far as anybody knows", "45 minutes", "meant: within 30 minutes")
	door := func() data.Door {
		list, err := store.Parts[data.Door](context.Background(), db, store.PartQuery{})
		if err != nil || len(list) != 1 {
			t.Fatalf("%+v, %v", list, err)
		}
		return list[0]
	}
	d := &doorsSection{w: w}
	d.knocked(door())
	checkShown(t, w, "Today", "Somebody knocked at Night line")
	press(w, "W")
	checkShown(t, w, "The card is written")
	for ending, want := range map[string]string{".vcf": "TEL;TYPE=VOICE,WORK:+31 20 555 0100", ".html": "You hear from us within 30 minutes."} {
		files, _ := filepath.Glob(filepath.Join(home, "*"+ending))
		if len(files) != 1 {
			t.Fatalf("%d files end in %s", len(files), ending)
		}
		text, err := os.ReadFile(files[0])
		if err != nil || !strings.Contains(string(text), want) {
			t.Errorf("%s has no %q: %s, %v", files[0], want, text, err)
		}
	}
	press(w, "Enter")
	d.shut(door())
	checkAbsent(t, w, "+31 20 555 0100")
	w.undo()
	checkShown(t, w, "+31 20 555 0100")
}
