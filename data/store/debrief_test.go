package store

import (
	"context"
	"testing"
	"time"

	"rapport/data"
)

// Who is said not to have come was not met, whatever a calendar says, now and
// after the calendar is read again; undo and a second word bring it back.
func TestWhoWasThereIsWhatPeopleSaidAfterwards(t *testing.T) {
	db := open(t)
	ctx := context.Background()
	write(t, db, "", func(tx *Tx) error {
		if _, err := tx.PutCalendar(data.Calendar{ID: "work", Name: "Work", Path: "work.ics", Shown: "work.ics"}); err != nil {
			return err
		}
		if err := tx.PutAccount(data.Account{ID: "k", Name: "Kestrel", Tier: data.TierA, Domains: []string{"kestrel.example"}}); err != nil {
			return err
		}
		if err := tx.PutContact(data.Contact{ID: "anna", AccountID: "k", Name: "Anna Kessler", Emails: []string{"anna@kestrel.example"}}); err != nil {
			return err
		}
		return tx.PutContact(data.Contact{ID: "ines", AccountID: "k", Name: "Ines Fournier", Emails: []string{"ines@kestrel.example"}})
	})
	at := noon.AddDate(0, 0, -3)
	o := data.Occurrence{ID: data.OccurrenceIDOf("walk", ""), UID: "walk", Calendar: "work", Summary: "Walk", Start: at, End: at.Add(time.Hour), Sequence: 1,
		Organizer: data.Address{Email: "maya@larkfield.example"}, Attendees: []data.Attendee{{Address: data.Address{Email: "anna@kestrel.example"}, Answer: "accepted"}}}
	read := func() {
		t.Helper()
		batch := data.Batch{Calendar: "work", Whole: true, Held: []string{"walk"}, Meetings: []data.Meeting{{UID: "walk", ICS: "BEGIN:VCALENDAR", Occurrences: []data.Occurrence{o}}}}
		if _, err := db.Ingest(ctx, "calendar:Work", "Work", noon, batch); err != nil {
			t.Fatal(err)
		}
	}
	met := func(contact string) bool {
		t.Helper()
		moments, err := db.MomentsWith(ctx, contact, noon)
		if err != nil {
			t.Fatal(err)
		}
		return len(moments) > 0
	}
	read()
	if !met("anna") || met("ines") {
		t.Fatal("before anybody said so the invitation counts")
	}
	m, err := db.Meeting(ctx, o.ID)
	if err != nil {
		t.Fatal(err)
	}
	have, err := db.Debrief(ctx, o.ID)
	if err != nil {
		t.Fatal(err)
	}
	said := data.Understand(data.Outcome{There: []string{"ines@kestrel.example"}, Absent: []string{"anna@kestrel.example"}, We: []string{"Report by Friday"}}, m, have, noon)
	write(t, db, "What came of it", func(tx *Tx) error { return tx.PutOutcome(said) })
	if met("anna") || !met("ines") {
		t.Error("who was there is not what was said")
	}
	o.Summary, o.Sequence = "Site walk", 2
	read()
	if met("anna") || !met("ines") {
		t.Error("reading the calendar again forgot who was there")
	}
	promises, err := Parts[data.Promise](ctx, db, PartQuery{Interaction: o.ID})
	if err != nil || len(promises) != 1 || promises[0].Account != "k" {
		t.Errorf("promises of the meeting: %+v, %v", promises, err)
	}
	if _, err := db.UndoLast(ctx); err != nil {
		t.Fatal(err)
	}
	if !met("anna") || met("ines") {
		t.Error("undo did not bring back the invitation")
	}
	if promises, err := Parts[data.Promise](ctx, db, PartQuery{Interaction: o.ID}); err != nil || len(promises) != 0 {
		t.Errorf("promises after undo: %+v, %v", promises, err)
	}
}
