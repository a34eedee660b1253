package store

import (
	"context"

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
	if _, err := tx.exec(`DELETE FROM participant WHERE interaction_n = ?`, n); err != nil {
		return err
	}
	return tx.addParticipants(n, people)
}

func (tx *Tx) addParticipants(n int64, people []data.Participant) error {
	for i, p := range people {
		if _, err := tx.exec(`
			INSERT INTO participant (interaction_n, place, `+participantColumns+`) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
			n, i, p.Name, p.Email, p.Part, string(p.Side), p.Contact, p.Answer); err != nil {
			return err
		}
	}
	return nil
}
