package store

import (
	"context"
	"slices"
	"testing"
	"time"

	"rapport/data"
)

func withCalendars(t *testing.T) *DB {
	t.Helper()
	db := open(t)
	addMailbox(t, db)
	write(t, db, "", func(tx *Tx) error {
		for _, id := range []string{"one", "two"} {
			if _, err := tx.PutCalendar(data.Calendar{ID: id, Name: id, Path: id + ".ics", Shown: id + ".ics"}); err != nil {
				return err
			}
		}
		return tx.PutAccount(data.Account{ID: "k", Name: "Kestrel", Domains: []string{"kestrel.example"}})
	})
	return db
}

func read(t *testing.T, db *DB, b data.Batch) {
	t.Helper()
	if _, err := db.Ingest(context.Background(), "calendar:"+b.Calendar, b.Calendar, noon, b); err != nil {
		t.Fatal(err)
	}
}

func TestAMeetingNamesTheCalendarWhoseVersionItShows(t *testing.T) {
	db := withCalendars(t)
	source := func(want string) {
		t.Helper()
		i, err := db.Interaction(context.Background(), data.OccurrenceIDOf("u", ""))
		if err != nil || i.Source != want {
			t.Errorf("it comes from %q, %v; want %q", i.Source, err, want)
		}
	}
	read(t, db, calendarOf("one", 1, "Review"))
	read(t, db, calendarOf("two", 2, "Review"))
	source("two")
	write(t, db, "", func(tx *Tx) error {
		_, err := tx.PutCalendar(data.Calendar{ID: "two", Name: "Work", Path: "two.ics", Shown: "two.ics"})
		return err
	})
	source("Work")
	var heard []string
	stop := db.Watch(func(c Changed) { heard = append(heard, c.Kinds...) })
	defer stop()
	write(t, db, "", func(tx *Tx) error { return tx.DeleteCalendar("two") })
	source("one")
	if !slices.Contains(heard, data.KindInteraction) {
		t.Errorf("the window hears of %v only", heard)
	}
}

func TestAMeetingThatOneCalendarCancelsIsCancelled(t *testing.T) {
	db := withCalendars(t)
	read(t, db, calendarOf("one", 0, "Review"))
	off := calendarOf("two", 1, "Review")
	off.Meetings[0].Occurrences[0].Cancelled = true
	read(t, db, off)
	i, err := db.Interaction(context.Background(), data.OccurrenceIDOf("u", ""))
	if err != nil || !i.Cancelled {
		t.Errorf("%+v, %v", i.Interaction, err)
	}
}

func TestAMeetingThatBeginsThisSecondIsListedOnce(t *testing.T) {
	db := withCalendars(t)
	b := calendarOf("one", 0, "Review")
	b.Meetings[0].Occurrences[0].Start = noon
	read(t, db, b)
	list, err := db.Timeline(context.Background(), data.TimelineQuery{Account: "k", Planned: true}, noon)
	if err != nil || len(list) != 1 {
		t.Errorf("%d times, %v", len(list), err)
	}
}

func TestADateThatVanishesAndReturnsIsThereAgain(t *testing.T) {
	db := withCalendars(t)
	b := calendarOf("one", 0, "Review")
	b.Meetings[0].Occurrences[0].Start = noon.Add(-24 * time.Hour)
	for range 2 {
		read(t, db, b)
		wantTimeline(t, db, "k", "Review")
		read(t, db, data.Batch{Calendar: "one", Whole: true})
		wantTimeline(t, db, "k")
	}
	if f, err := db.Search(context.Background(), "review", 10); err != nil || len(f.Interactions) != 0 {
		t.Errorf("its words find %+v, %v", f, err)
	}
}

func TestPeopleWithoutAnAddressAreEachThemselves(t *testing.T) {
	db := withCalendars(t)
	b := calendarOf("one", 0, "Review")
	o := &b.Meetings[0].Occurrences[0]
	o.Organizer = data.Address{Email: "anna@kestrel.example"}
	o.Attendees = []data.Attendee{
		{Address: data.Address{Name: "Anna", Email: "anna@kestrel.example"}, Answer: "accepted"},
		{Address: data.Address{Name: "Leon"}}, {Address: data.Address{Name: "Piotr"}, Answer: "declined"},
	}
	read(t, db, b)
	i, err := db.Interaction(context.Background(), o.ID)
	if err != nil || len(i.People) != 3 || i.People[0].Part != "organizer" || i.People[0].Answer != "accepted" || i.People[1].Answer != "" {
		t.Errorf("%+v, %v", i.People, err)
	}
}
