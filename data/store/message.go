package store

import (
	"context"
	"database/sql"
	"errors"
	"iter"
	"time"

	"rapport/data"
)

const messageColumns = `id, message_id, in_reply_to, refs, date, subject, people,
	text, text_cut, size, attached, form, automated, odd, recorded_at`

// messagePeople are a mail's addresses as they are stored.
type messagePeople struct {
	From    []data.Address `json:"from,omitempty"`
	To      []data.Address `json:"to,omitempty"`
	Cc      []data.Address `json:"cc,omitempty"`
	Bcc     []data.Address `json:"bcc,omitempty"`
	ReplyTo []data.Address `json:"replyTo,omitempty"`
}

func isNotFound(err error) bool { return errors.Is(err, data.ErrNotFound) }

// numbered is a row of messages with its numbers.
type numbered struct {
	data.MessageRow
	n, interaction int64
	skip           string
}

const numberedColumns = `m.n, m.interaction_n, i.id, i.skip, ` +
	`m.id, m.message_id, m.in_reply_to, m.refs, m.date, m.subject, m.people,
	m.text, m.text_cut, m.size, m.attached, m.form, m.automated, m.odd, m.reading`

func scanNumbered(r row) (v numbered, err error) {
	var refs, people, attached, form, odd string
	var date int64
	m := &v.Message
	if err := r.Scan(&v.n, &v.interaction, &v.MessageRow.Interaction, &v.skip, &m.ID, &m.MessageID, &m.InReplyTo, &refs, &date, &m.Subject, &people,
		&m.Text, &m.TextCut, &m.Size, &attached, &form, &m.Automated, &odd, &m.Reading); err != nil {
		return v, err
	}
	m.Date = time.Unix(date, 0).UTC()
	var p messagePeople
	var errs [5]error
	m.References, errs[0] = fromJSON[[]string](refs)
	m.Attached, errs[1] = fromJSON[[]data.Attachment](attached)
	m.Odd, errs[2] = fromJSON[[]string](odd)
	p, errs[3] = fromJSON[messagePeople](people)
	m.Form, errs[4] = fromJSON[data.Form](form)
	m.From, m.To, m.Cc, m.Bcc, m.ReplyTo = p.From, p.To, p.Cc, p.Bcc, p.ReplyTo
	return v, errors.Join(errs[:]...)
}

// Messages yields messages with their places and their filing, newest first:
// automated and unfiled ones too. It holds one row at a time.
func (db *DB) Messages(ctx context.Context, q data.MessageQuery) iter.Seq2[data.MessageRow, error] {
	limit := q.Limit
	if limit <= 0 {
		limit = -1
	}
	return func(yield func(data.MessageRow, error) bool) {
		tx, err := db.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
		if err != nil {
			yield(data.MessageRow{}, wrapNoun(err, "messages"))
			return
		}
		defer tx.Rollback()
		rows, err := tx.QueryContext(ctx, `
			SELECT `+numberedColumns+` FROM message m JOIN interaction i ON i.n = m.interaction_n
			WHERE ?1 = '' OR EXISTS (SELECT 1 FROM match WHERE interaction_n = i.n AND account_id = ?1)
			ORDER BY m.n DESC LIMIT ?2`, q.Account, limit)
		if err != nil {
			yield(data.MessageRow{}, wrapNoun(err, "messages"))
			return
		}
		defer rows.Close()
		for rows.Next() {
			v, err := scanNumbered(rows)
			if err == nil {
				err = fillMessage(ctx, tx, &v, q.Account)
			}
			if !yield(v.MessageRow, wrapNoun(err, "messages")) || err != nil {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(data.MessageRow{}, wrapNoun(err, "messages"))
		}
	}
}

// Message returns one message by its ID or by its Message-ID (the newest, where
// several share it), or data.ErrNotFound.
func (db *DB) Message(ctx context.Context, id string) (data.MessageRow, error) {
	v, err := one(ctx, db.read, scanNumbered, `
		SELECT `+numberedColumns+` FROM message m JOIN interaction i ON i.n = m.interaction_n
		WHERE m.id = ?1 OR (m.message_id = ?1 AND m.message_id <> '') ORDER BY m.id = ?1 DESC, m.n DESC LIMIT 1`, id)
	if err == nil {
		err = fillMessage(ctx, db.read, &v, "")
	}
	return v.MessageRow, wrapNoun(err, "message %s", id)
}

// fillMessage adds a message's places and why it is where it is; of several
// accounts the one asked for.
func fillMessage(ctx context.Context, q asker, v *numbered, account string) (err error) {
	v.Locations, err = query(ctx, q, scanLocation, `
		SELECT mailbox_id, folder, uidvalidity, uid FROM location WHERE message_n = ? ORDER BY mailbox_id, folder, uid`, v.n)
	if err != nil {
		return err
	}
	v.Reason = v.skip
	m, err := one(ctx, q, scanMatch, `
		SELECT `+matchColumns+` FROM match WHERE interaction_n = ? ORDER BY account_id = ? DESC, kind, account_id LIMIT 1`, v.interaction, account)
	switch {
	case err == nil:
		v.Account, v.Reason = m.Account, m.Reason
	case !isNotFound(err):
		return err
	}
	return nil
}

func scanLocation(r row) (l data.Location, err error) {
	err = r.Scan(&l.Mailbox, &l.Folder, &l.UIDValidity, &l.UID)
	return l, err
}

const matchColumns = `account_id, contact_id, email, kind, reason`

func scanMatch(r row) (m data.Match, err error) {
	err = r.Scan(&m.Account, &m.Contact, &m.Email, &m.Kind, &m.Reason)
	return m, err
}
