package store

import (
	"context"
	"fmt"
	"testing"
	"time"

	"rapport/data"
)

func TestAFirstReadingLeavesFewPiecesInTheSearchIndex(t *testing.T) {
	db := open(t)
	box := addMailbox(t, db)
	var mails []data.Message
	for i := range 100 {
		mails = append(mails, letter(fmt.Sprint(i), "anna@kestrel.example", box.Address, "Lamps", noon.Add(time.Duration(i)*time.Second)))
	}
	ingest(t, db, box, arriving(box, mails...))
	pieces, err := one(context.Background(), db.read, scanInt, `SELECT count(*) FROM message_search_segdir`)
	if err != nil || pieces > 3 {
		t.Errorf("one batch made %d pieces, %v; one for each of the 3 indexes is enough", pieces, err)
	}
}

func ingest(t testing.TB, db *DB, box data.Mailbox, b data.Batch) data.LedgerLine {
	t.Helper()
	line, err := db.Ingest(context.Background(), box.SourceName(), box.Address, noon, b)
	if err != nil {
		t.Fatal(err)
	}
	return line
}
