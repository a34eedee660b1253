package store

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"rapport/data"
)

// SettingInsights is what the team assumes where nothing can be counted, JSON.
const SettingInsights = "insights"

// InsightRules are the team's, or the defaults.
func (db *DB) InsightRules(ctx context.Context) (data.InsightRules, error) {
	rules := data.DefaultInsightRules
	s, err := db.Setting(ctx, SettingInsights)
	if err != nil || s == "" {
		return rules, err
	}
	rules, err = fromJSON[data.InsightRules](s)
	return rules, wrapNoun(err, "setting %s", SettingInsights)
}

// PutInsightRules keeps what the team assumes.
func (tx *Tx) PutInsightRules(r data.InsightRules) error {
	if err := r.Check(); err != nil {
		return err
	}
	return tx.PutSetting(SettingInsights, asJSON(r))
}

// InsightsInput gathers what the figures of the whole team are made from, at about
// now; see Standings. now's location decides where days begin. What was bought and
// spent is read alongside how accounts stand, and waited for.
func (db *DB) InsightsInput(ctx context.Context, now time.Time) (in data.InsightsInput, err error) {
	in.Now = now
	money := aside(func() (moneyFacts, error) { return db.readMoneyFacts(ctx, now) })
	bought := aside(func() ([]data.BuyingHistory, error) { return db.buyingHistories(ctx) })
	r := insightReader{ctx: ctx, db: db, now: now}
	all := readAll(&r, func(ctx context.Context) (map[string]AccountStanding, error) { return db.Standings(ctx, now) })
	r.rules(&in)
	r.accounts(&in, all)
	r.parts(&in)
	r.histories(&in)
	spent, err1 := money()
	days, err2 := bought()
	if r.err = cmp.Or(r.err, err1, err2); r.err == nil {
		r.money(&in, spent, days)
	}
	return in, wrapNoun(r.err, "insights")
}

// buyingHistories are those of all accounts, in the team's currency.
func (db *DB) buyingHistories(ctx context.Context) ([]data.BuyingHistory, error) {
	rules, err := db.MoneyRules(ctx)
	if err != nil {
		return nil, err
	}
	return db.BuyingHistories(ctx, rules.Currency)
}

// insightReader reads for all accounts at once. After an error it reads nothing
// more.
type insightReader struct {
	ctx    context.Context
	db     *DB
	now    time.Time
	warmth data.WarmthRules
	place  map[string]int // in InsightsInput.Accounts, by Account.ID
	err    error
}

// readAll calls ask unless something went wrong before.
func readAll[T any](r *insightReader, ask func(context.Context) (T, error)) (v T) {
	if r.err == nil {
		v, r.err = ask(r.ctx)
	}
	return v
}

func (r *insightReader) rules(in *data.InsightsInput) {
	in.Policies = readAll(r, r.db.Policies)
	in.Money = readAll(r, r.db.MoneyRules)
	in.Hours = readAll(r, r.db.TeamHours)
	in.Rules = readAll(r, r.db.InsightRules)
	r.warmth = readAll(r, r.db.WarmthRules)
}

func (r *insightReader) accounts(in *data.InsightsInput, all map[string]AccountStanding) {
	r.place = make(map[string]int, len(all))
	byName := readAll(r, func(ctx context.Context) ([]string, error) {
		return query(ctx, r.db.read, scanString, `SELECT id FROM account ORDER BY name COLLATE NOCASE, id`)
	})
	for _, id := range byName {
		s, ok := all[id]
		if !ok { // entered since
			continue
		}
		r.place[id] = len(in.Accounts)
		in.Accounts = append(in.Accounts, data.InsightAccount{Account: s.Account, Standing: s.AccountStanding, Contacts: s.Contacts, Promises: s.Promises})
	}
}

// at is an account by its ID, nil for one that is not among them.
func (r *insightReader) at(in *data.InsightsInput, account string) *data.InsightAccount {
	i, ok := r.place[account]
	if !ok {
		return nil
	}
	return &in.Accounts[i]
}

// moneyFacts is what all accounts bought and took, and the list it is from.
type moneyFacts struct {
	spent   map[string]spentTwice
	profits map[string]data.Profit
	tickets map[string][]data.Ticket // of the last 12 months
	list    string
	listAt  time.Time
}

func (db *DB) readMoneyFacts(ctx context.Context, now time.Time) (f moneyFacts, err error) {
	r := &insightReader{ctx: ctx, db: db, now: now}
	recent := now.AddDate(0, 0, -data.InsightDays)
	f.spent = readAll(r, func(ctx context.Context) (map[string]spentTwice, error) {
		return db.spentOfAll(ctx, now.AddDate(-1, 0, 1), recent, now)
	})
	f.tickets = readAll(r, func(ctx context.Context) (map[string][]data.Ticket, error) { return db.yearlyTickets(ctx, now) })
	f.profits = readAll(r, func(ctx context.Context) (map[string]data.Profit, error) {
		return db.profitsOf(ctx, f.spent, f.tickets, now)
	})
	type list struct {
		name string
		at   int64
	}
	last := readAll(r, func(ctx context.Context) ([]list, error) {
		return query(ctx, db.read, func(row row) (l list, err error) {
			err = row.Scan(&l.name, &l.at)
			return l, err
		}, `SELECT name, at FROM intake WHERE live = 1 AND id IN (SELECT intake FROM purchase) ORDER BY at DESC, id DESC LIMIT 1`)
	})
	if len(last) > 0 {
		f.list, f.listAt = last[0].name, timeOf(last[0].at)
	}
	return f, r.err
}

// money fills what each account brought and took, and on which days it bought.
func (r *insightReader) money(in *data.InsightsInput, f moneyFacts, bought []data.BuyingHistory) {
	year, before := lastYear(r.now)
	recent := r.now.AddDate(0, 0, -data.InsightDays).Format(time.DateOnly)
	for i := range in.Accounts {
		a := &in.Accounts[i]
		spent := f.spent[a.Account.ID]
		p, ok := f.profits[a.Account.ID]
		if !ok {
			p = data.Profit{From: year, Before: before, Currency: in.Money.Currency, Effort: data.CountEffort(spent.all, nil, in.Money)}
		}
		a.Profit, a.Minutes = p, data.CountEffort(spent.recent, since(f.tickets[a.Account.ID], recent), in.Money).Minutes
	}
	for _, h := range bought {
		if a := r.at(in, h.Account); a != nil {
			a.Bought = h.Days
		}
	}
	in.ListName, in.ListAt = f.list, f.listAt
}

// everyPart are all parts of a kind.
func everyPart[T data.Part](r *insightReader, open bool) []T {
	return readAll(r, func(ctx context.Context) ([]T, error) { return Parts[T](ctx, r.db, PartQuery{Open: open}) })
}

func (r *insightReader) parts(in *data.InsightsInput) {
	for _, p := range everyPart[data.Preference](r, true) {
		if a := r.at(in, p.Account); a != nil {
			a.Preferences = append(a.Preferences, p)
		}
	}
	for _, p := range everyPart[data.Plan](r, false) {
		if a := r.at(in, p.Account); a != nil {
			a.Plan = p
		}
	}
	for _, p := range everyPart[data.Risk](r, true) {
		if a := r.at(in, p.Account); a != nil {
			a.Risks = append(a.Risks, p)
		}
	}
	for _, p := range everyPart[data.Whitespace](r, false) {
		if a := r.at(in, p.Account); a != nil && p.With == data.WithUs && p.Ends != "" {
			a.Spaces = append(a.Spaces, p)
		}
	}
	r.leavers(in)
	in.Foresights = everyPart[data.Foresight](r, false)
}

// leavers fills who left each account within a year.
func (r *insightReader) leavers(in *data.InsightsInput) {
	since := r.now.AddDate(-1, 0, 0).Format(time.DateOnly)
	ended := slices.DeleteFunc(everyPart[data.Affiliation](r, false), func(a data.Affiliation) bool {
		return a.Account == "" || a.Until == "" || a.Until < since || a.Until > r.now.Format(time.DateOnly)
	})
	if len(ended) == 0 {
		return
	}
	roles := map[string][]data.Role{}
	for _, s := range everyPart[data.Stakeholder](r, false) {
		roles[s.Contact] = s.Roles
	}
	people := map[string]data.Contact{}
	for _, c := range readAll(r, func(ctx context.Context) ([]data.Contact, error) { return r.db.Contacts(ctx, "") }) {
		people[c.ID] = c
	}
	for _, e := range ended {
		a, who := r.at(in, e.Account), people[e.Contact]
		if a != nil && who.ID != "" && who.AccountID != e.Account {
			a.Left = append(a.Left, data.Leaver{Contact: who, On: e.Until, Roles: roles[e.Contact], Part: e.ID})
		}
	}
}

// histories fills on which days people spoke with us, how warm they were 90 days
// ago and the velocity of each account.
func (r *insightReader) histories(in *data.InsightsInput) {
	before := r.now.AddDate(0, 0, -data.VelocityDays)
	promises := map[string][]data.Promise{}
	for _, p := range everyPart[data.Promise](r, false) {
		if was, ok := promiseThen(p, before); ok {
			promises[p.Account] = append(promises[p.Account], was)
		}
	}
	if r.err != nil {
		return
	}
	w := &r.db.warmth
	w.mu.Lock()
	defer w.mu.Unlock()
	onAllCores(len(in.Accounts), func() func(int) {
		var then []data.ContactStanding
		var past []data.Moment
		return func(i int) {
			a := &in.Accounts[i]
			a.Contacts = slices.Clone(a.Contacts) // they are the standings' own
			a.Spoke = make(map[string][]int, len(a.Contacts))
			then = append(then[:0], a.Contacts...)
			for k := range a.Contacts {
				c := &a.Contacts[k]
				then[k].Warmth = data.Warmth{Band: data.NeverSpoke}
				if c.Stakeholder.RecordedAt.After(before) {
					then[k].Stakeholder = data.Stakeholder{}
				}
				if entry := w.contacts[c.Contact.ID]; entry != nil {
					past = entry.until(before, w.threads, past)
					c.Was = entry.warmthBefore(r.intervalThen(in, a, *c, past, before), r.warmth, past, before)
					then[k].Warmth = c.Was
					a.Spoke[c.Contact.ID] = entry.spokeDays(r.now)
				}
			}
			a.Standing = a.Standing.WithVelocity(data.StandingInput{Contacts: a.Contacts, Before: then, PromisesBefore: promises[a.Account.ID]}, r.now)
		}
	})
}

// intervalThen is the rhythm that a contact had at a moment, after what had happened
// by then and as far as its preferences were known.
func (r *insightReader) intervalThen(in *data.InsightsInput, a *data.InsightAccount, c data.ContactStanding, past []data.Moment, at time.Time) data.Interval {
	known := slices.DeleteFunc(data.PreferencesOf(a.Preferences, c.Contact), func(p data.Preference) bool { return p.RecordedAt.After(at) })
	if len(known) == 0 && in.Policies[a.Account.Tier].Every > 0 {
		return data.Interval{Days: in.Policies[a.Account.Tier].Every, From: data.OfTier}
	}
	return data.IntervalOf(known, a.Account.Tier, in.Policies, past)
}

// promiseThen is a promise as it was at a moment; ok is false where it was not
// made yet, or not open any more.
func promiseThen(p data.Promise, at time.Time) (was data.Promise, ok bool) {
	day := at.Format(time.DateOnly)
	if p.RecordedAt.After(at) || p.Kept != "" && p.Kept <= day || p.Dropped != "" && p.Dropped <= day {
		return p, false
	}
	p.Kept, p.Dropped = "", ""
	return p, true
}

// wasKept is for how long the warmth of 90 days ago is taken as it was made.
const wasKept = time.Hour

// until is what had happened by a moment, written over room.
func (c *contactWarmth) until(at time.Time, threads threadNames, room []data.Moment) []data.Moment {
	list := room[:0]
	for _, m := range c.moments {
		if m.at <= at.Unix() {
			list = append(list, m.long(threads))
		}
	}
	return list
}

// warmthBefore is how warm a contact was at a moment that has been, after what had
// happened by then.
func (c *contactWarmth) warmthBefore(every data.Interval, rules data.WarmthRules, past []data.Moment, at time.Time) data.Warmth {
	if age := at.Sub(c.wasAt); c.wasAt.IsZero() || age < 0 || age >= wasKept || c.was.Interval != every || c.wasRules != rules {
		c.was = data.BareWarmth(past, every, rules, at) // see warmContacts
		c.wasAt, c.wasRules = at, rules
	}
	return c.was
}

// spokeDays are the days of the last two years on which a contact and we were in
// touch, where now is, ascending.
func (c *contactWarmth) spokeDays(now time.Time) []int {
	since, until := now.AddDate(-2, 0, 0).Unix(), now.Unix()
	var days []int
	for _, m := range c.moments {
		if m.at < since || m.at > until {
			continue
		}
		if (data.Moment{Kind: kindCodes[m.kind], Side: sideCodes[m.side], Copied: m.copied}).TwoWay() {
			days = append(days, data.DayOf(time.Unix(m.at, 0), now.Location()))
		}
	}
	slices.Sort(days)
	return slices.Compact(days)
}

// ticketsOfAll are the tickets opened from one date to before another, by
// Account.ID.
func (db *DB) ticketsOfAll(ctx context.Context, from, before string) (map[string][]data.Ticket, error) {
	list, err := query(ctx, db.sweep, scanTicket, `
		SELECT `+ticketColumns+` FROM ticket t WHERE opened >= ? AND opened < ? AND `+lastOf("ticket")+` ORDER BY opened, n`, from, before)
	return byAccount(list, func(t data.Ticket) string { return t.Account }), wrapNoun(err, "tickets")
}

// purchasesOfAll are the purchases from one date to before another, by Account.ID.
func (db *DB) purchasesOfAll(ctx context.Context, from, before string) (map[string][]data.Purchase, error) {
	list, err := query(ctx, db.sweep, scanPurchase, `
		SELECT `+purchaseColumns+` FROM purchase t WHERE day >= ? AND day < ? AND `+lastOf("purchase")+` ORDER BY day, n`, from, before)
	return byAccount(list, func(p data.Purchase) string { return p.Account }), wrapNoun(err, "purchases")
}

func byAccount[T any](list []T, account func(T) string) map[string][]T {
	all := map[string][]T{}
	for _, one := range list {
		all[account(one)] = append(all[account(one)], one)
	}
	return all
}

// lastYear are the dates of the last 12 months: from one to before another.
func lastYear(now time.Time) (from, before string) {
	return now.AddDate(-1, 0, 1).Format(time.DateOnly), now.AddDate(0, 0, 1).Format(time.DateOnly)
}

// yearlyTickets are the tickets opened in the last 12 months, by Account.ID.
func (db *DB) yearlyTickets(ctx context.Context, now time.Time) (map[string][]data.Ticket, error) {
	from, before := lastYear(now)
	return db.ticketsOfAll(ctx, from, before)
}

// since are those of an account's tickets that were opened on a date or later; they
// are in the order in which they were.
func since(tickets []data.Ticket, date string) []data.Ticket {
	first, _ := slices.BinarySearchFunc(tickets, date, func(t data.Ticket, date string) int { return strings.Compare(t.Opened, date) })
	return tickets[first:]
}

// yearlyProfits are the profits of the last 12 months of the accounts that bought
// anything ever.
func (db *DB) yearlyProfits(ctx context.Context, now time.Time) (map[string]data.Profit, error) {
	spent, err := db.spentOfAll(ctx, now.AddDate(-1, 0, 1), now, now)
	if err != nil {
		return nil, err
	}
	tickets, err := db.yearlyTickets(ctx, now)
	if err != nil {
		return nil, err
	}
	return db.profitsOf(ctx, spent, tickets, now)
}

// profitsOf are yearlyProfits with what was spent and opened in that time.
func (db *DB) profitsOf(ctx context.Context, spent map[string]spentTwice, tickets map[string][]data.Ticket, now time.Time) (map[string]data.Profit, error) {
	rules, err := db.MoneyRules(ctx)
	if err != nil {
		return nil, err
	}
	from, before := lastYear(now)
	bought, err := db.purchasesOfAll(ctx, from, before)
	if err != nil {
		return nil, err
	}
	ids, err := query(ctx, db.read, scanString, `SELECT DISTINCT account_id FROM purchase WHERE account_id <> ''`)
	all := make(map[string]data.Profit, len(ids))
	for _, id := range ids {
		all[id] = data.ProfitIn(bought[id], data.CountEffort(spent[id].all, tickets[id], rules), rules, from, before)
	}
	return all, err
}

// spentTwice is what happened with an account in a span of time, and in the last
// part of it.
type spentTwice struct{ all, recent []data.Spent }

// spentOfAll is Spent for every account, by Account.ID, with what of it happened
// since a moment in between.
func (db *DB) spentOfAll(ctx context.Context, from, since, before time.Time) (map[string]spentTwice, error) {
	spent := map[string]spentTwice{}
	_, err := query(ctx, db.sweep, func(r row) (struct{}, error) {
		var account string
		var packed *string
		var out, in, outSince, inSince int
		if err := r.Scan(&account, &out, &in, &outSince, &inSince, &packed); err != nil {
			return struct{}{}, err
		}
		one := spentTwice{all: mailsSpent(out, in), recent: mailsSpent(outSince, inSince)}
		if packed != nil {
			if err := one.unpack(*packed); err != nil {
				return struct{}{}, err
			}
		}
		spent[account] = one
		return struct{}{}, nil
	}, `
		SELECT m.account_id, sum(m.mail = ?4), sum(m.mail = ?5), sum(m.mail = ?4 AND m.at >= ?2), sum(m.mail = ?5 AND m.at >= ?2),
			group_concat(CASE WHEN m.mail = 0 THEN (
				SELECT i.kind || ' ' || i.direction || ' ' || iif(i.all_day, 0, i.minutes) || ' ' || (`+oursThere+`) || ' ' || (m.at >= ?2)
				FROM interaction i WHERE i.n = m.interaction_n AND i.kind <> 'mail' AND `+spentCounts+`) END)
		FROM match m WHERE m.at >= ?1 AND m.at < ?3 GROUP BY m.account_id`, from.Unix(), since.Unix(), before.Unix(), mailWritten, mailRead)
	return spent, err
}

func mailsSpent(out, in int) (list []data.Spent) {
	for _, s := range []data.Spent{{Kind: data.Mail, Direction: data.Out, Times: out}, {Kind: data.Mail, Direction: data.In, Times: in}} {
		if s.Times > 0 {
			list = append(list, s)
		}
	}
	return list
}

// unpack adds what was no mail: kind, direction, minutes, how many of us, and
// whether it was recent.
func (s *spentTwice) unpack(packed string) error {
	for line := range strings.SplitSeq(packed, ",") {
		f := strings.Fields(line)
		minutes, err := strconv.Atoi(f[2])
		if err != nil {
			return err
		}
		ours, err := strconv.Atoi(f[3])
		if err != nil {
			return err
		}
		one := data.Spent{Kind: data.Kind(f[0]), Direction: data.Direction(f[1]), Minutes: minutes, Ours: ours, Times: 1}
		s.all = append(s.all, one)
		if f[4] == "1" {
			s.recent = append(s.recent, one)
		}
	}
	return nil
}
