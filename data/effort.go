package data

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// MoneyRules are the team's figures for what work costs. The zero value of a
// figure means that nobody has said it, and what needs it is not counted.
type MoneyRules struct {
	Currency      string  `json:"currency"`      // ISO 4217, of all sums
	HourCents     int64   `json:"hourCents"`     // what an hour of ours costs
	MarginPercent float64 `json:"marginPercent"` // of turnover, where a line names no cost of its own
	ReadMinutes   float64 `json:"readMinutes"`   // for one mail
	WriteMinutes  float64 `json:"writeMinutes"`
	// DiscountPercent is what money of next year is worth less, Years how far
	// ahead the lifetime value looks.
	DiscountPercent float64 `json:"discountPercent"`
	Years           int     `json:"years"`
}

// DefaultMoneyRules have the minutes of a mail; what an hour costs and what is
// earned, only the team knows.
var DefaultMoneyRules = MoneyRules{Currency: "EUR", ReadMinutes: 2.5, WriteMinutes: 5, DiscountPercent: 10, Years: 3}

// Check says why the rules cannot be used, or nil.
func (r MoneyRules) Check() error {
	switch {
	case r.HourCents < 0:
		return invalid("hour", "what an hour costs cannot be negative")
	case r.MarginPercent < 0 || r.MarginPercent > 100:
		return invalid("margin", "a margin is a percent from 0 to 100")
	case r.DiscountPercent < 0 || r.DiscountPercent > 100:
		return invalid("discount", "a discount is a percent from 0 to 100")
	case r.ReadMinutes < 0 || r.WriteMinutes < 0:
		return invalid("minutes", "a duration cannot be negative")
	case r.Years < 1 || r.Years > 20:
		return invalid("years", "look from 1 to 20 years ahead")
	case r.Currency == "":
		return invalid("currency", "say in which currency, like EUR")
	}
	return checkCurrency(r.Currency)
}

// Spent is how often something of one shape happened with an account.
type Spent struct {
	Kind      Kind
	Direction Direction
	Minutes   int // of each, 0 when unknown
	Ours      int // how many of us were there
	Times     int
}

// Effort is our working time for an account, by what it was spent on.
type Effort struct {
	Minutes float64
	Lines   []EffortLine // what took most is first; never one without times
}

// EffortLine is one way in which time was spent.
type EffortLine struct {
	What    string // "mails read", or "mail read" of one
	Times   int
	Minutes float64
	// Unknown is how many of them say nothing of how long they took. They are
	// counted as no time.
	Unknown int
	Why     string // "2.5 minutes each"
}

// HoursWords are minutes as people read them, "1 h 42 min" or "310 h".
func HoursWords(minutes float64) string {
	n := int(math.Round(minutes))
	switch {
	case n < 60:
		return fmt.Sprintf("%d min", n)
	case n >= 600 || n%60 == 0:
		return grouped(math.Round(float64(n)/60)) + " h"
	}
	return fmt.Sprintf("%d h %d min", n/60, n%60)
}

// CountEffort adds up our minutes: mails by the rules, meetings, calls and visits
// by how long they took and how many of us were there, tickets by what was
// logged on them.
func CountEffort(list []Spent, tickets []Ticket, rules MoneyRules) Effort {
	read := EffortLine{What: "mails read", Why: minutesEach(rules.ReadMinutes)}
	written := EffortLine{What: "mails written", Why: minutesEach(rules.WriteMinutes)}
	lines := map[Kind]*EffortLine{
		Meet:  {What: "meetings", Why: "their length for each of us who was there"},
		Call:  {What: "calls", Why: "their length for each of us who was there"},
		Visit: {What: "visits", Why: "their length for each of us who was there"},
	}
	for _, s := range list {
		line, each := lines[s.Kind], float64(s.Minutes*max(s.Ours, 1))
		switch {
		case s.Kind == Mail && s.Direction == Out:
			line, each = &written, rules.WriteMinutes
		case s.Kind == Mail:
			line, each = &read, rules.ReadMinutes
		case line == nil:
			continue
		case s.Minutes == 0:
			line.Unknown += s.Times
		}
		line.Times += s.Times
		line.Minutes += each * float64(s.Times)
	}
	helped := EffortLine{What: "tickets", Why: "the minutes logged on them"}
	for _, t := range tickets {
		helped.Times++
		helped.Minutes += float64(t.Minutes)
		if t.Minutes == 0 {
			helped.Unknown++
		}
	}
	var e Effort
	singular := map[string]string{"mails read": "mail read", "mails written": "mail written", "meetings": "meeting", "calls": "call", "visits": "visit", "tickets": "ticket"}
	for _, l := range []EffortLine{*lines[Meet], written, read, *lines[Call], *lines[Visit], helped} {
		if l.Times == 1 {
			l.What = singular[l.What]
		}
		if l.Times > 0 {
			e.Lines = append(e.Lines, l)
			e.Minutes += l.Minutes
		}
	}
	slices.SortStableFunc(e.Lines, func(a, b EffortLine) int { return cmp.Compare(b.Minutes, a.Minutes) })
	return e
}

func minutesEach(n float64) string { return grouped(n) + " minutes each" }
