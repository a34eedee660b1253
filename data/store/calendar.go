package store

import (
	"context"
	"errors"

	"rapport/data"
)

const calendarColumns = `id, name, kind, path, shown, user, sign_in, colour, added_at`

func scanCalendar(r row) (c data.Calendar, err error) {
	var at int64
	if err := r.Scan(&c.ID, &c.Name, &c.Kind, &c.Path, &c.Shown, &c.User, &c.SignIn, &c.Colour, &at); err != nil {
		return c, err
	}
	c.AddedAt = timeOf(at)
	return c, nil
}

// Calendars returns every calendar, in the order they were added.
func (db *DB) Calendars(ctx context.Context) ([]data.Calendar, error) {
	list, err := query(ctx, db.read, scanCalendar, `SELECT `+calendarColumns+` FROM calendar ORDER BY added_at, name`)
	return list, wrapNoun(err, "calendars")
}

// PutCalendar keeps a calendar, new or changed, and returns it as kept. A second
// one of a name is refused with data.ErrConflict. Its link and password are not
// this package's.
func (tx *Tx) PutCalendar(c data.Calendar) (data.Calendar, error) {
	if c.ID == "" {
		c.ID = NewID()
	}
	if c.Name == "" {
		return c, &data.Invalid{Field: "name", Says: "a calendar needs a name"}
	}
	if err := c.SignIn.Check(); err != nil {
		return c, err
	}
	_, err := one(tx.ctx, tx.sql, scanString, `SELECT id FROM calendar WHERE name = ? AND id <> ?`, c.Name, c.ID)
	if err == nil {
		return c, wrapNoun(data.ErrConflict, "calendar %s", c.Name)
	}
	if !errors.Is(err, data.ErrNotFound) {
		return c, err
	}
	tx.touched("calendar")
	if err := tx.renameCalendar(c); err != nil {
		return c, err
	}
	c.AddedAt = timeOf(tx.recordedAt(c.AddedAt))
	_, err = tx.exec(`
		INSERT INTO calendar (`+calendarColumns+`) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET name = excluded.name, kind = excluded.kind, path = excluded.path, shown = excluded.shown,
			user = excluded.user, sign_in = excluded.sign_in, colour = excluded.colour`,
		c.ID, c.Name, string(c.Kind), c.Path, c.Shown, c.User, string(c.SignIn), c.Colour, c.AddedAt.Unix())
	return c, wrapNoun(err, "calendar %s", c.Name)
}

// renameCalendar lets go what is kept under a calendar's former name.
func (tx *Tx) renameCalendar(c data.Calendar) error {
	before, err := one(tx.ctx, tx.sql, scanCalendar, `SELECT `+calendarColumns+` FROM calendar WHERE id = ?`, c.ID)
	if err != nil || before.Name == c.Name {
		return noRows(err)
	}
	tx.touched(data.KindInteraction)
	if _, err := tx.exec(`UPDATE interaction SET source = ? WHERE id IN (SELECT id FROM occurrence WHERE calendar_id = ? AND shown = 1)`, c.Name, c.ID); err != nil {
		return err
	}
	return tx.forgetSource(before.SourceName())
}

// DeleteCalendar takes a calendar away with the meetings that only it held.
func (tx *Tx) DeleteCalendar(id string) error {
	c, err := one(tx.ctx, tx.sql, scanCalendar, `SELECT `+calendarColumns+` FROM calendar WHERE id = ?`, id)
	if err != nil {
		return wrapNoun(err, "calendar %s", id)
	}
	ids, err := query(tx.ctx, tx.sql, scanString, `SELECT id FROM occurrence WHERE calendar_id = ?`, id)
	if err != nil {
		return err
	}
	tx.touched("calendar")
	tx.touched(data.KindInteraction)
	if c.Kind == data.MailCalendar {
		for _, table := range []string{"invitation", "meeting_response"} {
			if _, err := tx.exec(`DELETE FROM ` + table); err != nil {
				return err
			}
		}
		tx.heard = nil
	}
	if _, err := tx.exec(`DELETE FROM calendar WHERE id = ?`, id); err != nil {
		return err
	}
	if err := tx.forgetSource(c.SourceName()); err != nil {
		return err
	}
	if _, err := tx.exec(`DELETE FROM outbox WHERE target = ?`, calendarTarget+id); err != nil {
		return err
	}
	k, err := tx.knownIn()
	if err != nil {
		return err
	}
	for _, id := range ids {
		if _, err := tx.showOccurrence(k, id); err != nil {
			return err
		}
	}
	return nil
}
