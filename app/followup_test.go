package app

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
)

// ownCalendar adds a calendar on a server, called Work.
func ownCalendar(t *testing.T, db *store.DB) {
	t.Helper()
	mustWrite(t, db, func(tx *store.Tx) error {
		_, err := tx.PutCalendar(data.Calendar{ID: "work", Name: "Work", Kind: data.DAVCalendar, Shown: "dav.example"})
		return err
	})
}

func waitingEntries(t *testing.T, db *store.DB) []data.WaitingEntry {
	t.Helper()
	list, err := db.WaitingEntries(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// A follow-up goes into the person's own calendar after a yes, never before.
func TestAFollowUpGoesIntoACalendarAfterAYes(t *testing.T) {
	db := meetingsStore(t)
	ownCalendar(t, db)
	w, _ := openCalendar(t, db)
	press(w, "F")
	checkShown(t, w, "A follow-up of Winter loan review", "My calendar “Work”", "Nothing is written before you say yes. Nobody is invited.")
	golden(t, w, "followup")
	fields := fieldsOf(w.canvas.Overlays().Top())
	fields[1].SetText("someday")
	tapButton(t, w, "Go on")
	checkShown(t, w, "Write the day like Friday, in 2 weeks, 5 December or 2026-12-05.")
	fields[1].SetText("Fri 20 Nov")
	fields[2].SetText("14:00")
	tapButton(t, w, "Go on")
	checkShown(t, w, "Put it into “Work”?", "Yes, put it there")
	if hasText(w, "Go on") {
		t.Error("beside the question there is another way on")
	}
	golden(t, w, "followup-yes")
	if list := waitingEntries(t, db); len(list) > 0 {
		t.Fatalf("before the yes there waits %+v", list)
	}
	tapButton(t, w, "Back")
	checkShown(t, w, "Go on")
	if list := waitingEntries(t, db); len(list) > 0 {
		t.Fatalf("without a yes there waits %+v", list)
	}
	tapButton(t, w, "Go on")
	tapButton(t, w, "Yes, put it there")
	list := waitingEntries(t, db)
	if len(list) != 1 || list[0].Calendar != "Work" || list[0].Start.In(testZone).Format("2 Jan 15:04") != "20 Nov 14:00" || list[0].Problem != "" {
		t.Fatalf("after the yes there waits %+v", list)
	}
	checkShown(t, w, "Undo")
	w.undo()
	if list := waitingEntries(t, db); len(list) > 0 {
		t.Errorf("undone, there waits %+v", list)
	}
}

// Where there is no calendar to write to, or another choice, it is a file that
// never takes the place of another.
func TestAFollowUpIsSavedAsAFile(t *testing.T) {
	t.Setenv("HOME", t.TempDir())
	db := meetingsStore(t)
	w, _ := openCalendar(t, db)
	tapButton(t, w, "Put a follow-up in my calendar")
	checkShown(t, w, "A file", "File")
	press(w, "Enter")
	home, err := os.UserHomeDir()
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(home, "Follow-up Winter loan review.ics"))
	if err != nil || !strings.Contains(string(text), "DTSTART:20261124T093000Z") || !strings.Contains(string(text), "ATTENDEE") || strings.Contains(string(text), "Harbour Hall") {
		t.Errorf("the file holds %s, %v", text, err)
	}
	press(w, "F", "Enter")
	checkShown(t, w, "Go on")
	if list := waitingEntries(t, db); len(list) > 0 {
		t.Errorf("a file leaves %+v waiting", list)
	}
}

// What could not leave says why, and can be tried again, saved or taken back.
func TestAnEntryThatACalendarRefusesCanBeTakenBack(t *testing.T) {
	t.Setenv("HOME", t.TempDir())
	db := meetingsStore(t)
	ownCalendar(t, db)
	one := data.FollowUp{UID: "1@larkfield.example", Summary: "Prices again", Start: testNow.AddDate(0, 0, 7), End: testNow.AddDate(0, 0, 7)}
	mustWrite(t, db, func(tx *store.Tx) error { return tx.QueueFollowUp("work", one, testNow) })
	due, _, err := db.Outgoing(context.Background(), testNow.AddDate(1, 0, 0))
	if err != nil || len(due) != 1 {
		t.Fatal(due, err)
	}
	mustWrite(t, db, func(tx *store.Tx) error {
		return tx.Stay(due[0], "work did not take the entry. Choose another calendar, or save the entry as a file", testNow.AddDate(1, 0, 0), false)
	})
	w := testWindow(t, db)
	w.openDrafts()
	checkShown(t, w, "On the way into your calendars", "into “Work”", "work did not take the entry. Choose another calendar, or save the entry as a file.")
	tapButton(t, w, "Save as a file")
	home, _ := os.UserHomeDir()
	path := filepath.Join(home, "Prices again 2026-11-24.ics")
	if _, err := os.Stat(path); err != nil {
		t.Error(err)
	}
	tapButton(t, w, "Take it back")
	if list := waitingEntries(t, db); len(list) > 0 {
		t.Errorf("taken back, there waits %+v", list)
	}
	w.undo()
	if list := waitingEntries(t, db); len(list) != 1 {
		t.Errorf("undone, there waits %+v", list)
	}
	if _, err := os.Stat(filepath.Join(home, "Downloads")); !errors.Is(err, fs.ErrNotExist) {
		t.Error("a folder was made")
	}
}

// After a meeting the follow-up is proposed on the day of its next step.
func TestADebriefLeadsToTheFollowUp(t *testing.T) {
	db := sampleCopy(t)
	m := kestrelMeeting(t, db)
	w := testWindow(t, db)
	now := m.End.Add(time.Minute)
	for in, want := range map[string]string{"Night test, 25 Nov": "25 Nov 10:30", "Night test": "", "Night test, 16 Nov": ""} {
		c := data.Understand(data.Outcome{Next: []string{in}}, m, data.Debrief{}, now.In(w.zone))
		got := ""
		if at := followUpWish(c, m, now.In(w.zone)).Start; !at.IsZero() {
			got = at.Format("2 Jan 15:04")
		}
		if got != want {
			t.Errorf("%q proposes %q, want %q", in, got, want)
		}
	}
	w.clock = func() time.Time { return now }
	briefOf(t, w, m.ID)
	press(w, "D")
	enter(w, "Hall 2 gets the new bus")
	eachShown(w.canvas.Overlays().Top(), func(o fyne.CanvasObject) {
		if c, ok := o.(*kit.Checkbox); ok && c.Text == "Then put a follow-up in my calendar" {
			c.Tapped(nil)
		}
	})
	tapButton(t, w, "Save")
	checkShown(t, w, "A follow-up of Winter loan lighting review", "Go on")
	press(w, "Esc")
	press(w, "F")
	checkShown(t, w, "A follow-up of Winter loan lighting review")
}
