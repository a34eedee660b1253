package store

import (
	"context"
	"errors"

	"rapport/data"
	"rapport/data/change"
)

// ForgetSpace takes a space off this laptop that whoever sits here shares no more, or
// was never let into: its pieces, its history and who is in it. With keep, what it
// holds stays as it is now, and is this laptop's own; else it goes, and what was brought
// in from here is again as it was then. It says how many things stayed or went. Nobody
// is told, and it cannot be undone.
func (tx *Tx) ForgetSpace(space string, keep bool) (int, error) {
	if err := tx.sharesNoMore(space); err != nil {
		return 0, err
	}
	refs, err := query(tx.ctx, tx.sql, func(r row) (ref change.Ref, err error) {
		err = r.Scan(&ref.Kind, &ref.ID)
		return ref, err
	}, `
		SELECT DISTINCT kind, entity FROM version WHERE space_id = ?1 UNION SELECT kind, entity FROM home WHERE space_id = ?1 ORDER BY kind, entity`, space)
	if err != nil {
		return 0, wrapNoun(err, "space %s", space)
	}
	held, err := tx.heldIn(space, refs)
	if err != nil {
		return 0, wrapNoun(err, "space %s", space)
	}
	for _, table := range []string{"home", "version"} {
		if _, err := tx.exec(`DELETE FROM `+table+` WHERE space_id = ?`, space); err != nil {
			return 0, wrapNoun(err, "space %s", space)
		}
	}
	if _, err := tx.exec(`DELETE FROM space WHERE id = ?`, space); err != nil {
		return 0, wrapNoun(err, "space %s", space)
	}
	tx.homes = homes{}
	tx.touched("space")
	stood := 0
	for _, ref := range refs {
		tx.touched(ref.Kind)
		fields, here := held[ref]
		if fields != nil {
			stood++
		}
		if !here || !keep {
			continue
		}
		if err := tx.makeOwn(ref, fields); err != nil {
			return 0, wrapNoun(err, "%s %s", ref.Kind, ref.ID)
		}
	}
	return stood, tx.projectAll(refs, func(change.Ref) registers { return registers{} })
}

// sharesNoMore refuses a space that we are a member of, on a laptop that speaks for us.
func (tx *Tx) sharesNoMore(space string) error {
	s, err := one(tx.ctx, tx.sql, scanSpace, `SELECT `+spaceColumns+` FROM space WHERE id = ? AND id <> ?`, space, localSpace)
	if err != nil {
		return wrapNoun(err, "space %s", space)
	}
	n, err := tx.count(`
		SELECT count(*) FROM member m WHERE m.space_id = ?1 AND m.id = ?2 AND m.role <> '' AND NOT EXISTS (
			SELECT 1 FROM device d JOIN own_log o ON o.space_id = d.space_id AND d.id = substr(o.log, 1, instr(o.log, '-') - 1)
			WHERE d.space_id = ?1 AND d.withdrawn_at > 0)`, space, s.Self)
	if err == nil && n > 0 {
		err = &data.Invalid{Field: "space", Says: "you are a member of " + s.Name + "; leave it first, so that the others know"}
	}
	return err
}

// heldIn are the things whose home a space is, as people see them there; nil is one that
// was deleted.
func (tx *Tx) heldIn(space string, refs []change.Ref) (map[change.Ref]data.Fields, error) {
	held := map[change.Ref]data.Fields{}
	for _, ref := range refs {
		home, err := tx.homeOf(ref)
		if err != nil {
			return nil, err
		}
		if home != space || data.IsJoint(ref.Kind) || !data.Shareable(ref.Kind) {
			continue
		}
		e, err := tx.entityIn(space, ref)
		if err != nil {
			return nil, err
		}
		fields, err := tx.asHere(space, shownFields(ref.Kind, e))
		if err != nil {
			return nil, err
		}
		if e.Fate() == change.Deleted || !isWhole(ref.Kind, fields) {
			fields = nil
		}
		held[ref] = fields
	}
	return held, nil
}

// makeOwn writes to this laptop's own log what a thing was in a space; nil is a thing
// that was not there any more.
func (tx *Tx) makeOwn(ref change.Ref, fields data.Fields) error {
	e, err := tx.entityIn(localSpace, ref)
	if err != nil {
		return err
	}
	if fields != nil {
		_, err = tx.recordIn(localSpace, ref, e, fields)
		return err
	}
	if len(e) == 0 || e.Fate() == change.Deleted || !data.Shareable(ref.Kind) {
		return nil
	}
	return tx.buryIn(localSpace, ref, e)
}

// errOnlyAsked takes back what was only tried.
var errOnlyAsked = errors.New("only asked")

// WouldForget is how many things ForgetSpace would keep or take away. It fails where
// that would.
func (db *DB) WouldForget(ctx context.Context, space string) (things int, err error) {
	_, err = db.Write(ctx, "", func(tx *Tx) error {
		if things, err = tx.ForgetSpace(space, false); err != nil {
			return err
		}
		return errOnlyAsked
	})
	if errors.Is(err, errOnlyAsked) {
		err = nil
	}
	return things, err
}
