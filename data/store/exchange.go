package store

import (
	"context"

	"rapport/data"
)

// exchangesKept is how many past exchanges of a space are kept.
const exchangesKept = 200

// PutExchange keeps, as of now, how an exchange of a space went. One that is like the
// one before is counted with it; of the others the latest 200 are kept.
func (tx *Tx) PutExchange(space string, e data.Exchange) error {
	type last struct {
		id int
		e  data.Exchange
	}
	before, err := one(tx.ctx, tx.sql, func(r row) (l last, err error) {
		err = r.Scan(&l.id, &l.e.Way, &l.e.Came, &l.e.Sent, &l.e.KeptOut, &l.e.Refused, &l.e.Problem)
		return l, err
	}, `SELECT id, way, came, sent, kept_out, refused, problem FROM exchange WHERE space_id = ? ORDER BY id DESC LIMIT 1`, space)
	if noRows(err) != nil {
		return wrapNoun(err, "exchanges of %s", space)
	}
	tx.touched("space")
	now := tx.now.Unix()
	if err == nil && before.e.Like(e) {
		_, err = tx.exec(`UPDATE exchange SET until = ?, times = times + 1 WHERE id = ?`, now, before.id)
		return wrapNoun(err, "exchanges of %s", space)
	}
	if _, err := tx.exec(`INSERT INTO exchange (space_id, way, at, until, times, came, sent, kept_out, refused, reasons, problem) VALUES (?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?)`,
		space, e.Way, now, now, e.Came, e.Sent, e.KeptOut, e.Refused, listJSON(e.Reasons), e.Problem); err != nil {
		return wrapNoun(err, "exchanges of %s", space)
	}
	_, err = tx.exec(`DELETE FROM exchange WHERE space_id = ?1 AND id NOT IN (SELECT id FROM exchange WHERE space_id = ?1 ORDER BY id DESC LIMIT ?2)`, space, exchangesKept)
	return wrapNoun(err, "exchanges of %s", space)
}

// Exchanges are the past exchanges of a space, the latest first.
func (db *DB) Exchanges(ctx context.Context, space string) ([]data.Exchange, error) {
	list, err := query(ctx, db.read, func(r row) (e data.Exchange, err error) {
		var at, until int64
		var reasons string
		if err = r.Scan(&e.Way, &at, &until, &e.Times, &e.Came, &e.Sent, &e.KeptOut, &e.Refused, &reasons, &e.Problem); err != nil {
			return e, err
		}
		e.At, e.Until = timeOf(at), timeOf(until)
		e.Reasons, err = fromJSON[[]data.Count](reasons)
		return e, err
	}, `SELECT way, at, until, times, came, sent, kept_out, refused, reasons, problem FROM exchange WHERE space_id = ? ORDER BY id DESC`, space)
	return list, wrapNoun(err, "exchanges of %s", space)
}
