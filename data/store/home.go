package store

import (
	"database/sql"
	"errors"

	"rapport/data"
	"rapport/data/change"
)

// homes is what a write knows of where things are.
type homes struct {
	asked bool
	only  bool // there is no space but this laptop's own
	// shared are all others, by ID; nil before they were asked for.
	shared []string
}

// sharedSpaces are all spaces but this laptop's own, by ID.
func (tx *Tx) sharedSpaces() ([]string, error) {
	if tx.homes.shared != nil {
		return tx.homes.shared, nil
	}
	list, err := query(tx.ctx, tx.sql, scanString, `SELECT id FROM space WHERE id <> ? ORDER BY id`, localSpace)
	tx.homes.shared = list
	return list, err
}

// onlyLocal says whether nothing is shared here, so that no thing need be looked
// for.
func (tx *Tx) onlyLocal() (bool, error) {
	if tx.homes.asked {
		return tx.homes.only, nil
	}
	n, err := tx.count(`SELECT count(*) FROM space WHERE id <> ?`, localSpace)
	tx.homes = homes{asked: true, only: n == 0}
	return tx.homes.only, err
}

// homeOf is the space that a thing is in: this laptop's own for one that is new.
func (tx *Tx) homeOf(ref change.Ref) (string, error) {
	only, err := tx.onlyLocal()
	if err != nil || only {
		return localSpace, err
	}
	var space string
	err = prepared{tx}.QueryRowContext(tx.ctx, `SELECT space_id FROM home WHERE kind = ? AND entity = ?`, ref.Kind, ref.ID).Scan(&space)
	if errors.Is(err, sql.ErrNoRows) {
		return localSpace, nil
	}
	return space, err
}

// homeFor is the space that a thing belongs into with the fields that it is to
// have: that of its account, since children follow their account. One that is in
// another moves.
func (tx *Tx) homeFor(ref change.Ref, want data.Fields) (string, error) {
	is, err := tx.homeOf(ref)
	if err != nil || tx.homes.only || ref.Kind == data.KindAccount || data.IsJoint(ref.Kind) || !data.Shareable(ref.Kind) {
		return is, err
	}
	account, err := tx.accountOf(ref.Kind, want)
	if err != nil || account == "" {
		return is, err
	}
	to, err := tx.homeOf(refOf(data.KindAccount, account))
	if err != nil || to == is {
		return to, err
	}
	return to, tx.leave(ref, is, to)
}

// accountOf is the account that a thing belongs to, by its fields; what is a
// person's belongs to that person's.
func (tx *Tx) accountOf(kind string, f data.Fields) (string, error) {
	if f["account"] != "" || f["contact"] == "" || kind == data.KindContact {
		return f["account"], nil
	}
	account, err := one(tx.ctx, prepared{tx}, scanString, `SELECT account_id FROM contact WHERE id = ?`, f["contact"])
	if isNotFound(err) {
		return "", nil // references are soft
	}
	return account, err
}

// leave takes a thing out of one space, since it is about to be written to
// another. In a team's space it is deleted there, as all others see. This
// laptop's own keeps its registers, which are asked no more.
func (tx *Tx) leave(ref change.Ref, from, to string) error {
	if from != localSpace {
		e, err := tx.entityIn(from, ref)
		if err != nil {
			return err
		}
		if len(e) > 0 && e.Fate() != change.Deleted {
			if err := tx.buryIn(from, ref, e); err != nil {
				return err
			}
		}
	}
	return tx.putHome(ref, to)
}

// putHome keeps in which space a thing is.
func (tx *Tx) putHome(ref change.Ref, space string) error {
	var err error
	if space == localSpace {
		_, err = tx.exec(`DELETE FROM home WHERE kind = ? AND entity = ?`, ref.Kind, ref.ID)
	} else if err = tx.observe(); err == nil {
		_, err = tx.exec(`INSERT INTO home (kind, entity, space_id) VALUES (?, ?, ?)
			ON CONFLICT (kind, entity) DO UPDATE SET space_id = excluded.space_id WHERE space_id <> excluded.space_id`, ref.Kind, ref.ID, space)
	}
	if err != nil || ref.Kind != data.KindAccount {
		return err
	}
	return tx.refreshObservedAt(ref.ID)
}
