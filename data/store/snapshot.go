package store

import (
	"context"

	"rapport/data"
	"rapport/data/change"
)

// A Snapshot is the state of a space at a vector, for who joins from now on and has
// no key for the changes before.
type Snapshot struct {
	Have     change.Vector
	Heads    []string          // the membership records by which its changes were judged
	Tips     map[string]string // by log in Have: the segment that ends there
	Author   string            // the member who wrote it; "" for this laptop's own
	Entities map[change.Ref]change.Entity
}

// Whole says whether whoever begins with the snapshot can go on from it: every log
// ends where a segment does.
func (s Snapshot) Whole() bool {
	for log := range s.Have {
		if s.Tips[log] == "" {
			return false
		}
	}
	return true
}

// Snapshot is the state of a space as it is here, read in one look. Whole is false
// while some change of it is in no segment, or waits for the rest of its segment.
func (db *DB) Snapshot(ctx context.Context, space string) (s Snapshot, err error) {
	err = db.inReader(ctx, func(tx *Tx) error {
		if s.Have, err = seenIn(ctx, tx.sql, space); err != nil {
			return err
		}
		if s.Heads, err = judgedBy(ctx, tx.sql, space); err != nil {
			return err
		}
		tips, err := tipsIn(ctx, tx.sql, space)
		if err != nil {
			return err
		}
		s.Tips = map[string]string{}
		for log, n := range s.Have {
			if tips[log].Last == n {
				s.Tips[log] = tips[log].Name
			}
		}
		s.Entities = map[change.Ref]change.Entity{}
		return tx.eachRegister(space, func(ref change.Ref, slot change.Slot, r change.Register) {
			if s.Entities[ref] == nil {
				s.Entities[ref] = change.Entity{}
			}
			s.Entities[ref][slot] = r
		})
	})
	return s, wrapNoun(err, "space %s", space)
}

// eachRegister calls do for every register of a space, by kind, ID, part and name.
func (tx *Tx) eachRegister(space string, do func(change.Ref, change.Slot, change.Register)) error {
	rows, err := tx.sql.QueryContext(tx.ctx, `
		SELECT kind, entity, part, field, log, counter, at, actor, op, value, over FROM version
		WHERE space_id = ? ORDER BY kind, entity, part, field, at < 0 DESC, at DESC, log DESC, counter DESC`, space)
	if err != nil {
		return err
	}
	defer rows.Close()
	var ref change.Ref
	var slot change.Slot
	var r change.Register
	for rows.Next() {
		var nextRef change.Ref
		var nextSlot change.Slot
		v, err := scanVersion(rows, &nextRef.Kind, &nextRef.ID, &nextSlot.Part, &nextSlot.Name)
		if err != nil {
			return err
		}
		if len(r) > 0 && (nextRef != ref || nextSlot != slot) {
			do(ref, slot, r)
			r = nil
		}
		ref, slot, r = nextRef, nextSlot, append(r, v)
	}
	if len(r) > 0 {
		do(ref, slot, r)
	}
	return rows.Err()
}

// Began is the snapshot that this laptop's state of a space began with, without its
// registers; the zero Snapshot of who has the whole history.
func (db *DB) Began(ctx context.Context, space string) (Snapshot, error) {
	s, err := beganWith(ctx, db.read, space)
	return s, wrapNoun(err, "space %s", space)
}

func beganWith(ctx context.Context, q asker, space string) (Snapshot, error) {
	s, err := one(ctx, q, func(r row) (s Snapshot, err error) {
		var have, heads, tips string
		if err := r.Scan(&have, &heads, &tips, &s.Author); err != nil {
			return s, err
		}
		if s.Have, err = fromJSON[change.Vector](have); err != nil {
			return s, err
		}
		if s.Heads, err = fromJSON[[]string](heads); err != nil {
			return s, err
		}
		s.Tips, err = fromJSON[map[string]string](tips)
		return s, err
	}, `SELECT have, heads, tips, author FROM snapshot WHERE space_id = ?`, space)
	if isNotFound(err) {
		return Snapshot{}, nil
	}
	return s, err
}

// BeginWith makes a snapshot what this laptop's state of a space begins with, in
// place of an earlier one: its registers, the changes on top of it that are here,
// and the rows of all, in one transaction. Changes that waited for what is in it are
// applied. It must have everything that the earlier one had.
func (db *DB) BeginWith(ctx context.Context, space string, s Snapshot, judge Judge) (r data.Received, err error) {
	_, err = db.Write(ctx, "", func(tx *Tx) error {
		tx.homes = homes{asked: true}
		if err := tx.beginWith(space, s); err != nil {
			return err
		}
		r, err = tx.receive(space, nil, judge)
		return err
	})
	return r, wrapNoun(err, "space %s", space)
}

func (tx *Tx) beginWith(space string, s Snapshot) error {
	have, err := seenIn(tx.ctx, tx.sql, space)
	if err != nil {
		return err
	}
	author, err := tx.author(space)
	if err != nil {
		return err
	}
	if s.Have[author.Log] > have[author.Log] { // this workspace is a copy, or was put back from a backup
		if err := tx.startAnew(space); err != nil {
			return err
		}
	}
	if err := tx.putSnapshot(space, s); err != nil {
		return err
	}
	for log, n := range s.Have.Since(have) {
		if err := tx.sawUpTo(space, change.Dot{Log: log, Counter: n}); err != nil {
			return err
		}
	}
	author.Have.Merge(s.Have)
	return tx.rebuildAll(space)
}

func (tx *Tx) putSnapshot(space string, s Snapshot) error {
	if _, err := tx.exec(`DELETE FROM snapshot_version WHERE space_id = ?`, space); err != nil {
		return err
	}
	if _, err := tx.exec(`INSERT OR REPLACE INTO snapshot (space_id, have, heads, tips, author) VALUES (?, ?, ?, ?, ?)`,
		space, asJSON(s.Have), listJSON(s.Heads), asJSON(s.Tips), s.Author); err != nil {
		return err
	}
	var lines versionLines
	for _, ref := range sortedRefs(s.Entities) {
		for _, slot := range sortedSlots(s.Entities[ref]) {
			if err := lines.put(tx, intoBegan, space, ref, slot, s.Entities[ref][slot]); err != nil {
				return err
			}
		}
	}
	return lines.bulk.write(tx, intoBegan)
}

// blankSnapshot takes the values that an erase takes away out of what this laptop
// began with.
func (tx *Tx) blankSnapshot(space string, erase change.Change) error {
	dots, err := query(tx.ctx, prepared{tx}, func(r row) (d change.Dot, err error) {
		err = r.Scan(&d.Log, &d.Counter)
		return d, err
	}, `SELECT log, counter FROM snapshot_version WHERE space_id = ? AND kind = ? AND entity = ? AND part = 'field' AND field = ? AND op = 'set'`,
		space, erase.Entity.Kind, erase.Entity.ID, erase.Field)
	for _, d := range dots {
		if !erase.Over.Has(d) {
			continue
		}
		if _, err := tx.exec(`UPDATE snapshot_version SET value = '' WHERE space_id = ? AND kind = ? AND entity = ? AND part = 'field' AND field = ? AND log = ? AND counter = ?`,
			space, erase.Entity.Kind, erase.Entity.ID, erase.Field, d.Log, d.Counter); err != nil {
			return err
		}
		if err := tx.blanked(space, erase.Dot, d); err != nil {
			return err
		}
	}
	return err
}
