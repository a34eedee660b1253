package store

import (
	"context"
	"slices"
	"strings"
	"time"

	"rapport/data"
)

// MailFacts gathers all that data.Why explains a mail from: the mails that have
// the Message.ID or Message-ID, and how every mailbox stands.
func (db *DB) MailFacts(ctx context.Context, ref string, now time.Time) (data.MailFacts, error) {
	f := data.MailFacts{Ref: ref, Now: now}
	err := db.inReader(ctx, func(tx *Tx) (err error) {
		if f.Known, err = loadRules(ctx, tx.sql); err != nil {
			return err
		}
		if f.Rules, err = query(ctx, tx.sql, scanRule, `SELECT pattern, at FROM ignored ORDER BY pattern`); err != nil {
			return err
		}
		if f.Mailboxes, err = tx.mailboxFacts(); err != nil {
			return err
		}
		if f.Found, err = tx.foundMails(ref, f.Mailboxes); err != nil || len(f.Found) > 0 {
			return err
		}
		if f.LeftOut, err = tx.leftOutMail(ref); err != nil {
			return err
		}
		f.Answered, err = tx.answered(ref)
		return err
	})
	return f, wrapNoun(err, "message %s", ref)
}

func scanRule(r row) (c data.NoCustomer, err error) {
	var at int64
	err = r.Scan(&c.Pattern, &at)
	c.At = timeOf(at)
	return c, err
}

// mailboxFacts are how the mailboxes stand, in the order they were added.
func (tx *Tx) mailboxFacts() ([]data.MailboxFacts, error) {
	boxes, err := query(tx.ctx, tx.sql, scanMailbox, `SELECT `+mailboxColumns+` FROM mailbox ORDER BY added_at, address`)
	if err != nil {
		return nil, err
	}
	sample, err := settingList(tx.ctx, tx.sql, SettingSample)
	if err != nil {
		return nil, err
	}
	var list []data.MailboxFacts
	for _, m := range boxes {
		b := data.MailboxFacts{Mailbox: m, Sample: slices.Contains(sample, m.SourceName())}
		if err := tx.fillMailbox(&b); err != nil {
			return nil, err
		}
		list = append(list, b)
	}
	return list, nil
}

func (tx *Tx) fillMailbox(b *data.MailboxFacts) (err error) {
	b.Status, err = one(tx.ctx, tx.sql, func(r row) (s data.Status, err error) {
		var at int64
		err = r.Scan(&s.Source, &at, &s.Problem)
		s.At = timeOf(at)
		return s, err
	}, `SELECT source, coalesce(finished_at, 0), problem FROM run WHERE source = ?`, b.SourceName())
	if noRows(err) != nil {
		return err
	}
	if b.Read, err = query(tx.ctx, tx.sql, scanString, `
		SELECT folder FROM ledger WHERE source = ? AND folder <> '' GROUP BY folder HAVING max(on_server) >= 0 ORDER BY min(id)`, b.SourceName()); err != nil {
		return err
	}
	b.Bad, err = query(tx.ctx, tx.sql, func(r row) (u data.Unreadable, err error) {
		l := &u.Location
		err = r.Scan(&l.Mailbox, &l.Folder, &l.UIDValidity, &l.UID, &u.Reason)
		return u, err
	}, `SELECT mailbox_id, folder, uidvalidity, uid, reason FROM unreadable WHERE mailbox_id = ? ORDER BY folder, uid`, b.ID)
	return err
}

// foundMail is a mail with its numbers.
type foundMail struct {
	data.FoundMail
	n, interaction int64
}

// foundMails are the mails that have an ID, one for each timeline entry, newest
// first.
func (tx *Tx) foundMails(ref string, boxes []data.MailboxFacts) ([]data.FoundMail, error) {
	list, err := query(tx.ctx, tx.sql, func(r row) (m foundMail, err error) {
		var v numbered
		var gone int64
		more := func(dest ...any) error { return r.Scan(append(dest, &gone, &m.Automated)...) }
		v, err = scanNumbered(scanWith(more))
		m.Message, m.Interaction, m.Skip, m.n, m.interaction = v.Message, v.MessageRow.Interaction, v.skip, v.n, v.interaction
		m.Gone = timeOf(gone)
		return m, err
	}, `
		SELECT `+numberedColumns+`, coalesce(m.detached_at, 0), i.automated FROM message m JOIN interaction i ON i.n = m.interaction_n
		WHERE m.id = ?1 OR (m.message_id = ?1 AND ?1 <> '') ORDER BY m.n DESC`, ref)
	if err != nil {
		return nil, err
	}
	var found []data.FoundMail
	for _, m := range list {
		if m.Places, err = tx.placesOf(m.n, boxes); err != nil {
			return nil, err
		}
		i := slices.IndexFunc(found, func(have data.FoundMail) bool { return have.Interaction == m.Interaction })
		if i >= 0 {
			joinCopy(&found[i], m.FoundMail)
			continue
		}
		if err := tx.fillFound(&m); err != nil {
			return nil, err
		}
		found = append(found, m.FoundMail)
	}
	return found, nil
}

// joinCopy adds where another copy of one mail lies.
func joinCopy(have *data.FoundMail, other data.FoundMail) {
	have.Places = append(have.Places, other.Places...)
	if other.Gone.IsZero() {
		have.Gone = time.Time{}
	}
}

// scanWith is a row that scans as a function does.
type scanWith func(dest ...any) error

// Scan calls the function.
func (s scanWith) Scan(dest ...any) error { return s(dest...) }

// placesOf are where a message lies, by the mailboxes' addresses.
func (tx *Tx) placesOf(n int64, boxes []data.MailboxFacts) ([]data.MailPlace, error) {
	places, err := query(tx.ctx, tx.sql, func(r row) (p data.MailPlace, err error) {
		err = r.Scan(&p.Mailbox, &p.Folder, &p.UID, &p.Flags)
		return p, err
	}, `SELECT mailbox_id, folder, uid, flags FROM location WHERE message_n = ? ORDER BY mailbox_id, folder, uid`, n)
	var named []data.MailPlace
	for _, p := range places {
		i := slices.IndexFunc(boxes, func(b data.MailboxFacts) bool { return b.ID == p.Mailbox })
		if i >= 0 {
			p.Mailbox = boxes[i].Address
			named = append(named, p)
		}
	}
	return named, err
}

// fillFound adds why the mail is where it is.
func (tx *Tx) fillFound(m *foundMail) (err error) {
	m.Filed, err = query(tx.ctx, tx.sql, func(r row) (t data.FiledAt, err error) {
		err = r.Scan(&t.Account, &t.Contact, &t.Email, &t.Kind, &t.Reason, &t.Name)
		return t, err
	}, `
		SELECT m.account_id, m.contact_id, m.email, m.kind, m.reason, coalesce(a.name, '') FROM match m
		LEFT JOIN account a ON a.id = m.account_id WHERE m.interaction_n = ? ORDER BY a.name, m.account_id`, m.interaction)
	if err != nil {
		return err
	}
	if m.People, err = participantsOf(tx.ctx, tx.sql, m.interaction); err != nil {
		return err
	}
	m.Programs, err = tx.programsAmong(m.People)
	return err
}

// programsAmong are those of the people who wrote, but never as a person.
func (tx *Tx) programsAmong(people []data.Participant) (map[string]bool, error) {
	var emails []any
	for _, p := range people {
		emails = append(emails, p.Email)
	}
	programs := map[string]bool{}
	return programs, inChunks(emails, func(marks string, args []any) error {
		_, err := query(tx.ctx, tx.sql, func(r row) (struct{}, error) {
			var email, reason string
			err := r.Scan(&email, &reason)
			programs[email] = true
			return struct{}{}, err
		}, automatedQuestion(marks), args...)
		return err
	})
}

// answered is when the earliest mail was sent that answers or names a mail; the
// zero time when none does. It looks at every mail.
func (tx *Tx) answered(messageID string) (time.Time, error) {
	if !strings.Contains(messageID, "@") {
		return time.Time{}, nil
	}
	at, err := one(tx.ctx, tx.sql, scanInt64, `
		SELECT coalesce(min(date), 0) FROM message WHERE in_reply_to = ?1 OR instr(refs, ?2) > 0`, messageID, asJSON(messageID))
	return timeOf(at), err
}
