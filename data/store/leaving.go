package store

import (
	"context"
	"time"

	"rapport/data"
)

// LeavingInput returns what the list of leaving an account well is made from.
func (db *DB) LeavingInput(ctx context.Context, account string, now time.Time) (in data.LeavingInput, err error) {
	in.Now = now
	if in.Account, err = db.Account(ctx, account); err != nil {
		return in, err
	}
	of := PartQuery{Account: account}
	if in.Items, err = Parts[data.Leaving](ctx, db, of); err != nil {
		return in, err
	}
	if in.Promises, err = Parts[data.Promise](ctx, db, of); err != nil {
		return in, err
	}
	if in.Steps, err = Parts[data.Step](ctx, db, of); err != nil {
		return in, err
	}
	if in.Objectives, err = Parts[data.Objective](ctx, db, of); err != nil {
		return in, err
	}
	waiting, err := db.Waiting(ctx, account, now)
	in.Waiting = len(waiting)
	return in, err
}

// PutLeaving keeps a thing of the list of leaving an account; of what leaving takes
// anywhere an account has one each.
func (tx *Tx) PutLeaving(l data.Leaving) (data.Leaving, error) {
	if l.Thing != "" {
		l.ID = data.LeavingID(l.Account, l.Thing)
	}
	return PutPart(tx, l)
}

// ArchiveAccount says that the team left an account on a day, and why. It keeps its
// history and its mail is filed, but it asks for nothing any more.
func (tx *Tx) ArchiveAccount(id, why, on string) error {
	return tx.ChangeAccount(id, func(a *data.Account) { a.Mode, a.Archived, a.ArchivedWhy = data.WindDown, on, why })
}

// UnarchiveAccount brings an account back; it is looked after as any other.
func (tx *Tx) UnarchiveAccount(id string) error {
	return tx.ChangeAccount(id, func(a *data.Account) { a.Mode, a.Archived, a.ArchivedWhy = data.Maintain, "", "" })
}
