package data

import "testing"

func TestWhatATierBringsAndTakes(t *testing.T) {
	accounts := []Account{{ID: "a", Tier: TierA}, {ID: "b", Tier: TierA}, {ID: "c", Tier: TierB}, {ID: "d"}}
	sums := SumTiers(accounts, map[string]float64{"a": 70_000_000, "b": 1_400_000, "gone": 5}, map[string]float64{"a": 520, "c": 480}, "EUR")
	for tier, want := range map[Tier]string{TierA: "€714k a year, 52 % of the team's hours", TierB: "48 % of the team's hours", "": "", TierC: ""} {
		if got := sums[tier].Words(); got != want {
			t.Errorf("tier %q: %q, want %q", tier, got, want)
		}
	}
}

func TestShortMoney(t *testing.T) {
	for cents, want := range map[int64]string{0: "€0", 95_000: "€950", 99_940: "€999", 99_960: "€1k", 71_400_000: "€714k", 99_949_900: "€999k", 99_960_000: "€1.0M", 123_000_000: "€1.2M", -71_400_000: "−€714k"} {
		if got := ShortMoneyWords(cents, "EUR"); got != want {
			t.Errorf("%d: %q, want %q", cents, got, want)
		}
	}
}
