package store

import (
	"context"
	"database/sql"
	"slices"
	"strconv"
	"time"

	"rapport/data"
)

const draftColumns = `d.id, d.body, d.written_at, d.queued_at, d.put_at, d.folder, d.sent_at,
	coalesce((SELECT o.problem FROM outbox o WHERE o.subject = d.id AND o.done_at IS NULL), '')`

func scanDraft(r row) (d data.Draft, err error) {
	var id, body, folder, problem string
	var written int64
	var queued, put, sent sql.NullInt64
	if err := r.Scan(&id, &body, &written, &queued, &put, &folder, &sent, &problem); err != nil {
		return d, err
	}
	d, err = fromJSON[data.Draft](body)
	d.ID, d.WrittenAt, d.Folder, d.Problem = id, timeOf(written), folder, problem
	d.QueuedAt, d.PutAt, d.SentAt = timeOf(queued.Int64), timeOf(put.Int64), timeOf(sent.Int64)
	return d, err
}

// Drafts returns every draft, the one written last first.
func (db *DB) Drafts(ctx context.Context) ([]data.Draft, error) {
	list, err := query(ctx, db.read, scanDraft, `SELECT `+draftColumns+` FROM draft d ORDER BY d.written_at DESC, d.id`)
	return list, wrapNoun(err, "drafts")
}

// Draft returns one draft, or data.ErrNotFound.
func (db *DB) Draft(ctx context.Context, id string) (data.Draft, error) {
	d, err := draftIn(ctx, db.read, id)
	return d, wrapNoun(err, "draft %s", id)
}

func draftIn(ctx context.Context, q asker, id string) (data.Draft, error) {
	return one(ctx, q, scanDraft, `SELECT `+draftColumns+` FROM draft d WHERE d.id = ?`, id)
}

// PutDraft keeps a draft as it is being written, and returns it as kept: a new
// one with its ID and Message-ID. One that was let go is refused with
// data.ErrConflict.
func (tx *Tx) PutDraft(d data.Draft) (data.Draft, error) {
	if d.ID == "" {
		d.ID = NewID()
	}
	if d.MessageID == "" {
		d.MessageID = data.MessageIDFor(NewID(), d.From.Email)
	}
	d = d.Tidy()
	have, err := draftIn(tx.ctx, tx.sql, d.ID)
	if noRows(err) != nil {
		return d, err
	}
	if have.State() != data.DraftKept {
		return d, wrapNoun(data.ErrConflict, "draft %s was let go", d.ID)
	}
	tx.touched("draft")
	d.WrittenAt = timeOf(tx.now.Unix())
	_, err = tx.exec(`
		INSERT INTO draft (id, body, written_at) VALUES (?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET body = excluded.body, written_at = excluded.written_at`, d.ID, asJSON(d), tx.now.Unix())
	return d, wrapNoun(err, "draft %s", d.ID)
}

// DeleteDraft throws a draft away, and what of it still waits to leave. What lies
// on a server stays there. One that is on its way is refused with *data.Invalid.
func (tx *Tx) DeleteDraft(id string) error {
	if _, err := draftIn(tx.ctx, tx.sql, id); err != nil {
		return wrapNoun(err, "draft %s", id)
	}
	if err := tx.keepRow("draft", id); err != nil {
		return err
	}
	if err := tx.unqueue(id); err != nil {
		return err
	}
	tx.touched("draft")
	_, err := tx.exec(`DELETE FROM draft WHERE id = ?`, id)
	return wrapNoun(err, "draft %s", id)
}

// QueueDraft lets a draft go: it waits in the outbox until the engine puts it
// into its mailbox's Drafts folder, not before a moment, so that it can be called
// back until then. yes says that the person allowed this one; without it the
// mailbox must be allowed. *data.Invalid says what the draft lacks.
func (tx *Tx) QueueDraft(id string, yes bool, notBefore time.Time) error {
	d, err := draftIn(tx.ctx, tx.sql, id)
	if err != nil {
		return wrapNoun(err, "draft %s", id)
	}
	if d.State() != data.DraftKept {
		return wrapNoun(data.ErrConflict, "draft %s was let go", id)
	}
	if err := tx.mayLeave(d, yes); err != nil {
		return err
	}
	d.QueuedAt = tx.now
	if err := tx.keepRow("draft", id); err != nil {
		return err
	}
	number, err := tx.count(`SELECT coalesce(max(id), 0) + 1 FROM outbox`)
	if err != nil {
		return err
	}
	if err := tx.keepRow("outbox", strconv.Itoa(number)); err != nil {
		return err
	}
	tx.touched("draft")
	tx.touched("outbox")
	if _, err := tx.exec(`UPDATE draft SET queued_at = ? WHERE id = ?`, tx.now.Unix(), id); err != nil {
		return err
	}
	_, err = tx.exec(`INSERT INTO outbox (id, target, subject, body, yes, created_at, next_at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
		number, "drafts:"+d.Mailbox, id, asJSON(letGo{d, d.QueuedAt}), yes, tx.now.Unix(), max(notBefore.Unix(), tx.now.Unix()))
	return wrapNoun(err, "draft %s", id)
}

func (tx *Tx) mayLeave(d data.Draft, yes bool) error {
	if err := d.Check(); err != nil {
		return err
	}
	box, err := one(tx.ctx, tx.sql, scanMailbox, `SELECT `+mailboxColumns+` FROM mailbox WHERE id = ?`, d.Mailbox)
	if noRows(err) != nil {
		return err
	}
	if err != nil || box.Imported() {
		return &data.Invalid{Field: "mailbox", Says: "no mailbox with a server belongs to this draft; open it in your mail program instead"}
	}
	sample, err := settingList(tx.ctx, tx.sql, SettingSample)
	if err != nil {
		return err
	}
	if slices.Contains(sample, box.SourceName()) {
		return &data.Invalid{Field: "mailbox", Says: "nothing leaves the sample workspace; open the draft in your mail program instead"}
	}
	if yes {
		return nil
	}
	allowed, err := settingList(tx.ctx, tx.sql, SettingDrafts)
	if err == nil && !slices.Contains(allowed, d.Mailbox) {
		err = &data.Problem{Kind: data.DraftForbidden, About: box.Address}
	}
	return err
}

// HandOver notes that a draft was opened in the person's own mail program, or
// written to a file for it; there it goes on.
func (tx *Tx) HandOver(id string) error {
	if err := tx.keepRow("draft", id); err != nil {
		return err
	}
	tx.touched("draft")
	result, err := tx.exec(`UPDATE draft SET queued_at = ?1, put_at = ?1, folder = '' WHERE id = ?2 AND queued_at IS NULL`, tx.now.Unix(), id)
	if err != nil {
		return err
	}
	if n, err := result.RowsAffected(); err != nil || n > 0 {
		return err
	}
	return wrapNoun(data.ErrConflict, "draft %s was let go", id)
}

// AllowDrafts says whether Rapport may put drafts into the Drafts folder of a
// mailbox.
func (tx *Tx) AllowDrafts(mailbox string, on bool) error {
	allowed, err := settingList(tx.ctx, tx.sql, SettingDrafts)
	if err != nil {
		return err
	}
	allowed = slices.DeleteFunc(allowed, func(id string) bool { return id == mailbox })
	if on {
		allowed = append(allowed, mailbox)
	}
	return tx.PutSettingList(SettingDrafts, allowed)
}

// keepDraftsOf keeps the drafts that wait for a mailbox that is gone, as drafts
// of none.
func (tx *Tx) keepDraftsOf(mailbox string) error {
	waiting, err := query(tx.ctx, tx.sql, scanString, `SELECT subject FROM outbox WHERE target = ? AND done_at IS NULL`, "drafts:"+mailbox)
	if err != nil {
		return err
	}
	for _, id := range waiting {
		if _, err := tx.exec(`UPDATE draft SET queued_at = NULL WHERE id = ?`, id); err != nil {
			return err
		}
	}
	tx.touched("outbox")
	if _, err := tx.exec(`DELETE FROM outbox WHERE target = ?`, "drafts:"+mailbox); err != nil {
		return err
	}
	return tx.AllowDrafts(mailbox, false)
}

// settleDrafts marks drafts as sent whose sent copies are among the mails.
func (tx *Tx) settleDrafts(k data.Known, arrived []data.Arrival) error {
	var ours []data.Arrival
	for _, a := range arrived {
		if k.IsOwn(a.Message.Sender().Email) {
			ours = append(ours, a)
		}
	}
	if len(ours) == 0 {
		return nil
	}
	open, err := query(tx.ctx, tx.sql, scanDraft, `SELECT `+draftColumns+` FROM draft d WHERE d.sent_at IS NULL ORDER BY d.written_at`)
	if err != nil {
		return err
	}
	for _, d := range open {
		i := slices.IndexFunc(ours, func(a data.Arrival) bool {
			return (d.Folder == "" || a.Location.Folder != d.Folder) && data.IsSentCopy(d, a.Message)
		})
		if i < 0 {
			continue
		}
		tx.touched("draft")
		tx.touched("outbox")
		if _, err := tx.exec(`UPDATE draft SET sent_at = ? WHERE id = ?`, ours[i].Message.Date.Unix(), d.ID); err != nil {
			return err
		}
		if _, err := tx.exec(`UPDATE outbox SET done_at = ?, leaving_at = NULL, problem = '' WHERE subject = ? AND done_at IS NULL`, tx.now.Unix(), d.ID); err != nil {
			return err
		}
	}
	return nil
}
