package store

import (
	"context"
	"time"

	"rapport/data"
)

// Debrief returns what came of a meeting; the zero value with its ID where nobody
// wrote anything.
func (db *DB) Debrief(ctx context.Context, meeting string) (data.Debrief, error) {
	d, err := PartByID[data.Debrief](ctx, db, data.DebriefID(meeting))
	if isNotFound(err) {
		return data.Debrief{Belongs: data.Belongs{ID: data.DebriefID(meeting), Interaction: meeting}}, nil
	}
	return d, err
}

// PutOutcome keeps what came of a meeting: its debrief, the promises of both
// sides and the next steps.
func (tx *Tx) PutOutcome(c data.Conclusion) error {
	if _, err := PutPart(tx, c.Debrief); err != nil {
		return err
	}
	for _, p := range c.Promises {
		if _, err := PutPart(tx, p); err != nil {
			return err
		}
	}
	for _, s := range c.Steps {
		if _, err := PutPart(tx, s); err != nil {
			return err
		}
	}
	return nil
}

// Conclude understands what people wrote after a meeting, by whoever sits here, and
// keeps it beside what was written before.
func (tx *Tx) Conclude(o data.Outcome, m data.Agenda, now time.Time) error {
	have, err := one(tx.ctx, tx.sql, scanPart[data.Debrief], `SELECT id, fields, recorded_at FROM part WHERE kind = ? AND id = ?`, data.KindDebrief, data.DebriefID(m.ID))
	if noRows(err) != nil {
		return err
	}
	if o.By == "" {
		if o.By, err = one(tx.ctx, tx.sql, scanString, `SELECT value FROM setting WHERE key = ?`, SettingUserName); noRows(err) != nil {
			return err
		}
	}
	return tx.PutOutcome(data.Understand(o, m, have, now))
}

// Preparation returns what was written for a meeting before it; the zero value
// with its ID where nobody wrote anything.
func (db *DB) Preparation(ctx context.Context, meeting string) (data.Preparation, error) {
	p, err := PartByID[data.Preparation](ctx, db, data.PreparationID(meeting))
	if isNotFound(err) {
		return data.Preparation{Belongs: data.Belongs{ID: data.PreparationID(meeting), Interaction: meeting}}, nil
	}
	return p, err
}

// refileDebriefed asks for a meeting to be filed anew where what came of it
// changes: somebody said who was there.
func (tx *Tx) refileDebriefed(kind, meeting string) {
	if kind == data.KindDebrief && meeting != "" {
		tx.refileEntries[meeting] = true
	}
}

// attended are the people of a meeting's date, as invited and as somebody said
// afterwards.
func (tx *Tx) attended(k data.Known, o data.Occurrence) ([]data.Participant, error) {
	people := data.AttendeesOf(o, k)
	fields, err := one(tx.ctx, prepared{tx}, scanString, `SELECT fields FROM part WHERE id = ?`, data.DebriefID(o.ID))
	if isNotFound(err) {
		return people, nil
	}
	if err != nil {
		return nil, err
	}
	f, err := fromJSON[data.Fields](fields)
	return data.Attended(people, data.PartOf[data.Debrief](data.DebriefID(o.ID), f, tx.now), k), err
}
