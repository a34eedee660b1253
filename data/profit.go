package data

import (
	"fmt"
	"math"
	"sort"
)

// Profit is what an account left over in a span of time, and how that was
// counted.
type Profit struct {
	From, Before string // dates; Before is not in it
	Currency     string
	Turnover     int64 // cents
	Margin       int64
	Credits      int64
	Travel       int64
	Serving      int64 // minutes at the team's rate
	Cents        int64 // margin less all three
	Effort       Effort
	Receipts     []ProfitLine
	// Missing says what nobody has told Rapport yet; while it says anything the
	// profit is not known.
	Missing []string
	// LeftOut names the lines in other currencies, "4 lines in USD".
	LeftOut []string
}

// ProfitLine is one sum in it, signed.
type ProfitLine struct {
	What  string
	Cents int64
	Why   string
}

// Known says whether there is a figure: something was bought or spent, and all
// that it needs was told.
func (p Profit) Known() bool { return len(p.Missing) == 0 && len(p.Receipts) > 0 }

// ProfitIn is margin less the cost to serve (minutes at the rate of the
// rules), travel and credits, of what lies from one date to before another.
// Turnover is what was invoiced, or ordered where nothing was invoiced, so that
// nothing is counted twice.
func ProfitIn(list []Purchase, effort Effort, rules MoneyRules, from, before string) Profit {
	p := Profit{From: from, Before: before, Currency: rules.Currency, Effort: effort}
	sold, others := soldIn(list, rules.Currency, from, before)
	p.LeftOut = others
	uncosted := int64(0)
	for _, l := range sold {
		switch l.Kind {
		case Credited:
			p.Credits += l.Cents
		case Travelled:
			p.Travel += l.Cents
		default:
			p.Turnover += l.Cents
			if l.Costed {
				p.Margin += l.Cents - l.Cost
			} else {
				uncosted += l.Cents
			}
		}
	}
	p.Margin += int64(math.Round(float64(uncosted) * rules.MarginPercent / 100))
	p.Serving = int64(math.Round(effort.Minutes / 60 * float64(rules.HourCents)))
	p.Cents = p.Margin - p.Serving - p.Travel - p.Credits
	if uncosted > 0 && rules.MarginPercent == 0 {
		p.Missing = append(p.Missing, "what share of turnover is margin")
	}
	if effort.Minutes > 0 && rules.HourCents == 0 {
		p.Missing = append(p.Missing, "what an hour of yours costs")
	}
	p.Receipts = p.receipts(rules, sold, uncosted)
	return p
}

func (p Profit) receipts(rules MoneyRules, sold []Purchase, uncosted int64) (list []ProfitLine) {
	add := func(what string, cents int64, why string) {
		if cents != 0 {
			list = append(list, ProfitLine{what, cents, why})
		}
	}
	why := "by the cost that each line names"
	if uncosted > 0 {
		why = fmt.Sprintf("%s %% of %s", grouped(rules.MarginPercent), RoundMoneyWords(uncosted, p.Currency))
		if uncosted < p.Turnover {
			why += ", the rest by the cost that each line names"
		}
	}
	add("margin on "+RoundMoneyWords(p.Turnover, p.Currency)+" of turnover", p.Margin, why)
	add("time", -p.Serving, fmt.Sprintf("%s at %s an hour", HoursWords(p.Effort.Minutes), MoneyWords(rules.HourCents, p.Currency)))
	add("travel", -p.Travel, linesOf(sold, Travelled))
	add("credits", -p.Credits, linesOf(sold, Credited))
	return list
}

func linesOf(list []Purchase, kind PurchaseKind) string {
	n := 0
	for _, p := range list {
		if p.Kind == kind {
			n++
		}
	}
	return Counted(n, "line", "lines")
}

// soldIn are the lines of a span in one currency that count, and the words for
// what is in others.
func soldIn(list []Purchase, currency, from, before string) (sold []Purchase, others []string) {
	other, invoiced := map[string]int{}, false
	for _, p := range list {
		if p.On < from || p.On >= before {
			continue
		}
		if p.Currency != currency {
			other[p.Currency]++
			continue
		}
		sold = append(sold, p)
		invoiced = invoiced || p.Kind == Invoiced
	}
	counted := sold[:0:0]
	for _, p := range sold {
		if p.Kind != Ordered || !invoiced {
			counted = append(counted, p)
		}
	}
	for code, n := range other {
		others = append(others, Counted(n, "line", "lines")+" in "+code)
	}
	sort.Strings(others)
	return counted, others
}
