package app

import (
	"context"
	"fmt"
	"testing"
	"time"

	"rapport/data"
	"rapport/data/store"
)

// BenchmarkNewMailOnTheTimeline measures the window's share of a new mail: from
// the commit to the row that stands in the list of a timeline with a thousand
// entries, read and laid out. Painting it is the graphics card's.
func BenchmarkNewMailOnTheTimeline(b *testing.B) {
	db, err := store.Open(context.Background(), b.TempDir(), store.Options{Now: testClock, Instance: "test"})
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	arrive := func(from, n int) {
		batch := data.Batch{Mailbox: "box", Folder: "INBOX"}
		for i := from; i < from+n; i++ {
			m := mailBy("Anna Kessler", "anna@kestrel.example", fmt.Sprintf("Lamps %d", i))
			m.ID, m.MessageID, m.Date = fmt.Sprintf("%064x", i+1), fmt.Sprintf("m%d@mail.example", i), testNow.AddDate(0, 0, -100).Add(time.Duration(i)*time.Hour)
			m.To = []data.Address{{Name: "Maya", Email: "maya@larkfield.example"}}
			batch.Arrived = append(batch.Arrived, data.Arrival{Message: m, Location: data.Location{Mailbox: "box", Folder: "INBOX", UIDValidity: 1, UID: uint32(i + 1)}})
		}
		if _, err := db.Ingest(context.Background(), "box", "box", testNow, batch); err != nil {
			b.Fatal(err)
		}
	}
	_, err = db.Write(context.Background(), "", func(tx *store.Tx) error {
		if _, err := tx.PutMailbox(data.Mailbox{ID: "box", Address: "maya@larkfield.example", Host: "h", Port: 993, Security: data.TLS}); err != nil {
			return err
		}
		return tx.PutAccount(data.Account{ID: "k", Name: "Kestrel Museums", Domains: []string{"kestrel.example"}})
	})
	if err != nil {
		b.Fatal(err)
	}
	arrive(0, 1000)
	w := testWindow(b, db)
	w.stopWatch()
	w.openAt(route{place: placeAccount, id: "k"}, target{tab: tabTimeline})
	n := 1000
	for b.Loop() {
		b.StopTimer()
		arrive(n, 1)
		n++
		b.StartTimer()
		w.reload()
		b.StopTimer()
		w.page().(*accountPage).timeline.list.ToOffset(0)
		if !hasText(w, fmt.Sprintf("Lamps %d", n-1)) {
			b.Fatal("the row is not there")
		}
		b.StartTimer()
	}
}
