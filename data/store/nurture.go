package store

import (
	"context"
	"maps"
	"slices"
	"time"

	"rapport/data"
	"rapport/data/nurture"
)

// How far back first meetings and stages are looked for.
const nurtureDays = 31

// Nurture returns what facts call for at now, with what keeps it back and what a
// person answered: all of it, nurture.Due are those that are open.
func (db *DB) Nurture(ctx context.Context, now time.Time) ([]nurture.Suggestion, error) {
	all, err := db.Standings(ctx, now)
	if err != nil {
		return nil, err
	}
	db.past.making.Lock()
	defer db.past.making.Unlock()
	db.past.refresh()
	list, asked, err := db.nurture(ctx, all, now)
	if err == nil {
		db.past.keepOnly(asked)
	}
	return list, wrapNoun(err, "nurture")
}

// NurtureOf is what Nurture says of one account, without asking how all the others
// stand.
func (db *DB) NurtureOf(ctx context.Context, account string, now time.Time) ([]nurture.Suggestion, error) {
	db.warmth.want()
	standing, err := db.Standing(ctx, account, now)
	if err != nil || standing.Account.Archived != "" {
		return nil, err
	}
	db.past.making.Lock()
	defer db.past.making.Unlock()
	db.past.refresh()
	list, _, err := db.nurture(ctx, map[string]AccountStanding{account: standing}, now)
	return list, wrapNoun(err, "nurture of account %s", account)
}

// nurture is what facts call for at some accounts, with the contacts whose past it
// looked at.
func (db *DB) nurture(ctx context.Context, accounts map[string]AccountStanding, now time.Time) (list []nurture.Suggestion, asked map[string]bool, err error) {
	f, err := db.nurtureFacts(ctx, accounts, now)
	if err != nil {
		return nil, nil, err
	}
	list, asked = nurture.Candidates(f, now), map[string]bool{}
	for _, s := range list {
		asked[s.Contact.ID] = true
	}
	if f.Wishes, err = db.nurtureWishes(ctx, f.Contacts, slices.Sorted(maps.Keys(asked)), now); err != nil {
		return nil, nil, err
	}
	for id := range f.Recent {
		asked[id] = true
	}
	return nurture.Judge(list, f, now), asked, nil
}

// nurtureWishes are how contacts like to be dealt with, and what happened with
// them, as Wishes has it.
func (db *DB) nurtureWishes(ctx context.Context, contacts map[string]data.Contact, about []string, now time.Time) (map[string]data.Wishes, error) {
	preferences, err := Parts[data.Preference](ctx, db, PartQuery{})
	if err != nil {
		return nil, err
	}
	own, shared := map[string][]data.Preference{}, map[string][]data.Preference{}
	for _, p := range preferences {
		if p.Contact != "" {
			own[p.Contact] = append(own[p.Contact], p)
		} else {
			shared[p.Account] = append(shared[p.Account], p)
		}
	}
	pasts, err := db.pasts(ctx, about, now)
	wishes := make(map[string]data.Wishes, len(about))
	for _, id := range about {
		c := contacts[id]
		wishes[id] = data.Wishes{Contact: c, Preferences: slices.Concat(own[id], shared[c.AccountID]), History: pasts[id]}
	}
	return wishes, err
}

func (db *DB) nurtureFacts(ctx context.Context, all map[string]AccountStanding, now time.Time) (f nurture.Facts, err error) {
	f.Accounts, f.Contacts, f.Main = map[string]data.Account{}, map[string]data.Contact{}, map[string]string{}
	for id, s := range all {
		f.Accounts[id] = s.Account
		last := -1
		for i := range s.Contacts {
			c := &s.Contacts[i]
			f.Contacts[c.Contact.ID] = c.Contact
			if last < 0 || spokeLater(c, &s.Contacts[last]) {
				last = i
			}
		}
		if last >= 0 {
			f.Main[id] = s.Contacts[last].Contact.ID
		}
	}
	if f.Quiet, err = db.touchpoints(ctx, all, 0, now); err != nil {
		return f, err
	}
	if f.Waiting, err = db.Waiting(ctx, "", now); err != nil {
		return f, err
	}
	if err = db.nurtureHistory(ctx, &f, now); err != nil {
		return f, err
	}
	return f, db.nurtureParts(ctx, &f)
}

// spokeLater says whether one spoke with us later than another did; of two at the
// same moment it is the first by ID.
func spokeLater(c, other *data.ContactStanding) bool {
	at, was := c.Warmth.Last.At, other.Warmth.Last.At
	return at.After(was) || at.Equal(was) && c.Contact.ID < other.Contact.ID
}

// nurtureHistory fills first meetings, and what happened with those with whom
// something did lately.
func (db *DB) nurtureHistory(ctx context.Context, f *nurture.Facts, now time.Time) (err error) {
	since := now.AddDate(0, 0, -nurtureDays).Unix()
	f.Met, err = query(ctx, db.read, func(r row) (m nurture.Met, err error) {
		var at int64
		err = r.Scan(&m.Contact, &m.Receipt.Interaction, &m.Receipt.Words, &at)
		m.Receipt.At, m.Receipt.Words = time.Unix(at, 0).UTC(), data.WithoutLinks(m.Receipt.Words)
		return m, err
	}, `
		SELECT p.contact_id, i.id, i.subject, i.at FROM interaction i JOIN participant p ON p.interaction_n = i.n
		WHERE i.at >= ?1 AND i.at <= ?2 AND `+isMeeting+` AND p.contact_id <> '' AND NOT EXISTS (
			SELECT 1 FROM participant q JOIN interaction j ON j.n = q.interaction_n
			WHERE q.contact_id = p.contact_id AND j.at < i.at AND j.kind IN ('meeting', 'visit') AND j.cancelled = 0 AND q.answer NOT IN ('declined', 'absent'))
		ORDER BY i.at, i.id, p.contact_id`, since, now.Unix())
	if err != nil {
		return err
	}
	if f.News, err = db.newestNews(ctx, now); err != nil {
		return err
	}
	lately, err := db.wroteSince(ctx, since, now)
	if err != nil {
		return err
	}
	signs, err := Parts[data.TrustSign](ctx, db, PartQuery{})
	if err != nil {
		return err
	}
	f.Signs = map[string][]data.TrustSign{}
	for _, s := range signs {
		f.Signs[s.Contact] = append(f.Signs[s.Contact], s)
		lately[s.Contact] = true
	}
	maps.DeleteFunc(lately, func(id string, _ bool) bool { _, known := f.Contacts[id]; return !known })
	f.Recent, err = db.pasts(ctx, slices.Sorted(maps.Keys(lately)), now)
	return err
}

// wroteSince are the contacts who wrote a mail between a moment and now.
func (db *DB) wroteSince(ctx context.Context, since int64, now time.Time) (map[string]bool, error) {
	list, err := query(ctx, db.read, scanString, `
		SELECT DISTINCT p.contact_id FROM interaction i JOIN participant p ON p.interaction_n = i.n
		WHERE i.at >= ? AND i.at <= ? AND i.kind = 'mail' AND i.automated = '' AND p.place = 0 AND p.contact_id <> ''`, since, now.Unix())
	wrote := make(map[string]bool, len(list))
	for _, id := range list {
		wrote[id] = true
	}
	return wrote, err
}

// newestNews are what accounts published last, of each the newest of a month, by
// account.
func (db *DB) newestNews(ctx context.Context, now time.Time) ([]data.Interaction, error) {
	list, err := query(ctx, db.read, func(r row) (i data.Interaction, err error) {
		var at int64
		err = r.Scan(&i.ID, &i.Account, &i.Subject, &at)
		i.Kind, i.At = data.Press, time.Unix(at, 0).UTC()
		return i, err
	}, `
		SELECT i.id, f.account_id, i.subject, i.at FROM feed f JOIN headline h ON h.feed_id = f.id JOIN interaction i ON i.id = h.interaction_id
		WHERE i.at >= ?1 AND i.at <= ?2 ORDER BY f.account_id, i.at DESC, i.id`, now.AddDate(0, 0, -nurtureDays).Unix(), now.Unix())
	return slices.CompactFunc(list, func(a, b data.Interaction) bool { return a.Account == b.Account }), err
}

// isMeeting is an interaction i in which a participant p was there.
const isMeeting = `i.kind IN ('meeting', 'visit') AND i.cancelled = 0 AND p.answer NOT IN ('declined', 'absent')`

func (db *DB) nurtureParts(ctx context.Context, f *nurture.Facts) (err error) {
	f.Birthdays, err = query(ctx, db.read, scanPart[data.Fact], `
		SELECT id, fields, recorded_at FROM part WHERE kind = ? AND open = 1 AND fields ->> '$.name' = 'birthday' ORDER BY id`, data.KindFact)
	if err != nil {
		return err
	}
	f.Orders, err = query(ctx, db.read, func(r row) (p data.Purchase, err error) {
		err = r.Scan(&p.Account, &p.On, &p.What)
		return p, err
	}, `SELECT account_id, min(day), what FROM purchase WHERE kind = ? AND `+isLive+` GROUP BY account_id ORDER BY account_id`, data.Ordered)
	if err != nil {
		return err
	}
	if f.Ends, err = Parts[data.Whitespace](ctx, db, PartQuery{}); err != nil {
		return err
	}
	if f.Content, err = Parts[data.Content](ctx, db, PartQuery{Open: true}); err != nil {
		return err
	}
	if f.Answers, err = Parts[data.NurtureAnswer](ctx, db, PartQuery{}); err != nil {
		return err
	}
	if f.Breaches, err = Parts[data.Breach](ctx, db, PartQuery{}); err != nil {
		return err
	}
	f.LeftOut, err = db.LeaveOuts(ctx)
	return err
}

// AnswerNurture keeps what a person answered to a suggestion.
func (tx *Tx) AnswerNurture(a data.NurtureAnswer) error {
	_, err := PutPart(tx, a)
	return err
}

// NurtureLetter begins the mail of a suggestion: to a question as the answer in its
// conversation, else as a new mail. address is that of the mailbox that it goes out
// from, "" for the one that fits.
func (db *DB) NurtureLetter(ctx context.Context, s nurture.Suggestion, address string, now time.Time) (nurture.Letter, error) {
	m := data.MessageRow{}
	if s.Trigger == nurture.Question {
		id, err := one(ctx, db.read, scanString, `
			SELECT id FROM message WHERE interaction_n = (SELECT n FROM interaction WHERE id = ?) ORDER BY id LIMIT 1`, s.Because.Interaction)
		if noRows(err) != nil {
			return nurture.Letter{}, wrapNoun(err, "nurture")
		}
		if id != "" {
			if m, err = db.Message(ctx, id); err != nil {
				return nurture.Letter{}, err
			}
		}
	}
	from, err := db.Answer(ctx, m, address)
	if err != nil {
		return nurture.Letter{}, err
	}
	l := nurture.Write(s, from, now)
	if m.ID == "" {
		return l, nil
	}
	from.Zone = now.Location()
	d, err := data.Reply(m.Message, from)
	if err != nil {
		return l, err
	}
	d.Text = l.Draft.Text
	l.Draft = d
	return l, nil
}
