package app

import (
	"context"
	"testing"
	"time"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
)

// withSources is a workspace with a mailbox that was read, one that failed and a
// calendar that was never read.
func withSources(t *testing.T) *store.DB {
	t.Helper()
	db := testStore(t)
	ctx := context.Background()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	var maya, projects data.Mailbox
	_, err := db.Write(ctx, "", func(tx *store.Tx) (err error) {
		if maya, err = tx.PutMailbox(data.Mailbox{Address: "maya@larkfield.example", Host: "imap.larkfield.example", Port: 993, Security: data.TLS, User: "maya", SinceMonths: 12}); err != nil {
			return err
		}
		if projects, err = tx.PutMailbox(data.Mailbox{Address: "projects@larkfield.example", Host: "imap.larkfield.example", Port: 993, Security: data.TLS, User: "projects"}); err != nil {
			return err
		}
		_, err = tx.PutCalendar(data.Calendar{Name: "Pier works, Quayside Ferries and everything else that goes on at the harbour", Shown: "calendar.quayside.example"})
		return err
	})
	must(err)
	started := testNow.Add(-6 * time.Minute)
	must(db.BeginRun(ctx, maya.SourceName(), started))
	arrivals := func(n int, from, automated string) (list []data.Arrival) {
		for i := range n {
			raw := []byte{byte(i), byte(n), byte(len(from)), byte(len(automated))}
			list = append(list, data.Arrival{
				Message: data.Message{ID: data.MessageIDOf(raw), MessageID: string(rune('a'+i)) + from + automated, Date: started.Add(-time.Duration(i) * time.Hour), Subject: "Lamps",
					From: []data.Address{{Email: from}}, To: []data.Address{{Email: maya.Address}}, Text: "Hello", Automated: automated},
				Location: data.Location{Mailbox: maya.ID, Folder: "INBOX", UIDValidity: 1, UID: uint32(len(list)+1) + uint32(len(from)*1000+len(automated)*10)},
			})
		}
		return list
	}
	_, err = db.Write(ctx, "", func(tx *store.Tx) error {
		return tx.PutAccount(data.Account{Name: "Kestrel Museums", Domains: []string{"kestrel.example"}, Tier: data.TierA})
	})
	must(err)
	_, err = db.Ingest(ctx, maya.SourceName(), maya.Address, started, data.Batch{Mailbox: maya.ID, Folder: "INBOX", OnServer: 30, Cursor: "1",
		Arrived: append(append(arrivals(6, "anna@kestrel.example", ""), arrivals(9, "news@adverts.example", data.AutomatedList)...), arrivals(2, "piet@harbour.example", "")...)})
	must(err)
	_, err = db.Ingest(ctx, maya.SourceName(), maya.Address, started, data.Batch{Mailbox: maya.ID, Folder: "Sent", OnServer: 4, Cursor: "2"})
	must(err)
	must(db.EndRun(ctx, maya.SourceName(), started, ""))
	must(db.BeginRun(ctx, projects.SourceName(), started))
	wrong := &data.Problem{Kind: data.WrongPassword, About: "imap.larkfield.example"}
	must(db.EndRun(ctx, projects.SourceName(), started, wrong.What()+". "+wrong.Todo()))
	return db
}

func settingsWindow(t *testing.T, db *store.DB) (*window, *settings) {
	t.Helper()
	w := testWindow(t, db)
	w.open(route{place: placeSettings})
	return w, w.page().(*settings)
}

func TestSettingsOfAnEmptyWorkspaceSayWhatBelongsThere(t *testing.T) {
	w, _ := settingsWindow(t, testStore(t))
	checkShown(t, w, "No mailbox yet", "Add calendar")
	golden(t, w, "settings-empty")
}

func TestSettingsShowEverySourceAndWhatReadingDid(t *testing.T) {
	w, _ := settingsWindow(t, withSources(t))
	checkShown(t, w, "maya@larkfield.example", "read at 09:18", "not read yet", "imap.larkfield.example refused the user name or password",
		"Ledger, maya@larkfield.example", "INBOX", "1 mailbox not read")
	golden(t, w, "settings-filled")
	resize(w, 960, 600)
	golden(t, w, "settings-small")
}

func TestReasonsOpenUnderTheirFolder(t *testing.T) {
	w, _ := settingsWindow(t, withSources(t))
	checkAbsent(t, w, "Newsletter or list")
	press(w, "J", "J", "K", "K") // to the third source and back: moving chooses
	checkShown(t, w, "Ledger, maya@larkfield.example")
	w.page().(*settings).part().focus()
	for range 3 {
		press(w, "J")
	}
	checkAbsent(t, w, "Newsletter or list")
}

func TestAFailedSourceSaysWhatToDo(t *testing.T) {
	w, _ := settingsWindow(t, withSources(t))
	press(w, "J")
	checkShown(t, w, "Ledger, projects@larkfield.example", "Enter it again")
	golden(t, w, "settings-failed")
}

func TestDraftsAreListedWithHowFarTheyAre(t *testing.T) {
	db := withSources(t)
	ctx := context.Background()
	boxes, err := db.Mailboxes(ctx)
	if err != nil {
		t.Fatal(err)
	}
	maya := boxes[0]
	put := func(to, subject string, queue bool) data.Draft {
		d := data.Draft{Mailbox: maya.ID, From: data.Address{Email: maya.Address}, To: []data.Address{{Name: to, Email: "x@kestrel.example"}}, Subject: subject, Text: "Hello"}
		mustWrite(t, db, func(tx *store.Tx) (err error) {
			if d, err = tx.PutDraft(d); err != nil || !queue {
				return err
			}
			return tx.QueueDraft(d.ID, true, testNow)
		})
		return d
	}
	put("Anna Kessler", "Kept and not let go", false)
	put("Piotr Malik", "Waits for its turn", true)
	failed := put("Leon Hart", "Refused", true)
	due, _, err := db.Outgoing(ctx, testNow)
	if err != nil {
		t.Fatal(err)
	}
	mustWrite(t, db, func(tx *store.Tx) error {
		for _, o := range due {
			if o.Draft.ID == failed.ID {
				full := &data.Problem{Kind: data.MailboxFull, About: "imap.larkfield.example"}
				return tx.Stay(o, full.What()+". "+full.Todo(), testNow.Add(time.Hour), false)
			}
		}
		return nil
	})
	w := testWindow(t, db)
	w.openDrafts()
	checkShown(t, w, "Rapport may put drafts into the Drafts folder of maya@larkfield.example", "Anna Kessler", "kept here", "Go on writing",
		"Piotr Malik", "waits to leave", "Leon Hart", "is full", "3 drafts")
	w.draftSwitches(draftsAnswer{boxes: boxes[:1], allowed: map[string]bool{}})[0].(*kit.Checkbox).Tapped(nil)
	if allowed, err := db.DraftsAllowed(ctx, maya.ID); err != nil || !allowed {
		t.Errorf("switched on, it is allowed: %v, %v", allowed, err)
	}
	w.undo()
	if allowed, _ := db.DraftsAllowed(ctx, maya.ID); allowed {
		t.Error("undo leaves it allowed")
	}
}

func TestReadNowSaysWhoIsLeftAlone(t *testing.T) {
	later := testNow.Add(40 * time.Minute)
	for _, c := range []struct {
		statuses []data.Status
		want     string
	}{
		{[]data.Status{{Source: "mail:maya@larkfield.example", Until: testNow}}, "Reading mail and calendars"},
		{[]data.Status{{Source: "mail:maya@larkfield.example", Until: later}}, "Not read now, since the server asked to be left alone: maya@larkfield.example until " + data.Clock(later, testNow)},
		{[]data.Status{{Source: "mail:maya@larkfield.example", Until: later}, {Source: "calendar:Work"}}, "Reading mail and calendars. Left alone, as its server asked: maya@larkfield.example until " + data.Clock(later, testNow)},
	} {
		if got := readingNowWords(c.statuses, testNow); got != c.want {
			t.Errorf("says %q, want %q", got, c.want)
		}
	}
}
