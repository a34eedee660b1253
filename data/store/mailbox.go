package store

import (
	"context"
	"errors"
	"time"

	"rapport/data"
)

const mailboxColumns = `id, address, host, port, security, user, sign_in, since_months, since, folders, leave_out, max_size, share, pinned, added_at`

func scanMailbox(r row) (m data.Mailbox, err error) {
	var folders, leaveOut string
	var at int64
	if err := r.Scan(&m.ID, &m.Address, &m.Host, &m.Port, &m.Security, &m.User, &m.SignIn,
		&m.SinceMonths, &m.Since, &folders, &leaveOut, &m.MaxSize, &m.Share, &m.Pinned, &at); err != nil {
		return m, err
	}
	m.AddedAt = timeOf(at)
	if m.Folders, err = fromJSON[[]string](folders); err != nil {
		return m, err
	}
	m.LeaveOut, err = fromJSON[[]string](leaveOut)
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
	before, err := one(tx.ctx, tx.sql, scanMailbox, `SELECT `+mailboxColumns+` FROM mailbox WHERE id = ?`, m.ID)
	if noRows(err) != nil {
		return m, err
	}
	if before.Address != m.Address {
		tx.refileOwn(before.Address, m.Address)
		if err := tx.forgetSource(before.SourceName()); err != nil {
			return m, err
		}
	}
	if before.Host != m.Host { // another server asked for nothing
		if err := tx.PutRest(m.SourceName(), time.Time{}); err != nil {
			return m, err
		}
	}
	m.AddedAt = timeOf(tx.recordedAt(m.AddedAt))
	_, err = tx.exec(`
		INSERT INTO mailbox (`+mailboxColumns+`) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET address = excluded.address, host = excluded.host, port = excluded.port,
			security = excluded.security, user = excluded.user, sign_in = excluded.sign_in,
			since_months = excluded.since_months, since = excluded.since, folders = excluded.folders,
			leave_out = excluded.leave_out, max_size = excluded.max_size, share = excluded.share, pinned = excluded.pinned`,
		m.ID, m.Address, m.Host, m.Port, string(m.Security), m.User, string(m.SignIn),
		m.SinceMonths, m.Since, listJSON(m.Folders), listJSON(m.LeaveOut), m.MaxSize, string(m.Share), m.Pinned, m.AddedAt.Unix())
	return m, wrapNoun(err, "mailbox %s", m.Address)
}

// DeleteMailbox takes a mailbox away with the mails that only it held, and
// forgets where reading had come to. The mailbox on the server stays as it is.
func (tx *Tx) DeleteMailbox(id string) error {
	return tx.forgetting(func() error { return tx.deleteMailbox(id) })
}

func (tx *Tx) deleteMailbox(id string) error {
	m, err := one(tx.ctx, tx.sql, scanMailbox, `SELECT `+mailboxColumns+` FROM mailbox WHERE id = ?`, id)
	if err != nil {
		return wrapNoun(err, "mailbox %s", id)
	}
	tx.touched("mailbox")
	tx.touched(data.KindInteraction)
	tx.refileOwn(m.Address)
	if _, err := tx.exec(`
		UPDATE message SET detached_at = ?1, detached_from = ?2 WHERE detached_at IS NULL
			AND n IN (SELECT message_n FROM location WHERE mailbox_id = ?2)
			AND n NOT IN (SELECT message_n FROM location WHERE mailbox_id <> ?2)`, tx.now.Unix(), id); err != nil {
		return err
	}
	elsewhere, err := query(tx.ctx, tx.sql, scanInt64, `
		SELECT DISTINCT m.interaction_n FROM location l JOIN message m ON m.n = l.message_n WHERE l.mailbox_id = ? AND m.detached_at IS NULL`, id)
	if err != nil {
		return err
	}
	if _, err := tx.exec(`DELETE FROM mailbox WHERE id = ?`, id); err != nil {
		return err
	}
	if err := tx.keepDraftsOf(id); err != nil {
		return err
	}
	if err := tx.forgetSource(m.SourceName()); err != nil {
		return err
	}
	gone, err := query(tx.ctx, tx.sql, scanInt64, `SELECT n FROM message WHERE detached_from = ? ORDER BY n`, id)
	if err != nil {
		return err
	}
	if err := tx.eraseForgotten(gone); err != nil {
		return err
	}
	return tx.joinAll(elsewhere)
}

func (tx *Tx) forgetSource(source string) error {
	for _, table := range []string{"cursor", "run", "ledger"} {
		if _, err := tx.exec(`DELETE FROM `+table+` WHERE source = ?`, source); err != nil {
			return err
		}
	}
	return nil
}

// forgetDetached deletes the mails of a mailbox that no server had any more
// before a moment, and the interactions that have no other mail.
func (tx *Tx) forgetDetached(mailbox string, before int64) error {
	numbers, err := query(tx.ctx, tx.sql, scanInt64, `SELECT n FROM message WHERE detached_from = ? AND detached_at < ? ORDER BY n`, mailbox, before)
	if err != nil {
		return err
	}
	return tx.eraseMessages(numbers)
}

// joinAll makes mails' timeline entries anew from the copies that are left, and
// takes away those that have none.
func (tx *Tx) joinAll(interactions []int64) error {
	if len(interactions) == 0 {
		return nil
	}
	k, err := tx.knownIn()
	if err != nil {
		return err
	}
	for _, n := range interactions {
		if err := tx.touchedHistory(n); err != nil {
			return err
		}
		result, err := tx.exec(`DELETE FROM interaction WHERE n = ?1 AND NOT EXISTS (SELECT 1 FROM message WHERE interaction_n = ?1)`, n)
		if err != nil {
			return err
		}
		if gone, err := result.RowsAffected(); err != nil || gone > 0 {
			if err != nil {
				return err
			}
			continue
		}
		if _, err := tx.joinCopies(k, n); err != nil {
			return err
		}
	}
	return nil
}
