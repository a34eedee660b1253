package store

import (
	"context"
	"fmt"
	"testing"
	"time"

	"rapport/data"
	"rapport/data/sample"
)

// BenchmarkIngest keeps the sample's mails in a new workspace, by batches of
// several sizes. ns/mail is what one costs with all that belongs to it.
func BenchmarkIngest(b *testing.B) {
	const mails = 10_000
	w := sample.Make(sample.Options{Accounts: 100, Mails: mails})
	var all []data.Arrival
	for a := range w.Messages("") {
		all = append(all, a)
	}
	for _, size := range []int{100, 500, 2000} {
		b.Run(fmt.Sprintf("%d at once", size), func(b *testing.B) {
			n := 0
			for b.Loop() {
				b.StopTimer()
				db, box := benchBox(b, w)
				b.StartTimer()
				for from := 0; from < len(all); from += size {
					part := all[from:min(from+size, len(all))]
					for i := range part {
						part[i].Location.Mailbox = box.ID
					}
					if _, err := db.Ingest(context.Background(), box.SourceName(), box.Address, sample.Today, data.Batch{Mailbox: box.ID, Folder: "INBOX", Arrived: part}); err != nil {
						b.Fatal(err)
					}
				}
				n += len(all)
				b.StopTimer()
				db.Close()
				b.StartTimer()
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(n), "ns/mail")
		})
	}
}

// benchBox is a new workspace with the world's accounts and contacts and one
// mailbox.
func benchBox(b *testing.B, w sample.World) (*DB, data.Mailbox) {
	b.Helper()
	ctx := context.Background()
	db, err := Open(ctx, b.TempDir(), Options{Instance: "bench", Now: func() time.Time { return sample.Today }})
	if err != nil {
		b.Fatal(err)
	}
	box, err := putWorld(ctx, db, w)
	if err != nil {
		b.Fatal(err)
	}
	return db, box
}
