package store

import (
	"context"
	"time"

	"rapport/data"
)

// Wishes returns how contacts, by Contact.ID, like to be dealt with, and what
// happened with them up to a moment. Those who are not there any more are left
// out.
func (db *DB) Wishes(ctx context.Context, contacts []string, at time.Time) (list []data.Wishes, err error) {
	for _, id := range contacts {
		w := data.Wishes{}
		if w.Contact, err = db.Contact(ctx, id); isNotFound(err) {
			continue
		} else if err != nil {
			return nil, err
		}
		if w.Preferences, err = db.PreferencesOf(ctx, w.Contact); err != nil {
			return nil, err
		}
		if w.History, err = db.MomentsWith(ctx, id, at); err != nil {
			return nil, err
		}
		list = append(list, w)
	}
	return list, nil
}

// wishesAt are the wishes of the contacts who have one of the addresses, with all
// that happened up to now.
func (db *DB) wishesAt(ctx context.Context, addresses []data.Address) ([]data.Wishes, error) {
	var emails []string
	for _, a := range addresses {
		emails = append(emails, a.Email)
	}
	ids, err := query(ctx, db.read, scanString, `
		SELECT DISTINCT contact_id FROM contact_address WHERE address IN (SELECT value FROM json_each(?)) ORDER BY contact_id`, asJSON(emails))
	if err != nil {
		return nil, err
	}
	return db.Wishes(ctx, ids, db.now())
}

// PutBreaches remembers that wishes were gone against; one that names nobody is
// that of the person at this laptop.
func (tx *Tx) PutBreaches(list []data.Breach) error {
	for _, b := range list {
		if b.By == "" {
			name, err := one(tx.ctx, tx.sql, scanString, `SELECT value FROM setting WHERE key = ?`, SettingUserName)
			if err != nil && !isNotFound(err) {
				return err
			}
			b.By = name
		}
		if _, err := PutPart(tx, b); err != nil {
			return err
		}
	}
	return nil
}
