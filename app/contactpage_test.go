package app

import (
	"context"
	"testing"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
)

// openPerson opens the page of a contact by their name.
func openPerson(t *testing.T, w *window, name string) *contactPage {
	t.Helper()
	list, err := w.db.Contacts(context.Background(), "")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range list {
		if c.Name == name {
			w.openContact(c.ID)
			return w.page().(*contactPage)
		}
	}
	t.Fatalf("nobody is called %s", name)
	return nil
}

func TestContactPage(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	openPerson(t, w, "Anna Kessler")
	golden(t, w, "contact")
}

func TestContactPageDark(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	kit.Wear(testApp, kit.NewTheme(kit.Dark, 1))
	openPerson(t, w, "Beatrice Holm")
	golden(t, w, "contact-dark")
}

// annaWindow shows the page of Anna in a workspace of the test's own.
func annaWindow(t *testing.T, parts ...data.Part) (*window, *contactPage) {
	t.Helper()
	db := kestrelStore(t)
	keepParts(t, db, func(*store.Tx) error { return nil }, parts...)
	w := testWindow(t, db)
	w.openContact("anna")
	return w, w.page().(*contactPage)
}

// sole is the only part of a kind that a contact has.
func sole[T data.Part](t *testing.T, w *window, contact string) T {
	t.Helper()
	list, err := store.Parts[T](context.Background(), w.db, store.PartQuery{Contact: contact})
	if err != nil || len(list) != 1 {
		t.Fatalf("%+v, %v", list, err)
	}
	return list[0]
}

func TestAContactsPageIsFilledInByKeyboard(t *testing.T) {
	w, _ := annaWindow(t)
	press(w, "F")
	enter(w, "Opens the winter loan in March")
	press(w, "Enter")
	if f := sole[data.Fact](t, w, "anna"); f.Account != "k" || f.Name != "goal" || f.On != "2026-11-17" {
		t.Errorf("%+v", f)
	}
	checkShown(t, w, "Opens the winter loan in March", "What we know")
	press(w, "U")
	enter(w, "Who signs for the money")
	press(w, "Enter")
	if u := sole[data.Unknown](t, w, "anna"); u.Since != "2026-11-17" {
		t.Errorf("%+v", u)
	}
	press(w, "P")
	enter(w, "Dimmer sample")
	press(w, "Enter")
	checkShown(t, w, "Who signs for the money", "Dimmer sample")
	w.undo()
	if list, err := store.Parts[data.Promise](context.Background(), w.db, store.PartQuery{Contact: "anna"}); err != nil || len(list) != 1 {
		t.Errorf("undone, the promises are %+v, %v", list, err)
	}
	press(w, "M")
	enter(w, "Larkfield Hall")
	press(w, "Enter")
	checkShown(t, w, "Larkfield Hall", "until 17 Nov", "Anna Kessler works at Larkfield Hall now")
	c, err := w.db.Contact(context.Background(), "anna")
	if err != nil || c.AccountID != "" {
		t.Errorf("%+v, %v", c, err)
	}
	w.undo()
	checkShown(t, w, "Director of facilities at")
}

func TestAQuestionIsAnsweredAndBecomesAFact(t *testing.T) {
	w, p := annaWindow(t, data.Unknown{Belongs: data.Belongs{ID: "u", Account: "k", Contact: "anna"}, What: "Who signs?"})
	p.list.Select(0)
	for p.current().key != "u" && p.list.Current() < len(p.rows)-1 {
		press(w, "J")
	}
	press(w, "Space")
	enter(w, "Samuel signs")
	press(w, "Enter")
	u := sole[data.Unknown](t, w, "anna")
	if u.Answer != "Samuel signs" || u.Answered != "2026-11-17" {
		t.Errorf("%+v", u)
	}
	checkShown(t, w, "Answered: “Who signs?”", "What you should ask them stands here")
	w.undo()
	checkShown(t, w, "nobody asks yet")
}

func TestThePaneOfAContactIsWalkedByKeyboard(t *testing.T) {
	w, p := annaWindow(t, data.Relation{Belongs: data.Belongs{ID: "r", Account: "k", Contact: "anna"}, To: "beatrice", Is: data.ReportsTo, Why: "she said so"})
	enter(w, "P")
	if !p.inPane() || p.current().key != "mail anna@kestrel.example" {
		t.Fatalf("Shift P stands on %+v", p.current())
	}
	for p.current().key != "r" {
		press(w, "J")
	}
	press(w, "Enter")
	if w.page().title() != "Beatrice Holm" {
		t.Errorf("a relation opens %q", w.page().title())
	}
	checkShown(t, w, "Is the manager of Anna Kessler", "she said so")
	press(w, "Esc")
	if w.page() != p || !p.inPane() {
		t.Error("Esc does not come back to where the keyboard was")
	}
	press(w, "Esc", "Esc")
	if w.page() == p {
		t.Error("Esc twice does not leave the person")
	}
}

func TestAContactWithoutAnything(t *testing.T) {
	db := kestrelStore(t)
	keepParts(t, db, func(tx *store.Tx) error {
		return tx.PutContact(data.Contact{ID: "nobody", Name: "Somebody with an uncommonly long name of five words and then some more of them", Side: data.Partner})
	})
	w := testWindow(t, db)
	w.openContact("nobody")
	checkShown(t, w, "They belong to no account yet", "No address or number is known", "They have not answered yet", "Nothing has happened with them yet", "Never spoke")
	golden(t, w, "contact-empty")
}

func TestAContactWhoIsGone(t *testing.T) {
	w, p := annaWindow(t)
	p.delete()
	w.openContact("anna")
	checkShown(t, w, "This person is gone")
	w.undo()
	checkShown(t, w, "Director of facilities at")
}

func TestWhatASignatureSaysIsDecided(t *testing.T) {
	w := testWindow(t, mailStore(t, "Dear Maya,\n\nsee you on Tuesday.\n\n-- \nAnna Kessler\nHead of lighting\nKestrel Museums\nPhone: +31 20 555 0299\n"))
	w.openContact("1")
	p := w.page().(*contactPage)
	checkShown(t, w, "To decide", "Anna’s signature says “Head of lighting”", "Anna’s signature has the number +31 20 555 0299")
	toRow(t, p, "1 phone")
	press(w, "X")
	checkAbsent(t, w, "has the number")
	toRow(t, p, "1 role")
	press(w, "Y")
	checkAbsent(t, w, "To decide")
	if c, err := w.db.Contact(context.Background(), "1"); err != nil || c.Role != "Head of lighting" || c.Phone != "" {
		t.Errorf("%+v, %v", c, err)
	}
	w.undo()
	checkShown(t, w, "signature says", "To decide")
}
