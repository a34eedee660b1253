package sync

import (
	"context"
	"errors"
	"slices"
	"time"

	"rapport/data"
	"rapport/data/store"
	"rapport/sync/calendar"
)

// soughtIn are the years from now within which a date is looked for that lies
// outside the span that is stored, the nearer ones first.
var soughtIn = [][2]int{{-30, 20}, {20, 120}, {-130, -30}}

// Meeting returns one date of a meeting by its ID with what is known around it.
// Where it lies outside the span that is stored, it is worked out from what the
// calendars said, a hundred years back and ahead, without whom one has met. The
// zone of now is that of floating and all-day dates. The error is
// data.ErrNotFound where no calendar has such a date.
func Meeting(ctx context.Context, db *store.DB, now time.Time, id string) (store.MeetingLook, error) {
	m, err := db.MeetingLook(ctx, id, now)
	if !errors.Is(err, data.ErrNotFound) {
		return m, err
	}
	missing := err
	versions, err := versionsOf(ctx, db, now, id)
	if err != nil {
		return m, err
	}
	if len(versions) == 0 {
		return m, missing
	}
	known, err := db.Known(ctx)
	if err != nil {
		return m, err
	}
	answers, err := db.Responses(ctx)
	if err != nil {
		return m, err
	}
	m.Agenda = agendaOf(known, map[string]data.Account{}, data.OneDate(versions, answers[versions[0].UID], known.IsOwn))
	if v := data.File(known, m.People, ""); len(v.Matches) > 0 {
		if m.Account, err = db.Account(ctx, v.Matches[0].Account); err != nil && !errors.Is(err, data.ErrNotFound) {
			return m, err
		}
	}
	m.Calendars, err = calendarsOf(ctx, db, versions)
	return m, err
}

// versionsOf are what calendars say of a date that is not stored. Its ID is made
// of its meeting's name and its own, so that what happens once need not be worked
// out to see that it is another.
func versionsOf(ctx context.Context, db *store.DB, now time.Time, id string) (versions []data.Occurrence, err error) {
	meetings, err := db.Meetings(ctx)
	if err != nil {
		return nil, err
	}
	for _, years := range soughtIn {
		from, to := now.AddDate(years[0], 0, 0), now.AddDate(years[1], 0, 0)
		for _, m := range meetings {
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			if len(versions) > 0 && m.UID != versions[0].UID || data.OccurrenceIDOf(m.UID, "") != id && !calendar.HasDates(m.ICS) {
				continue
			}
			dates, _, err := calendar.Expand(m.ICS, m.Calendar, now.Location(), from, to)
			if err != nil {
				return nil, err
			}
			if i := slices.IndexFunc(dates, func(o data.Occurrence) bool { return o.ID == id }); i >= 0 {
				versions = append(versions, dates[i])
			}
		}
		if len(versions) > 0 {
			break
		}
	}
	return versions, nil
}

// calendarsOf are the names of the calendars that versions are from.
func calendarsOf(ctx context.Context, db *store.DB, versions []data.Occurrence) (names []string, err error) {
	list, err := db.Calendars(ctx)
	for _, v := range versions {
		for _, c := range list {
			if c.ID == v.Calendar {
				names = append(names, c.Name)
			}
		}
	}
	return names, err
}
