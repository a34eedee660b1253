package store

import (
	"context"
	"maps"
	"slices"
	"time"

	"rapport/data"
)

// partReader reads parts as they are, or as they were known at a moment. After an
// error it reads nothing more.
type partReader struct {
	ctx  context.Context
	past *Past
	at   time.Time
	now  bool // as they are; at is about now
	err  error
}

// own asks for the parts of the account that is looked back on.
func (r *partReader) own() PartQuery { return PartQuery{Account: r.past.account} }

// partsFor are the parts of one kind that q asks for; as they were known, those of
// an account or of all.
func partsFor[T data.Part](r *partReader, q PartQuery) (list []T) {
	switch {
	case r.err != nil:
		return nil
	case r.now:
		list, r.err = Parts[T](r.ctx, r.past.db, q)
	default:
		list, r.err = partsAt[T](r.ctx, r.past, q.Account, r.at)
	}
	return list
}

// account is the account that is looked back on.
func (r *partReader) account() (data.Account, error) {
	if r.now {
		return r.past.db.Account(r.ctx, r.past.account)
	}
	return r.past.Account(r.ctx, r.at)
}

// interactionsNamed are interactions by their IDs; of a day that has been those
// that had happened.
func (r *partReader) interactionsNamed(ids map[string]bool) (map[string]data.Interaction, error) {
	found, err := r.past.db.interactionsNamed(r.ctx, ids)
	maps.DeleteFunc(found, func(_ string, i data.Interaction) bool { return i.At.After(r.at) && !r.now })
	return found, err
}

// interactionsNamed are interactions by their IDs, without their people. Those
// that are not there are left out.
func (db *DB) interactionsNamed(ctx context.Context, ids map[string]bool) (map[string]data.Interaction, error) {
	delete(ids, "")
	var asked []any
	for _, id := range slices.Sorted(maps.Keys(ids)) {
		asked = append(asked, id)
	}
	found := map[string]data.Interaction{}
	err := inChunks(asked, func(marks string, args []any) error {
		list, err := query(ctx, db.read, scanPlaced(), `SELECT `+interactionColumns+` FROM interaction i WHERE i.id IN (`+marks+`)`, args...)
		for _, p := range list {
			found[p.ID] = p.Interaction
		}
		return err
	})
	return found, err
}
