package app

import (
	"context"
	"strings"
	"testing"

	"rapport/app/kit"
	"rapport/data"
)

func TestAccountOverview(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	w.open(route{place: placeAccount, id: accountNamed(t, w.db, "Kestrel Museums").ID})
	checkShown(t, w, "Quiet days", "Weeks in touch", "They start", "Waiting for your answer", "Next meeting", "Anna Kessler", "Samuel Reyes", "Never spoken")
	golden(t, w, "account-overview")
}

func TestAccountOverviewDark(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	kit.Wear(testApp, kit.NewTheme(kit.Dark, 1))
	w.open(route{place: placeAccount, id: accountNamed(t, w.db, "Saltmarsh Dairy").ID})
	checkShown(t, w, "No meeting is planned", "No mail of theirs waits for you")
	golden(t, w, "account-overview-dark")
}

func TestAccountOverviewEmpty(t *testing.T) {
	w := testWindow(t, loggedStore(t))
	w.open(route{place: placeAccount, id: "k"})
	checkShown(t, w, "Nobody is known here yet", "Nothing has happened here yet", "First hello")
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
	checkShown(t, w, "Quiet days")
	press(w, "J", "J", "Enter")
	if !p.inTimeline() || p.timeline.chosen == "" {
		t.Errorf("Enter on the latest opened tab %d at %q", p.tab, p.timeline.chosen)
	}
	press(w, "1", "P", "J", "Enter")
	if !p.inTimeline() || p.timeline.filter.name != "Beatrice Holm" {
		t.Errorf("Enter on a person shows %q", p.timeline.filter.name)
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
	f := newContactForm(newInline(context.Background()), data.Contact{AccountID: "k"})
	f.name.SetText(" Anna  Kessler ")
	f.emails.SetText("Anna@Kestrel.example; a.kessler@kestrel.example, anna@kestrel.example")
	f.side.On = 1
	c := f.contact()
	if c.Name != "Anna Kessler" || strings.Join(c.Emails, " ") != "anna@kestrel.example a.kessler@kestrel.example" || c.Side != data.Partner || c.AccountID != "k" {
		t.Errorf("got %+v", c)
	}
}

func TestAccountFacts(t *testing.T) {
	row := func(days int, weeks ...data.Week) accountAnswer {
		a := accountAnswer{row: data.AccountRow{Account: data.Account{Tier: data.TierA}, Weeks: weeks}}
		if days >= 0 {
			a.row.Last = data.Interaction{ID: "l", Kind: data.Call, At: testNow.AddDate(0, 0, -days)}
		}
		a.row = a.row.Decide(data.DefaultRhythm, testNow)
		return a
	}
	busy := data.Week{Ours: 2, Theirs: 1}
	for _, c := range []struct {
		name string
		got  accountFact
		want accountFact
	}{
		{"within the rhythm", quietFact(row(4), testNow), accountFact{share: 4.0 / 7, number: "4", of: "of 7", title: "Quiet days",
			text: "Call 4 days ago; tier A asks for every 7 days", receipt: "Last touch", item: "l"}},
		{"beyond the rhythm the arc is full", quietFact(row(30), testNow), accountFact{share: 1, number: "30", of: "of 7", title: "Quiet days",
			text: "Call 30 days ago; tier A asks for every 7 days", receipt: "Last touch", item: "l"}},
		{"never is a word", quietFact(row(-1), testNow), accountFact{number: "–", of: "never", title: "Quiet days",
			text: "Never spoken; tier A asks for every 7 days"}},
		{"weeks with a contact are counted", weeksFact(row(1, busy, data.Week{}, busy)), accountFact{share: 2.0 / 3, number: "2", of: "of 3", title: "Weeks in touch",
			text: "6 contacts in 3 weeks: mails, calls, visits, meetings", receipt: "6 receipts"}},
		{"who starts", startsFact(row(1, busy, busy)), accountFact{share: 1.0 / 3, number: "33", of: "of 100", title: "They start",
			text: "They began 2 of 6 contacts in 2 weeks", receipt: "Both sides"}},
		{"nothing happened", startsFact(row(1, data.Week{})), accountFact{number: "–", of: "none", title: "They start", text: "Nothing happened in 1 weeks"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.got != c.want {
				t.Errorf("got %+v\nwant %+v", c.got, c.want)
			}
		})
	}
}
