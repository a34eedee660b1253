package store

import (
	"context"
	"time"

	"rapport/data"
)

const ledgerColumns = `source, folder, started, took, on_server, seen, kept, skipped, odd, problem`

func scanLedger(r row) (l data.LedgerLine, err error) {
	var started, took int64
	var skipped, odd string
	if err := r.Scan(&l.Source, &l.Folder, &started, &took, &l.OnServer, &l.Seen, &l.Kept, &skipped, &odd, &l.Problem); err != nil {
		return l, err
	}
	l.Started, l.Took = time.UnixMilli(started).UTC(), time.Duration(took)*time.Millisecond
	if l.Skipped, err = fromJSON[[]data.Count](skipped); err != nil {
		return l, err
	}
	l.Odd, err = fromJSON[[]data.Count](odd)
	return l, err
}

func (tx *Tx) ledgerLine(source, folder string, started time.Time) (data.LedgerLine, error) {
	line, err := one(tx.ctx, tx.sql, scanLedger, `
		SELECT `+ledgerColumns+` FROM ledger WHERE source = ? AND started = ? AND folder = ?`, source, started.UnixMilli(), folder)
	if isNotFound(err) {
		return data.LedgerLine{Source: source, Folder: folder, Started: started, OnServer: -1}, nil
	}
	return line, err
}

func (tx *Tx) putLedgerLine(l data.LedgerLine) error {
	tx.touched("ledger")
	_, err := tx.exec(`
		INSERT INTO ledger (`+ledgerColumns+`) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (source, started, folder) DO UPDATE SET took = excluded.took, on_server = excluded.on_server,
			seen = excluded.seen, kept = excluded.kept, skipped = excluded.skipped, odd = excluded.odd, problem = excluded.problem`,
		l.Source, l.Folder, l.Started.UnixMilli(), l.Took.Milliseconds(), l.OnServer, l.Seen, l.Kept, listJSON(l.Skipped), listJSON(l.Odd), l.Problem)
	return err
}

// Ledger returns what the sources did since a moment, newest run first, folders
// in the order they were read. An empty source means all.
func (db *DB) Ledger(ctx context.Context, source string, since time.Time) ([]data.LedgerLine, error) {
	list, err := query(ctx, db.read, scanLedger, `
		SELECT `+ledgerColumns+` FROM ledger WHERE (?1 = '' OR source = ?1) AND started >= ?2
		ORDER BY started DESC, source, id`, source, since.UnixMilli())
	return list, wrapNoun(err, "ledger")
}

// FolderLedger returns the newest line of each folder of a source, folders in
// the order they were read.
func (db *DB) FolderLedger(ctx context.Context, source string) ([]data.LedgerLine, error) {
	list, err := query(ctx, db.read, scanLedger, `
		SELECT `+ledgerColumns+` FROM ledger WHERE id IN (SELECT max(id) FROM ledger WHERE source = ? GROUP BY folder) ORDER BY id`, source)
	return list, wrapNoun(err, "ledger")
}

// Cursor is where a source goes on, "" for from the beginning.
func (db *DB) Cursor(ctx context.Context, source string) (string, error) {
	s, err := one(ctx, db.read, scanString, `SELECT value FROM cursor WHERE source = ?`, source)
	if isNotFound(err) {
		return "", nil
	}
	return s, wrapNoun(err, "cursor")
}

func (tx *Tx) putCursor(source, value string) error {
	_, err := tx.exec(`
		INSERT INTO cursor (source, value, at) VALUES (?, ?, ?)
		ON CONFLICT (source) DO UPDATE SET value = excluded.value, at = excluded.at`, source, value, tx.now.Unix())
	return err
}

// BeginRun records that a source is being read.
func (db *DB) BeginRun(ctx context.Context, source string, started time.Time) error {
	_, err := db.Write(ctx, "", func(tx *Tx) error {
		_, err := tx.exec(`
			INSERT INTO run (source, started_at, problem) VALUES (?, ?, '')
			ON CONFLICT (source) DO UPDATE SET started_at = excluded.started_at`, source, started.Unix())
		return err
	})
	return wrapNoun(err, "%s", source)
}

// EndRun records how a run ended. One that ended well forgets the mails that the
// mailbox had last and no server had any more before it began; a problem gets a
// ledger line of its own.
func (db *DB) EndRun(ctx context.Context, source string, started time.Time, problem string) error {
	_, err := db.Write(ctx, "", func(tx *Tx) error {
		tx.touched("ledger")
		if err := tx.pruneLedger(source, started, problem); err != nil {
			return err
		}
		there, err := tx.count(`SELECT count(*) FROM run WHERE source = ?`, source)
		if err != nil || there == 0 {
			return err // removed meanwhile
		}
		if problem != "" {
			line := data.LedgerLine{Source: source, Started: started, Took: tx.now.Sub(started), OnServer: -1, Problem: problem}
			if err := tx.putLedgerLine(line); err != nil {
				return err
			}
			_, err := tx.exec(`UPDATE run SET problem = ? WHERE source = ?`, problem, source)
			return err
		}
		if _, err := tx.exec(`UPDATE run SET problem = '', finished_at = ? WHERE source = ?`, tx.now.Unix(), source); err != nil {
			return err
		}
		mailbox, err := one(tx.ctx, tx.sql, scanString, `SELECT id FROM mailbox WHERE 'mail:' || address = ?`, source)
		if err != nil {
			return noRows(err)
		}
		return tx.forgetDetached(mailbox, started.Unix())
	})
	return wrapNoun(err, "%s", source)
}

// ledgerKept is how long lines are kept that say something.
const ledgerKept = 400 * 24 * time.Hour

// pruneLedger takes away what older lines of a source say no longer: that there
// was nothing new, or that it failed as it does now. So a window that is open
// for months does not grow.
func (tx *Tx) pruneLedger(source string, started time.Time, problem string) error {
	_, err := tx.exec(`
		DELETE FROM ledger WHERE source = ?1 AND started < ?2 AND (started < ?3 OR (seen = 0 AND odd = '[]' AND problem IN ('', ?4)))`,
		source, started.UnixMilli(), started.Add(-ledgerKept).UnixMilli(), problem)
	return err
}

// PutRest records until when a source's server asked to be left alone, rounded up
// to a second. A source that was never read is passed over.
func (tx *Tx) PutRest(source string, until time.Time) error {
	_, err := tx.exec(`UPDATE run SET rest_until = ? WHERE source = ?`, restUntil(until), source)
	return wrapNoun(err, "%s", source)
}

// Rest is until when a source's server asked to be left alone; the zero time
// where it did not.
func (db *DB) Rest(ctx context.Context, source string) (time.Time, error) {
	until, err := one(ctx, db.read, scanInt64, `SELECT rest_until FROM run WHERE source = ?`, source)
	if isNotFound(err) || err == nil && until == 0 {
		return time.Time{}, nil
	}
	return timeOf(until), wrapNoun(err, "%s", source)
}

func restUntil(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.Add(time.Second - 1).Unix()
}

// Runs returns how every source stands: when it last finished well, what went
// wrong since, and until when its server asked to be left alone.
func (db *DB) Runs(ctx context.Context) ([]data.Status, error) {
	list, err := query(ctx, db.read, func(r row) (s data.Status, err error) {
		var at *int64
		var until int64
		if err := r.Scan(&s.Source, &at, &s.Problem, &until); err != nil {
			return s, err
		}
		if until > 0 {
			s.Until = timeOf(until)
		}
		if at != nil {
			s.At = timeOf(*at)
		}
		return s, nil
	}, `SELECT source, finished_at, problem, rest_until FROM run ORDER BY source`)
	return list, wrapNoun(err, "runs")
}

// FolderHolds are what is here of each folder of a mailbox, by its name.
func (db *DB) FolderHolds(ctx context.Context, mailbox string) (map[string]data.FolderHolds, error) {
	holds := map[string]data.FolderHolds{}
	for _, table := range []string{"location", "left_out", "unreadable"} {
		_, err := query(ctx, db.read, func(r row) (struct{}, error) {
			var folder string
			var n int
			err := r.Scan(&folder, &n)
			h := holds[folder]
			switch table {
			case "location":
				h.Here = n
			case "left_out":
				h.LeftOut = n
			default:
				h.Unreadable = n
			}
			holds[folder] = h
			return struct{}{}, err
		}, `SELECT folder, count(*) FROM `+table+` WHERE mailbox_id = ? GROUP BY folder`, mailbox)
		if err != nil {
			return nil, wrapNoun(err, "mailbox %s", mailbox)
		}
	}
	return holds, nil
}
