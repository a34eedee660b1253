package cli

import (
	"testing"
)

func TestSpansOfTimeAreReadAndWritten(t *testing.T) {
	for span, want := range map[string]int{"12mo": 12, "6MO": 6, "2y": 24, "all": 0, " 3m ": 3} {
		if got, err := monthsOf(span); err != nil || got != want {
			t.Errorf("monthsOf(%q) = %d, %v; want %d", span, got, err, want)
		}
	}
	for _, wrong := range []string{"", "12", "0mo", "-1mo", "1.5y", "9999999y", "moo", "12 mo."} {
		if n, err := monthsOf(wrong); err == nil {
			t.Errorf("monthsOf(%q) = %d, want an error", wrong, n)
		}
	}
	for _, months := range []int{0, 1, 12, 24} {
		if got, err := monthsOf(spanOf(months)); err != nil || got != months {
			t.Errorf("%d months come back as %d, %v", months, got, err)
		}
	}
}
