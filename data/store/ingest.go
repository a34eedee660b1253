package store

import (
	"context"
	"encoding/hex"
	"time"

	"rapport/data"
	"rapport/data/text"
)

// Ingest keeps one batch of a source, its cursor and its part of the ledger line
// in one transaction. started is when the run began, and names the line. What is
// already there is kept once. The returned line is the run's so far. A batch of
// a mailbox or calendar that was removed meanwhile is refused with
// data.ErrNotFound.
func (db *DB) Ingest(ctx context.Context, source, shown string, started time.Time, b data.Batch) (data.LedgerLine, error) {
	line := data.LedgerLine{Source: source, Folder: b.Folder, Started: started}
	_, err := db.Write(ctx, "", func(tx *Tx) error {
		if err := tx.sourceIsThere(b); err != nil {
			return err
		}
		k, err := tx.knownIn()
		if err != nil {
			return err
		}
		if line, err = tx.ledgerLine(source, b.Folder, started); err != nil {
			return err
		}
		line.OnServer = b.OnServer
		line.Took = tx.now.Sub(started)
		if err := tx.ingestMail(k, shown, b, &line); err != nil {
			return err
		}
		if err := tx.ingestMeetings(k, b, &line); err != nil {
			return err
		}
		for _, odd := range b.Odd {
			line.Odd = data.AddCount(line.Odd, odd, 1)
		}
		if b.Cursor != "" {
			if err := tx.putCursor(source, b.Cursor); err != nil {
				return err
			}
		}
		return tx.putLedgerLine(line)
	})
	return line, wrapNoun(err, "%s", source)
}

// sourceIsThere refuses a batch that comes after its source was removed: its
// cursor would make the source, added again, go on where it has nothing.
func (tx *Tx) sourceIsThere(b data.Batch) error {
	n, err := tx.count(`SELECT (?1 = '' OR EXISTS (SELECT 1 FROM mailbox WHERE id = ?1)) AND (?2 = '' OR EXISTS (SELECT 1 FROM calendar WHERE id = ?2))`,
		b.Mailbox, b.Calendar)
	if err == nil && n == 0 {
		err = data.ErrNotFound
	}
	return err
}

func (tx *Tx) ingestMail(k data.Known, shown string, b data.Batch, line *data.LedgerLine) error {
	if b.Renumbered != 0 {
		if err := tx.renumber(b); err != nil {
			return err
		}
	}
	for _, a := range b.Arrived {
		if err := tx.arrive(k, shown, a, line); err != nil {
			return err
		}
	}
	for _, p := range b.Moved {
		n, err := tx.messageNumber(p.MessageID)
		if err != nil {
			return wrapNoun(err, "message %s", p.MessageID)
		}
		if err := tx.locate(n, p.Location); err != nil {
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
	for _, table := range []string{"location", "unreadable"} {
		if _, err := tx.exec(`DELETE FROM `+table+` WHERE mailbox_id = ? AND folder = ? AND uidvalidity <> ?`, b.Mailbox, b.Folder, b.Renumbered); err != nil {
			return err
		}
	}
	for _, n := range numbers {
		if err := tx.detach(n, b.Mailbox); err != nil {
			return err
		}
	}
	return nil
}

// locate keeps where a mail lies. Whatever was said to lie there before lies
// there no more.
func (tx *Tx) locate(n int64, l data.Location) error {
	before, err := one(tx.ctx, prepared{tx}, scanInt64, `
		SELECT message_n FROM location WHERE mailbox_id = ? AND folder = ? AND uidvalidity = ? AND uid = ?`,
		l.Mailbox, l.Folder, l.UIDValidity, l.UID)
	taken := err == nil
	if noRows(err) != nil || taken && before == n {
		return err
	}
	if _, err := tx.exec(`
		INSERT INTO location (mailbox_id, folder, uidvalidity, uid, message_n) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT DO UPDATE SET message_n = excluded.message_n`, l.Mailbox, l.Folder, l.UIDValidity, l.UID, n); err != nil {
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
	for _, table := range []string{"location", "unreadable"} {
		if _, err := tx.exec(`DELETE FROM `+table+` WHERE mailbox_id = ? AND folder = ? AND uidvalidity = ? AND uid = ?`,
			l.Mailbox, l.Folder, l.UIDValidity, l.UID); err != nil {
			return err
		}
	}
	for _, n := range numbers {
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
func (tx *Tx) arrive(k data.Known, shown string, a data.Arrival, line *data.LedgerLine) error {
	n, err := tx.messageNumber(a.Message.ID)
	if err == nil {
		return tx.locate(n, a.Location)
	}
	if !isNotFound(err) {
		return err
	}
	verdict, n, err := tx.addMessage(k, shown, a.Message)
	if err != nil {
		return err
	}
	count(line, verdict)
	for _, odd := range a.Message.Odd {
		line.Odd = data.AddCount(line.Odd, odd, 1)
	}
	return tx.locate(n, a.Location)
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
func (tx *Tx) addMessage(k data.Known, shown string, m data.Message) (data.Verdict, int64, error) {
	tx.touched(data.KindInteraction)
	i, err := tx.interactionNumber(data.InteractionIDOf(m))
	joins := err == nil
	if noRows(err) != nil {
		return data.Verdict{}, 0, err
	}
	var verdict data.Verdict
	if !joins {
		if i, verdict, err = tx.addMail(k, shown, m); err != nil {
			return verdict, 0, err
		}
	}
	n, err := tx.insertMessage(m, i)
	if err != nil {
		return verdict, 0, err
	}
	tx.indexLater(n, m)
	if joins {
		verdict, err = tx.joinCopies(k, i)
	}
	return verdict, n, err
}

// addMail makes the timeline entry of a mail.
func (tx *Tx) addMail(k data.Known, shown string, m data.Message) (int64, data.Verdict, error) {
	people := data.PeopleOf(m, k)
	verdict, direction := data.File(k, people, m.Automated), data.DirectionOf(people)
	i := filed{kind: data.Mail, at: unixDate(m.Date), automated: m.Automated, people: people}
	result, err := tx.exec(`
		INSERT INTO interaction (id, kind, direction, at, recorded_at, minutes, all_day, subject, preview, text, place, source,
			thread, cancelled, automated, skip)
		VALUES (?, 'mail', ?, ?, ?, 0, 0, ?, ?, '', '', ?, ?, 0, ?, ?)`,
		data.InteractionIDOf(m), string(direction), i.at, tx.now.Unix(), m.Subject, text.Preview(m.Text, previewRunes), shown,
		data.ThreadOf(m), m.Automated, verdict.Skip)
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

func (tx *Tx) insertMessage(m data.Message, interaction int64) (int64, error) {
	n, err := tx.freeNumber(m)
	if err != nil {
		return 0, err
	}
	people := messagePeople{From: m.From, To: m.To, Cc: m.Cc, Bcc: m.Bcc, ReplyTo: m.ReplyTo}
	_, err = tx.exec(`
		INSERT INTO message (n, interaction_n, `+messageColumns+`)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		n, interaction, m.ID, m.MessageID, m.InReplyTo, listJSON(m.References), unixDate(m.Date), m.Subject, asJSON(people),
		m.Text, m.TextCut, m.Size, listJSON(m.Attached), m.Automated, listJSON(m.Odd), tx.now.Unix())
	return n, err
}

// freeNumber gives a mail a number that sorts by its date.
func (tx *Tx) freeNumber(m data.Message) (int64, error) {
	var low int64
	if sum, err := hex.DecodeString(m.ID); err == nil && len(sum) >= 3 {
		low = int64(sum[0])<<12 | int64(sum[1])<<4 | int64(sum[2])>>4
	}
	for n := unixDate(m.Date)<<20 | low; ; n++ {
		taken, err := tx.count(`SELECT count(*) FROM message WHERE n = ?`, n)
		if err != nil || taken == 0 {
			return n, err
		}
	}
}
