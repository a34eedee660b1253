package space

import (
	"context"
	"slices"

	"rapport/data"
	"rapport/data/change"
	"rapport/sync/team"
)

// KeptOut are the changes of a space that touch nothing, since whoever wrote them was
// not allowed to; by log and counter. Who that was is said by the device that signed
// them, not by what they say of themselves.
func (s *Spaces) KeptOut(ctx context.Context, id string) (list []data.KeptChange, err error) {
	sp, err := s.db.Space(ctx, id)
	if err != nil {
		return nil, err
	}
	err = s.inTurn(ctx, sp, func(r *round) error {
		list, err = r.keptOut(ctx)
		return err
	})
	return list, err
}

func (r *round) keptOut(ctx context.Context) ([]data.KeptChange, error) {
	list, err := r.s.db.KeptChanges(ctx, r.space.ID)
	for i, k := range list {
		if device, ok := team.LogDevice(k.Log); ok {
			list[i].Person = r.members.Devices[device]
			list[i].By = r.members.Members[list[i].Person].Name
		}
	}
	return list, err
}

// acceptedAtOnce is how many runs of changes one record lets in.
const acceptedAtOnce = 1000

// Accept lets in those of some changes that are kept out here still: they hold on all
// laptops from then on, as if their author had been allowed to make them. It says how
// many there were.
func (s *Spaces) Accept(ctx context.Context, id string, which []data.KeptChange) (n int, err error) {
	err = s.within(ctx, id, func(r *round) error {
		if !r.myRole().MayAdmit(data.Reader) {
			return &data.Invalid{Field: "role", Says: "only owners and admins let in what was kept out; you are " + string(r.myRole())}
		}
		out, err := s.db.KeptOut(ctx, id)
		if err != nil {
			return err
		}
		which = slices.DeleteFunc(slices.Clone(which), func(k data.KeptChange) bool { return out[change.Dot{Log: k.Log, Counter: k.Counter}] == "" })
		n = len(which)
		for ranges := range slices.Chunk(rangesOf(which), acceptedAtOnce) {
			if err := r.record(ctx, change.Record{Deed: change.Accept, Ranges: ranges}); err != nil {
				return err
			}
		}
		return nil
	})
	return n, err
}

// rangesOf are the runs that changes make, which are sorted by log and counter.
func rangesOf(list []data.KeptChange) (ranges []change.Range) {
	for _, k := range list {
		if at := len(ranges) - 1; at >= 0 && ranges[at].Log == k.Log && ranges[at].Last+1 == k.Counter {
			ranges[at].Last++
			continue
		}
		ranges = append(ranges, change.Range{Log: k.Log, First: k.Counter, Last: k.Counter})
	}
	return ranges
}
