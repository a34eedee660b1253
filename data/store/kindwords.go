package store

import (
	"context"
	"slices"
	"time"

	"rapport/data"
	"rapport/data/text"
)

// How many accounts are looked through for mails that only ask, and how many
// mails of each.
const (
	askAccounts = 150
	askMails    = 8
)

// KindWords returns the touches with no ask that facts give reason for today, as
// data.KindWords finds them.
func (db *DB) KindWords(ctx context.Context, now time.Time) ([]data.KindWord, error) {
	all, err := db.Standings(ctx, now)
	if err != nil {
		return nil, err
	}
	in, err := db.kindWordInput(ctx, all, now)
	return data.KindWords(in, now), wrapNoun(err, "kind words")
}

func (db *DB) kindWordInput(ctx context.Context, all map[string]AccountStanding, now time.Time) (in data.KindWordInput, err error) {
	in.Warmest, in.Asks, in.Wrote = map[string]data.Contact{}, map[string]data.AskRecord{}, map[string]time.Time{}
	for id, s := range all {
		in.Accounts = append(in.Accounts, s.Account)
		for _, c := range s.Contacts { // the warmest first
			if len(c.Contact.Emails) > 0 {
				in.Warmest[id] = c.Contact
				break
			}
		}
	}
	if in.Facts, err = query(ctx, db.read, scanPart[data.Fact], `
		SELECT id, fields, recorded_at FROM part WHERE kind = 'fact' AND open = 1
			AND json_extract(fields, '$.name') IN ('birthday', 'with-them-since', 'circumstance') ORDER BY recorded_at, id`); err != nil {
		return in, err
	}
	if in.Kept, err = query(ctx, db.read, scanPart[data.Promise], `
		SELECT id, fields, recorded_at FROM part WHERE kind = 'promise' AND open = 0 AND json_extract(fields, '$.kept') >= ? ORDER BY recorded_at, id`,
		now.AddDate(0, 0, -14).Format(time.DateOnly)); err != nil {
		return in, err
	}
	if in.Resting, err = db.Snoozed(ctx); err != nil {
		return in, err
	}
	var named []string
	for _, p := range in.Kept {
		if in.Wrote[p.Contact], err = db.wroteLast(ctx, p.Contact, now); err != nil {
			return in, err
		}
	}
	for _, id := range askedFirst(all, in.Facts) {
		r, err := db.askRecord(ctx, id, now)
		if err != nil {
			return in, err
		}
		in.Asks[id], named = r, append(named, r.To)
	}
	for _, f := range in.Facts {
		named = append(named, f.Contact)
	}
	for _, p := range in.Kept {
		named = append(named, p.Contact)
	}
	in.Contacts, err = db.contactsByID(ctx, named)
	return in, err
}

// askedFirst are the accounts whose mails are read: those that facts are about,
// then those that are looked after closely, the warmest of them first.
func askedFirst(all map[string]AccountStanding, facts []data.Fact) []string {
	var ids []string
	about := map[string]bool{}
	for _, f := range facts {
		if _, there := all[f.Account]; there && !about[f.Account] {
			about[f.Account] = true
			ids = append(ids, f.Account)
		}
	}
	var close []AccountStanding
	for id, s := range all {
		if !about[id] && (s.Account.Tier == data.TierA || s.Account.Tier == data.TierB) && s.Band != data.NeverSpoke {
			close = append(close, s)
		}
	}
	slices.SortFunc(close, func(a, b AccountStanding) int {
		if d := b.Dial(data.Quality).Value - a.Dial(data.Quality).Value; d != 0 {
			return d
		}
		if a.Account.ID < b.Account.ID {
			return -1
		}
		return 1
	})
	for _, s := range close {
		ids = append(ids, s.Account.ID)
	}
	return ids[:min(len(ids), askAccounts)]
}

// askRecord reads whether our latest mails to an account asked for something.
func (db *DB) askRecord(ctx context.Context, account string, now time.Time) (r data.AskRecord, err error) {
	type mail struct {
		at       int64
		to, body string
	}
	mails, err := query(ctx, db.read, func(r row) (m mail, err error) {
		err = r.Scan(&m.at, &m.to, &m.body)
		return m, err
	}, `
		SELECT i.at, coalesce((SELECT contact_id FROM participant p WHERE p.interaction_n = i.n AND p.side = 'customer' AND p.contact_id <> '' ORDER BY p.place LIMIT 1), ''),
			coalesce((SELECT substr(text, 1, ?) FROM message m WHERE m.interaction_n = i.n ORDER BY m.id LIMIT 1), '')
		FROM match a JOIN interaction i ON i.n = a.interaction_n
		WHERE a.account_id = ? AND a.at <= ? AND a.touch = 1 AND i.kind = 'mail' AND i.automated = ''
		ORDER BY a.at DESC, a.interaction_n DESC LIMIT ?`, signatureRead, account, now.Unix(), askMails)
	plain := false
	for _, m := range mails {
		asks := text.Asks(text.Own(m.body), 80) != ""
		switch {
		case !asks:
			plain = true
		case !plain:
			r.Row++
		}
		if asks && r.LastAsk.IsZero() {
			r.LastAsk = timeOf(m.at)
		}
		if r.To == "" {
			r.To = m.to
		}
	}
	return r, err
}

// wroteLast is when one of us last wrote to a contact, or spoke with them.
func (db *DB) wroteLast(ctx context.Context, contact string, now time.Time) (time.Time, error) {
	moments, err := db.MomentsWith(ctx, contact, now)
	for _, m := range moments {
		if m.Kind != data.Mail || m.Side == data.Us && !m.Copied {
			return m.At, err
		}
	}
	return time.Time{}, err
}
