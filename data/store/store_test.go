package store

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"rapport/data"
)

var noon = time.Date(2026, 11, 17, 12, 0, 0, 0, time.UTC)

// open makes a workspace in a folder of the test's own, at a fixed noon.
func open(t testing.TB) *DB {
	t.Helper()
	return openAt(t, t.TempDir())
}

func openAt(t testing.TB, dir string) *DB {
	t.Helper()
	db, err := Open(context.Background(), dir, Options{Now: func() time.Time { return noon }, Instance: "test"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func write(t testing.TB, db *DB, label string, do func(*Tx) error) Undo {
	t.Helper()
	u, err := db.Write(context.Background(), label, do)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func TestAnAccountComesBackAsItWasKept(t *testing.T) {
	db := open(t)
	a := data.Account{ID: "k", Name: "Kestrel Museums", Domains: []string{"Kestrel.Example", "harbour.example"}, Tier: data.TierA, Sector: "Culture", Owner: "Maya", Since: "2021-04-01"}
	write(t, db, "added", func(tx *Tx) error { return tx.PutAccount(a) })
	got, err := db.Account(context.Background(), "k")
	if err != nil {
		t.Fatal(err)
	}
	want := a.Tidy()
	want.RecordedAt = noon
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if _, err := db.Account(context.Background(), "x"); !errors.Is(err, data.ErrNotFound) {
		t.Errorf("an unknown account: %v", err)
	}
}

func TestMailIsFiledOnceAndAgainWhenAnAccountAppears(t *testing.T) {
	db := open(t)
	ctx := context.Background()
	box := addMailbox(t, db)
	mail := letter("1", "anna@kestrel.example", "maya@larkfield.example", "Lamps", noon.Add(-time.Hour))
	b := data.Batch{Mailbox: box.ID, Folder: "INBOX", OnServer: 1, Cursor: "c1", Arrived: []data.Arrival{{Message: mail, Location: data.Location{Mailbox: box.ID, Folder: "INBOX", UIDValidity: 1, UID: 7}}}}
	line, err := db.Ingest(ctx, box.SourceName(), box.Address, noon, b)
	if err != nil {
		t.Fatal(err)
	}
	if line.Seen != 1 || line.Kept != 0 || data.Sum(line.Skipped) != 1 {
		t.Errorf("the ledger says %+v", line)
	}
	line, err = db.Ingest(ctx, box.SourceName(), box.Address, noon, b)
	if err != nil || line.Seen != 1 {
		t.Errorf("a second time it says %+v, %v", line, err)
	}
	u := write(t, db, "added", func(tx *Tx) error {
		return tx.PutAccount(data.Account{ID: "k", Name: "Kestrel", Domains: []string{"kestrel.example"}})
	})
	wantTimeline(t, db, "k", "Lamps")
	if _, err := db.Undo(ctx, u.ID); err != nil {
		t.Fatal(err)
	}
	wantTimeline(t, db, "k")
	again, err := db.UndoLast(ctx)
	if !errors.Is(err, data.ErrNotFound) {
		t.Errorf("nothing is left to undo, but %v, %v", again, err)
	}
	in, err := db.FilingInput(ctx, noon)
	if err != nil {
		t.Fatal(err)
	}
	if len(in.Senders) != 1 || in.Senders[0].Email != "anna@kestrel.example" || in.Senders[0].Mails != 1 {
		t.Errorf("waiting in Filing: %+v", in.Senders)
	}
}

func TestWhatIsKeptCanBeFound(t *testing.T) {
	db := open(t)
	ctx := context.Background()
	box := addMailbox(t, db)
	write(t, db, "", func(tx *Tx) error {
		if err := tx.PutAccount(data.Account{ID: "k", Name: "Kestrel Museums", Domains: []string{"kestrel.example"}}); err != nil {
			return err
		}
		if err := tx.PutContact(data.Contact{ID: "a", AccountID: "k", Name: "Anna Kessler", Emails: []string{"anna@kestrel.example"}}); err != nil {
			return err
		}
		return tx.PutEntry(data.Entry{ID: "e", Kind: data.Call, At: noon.Add(-48 * time.Hour), Account: "k", With: []string{"a"}, Text: "Agreed the night test of the dimmers"}, time.Time{})
	})
	mail := letter("1", "anna@kestrel.example", "maya@larkfield.example", "Dimmers in Hall 2", noon.Add(-time.Hour))
	if _, err := db.Ingest(ctx, box.SourceName(), box.Address, noon, arriving(box, mail)); err != nil {
		t.Fatal(err)
	}
	found, err := db.Search(ctx, "dimm", 10)
	if err != nil {
		t.Fatal(err)
	}
	if len(found.Messages) != 1 || len(found.Interactions) != 2 || found.Interactions[0].Kind != data.Mail {
		t.Errorf("dimm finds %+v", found)
	}
	if found, err = db.Search(ctx, "kes", 10); err != nil || len(found.Accounts) != 1 || len(found.Contacts) != 1 {
		t.Errorf("kes finds %+v, %v", found, err)
	}
	wantTimeline(t, db, "k", "Dimmers in Hall 2", "Agreed the night test of the dimmers")
	people, err := db.People(ctx, "k", noon)
	if err != nil || len(people) != 1 || people[0].Times != 2 || people[0].Met {
		t.Errorf("people: %+v, %v", people, err)
	}
	waiting, err := db.Waiting(ctx, "", noon)
	if err != nil || len(waiting) != 1 || waiting[0].Account.ID != "k" {
		t.Errorf("waiting: %+v, %v", waiting, err)
	}
	rows, err := db.AccountRows(ctx, noon)
	if err != nil || len(rows) != 1 || rows[0].Last.Subject != "Dimmers in Hall 2" || rows[0].Pace != data.OnTime {
		t.Errorf("accounts: %+v, %v", rows, err)
	}
	checks, err := db.Check(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range checks {
		if !c.Well {
			t.Errorf("%s: %s", c.What, c.Says)
		}
	}
}

func TestAMeetingIsShownOnceThoughTwoCalendarsHaveIt(t *testing.T) {
	db := open(t)
	ctx := context.Background()
	addMailbox(t, db)
	write(t, db, "", func(tx *Tx) error {
		if err := tx.PutAccount(data.Account{ID: "k", Name: "Kestrel", Domains: []string{"kestrel.example"}}); err != nil {
			return err
		}
		for _, id := range []string{"one", "two"} {
			if _, err := tx.PutCalendar(data.Calendar{ID: id, Name: id, Path: id + ".ics", Shown: id + ".ics"}); err != nil {
				return err
			}
		}
		return nil
	})
	for i, cal := range []string{"one", "two"} {
		if _, err := db.Ingest(ctx, "calendar:"+cal, cal, noon, calendarOf(cal, i, "Review")); err != nil {
			t.Fatal(err)
		}
	}
	list, err := db.Agenda(ctx, noon, noon.Add(48*time.Hour))
	if err != nil || len(list) != 1 || list[0].Calendar != "two" || list[0].Account.ID != "k" || len(list[0].People) != 2 {
		t.Fatalf("agenda: %+v, %v", list, err)
	}
	if _, err := db.Ingest(ctx, "calendar:two", "two", noon, data.Batch{Calendar: "two", Whole: true, Held: []string{"u"}}); err != nil {
		t.Fatal(err)
	}
	if list, err = db.Agenda(ctx, noon, noon.Add(48*time.Hour)); err != nil || len(list) != 1 || list[0].Calendar != "two" {
		t.Fatalf("with an entry that could not be read this time: %+v, %v", list, err)
	}
	if _, err := db.Ingest(ctx, "calendar:two", "two", noon, data.Batch{Calendar: "two", Whole: true, OnServer: 0}); err != nil {
		t.Fatal(err)
	}
	if list, err = db.Agenda(ctx, noon, noon.Add(48*time.Hour)); err != nil || len(list) != 1 || list[0].Calendar != "one" {
		t.Fatalf("without the second calendar: %+v, %v", list, err)
	}
	write(t, db, "", func(tx *Tx) error { return tx.DeleteCalendar("one") })
	if list, err = db.Agenda(ctx, noon, noon.Add(48*time.Hour)); err != nil || len(list) != 0 {
		t.Fatalf("without any calendar: %+v, %v", list, err)
	}
}

func addMailbox(t testing.TB, db *DB) data.Mailbox {
	t.Helper()
	var box data.Mailbox
	write(t, db, "", func(tx *Tx) (err error) {
		box, err = tx.PutMailbox(data.Mailbox{Address: "maya@larkfield.example", Host: "imap.larkfield.example", Port: 993, Security: data.TLS})
		return err
	})
	return box
}

func letter(id, from, to, subject string, at time.Time) data.Message {
	return data.Message{
		ID: data.MessageIDOf([]byte(id)), MessageID: id + "@mail.example", Date: at, Subject: subject,
		From: []data.Address{{Email: from}}, To: []data.Address{{Email: to}}, Text: "About " + subject,
	}
}

func arriving(box data.Mailbox, mails ...data.Message) data.Batch {
	b := data.Batch{Mailbox: box.ID, Folder: "INBOX", OnServer: len(mails), Cursor: "c"}
	for i, m := range mails {
		b.Arrived = append(b.Arrived, data.Arrival{Message: m, Location: data.Location{Mailbox: box.ID, Folder: "INBOX", UIDValidity: 1, UID: uint32(i + 1)}})
	}
	return b
}

func calendarOf(id string, sequence int, summary string) data.Batch {
	start := noon.Add(24 * time.Hour)
	return data.Batch{Calendar: id, Whole: true, OnServer: 1, Meetings: []data.Meeting{{UID: "u", ICS: "BEGIN:VCALENDAR", Occurrences: []data.Occurrence{{
		ID: data.OccurrenceIDOf("u", ""), UID: "u", Calendar: id, Summary: summary, Start: start, End: start.Add(time.Hour), Sequence: sequence,
		Organizer: data.Address{Email: "maya@larkfield.example"}, Attendees: []data.Attendee{{Address: data.Address{Email: "anna@kestrel.example"}}},
	}}}}}
}

func wantTimeline(t *testing.T, db *DB, account string, subjects ...string) {
	t.Helper()
	list, err := db.Timeline(context.Background(), data.TimelineQuery{Account: account}, noon)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, i := range list {
		got = append(got, i.Subject)
	}
	if fmt.Sprint(got) != fmt.Sprint(subjects) {
		t.Errorf("the timeline of %s has %q, want %q", account, got, subjects)
	}
}

func TestTheLedgerKeepsWhatSaysSomethingAndDoesNotGrowByTheRest(t *testing.T) {
	db := open(t)
	ctx := context.Background()
	box := addMailbox(t, db)
	run := func(hours int, problem string, mails ...data.Message) {
		t.Helper()
		started := noon.Add(time.Duration(hours) * time.Hour)
		if err := db.BeginRun(ctx, box.SourceName(), started); err != nil {
			t.Fatal(err)
		}
		if _, err := db.Ingest(ctx, box.SourceName(), box.Address, started, arriving(box, mails...)); err != nil {
			t.Fatal(err)
		}
		if err := db.EndRun(ctx, box.SourceName(), started, problem); err != nil {
			t.Fatal(err)
		}
	}
	run(1, "", letter("1", "anna@kestrel.example", "maya@larkfield.example", "Lamps", noon))
	for hours := 2; hours < 20; hours++ {
		run(hours, "")
	}
	for hours := 20; hours < 40; hours++ {
		run(hours, "the server was away")
	}
	lines, err := db.Ledger(ctx, "", time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	seen, failed := 0, 0
	for _, l := range lines {
		seen += l.Seen
		if l.Problem != "" {
			failed++
		}
	}
	if len(lines) > 4 || seen != 1 || failed != 1 {
		t.Errorf("%d lines, %d seen, %d failed: %+v", len(lines), seen, failed, lines)
	}
	runs, err := db.Runs(ctx)
	if err != nil || len(runs) != 1 || runs[0].Problem != "the server was away" || runs[0].At.IsZero() {
		t.Errorf("the source stands as %+v, %v", runs, err)
	}
}

// Snippets are of what the sender wrote: a word that stands in a quote or in a
// signature too is shown where they wrote it.
func TestSnippetsLeaveQuotesAndSignaturesOut(t *testing.T) {
	ctx := context.Background()
	quote := "On Monday Maya wrote:\n> the dimmer of hall 2 hums\n\n"
	for name, c := range map[string]struct{ body, wants, without string }{
		"a word of the quote":      {quote + "It hums no more.\n", "It hums no more.", "Maya wrote"},
		"a word of both":           {quote + "The dimmer is replaced.\n", "The dimmer is replaced.", ">"},
		"a word of the signature":  {"We agree.\n\n-- \nAnna Kessler\nHead of dimmer care\n", "We agree.", "Head of"},
		"nothing but what is sent": {quote, "the dimmer of hall 2 hums", ""},
	} {
		t.Run(name, func(t *testing.T) {
			db := open(t)
			box := addMailbox(t, db)
			write(t, db, "", func(tx *Tx) error {
				return tx.PutAccount(data.Account{ID: "k", Name: "Kestrel Museums", Domains: []string{"kestrel.example"}})
			})
			m := letter("1", "anna@kestrel.example", box.Address, "Hall 2", noon)
			m.Text = c.body
			ingest(t, db, box, arriving(box, m))
			found, err := db.Search(ctx, "dimmer", 5)
			if err != nil || len(found.Messages) != 1 || len(found.Interactions) != 1 {
				t.Fatalf("found %+v, %v", found, err)
			}
			for _, h := range append(found.Messages, found.Interactions...) {
				if !strings.Contains(h.Snippet, c.wants) || c.without != "" && strings.Contains(h.Snippet, c.without) {
					t.Errorf("%q, want %q without %q", h.Snippet, c.wants, c.without)
				}
			}
		})
	}
}
