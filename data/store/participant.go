package store

import (
	"context"
	"strings"

	"rapport/data"
)

const participantColumns = `name, email, part, side, contact_id, answer`

func scanParticipant(r row) (p data.Participant, err error) {
	err = r.Scan(&p.Name, &p.Email, &p.Part, &p.Side, &p.Contact, &p.Answer)
	return p, err
}

func participantsOf(ctx context.Context, q asker, n int64) ([]data.Participant, error) {
	return query(ctx, q, scanParticipant, `SELECT `+participantColumns+` FROM participant WHERE interaction_n = ? ORDER BY place`, n)
}

func (tx *Tx) putParticipants(n int64, people []data.Participant) error {
	if err := tx.touchedHistory(n); err != nil {
		return err
	}
	if _, err := tx.exec(`DELETE FROM participant WHERE interaction_n = ?`, n); err != nil {
		return err
	}
	return tx.addParticipants(n, people)
}

// addParticipants keeps people by few statements, as most entries have a few. Of
// one that fails SQLite need not know the way back, as the whole write goes back:
// to note it takes a third as long as the rows.
func (tx *Tx) addParticipants(n int64, people []data.Participant) error {
	tx.history.interactions[n] = true
	for from := 0; from < len(people); from += participantsAtOnce {
		part := people[from:min(from+participantsAtOnce, len(people))]
		args := make([]any, 0, 8*len(part))
		for i, p := range part {
			if p.Contact != "" {
				tx.history.contacts[p.Contact] = true
			}
			args = append(args, n, from+i, p.Name, p.Email, p.Part, string(p.Side), p.Contact, p.Answer)
		}
		if _, err := tx.exec(`
			INSERT OR FAIL INTO participant (interaction_n, place, `+participantColumns+`)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?)`+strings.Repeat(`, (?, ?, ?, ?, ?, ?, ?, ?)`, len(part)-1), args...); err != nil {
			return err
		}
	}
	return nil
}

// participantsAtOnce bounds how many statements of different length there are.
const participantsAtOnce = 8

// SeenAs is the name under which an address wrote or met last; data.ErrNotFound
// when it never did.
func (db *DB) SeenAs(ctx context.Context, email string) (string, error) {
	name, err := one(ctx, db.read, scanString, `
		SELECT p.name FROM participant p JOIN interaction i ON i.n = p.interaction_n WHERE p.email = ? ORDER BY p.name <> '' DESC, i.at DESC LIMIT 1`, email)
	return name, wrapNoun(err, "%s", email)
}
