package store

import (
	"context"
	"time"

	"rapport/data"
	"rapport/data/change"
)

// Trash is what was deleted within the last 90 days and can be brought back with
// Tx.BringBack, the latest first: here, and in the spaces by others. Contacts that
// became one with another are parted again instead, and not listed.
func (db *DB) Trash(ctx context.Context, now time.Time) (list []data.Trashed, err error) {
	type deleted struct {
		space string
		ref   change.Ref
		at    time.Time
		log   string
		actor string
	}
	err = db.inReader(ctx, func(tx *Tx) error {
		found, err := query(tx.ctx, tx.sql, func(r row) (d deleted, err error) {
			var at int64
			err = r.Scan(&d.space, &d.ref.Kind, &d.ref.ID, &d.log, &d.actor, &at)
			d.at = timeOf(at)
			return d, err
		}, `SELECT v.space_id, v.kind, v.entity, v.log, v.actor, max(c.recorded_at) FROM version v
			JOIN change c ON c.space_id = v.space_id AND c.log = v.log AND c.counter = v.counter
			WHERE v.op = 'del' AND v.kind <> '`+data.KindObservation+`' AND c.recorded_at >= ?
			GROUP BY v.space_id, v.kind, v.entity ORDER BY max(c.recorded_at) DESC, v.at DESC, v.kind, v.entity`, now.Add(-data.TrashKept).Unix())
		if err != nil {
			return err
		}
		names := map[string]memberNames{}
		for _, d := range found {
			t, ok, err := tx.trashed(d.space, d.ref)
			if err != nil {
				return err
			}
			if !ok {
				continue
			}
			if names[d.space].of == nil {
				if names[d.space], err = tx.memberNames(d.space); err != nil {
					return err
				}
			}
			who := names[d.space].author(d.log, d.actor)
			t.At, t.By, t.Mine = d.at, names[d.space].of[who], d.space == localSpace || who == names[d.space].self
			list = append(list, t)
		}
		return nil
	})
	return list, wrapNoun(err, "trash")
}

// trashed is a thing whose delete stands in the space that it is in, as it was.
func (tx *Tx) trashed(space string, ref change.Ref) (t data.Trashed, ok bool, err error) {
	home, err := tx.homeOf(ref)
	if err != nil || home != space {
		return t, false, err
	}
	e, err := tx.entityIn(space, ref)
	if err != nil || e.Fate() != change.Deleted {
		return t, false, err
	}
	fields := shownFields(ref.Kind, e)
	if !isWhole(ref.Kind, fields) {
		return t, false, nil
	}
	if merged, err := tx.wasMerged(ref); err != nil || merged {
		return t, false, err
	}
	t = data.Trashed{ThingRef: data.ThingRef(ref), Title: data.ThingTitle(ref.Kind, fields)}
	if space != localSpace {
		t.Space = space
	}
	if t.Account = ref.ID; ref.Kind != data.KindAccount {
		t.Account, err = tx.accountOf(ref.Kind, fields)
	}
	return t, true, err
}

// wasMerged says whether a contact went since it is one with another.
func (tx *Tx) wasMerged(ref change.Ref) (bool, error) {
	if ref.Kind != data.KindContact {
		return false, nil
	}
	n, err := one(tx.ctx, prepared{tx}, scanInt, `SELECT count(*) FROM part WHERE kind = ? AND fields ->> 'gone' = ?`, data.KindMerge, ref.ID)
	return n > 0, err
}

// BringBack takes a thing out of the trash, as it was; what others wrote of it since
// is there too. data.ErrNotFound where its delete does not stand.
func (tx *Tx) BringBack(ref data.ThingRef) error {
	r := change.Ref(ref)
	space, err := tx.homeOf(r)
	if err != nil {
		return err
	}
	if _, ok, err := tx.trashed(space, r); err != nil || !ok {
		if err == nil {
			err = data.ErrNotFound
		}
		return wrapNoun(err, "%s %s in the trash", data.ThingWord(ref.Kind), ref.ID)
	}
	return tx.Settle(ref, "", "", true)
}
