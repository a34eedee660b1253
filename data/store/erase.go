package store

import (
	"context"
	"maps"
	"slices"

	"rapport/data"
	"rapport/data/change"
)

// SpacesOf are the names of the spaces in which things stand or stood, sorted.
func (db *DB) SpacesOf(ctx context.Context, things []data.ThingRef) ([]string, error) {
	names := map[string]bool{}
	for _, t := range things {
		list, err := query(ctx, db.read, scanString, `SELECT DISTINCT s.name FROM change c JOIN space s ON s.id = c.space_id
			WHERE c.entity = ? AND c.kind = ? AND s.id <> '`+localSpace+`'`, t.ID, t.Kind)
		if err != nil {
			return nil, wrapNoun(err, "%s %s", t.Kind, t.ID)
		}
		for _, n := range list {
			names[n] = true
		}
	}
	return slices.Sorted(maps.Keys(names)), nil
}

// WouldErase are the things that go when a person is erased: the contact, and all
// that stands here of the contact alone.
func (db *DB) WouldErase(ctx context.Context, contact string) (list []data.ThingRef, err error) {
	err = db.inReader(ctx, func(tx *Tx) error {
		refs, err := tx.ofPerson(contact)
		for _, r := range refs {
			list = append(list, data.ThingRef(r))
		}
		return err
	})
	return list, wrapNoun(err, "contact %s", contact)
}

// ofPerson are a contact, the parts that name no other person, and how it became one
// with others.
func (tx *Tx) ofPerson(contact string) ([]change.Ref, error) {
	if _, err := one(tx.ctx, tx.sql, scanString, `SELECT id FROM contact WHERE id = ?`, contact); err != nil {
		return nil, err
	}
	parts, err := query(tx.ctx, tx.sql, func(r row) (ref change.Ref, err error) {
		err = r.Scan(&ref.Kind, &ref.ID)
		return ref, err
	}, `SELECT kind, id FROM part WHERE contact_id = ?1 OR kind = '`+data.KindMerge+`' AND fields ->> 'gone' = ?1 ORDER BY kind, id`, contact)
	return append([]change.Ref{refOf(data.KindContact, contact)}, parts...), err
}

// ErasePerson takes a contact and all that is theirs alone away, out of the history
// too: here, and on every laptop of the spaces once it has the erase. It cannot be
// undone, and the ways back of earlier writes that touched these things go with it.
// Then it writes the file anew, since pages that a row once stood on may have copies
// of it; that takes some seconds where there is much mail. data.Invalid where we may
// not write in a space that has something of them.
func (db *DB) ErasePerson(ctx context.Context, contact string) error {
	if _, err := db.Write(ctx, "", func(tx *Tx) error { return tx.erasePerson(contact) }); err != nil {
		return err
	}
	if _, err := db.write.ExecContext(ctx, `VACUUM`); err != nil {
		return wrapNoun(err, "the workspace's file")
	}
	return db.settle(ctx)
}

func (tx *Tx) erasePerson(contact string) error {
	return wrapNoun(tx.overwriting(func() error {
		refs, err := tx.ofPerson(contact)
		if err != nil {
			return err
		}
		if err := tx.hideContact(contact); err != nil {
			return err
		}
		slices.Reverse(refs) // the contact last, since the others are found by it
		for _, ref := range refs {
			if err := tx.eraseThing(ref); err != nil {
				return err
			}
		}
		return tx.forgetNames()
	}), "contact %s", contact)
}

// forgetNames makes the search of names anew, since an index keeps the words of what
// was taken out of it for a while.
func (tx *Tx) forgetNames() error {
	return tx.overwriting(func() error {
		_, err := tx.exec(`INSERT INTO name_search (name_search) VALUES ('rebuild')`)
		return err
	})
}

// eraseThing erases every value of a thing in every space that has one, and deletes
// it there.
func (tx *Tx) eraseThing(ref change.Ref) error {
	spaces, err := query(tx.ctx, tx.sql, scanString, `
		SELECT DISTINCT space_id FROM change WHERE entity = ?1 AND kind = ?2 UNION SELECT DISTINCT space_id FROM snapshot_version WHERE kind = ?2 AND entity = ?1`, ref.ID, ref.Kind)
	if err != nil {
		return err
	}
	for _, space := range spaces {
		if err := tx.eraseIn(space, ref); err != nil {
			return err
		}
	}
	return tx.project(ref, registers{})
}

func (tx *Tx) eraseIn(space string, ref change.Ref) error {
	fields, err := query(tx.ctx, tx.sql, scanString, `
		SELECT DISTINCT body ->> 'field' FROM change WHERE entity = ?1 AND kind = ?2 AND space_id = ?3 AND body ->> 'op' = 'set'
		UNION SELECT DISTINCT field FROM snapshot_version WHERE space_id = ?3 AND kind = ?2 AND entity = ?1 AND part = 'field' ORDER BY 1`, ref.ID, ref.Kind, space)
	if err != nil {
		return err
	}
	if left, err := tx.hasLeft(space); err != nil || left {
		if err == nil {
			err = tx.eraseHere(space, ref, fields)
		}
		return err
	}
	author, err := tx.mayWrite(space, ref.Kind)
	if err != nil {
		return err
	}
	e, err := tx.entityIn(space, ref)
	if err != nil {
		return err
	}
	for _, field := range fields {
		c := author.Erase(tx.now, ref, field)
		if err := tx.apply(space, e, c); err != nil {
			return err
		}
		if err := tx.blankHistory(space, c); err != nil {
			return err
		}
	}
	return tx.apply(space, e, author.Delete(tx.now, ref, e))
}

// hasLeft says whether we are a member of a space no more.
func (tx *Tx) hasLeft(space string) (bool, error) {
	if space == localSpace {
		return false, nil
	}
	role, err := one(tx.ctx, prepared{tx}, scanString, `SELECT m.role FROM space s JOIN member m ON m.space_id = s.id AND m.id = s.self WHERE s.id = ?`, space)
	return role == "", noRows(err)
}

// eraseHere takes the values of a thing out of what is kept here of a space in which
// we may write no more. The others do not hear of it.
func (tx *Tx) eraseHere(space string, ref change.Ref, fields []string) error {
	have, err := seenIn(tx.ctx, tx.sql, space)
	if err != nil {
		return err
	}
	for _, field := range fields {
		if err := tx.blankHistory(space, change.Change{Op: change.OpErase, Entity: ref, Field: field, Over: have}); err != nil {
			return err
		}
	}
	return tx.rebuild(space, map[change.Ref]bool{ref: true})
}

// forgetWaysBack takes away the ways back of earlier writes that touched a thing: they
// hold it as it was.
func (tx *Tx) forgetWaysBack(ref change.Ref) error {
	if ref.Kind == data.KindObservation {
		return nil // those are in none
	}
	return tx.overwriting(func() error {
		_, err := tx.exec(`DELETE FROM undo WHERE instr(body, ?) > 0`, ref.ID)
		return err
	})
}

// blanked keeps that an erase took the value out of a change, so that the sealed
// pieces that still have it are found.
func (tx *Tx) blanked(space string, erase, of change.Dot) error {
	_, err := tx.exec(`INSERT INTO erased_change (space_id, log, counter, by_log, by_counter) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
		space, of.Log, of.Counter, erase.Log, erase.Counter)
	return err
}

// HoldingErased are the segments that a device wrote whose sealed bytes still have
// values which were erased since, but the retired.
func (db *DB) HoldingErased(ctx context.Context, space, device string) ([]string, error) {
	list, err := query(ctx, db.read, scanString, `SELECT name FROM piece p
		WHERE space_id = ?1 AND log >= ?2 || '-' AND log < ?2 || '.' AND retired = 0
			AND EXISTS (SELECT 1 FROM erased_change WHERE space_id = ?1) AND blank < `+erasedIn+` ORDER BY log, first`, space, device)
	return list, wrapNoun(err, "space %s", space)
}

// erasedIn counts the changes of the piece p whose values were erased.
const erasedIn = `(SELECT count(*) FROM erased_change e WHERE e.space_id = p.space_id AND e.log = p.log AND e.counter BETWEEN p.first AND p.last)`

// ErasedIn is of how many changes of a log, from first to last, the value was erased.
func (db *DB) ErasedIn(ctx context.Context, space, log string, first, last uint64) (int, error) {
	return erasedCount(ctx, db.read, space, log, first, last)
}

// ErasedIn is what the DB's is, within a write.
func (tx *Tx) ErasedIn(space, log string, first, last uint64) (int, error) {
	return erasedCount(tx.ctx, tx.sql, space, log, first, last)
}

func erasedCount(ctx context.Context, q asker, space, log string, first, last uint64) (int, error) {
	n, err := one(ctx, q, scanInt, `SELECT count(*) FROM erased_change WHERE space_id = ? AND log = ? AND counter BETWEEN ? AND ?`, space, log, first, last)
	return n, wrapNoun(err, "space %s", space)
}

// HasErased says whether a state that has these changes has a value that was erased
// by a change which it does not have.
func (db *DB) HasErased(ctx context.Context, space string, have change.Vector) (bool, error) {
	type pair struct{ of, by change.Dot }
	list, err := query(ctx, db.read, func(r row) (p pair, err error) {
		err = r.Scan(&p.of.Log, &p.of.Counter, &p.by.Log, &p.by.Counter)
		return p, err
	}, `SELECT log, counter, by_log, by_counter FROM erased_change WHERE space_id = ?`, space)
	return slices.ContainsFunc(list, func(p pair) bool { return have.Has(p.of) && !have.Has(p.by) }), wrapNoun(err, "space %s", space)
}

// RetireSnapshot keeps that the parts of a snapshot are read and given no more, since
// they have what was erased; own says that this laptop wrote it.
func (tx *Tx) RetireSnapshot(space string, own bool, parts ...string) error {
	return tx.overwriting(func() error {
		for _, name := range parts {
			if _, err := tx.exec(`UPDATE piece SET retired = 1, first = ?, body = x'' WHERE space_id = ? AND name = ?`, own, space, name); err != nil {
				return wrapNoun(err, "piece %s", name)
			}
		}
		return nil
	})
}
