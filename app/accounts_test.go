package app

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
)

func accountsOf(t *testing.T, w *window) *accounts {
	t.Helper()
	p, ok := w.page().(*accounts)
	if !ok {
		t.Fatalf("the page in view is %T", w.page())
	}
	return p
}

// writeAccounts keeps accounts in a workspace of the test's own.
func writeAccounts(t *testing.T, db *store.DB, list ...data.Account) {
	t.Helper()
	_, err := db.Write(context.Background(), "", func(tx *store.Tx) error {
		for _, a := range list {
			if err := tx.PutAccount(a); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestAccountsFilled(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	w.open(route{place: placeAccounts})
	checkShown(t, w, "Kestrel Museums", "Closest work", "Tier rhythm", "Last 12 weeks")
	golden(t, w, "accounts-filled")
}

func TestAccountsDark(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	kit.Wear(testApp, kit.NewTheme(kit.Dark, 1))
	w.open(route{place: placeAccounts})
	golden(t, w, "accounts-dark")
}

func TestAccountsNarrow(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	resize(w, 960, 600)
	w.open(route{place: placeAccounts})
	checkShown(t, w, "Account, last touch", "All accounts")
	golden(t, w, "accounts-narrow")
}

func TestAccountsLargeText(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	kit.Wear(testApp, kit.NewTheme(kit.Light, 1.3))
	w.open(route{place: placeAccounts})
	golden(t, w, "accounts-large-text")
}

func TestAccountsEmpty(t *testing.T) {
	w := testWindow(t, testStore(t))
	w.open(route{place: placeAccounts})
	checkShown(t, w, "No accounts yet", "Add an account")
	golden(t, w, "accounts-empty")
}

func TestAccountsFailed(t *testing.T) {
	db := testStore(t)
	w := testWindow(t, db)
	db.Close()
	w.open(route{place: placeAccounts})
	checkShown(t, w, "Try again")
}

func TestAccountsLongNames(t *testing.T) {
	db := testStore(t)
	long := strings.Repeat("Vereinigte Museumsgesellschaft ", 6)
	writeAccounts(t, db, data.Account{Name: long, Sector: strings.Repeat("Culture and everything near it ", 5), Tier: data.TierA, Owner: strings.Repeat("Maximiliane ", 5)},
		data.Account{Name: "K"})
	w := testWindow(t, db)
	w.open(route{place: placeAccounts})
	golden(t, w, "accounts-long-names")
}

func TestAccountsByKeyboard(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	w.open(route{place: placeAccounts})
	p := accountsOf(t, w)
	first := p.chosen
	press(w, "J", "J", "K")
	if p.chosen == first || p.chosen == "" {
		t.Fatalf("J J K left the row at %q", p.chosen)
	}
	want := p.chosen
	press(w, "Enter")
	if w.here() != (route{place: placeAccount, id: want}) {
		t.Fatalf("Enter opened %v", w.here())
	}
	w.back()
	if accountsOf(t, w).chosen != want {
		t.Errorf("back forgot the row")
	}
	press(w, "/")
	enter(w, "quays")
	checkShown(t, w, "Quayside Ferries")
	checkAbsent(t, w, "Alder Vale Hospitals")
	press(w, "Enter", "Enter")
	if w.title() != "Quayside Ferries" {
		t.Errorf("filter and Enter opened %q", w.title())
	}
}

// title is the title of the page in view.
func (w *window) title() string { return w.page().title() }

func TestAccountsNothingFits(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	w.open(route{place: placeAccounts})
	press(w, "/")
	enter(w, "zzzz")
	checkShown(t, w, "Nothing fits")
	press(w, "Esc")
	checkShown(t, w, "Kestrel Museums")
}

func TestAccountsAddEditDelete(t *testing.T) {
	w := testWindow(t, testStore(t))
	w.open(route{place: placeAccounts})
	press(w, "N")
	golden(t, w, "accounts-form")
	press(w, "Enter")
	checkShown(t, w, "An account needs a name")
	enter(w, "Tern Logistics")
	press(w, "Enter")
	checkShown(t, w, "Tern Logistics", "Tern Logistics added", "No tier yet")
	press(w, "E")
	enter(w, "Tern Logistics Group") // what was there is marked, so it is typed over
	press(w, "Enter")
	checkShown(t, w, "Tern Logistics Group")
	press(w, "Delete")
	checkShown(t, w, "No accounts yet")
	w.undo()
	checkShown(t, w, "Tern Logistics Group")
}

func TestAccountsDomainOfAnother(t *testing.T) {
	db := testStore(t)
	writeAccounts(t, db, data.Account{Name: "Kestrel Museums", Domains: []string{"kestrel.example"}})
	w := testWindow(t, db)
	w.open(route{place: placeAccounts})
	w.editAccount(data.Account{Name: "Kestrel Marine", Domains: []string{"kestrel.example"}}, nil)
	press(w, "Enter")
	checkShown(t, w, "belongs to Kestrel Museums")
	if topOverlay(w.canvas) == nil {
		t.Error("the form went away with what was typed")
	}
}

func TestAccountChoiceLines(t *testing.T) {
	now := testNow
	row := func(name string, tier data.Tier, owner string, days int, meeting time.Time) data.AccountRow {
		r := data.AccountRow{Account: data.Account{ID: name, Name: name, Tier: tier, Owner: owner}}
		if days >= 0 {
			r.Last.At = now.AddDate(0, 0, -days)
		}
		if !meeting.IsZero() {
			r.Next = data.Occurrence{ID: "m", Start: meeting}
		}
		return r.Decide(data.DefaultRhythm, now)
	}
	rows := []data.AccountRow{
		row("Due", data.TierA, "Maya", 3, time.Time{}), row("Never", data.TierA, "", -1, time.Time{}),
		row("Later", data.TierA, "Elin", 1, now.AddDate(0, 0, 2)), row("Soon", data.TierA, "Maya", 9, now.Add(time.Hour)),
		row("Plain", "", "", 400, time.Time{}), row("Steady", data.TierB, "Elin", 30, time.Time{}),
	}
	all := accountChoice{tier: anyTier, user: "Maya"}
	with := func(change func(*accountChoice)) accountChoice {
		c := all
		change(&c)
		return c
	}
	for _, c := range []struct {
		name   string
		choice accountChoice
		want   string
	}{
		{"meetings come first, then what is due, then those never spoken with", all, "A4: Soon Later Due Never B1: Steady 1: Plain"},
		{"from the other end, within each tier", with(func(c *accountChoice) { c.back = true }), "A4: Never Due Later Soon B1: Steady 1: Plain"},
		{"by name", with(func(c *accountChoice) { c.sort = sortName }), "A4: Due Later Never Soon B1: Steady 1: Plain"},
		{"by last touch, newest first", with(func(c *accountChoice) { c.sort = sortLast }), "A4: Later Due Soon Never B1: Steady 1: Plain"},
		{"by owner, those without one last", with(func(c *accountChoice) { c.sort = sortOwner }), "A4: Later Due Soon Never B1: Steady 1: Plain"},
		{"mine", with(func(c *accountChoice) { c.view = viewMine }), "A2: Soon Due"},
		{"quiet longer than agreed", with(func(c *accountChoice) { c.view = viewQuiet }), "A1: Soon B1: Steady 1: Plain"},
		{"never spoken", with(func(c *accountChoice) { c.view = viewNever }), "A1: Never"},
		{"no tier yet", with(func(c *accountChoice) { c.tier = "" }), "1: Plain"},
		{"one owner in one tier", with(func(c *accountChoice) { c.tier, c.owner = data.TierA, "Elin" }), "A1: Later"},
		{"words begin words of the name", with(func(c *accountChoice) { c.words = []string{"st"} }), "B1: Steady"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, l := range c.choice.lines(rows, true) {
				if l.head {
					got = append(got, fmt.Sprintf("%s%d:", l.tier, l.count))
				} else {
					got = append(got, l.row.Name)
				}
			}
			if s := strings.Join(got, " "); s != c.want {
				t.Errorf("got %s\nwant %s", s, c.want)
			}
		})
	}
}

func TestNextTouch(t *testing.T) {
	at := func(days int) data.AccountRow {
		r := data.AccountRow{Account: data.Account{Tier: data.TierA}}
		r.Last.At = testNow.AddDate(0, 0, -days)
		return r.Decide(data.DefaultRhythm, testNow)
	}
	meeting := at(1)
	meeting.Next = data.Occurrence{ID: "m", Start: testNow.Add(72 * time.Minute), Summary: "Winter loan review"}
	for name, c := range map[string]struct {
		row        data.AccountRow
		next, what string
	}{
		"a meeting":          {meeting, "Today 10:30", "Winter loan review"},
		"due in four days":   {at(3), "Touch due 21 Nov", ""},
		"due today":          {at(7), "Touch due today", ""},
		"a day over":         {at(8), "Touch due 1 day ago", ""},
		"never spoken with":  {data.AccountRow{}, "First hello", ""},
		"an all-day meeting": {data.AccountRow{Next: data.Occurrence{ID: "m", AllDay: true, Start: testNow.AddDate(0, 0, 1)}}, "Tomorrow", ""},
	} {
		t.Run(name, func(t *testing.T) {
			if next, what := nextTouch(c.row, testNow); next != c.next || what != c.what {
				t.Errorf("got %q, %q", next, what)
			}
		})
	}
}
