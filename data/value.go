package data

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// KindValue is its name in the change log.
const KindValue = "value"

// ValueEntry is something worth having that one side gained from the other: in
// the unit of the side that gained it, with evidence. Contact vouches for it.
type ValueEntry struct {
	Belongs
	To     Side    `reg:"to"` // who gained it
	What   string  `reg:"what"`
	Amount float64 `reg:"amount"` // in Unit, a year where Yearly; 0 when not measured
	Unit   string  `reg:"unit"`   // "kWh", "hours", "€"
	Yearly bool    `reg:"yearly"`
	// Evidence is how we know; where there is none the entry is a hope.
	Evidence   string `reg:"evidence"`
	On         string `reg:"on"`         // date
	Initiative string `reg:"initiative"` // Initiative.ID it came from, or ""
	// Minutes and Cents are what it cost the side that gave it.
	Minutes  int    `reg:"minutes"`
	Cents    int64  `reg:"cents"`
	Currency string `reg:"currency"` // ISO 4217
	// Agreed is the date on which the other side confirmed the entry.
	Agreed string `reg:"agreed"`
}

// PartKind is KindValue.
func (v ValueEntry) PartKind() string { return KindValue }

// Standing is its date; it is a record, not a task.
func (v ValueEntry) Standing() (string, bool) { return v.On, false }

// Proven says whether somebody can show it.
func (v ValueEntry) Proven() bool { return strings.TrimSpace(v.Evidence) != "" || v.Agreed != "" }

// Check says why the entry cannot be kept, or nil.
func (v ValueEntry) Check() error {
	switch {
	case strings.TrimSpace(v.What) == "":
		return invalid("what", "say what was gained")
	case v.Account == "":
		return invalid("account", "say with which account")
	case v.To == "":
		return invalid("to", "say who gained it: us, customer or partner")
	case v.Amount < 0:
		return invalid("amount", "what was gained cannot be negative; enter the loss for the other side or as a cost")
	case v.Amount > 0 && v.Unit == "":
		return invalid("unit", "say in which unit, like hours or kWh")
	case v.Minutes < 0 || v.Cents < 0:
		return invalid("cost", "a cost cannot be negative")
	}
	return firstErr(checkOneOf("to", v.To, []Side{Us, Customer, Partner}), checkDate("on", v.On), checkDate("agreed", v.Agreed), checkCurrency(v.Currency))
}

func checkCurrency(s string) error {
	if s == "" || len(s) == 3 && strings.ToUpper(s) == s && strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "" {
		return nil
	}
	return invalid("currency", "%q is not a currency; write it like EUR", s)
}

// AmountWords are "1,200 kWh a year", "" where nothing was measured.
func (v ValueEntry) AmountWords() string {
	if v.Amount == 0 {
		return ""
	}
	words := grouped(v.Amount) + " " + v.Unit
	if v.Yearly {
		words += " a year"
	}
	return words
}

// grouped writes a number with commas between thousands, at most two decimals.
func grouped(n float64) string {
	s := strconv.FormatFloat(n, 'f', 2, 64)
	whole, rest, _ := strings.Cut(s, ".")
	for i := len(whole) - 3; i > 0 && whole[i-1] != '-'; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if rest = strings.TrimRight(rest, "0"); rest != "" {
		return whole + "." + rest
	}
	return whole
}

// Mutuality is how even a relationship is, from 0 (all one way) to 1, with what
// it was counted from. It is the mean of what can be counted on both sides.
type Mutuality struct {
	Score    float64
	Receipts []MutualityReceipt // none: nothing to count yet
}

// MutualityReceipt is one thing that both sides do, counted.
type MutualityReceipt struct {
	What         string // "value gained", "promises kept", "conversations started"
	Ours, Theirs int    // gained by or done by
}

// Balance is 1 where both are equal, 0 where one has all.
func (r MutualityReceipt) Balance() float64 {
	if r.Ours+r.Theirs == 0 {
		return 0
	}
	return 1 - abs(float64(r.Ours-r.Theirs))/float64(r.Ours+r.Theirs)
}

func abs(x float64) float64 { return max(x, -x) }

// Words are "value gained: we 3, they 5".
func (r MutualityReceipt) Words() string {
	return fmt.Sprintf("%s: we %d, they %d", r.What, r.Ours, r.Theirs)
}

// ScoreMutuality counts proven value, promises kept and conversations started by
// each side. What neither side has done yet says nothing and is left out.
func ScoreMutuality(values []ValueEntry, promises []Promise, touches []Touch) Mutuality {
	gained := MutualityReceipt{What: "value gained"}
	for _, v := range values {
		if v.Proven() {
			count(&gained, v.To == Us)
		}
	}
	kept := MutualityReceipt{What: "promises kept"}
	for _, p := range promises {
		if p.Kept != "" {
			count(&kept, p.By == Us)
		}
	}
	started := MutualityReceipt{What: "conversations started"}
	for _, t := range touches {
		count(&started, t.By == Us)
	}
	var m Mutuality
	for _, r := range []MutualityReceipt{gained, kept, started} {
		if r.Ours+r.Theirs > 0 {
			m.Receipts = append(m.Receipts, r)
			m.Score += r.Balance()
		}
	}
	if len(m.Receipts) > 0 {
		m.Score /= float64(len(m.Receipts))
	}
	return m
}

func count(r *MutualityReceipt, ours bool) {
	if ours {
		r.Ours++
	} else {
		r.Theirs++
	}
}

// FromWords say what it was counted from, "from promises kept and conversations
// started"; "" where there is nothing to count.
func (m Mutuality) FromWords() string {
	if len(m.Receipts) == 0 {
		return ""
	}
	var what []string
	for _, r := range m.Receipts {
		what = append(what, r.What)
	}
	return "from " + joinAnd(what)
}

// OurShare is how much of what both sides do is ours to gain or done by us, 0 to
// 1: the mean over what can be counted.
func (m Mutuality) OurShare() float64 {
	if len(m.Receipts) == 0 {
		return 0.5
	}
	sum := 0.0
	for _, r := range m.Receipts {
		sum += float64(r.Ours) / float64(r.Ours+r.Theirs)
	}
	return sum / float64(len(m.Receipts))
}

// BalanceWords say how even it is: "even", or "a little more to us, 54 to 46".
func (m Mutuality) BalanceWords() string {
	ours := int(math.Round(100 * m.OurShare()))
	side, more := "us", ours
	if ours < 50 {
		side, more = "them", 100-ours
	}
	switch {
	case more <= 52:
		return "even"
	case more <= 60:
		return fmt.Sprintf("a little more to %s, %d to %d", side, more, 100-more)
	case more <= 75:
		return fmt.Sprintf("more to %s, %d to %d", side, more, 100-more)
	}
	return fmt.Sprintf("nearly all to %s, %d to %d", side, more, 100-more)
}
