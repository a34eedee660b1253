package data

import (
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"

	"rapport/data/stats"
)

func TestMoneyIsReadAsPeopleWriteIt(t *testing.T) {
	for _, c := range []struct {
		name     string
		text     string
		decimal  byte
		cents    int64
		currency string
		wrong    bool
	}{
		{"plain", "12", '.', 1200, "", false},
		{"English", "1,240.50", '.', 124050, "", false},
		{"German", "1.240,50", ',', 124050, "", false},
		{"French, narrow blanks", "1\u202f240,50 €", ',', 124050, "EUR", false},
		{"Swiss", "CHF 1’240.50", '.', 124050, "CHF", false},
		{"half a cent is rounded up", "0.125", '.', 13, "", false},
		{"no whole part", ",5", ',', 50, "", false},
		{"code behind", "99 usd", '.', 9900, "USD", false},
		{"negative", "-3", '.', 0, "", true},
		{"in brackets", "(3.00)", '.', 0, "", true},
		{"words", "about ten", '.', 0, "", true},
		{"thousands in twos", "1,24,000", '.', 0, "", true},
		{"nothing", " ", '.', 0, "", true},
		{"too large", "12345678901234567", '.', 0, "", true},
	} {
		cents, currency, err := ParseMoney(c.text, c.decimal)
		if (err != nil) != c.wrong || !c.wrong && (cents != c.cents || currency != c.currency) {
			t.Errorf("%s: %q is %d %q, %v", c.name, c.text, cents, currency, err)
		}
	}
}

func TestMoneyWrittenIsMoneyRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cents := rapid.Int64Range(0, 1e13).Draw(t, "cents")
		code := rapid.SampledFrom([]string{"EUR", "USD", "CHF"}).Draw(t, "code")
		got, currency, err := ParseMoney(MoneyWords(cents, code), '.')
		if err != nil || got != cents || currency != code {
			t.Fatalf("%s: %d %s %v", MoneyWords(cents, code), got, currency, err)
		}
	})
}

var eur = MoneyRules{Currency: "EUR", HourCents: 6000, MarginPercent: 30, ReadMinutes: 2.5, WriteMinutes: 5, DiscountPercent: 10, Years: 3}

func TestProfitIsMarginLessWhatServingCost(t *testing.T) {
	effort := CountEffort([]Spent{
		{Kind: Mail, Direction: In, Times: 4}, {Kind: Mail, Direction: Out, Times: 2},
		{Kind: Meet, Minutes: 60, Ours: 2, Times: 1}, {Kind: Call, Times: 1}, {Kind: Note, Times: 9},
	}, []Ticket{{Minutes: 20}}, eur)
	if effort.Minutes != 4*2.5+2*5+120+20 {
		t.Fatalf("%v minutes", effort.Minutes)
	}
	if effort.Lines[0].What != "meeting" || effort.Lines[len(effort.Lines)-1].Unknown != 1 {
		t.Errorf("%+v", effort.Lines)
	}
	list := []Purchase{
		{Kind: Invoiced, On: "2026-02-01", Cents: 100000, Currency: "EUR"},
		{Kind: Invoiced, On: "2026-03-01", Cents: 50000, Cost: 20000, Costed: true, Currency: "EUR"},
		{Kind: Ordered, On: "2026-02-01", Cents: 999999, Currency: "EUR"}, // the same, before it was invoiced
		{Kind: Credited, On: "2026-04-01", Cents: 1000, Currency: "EUR"},
		{Kind: Travelled, On: "2026-04-01", Cents: 2000, Currency: "EUR"},
		{Kind: Invoiced, On: "2025-12-31", Cents: 777, Currency: "EUR"},
		{Kind: Invoiced, On: "2026-05-01", Cents: 777, Currency: "USD"},
	}
	p := ProfitIn(list, effort, eur, "2026-01-01", "2027-01-01")
	want := int64(30000 + 30000 - 16000 - 2000 - 1000)
	if p.Cents != want || !p.Known() || p.Turnover != 150000 {
		t.Errorf("%+v, want %d", p, want)
	}
	sum := int64(0)
	for _, r := range p.Receipts {
		sum += r.Cents
	}
	if sum != p.Cents {
		t.Errorf("receipts add up to %d, not %d", sum, p.Cents)
	}
	if len(p.LeftOut) != 1 || p.LeftOut[0] != "1 line in USD" {
		t.Errorf("%v", p.LeftOut)
	}
	if p := ProfitIn(list, effort, DefaultMoneyRules, "2026-01-01", "2027-01-01"); p.Known() || len(p.Missing) != 2 {
		t.Errorf("nobody said the margin and the rate, but %+v", p)
	}
}

func TestProfitNeverRisesWithEffort(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		spent := []Spent{{Kind: Meet, Minutes: rapid.IntRange(0, 500).Draw(t, "minutes"), Ours: 1, Times: 1}}
		more := append(spent, Spent{Kind: Mail, Direction: Out, Times: rapid.IntRange(0, 50).Draw(t, "mails")})
		a := ProfitIn(nil, CountEffort(spent, nil, eur), eur, "2026-01-01", "2027-01-01")
		b := ProfitIn(nil, CountEffort(more, nil, eur), eur, "2026-01-01", "2027-01-01")
		if b.Cents > a.Cents {
			t.Fatalf("%d became %d", a.Cents, b.Cents)
		}
	})
}

func TestPurchasesThatCannotBe(t *testing.T) {
	now := time.Date(2026, 11, 17, 9, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name  string
		p     Purchase
		field string
	}{
		{"nobody's", Purchase{On: "2026-01-01", Currency: "EUR"}, "account"},
		{"an impossible date", Purchase{Account: "k", On: "2026-02-30", Currency: "EUR"}, "date"},
		{"a date to come", Purchase{Account: "k", On: "2062-02-03", Currency: "EUR"}, "date"},
		{"negative", Purchase{Account: "k", On: "2026-01-01", Cents: -1, Currency: "EUR"}, "amount"},
		{"no currency", Purchase{Account: "k", On: "2026-01-01"}, "currency"},
		{"a kind that is none", Purchase{Account: "k", On: "2026-01-01", Currency: "EUR", Kind: "gift"}, "kind"},
	} {
		if e, ok := c.p.Check(now).(*Invalid); !ok || e.Field != c.field {
			t.Errorf("%s: %v", c.name, c.p.Check(now))
		}
	}
	late := Ticket{Account: "k", Number: "7", Opened: "2026-03-02", Closed: "2026-03-01"}
	if late.Check(now) == nil {
		t.Error("a ticket was closed before it was opened")
	}
}

func TestTheOutlookSaysWhenThereIsTooLittle(t *testing.T) {
	now := time.Date(2026, 11, 17, 0, 0, 0, 0, time.UTC)
	var few []BuyingHistory
	for range 9 {
		few = append(few, monthly(now, 6, 1))
	}
	b := FitBuying(few, now)
	if b.TooLittle == "" || len(b.Parameters()) != 0 || b.OutlookOf(few[0], eur).TooLittle != b.TooLittle {
		t.Errorf("nine accounts cannot tell: %+v", b)
	}
	many := few
	for i := range 60 {
		many = append(many, monthly(now, 1+i%12, i%9))
	}
	b = FitBuying(many, now)
	if b.TooLittle != "" || b.TooLittleSpend != "" || len(b.Parameters()) != 7 {
		t.Fatalf("%+v", b)
	}
	if o := b.OutlookOf(BuyingHistory{}, eur); o.TooLittle == "" {
		t.Error("who never bought has an outlook")
	}
	o := b.OutlookOf(many[0], eur)
	if o.TooLittle != "" || o.Alive <= 0 || o.Alive > 1 || float64(o.Low) > o.Expected || float64(o.High) < math.Floor(o.Expected) || o.ValueCents <= 0 {
		t.Errorf("%+v", o)
	}
	fresh, stale := b.OutlookOf(monthly(now, 6, 0), eur), b.OutlookOf(monthly(now.AddDate(-1, 0, 0), 6, 0), eur)
	if stale.Alive >= fresh.Alive {
		t.Errorf("a year's silence left them as alive: %v, %v", stale.Alive, fresh.Alive)
	}
}

// monthly is one who bought so many times, a month apart, the last time so many
// months ago.
func monthly(now time.Time, times, ago int) (h BuyingHistory) {
	for i := times; i > 0; i-- {
		h.Days = append(h.Days, BuyingDay{On: now.AddDate(0, -i-ago, 0).Format(time.DateOnly), Cents: int64(10000 + 900*times + 100*i + 317*ago)})
	}
	return h
}

func TestExpectedPurchasesAreTheMeanOfTheirRange(t *testing.T) {
	m := stats.BGNBD{R: 0.243, Alpha: 4.414, A: 0.793, B: 2.426}
	for _, b := range []stats.Buyer{{Repeats: 2, Last: 30.43, Age: 38.86}, {Age: 20}, {Repeats: 12, Last: 50, Age: 51}} {
		low, high := m.Range(b, 39, 0.8)
		if want := m.Expected(b, 39); float64(low) > want+1 || float64(high)+1 < want {
			t.Errorf("%+v: %d to %d, mean %v", b, low, high, want)
		}
	}
}
