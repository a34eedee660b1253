package stats

import (
	"math"
	"testing"
)

// The mean of a count is the sum of P(at least k), which is not how Expected
// comes to it: equation 10 of the paper.
func TestReachAddsUpToExpected(t *testing.T) {
	m := BGNBD{R: 0.243, Alpha: 4.414, A: 0.793, B: 2.426}
	for _, b := range []Buyer{{Repeats: 2, Last: 30.43, Age: 38.86}, {Age: 20}, {Repeats: 12, Last: 50, Age: 51}} {
		reach, sum := m.reach(b, 39), 0.0
		for k := 1; k < 3000; k++ {
			sum += reach(k)
		}
		if want := m.Expected(b, 39); math.Abs(sum-want) > 1e-6 {
			t.Errorf("%+v: %v, expected %v", b, sum, want)
		}
	}
}

func TestARangeHoldsItsShare(t *testing.T) {
	m := BGNBD{R: 2, Alpha: 10, A: 0.5, B: 6}
	b := Buyer{Repeats: 9, Last: 50, Age: 52}
	low, high := m.Range(b, 52, 0.8)
	reach, below, above := m.reach(b, 52), 0.0, 0.0
	for k := 1; k <= high+1; k++ {
		p := reach(k)
		if k == low {
			below = 1 - p
		}
		if k == high+1 {
			above = p
		}
	}
	if low > high || below > 0.1 || above > 0.1 {
		t.Errorf("%d to %d leave %v below and %v above", low, high, below, above)
	}
}
