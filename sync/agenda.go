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
// each once, though several calendars have them. Any span will do: series are
// expanded from what the calendars said, not from the stored window. zone is of
// floating and all-day dates.
func Agenda(ctx context.Context, db *store.DB, zone *time.Location, from, to time.Time) ([]data.Agenda, error) {
	meetings, err := db.Meetings(ctx)
	if err != nil {
		return nil, err
	}
	known, err := db.Known(ctx)
	if err != nil {
		return nil, err
	}
	accounts, err := db.Accounts(ctx)
	if err != nil {
		return nil, err
	}
	newest := map[string]data.Occurrence{}
	for _, m := range meetings {
		dates, _, err := calendar.Expand(m.ICS, m.Calendar, zone, from, to)
		if err != nil {
			return nil, err
		}
		for _, o := range dates {
			if have, ok := newest[o.ID]; !ok || !have.Newer(o) { // of equal ones the first, as the store does
				newest[o.ID] = o
			}
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
	}
	byID := map[string]data.Account{}
	for _, a := range accounts {
		byID[a.ID] = a
	}
	list := make([]data.Agenda, 0, len(newest))
	for _, o := range newest {
		list = append(list, agendaOf(known, byID, o))
	}
	slices.SortFunc(list, func(a, b data.Agenda) int {
		return cmp.Or(a.Start.Compare(b.Start), a.End.Compare(b.End), cmp.Compare(a.ID, b.ID))
	})
	return list, nil
}

func agendaOf(k data.Known, accounts map[string]data.Account, o data.Occurrence) data.Agenda {
	a := data.Agenda{Occurrence: o, People: data.AttendeesOf(o, k)}
	if v := data.File(k, a.People, ""); len(v.Matches) > 0 {
		a.Account = accounts[v.Matches[0].Account]
	}
	return a
}
