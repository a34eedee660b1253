package sync

import (
	"context"

	"rapport/data/store"
	"rapport/sync/secret"
)

// Keys opens the keeper of a workspace's passwords and keys. Those of a workspace
// that was moved to another folder of this laptop come along.
func Keys(ctx context.Context, db *store.DB) (secret.Keeper, error) {
	from, err := db.MovedFrom(ctx)
	if err != nil {
		return nil, err
	}
	return secret.Open(db.Dir(), from...)
}
