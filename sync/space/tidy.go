package space

import (
	"context"

	"rapport/data/store"
	"rapport/sync/team"
)

// tidy takes from the place what this laptop put there and another piece of ours
// stands for by now, where the place lets us; and forgets what no place holds.
func (r *round) tidy(ctx context.Context) error {
	place, can := r.way.(team.Remover)
	var gone []string
	for _, name := range sortedKeys(r.retired) {
		switch {
		case !r.there[name]:
			gone = append(gone, name)
		case can && r.mayRemove(r.retired[name]):
			if err := place.Remove(ctx, name); err != nil && ctx.Err() != nil {
				return err // else another time: it costs nothing but room
			}
		}
	}
	if len(gone) == 0 {
		return nil
	}
	_, err := r.s.db.Write(ctx, "", func(tx *store.Tx) error { return tx.ForgetRetired(r.space.ID, gone...) })
	return err
}

// mayRemove says whether a retired piece is ours, and what stands for it lay at the
// place when this exchange began, so that nobody finds neither.
func (r *round) mayRemove(p store.Piece) bool {
	_, tag, _, err := team.Parts(p.Name)
	if err != nil || tag != team.WordTag(r.space.ID, r.me.device.ID()) {
		return false
	}
	for name := range r.here {
		if _, t, _, err := team.Parts(name); name[0] == byte(team.WordPiece) && err == nil && t == tag && r.there[name] {
			return true
		}
	}
	return false
}
