package store

import (
	"context"

	"rapport/data"
	"rapport/data/change"
)

const spaceColumns = `id, name, kind, self, place, created_at, synced_at, problem, alarm, refused_by,
	coalesce((SELECT max(e.until) FROM exchange e WHERE e.space_id = space.id AND e.way = '` + data.ByBundle + `' AND e.problem = ''), 0)`

func scanSpace(r row) (s data.Space, err error) {
	var at, synced, bundle int64
	err = r.Scan(&s.ID, &s.Name, &s.Kind, &s.Self, &s.Place, &at, &synced, &s.Problem, &s.Alarm, &s.RefusedBy, &bundle)
	s.CreatedAt, s.SyncedAt, s.BundleAt = timeOf(at), timeOf(synced), timeOf(bundle)
	return s, err
}

// Spaces are those that this laptop shares, by name; its own is not among them.
func (db *DB) Spaces(ctx context.Context) ([]data.Space, error) {
	list, err := query(ctx, db.read, scanSpace, `SELECT `+spaceColumns+` FROM space WHERE id <> ? ORDER BY name COLLATE NOCASE, id`, localSpace)
	return list, wrapNoun(err, "spaces")
}

// Space returns one space, or data.ErrNotFound.
func (db *DB) Space(ctx context.Context, id string) (data.Space, error) {
	s, err := one(ctx, db.read, scanSpace, `SELECT `+spaceColumns+` FROM space WHERE id = ? AND id <> ?`, id, localSpace)
	return s, wrapNoun(err, "space %s", id)
}

// SpaceOf is the space that an account is in, or data.ErrNotFound for one that only
// this laptop has.
func (db *DB) SpaceOf(ctx context.Context, account string) (data.Space, error) {
	s, err := one(ctx, db.read, scanSpace, `SELECT `+spaceColumns+` FROM space WHERE id = (SELECT space_id FROM home WHERE kind = ? AND entity = ?)`,
		data.KindAccount, account)
	return s, wrapNoun(err, "space of account %s", account)
}

// AddSpace keeps a space that was made or joined. key makes the IDs under which
// its interactions travel, 32 bytes; device begins the name of the log that this
// laptop writes for it, and holds no "-".
func (tx *Tx) AddSpace(s data.Space, key []byte, device string) error {
	if err := s.Check(); err != nil {
		return err
	}
	if s.ID == "" || s.ID == localSpace || s.Self == "" || len(key) != 32 || device == "" {
		return &data.Invalid{Field: "space", Says: "the space is not whole"}
	}
	if n, err := tx.count(`SELECT count(*) FROM space WHERE id = ?`, s.ID); err != nil || n > 0 {
		if err == nil {
			err = data.ErrConflict
		}
		return wrapNoun(err, "space %s", s.Name)
	}
	tx.homes = homes{}
	tx.touched("space")
	if _, err := tx.exec(`INSERT INTO space (id, name, kind, id_key, self, place, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
		s.ID, s.Name, string(s.Kind), key, s.Self, s.Place, tx.now.Unix()); err != nil {
		return wrapNoun(err, "space %s", s.Name)
	}
	_, err := tx.exec(`INSERT INTO own_log (space_id, log, instance, at, told)
		SELECT ?, ?, instance, 0, '{}' FROM own_log WHERE space_id = ?`, s.ID, ownLog{space: s.ID, log: device + "-"}.anew(), localSpace)
	return wrapNoun(err, "space %s", s.Name)
}

// DeviceOf is the device under which a space is written here.
func (db *DB) DeviceOf(ctx context.Context, space string) (string, error) {
	device, err := one(ctx, db.read, scanString, `SELECT substr(log, 1, instr(log, '-') - 1) FROM own_log WHERE space_id = ?`, space)
	return device, wrapNoun(err, "space %s", space)
}

// WriteAs begins a new log of a space for another device of its user, as where a
// workspace came to a new laptop. What the former one wrote and did not give is not
// given any more (see SpaceEntry.Unsent).
func (tx *Tx) WriteAs(space, device string) error {
	tx.touched("space")
	_, err := tx.exec(`UPDATE own_log SET log = ?, told = '{}' WHERE space_id = ?`, ownLog{space: space, log: device + "-"}.anew(), space)
	return wrapNoun(err, "space %s", space)
}

// ChangeSpace keeps another name, kind or place of a space.
func (tx *Tx) ChangeSpace(s data.Space) error {
	if err := s.Check(); err != nil {
		return err
	}
	tx.touched("space")
	_, err := tx.exec(`UPDATE space SET name = ?, kind = ?, place = ? WHERE id = ?`, s.Name, string(s.Kind), s.Place, s.ID)
	return wrapNoun(err, "space %s", s.Name)
}

// Exchanged keeps how an exchange with a space's place went: nil is well, now.
func (tx *Tx) Exchanged(space string, problem error) error {
	tx.touched("space")
	if problem != nil {
		_, err := tx.exec(`UPDATE space SET problem = ? WHERE id = ?`, problem.Error(), space)
		return err
	}
	_, err := tx.exec(`UPDATE space SET synced_at = ?, problem = '' WHERE id = ?`, tx.now.Unix(), space)
	return err
}

// PutRefusedBy keeps who refused us where we asked to come in, by name; "" is nobody.
func (tx *Tx) PutRefusedBy(space, name string) error {
	tx.touched("space")
	_, err := tx.exec(`UPDATE space SET refused_by = ? WHERE id = ?`, name, space)
	return wrapNoun(err, "space %s", space)
}

// PutAlarm keeps, in words, whose laptops made different things of the same changes;
// "" is nobody's.
func (tx *Tx) PutAlarm(space, words string) error {
	tx.touched("space")
	_, err := tx.exec(`UPDATE space SET alarm = ? WHERE id = ?`, words, space)
	return wrapNoun(err, "space %s", space)
}

// SpaceKey is what makes the IDs under which a space's interactions travel.
func (db *DB) SpaceKey(ctx context.Context, space string) ([]byte, error) {
	key, err := one(ctx, db.read, func(r row) (key []byte, err error) {
		err = r.Scan(&key)
		return key, err
	}, `SELECT id_key FROM space WHERE id = ?`, space)
	return key, wrapNoun(err, "space %s", space)
}

// PutSpaceKey keeps the key of SpaceKey, which comes when we are let in.
func (tx *Tx) PutSpaceKey(space string, key []byte) error {
	_, err := tx.exec(`UPDATE space SET id_key = ? WHERE id = ?`, key, space)
	return wrapNoun(err, "space %s", space)
}

// Have is how much of each log of a space was applied here.
func (db *DB) Have(ctx context.Context, space string) (change.Vector, error) {
	v, err := seenIn(ctx, db.read, space)
	return v, wrapNoun(err, "space %s", space)
}

// ShareAccount puts an account into a space: the account itself, its people, what
// we know of them, owe to or agreed with them, and what was logged by hand. What
// each is now is written to the space's log; what this laptop knew earlier, and
// all mail, stays here. It says how many things went.
func (tx *Tx) ShareAccount(account, space string) (int, error) {
	if _, err := one(tx.ctx, tx.sql, scanSpace, `SELECT `+spaceColumns+` FROM space WHERE id = ? AND id <> ?`, space, localSpace); err != nil {
		return 0, wrapNoun(err, "space %s", space)
	}
	if _, err := one(tx.ctx, tx.sql, scanString, `SELECT id FROM account WHERE id = ?`, account); err != nil {
		return 0, wrapNoun(err, "account %s", account)
	}
	things, err := tx.thingsOf(account)
	if err != nil {
		return 0, wrapNoun(err, "account %s", account)
	}
	moved := 0
	for _, ref := range things {
		did, err := tx.moveTo(space, ref)
		if err != nil {
			return moved, wrapNoun(err, "%s %s", ref.Kind, ref.ID)
		}
		if did {
			moved++
		}
	}
	return moved, nil
}

// WouldShare are the things that ShareAccount would put into a space.
func (db *DB) WouldShare(ctx context.Context, account, space string) ([]data.ThingRef, error) {
	things, err := db.ToShare(ctx, account, space)
	list := make([]data.ThingRef, 0, len(things))
	for _, t := range things {
		list = append(list, t.ThingRef)
	}
	return list, err
}

// thingsOf are all shareable things of an account, itself first.
func (tx *Tx) thingsOf(account string) ([]change.Ref, error) {
	list, err := query(tx.ctx, tx.sql, func(r row) (ref change.Ref, err error) {
		err = r.Scan(&ref.Kind, &ref.ID)
		return ref, err
	}, `
		SELECT 'contact', id FROM contact WHERE account_id = ?1
		UNION ALL SELECT kind, id FROM part WHERE account_id = ?1 OR account_id = '' AND contact_id IN (SELECT id FROM contact WHERE account_id = ?1)
		UNION ALL SELECT DISTINCT 'interaction', v.entity FROM version v JOIN interaction i ON i.id = v.entity
			WHERE v.kind = 'interaction' AND v.field = 'account' AND v.value = ?1 AND i.source = '`+LoggedByHand+`'
		ORDER BY 1, 2`, account)
	things := []change.Ref{refOf(data.KindAccount, account)}
	for _, ref := range list {
		if data.Shareable(ref.Kind) && !data.IsJoint(ref.Kind) {
			things = append(things, ref)
		}
	}
	return things, err
}

// moveTo writes a thing as it is to a space's log, and out of the one it was in.
func (tx *Tx) moveTo(space string, ref change.Ref) (bool, error) {
	from, fields, err := tx.goes(space, ref)
	if err != nil || len(fields) == 0 {
		return false, err
	}
	if err := tx.leave(ref, from, space); err != nil {
		return false, err
	}
	e, err := tx.entityIn(space, ref)
	if err != nil {
		return false, err
	}
	tx.touched(ref.Kind)
	_, err = tx.recordIn(space, ref, e, fields)
	return true, err
}
