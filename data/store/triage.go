package store

import (
	"context"
	"slices"
	"strconv"
	"time"

	"rapport/data"
)

// Policies are the team's plans by tier, or the defaults for those that it has
// not decided. The rhythm is theirs.
func (db *DB) Policies(ctx context.Context) (map[data.Tier]data.Policy, error) {
	own, err := Parts[data.Policy](ctx, db, PartQuery{})
	return data.PoliciesOf(own), err
}

// Rhythm returns the team's rhythm by tier, as its policies say.
func (db *DB) Rhythm(ctx context.Context) (data.Rhythm, error) {
	policies, err := db.Policies(ctx)
	return data.RhythmOf(policies), err
}

// PutPolicy keeps the plan of a tier, in the place of the one that was.
func (tx *Tx) PutPolicy(p data.Policy) error {
	p.ID = data.PolicyID(p.Tier)
	_, err := PutPart(tx, p)
	return err
}

// TeamHours are the hours a year that the team has for its customers, 0 where
// nobody said.
func (db *DB) TeamHours(ctx context.Context) (int, error) {
	s, err := db.Setting(ctx, SettingTeamHours)
	if err != nil || s == "" {
		return 0, err
	}
	n, err := strconv.Atoi(s)
	return n, wrapNoun(err, "setting %s", SettingTeamHours)
}

// PutTeamHours makes the setting; 0 takes it back.
func (tx *Tx) PutTeamHours(n int) error {
	if n == 0 {
		return tx.PutSetting(SettingTeamHours, "")
	}
	return tx.PutSetting(SettingTeamHours, strconv.Itoa(n))
}

// TriageInput is all that sorting accounts into tiers looks at.
type TriageInput struct {
	Accounts []data.Account // all that are not archived, by name
	Inputs   []data.TriageInput
	Criteria []data.Criterion
	Policies map[data.Tier]data.Policy
	Hours    int // a year, 0 where nobody said
}

// Propose is the tiers that the criteria propose, most points first.
func (in TriageInput) Propose() []data.Triage {
	return data.ProposeTiers(in.Inputs, in.Criteria, data.DefaultTierLimits)
}

// Capacity is what the tiers ask for, as they are or as chosen by Account.ID.
func (in TriageInput) Capacity(choice map[string]data.Tier) data.Capacity {
	return data.CheckCapacity(data.TierCounts(in.Accounts, choice), in.Policies, in.Hours*60)
}

// TriageInput gathers the marks of every relational account and what can be
// counted for the criteria at now. Transactional accounts are spared.
func (db *DB) TriageInput(ctx context.Context, now time.Time) (in TriageInput, err error) {
	if in.Accounts, err = db.Accounts(ctx); err != nil {
		return in, err
	}
	in.Accounts = data.Living(in.Accounts)
	own, err := Parts[data.Criterion](ctx, db, PartQuery{})
	if err != nil {
		return in, err
	}
	in.Criteria = data.CriteriaOf(own)
	if in.Policies, err = db.Policies(ctx); err != nil {
		return in, err
	}
	if in.Hours, err = db.TeamHours(ctx); err != nil {
		return in, err
	}
	marks, err := Parts[data.Mark](ctx, db, PartQuery{})
	if err != nil {
		return in, err
	}
	of := map[string][]data.Mark{}
	for _, m := range marks {
		of[m.Account] = append(of[m.Account], m)
	}
	counted, err := db.counted(ctx, in, now)
	if err != nil {
		return in, wrapNoun(err, "triage")
	}
	for _, a := range in.Accounts {
		if a.Care != data.Transactional {
			in.Inputs = append(in.Inputs, data.TriageInput{Account: a, Marks: of[a.ID], Counted: counted[a.ID]})
		}
	}
	return in, nil
}

// counted fills in what the criteria ask to be counted, by Account.ID.
func (db *DB) counted(ctx context.Context, in TriageInput, now time.Time) (map[string]map[string]float64, error) {
	all := map[string]map[string]float64{}
	put := func(account, what string, value float64) {
		if all[account] == nil {
			all[account] = map[string]float64{}
		}
		all[account][what] = value
	}
	for _, what := range data.Counts {
		if !slices.ContainsFunc(in.Criteria, func(c data.Criterion) bool { return c.Counted == what && c.Weight > 0 }) {
			continue
		}
		values, err := db.countedOne(ctx, what, in.Accounts, now)
		if err != nil {
			return nil, err
		}
		for account, v := range values {
			put(account, what, v)
		}
	}
	return all, nil
}

// countedOne counts one of data.Counts for every account of which it is known.
func (db *DB) countedOne(ctx context.Context, what string, accounts []data.Account, now time.Time) (map[string]float64, error) {
	values := map[string]float64{}
	switch what {
	case data.CountQuality:
		standings, err := db.Standings(ctx, now)
		for id, s := range standings {
			for _, d := range s.Dials {
				if d.Kind == data.Quality && d.Known {
					values[id] = float64(d.Value)
				}
			}
		}
		return values, err
	case data.CountHistory:
		for _, a := range accounts {
			if since, err := time.ParseInLocation(time.DateOnly, a.Since, now.Location()); err == nil && !since.After(now) {
				values[a.ID] = min(100, 10*now.Sub(since).Hours()/24/365.25)
			}
		}
		return values, nil
	case data.CountInterest:
		return againstMost(db.conversationsBegun(ctx, now))
	case data.CountRevenue:
		return againstMost(db.revenue(ctx, now))
	}
	return againstMost(db.profits(ctx, now))
}

// againstMost makes of amounts shares of the largest, 0 to 100. A loss is 0.
func againstMost(amounts map[string]float64, err error) (map[string]float64, error) {
	most := 0.0
	for _, a := range amounts {
		most = max(most, a)
	}
	for id, a := range amounts {
		amounts[id] = 0
		if most > 0 {
			amounts[id] = 100 * max(a, 0) / most
		}
	}
	return amounts, err
}

// conversationsBegun are how many conversations each account began in 180 days.
// An account that wrote nothing has none.
func (db *DB) conversationsBegun(ctx context.Context, now time.Time) (map[string]float64, error) {
	return db.amounts(ctx, `
		SELECT m.account_id, count(*) FROM match m JOIN interaction i ON i.n = m.interaction_n
		WHERE m.at > ? AND m.at <= ? AND i.kind = 'mail' AND i.direction = 'in' AND i.automated = ''
			AND (i.thread = '' OR NOT EXISTS (SELECT 1 FROM interaction e WHERE e.thread = i.thread AND e.thread <> '' AND e.at < i.at))
		GROUP BY m.account_id`, now.AddDate(0, 0, -180).Unix(), now.Unix())
}

// amounts reads a number for each account.
func (db *DB) amounts(ctx context.Context, question string, args ...any) (map[string]float64, error) {
	all := map[string]float64{}
	_, err := query(ctx, db.read, func(r row) (struct{}, error) {
		var account string
		var n float64
		err := r.Scan(&account, &n)
		all[account] = n
		return struct{}{}, err
	}, question, args...)
	return all, err
}

// revenue is what each account turned over in the 12 months up to now, in the
// team's currency. One that bought nothing is not known.
func (db *DB) revenue(ctx context.Context, now time.Time) (map[string]float64, error) {
	rules, err := db.MoneyRules(ctx)
	if err != nil {
		return nil, err
	}
	from, before := now.AddDate(-1, 0, 1).Format(time.DateOnly), now.AddDate(0, 0, 1).Format(time.DateOnly)
	bought, err := query(ctx, db.read, scanPurchase, `
		SELECT `+purchaseColumns+` FROM purchase t WHERE day >= ? AND day < ? AND `+lastOf("purchase")+` ORDER BY account_id, day, n`, from, before)
	all, of := map[string]float64{}, map[string][]data.Purchase{}
	for _, p := range bought {
		of[p.Account] = append(of[p.Account], p)
	}
	for id, list := range of {
		if p := data.ProfitIn(list, data.Effort{}, rules, from, before); p.Turnover != 0 {
			all[id] = float64(p.Turnover)
		}
	}
	return all, err
}

// profits are what each account left in them after what it cost to serve.
func (db *DB) profits(ctx context.Context, now time.Time) (map[string]float64, error) {
	all := map[string]float64{}
	profits, err := db.yearlyProfits(ctx, now)
	for id, p := range profits {
		if p.Known() {
			all[id] = float64(p.Cents)
		}
	}
	return all, err
}
