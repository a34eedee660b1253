package store

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"rapport/data"
	"rapport/data/listen"
	"rapport/data/text"
)

// heardCache holds what was heard in the mails that are listened to, so that a
// write costs the mails that it touched and not those of all accounts.
type heardCache struct {
	mu     sync.Mutex
	heard  map[int64]*listen.Proposal // by interaction.n, of no account; nil where nothing was heard
	under  string                     // the rules and the zone that it was heard under
	writes int                        // since the workspace was opened: what was read before one is not kept after it
}

// drop forgets what was heard in interactions that a write touched.
func (c *heardCache) drop(t touchedHistory) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.writes++
	for n := range t.interactions {
		delete(c.heard, n)
	}
}

func (c *heardCache) forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.writes++
	c.heard = nil
}

// known returns what was heard already under the rules, and how many writes there
// were by now.
func (c *heardCache) known(under string) (heard map[int64]*listen.Proposal, writes int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.under != under || c.heard == nil {
		c.heard, c.under = map[int64]*listen.Proposal{}, under
	}
	return maps.Clone(c.heard), c.writes
}

// keep holds what was heard, unless something was written while it was read.
func (c *heardCache) keep(heard map[int64]*listen.Proposal, under string, writes int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.writes == writes && c.under == under {
		c.heard = heard
	}
}

// heardIn is a mail of theirs on an account's timeline.
type heardIn struct {
	account string
	n       int64 // interaction.n
}

// hear returns what was heard in the newest mails of an account, or of each that is
// not archived for "", in the order of the accounts, the newest first.
func (db *DB) hear(ctx context.Context, account string, rules []listen.Rule, now time.Time) ([]listen.Proposal, error) {
	accounts, err := db.oneOrLiving(ctx, account)
	if err != nil {
		return nil, err
	}
	db.warmth.want()
	under := asJSON(rules) + now.Location().String()
	heard, writes := db.heard.known(under)
	mails, err := db.listenedTo(ctx, account, now)
	if err != nil {
		return nil, err
	}
	var missing []int64
	for _, m := range mails {
		if _, ok := heard[m.n]; !ok {
			heard[m.n] = nil
			missing = append(missing, m.n)
		}
	}
	slices.Sort(missing)
	for some := range slices.Chunk(missing, heardAtOnce) {
		if err := db.hearIn(ctx, some, rules, now.Location(), heard); err != nil {
			return nil, err
		}
	}
	of, kept := map[string][]listen.Proposal{}, make(map[int64]*listen.Proposal, len(mails))
	for _, m := range mails {
		p := heard[m.n]
		if kept[m.n] = p; p != nil {
			one := *p
			one.Feedback.Account = m.account
			of[m.account] = append(of[m.account], one)
		}
	}
	if account == "" { // of one account the others stay too
		heard = kept
	}
	db.heard.keep(heard, under, writes)
	var list []listen.Proposal
	for _, id := range accounts {
		list = append(list, of[id]...)
	}
	return list, nil
}

// heardAtOnce is how many mails are read together.
const heardAtOnce = 500

// listenedTo are the mails of theirs among the newest mails of each account, or of
// one, the newest first.
func (db *DB) listenedTo(ctx context.Context, account string, now time.Time) ([]heardIn, error) {
	which, args := "", []any{now.AddDate(0, 0, -promiseDays).Unix(), now.Unix(), promiseMails, mailRead, mailNone}
	if account != "" {
		which, args = "AND account_id = ?6", append(args, account)
	}
	return query(ctx, db.read, func(r row) (m heardIn, err error) {
		err = r.Scan(&m.account, &m.n)
		return m, err
	}, `
		SELECT account_id, interaction_n FROM (
			SELECT account_id, interaction_n, mail, row_number() OVER (PARTITION BY account_id ORDER BY at DESC, interaction_n DESC) place
			FROM match WHERE at > ?1 AND at <= ?2 AND mail <> ?5 `+which+`)
		WHERE place <= ?3 AND mail = ?4 ORDER BY account_id, place`, args...)
}

// hearIn reads mails and fills what is heard in them.
func (db *DB) hearIn(ctx context.Context, mails []int64, rules []listen.Rule, zone *time.Location, heard map[int64]*listen.Proposal) error {
	_, err := query(ctx, db.read, func(r row) (struct{}, error) {
		var n, at int64
		var writer data.Participant
		var body string
		m := data.PromiseMail{Interaction: data.Interaction{Kind: data.Mail}}
		if err := r.Scan(&n, &m.ID, &at, &writer.Name, &writer.Email, &writer.Side, &writer.Contact, &body); err != nil {
			return struct{}{}, err
		}
		m.At, m.People, m.Own = time.Unix(at, 0).UTC(), []data.Participant{writer}, text.Own(body)
		if p, ok := listen.Hear(m, "", rules, zone); ok {
			heard[n] = &p
		}
		return struct{}{}, nil
	}, `
		SELECT i.n, i.id, i.at, p.name, p.email, p.side, p.contact_id,
			coalesce((SELECT substr(text, 1, ?2) FROM message WHERE interaction_n = i.n ORDER BY automated <> '', id LIMIT 1), '')
		FROM interaction i JOIN participant p ON p.interaction_n = i.n AND p.place = 0
		WHERE i.n IN (SELECT value FROM json_each(?1))`, listJSON(mails), signatureRead)
	return err
}
