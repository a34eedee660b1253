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
// already there is kept once. The returned line is the run's so far.
func (db *DB) Ingest(ctx context.Context, source, shown string, started time.Time, b data.Batch) (data.LedgerLine, error) {
	line := data.LedgerLine{Source: source, Folder: b.Folder, Started: started}
	_, err := db.Write(ctx, "", func(tx *Tx) error {
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
		if err := tx.ingestMeetings(k, shown, b, &line); err != nil {
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
		line.Seen++
		line.Skipped = data.AddCount(line.Skipped, "could not be read: "+u.Reason, 1)
		l := u.Location
		if _, err := tx.exec(`
			INSERT INTO unreadable (mailbox_id, folder, uidvalidity, uid, reason, at) VALUES (?, ?, ?, ?, ?, ?)
			ON CONFLICT DO UPDATE SET reason = excluded.reason, at = excluded.at`,
			l.Mailbox, l.Folder, l.UIDValidity, l.UID, u.Reason, tx.now.Unix()); err != nil {
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
		if err := tx.detach(n); err != nil {
			return err
		}
	}
	return nil
}

func (tx *Tx) locate(n int64, l data.Location) error {
	if _, err := tx.exec(`
		INSERT INTO location (mailbox_id, folder, uidvalidity, uid, message_n) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT DO UPDATE SET message_n = excluded.message_n`, l.Mailbox, l.Folder, l.UIDValidity, l.UID, n); err != nil {
		return err
	}
	if _, err := tx.exec(`DELETE FROM unreadable WHERE mailbox_id = ? AND folder = ? AND uidvalidity = ? AND uid = ?`,
		l.Mailbox, l.Folder, l.UIDValidity, l.UID); err != nil {
		return err
	}
	_, err := tx.exec(`UPDATE message SET detached_at = NULL WHERE n = ? AND detached_at IS NOT NULL`, n)
	return err
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
		if err := tx.detach(n); err != nil {
			return err
		}
	}
	return nil
}

// detach marks a mail that no server has any more. It may have moved, so it is
// forgotten one whole pass later only.
func (tx *Tx) detach(n int64) error {
	_, err := tx.exec(`
		UPDATE message SET detached_at = ?1 WHERE n = ?2 AND detached_at IS NULL
			AND NOT EXISTS (SELECT 1 FROM location WHERE message_n = ?2)`, tx.now.Unix(), n)
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
	people := data.PeopleOf(m, k)
	i, err := tx.mailInteraction(shown, m, people)
	if err != nil {
		return data.Verdict{}, 0, err
	}
	verdict, err := tx.file(k, i)
	if err != nil {
		return verdict, 0, err
	}
	n, err := tx.insertMessage(m, i.n)
	if err != nil {
		return verdict, 0, err
	}
	tx.indexLater(n, m)
	return verdict, n, nil
}

// mailInteraction makes the timeline entry of a mail, or joins the one that a
// copy of it has made. An entry is automated only while all its copies are.
func (tx *Tx) mailInteraction(shown string, m data.Message, people []data.Participant) (filed, error) {
	id := data.InteractionIDOf(m)
	i := filed{kind: data.Mail, at: unixDate(m.Date), automated: m.Automated, people: people}
	var automated string
	err := prepared{tx}.QueryRowContext(tx.ctx, `SELECT n, automated FROM interaction WHERE id = ?`, id).Scan(&i.n, &automated)
	if err == nil {
		return tx.joinInteraction(i, automated)
	}
	result, err := tx.exec(`
		INSERT INTO interaction (id, kind, direction, at, recorded_at, minutes, all_day, subject, preview, text, place, source,
			thread, cancelled, automated, skip)
		VALUES (?, 'mail', 'in', ?, ?, 0, 0, ?, ?, '', '', ?, ?, 0, ?, '')`,
		id, i.at, tx.now.Unix(), m.Subject, text.Preview(m.Text, previewRunes), shown, data.ThreadOf(m), m.Automated)
	if err != nil {
		return i, err
	}
	if i.n, err = result.LastInsertId(); err != nil {
		return i, err
	}
	return i, tx.putParticipants(i.n, people)
}

func (tx *Tx) joinInteraction(i filed, automated string) (filed, error) {
	have, err := participantsOf(tx.ctx, tx.sql, i.n)
	if err != nil {
		return i, err
	}
	if automated == "" || i.automated == "" {
		i.automated = ""
	}
	i.people = mergePeople(have, i.people)
	if _, err := tx.exec(`UPDATE interaction SET automated = ? WHERE n = ?`, i.automated, i.n); err != nil {
		return i, err
	}
	return i, tx.putParticipants(i.n, i.people)
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
