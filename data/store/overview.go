package store

import (
	"context"
	"strconv"
	"strings"
	"time"

	"rapport/data"
)

// weeksShown is how many weeks a row of the list of accounts draws.
const weeksShown = 12

// AccountRows returns every account that is not archived as the list shows it, by name: last touch,
// next meeting, the last twelve weeks. now's location decides where days begin.
func (db *DB) AccountRows(ctx context.Context, now time.Time) ([]data.AccountRow, error) {
	accounts, err := db.Accounts(ctx)
	if err != nil {
		return nil, err
	}
	return db.rowsOf(ctx, data.Living(accounts), now)
}

// AllAccountRows is AccountRows with those that are archived.
func (db *DB) AllAccountRows(ctx context.Context, now time.Time) ([]data.AccountRow, error) {
	accounts, err := db.Accounts(ctx)
	if err != nil {
		return nil, err
	}
	return db.rowsOf(ctx, accounts, now)
}

func (db *DB) rowsOf(ctx context.Context, accounts []data.Account, now time.Time) ([]data.AccountRow, error) {
	rhythm, err := db.Rhythm(ctx)
	if err != nil {
		return nil, err
	}
	rows := make([]data.AccountRow, len(accounts))
	at := make(map[string]*data.AccountRow, len(accounts))
	for i, a := range accounts {
		rows[i].Account = a
		at[a.ID] = &rows[i]
	}
	for _, fill := range []func(context.Context, map[string]*data.AccountRow, time.Time) error{
		db.fillLast, db.fillNext, db.fillWeeks, db.fillPeopleCounts,
	} {
		if err := fill(ctx, at, now); err != nil {
			return nil, wrapNoun(err, "accounts")
		}
	}
	for i := range rows {
		rows[i] = rows[i].Decide(rhythm, now)
	}
	return rows, nil
}

// AccountRow is AccountRows for one account.
func (db *DB) AccountRow(ctx context.Context, id string, now time.Time) (data.AccountRow, error) {
	a, err := db.Account(ctx, id)
	if err != nil {
		return data.AccountRow{}, err
	}
	r := data.AccountRow{Account: a}
	rhythm, err := db.Rhythm(ctx)
	if err != nil {
		return r, err
	}
	touches, err := db.Touches(ctx, id, now.AddDate(0, 0, -7*(weeksShown+1)), now)
	if err != nil {
		return r, err
	}
	r.Weeks = data.Weeks(touches, weeksShown, now)
	one := map[string]*data.AccountRow{id: &r}
	if err := db.fillLastOf(ctx, one, now, ` AND a.id = ?2`, id); err != nil {
		return r, wrapNoun(err, "account %s", id)
	}
	if err := db.fillNextOf(ctx, one, now, ` AND m.account_id = ?2`, id); err != nil {
		return r, wrapNoun(err, "account %s", id)
	}
	people, err := db.People(ctx, id, now)
	r.People = len(people)
	return r.Decide(rhythm, now), err
}

func (db *DB) fillLast(ctx context.Context, at map[string]*data.AccountRow, now time.Time) error {
	return db.fillLastOf(ctx, at, now, "")
}

func (db *DB) fillLastOf(ctx context.Context, at map[string]*data.AccountRow, now time.Time, where string, args ...any) error {
	last, err := query(ctx, db.read, func(r row) (p placed, err error) {
		var when, recorded int64
		var person data.Participant
		err = r.Scan(append(intoPlaced(&p, &when, &recorded), &p.Account, &person.Name, &person.Email, &person.Side)...)
		p.At, p.RecordedAt, p.People = time.Unix(when, 0).UTC(), timeOf(recorded), []data.Participant{person}
		return p, err
	}, `
		SELECT `+interactionColumns+`, a.id, coalesce(p.name, ''), coalesce(p.email, ''), coalesce(p.side, '')
		FROM (SELECT id, (
				SELECT m.interaction_n FROM match m WHERE m.account_id = account.id AND m.at <= ?1 AND m.touch > 0
				ORDER BY m.at DESC, m.interaction_n DESC LIMIT 1) AS last
			FROM account) a
		JOIN interaction i ON i.n = a.last
		LEFT JOIN participant p ON p.interaction_n = i.n AND p.place = 0
		WHERE 1`+where, append([]any{now.Unix()}, args...)...)
	for _, p := range last {
		if r, ok := at[p.Account]; ok {
			r.Last = p.Interaction
		}
	}
	return err
}

func (db *DB) fillNext(ctx context.Context, at map[string]*data.AccountRow, now time.Time) error {
	return db.fillNextOf(ctx, at, now, "")
}

func (db *DB) fillNextOf(ctx context.Context, at map[string]*data.AccountRow, now time.Time, where string, args ...any) error {
	type next struct {
		account string
		o       data.Occurrence
	}
	list, err := query(ctx, db.read, func(r row) (n next, err error) {
		n.o, err = scanOccurrence(leading{r, []any{&n.account}})
		return n, err
	}, `
		SELECT m.account_id, `+prefixed("o", occurrenceColumns)+`
		FROM occurrence o JOIN interaction i ON i.id = o.id JOIN match m ON m.interaction_n = i.n
		WHERE o.shown = 1 AND o.cancelled = 0 AND o.start_at >= ?1`+where+` ORDER BY o.start_at DESC`, append([]any{now.Unix()}, args...)...)
	for _, n := range list { // the soonest comes last and stays
		if r, ok := at[n.account]; ok {
			r.Next = n.o
		}
	}
	return err
}

// fillWeeks asks for each account's touches packed into one value, since reading
// rows one by one would take longer than all the rest of the page.
func (db *DB) fillWeeks(ctx context.Context, at map[string]*data.AccountRow, now time.Time) error {
	_, err := query(ctx, db.read, func(r row) (struct{}, error) {
		var account, packed string
		if err := r.Scan(&account, &packed); err != nil {
			return struct{}{}, err
		}
		touches, err := unpackTouches(packed)
		if row, ok := at[account]; ok {
			row.Weeks = data.Weeks(touches, weeksShown, now)
		}
		return struct{}{}, err
	}, `
		SELECT m.account_id, group_concat(m.at * 4 + m.touch, ' ') FROM account a JOIN match m ON m.account_id = a.id
		WHERE m.at >= ? AND m.at <= ? AND m.touch > 0 GROUP BY a.id`, now.AddDate(0, 0, -7*(weeksShown+1)).Unix(), now.Unix())
	quiet := data.Weeks(nil, weeksShown, now)
	for _, r := range at {
		if r.Weeks == nil {
			r.Weeks = quiet
		}
	}
	return err
}

// unpackTouches reads times and touches that were packed as at * 4 + touch.
func unpackTouches(packed string) ([]data.Touch, error) {
	fields := strings.Fields(packed)
	touches := make([]data.Touch, len(fields))
	for i, f := range fields {
		n, err := strconv.ParseInt(f, 10, 64)
		if err != nil {
			return nil, err
		}
		touches[i] = data.Touch{At: time.Unix(n>>2, 0), By: sideOfTouch(int(n & 3))}
	}
	return touches, nil
}

func (db *DB) fillPeopleCounts(ctx context.Context, at map[string]*data.AccountRow, _ time.Time) error {
	_, err := query(ctx, db.read, func(r row) (struct{}, error) {
		var id string
		var n int
		err := r.Scan(&id, &n)
		if row, ok := at[id]; ok {
			row.People = n
		}
		return struct{}{}, err
	}, `SELECT account_id, count(*) FROM contact WHERE account_id <> '' GROUP BY account_id`)
	return err
}
