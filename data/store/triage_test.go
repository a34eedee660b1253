package store

import (
	"context"
	"testing"
	"time"

	"rapport/data"
)

// TestRevenueCountsWhatWasBoughtInTwelveMonths asks early in a year: what was
// bought in the year before counts as far as it is not older than 12 months.
func TestRevenueCountsWhatWasBoughtInTwelveMonths(t *testing.T) {
	db := open(t)
	january := time.Date(noon.Year(), 1, 5, 9, 0, 0, 0, time.UTC)
	buys := []data.Purchase{
		{Key: "1", Account: "k", Kind: data.Ordered, On: january.AddDate(0, -2, 0).Format(time.DateOnly), Cents: 90000, Currency: "EUR"},
		{Key: "2", Account: "k", Kind: data.Ordered, On: january.AddDate(0, -13, 0).Format(time.DateOnly), Cents: 700000, Currency: "EUR"},
		{Key: "3", Account: "l", Kind: data.Invoiced, On: january.AddDate(0, 0, -3).Format(time.DateOnly), Cents: 45000, Currency: "EUR"},
		{Key: "4", Account: "l", Kind: data.Ordered, On: january.AddDate(0, 0, -9).Format(time.DateOnly), Cents: 45000, Currency: "EUR"}, // invoiced by then
		{Key: "5", Account: "m", Kind: data.Ordered, On: january.AddDate(0, 0, -9).Format(time.DateOnly), Cents: 45000, Currency: "USD"},
	}
	write(t, db, "", func(tx *Tx) error {
		for id, name := range map[string]string{"k": "Kestrel", "l": "Linden", "m": "Mill"} {
			if err := tx.PutAccount(data.Account{ID: id, Name: name}); err != nil {
				return err
			}
		}
		in, err := tx.BeginIntake("orders", "orders.csv")
		if err != nil {
			return err
		}
		for _, p := range buys {
			if _, err := in.Purchase(p); err != nil {
				return err
			}
		}
		return nil
	})
	in, err := db.TriageInput(context.Background(), january)
	if err != nil {
		t.Fatal(err)
	}
	counted := map[string]map[string]float64{}
	for _, one := range in.Inputs {
		counted[one.Account.ID] = one.Counted
	}
	if counted["k"][data.CountRevenue] != 100 || counted["l"][data.CountRevenue] != 50 {
		t.Errorf("counted %v", counted)
	}
	if _, known := counted["m"][data.CountRevenue]; known {
		t.Errorf("what was bought in another currency counts: %v", counted["m"])
	}
}
