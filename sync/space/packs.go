package space

import (
	"context"
	"time"

	"rapport/data/change"
	"rapport/data/store"
	"rapport/sync/team"
)

const (
	// packedAfter is how old a segment is before it is packed: who is at work has it
	// by then.
	packedAfter = 24 * time.Hour
	// removedAfter is how long a pack lies at the place before what it stands for is
	// taken away there.
	removedAfter = 24 * time.Hour
)

// pack makes one segment of many small ones of ours, where the place lets us take
// those away again: elsewhere it would only add to them.
func (r *round) pack(ctx context.Context) error {
	if _, can := r.way.(team.Remover); !can || r.lastEpoch() == "" || r.myRole() == "" {
		return nil
	}
	if len(r.of(team.SegmentPiece)) < team.PackAt {
		return nil
	}
	for {
		own, err := r.s.db.OwnSegments(ctx, r.space.ID, r.me.device.ID())
		if err != nil {
			return err
		}
		packed := false
		for len(own) > 0 {
			n := 1
			for n < len(own) && own[n].Log == own[0].Log {
				n++
			}
			did, err := r.packLog(ctx, own[:n])
			if err != nil {
				return err
			}
			own, packed = own[n:], packed || did
		}
		if !packed {
			return nil
		}
		if err := r.look(ctx); err != nil {
			return err
		}
	}
}

// packLog packs one run of the segments of a log.
func (r *round) packLog(ctx context.Context, own []store.Piece) (bool, error) {
	list := make([]team.Held, len(own))
	for i, p := range own {
		settled := r.there[p.Name] && r.s.now().Sub(p.CameAt) >= packedAfter && r.keys.Epochs[p.Epoch].Whole()
		list[i] = team.Held{Epoch: p.Epoch, First: p.First, Last: p.Last, Size: p.Size, Settled: settled}
	}
	from, to := team.ToPack(list)
	if from == to {
		return false, nil
	}
	first, last := own[from], own[to-1]
	changes, err := r.s.db.ChangesOf(ctx, r.space.ID, first.Log, first.First, last.Last)
	if err != nil || uint64(len(changes)) != last.Last-first.First+1 {
		return false, err // some came with a snapshot only
	}
	blank, err := r.s.db.ErasedIn(ctx, r.space.ID, first.Log, first.First, last.Last)
	if err != nil {
		return false, err
	}
	p, ok := r.sealPack(own, from, to, changes, blank)
	if !ok {
		return false, nil
	}
	_, err = r.s.db.Write(ctx, "", func(tx *store.Tx) error { return tx.KeepPack(r.space.ID, p) })
	return err == nil, err
}

// sealPack is false for what does not go into one piece, or would not be read: then
// the segments stay as they are.
func (r *round) sealPack(own []store.Piece, from, to int, changes []change.Change, blank int) (store.Piece, bool) {
	first, last := own[from], own[to-1]
	h := team.Header{Space: r.space.ID, Epoch: first.Epoch, Log: first.Log, First: first.First, Last: last.Last, Heads: r.members.Heads, Ends: chainOf(last), Blank: blank}
	if h.First > 1 {
		if from == 0 || own[from-1].Last+1 != h.First {
			return store.Piece{}, false // what it follows is not here by itself
		}
		h.Previous = chainOf(own[from-1])
	}
	name, body, err := team.SealSegment(h, changes, r.keys, r.me.device)
	if err == nil {
		_, err = team.OpenSegment(name, body, r.keys)
	}
	return store.Piece{Name: name, Log: h.Log, First: h.First, Last: h.Last, Epoch: h.Epoch, Blank: h.Blank, Chain: h.Ends, Body: body}, err == nil
}

func chainOf(p store.Piece) string {
	if p.Chain != "" {
		return p.Chain
	}
	return p.Name
}
