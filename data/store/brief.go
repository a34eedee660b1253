package store

import (
	"context"
	"slices"
	"time"

	"rapport/data"
)

// briefLately is how many of an account's interactions a brief is given when
// the room has never met.
const briefLately = 20

// BriefInput gathers what the brief before a meeting is made from, or
// data.ErrNotFound. A meeting that belongs to no account has no history.
func (db *DB) BriefInput(ctx context.Context, meeting string, now time.Time) (in data.BriefInput, err error) {
	in.Now = now
	if in.Meeting, err = db.Meeting(ctx, meeting); err != nil {
		return in, err
	}
	if account := in.Meeting.Account; account.ID != "" {
		if in.PlanInput, err = db.PlanInput(ctx, account.ID, now); err != nil {
			return in, err
		}
	}
	if in.LastSync, err = db.lastSync(ctx); err != nil {
		return in, err
	}
	if in.Prepared, err = db.Preparation(ctx, meeting); err != nil {
		return in, err
	}
	var guests []data.Participant
	for _, p := range in.Meeting.People {
		if p.Side == data.Us {
			in.Ours = append(in.Ours, p)
		} else {
			guests = append(guests, p)
		}
	}
	if in.People, err = db.guests(ctx, in.Meeting, guests, now); err != nil {
		return in, err
	}
	if in.Account.ID == "" {
		return in, nil
	}
	return in, wrapNoun(db.briefHistory(ctx, &in, guests), "brief of meeting %s", meeting)
}

// lastSync is when a source was last read to its end.
func (db *DB) lastSync(ctx context.Context) (last time.Time, err error) {
	runs, err := db.Runs(ctx)
	for _, r := range runs {
		if r.At.After(last) {
			last = r.At
		}
	}
	return last, err
}

// guests are the people of a meeting who are not ours, as the store knows them.
func (db *DB) guests(ctx context.Context, m data.Agenda, guests []data.Participant, now time.Time) ([]data.Person, error) {
	met, err := db.met(ctx, []data.Agenda{m}, now)
	if err != nil {
		return nil, err
	}
	people := make([]data.Person, len(guests))
	for i, g := range guests {
		p := data.Person{Contact: data.Contact{Name: g.Name, Side: g.Side}, Email: g.Email, Met: met[g.Email]}
		if g.Contact != "" {
			if p.Contact, err = db.Contact(ctx, g.Contact); noRows(err) != nil {
				return nil, err
			}
		}
		if p.Last, err = one(ctx, db.read, scanTouch, `
			SELECT m.at, m.touch FROM participant p JOIN match m ON m.interaction_n = p.interaction_n
			WHERE p.email = ? AND m.touch > 0 AND m.at < ? ORDER BY m.at DESC LIMIT 1`, g.Email, min(now.Unix()+1, m.Start.Unix())); noRows(err) != nil {
			return nil, wrapNoun(err, "meeting %s", m.ID)
		}
		people[i] = p
	}
	return people, nil
}

func (db *DB) briefHistory(ctx context.Context, in *data.BriefInput, guests []data.Participant) error {
	row, err := db.AccountRow(ctx, in.Account.ID, in.Now)
	if err != nil {
		return err
	}
	in.Rhythm, in.Last = row.Rhythm, row.Last
	if in.Waiting, err = db.Waiting(ctx, in.Account.ID, in.Now); err != nil {
		return err
	}
	touches, err := db.Touches(ctx, in.Account.ID, time.Unix(0, 0), in.Now)
	if err != nil {
		return err
	}
	in.Silences = data.Silences(touches, in.Rhythm, in.Now)
	if in.Signs, err = Parts[data.TrustSign](ctx, db, PartQuery{Account: in.Account.ID}); err != nil {
		return err
	}
	if in.Relations, err = Parts[data.Relation](ctx, db, PartQuery{Account: in.Account.ID}); err != nil {
		return err
	}
	if in.Colleagues, err = db.Colleagues(ctx, in.Account.ID, in.Now); err != nil {
		return err
	}
	if in.Moments, err = db.Moments(ctx, in.Account.ID, in.Now); err != nil {
		return err
	}
	if in.LastMet, err = db.lastMet(ctx, *in, guests); err != nil {
		return err
	}
	if in.LastMet != nil {
		if in.Came, err = db.Debrief(ctx, in.LastMet.ID); err != nil {
			return err
		}
	}
	if in.Since, err = db.since(ctx, in.Account.ID, in.LastMet, in.Now); err != nil {
		return err
	}
	// Once it has begun the meeting is no news of itself.
	in.Since = slices.DeleteFunc(in.Since, func(i data.Interaction) bool { return i.ID == in.Meeting.ID })
	if in.Last.ID == in.Meeting.ID {
		in.Last = data.Interaction{}
		if k := slices.IndexFunc(in.Since, func(i data.Interaction) bool { return data.CountsAsTouch(i) }); k >= 0 {
			in.Last = in.Since[k]
		}
	}
	return nil
}

// lastMet is the latest meeting or visit in which at least two of the guests, or
// the only one, took part.
func (db *DB) lastMet(ctx context.Context, in data.BriefInput, guests []data.Participant) (*data.Interaction, error) {
	rooms, err := db.Timeline(ctx, data.TimelineQuery{Account: in.Account.ID, Kinds: []data.Kind{data.Meet, data.Visit}}, in.Now)
	if err != nil {
		return nil, err
	}
	for _, r := range rooms {
		if r.ID == in.Meeting.ID || r.Cancelled {
			continue
		}
		there := 0
		for _, p := range r.People {
			if p.Came() && slices.ContainsFunc(guests, func(g data.Participant) bool { return g.Email != "" && g.Email == p.Email }) {
				there++
			}
		}
		if there > 0 && there >= min(2, len(guests)) {
			return &r, nil
		}
	}
	return nil, nil
}

// since are an account's interactions after one of them, newest first; without
// it the latest.
func (db *DB) since(ctx context.Context, account string, after *data.Interaction, now time.Time) ([]data.Interaction, error) {
	if after == nil {
		return db.Timeline(ctx, data.TimelineQuery{Account: account, Limit: briefLately}, now)
	}
	var list []data.Interaction
	q := data.TimelineQuery{Account: account, Limit: 100}
	for {
		page, err := db.Timeline(ctx, q, now)
		if err != nil {
			return nil, err
		}
		for _, i := range page {
			if !i.At.After(after.At) {
				return list, nil
			}
			list = append(list, i)
		}
		if len(page) < q.Limit {
			return list, nil
		}
		q.Before, q.BeforeID = page[len(page)-1].At, page[len(page)-1].ID
	}
}
