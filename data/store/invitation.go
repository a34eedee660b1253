package store

import (
	"context"
	"slices"
	"strconv"
	"time"

	"rapport/data"
)

// addInvitations keeps what a mail says about meetings until TakeInvitations
// takes it.
func (tx *Tx) addInvitations(m data.Message) error {
	for _, i := range m.Invites {
		if i.UID == "" {
			continue
		}
		if _, err := tx.exec(`
			INSERT INTO invitation (message_id, uid, method, sender, at, ics, taken) VALUES (?, ?, ?, ?, ?, ?, 0)
			ON CONFLICT DO NOTHING`, m.ID, i.UID, i.Method, m.Sender().Email, unixDate(m.Date), i.ICS); err != nil {
			return err
		}
	}
	return nil
}

// takenAtOnce is how many meetings of invitations are kept in one transaction.
const takenAtOnce = 200

// invitationsRenewed is how old the dates of a series may get that is known from
// mail only, before they are worked out again: the window moves with the days.
const invitationsRenewed = 30 * 24 * time.Hour

// settingInvitations is when that was done last, in unix seconds.
const settingInvitations = "invitations renewed"

// RenewInvitations lets TakeInvitations take those of series again that are due to
// be expanded anew.
func (db *DB) RenewInvitations(ctx context.Context, now time.Time) error {
	text, err := db.Setting(ctx, settingInvitations)
	if err != nil {
		return err
	}
	at, err := strconv.ParseInt(text, 10, 64)
	if err == nil && now.Sub(time.Unix(at, 0)).Abs() < invitationsRenewed {
		return nil
	}
	_, err = db.Write(ctx, "", func(tx *Tx) error {
		if _, err := tx.exec(`UPDATE invitation SET taken = 0 WHERE uid IN (SELECT uid FROM meeting WHERE calendar_id = ? AND ics LIKE '%RRULE%')`, data.MailCalendarID); err != nil {
			return err
		}
		return tx.PutSetting(settingInvitations, strconv.FormatInt(now.Unix(), 10))
	})
	return wrapNoun(err, "invitations")
}

// HasInvitations says whether mails say something about meetings that is not
// taken yet.
func (db *DB) HasInvitations(ctx context.Context) (bool, error) {
	n, err := one(ctx, db.read, scanInt64, `SELECT EXISTS (SELECT 1 FROM invitation WHERE taken = 0)`)
	return n > 0, wrapNoun(err, "invitations")
}

// TakeInvitations keeps the meetings that follow from invitations in mail, in the
// calendar data.MailCalendarID, which it makes where there is none, and says
// whether more wait. combine makes one of all invitations to a meeting: it, which
// has no dates where nobody invited, the answers to it, and remarks. started names
// the ledger's line.
func (db *DB) TakeInvitations(ctx context.Context, started time.Time, combine func([]data.Invitation) (data.Meeting, []data.Response, []string)) (more bool, err error) {
	_, err = db.Write(ctx, "", func(tx *Tx) error {
		uids, err := query(tx.ctx, tx.sql, scanString, `SELECT DISTINCT uid FROM invitation WHERE taken = 0 ORDER BY uid LIMIT ?`, takenAtOnce)
		if err != nil || len(uids) == 0 {
			return err
		}
		more = len(uids) == takenAtOnce
		c, err := tx.mailCalendar()
		if err != nil {
			return err
		}
		k, err := tx.knownIn()
		if err != nil {
			return err
		}
		line, err := tx.ledgerLine(c.SourceName(), "", started)
		if err != nil {
			return err
		}
		b := data.Batch{Calendar: c.ID}
		for _, uid := range uids {
			if err := tx.takeInvitation(uid, &b, combine); err != nil {
				return err
			}
		}
		if err := tx.ingestMeetings(k, b, &line); err != nil {
			return err
		}
		for _, uid := range uids {
			if err := tx.showMeeting(k, uid); err != nil {
				return err
			}
		}
		for _, odd := range b.Odd {
			line.Odd = data.AddCount(line.Odd, odd, 1)
		}
		if line.OnServer, err = tx.count(`SELECT count(*) FROM meeting WHERE calendar_id = ?`, c.ID); err != nil {
			return err
		}
		line.Took = tx.now.Sub(started)
		return tx.putLedgerLine(line)
	})
	return more, wrapNoun(err, "invitations")
}

// takeInvitation works out what all mails say about one meeting.
func (tx *Tx) takeInvitation(uid string, b *data.Batch, combine func([]data.Invitation) (data.Meeting, []data.Response, []string)) error {
	said, err := query(tx.ctx, tx.sql, func(r row) (i data.Invitation, err error) {
		var at int64
		err = r.Scan(&i.UID, &i.Method, &i.Sender, &at, &i.ICS)
		i.At = time.Unix(at, 0).UTC()
		return i, err
	}, `SELECT uid, method, sender, at, ics FROM invitation WHERE uid = ?`, uid)
	if err != nil {
		return err
	}
	m, answers, odd := combine(said)
	if b.Odd = append(b.Odd, odd...); m.UID == uid {
		b.Meetings = append(b.Meetings, m)
	} else {
		b.Lost = append(b.Lost, uid)
	}
	if err := tx.putResponses(uid, answers); err != nil {
		return err
	}
	_, err = tx.exec(`UPDATE invitation SET taken = 1 WHERE uid = ?`, uid)
	return err
}

// mailCalendar is the calendar of invitations in mail, made where there is none.
func (tx *Tx) mailCalendar() (data.Calendar, error) {
	c, err := one(tx.ctx, tx.sql, scanCalendar, `SELECT `+calendarColumns+` FROM calendar WHERE id = ?`, data.MailCalendarID)
	if !isNotFound(err) {
		return c, err
	}
	names, err := query(tx.ctx, tx.sql, scanString, `SELECT name FROM calendar`)
	if err != nil {
		return c, err
	}
	name := "Invitations in mail"
	for slices.Contains(names, name) {
		name += ", Rapport"
	}
	return tx.PutCalendar(data.Calendar{ID: data.MailCalendarID, Name: name, Kind: data.MailCalendar, Shown: "mail"})
}

func (tx *Tx) putResponses(uid string, list []data.Response) error {
	tx.heard = nil
	if _, err := tx.exec(`DELETE FROM meeting_response WHERE uid = ?`, uid); err != nil {
		return err
	}
	for _, r := range list {
		start, end := int64(0), int64(0)
		if !r.Start.IsZero() {
			start, end = r.Start.Unix(), r.End.Unix()
		}
		if _, err := tx.exec(`
			INSERT INTO meeting_response (uid, recurrence_id, email, name, answer, sequence, stamp, start_at, end_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			uid, r.RecurrenceID, r.From.Email, r.From.Name, r.Answer, r.Sequence, r.Stamp, start, end); err != nil {
			return err
		}
	}
	return nil
}

const responseColumns = `uid, recurrence_id, email, name, answer, sequence, stamp, start_at, end_at`

func scanResponse(r row) (a data.Response, err error) {
	var start, end int64
	err = r.Scan(&a.UID, &a.RecurrenceID, &a.From.Email, &a.From.Name, &a.Answer, &a.Sequence, &a.Stamp, &start, &end)
	if start != 0 {
		a.Start, a.End = time.Unix(start, 0).UTC(), time.Unix(end, 0).UTC()
	}
	return a, err
}

func byUID(list []data.Response) map[string][]data.Response {
	of := map[string][]data.Response{}
	for _, r := range list {
		of[r.UID] = append(of[r.UID], r)
	}
	return of
}

// Responses returns the answers to meetings that came by mail, by UID.
func (db *DB) Responses(ctx context.Context) (map[string][]data.Response, error) {
	list, err := query(ctx, db.read, scanResponse, `SELECT `+responseColumns+` FROM meeting_response`)
	return byUID(list), wrapNoun(err, "answers to invitations")
}

// responses are Responses as the write has them, read once.
func (tx *Tx) responses() (map[string][]data.Response, error) {
	if tx.heard == nil {
		list, err := query(tx.ctx, tx.sql, scanResponse, `SELECT `+responseColumns+` FROM meeting_response`)
		if err != nil {
			return nil, err
		}
		tx.heard = byUID(list)
	}
	return tx.heard, nil
}

// showMeeting makes the timeline entries of all dates of a meeting anew, whoever
// has them.
func (tx *Tx) showMeeting(k data.Known, uid string) error {
	ids, err := query(tx.ctx, tx.sql, scanString, `SELECT DISTINCT id FROM occurrence WHERE uid = ?`, uid)
	for _, id := range ids {
		if err == nil {
			_, err = tx.showOccurrence(k, id)
		}
	}
	return err
}

// forgetInvitations forgets what mails say about meetings that a person has
// forgotten. What other mails say of these meetings is taken again.
func (tx *Tx) forgetInvitations(numbers []int64) error {
	var all []any
	for _, n := range numbers {
		all = append(all, n)
	}
	uids := map[string]bool{}
	err := inChunks(all, func(marks string, args []any) error {
		found, err := query(tx.ctx, tx.sql, scanString, `
			DELETE FROM invitation WHERE message_id IN (SELECT id FROM message WHERE n IN (`+marks+`)) RETURNING uid`, args...)
		for _, uid := range found {
			uids[uid] = true
		}
		return err
	})
	if err != nil || len(uids) == 0 {
		return err
	}
	k, err := tx.knownIn()
	if err != nil {
		return err
	}
	tx.touched(data.KindInteraction)
	for uid := range uids {
		ids, err := query(tx.ctx, tx.sql, scanString, `SELECT DISTINCT id FROM occurrence WHERE uid = ?`, uid)
		if err != nil {
			return err
		}
		if err := tx.putResponses(uid, nil); err != nil {
			return err
		}
		for _, statement := range []string{`UPDATE invitation SET taken = 0 WHERE uid = ?`, `DELETE FROM meeting WHERE calendar_id = '` + data.MailCalendarID + `' AND uid = ?`} {
			if _, err := tx.exec(statement, uid); err != nil {
				return err
			}
		}
		for _, id := range ids {
			if _, err := tx.showOccurrence(k, id); err != nil {
				return err
			}
		}
	}
	return nil
}

// eraseForgotten deletes mails by a person's wish, with what they say about
// meetings.
func (tx *Tx) eraseForgotten(numbers []int64) error {
	if err := tx.forgetInvitations(numbers); err != nil {
		return err
	}
	return tx.eraseMessages(numbers)
}
