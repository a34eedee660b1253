package app

import (
	"context"
	"errors"
	"testing"

	"rapport/data"
	"rapport/data/store"
)

// twiceAnna is Anna known a second time, under her private address.
var twiceAnna = data.Contact{ID: "anna2", AccountID: "k", Name: "Anna Kessler", Emails: []string{"anna@home.example"}, Role: "Director", Phone: "+31 20 555 0201", Side: data.Customer}

func mergeWindow(t *testing.T) (*window, *contactPage) {
	t.Helper()
	w, p := annaWindow(t)
	keepParts(t, w.db, func(tx *store.Tx) error { return tx.PutContact(twiceAnna) },
		data.Fact{Belongs: data.Belongs{ID: "rows", Account: "k", Contact: "anna2"}, Name: "goal", Value: "Wins the regatta", On: "2026-11-01"})
	w.reload()
	return w, p
}

func isContact(t *testing.T, w *window, id string) bool {
	t.Helper()
	_, err := w.db.Contact(context.Background(), id)
	if err != nil && !errors.Is(err, data.ErrNotFound) {
		t.Fatal(err)
	}
	return err == nil
}

func TestTwoContactsAreMadeOneAndPartedAgain(t *testing.T) {
	w, p := mergeWindow(t)
	checkShown(t, w, "May be the same person as Anna Kessler, anna@home.example", "Both are called Anna Kessler")
	toRow(t, p, "duplicate")
	press(w, "Y")
	checkShown(t, w, "Make one contact of two", "Stays", "Goes", "Becomes", "1 fact of the one who goes will name Anna", "Not kept: the role Director")
	golden(t, w, "merge-asked")
	press(w, "Enter")
	checkShown(t, w, "Anna Kessler is one with Anna Kessler now", "Wins the regatta", "anna@home.example", "+31 20 555 0201", "Made one with")
	if isContact(t, w, "anna2") {
		t.Error("the other one is there still")
	}
	enter(w, "P")
	p.pane.list.Select(len(p.pane.rows) - 1)
	press(w, "Enter")
	checkShown(t, w, "Part Anna Kessler from Anna Kessler", "anna@home.example and 1 thing")
	press(w, "Enter")
	if !isContact(t, w, "anna2") {
		t.Error("they were not parted")
	}
	checkAbsent(t, w, "Wins the regatta", "Made one with")
	w.undo()
	w.undo()
	if !isContact(t, w, "anna2") {
		t.Error("undone twice, there are not two")
	}
	checkShown(t, w, "May be the same person as")
}

func TestTheOtherContactMayStay(t *testing.T) {
	w, p := mergeWindow(t)
	toRow(t, p, "duplicate")
	press(w, "Y")
	tapButton(t, w, "Keep the other one")
	press(w, "Enter")
	if isContact(t, w, "anna") || w.page().(*contactPage).id != "anna2" {
		t.Error("the other one did not stay")
	}
	checkShown(t, w, "anna@kestrel.example")
}

func TestTwoPeopleOfOneNameAreRemembered(t *testing.T) {
	w, p := mergeWindow(t)
	toRow(t, p, "duplicate")
	press(w, "X")
	checkAbsent(t, w, "May be the same person")
	w.openContact("anna2")
	checkAbsent(t, w, "May be the same person")
	w.undo()
	checkShown(t, w, "May be the same person")
}

func TestAnotherContactIsChosenToBeTheSame(t *testing.T) {
	w, p := mergeWindow(t)
	p.merge()
	checkShown(t, w, "Who is the same person as Anna Kessler?")
	enter(w, "holm")
	press(w, "Enter")
	checkShown(t, w, "Make one contact of two", "Keep Beatrice instead")
	press(w, "Esc")
	if !isContact(t, w, "beatrice") {
		t.Error("leaving the question merged them")
	}
}
