package store

import (
	"context"
	"slices"

	"rapport/data"
)

// Recognised says of each of the traits which message they are of: the ID of the
// one message that has them, "" where none or several do.
func (db *DB) Recognised(ctx context.Context, list []data.Traits) ([]string, error) {
	var messageIDs []any // each once
	for _, t := range list {
		if t.Key() != "" && !slices.Contains(messageIDs, any(t.MessageID)) {
			messageIDs = append(messageIDs, t.MessageID)
		}
	}
	known := map[string][]string{} // by the key of their traits
	err := inChunks(messageIDs, func(marks string, args []any) error {
		_, err := query(ctx, db.read, func(r row) (struct{}, error) {
			id, traits, err := scanTraits(r)
			if key := traits.Key(); key != "" {
				known[key] = append(known[key], id)
			}
			return struct{}{}, err
		}, `SELECT id, message_id, date, size, subject, people FROM message WHERE message_id <> '' AND message_id IN (`+marks+`)`, args...)
		return err
	})
	ids := make([]string, len(list))
	for i, t := range list {
		if same := known[t.Key()]; len(same) == 1 {
			ids[i] = same[0]
		}
	}
	return ids, wrapNoun(err, "known mails")
}

func scanTraits(r row) (id string, t data.Traits, err error) {
	var (
		date   int64
		people string
	)
	if err := r.Scan(&id, &t.MessageID, &date, &t.Size, &t.Subject, &people); err != nil {
		return "", t, err
	}
	t.Date = timeOf(date)
	p, err := fromJSON[messagePeople](people)
	t.From, t.To, t.Cc = p.From, p.To, p.Cc
	return id, t, err
}
