package store

import _ "embed"

//go:embed observing.sql
var observing string

// observe makes the triggers of observing.sql, where they are not there yet.
func (tx *Tx) observe() error {
	if tx.observes {
		return nil
	}
	n, err := tx.count(`SELECT count(*) FROM sqlite_schema WHERE name = 'observe_match'`)
	if err == nil && n == 0 {
		_, err = tx.sql.ExecContext(tx.ctx, observing)
	}
	tx.observes = err == nil
	return err
}
