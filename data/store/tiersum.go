package store

import (
	"context"
	"time"

	"rapport/data"
)

// TierSums returns what the accounts of each tier brought and took in the 12
// months up to now.
func (db *DB) TierSums(ctx context.Context, now time.Time) (map[data.Tier]data.TierSum, error) {
	accounts, err := db.Accounts(ctx)
	if err != nil {
		return nil, err
	}
	accounts = data.Living(accounts)
	rules, err := db.MoneyRules(ctx)
	if err != nil {
		return nil, err
	}
	turnover, err := db.revenue(ctx, now)
	if err != nil {
		return nil, wrapNoun(err, "tiers")
	}
	minutes, err := db.minutesOfAll(ctx, rules, now.AddDate(-1, 0, 0), now)
	return data.SumTiers(accounts, turnover, minutes, rules.Currency), wrapNoun(err, "tiers")
}

// minutesOfAll are the minutes of our time for each account between two moments, by
// mails, calls and meetings.
func (db *DB) minutesOfAll(ctx context.Context, rules data.MoneyRules, from, before time.Time) (map[string]float64, error) {
	spent, err := db.spentOfAll(ctx, from, before, before)
	all := make(map[string]float64, len(spent))
	for id, list := range spent {
		all[id] = data.CountEffort(list.all, nil, rules).Minutes
	}
	return all, err
}
