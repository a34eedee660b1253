package store

import (
	"context"
	"slices"
	"time"

	"rapport/data"
)

// handoverRecent is how many of an account's latest interactions a hand-over
// names.
const handoverRecent = 12

// HandoverInput returns what a pack for a colleague who takes an account over is
// made from.
func (db *DB) HandoverInput(ctx context.Context, account string, now time.Time) (in data.HandoverInput, err error) {
	if in.PlanInput, err = db.PlanInput(ctx, account, now); err != nil {
		return in, err
	}
	if in.Waiting, err = db.Waiting(ctx, account, now); err != nil {
		return in, err
	}
	if in.Signs, err = Parts[data.TrustSign](ctx, db, PartQuery{Account: account}); err != nil {
		return in, err
	}
	if in.Moments, err = db.Moments(ctx, account, now); err != nil {
		return in, err
	}
	all, err := db.Timeline(ctx, data.TimelineQuery{Account: account, Planned: true, Limit: 3 * handoverRecent}, now)
	for _, i := range all {
		switch {
		case i.Cancelled:
		case i.Planned(now):
			in.Ahead = append(in.Ahead, i)
		case len(in.Recent) < handoverRecent:
			in.Recent = append(in.Recent, i)
		}
	}
	slices.SortStableFunc(in.Ahead, func(a, b data.Interaction) int { return a.At.Compare(b.At) })
	return in, err
}
