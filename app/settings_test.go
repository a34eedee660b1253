package app

import (
	"context"
	"testing"
	"time"

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
