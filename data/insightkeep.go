package data

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
)

// Keeping compares an hour spent on keeping accounts at risk with one spent on
// winning lost ones back, under the assumptions of InsightRules.
type Keeping struct {
	// Missing says why it cannot be counted; "" where it can.
	Missing string
	// Keep and Win are worth most for an hour first.
	Keep, Win []Effortful
	// KeepHour and WinHour are what an hour is worth on the mean of those that are
	// worth it, in cents.
	KeepHour, WinHour int64
	Assumed           []string // in words, each with its figure
}

// Effortful is an account that could be kept, or won back.
type Effortful struct {
	Account  Account
	Gain     int64   // expected, in today's cents, before what it costs
	Cost     int64   // of the hours
	Hours    float64 // that it takes
	Words    string
	Receipts []Receipt
}

// Net is what is left of the gain.
func (e Effortful) Net() int64 { return e.Gain - e.Cost }

// keepShown is how many of each are counted.
const keepShown = 10

// KeepOrWin counts both. Kept or won, an account brings its margin for the years
// that MoneyRules look ahead, in today's money.
func KeepOrWin(in InsightsInput, warnings []EarlyWarning) Keeping {
	k := Keeping{Assumed: assumed(in)}
	if in.Money.HourCents == 0 {
		k.Missing = "say what an hour of yours costs to compare them"
		return k
	}
	worth := yearsWorth(in.Money)
	for _, w := range warnings {
		if !w.Known || w.Margin <= 0 {
			continue
		}
		gain := w.Chance * in.Rules.KeepPercent / 100 * float64(w.Margin) * worth
		k.Keep = append(k.Keep, effortful(w.Account, gain, in.Rules.KeepHours*yearsCounted(in.Money), in.Money,
			fmt.Sprintf("%.0f %% chance to lose %s a year", 100*w.Chance, ShortMoneyWords(w.Margin, in.Money.Currency)), w.Receipts()))
	}
	share := marginShare(in)
	for _, a := range in.Accounts {
		before, last, lost := a.lost(in.Rules.LostDays, in.Now)
		if !lost || before <= 0 || share <= 0 {
			continue
		}
		margin := share * float64(before)
		gain := in.Rules.WinPercent / 100 * margin * worth
		k.Win = append(k.Win, effortful(a.Account, gain, in.Rules.WinHours, in.Money,
			fmt.Sprintf("left %s a year, bought last %s", ShortMoneyWords(int64(margin), in.Money.Currency), last),
			[]Receipt{{Words: fmt.Sprintf("%s bought in the year up to %s, of which %.0f %% was margin", RoundMoneyWords(before, in.Money.Currency), last, 100*share)}}))
	}
	k.Keep, k.KeepHour = best(k.Keep)
	k.Win, k.WinHour = best(k.Win)
	if len(k.Keep) == 0 && len(k.Win) == 0 {
		k.Missing = "no account with known margin is at risk or lost"
	}
	return k
}

func effortful(a Account, gain, hours float64, money MoneyRules, words string, receipts []Receipt) Effortful {
	return Effortful{Account: a, Gain: int64(math.Round(gain)), Hours: hours, Cost: int64(math.Round(hours * float64(money.HourCents))), Words: words, Receipts: receipts}
}

// best are those worth most, and what an hour for them is worth on the mean, of
// those that bring more than they cost.
func best(list []Effortful) ([]Effortful, int64) {
	slices.SortStableFunc(list, func(a, b Effortful) int {
		return cmp.Or(cmp.Compare(b.Net(), a.Net()), strings.Compare(a.Account.Name, b.Account.Name), strings.Compare(a.Account.ID, b.Account.ID))
	})
	list = list[:min(len(list), keepShown)]
	var gain, hours float64
	for _, e := range list {
		if e.Net() > 0 {
			gain, hours = gain+float64(e.Gain), hours+e.Hours
		}
	}
	if hours == 0 {
		return list, 0
	}
	return list, int64(math.Round(gain / hours))
}

func yearsCounted(m MoneyRules) float64 { return float64(max(m.Years, 1)) }

// yearsWorth is how many of today's yearly margins those of the years ahead are.
func yearsWorth(m MoneyRules) (sum float64) {
	for y := range max(m.Years, 1) {
		sum += 1 / math.Pow(1+m.DiscountPercent/100, float64(y+1))
	}
	return sum
}

// marginShare is what part of turnover was margin in the last 12 months over all
// accounts, else what the team says.
func marginShare(in InsightsInput) float64 {
	var margin, turnover int64
	for _, a := range in.Accounts {
		margin, turnover = margin+a.Profit.Margin, turnover+a.Profit.Turnover
	}
	if turnover > 0 && margin > 0 {
		return float64(margin) / float64(turnover)
	}
	return in.Money.MarginPercent / 100
}

// lost says whether an account bought twice or more and then nothing for so many
// days; before is what it bought in the year up to the last purchase.
func (a InsightAccount) lost(after int, now time.Time) (before int64, last string, lost bool) {
	if len(a.Bought) < 2 {
		return 0, "", false
	}
	end := a.Bought[len(a.Bought)-1]
	ago := daysSinceDate(end.On, now)
	if ago <= after {
		return 0, "", false
	}
	for _, d := range a.Bought {
		if daysSinceDate(d.On, now)-ago < 365 {
			before += d.Cents
		}
	}
	day, err := time.ParseInLocation(time.DateOnly, end.On, now.Location())
	if err != nil {
		return 0, "", false
	}
	return before, ShortDate(day, now), true
}

func assumed(in InsightsInput) []string {
	r, m := in.Rules, in.Money
	return []string{
		fmt.Sprintf("Keeping an account takes %s hours a year and lowers the chance to lose it by %s %%", grouped(r.KeepHours), grouped(r.KeepPercent)),
		fmt.Sprintf("Winning one back takes %s hours, and %s of a hundred come back", grouped(r.WinHours), grouped(r.WinPercent)),
		fmt.Sprintf("A customer counts as lost after %d days without a purchase", r.LostDays),
		fmt.Sprintf("Kept or won, an account leaves what it left, for %s at %s %% a year less", Counted(max(m.Years, 1), "year", "years"), grouped(m.DiscountPercent)),
		fmt.Sprintf("An hour costs %s", MoneyWords(m.HourCents, m.Currency)),
	}
}

// Words say which is worth more.
func (k Keeping) Words(currency string) string {
	switch {
	case k.Missing != "":
		return sentence(k.Missing)
	case len(k.Win) == 0:
		return fmt.Sprintf("An hour of keeping is worth %s; nobody is lost who could be won back", RoundMoneyWords(k.KeepHour, currency))
	case k.KeepHour == 0 && k.WinHour == 0:
		return "Neither pays for its hours under these assumptions"
	case k.KeepHour >= k.WinHour:
		return fmt.Sprintf("Keep first: an hour of keeping is worth %s, one of winning back %s", RoundMoneyWords(k.KeepHour, currency), RoundMoneyWords(k.WinHour, currency))
	}
	return fmt.Sprintf("Win back first: an hour of it is worth %s, one of keeping %s", RoundMoneyWords(k.WinHour, currency), RoundMoneyWords(k.KeepHour, currency))
}
