package store

import (
	"context"
	"slices"
	"time"

	"rapport/data"
)

// aheadDays is how many days after today the first page looks at.
const aheadDays = 7

// TodayInput gathers what the first page is made from.
func (db *DB) TodayInput(ctx context.Context, now time.Time) (data.TodayInput, error) {
	in := data.TodayInput{Now: now}
	y, m, d := now.Date()
	midnight := time.Date(y, m, d, 0, 0, 0, 0, now.Location())
	var err error
	if in.User, err = db.Setting(ctx, SettingUserName); err != nil {
		return in, err
	}
	if in.Meetings, err = db.Agenda(ctx, midnight, midnight.AddDate(0, 0, 1)); err != nil {
		return in, err
	}
	tomorrow := midnight.AddDate(0, 0, 1)
	if in.Ahead, err = db.ahead(ctx, tomorrow); err != nil {
		return in, err
	}
	if in.Met, err = db.met(ctx, slices.Concat(in.Meetings, in.Ahead), now); err != nil {
		return in, err
	}
	if in.Waiting, err = db.Waiting(ctx, "", now); err != nil {
		return in, err
	}
	if in.Accounts, err = db.AccountRows(ctx, now); err != nil {
		return in, err
	}
	if err = db.fillGuests(ctx, in.Accounts); err != nil {
		return in, err
	}
	in.Unfiled, err = db.Unfiled(ctx, now)
	return in, err
}

// ahead are the dates of the days from tomorrow on that have not begun before.
func (db *DB) ahead(ctx context.Context, tomorrow time.Time) ([]data.Agenda, error) {
	list, err := db.Agenda(ctx, tomorrow, tomorrow.AddDate(0, 0, aheadDays))
	return slices.DeleteFunc(list, func(a data.Agenda) bool { return a.Start.Before(tomorrow) }), err
}

// fillGuests names the other side of the last touch of the accounts that have
// been silent too long.
func (db *DB) fillGuests(ctx context.Context, rows []data.AccountRow) error {
	silent := map[string][]*data.AccountRow{}
	var last []string
	for i := range rows {
		if r := &rows[i]; r.Pace == data.Late || r.Pace == data.Quiet {
			silent[r.Last.ID], last = append(silent[r.Last.ID], r), append(last, r.Last.ID)
		}
	}
	_, err := query(ctx, db.read, func(r row) (struct{}, error) {
		var id string
		p, err := scanParticipant(leading{r, []any{&id}})
		for _, row := range silent[id] {
			row.Last.People = []data.Participant{p}
		}
		return struct{}{}, err
	}, `
		SELECT i.id, `+prefixed("p", participantColumns)+`
		FROM json_each(?) e CROSS JOIN interaction i ON i.id = e.value JOIN participant p ON p.interaction_n = i.n
			AND p.place = (SELECT min(place) FROM participant WHERE interaction_n = i.n AND side IN ('customer', 'partner'))`, listJSON(last))
	return wrapNoun(err, "people last spoken with")
}

// met says of everybody in these meetings whether they were in an earlier one,
// or a visit, with us.
func (db *DB) met(ctx context.Context, meetings []data.Agenda, now time.Time) (map[string]bool, error) {
	met := map[string]bool{}
	for _, m := range meetings {
		for _, p := range m.People {
			if _, asked := met[p.Email]; asked || p.Email == "" {
				continue
			}
			n, err := one(ctx, db.read, scanInt, `
				SELECT count(*) FROM (SELECT 1 FROM participant p JOIN interaction i ON i.n = p.interaction_n
				WHERE p.email = ? AND i.kind IN ('meeting', 'visit') AND i.cancelled = 0 AND p.answer <> 'declined' AND i.at < ? AND i.at < ? LIMIT 1)`,
				p.Email, now.Unix(), m.Start.Unix())
			if err != nil {
				return nil, wrapNoun(err, "people met")
			}
			met[p.Email] = n > 0
		}
	}
	return met, nil
}
