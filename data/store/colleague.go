package store

import (
	"context"
	"time"

	"rapport/data"
)

// Colleagues returns those of us who took part in what happened with an account
// by now, who did most first.
func (db *DB) Colleagues(ctx context.Context, account string, now time.Time) ([]data.Colleague, error) {
	list, err := query(ctx, db.read, func(r row) (c data.Colleague, err error) {
		err = r.Scan(&c.Name, &c.Email, &c.Times)
		return c, err
	}, `
		SELECT max(p.name), p.email, count(*) FROM match m JOIN participant p ON p.interaction_n = m.interaction_n
		WHERE m.account_id = ? AND m.at <= ? AND p.side = 'us'
		GROUP BY p.email, CASE WHEN p.email = '' THEN p.name END ORDER BY count(*) DESC`, account, now.Unix())
	return data.MeetColleagues(list), wrapNoun(err, "colleagues at %s", account)
}
