package sync

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rapport/data"
	"rapport/data/store"
)

// oldMail is an mbox of n mails from Anna.
func oldMail(t *testing.T, n int) Archive {
	t.Helper()
	var text strings.Builder
	for i := range n {
		fmt.Fprintf(&text, "From anna@kestrel.example Mon Nov  9 10:00:00 2026\nFrom: anna@kestrel.example\nTo: maya@larkfield.example\n"+
			"Subject: %d\nMessage-ID: <%d@kestrel.example>\nDate: Mon, 9 Nov 2026 10:00:00 +0000\n\nHello\n\n", i, i)
	}
	path := filepath.Join(t.TempDir(), "old.mbox")
	if err := os.WriteFile(path, []byte(text.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	a, err := OpenArchive("mbox", path, "")
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func sumOf(lines []data.LedgerLine) (seen, there int) {
	for _, l := range lines {
		seen, there = seen+l.Seen, there+l.OnServer
	}
	return seen, there
}

func TestASecondImportBringsNothingNewAndAnInterruptedOneGoesOn(t *testing.T) {
	db, _ := workspace(t, time.Now)
	const mails = 2*mostWaiting + 500 // more than may wait while the first are kept
	a := oldMail(t, mails)
	ctx, stop := context.WithCancel(context.Background())
	_, err := Import(ctx, db, a, Options{Report: func(s data.Status) {
		if s.Done > 0 {
			stop()
		}
	}})
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("the interrupted import ended with %v", err)
	}
	kept := countMessages(t, db)
	if kept == 0 || kept >= mails {
		t.Fatalf("%d mails were kept before it was interrupted", kept)
	}
	for _, want := range []int{mails - kept, 0} {
		var last data.Status
		lines, err := Import(context.Background(), db, a, Options{Report: func(s data.Status) {
			if s.Running {
				last = s
			}
		}})
		if err != nil {
			t.Fatal(err)
		}
		if seen, there := sumOf(lines); seen != want || there != mails {
			t.Errorf("the ledger saw %d of %d, want %d new", seen, there, want)
		}
		if last.Done != mails || last.Total != mails || last.Source != "import:old" {
			t.Errorf("the progress ended at %+v", last)
		}
	}
	if got := countMessages(t, db); got != mails {
		t.Errorf("%d mails in the end", got)
	}
	boxes, err := db.Mailboxes(context.Background())
	if err != nil || len(boxes) != 1 || !boxes[0].Imported() {
		t.Errorf("mailboxes: %+v, %v", boxes, err)
	}
}

func TestImportedMailStaysWhateverServersLose(t *testing.T) {
	ctx := context.Background()
	db, keys := workspace(t, time.Now)
	a := oldMail(t, 3)
	if _, err := Import(ctx, db, a, Options{}); err != nil {
		t.Fatal(err)
	}
	// A server has one of them too, and loses it: a first pass without it
	// detaches, a second one forgets.
	box := addBox(t, db)
	var same data.Message
	for m, err := range db.Messages(ctx, data.MessageQuery{}) {
		if err != nil {
			t.Fatal(err)
		}
		same = m.Message
	}
	at := data.Location{Mailbox: box.ID, Folder: "INBOX", UIDValidity: 1, UID: 1}
	e := New(db, keys, Options{})
	s := &script{name: box.SourceName()}
	for _, b := range []data.Batch{{Arrived: []data.Arrival{{Message: same, Location: at}}}, {Gone: []data.Location{at}}, {}, {}} {
		b.Mailbox, b.Folder = box.ID, "INBOX"
		s.batches = append(s.batches, b)
		if err := e.read(ctx, feed{Source: s, shown: box.Address}); err != nil {
			t.Fatal(err)
		}
	}
	if got := countMessages(t, db); got != 3 {
		t.Errorf("%d of 3 imported mails are left", got)
	}
	// It goes with its own place, and with nothing else.
	if _, err := RemoveMailbox(ctx, db, nil, "old"); err != nil {
		t.Fatal(err)
	}
	if got := countMessages(t, db); got != 0 {
		t.Errorf("%d mails are left after the import was removed", got)
	}
}

func TestTheEngineReadsNoImportedMailbox(t *testing.T) {
	db, keys := workspace(t, time.Now)
	if _, err := Import(context.Background(), db, oldMail(t, 1), Options{}); err != nil {
		t.Fatal(err)
	}
	feeds, err := New(db, keys, Options{}).feeds(context.Background())
	if err != nil || len(feeds) != 0 {
		t.Errorf("it would read %+v, %v", feeds, err)
	}
}

func TestOwnAddressesDecideWhoWrote(t *testing.T) {
	ctx := context.Background()
	db, _ := workspace(t, time.Now)
	if _, err := db.Write(ctx, "", func(tx *store.Tx) error {
		return tx.PutAccount(data.Account{ID: store.NewID(), Name: "Larkfield", Domains: []string{"larkfield.example"}})
	}); err != nil {
		t.Fatal(err)
	}
	if _, err := Import(ctx, db, oldMail(t, 1), Options{}); err != nil {
		t.Fatal(err)
	}
	own, err := OwnAddresses([]string{" Anna <Anna@Kestrel.example>"})
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := AddOwnAddresses(ctx, db, own); err != nil {
			t.Fatal(err)
		}
	}
	if list, err := db.SettingList(ctx, store.SettingOwnAddresses); err != nil || fmt.Sprint(list) != "[anna@kestrel.example]" {
		t.Errorf("own are %q, %v", list, err)
	}
	k, err := db.Known(ctx)
	if err != nil || len(k.Own) != 1 {
		t.Errorf("the name of the import is taken for an address: %v, %v", k.Own, err)
	}
	accounts, err := db.Accounts(ctx)
	if err != nil || len(accounts) != 1 {
		t.Fatal(accounts, err)
	}
	list, err := db.Timeline(ctx, data.TimelineQuery{Account: accounts[0].ID}, time.Now())
	if err != nil || len(list) != 1 || list[0].Direction != data.Out {
		t.Errorf("on the timeline is %+v, %v", list, err)
	}
	if _, err := OwnAddresses([]string{"maya"}); err == nil {
		t.Error("maya is no address")
	}
}
