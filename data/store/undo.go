package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"rapport/data"
	"rapport/data/change"
)

// wayBack is how things were before a write: the fields of shareable things,
// and the rows of private ones.
type wayBack struct {
	Things []thingBefore `json:"things,omitempty"`
	Rows   []rowBefore   `json:"rows,omitempty"`
}

// thingBefore is a shareable thing before a write; Fields nil means that it was
// not there.
type thingBefore struct {
	Kind   string      `json:"kind"`
	ID     string      `json:"id"`
	Fields data.Fields `json:"fields"`
	// Recorded is when this laptop learned of it, unix seconds.
	Recorded int64 `json:"recorded"`
}

// tableOf is where the rows of a shareable kind are.
func tableOf(kind string) string {
	if _, isPart := data.PartKinds[kind]; isPart {
		return "part"
	}
	return kind
}

// rowBefore is a private row before a write; Values nil means that it was not
// there.
type rowBefore struct {
	Table  string         `json:"table"`
	Key    string         `json:"key"`
	Values map[string]any `json:"values"`
}

// privateKeys are the private tables whose rows can be undone, and their keys.
var privateKeys = map[string]string{
	"ignored": "pattern", "hand_filing": "place", "setting": "key", "draft": "id", "outbox": "id",
	"leave_out": "id", "share_exception": "key", "mailbox": "id", "intake": "id", "snooze": "about",
}

func (tx *Tx) keepWayBack(ref change.Ref, e change.Entity, have data.Fields) error {
	if tx.kept[ref] {
		return nil
	}
	tx.kept[ref] = true
	before := thingBefore{Kind: ref.Kind, ID: ref.ID}
	if len(e) > 0 && e.Fate() != change.Deleted {
		recorded, err := one(tx.ctx, tx.sql, scanInt64, `SELECT recorded_at FROM `+tableOf(ref.Kind)+` WHERE id = ?`, ref.ID)
		if noRows(err) != nil {
			return err
		}
		before.Fields, before.Recorded = have, recorded
	}
	tx.back.Things = append(tx.back.Things, before)
	return nil
}

// keepRow remembers a private row before it is written or deleted.
func (tx *Tx) keepRow(table, key string) error {
	rows, err := tx.sql.QueryContext(tx.ctx, `SELECT * FROM `+table+` WHERE `+privateKeys[table]+` = ?`, key)
	if err != nil {
		return err
	}
	defer rows.Close()
	before := rowBefore{Table: table, Key: key}
	if rows.Next() {
		names, err := rows.Columns()
		if err != nil {
			return err
		}
		values, into := make([]any, len(names)), make([]any, len(names))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			return err
		}
		before.Values = map[string]any{}
		for i, name := range names {
			before.Values[name] = values[i]
		}
	}
	tx.back.Rows = append(tx.back.Rows, before)
	return rows.Err()
}

func (tx *Tx) saveWayBack(label string) (Undo, error) {
	if label == "" || len(tx.back.Things)+len(tx.back.Rows) == 0 {
		return Undo{}, nil
	}
	if _, err := tx.exec(`DELETE FROM undo WHERE at < ?`, tx.now.Add(-undoKept).Unix()); err != nil {
		return Undo{}, err
	}
	if err := tx.joinWayBack(); err != nil {
		return Undo{}, err
	}
	result, err := tx.exec(`INSERT INTO undo (at, label, body) VALUES (?, ?, ?)`, tx.now.Unix(), label, asJSON(tx.back))
	if err != nil {
		return Undo{}, err
	}
	id, err := result.LastInsertId()
	return Undo{ID: id, Label: label}, err
}

// joinWayBack puts the way back of the write to be joined before this one's, in
// the order in which they happened.
func (tx *Tx) joinWayBack() error {
	if tx.join.ID == 0 {
		return nil
	}
	earlier, err := one(tx.ctx, tx.sql, scanUndone, `SELECT id, label, body FROM undo WHERE id = ? AND done_at IS NULL`, tx.join.ID)
	if isNotFound(err) {
		return nil
	}
	if err != nil {
		return err
	}
	tx.back = wayBack{Things: append(earlier.body.Things, tx.back.Things...), Rows: append(earlier.body.Rows, tx.back.Rows...)}
	_, err = tx.exec(`DELETE FROM undo WHERE id = ?`, earlier.id)
	return err
}

// Undo goes back behind a write and returns the way forward again. Later writes
// of the same things are not lost: their values are in the log, and this is one
// more change after them.
func (db *DB) Undo(ctx context.Context, id int64) (Undo, error) {
	return db.undo(ctx, func(tx *Tx) (undone, error) {
		return one(ctx, tx.sql, scanUndone, `SELECT id, label, body FROM undo WHERE id = ? AND done_at IS NULL`, id)
	})
}

// UndoLast goes back behind the latest write that was not undone yet, and says
// what it was; data.ErrNotFound when there is none.
func (db *DB) UndoLast(ctx context.Context) (Undo, error) {
	return db.undo(ctx, func(tx *Tx) (undone, error) {
		return one(ctx, tx.sql, scanUndone, `
			SELECT id, label, body FROM undo WHERE done_at IS NULL AND label NOT LIKE 'Undone: %' ORDER BY id DESC LIMIT 1`)
	})
}

type undone struct {
	id    int64
	label string
	body  wayBack
}

func scanUndone(r row) (u undone, err error) {
	var body string
	if err := r.Scan(&u.id, &u.label, &body); err != nil {
		return u, err
	}
	u.body, err = fromJSON[wayBack](body)
	return u, err
}

func (db *DB) undo(ctx context.Context, pick func(*Tx) (undone, error)) (Undo, error) {
	var u undone
	var kinds []string
	err := func() error {
		var err error
		_, kinds, err = db.transact(ctx, "", func(tx *Tx) error {
			if u, err = pick(tx); err != nil {
				return err
			}
			if err := tx.goBack(u.body); err != nil {
				return err
			}
			if _, err := tx.exec(`UPDATE undo SET done_at = ? WHERE id = ?`, tx.now.Unix(), u.id); err != nil {
				return err
			}
			forward := "Undone: " + u.label
			if plain, ok := strings.CutPrefix(u.label, "Undone: "); ok {
				forward = plain
			}
			way, err := tx.saveWayBack(forward)
			u.id = way.ID
			return err
		})
		return err
	}()
	if errors.As(err, new(*tooLate)) {
		db.settleUndo(ctx, u.id)
	}
	if err != nil {
		return Undo{}, wrapNoun(explain(err, db.dir), "undo")
	}
	db.watch.tell(Changed{Kinds: kinds})
	return Undo{ID: u.id, Label: u.label}, nil
}

// tooLate is a refusal to go back behind a write, for good.
type tooLate struct{ *data.Invalid }

func (e *tooLate) Unwrap() error { return e.Invalid }

// settleUndo takes a way back away that leads nowhere any more, so that the one
// before it can be gone. Where that fails the next try says the same again.
func (db *DB) settleUndo(ctx context.Context, id int64) {
	_, _ = db.Write(ctx, "", func(tx *Tx) error {
		_, err := tx.exec(`UPDATE undo SET done_at = ? WHERE id = ?`, tx.now.Unix(), id)
		return err
	})
}

func (tx *Tx) goBack(w wayBack) error {
	for _, t := range slices.Backward(w.Things) {
		if err := tx.restoreThing(t); err != nil {
			return err
		}
	}
	for _, r := range slices.Backward(w.Rows) {
		if err := tx.restoreRow(r); err != nil {
			return err
		}
	}
	return nil
}

func (tx *Tx) restoreThing(t thingBefore) error {
	switch t.Kind {
	case data.KindAccount:
		if t.Fields == nil {
			return tx.DeleteAccount(t.ID)
		}
		a := data.AccountOf(t.ID, t.Fields)
		a.RecordedAt = timeOf(t.Recorded)
		return tx.PutAccount(a)
	case data.KindContact:
		if t.Fields == nil {
			return tx.DeleteContact(t.ID)
		}
		c := data.ContactOf(t.ID, t.Fields)
		c.RecordedAt = timeOf(t.Recorded)
		return tx.PutContact(c)
	case data.KindInteraction:
		if t.Fields == nil {
			return tx.DeleteEntry(t.ID)
		}
		return tx.PutEntry(data.EntryOf(t.ID, t.Fields), timeOf(t.Recorded))
	}
	if _, isPart := data.PartKinds[t.Kind]; !isPart {
		return fmt.Errorf("bug: %s cannot be undone", t.Kind)
	}
	if t.Fields == nil {
		return noRows(tx.deletePart(t.Kind, t.ID)) // what came and went within one write is not there already
	}
	_, err := tx.putPart(t.Kind, t.ID, t.Fields, timeOf(t.Recorded))
	return err
}

func (tx *Tx) restoreRow(r rowBefore) error {
	key, ok := privateKeys[r.Table]
	if !ok {
		return fmt.Errorf("bug: table %s cannot be undone", r.Table)
	}
	if err := tx.keepRow(r.Table, r.Key); err != nil {
		return err
	}
	if err := tx.beforeRestore(r); err != nil {
		return err
	}
	tx.touched(r.Table)
	if r.Table == "mailbox" {
		return tx.restoreChoice(r)
	}
	if _, err := tx.exec(`DELETE FROM `+r.Table+` WHERE `+key+` = ?`, r.Key); err != nil || r.Values == nil {
		return err
	}
	var names, marks []string
	var values []any
	for name, value := range r.Values {
		if f, isFloat := value.(float64); isFloat {
			value = int64(f)
		}
		names, marks, values = append(names, name), append(marks, "?"), append(values, value)
	}
	_, err := tx.exec(`INSERT INTO `+r.Table+` (`+strings.Join(names, ", ")+`) VALUES (`+strings.Join(marks, ", ")+`)`, values...)
	return err
}

// beforeRestore does what going back to an earlier row asks for, or refuses it.
func (tx *Tx) beforeRestore(r rowBefore) error {
	switch r.Table {
	case "outbox":
		return tx.mayCallBack(r.Key)
	case "leave_out":
		return tx.beforeLeaveOut(r)
	case "ignored":
		tx.db.known.forget()
		tx.refilePattern(r.Key)
	case "hand_filing":
		tx.db.known.forget()
		tx.refileEntries[entryOfPlace(r.Key)] = true
	case "setting":
		tx.db.known.forget()
		value, _ := r.Values["value"].(string)
		return tx.refileSetting(r.Key, value)
	}
	return nil
}
