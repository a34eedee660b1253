package store

import (
	"context"
	"strconv"
	"strings"
	"time"

	"rapport/data"
)

// Outbox returns what waits to leave.
func (db *DB) Outbox(ctx context.Context) (data.Outbox, error) {
	o, err := one(ctx, db.read, func(r row) (o data.Outbox, err error) {
		err = r.Scan(&o.Drafts, &o.Entries, &o.Problem)
		return o, err
	}, `SELECT count(*) FILTER (WHERE target NOT LIKE 'calendar:%'), count(*) FILTER (WHERE target LIKE 'calendar:%'), coalesce((SELECT problem FROM outbox WHERE done_at IS NULL ORDER BY id LIMIT 1), '') FROM outbox WHERE done_at IS NULL`)
	return o, wrapNoun(err, "outbox")
}

// Outgoing returns what is due to leave, the oldest first, and when the next of
// the others is; the zero time where none waits.
func (db *DB) Outgoing(ctx context.Context, now time.Time) (due []data.Outgoing, next time.Time, err error) {
	due, err = query(ctx, db.read, scanOutgoing, `
		SELECT id, target, body, yes, tries FROM outbox WHERE done_at IS NULL AND next_at <= ? ORDER BY next_at, id`, now.Unix())
	if err != nil {
		return nil, next, wrapNoun(err, "outbox")
	}
	at, err := one(ctx, db.read, scanInt64, `SELECT coalesce(min(next_at), 0) FROM outbox WHERE done_at IS NULL AND next_at > ?`, now.Unix())
	return due, timeOf(at), wrapNoun(err, "outbox")
}

func scanOutgoing(r row) (o data.Outgoing, err error) {
	var target, body string
	if err := r.Scan(&o.ID, &target, &body, &o.Yes, &o.Tries); err != nil {
		return o, err
	}
	o.Again = o.Tries > 0
	if calendar, ok := strings.CutPrefix(target, calendarTarget); ok {
		o.Calendar = calendar
		o.FollowUp, err = fromJSON[data.FollowUp](body)
		return o, err
	}
	o.Draft, err = outgoingDraft(body)
	return o, err
}

// calendarTarget begins the target of what goes into a calendar.
const calendarTarget = "calendar:"

// QueueFollowUp lets an entry go into a calendar on a server, by the person's
// word: it waits in the outbox until the engine puts it there, not before
// notBefore. Undo calls it back as long as it waits.
func (tx *Tx) QueueFollowUp(calendar string, f data.FollowUp, notBefore time.Time) error {
	c, err := one(tx.ctx, tx.sql, scanCalendar, `SELECT `+calendarColumns+` FROM calendar WHERE id = ?`, calendar)
	if err != nil {
		return wrapNoun(err, "calendar %s", calendar)
	}
	if c.Kind != data.DAVCalendar {
		return &data.Invalid{Field: "calendar", Says: c.Name + " can only be read; save the entry as a file"}
	}
	number, err := tx.count(`SELECT coalesce(max(id), 0) + 1 FROM outbox`)
	if err != nil {
		return err
	}
	if err := tx.keepRow("outbox", strconv.Itoa(number)); err != nil {
		return err
	}
	tx.touched("outbox")
	_, err = tx.exec(`INSERT INTO outbox (id, target, subject, body, yes, created_at, next_at) VALUES (?, ?, ?, ?, 1, ?, ?)`,
		number, calendarTarget+calendar, f.UID, asJSON(f), tx.now.Unix(), max(notBefore.Unix(), tx.now.Unix()))
	return wrapNoun(err, "follow-up %s", f.UID)
}

// CallBackFollowUp takes an entry that waits out of the outbox. What is in its
// calendar, or on its way, cannot be called back.
func (tx *Tx) CallBackFollowUp(uid string) error {
	return wrapNoun(tx.unqueue(uid), "follow-up %s", uid)
}

// WaitingEntries returns what waits to go into a calendar, the oldest first.
func (db *DB) WaitingEntries(ctx context.Context) ([]data.WaitingEntry, error) {
	list, err := query(ctx, db.read, func(r row) (e data.WaitingEntry, err error) {
		var body string
		if err := r.Scan(&body, &e.Calendar, &e.Problem); err != nil {
			return e, err
		}
		e.FollowUp, err = fromJSON[data.FollowUp](body)
		return e, err
	}, `SELECT o.body, coalesce(c.name, ''), o.problem FROM outbox o LEFT JOIN calendar c ON 'calendar:' || c.id = o.target
		WHERE o.done_at IS NULL AND o.target LIKE 'calendar:%' ORDER BY o.id`)
	return list, wrapNoun(err, "outbox")
}

// letGo is a draft with the moment at which it was let go, which is its date.
type letGo struct {
	data.Draft
	At time.Time `json:"at"`
}

func outgoingDraft(body string) (data.Draft, error) {
	v, err := fromJSON[letGo](body)
	v.QueuedAt = v.At
	return v.Draft, err
}

// settleFor is how long after a try that nobody heard the end of the next one
// may begin: by then a server that was still at it has come to its end, so that
// what it kept is found.
const settleFor = 10 * time.Second

// HurryOutbox makes everything that failed before due again.
func (tx *Tx) HurryOutbox() error {
	tx.touched("outbox")
	_, err := tx.exec(`
		UPDATE outbox SET next_at = ?1 WHERE done_at IS NULL AND tries > 0 AND next_at > ?1 AND (leaving_at IS NULL OR leaving_at <= ?2)`,
		tx.now.Unix(), tx.now.Add(-settleFor).Unix())
	return wrapNoun(err, "outbox")
}

// Leave notes that something is being handed over now; from then on it cannot be
// called back. What was called back before is data.ErrNotFound.
func (tx *Tx) Leave(id int64) error {
	result, err := tx.exec(`UPDATE outbox SET leaving_at = ?, next_at = ?, tries = tries + 1 WHERE id = ? AND done_at IS NULL`,
		tx.now.Unix(), tx.now.Add(settleFor).Unix(), id)
	if err != nil {
		return err
	}
	if n, err := result.RowsAffected(); err != nil || n > 0 {
		return err
	}
	return wrapNoun(data.ErrNotFound, "outgoing %d", id)
}

// Arrived notes where something outgoing lies now.
func (tx *Tx) Arrived(o data.Outgoing, where data.Delivered) error {
	tx.touched("outbox")
	tx.touched("draft")
	if _, err := tx.exec(`UPDATE outbox SET done_at = ?, leaving_at = NULL, problem = '' WHERE id = ?`, tx.now.Unix(), o.ID); err != nil {
		return err
	}
	if _, err := tx.exec(`DELETE FROM outbox WHERE done_at < ?`, tx.now.Add(-undoKept).Unix()); err != nil {
		return err
	}
	if o.Calendar != "" {
		return nil
	}
	_, err := tx.exec(`UPDATE draft SET put_at = ?, folder = ? WHERE id = ?`, tx.now.Unix(), where.Folder, o.Draft.ID)
	return wrapNoun(err, "draft %s", o.Draft.ID)
}

// Stay notes why something did not leave, and when to try again. unsure says
// that it may have arrived all the same, so that it cannot be called back.
func (tx *Tx) Stay(o data.Outgoing, problem string, next time.Time, unsure bool) error {
	tx.touched("outbox")
	if settled := tx.now.Add(settleFor); unsure && next.Before(settled) {
		next = settled
	}
	_, err := tx.exec(`UPDATE outbox SET problem = ?, next_at = ?, leaving_at = CASE WHEN ? THEN leaving_at END WHERE id = ?`, problem, next.Unix(), unsure, o.ID)
	return wrapNoun(err, "outgoing %d", o.ID)
}

// unqueue takes what waits of a draft out of the outbox, unless it is on its way.
func (tx *Tx) unqueue(draft string) error {
	rows, err := query(tx.ctx, tx.sql, scanInt64, `SELECT id FROM outbox WHERE subject = ? AND done_at IS NULL`, draft)
	if err != nil {
		return err
	}
	for _, id := range rows {
		key := strconv.FormatInt(id, 10)
		if err := tx.mayCallBack(key); err != nil {
			return err
		}
		if err := tx.keepRow("outbox", key); err != nil {
			return err
		}
		tx.touched("outbox")
		if _, err := tx.exec(`DELETE FROM outbox WHERE id = ?`, id); err != nil {
			return err
		}
	}
	return nil
}

// mayCallBack refuses to change what has left, or is leaving, and says where it
// is.
func (tx *Tx) mayCallBack(key string) error {
	type fate struct {
		leaving, done, entry bool
		folder               string
	}
	f, err := one(tx.ctx, tx.sql, func(r row) (f fate, err error) {
		err = r.Scan(&f.leaving, &f.done, &f.entry, &f.folder)
		return f, err
	}, `SELECT o.leaving_at IS NOT NULL, o.done_at IS NOT NULL, o.target LIKE 'calendar:%', coalesce(d.folder, '') FROM outbox o LEFT JOIN draft d ON d.id = o.subject WHERE o.id = ?`, key)
	switch {
	case isNotFound(err):
		return nil
	case err != nil:
		return err
	case f.entry && (f.done || f.leaving):
		return &tooLate{&data.Invalid{Field: "entry", Says: "the entry is in the calendar, or on its way; change or delete it there, in your calendar program"}}
	case f.done:
		return &tooLate{&data.Invalid{Field: "draft", Says: "the draft lies in " + f.folder + " already; change or delete it there, in your mail program"}}
	case f.leaving:
		return &tooLate{&data.Invalid{Field: "draft", Says: "the draft is on its way; look for it among the drafts in your mail program"}}
	}
	return nil
}

// FollowUpWaits says whether an entry that was let go still waits to leave, and
// why it has not left yet.
func (db *DB) FollowUpWaits(ctx context.Context, uid string) (waits bool, problem string, err error) {
	problems, err := query(ctx, db.read, scanString, `SELECT problem FROM outbox WHERE subject = ? AND done_at IS NULL AND target LIKE 'calendar:%'`, uid)
	if len(problems) > 0 {
		problem = problems[0]
	}
	return len(problems) > 0, problem, wrapNoun(err, "outbox")
}

// MeIn is which of the user's own addresses a meeting is with, by the mailboxes;
// of several the first, and where none is, the first mailbox's.
func (db *DB) MeIn(ctx context.Context, m data.Agenda) (data.Address, error) {
	boxes, err := db.Mailboxes(ctx)
	if err != nil {
		return data.Address{}, err
	}
	me := data.Address{}
	for _, box := range boxes {
		if box.Imported() {
			continue
		}
		for _, p := range m.People {
			if p.Email == box.Address {
				return p.Address, nil
			}
		}
		if me.Email == "" {
			me.Email = box.Address
		}
	}
	return me, nil
}
