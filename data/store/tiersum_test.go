package store

import (
	"context"
	"testing"

	"rapport/data"
)

func TestTierSumsCountWhatEachTierBringsAndTakes(t *testing.T) {
	db := open(t)
	write(t, db, "", func(tx *Tx) error {
		for id, tier := range map[string]data.Tier{"k": data.TierA, "l": data.TierB} {
			if err := tx.PutAccount(data.Account{ID: id, Name: id, Tier: tier}); err != nil {
				return err
			}
		}
		for id, minutes := range map[string]int{"k": 90, "l": 30} {
			if err := tx.PutEntry(data.Entry{ID: "call" + id, Kind: data.Call, At: noon.AddDate(0, -1, 0), Minutes: minutes, Account: id, Text: "Spoke"}, noon); err != nil {
				return err
			}
		}
		return tx.PutEntry(data.Entry{ID: "old", Kind: data.Call, At: noon.AddDate(-2, 0, 0), Minutes: 900, Account: "l", Text: "Long ago"}, noon)
	})
	sums, err := db.TierSums(context.Background(), noon)
	if err != nil {
		t.Fatal(err)
	}
	if got := sums[data.TierA].Words(); got != "75 % of the team's hours" {
		t.Errorf("A: %q", got)
	}
	if got := sums[data.TierB].Words(); got != "25 % of the team's hours" {
		t.Errorf("B: %q", got)
	}
}
