package store

import (
	"context"
	"time"

	"rapport/data"
)

const occurrenceColumns = `calendar_id, id, uid, recurrence_id, summary, place, start_at, end_at, all_day, start_date, end_date,
	zone, cancelled, tentative, sequence, stamp, people`

// meetingPeople are an occurrence's people as they are stored.
type meetingPeople struct {
	Organizer data.Address    `json:"organizer,omitzero"`
	Attendees []data.Attendee `json:"attendees,omitempty"`
}

func scanOccurrence(r row) (o data.Occurrence, err error) {
	var start, end int64
	var people string
	if err := r.Scan(&o.Calendar, &o.ID, &o.UID, &o.RecurrenceID, &o.Summary, &o.Place, &start, &end, &o.AllDay, &o.StartDate, &o.EndDate,
		&o.Zone, &o.Cancelled, &o.Tentative, &o.Sequence, &o.Stamp, &people); err != nil {
		return o, err
	}
	o.Start, o.End = time.Unix(start, 0).UTC(), time.Unix(end, 0).UTC()
	p, err := fromJSON[meetingPeople](people)
	o.Organizer, o.Attendees = p.Organizer, p.Attendees
	return o, err
}

// ingestMeetings keeps what a calendar holds. Dates that are there already keep
// the newest version of all calendars.
func (tx *Tx) ingestMeetings(k data.Known, b data.Batch, line *data.LedgerLine) error {
	if b.Calendar == "" || (len(b.Meetings) == 0 && !b.Whole) {
		return nil
	}
	tx.touched(data.KindInteraction)
	before, err := tx.calendarDates(b)
	if err != nil {
		return err
	}
	if b.Whole {
		if _, err := tx.exec(`
			DELETE FROM meeting WHERE calendar_id = ? AND uid NOT IN (SELECT value FROM json_each(?))`, b.Calendar, listJSON(b.Held)); err != nil {
			return err
		}
	}
	for _, m := range b.Meetings {
		if err := tx.putMeeting(b.Calendar, m); err != nil {
			return err
		}
	}
	for _, m := range b.Meetings {
		for _, o := range m.Occurrences {
			verdict, err := tx.showOccurrence(k, o.ID)
			if err != nil {
				return err
			}
			if !before[o.ID] {
				count(line, verdict)
			}
			delete(before, o.ID)
		}
	}
	for id := range before {
		if _, err := tx.showOccurrence(k, id); err != nil {
			return err
		}
	}
	return nil
}

// calendarDates are the dates that the batch may change: all of the calendar's
// for a whole one, else those of its meetings.
func (tx *Tx) calendarDates(b data.Batch) (map[string]bool, error) {
	dates := map[string]bool{}
	if b.Whole {
		ids, err := query(tx.ctx, tx.sql, scanString, `
			SELECT id FROM occurrence WHERE calendar_id = ? AND uid NOT IN (SELECT value FROM json_each(?))`, b.Calendar, listJSON(b.Held))
		for _, id := range ids {
			dates[id] = true
		}
		return dates, err
	}
	for _, m := range b.Meetings {
		ids, err := query(tx.ctx, tx.sql, scanString, `SELECT id FROM occurrence WHERE calendar_id = ? AND uid = ?`, b.Calendar, m.UID)
		if err != nil {
			return nil, err
		}
		for _, id := range ids {
			dates[id] = true
		}
	}
	return dates, nil
}

func (tx *Tx) putMeeting(calendar string, m data.Meeting) error {
	if _, err := tx.exec(`DELETE FROM meeting WHERE calendar_id = ? AND uid = ?`, calendar, m.UID); err != nil {
		return err
	}
	if _, err := tx.exec(`INSERT INTO meeting (calendar_id, uid, ics) VALUES (?, ?, ?)`, calendar, m.UID, m.ICS); err != nil {
		return err
	}
	for _, o := range m.Occurrences {
		if _, err := tx.exec(`
			INSERT INTO occurrence (`+occurrenceColumns+`, shown) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)
			ON CONFLICT DO NOTHING`,
			calendar, o.ID, m.UID, o.RecurrenceID, o.Summary, o.Place, o.Start.Unix(), o.End.Unix(), o.AllDay, o.StartDate, o.EndDate,
			o.Zone, o.Cancelled, o.Tentative, o.Sequence, o.Stamp, asJSON(meetingPeople{o.Organizer, o.Attendees})); err != nil {
			return err
		}
	}
	return nil
}

// showOccurrence picks the newest version of a date among all calendars and
// keeps its timeline entry after it, or takes the entry away where no calendar
// has the date any more.
func (tx *Tx) showOccurrence(k data.Known, id string) (data.Verdict, error) {
	versions, err := query(tx.ctx, prepared{tx}, scanOccurrence, `
		SELECT `+occurrenceColumns+` FROM occurrence WHERE id = ? ORDER BY sequence DESC, stamp DESC, calendar_id`, id)
	if err != nil {
		return data.Verdict{}, err
	}
	if len(versions) == 0 {
		return data.Verdict{}, tx.dropInteraction(id)
	}
	o := versions[0]
	if _, err := tx.exec(`UPDATE occurrence SET shown = (calendar_id = ?) WHERE id = ?`, o.Calendar, id); err != nil {
		return data.Verdict{}, err
	}
	return tx.putMeetingInteraction(k, o)
}

func (tx *Tx) putMeetingInteraction(k data.Known, o data.Occurrence) (data.Verdict, error) {
	minutes := 0
	if !o.AllDay {
		minutes = int(o.End.Sub(o.Start).Minutes())
	}
	if _, err := tx.exec(`
		INSERT INTO interaction (id, kind, direction, at, recorded_at, minutes, all_day, subject, preview, text, place, source,
			thread, cancelled, automated, skip)
		VALUES (?, 'meeting', 'both', ?, ?, ?, ?, ?, '', '', ?, (SELECT name FROM calendar WHERE id = ?), '', ?, '', '')
		ON CONFLICT (id) DO UPDATE SET at = excluded.at, minutes = excluded.minutes, all_day = excluded.all_day,
			subject = excluded.subject, place = excluded.place, source = excluded.source, cancelled = excluded.cancelled`,
		o.ID, o.Start.Unix(), tx.now.Unix(), minutes, o.AllDay, o.Summary, o.Place, o.Calendar, o.Cancelled); err != nil {
		return data.Verdict{}, err
	}
	n, err := tx.interactionNumber(o.ID)
	if err != nil {
		return data.Verdict{}, err
	}
	people := data.AttendeesOf(o, k)
	if err := tx.putParticipants(n, people); err != nil {
		return data.Verdict{}, err
	}
	verdict, err := tx.file(k, filed{n: n, kind: data.Meet, at: o.Start.Unix(), cancelled: o.Cancelled, people: people})
	if err != nil {
		return verdict, err
	}
	tx.indexEntryLater(n, entryWords{subject: o.Summary, people: people, text: o.Place})
	return verdict, nil
}

func (tx *Tx) dropInteraction(id string) error {
	n, err := tx.interactionNumber(id)
	if isNotFound(err) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := tx.unindexEntry(n); err != nil {
		return err
	}
	_, err = tx.exec(`DELETE FROM interaction WHERE n = ?`, n)
	return err
}

// Agenda returns the dates that begin before to and end after from, by start,
// each once, with the account they belong to and their people. It holds the
// dates within the window that calendars are expanded for; see Meetings for
// other spans.
func (db *DB) Agenda(ctx context.Context, from, to time.Time) ([]data.Agenda, error) {
	dates, err := query(ctx, db.read, scanOccurrence, `
		SELECT `+occurrenceColumns+` FROM occurrence
		WHERE shown = 1 AND start_at < ? AND (end_at > ? OR start_at >= ?) ORDER BY start_at, end_at, id`, to.Unix(), from.Unix(), from.Unix())
	if err != nil {
		return nil, wrapNoun(err, "agenda")
	}
	list := make([]data.Agenda, len(dates))
	for i, o := range dates {
		if list[i], err = db.agendaOf(ctx, o); err != nil {
			return nil, wrapNoun(err, "agenda")
		}
	}
	return list, nil
}

func (db *DB) agendaOf(ctx context.Context, o data.Occurrence) (data.Agenda, error) {
	a := data.Agenda{Occurrence: o}
	n, err := one(ctx, db.read, scanInt64, `SELECT n FROM interaction WHERE id = ?`, o.ID)
	if err != nil {
		return a, err
	}
	if a.People, err = participantsOf(ctx, db.read, n); err != nil {
		return a, err
	}
	a.Account, err = one(ctx, db.read, scanAccount, `
		SELECT `+accountColumns+` FROM account WHERE id = (SELECT account_id FROM match WHERE interaction_n = ? ORDER BY kind, account_id LIMIT 1)`, n)
	if isNotFound(err) {
		err = nil
	}
	return a, err
}

// Meeting returns one date of a meeting by its ID, or data.ErrNotFound.
func (db *DB) Meeting(ctx context.Context, id string) (data.Agenda, error) {
	o, err := one(ctx, db.read, scanOccurrence, `SELECT `+occurrenceColumns+` FROM occurrence WHERE id = ? AND shown = 1`, id)
	if err != nil {
		return data.Agenda{}, wrapNoun(err, "meeting %s", id)
	}
	a, err := db.agendaOf(ctx, o)
	return a, wrapNoun(err, "meeting %s", id)
}

// CalendarMeeting is a meeting as one calendar has it, for expanding any span.
type CalendarMeeting struct {
	Calendar string
	UID      string
	ICS      string
}

// Meetings returns every meeting of every calendar.
func (db *DB) Meetings(ctx context.Context) ([]CalendarMeeting, error) {
	list, err := query(ctx, db.read, func(r row) (m CalendarMeeting, err error) {
		err = r.Scan(&m.Calendar, &m.UID, &m.ICS)
		return m, err
	}, `SELECT calendar_id, uid, ics FROM meeting ORDER BY calendar_id, uid`)
	return list, wrapNoun(err, "meetings")
}
