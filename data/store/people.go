package store

import (
	"context"
	"time"

	"rapport/data"
)

// People returns the people of an account: its contacts, and whoever wrote or
// met from its domains without being a contact yet; the last touched first,
// those never spoken with last.
func (db *DB) People(ctx context.Context, account string, now time.Time) ([]data.Person, error) {
	contacts, err := db.Contacts(ctx, account)
	if err != nil {
		return nil, err
	}
	seen, err := query(ctx, db.read, scanSeen, `
		SELECT p.email, max(p.name), p.contact_id, max(CASE WHEN m.touch > 0 THEN m.at END), count(*),
			max(i.kind IN ('meeting', 'visit') AND i.cancelled = 0 AND p.answer NOT IN ('declined', 'absent'))
		FROM match m JOIN interaction i ON i.n = m.interaction_n JOIN participant p ON p.interaction_n = i.n
		WHERE m.account_id = ? AND m.at <= ? AND p.side IN ('customer', 'partner')
		GROUP BY p.contact_id, CASE WHEN p.contact_id = '' THEN p.email END`, account, now.Unix())
	if err != nil {
		return nil, wrapNoun(err, "people of %s", account)
	}
	domains, err := query(ctx, db.read, scanString, `SELECT domain FROM account_domain WHERE account_id = ?`, account)
	if err != nil {
		return nil, wrapNoun(err, "people of %s", account)
	}
	return data.MeetPeople(contacts, seen, domains), nil
}

func scanSeen(r row) (s data.Seen, err error) {
	var at *int64
	if err := r.Scan(&s.Email, &s.Name, &s.Contact, &at, &s.Times, &s.Met); err != nil {
		return s, err
	}
	if at != nil {
		s.Last = time.Unix(*at, 0).UTC()
	}
	return s, nil
}
