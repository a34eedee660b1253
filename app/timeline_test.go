package app

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
)

// accountNamed is an account of a workspace by its name.
func accountNamed(t *testing.T, db *store.DB, name string) data.Account {
	t.Helper()
	list, err := db.Accounts(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range list {
		if a.Name == name {
			return a
		}
	}
	t.Fatalf("no account %s", name)
	return data.Account{}
}

// openTimeline shows the timeline of an account by its name.
func openTimeline(t *testing.T, w *window, name string) *timeline {
	t.Helper()
	w.openAt(route{place: placeAccount, id: accountNamed(t, w.db, name).ID}, target{tab: tabTimeline})
	return w.page().(*accountPage).timeline
}

// loggedStore is a workspace with one account and calls on some days before
// testNow, newest first.
func loggedStore(t *testing.T, days ...int) *store.DB {
	t.Helper()
	db := testStore(t)
	_, err := db.Write(context.Background(), "", func(tx *store.Tx) error {
		if err := tx.PutAccount(data.Account{ID: "k", Name: "Kestrel Museums", Tier: data.TierA}); err != nil {
			return err
		}
		for _, n := range days {
			at := testNow.AddDate(0, 0, -n)
			e := data.Entry{ID: fmt.Sprintf("e%d", n), Kind: data.Call, At: at, Account: "k", Text: fmt.Sprintf("Call number %d", n)}
			if err := tx.PutEntry(e, at); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return db
}

func TestTimelineFilled(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	openTimeline(t, w, "Kestrel Museums")
	checkShown(t, w, "Kestrel Museums", "November", "we started", "Only you can read this", "Filed here because")
	golden(t, w, "timeline-filled")
}

func TestTimelineDark(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	kit.Wear(testApp, kit.NewTheme(kit.Dark, 1))
	openTimeline(t, w, "Kestrel Museums")
	golden(t, w, "timeline-dark")
}

func TestTimelineNarrow(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	resize(w, 960, 600)
	openTimeline(t, w, "Quayside Ferries")
	checkAbsent(t, w, "Only you can read this")
	golden(t, w, "timeline-narrow")
	press(w, "Enter")
	checkShown(t, w, "Only you can read this")
	golden(t, w, "timeline-narrow-inspector")
}

func TestTimelineSilences(t *testing.T) {
	w := testWindow(t, loggedStore(t, 2, 3, 20, 21, 60))
	tl := openTimeline(t, w, "Kestrel Museums")
	press(w, "[")
	if tl.chosen != "e20" {
		t.Errorf("[ went to %q, want the entry behind the silence of 17 days", tl.chosen)
	}
	checkShown(t, w, "17 quiet days", "we broke the silence")
	golden(t, w, "timeline-silences")
	press(w, "[")
	if tl.chosen != "e60" {
		t.Errorf("[ again went to %q", tl.chosen)
	}
	press(w, "[")
	checkShown(t, w, "No earlier silence")
	press(w, "]")
	if tl.chosen != "e20" {
		t.Errorf("] went to %q", tl.chosen)
	}
}

func TestTimelineEmpty(t *testing.T) {
	w := testWindow(t, loggedStore(t))
	openTimeline(t, w, "Kestrel Museums")
	checkShown(t, w, "Nothing has happened here yet", "Log a contact")
	golden(t, w, "timeline-empty")
}

func TestTimelineFailed(t *testing.T) {
	db := loggedStore(t, 1)
	w := testWindow(t, db)
	db.Close()
	w.openAt(route{place: placeAccount, id: "k"}, target{tab: tabTimeline})
	checkShown(t, w, "Try again")
}

func TestTimelineLongNames(t *testing.T) {
	long := strings.Repeat("Besprechungsprotokoll ", 12)
	db := testStore(t)
	_, err := db.Write(context.Background(), "", func(tx *store.Tx) error {
		if err := tx.PutAccount(data.Account{ID: "k", Name: strings.Repeat("Vereinigte Museumsgesellschaft ", 4), Sector: long, Tier: data.TierB}); err != nil {
			return err
		}
		if err := tx.PutContact(data.Contact{ID: "p", AccountID: "k", Name: strings.Repeat("Maximiliane ", 6)}); err != nil {
			return err
		}
		return tx.PutEntry(data.Entry{ID: "e", Kind: data.Visit, At: testNow.AddDate(0, 0, -1), Account: "k", With: []string{"p"}, By: strings.Repeat("Ferdinand ", 6),
			Subject: long, Text: strings.Repeat(long+"\n", 40)}, testNow)
	})
	if err != nil {
		t.Fatal(err)
	}
	w := testWindow(t, db)
	w.openAt(route{place: placeAccount, id: "k"}, target{tab: tabTimeline})
	checkShown(t, w, "Show all")
	golden(t, w, "timeline-long-names")
}

func TestTimelinePages(t *testing.T) {
	var days []int
	for n := range 300 {
		days = append(days, n+1)
	}
	w := testWindow(t, loggedStore(t, days...))
	tl := openTimeline(t, w, "Kestrel Museums")
	if n := len(tl.answer.items); n != timelinePage {
		t.Fatalf("the first page has %d entries", n)
	}
	press(w, strings.Repeat("J ", 55))
	if n := len(tl.answer.items); n <= timelinePage {
		t.Errorf("near the end nothing more was read: %d", n)
	}
	chosen := tl.chosen
	w.reload()
	if tl.chosen != chosen {
		t.Errorf("reading again moved the row from %s to %s", chosen, tl.chosen)
	}
	press(w, "End", "End", "End", "End", "End", "End")
	if tl.chosen != "e300" || !tl.answer.done {
		t.Errorf("End came to %s, done %v", tl.chosen, tl.answer.done)
	}
	seen := map[string]bool{}
	for _, i := range tl.answer.items {
		if seen[i.ID] {
			t.Fatalf("%s is there twice", i.ID)
		}
		seen[i.ID] = true
	}
	if len(seen) != 300 {
		t.Errorf("%d entries, want 300", len(seen))
	}
}

func TestTimelineGoesToAnEntryFarBack(t *testing.T) {
	var days []int
	for n := range 200 {
		days = append(days, n+1)
	}
	w := testWindow(t, loggedStore(t, days...))
	w.openInteraction("e180")
	if tl := w.page().(*accountPage).timeline; tl.chosen != "e180" {
		t.Errorf("at %q", tl.chosen)
	}
	checkShown(t, w, "Call number 180")
}

func TestTimelineBrushScrolls(t *testing.T) {
	var days []int
	for n := range 200 {
		days = append(days, n+1)
	}
	w := testWindow(t, loggedStore(t, days...))
	tl := openTimeline(t, w, "Kestrel Museums")
	tl.strip.brushed(30, 31) // twenty weeks ago
	checkShown(t, w, "Call number 140")
	if to := tl.strip.strip.To; to > 40 {
		tl.seen()
		if to = tl.strip.strip.To; to > 40 {
			t.Errorf("the brush stayed at week %d", to)
		}
	}
}

func TestTimelineFilters(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	tl := openTimeline(t, w, "Kestrel Museums")
	press(w, "F", "F")
	if tl.filter.kind != data.Meet {
		t.Fatalf("F F shows %q", tl.filter.kind)
	}
	for _, i := range tl.answer.items {
		if i.Kind != data.Meet {
			t.Fatalf("a %s among the meetings", i.Kind)
		}
	}
	if slices.ContainsFunc(tl.rows, func(r data.TimelineRow) bool { return r.Kind == data.RowSilence }) {
		t.Error("a silence is drawn among entries of one kind")
	}
	press(w, "Esc")
	if tl.filter.narrows() || len(tl.answer.items) < 30 {
		t.Errorf("Esc left %d entries", len(tl.answer.items))
	}
}

func TestTimelineEditDeleteUndo(t *testing.T) {
	w := testWindow(t, loggedStore(t, 1, 2))
	tl := openTimeline(t, w, "Kestrel Museums")
	press(w, "E")
	enter(w, "He agreed the night test")
	w.page().(*accountPage).timeline.list.Take()
	checkShown(t, w, "Edit this call")
	golden(t, w, "timeline-edit")
	w.dismiss()
	press(w, "Delete")
	checkAbsent(t, w, "Call number 1")
	checkShown(t, w, "Call deleted")
	if tl.chosen != "e2" {
		t.Errorf("after deleting the row is %q", tl.chosen)
	}
	w.undo()
	checkShown(t, w, "Call number 1")
}

func TestEntryForm(t *testing.T) {
	e := data.Entry{ID: "e", Kind: data.Visit, At: testNow.AddDate(0, 0, -1), Minutes: 30, Account: "k", Text: "They agreed"}
	for name, c := range map[string]struct {
		change func(*entryForm)
		want   string // of the entry, or its error
	}{
		"nothing changed":       {func(*entryForm) {}, "visit 2026-11-16 09:18 30 They agreed"},
		"another kind":          {func(f *entryForm) { f.kind.On = 2 }, "note 2026-11-16 09:18 30 They agreed"},
		"a day in words":        {func(f *entryForm) { f.when.SetText("2 days ago") }, "visit 2026-11-15 00:00 30 They agreed"},
		"no length":             {func(f *entryForm) { f.minutes.SetText(" ") }, "visit 2026-11-16 09:18 0 They agreed"},
		"a length in words":     {func(f *entryForm) { f.minutes.SetText("long") }, "write how long it took as a number of minutes, like 20"},
		"a time that is none":   {func(f *entryForm) { f.when.SetText("soon") }, "write when it was like 2026-11-16 14:30, or yesterday"},
		"nothing written":       {func(f *entryForm) { f.words.SetText("  ") }, "write at least a few words about what happened"},
		"a time that will come": {func(f *entryForm) { f.when.SetText("2026-12-16") }, "16 Dec 2026 has not happened yet; put what lies ahead into your calendar"},
	} {
		t.Run(name, func(t *testing.T) {
			f := newEntryForm(bridge.Inline(context.Background()), e, testNow)
			c.change(f)
			got, err := f.entry()
			words := fmt.Sprintf("%s %s %d %s", got.Kind, got.At.In(testZone).Format("2006-01-02 15:04"), got.Minutes, got.Text)
			if err != nil {
				words, _ = troubleWords(err)
				words = strings.ToLower(words[:1]) + words[1:]
			}
			if words != c.want {
				t.Errorf("got %s\nwant %s", words, c.want)
			}
		})
	}
}

func TestTimelineMovesSender(t *testing.T) {
	db := testStore(t)
	writeAccounts(t, db, data.Account{ID: "k", Name: "Kestrel Museums"}, data.Account{ID: "q", Name: "Quayside Ferries"})
	_, err := db.Write(context.Background(), "", func(tx *store.Tx) error {
		return tx.PutContact(data.Contact{ID: "p", AccountID: "k", Name: "Anna Kessler", Emails: []string{"anna@kestrel.example"}})
	})
	if err != nil {
		t.Fatal(err)
	}
	w := testWindow(t, db)
	w.open(route{place: placeAccount, id: "k"})
	to, _ := db.Account(context.Background(), "q")
	w.moveSender(data.Participant{Address: data.Address{Name: "Anna", Email: "anna@kestrel.example"}}, to)
	if c, _ := db.Contact(context.Background(), "p"); c.AccountID != "q" || len(c.Emails) != 1 {
		t.Errorf("the contact is %+v", c)
	}
	checkShown(t, w, "Anna Kessler and all of theirs moved to Quayside Ferries")
	w.undo()
	if c, _ := db.Contact(context.Background(), "p"); c.AccountID != "k" {
		t.Errorf("undo left the contact at %q", c.AccountID)
	}
	w.moveSender(data.Participant{Address: data.Address{Name: "Leon Hobday", Email: "leon@hobday.example"}}, to)
	if list, _ := db.Contacts(context.Background(), "q"); len(list) != 1 || list[0].Name != "Leon Hobday" {
		t.Errorf("a stranger became %+v", list)
	}
}

func TestChooseAccount(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	w.open(route{place: placeAccounts})
	var got data.Account
	w.chooseAccount("Where?", "", func(a data.Account) { got = a })
	enter(w, "quays")
	press(w, "Enter")
	if got.Name != "Quayside Ferries" {
		t.Errorf("chose %q", got.Name)
	}
	if topOverlay(w.canvas) != nil {
		t.Error("the chooser stayed open")
	}
}

func TestStripView(t *testing.T) {
	now := testNow
	day := func(n int) time.Time { return now.AddDate(0, 0, -n) }
	year := stripAt(0, now, now)
	for name, c := range map[string]struct {
		view stripView
		at   time.Time
		want int
	}{
		"now is the last week":                       {year, now, 51},
		"six days ago too":                           {year, day(6), 51},
		"seven days ago is the week before":          {year, day(7), 50},
		"the first day of the year that is shown":    {year, day(363), 0},
		"a day more lies outside":                    {year, day(364), -1},
		"the year before ends where this one begins": {stripAt(0, day(364), now), day(364), 51},
		"what is planned lies behind the last":       {year, day(-1), 52},
		"days in a month":                            {stripAt(2, now, now), day(30), 0},
	} {
		t.Run(name, func(t *testing.T) {
			if got := c.view.at(c.at); got != c.want {
				t.Errorf("unit %d, want %d", got, c.want)
			}
		})
	}
	ours, theirs := year.counts([]data.Touch{{At: now, By: data.Us}, {At: day(6), By: data.Us}, {At: day(7), By: data.Customer}, {At: day(900), By: data.Us}})
	if ours[51] != 2 || theirs[50] != 1 || sumOf(ours)+sumOf(theirs) != 3 {
		t.Errorf("counted %v, %v", ours, theirs)
	}
	if last := year.last(51); data.DaysBetween(last, now) != 0 || year.at(last) != 51 || year.at(year.last(50)) != 50 {
		t.Errorf("the last moments are %v, %v", last, year.last(50))
	}
	gaps := year.silences([]data.Touch{{At: day(40), By: data.Us}, {At: day(5), By: data.Us}}, 7, now)
	if len(gaps) != 1 || gaps[0] != (kit.Silence{From: 47, To: 50, Text: "35 days"}) {
		t.Errorf("silences %+v", gaps)
	}
}

func sumOf(list []int) (n int) {
	for _, v := range list {
		n += v
	}
	return n
}

func TestReflowed(t *testing.T) {
	long := "the agenda is fine. My worry is Samuel: he joins tomorrow and has not seen"
	for name, c := range map[string][2]string{
		"a broken sentence is joined":      {long + "\nwhat the hall costs", long + " what the hall costs"},
		"a paragraph ends":                 {long + "\n\nAnna", long + "\n\nAnna"},
		"short lines stay":                 {"Dear Maya,\nthank you", "Dear Maya,\nthank you"},
		"a list stays":                     {long + "\n- one\n2. two", long + "\n- one\n2. two"},
		"what is quoted or set in stays":   {long + "\n> quoted\n  set in", long + "\n> quoted\n  set in"},
		"flowed lines end in a blank":      {long + " \nwhat", long + " what"},
		"letters of other alphabets count": {strings.Repeat("ä", 60) + "\nüber", strings.Repeat("ä", 60) + " über"},
		"nothing":                          {"", ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got := reflowed(c[0]); got != c[1] {
				t.Errorf("got %q, want %q", got, c[1])
			}
		})
	}
}

func TestCutText(t *testing.T) {
	for _, c := range []struct {
		text string
		n    int
		want string
	}{{"short", 10, "short"}, {"one two three", 9, "one two …"}, {"onetwothree", 5, "onetw …"}, {"äöü äöü", 4, "äöü …"}} {
		if got := cutText(c.text, c.n); got != c.want {
			t.Errorf("cutText(%q, %d) = %q, want %q", c.text, c.n, got, c.want)
		}
	}
}

func TestPartedText(t *testing.T) {
	own, rest := partedText("Fine with me.\n\nAnna\n\nOn Mon, 16 Nov 2026 at 10:00, Maya wrote:\n> Is it?\n")
	if !strings.Contains(own, "Fine with me.") || strings.Contains(own, "Is it?") || !strings.Contains(rest, "Is it?") {
		t.Errorf("own %q, rest %q", own, rest)
	}
	if own, rest := partedText("> only a quote\n"); own == "" || rest != "" {
		t.Errorf("a mail of quotes only shows %q and folds %q", own, rest)
	}
}

func TestTimelineShowsTheCurrentRowWhenTheFilterChanges(t *testing.T) {
	var days []int
	for n := range 200 {
		days = append(days, n+1)
	}
	w := testWindow(t, loggedStore(t, days...))
	tl := openTimeline(t, w, "Kestrel Museums")
	chosen := tl.chosen
	tl.strip.brushed(30, 31) // far away from the current row
	checkAbsent(t, w, "Call number 1 ")
	tl.filter.choose(data.Call)
	if tl.chosen != chosen {
		t.Errorf("the current row became %q", tl.chosen)
	}
	if tl.strip.day.Before(testNow.AddDate(0, 0, -3)) {
		t.Errorf("the list still shows %s", tl.strip.day)
	}
}

func TestNoKeyDoesTwoThingsOnATimeline(t *testing.T) {
	db := sharedStore(t)
	w := testWindow(t, db)
	openTimeline(t, w, "Kestrel Museums")
	done := map[string]string{}
	for _, c := range w.page().(*accountPage).commands() {
		if c.key == "" || c.when != nil && !c.when() {
			continue
		}
		if other, taken := done[c.key]; taken {
			t.Errorf("%s does %q and %q", c.key, other, c.name)
		}
		done[c.key] = c.name
	}
}
