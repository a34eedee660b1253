package data

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
)

// Allotment is how the team's hours could be shared among all who were promised a
// rhythm, so that the most of what they are worth is kept.
type Allotment struct {
	// Minutes are those there are in a year, Asked those that all rhythms ask for.
	// From says where Minutes is from.
	Minutes, Asked float64
	From           string
	Tiers          []AllotTier // A, B, C; those with nobody are left out
	// Less are those who get the least of what they were promised, the least first.
	Less []AllotBeat
}

// AllotTier is what one tier gets.
type AllotTier struct {
	Tier         Tier
	People       int
	Asked, Gets  float64 // touches a year
	Minutes      float64 // for Gets
	EveryPromise int     // days, of the tier
	Every        int     // days between touches with what it gets, on the mean of its accounts
}

// AllotBeat is what one rhythm gets.
type AllotBeat struct {
	Beat
	Gets float64 // touches a year
}

// Share is what part of the promised it gets.
func (b AllotBeat) Share() float64 { return b.Gets / b.Touches }

// lessShown is how many are named that get less than they were promised.
const lessShown = 5

// AllotHours shares the hours that the team has, or where nobody said, those that
// it spent in the last InsightDays days as of a year.
func AllotHours(in InsightsInput, beats []Beat) Allotment {
	a := Allotment{Minutes: float64(in.Hours) * 60, From: "the hours that the team has for its customers"}
	if in.Hours == 0 {
		for _, one := range in.Accounts {
			a.Minutes += one.Minutes * 365 / InsightDays
		}
		a.From = fmt.Sprintf("the hours of the last %d days, taken for a year", InsightDays)
	}
	gets := Allot(beats, a.Minutes)
	of := map[Tier]*AllotTier{}
	for _, tier := range Tiers {
		of[tier] = &AllotTier{Tier: tier, EveryPromise: in.Policies[tier].Every}
	}
	var less []AllotBeat
	for i, b := range beats {
		a.Asked += b.Touches * b.Minutes
		if t := of[b.Account.Tier]; t != nil {
			t.People++
			t.Asked += b.Touches
			t.Gets += gets[i]
			t.Minutes += gets[i] * b.Minutes
		}
		if gets[i] < b.Touches-0.01 {
			less = append(less, AllotBeat{Beat: b, Gets: gets[i]})
		}
	}
	for _, tier := range Tiers {
		t := of[tier]
		if t.People == 0 {
			continue
		}
		if t.Gets > 0 {
			t.Every = int(math.Round(365 * float64(t.People) / t.Gets))
		}
		a.Tiers = append(a.Tiers, *t)
	}
	slices.SortStableFunc(less, func(x, y AllotBeat) int {
		return cmp.Or(cmp.Compare(x.Share(), y.Share()), strings.Compare(x.Name(), y.Name()))
	})
	a.Less = less[:min(len(less), lessShown)]
	return a
}

// Fits says whether there is time for all that was promised.
func (a Allotment) Fits() bool { return a.Asked <= a.Minutes }

// Words say whether it fits, "All rhythms ask for 780 h a year of 650 h …".
func (a Allotment) Words() string {
	words := fmt.Sprintf("All rhythms ask for %s a year of %s: %s", HoursWords(a.Asked), HoursWords(a.Minutes), a.From)
	if a.Fits() {
		return words + ". It fits."
	}
	return words + ". Each gives up a share, the less the more margin hangs on it; what was agreed with somebody stays."
}

// Allot shares minutes of a year among rhythms and returns the touches that each
// gets, in their order. Keeping the share r of a rhythm is worth v·r·(2−r): the
// first touches are worth most. v is the time that it was meant to take, more where
// more margin hangs on it. The sum of it is as large as it can be, which is where
// each has r = max(0, 1 − λ/u), u being its worth for a minute, for the λ at which
// the minutes are used up (Lagrange; found by halving). What was agreed with
// somebody is kept whole, and nobody gets more than they asked for, so where the
// agreed alone take all minutes or more, the others get nothing.
func Allot(beats []Beat, minutes float64) []float64 {
	most, worth := make([]float64, len(beats)), make([]float64, len(beats))
	typical := typicalMargin(beats)
	var need float64
	for i, b := range beats {
		most[i] = b.Touches
		if b.Wish > b.Every.Days {
			most[i] = min(b.Touches, 365/float64(b.Wish))
		}
		worth[i] = 1
		if typical > 0 {
			worth[i] += float64(b.Margin) / typical
		}
		need += most[i] * b.Minutes
	}
	if need <= minutes {
		return most
	}
	at := func(lambda float64) (gets []float64, used float64) {
		gets = make([]float64, len(beats))
		for i, b := range beats {
			if gets[i] = b.Touches * max(0, 1-lambda/worth[i]); gets[i] > most[i] || b.Every.From == Agreed {
				gets[i] = most[i]
			}
			used += gets[i] * b.Minutes
		}
		return gets, used
	}
	low, high := 0.0, 1.0
	for _, w := range worth {
		high = max(high, w)
	}
	for range 60 {
		middle := (low + high) / 2
		if _, used := at(middle); used > minutes {
			low = middle
		} else {
			high = middle
		}
	}
	gets, _ := at(high)
	return gets
}

// typicalMargin is the mean of the margins that hang on rhythms; 0 where none is
// known.
func typicalMargin(beats []Beat) float64 {
	sum, n := 0.0, 0
	for _, b := range beats {
		if b.Margin > 0 {
			sum, n = sum+float64(b.Margin), n+1
		}
	}
	if n == 0 {
		return 0
	}
	return sum / float64(n)
}
