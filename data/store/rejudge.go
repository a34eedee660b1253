package store

import (
	"context"

	"rapport/data/change"
)

// Rejudge asks about every change of a space again, or of some of its logs, after its
// members or their roles changed, and makes the registers and rows anew of all things
// whose changes are now kept out or let in. It says how many changes that were. The
// judge is shown a change's dot and its entity only.
func (db *DB) Rejudge(ctx context.Context, space string, judge Judge, logs ...string) (int, error) {
	turned := 0
	_, err := db.Write(ctx, "", func(tx *Tx) error {
		tx.homes = homes{asked: true}
		things := map[change.Ref]bool{}
		judged := func(which string, args ...any) error {
			n, err := tx.rejudge(judge, things, which, append([]any{space}, args...)...)
			turned += n
			return err
		}
		if len(logs) == 0 {
			if err := judged(``); err != nil {
				return err
			}
		}
		for _, log := range logs {
			if err := judged(` AND log = ?`, log); err != nil {
				return err
			}
		}
		return tx.rebuild(space, things)
	})
	return turned, wrapNoun(err, "space %s", space)
}

// rejudge keeps the verdicts on some changes of a space that are others now, and adds
// the things that they are about.
func (tx *Tx) rejudge(judge Judge, things map[change.Ref]bool, which string, args ...any) (turned int, err error) {
	type verdict struct {
		c        change.Change
		was, now string
	}
	list, err := query(tx.ctx, tx.sql, func(r row) (v verdict, err error) {
		err = r.Scan(&v.c.Log, &v.c.Counter, &v.c.Entity.Kind, &v.c.Entity.ID, &v.was)
		v.now = judge(v.c)
		return v, err
	}, `SELECT log, counter, kind, entity, kept_out FROM change WHERE space_id = ?`+which, args...)
	if err != nil {
		return 0, err
	}
	for _, v := range list {
		if v.was == v.now {
			continue
		}
		if _, err := tx.exec(`UPDATE change SET kept_out = ? WHERE space_id = ? AND log = ? AND counter = ?`, v.now, args[0], v.c.Log, v.c.Counter); err != nil {
			return turned, err
		}
		if (v.now == "") != (v.was == "") {
			turned++
			things[v.c.Entity] = true
		}
	}
	return turned, nil
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
	return tx.projectAll(refs, func(change.Ref) registers { return registers{} })
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
