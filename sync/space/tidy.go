package space

import (
	"context"
	"slices"

	"rapport/data/store"
	"rapport/sync/team"
)

// tidy takes from the place what this laptop put there and another piece of ours
// stands for by now, where the place lets us; and forgets what no place holds.
func (r *round) tidy(ctx context.Context) error {
	place, can := r.way.(team.Remover)
	standIn := r.standIns()
	var gone []string
	for _, name := range sortedKeys(r.retired) {
		if !r.there[name] {
			gone = append(gone, name)
			continue
		}
		if !can {
			continue
		}
		if may, err := standIn(ctx, r.retired[name]); err != nil || !may {
			if err != nil {
				return err
			}
			continue
		}
		if err := place.Remove(ctx, name); err != nil && ctx.Err() != nil {
			return err // else another time: it costs nothing but room
		}
	}
	if len(gone) == 0 {
		return nil
	}
	_, err := r.s.db.Write(ctx, "", func(tx *store.Tx) error { return tx.ForgetRetired(r.space.ID, gone...) })
	return err
}

// standIns says of retired pieces whether they are ours, and what stands for them lay
// at the place when this exchange began, so that nobody finds neither.
func (r *round) standIns() func(context.Context, store.Piece) (bool, error) {
	device := r.me.device.ID()
	tag := team.WordTag(r.space.ID, device)
	word := slices.ContainsFunc(r.of(team.WordPiece), func(name string) bool {
		_, t, _, _ := team.Parts(name)
		return t == tag && r.there[name]
	})
	var own []store.Piece
	return func(ctx context.Context, p store.Piece) (bool, error) {
		if _, t, _, err := team.Parts(p.Name); err == nil && t == tag {
			return word, nil
		}
		if p.Name[0] == byte(team.SnapshotPiece) {
			return p.First == 1, nil // ours, with what was erased; nothing need stand for it
		}
		if d, ok := team.LogDevice(p.Log); !ok || d != device {
			return false, nil
		}
		if own == nil {
			var err error
			if own, err = r.s.db.OwnSegments(ctx, r.space.ID, device); err != nil {
				return false, err
			}
		}
		return slices.ContainsFunc(own, func(o store.Piece) bool {
			return o.Log == p.Log && o.First <= p.First && p.Last <= o.Last && r.there[o.Name] && (o.Blank > p.Blank || r.s.now().Sub(o.CameAt) >= removedAfter)
		}), nil
	}
}
