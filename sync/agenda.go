package sync

import (
	"cmp"
	"context"
	"slices"
	"time"

	"rapport/data"
	"rapport/data/store"
	"rapport/sync/calendar"
)

// Agenda returns the dates that begin before to and end after from, by start,
// each once, though several calendars have them. Any span will do: around now the
// stored dates serve, beyond them series are expanded from what the calendars
// said. The zone of now is that of floating and all-day dates.
func Agenda(ctx context.Context, db *store.DB, now, from, to time.Time) ([]data.Agenda, error) {
	known, err := db.Known(ctx)
	if err != nil {
		return nil, err
	}
	accounts, err := db.Accounts(ctx)
	if err != nil {
		return nil, err
	}
	dates, err := datesIn(ctx, db, known, now, from, to)
	if err != nil {
		return nil, err
	}
	byID := map[string]data.Account{}
	for _, a := range accounts {
		byID[a.ID] = a
	}
	list := make([]data.Agenda, len(dates))
	for i, o := range dates {
		list[i] = agendaOf(known, byID, o)
	}
	slices.SortFunc(list, func(a, b data.Agenda) int {
		return cmp.Or(a.Start.Compare(b.Start), a.End.Compare(b.End), cmp.Compare(a.ID, b.ID))
	})
	return list, nil
}

// Stored dates serve for a span well within what calendars are expanded for, of
// calendars that were read not long ago.
const (
	storedBack   = 9 * 365 * 24 * time.Hour
	storedAhead  = 365 * 24 * time.Hour
	storedLately = 180 * 24 * time.Hour
)

// datesIn are the dates of a span, each once.
func datesIn(ctx context.Context, db *store.DB, known data.Known, now, from, to time.Time) ([]data.Occurrence, error) {
	if from.After(now.Add(-storedBack)) && to.Before(now.Add(storedAhead)) {
		lately, err := readLately(ctx, db, now)
		if err != nil {
			return nil, err
		}
		if lately {
			list, floats, err := storedDates(ctx, db, now.Location(), from, to)
			if err != nil || !floats {
				return list, err
			}
		}
	}
	return expandedDates(ctx, db, known, now.Location(), from, to)
}

// readLately says whether every calendar was, so that what is stored of it reaches
// as far ahead as it should.
func readLately(ctx context.Context, db *store.DB, now time.Time) (bool, error) {
	calendars, err := db.Calendars(ctx)
	if err != nil {
		return false, err
	}
	runs, err := db.Runs(ctx)
	if err != nil {
		return false, err
	}
	at := map[string]time.Time{}
	for _, r := range runs {
		at[r.Source] = r.At
	}
	for _, c := range calendars {
		if c.Kind != data.MailCalendar && now.Sub(at[c.SourceName()]).Abs() > storedLately {
			return false, nil
		}
	}
	return true, nil
}

// storedDates are those of the store. floats says that one of them has a time
// without a zone, which in another zone is another moment.
func storedDates(ctx context.Context, db *store.DB, zone *time.Location, from, to time.Time) (list []data.Occurrence, floats bool, err error) {
	const anyZone = 26 * time.Hour
	dates, err := db.Dates(ctx, from.Add(-anyZone), to.Add(anyZone))
	if err != nil {
		return nil, false, err
	}
	for _, o := range dates {
		switch {
		case o.AllDay:
			start, err1 := time.ParseInLocation(time.DateOnly, o.StartDate, zone)
			end, err2 := time.ParseInLocation(time.DateOnly, o.EndDate, zone)
			if err1 == nil && err2 == nil {
				o.Start, o.End = start, end
			}
		case o.Zone == "":
			return nil, true, nil
		}
		if o.Start.Before(to) && (o.End.After(from) || !o.Start.Before(from)) {
			list = append(list, o)
		}
	}
	return list, false, nil
}

// expandedDates are those that the calendars' texts say.
func expandedDates(ctx context.Context, db *store.DB, known data.Known, zone *time.Location, from, to time.Time) ([]data.Occurrence, error) {
	meetings, err := db.Meetings(ctx)
	if err != nil {
		return nil, err
	}
	answers, err := db.Responses(ctx)
	if err != nil {
		return nil, err
	}
	versions := map[string][]data.Occurrence{}
	for _, m := range meetings {
		dates, _, err := calendar.Expand(m.ICS, m.Calendar, zone, from, to)
		if err != nil {
			return nil, err
		}
		for _, o := range dates {
			versions[o.ID] = append(versions[o.ID], o)
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
	}
	list := make([]data.Occurrence, 0, len(versions))
	for _, v := range versions {
		list = append(list, data.OneDate(v, answers[v[0].UID], known.IsOwn))
	}
	return list, nil
}

func agendaOf(k data.Known, accounts map[string]data.Account, o data.Occurrence) data.Agenda {
	a := data.Agenda{Occurrence: o, People: data.AttendeesOf(o, k)}
	if v := data.File(k, a.People, ""); len(v.Matches) > 0 {
		a.Account = accounts[v.Matches[0].Account]
	}
	return a
}
