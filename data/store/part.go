package store

import (
	"context"
	"slices"
	"strings"
	"time"

	"rapport/data"
)

// PutPart keeps a part of any kind, new or changed; an empty ID asks for a new
// one. It returns the part as it was kept.
func PutPart[T data.Part](tx *Tx, p T) (T, error) {
	b := p.Belonging()
	if b.ID == "" {
		b.ID = NewID()
	}
	if err := p.Check(); err != nil {
		return p, err
	}
	fields, err := tx.putPart(p.PartKind(), b.ID, data.PartFields(p), b.RecordedAt)
	if err != nil {
		return p, wrapNoun(err, "%s %s", p.PartKind(), b.ID)
	}
	if b.RecordedAt.IsZero() {
		b.RecordedAt = tx.now
	}
	return data.PartOf[T](b.ID, fields, b.RecordedAt), nil
}

// PutAnyPart is PutPart for those who hold parts of several kinds.
func (tx *Tx) PutAnyPart(p data.Part) error {
	if err := p.Check(); err != nil {
		return err
	}
	b := p.Belonging()
	if b.ID == "" {
		b.ID = NewID()
	}
	_, err := tx.putPart(p.PartKind(), b.ID, data.PartFields(p), b.RecordedAt)
	return wrapNoun(err, "%s %s", p.PartKind(), b.ID)
}

// DeleteAnyPart is DeletePart for those who hold parts of several kinds.
func (tx *Tx) DeleteAnyPart(p data.Part) error {
	id := p.Belonging().ID
	return wrapNoun(tx.deletePart(p.PartKind(), id), "%s %s", p.PartKind(), id)
}

// DeletePart takes a part away.
func DeletePart[T data.Part](tx *Tx, p T) error {
	return tx.DeleteAnyPart(p)
}

func (tx *Tx) putPart(kind, id string, want data.Fields, learned time.Time) (data.Fields, error) {
	fields, err := tx.recordLearned(kind, id, want, learned)
	if err != nil {
		return nil, err
	}
	return fields, tx.projectPart(kind, id, fields, learned)
}

func (tx *Tx) projectPart(kind, id string, f data.Fields, learned time.Time) error {
	tx.touched(kind)
	if err := tx.touchedPart(kind, id, f["account"], f["contact"]); err != nil {
		return err
	}
	tx.refileDebriefed(kind, f["interaction"])
	due, open := data.StandingOf(kind, f)
	_, err := tx.exec(`
		INSERT INTO part (id, space_id, kind, account_id, contact_id, interaction_id, due, open, fields, recorded_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET account_id = excluded.account_id, contact_id = excluded.contact_id,
			interaction_id = excluded.interaction_id, due = excluded.due, open = excluded.open, fields = excluded.fields`,
		id, localSpace, kind, f["account"], f["contact"], f["interaction"], due, open, asJSON(f), tx.recordedAt(learned))
	if err != nil || !isLearned(kind) {
		return err
	}
	return tx.indexLearned(kind, id, f)
}

func (tx *Tx) deletePart(kind, id string) error {
	if _, err := one(tx.ctx, tx.sql, scanInt, `SELECT n FROM part WHERE kind = ? AND id = ?`, kind, id); err != nil {
		return err
	}
	if err := tx.bury(kind, id); err != nil {
		return err
	}
	return tx.hidePart(kind, id)
}

func (tx *Tx) hidePart(kind, id string) error {
	tx.touched(kind)
	if err := tx.touchedPart(kind, id); err != nil {
		return err
	}
	meeting, err := one(tx.ctx, tx.sql, scanString, `SELECT interaction_id FROM part WHERE kind = ? AND id = ?`, kind, id)
	if err != nil {
		return err
	}
	tx.refileDebriefed(kind, meeting)
	if isLearned(kind) {
		if err := tx.unindexLearned(kind, id); err != nil {
			return err
		}
	}
	_, err = tx.exec(`DELETE FROM part WHERE kind = ? AND id = ?`, kind, id)
	return err
}

// touchedPart notes whose part changes: those it belongs to so far, and those
// named.
func (tx *Tx) touchedPart(kind, id string, named ...string) error {
	if !tx.noted || !slices.Contains(standingKinds, kind) {
		return nil
	}
	type pair struct{ account, contact string }
	were, err := query(tx.ctx, prepared{tx}, func(r row) (p pair, err error) {
		err = r.Scan(&p.account, &p.contact)
		return p, err
	}, `SELECT account_id, contact_id FROM part WHERE kind = ? AND id = ?`, kind, id)
	if len(named) == 2 {
		were = append(were, pair{named[0], named[1]})
	}
	for _, p := range were {
		tx.people.accounts[p.account], tx.people.contacts[p.contact] = true, true
	}
	return err
}

// PartQuery narrows a question for parts. The zero value asks for all.
type PartQuery struct {
	Account     string
	Contact     string
	Interaction string
	Open        bool   // only what is open
	DueBefore   string // only what is due before this date; what has no date is left out
}

// Parts returns the parts of one kind, those that are due first, first; what has
// no date comes last, then by when it was recorded.
func Parts[T data.Part](ctx context.Context, db *DB, q PartQuery) ([]T, error) {
	return partsIn[T](ctx, db.read, q)
}

// PartsIn is Parts as they are within a write.
func PartsIn[T data.Part](tx *Tx, q PartQuery) ([]T, error) { return partsIn[T](tx.ctx, tx.sql, q) }

func partsIn[T data.Part](ctx context.Context, from asker, q PartQuery) ([]T, error) {
	var empty T
	where, args := []string{`kind = ?`}, []any{empty.PartKind()}
	narrow := func(condition string, value string) {
		if value != "" {
			where, args = append(where, condition), append(args, value)
		}
	}
	narrow(`account_id = ?`, q.Account)
	narrow(`contact_id = ?`, q.Contact)
	narrow(`interaction_id = ?`, q.Interaction)
	narrow(`due <> '' AND due < ?`, q.DueBefore)
	if q.Open {
		where = append(where, `open = 1`)
	}
	list, err := query(ctx, from, scanPart[T], `
		SELECT id, fields, recorded_at FROM part WHERE `+strings.Join(where, ` AND `)+`
		ORDER BY due = '', due, recorded_at, id`, args...)
	return list, wrapNoun(err, "%s", empty.PartKind())
}

// HasOverdue says whether a part of a kind that is open is over its date on a day of
// now's zone.
func (db *DB) HasOverdue(ctx context.Context, kind string, now time.Time) (bool, error) {
	n, err := one(ctx, db.read, scanInt, `SELECT EXISTS (SELECT 1 FROM part WHERE kind = ? AND open = 1 AND due <> '' AND due < ?)`, kind, now.Format(time.DateOnly))
	return n > 0, wrapNoun(err, "%s", kind)
}

// PartByID returns one part, or data.ErrNotFound.
func PartByID[T data.Part](ctx context.Context, db *DB, id string) (T, error) {
	var empty T
	p, err := one(ctx, db.read, scanPart[T], `SELECT id, fields, recorded_at FROM part WHERE kind = ? AND id = ?`, empty.PartKind(), id)
	return p, wrapNoun(err, "%s %s", empty.PartKind(), id)
}

func scanPart[T data.Part](r row) (p T, err error) {
	var id, fields string
	var at int64
	if err := r.Scan(&id, &fields, &at); err != nil {
		return p, err
	}
	f, err := fromJSON[data.Fields](fields)
	if err != nil {
		return p, err
	}
	return data.PartOf[T](id, f, timeOf(at)), nil
}

// PartsAsKnown returns the parts of one kind as this laptop knew them at a
// moment: what was recorded later does not count, what was deleted later does.
// An empty account asks for those of all.
func PartsAsKnown[T data.Part](ctx context.Context, db *DB, account string, at time.Time) ([]T, error) {
	return partsAt[T](ctx, db.Past(account), account, at)
}
