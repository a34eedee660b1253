package sync

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"rapport/data"
	"rapport/data/store"
)

// startWindow runs an engine on the workspace and waits until it reads; ended
// hears how it ends.
func startWindow(t *testing.T, ctx context.Context, db *store.DB, keys keysInMemory) (ended chan error, reports chan data.Status) {
	t.Helper()
	reports = make(chan data.Status, 1000)
	ended = make(chan error, 1)
	window := New(db, keys, Options{Report: func(s data.Status) { reports <- s }})
	go func() { ended <- window.Run(ctx) }()
	<-reports
	return ended, reports
}

func TestEachOfSeveralCommandsThatAskAtOnceIsAnswered(t *testing.T) {
	db, keys := workspace(t, time.Now)
	addDay(t, db, keys)
	ctx, stop := context.WithTimeout(context.Background(), 20*time.Second)
	defer stop()
	ended, _ := startWindow(t, ctx, db, keys)
	answers := make(chan error)
	const commands = 3
	for range commands {
		go func() {
			_, err := New(db, keys, Options{}).Once(ctx)
			answers <- err
		}()
	}
	for range commands {
		if err := <-answers; err != nil {
			t.Fatal(err)
		}
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if asks := asksIn(db.Dir()); len(asks) > 0 {
		t.Errorf("questions are left: %v", asks)
	}
}

// TestAnEngineThatCannotAskItsWorkspaceEnds makes the question for the sources
// fail, as a damaged file does.
func TestAnEngineThatCannotAskItsWorkspaceEnds(t *testing.T) {
	db, keys := workspace(t, time.Now)
	addDay(t, db, keys)
	ctx, stop := context.WithTimeout(context.Background(), 20*time.Second)
	defer stop()
	ended, _ := startWindow(t, ctx, db, keys)
	if _, err := db.Write(ctx, "", func(tx *store.Tx) error {
		if _, err := tx.PutCalendar(data.Calendar{Name: "more", Path: "more.ics"}); err != nil {
			return err
		}
		return tx.PutSetting(store.SettingSample, "no list")
	}); err != nil {
		t.Fatal(err)
	}
	if err := <-ended; err == nil || ctx.Err() != nil {
		t.Errorf("it ended with %v", err)
	}
}

func TestASourceThatACommandAddsOrRemovesBesideTheWindowIsReadOrLeft(t *testing.T) {
	db, keys := workspace(t, time.Now)
	addDay(t, db, keys)
	ctx, stop := context.WithTimeout(context.Background(), 20*time.Second)
	defer stop()
	ended, reports := startWindow(t, ctx, db, keys)
	command, err := store.Open(ctx, db.Dir(), store.Options{Instance: "test"})
	if err != nil {
		t.Fatal(err)
	}
	defer command.Close()
	path := filepath.Join(t.TempDir(), "more.ics")
	if err := os.WriteFile(path, []byte(oneMeeting), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := AddCalendar(ctx, command, keys, "more", path, "", ""); err != nil {
		t.Fatal(err)
	}
	for read := false; !read; {
		select {
		case s := <-reports:
			read = s.Source == "calendar:more" && !s.Running
		case <-ctx.Done():
			t.Fatal("what was added is not read")
		}
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// TestAStoreThatFailsLeavesNoSourceReading closes the workspace beneath the
// engine.
func TestAStoreThatFailsLeavesNoSourceReading(t *testing.T) {
	db, keys := workspace(t, time.Now)
	e := New(db, keys, Options{})
	db.Close()
	if err := e.read(context.Background(), feed{Source: &script{name: "mail:x"}}); err == nil {
		t.Fatal("it was read")
	}
	if s := e.status("mail:x"); s.Running || s.Problem == "" {
		t.Errorf("it stands as %+v", s)
	}
}

// writingKeeper writes to the workspace while it keeps a secret, as somebody may
// while a keyring waits for its password.
type writingKeeper struct {
	keysInMemory
	db *store.DB
}

func (k writingKeeper) Put(name, value string) error {
	ctx, stop := context.WithTimeout(context.Background(), 5*time.Second)
	defer stop()
	_, err := k.db.Write(ctx, "", func(tx *store.Tx) error { return tx.PutSetting(store.SettingUserName, "Maya") })
	return errors.Join(err, k.keysInMemory.Put(name, value))
}

func TestAKeyringThatWaitsKeepsNobodyFromWriting(t *testing.T) {
	db, keys := workspace(t, time.Now)
	k := writingKeeper{keys, db}
	ctx := context.Background()
	box := data.Mailbox{Address: "maya@larkfield.example", Host: "imap.example", Port: 993, Security: data.TLS}
	kept, err := AddMailbox(ctx, db, k, box, "one")
	if err != nil || keys[kept.SecretName()] != "one" {
		t.Fatalf("%v, %v", keys, err)
	}
	if _, err := AddCalendar(ctx, db, k, "work", "https://cal.example/secret.ics", "maya", "two"); err != nil {
		t.Fatal(err)
	}
	if _, err := AddMailbox(ctx, db, k, box, "three"); !errors.Is(err, data.ErrConflict) {
		t.Errorf("a second mailbox of the address: %v", err)
	}
	var names []string
	for name := range keys {
		names = append(names, name)
	}
	if slices.Sort(names); len(names) != 3 || keys[kept.SecretName()] != "one" {
		t.Errorf("secrets are kept under %s", strings.Join(names, ", "))
	}
}
