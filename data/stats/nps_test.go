package stats

import (
	"math"
	"testing"
)

func TestNPS(t *testing.T) {
	for _, c := range []struct {
		promoters, passives, detractors int
		score, low, high                float64
	}{
		{0, 0, 0, 0, -100, 100},
		{5, 0, 0, 100, 17.5, 100}, // (5.75 − 0.75) / 8 = 0.625, its deviation √((0.8125 − 0.625²) / 8) = 0.23
		{2, 1, 2, 0, -57.5, 57.5},
		{50, 30, 20, 30, 13.8, 44.5},
	} {
		score, low, high, _ := NPS(c.promoters, c.passives, c.detractors)
		if math.Abs(score-c.score) > 0.05 || math.Abs(low-c.low) > 1 || math.Abs(high-c.high) > 1 {
			t.Errorf("NPS(%d, %d, %d) = %.1f, %.1f to %.1f, want %.1f, %.1f to %.1f", c.promoters, c.passives, c.detractors, score, low, high, c.score, c.low, c.high)
		}
		if low > score || high < score {
			t.Errorf("%v: %.1f is not between %.1f and %.1f", c, score, low, high)
		}
	}
}

func TestMean(t *testing.T) {
	mean, low, high, ok := Mean([]float64{4, 2, 5, 3, 4}, 1, 5) // s = 1.140, t(4) = 2.776
	if !ok || math.Abs(mean-3.6) > 1e-9 || math.Abs(low-2.184) > 0.01 || math.Abs(high-5) > 0.02 {
		t.Errorf("got %v, %v to %v, %v", mean, low, high, ok)
	}
	if _, low, high, ok := Mean([]float64{4}, 1, 5); !ok || low != 1 || high != 5 {
		t.Errorf("one answer says nothing of the interval, got %v to %v", low, high)
	}
	if _, _, _, ok := Mean(nil, 1, 5); ok {
		t.Error("there is no mean of nothing")
	}
}
