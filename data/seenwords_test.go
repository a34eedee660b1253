package data

import (
	"testing"
	"time"
)

func TestSeenWords(t *testing.T) {
	now := time.Date(2026, 11, 17, 12, 0, 0, 0, time.UTC)
	heard := now.Add(-time.Hour)
	for _, c := range []struct {
		name string
		m    Member
		want string
	}{
		{"never heard", Member{Role: Editor}, ""},
		{"removed", Member{HeardAt: heard}, ""},
		{"has all", Member{Role: Editor, HeardAt: heard}, "Has seen all that is here"},
		{"lacks some", Member{Role: Editor, HeardAt: heard, Lacks: 3, SeenUntil: now.Add(-2 * time.Hour)}, "Has seen all until today 10:00"},
		{"lacks what has no time", Member{Role: Editor, HeardAt: heard, Lacks: 1}, "Has not seen 1 change"},
	} {
		if got := SeenWords(c.m, now); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
