package store

import (
	"context"

	"rapport/data"
)

// WritingSpace is the team's space whose members may be told that somebody here writes
// at a thing: the one that has its account, and the thing itself, unless it is new. It
// is "" for none, and where nobody wants to be told of.
func (db *DB) WritingSpace(ctx context.Context, w data.Writing) (string, error) {
	off, err := db.Setting(ctx, SettingWriting)
	if err != nil || off == SettingOff || w.Account == "" || !data.Shareable(w.Kind) {
		return "", err
	}
	list, err := query(ctx, db.read, scanString, `
		SELECT s.id FROM home h JOIN space s ON s.id = h.space_id
		WHERE h.kind = 'account' AND h.entity = ?1 AND s.kind = ?4
			AND (?3 = '' OR EXISTS (SELECT 1 FROM home o WHERE o.kind = ?2 AND o.entity = ?3 AND o.space_id = s.id))`,
		w.Account, w.Kind, w.ID, string(data.TeamSpace))
	if err != nil || len(list) == 0 {
		return "", wrapNoun(err, "account %s", w.Account)
	}
	return list[0], nil
}
