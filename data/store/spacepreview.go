package store

import (
	"context"

	"rapport/data"
	"rapport/data/change"
)

// SpacePreview is all that the members of a space see of it once everything from here
// has gone there: what its log says, and of each mail of which it must still be decided
// what the very function decides that writes to the log.
func (db *DB) SpacePreview(ctx context.Context, space string) (p data.SpacePreview, err error) {
	err = db.inReader(ctx, func(tx *Tx) error {
		if p.Space, err = one(ctx, tx.sql, scanSpace, `SELECT `+spaceColumns+` FROM space WHERE id = ? AND id <> ?`, space, localSpace); err != nil {
			return err
		}
		names, err := tx.memberNames(space)
		if err != nil {
			return err
		}
		things, err := tx.inLog(space, names)
		if err != nil {
			return err
		}
		if err := tx.stillToTell(space, things); err != nil {
			return err
		}
		var list []data.PreviewThing
		for ref, f := range things {
			t := data.PreviewThing{SharedThing: data.SharedThing{ThingRef: data.ThingRef(ref), Title: data.ThingTitle(ref.Kind, f.fields)}, Fields: f.fields}
			if ref.Kind == data.KindObservation {
				t.By = names.of[f.by]
			}
			list = append(list, t)
		}
		p = data.ComposePreview(p.Space, list)
		return nil
	})
	return p, wrapNoun(err, "space %s", space)
}

// logged is what a space's log says of a thing.
type logged struct {
	fields data.Fields
	by     string // Member.ID of who tells of a mail
}

// inLog is what a space's log shows of each thing; what was deleted is not there.
func (tx *Tx) inLog(space string, names memberNames) (map[change.Ref]logged, error) {
	refs, err := query(tx.ctx, tx.sql, func(r row) (ref change.Ref, err error) {
		err = r.Scan(&ref.Kind, &ref.ID)
		return ref, err
	}, `SELECT DISTINCT kind, entity FROM version WHERE space_id = ?`, space)
	if err != nil {
		return nil, err
	}
	things := map[change.Ref]logged{}
	for _, ref := range refs {
		e, err := tx.entityIn(space, ref)
		if err != nil {
			return nil, err
		}
		if f := shownFields(ref.Kind, e); len(f) > 0 && e.Fate() != change.Deleted {
			told := e[observedSlot].Shown()
			things[ref] = logged{f, names.author(told.Log, told.Actor)}
		}
	}
	return things, nil
}

// stillToTell brings what the log says to what it will say once all mails are decided
// of.
func (tx *Tx) stillToTell(space string, things map[change.Ref]logged) error {
	o, may, err := tx.observer(space)
	if err != nil || !may {
		return err
	}
	waiting, err := markedIn(tx.ctx, tx.sql, space, -1)
	if err != nil {
		return err
	}
	for _, m := range waiting {
		d, err := o.decide(m)
		if err != nil {
			return err
		}
		for _, account := range d.back {
			delete(things, o.ref(m.interaction, account))
		}
		for account, s := range d.tell {
			value := s.Observed(data.WireID(o.key, m.interaction))
			things[o.ref(m.interaction, account)] = logged{data.Fields{data.ObservationField: value}, o.self}
		}
	}
	return nil
}

// WouldTell is what the members of a space would be told of an account's mail, newest
// first, if the account were shared there now.
func (db *DB) WouldTell(ctx context.Context, account, space string) (list []data.Shared, err error) {
	err = db.inReader(ctx, func(tx *Tx) error {
		o, may, err := tx.observer(space)
		if err != nil || !may || o.kind != data.TeamSpace {
			return err
		}
		mails, err := query(ctx, tx.sql, scanString, `
			SELECT i.id FROM match m JOIN interaction i ON i.n = m.interaction_n
			WHERE m.account_id = ? AND i.kind = 'mail' AND i.source <> '`+data.SharedByTeam+`' ORDER BY m.at DESC, m.interaction_n DESC`, account)
		if err != nil {
			return err
		}
		for _, id := range mails {
			s, leaves, err := o.leaves(id, account)
			if err != nil {
				return err
			}
			if leaves {
				list = append(list, s)
			}
		}
		return nil
	})
	return list, wrapNoun(err, "account %s", account)
}
