package store

import (
	"context"

	"rapport/data/change"
)

// Rejudge asks about every change of a space again, after its members or their
// roles changed, and makes the registers and rows anew of all things whose changes
// are now kept out or let in. It says how many changes that were.
func (db *DB) Rejudge(ctx context.Context, space string, judge Judge) (int, error) {
	turned := 0
	_, err := db.Write(ctx, "", func(tx *Tx) error {
		tx.homes = homes{asked: true}
		type line struct{ body, why string }
		lines, err := query(tx.ctx, tx.sql, func(r row) (l line, err error) {
			err = r.Scan(&l.body, &l.why)
			return l, err
		}, `SELECT body, kept_out FROM change WHERE space_id = ?`, space)
		if err != nil {
			return err
		}
		things := map[change.Ref]bool{}
		for _, l := range lines {
			c, err := change.Decode([]byte(l.body))
			if err != nil {
				return err
			}
			why := judge(c)
			if why == l.why {
				continue
			}
			if _, err := tx.exec(`UPDATE change SET kept_out = ? WHERE space_id = ? AND log = ? AND counter = ?`, why, space, c.Log, c.Counter); err != nil {
				return err
			}
			if (why == "") != (l.why == "") {
				turned++
				things[c.Entity] = true
			}
		}
		return tx.rebuild(space, things)
	})
	return turned, wrapNoun(err, "space %s", space)
}

// RebuildSpace makes the registers and rows of everything in a space again from its
// changes alone, and from the snapshot that this laptop began with.
func (db *DB) RebuildSpace(ctx context.Context, space string) error {
	_, err := db.Write(ctx, "", func(tx *Tx) error {
		tx.homes = homes{asked: true}
		return tx.rebuildAll(space)
	})
	return wrapNoun(err, "space %s", space)
}

func (tx *Tx) rebuildAll(space string) error {
	refs, err := query(tx.ctx, tx.sql, func(r row) (ref change.Ref, err error) {
		err = r.Scan(&ref.Kind, &ref.ID)
		return ref, err
	}, `SELECT DISTINCT kind, entity FROM change WHERE space_id = ?1 UNION SELECT DISTINCT kind, entity FROM version WHERE space_id = ?1
		UNION SELECT DISTINCT kind, entity FROM snapshot_version WHERE space_id = ?1`, space)
	if err != nil {
		return err
	}
	things := map[change.Ref]bool{}
	for _, ref := range refs {
		things[ref] = true
	}
	return tx.rebuild(space, things)
}

// rebuild makes registers and rows of things again from their changes, on top of
// what they were in the snapshot that this laptop began with.
func (tx *Tx) rebuild(space string, things map[change.Ref]bool) error {
	refs := sortedRefs(things)
	began, err := beganWith(tx.ctx, tx.sql, space)
	if err != nil {
		return err
	}
	for _, ref := range refs {
		bodies, err := query(tx.ctx, prepared{tx}, scanString, `
			SELECT body FROM change WHERE entity = ? AND kind = ? AND space_id = ? AND kept_out = ''`, ref.ID, ref.Kind, space)
		if err != nil {
			return err
		}
		var history []change.Change
		for _, body := range bodies {
			c, err := change.Decode([]byte(body))
			if err != nil {
				return err
			}
			history = append(history, c)
		}
		if _, err := tx.exec(`DELETE FROM version WHERE space_id = ? AND kind = ? AND entity = ?`, space, ref.Kind, ref.ID); err != nil {
			return err
		}
		var was change.Entity
		if began.Have != nil {
			if was, err = tx.registersIn("snapshot_version", space, ref); err != nil {
				return err
			}
		}
		for slot, r := range change.ReplayOn(was, began.Have, history) {
			for _, v := range r {
				if err := tx.putVersion(space, ref, slot, v); err != nil {
					return err
				}
			}
		}
	}
	for _, ref := range refs {
		if err := tx.project(ref, registers{}); err != nil {
			return wrapNoun(err, "%s %s", ref.Kind, ref.ID)
		}
	}
	return nil
}

// KeptOut are the changes of a space that touch nothing, with the reason, by
// log and counter.
func (db *DB) KeptOut(ctx context.Context, space string) (map[change.Dot]string, error) {
	type line struct {
		dot change.Dot
		why string
	}
	lines, err := query(ctx, db.read, func(r row) (l line, err error) {
		err = r.Scan(&l.dot.Log, &l.dot.Counter, &l.why)
		return l, err
	}, `SELECT log, counter, kept_out FROM change WHERE space_id = ? AND kept_out <> ''`, space)
	m := map[change.Dot]string{}
	for _, l := range lines {
		m[l.dot] = l.why
	}
	return m, wrapNoun(err, "space %s", space)
}
