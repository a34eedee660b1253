package store

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"rapport/data"
)

// datedStore is a workspace with a calendar of these dates.
func datedStore(t testing.TB, dates ...data.Occurrence) *DB {
	t.Helper()
	db := open(t)
	write(t, db, "", func(tx *Tx) error {
		if err := tx.PutAccount(data.Account{ID: "k", Name: "Kestrel", Domains: []string{"kestrel.example"}}); err != nil {
			return err
		}
		_, err := tx.PutCalendar(data.Calendar{ID: "cal", Name: "work", Path: "work.ics", Shown: "work.ics"})
		return err
	})
	b := data.Batch{Calendar: "cal", Whole: true}
	for i, o := range dates {
		o.UID, o.Calendar = fmt.Sprint("u", i), "cal"
		o.ID = data.OccurrenceIDOf(o.UID, "")
		b.Meetings = append(b.Meetings, data.Meeting{UID: o.UID, ICS: "BEGIN:VCALENDAR", Occurrences: []data.Occurrence{o}})
	}
	if _, err := db.Ingest(context.Background(), "calendar:work", "work", noon, b); err != nil {
		t.Fatal(err)
	}
	return db
}

// A date is in the agenda of every span that it touches, however long it is, and
// in no other.
func TestTheAgendaHasWhatTouchesASpan(t *testing.T) {
	hour := func(h int) time.Time { return noon.Add(time.Duration(h) * time.Hour) }
	var dates []data.Occurrence
	for _, length := range []int{0, 1, 30, 8 * 24, 8*24 + 1, 60 * 24} {
		for _, start := range []int{-70 * 24, -9 * 24, -8*24 - 1, -8 * 24, -2, -1, 0, 5, 10, 11} {
			dates = append(dates, data.Occurrence{Summary: fmt.Sprintf("%d for %d", start, length), Start: hour(start), End: hour(start + length)})
		}
	}
	db := datedStore(t, dates...)
	from, to := hour(0), hour(10)
	got, err := db.Agenda(context.Background(), from, to)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range dates {
		want := d.Start.Before(to) && (d.End.After(from) || !d.Start.Before(from))
		if has := slices.ContainsFunc(got, func(a data.Agenda) bool { return a.Summary == d.Summary }); has != want {
			t.Errorf("%s: in the agenda: %v", d.Summary, has)
		}
	}
	if !slices.IsSortedFunc(got, func(a, b data.Agenda) int { return a.Start.Compare(b.Start) }) {
		t.Error("the agenda is not by start")
	}
}

// What the agenda says of each date is what asking for that date alone says.
func TestTheAgendaSaysWhatEachMeetingSays(t *testing.T) {
	who := func(emails ...string) (list []data.Attendee) {
		for _, e := range emails {
			list = append(list, data.Attendee{Address: data.Address{Name: e, Email: e}})
		}
		return list
	}
	db := datedStore(t,
		data.Occurrence{Summary: "With Kestrel", Start: noon, End: noon.Add(time.Hour), Attendees: who("b@kestrel.example", "a@kestrel.example", "maya@larkfield.example")},
		data.Occurrence{Summary: "Nobody's", Start: noon, End: noon.Add(time.Hour), Attendees: who("x@elsewhere.example")},
		data.Occurrence{Summary: "Alone", Start: noon, End: noon.Add(time.Hour)})
	ctx := context.Background()
	list, err := db.Agenda(ctx, noon, noon.Add(time.Hour))
	if err != nil || len(list) != 3 {
		t.Fatal(list, err)
	}
	for _, a := range list {
		one, err := db.Meeting(ctx, a.ID)
		if err != nil {
			t.Fatal(err)
		}
		if fmt.Sprintf("%+v", a) != fmt.Sprintf("%+v", one) {
			t.Errorf("%s\nlist  %+v\nalone %+v", a.Summary, a, one)
		}
	}
}

func TestLookAtAMeeting(t *testing.T) {
	ctx := context.Background()
	guests := []data.Attendee{{Address: data.Address{Name: "Anna", Email: "anna@kestrel.example"}}}
	db := datedStore(t,
		data.Occurrence{Summary: "First", Start: noon.Add(-48 * time.Hour), End: noon.Add(-47 * time.Hour), Attendees: guests},
		data.Occurrence{Summary: "Next", Start: noon.Add(time.Hour), End: noon.Add(2 * time.Hour), Attendees: append(guests, data.Attendee{Address: data.Address{Name: "Ines", Email: "ines@kestrel.example"}})})
	list, err := db.Agenda(ctx, noon, noon.Add(48*time.Hour))
	if err != nil || len(list) != 1 {
		t.Fatal(list, err)
	}
	m, err := db.MeetingLook(ctx, list[0].ID, noon)
	if err != nil {
		t.Fatal(err)
	}
	if m.Summary != "Next" || !slices.Equal(m.Calendars, []string{"work"}) || !m.Met["anna@kestrel.example"] || m.Met["ines@kestrel.example"] {
		t.Errorf("got %+v", m)
	}
	if _, err := db.MeetingLook(ctx, "none", noon); !isNotFound(err) {
		t.Errorf("a meeting that is not there: %v", err)
	}
}

// A month of a calendar of ten years with 50 dates a week.
func BenchmarkAgendaOfAMonth(b *testing.B) {
	var dates []data.Occurrence
	for week := range 520 {
		for n := range 50 {
			start := noon.AddDate(0, 0, 7*(week-400)+n%7).Add(time.Duration(n) * 13 * time.Minute)
			dates = append(dates, data.Occurrence{Summary: "Call", Start: start, End: start.Add(time.Hour), Attendees: []data.Attendee{
				{Address: data.Address{Name: "Anna", Email: "anna@kestrel.example"}}, {Address: data.Address{Name: "Maya", Email: "maya@larkfield.example"}}}})
		}
	}
	db := datedStore(b, dates...)
	b.ResetTimer()
	for b.Loop() {
		list, err := db.Agenda(context.Background(), noon, noon.AddDate(0, 1, 0))
		if err != nil || len(list) < 200 {
			b.Fatal(len(list), err)
		}
	}
}

// A meeting that is marked free is in the agenda and on the timeline, and costs
// none of our time.
func TestAMeetingMarkedFreeCostsNoTime(t *testing.T) {
	who := []data.Attendee{{Address: data.Address{Name: "Anna", Email: "anna@kestrel.example"}}, {Address: data.Address{Name: "Maya", Email: "maya@larkfield.example"}}}
	db := datedStore(t,
		data.Occurrence{Summary: "Walk", Start: noon, End: noon.Add(time.Hour), Attendees: who},
		data.Occurrence{Summary: "Their fair", Start: noon, End: noon.Add(8 * time.Hour), Attendees: who, Free: true})
	ctx := context.Background()
	list, err := db.Agenda(ctx, noon, noon.Add(time.Hour))
	if err != nil || len(list) != 2 || list[0].Free || !list[1].Free {
		t.Fatal(list, err)
	}
	spent, err := db.Spent(ctx, "k", noon.Add(-time.Hour), noon.Add(time.Hour))
	if err != nil || len(spent) != 1 || spent[0].Minutes != 60 || spent[0].Times != 1 {
		t.Errorf("spent %v, %v", spent, err)
	}
	history, err := db.Timeline(ctx, data.TimelineQuery{Account: "k"}, noon.Add(time.Minute))
	if err != nil || len(history) != 2 {
		t.Errorf("the timeline has %v, %v", history, err)
	}
}
