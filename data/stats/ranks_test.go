package stats

import (
	"math"
	"testing"
)

// TestRanksHigherIsThatOfThePublishedTables has the largest counts of pairs below
// which the one-sided test is significant at 0.05 and at 0.01 (Mann & Whitney 1947,
// as tabled by Siegel 1956).
func TestRanksHigherIsThatOfThePublishedTables(t *testing.T) {
	for _, tt := range []struct{ m, n, at05, at01 int }{{3, 5, 1, -1}, {4, 8, 5, 2}, {5, 5, 4, 1}, {5, 8, 8, 4}, {5, 9, 9, 5}, {5, 10, 11, 6}, {8, 8, 15, 9}} {
		for _, level := range []struct {
			p float64
			u int
		}{{0.05, tt.at05}, {0.01, tt.at01}} {
			largest := -1
			for u := 0; u <= tt.m*tt.n; u++ {
				if pOf(tt.m, tt.n, tt.m*tt.n-u) <= level.p {
					largest = u
				}
			}
			if largest != level.u {
				t.Errorf("%d and %d at %v: %d, want %d", tt.m, tt.n, level.p, largest, level.u)
			}
		}
	}
}

// pOf is RanksHigher of lists in which late is above before in so many pairs.
func pOf(m, n, over int) float64 {
	before := make([]float64, n)
	for i := range before {
		before[i] = float64(i + 1)
	}
	late := make([]float64, m)
	for i := range late {
		k := min(over, n)
		over -= k
		late[i] = float64(k) + 0.5
	}
	return RanksHigher(late, before)
}

func TestRanksHigherIsNotMovedByOneThatIsFarOff(t *testing.T) {
	before := []float64{1, 2, 3, 4, 5, 6, 7, 8}
	for _, tt := range []struct {
		name string
		late []float64
		want float64
	}{
		{"all above", []float64{9, 10, 11, 12, 13}, 1.0 / 1287},
		{"all above, one far off", []float64{9, 10, 11, 12, 9999}, 1.0 / 1287},
		{"all below", []float64{0, 0, 0, 0, 0}, 1},
		{"the same count as lower", []float64{1, 1, 1, 1, 1}, 1},
		{"none", nil, 1},
	} {
		if got := RanksHigher(tt.late, before); math.Abs(got-tt.want) > 1e-12 {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}
