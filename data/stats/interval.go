package stats

import (
	"math"
	"slices"
)

// Wilson is the 95 % interval of a share of which k of n were seen (Wilson 1927).
// It is honest for few: 0 of 0 is anything from 0 to 1.
func Wilson(k, n int) (low, high float64) {
	if n <= 0 {
		return 0, 1
	}
	const z = 1.959964
	p, m := float64(k)/float64(n), float64(n)
	middle := (p + z*z/(2*m)) / (1 + z*z/m)
	half := z / (1 + z*z/m) * math.Sqrt(p*(1-p)/m+z*z/(4*m*m))
	return max(0, middle-half), min(1, middle+half)
}

// Wait is how long something took; Open says that it has not happened yet.
type Wait struct {
	Took float64
	Open bool
}

// Median is the Kaplan–Meier estimate of the time by which half have happened, so
// that what still waits is not left out (Kaplan & Meier 1958). It is false where
// fewer than half have happened within the time watched.
func Median(waits []Wait) (float64, bool) {
	sorted := slices.Clone(waits)
	slices.SortFunc(sorted, func(a, b Wait) int {
		switch {
		case a.Took < b.Took, a.Took == b.Took && !a.Open && b.Open: // what happened at a moment was still watched then
			return -1
		case a.Took == b.Took && a.Open == b.Open:
			return 0
		}
		return 1
	})
	left := 1.0
	for i := 0; i < len(sorted); {
		at, happened, from := sorted[i].Took, 0, i
		for ; i < len(sorted) && sorted[i].Took == at; i++ {
			if !sorted[i].Open {
				happened++
			}
		}
		left *= 1 - float64(happened)/float64(len(sorted)-from)
		if left <= 0.5+1e-12 && happened > 0 {
			return at, true
		}
	}
	return 0, false
}

// Brier is the mean squared distance of forecasts from what came to pass: 0 is
// perfect, 0.25 is always saying one half (Brier 1950). It is false for none.
func Brier(forecasts []float64, came []bool) (float64, bool) {
	if len(forecasts) == 0 || len(forecasts) != len(came) {
		return 0, false
	}
	sum := 0.0
	for i, f := range forecasts {
		truth := 0.0
		if came[i] {
			truth = 1
		}
		sum += (f - truth) * (f - truth)
	}
	return sum / float64(len(forecasts)), true
}
