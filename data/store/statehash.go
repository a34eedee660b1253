package store

import (
	"context"

	"rapport/data/change"
)

// StateHash is the hash over all registers of a space that change.StateSum makes.
// Laptops that have applied the same changes, and know the same members, have the
// same.
func (db *DB) StateHash(ctx context.Context, space string) (string, error) {
	s, err := db.Stands(ctx, space)
	return s.State, err
}

// SpaceStand is how far a laptop is with a space, and what it made of that.
type SpaceStand struct {
	Have  change.Vector
	Heads []string // the membership records by which every change was judged
	State string   // as StateHash
}

// Stands is how far this laptop is with a space, read in one look.
func (db *DB) Stands(ctx context.Context, space string) (s SpaceStand, err error) {
	err = db.inReader(ctx, func(tx *Tx) error {
		if s.Have, err = seenIn(ctx, tx.sql, space); err != nil {
			return err
		}
		if s.Heads, err = judgedBy(ctx, tx.sql, space); err != nil {
			return err
		}
		var sum change.StateSum
		if err := tx.eachRegister(space, sum.Toggle); err != nil {
			return err
		}
		s.State = sum.String()
		return nil
	})
	return s, wrapNoun(err, "space %s", space)
}
