package store

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"rapport/data"
)

// Touchpoints returns the contacts of all accounts that are due within ahead of
// now, as data.TouchpointsOf decides, what is due first, first. What was put off
// is left out.
func (db *DB) Touchpoints(ctx context.Context, ahead time.Duration, now time.Time) ([]data.Touchpoint, error) {
	all, err := db.Standings(ctx, now)
	if err != nil {
		return nil, err
	}
	list, err := db.touchpoints(ctx, all, ahead, now)
	return list, wrapNoun(err, "touchpoints")
}

func (db *DB) touchpoints(ctx context.Context, all map[string]AccountStanding, ahead time.Duration, now time.Time) (list []data.Touchpoint, err error) {
	preferences, err := Parts[data.Preference](ctx, db, PartQuery{Open: true})
	if err != nil {
		return nil, err
	}
	of := map[string][]data.Preference{}
	for _, p := range preferences {
		of[p.Account] = append(of[p.Account], p)
	}
	planned, err := db.plannedWith(ctx, now)
	if err != nil {
		return nil, err
	}
	snoozed, err := db.Snoozed(ctx)
	if err != nil {
		return nil, err
	}
	for id, s := range all {
		list = append(list, data.TouchpointsOf(s.Account, s.Contacts, of[id], planned, snoozed, ahead, now)...)
	}
	slices.SortFunc(list, func(a, b data.Touchpoint) int {
		return cmp.Or(a.Due.Compare(b.Due), strings.Compare(a.Account.Name, b.Account.Name), strings.Compare(a.Contact.Name, b.Contact.Name), strings.Compare(a.Contact.ID, b.Contact.ID))
	})
	return list, nil
}

// plannedWith is when the next meeting with each contact begins, by Contact.ID.
func (db *DB) plannedWith(ctx context.Context, now time.Time) (map[string]time.Time, error) {
	planned := map[string]time.Time{}
	_, err := query(ctx, db.read, func(r row) (struct{}, error) {
		var contact string
		var at int64
		err := r.Scan(&contact, &at)
		planned[contact] = timeOf(at)
		return struct{}{}, err
	}, `
		SELECT p.contact_id, min(o.start_at)
		FROM occurrence o JOIN interaction i ON i.id = o.id JOIN participant p ON p.interaction_n = i.n
		WHERE o.shown = 1 AND o.cancelled = 0 AND o.start_at >= ? AND p.contact_id <> '' AND p.answer NOT IN ('declined', 'absent') GROUP BY p.contact_id`, now.Unix())
	return planned, err
}

// WarmthWeeks returns a contact's warmth at the end of each of the last n weeks
// by the rhythm given, the oldest first; -1 where they had not spoken with us yet.
func (db *DB) WarmthWeeks(ctx context.Context, contact string, every data.Interval, n int, now time.Time) ([]int, error) {
	rules, err := db.WarmthRules(ctx)
	if err != nil {
		return nil, err
	}
	moments, err := db.MomentsWith(ctx, contact, now)
	weeks := make([]int, n)
	for i := range weeks {
		weeks[i] = -1
		if w := data.BareWarmth(moments, every, rules, now.AddDate(0, 0, -7*(n-1-i))); w.Band != data.NeverSpoke {
			weeks[i] = w.Score
		}
	}
	return weeks, err
}
