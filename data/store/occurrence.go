package store

import (
	"cmp"
	"context"
	"slices"
	"time"

	"rapport/data"
)

const occurrenceColumns = `calendar_id, id, uid, recurrence_id, summary, place, start_at, end_at, all_day, start_date, end_date,
	zone, cancelled, tentative, free, sequence, stamp, people`

// meetingPeople are an occurrence's people as they are stored.
type meetingPeople struct {
	Organizer data.Address    `json:"organizer,omitzero"`
	Attendees []data.Attendee `json:"attendees,omitempty"`
	Sender    string          `json:"sender,omitempty"`
}

func scanOccurrence(r row) (o data.Occurrence, err error) {
	var start, end int64
	var people string
	if err := r.Scan(&o.Calendar, &o.ID, &o.UID, &o.RecurrenceID, &o.Summary, &o.Place, &start, &end, &o.AllDay, &o.StartDate, &o.EndDate,
		&o.Zone, &o.Cancelled, &o.Tentative, &o.Free, &o.Sequence, &o.Stamp, &people); err != nil {
		return o, err
	}
	o.Start, o.End = time.Unix(start, 0).UTC(), time.Unix(end, 0).UTC()
	p, err := fromJSON[meetingPeople](people)
	o.Organizer, o.Attendees, o.Sender = p.Organizer, p.Attendees, p.Sender
	return o, err
}

// ingestMeetings keeps what a calendar holds. Dates that are there already keep
// the newest version of all calendars.
func (tx *Tx) ingestMeetings(k data.Known, b data.Batch, line *data.LedgerLine) error {
	if b.Calendar == "" || len(b.Meetings)+len(b.Lost) == 0 && !b.Whole {
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
	for _, uid := range b.Lost {
		if _, err := tx.exec(`DELETE FROM meeting WHERE calendar_id = ? AND uid = ?`, b.Calendar, uid); err != nil {
			return err
		}
	}
	alone := map[string]bool{} // by UID: nobody else says anything about the meeting
	for _, m := range b.Meetings {
		if alone[m.UID], err = tx.isAlone(b.Calendar, m.UID); err != nil {
			return err
		}
		if err := tx.putMeeting(b.Calendar, m, alone[m.UID]); err != nil {
			return err
		}
	}
	shown := map[string]bool{}
	for _, m := range b.Meetings {
		for _, o := range m.Occurrences {
			if shown[o.ID] { // one date twice: the first is kept
				continue
			}
			shown[o.ID] = true
			verdict, err := tx.showNew(k, b.Calendar, m.UID, o, alone[m.UID], before[o.ID])
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
	uids := slices.Clone(b.Lost)
	for _, m := range b.Meetings {
		uids = append(uids, m.UID)
	}
	for _, uid := range uids {
		ids, err := query(tx.ctx, tx.sql, scanString, `SELECT id FROM occurrence WHERE calendar_id = ? AND uid = ?`, b.Calendar, uid)
		if err != nil {
			return nil, err
		}
		for _, id := range ids {
			dates[id] = true
		}
	}
	return dates, nil
}

// isAlone says whether no other calendar and no answer says anything about a
// meeting.
func (tx *Tx) isAlone(calendar, uid string) (bool, error) {
	answers, err := tx.responses()
	if err != nil || len(answers[uid]) > 0 {
		return false, err
	}
	others, err := one(tx.ctx, prepared{tx}, scanInt, `SELECT EXISTS (SELECT 1 FROM occurrence WHERE uid = ? AND calendar_id <> ?)`, uid, calendar)
	return others == 0, err
}

// showNew shows a date that a batch brought. What only this calendar says need not
// be read back, and where the date is new nothing stood before it.
func (tx *Tx) showNew(k data.Known, calendar, uid string, o data.Occurrence, alone, known bool) (data.Verdict, error) {
	if !alone {
		return tx.showOccurrence(k, o.ID)
	}
	o.Calendar, o.UID = calendar, uid
	return tx.putMeetingInteraction(k, data.OneDate([]data.Occurrence{o}, nil, k.IsOwn), !known)
}

// putMeeting keeps a meeting as a calendar has it; shown says that it is the only
// one that has it.
func (tx *Tx) putMeeting(calendar string, m data.Meeting, shown bool) error {
	if _, err := tx.exec(`DELETE FROM meeting WHERE calendar_id = ? AND uid = ?`, calendar, m.UID); err != nil {
		return err
	}
	if _, err := tx.exec(`INSERT INTO meeting (calendar_id, uid, ics) VALUES (?, ?, ?)`, calendar, m.UID, m.ICS); err != nil {
		return err
	}
	for _, o := range m.Occurrences {
		if _, err := tx.exec(`
			INSERT INTO occurrence (`+occurrenceColumns+`, shown) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT DO NOTHING`,
			calendar, o.ID, m.UID, o.RecurrenceID, o.Summary, o.Place, o.Start.Unix(), o.End.Unix(), o.AllDay, o.StartDate, o.EndDate,
			o.Zone, o.Cancelled, o.Tentative, o.Free, o.Sequence, o.Stamp, asJSON(meetingPeople{o.Organizer, o.Attendees, o.Sender}), shown); err != nil {
			return err
		}
	}
	return nil
}

// showOccurrence makes one of what all calendars have of a date and keeps its
// timeline entry after it, or takes the entry away where no calendar has the date
// any more.
func (tx *Tx) showOccurrence(k data.Known, id string) (data.Verdict, error) {
	versions, err := query(tx.ctx, prepared{tx}, scanOccurrence, `SELECT `+occurrenceColumns+` FROM occurrence WHERE id = ?`, id)
	if err != nil {
		return data.Verdict{}, err
	}
	if len(versions) == 0 {
		return data.Verdict{}, tx.dropInteraction(id)
	}
	answers, err := tx.responses()
	if err != nil {
		return data.Verdict{}, err
	}
	o := data.OneDate(versions, answers[versions[0].UID], k.IsOwn)
	if _, err := tx.exec(`UPDATE occurrence SET shown = (calendar_id = ?1) WHERE id = ?2 AND shown <> (calendar_id = ?1)`, o.Calendar, id); err != nil {
		return data.Verdict{}, err
	}
	return tx.putMeetingInteraction(k, o, false)
}

// meetingEntry is a meeting's timeline entry as it stands.
type meetingEntry struct {
	at, minutes int64
	place       string
	cancelled   bool
}

func scanMeetingEntry(r row) (e meetingEntry, err error) {
	err = r.Scan(&e.at, &e.minutes, &e.place, &e.cancelled)
	return e, err
}

// putMeetingInteraction keeps the timeline entry of a date; isNew says that there is
// none yet.
func (tx *Tx) putMeetingInteraction(k data.Known, o data.Occurrence, isNew bool) (data.Verdict, error) {
	if isNew {
		verdict, added, err := tx.addMeetingInteraction(k, o)
		if err != nil || added {
			return verdict, err
		}
	}
	is, err := one(tx.ctx, prepared{tx}, scanMeetingEntry, `SELECT at, minutes, place, cancelled FROM interaction WHERE id = ?`, o.ID)
	if noRows(err) != nil {
		return data.Verdict{}, err
	}
	if err == nil && (is.at != o.Start.Unix() || is.minutes != minutesOf(o) || is.cancelled != o.Cancelled) {
		if err := tx.keepBefore(o.ID, is); err != nil {
			return data.Verdict{}, err
		}
	}
	n, err := one(tx.ctx, prepared{tx}, scanInt64, `
		INSERT INTO interaction (`+meetingEntryColumns+`) VALUES (`+meetingEntryValues+`)
		ON CONFLICT (id) DO UPDATE SET at = excluded.at, minutes = excluded.minutes, all_day = excluded.all_day,
			subject = excluded.subject, place = excluded.place, source = excluded.source, cancelled = excluded.cancelled, free = excluded.free
		RETURNING n`, tx.meetingEntryOf(o, "")...)
	if err != nil {
		return data.Verdict{}, err
	}
	people, err := tx.attended(k, o)
	if err != nil {
		return data.Verdict{}, err
	}
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

// addMeetingInteraction adds the timeline entry of a new date in as few statements
// as it takes, since a calendar brings thousands of them at once. added is false
// where there is an entry after all, and nothing was done.
func (tx *Tx) addMeetingInteraction(k data.Known, o data.Occurrence) (verdict data.Verdict, added bool, err error) {
	people, err := tx.attended(k, o)
	if err != nil {
		return verdict, false, err
	}
	verdict = data.FileEntry(k, o.ID, people, "")
	n, err := one(tx.ctx, prepared{tx}, scanInt64, `
		INSERT INTO interaction (`+meetingEntryColumns+`) VALUES (`+meetingEntryValues+`) ON CONFLICT (id) DO NOTHING RETURNING n`, tx.meetingEntryOf(o, verdict.Skip)...)
	if isNotFound(err) {
		return verdict, false, nil
	}
	if err != nil {
		return verdict, false, err
	}
	if err := tx.addParticipants(n, people); err != nil {
		return verdict, false, err
	}
	i := filed{n: n, kind: data.Meet, at: o.Start.Unix(), cancelled: o.Cancelled, people: people}
	tx.indexEntryLater(n, entryWords{subject: o.Summary, people: people, text: o.Place})
	return verdict, true, tx.addMatches(i, directionOf(i), verdict.Matches)
}

// meetingEntryColumns are those of a meeting's timeline entry, which
// meetingEntryOf fills.
const (
	meetingEntryColumns = `id, kind, direction, at, recorded_at, minutes, all_day, subject, preview, text, place, source,
			thread, cancelled, free, automated, skip`
	meetingEntryValues = `?, 'meeting', 'both', ?, ?, ?, ?, ?, '', '', ?, (SELECT name FROM calendar WHERE id = ?), '', ?, ?, '', ?`
)

func (tx *Tx) meetingEntryOf(o data.Occurrence, skip string) []any {
	return []any{o.ID, o.Start.Unix(), tx.now.Unix(), minutesOf(o), o.AllDay, o.Summary, o.Place, o.Calendar, o.Cancelled, o.Free, skip}
}

// minutesOf is how long a date lasts, 0 of whole days.
func minutesOf(o data.Occurrence) int64 {
	if o.AllDay {
		return 0
	}
	return int64(o.End.Sub(o.Start).Minutes())
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
	if err := tx.touchedHistory(n); err != nil {
		return err
	}
	if _, err := tx.exec(`DELETE FROM meeting_before WHERE id = ?`, id); err != nil {
		return err
	}
	_, err = tx.exec(`DELETE FROM interaction WHERE n = ?`, n)
	return err
}

// keepBefore keeps how a date stood that is now otherwise. Of two changes within a
// second the later one counts as a second later, so that none is lost.
func (tx *Tx) keepBefore(id string, e meetingEntry) error {
	_, err := tx.exec(`
		INSERT INTO meeting_before (id, until, start_at, end_at, place, cancelled)
		VALUES (?1, max(?2, coalesce((SELECT max(until) + 1 FROM meeting_before WHERE id = ?1), 0)), ?3, ?4, ?5, ?6)`, id, tx.now.Unix(), e.at, e.at+60*e.minutes, e.place, e.cancelled)
	return err
}

// Agenda returns the dates that begin before to and end after from, by start,
// each once, with the account they belong to and their people. It holds the
// dates within the window that calendars are expanded for; see Meetings for
// other spans.
func (db *DB) Agenda(ctx context.Context, from, to time.Time) ([]data.Agenda, error) {
	dates, err := db.Dates(ctx, from, to)
	if err != nil {
		return nil, err
	}
	list, err := db.agendas(ctx, dates)
	return list, wrapNoun(err, "agenda")
}

// Dates returns the dates of Agenda by themselves.
func (db *DB) Dates(ctx context.Context, from, to time.Time) ([]data.Occurrence, error) {
	shown, err := db.datesWithin(ctx, from, to)
	if err != nil {
		return nil, wrapNoun(err, "agenda")
	}
	ids := make([]string, len(shown))
	for i, o := range shown {
		ids[i] = o.ID
	}
	list, err := db.oneOfEach(ctx, `
		SELECT `+occurrenceColumns+` FROM occurrence WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id`, listJSON(ids))
	slices.SortFunc(list, func(a, b data.Occurrence) int {
		return cmp.Or(a.Start.Compare(b.Start), a.End.Compare(b.End), cmp.Compare(a.ID, b.ID))
	})
	return list, wrapNoun(err, "agenda")
}

// oneOfEach reads versions of dates, ordered by their IDs, and makes one of each
// date's.
func (db *DB) oneOfEach(ctx context.Context, ask string, args ...any) ([]data.Occurrence, error) {
	versions, err := query(ctx, db.read, scanOccurrence, ask, args...)
	if err != nil {
		return nil, err
	}
	k, err := loadRules(ctx, db.read) // whose addresses are ours; the contacts are many
	if err != nil {
		return nil, err
	}
	answers, err := db.Responses(ctx)
	if err != nil {
		return nil, err
	}
	list := versions[:0]
	for len(versions) > 0 {
		n := 1
		for n < len(versions) && versions[n].ID == versions[0].ID {
			n++
		}
		list = append(list, data.OneDate(versions[:n], answers[versions[0].UID], k.IsOwn))
		versions = versions[n:]
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

// Meeting returns one date of a meeting by its ID, with how it stood before, or
// data.ErrNotFound.
func (db *DB) Meeting(ctx context.Context, id string) (data.Agenda, error) {
	dates, err := db.oneOfEach(ctx, `SELECT `+occurrenceColumns+` FROM occurrence WHERE id = ?`, id)
	if err == nil && len(dates) == 0 {
		err = data.ErrNotFound
	}
	if err != nil {
		return data.Agenda{}, wrapNoun(err, "meeting %s", id)
	}
	a, err := db.agendaOf(ctx, dates[0])
	if err == nil {
		a.Before, err = query(ctx, db.read, scanBefore, `SELECT until, start_at, end_at, place, cancelled FROM meeting_before WHERE id = ? ORDER BY until`, id)
	}
	return a, wrapNoun(err, "meeting %s", id)
}

func scanBefore(r row) (b data.MeetingBefore, err error) {
	var until, start, end int64
	err = r.Scan(&until, &start, &end, &b.Place, &b.Cancelled)
	b.Until, b.Start, b.End = timeOf(until), time.Unix(start, 0).UTC(), time.Unix(end, 0).UTC()
	return b, err
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
