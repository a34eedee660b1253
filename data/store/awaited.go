package store

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"rapport/data"
	"rapport/data/listen"
)

// Awaited returns the conversations in which somebody owes us the next answer;
// the newest mail first. An empty account means all that are not archived.
func (db *DB) Awaited(ctx context.Context, account string, now time.Time) ([]data.Waiting, error) {
	var list []data.Waiting
	err := db.withAwaited(ctx, now, func(c *awaitedCache, q asker) (err error) {
		list, err = c.awaited(ctx, q, account, now)
		return err
	})
	newestFirst(list)
	return list, wrapNoun(err, "waiting")
}

// withAwaited asks with what is known of conversations brought up to now.
func (db *DB) withAwaited(ctx context.Context, now time.Time, ask func(*awaitedCache, asker) error) error {
	c := &db.awaited
	c.making.Lock()
	defer c.making.Unlock()
	if c.at.Sub(now) > time.Hour {
		c = &awaitedCache{} // who looks back leaves what is known of today
	}
	db.warmth.want()
	stale, forgot := c.take() // before anything is read: what is written from here on is stale the next time
	refreshed := false
	err := db.inReader(ctx, func(tx *Tx) error {
		if err := c.refresh(ctx, tx.sql, stale, forgot, now); err != nil {
			return err
		}
		refreshed = true
		return ask(c, tx.sql)
	})
	if !refreshed { // a question that was given up, as one is when another is asked
		c.drop(stale, touchedHistory{})
		if forgot {
			c.forget()
		}
	}
	return err
}

// theyOwe says whether somebody who is not one of us owes the next answer.
func theyOwe(o data.Owed) bool { return o.By != data.Us && o.By != "" }

// awaitedCache holds what the mails of the last days' conversations say about who
// owes us an answer, and how long each account usually takes, so that a write costs
// the conversations and the accounts that it touched. Meetings, accounts and reasons
// are read for those alone in which somebody owes us.
type awaitedCache struct {
	making sync.Mutex // one asking at a time; it guards what follows
	talks  map[string]knownTalk
	thread map[int64]string // of the mails in talks, by interaction.n
	at     time.Time        // as of which they were read
	usual  map[string]time.Duration
	slower map[string][]listen.Slowing // who of an account answers more slowly
	day    time.Time                   // from which on usual and slower count

	mu     sync.Mutex
	stale  touchedMails
	forgot bool // all is to be read again
}

// knownTalk is a conversation that was read.
type knownTalk struct {
	mails []int64 // interaction.n of all in it
	// talk is nil where nobody owes us by what its mails say, and else who does.
	talk *talk
	who  data.Participant
}

// touchedMails are mails whose words, filing or marks a write made others.
type touchedMails struct {
	interactions, messages map[int64]bool
	accounts               map[string]bool // on whose timelines they were before
}

func newTouchedMails() touchedMails {
	return touchedMails{interactions: map[int64]bool{}, messages: map[int64]bool{}, accounts: map[string]bool{}}
}

// touchedFiling notes an entry whose accounts change, with those that it has so far.
func (tx *Tx) touchedFiling(interaction int64) error {
	if !tx.noted {
		return nil
	}
	tx.mails.interactions[interaction] = true
	list, err := query(tx.ctx, prepared{tx}, scanString, `SELECT account_id FROM match WHERE interaction_n = ?`, interaction)
	for _, a := range list {
		tx.mails.accounts[a] = true
	}
	return err
}

// touchedPlace notes the mail whose marks at a place change.
func (tx *Tx) touchedPlace(l data.Location) error {
	if !tx.noted {
		return nil
	}
	n, err := one(tx.ctx, prepared{tx}, scanInt64, `
		SELECT message_n FROM location WHERE mailbox_id = ? AND folder = ? AND uidvalidity = ? AND uid = ?`, l.Mailbox, l.Folder, l.UIDValidity, l.UID)
	if err == nil {
		tx.mails.messages[n] = true
	}
	return noRows(err)
}

// drop marks what is another now.
func (c *awaitedCache) drop(t touchedMails, h touchedHistory) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.stale.interactions == nil {
		c.stale = newTouchedMails()
	}
	maps.Copy(c.stale.interactions, h.interactions)
	maps.Copy(c.stale.interactions, t.interactions)
	maps.Copy(c.stale.messages, t.messages)
	maps.Copy(c.stale.accounts, t.accounts)
}

func (c *awaitedCache) forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.forgot = true
}

// take returns what is stale, and begins to note anew.
func (c *awaitedCache) take() (stale touchedMails, forgot bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	stale, forgot = c.stale, c.forgot
	c.stale, c.forgot = newTouchedMails(), false
	return stale, forgot
}

// awaited is Awaited in any order.
func (c *awaitedCache) awaited(ctx context.Context, q asker, account string, now time.Time) ([]data.Waiting, error) {
	threads, err := threadsOf(ctx, q, account, now, false)
	if err != nil {
		return nil, err
	}
	if err := c.read(ctx, q, threads, now); err != nil {
		return nil, err
	}
	var open []knownTalk
	for _, t := range threads {
		if k := c.talks[t]; k.talk != nil {
			open = append(open, k)
		}
	}
	if account == "" {
		c.leave(threads)
	}
	list, err := placeAwaited(ctx, q, account, open, now)
	if err != nil {
		return nil, err
	}
	return list, c.fillUsual(ctx, q, list, now)
}

// refresh lets go of what a write or the passing of time made another.
func (c *awaitedCache) refresh(ctx context.Context, q asker, stale touchedMails, forgot bool, now time.Time) error {
	day := usualFrom(now)
	if c.talks == nil || forgot {
		c.talks, c.thread, c.at = map[string]knownTalk{}, map[int64]string{}, now
		c.usual, c.slower, c.day = map[string]time.Duration{}, map[string][]listen.Slowing{}, day
		return nil
	}
	if !c.day.Equal(day) {
		c.usual, c.slower, c.day = map[string]time.Duration{}, map[string][]listen.Slowing{}, day
	}
	before := c.at.Unix()
	passed, err := query(ctx, q, scanInt64, `SELECT n FROM interaction WHERE at > min(?1, ?2) AND at <= max(?1, ?2) AND kind = 'mail'`, before, now.Unix())
	if err != nil {
		return err
	}
	c.at = now
	for _, n := range passed { // dated ahead of then, or of now
		stale.interactions[n] = true
	}
	return c.leaveStale(ctx, q, stale)
}

// leaveStale lets go of the conversations and accounts that a write touched: as
// they were before it and as they are now.
func (c *awaitedCache) leaveStale(ctx context.Context, q asker, stale touchedMails) error {
	if len(stale.messages) > 0 {
		of, err := query(ctx, q, scanInt64, `SELECT interaction_n FROM message WHERE n IN (SELECT value FROM json_each(?))`, listJSON(slices.Sorted(maps.Keys(stale.messages))))
		if err != nil {
			return err
		}
		for _, n := range of {
			stale.interactions[n] = true
		}
	}
	if len(stale.interactions) == 0 {
		return nil
	}
	touched := slices.Sorted(maps.Keys(stale.interactions))
	threads, err := query(ctx, q, scanString, `SELECT DISTINCT thread FROM interaction WHERE n IN (SELECT value FROM json_each(?))`, listJSON(touched))
	if err != nil {
		return err
	}
	accounts, err := query(ctx, q, scanString, `SELECT DISTINCT account_id FROM match WHERE interaction_n IN (SELECT value FROM json_each(?))`, listJSON(touched))
	if err != nil {
		return err
	}
	for _, n := range touched {
		threads = append(threads, c.thread[n])
	}
	for _, t := range threads {
		c.leaveTalk(t)
	}
	for _, a := range append(accounts, slices.Collect(maps.Keys(stale.accounts))...) {
		delete(c.usual, a)
		delete(c.slower, a)
	}
	return nil
}

func (c *awaitedCache) leaveTalk(thread string) {
	for _, n := range c.talks[thread].mails {
		delete(c.thread, n)
	}
	delete(c.talks, thread)
}

// leave lets go of all conversations but those of the last days.
func (c *awaitedCache) leave(all []string) {
	if len(all) == len(c.talks) {
		return
	}
	lately := make(map[string]bool, len(all))
	for _, t := range all {
		lately[t] = true
	}
	for t := range c.talks {
		if !lately[t] {
			c.leaveTalk(t)
		}
	}
}

// read reads the conversations that are not known.
func (c *awaitedCache) read(ctx context.Context, q asker, threads []string, now time.Time) error {
	missing := slices.DeleteFunc(slices.Clone(threads), func(t string) bool { _, known := c.talks[t]; return known })
	talks, err := talksOf(ctx, q, missing, now)
	if err != nil {
		return err
	}
	for i, t := range talks {
		k := knownTalk{mails: slices.Collect(maps.Values(t.numbers))}
		if t.endsWithUs() {
			if err := t.readOwn(ctx, q); err != nil {
				return err
			}
			if o := data.WhoOwes(t.Talk, now); theyOwe(o) {
				k.talk, k.who = t, o.Person
			}
		}
		c.talks[missing[i]] = k
		for _, n := range k.mails {
			c.thread[n] = missing[i]
		}
	}
	return nil
}

// placeAwaited leaves out those who met us since, and says on whose timeline each
// conversation is, and why.
func placeAwaited(ctx context.Context, q asker, account string, talks []knownTalk, now time.Time) (list []data.Waiting, err error) {
	met, err := metLately(ctx, q, now)
	if err != nil {
		return nil, err
	}
	var accounts []string
	var asked []int64
	for _, t := range talks {
		known := t.talk.Talk
		known.Met = met.with(t.who)
		o := data.WhoOwes(known, now)
		if !theyOwe(o) || now.Sub(o.Interaction.At) > waitingDays*24*time.Hour {
			continue
		}
		n := t.talk.numbers[o.Interaction.ID]
		at := t.talk.on(n, account)
		if at == "" {
			continue
		}
		accounts, asked = append(accounts, at), append(asked, n)
		list = append(list, data.Waiting{Owed: o, Account: data.Account{ID: at}})
	}
	found, err := accountsByID(ctx, q, accounts)
	if err != nil {
		return nil, err
	}
	reasons, err := reasonsOf(ctx, q, asked)
	if err != nil {
		return nil, err
	}
	for i := range list {
		w := &list[i]
		w.Interaction.Account, w.Account = w.Account.ID, found[w.Account.ID]
		w.Interaction.Reason = reasons[filedOn{asked[i], w.Interaction.Account}]
	}
	if account == "" {
		list = slices.DeleteFunc(list, func(w data.Waiting) bool { return w.Account.Archived != "" })
	}
	return list, nil
}

// metWhom are meetings, calls and visits by who took part, by address and by
// Contact.ID.
type metWhom struct{ email, contact map[string][]data.Interaction }

func (m metWhom) with(p data.Participant) []data.Interaction {
	return slices.Concat(m.email[p.Email], m.contact[p.Contact])
}

// metLately are those of the days in which a mail waits.
func metLately(ctx context.Context, q asker, now time.Time) (metWhom, error) {
	met := metWhom{map[string][]data.Interaction{}, map[string][]data.Interaction{}}
	list, err := query(ctx, q, scanPlaced(), `
		SELECT `+interactionColumns+` FROM interaction i
		WHERE i.at > ? AND i.at <= ? AND i.kind IN ('meeting', 'call', 'visit') AND i.cancelled = 0`, now.AddDate(0, 0, -waitingDays-1).Unix(), now.Unix())
	if err == nil {
		err = fillPeople(ctx, q, list)
	}
	for _, i := range list {
		for _, p := range i.People {
			if p.Email != "" {
				met.email[p.Email] = append(met.email[p.Email], i.Interaction)
			}
			if p.Contact != "" {
				met.contact[p.Contact] = append(met.contact[p.Contact], i.Interaction)
			}
		}
	}
	return met, err
}

func accountsByID(ctx context.Context, q asker, ids []string) (map[string]data.Account, error) {
	list, err := query(ctx, q, scanAccount, `SELECT `+accountColumns+` FROM account WHERE id IN (SELECT value FROM json_each(?))`, listJSON(ids))
	found := make(map[string]data.Account, len(list))
	for _, a := range list {
		found[a.ID] = a
	}
	return found, err
}

// filedOn is an entry on the timeline of an account.
type filedOn struct {
	n       int64
	account string
}

// reasonsOf are why entries are on their timelines.
func reasonsOf(ctx context.Context, q asker, entries []int64) (map[filedOn]string, error) {
	reasons := map[filedOn]string{}
	_, err := query(ctx, q, func(r row) (struct{}, error) {
		var on filedOn
		var why string
		err := r.Scan(&on.n, &on.account, &why)
		reasons[on] = why
		return struct{}{}, err
	}, `SELECT interaction_n, account_id, reason FROM match WHERE interaction_n IN (SELECT value FROM json_each(?))`, listJSON(entries))
	return reasons, err
}

// fillUsual says how long who owes takes to answer in each account.
func (c *awaitedCache) fillUsual(ctx context.Context, q asker, list []data.Waiting, now time.Time) error {
	for i := range list {
		id := list[i].Interaction.Account
		usual, known := c.usual[id]
		if !known {
			turns, err := turnsOf(ctx, q, id, now)
			if err != nil {
				return err
			}
			usual = data.UsualAnswer(turns, false)
			c.usual[id] = usual
		}
		list[i].Usual = usual
	}
	return nil
}
