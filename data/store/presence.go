package store

import (
	"context"
	"encoding/json"

	"rapport/data"
	"rapport/data/change"
)

// Presence are the Members of a space with how far each is: what of all that is here
// their laptops had not when one last said so.
func (db *DB) Presence(ctx context.Context, space string) ([]data.Member, error) {
	list, err := db.Members(ctx, space)
	if err != nil {
		return nil, err
	}
	err = db.inReader(ctx, func(tx *Tx) error {
		have, err := seenIn(ctx, tx.sql, space)
		if err != nil {
			return err
		}
		for i := range list {
			if list[i].HeardAt.IsZero() {
				continue
			}
			if err := tx.howFar(space, &list[i], have); err != nil {
				return wrapNoun(err, "member %s", list[i].Name)
			}
		}
		return nil
	})
	return list, wrapNoun(err, "members of space %s", space)
}

// howFar counts what of the logs a member lacks, and finds the first of it.
func (tx *Tx) howFar(space string, m *data.Member, have change.Vector) error {
	said, err := one(tx.ctx, tx.sql, scanString, `SELECT seen FROM member WHERE space_id = ? AND id = ?`, space, m.ID)
	if err != nil {
		return err
	}
	seen := change.Vector{}
	if err := json.Unmarshal([]byte(said), &seen); err != nil {
		return err
	}
	for log, last := range have {
		if last <= seen[log] {
			continue
		}
		m.Lacks += int(last - seen[log])
		body, err := one(tx.ctx, tx.sql, scanString, `SELECT body FROM change WHERE space_id = ? AND log = ? AND counter > ? ORDER BY counter LIMIT 1`, space, log, seen[log])
		if noRows(err) != nil {
			return err
		}
		if err != nil {
			continue // it came with a snapshot, and stands nowhere alone
		}
		c, err := change.Decode([]byte(body))
		if err != nil {
			return err
		}
		if at := c.At.Time(); m.SeenUntil.IsZero() || at.Before(m.SeenUntil) {
			m.SeenUntil = at
		}
	}
	return nil
}
