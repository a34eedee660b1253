package store

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"rapport/data"
)

// Standings returns how every account that is not archived stands at about now, by Account.ID: what
// lists and selections go by. Its receipts name contacts and parts; those of a
// contact's warmth are Standing's. The warmths in it are at most an hour old. The
// map is the caller's, what is in it is for reading only.
func (db *DB) Standings(ctx context.Context, now time.Time) (map[string]AccountStanding, error) {
	c := &db.standing
	c.making.Lock()
	defer c.making.Unlock()
	if err := db.stand(ctx, now); err != nil {
		c.all = nil
		return nil, wrapNoun(err, "standings")
	}
	all := make(map[string]AccountStanding, len(c.all))
	for id, f := range c.all {
		all[id] = f.standing
	}
	return all, nil
}

// standingCache holds how every account stood last, with what that was made
// from. After a write the accounts it touched are read and made again; when an
// hour has passed all are made again from what is here.
type standingCache struct {
	making  sync.Mutex // one making at a time; it guards what follows
	all     map[string]*accountFacts
	account map[string]string // Account.ID by Contact.ID
	terms   warmthTerms

	mu     sync.Mutex
	forgot bool // all are to be read again
	stale  touchedPeople
}

// accountFacts is what an account's standing is made from, and what it came to.
type accountFacts struct {
	account  data.Account
	contacts []data.Contact // by name
	parts    standingParts
	standing AccountStanding
	at       time.Time // when standing was made; zero for not yet
}

// touchedPeople are the accounts and contacts that a write made others, or whose
// history or parts it did.
type touchedPeople struct{ accounts, contacts map[string]bool }

func newTouchedPeople() touchedPeople {
	return touchedPeople{accounts: map[string]bool{}, contacts: map[string]bool{}}
}

// drop marks what is another now.
func (c *standingCache) drop(t touchedPeople, h touchedHistory) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.stale.accounts == nil {
		c.stale = newTouchedPeople()
	}
	maps.Copy(c.stale.accounts, t.accounts)
	maps.Copy(c.stale.contacts, t.contacts)
	maps.Copy(c.stale.contacts, h.contacts)
}

func (c *standingCache) forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.forgot = true
}

// take returns what is stale, and begins to note anew.
func (c *standingCache) take() (stale touchedPeople, forgot bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	stale, forgot = c.stale, c.forgot
	c.stale, c.forgot = newTouchedPeople(), false
	return stale, forgot
}

// stand brings all that is known of how accounts stand up to now.
func (db *DB) stand(ctx context.Context, now time.Time) error {
	c := &db.standing
	db.warmth.want()
	terms, err := db.warmthTerms(ctx)
	if err != nil {
		return err
	}
	if !terms.same(c.terms) {
		for _, f := range c.all {
			f.at = time.Time{}
		}
	}
	c.terms = terms
	histories := aside(func() (struct{}, error) { return struct{}{}, db.fillWarmth(ctx) })
	stale, forgot := c.take()
	if c.all == nil || forgot {
		c.all, c.account = map[string]*accountFacts{}, map[string]string{}
		err = db.readStandingFacts(ctx, nil)
	} else if len(stale.accounts)+len(stale.contacts) > 0 {
		err = db.readStandingFacts(ctx, &stale)
	}
	if _, err2 := histories(); cmp.Or(err, err2) != nil {
		return cmp.Or(err, err2)
	}
	var old []*accountFacts
	for _, f := range c.all {
		if age := now.Sub(f.at); f.at.IsZero() || age < 0 || age >= time.Hour {
			old = append(old, f)
		}
	}
	db.warmth.mu.Lock()
	defer db.warmth.mu.Unlock()
	onAllCores(len(old), func() func(int) {
		var room []data.Moment
		return func(i int) { old[i].stand(&db.warmth, terms, now, &room) }
	})
	return nil
}

// stand makes the account's standing. The lock of w must be held; a contact is of
// one account, so several accounts may be made at once, each with room of its own.
func (f *accountFacts) stand(w *warmthCache, terms warmthTerms, now time.Time, room *[]data.Moment) {
	s := AccountStanding{Account: f.account, Contacts: make([]data.ContactStanding, len(f.contacts)), Promises: f.parts.promises[f.account.ID]}
	for i, c := range f.contacts {
		asked := warmContact{id: c.ID, tier: f.account.Tier, preferences: append(slices.Clip(f.parts.preferences[c.ID]), f.parts.preferences["@"+f.account.ID]...)}
		s.Contacts[i] = w.warmContact(asked, terms, now, room)
		s.Contacts[i].Contact, s.Contacts[i].Stakeholder = c, f.parts.stakeholders[c.ID]
	}
	data.SortStandings(s.Contacts)
	s.AccountStanding = data.StandAccount(data.StandingInput{Contacts: s.Contacts, Promises: s.Promises, Policy: terms.policies[f.account.Tier], Rules: terms.rules}, now)
	f.standing, f.at = s, now
}

// readStandingFacts reads accounts with their contacts and parts: all of them, or
// those that are stale.
func (db *DB) readStandingFacts(ctx context.Context, stale *touchedPeople) error {
	c := &db.standing
	var of []string // Account.IDs, for those that are stale
	var accounts []data.Account
	var contacts []data.Contact
	var err error
	if stale == nil {
		if accounts, err = db.Accounts(ctx); err != nil {
			return err
		}
		contacts, err = db.Contacts(ctx, "")
	} else {
		if of, err = db.accountsOfStale(ctx, *stale); err != nil {
			return err
		}
		if len(of) == 0 {
			return nil
		}
		if accounts, err = query(ctx, db.read, scanAccount, `SELECT `+accountColumns+` FROM account WHERE id IN (SELECT value FROM json_each(?))`, listJSON(of)); err != nil {
			return err
		}
		contacts, err = query(ctx, db.read, scanContact, `
			SELECT `+contactColumns+` FROM contact WHERE account_id IN (SELECT value FROM json_each(?)) ORDER BY name COLLATE NOCASE, id`, listJSON(of))
	}
	if err != nil {
		return err
	}
	parts, err := db.standingParts(ctx, of, contacts)
	if err != nil {
		return err
	}
	for _, id := range of {
		delete(c.all, id)
	}
	for _, a := range data.Living(accounts) {
		c.all[a.ID] = &accountFacts{account: a, parts: parts}
	}
	for _, one := range contacts {
		c.account[one.ID] = one.AccountID
		if f := c.all[one.AccountID]; f != nil {
			f.contacts = append(f.contacts, one)
		}
	}
	return nil
}

// accountsOfStale are the accounts that are touched, and those whose contacts
// are, where they were and where they are now.
func (db *DB) accountsOfStale(ctx context.Context, stale touchedPeople) ([]string, error) {
	of := maps.Clone(stale.accounts)
	people := slices.Sorted(maps.Keys(stale.contacts))
	for _, c := range people {
		of[db.standing.account[c]] = true
	}
	now, err := query(ctx, db.read, scanString, `SELECT DISTINCT account_id FROM contact WHERE id IN (SELECT value FROM json_each(?))`, listJSON(people))
	for _, id := range now {
		of[id] = true
	}
	delete(of, "")
	return slices.Sorted(maps.Keys(of)), err
}

// standingKinds are the kinds of parts that standings look at.
var standingKinds = []string{data.Preference{}.PartKind(), data.Stakeholder{}.PartKind(), data.Promise{}.PartKind()}

// standingParts are the parts that standings look at, by whom they belong to.
type standingParts struct {
	preferences  map[string][]data.Preference // by Contact.ID, or "@" and Account.ID
	stakeholders map[string]data.Stakeholder  // by Contact.ID
	promises     map[string][]data.Promise    // open ones, by Account.ID
}

// standingParts reads the parts of accounts and their contacts; of all for no
// account.
func (db *DB) standingParts(ctx context.Context, accounts []string, contacts []data.Contact) (p standingParts, err error) {
	p = standingParts{preferences: map[string][]data.Preference{}, stakeholders: map[string]data.Stakeholder{}, promises: map[string][]data.Promise{}}
	people := make([]string, len(contacts))
	for i, c := range contacts {
		people[i] = c.ID
	}
	preferences, err := partsOfPeople[data.Preference](ctx, db, true, accounts, people)
	if err != nil {
		return p, err
	}
	for _, one := range preferences {
		key := one.Contact
		if key == "" {
			key = "@" + one.Account
		}
		p.preferences[key] = append(p.preferences[key], one)
	}
	stakeholders, err := partsOfPeople[data.Stakeholder](ctx, db, false, accounts, people)
	if err != nil {
		return p, err
	}
	for _, one := range stakeholders {
		p.stakeholders[one.Contact] = one
	}
	promises, err := partsOfPeople[data.Promise](ctx, db, true, accounts, people)
	for _, one := range promises {
		p.promises[one.Account] = append(p.promises[one.Account], one)
	}
	return p, err
}

// partsOfPeople returns the parts of accounts and contacts in the order of Parts;
// of all for no account.
func partsOfPeople[T data.Part](ctx context.Context, db *DB, open bool, accounts, contacts []string) ([]T, error) {
	if len(accounts) == 0 {
		return Parts[T](ctx, db, PartQuery{Open: open})
	}
	var empty T
	list, err := query(ctx, db.read, scanPart[T], `
		SELECT id, fields, recorded_at FROM part WHERE kind = ?1 AND open >= ?2
			AND n IN (SELECT n FROM part WHERE account_id IN (SELECT value FROM json_each(?3)) AND kind = ?1
				UNION SELECT n FROM part WHERE contact_id IN (SELECT value FROM json_each(?4)) AND contact_id <> '' AND kind = ?1)
		ORDER BY due = '', due, recorded_at, id`, empty.PartKind(), open, listJSON(accounts), listJSON(contacts))
	return list, wrapNoun(err, "%s", empty.PartKind())
}

// QualityWeeks returns the quality of an account's relationship at the end of
// each of the last n weeks, the oldest first, for a line; -1 where nobody there
// had spoken with us yet.
func (db *DB) QualityWeeks(ctx context.Context, account string, n int, now time.Time) ([]int, error) {
	a, err := db.Account(ctx, account)
	if err != nil {
		return nil, err
	}
	rules, err := db.WarmthRules(ctx)
	if err != nil {
		return nil, err
	}
	policies, err := db.Policies(ctx)
	if err != nil {
		return nil, err
	}
	known, err := db.Past(account).contactsAt(ctx, a, policies, rules, now)
	if err != nil {
		return nil, err
	}
	weeks := make([]int, n)
	for i := range weeks {
		at := now.AddDate(0, 0, -7*(n-1-i))
		then := slices.Clone(known.contacts)
		for k := range then {
			then[k].Warmth = data.BareWarmth(known.moments[then[k].Contact.ID], then[k].Warmth.Interval, rules, at)
		}
		weeks[i] = -1
		if d := data.StandAccount(data.StandingInput{Contacts: then, Promises: known.promises, Policy: policies[a.Tier], Rules: rules}, at).Dial(data.Quality); d.Known {
			weeks[i] = d.Value
		}
	}
	return weeks, nil
}
