package store

import (
	"context"
	"time"

	"rapport/data"
)

// waitingDays is how far back an unanswered mail still counts as waiting.
const waitingDays = 30

// Waiting returns the conversations in which they wrote last, to one of us, and
// nobody of us has answered; the newest first. An empty account means all.
func (db *DB) Waiting(ctx context.Context, account string, now time.Time) ([]data.Waiting, error) {
	list, err := queryPlaced(ctx, db.read, `
		SELECT `+interactionColumns+`, m.account_id, m.reason
		FROM interaction i JOIN match m ON m.interaction_n = i.n
		WHERE i.at > ?1 AND i.at <= ?2 AND i.kind = 'mail' AND i.direction = 'in' AND (?3 = '' OR m.account_id = ?3)
			AND EXISTS (SELECT 1 FROM participant p WHERE p.interaction_n = i.n AND p.part = 'to' AND p.side = 'us')
			AND NOT EXISTS (SELECT 1 FROM interaction l WHERE l.thread = i.thread AND l.thread <> '' AND l.at >= i.at AND l.n <> i.n AND l.at <= ?2
				AND (l.at > i.at OR l.direction = 'out'))
		ORDER BY i.at DESC, i.n DESC`, now.AddDate(0, 0, -waitingDays).Unix(), now.Unix(), account)
	if err != nil {
		return nil, wrapNoun(err, "waiting")
	}
	if err := fillPeople(ctx, db.read, list); err != nil {
		return nil, wrapNoun(err, "waiting")
	}
	var waiting []data.Waiting
	seen := map[int64]bool{}
	for _, p := range list {
		if seen[p.n] {
			continue // filed to several accounts
		}
		seen[p.n] = true
		a, err := db.Account(ctx, p.Account)
		if noRows(err) != nil {
			return nil, err
		}
		waiting = append(waiting, data.Waiting{Interaction: p.Interaction, Account: a, Since: p.At})
	}
	return waiting, nil
}
