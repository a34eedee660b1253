package data

import (
	"strings"
	"time"
)

// PurchaseKind is what a movement of money was.
type PurchaseKind string

// The kinds of purchase. A credit and travel are money that we gave.
const (
	Ordered   PurchaseKind = "order"
	Invoiced  PurchaseKind = "invoice"
	Credited  PurchaseKind = "credit"
	Travelled PurchaseKind = "travel"
)

// PurchaseKinds are all of them.
var PurchaseKinds = []PurchaseKind{Ordered, Invoiced, Credited, Travelled}

// Purchase is one line of an order, an invoice, a credit or a journey, as another
// program's list gave it. It stays on this laptop.
type Purchase struct {
	// Key is the same for the same line of the same list.
	Key     string
	Account string
	Kind    PurchaseKind
	Number  string // theirs or ours, ""
	On      string // date
	Cents   int64  // never negative
	// Cost is what it cost us, in cents, where Costed.
	Cost     int64
	Costed   bool
	Currency string // ISO 4217
	What     string
}

// Check says why the purchase cannot be kept, or nil.
func (p Purchase) Check(now time.Time) error {
	switch {
	case p.Account == "":
		return invalid("account", "say which account it was with")
	case p.On == "":
		return invalid("date", "say when it was")
	case p.Cents < 0 || p.Cost < 0:
		return invalid("amount", "an amount cannot be negative; write a credit as kind credit")
	case p.Currency == "":
		return invalid("currency", "say in which currency, like EUR")
	}
	return firstErr(checkOneOf("kind", p.Kind, PurchaseKinds), checkDate("date", p.On), checkPast("date", p.On, now), checkCurrency(p.Currency))
}

// Ticket is a request for help that another program's list gave. It stays on this
// laptop.
type Ticket struct {
	Key     string
	Account string
	Number  string
	Opened  string // date
	Closed  string // date, "" while it is open
	Title   string
	Minutes int // of work on it
}

// Check says why the ticket cannot be kept, or nil.
func (t Ticket) Check(now time.Time) error {
	switch {
	case t.Account == "":
		return invalid("account", "say whose ticket it is")
	case t.Opened == "":
		return invalid("date", "say when it was opened")
	case strings.TrimSpace(t.Title) == "" && t.Number == "":
		return invalid("title", "a ticket needs a number or a title")
	case t.Minutes < 0:
		return invalid("minutes", "a duration cannot be negative")
	}
	if err := firstErr(checkDate("date", t.Opened), checkDate("closed", t.Closed), checkPast("date", t.Opened, now)); err != nil {
		return err
	}
	if t.Closed != "" && t.Closed < t.Opened {
		return invalid("closed", "it was closed on %s, before it was opened on %s", t.Closed, t.Opened)
	}
	return nil
}

// checkPast refuses a date that lies more than a day ahead.
func checkPast(field, date string, now time.Time) error {
	if date > now.AddDate(0, 0, 1).Format(time.DateOnly) {
		return invalid(field, "%s has not come yet", date)
	}
	return nil
}
