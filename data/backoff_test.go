package data

import (
	"testing"
	"time"
)

func TestBackoffGrowsStaysBelowItsLimitAndNeverHammers(t *testing.T) {
	for n := 1; n < 100; n++ {
		long, short := Backoff(n, 0), Backoff(n, 1)
		if long > 15*time.Minute || short < 2500*time.Millisecond || short > long || n > 1 && long < Backoff(n-1, 0) {
			t.Errorf("after %d failures: %s to %s", n, short, long)
		}
	}
}
