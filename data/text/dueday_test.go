package text

import (
	"testing"
	"time"
)

func TestDueDay(t *testing.T) {
	now := time.Date(2026, 11, 17, 9, 18, 0, 0, time.UTC) // a Tuesday
	for _, c := range []struct{ says, want string }{
		{"", "none"}, {"  ", "none"},
		{"Friday", "2026-11-20"}, {"by Friday", "2026-11-20"}, {"next week", "2026-11-27"}, {"Tuesday", "2026-11-24"},
		{"in 2 weeks", "2026-12-01"}, {"2 weeks", "2026-12-01"}, {"in 3 days", "2026-11-20"}, {"today", "2026-11-17"}, {"Tomorrow", "2026-11-18"},
		{"5 December", "2026-12-05"}, {"5 Dec", "2026-12-05"}, {"Dec 5", "2026-12-05"}, {"Tue 1 Dec", "2026-12-01"}, {"Tuesday, 1 December", "2026-12-01"}, {"5.12.", "2026-12-05"},
		{"2027-01-31", "2027-01-31"}, {"31 January 2027", "2027-01-31"}, {"Fri 2 Jan 2026", "2026-01-02"}, {"end of the month", "2026-11-30"},
		{"Freitag", "2026-11-20"}, {"morgen", "2026-11-18"}, {"in zwei Wochen", "2026-12-01"},
		{"sometime", ""}, {"30 February", ""}, {"Friday or so", ""}, {"not tomorrow", ""}, {"2026-13-01", ""},
	} {
		day, ok := DueDay(c.says, now)
		got := day.Format(time.DateOnly)
		switch {
		case !ok:
			got = ""
		case day.IsZero():
			got = "none"
		}
		if got != c.want {
			t.Errorf("%q is %q, want %q", c.says, got, c.want)
		}
	}
}
