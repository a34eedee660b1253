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
	if in.Accounts, err = db.Accounts(ctx); err != nil {
		return in, err
	}
	in.Accounts = data.Living(in.Accounts)
	if err = db.fillOwed(ctx, &in); err != nil {
		return in, err
	}
	if in.Joint, err = db.JointStands(ctx, ""); err != nil {
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

// fillOwed adds the open promises, what those that we meet today need, and whom
// they name.
func (db *DB) fillOwed(ctx context.Context, in *data.TodayInput) (err error) {
	if in.Promises, err = Parts[data.Promise](ctx, db, PartQuery{Open: true}); err != nil {
		return err
	}
	living := map[string]bool{}
	for _, a := range in.Accounts {
		living[a.ID] = true
	}
	in.Promises = slices.DeleteFunc(in.Promises, func(p data.Promise) bool { return !living[p.Account] })
	asked := map[string]bool{}
	for _, m := range in.Meetings {
		if id := m.Account.ID; id != "" && !asked[id] {
			asked[id] = true
			needs, err := Parts[data.Need](ctx, db, PartQuery{Account: id, Open: true})
			if err != nil {
				return err
			}
			in.Needs = append(in.Needs, needs...)
		}
	}
	if in.Feedback, err = Parts[data.Feedback](ctx, db, PartQuery{Open: true}); err != nil {
		return err
	}
	var named []string
	for _, f := range in.Feedback {
		named = append(named, f.Contact)
	}
	for _, p := range in.Promises {
		named = append(named, p.Contact)
	}
	for _, n := range in.Needs {
		named = append(named, n.Contact)
	}
	if in.Contacts, err = db.contactsByID(ctx, named); err != nil {
		return err
	}
	in.Resting, err = db.Snoozed(ctx)
	return err
}

// contactsByID are contacts by Contact.ID; who is not there any more is left out.
func (db *DB) contactsByID(ctx context.Context, ids []string) (map[string]data.Contact, error) {
	list, err := query(ctx, db.read, scanContact, `SELECT `+contactColumns+` FROM contact WHERE id IN (SELECT value FROM json_each(?))`, listJSON(ids))
	by := make(map[string]data.Contact, len(list))
	for _, c := range list {
		by[c.ID] = c
	}
	return by, wrapNoun(err, "contacts")
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
				WHERE p.email = ? AND i.kind IN ('meeting', 'visit') AND i.cancelled = 0 AND p.answer NOT IN ('declined', 'absent') AND i.at < ? AND i.at < ? LIMIT 1)`,
				p.Email, now.Unix(), m.Start.Unix())
			if err != nil {
				return nil, wrapNoun(err, "people met")
			}
			met[p.Email] = n > 0
		}
	}
	return met, nil
}
