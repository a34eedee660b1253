package store

import (
	"context"
	"errors"
	"testing"
	"time"

	"rapport/data"
	"rapport/data/sample"
)

func TestABriefGathersTheRoomAndWhatHappenedSinceItLastMet(t *testing.T) {
	db := open(t)
	ctx := context.Background()
	box := addMailbox(t, db)
	write(t, db, "", func(tx *Tx) error {
		_, err := tx.PutCalendar(data.Calendar{ID: "work", Name: "Work", Path: "work.ics", Shown: "work.ics"})
		return errors.Join(err,
			tx.PutAccount(data.Account{ID: "k", Name: "Kestrel", Tier: data.TierA, Domains: []string{"kestrel.example"}}),
			tx.PutContact(data.Contact{ID: "anna", AccountID: "k", Name: "Anna Kessler", Role: "Exhibitions", Emails: []string{"anna@kestrel.example"}}))
	})
	day := func(days int) time.Time { return noon.AddDate(0, 0, days) }
	date := func(uid string, at time.Time, guests ...string) data.Meeting {
		o := data.Occurrence{ID: data.OccurrenceIDOf(uid, ""), UID: uid, Calendar: "work", Summary: uid, Start: at, End: at.Add(time.Hour),
			Organizer: data.Address{Email: "maya@larkfield.example"}}
		for _, g := range guests {
			o.Attendees = append(o.Attendees, data.Attendee{Address: data.Address{Email: g}, Answer: "accepted"})
		}
		return data.Meeting{UID: uid, ICS: "BEGIN:VCALENDAR", Occurrences: []data.Occurrence{o}}
	}
	both := []string{"anna@kestrel.example", "ben@kestrel.example"}
	meetings := data.Batch{Calendar: "work", Whole: true, Meetings: []data.Meeting{
		date("review", day(1), append(both, "cleo@kestrel.example")...), date("whole room", day(-30), both...), date("anna only", day(-10), both[0]), date("ours", day(2), "tomas@larkfield.example"),
	}}
	if _, err := db.Ingest(ctx, "calendar:Work", "Work", noon, meetings); err != nil {
		t.Fatal(err)
	}
	mails := arriving(box,
		letter("before", "anna@kestrel.example", "maya@larkfield.example", "Before", day(-40)),
		letter("after", "anna@kestrel.example", "maya@larkfield.example", "After", day(-3)))
	if _, err := db.Ingest(ctx, box.SourceName(), box.Address, noon, mails); err != nil {
		t.Fatal(err)
	}

	in, err := db.BriefInput(ctx, data.OccurrenceIDOf("review", ""), noon)
	if err != nil {
		t.Fatal(err)
	}
	if in.Account.ID != "k" || in.Rhythm != 7 || len(in.Ours) != 1 {
		t.Errorf("account %q, rhythm %d, ours %v", in.Account.ID, in.Rhythm, in.Ours)
	}
	if len(in.People) != 3 || in.People[0].ID != "anna" || in.People[0].Role != "Exhibitions" || !in.People[0].Met || !in.People[0].Last.At.Equal(day(-3)) {
		t.Errorf("people: %+v", in.People)
	}
	if cleo := in.People[2]; cleo.Met || !cleo.Last.At.IsZero() {
		t.Errorf("whom we never spoke with: %+v", cleo)
	}
	if ben := in.People[1]; ben.ID != "" || !ben.Met || !ben.Last.At.Equal(day(-30)) {
		t.Errorf("whom nobody made a contact: %+v", ben)
	}
	if in.LastMet == nil || in.LastMet.Subject != "whole room" {
		t.Errorf("last met: %+v", in.LastMet)
	}
	if len(in.Since) != 2 || in.Since[0].Subject != "After" || in.Since[1].Subject != "anna only" {
		t.Errorf("since: %+v", in.Since)
	}
	if len(in.Waiting) != 1 || !in.Last.At.Equal(day(-3)) || len(in.Silences) == 0 {
		t.Errorf("waiting %v, last %v, silences %v", in.Waiting, in.Last.At, in.Silences)
	}

	own, err := db.BriefInput(ctx, data.OccurrenceIDOf("ours", ""), noon)
	if err != nil || own.Account.ID != "" || own.LastMet != nil || len(own.People) != 0 {
		t.Errorf("a meeting among us: %+v, %v", own, err)
	}
	if _, err := db.BriefInput(ctx, "nothing", noon); !errors.Is(err, data.ErrNotFound) {
		t.Errorf("a meeting that is not there: %v", err)
	}
}

// BenchmarkBrief makes the brief of a meeting with the busiest account of the big
// workspace, which has 800 parts, page and all.
func BenchmarkBrief(b *testing.B) {
	db := openBig(b)
	ctx := b.Context()
	account := busiest(b, db)
	planned(b, db, account)
	people, err := db.Contacts(ctx, account)
	if err != nil {
		b.Fatal(err)
	}
	now := sample.Today
	o := data.Occurrence{ID: data.OccurrenceIDOf("bench", ""), UID: "bench", Calendar: "bench", Summary: "Review", Start: now.Add(time.Hour), End: now.Add(2 * time.Hour)}
	for _, p := range people[:min(4, len(people))] {
		o.Attendees = append(o.Attendees, data.Attendee{Address: data.Address{Name: p.Name, Email: p.Emails[0]}, Answer: data.AnswerAccepted})
	}
	if _, err := db.Write(ctx, "", func(tx *Tx) error {
		_, err := tx.PutCalendar(data.Calendar{ID: "bench", Name: "Bench", Path: "bench.ics", Shown: "bench.ics"})
		return err
	}); err != nil {
		b.Fatal(err)
	}
	batch := data.Batch{Calendar: "bench", Whole: true, Held: []string{"bench"}, Meetings: []data.Meeting{{UID: "bench", ICS: "BEGIN:VCALENDAR", Occurrences: []data.Occurrence{o}}}}
	if _, err := db.Ingest(ctx, "calendar:Bench", "Bench", now, batch); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		in, err := db.BriefInput(ctx, o.ID, now)
		if err != nil {
			b.Fatal(err)
		}
		if brief := data.ComposeBrief(in); len(brief.Sections) < 5 || in.Account.ID != account {
			b.Fatalf("a page of %d sections for account %q", len(brief.Sections), in.Account.ID)
		}
	}
}
