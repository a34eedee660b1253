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
	"rapport/data/sample"
	"rapport/data/store"
)

var errPower = errors.New("the power went")

// script is a source that plays batches; its cursor is how many were kept.
type script struct {
	name    string
	batches []data.Batch
	cut     int // batches before the power goes; 0 never
	fails   error
	fetched int
	begin   chan struct{} // if not nil: closed when it reads; then it waits for the context
}

func (s *script) Name() string { return s.name }

func (s *script) Fetch(ctx context.Context, since string, emit func(data.Batch) error) error {
	s.fetched++
	if s.begin != nil {
		close(s.begin)
		<-ctx.Done()
		return ctx.Err()
	}
	from := 0
	fmt.Sscan(since, &from)
	for i := from; i < len(s.batches); i++ {
		if s.cut > 0 && i == s.cut {
			s.cut = 0
			return errPower
		}
		b := s.batches[i]
		b.Cursor = fmt.Sprint(i + 1)
		if err := emit(b); err != nil {
			return err
		}
	}
	return s.fails
}

func TestARunThatWasCutGoesOnAndPlaysNothingTwice(t *testing.T) {
	ctx := context.Background()
	db, keys := workspace(t, time.Now)
	e := New(db, keys, Options{})
	box := addBox(t, db)
	s := &script{name: box.SourceName(), batches: letters(box, 5), cut: 3}
	if err := e.read(ctx, feed{Source: s, shown: box.Address}); !errors.Is(err, errPower) {
		t.Fatalf("the first run ended with %v", err)
	}
	if got := countMessages(t, db); got != 3 {
		t.Errorf("%d mails were kept before the cut, want 3", got)
	}
	if err := e.read(ctx, feed{Source: s, shown: box.Address}); err != nil {
		t.Fatal(err)
	}
	if got := countMessages(t, db); got != 5 {
		t.Errorf("%d mails in the end, want 5", got)
	}
	lines, err := db.Ledger(ctx, box.SourceName(), time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, l := range lines {
		seen += l.Seen
	}
	if seen != 5 {
		t.Errorf("the ledger saw %d mails, want each once", seen)
	}
}

func TestOneSourceThatFailsStopsNoOther(t *testing.T) {
	ctx := context.Background()
	db, keys := workspace(t, time.Now)
	e := New(db, keys, Options{})
	refused, err := AddMailbox(ctx, db, keys, data.Mailbox{Address: "a@larkfield.example", Host: "127.0.0.1", Port: 1, Security: data.Plain}, "x")
	if err != nil {
		t.Fatal(err)
	}
	addDay(t, db, keys)
	lines, err := e.Once(ctx)
	if !errors.Is(err, ErrSomeFailed) {
		t.Fatalf("the pass ended with %v", err)
	}
	seen := map[string]int{}
	for _, l := range lines {
		seen[l.Source] += l.Seen
		if l.Source == refused.SourceName() && !strings.Contains(l.Problem, "refused the connection") {
			t.Errorf("the mailbox's line says %q", l.Problem)
		}
	}
	if seen["calendar:day"] != 1 {
		t.Errorf("the calendar was not read: %+v", lines)
	}
	for _, s := range e.Statuses() {
		if failed := s.Problem != ""; failed != (s.Source == refused.SourceName()) || s.Running {
			t.Errorf("status %+v", s)
		}
	}
}

func TestOneEngineAWorkspaceAndACommandAsksIt(t *testing.T) {
	db, keys := workspace(t, time.Now)
	addDay(t, db, keys)
	ctx, stop := context.WithCancel(context.Background())
	began := make(chan struct{}, 100)
	window := New(db, keys, Options{Report: func(data.Status) { began <- struct{}{} }})
	ended := make(chan error, 1)
	go func() { ended <- window.Run(ctx) }()
	<-began
	command := New(db, keys, Options{})
	if p, ok := data.AsProblem(command.Run(ctx)); !ok || p.Kind != data.InUse {
		t.Error("a second engine runs beside the first")
	}
	if _, err := command.Once(ctx); err != nil {
		t.Fatal(err)
	}
	year := func(y int) time.Time { return time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC) }
	list, err := Agenda(ctx, db, time.Now().UTC(), year(2026), year(2027))
	if err != nil || len(list) != 1 || list[0].Summary != "Review" {
		t.Errorf("agenda: %+v, %v", list, err)
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

const oneMeeting = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20261117T100000Z\r\nDTEND:20261117T110000Z\r\nSUMMARY:Review\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"

// addDay adds a calendar with one meeting, named day.
func addDay(t *testing.T, db *store.DB, keys keysInMemory) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "day.ics")
	if err := os.WriteFile(path, []byte(oneMeeting), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := AddCalendar(context.Background(), db, keys, "", path, "", ""); err != nil {
		t.Fatal(err)
	}
}

func addBox(t *testing.T, db *store.DB) (box data.Mailbox) {
	t.Helper()
	_, err := db.Write(context.Background(), "", func(tx *store.Tx) (err error) {
		box, err = tx.PutMailbox(data.Mailbox{Address: "maya@larkfield.example", Host: "imap.example", Port: 993, Security: data.TLS})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return box
}

// letters are n batches of one mail each.
func letters(box data.Mailbox, n int) []data.Batch {
	var list []data.Batch
	for i := range n {
		m := data.Message{ID: data.MessageIDOf([]byte{byte(i)}), MessageID: fmt.Sprint(i, "@x"), Date: sample.Today, From: []data.Address{{Email: "a@b.example"}}}
		at := data.Location{Mailbox: box.ID, Folder: "INBOX", UIDValidity: 1, UID: uint32(i + 1)}
		list = append(list, data.Batch{Mailbox: box.ID, Folder: "INBOX", OnServer: n, Arrived: []data.Arrival{{Message: m, Location: at}}})
	}
	return list
}

func countMessages(t *testing.T, db *store.DB) (n int) {
	t.Helper()
	for _, err := range db.Messages(context.Background(), data.MessageQuery{}) {
		if err != nil {
			t.Fatal(err)
		}
		n++
	}
	return n
}
