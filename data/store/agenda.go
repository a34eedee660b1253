package store

import (
	"context"
	"time"

	"rapport/data"
)

// longDate is the length in seconds from which a date is found by its end: what
// is shorter begins so near to the span that it touches that its start finds it.
const longDate = 8 * 24 * 60 * 60

// datesWithin are the dates that touch a span, by start.
func (db *DB) datesWithin(ctx context.Context, from, to time.Time) ([]data.Occurrence, error) {
	begin, end := from.Unix(), to.Unix()
	return query(ctx, db.read, scanOccurrence, `
		SELECT `+occurrenceColumns+` FROM occurrence
		WHERE shown = 1 AND end_at - start_at <= 691200 AND start_at >= ? AND start_at < ? AND (end_at > ? OR start_at >= ?)
		UNION ALL
		SELECT `+occurrenceColumns+` FROM occurrence INDEXED BY occurrence_long
		WHERE shown = 1 AND end_at - start_at > 691200 AND end_at > ? AND start_at < ?
		ORDER BY start_at, end_at, id`, begin-longDate, end, begin, begin, begin, end)
}

// agendas add account and people to dates, by few questions however many dates
// there are.
func (db *DB) agendas(ctx context.Context, dates []data.Occurrence) ([]data.Agenda, error) {
	list, at, ids := make([]data.Agenda, len(dates)), make(map[string]int, len(dates)), make([]string, len(dates))
	for i, o := range dates {
		list[i].Occurrence, at[o.ID], ids[i] = o, i, o.ID
	}
	type person struct {
		id string
		data.Participant
	}
	people, err := query(ctx, db.read, func(r row) (p person, err error) {
		err = r.Scan(&p.id, &p.Name, &p.Email, &p.Part, &p.Side, &p.Contact, &p.Answer)
		return p, err
	}, `
		SELECT i.id, p.name, p.email, p.part, p.side, p.contact_id, p.answer
		FROM interaction i JOIN participant p ON p.interaction_n = i.n
		WHERE i.id IN (SELECT value FROM json_each(?)) ORDER BY i.n, p.place`, listJSON(ids))
	if err != nil {
		return nil, err
	}
	for _, p := range people {
		a := &list[at[p.id]]
		a.People = append(a.People, p.Participant)
	}
	matches, err := query(ctx, db.read, func(r row) (m [2]string, err error) {
		err = r.Scan(&m[0], &m[1])
		return m, err
	}, `
		SELECT i.id, m.account_id FROM interaction i JOIN match m ON m.interaction_n = i.n
		WHERE i.id IN (SELECT value FROM json_each(?)) ORDER BY i.n, m.kind DESC, m.account_id DESC`, listJSON(ids))
	if err != nil {
		return nil, err
	}
	first, wanted := map[string]string{}, []string{}
	for _, m := range matches { // the last one of a date is the one that counts
		first[m[0]] = m[1]
		wanted = append(wanted, m[1])
	}
	accounts, err := query(ctx, db.read, scanAccount, `
		SELECT `+accountColumns+` FROM account WHERE id IN (SELECT value FROM json_each(?))`, listJSON(wanted))
	if err != nil {
		return nil, err
	}
	byID := map[string]data.Account{}
	for _, a := range accounts {
		byID[a.ID] = a
	}
	for id, account := range first {
		list[at[id]].Account = byID[account]
	}
	return list, nil
}
