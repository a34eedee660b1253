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
	checkShown(t, w, "Kestrel Museums", "Closest work", "Tier rhythm", "Warmth, 12 weeks", "Needs care", "Save this view", "Trust", "prefers phone")
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
	row := func(name string, tier data.Tier, owner string, days int, meeting time.Time) data.AccountEntry {
		r := data.AccountRow{Account: data.Account{ID: name, Name: name, Tier: tier, Owner: owner}}
		if days >= 0 {
			r.Last.At = now.AddDate(0, 0, -days)
		}
		if !meeting.IsZero() {
			r.Next = data.Occurrence{ID: "m", Start: meeting}
		}
		return data.AccountEntry{AccountRow: r.Decide(data.DefaultRhythm, now), Known: true, Stand: data.AccountStand{Band: data.Warm, Quality: 100 - max(days, 0)%90}}
	}
	rows := []data.AccountEntry{
		row("Due", data.TierA, "Maya", 3, time.Time{}), row("Never", data.TierA, "", -1, time.Time{}),
		row("Later", data.TierA, "Elin", 1, now.AddDate(0, 0, 2)), row("Soon", data.TierA, "Maya", 9, now.Add(time.Hour)),
		row("Plain", "", "", 400, time.Time{}), row("Steady", data.TierB, "Elin", 30, time.Time{}),
	}
	rows[0].Stand.OursLate, rows[0].Stand.Ours, rows[2].Stand.Ours, rows[3].Stand.Stage = 1, 1, 3, data.StageTrust
	rows[1].Stand.Band, rows[4].Stand.Band = data.NeverSpoke, data.Cold
	all := accountChoice{view: viewAll, about: data.FilterContext{User: "Maya", Now: now}}
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
		{"cooling or cold", with(func(c *accountChoice) { c.view = viewCool }), "1: Plain"},
		{"with an overdue promise", with(func(c *accountChoice) { c.view = viewLate }), "A1: Due"},
		{"no tier yet", with(func(c *accountChoice) { c.tier = "none" }), "1: Plain"},
		{"one owner in one tier", with(func(c *accountChoice) { c.tier, c.owner = "A", "Elin" }), "A1: Later"},
		{"of one warmth", with(func(c *accountChoice) { c.warmth = "never" }), "A1: Never"},
		{"of one stage", with(func(c *accountChoice) { c.stage = "trust" }), "A1: Soon"},
		{"words are in the name", with(func(c *accountChoice) { c.typed = "ste" }), "B1: Steady"},
		{"the field reads the whole language", with(func(c *accountChoice) { c.typed = "-tier:A no-touch:100" }), "1: Plain"},
		{"by stage, the furthest first", with(func(c *accountChoice) { c.sort = sortStage }), "A4: Soon Due Later Never B1: Steady 1: Plain"},
		{"by warmth, the coldest first, never spoken last", with(func(c *accountChoice) { c.sort = sortWarmth }), "A4: Soon Due Later Never B1: Steady 1: Plain"},
		{"by promises, overdue ones of ours first", with(func(c *accountChoice) { c.sort = sortPromises }), "A4: Due Later Never Soon B1: Steady 1: Plain"},
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
	at := func(days int) data.AccountEntry {
		r := data.AccountRow{Account: data.Account{Tier: data.TierA}}
		r.Last.At = testNow.AddDate(0, 0, -days)
		return data.AccountEntry{AccountRow: r.Decide(data.DefaultRhythm, testNow)}
	}
	ola := at(12)
	ola.Known, ola.Stand.Touch = true, data.Touchpoint{Contact: data.Contact{Name: "Ola Brekke"}, Channel: data.ByCall, Due: testNow.AddDate(0, 0, -2)}
	meeting := at(1)
	meeting.Next = data.Occurrence{ID: "m", Start: testNow.Add(72 * time.Minute), Summary: "Winter loan review"}
	for name, c := range map[string]struct {
		row        data.AccountEntry
		next, what string
	}{
		"a meeting":          {meeting, "Today 10:30", "Winter loan review"},
		"due in four days":   {at(3), "Touch due 21 Nov", ""},
		"due today":          {at(7), "Touch due today", ""},
		"a day over":         {at(8), "Touch due 1 day ago", ""},
		"never spoken with":  {data.AccountEntry{}, "First hello", ""},
		"an all-day meeting": {data.AccountEntry{AccountRow: data.AccountRow{Next: data.Occurrence{ID: "m", AllDay: true, Start: testNow.AddDate(0, 0, 1)}}}, "Tomorrow", ""},
		"how they like it":   {ola, "Touch due 2 days ago", "Ola prefers phone"},
	} {
		t.Run(name, func(t *testing.T) {
			if next, what := nextTouch(c.row, testNow); next != c.next || what != c.what {
				t.Errorf("got %q, %q", next, what)
			}
		})
	}
}

// someAccounts is a workspace of the test's own with three accounts.
func someAccounts(t *testing.T) (*store.DB, *window, *accounts) {
	db := testStore(t)
	writeAccounts(t, db, data.Account{ID: "a", Name: "Alder Vale", Tier: data.TierB, Owner: "Elin Sandvik"},
		data.Account{ID: "b", Name: "Brannock", Tier: data.TierB, Owner: "Maya Lindqvist"}, data.Account{ID: "c", Name: "Cedar"})
	w := testWindow(t, db)
	w.open(route{place: placeAccounts})
	return db, w, accountsOf(t, w)
}

func tiersOf(t *testing.T, db *store.DB) (s string) {
	t.Helper()
	list, err := db.Accounts(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range list {
		s += string(a.Tier) + "/" + string(a.Mode) + "/" + data.FirstName(a.Owner) + " "
	}
	return s
}

func TestAccountsAreChangedTogetherWithOneUndo(t *testing.T) {
	db, w, p := someAccounts(t)
	press(w, "X", "X")
	checkShown(t, w, "2 accounts marked:", "Clear marks")
	golden(t, w, "accounts-marked")
	before := tiersOf(t, db)
	for _, c := range p.tierCommands() {
		if c.name == "Set tier A for the marked" {
			c.do()
		}
	}
	checkShown(t, w, "Tier A set for 2 accounts")
	if got := tiersOf(t, db); got != "A//Elin A//Maya // " {
		t.Errorf("tiers %s", got)
	}
	w.undo()
	if got := tiersOf(t, db); got != before {
		t.Errorf("undone: %s, before %s", got, before)
	}
	p.setOwner("Tomas Olsen")
	p.modeCommands()[1].do()
	if got := tiersOf(t, db); !strings.HasPrefix(got, "B/maintain/Tomas B/maintain/Tomas //") {
		t.Errorf("owner and mode: %s", got)
	}
	press(w, "Esc")
	checkAbsent(t, w, "accounts marked:")
}

func TestAccountsAreMarkedAlong(t *testing.T) {
	_, w, p := someAccounts(t)
	p.markAlong(1)
	p.markAlong(1)
	checkShown(t, w, "3 accounts marked:")
	p.toggle("a")
	checkShown(t, w, "2 accounts marked:")
}

func TestAccountsViewIsSavedRenamedAndDeleted(t *testing.T) {
	db, w, p := someAccounts(t)
	p.save()
	checkShown(t, w, "Choose a filter first")
	p.choice.tier, p.choice.owner = "B", "Elin Sandvik"
	p.draw()
	p.save()
	enter(w, "Elin's")
	press(w, "Enter")
	checkShown(t, w, "Elin's saved", "Alder Vale")
	checkAbsent(t, w, "Brannock", "Cedar")
	list, err := store.Parts[data.Selection](context.Background(), db, store.PartQuery{})
	if err != nil || len(list) != 1 || list[0].Where != `tier:B owner:"Elin Sandvik"` {
		t.Fatalf("%+v, %v", list, err)
	}
	p.savedCommands()[0].do()
	enter(w, "Hers")
	press(w, "Enter")
	checkShown(t, w, "Hers renamed")
	p.savedCommands()[1].do()
	checkShown(t, w, "Hers deleted; its accounts stay", "Brannock", "Cedar")
	w.undo()
	checkShown(t, w, "Hers")
}

func TestAccountsFieldExplainsAFilter(t *testing.T) {
	_, w, _ := someAccounts(t)
	press(w, "/")
	enter(w, "tier:D")
	checkShown(t, w, "This filter cannot be read yet", "use A, B, C, none")
	press(w, "Esc")
	checkShown(t, w, "Cedar")
}

func BenchmarkAccountsSort(b *testing.B) {
	var rows []data.AccountEntry
	for i := range 2000 {
		rows = append(rows, data.AccountEntry{AccountRow: data.AccountRow{Account: data.Account{ID: fmt.Sprint(i), Name: fmt.Sprintf("Account %d", i*7919%2000), Tier: accountTiers[i%4], Owner: fmt.Sprint("Owner ", i%13)}},
			Known: true, Stand: data.AccountStand{Quality: i * 31 % 100, Band: data.Warm, Ours: i % 5}})
	}
	for b.Loop() {
		for _, s := range accountSorts {
			accountChoice{view: viewAll, sort: s.sort}.lines(rows, true)
		}
	}
}

func TestSinceWhenAnAccountIsACustomerIsSaidInWords(t *testing.T) {
	now := time.Date(2026, 11, 17, 9, 0, 0, 0, time.UTC)
	w := testWindow(t, loggedStore(t))
	for _, tt := range []struct{ kept, shown, typed, after string }{
		{"2021-03-31", "Wed 31 Mar 2021", "31 March 2021", "2021-03-31"},
		{"2021-03-31", "Wed 31 Mar 2021", "2019-05-02", "2019-05-02"},
		{"2026-11-16", "Mon 16 Nov", "yesterday", "2026-11-16"},
		{"", "", "", ""},
	} {
		f := newAccountForm(w.bg, data.Account{ID: "k", Name: "Kestrel", Since: tt.kept}, now)
		if f.since.Text() != tt.shown {
			t.Errorf("%s is shown as %s, not as %s", tt.kept, f.since.Text(), tt.shown)
		}
		if a, err := f.account(); err != nil || a.Since != tt.kept {
			t.Errorf("%s becomes %q, %v", tt.kept, a.Since, err)
		}
		f.since.SetText(tt.typed)
		if a, err := f.account(); err != nil || a.Since != tt.after {
			t.Errorf("%q is kept as %q, %v", tt.typed, a.Since, err)
		}
	}
	f := newAccountForm(w.bg, data.Account{Name: "Kestrel"}, now)
	f.since.SetText("long ago")
	if _, err := f.account(); err == nil {
		t.Error("long ago is a day")
	}
}
