package data

import (
	"errors"
	"fmt"
	"math"
	"time"

	"rapport/data/stats"
)

// BuyingHistory is on which days an account bought, and for how much.
type BuyingHistory struct {
	Account string
	Days    []BuyingDay // each date once, ascending
}

// BuyingDay is all that was bought on one date, in one currency.
type BuyingDay struct {
	On    string
	Cents int64
}

// week is the unit of time of the models of buying.
const week = 7 * 24 * time.Hour

// buyer is the history as the model wants it, in weeks since the first purchase.
func (h BuyingHistory) buyer(now time.Time) (stats.Buyer, bool) {
	if len(h.Days) == 0 {
		return stats.Buyer{}, false
	}
	first, err := time.Parse(time.DateOnly, h.Days[0].On)
	if err != nil || first.After(now) {
		return stats.Buyer{}, false
	}
	last, err := time.Parse(time.DateOnly, h.Days[len(h.Days)-1].On)
	if err != nil {
		return stats.Buyer{}, false
	}
	weeks := func(t time.Time) float64 { return max(0, float64(t.Sub(first))/float64(week)) }
	return stats.Buyer{Repeats: float64(len(h.Days) - 1), Last: weeks(last), Age: max(weeks(now), weeks(last))}, true
}

// spender is what the purchases after the first one were worth on the mean; the
// model speaks of repeat purchases only.
func (h BuyingHistory) spender() stats.Spender {
	n, sum := 0, int64(0)
	for _, d := range h.Days[min(1, len(h.Days)):] {
		if d.Cents > 0 {
			n++
			sum += d.Cents
		}
	}
	if n == 0 {
		return stats.Spender{}
	}
	return stats.Spender{Repeats: float64(n), Mean: float64(sum) / float64(n) / 100}
}

// Buying is what all accounts together tell of how customers buy: BG/NBD for how
// often, gamma-gamma for how much (Fader, Hardie & Lee 2005).
type Buying struct {
	At        time.Time
	Accounts  int // that bought at least once
	Returned  int // that bought again
	Frequency stats.BGNBD
	Spend     stats.GammaGamma
	// TooLittle says why there is no model of how often, and TooLittleSpend why
	// there is none of how much; "" where there is one.
	TooLittle, TooLittleSpend string
}

// FitBuying fits both models to all histories as of now.
func FitBuying(list []BuyingHistory, now time.Time) Buying {
	b := Buying{At: now}
	var buyers []stats.Buyer
	var spenders []stats.Spender
	for _, h := range list {
		buyer, ok := h.buyer(now)
		if !ok {
			continue
		}
		buyers = append(buyers, buyer)
		spenders = append(spenders, h.spender())
		if buyer.Repeats > 0 {
			b.Returned++
		}
	}
	b.Accounts = len(buyers)
	var err error
	if b.Frequency, err = stats.FitBGNBD(buyers); err != nil {
		b.TooLittle = b.tooLittle(err)
	}
	if b.Spend, err = stats.FitGammaGamma(spenders); err != nil {
		b.TooLittleSpend = b.tooLittle(err)
	}
	return b
}

func (b Buying) tooLittle(err error) string {
	if errors.Is(err, stats.ErrTooFew) {
		return fmt.Sprintf("too little to say: %d of your accounts bought more than once, and %d are needed", b.Returned, stats.LeastRepeaters)
	}
	return "too little to say: no model fits how your accounts buy"
}

// Parameter is one figure of a fitted model with its 95 % interval; Low and High
// are zero where the data do not tell.
type Parameter struct {
	Model, Name      string
	Value, Low, High float64
}

// Words are "r 0.243 (0.22 to 0.27)".
func (p Parameter) Words() string {
	s := fmt.Sprintf("%s %.3g", p.Name, p.Value)
	if p.Low == 0 && p.High == 0 {
		return s + " (no interval)"
	}
	return s + fmt.Sprintf(" (%.3g to %.3g)", p.Low, p.High)
}

// Parameters are those of the models that could be fitted.
func (b Buying) Parameters() (list []Parameter) {
	if b.TooLittle == "" {
		f := b.Frequency
		for i, name := range []string{"r", "α", "a", "b"} {
			list = append(list, Parameter{"BG/NBD", name, []float64{f.R, f.Alpha, f.A, f.B}[i], f.Low[i], f.High[i]})
		}
	}
	if b.TooLittleSpend == "" {
		s := b.Spend
		for i, name := range []string{"p", "q", "γ"} {
			list = append(list, Parameter{"gamma-gamma", name, []float64{s.P, s.Q, s.Gamma}[i], s.Low[i], s.High[i]})
		}
	}
	return list
}

// Outlook is what one account can be expected to buy.
type Outlook struct {
	// TooLittle says why there is none; "" where the rest is known.
	TooLittle string
	Bought    int // days on which they bought
	Last      string
	// Expected is how many purchases the next 12 months bring on the mean; in 8
	// of 10 such accounts it is from Low to High.
	Expected  float64
	Low, High int
	Alive     float64 // probability that they still are a customer
	// ValueCents is what the purchases of the coming years earn, in today's
	// money; TooLittleValue says why it is not known.
	ValueCents     int64
	TooLittleValue string
	WorthCents     int64 // of one purchase, expected
}

// OutlookOf is what an account can be expected to buy as of the model's moment.
func (b Buying) OutlookOf(h BuyingHistory, rules MoneyRules) Outlook {
	o := Outlook{TooLittle: b.TooLittle, Bought: len(h.Days)}
	buyer, ok := h.buyer(b.At)
	if !ok {
		o.TooLittle = "they have not ordered anything that Rapport knows of"
		return o
	}
	o.Last = h.Days[len(h.Days)-1].On
	if o.TooLittle != "" {
		return o
	}
	const year = 365.25 / 7
	o.Alive = b.Frequency.Alive(buyer)
	o.Expected = b.Frequency.Expected(buyer, year)
	o.Low, o.High = b.Frequency.Range(buyer, year, 0.8)
	spender := h.spender()
	switch {
	case b.TooLittleSpend != "":
		o.TooLittleValue = b.TooLittleSpend
	case b.Spend.Q <= 1 && spender.Repeats == 0:
		o.TooLittleValue = "too little to say: what accounts spend differs too much"
	case rules.MarginPercent == 0:
		o.TooLittleValue = "say what share of turnover is margin to see it"
	default:
		worth := b.Spend.Worth(spender)
		value := stats.LifetimeValue(b.Frequency, buyer, worth, rules.MarginPercent/100, rules.DiscountPercent/100, rules.Years, year)
		o.WorthCents, o.ValueCents = int64(math.Round(worth*100)), int64(math.Round(value*100))
	}
	return o
}
