package store

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"rapport/data"
)

// openClock makes a workspace whose clock the test moves.
func openClock(t *testing.T) (*DB, *time.Time) {
	t.Helper()
	now := noon
	db, err := Open(context.Background(), filepath.Join(t.TempDir(), "w"), Options{Now: func() time.Time { return now }, Instance: "test"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db, &now
}

func promised(what, due string) data.Promise {
	return data.Promise{Belongs: data.Belongs{Account: "k", Contact: "b"}, By: data.Us, What: what, Due: due}
}

func wantPromises(t *testing.T, list []data.Promise, err error, whats ...string) {
	t.Helper()
	if err != nil || len(list) != len(whats) {
		t.Fatalf("%+v, %v; want %q", list, err, whats)
	}
	for i, p := range list {
		if p.What != whats[i] {
			t.Errorf("place %d is %q, want %q", i, p.What, whats[i])
		}
	}
}

func TestPartsAreFoundByWhatTheyBelongToAndByDate(t *testing.T) {
	db := open(t)
	ctx := context.Background()
	write(t, db, "promised", func(tx *Tx) error {
		kept, other := promised("Kept", "2026-11-01"), promised("Of another account", "2026-11-02")
		kept.Kept, other.Account = "2026-11-01", "q"
		for _, p := range []data.Promise{promised("No date", ""), promised("Later", "2026-12-01"), promised("Soon", "2026-11-18"), kept, other} {
			if _, err := PutPart(tx, p); err != nil {
				return err
			}
		}
		return nil
	})
	list, err := Parts[data.Promise](ctx, db, PartQuery{Account: "k"})
	wantPromises(t, list, err, "Kept", "Soon", "Later", "No date")
	list, err = Parts[data.Promise](ctx, db, PartQuery{Account: "k", Open: true, DueBefore: "2026-12-01"})
	wantPromises(t, list, err, "Soon")
	list, err = Parts[data.Promise](ctx, db, PartQuery{Open: true})
	wantPromises(t, list, err, "Of another account", "Soon", "Later", "No date")
}

func TestAPartIsChangedDeletedAndBroughtBack(t *testing.T) {
	db := open(t)
	ctx := context.Background()
	var p data.Promise
	write(t, db, "promised", func(tx *Tx) (err error) { p, err = PutPart(tx, promised("The report", "2026-11-13")); return err })
	if p.ID == "" || !p.RecordedAt.Equal(noon) {
		t.Fatalf("kept as %+v", p)
	}
	p.Kept = "2026-11-17"
	kept := write(t, db, "kept", func(tx *Tx) error { _, err := PutPart(tx, p); return err })
	gone := write(t, db, "deleted", func(tx *Tx) error { return DeletePart(tx, p) })
	if _, err := PartByID[data.Promise](ctx, db, p.ID); !errors.Is(err, data.ErrNotFound) {
		t.Errorf("after it was deleted: %v", err)
	}
	if _, err := db.Undo(ctx, gone.ID); err != nil {
		t.Fatal(err)
	}
	if got, err := PartByID[data.Promise](ctx, db, p.ID); err != nil || got != p {
		t.Errorf("brought back as %+v, %v; want %+v", got, err, p)
	}
	if _, err := db.Undo(ctx, kept.ID); err != nil {
		t.Fatal(err)
	}
	if got, _ := PartByID[data.Promise](ctx, db, p.ID); !got.Open() {
		t.Errorf("after its keeping was undone: %+v", got)
	}
	if err := db.transactErr(func(tx *Tx) error { return DeletePart(tx, data.Promise{Belongs: data.Belongs{ID: "none"}}) }); !errors.Is(err, data.ErrNotFound) {
		t.Errorf("deleting what is not there: %v", err)
	}
	var invalid *data.Invalid
	if err := db.transactErr(func(tx *Tx) error { _, err := PutPart(tx, data.Promise{}); return err }); !errors.As(err, &invalid) {
		t.Errorf("an empty promise: %v", err)
	}
}

func (db *DB) transactErr(do func(*Tx) error) error {
	_, err := db.Write(context.Background(), "", do)
	return err
}

func TestPartsAreReplayedAsTheyWereKnown(t *testing.T) {
	db, now := openClock(t)
	ctx := context.Background()
	var p data.Promise
	day := func(n int) time.Time { return noon.AddDate(0, 0, n) }
	write(t, db, "promised", func(tx *Tx) (err error) { p, err = PutPart(tx, promised("The report", "2026-11-20")); return err })
	*now = day(5)
	p.What = "The long report"
	write(t, db, "changed", func(tx *Tx) error { _, err := PutPart(tx, p); return err })
	*now = day(9)
	write(t, db, "deleted", func(tx *Tx) error { return DeletePart(tx, p) })
	*now = day(12)
	write(t, db, "an old one is brought in", func(tx *Tx) error {
		old := promised("From before", "2026-01-01")
		old.RecordedAt = day(-300)
		_, err := PutPart(tx, old)
		return err
	})
	for _, c := range []struct {
		day   int
		whats []string
	}{
		{-301, nil}, {-1, []string{"From before"}}, {1, []string{"From before", "The report"}},
		{6, []string{"From before", "The long report"}}, {10, []string{"From before"}},
	} {
		list, err := PartsAsKnown[data.Promise](ctx, db, "k", day(c.day))
		data.SortPromises(list, noon)
		wantPromises(t, list, err, c.whats...)
	}
}
