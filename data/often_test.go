package data

import "testing"

func TestParseOften(t *testing.T) {
	for _, c := range []struct {
		says        string
		times, days int
	}{
		{"2 in 7 days", 2, 7}, {"once a week", 1, 7}, {"twice a month", 2, 30}, {"3 mails per week", 3, 7}, {"every 30 days", 1, 30}, {"every week", 1, 7},
		{"weekly", 1, 7}, {"monthly", 1, 30}, {"daily", 1, 1}, {"At most 2 a week", 2, 7}, {"every 2 weeks", 1, 14}, {"1 in 365 days", 1, 365},
		{"", 0, 0}, {"often", 0, 0}, {"2", 0, 0}, {"two fortnights", 0, 0},
	} {
		times, days, err := ParseOften(c.says)
		if times != c.times || days != c.days || (err == nil) != (c.days > 0) {
			t.Errorf("%q is %d in %d days, %v; want %d in %d", c.says, times, days, err, c.times, c.days)
		}
	}
}
