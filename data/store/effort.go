package store

import (
	"context"
	"fmt"
	"time"

	"rapport/data"
)

// SettingMoney is the team's figures for what work costs, JSON.
const SettingMoney = "money"

// lastOf narrows the rows t of a table to those that count.
func lastOf(table string) string { return fmt.Sprintf(isLast, table) }

// MoneyRules are the team's, or the defaults.
func (db *DB) MoneyRules(ctx context.Context) (data.MoneyRules, error) {
	rules := data.DefaultMoneyRules
	s, err := db.Setting(ctx, SettingMoney)
	if err != nil || s == "" {
		return rules, err
	}
	rules, err = fromJSON[data.MoneyRules](s)
	return rules, wrapNoun(err, "setting %s", SettingMoney)
}

// PutMoneyRules keeps the team's figures.
func (tx *Tx) PutMoneyRules(r data.MoneyRules) error {
	if err := r.Check(); err != nil {
		return err
	}
	return tx.PutSetting(SettingMoney, asJSON(r))
}

// spentShapes are interactions by what they cost us, spentCounts those that do:
// automated mail, notes, what was cancelled and meetings marked free do not.
// oursThere is how many of us were at what was no mail.
const (
	spentShapes = `
		SELECT m.account_id, i.kind, i.direction, CASE WHEN i.kind = 'mail' OR i.all_day THEN 0 ELSE i.minutes END minutes,
			CASE WHEN i.kind = 'mail' THEN 0 ELSE (
				` + oursThere + `) END ours
		FROM match m JOIN interaction i ON i.n = m.interaction_n`
	oursThere   = `SELECT count(*) FROM participant p WHERE p.interaction_n = i.n AND p.side = 'us' AND p.answer NOT IN ('declined', 'absent')`
	spentCounts = `i.kind <> 'note' AND i.cancelled = 0 AND i.free = 0 AND i.automated = ''`
)

// Spent returns what happened with an account between two moments, counted by
// what it cost us: automated mail and what was cancelled is left out.
func (db *DB) Spent(ctx context.Context, account string, from, before time.Time) ([]data.Spent, error) {
	list, err := query(ctx, db.read, func(r row) (s data.Spent, err error) {
		err = r.Scan(&s.Kind, &s.Direction, &s.Minutes, &s.Ours, &s.Times)
		return s, err
	}, `SELECT kind, direction, minutes, ours, count(*) FROM (`+spentShapes+`
		WHERE m.account_id = ? AND m.at >= ? AND m.at < ? AND `+spentCounts+`)
		GROUP BY kind, direction, minutes, ours ORDER BY kind, direction, minutes, ours`, account, from.Unix(), before.Unix())
	return list, wrapNoun(err, "effort for account %s", account)
}

// Profit returns what an account left over this year, from the first of January
// in the zone of now up to today.
func (db *DB) Profit(ctx context.Context, account string, now time.Time) (p data.Profit, err error) {
	from := time.Date(now.Year(), 1, 1, 0, 0, 0, 0, now.Location())
	before := now.AddDate(0, 0, 1).Format(time.DateOnly)
	rules, err := db.MoneyRules(ctx)
	if err != nil {
		return p, err
	}
	bought, err := db.Purchases(ctx, account, from.Format(time.DateOnly), before)
	if err != nil {
		return p, err
	}
	tickets, err := db.Tickets(ctx, account, from.Format(time.DateOnly), before)
	if err != nil {
		return p, err
	}
	spent, err := db.Spent(ctx, account, from, now)
	if err != nil {
		return p, err
	}
	return data.ProfitIn(bought, data.CountEffort(spent, tickets, rules), rules, from.Format(time.DateOnly), before), nil
}

// Buying fits the models of how customers buy to what all accounts bought, and
// returns them with the outlook of one account.
func (db *DB) Buying(ctx context.Context, account string, now time.Time) (b data.Buying, o data.Outlook, err error) {
	rules, err := db.MoneyRules(ctx)
	if err != nil {
		return b, o, err
	}
	all, err := db.BuyingHistories(ctx, rules.Currency)
	if err != nil {
		return b, o, err
	}
	b = data.FitBuying(all, now)
	own := data.BuyingHistory{}
	for _, h := range all {
		if h.Account == account {
			own = h
		}
	}
	return b, b.OutlookOf(own, rules), nil
}
