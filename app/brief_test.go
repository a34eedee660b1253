package app

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
)

// kestrelMeeting is the sample's next meeting with Kestrel Museums.
func kestrelMeeting(t *testing.T, db *store.DB) data.Agenda {
	t.Helper()
	dates, err := db.Agenda(context.Background(), testNow, testNow.AddDate(0, 0, 1))
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(dates, func(a data.Agenda) bool { return a.Account.Name == "Kestrel Museums" && a.Start.After(testNow) })
	if i < 0 {
		t.Fatal("the sample has no meeting with Kestrel today")
	}
	return dates[i]
}

func briefOf(t *testing.T, w *window, meeting string) *briefPage {
	t.Helper()
	w.openBrief(meeting)
	p, ok := w.page().(*briefPage)
	if !ok {
		t.Fatalf("the page in view is %T", w.page())
	}
	return p
}

// sampleCopy is the sample workspace to write to.
func sampleCopy(t *testing.T) *store.DB {
	t.Helper()
	sampleStore(t)
	dir := t.TempDir()
	file, err := sql.Open("sqlite3", "file:"+filepath.Join(sampleDir, store.FileName)+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if _, err := file.Exec("VACUUM INTO ?", filepath.Join(dir, store.FileName)); err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(context.Background(), dir, store.Options{Now: testClock, Instance: "test"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// tab moves the keyboard to the n-th field after the one that has it, as the driver
// does: a field that takes Tab for itself keeps it.
func tab(t *testing.T, w *window, n int) {
	t.Helper()
	for range n {
		if field, ok := w.canvas.Focused().(fyne.Tabbable); ok && field.AcceptsTab() {
			t.Fatal("the field keeps Tab for itself")
		}
		w.canvas.FocusNext()
	}
}

func TestBriefOfTheSample(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	briefOf(t, w, kestrelMeeting(t, w.db).ID)
	checkShown(t, w, "Winter loan lighting review", "The outcome to earn", "In the room", "Samuel Reyes", "No ask today: 1 promise of ours is over", "Sources")
	golden(t, w, "brief")
	press(w, "3")
	golden(t, w, "brief-source")
}

func TestBriefOfTheNextMeetingFromAnywhere(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	m := kestrelMeeting(t, w.db)
	w.open(route{place: placeToday})
	press(w, "B")
	if r := w.here(); r != (route{place: placeBrief, id: m.ID}) {
		t.Fatalf("B on Today leads to %+v", r)
	}
	w.open(route{place: placeAccount, id: accountNamed(t, w.db, "Quayside Ferries").ID})
	press(w, "B")
	if p, ok := w.page().(*briefPage); !ok || p.in.Account.Name != "Quayside Ferries" {
		t.Errorf("B on an account leads to %+v", w.here())
	}
	press(w, "Esc")
	if r := w.here(); r.place != placeAccount {
		t.Errorf("Esc leads to %+v", r)
	}
	w.open(route{place: placeAccount, id: accountNamed(t, w.db, "Saltmarsh Dairy").ID})
	press(w, "B")
	if _, ok := w.page().(*briefPage); ok {
		t.Error("an account without a meeting has a brief")
	}
}

func TestBriefDarkAndNarrow(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	kit.Wear(testApp, kit.NewTheme(kit.Dark, 1))
	p := briefOf(t, w, kestrelMeeting(t, w.db).ID)
	p.paper.scroll.ToOffset(620)
	golden(t, w, "brief-dark")
	kit.Wear(testApp, kit.NewTheme(kit.Light, 1))
	resize(w, 960, 600)
	golden(t, w, "brief-narrow")
}

// A meeting that nobody of theirs is known to come to, with an account of which
// nothing is known, still has a page that says what to ask.
func TestBriefOfAMeetingOfWhichNothingIsKnown(t *testing.T) {
	db := testStore(t)
	at := testNow.Add(3 * time.Hour)
	o := data.Occurrence{ID: data.OccurrenceIDOf("first", ""), UID: "first", Calendar: "work", Summary: "First hello", Start: at, End: at.Add(time.Hour),
		Organizer: data.Address{Email: "tess@fenwick.example"}}
	_, err := db.Write(context.Background(), "", func(tx *store.Tx) error {
		if _, err := tx.PutCalendar(data.Calendar{ID: "work", Name: "Work", Path: "work.ics", Shown: "work.ics"}); err != nil {
			return err
		}
		return tx.PutAccount(data.Account{ID: "f", Name: "Fenwick Foundry", Domains: []string{"fenwick.example"}})
	})
	if err != nil {
		t.Fatal(err)
	}
	batch := data.Batch{Calendar: "work", Whole: true, Held: []string{"first"}, Meetings: []data.Meeting{{UID: "first", ICS: "BEGIN:VCALENDAR", Occurrences: []data.Occurrence{o}}}}
	if _, err := db.Ingest(context.Background(), "calendar:Work", "Work", testNow, batch); err != nil {
		t.Fatal(err)
	}
	w := testWindow(t, db)
	briefOf(t, w, o.ID)
	checkShown(t, w, "First hello", "Write what both should have when it ends", "This room has never met")
	golden(t, w, "brief-nothing-known")

	briefOf(t, w, "gone")
	checkShown(t, w, "This meeting is no longer in your calendars")
}

func TestBriefIsPreparedByKeyboard(t *testing.T) {
	db := sampleCopy(t)
	w := testWindow(t, db)
	m := kestrelMeeting(t, db)
	p := briefOf(t, w, m.ID)
	press(w, "E")
	golden(t, w, "brief-prepare")
	enter(w, "A date to decide on the cure")
	tab(t, w, 2)
	enter(w, "Ask who signs for Hall 3")
	tab(t, w, 1)
	press(w, "Enter")
	got, err := db.Preparation(context.Background(), m.ID)
	if err != nil || got.Outcome != "A date to decide on the cure" || len(got.Moves) != 1 {
		t.Fatalf("prepared: %+v, %v", got, err)
	}
	checkShown(t, w, "A date to decide on the cure", "Who signs for Hall 3")

	// A line that somebody leaves out is gone, its fact is not, and it comes back.
	moves := len(p.brief.Sections)
	for n := 1; n <= len(p.brief.Sources) && !p.pane.canLeaveOut(); n++ {
		p.pane.choose(n)
	}
	source := p.brief.Sources[p.pane.current()-1].Words
	press(w, "X")
	if got, _ := db.Preparation(context.Background(), m.ID); len(got.Out) == 0 {
		t.Fatal("nothing was left out")
	}
	if slices.ContainsFunc(p.brief.Sources, func(s data.SheetSource) bool { return s.Words == source }) && len(p.brief.Sections) == moves {
		t.Logf("%s is cited elsewhere too", source)
	}
	w.undo()
	if got, _ := db.Preparation(context.Background(), m.ID); len(got.Out) != 0 {
		t.Error("undo did not bring the line back")
	}
}

func TestBriefForASeatIsPrintedAndOpened(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	p := briefOf(t, w, kestrelMeeting(t, w.db).ID)
	press(w, "R")
	if p.seat != data.SalesSeat || !hasText(w, "For sales") {
		t.Errorf("R makes it for %q", p.seat)
	}
	var opened string
	w.openURL = func(u *url.URL) error { opened = u.Path; return nil }
	p.print()
	page, err := os.ReadFile(opened)
	if err != nil || !bytes.HasPrefix(page, []byte("%PDF-")) || !strings.HasSuffix(opened, ".pdf") {
		t.Errorf("%q was opened: %v", opened, err)
	}
	w.openURL = func(*url.URL) error { return errors.New("no program") }
	p.print()
	if !slices.ContainsFunc(shownTexts(w), func(s string) bool { return strings.Contains(s, "program") }) {
		t.Errorf("nothing says that no program opens it: %q", shownTexts(w))
	}
}

func TestDebriefByKeyboard(t *testing.T) {
	db := sampleCopy(t)
	m := kestrelMeeting(t, db)
	w := testWindow(t, db)
	w.clock = func() time.Time { return m.End.Add(time.Minute) }
	briefOf(t, w, m.ID)
	press(w, "D")
	checkShown(t, w, "What came of it: Winter loan lighting review")
	enter(w, "Hall 2 gets the new bus")
	tab(t, w, 1)
	enter(w, "Tomas sends the figures to Beatrice by Friday")
	tab(t, w, 2)
	enter(w, "Night test, 24 Nov")
	golden(t, w, "brief-debrief")
	press(w, "Enter")
	d, err := db.Debrief(context.Background(), m.ID)
	if err != nil || !slices.Equal(d.Decisions, []string{"Hall 2 gets the new bus"}) {
		t.Fatalf("debrief: %+v, %v", d, err)
	}
	promises, err := store.Parts[data.Promise](context.Background(), db, store.PartQuery{Interaction: m.ID})
	if err != nil || len(promises) != 1 || promises[0].Due != "2026-11-20" || promises[0].By != data.Us {
		t.Errorf("promises: %+v, %v", promises, err)
	}
	steps, err := store.Parts[data.Step](context.Background(), db, store.PartQuery{Interaction: m.ID})
	if err != nil || len(steps) != 1 || steps[0].Due != "2026-11-24" {
		t.Errorf("steps: %+v, %v", steps, err)
	}
	w.undo()
	if promises, _ := store.Parts[data.Promise](context.Background(), db, store.PartQuery{Interaction: m.ID}); len(promises) != 0 {
		t.Error("one undo does not take it all back")
	}
}

func TestAnHourBeforeAMeetingPeopleAreToldOnce(t *testing.T) {
	db := sampleCopy(t)
	m := kestrelMeeting(t, db)
	w := testWindow(t, db)
	w.open(route{place: placeToday})
	var told []string
	w.notice.send = func(title, text string) { told = append(told, title+": "+text) }
	for _, before := range []int{90, 59, 40, 10, -1} {
		w.clock = func() time.Time { return m.Start.Add(-time.Duration(before) * time.Minute) }
		w.minute()
		if dot := w.notice.soon; dot != (before > 0 && before < 60) {
			t.Errorf("%d minutes before, the mark on Today is %v", before, dot)
		}
	}
	if !slices.Equal(told, []string{"Winter loan lighting review at 10:30: Kestrel Museums. The brief is ready; write what is to be earned."}) {
		t.Errorf("told: %q", told)
	}
	w.notice.told = map[string]bool{}
	w.keepSetting(store.SettingNotices, store.SettingOff)
	w.clock = func() time.Time { return m.Start.Add(-30 * time.Minute) }
	w.minute()
	if len(told) != 1 || !w.notice.off {
		t.Errorf("told although it is turned off: %q", told)
	}
}
