package app

import (
	"context"
	"strings"
	"testing"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
)

func TestAccountOverview(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	w.open(route{place: placeAccount, id: accountNamed(t, w.db, "Kestrel Museums").ID})
	checkShown(t, w, "Quality", "Density", "Authority", "Velocity", "Their issue now", "Treated 4 times in 12 months", "Cure proposed: new dimming bus",
		"Open promises", "Flicker measurement report, Hall 2", "4 days over", "Kept on time this year: we 31 of 34, they 18 of 21", "Needs and what stands in the way", "All 9",
		"Next meeting", "Anna Kessler", "Samuel Reyes", "Never met", "How they like to work", "Mail for facts, a visit for decisions", "Trust", "mail of 12 Nov")
	golden(t, w, "account-overview")
}

func TestAccountOverviewDark(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	kit.Wear(testApp, kit.NewTheme(kit.Dark, 1))
	w.open(route{place: placeAccount, id: accountNamed(t, w.db, "Saltmarsh Dairy").ID})
	checkShown(t, w, "No meeting is planned", "Light in the cheese store")
	golden(t, w, "account-overview-dark")
}

func TestAccountOverviewEmpty(t *testing.T) {
	w := testWindow(t, loggedStore(t))
	w.open(route{place: placeAccount, id: "k"})
	checkShown(t, w, "Nobody is known here yet", "unknown", "Neither side owes the other anything", "Nothing is written down that they need", "First hello")
	golden(t, w, "account-overview-empty")
}

func TestAccountOverviewNarrow(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	resize(w, 960, 600)
	w.open(route{place: placeAccount, id: accountNamed(t, w.db, "Kestrel Museums").ID})
	golden(t, w, "account-overview-narrow")
}

func TestAccountGone(t *testing.T) {
	w := testWindow(t, loggedStore(t, 1))
	w.open(route{place: placeAccount, id: "nobody"})
	checkShown(t, w, "This account is gone")
	w.open(route{place: placeAccount, id: "k"})
	w.page().(*accountPage).delete()
	if w.here().place != placeAccounts {
		t.Errorf("after deleting, %v is open", w.here())
	}
	w.undo()
	checkShown(t, w, "Kestrel Museums")
}

func TestAccountTabsByKeyboard(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	w.open(route{place: placeAccount, id: accountNamed(t, w.db, "Kestrel Museums").ID})
	p := w.page().(*accountPage)
	press(w, "2")
	checkShown(t, w, "we started")
	press(w, "1")
	checkShown(t, w, "Open promises")
	press(w, "O")
	if !p.inTimeline() || p.timeline.chosen == "" {
		t.Errorf("the source of the issue opened tab %d at %q", p.tab, p.timeline.chosen)
	}
	press(w, "1")
	p.overview.people.take()
	press(w, "J", "Enter")
	if w.page().title() != "Beatrice Holm" {
		t.Errorf("Enter on a person opens %q", w.page().title())
	}
	press(w, "T")
	if !p.inTimeline() || p.timeline.filter.name != "Beatrice Holm" {
		t.Errorf("all that happened with a person shows %q", p.timeline.filter.name)
	}
	for _, r := range p.timeline.rows {
		if r.Kind == data.RowItem && !takesPart(r.Item, "beatrice.holm@kestrel.example") {
			t.Errorf("%s is without Beatrice", r.Title)
		}
	}
}

func takesPart(i data.Interaction, email string) bool {
	for _, p := range i.People {
		if p.Email == email {
			return true
		}
	}
	return false
}

func TestAccountAddsPerson(t *testing.T) {
	db := loggedStore(t, 1)
	w := testWindow(t, db)
	w.open(route{place: placeAccount, id: "k"})
	w.page().(*accountPage).addPerson()
	enter(w, "Anna Kessler")
	golden(t, w, "account-person-form")
	press(w, "Enter")
	checkShown(t, w, "Anna Kessler added", "Never met")
}

func TestContactForm(t *testing.T) {
	f := newContactForm(bridge.Inline(context.Background()), data.Contact{AccountID: "k"})
	f.name.SetText(" Anna  Kessler ")
	f.emails.SetText("Anna@Kestrel.example; a.kessler@kestrel.example, anna@kestrel.example")
	f.side.On = 1
	c := f.contact()
	if c.Name != "Anna Kessler" || strings.Join(c.Emails, " ") != "anna@kestrel.example a.kessler@kestrel.example" || c.Side != data.Partner || c.AccountID != "k" {
		t.Errorf("got %+v", c)
	}
}
