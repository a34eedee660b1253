package store

import "context"

// MessageIDs returns the IDs of messages that begin as given, at most limit of
// them, in their order.
func (db *DB) MessageIDs(ctx context.Context, beginning string, limit int) ([]string, error) {
	list, err := query(ctx, db.read, scanString, `
		SELECT id FROM message WHERE id >= ?1 AND id < ?1 || 'g' ORDER BY id LIMIT ?2`, beginning, limit)
	return list, wrapNoun(err, "messages")
}
