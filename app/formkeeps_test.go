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
	"rapport/data/codec"
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

// TestAFormOfTheTeamsPlanLosesNothing opens its head, each of its goals and what stands
// in the way, and saves them as they stand.
func TestAFormOfTheTeamsPlanLosesNothing(t *testing.T) {
	w := testWindow(t, testStore(t))
	keepParts(t, w.db, func(tx *store.Tx) error {
		_, err := tx.ChangeTeamPlan(func(p *data.TeamPlan) {
			p.Why, p.Aim, p.Principles, p.Every = "They gain time", "They say what we did before what we sold", []string{"We call first", "No blame"}, 9
		})
		return err
	},
		data.TeamObjective{What: "No promise is late", For: data.ForQuality, Counted: data.TeamCountsLate, Begin: 9, Target: 1, Tier: data.TierA, By: "2027-06-30", Owner: "Priya Raman"},
		data.TeamObjective{What: "Reference visits", For: data.ForProfit, Measure: "Visits this year", Unit: "visits", Begin: 1, Current: 2.5, Target: 12, On: "2026-03-04", By: "2027-01-31"},
		data.Barrier{What: "Service does not see what design promised", Meets: "Promises are written down", Owner: "Maya Lindqvist", By: "2027-02-01", On: "2026-03-04"},
		data.Readiness{Heading: data.Headings[0], What: "We know whom we serve", Level: data.ReadyLevels[1], Why: "the list is old", Judge: "Maya Lindqvist", On: "2026-11-17"})
	w.open(teamPlanRoute)
	p := w.page().(*training)
	sameAfterSaving(t, w, p.editGoal)
	sameAfterSaving(t, w, p.editBarrier)
	sameAfter(t, w, parts[data.TeamPlan](t, w)[0], p.editHead, func() (any, error) { return parts[data.TeamPlan](t, w)[0], nil })
}

// TestAUseWithAnAccountIsKeptAsItIsSaid has what is typed of a note that was used, and
// what is kept.
func TestAUseWithAnAccountIsKeptAsItIsSaid(t *testing.T) {
	for _, tt := range []struct {
		name  string
		typed map[string]string
		want  string
		says  string
	}{
		{"today, and it helped", map[string]string{"What came of it": " They thanked us ", "Did it help?": "Helped"}, "2026-11-17 2026-11-17 helped They thanked us", ""},
		{"another day", map[string]string{"When": "2 Nov 2026", "Did it help?": "Worse"}, "2026-11-02 2026-11-02 worse ", ""},
		{"nothing yet", map[string]string{"Did it help?": "Under way"}, "2026-11-17   ", ""},
		{"no day", map[string]string{"When": "soonish"}, "", "soonish"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := testWindow(t, testStore(t))
			keepParts(t, w.db, func(tx *store.Tx) error { return tx.PutAccount(data.Account{ID: "km", Name: "Kestrel Museums"}) },
				data.TrainingNote{Title: "Lux and UV", On: "2026-11-01"}.WithBlocks(codec.NoteBlocks("# Lux\n")))
			note := parts[data.TrainingNote](t, w)[0]
			w.openAt(route{place: placeTraining}, target{tab: learnedAll, item: note.ID})
			w.page().(*learned).used()
			press(w, "Enter") // the only account
			answer(t, w, tt.typed)
			got := ""
			for _, r := range parts[data.PlayRun](t, w) {
				got += strings.Join([]string{r.Begun, r.Ended, string(r.Outcome), r.Why}, " ")
				if r.Account != "km" || r.Play != note.ID {
					t.Errorf("%+v", r)
				}
			}
			if got != tt.want {
				t.Errorf("kept %q, want %q", got, tt.want)
			}
			if tt.says != "" {
				checkShown(t, w, tt.says)
			}
		})
	}
}
