package app

import (
	"context"
	"errors"
	"testing"

	"rapport/data"
)

func TestAPersonIsErasedAfterALookAndAYes(t *testing.T) {
	w := testWindow(t, sampleCopy(t))
	k := accountNamed(t, w.db, "Kestrel Museums")
	people, err := w.db.Contacts(context.Background(), k.ID)
	if err != nil || len(people) == 0 {
		t.Fatal(err)
	}
	c := people[0]
	w.open(route{place: placeAccount, id: k.ID})
	w.openContact(c.ID)
	p := w.page().(*contactPage)
	p.erase()
	checkShown(t, w, "Erase "+c.Name+" for good", "What goes", "1 contact", "What cannot be reached", "It cannot be undone.")
	checkAbsent(t, w, "From whom") // nobody shares them
	golden(t, w, "contact-erase")
	press(w, "Enter") // the keyboard is on what does nothing
	if _, err := w.db.Contact(context.Background(), c.ID); err != nil {
		t.Fatalf("gone without a yes: %v", err)
	}
	p.erase()
	tap(t, w, "Yes, erase for good")
	if _, err := w.db.Contact(context.Background(), c.ID); !errors.Is(err, data.ErrNotFound) {
		t.Fatalf("still there: %v", err)
	}
	if topOverlay(w.canvas) != nil {
		t.Fatal("the question is still there")
	}
	checkShown(t, w, c.Name+" is erased")
	if _, ok := w.page().(*accountPage); !ok {
		t.Error("the page of somebody who is gone is still open")
	}
}

func TestErasingSomebodySharedSaysFromWhom(t *testing.T) {
	maya, _ := teamStores(t)
	people, err := maya.Contacts(context.Background(), "k")
	if err != nil || len(people) == 0 {
		t.Fatalf("%v, %v", people, err)
	}
	w := testWindow(t, maya)
	w.openContact(people[0].ID)
	w.page().(*contactPage).erase()
	checkShown(t, w, "From whom", "From the members of Larkfield team too", "On a hub the old pieces stay until whoever runs it takes them away")
}
