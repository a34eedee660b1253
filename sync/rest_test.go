package sync

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"rapport/data"
	"rapport/data/store"
)

func TestAServerThatAskedToBeLeftAloneIsLeftAloneByEveryCommand(t *testing.T) {
	ctx := context.Background()
	now := time.Date(2026, 11, 17, 13, 59, 30, 0, time.UTC)
	clock := func() time.Time { return now }
	db, keys := workspace(t, clock)
	box := addBox(t, db)
	engine := func() *Engine { return New(db, keys, Options{Now: clock, Zone: time.UTC}) }
	e := engine()
	s := &script{name: box.SourceName(), fails: &data.Problem{Kind: data.Busy, About: "imap.example", Detail: "Request is throttled", Wait: 5 * time.Minute}}
	f := feed{Source: s, about: "imap.example", shown: box.Address}
	if err := e.read(ctx, f); !errors.Is(err, s.fails) {
		t.Fatal(err)
	}
	status := e.status(s.name)
	if want := now.Add(5 * time.Minute); !status.Until.Equal(want) || !strings.HasPrefix(status.Problem, "imap.example asks to wait until 14:05 (Request is throttled). ") {
		t.Errorf("it stands as %+v", status)
	}
	now = now.Add(4 * time.Minute)
	for name, e := range map[string]*Engine{"the same": e, "another": engine()} {
		err := e.read(ctx, f)
		p, ok := data.AsProblem(err)
		if !ok || p.Wait != time.Minute || s.fetched != 1 {
			t.Errorf("%s command: %v, the server was asked %d times", name, err, s.fetched)
		}
		if status := e.status(s.name); status.Running || !strings.Contains(status.Problem, "asks to wait until 14:05") {
			t.Errorf("%s command: it stands as %+v", name, status)
		}
	}
	runs, err := db.Runs(ctx)
	if err != nil || len(runs) != 1 || !strings.Contains(runs[0].Problem, "until 14:05") || runs[0].Until.IsZero() {
		t.Errorf("stored is %+v, %v", runs, err)
	}
	now, s.fails = now.Add(time.Minute), nil
	if err := e.read(ctx, f); err != nil || s.fetched != 2 || e.status(s.name).Problem != "" {
		t.Errorf("after that: %v, asked %d times, %+v", err, s.fetched, e.status(s.name))
	}
}

func TestAnotherServerOfAMailboxAskedForNothing(t *testing.T) {
	ctx := context.Background()
	db, _ := workspace(t, time.Now)
	box := addBox(t, db)
	if err := db.BeginRun(ctx, box.SourceName(), time.Now()); err != nil {
		t.Fatal(err)
	}
	change := func(do func(*store.Tx) error) {
		t.Helper()
		if _, err := db.Write(ctx, "", do); err != nil {
			t.Fatal(err)
		}
	}
	change(func(tx *store.Tx) error { return tx.PutRest(box.SourceName(), time.Now().Add(time.Hour)) })
	change(func(tx *store.Tx) error { _, err := tx.PutMailbox(box); return err })
	if until, err := db.Rest(ctx, box.SourceName()); err != nil || until.IsZero() {
		t.Errorf("the same server: %v, %v", until, err)
	}
	box.Host = "other.example"
	change(func(tx *store.Tx) error { _, err := tx.PutMailbox(box); return err })
	if until, err := db.Rest(ctx, box.SourceName()); err != nil || !until.IsZero() {
		t.Errorf("another server: %v, %v", until, err)
	}
}

func TestAProblemHoldsUntilTheRunThatTriesAgainEnds(t *testing.T) {
	ctx := context.Background()
	db, keys := workspace(t, time.Now)
	box := addBox(t, db)
	var reports []data.Status
	e := New(db, keys, Options{Report: func(s data.Status) { reports = append(reports, s) }})
	s := &script{name: box.SourceName(), fails: &data.Problem{Kind: data.Refused, About: "imap.example"}}
	if err := e.read(ctx, feed{Source: s}); err == nil {
		t.Fatal("it did not fail")
	}
	problem := e.status(s.name).Problem
	reports, s.fails, s.batches = nil, nil, letters(box, 3)
	if err := e.read(ctx, feed{Source: s}); err != nil {
		t.Fatal(err)
	}
	for _, r := range reports {
		if want := map[bool]string{true: problem}[r.Running]; r.Problem != want {
			t.Errorf("%+v, want the problem %q", r, want)
		}
	}
	if len(reports) < 3 {
		t.Errorf("%d reports", len(reports))
	}
}
