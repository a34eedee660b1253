package space

import (
	"context"
	"slices"

	"rapport/data/store"
	"rapport/sync/team"
)

// purge seals our segments anew whose values were erased since, without these, and
// gives no snapshot any more that has them. What stands in another's segments only
// that one can seal anew, with the next exchange there.
func (r *round) purge(ctx context.Context) error {
	if r.judge == nil {
		return nil
	}
	purged, err := r.purgeSegments(ctx)
	if err != nil {
		return err
	}
	dropped, err := r.dropSnapshots(ctx)
	if err != nil || !purged && !dropped {
		return err
	}
	return r.look(ctx)
}

func (r *round) purgeSegments(ctx context.Context) (purged bool, err error) {
	device := r.me.device.ID()
	holding, err := r.s.db.HoldingErased(ctx, r.space.ID, device)
	if err != nil || len(holding) == 0 {
		return false, err
	}
	for _, name := range holding {
		own, err := r.s.db.OwnSegments(ctx, r.space.ID, device)
		if err != nil {
			return purged, err
		}
		at := slices.IndexFunc(own, func(p store.Piece) bool { return p.Name == name })
		if at < 0 {
			continue
		}
		from := at
		for from > 0 && own[from-1].Log == own[at].Log {
			from--
		}
		did, err := r.sealAnew(ctx, own[from:at+1])
		if err != nil {
			return purged, err
		}
		purged = purged || did
	}
	return purged, nil
}

// sealAnew seals the last of some segments of a log anew, as its changes are now.
func (r *round) sealAnew(ctx context.Context, own []store.Piece) (bool, error) {
	p := own[len(own)-1]
	changes, err := r.s.db.ChangesOf(ctx, r.space.ID, p.Log, p.First, p.Last)
	if err != nil || uint64(len(changes)) != p.Last-p.First+1 {
		return false, err
	}
	blank, err := r.s.db.ErasedIn(ctx, r.space.ID, p.Log, p.First, p.Last)
	if err != nil {
		return false, err
	}
	anew, ok := r.sealPack(own, len(own)-1, len(own), changes, blank)
	if !ok {
		return false, nil
	}
	_, err = r.s.db.Write(ctx, "", func(tx *store.Tx) error { return tx.KeepPack(r.space.ID, anew) })
	return err == nil, err
}

// dropSnapshots retires the snapshots that have what was erased since. Whoever owes
// the newcomers one writes another.
func (r *round) dropSnapshots(ctx context.Context) (dropped bool, err error) {
	if len(r.of(team.SnapshotPiece)) == 0 {
		return false, nil
	}
	list, err := r.snapshots(ctx)
	if err != nil {
		return false, err
	}
	for _, s := range list {
		has, err := r.s.db.HasErased(ctx, r.space.ID, s.Have)
		if err != nil {
			return dropped, err
		}
		if !has {
			continue
		}
		own := s.By.Device() == r.me.device.ID()
		if _, err := r.s.db.Write(ctx, "", func(tx *store.Tx) error { return tx.RetireSnapshot(r.space.ID, own, s.pieces...) }); err != nil {
			return dropped, err
		}
		dropped = true
	}
	return dropped, nil
}
