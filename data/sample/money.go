package sample

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"rapport/data"
)

// moneyRules are Larkfield's figures, and teamHours its hours a year for
// customers.
var moneyRules = data.MoneyRules{Currency: "EUR", HourCents: 7200, MarginPercent: 34, ReadMinutes: 2.5, WriteMinutes: 5, DiscountPercent: 10, Years: 3}

const teamHours = 1450

// tradeStream begins the lots of the lists. Of a dozen customers not every history
// tells how all of them buy; this one does.
const tradeStream = 45 << 40

// boughtFor is how far back the lists of orders and tickets go, in days.
const boughtFor = 4 * 365

// buyer is how a tier buys: the days between two orders, and what one is worth,
// in euros.
type buyer struct{ every, worth float64 }

var buyers = map[data.Tier]buyer{data.TierA: {62, 7400}, data.TierB: {118, 3100}, data.TierC: {205, 1250}}

// stopped are the customers who bought often and then went elsewhere, with how
// many days ago that was.
var stopped = map[string]int{"Pell & Sons Printing": 240, "Wexcombe Housing": 1290, "Orchard Street Theatre": 1210, "Saltmarsh Dairy": 700}

// fees are agreed for a year and ordered each quarter: by account, in euros.
var fees = map[string]int{"Kestrel Museums": 9500}

// trader writes the lists that other programs would give.
type trader struct {
	d         days
	r         *rand.Rand
	purchases []data.Purchase
	tickets   []data.Ticket
}

// trade makes what every account ordered and was invoiced, and what it asked
// help for, the oldest first.
func (c cast) trade(seed uint64, d days) ([]data.Purchase, []data.Ticket) {
	t := &trader{d: d}
	for i, a := range c.accounts {
		t.r = rand.New(rand.NewPCG(seed, uint64(i)+tradeStream))
		if a.last == never {
			continue
		}
		t.orders(a)
		t.fee(a)
		t.help(a)
	}
	slices.SortStableFunc(t.purchases, func(a, b data.Purchase) int { return strings.Compare(a.On, b.On) })
	slices.SortStableFunc(t.tickets, func(a, b data.Ticket) int { return strings.Compare(a.Opened, b.Opened) })
	for i := range t.purchases {
		p := &t.purchases[i]
		p.Number = fmt.Sprintf("%s-%s-%04d", map[data.PurchaseKind]string{data.Ordered: "LF", data.Invoiced: "R", data.Credited: "G", data.Travelled: "T"}[p.Kind], p.On[2:4], i+1)
		p.Key = idOf(seed, "purchase", fmt.Sprint(i))
	}
	for i := range t.tickets {
		t.tickets[i].Number, t.tickets[i].Key = fmt.Sprintf("S%05d", 2100+i), idOf(seed, "ticket", fmt.Sprint(i))
	}
	return t.purchases, t.tickets
}

// since is how many days ago an account became a customer, as far as the lists
// go back.
func (t *trader) since(a account) int {
	day, err := time.ParseInLocation(time.DateOnly, a.Since, t.d.today.Location())
	if err != nil {
		return min(a.first, boughtFor)
	}
	return min(t.d.ago(day), boughtFor)
}

func (t *trader) date(ago int) string { return t.d.at(ago, "12:00").Format(time.DateOnly) }

// orders are those of an account: each one is invoiced a few weeks later, and now
// and then costs a journey or a credit.
func (t *trader) orders(a account) {
	how, ok := buyers[a.Tier]
	if !ok {
		how = buyers[data.TierC]
	}
	pace := how.every * math.Exp(0.3*t.r.NormFloat64())
	if stopped[a.Name] > 0 {
		pace = 58
	}
	worth := how.worth * math.Exp(0.25*t.r.NormFloat64())
	for ago := float64(t.since(a) - 20); ago > float64(stopped[a.Name])+3; ago -= pace * (0.15 + t.r.ExpFloat64()) {
		day := t.d.workday(int(ago))
		if day >= boughtFor {
			continue
		}
		cents := int64(worth*math.Exp(0.85*t.r.NormFloat64())) * 100
		cost := cents * int64(58+t.r.IntN(12)) / 100
		what := bought[t.r.IntN(len(bought))]
		t.sell(a, data.Ordered, day, cents, cost, what)
		if later := t.d.workday(max(day-12-t.r.IntN(16), 0)); later < day && day > 28 {
			t.sell(a, data.Invoiced, later, cents, cost, what)
		}
		switch t.r.IntN(14) {
		case 0:
			t.spend(a, data.Credited, max(day-35, 1), cents*int64(4+t.r.IntN(6))/100, "credit for what came late")
		case 1, 2:
			t.spend(a, data.Travelled, max(day-8, 1), int64(60+t.r.IntN(240))*100, "journey to "+a.Name)
		}
	}
}

// fee is what is agreed for a year, ordered and invoiced each quarter.
func (t *trader) fee(a account) {
	euros, ok := fees[a.Name]
	if !ok {
		return
	}
	for ago := 12; ago < t.since(a); ago += 91 {
		day, cents := t.d.workday(ago), int64(euros)*100
		t.sell(a, data.Ordered, day+30, cents, cents*62/100, "care and training, a quarter")
		t.sell(a, data.Invoiced, day, cents, cents*62/100, "care and training, a quarter")
	}
}

func (t *trader) sell(a account, kind data.PurchaseKind, ago int, cents, cost int64, what string) {
	t.purchases = append(t.purchases, data.Purchase{Account: a.ID, Kind: kind, On: t.date(ago), Cents: cents, Cost: cost, Costed: true, Currency: moneyRules.Currency, What: what})
}

func (t *trader) spend(a account, kind data.PurchaseKind, ago int, cents int64, what string) {
	t.purchases = append(t.purchases, data.Purchase{Account: a.ID, Kind: kind, On: t.date(ago), Cents: cents, Currency: moneyRules.Currency, What: what})
}

// bought are the things that Larkfield sells.
var bought = []string{
	"track heads, warm white", "drivers for two halls", "spare heads and lenses", "control boxes", "emergency fittings", "a night of re-aiming",
	"dimmers", "outdoor lamps, sealed", "measuring of light on site", "cable and connectors",
}

// help are the tickets of an account: the more it buys, the more it asks.
func (t *trader) help(a account) {
	every := map[data.Tier]int{data.TierA: 34, data.TierB: 75, data.TierC: 140}[a.Tier]
	if every == 0 {
		every = 160
	}
	for ago := t.since(a) - 30 - t.r.IntN(every); ago > max(stopped[a.Name], 1); ago -= every/3 + t.r.IntN(every*4/3) {
		day := t.d.workday(ago)
		ticket := data.Ticket{Account: a.ID, Opened: t.date(day), Title: asked[t.r.IntN(len(asked))], Minutes: 10 + t.r.IntN(11)*10}
		if len(a.sites) > 0 {
			ticket.Title += ", " + a.sites[t.r.IntN(len(a.sites))]
		}
		if closed := day - t.r.IntN(9); closed >= 0 {
			ticket.Closed = t.date(min(closed, day))
		}
		t.tickets = append(t.tickets, ticket)
	}
}

// asked are what customers ask help for.
var asked = []string{"Lamp flickers", "Head does not dim", "Controller lost its groups", "Glass cracked", "Spare lens wanted", "Emergency light beeps", "App does not find the box", "Colour differs from its neighbour"}
