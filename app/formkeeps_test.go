package app

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
)

// sameAfterSaving opens every part of a kind with its form, saves it as it stands,
// and compares what is kept: a form that shows something may lose nothing of it.
func sameAfterSaving[T data.Part](t *testing.T, w *window, edit func(T)) {
	t.Helper()
	list := parts[T](t, w)
	if len(list) == 0 {
		t.Errorf("the sample has no %s", (*new(T)).PartKind())
	}
	for _, before := range list {
		sameAfter(t, w, before, func() { edit(before) }, func() (any, error) {
			return store.PartByID[T](context.Background(), w.db, before.Belonging().ID)
		})
	}
}

// sameAfter opens a form, saves it as it stands, and compares what is kept then with
// what was.
func sameAfter(t *testing.T, w *window, before any, edit func(), now func() (any, error)) {
	t.Helper()
	edit()
	form := w.canvas.Overlays().Top()
	if form == nil {
		t.Errorf("no form opens for %s", asWords(t, before))
		return
	}
	savesForm(t, w, form)
	if w.canvas.Overlays().Top() != nil {
		t.Errorf("the form of %s stays: %q", asWords(t, before), shownTexts(w))
		w.dismiss()
	}
	after, err := now()
	if err != nil {
		t.Fatal(err)
	}
	if was, is := asWords(t, before), asWords(t, after); was != is {
		t.Errorf("saving %T as it stands changes it:\n%s\n%s", before, was, is)
	}
}

// savesForm presses the form's button.
func savesForm(t *testing.T, w *window, form fyne.CanvasObject) {
	t.Helper()
	var save *kit.Button
	eachShown(form, func(o fyne.CanvasObject) {
		if b, ok := o.(*kit.Button); ok && b.Kind == kit.Primary {
			save = b
		}
	})
	if save == nil {
		t.Fatalf("the form has no button: %q", shownTexts(w))
	}
	save.OnTap()
}

// asWords is what is kept, without when it was written.
func asWords(t *testing.T, p any) string {
	t.Helper()
	b, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	var fields map[string]any
	if err := json.Unmarshal(b, &fields); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"RecordedAt", "recordedAt"} {
		delete(fields, name)
	}
	if roles, ok := fields["Roles"].([]any); ok { // a set
		slices.SortFunc(roles, func(a, b any) int { return strings.Compare(a.(string), b.(string)) })
	}
	b, err = json.Marshal(fields)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestAFormLosesNothingOfWhatItShows(t *testing.T) {
	w := testWindow(t, sampleCopy(t))
	contact := parts[data.Stakeholder](t, w)[0].Belongs
	contact.ID = ""
	keepParts(t, w.db, func(*store.Tx) error { return nil },
		data.Rating{Belongs: contact, Score: 70, Why: "warm at the opening", By: "Maya Lindqvist", On: "2026-05-04"},
		data.Play{Name: "After the opening", About: "Who came hears from us", Topic: "openings", Stage: data.PlayStages[0], Rests: "the opening of Hall 2", Departments: []string{"design"},
			Sectors: []string{"culture"}, Questions: []string{"What did your people say?"}, By: "Maya Lindqvist", On: "2026-05-04"}.
			WithSteps(data.PlayStep{What: "Write to whoever came", Role: "account manager", When: "within 48 hours", Why: "by hand", Text: "Dear [name],\nthank you."}, data.PlayStep{What: "Call the others"}))
	sameAfterSaving(t, w, w.editFact)
	sameAfterSaving(t, w, w.editNeed)
	sameAfterSaving(t, w, w.editObjective)
	sameAfterSaving(t, w, func(s data.Step) { w.editStep(s, parts[data.Objective](t, w)) })
	sameAfterSaving(t, w, w.editPromise)
	sameAfterSaving(t, w, w.editValue)
	sameAfterSaving(t, w, w.editWish)
	sameAfterSaving(t, w, w.editRisk)
	sameAfterSaving(t, w, w.editUnknown)
	sameAfterSaving(t, w, w.editForesight)
	sameAfterSaving(t, w, func(u data.Use) { w.editUse(u, parts[data.Offer](t, w)) })
	sameAfterSaving(t, w, w.editOffer)
	sameAfterSaving(t, w, w.editInitiative)
	sameAfterSaving(t, w, w.editRelation)
	sameAfterSaving(t, w, w.editRating)
	sameAfterSaving(t, w, w.editSign)
	sameAfterSaving(t, w, w.editFeedback)
	sameAfterSaving(t, w, w.editPlay)
	offers := map[string]string{}
	for _, o := range parts[data.Offer](t, w) {
		offers[o.ID] = o.Name
	}
	sameAfterSaving(t, w, func(s data.Whitespace) { w.editSpace(s, offers[s.Offer]) })
	sameAfterSaving(t, w, func(s data.Session) { w.editSession(s, "EUR") })
	sameAfterSaving(t, w, func(p data.Plan) {
		a, err := w.db.Account(context.Background(), p.Account)
		if err != nil {
			t.Fatal(err)
		}
		w.editPlanHead(data.PlanInput{Account: a, Plan: p})
	})
	ctx := context.Background()
	accounts, err := w.db.Accounts(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range accounts {
		sameAfter(t, w, a, func() { w.editAccount(a, nil) }, func() (any, error) { return w.db.Account(ctx, a.ID) })
	}
	people, err := w.db.Contacts(ctx, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range people {
		sameAfter(t, w, c, func() { w.editContact(c) }, func() (any, error) { return w.db.Contact(ctx, c.ID) })
	}
	for _, s := range parts[data.Stakeholder](t, w) {
		c, err := w.db.ContactStanding(ctx, s.Contact, w.now())
		if err != nil {
			t.Fatal(err)
		}
		sameAfter(t, w, s, func() { w.editStakeholder(c, c.Stakeholder) }, func() (any, error) { return store.PartByID[data.Stakeholder](ctx, w.db, s.ID) })
	}
}
