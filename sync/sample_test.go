package sync

import (
	"context"
	"errors"
	"testing"
	"time"

	"rapport/data"
	"rapport/data/sample"
	"rapport/data/store"
)

func TestTheSampleArrivesByTheRealPathAndWholly(t *testing.T) {
	ctx := context.Background()
	now := func() time.Time { return sample.Today }
	db, keys := workspace(t, now)
	w := sample.Make(sample.Options{})
	lines, err := OpenSample(ctx, db, keys, w, Options{Now: now, Zone: sample.Today.Location()})
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range lines {
		if l.Seen != l.Kept+data.Sum(l.Skipped) {
			t.Errorf("%s %s: %d seen, but %d kept and %d skipped", l.Source, l.Folder, l.Seen, l.Kept, data.Sum(l.Skipped))
		}
	}
	ids := map[string]sample.Mail{}
	for m := range w.Mail() {
		if readFolder(w, m.Folder) && m.At.After(now().AddDate(0, -12, 0)) {
			ids[data.MessageIDOf(m.Raw)] = m
		}
	}
	want := len(ids)
	for m, err := range db.Messages(ctx, data.MessageQuery{}) {
		if err != nil {
			t.Fatal(err)
		}
		delete(ids, m.ID)
	}
	if want == 0 {
		t.Error("the sample has no mails")
	}
	for _, m := range ids {
		t.Errorf("missing of %d: in %s, of %s:\n%.200s", want, m.Folder, m.At, m.Raw)
	}
	if _, err := OpenSample(ctx, db, keys, w, Options{}); !errors.Is(err, ErrNotEmpty) {
		t.Errorf("a second time: %v", err)
	}
	if again, err := New(db, keys, Options{}).Once(ctx); err != nil || len(again) != 0 {
		t.Errorf("the sample's sources were read again: %v, %v", again, err)
	}
}

func readFolder(w sample.World, name string) bool {
	for _, f := range w.Folders {
		if f.Name == name {
			return f.Use != `\Trash` && f.Use != `\Junk` && f.Use != `\Drafts`
		}
	}
	return true
}

func workspace(t *testing.T, now func() time.Time) (*store.DB, keysInMemory) {
	t.Helper()
	db, err := store.Open(context.Background(), t.TempDir(), store.Options{Now: now, Instance: "test"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db, keysInMemory{}
}

// keysInMemory keeps secrets for the length of a test.
type keysInMemory map[string]string

func (k keysInMemory) Put(name, value string) error { k[name] = value; return nil }

func (k keysInMemory) Value(name string) (string, error) {
	if v, ok := k[name]; ok {
		return v, nil
	}
	return "", data.ErrNotFound
}

func (k keysInMemory) Delete(name string) error { delete(k, name); return nil }

func (k keysInMemory) Where() string { return "the test" }
