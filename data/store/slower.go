package store

import (
	"context"
	"slices"
	"time"

	"rapport/data/listen"
)

// slower proposes whose answers take longer than theirs did, at an account or at each
// that is not archived.
func (db *DB) slower(ctx context.Context, account string, now time.Time) (list []listen.Proposal, err error) {
	accounts, err := db.oneOrLiving(ctx, account)
	if err != nil {
		return nil, err
	}
	err = db.withAwaited(ctx, now, func(c *awaitedCache, q asker) error {
		for _, id := range accounts {
			known, read := c.slower[id]
			if !read {
				turns, err := answerTurns(ctx, q, id, now)
				if err != nil {
					return err
				}
				known = listen.Slower(turns)
				c.slower[id] = known
			}
			for _, s := range known {
				if p, ok := s.Propose(id, now); ok {
					list = append(list, p)
				}
			}
		}
		return nil
	})
	return list, err
}

// answerTurns are the latest mails of an account that people wrote, oldest first, with
// who did.
func answerTurns(ctx context.Context, q asker, account string, now time.Time) ([]listen.Turn, error) {
	turns, err := query(ctx, q, func(r row) (t listen.Turn, err error) {
		var at int64
		err = r.Scan(&t.Thread, &at, &t.Interaction, &t.Ours, &t.By.Name, &t.By.Email, &t.By.Contact, &t.By.Side)
		t.At = time.Unix(at, 0).UTC()
		return t, err
	}, `
		SELECT i.thread, i.at, i.id, p.side = 'us', p.name, p.email, p.contact_id, p.side
		FROM match m JOIN interaction i ON i.n = m.interaction_n JOIN participant p ON p.interaction_n = i.n AND p.place = 0
		WHERE m.account_id = ? AND m.at > ? AND m.at <= ? AND m.mail <> ? AND i.thread <> '' ORDER BY m.at DESC, m.interaction_n DESC LIMIT ?`,
		account, usualFrom(now).Unix(), now.Unix(), mailNone, usualMost)
	slices.Reverse(turns)
	return turns, err
}
