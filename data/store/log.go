package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"rapport/data"
	"rapport/data/change"
)

// localSpace is the ID of this laptop's own space in this file.
const localSpace = "local"

// schemaOfChanges is the version of the names that this program writes.
const schemaOfChanges = 1

// openLog makes the local space on first use, and starts a new log where the
// file was written by another installation or lies in another folder: two
// laptops that go on under one log would lose edits.
func (db *DB) openLog(ctx context.Context, instance string) error {
	tx, err := db.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(ctx, `
		INSERT INTO space (id, name, kind, id_key, created_at) VALUES (?, 'This laptop', 'local', ?, ?)
		ON CONFLICT DO NOTHING`, localSpace, randomKey(), db.now().Unix()); err != nil {
		return err
	}
	var have string
	err = tx.QueryRowContext(ctx, `SELECT instance FROM own_log WHERE space_id = ?`, localSpace).Scan(&have)
	if err == nil && have == instance {
		return nil
	}
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	if _, err := tx.ExecContext(ctx, `
		INSERT INTO own_log (space_id, log, instance, at, told) VALUES (?, ?, ?, 0, '{}')
		ON CONFLICT (space_id) DO UPDATE SET log = excluded.log, instance = excluded.instance, told = '{}'`,
		localSpace, NewID(), instance); err != nil {
		return err
	}
	return tx.Commit()
}

func randomKey() []byte {
	key := make([]byte, 32)
	rand.Read(key)
	return key
}

// openAuthor reads the author of the local log within the transaction, since a
// command beside the window writes the same log.
func (tx *Tx) openAuthor() (*change.Author, error) {
	if tx.author != nil {
		return tx.author, nil
	}
	a := &change.Author{Actor: tx.actor, Schema: schemaOfChanges, Have: change.Vector{}}
	var at int64
	var told string
	err := tx.sql.QueryRowContext(tx.ctx, `SELECT log, at, told FROM own_log WHERE space_id = ?`, localSpace).Scan(&a.Log, &at, &told)
	if err != nil {
		return nil, fmt.Errorf("change log: %w", err)
	}
	a.At = change.HLC(at)
	if a.Told, err = fromJSON[change.Vector](told); err != nil {
		return nil, fmt.Errorf("change log: %w", err)
	}
	rows, err := tx.sql.QueryContext(tx.ctx, `SELECT log, counter FROM seen WHERE space_id = ?`, localSpace)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var d change.Dot
		if err := rows.Scan(&d.Log, &d.Counter); err != nil {
			return nil, err
		}
		a.Have.Add(d)
	}
	tx.author = a
	return a, rows.Err()
}

// saveAuthor keeps how far the log has come, with the changes it made.
func (tx *Tx) saveAuthor() error {
	a := tx.author
	if a == nil || a.Have[a.Log] == 0 {
		return nil
	}
	if _, err := tx.exec(`UPDATE own_log SET at = ?, told = ? WHERE space_id = ?`, int64(a.At), asJSON(a.Told), localSpace); err != nil {
		return err
	}
	_, err := tx.exec(`
		INSERT INTO seen (space_id, log, counter) VALUES (?, ?, ?)
		ON CONFLICT (space_id, log) DO UPDATE SET counter = excluded.counter`, localSpace, a.Log, a.Have[a.Log])
	return err
}

// entity loads the registers of one thing.
func (tx *Tx) entity(ref change.Ref) (change.Entity, error) {
	rows, err := tx.stmt(`
		SELECT part, field, log, counter, at, actor, op, value, over FROM version
		WHERE space_id = ? AND kind = ? AND entity = ?
		ORDER BY part, field, at < 0 DESC, at DESC, log DESC, counter DESC`).QueryContext(tx.ctx, localSpace, ref.Kind, ref.ID)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	e := change.Entity{}
	for rows.Next() {
		var slot change.Slot
		var v change.Version
		var at int64
		var over string
		if err := rows.Scan(&slot.Part, &slot.Name, &v.Log, &v.Counter, &at, &v.Actor, &v.Op, &v.Value, &over); err != nil {
			return nil, err
		}
		v.At = change.HLC(at)
		if over != "" {
			if v.Over, err = fromJSON[change.Vector](over); err != nil {
				return nil, err
			}
		}
		e[slot] = append(e[slot], v)
	}
	return e, rows.Err()
}

// apply records a change: the log's line and the register it touches.
func (tx *Tx) apply(e change.Entity, c change.Change) error {
	body, err := c.Encode()
	if err != nil {
		return err
	}
	if _, err := tx.exec(`
		INSERT INTO change (space_id, log, counter, kind, entity, body, recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
		localSpace, c.Log, c.Counter, c.Entity.Kind, c.Entity.ID, string(body), tx.recordedAt(tx.learned)); err != nil {
		return err
	}
	slot := c.Slot()
	e[slot] = e[slot].Apply(c)
	if len(c.Over) > 0 {
		if _, err := tx.exec(`DELETE FROM version WHERE space_id = ? AND kind = ? AND entity = ? AND part = ? AND field = ?`,
			localSpace, c.Entity.Kind, c.Entity.ID, string(slot.Part), slot.Name); err != nil {
			return err
		}
		for _, v := range e[slot] {
			if err := tx.putVersion(c.Entity, slot, v); err != nil {
				return err
			}
		}
		return nil
	}
	for _, v := range e[slot] {
		if v.Dot == c.Dot {
			return tx.putVersion(c.Entity, slot, v)
		}
	}
	return nil
}

func (tx *Tx) putVersion(ref change.Ref, slot change.Slot, v change.Version) error {
	over := ""
	if len(v.Over) > 0 {
		over = asJSON(v.Over)
	}
	_, err := tx.exec(`
		INSERT INTO version (space_id, kind, entity, part, field, log, counter, at, actor, op, value, over)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		localSpace, ref.Kind, ref.ID, string(slot.Part), slot.Name, v.Log, v.Counter, int64(v.At), v.Actor, string(v.Op), v.Value, over)
	return err
}

// record writes the fields of one thing as changes: a set for each register
// whose value differs, an undelete where the thing was deleted. Registers that
// this version does not know are left alone. It keeps the way back for undo and
// returns the fields as they are now.
func (tx *Tx) record(kind, id string, want data.Fields) (data.Fields, error) {
	return tx.recordLearned(kind, id, want, time.Time{})
}

// recordLearned is record of what became known at a time: a thing that is new
// here and is brought in with its history is replayed from then on. The zero
// time is now; of what is known already only now can change it.
func (tx *Tx) recordLearned(kind, id string, want data.Fields, learned time.Time) (data.Fields, error) {
	author, err := tx.openAuthor()
	if err != nil {
		return nil, err
	}
	ref := change.Ref{Kind: kind, ID: id}
	e, err := tx.entity(ref)
	if err != nil {
		return nil, err
	}
	if len(e) == 0 {
		tx.learned = learned
		defer func() { tx.learned = time.Time{} }()
	}
	have := shownFields(kind, e)
	if err := tx.keepWayBack(ref, e, have); err != nil {
		return nil, err
	}
	if e.Fate() == change.Deleted {
		if err := tx.apply(e, author.Undelete(tx.now, ref, e[change.Slot{Part: change.Life}])); err != nil {
			return nil, err
		}
	}
	for name := range have {
		if _, kept := want[name]; !kept {
			if err := tx.apply(e, author.Set(tx.now, ref, name, "", e.Field(name))); err != nil {
				return nil, err
			}
		}
	}
	for _, name := range sortedNames(want) {
		if have[name] == want[name] {
			continue
		}
		if err := tx.apply(e, author.Set(tx.now, ref, name, want[name], e.Field(name))); err != nil {
			return nil, err
		}
	}
	return shownFields(kind, e), nil
}

// bury marks one thing deleted.
func (tx *Tx) bury(kind, id string) error {
	author, err := tx.openAuthor()
	if err != nil {
		return err
	}
	ref := change.Ref{Kind: kind, ID: id}
	e, err := tx.entity(ref)
	if err != nil {
		return err
	}
	if err := tx.keepWayBack(ref, e, shownFields(kind, e)); err != nil {
		return err
	}
	return tx.apply(e, author.Delete(tx.now, ref, e))
}

// shownFields are the values that a register file shows: of a single field the
// highest version, of a set's member whether anybody has it in.
func shownFields(kind string, e change.Entity) data.Fields {
	f := data.Fields{}
	for slot, r := range e {
		if slot.Part != change.Field || !data.KnownField(kind, slot.Name) {
			continue
		}
		value := r.Shown().Value
		if strings.Contains(slot.Name, "/") && value == "" && r.Present() {
			for _, v := range r {
				if v.Value != "" {
					value = v.Value
					break
				}
			}
		}
		if value != "" {
			f[slot.Name] = value
		}
	}
	return f
}

// ActorHere is the actor of whoever writes at this laptop.
const ActorHere = "me"

// LastChange is who changed a thing last, and when this laptop recorded it.
type LastChange struct {
	At    time.Time
	Actor string
}

// LastChange returns the last change of a thing after one moment and by another;
// false where there is none.
func (db *DB) LastChange(ctx context.Context, kind, id string, after, by time.Time) (c LastChange, ok bool, err error) {
	c, err = one(ctx, db.read, func(r row) (c LastChange, err error) {
		var at int64
		err = r.Scan(&at, &c.Actor)
		c.At = timeOf(at)
		return c, err
	}, `SELECT recorded_at, coalesce(body ->> 'actor', '') FROM change WHERE entity = ? AND kind = ? AND recorded_at > ? AND recorded_at <= ?
		ORDER BY recorded_at DESC, log DESC, counter DESC LIMIT 1`, id, kind, after.Unix(), by.Unix())
	if isNotFound(err) {
		return c, false, nil
	}
	return c, err == nil, wrapNoun(err, "%s %s", kind, id)
}

// History is one recorded change of a thing.
type History struct {
	At     time.Time // when this laptop recorded it
	Change change.Change
}

// History lists the changes of one thing, oldest first.
func (db *DB) History(ctx context.Context, kind, id string) ([]History, error) {
	return query(ctx, db.read, func(r row) (h History, err error) {
		var at int64
		var body string
		if err := r.Scan(&at, &body); err != nil {
			return h, err
		}
		h.At = timeOf(at)
		h.Change, err = change.Decode([]byte(body))
		return h, err
	}, `SELECT recorded_at, body FROM change WHERE entity = ? AND kind = ? ORDER BY recorded_at, log, counter`, id, kind)
}

func refOf(kind, id string) change.Ref { return change.Ref{Kind: kind, ID: id} }

// inReader runs do with a read-only transaction, for questions that need more
// than one look at the same state.
func (db *DB) inReader(ctx context.Context, do func(*Tx) error) error {
	begun, err := db.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return err
	}
	defer begun.Rollback()
	return do(&Tx{ctx: ctx, db: db, sql: begun, now: db.now(), stmts: map[string]*sql.Stmt{}})
}
