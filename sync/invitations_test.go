package sync

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"rapport/data"
	"rapport/data/store"
	"rapport/sync/dovecot"
	"rapport/sync/radicale"
)

// invitingMail is a mail of Anna's with an invitation, in the form that most
// programs write: the text, the text as a page, the calendar, and that once more
// as a file.
func invitingMail(id, from, method, body string) string {
	ics := strings.ReplaceAll("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//test//EN\nMETHOD:"+method+"\nBEGIN:VEVENT\nUID:walk@kestrel.example\nORGANIZER;CN=Anna Kessler:mailto:anna@kestrel.example\n"+
		body+"\nEND:VEVENT\nEND:VCALENDAR\n", "\n", "\r\n")
	return strings.ReplaceAll("From: "+from+"\nTo: maya@larkfield.example\nSubject: Walk through Hall 2\nMessage-ID: <"+id+"@test.example>\nDate: Mon, 9 Nov 2026 10:00:00 +0000\n"+
		"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=o\n\n--o\nContent-Type: multipart/alternative; boundary=i\n\n--i\nContent-Type: text/plain\n\nYou are invited.\n"+
		"--i\nContent-Type: text/html\n\n<p>You are invited.</p>\n--i\nContent-Type: text/calendar; charset=utf-8; method="+method+"\n\n", "\n", "\r\n") +
		ics + "--i--\r\n--o\r\nContent-Type: application/ics; name=invite.ics\r\nContent-Disposition: attachment; filename=invite.ics\r\n\r\n" + ics + "--o--\r\n"
}

const (
	invited  = "ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:maya@larkfield.example\nSEQUENCE:0\nDTSTAMP:20261109T100000Z\nDTSTART:20261117T093000Z\nDTEND:20261117T103000Z\nSUMMARY:Walk through Hall 2"
	calledIt = "ATTENDEE:mailto:maya@larkfield.example\nSEQUENCE:1\nDTSTAMP:20261110T100000Z\nDTSTART:20261117T093000Z\nDTEND:20261117T103000Z\nSUMMARY:Walk through Hall 2\nSTATUS:CANCELLED"
)

func importMails(t *testing.T, db *store.DB, mails ...string) {
	t.Helper()
	dir := t.TempDir()
	for i, m := range mails {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%d.eml", i)), []byte(m), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	archive, err := OpenArchive("eml", dir, "Old mail")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Import(t.Context(), db, archive, Options{Now: atNoon, Zone: time.UTC}); err != nil {
		t.Fatal(err)
	}
}

func atNoon() time.Time { return time.Date(2026, 11, 10, 12, 0, 0, 0, time.UTC) }

// agendaLines are the dates of November 2026, each in a line.
func agendaLines(t *testing.T, db *store.DB) (lines []string) {
	t.Helper()
	from, to := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC), time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)
	stored, err := db.Agenda(t.Context(), from, to)
	if err != nil {
		t.Fatal(err)
	}
	listed, err := Agenda(t.Context(), db, atNoon(), from, to)
	if err != nil {
		t.Fatal(err)
	}
	expanded, err := Agenda(t.Context(), db, atNoon().AddDate(-20, 0, 0), from, to) // too far off for what is stored
	if err != nil {
		t.Fatal(err)
	}
	say := func(list []data.Agenda) (lines []string) {
		for _, a := range list {
			line := a.Start.UTC().Format("02 15:04 ") + a.Summary
			if a.Cancelled {
				line += ", cancelled"
			}
			if a.Sender != "" {
				line += ", from " + a.Sender
			}
			for _, p := range a.People {
				if p.Answer != "" {
					line += ", " + p.Email + " " + p.Answer
				}
			}
			if a.Account.Name != "" {
				line += ", " + a.Account.Name
			}
			lines = append(lines, line)
		}
		return lines
	}
	if lines = say(stored); !slices.Equal(lines, say(expanded)) || !slices.Equal(lines, say(listed)) {
		t.Errorf("stored it is\n%s\nexpanded\n%s", strings.Join(lines, "\n"), strings.Join(say(expanded), "\n"))
	}
	return lines
}

func withKestrel(t *testing.T, db *store.DB) {
	t.Helper()
	if _, err := db.Write(t.Context(), "", func(tx *store.Tx) error {
		return tx.PutAccount(data.Account{Name: "Kestrel Museums", Domains: []string{"kestrel.example"}})
	}); err != nil {
		t.Fatal(err)
	}
}

func TestAnInvitationInMailIsAMeeting(t *testing.T) {
	db, _ := workspace(t, atNoon)
	withKestrel(t, db)
	importMails(t, db, invitingMail("one", "anna@kestrel.example", "REQUEST", invited))
	if got := agendaLines(t, db); !slices.Equal(got, []string{"17 09:30 Walk through Hall 2, Kestrel Museums"}) {
		t.Fatalf("got %q", got)
	}
	importMails(t, db, invitingMail("eve", "eve@evil.example", "CANCEL", calledIt))
	if got := agendaLines(t, db); !slices.Equal(got, []string{"17 09:30 Walk through Hall 2, Kestrel Museums"}) {
		t.Errorf("a stranger's cancellation was believed: %q", got)
	}
	reply := strings.Replace(invited, "ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:maya@larkfield.example", "ATTENDEE;PARTSTAT=ACCEPTED:mailto:piotr@kestrel.example", 1)
	importMails(t, db, invitingMail("two", "piotr@kestrel.example", "REPLY", reply))
	if got := agendaLines(t, db); !slices.Equal(got, []string{"17 09:30 Walk through Hall 2, piotr@kestrel.example accepted, Kestrel Museums"}) {
		t.Errorf("after an answer: %q", got)
	}
	importMails(t, db, invitingMail("three", "anna@kestrel.example", "CANCEL", calledIt))
	if got := agendaLines(t, db); !slices.Equal(got, []string{"17 09:30 Walk through Hall 2, cancelled, Kestrel Museums"}) {
		t.Errorf("cancelled: %q", got)
	}
	a, err := db.Meeting(t.Context(), data.OccurrenceIDOf("walk@kestrel.example", ""))
	if err != nil || len(a.Before) != 1 || a.Before[0].Cancelled || !a.Before[0].Start.Equal(a.Start) {
		t.Errorf("how it stood before: %+v, %v", a.Before, err)
	}
	lines, err := db.Ledger(t.Context(), "calendar:Invitations in mail", time.Time{})
	if err != nil || len(lines) == 0 || !strings.Contains(fmt.Sprint(lines), "not from its organiser") {
		t.Errorf("the ledger says %+v, %v", lines, err)
	}
	if _, err := RemoveCalendar(t.Context(), db, keysInMemory{}, "Invitations in mail"); err != nil {
		t.Fatal(err)
	}
	if got := agendaLines(t, db); len(got) > 0 {
		t.Errorf("removed, there is %q", got)
	}
}

func TestAForgottenInvitationIsForgotten(t *testing.T) {
	db, _ := workspace(t, atNoon)
	withKestrel(t, db)
	importMails(t, db, invitingMail("one", "anna@kestrel.example", "REQUEST", invited))
	if _, _, err := db.LeaveOut(t.Context(), data.LeaveOut{Kind: data.OutDomain, Pattern: "@kestrel.example"}, ""); err != nil {
		t.Fatal(err)
	}
	if got := agendaLines(t, db); len(got) > 0 {
		t.Errorf("forgotten, there is %q", got)
	}
}

func TestOneMeetingFromMailFeedAndServerIsThereOnce(t *testing.T) {
	folder, err := os.MkdirTemp("", "dc")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(folder) })
	box, err := dovecot.Start(folder)
	if errors.Is(err, dovecot.ErrAbsent) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = box.Stop() })
	dav, err := radicale.Start(t.TempDir())
	if errors.Is(err, radicale.ErrAbsent) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = dav.Stop() })
	entry := "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//test//EN\nBEGIN:VEVENT\nUID:walk@kestrel.example\nORGANIZER:mailto:anna@kestrel.example\n" + invited + "\nEND:VEVENT\nEND:VCALENDAR\n"
	feedText := entry
	feed := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, feedText) }))
	defer feed.Close()

	ctx := t.Context()
	db, keys := workspace(t, atNoon)
	withKestrel(t, db)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	_, err = AddMailbox(ctx, db, keys, data.Mailbox{Address: "maya@larkfield.example", Host: "127.0.0.1", Port: box.Port, Security: data.Plain, User: dovecot.User}, dovecot.Password)
	must(err)
	_, err = AddCalendar(ctx, db, keys, "Colleague", feed.URL+"/team.ics", "", "")
	must(err)
	must(dav.MakeCalendar("work", "Work", ""))
	access := DAVAccess{User: radicale.User, Secret: radicale.Password}
	found, err := FindCalendars(ctx, dav.URL, access)
	must(err)
	_, err = AddFound(ctx, db, keys, "", found[0], access)
	must(err)
	must(dav.Put("work", "walk.ics", strings.Replace(entry, "NEEDS-ACTION", "ACCEPTED", 1)))
	must(box.Deliver("INBOX", []byte(invitingMail("one", "anna@kestrel.example", "REQUEST", invited)), atNoon(), false))
	read := func() {
		t.Helper()
		if _, err := New(db, keys, Options{Now: atNoon, Zone: time.UTC}).Once(context.WithoutCancel(ctx)); err != nil {
			t.Fatal(err)
		}
	}
	expect := func(step string, want ...string) {
		t.Helper()
		if got := agendaLines(t, db); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", step, got, want)
		}
	}
	read()
	expect("three sources", "17 09:30 Walk through Hall 2, maya@larkfield.example accepted, Kestrel Museums")
	feedText = "BEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR\n"
	read()
	expect("the feed has it no more", "17 09:30 Walk through Hall 2, maya@larkfield.example accepted, Kestrel Museums")
	must(box.Deliver("INBOX", []byte(invitingMail("two", "anna@kestrel.example", "CANCEL", calledIt)), atNoon(), false))
	read()
	expect("cancelled by mail", "17 09:30 Walk through Hall 2, cancelled, maya@larkfield.example accepted, Kestrel Museums")
	must(dav.Delete("work", "walk.ics"))
	read()
	expect("the server has it no more", "17 09:30 Walk through Hall 2, cancelled, Kestrel Museums")
}
