package store

import (
	"context"
	"errors"

	"rapport/data"
)

const mailboxColumns = `id, address, host, port, security, user, since_months, folders, added_at`

func scanMailbox(r row) (m data.Mailbox, err error) {
	var folders string
	var at int64
	if err := r.Scan(&m.ID, &m.Address, &m.Host, &m.Port, &m.Security, &m.User, &m.SinceMonths, &folders, &at); err != nil {
		return m, err
	}
	m.AddedAt = timeOf(at)
	m.Folders, err = fromJSON[[]string](folders)
	return m, err
}

// Mailboxes returns every mailbox, in the order they were added.
func (db *DB) Mailboxes(ctx context.Context) ([]data.Mailbox, error) {
	list, err := query(ctx, db.read, scanMailbox, `SELECT `+mailboxColumns+` FROM mailbox ORDER BY added_at, address`)
	return list, wrapNoun(err, "mailboxes")
}

// PutMailbox keeps a mailbox, new or changed, and returns it as kept. A second
// mailbox of one address is refused with data.ErrConflict. Its password is not
// this package's.
func (tx *Tx) PutMailbox(m data.Mailbox) (data.Mailbox, error) {
	m = m.Tidy()
	if m.ID == "" {
		m.ID = NewID()
	}
	if err := m.Check(); err != nil {
		return m, err
	}
	_, err := one(tx.ctx, tx.sql, scanString, `SELECT id FROM mailbox WHERE address = ? AND id <> ?`, m.Address, m.ID)
	if err == nil {
		return m, wrapNoun(data.ErrConflict, "mailbox %s", m.Address)
	}
	if !errors.Is(err, data.ErrNotFound) {
		return m, err
	}
	tx.touched("mailbox")
	tx.db.known.forget()
	tx.refileDomain("")
	m.AddedAt = timeOf(tx.recordedAt(m.AddedAt))
	_, err = tx.exec(`
		INSERT INTO mailbox (`+mailboxColumns+`) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET address = excluded.address, host = excluded.host, port = excluded.port,
			security = excluded.security, user = excluded.user, since_months = excluded.since_months, folders = excluded.folders`,
		m.ID, m.Address, m.Host, m.Port, string(m.Security), m.User, m.SinceMonths, listJSON(m.Folders), m.AddedAt.Unix())
	return m, wrapNoun(err, "mailbox %s", m.Address)
}

// DeleteMailbox takes a mailbox away with the mails that only it held, and
// forgets where reading had come to. The mailbox on the server stays as it is.
func (tx *Tx) DeleteMailbox(id string) error {
	m, err := one(tx.ctx, tx.sql, scanMailbox, `SELECT `+mailboxColumns+` FROM mailbox WHERE id = ?`, id)
	if err != nil {
		return wrapNoun(err, "mailbox %s", id)
	}
	tx.touched("mailbox")
	tx.touched(data.KindInteraction)
	tx.db.known.forget()
	tx.refileDomain("")
	if _, err := tx.exec(`
		UPDATE message SET detached_at = ?1 WHERE detached_at IS NULL
			AND n IN (SELECT message_n FROM location WHERE mailbox_id = ?2)
			AND n NOT IN (SELECT message_n FROM location WHERE mailbox_id <> ?2)`, tx.now.Unix(), id); err != nil {
		return err
	}
	if _, err := tx.exec(`DELETE FROM mailbox WHERE id = ?`, id); err != nil {
		return err
	}
	if err := tx.forgetSource(m.SourceName()); err != nil {
		return err
	}
	return tx.forgetDetached(tx.now.Unix() + 1)
}

func (tx *Tx) forgetSource(source string) error {
	for _, table := range []string{"cursor", "run", "ledger"} {
		if _, err := tx.exec(`DELETE FROM `+table+` WHERE source = ?`, source); err != nil {
			return err
		}
	}
	return nil
}

// forgetDetached deletes mails that no server had any more before a moment, and
// the interactions that have no other mail.
func (tx *Tx) forgetDetached(before int64) error {
	numbers, err := query(tx.ctx, tx.sql, scanInt64, `SELECT DISTINCT interaction_n FROM message WHERE detached_at < ?`, before)
	if err != nil || len(numbers) == 0 {
		return err
	}
	if _, err := tx.exec(`DELETE FROM message WHERE detached_at < ?`, before); err != nil {
		return err
	}
	for _, n := range numbers {
		if _, err := tx.exec(`DELETE FROM interaction WHERE n = ?1 AND NOT EXISTS (SELECT 1 FROM message WHERE interaction_n = ?1)`, n); err != nil {
			return err
		}
	}
	tx.touched(data.KindInteraction)
	return nil
}
