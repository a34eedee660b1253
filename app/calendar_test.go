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

func TestCalendarLooks(t *testing.T) {
	for name, c := range map[string]struct {
		look          kit.Look
		width, height float32
		keys          string
	}{
		"calendar":        {kit.Light, 1280, 800, ""},
		"calendar-dark":   {kit.Dark, 1280, 800, ""},
		"calendar-narrow": {kit.Light, 960, 600, ""},
		"calendar-day":    {kit.Light, 1280, 800, "D"},
		"calendar-month":  {kit.Light, 1280, 800, "M"},
	} {
		t.Run(name, func(t *testing.T) {
			w := testWindow(t, sampleStore(t))
			kit.Wear(testApp, kit.NewTheme(c.look, 1))
			resize(w, c.width, c.height)
			w.open(route{place: placeCalendar})
			press(w, c.keys)
			golden(t, w, name)
		})
	}
}

// meetingsStore is a workspace with a calendar whose meetings overlap, last whole
// days, were called off, belong to nobody and to somebody new, on the day that the
// tests look at.
func meetingsStore(t *testing.T) *store.DB {
	t.Helper()
	db := testStore(t)
	mustWrite(t, db, func(tx *store.Tx) error {
		if err := tx.PutSettingList(store.SettingOwnDomains, []string{"larkfield.example"}); err != nil {
			return err
		}
		for _, a := range []data.Account{{ID: "km", Name: "Kestrel Museums", Tier: data.TierA, Domains: []string{"kestrel.example"}}, {ID: "qf", Name: "Quayside Ferries and Harbour Works of the Northern Coast", Tier: data.TierB, Domains: []string{"quayside.example"}}} {
			if err := tx.PutAccount(a); err != nil {
				return err
			}
		}
		_, err := tx.PutCalendar(data.Calendar{ID: "cal", Name: "Maya, work", Path: "work.ics", Shown: "work.ics"})
		return err
	})
	day := time.Date(2026, 11, 16, 0, 0, 0, 0, testZone)
	at := func(days, minutes int) time.Time {
		return day.AddDate(0, 0, days).Add(time.Duration(minutes) * time.Minute)
	}
	with := func(emails ...string) (list []data.Attendee) {
		for _, e := range append(emails, "maya@larkfield.example") {
			name, _, _ := strings.Cut(e, "@")
			list = append(list, data.Attendee{Address: data.Address{Name: upperFirst(name), Email: e}, Answer: "accepted"})
		}
		return list
	}
	b := data.Batch{Calendar: "cal", Whole: true}
	for i, o := range []data.Occurrence{
		{Summary: "Stand-up", Start: at(1, 510), End: at(1, 535), Attendees: with()},
		{Summary: "Winter loan review", Start: at(1, 630), End: at(1, 690), Attendees: with("anna@kestrel.example"), Place: "Harbour Hall", Zone: "America/New_York"},
		{Summary: "Pricing", Start: at(1, 645), End: at(1, 720), Attendees: with()},
		{Summary: "Crane planning, with a name that is far too long to be read in a narrow column of a week", Start: at(1, 660), End: at(1, 750), Attendees: with("nadia@quayside.example", "new@elsewhere.example")},
		{Summary: "Off", Start: at(2, 600), End: at(2, 660), Attendees: with("anna@kestrel.example"), Cancelled: true},
		{Summary: "First talk", Start: at(3, 600), End: at(3, 615), Attendees: with("tess@fenwick.example"), Tentative: true},
		{Summary: "Next month", Start: at(30, 600), End: at(30, 660), Attendees: with("anna@kestrel.example")},
		{Summary: "Trade fair", AllDay: true, Start: at(3, 0), End: at(6, 0), StartDate: "2026-11-19", EndDate: "2026-11-22", Attendees: with("anna@kestrel.example")},
	} {
		o.UID, o.Calendar = fmt.Sprint("u", i), "cal"
		o.ID = data.OccurrenceIDOf(o.UID, "")
		b.Meetings = append(b.Meetings, data.Meeting{UID: o.UID, ICS: "BEGIN:VCALENDAR", Occurrences: []data.Occurrence{o}})
	}
	if _, err := db.Ingest(context.Background(), "calendar:Maya, work", "Maya, work", testNow, b); err != nil {
		t.Fatal(err)
	}
	return db
}

func openCalendar(t *testing.T, db *store.DB) (*window, *calendarPage) {
	t.Helper()
	w := testWindow(t, db)
	w.open(route{place: placeCalendar})
	return w, w.page().(*calendarPage)
}

// standsOn is what the current meeting is called.
func (p *calendarPage) standsOn() string {
	e, _ := p.page.Entry(p.current)
	return e.Meeting.Summary
}

func TestCalendarOfManyKindsLooks(t *testing.T) {
	w, _ := openCalendar(t, meetingsStore(t))
	checkShown(t, w, "Sat", "Trade fair")
	golden(t, w, "calendar-crowded")
	press(w, "M")
	checkShown(t, w, "called off", "Trade fair", "no account yet")
	press(w, "Right")
	checkShown(t, w, "December", "Next month", "no brief yet")
}

func TestCalendarIsWalkedByKeys(t *testing.T) {
	w, p := openCalendar(t, meetingsStore(t))
	if p.standsOn() != "Winter loan review" {
		t.Fatalf("it begins with %q", p.standsOn())
	}
	checkShown(t, w, "Kestrel Museums", "never met", "(04:30 in New York)", "Prepare", "From “Maya, work”, read only", "Harbour Hall")
	press(w, "J")
	if p.standsOn() != "Pricing" {
		t.Errorf("after it comes %q", p.standsOn())
	}
	checkShown(t, w, "Among us")
	press(w, "K", "Up")
	if p.standsOn() != "Stand-up" {
		t.Errorf("before it comes %q", p.standsOn())
	}
	press(w, "K")
	if from := p.page.From.Format(time.DateOnly); from != "2026-11-09" || p.current != "" {
		t.Errorf("before the first meeting of a week comes the week of %s", from)
	}
	press(w, "T")
	if p.standsOn() != "Winter loan review" {
		t.Errorf("today begins with %q", p.standsOn())
	}
	press(w, "Right")
	if from := p.page.From.Format(time.DateOnly); from != "2026-11-23" {
		t.Errorf("the week after begins on %s", from)
	}
	press(w, "Left", "D")
	if len(p.page.Days) != 1 {
		t.Error("D shows no day")
	}
	press(w, "M", "J", "J")
	if p.view != data.MonthView || p.list.current() != p.current {
		t.Errorf("the list stands on %q, the page on %q", p.list.current(), p.current)
	}
	press(w, "W", "T", "Enter")
	if r := w.here(); r.place == placeCalendar {
		t.Error("Enter does not lead to the brief")
	}
	press(w, "G C")
	if w.here().place != placeCalendar {
		t.Error("G C does not lead to the calendar")
	}
}

func TestCalendarFilters(t *testing.T) {
	w, p := openCalendar(t, meetingsStore(t))
	press(w, "/")
	enter(w, "quay")
	if got := p.page.Order(); len(got) != 1 || !strings.HasPrefix(p.standsOn(), "Crane") {
		t.Errorf("got %d meetings, on %q", len(got), p.standsOn())
	}
	enter(w, "zzz")
	checkShown(t, w, "No meeting fits", "Show all")
	press(w, "Esc")
	if p.filter != "" || len(p.page.Order()) < 5 {
		t.Errorf("Escape leaves %q", p.filter)
	}
}

func TestAMeetingIsFiledToAnotherAccount(t *testing.T) {
	db := meetingsStore(t)
	w, p := openCalendar(t, db)
	p.pane.change()
	enter(w, "quays")
	press(w, "Enter")
	m, err := db.Meeting(context.Background(), p.current)
	if err != nil || m.Account.ID != "qf" {
		t.Fatalf("it is with %q, %v", m.Account.Name, err)
	}
	checkShown(t, w, "Quayside Ferries")
	w.undo()
	if m, err = db.Meeting(context.Background(), p.current); err != nil || m.Account.ID != "km" {
		t.Errorf("undone, it is with %q, %v", m.Account.Name, err)
	}
}

func TestCalendarOfANewWorkspaceLeadsToTheFirstCalendar(t *testing.T) {
	w, _ := openCalendar(t, testStore(t))
	checkShown(t, w, "No calendar yet", "Add a calendar")
	golden(t, w, "calendar-empty")
}

func TestCalendarSaysThatItCouldNotRead(t *testing.T) {
	db := testStore(t)
	w := testWindow(t, db)
	db.Close()
	w.open(route{place: placeCalendar})
	checkShown(t, w, "Try again")
}

// What lies beyond the dates that are stored is worked out from what the
// calendars said.
func TestCalendarGoesOnWithoutEnd(t *testing.T) {
	w, p := openCalendar(t, sampleStore(t))
	p.show(data.MonthView, testNow.AddDate(4, 0, 0))
	if len(p.page.Order()) == 0 {
		t.Fatal("in four years there are no meetings")
	}
	checkShown(t, w, "November 2030", p.standsOn(), "From your calendars, read only")
}

func TestCalendarTellsTheTimeByItself(t *testing.T) {
	w, p := openCalendar(t, meetingsStore(t))
	checkShown(t, w, "09:18")
	w.clock = func() time.Time { return testNow.Add(time.Hour) }
	w.minute()
	if p.grid.NowText != "10:18" {
		t.Errorf("it shows %q", p.grid.NowText)
	}
}

// Today and the calendar say the same of the day: they ask for the same dates.
func TestCalendarAgreesWithToday(t *testing.T) {
	db := sampleStore(t)
	w, p := openCalendar(t, db)
	press(w, "D")
	day, err := db.TodayInput(context.Background(), testNow)
	if err != nil {
		t.Fatal(err)
	}
	here := map[string]bool{}
	for _, id := range p.page.Order() {
		here[id] = true
	}
	next, _ := data.ComposeToday(day).Next()
	if len(day.Meetings) == 0 || next.Meeting.ID != p.page.Next() {
		t.Errorf("today begins with %q, the calendar with %q", next.Meeting.ID, p.page.Next())
	}
	for _, m := range day.Meetings {
		if !here[m.ID] {
			t.Errorf("%q is missing", m.Summary)
		}
	}
}
