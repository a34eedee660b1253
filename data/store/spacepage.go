package store

import (
	"context"

	"rapport/data"
	"rapport/data/change"
)

// SpaceEntries are the spaces that this laptop shares, each with who is in it and
// how it stands, by name; and how many accounts are in none.
func (db *DB) SpaceEntries(ctx context.Context) (list []data.SpaceEntry, own int, err error) {
	spaces, err := db.Spaces(ctx)
	if err != nil {
		return nil, 0, err
	}
	conflicts := map[string]int{}
	if len(spaces) > 0 {
		all, err := db.Conflicts(ctx, "")
		if err != nil {
			return nil, 0, err
		}
		for _, c := range all {
			conflicts[c.Space]++
		}
	}
	for _, s := range spaces {
		e, err := db.spaceEntry(ctx, s)
		if err != nil {
			return nil, 0, err
		}
		e.Conflicts = conflicts[s.ID]
		list = append(list, e)
	}
	own, err = one(ctx, db.read, scanInt, `
		SELECT count(*) FROM account WHERE id NOT IN (SELECT entity FROM home WHERE kind = ?)`, data.KindAccount)
	return list, own, wrapNoun(err, "spaces")
}

func (db *DB) spaceEntry(ctx context.Context, s data.Space) (e data.SpaceEntry, err error) {
	e.Space = s
	if e.Members, err = db.Members(ctx, s.ID); err != nil {
		return e, err
	}
	if e.Asking, err = db.Askers(ctx, s.ID); err != nil {
		return e, err
	}
	if e.TurnedAway, err = db.TurnedAway(ctx, s.ID); err != nil {
		return e, err
	}
	if e.Accounts, err = one(ctx, db.read, scanInt, `SELECT count(*) FROM account WHERE id IN (SELECT entity FROM home WHERE space_id = ? AND kind = ?)`,
		s.ID, data.KindAccount); err != nil {
		return e, wrapNoun(err, "space %s", s.Name)
	}
	e.Unsent, err = one(ctx, db.read, scanInt, `
		SELECT coalesce(sum(max(0, s.counter - (SELECT coalesce(max(last), 0) FROM piece p WHERE p.space_id = s.space_id AND p.log = s.log))), 0)
		FROM own_log o JOIN seen s ON s.space_id = o.space_id
			AND s.log >= substr(o.log, 1, instr(o.log, '-')) AND s.log < substr(o.log, 1, instr(o.log, '-') - 1) || '.' -- '.' comes after '-'
		WHERE o.space_id = ?`, s.ID)
	return e, wrapNoun(err, "space %s", s.Name)
}

// WrittenInSpaces is how many changes this laptop has ever written into the log that
// it has of each space.
func (db *DB) WrittenInSpaces(ctx context.Context) (map[string]uint64, error) {
	type written struct {
		space string
		n     uint64
	}
	list, err := query(ctx, db.read, func(r row) (w written, err error) {
		err = r.Scan(&w.space, &w.n)
		return w, err
	}, `SELECT o.space_id, s.counter FROM own_log o JOIN seen s ON s.space_id = o.space_id AND s.log = o.log WHERE o.space_id <> ?`, localSpace)
	m := map[string]uint64{}
	for _, w := range list {
		m[w.space] = w.n
	}
	return m, wrapNoun(err, "spaces")
}

// SpaceInput gathers what the page of a space is made from.
func (db *DB) SpaceInput(ctx context.Context, id string) (in data.SpaceInput, err error) {
	s, err := db.Space(ctx, id)
	if err != nil {
		return in, err
	}
	if in.SpaceEntry, err = db.spaceEntry(ctx, s); err != nil {
		return in, err
	}
	if in.Members, err = db.Presence(ctx, id); err != nil {
		return in, err
	}
	if in.Devices, err = db.Devices(ctx, id); err != nil {
		return in, err
	}
	if in.Shared, err = db.accountsIn(ctx, id); err != nil {
		return in, err
	}
	if in.Things, err = db.thingsIn(ctx, id); err != nil {
		return in, err
	}
	if in.Early, err = one(ctx, db.read, scanInt, `SELECT count(*) FROM early_change WHERE space_id = ?`, id); err != nil {
		return in, wrapNoun(err, "space %s", s.Name)
	}
	if in.KeptOut, err = query(ctx, db.read, func(r row) (k data.KeptOut, err error) {
		err = r.Scan(&k.By, &k.Why, &k.N)
		return k, err
	}, `SELECT coalesce(m.name, ''), c.kept_out, count(*) FROM change c `+signedBy+`
		WHERE c.space_id = ? AND c.kept_out <> '' GROUP BY d.member, 1, 2 ORDER BY 1, 2, d.member`, id); err != nil {
		return in, wrapNoun(err, "space %s", s.Name)
	}
	in.Refused, err = query(ctx, db.read, scanString, `SELECT why FROM refused_piece WHERE space_id = ? ORDER BY at, name`, id)
	return in, wrapNoun(err, "space %s", s.Name)
}

func (db *DB) accountsIn(ctx context.Context, space string) ([]data.Account, error) {
	ids, err := query(ctx, db.read, scanString, `SELECT entity FROM home WHERE space_id = ? AND kind = ?`, space, data.KindAccount)
	if err != nil {
		return nil, wrapNoun(err, "space %s", space)
	}
	in := map[string]bool{}
	for _, id := range ids {
		in[id] = true
	}
	all, err := db.Accounts(ctx)
	var list []data.Account
	for _, a := range all {
		if in[a.ID] {
			list = append(list, a)
		}
	}
	return list, err
}

// thingsIn counts what is in a space, by kind; what was deleted is not.
func (db *DB) thingsIn(ctx context.Context, space string) (map[string]int, error) {
	type counted struct {
		kind string
		n    int
	}
	list, err := query(ctx, db.read, func(r row) (c counted, err error) {
		err = r.Scan(&c.kind, &c.n)
		return c, err
	}, `SELECT kind, count(*) FROM home h WHERE space_id = ? AND (
			kind = 'account' AND entity IN (SELECT id FROM account)
			OR kind = 'contact' AND entity IN (SELECT id FROM contact)
			OR kind = 'interaction' AND entity IN (SELECT id FROM interaction)
			OR entity IN (SELECT id FROM part p WHERE p.kind = h.kind))
		GROUP BY kind`, space)
	m := map[string]int{}
	for _, c := range list {
		m[c.kind] = c.n
	}
	if err != nil {
		return m, wrapNoun(err, "space %s", space)
	}
	told, err := one(ctx, db.read, scanInt, `SELECT count(DISTINCT wire) FROM observation WHERE space_id = ?`, space)
	if told > 0 {
		m[data.KindObservation] = told
	}
	return m, wrapNoun(err, "space %s", space)
}

// ToShare lists what would go into a space if an account were shared there now, by
// the very walk that shares it: each thing with what it is called.
func (db *DB) ToShare(ctx context.Context, account, space string) (list []data.SharedThing, err error) {
	err = db.inReader(ctx, func(tx *Tx) error {
		things, err := tx.thingsOf(account)
		if err != nil {
			return err
		}
		for _, ref := range things {
			from, fields, err := tx.goes(space, ref)
			if err != nil {
				return err
			}
			if len(fields) > 0 && from != space {
				list = append(list, data.SharedThing{ThingRef: data.ThingRef(ref), Title: data.ThingTitle(ref.Kind, fields)})
			}
		}
		return nil
	})
	return list, wrapNoun(err, "account %s", account)
}

// goes is what a thing says of itself where it goes into a space, and the space that
// it is in now.
func (tx *Tx) goes(space string, ref change.Ref) (from string, fields data.Fields, err error) {
	from, err = tx.homeOf(ref)
	if err != nil || from == space {
		return from, nil, err
	}
	was, err := tx.entityIn(from, ref)
	if err != nil {
		return from, nil, err
	}
	fields, err = tx.asHere(from, shownFields(ref.Kind, was))
	return from, fields, err
}
