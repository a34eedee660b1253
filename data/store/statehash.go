package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
)

// StateHash is a hash over all registers of a space. Laptops that have applied the
// same changes, and know the same members, have the same.
func (db *DB) StateHash(ctx context.Context, space string) (string, error) {
	sum := sha256.New()
	_, err := query(ctx, db.read, func(r row) (struct{}, error) {
		var kind, entity, part, field, log, actor, op, value, over string
		var counter, at int64
		if err := r.Scan(&kind, &entity, &part, &field, &log, &counter, &at, &actor, &op, &value, &over); err != nil {
			return struct{}{}, err
		}
		_, err := fmt.Fprintf(sum, "%q %q %q %q %q %d %d %q %q %q %q\n", kind, entity, part, field, log, counter, at, actor, op, value, over)
		return struct{}{}, err
	}, `SELECT kind, entity, part, field, log, counter, at, actor, op, value, over FROM version
		WHERE space_id = ? ORDER BY kind, entity, part, field, log, counter`, space)
	return hex.EncodeToString(sum.Sum(nil)), wrapNoun(err, "space %s", space)
}
