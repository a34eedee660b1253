package store

import (
	"context"
	"time"

	"rapport/data"
)

// Ingest keeps batches of a source in their order, with the cursor that follows
// them and their part of the ledger lines, in one transaction. started is when
// the run began, and names the lines. What is already there is kept once. The
// returned line is the run's so far, in the folder of the last batch. A batch of
// a mailbox, calendar or feed that was removed meanwhile is refused with
// data.ErrNotFound.
func (db *DB) Ingest(ctx context.Context, source, shown string, started time.Time, batches ...data.Batch) (data.LedgerLine, error) {
	ready := make([]Readied, len(batches))
	for i, b := range batches {
		ready[i] = Ready(b)
	}
	return db.IngestReady(ctx, source, shown, started, ready...)
}

// IngestReady is Ingest of batches that were made ready before.
func (db *DB) IngestReady(ctx context.Context, source, shown string, started time.Time, batches ...Readied) (line data.LedgerLine, err error) {
	_, err = db.Write(ctx, "", func(tx *Tx) error {
		k, err := tx.knownIn()
		if err != nil {
			return err
		}
		for _, b := range batches {
			if line, err = tx.ingest(k, source, shown, started, b); err != nil {
				return err
			}
		}
		return nil
	})
	return line, wrapNoun(err, "%s", source)
}

func (tx *Tx) ingest(k data.Known, source, shown string, started time.Time, b Readied) (line data.LedgerLine, err error) {
	if err := tx.sourceIsThere(b.Batch); err != nil {
		return line, err
	}
	if line, err = tx.ledgerLine(source, b.Folder, started); err != nil {
		return line, err
	}
	line.OnServer = b.OnServer
	line.Took = tx.now.Sub(started)
	if err := tx.ingestMail(k, shown, b, &line); err != nil {
		return line, err
	}
	if err := tx.ingestMeetings(k, b.Batch, &line); err != nil {
		return line, err
	}
	if err := tx.ingestHeadlines(b.Batch, &line); err != nil {
		return line, err
	}
	for _, odd := range b.Odd {
		line.Odd = data.AddCount(line.Odd, odd, 1)
	}
	if b.Cursor != "" {
		if err := tx.putCursor(source, b.Cursor); err != nil {
			return line, err
		}
	}
	return line, tx.putLedgerLine(line)
}

// sourceIsThere refuses a batch that comes after its source was removed: its
// cursor would make the source, added again, go on where it has nothing.
func (tx *Tx) sourceIsThere(b data.Batch) error {
	n, err := tx.count(`SELECT (?1 = '' OR EXISTS (SELECT 1 FROM mailbox WHERE id = ?1)) AND (?2 = '' OR EXISTS (SELECT 1 FROM calendar WHERE id = ?2))
			AND (?3 = '' OR EXISTS (SELECT 1 FROM feed WHERE id = ?3))`, b.Mailbox, b.Calendar, b.Feed)
	if err == nil && n == 0 {
		err = data.ErrNotFound
	}
	return err
}

func (tx *Tx) ingestMail(k data.Known, shown string, b Readied, line *data.LedgerLine) error {
	if b.Renumbered != 0 {
		if err := tx.renumber(b.Batch); err != nil {
			return err
		}
	}
	if err := tx.readThreads(b.mails); err != nil {
		return err
	}
	if err := tx.readAhead(b.mails); err != nil {
		return err
	}
	for i := range b.mails {
		if err := tx.arrive(k, shown, &b.mails[i], line); err != nil {
			return err
		}
	}
	if err := tx.settleDrafts(k, b.Arrived); err != nil {
		return err
	}
	for _, p := range b.Moved {
		n, err := tx.messageNumber(p.MessageID)
		if isNotFound(err) { // forgotten since it was recognised
			if err := tx.readAgain(p.Location); err != nil {
				return err
			}
			continue
		}
		if err != nil {
			return wrapNoun(err, "message %s", p.MessageID)
		}
		if err := tx.locate(n, p.Location, p.Flags); err != nil {
			return err
		}
	}
	for _, f := range b.Flagged {
		if err := tx.flag(f); err != nil {
			return err
		}
	}
	for _, u := range b.Unreadable {
		if err := tx.putUnreadable(u, line); err != nil {
			return err
		}
	}
	for _, l := range b.Gone {
		if err := tx.unlocate(l); err != nil {
			return err
		}
	}
	return nil
}

// putUnreadable keeps where a mail lies that could not be had, and counts it
// where it is new.
func (tx *Tx) putUnreadable(u data.Unreadable, line *data.LedgerLine) error {
	l := u.Location
	known, err := tx.count(`SELECT count(*) FROM unreadable WHERE mailbox_id = ? AND folder = ? AND uidvalidity = ? AND uid = ?`,
		l.Mailbox, l.Folder, l.UIDValidity, l.UID)
	if err != nil {
		return err
	}
	if known == 0 {
		line.Seen++
		line.Skipped = data.AddCount(line.Skipped, "could not be read: "+u.Reason, 1)
	}
	_, err = tx.exec(`
		INSERT INTO unreadable (mailbox_id, folder, uidvalidity, uid, reason, at) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT DO UPDATE SET reason = excluded.reason, at = excluded.at`,
		l.Mailbox, l.Folder, l.UIDValidity, l.UID, u.Reason, tx.now.Unix())
	return err
}

// renumber forgets every location in the batch's folder that has an older
// UIDVALIDITY. The mails stay until a whole pass has not found them again.
func (tx *Tx) renumber(b data.Batch) error {
	numbers, err := query(tx.ctx, tx.sql, scanInt64, `
		SELECT message_n FROM location WHERE mailbox_id = ? AND folder = ? AND uidvalidity <> ?`, b.Mailbox, b.Folder, b.Renumbered)
	if err != nil {
		return err
	}
	for _, table := range []string{"location", "unreadable", "left_out", "reread"} {
		if _, err := tx.exec(`DELETE FROM `+table+` WHERE mailbox_id = ? AND folder = ? AND uidvalidity <> ?`, b.Mailbox, b.Folder, b.Renumbered); err != nil {
			return err
		}
	}
	for _, n := range numbers {
		tx.mails.messages[n] = true
		if err := tx.detach(n, b.Mailbox); err != nil {
			return err
		}
	}
	return nil
}

// flag keeps the marks of a mail at a place. They are no part of the mail or of
// its timeline entry, so these stay as they are.
func (tx *Tx) flag(f data.Flagged) error {
	l := f.Location
	if err := tx.touchedPlace(l); err != nil {
		return err
	}
	_, err := tx.exec(`
		UPDATE location SET flags = ?5 WHERE mailbox_id = ?1 AND folder = ?2 AND uidvalidity = ?3 AND uid = ?4 AND flags <> ?5`,
		l.Mailbox, l.Folder, l.UIDValidity, l.UID, string(f.Flags))
	return err
}

// locate keeps where a mail lies, and its marks there. Whatever was said to lie
// there before lies there no more.
func (tx *Tx) locate(n int64, l data.Location, flags data.Flags) error {
	before, err := one(tx.ctx, prepared{tx}, scanInt64, `
		SELECT message_n FROM location WHERE mailbox_id = ? AND folder = ? AND uidvalidity = ? AND uid = ?`,
		l.Mailbox, l.Folder, l.UIDValidity, l.UID)
	taken := err == nil
	switch {
	case noRows(err) != nil:
		return err
	case taken && before == n:
		return tx.flag(data.Flagged{Location: l, Flags: flags})
	}
	tx.mails.messages[n], tx.mails.messages[before] = true, true
	if _, err := tx.exec(`
		INSERT INTO location (mailbox_id, folder, uidvalidity, uid, message_n, flags) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT DO UPDATE SET message_n = excluded.message_n, flags = excluded.flags`,
		l.Mailbox, l.Folder, l.UIDValidity, l.UID, n, string(flags)); err != nil {
		return err
	}
	if _, err := tx.exec(`DELETE FROM unreadable WHERE mailbox_id = ? AND folder = ? AND uidvalidity = ? AND uid = ?`,
		l.Mailbox, l.Folder, l.UIDValidity, l.UID); err != nil {
		return err
	}
	if _, err := tx.exec(`UPDATE message SET detached_at = NULL, detached_from = '' WHERE n = ? AND detached_at IS NOT NULL`, n); err != nil {
		return err
	}
	if !taken {
		return nil
	}
	return tx.detach(before, l.Mailbox)
}

func (tx *Tx) unlocate(l data.Location) error {
	numbers, err := query(tx.ctx, tx.sql, scanInt64, `
		SELECT message_n FROM location WHERE mailbox_id = ? AND folder = ? AND uidvalidity = ? AND uid = ?`,
		l.Mailbox, l.Folder, l.UIDValidity, l.UID)
	if err != nil {
		return err
	}
	for _, table := range []string{"location", "unreadable", "left_out", "reread"} {
		if _, err := tx.exec(`DELETE FROM `+table+` WHERE mailbox_id = ? AND folder = ? AND uidvalidity = ? AND uid = ?`,
			l.Mailbox, l.Folder, l.UIDValidity, l.UID); err != nil {
			return err
		}
	}
	for _, n := range numbers {
		tx.mails.messages[n] = true
		if err := tx.detach(n, l.Mailbox); err != nil {
			return err
		}
	}
	return nil
}

// detach marks a mail that no server has any more. It may have moved, so it is
// forgotten only when the mailbox that had it last was read to its end once
// more.
func (tx *Tx) detach(n int64, mailbox string) error {
	_, err := tx.exec(`
		UPDATE message SET detached_at = ?1, detached_from = ?3 WHERE n = ?2 AND detached_at IS NULL
			AND NOT EXISTS (SELECT 1 FROM location WHERE message_n = ?2)`, tx.now.Unix(), n, mailbox)
	return err
}

func (tx *Tx) messageNumber(id string) (int64, error) {
	return one(tx.ctx, prepared{tx}, scanInt64, `SELECT n FROM message WHERE id = ?`, id)
}

// arrive keeps one mail and where it lies, and counts it where it is new.
func (tx *Tx) arrive(k data.Known, shown string, m *readied, line *data.LedgerLine) error {
	if n, known := tx.ahead.messages[m.Message.ID]; known {
		return tx.arriveAt(n, m.Arrival, true)
	}
	if out, err := tx.skipLeftOut(m.Arrival, line); err != nil || out {
		return err
	}
	verdict, n, err := tx.addMessage(k, shown, m)
	if err != nil {
		return err
	}
	tx.ahead.messages[m.Message.ID] = n
	if err := tx.addInvitations(m.Message); err != nil {
		return err
	}
	if err := tx.readAnswers(k, m.Message, m.entry); err != nil {
		return err
	}
	count(line, verdict)
	for _, odd := range m.Message.Odd {
		line.Odd = data.AddCount(line.Odd, odd, 1)
	}
	return tx.arriveAt(n, m.Arrival, false)
}

// arriveAt keeps where a mail lies. Most that arrive are new and lie where
// nothing did; then that is all that there is to write.
func (tx *Tx) arriveAt(n int64, a data.Arrival, known bool) error {
	_, taken := tx.ahead.places[a.Location]
	tx.ahead.places[a.Location] = n
	if known || taken || tx.ahead.unreadable[a.Location] {
		return tx.locate(n, a.Location, a.Flags)
	}
	l := a.Location
	_, err := tx.exec(`INSERT INTO location (mailbox_id, folder, uidvalidity, uid, message_n, flags) VALUES (?, ?, ?, ?, ?, ?)`,
		l.Mailbox, l.Folder, l.UIDValidity, l.UID, n, string(a.Flags))
	return err
}

func count(line *data.LedgerLine, v data.Verdict) {
	line.Seen++
	if v.Skip == "" {
		line.Kept++
	} else {
		line.Skipped = data.AddCount(line.Skipped, v.Skip, 1)
	}
}

// addMessage keeps a mail that was not known, with the interaction it makes or
// joins.
func (tx *Tx) addMessage(k data.Known, shown string, m *readied) (data.Verdict, int64, error) {
	tx.touched(data.KindInteraction)
	i, joins := tx.ahead.entries[m.entry]
	var verdict data.Verdict
	thread, err := tx.threadFor(m)
	if err != nil {
		return data.Verdict{}, 0, err
	}
	if !joins {
		if i, verdict, err = tx.addMail(k, shown, m, thread); err != nil {
			return verdict, 0, err
		}
		tx.ahead.entries[m.entry] = i
	}
	n, err := tx.insertMessage(m, i)
	if err != nil {
		return verdict, 0, err
	}
	tx.indexLater(n, m.words)
	if joins {
		verdict, err = tx.joinCopies(k, i)
	}
	return verdict, n, err
}

// addMail makes the timeline entry of a mail, in its conversation.
func (tx *Tx) addMail(k data.Known, shown string, r *readied, thread string) (int64, data.Verdict, error) {
	m := r.Message
	people := data.PeopleOf(m, k)
	verdict, direction := data.FileEntry(k, r.entry, people, m.Automated), data.DirectionOf(people)
	i := filed{kind: data.Mail, at: unixDate(m.Date), automated: m.Automated, people: people}
	result, err := tx.exec(`
		INSERT INTO interaction (id, kind, direction, at, recorded_at, minutes, all_day, subject, preview, text, place, source,
			thread, cancelled, automated, skip)
		VALUES (?, 'mail', ?, ?, ?, 0, 0, ?, ?, '', '', ?, ?, 0, ?, ?)`,
		r.entry, string(direction), i.at, tx.now.Unix(), m.Subject, r.preview, shown,
		thread, m.Automated, verdict.Skip)
	if err != nil {
		return 0, verdict, err
	}
	if i.n, err = result.LastInsertId(); err != nil {
		return 0, verdict, err
	}
	if err := tx.addParticipants(i.n, people); err != nil {
		return 0, verdict, err
	}
	return i.n, verdict, tx.addMatches(i, direction, verdict.Matches)
}

// unixDate is a mail's date as it is stored, kept within what a search's order
// can hold.
func unixDate(t time.Time) int64 {
	const first, last = -1 << 40, 1 << 40
	return min(max(t.Unix(), first), last)
}

func (tx *Tx) insertMessage(r *readied, interaction int64) (int64, error) {
	m := r.Message
	n, err := tx.freeNumber(m)
	if err != nil {
		return 0, err
	}
	_, err = tx.exec(`
		INSERT INTO message (n, interaction_n, `+messageColumns+`, subject_name, headless)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		n, interaction, m.ID, m.MessageID, m.InReplyTo, r.refs, unixDate(m.Date), m.Subject, r.people,
		m.Text, m.TextCut, m.Size, r.attached, r.form, m.Automated, r.odd, tx.now.Unix(), r.node.subject, r.node.headless)
	return n, err
}
