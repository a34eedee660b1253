package store

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"
	"time"

	"rapport/data"
)

const interactionColumns = `i.n, i.id, i.kind, i.direction, i.at, i.recorded_at, i.minutes, i.all_day, i.subject, i.preview, i.source, i.thread, i.cancelled`

// placed is an interaction with its number.
type placed struct {
	data.Interaction
	n int64
}

func intoPlaced(p *placed, at, recorded *int64) []any {
	return []any{&p.n, &p.ID, &p.Kind, &p.Direction, at, recorded, &p.Minutes, &p.AllDay, &p.Subject, &p.Preview, &p.Source, &p.Thread, &p.Cancelled}
}

// scanPlaced reads an interaction, and further columns into more.
func scanPlaced(more ...any) func(row) (placed, error) {
	return func(r row) (p placed, err error) {
		var at, recorded int64
		err = r.Scan(append(intoPlaced(&p, &at, &recorded), more...)...)
		p.At, p.RecordedAt = time.Unix(at, 0).UTC(), timeOf(recorded)
		return p, err
	}
}

// Timeline returns one page of an account's timeline, newest first. What lies
// ahead of now is there only if it was asked for, on the first page: of each
// meeting the next date.
func (db *DB) Timeline(ctx context.Context, q data.TimelineQuery, now time.Time) ([]data.Interaction, error) {
	var list []placed
	err := db.inReader(ctx, func(tx *Tx) error {
		var err error
		if q.Planned && q.Before.IsZero() {
			if list, err = timelineAhead(ctx, tx.sql, q, now); err != nil {
				return err
			}
		}
		page, err := timelinePage(ctx, tx.sql, q, now)
		if err != nil {
			return err
		}
		list = append(list, page...)
		if q.Limit > 0 && len(list) > q.Limit {
			list = list[:q.Limit]
		}
		if err := fillSeenBy(ctx, tx.sql, list); err != nil {
			return err
		}
		if err := tx.fillShared(list); err != nil {
			return err
		}
		return fillPeople(ctx, tx.sql, list)
	})
	if err != nil {
		return nil, wrapNoun(err, "timeline of %s", q.Account)
	}
	found := make([]data.Interaction, len(list))
	for i, p := range list {
		found[i] = p.Interaction
	}
	return found, nil
}

// timelinePage walks the timeline's own order from where the page before ended.
func timelinePage(ctx context.Context, q asker, t data.TimelineQuery, now time.Time) ([]placed, error) {
	limit, before, beforeN := t.Limit, now.Unix(), int64(1<<62)
	if limit <= 0 {
		limit = -1
	}
	if !t.Before.IsZero() {
		before = t.Before.Unix()
		n, err := one(ctx, q, scanInt64, `SELECT n FROM interaction WHERE id = ?`, t.BeforeID)
		if err != nil && !isNotFound(err) {
			return nil, err
		}
		beforeN = n
	}
	where, args := timelineFilter(t)
	if t.AsKnown {
		where, args = where+` AND (i.source <> '`+LoggedByHand+`' OR i.recorded_at <= ?)`, append(args, now.Unix())
	}
	return queryPlaced(ctx, q, `
		SELECT `+interactionColumns+`, m.account_id, m.reason FROM match m JOIN interaction i ON i.n = m.interaction_n
		WHERE m.account_id = ? AND (m.at, m.interaction_n) < (?, ?)`+where+`
		ORDER BY m.at DESC, m.interaction_n DESC LIMIT ?`, slices.Concat([]any{t.Account, before, beforeN}, args, []any{limit})...)
}

func timelineAhead(ctx context.Context, q asker, t data.TimelineQuery, now time.Time) ([]placed, error) {
	where, args := timelineFilter(t)
	if t.AsKnown {
		where, args = where+` AND i.recorded_at <= ?`, append(args, now.Unix())
	}
	return queryPlaced(ctx, q, `
		SELECT `+interactionColumns+`, m.account_id, m.reason FROM match m JOIN interaction i ON i.n = m.interaction_n
		WHERE m.account_id = ? AND m.at > ?`+where+` AND NOT EXISTS (
			SELECT 1 FROM occurrence o JOIN occurrence e ON e.uid = o.uid AND e.calendar_id = o.calendar_id
			WHERE o.id = i.id AND e.start_at > ? AND e.start_at < o.start_at AND e.cancelled = 0)
		ORDER BY m.at DESC, m.interaction_n DESC`, slices.Concat([]any{t.Account, now.Unix()}, args, []any{now.Unix()})...)
}

func timelineFilter(t data.TimelineQuery) (where string, args []any) {
	if len(t.Kinds) > 0 {
		where += ` AND i.kind IN (?` + strings.Repeat(`, ?`, len(t.Kinds)-1) + `)`
		for _, k := range t.Kinds {
			args = append(args, string(k))
		}
	}
	if t.Email != "" {
		where += ` AND EXISTS (SELECT 1 FROM participant p WHERE p.interaction_n = i.n AND p.email = ?)`
		args = append(args, t.Email)
	}
	return where, args
}

func queryPlaced(ctx context.Context, q asker, question string, args ...any) ([]placed, error) {
	return query(ctx, q, func(r row) (p placed, err error) {
		var at, recorded int64
		err = r.Scan(append(intoPlaced(&p, &at, &recorded), &p.Account, &p.Reason)...)
		p.At, p.RecordedAt = time.Unix(at, 0).UTC(), timeOf(recorded)
		return p, err
	}, question, args...)
}

func fillPeople(ctx context.Context, q asker, list []placed) (err error) {
	for i := range list {
		if list[i].People, err = participantsOf(ctx, q, list[i].n); err != nil {
			return err
		}
	}
	return nil
}

// Touches returns the touches of an account between two moments, oldest first.
func (db *DB) Touches(ctx context.Context, account string, from, to time.Time) ([]data.Touch, error) {
	list, err := query(ctx, db.read, scanTouch, `
		SELECT at, touch FROM match WHERE account_id = ? AND at >= ? AND at <= ? AND touch > 0 ORDER BY at`, account, from.Unix(), to.Unix())
	return list, wrapNoun(err, "touches of %s", account)
}

func scanTouch(r row) (t data.Touch, err error) {
	var at int64
	var touch int
	err = r.Scan(&at, &touch)
	t.At, t.By = time.Unix(at, 0).UTC(), sideOfTouch(touch)
	return t, err
}

// KindCounts counts what happened with an account by now, by kind.
func (db *DB) KindCounts(ctx context.Context, account string, now time.Time) (map[data.Kind]int, error) {
	counts := map[data.Kind]int{}
	_, err := query(ctx, db.read, func(r row) (struct{}, error) {
		var k data.Kind
		var n int
		err := r.Scan(&k, &n)
		counts[k] = n
		return struct{}{}, err
	}, `SELECT i.kind, count(*) FROM match m JOIN interaction i ON i.n = m.interaction_n WHERE m.account_id = ? AND m.at <= ? GROUP BY i.kind`,
		account, now.Unix())
	return counts, wrapNoun(err, "timeline of %s", account)
}

// Interaction returns one interaction with all that is behind it, or
// data.ErrNotFound. Account and Reason are those of its first match.
func (db *DB) Interaction(ctx context.Context, id string) (data.InteractionDetail, error) {
	var d data.InteractionDetail
	var n int64
	err := db.inReader(ctx, func(tx *Tx) error {
		p, err := one(ctx, tx.sql, scanPlaced(&d.Text, &d.Place, &d.Reason), `
			SELECT `+interactionColumns+`, i.text, i.place, i.skip FROM interaction i WHERE i.id = ?`, id)
		if err != nil {
			return err
		}
		reason := d.Reason
		d.Interaction, n = p.Interaction, p.n
		d.Reason = reason
		if d.People, err = participantsOf(ctx, tx.sql, n); err != nil {
			return err
		}
		d.Matches, err = query(ctx, tx.sql, scanMatch, `SELECT `+matchColumns+` FROM match WHERE interaction_n = ? ORDER BY kind, account_id`, n)
		return err
	})
	if err != nil {
		return d, wrapNoun(err, "interaction %s", id)
	}
	if len(d.Matches) > 0 {
		d.Account, d.Reason = d.Matches[0].Account, d.Matches[0].Reason
	}
	return d, wrapNoun(db.fillDetail(ctx, &d, n), "interaction %s", id)
}

func (db *DB) fillDetail(ctx context.Context, d *data.InteractionDetail, n int64) error {
	copies, err := query(ctx, db.read, scanNumbered, `
		SELECT `+numberedColumns+` FROM message m JOIN interaction i ON i.n = m.interaction_n WHERE m.interaction_n = ? ORDER BY m.n DESC`, n)
	if err != nil {
		return err
	}
	for i := range copies {
		if err := fillMessage(ctx, db.read, &copies[i], d.Account); err != nil {
			return err
		}
		d.Messages = append(d.Messages, copies[i].MessageRow)
	}
	if len(copies) > 0 {
		d.Text = copies[0].Message.Text
	}
	if d.Kind == data.Press {
		d.Link, err = one(ctx, db.read, scanString, `SELECT link FROM headline WHERE interaction_id = ? ORDER BY link = '', feed_id LIMIT 1`, d.ID)
	}
	return noRows(err)
}

// ThreadMails returns the mails of a conversation, oldest first.
func (db *DB) ThreadMails(ctx context.Context, thread string) ([]data.Interaction, error) {
	if thread == "" {
		return nil, nil
	}
	list, err := query(ctx, db.read, scanPlaced(), `SELECT `+interactionColumns+` FROM interaction i WHERE i.thread = ? AND i.thread <> '' ORDER BY i.at`, thread)
	if err == nil {
		err = fillPeople(ctx, db.read, list)
	}
	found := make([]data.Interaction, len(list))
	for i, p := range list {
		found[i] = p.Interaction
	}
	return found, wrapNoun(err, "thread")
}

// noRows is nil for an error that says that nothing was found.
func noRows(err error) error {
	if errors.Is(err, sql.ErrNoRows) || isNotFound(err) {
		return nil
	}
	return err
}
