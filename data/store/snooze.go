package store

import (
	"context"
	"time"
)

// Snooze puts off what Rapport would remind of, until a moment: a promise, a
// contact or an account by its ID, a kind word by data.KindWord.About. It is
// kept on this laptop only, and can be undone. The zero time wakes it again.
func (tx *Tx) Snooze(about string, until time.Time) error {
	if err := tx.keepRow("snooze", about); err != nil {
		return err
	}
	tx.touched("snooze")
	if until.IsZero() {
		_, err := tx.exec(`DELETE FROM snooze WHERE about = ?`, about)
		return err
	}
	if _, err := tx.exec(`DELETE FROM snooze WHERE until < ? AND about <> ?`, tx.now.AddDate(-1, 0, 0).Unix(), about); err != nil {
		return err
	}
	_, err := tx.exec(`INSERT INTO snooze (about, until) VALUES (?, ?) ON CONFLICT (about) DO UPDATE SET until = excluded.until`, about, until.Unix())
	return err
}

// Snoozed returns until when each thing was put off, also where that is past.
func (db *DB) Snoozed(ctx context.Context) (map[string]time.Time, error) {
	until := map[string]time.Time{}
	_, err := query(ctx, db.read, func(r row) (struct{}, error) {
		var about string
		var at int64
		err := r.Scan(&about, &at)
		until[about] = timeOf(at)
		return struct{}{}, err
	}, `SELECT about, until FROM snooze`)
	return until, wrapNoun(err, "what was put off")
}
