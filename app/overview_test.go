package app

import (
	"context"
	"strings"
	"testing"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
)

// kestrelStore has an account with two people, a promise of each side, a need
// and a wish.
func kestrelStore(t *testing.T) *store.DB {
	t.Helper()
	db := loggedStore(t, 1)
	keepParts(t, db, func(tx *store.Tx) error {
		for _, c := range []data.Contact{
			{ID: "anna", AccountID: "k", Name: "Anna Kessler", Role: "Director of facilities", Emails: []string{"anna@kestrel.example"}, Side: data.Customer},
			{ID: "beatrice", AccountID: "k", Name: "Beatrice Holm", Side: data.Customer},
		} {
			if err := tx.PutContact(c); err != nil {
				return err
			}
		}
		return nil
	},
		data.Promise{Belongs: data.Belongs{ID: "report", Account: "k", Contact: "beatrice"}, By: data.Us, Owner: "Tomas Olsen", What: "Flicker report", Made: "2026-11-01", Due: "2026-11-13"},
		data.Promise{Belongs: data.Belongs{ID: "limits", Account: "k", Contact: "anna"}, By: data.Customer, What: "Lux limits", Due: "2026-11-19"},
		data.Need{Belongs: data.Belongs{ID: "flicker", Account: "k", Contact: "beatrice"}, Words: "The hall shimmers.", Title: "No visible flicker", Met: data.NotMet, On: "2026-11-05"},
		data.Preference{Belongs: data.Belongs{ID: "mails", Account: "k", Contact: "beatrice"}, Rule: data.AtMost, Channel: data.ByMail, Times: 2, Days: 7, Confirmed: "2026-01-01"},
	)
	return db
}

func keepParts(t *testing.T, db *store.DB, first func(*store.Tx) error, parts ...data.Part) {
	t.Helper()
	_, err := db.Write(context.Background(), "", func(tx *store.Tx) error {
		if err := first(tx); err != nil {
			return err
		}
		for _, p := range parts {
			if err := tx.PutAnyPart(p); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func kestrelWindow(t *testing.T) *window {
	t.Helper()
	w := testWindow(t, kestrelStore(t))
	w.open(route{place: placeAccount, id: "k"})
	return w
}

func promiseOf(t *testing.T, w *window, id string) data.Promise {
	t.Helper()
	p, err := store.PartByID[data.Promise](context.Background(), w.db, id)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestAPromiseIsKeptPostponedAndEditedByKeyboard(t *testing.T) {
	w := kestrelWindow(t)
	press(w, "Space")
	if p := promiseOf(t, w, "report"); p.Kept != "2026-11-17" {
		t.Errorf("kept on %q", p.Kept)
	}
	checkShown(t, w, "Kept: “Flicker report”", "Undo")
	w.undo()
	if p := promiseOf(t, w, "report"); p.Kept != "" {
		t.Errorf("undone, it is kept on %q", p.Kept)
	}
	w.page().(*accountPage).overview.list.Select(0)
	press(w, "S")
	w.canvas.Focused().(interface{ TypedRune(rune) }).TypedRune('?')
	press(w, "Enter")
	checkShown(t, w, "Write the day like Friday")
	press(w, "Esc")
	press(w, "S")
	enter(w, "in 2 weeks")
	press(w, "Enter")
	if p := promiseOf(t, w, "report"); p.Due != "2026-12-01" {
		t.Errorf("due on %q", p.Due)
	}
	checkShown(t, w, "“Flicker report” is due Tue 1 Dec now")
	o := w.page().(*accountPage).overview
	if o.current().key != "report" {
		t.Errorf("the current row is %q", o.current().key)
	}
	press(w, "Enter")
	checkShown(t, w, "Edit this promise", "Beatrice Holm")
	golden(t, w, "account-promise-form")
	enter(w, "Flicker report, Hall 2")
	press(w, "Enter")
	if p := promiseOf(t, w, "report"); p.What != "Flicker report, Hall 2" || p.Contact != "beatrice" || p.Owner != "Tomas Olsen" || p.Made != "2026-11-01" || p.Due != "2026-12-01" {
		t.Errorf("%+v", p)
	}
}

func TestANewPromiseIsWrittenDown(t *testing.T) {
	w := kestrelWindow(t)
	press(w, "P")
	press(w, "Enter")
	checkShown(t, w, "Say what was promised")
	enter(w, "Dimmer sample")
	press(w, "Enter")
	list, err := store.Parts[data.Promise](context.Background(), w.db, store.PartQuery{Account: "k"})
	if err != nil || len(list) != 3 {
		t.Fatalf("%+v, %v", list, err)
	}
	checkShown(t, w, "Dimmer sample", "Promise added")
}

func TestTheNeedsRowsActAndFold(t *testing.T) {
	w := kestrelWindow(t)
	o := w.page().(*accountPage).overview
	press(w, "J J")
	if o.current().kind != overviewNeed {
		t.Fatalf("the current row is %+v", o.current())
	}
	press(w, "Space")
	checkShown(t, w, "Met: “No visible flicker”")
	w.undo()
	press(w, "Enter")
	checkShown(t, w, "Edit this need", "The hall shimmers.")
	golden(t, w, "account-need-form")
	w.dismiss()
	for _, words := range []string{"one", "two", "three"} {
		keepParts(t, w.db, func(*store.Tx) error { return nil }, data.Need{Belongs: data.Belongs{ID: words, Account: "k"}, Words: words, Met: data.IsMet, On: "2026-01-01"})
	}
	checkShown(t, w, "All 4")
	checkAbsent(t, w, "two")
	o.toggleNeeds()
	checkShown(t, w, "Fewer", "three", "two")
}

func TestReceiptsOfTheDialsOpen(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	w.open(route{place: placeAccount, id: accountNamed(t, w.db, "Kestrel Museums").ID})
	p := w.page().(*accountPage)
	press(w, "R")
	checkShown(t, w, "Quality 50 of 100", "Anna Kessler", "receipts")
	golden(t, w, "account-receipts")
	enter(w, "mail from beatrice")
	press(w, "Enter")
	if !p.inTimeline() || p.timeline.chosen == "" {
		t.Errorf("the receipt opened tab %d at %q", p.tab, p.timeline.chosen)
	}
	p.turn(0)
	p.overview.showReceipts(data.Authority)
	enter(w, "samuel")
	press(w, "Enter")
	if w.page().title() != "Samuel Reyes" {
		t.Errorf("the receipt of a person opens %q", w.page().title())
	}
}

func TestReceiptsOfNothing(t *testing.T) {
	w := testWindow(t, loggedStore(t))
	w.open(route{place: placeAccount, id: "k"})
	press(w, "R")
	checkShown(t, w, "Nothing is known yet that a number could rest on")
	press(w, "Enter")
}

func TestPartForms(t *testing.T) {
	w := kestrelWindow(t)
	world := partWorld{people: []data.Contact{{ID: "anna", Name: "Anna Kessler"}, {ID: "ab", Name: "Anna Berg"}}, needs: []data.Need{{Belongs: data.Belongs{ID: "n"}, Title: "No flicker"}}, me: "Maya Lindqvist"}
	in := data.Belongs{Account: "k"}

	t.Run("whose promise it is", func(t *testing.T) {
		f := newPromiseForm(w, world, data.Promise{Belongs: in, By: data.Us})
		f.what.SetText(" Report ")
		f.due.SetText("Friday")
		f.who.SetText("anna k")
		p, err := f.promise()
		if err != nil || p.What != "Report" || p.Due != "2026-11-20" || p.Contact != "anna" || p.Owner != "Maya Lindqvist" || p.Made != "2026-11-17" {
			t.Errorf("%+v, %v", p, err)
		}
		f.by.On = 1
		if p, err := f.promise(); err != nil || p.By != data.Customer || p.Owner != "" {
			t.Errorf("theirs has no owner of ours: %+v, %v", p, err)
		}
		f.who.SetText("anna")
		if _, err := f.promise(); err == nil || !strings.Contains(err.Error(), "Anna Kessler or Anna Berg") {
			t.Errorf("two are called so: %v", err)
		}
	})
	t.Run("a fact that is personal needs a basis", func(t *testing.T) {
		f := newFactForm(w, world, data.Fact{Belongs: in})
		if f.basisRow.Visible() {
			t.Error("a fact of an account asks for a basis")
		}
		f.value.SetText("05-17")
		f.who.SetText("Anna Kessler")
		for i, n := range f.names {
			if n.Name == "birthday" {
				f.name.choose(i)
			}
		}
		if !f.basisRow.Visible() {
			t.Error("a birthday asks for no basis")
		}
		v, err := f.fact()
		if err != nil || v.Name != "birthday" || v.Contact != "anna" || v.Basis != data.Consent || v.Source != "Maya Lindqvist" || v.On != "2026-11-17" || v.Check() != nil {
			t.Errorf("%+v, %v, %v", v, err, v.Check())
		}
		f.who.SetText("")
		if v, err := f.fact(); err != nil || v.Name == "birthday" || v.Basis != "" {
			t.Errorf("a birthday of nobody: %+v, %v", v, err)
		}
	})
	t.Run("a wish asks only for what its rule wants", func(t *testing.T) {
		f := newWishForm(w, world, data.Preference{Belongs: in})
		f.rule.On = 1
		f.rule.OnChange(1)
		if f.asked["hours"].Visible() || !f.asked["often"].Visible() {
			t.Error("at most asks for hours, or not for how often")
		}
		f.often.SetText("twice a week")
		f.hours.SetText("09:00 to 12:00")
		p, err := f.wish()
		if err != nil || p.Rule != data.AtMost || p.Times != 2 || p.Days != 7 || p.From != "" || p.Confirmed != "2026-11-17" || p.Check() != nil {
			t.Errorf("%+v, %v, %v", p, err, p.Check())
		}
		f.rule.On = 3
		f.days.SetText("Monday, fri")
		f.channel.On = 1
		if p, err := f.wish(); err != nil || p.Rule != data.Never || p.Channel != data.ByCall || strings.Join(p.Weekdays, " ") != "mon fri" || p.Times != 0 {
			t.Errorf("%+v, %v", p, err)
		}
		f.rule.On = 2
		if p, err := f.wish(); err != nil || p.From != "09:00" || p.To != "12:00" || p.Check() != nil {
			t.Errorf("%+v, %v", p, err)
		}
	})
	t.Run("an initiative answers a need", func(t *testing.T) {
		f := newInitiativeForm(w, world, data.Initiative{Belongs: in, Needs: []string{"n"}, State: data.Proposed})
		f.what.SetText("New bus")
		f.is.On, f.state.On = 1, 2
		f.our.SetText("40 %")
		f.their.SetText("70")
		i, err := f.initiative()
		if err != nil || len(i.Needs) != 1 || i.Needs[0] != "n" || i.Is != data.Cure || i.State != data.IsDone || i.Done != "2026-11-17" || i.OurShare != 40 {
			t.Errorf("%+v, %v", i, err)
		}
		if i.Check() == nil {
			t.Error("110 percent of a benefit can be kept")
		}
		f.need.choose(0)
		f.their.SetText("much")
		if i, err := f.initiative(); err == nil || len(i.Needs) != 0 {
			t.Errorf("%+v, %v", i, err)
		}
	})
}

func TestFormsOfAnAccountLook(t *testing.T) {
	w := kestrelWindow(t)
	p := w.page().(*accountPage)
	p.addFact()
	golden(t, w, "account-fact-form")
	w.dismiss()
	p.addInitiative()
	resize(w, 960, 600)
	golden(t, w, "account-initiative-form-narrow")
	w.dismiss()
	resize(w, 1280, 800)
	kit.Wear(testApp, kit.NewTheme(kit.Dark, 1))
	p.addWish()
	golden(t, w, "account-wish-form-dark")
}
