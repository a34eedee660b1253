package data

import (
	"fmt"
	"math"
)

// TierSum is what the accounts of a tier bring and take in 12 months.
type TierSum struct {
	Turnover int64 // cents
	Currency string
	Minutes  float64 // of our time
	Share    float64 // of the minutes of all tiers, 0 to 1
}

// SumTiers adds up turnover, in cents, and minutes, both by Account.ID, for each
// tier.
func SumTiers(accounts []Account, turnover, minutes map[string]float64, currency string) map[Tier]TierSum {
	sums, all := map[Tier]TierSum{}, 0.0
	for _, a := range accounts {
		s := sums[a.Tier]
		s.Currency = currency
		s.Turnover += int64(math.Round(turnover[a.ID]))
		s.Minutes += minutes[a.ID]
		all += minutes[a.ID]
		sums[a.Tier] = s
	}
	for tier, s := range sums {
		if all > 0 {
			s.Share = s.Minutes / all
			sums[tier] = s
		}
	}
	return sums
}

// Words are "€714k a year, 52 % of the team's hours"; "" where neither is known.
func (s TierSum) Words() string {
	money, share := "", ""
	if s.Turnover > 0 {
		money = ShortMoneyWords(s.Turnover, s.Currency) + " a year"
	}
	if s.Minutes > 0 {
		share = fmt.Sprintf("%.0f %% of the team's hours", 100*s.Share)
	}
	return joinCommas(money, share)
}

// ShortMoneyWords are an amount in as few letters as say how large it is: "€950",
// "€714k", "€1.2M".
func ShortMoneyWords(cents int64, currency string) string {
	sign := ""
	if cents < 0 {
		sign = "−"
	}
	switch units := math.Abs(float64(cents)) / 100; {
	case units >= 999_500:
		return sign + currencyMark(currency) + fmt.Sprintf("%.1fM", units/1e6)
	case units >= 999.5:
		return sign + currencyMark(currency) + fmt.Sprintf("%.0fk", units/1e3)
	}
	return RoundMoneyWords(cents, currency)
}
