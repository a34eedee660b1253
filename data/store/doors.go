package store

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"rapport/data"
)

// doorKnocks is of how many mails to a door the time to answer is taken.
const doorKnocks = 40

// Doors returns the ways in which customers can reach us, with how they are used
// up to now: those that are open to an account, used by it, or all for "". Those
// for one account only come last.
func (db *DB) Doors(ctx context.Context, account string, now time.Time) ([]data.DoorUse, error) {
	doors, err := Parts[data.Door](ctx, db, PartQuery{Open: true})
	if err != nil {
		return nil, err
	}
	var list []data.DoorUse
	for _, d := range doors {
		if account != "" && d.Account != "" && d.Account != account {
			continue
		}
		use, err := db.doorUse(ctx, d, cmp.Or(account, d.Account), now)
		if err != nil {
			return nil, wrapNoun(err, "door %s", d.ID)
		}
		list = append(list, use)
	}
	slices.SortStableFunc(list, func(a, b data.DoorUse) int {
		return cmp.Or(strings.Compare(a.Account, b.Account), strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)))
	})
	return list, nil
}

func (db *DB) doorUse(ctx context.Context, d data.Door, account string, now time.Time) (data.DoorUse, error) {
	u := data.DoorUse{Door: d, Minutes: d.Took}
	if day, err := time.ParseInLocation(time.DateOnly, d.Knocked, now.Location()); err == nil && !day.After(now) {
		u.Last = day
	}
	if !strings.Contains(d.Reach, "@") || strings.Contains(d.Reach, "://") {
		return u, nil
	}
	type knock struct{ at, answered int64 }
	knocks, err := query(ctx, db.read, func(r row) (k knock, err error) {
		err = r.Scan(&k.at, &k.answered)
		return k, err
	}, `
		SELECT i.at, coalesce((SELECT min(r.at) FROM interaction r WHERE r.thread = i.thread AND r.thread <> '' AND r.direction = 'out' AND r.at >= i.at), 0)
		FROM participant p JOIN interaction i ON i.n = p.interaction_n
		WHERE p.email = ?1 AND p.place > 0 AND i.kind = 'mail' AND i.direction = 'in' AND i.automated = '' AND i.at <= ?2
			AND (?3 = '' OR EXISTS (SELECT 1 FROM match m WHERE m.interaction_n = i.n AND m.account_id = ?3))
		ORDER BY i.at DESC, i.n DESC LIMIT ?4`, strings.ToLower(strings.TrimSpace(d.Reach)), now.Unix(), account, doorKnocks)
	if err != nil {
		return u, err
	}
	var waits []int
	for _, k := range knocks {
		at := time.Unix(k.at, 0)
		if at.After(u.Last) {
			u.Last = at.In(now.Location())
		}
		if data.DaysBetween(at, now) <= data.DoorDays {
			u.Times++
		}
		if k.answered > 0 && k.answered <= now.Unix() {
			waits = append(waits, max(int(k.answered-k.at)/60, 1))
		}
	}
	if len(waits) > 0 {
		slices.Sort(waits)
		u.Minutes = waits[len(waits)/2]
	}
	return u, nil
}
