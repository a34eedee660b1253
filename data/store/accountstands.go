package store

import (
	"context"
	"time"

	"rapport/data"
)

// stageKept is how long a contact's stage is taken as it was judged; it changes
// with what happens, which drops it, and else only as months pass.
const stageKept = time.Hour

// AccountStands returns how every account stands at about now, by Account.ID, as
// lists and filters need it: Standings with promises counted, stages and the
// touch that is due first.
func (db *DB) AccountStands(ctx context.Context, now time.Time) (map[string]data.AccountStand, error) {
	all, err := db.Standings(ctx, now)
	if err != nil {
		return nil, err
	}
	stands, err := db.accountStands(ctx, all, now)
	return stands, wrapNoun(err, "how accounts stand")
}

// listAhead is how far ahead a list names the touch that comes next: any rhythm.
const listAhead = 3660 * 24 * time.Hour

func (db *DB) accountStands(ctx context.Context, all map[string]AccountStanding, now time.Time) (map[string]data.AccountStand, error) {
	stages, err := db.stages(ctx, all, now)
	if err != nil {
		return nil, err
	}
	touches, err := db.touchpoints(ctx, all, listAhead, now)
	if err != nil {
		return nil, err
	}
	stands := make(map[string]data.AccountStand, len(all))
	for id, s := range all {
		stands[id] = data.StandOf(s.AccountStanding, s.Contacts, s.Promises, stages, now)
	}
	for _, t := range touches { // those that are due first, first
		if s := stands[t.Account.ID]; s.Touch.Due.IsZero() {
			s.Touch = t
			stands[t.Account.ID] = s
		}
	}
	return stands, nil
}

// stages are how far every contact has come, by Contact.ID. The histories are
// those that warmth was made from.
func (db *DB) stages(ctx context.Context, all map[string]AccountStanding, now time.Time) (map[string]data.TrustStage, error) {
	list, err := Parts[data.TrustSign](ctx, db, PartQuery{})
	if err != nil {
		return nil, err
	}
	signs := map[string][]data.TrustSign{}
	for _, s := range list {
		signs[s.Contact] = append(signs[s.Contact], s)
	}
	stages := map[string]data.TrustStage{}
	w := &db.warmth
	w.mu.Lock()
	defer w.mu.Unlock()
	var room []data.Moment
	for _, s := range all {
		for _, c := range s.Contacts {
			entry := w.contacts[c.Contact.ID]
			if entry == nil {
				continue
			}
			with := ""
			if own := signs[c.Contact.ID]; len(own) > 0 {
				with = asJSON(own)
			}
			if age := now.Sub(entry.stageAt); entry.stageAt.IsZero() || age < 0 || age >= stageKept || entry.stageSigns != with {
				room = entry.history(w.threads, room)
				entry.stage = data.StageOf(room, signs[c.Contact.ID], now).Stage
				entry.stageAt, entry.stageSigns = now, with
			}
			stages[c.Contact.ID] = entry.stage
		}
	}
	return stages, nil
}

// AccountEntries returns every account as lists and filters see it, with how it
// stands, by name.
func (db *DB) AccountEntries(ctx context.Context, now time.Time) ([]data.AccountEntry, error) {
	rows, err := db.AccountRows(ctx, now)
	if err != nil {
		return nil, err
	}
	stands, err := db.AccountStands(ctx, now)
	if err != nil {
		return nil, err
	}
	entries := make([]data.AccountEntry, len(rows))
	for i, r := range rows {
		entries[i].AccountRow = r
		entries[i].Stand, entries[i].Known = stands[r.ID]
	}
	return entries, nil
}
