package store

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"rapport/data"
)

// moments are the contacts' shares in what happened. What people logged counts
// from when it was recorded, so that a day is replayed as it was known then;
// mail and meetings count from when they were.
const (
	momentColumns = `p.contact_id, i.id, i.at, i.kind, i.direction, i.thread, p.place, p.part, p.side`
	momentsCount  = `i.at <= ?1 AND i.kind <> 'note' AND i.cancelled = 0 AND i.automated = '' AND p.answer NOT IN ('declined', 'absent')
		AND (i.source <> '` + LoggedByHand + `' OR i.recorded_at <= ?1)`
)

// heardMoment is a moment with when it was logged by hand, in Unix seconds; 0
// where it was not.
type heardMoment struct {
	data.Moment
	logged int64
}

// Moments returns what happened with each contact of an account up to a moment,
// by Contact.ID, the newest first.
func (db *DB) Moments(ctx context.Context, account string, at time.Time) (map[string][]data.Moment, error) {
	return db.Past(account).momentsAt(ctx, at)
}

// MomentsWith returns what happened with one contact up to a moment, the newest
// first.
func (db *DB) MomentsWith(ctx context.Context, contact string, at time.Time) ([]data.Moment, error) {
	heard, err := heardOf(ctx, db.read, at, `p.contact_id = ?2`, contact)
	return momentsBy(heard, at)[contact], wrapNoun(err, "history of contact %s", contact)
}

// heardOf reads what happened with contacts up to a moment and was known then, the
// newest first.
func heardOf(ctx context.Context, q asker, at time.Time, who string, arg any) (map[string][]heardMoment, error) {
	all := map[string][]heardMoment{}
	_, err := query(ctx, q, func(r row) (struct{}, error) {
		var contact, direction, part string
		var seconds int64
		var place int
		var side data.Side
		m := heardMoment{}
		if err := r.Scan(&contact, &m.ID, &seconds, &m.Kind, &direction, &m.Thread, &place, &part, &side, &m.logged); err != nil {
			return struct{}{}, err
		}
		m.At = time.Unix(seconds, 0).UTC()
		m.Moment = momentOf(m.Moment, data.Direction(direction), place, part, side)
		all[contact] = append(all[contact], m)
		return struct{}{}, nil
	}, `
		SELECT `+momentColumns+`, CASE WHEN i.source = '`+LoggedByHand+`' THEN i.recorded_at ELSE 0 END
		FROM participant p JOIN interaction i ON i.n = p.interaction_n
		WHERE `+who+` AND p.contact_id <> '' AND `+momentsCount+`
		ORDER BY i.at DESC, i.id`, at.Unix(), arg)
	return all, err
}

// momentsBy are those that had happened by a moment and were known then.
func momentsBy(heard map[string][]heardMoment, at time.Time) map[string][]data.Moment {
	all := make(map[string][]data.Moment, len(heard))
	for who, list := range heard {
		var known []data.Moment
		for _, m := range list {
			if m.At.Unix() <= at.Unix() && m.logged <= at.Unix() {
				known = append(known, m.Moment)
			}
		}
		if known != nil {
			all[who] = known
		}
	}
	return all
}

// momentOf fills whose doing it was and whether the contact was only copied. A
// mail among themselves, which we see as one of its readers, is no contact of
// ours with those who got it.
func momentOf(m data.Moment, direction data.Direction, place int, part string, side data.Side) data.Moment {
	if m.Kind != data.Mail {
		return m
	}
	switch {
	case place == 0:
		m.Side = side
	case direction == data.Out:
		m.Side, m.Copied = data.Us, part != "to"
	default:
		m.Side, m.Copied = data.Us, true
	}
	return m
}

// Knows is how often one of us was in touch with a contact.
type Knows struct {
	Contact string // Contact.ID
	data.Colleague
}

// WhoKnowsWhom returns, for the contacts of an account, who of us wrote, spoke or
// met with them between two moments, the most often first. Who was only copied
// does not count.
func (db *DB) WhoKnowsWhom(ctx context.Context, account string, from, to time.Time) ([]Knows, error) {
	list, err := query(ctx, db.read, func(r row) (k Knows, err error) {
		err = r.Scan(&k.Contact, &k.Name, &k.Email, &k.Times)
		return k, err
	}, `
		SELECT p.contact_id, max(u.name), u.email, count(*)
		FROM participant p JOIN interaction i ON i.n = p.interaction_n JOIN participant u ON u.interaction_n = i.n
		WHERE p.contact_id IN (SELECT id FROM contact WHERE account_id = ?3) AND p.contact_id <> '' AND i.at >= ?2 AND `+momentsCount+`
			AND u.side = 'us' AND u.answer NOT IN ('declined', 'absent')
			AND (i.kind <> 'mail' OR p.place = 0 AND u.part = 'to' OR u.place = 0 AND p.part = 'to')
		GROUP BY p.contact_id, u.email, CASE WHEN u.email = '' THEN u.name END
		ORDER BY p.contact_id, count(*) DESC, u.email`, to.Unix(), from.Unix(), account)
	return merged(list), wrapNoun(err, "who knows whom at %s", account)
}

// merged counts one of us who has several addresses, or was only named, once:
// by name, and who has none by address.
func merged(list []Knows) (one []Knows) {
	for _, k := range list {
		if k.Name == "" {
			k.Name = k.Email
		}
		i := slices.IndexFunc(one, func(o Knows) bool { return o.Contact == k.Contact && strings.EqualFold(o.Name, k.Name) })
		if i < 0 {
			one = append(one, k)
			continue
		}
		one[i].Times += k.Times
		if one[i].Email == "" {
			one[i].Email = k.Email
		}
	}
	slices.SortStableFunc(one, func(a, b Knows) int { return cmp.Or(strings.Compare(a.Contact, b.Contact), b.Times-a.Times) })
	return one
}
