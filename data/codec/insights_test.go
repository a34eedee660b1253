package codec

import (
	"encoding/csv"
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"rapport/data"
)

// aFewInsights are figures of so many accounts of a name.
func aFewInsights(n int, name string) data.Insights {
	now := time.Date(2026, 11, 17, 9, 18, 0, 0, time.UTC)
	in := data.InsightsInput{Now: now, Policies: data.PoliciesOf(nil), Rules: data.DefaultInsightRules, Money: data.MoneyRules{Currency: "EUR", HourCents: 6000, MarginPercent: 30, Years: 3}}
	for i := range n {
		a := data.InsightAccount{Account: data.Account{ID: fmt.Sprint(i), Name: fmt.Sprint(name, " ", i), Tier: data.TierA}, Minutes: 60}
		who := data.ContactStanding{Contact: data.Contact{ID: fmt.Sprint("c", i), Name: name}, Warmth: data.Warmth{Score: 50, Band: data.Cooling, Silence: 40, Last: data.Moment{At: now.AddDate(0, 0, -40)}, Interval: data.Interval{Days: 7, From: data.OfTier}}}
		a.Contacts = []data.ContactStanding{who}
		a.Standing = data.StandAccount(data.StandingInput{Contacts: a.Contacts, Policy: in.Policies[data.TierA], Rules: data.DefaultWarmthRules}, now)
		a.Profit = data.ProfitIn([]data.Purchase{{Kind: data.Invoiced, On: "2026-05-05", Cents: int64(100_000 * (i + 1)), Currency: "EUR"}}, data.Effort{Minutes: 60}, in.Money, "2025-11-18", "2026-11-18")
		in.Accounts = append(in.Accounts, a)
	}
	in.Foresights = []data.Foresight{{What: "x", Chance: 70, Came: data.CameTrue, Scored: "2026-10-10"}}
	return data.ComposeInsights(in, data.OneByOne)
}

func TestEveryFigureHasItsFiles(t *testing.T) {
	for _, s := range []data.Insights{aFewInsights(0, ""), aFewInsights(3, "Kestrel")} {
		files, err := InsightFiles(s)
		if err != nil {
			t.Fatal(err)
		}
		names := map[string]bool{}
		for _, f := range files {
			if names[f.Name] || len(f.Bytes) < 20 {
				t.Errorf("%s: %d bytes, or twice", f.Name, len(f.Bytes))
			}
			names[f.Name] = true
		}
		for _, want := range []string{"insights.md", "profit-map.svg", "profit-map.png", "profit-map.csv", "hours.svg", "rhythm.png", "changes.csv", "allotment.csv", "early-warning.csv", "keep-or-win-back.svg", "foresight.svg", "evidence.csv"} {
			if !names[want] {
				t.Errorf("%s is not there", want)
			}
		}
	}
}

func TestTablesAreReadAsTheyWereWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := strings.ReplaceAll(rapid.String().Draw(t, "name"), "\r", "")
		for _, one := range InsightsOf(aFewInsights(2, name)) {
			one.Chart = nil
			files, err := one.Files()
			if err != nil {
				t.Fatal(err)
			}
			rows, err := csv.NewReader(strings.NewReader(string(files[0].Bytes))).ReadAll()
			if err != nil {
				t.Fatalf("%s: %v", one.Name, err)
			}
			if len(rows) != len(one.Rows) {
				t.Fatalf("%s: %d rows of %d", one.Name, len(rows), len(one.Rows))
			}
			for _, row := range rows {
				for _, cell := range row {
					if cell != "" && strings.ContainsRune("=+@", rune(cell[0])) {
						t.Fatalf("%s: a spreadsheet takes %q for a formula", one.Name, cell)
					}
				}
			}
		}
	})
}

func TestNegativeNumbersStayNumbers(t *testing.T) {
	if got := plainCells([]string{"-12.50", "-x", "=1+1", "", "a"}); strings.Join(got, "|") != "-12.50|'-x|'=1+1||a" {
		t.Error(got)
	}
}

func TestOfManyAccountsAFewAreReadOut(t *testing.T) {
	text := InsightsText(aFewInsights(100, "Kestrel"))
	if !strings.Contains(text, "and 70 more, in profit-map.csv.") || !strings.Contains(text, "Team numbers only") || strings.Count(text, "\n") > 250 {
		t.Error(text)
	}
}
