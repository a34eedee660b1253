package space

import (
	"context"
	"slices"

	"rapport/data/store"
	"rapport/sync/team"
	"rapport/sync/team/jetstream"
)

// tidy takes from the place what this laptop put there and another piece of ours
// stands for by now, where the place lets us; and forgets what no place holds.
func (r *round) tidy(ctx context.Context) error {
	place, can := r.way.(team.Remover)
	_, clears := r.way.(jetstream.Cleaner)
	standIn := r.standIns()
	if clears {
		standIn = r.standInsOfAll()
	}
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
		err := place.Remove(ctx, name)
		switch {
		case err == nil:
			r.report.Cleared++
		case clears || ctx.Err() != nil: // else another time: it costs nothing but room
			return err
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
		return r.stoodFor(p, own), nil
	}
}

// standInsOfAll is standIns of whoever put the pieces there, for who runs the hub.
func (r *round) standInsOfAll() func(context.Context, store.Piece) (bool, error) {
	words := map[string]bool{}
	for _, name := range r.of(team.WordPiece) {
		if _, tag, _, err := team.Parts(name); err == nil && r.there[name] {
			words[tag] = true
		}
	}
	var all []store.Piece
	return func(ctx context.Context, p store.Piece) (bool, error) {
		kind, tag, _, err := team.Parts(p.Name)
		switch {
		case err != nil:
			return false, nil
		case kind == team.WordPiece:
			return words[tag], nil
		case kind == team.SnapshotPiece:
			return true, nil
		case kind != team.SegmentPiece:
			return false, nil
		}
		if all == nil {
			if all, err = r.s.db.OwnSegments(ctx, r.space.ID, ""); err != nil {
				return false, err
			}
		}
		return r.stoodFor(p, all), nil
	}
}

// stoodFor says whether one of some segments that lay at the place when this exchange
// began has all of a retired one: one without what was erased, or for long enough.
func (r *round) stoodFor(p store.Piece, by []store.Piece) bool {
	return slices.ContainsFunc(by, func(o store.Piece) bool {
		return o.Log == p.Log && o.First <= p.First && p.Last <= o.Last && r.there[o.Name] && (o.Blank > p.Blank || r.s.now().Sub(o.CameAt) >= removedAfter)
	})
}
