package text

import (
	"testing"
	"time"
)

func TestPastDay(t *testing.T) {
	now := time.Date(2026, 11, 17, 9, 18, 0, 0, time.UTC) // a Tuesday
	for _, c := range []struct{ says, want string }{
		{"", "none"}, {"  ", "none"},
		{"today", "2026-11-17"}, {"Yesterday", "2026-11-16"}, {"Friday", "2026-11-13"}, {"last Friday", "2026-11-13"}, {"on Friday", "2026-11-13"},
		{"2 days ago", "2026-11-15"}, {"two weeks ago", "2026-11-03"}, {"5 November", "2026-11-05"}, {"5 Nov", "2026-11-05"}, {"Nov 5", "2026-11-05"},
		{"5 Dec", ""}, {"5 June", "2026-06-05"}, {"Tue 10 Nov", "2026-11-10"}, {"Tuesday, 10 November", "2026-11-10"}, {"5.11.", "2026-11-05"},
		{"2025-01-31", "2025-01-31"}, {"2027-01-31", "2027-01-31"}, {"31 January 2025", "2025-01-31"}, {"Fri 2 Jan 2026", "2026-01-02"},
		{"gestern", "2026-11-16"}, {"vor zwei Tagen", "2026-11-15"},
		{"sometime", ""}, {"30 February", ""}, {"Friday or so", ""}, {"tomorrow", ""}, {"yesterday at 14:30", ""}, {"2026-13-01", ""}, {"in 2 weeks", ""},
	} {
		day, ok := PastDay(c.says, now)
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
