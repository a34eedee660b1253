package store

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"rapport/data"
	"rapport/data/change"
)

// A Past is an account as it was known on any day. What was recorded of it is read
// as it is first asked for and kept, so that one day after another costs little:
// a Past is for a look back and not for longer, since it never hears of later
// writes. Its methods may be called from several goroutines.
type Past struct {
	db      *DB
	account string

	mu      sync.Mutex // one reading at a time; it guards what follows
	parts   map[partsOf]*recordedParts
	people  []data.Contact           // nil until they are asked for
	heard   map[string][]heardMoment // by Contact.ID, the newest first
	heardTo time.Time
}

// Past returns a look back on an account. Nothing is read yet.
func (db *DB) Past(account string) *Past {
	return &Past{db: db, account: account, parts: map[partsOf]*recordedParts{}}
}

// Account is the account as its registers stood at a moment; as it is now where
// nothing was known of it yet. No account is data.ErrNotFound.
func (p *Past) Account(ctx context.Context, at time.Time) (data.Account, error) {
	a, err := p.db.Account(ctx, p.account)
	if err != nil {
		return a, err
	}
	recorded, err := query(ctx, p.db.read, func(r row) (c recordedChange, err error) {
		err = r.Scan(&c.body, &c.at, &c.space)
		return c, err
	}, `SELECT body, recorded_at, space_id FROM change WHERE kind = ? AND entity = ? AND recorded_at <= ? AND kept_out = ''
		ORDER BY recorded_at, space_id <> 'local', log, counter`, data.KindAccount, a.ID, at.Unix())
	if err != nil || len(recorded) == 0 {
		return a, err
	}
	e, err := registersOf(recorded)
	if err != nil {
		return a, wrapNoun(err, "account %s", a.ID)
	}
	was := data.AccountOf(a.ID, shownFields(data.KindAccount, e))
	was.RecordedAt = a.RecordedAt
	return was, nil
}

// Begins is the first moment of which anything is known of an account: what
// happened first or when it was added; now where it is not there.
func (db *DB) Begins(ctx context.Context, account string, now time.Time) (time.Time, error) {
	first, err := one(ctx, db.read, scanInt64, `
		SELECT coalesce(min(first), ?3) FROM (
			SELECT min(at) AS first FROM match WHERE account_id = ?1 AND kind <> 'feed'
			UNION ALL SELECT min(recorded_at) FROM change WHERE entity = ?1 AND kind = ?2)`, account, data.KindAccount, now.Unix())
	return time.Unix(first, 0).In(now.Location()), wrapNoun(err, "beginning of account %s", account)
}

// partsOf are the parts of one kind, of an account or of all for "".
type partsOf struct{ kind, account string }

// recordedParts are parts with when they were recorded.
type recordedParts struct {
	of   partsOf
	list []recordedPart // by ID
}

// recordedPart is a part as it is, with what it is known by at other times.
type recordedPart struct {
	id          string
	first, last int64            // when it was recorded and when last changed, Unix seconds
	is          data.Fields      // as it is; nil where it is deleted
	changes     []recordedChange // the oldest first; nil until one between first and last was asked for
}

// recordedChange is a change with when it was recorded. It is decoded when it is
// first wanted: of what came after a day nothing is.
type recordedChange struct {
	at      int64
	space   string
	body    string
	decoded change.Change
}

// registersOf are the registers of a thing after changes, in the order in which
// they were recorded. One that was in several spaces, one after the other, was as
// the last of them says.
func registersOf(recorded []recordedChange) (change.Entity, error) {
	if len(recorded) == 0 {
		return nil, nil
	}
	last := recorded[len(recorded)-1].space
	var list []change.Change
	for i := range recorded {
		c := &recorded[i]
		if c.space != last {
			continue
		}
		if c.body != "" {
			var err error
			if c.decoded, err = change.Decode([]byte(c.body)); err != nil {
				return nil, err
			}
			c.body = ""
		}
		list = append(list, c.decoded)
	}
	return change.Replay(list), nil
}

// readParts reads parts as they are with when they were recorded.
func (db *DB) readParts(ctx context.Context, of partsOf) (*recordedParts, error) {
	whose := `SELECT entity FROM version WHERE field = 'account' AND kind = ?1 AND value = ?2`
	if of.account == "" {
		whose = `SELECT DISTINCT entity FROM version WHERE space_id IN (SELECT id FROM space) AND kind = ?1 AND ?2 = ''`
	}
	list, err := query(ctx, db.read, func(r row) (p recordedPart, err error) {
		var fields *string
		if err := r.Scan(&p.id, &p.first, &p.last, &fields); err != nil || fields == nil {
			return p, err
		}
		p.is, err = fromJSON[data.Fields](*fields)
		return p, err
	}, `
		SELECT e.entity, min(c.recorded_at), max(c.recorded_at), p.fields
		FROM (`+whose+`) e JOIN change c ON c.entity = e.entity AND c.kind = ?1 AND c.kept_out = ''
		LEFT JOIN part p ON p.id = e.entity AND p.kind = ?1
		GROUP BY e.entity ORDER BY e.entity`, of.kind, of.account)
	return &recordedParts{of: of, list: list}, err
}

// readChanges reads the changes of those parts that changed both before and after
// a moment, where they are not read yet.
func (db *DB) readChanges(ctx context.Context, parts *recordedParts, at int64) error {
	var asked []string
	for _, p := range parts.list {
		if p.first <= at && at < p.last && p.changes == nil {
			asked = append(asked, p.id)
		}
	}
	if len(asked) == 0 {
		return nil
	}
	_, err := query(ctx, db.read, func(r row) (struct{}, error) {
		var id string
		var c recordedChange
		if err := r.Scan(&id, &c.body, &c.at, &c.space); err != nil {
			return struct{}{}, err
		}
		if i, ok := slices.BinarySearchFunc(parts.list, id, recordedPart.byID); ok {
			parts.list[i].changes = append(parts.list[i].changes, c)
		}
		return struct{}{}, nil
	}, `SELECT entity, body, recorded_at, space_id FROM change
		WHERE kind = ?1 AND entity IN (SELECT value FROM json_each(?2)) AND kept_out = ''
		ORDER BY entity, recorded_at, space_id <> 'local', log, counter`, parts.of.kind, listJSON(asked))
	return err
}

func (p recordedPart) byID(id string) int { return strings.Compare(p.id, id) }

// fieldsAt are the fields of a part as they were known at a moment; nil where there
// was none.
func (p recordedPart) fieldsAt(kind string, at int64) (data.Fields, error) {
	switch {
	case at < p.first:
		return nil, nil
	case at >= p.last:
		return p.is, nil
	}
	known := len(p.changes)
	for known > 0 && p.changes[known-1].at > at {
		known--
	}
	e, err := registersOf(p.changes[:known])
	if err != nil {
		return nil, wrapNoun(err, "%s %s", kind, p.id)
	}
	if e.Fate() == change.Deleted {
		return nil, nil
	}
	return shownFields(kind, e), nil
}

// partsAt are the parts of one kind as they were known at a moment, of an account
// or of all for "", in the order of Parts.
func partsAt[T data.Part](ctx context.Context, p *Past, account string, at time.Time) (list []T, err error) {
	var empty T
	of := partsOf{empty.PartKind(), account}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.parts[of] == nil {
		if p.parts[of], err = p.db.readParts(ctx, of); err != nil {
			delete(p.parts, of)
			return nil, wrapNoun(err, "%s", of.kind)
		}
	}
	if err := p.db.readChanges(ctx, p.parts[of], at.Unix()); err != nil {
		delete(p.parts, of) // some may be half read
		return nil, wrapNoun(err, "%s", of.kind)
	}
	for _, one := range p.parts[of].list {
		f, err := one.fieldsAt(of.kind, at.Unix())
		if err != nil {
			return nil, err
		}
		if f != nil && (account == "" || f["account"] == account) {
			list = append(list, data.PartOf[T](one.id, f, timeOf(one.first)))
		}
	}
	slices.SortStableFunc(list, soonestFirst[T])
	return list, nil
}

// soonestFirst is the order of Parts, where it is not that of their IDs.
func soonestFirst[T data.Part](a, b T) int {
	due, _ := a.Standing()
	other, _ := b.Standing()
	if (due == "") != (other == "") {
		return strings.Compare(other, due)
	}
	return cmp.Or(strings.Compare(due, other), a.Belonging().RecordedAt.Compare(b.Belonging().RecordedAt))
}

// contacts are the account's people, by name.
func (p *Past) contacts(ctx context.Context) (list []data.Contact, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.people == nil {
		p.people, err = p.db.Contacts(ctx, p.account)
	}
	return p.people, err
}

// momentsAt are Moments, of the account.
func (p *Past) momentsAt(ctx context.Context, at time.Time) (map[string][]data.Moment, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.heard == nil || at.After(p.heardTo) {
		heard, err := heardOf(ctx, p.db.read, at, `p.contact_id IN (SELECT id FROM contact WHERE account_id = ?2)`, p.account)
		if err != nil {
			return nil, wrapNoun(err, "history of account %s", p.account)
		}
		p.heard, p.heardTo = heard, at
	}
	return momentsBy(p.heard, at), nil
}
