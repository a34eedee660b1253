package store

import (
	"context"
	"crypto/rand"
	"database/sql"
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
	if _, err := tx.ExecContext(ctx, `
		INSERT INTO own_log (space_id, log, instance, at, told) VALUES (?, ?, ?, 0, '{}') ON CONFLICT DO NOTHING`,
		localSpace, NewID(), instance); err != nil {
		return err
	}
	copied, err := query(ctx, tx, func(r row) (l ownLog, err error) {
		err = r.Scan(&l.space, &l.log, &l.instance)
		return l, err
	}, `SELECT space_id, log, instance FROM own_log WHERE instance <> ? ORDER BY space_id = ? DESC`, instance, localSpace)
	if err != nil {
		return err
	}
	if len(copied) > 0 {
		if err := keepFolder(ctx, tx, copied[0].instance, instance); err != nil {
			return err
		}
	}
	for _, l := range copied {
		if _, err := tx.ExecContext(ctx, `UPDATE own_log SET log = ?, instance = ?, told = '{}' WHERE space_id = ?`, l.anew(), instance, l.space); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// ownLog is the log that this installation writes for a space.
type ownLog struct{ space, log, instance string }

// anew is the name of the log that comes after: in a team's space it begins with
// the same device, which the signatures are checked by.
func (l ownLog) anew() string {
	if device, _, ok := strings.Cut(l.log, "-"); ok {
		return device + "-" + NewID()[:13] // 65 bits, as sync/team's Device.NewLog
	}
	return NewID()
}

func randomKey() []byte {
	key := make([]byte, 32)
	rand.Read(key)
	return key
}

// author reads the author of a space's log within the transaction, since a
// command beside the window writes the same log.
func (tx *Tx) author(space string) (*change.Author, error) {
	if a, ok := tx.authors[space]; ok {
		return a, nil
	}
	a := &change.Author{Actor: tx.actor, Schema: schemaOfChanges}
	var at int64
	var told, self string
	err := tx.sql.QueryRowContext(tx.ctx, `SELECT o.log, o.at, o.told, s.self FROM own_log o JOIN space s ON s.id = o.space_id WHERE o.space_id = ?`, space).
		Scan(&a.Log, &at, &told, &self)
	if err != nil {
		return nil, fmt.Errorf("change log: %w", err)
	}
	if self != "" {
		a.Actor = self
	}
	a.At = change.HLC(at)
	if a.Told, err = fromJSON[change.Vector](told); err != nil {
		return nil, fmt.Errorf("change log: %w", err)
	}
	if a.Have, err = seenIn(tx.ctx, tx.sql, space); err != nil {
		return nil, err
	}
	tx.authors[space] = a
	return a, nil
}

// mayWrite is the author of a space, if the member that we are there may write
// things of the kind: what others would keep out is not even written.
func (tx *Tx) mayWrite(space, kind string) (*change.Author, error) {
	if space == localSpace {
		return tx.author(space)
	}
	type is struct {
		name string
		data.Rights
	}
	self, err := one(tx.ctx, prepared{tx}, func(r row) (s is, err error) {
		err = r.Scan(&s.name, &s.In, &s.Side, &s.Role)
		return s, err
	}, `SELECT s.name, s.kind, m.side, m.role FROM space s JOIN member m ON m.space_id = s.id AND m.id = s.self WHERE s.id = ?`, space)
	if err != nil {
		return nil, wrapNoun(err, "member of the space %s", space)
	}
	switch {
	case self.Role == "":
		return nil, &data.Invalid{Field: "space", Says: "you are no longer a member of " + self.name + ", so this can be read and not changed"}
	case self.Guest() && self.Role != data.Reader && !self.MayWrite(kind):
		return nil, &data.Invalid{Field: "space", Says: "you are a guest of " + self.name + ": you can answer to what was put there, and change nothing else"}
	case !self.MayWrite(kind):
		return nil, &data.Invalid{Field: "space", Says: "you are a " + string(self.Role) + " of " + self.name + ", so this can be read and not changed; ask an owner for another role"}
	}
	return tx.author(space)
}

// seenIn is what was applied of a space.
func seenIn(ctx context.Context, from asker, space string) (change.Vector, error) {
	dots, err := query(ctx, from, func(r row) (d change.Dot, err error) {
		err = r.Scan(&d.Log, &d.Counter)
		return d, err
	}, `SELECT log, counter FROM seen WHERE space_id = ?`, space)
	have := change.Vector{}
	for _, d := range dots {
		have.Add(d)
	}
	return have, err
}

// saveAuthors keeps how far the logs have come, with the changes they made.
func (tx *Tx) saveAuthors() error {
	for space, a := range tx.authors {
		if a.Have[a.Log] == 0 {
			continue
		}
		if _, err := tx.exec(`UPDATE own_log SET at = ?, told = ? WHERE space_id = ?`, int64(a.At), asJSON(a.Told), space); err != nil {
			return err
		}
		if err := tx.sawUpTo(space, change.Dot{Log: a.Log, Counter: a.Have[a.Log]}); err != nil {
			return err
		}
	}
	return nil
}

func (tx *Tx) sawUpTo(space string, d change.Dot) error {
	_, err := tx.exec(`
		INSERT INTO seen (space_id, log, counter) VALUES (?, ?, ?)
		ON CONFLICT (space_id, log) DO UPDATE SET counter = excluded.counter`, space, d.Log, d.Counter)
	return err
}

// entity loads the registers of one thing, as the space that it is in has them.
func (tx *Tx) entity(ref change.Ref) (change.Entity, error) {
	space, err := tx.homeOf(ref)
	if err != nil {
		return nil, err
	}
	return tx.entityIn(space, ref)
}

func (tx *Tx) entityIn(space string, ref change.Ref) (change.Entity, error) {
	return tx.registersIn("version", space, ref)
}

// registersIn are the registers of a thing in a table of versions.
func (tx *Tx) registersIn(table, space string, ref change.Ref) (change.Entity, error) {
	rows, err := tx.stmt(`
		SELECT part, field, log, counter, at, actor, op, value, over FROM `+table+`
		WHERE space_id = ? AND kind = ? AND entity = ?
		ORDER BY part, field, at < 0 DESC, at DESC, log DESC, counter DESC`).QueryContext(tx.ctx, space, ref.Kind, ref.ID)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	e := change.Entity{}
	for rows.Next() {
		var slot change.Slot
		v, err := scanVersion(rows, &slot.Part, &slot.Name)
		if err != nil {
			return nil, err
		}
		e[slot] = append(e[slot], v)
	}
	return e, rows.Err()
}

// scanVersion reads a version from the columns log to over, after others.
func scanVersion(r row, before ...any) (v change.Version, err error) {
	var at int64
	var over string
	if err := r.Scan(append(before, &v.Log, &v.Counter, &at, &v.Actor, &v.Op, &v.Value, &over)...); err != nil {
		return v, err
	}
	v.At = change.HLC(at)
	if over != "" {
		v.Over, err = fromJSON[change.Vector](over)
	}
	return v, err
}

// apply records a change of a space: the log's line and the register it touches.
func (tx *Tx) apply(space string, e change.Entity, c change.Change) error {
	if err := tx.putChange(space, c, ""); err != nil {
		return err
	}
	slot := c.Slot()
	e[slot] = e[slot].Apply(c)
	if len(c.Over) > 0 {
		return tx.putRegister(space, c.Entity, slot, e[slot])
	}
	for _, v := range e[slot] {
		if v.Dot == c.Dot {
			return tx.putVersion(space, c.Entity, slot, v)
		}
	}
	return nil
}

// putChange keeps the log's line of a change; why is what keeps it out.
func (tx *Tx) putChange(space string, c change.Change, why string) error {
	body, err := c.Encode()
	if err != nil {
		return err
	}
	_, err = tx.exec(`
		INSERT INTO change (space_id, log, counter, kind, entity, body, recorded_at, kept_out) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		space, c.Log, c.Counter, c.Entity.Kind, c.Entity.ID, string(body), tx.recordedAt(tx.learned), why)
	return err
}

// putRegister writes a register in place of what it was.
func (tx *Tx) putRegister(space string, ref change.Ref, slot change.Slot, r change.Register) error {
	if err := tx.clearRegister(space, ref, slot); err != nil {
		return err
	}
	for _, v := range r {
		if err := tx.putVersion(space, ref, slot, v); err != nil {
			return err
		}
	}
	return nil
}

func (tx *Tx) clearRegister(space string, ref change.Ref, slot change.Slot) error {
	_, err := tx.exec(`DELETE FROM version WHERE space_id = ? AND kind = ? AND entity = ? AND part = ? AND field = ?`,
		space, ref.Kind, ref.ID, string(slot.Part), slot.Name)
	return err
}

func (tx *Tx) putVersion(space string, ref change.Ref, slot change.Slot, v change.Version) error {
	over := ""
	if len(v.Over) > 0 {
		over = asJSON(v.Over)
	}
	_, err := tx.exec(`
		INSERT INTO version (space_id, kind, entity, part, field, log, counter, at, actor, op, value, over)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		space, ref.Kind, ref.ID, string(slot.Part), slot.Name, v.Log, v.Counter, int64(v.At), v.Actor, string(v.Op), v.Value, over)
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
	ref := change.Ref{Kind: kind, ID: id}
	space, err := tx.homeFor(ref, want)
	if err != nil {
		return nil, err
	}
	e, err := tx.entityIn(space, ref)
	if err != nil {
		return nil, err
	}
	if len(e) == 0 {
		tx.learned = learned
		defer func() { tx.learned = time.Time{} }()
	}
	if err := tx.keepWayBack(ref, e, shownFields(kind, e)); err != nil {
		return nil, err
	}
	return tx.recordIn(space, ref, e, want)
}

// recordIn writes the fields of one thing to a space's log.
func (tx *Tx) recordIn(space string, ref change.Ref, e change.Entity, want data.Fields) (data.Fields, error) {
	author, err := tx.mayWrite(space, ref.Kind)
	if err != nil {
		return nil, err
	}
	have := shownFields(ref.Kind, e)
	if want, err = tx.onTheWire(space, want); err != nil {
		return nil, err
	}
	if e.Fate() == change.Deleted {
		if err := tx.apply(space, e, author.Undelete(tx.now, ref, e[change.Slot{Part: change.Life}])); err != nil {
			return nil, err
		}
	}
	for _, name := range sortedNames(have) {
		if _, kept := want[name]; !kept {
			if err := tx.apply(space, e, author.Set(tx.now, ref, name, "", e.Field(name))); err != nil {
				return nil, err
			}
		}
	}
	for _, name := range sortedNames(want) {
		if have[name] == want[name] {
			continue
		}
		if err := tx.apply(space, e, author.Set(tx.now, ref, name, want[name], e.Field(name))); err != nil {
			return nil, err
		}
	}
	return tx.asHere(space, shownFields(ref.Kind, e))
}

// bury marks one thing deleted.
func (tx *Tx) bury(kind, id string) error {
	ref := change.Ref{Kind: kind, ID: id}
	space, err := tx.homeOf(ref)
	if err != nil {
		return err
	}
	e, err := tx.entityIn(space, ref)
	if err != nil {
		return err
	}
	if err := tx.keepWayBack(ref, e, shownFields(kind, e)); err != nil {
		return err
	}
	return tx.buryIn(space, ref, e)
}

func (tx *Tx) buryIn(space string, ref change.Ref, e change.Entity) error {
	author, err := tx.mayWrite(space, ref.Kind)
	if err != nil {
		return err
	}
	return tx.apply(space, e, author.Delete(tx.now, ref, e))
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

// LastChange is who changed a thing last, when this laptop recorded it and when it
// was written, by the clock of who wrote it.
type LastChange struct {
	At, Wrote time.Time
	Actor     string // ActorHere, else the member's name
}

// LastChange returns the last change of a thing after one moment and by another;
// false where there is none.
func (db *DB) LastChange(ctx context.Context, kind, id string, after, by time.Time) (c LastChange, ok bool, err error) {
	c, err = one(ctx, db.read, func(r row) (c LastChange, err error) {
		var at int64
		var clock string
		if err = r.Scan(&at, &clock, &c.Actor); err != nil {
			return c, err
		}
		wrote, err := change.ParseHLC(clock)
		c.At, c.Wrote = timeOf(at), wrote.Time()
		return c, err
	}, `SELECT recorded_at, body ->> 'at', (SELECT CASE WHEN s.self <> '' AND s.self = `+whoSigned+` THEN '`+ActorHere+`'
			ELSE coalesce((SELECT name FROM member m WHERE m.space_id = c.space_id AND m.id = `+whoSigned+`), c.body ->> 'actor', '') END
			FROM space s WHERE s.id = c.space_id)
		FROM change c `+signedBy+` WHERE entity = ? AND kind = ? AND recorded_at > ? AND recorded_at <= ?
		ORDER BY recorded_at DESC, body ->> 'at' DESC, log DESC LIMIT 1`, id, kind, after.Unix(), by.Unix())
	if isNotFound(err) {
		return c, false, nil
	}
	return c, err == nil, wrapNoun(err, "%s %s", kind, id)
}

// Name is what the one who changed it is called by the user of this laptop, whose
// own name may be "": "Elin", "this laptop".
func (c LastChange) Name(me string) string {
	switch {
	case c.Actor == ActorHere && me != "":
		return data.FirstName(me)
	case c.Actor == ActorHere || c.Actor == "":
		return "this laptop"
	}
	return data.FirstName(c.Actor)
}

// WhoChanged says who changed the lines that differ between two moments last, by
// data.SheetChange.Key. What is computed nobody changed.
func (db *DB) WhoChanged(ctx context.Context, changes []data.SheetChange, after, by time.Time) (map[string]LastChange, error) {
	who := map[string]LastChange{}
	for _, c := range changes {
		if _, asked := who[c.Key()]; asked || c.ID == "" {
			continue
		}
		last, ok, err := db.LastChange(ctx, c.Kind, c.ID, after, by)
		if err != nil {
			return nil, err
		}
		if ok {
			who[c.Key()] = last
		}
	}
	return who, nil
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
