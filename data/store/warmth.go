package store

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"sync"
	"time"

	"rapport/data"
)

// warmthCache holds what the warmth of every contact is made from, and what it
// came to, so that a list of all accounts need not read all that ever happened.
// After a write the interactions it touched are read again; after one of another
// process all are.
type warmthCache struct {
	reading sync.Mutex // one reading at a time

	mu       sync.Mutex
	wanted   bool                      // somebody asked, so writes say what they touch
	contacts map[string]*contactWarmth // nil while nothing was read
	stale    touchedHistory            // since they were read
	forgot   int                       // how often all was to be let go of
	again    bool                      // contacts may be older than what is there: all is read the next time
	ours     ourPeople
	threads  threadNames

	habit      data.Habit // of all contacts
	knowsHabit bool       // there was enough to fit it to
	fitted     time.Time  // zero for not yet
}

type contactWarmth struct {
	moments []shortMoment
	warmth  data.Warmth
	at      time.Time // when warmth was made; zero for not yet
	under   string    // the rules and the rhythm that it was made under

	was      data.Warmth // at wasAt, under wasRules
	wasAt    time.Time   // zero for not yet
	wasRules data.WarmthRules

	stage      data.TrustStage
	stageAt    time.Time // when stage was made; zero for not yet
	stageSigns string    // the signs of trust that it was made with
}

// touchedHistory is what of the past a write made another.
type touchedHistory struct {
	interactions map[int64]bool
	contacts     map[string]bool // who has or had a part in them
}

func newTouchedHistory() touchedHistory {
	return touchedHistory{interactions: map[int64]bool{}, contacts: map[string]bool{}}
}

func (t *touchedHistory) add(other touchedHistory) {
	if t.interactions == nil {
		*t = newTouchedHistory()
	}
	maps.Copy(t.interactions, other.interactions)
	maps.Copy(t.contacts, other.contacts)
}

// shortMoment is a moment in few bytes, none of which points anywhere: a workspace
// has hundreds of thousands.
type shortMoment struct {
	at     int64
	n      int64 // interaction.n
	thread int32 // by threadNames
	ours   int32 // who of us had a part in it, by ourPeople
	kind   kindCode
	side   sideCode
	copied bool
}

type (
	kindCode uint8
	sideCode uint8
)

var (
	kindCodes = []data.Kind{data.Mail, data.Meet, data.Call, data.Visit, data.Note, data.Press}
	sideCodes = []data.Side{"", data.Us, data.Customer, data.Partner}
)

func (s shortMoment) long(threads threadNames) data.Moment {
	return data.Moment{At: time.Unix(s.at, 0).UTC(), Kind: kindCodes[s.kind], Side: sideCodes[s.side], Copied: s.copied, Thread: threads[s.thread]}
}

// history is what happened with a contact, without the interactions' IDs. It is
// written over room, which may be nil.
func (c *contactWarmth) history(threads threadNames, room []data.Moment) []data.Moment {
	list := room[:0]
	for _, m := range c.moments {
		list = append(list, m.long(threads))
	}
	return list
}

// drop marks histories that are others now.
func (w *warmthCache) drop(t touchedHistory) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.wanted {
		w.stale.add(t)
	}
}

// forget lets go of all.
func (w *warmthCache) forget() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.contacts, w.threads = nil, nil
	w.forgot++
}

// want asks writes to say what they touch.
func (w *warmthCache) want() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.wanted = true
}

// isWanted says whether anybody needs to hear what a write touches.
func (w *warmthCache) isWanted() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.wanted
}

// touchedHistory notes an interaction that changes, with its contacts so far.
func (tx *Tx) touchedHistory(interaction int64) error {
	if !tx.noted {
		return nil
	}
	tx.history.interactions[interaction] = true
	list, err := query(tx.ctx, prepared{tx}, scanString, `SELECT contact_id FROM participant WHERE interaction_n = ? AND contact_id <> ''`, interaction)
	for _, c := range list {
		tx.history.contacts[c] = true
	}
	if err != nil {
		return err
	}
	return tx.touchedFiling(interaction)
}

// touchedThread notes the interactions of a conversation, which gets another name.
func (tx *Tx) touchedThread(thread string) error {
	if !tx.noted {
		return nil
	}
	list, err := query(tx.ctx, prepared{tx}, scanInt64, `SELECT n FROM interaction WHERE thread = ? AND thread <> ''`, thread)
	for _, n := range list {
		if err := tx.touchedHistory(n); err != nil {
			return err
		}
	}
	return err
}

// warmContact is what a contact's warmth needs to know beside its history.
type warmContact struct {
	id          string
	tier        data.Tier
	preferences []data.Preference
}

// warmthTerms are the team's rules and the plans of its tiers.
type warmthTerms struct {
	rules    data.WarmthRules
	policies map[data.Tier]data.Policy
	words    string // of the rules: others make another warmth
}

func (db *DB) warmthTerms(ctx context.Context) (t warmthTerms, err error) {
	if t.rules, err = db.WarmthRules(ctx); err != nil {
		return t, err
	}
	t.words = fmt.Sprint(t.rules)
	t.policies, err = db.Policies(ctx)
	return t, err
}

func (t warmthTerms) same(other warmthTerms) bool {
	return t.rules == other.rules && asJSON(t.policies) == asJSON(other.policies)
}

// warmContact makes the warmth of a contact, as it is within the hour of now, and
// who of us was in touch with it in the last year. The histories must have been
// read, and w's lock must be held. room is written over and may grow.
func (w *warmthCache) warmContact(c warmContact, in warmthTerms, now time.Time, room *[]data.Moment) data.ContactStanding {
	entry := w.contacts[c.id]
	if entry == nil {
		return data.ContactStanding{Warmth: data.Warmth{Band: data.NeverSpoke}}
	}
	under := in.words + strconv.Itoa(in.policies[c.tier].Every)
	if len(c.preferences) > 0 {
		under += asJSON(c.preferences)
	}
	if age := now.Sub(entry.at); entry.at.IsZero() || age < 0 || age >= time.Hour || entry.under != under {
		*room = entry.history(w.threads, *room)
		// Receipts would name nothing without IDs; who wants them asks for the contact.
		entry.warmth = data.BareWarmth(*room, data.IntervalOf(c.preferences, c.tier, in.policies, *room), in.rules, now)
		entry.at, entry.under = now, under
	}
	return data.ContactStanding{Warmth: entry.warmth, Knows: w.ours.know(entry.moments, now)}
}

// readings is how often warmth is read at most where all of it is to be let go of
// while it is read.
const readings = 3

// fillWarmth reads the histories that are not there: of all contacts the first
// time, then of the interactions that a write has touched. What a write that nobody
// could hear of changed meanwhile is read once more.
func (db *DB) fillWarmth(ctx context.Context) error {
	w := &db.warmth
	w.reading.Lock()
	defer w.reading.Unlock()
	for try := 1; ; try++ {
		kept, err := db.readWarmth(ctx, try >= readings)
		if err != nil || kept {
			return wrapNoun(err, "warmth")
		}
	}
}

// readWarmth reads what is not there, and says whether it was kept; last keeps it in
// any case, for this once.
func (db *DB) readWarmth(ctx context.Context, last bool) (kept bool, err error) {
	w := &db.warmth
	w.mu.Lock()
	w.wanted = true
	full, stale, forgot := w.contacts != nil && !w.again, w.stale, w.forgot
	w.stale = newTouchedHistory() // what is touched from here on is read the next time
	if !full {
		w.ours = ourPeople{}
	}
	w.mu.Unlock()
	if full && len(stale.interactions) == 0 {
		return true, nil
	}
	read := momentReader{ours: &w.ours, lock: &w.mu, contacts: map[string]*contactWarmth{}}
	from := db.sweep
	if full {
		from = db.read
	}
	if err = read.from(ctx, from, full, stale); err != nil {
		w.drop(stale)
		return false, err
	}
	return w.keep(&read, full, stale, forgot, last), nil
}

// keep keeps what was read since it was forgotten so many times, unless it was to be
// let go of meanwhile: that may be older than what is there now.
func (w *warmthCache) keep(read *momentReader, full bool, stale touchedHistory, forgot int, last bool) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	same := w.forgot == forgot
	switch {
	case full && same:
		w.mend(stale, read)
	case !full && (same || last):
		w.contacts, w.threads, w.again = read.contacts, read.threads, !same
	}
	return same || last && !full
}

// mend puts what was read again of some interactions in the place of what was
// known of them.
func (w *warmthCache) mend(stale touchedHistory, read *momentReader) {
	for c := range read.contacts {
		stale.contacts[c] = true
	}
	named := int32(len(w.threads))
	w.threads = append(w.threads, read.threads...)
	for c := range stale.contacts {
		var moments []shortMoment
		if was := w.contacts[c]; was != nil {
			moments = slices.DeleteFunc(slices.Clone(was.moments), func(m shortMoment) bool { return stale.interactions[m.n] })
		}
		if now := read.contacts[c]; now != nil {
			for _, m := range now.moments {
				m.thread += named
				moments = append(moments, m)
			}
		}
		if len(moments) == 0 {
			delete(w.contacts, c)
		} else {
			w.contacts[c] = &contactWarmth{moments: moments}
		}
	}
}

// Alive is how probable it is that the relation with a contact goes on; false
// where too little is known of them or of all. The habit is fitted to all
// contacts, at most once a day.
func (db *DB) Alive(ctx context.Context, contact string, now time.Time) (data.Alive, bool, error) {
	if err := db.fillWarmth(ctx); err != nil {
		return data.Alive{}, false, err
	}
	w := &db.warmth
	w.mu.Lock()
	defer w.mu.Unlock()
	entry := w.contacts[contact]
	if entry == nil {
		return data.Alive{}, false, nil
	}
	if age := now.Sub(w.fitted); w.fitted.IsZero() || age < 0 || age > 24*time.Hour {
		histories := make(map[string][]data.Moment, len(w.contacts))
		for id, c := range w.contacts {
			histories[id] = c.history(w.threads, nil)
		}
		w.habit, w.knowsHabit = data.FitHabit(histories, now)
		w.fitted = now
	}
	if !w.knowsHabit {
		return data.Alive{}, false, nil
	}
	a, ok := w.habit.AliveOf(entry.history(w.threads, nil), now)
	return a, ok, nil
}
