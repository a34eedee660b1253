package app

import (
	"testing"

	"rapport/data"
	"rapport/data/store"
)

// TestWhatWasDeletedIsBroughtBack deletes a promise and a contact, and takes the
// promise out of the trash.
func TestWhatWasDeletedIsBroughtBack(t *testing.T) {
	db := sampleCopy(t)
	w := testWindow(t, db)
	w.open(route{place: placeToday})
	k := accountNamed(t, db, "Kestrel Museums")
	var gone data.Promise
	for _, p := range parts[data.Promise](t, w) {
		if p.Account == k.ID && p.Open() {
			gone = p
		}
	}
	mustWrite(t, db, func(tx *store.Tx) error { return store.DeletePart(tx, gone) })
	w.openTrash()
	checkShown(t, w, "Recently deleted", gone.What, "Promise · Kestrel Museums", "deleted by you")
	golden(t, w, "trash")
	press(w, "Enter")
	checkShown(t, w, "Brought back: “"+gone.What+"”")
	found := false
	for _, p := range parts[data.Promise](t, w) {
		found = found || p.ID == gone.ID && p.What == gone.What
	}
	if !found {
		t.Fatalf("%q is not back", gone.What)
	}
	w.openTrash()
	checkShown(t, w, "Nothing was deleted in the last 90 days")
}
