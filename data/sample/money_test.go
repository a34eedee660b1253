package sample

import (
	"testing"
	"time"

	"rapport/data"
)

// TestWhatIsBoughtCanBeKept checks every line as the store does, on several days
// and in a larger world.
func TestWhatIsBoughtCanBeKept(t *testing.T) {
	for _, o := range []Options{{}, {Seed: 7, Today: Today.AddDate(0, 1, 3)}, {Seed: 3, Accounts: 60, Today: Today.AddDate(0, 0, 9)}} {
		w := Make(o)
		now := w.days.today
		if len(w.Purchases) < 100 || len(w.Tickets) < 50 {
			t.Errorf("%+v: only %d purchases, %d tickets", o, len(w.Purchases), len(w.Tickets))
		}
		keys := map[string]bool{}
		for _, p := range w.Purchases {
			if err := p.Check(now); err != nil {
				t.Errorf("%+v: %v", p, err)
			}
			if keys[p.Key] {
				t.Errorf("two purchases are %s", p.Key)
			}
			keys[p.Key] = true
		}
		for _, k := range w.Tickets {
			if err := k.Check(now); err != nil {
				t.Errorf("%+v: %v", k, err)
			}
		}
		if err := w.Money.Check(); err != nil {
			t.Error(err)
		}
	}
}

// TestTheSampleTellsHowCustomersBuy fits the models to the sample's orders.
func TestTheSampleTellsHowCustomersBuy(t *testing.T) {
	w := Make(Options{})
	days := map[string]map[string]int64{}
	for _, p := range w.Purchases {
		if p.Kind == data.Ordered {
			if days[p.Account] == nil {
				days[p.Account] = map[string]int64{}
			}
			days[p.Account][p.On] += p.Cents
		}
	}
	var list []data.BuyingHistory
	for _, a := range w.Accounts {
		h := data.BuyingHistory{Account: a.ID}
		for _, p := range w.Purchases {
			if sum, ok := days[a.ID][p.On]; ok && p.Account == a.ID && p.Kind == data.Ordered {
				h.Days = append(h.Days, data.BuyingDay{On: p.On, Cents: sum})
				delete(days[a.ID], p.On)
			}
		}
		if len(h.Days) > 0 {
			list = append(list, h)
		}
	}
	now := w.days.today.Add(9 * time.Hour)
	b := data.FitBuying(list, now)
	if b.TooLittle != "" || b.TooLittleSpend != "" {
		t.Fatalf("%s; %s", b.TooLittle, b.TooLittleSpend)
	}
	alive := map[string]float64{}
	for _, h := range list {
		o := b.OutlookOf(h, w.Money)
		for _, a := range w.Accounts {
			if a.ID == h.Account {
				alive[a.Name] = o.Alive
				t.Logf("%-24s %2d orders, alive %.2f, %.1f to come, worth %d", a.Name, len(h.Days), o.Alive, o.Expected, o.ValueCents/100)
			}
		}
	}
	for _, p := range b.Parameters() {
		t.Log(p.Model, p.Words())
	}
	if alive["Kestrel Museums"] < 0.8 || alive["Pell & Sons Printing"] >= alive["Kestrel Museums"] {
		t.Errorf("Kestrel buys still and Pell went: %v", alive)
	}
}
