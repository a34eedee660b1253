package store

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"rapport/data"
)

// Kinds of what an intake brings, as Watch tells them.
const (
	KindPurchase = "purchase"
	KindTicket   = "ticket"
)

// Took says what became of a row of a list.
type Took int

// What became of a row: it is new, it says something else than before, or it was
// here just so.
const (
	TookNew Took = iota
	TookChanged
	TookKnown
)

// An Intake is one list of another program on its way in. Its rows cost nothing
// to undo, however many they are.
type Intake struct {
	tx *Tx
	id int64
}

// BeginIntake begins to take in a list; name is the file's. What was undone more
// than 90 days ago, and so cannot come back, goes.
func (tx *Tx) BeginIntake(kind, name string) (Intake, error) {
	if err := tx.dropUndoneIntakes(); err != nil {
		return Intake{}, wrapNoun(err, "intake")
	}
	result, err := tx.exec(`INSERT INTO intake (kind, name, at, live) VALUES (?, ?, ?, 0)`, kind, name, tx.now.Unix())
	if err != nil {
		return Intake{}, wrapNoun(err, "intake")
	}
	id, err := result.LastInsertId()
	if err != nil {
		return Intake{}, wrapNoun(err, "intake")
	}
	if err := tx.keepRow("intake", strconv.FormatInt(id, 10)); err != nil {
		return Intake{}, wrapNoun(err, "intake")
	}
	_, err = tx.exec(`UPDATE intake SET live = 1 WHERE id = ?`, id)
	return Intake{tx: tx, id: id}, wrapNoun(err, "intake")
}

func (tx *Tx) dropUndoneIntakes() error {
	before := tx.now.Add(-undoKept).Unix()
	for _, statement := range []string{
		`DELETE FROM purchase WHERE intake IN (SELECT id FROM intake WHERE live = 0 AND at < ?)`,
		`DELETE FROM ticket WHERE intake IN (SELECT id FROM intake WHERE live = 0 AND at < ?)`,
		`DELETE FROM intake WHERE live = 0 AND at < ?`,
	} {
		if _, err := tx.exec(statement, before); err != nil {
			return err
		}
	}
	return nil
}

// isLive narrows rows to those of lists that were not undone, isLast to the last
// of each key: noneLater says that none of the key came later.
const (
	isLive    = `intake IN (SELECT id FROM intake WHERE live = 1)`
	isLast    = isLive + ` AND ` + noneLater
	noneLater = `NOT EXISTS (SELECT 1 FROM %s later WHERE later.key = t.key AND later.n > t.n
		AND later.intake IN (SELECT id FROM intake WHERE live = 1))`
)

const purchaseColumns = `key, account_id, kind, number, day, cents, cost, currency, what`

func scanPurchase(r row) (p data.Purchase, err error) {
	var cost *int64
	if err := r.Scan(&p.Key, &p.Account, &p.Kind, &p.Number, &p.On, &p.Cents, &cost, &p.Currency, &p.What); err != nil {
		return p, err
	}
	if cost != nil {
		p.Cost, p.Costed = *cost, true
	}
	return p, nil
}

// Purchase keeps one line of a list of orders.
func (i Intake) Purchase(p data.Purchase) (Took, error) {
	if err := p.Check(i.tx.now); err != nil {
		return 0, err
	}
	had, err := one(i.tx.ctx, prepared{i.tx}, scanPurchase, `
		SELECT `+purchaseColumns+` FROM purchase WHERE key = ? AND `+isLive+` ORDER BY n DESC LIMIT 1`, p.Key)
	took := TookChanged
	switch {
	case isNotFound(err):
		took = TookNew
	case err != nil:
		return 0, wrapNoun(err, "purchase %s", p.Number)
	case had == p:
		return TookKnown, nil
	}
	var cost any
	if p.Costed {
		cost = p.Cost
	}
	i.tx.touched(KindPurchase)
	_, err = i.tx.exec(`INSERT INTO purchase (intake, `+purchaseColumns+`) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		i.id, p.Key, p.Account, string(p.Kind), p.Number, p.On, p.Cents, cost, p.Currency, p.What)
	return took, wrapNoun(err, "purchase %s", p.Number)
}

const ticketColumns = `key, account_id, number, opened, closed, title, minutes`

func scanTicket(r row) (t data.Ticket, err error) {
	err = r.Scan(&t.Key, &t.Account, &t.Number, &t.Opened, &t.Closed, &t.Title, &t.Minutes)
	return t, err
}

// Ticket keeps one line of a list of tickets.
func (i Intake) Ticket(t data.Ticket) (Took, error) {
	if err := t.Check(i.tx.now); err != nil {
		return 0, err
	}
	had, err := one(i.tx.ctx, prepared{i.tx}, scanTicket, `
		SELECT `+ticketColumns+` FROM ticket WHERE key = ? AND `+isLive+` ORDER BY n DESC LIMIT 1`, t.Key)
	took := TookChanged
	switch {
	case isNotFound(err):
		took = TookNew
	case err != nil:
		return 0, wrapNoun(err, "ticket %s", t.Number)
	case had == t:
		return TookKnown, nil
	}
	i.tx.touched(KindTicket)
	_, err = i.tx.exec(`INSERT INTO ticket (intake, `+ticketColumns+`) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		i.id, t.Key, t.Account, t.Number, t.Opened, t.Closed, t.Title, t.Minutes)
	return took, wrapNoun(err, "ticket %s", t.Number)
}

// Purchases returns the purchases of an account from one date to before another,
// the oldest first. Empty dates are no limit.
func (db *DB) Purchases(ctx context.Context, account, from, before string) ([]data.Purchase, error) {
	list, err := query(ctx, db.read, scanPurchase, `
		SELECT `+purchaseColumns+` FROM purchase t WHERE account_id = ?1 AND day >= ?2 AND (?3 = '' OR day < ?3) AND `+lastOf("purchase")+`
		ORDER BY day, n`, account, from, before)
	return list, wrapNoun(err, "purchases of account %s", account)
}

// Tickets returns the tickets of an account opened from one date to before
// another, the oldest first. Empty dates are no limit.
func (db *DB) Tickets(ctx context.Context, account, from, before string) ([]data.Ticket, error) {
	list, err := query(ctx, db.read, scanTicket, `
		SELECT `+ticketColumns+` FROM ticket t WHERE account_id = ?1 AND opened >= ?2 AND (?3 = '' OR opened < ?3) AND `+lastOf("ticket")+`
		ORDER BY opened, n`, account, from, before)
	return list, wrapNoun(err, "tickets of account %s", account)
}

// BuyingHistories returns on which days each account bought in one currency:
// its orders, or its invoices where it has no order. Accounts that bought
// nothing are left out.
func (db *DB) BuyingHistories(ctx context.Context, currency string) ([]data.BuyingHistory, error) {
	packed, err := one(ctx, db.sweep, scanString, `
		SELECT coalesce(group_concat(kind || ' ' || day || ' ' || cents || ' ' || account_id, '`+lineEnds+`'), '') FROM purchase t NOT INDEXED
		WHERE kind IN ('order', 'invoice') AND currency = ? AND `+lastOfMany("purchase"), currency)
	if err != nil {
		return nil, wrapNoun(err, "purchases")
	}
	list, err := unpackDays(packed)
	return list, wrapNoun(err, "purchases")
}

// lastOfMany is lastOf for all rows t of a table: only keys that several rows have,
// which are few, are looked at twice.
func lastOfMany(table string) string {
	return fmt.Sprintf(isLive+` AND (t.key NOT IN (SELECT key FROM %s GROUP BY key HAVING count(*) > 1) OR `+noneLater+`)`, table, table)
}

// boughtKinds are on which days an account bought, by its orders and by its
// invoices.
type boughtKinds struct{ orders, invoices []data.BuyingDay }

// unpackDays takes apart who ordered or was sent an invoice, on which day and for
// how many cents. Packed together tens of thousands are read in a third of the time.
func unpackDays(packed string) ([]data.BuyingHistory, error) {
	all := map[string]*boughtKinds{}
	for line := range strings.SplitSeq(packed, lineEnds) {
		if line == "" {
			continue
		}
		kind, line, _ := strings.Cut(line, " ")
		day, line, _ := strings.Cut(line, " ")
		number, account, _ := strings.Cut(line, " ")
		cents, err := strconv.ParseInt(number, 10, 64)
		if err != nil {
			return nil, err
		}
		one := all[account]
		if one == nil {
			one = &boughtKinds{}
			all[account] = one
		}
		into := &one.orders
		if kind == string(data.Invoiced) {
			into = &one.invoices
		}
		*into = append(*into, data.BuyingDay{On: day, Cents: cents})
	}
	list := make([]data.BuyingHistory, 0, len(all))
	for _, account := range slices.Sorted(maps.Keys(all)) {
		days := all[account].orders
		if len(days) == 0 {
			days = all[account].invoices
		}
		list = append(list, data.BuyingHistory{Account: account, Days: byDay(days)})
	}
	return list, nil
}

// byDay puts what was bought on one day together, in the order of days.
func byDay(list []data.BuyingDay) []data.BuyingDay {
	slices.SortStableFunc(list, func(a, b data.BuyingDay) int { return strings.Compare(a.On, b.On) })
	days := list[:0]
	for _, one := range list {
		if n := len(days); n > 0 && days[n-1].On == one.On {
			days[n-1].Cents += one.Cents
			continue
		}
		days = append(days, one)
	}
	return days
}

// TakeEntry keeps a call or visit of a list, whose ID is made of what it says.
// One that is here already stays as it is.
func (tx *Tx) TakeEntry(e data.Entry) (Took, error) {
	_, err := tx.interactionNumber(e.ID)
	if err == nil {
		return TookKnown, nil
	}
	if !isNotFound(err) {
		return 0, wrapNoun(err, "entry %s", e.ID)
	}
	return TookNew, tx.PutEntry(e, e.At)
}
