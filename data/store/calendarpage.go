package store

import (
	"context"
	"time"

	"rapport/data"
)

// CalendarInput gathers what the calendar's page is made from, but for who is
// due, which takes longer the first time: see Touchpoints. now is in the person's
// zone.
func (db *DB) CalendarInput(ctx context.Context, view data.CalendarView, day, now time.Time) (data.CalendarInput, error) {
	in := data.CalendarInput{Now: now, View: view, Day: day}
	from, to := view.Span(day)
	var err error
	in.Meetings, err = db.Agenda(ctx, from, to)
	return in, err
}

// MeetingLook is a meeting with what is known around it.
type MeetingLook struct {
	data.Agenda
	// Calendars are the names of those that hold it, the one that is shown first.
	Calendars []string
	// Met says of the addresses of those in it whether they were in an earlier
	// meeting or visit with us.
	Met map[string]bool
	// Known are the contacts of those in it, by Contact.ID.
	Known map[string]data.Contact
}

// MeetingLook returns a meeting's date by its ID with what is known around it, or
// data.ErrNotFound.
func (db *DB) MeetingLook(ctx context.Context, id string, now time.Time) (m MeetingLook, err error) {
	if m.Agenda, err = db.Meeting(ctx, id); err != nil {
		return m, err
	}
	if m.Calendars, err = query(ctx, db.read, scanString, `
		SELECT c.name FROM occurrence o JOIN calendar c ON c.id = o.calendar_id WHERE o.id = ? ORDER BY o.shown DESC, c.name`, id); err != nil {
		return m, wrapNoun(err, "meeting %s", id)
	}
	if m.Met, err = db.met(ctx, []data.Agenda{m.Agenda}, now); err != nil {
		return m, err
	}
	var named []string
	for _, p := range m.People {
		if p.Contact != "" {
			named = append(named, p.Contact)
		}
	}
	m.Known, err = db.contactsByID(ctx, named)
	return m, err
}
