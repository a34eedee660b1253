package text

import (
	"strings"
	"time"
)

// PastDay reads what somebody wrote into a field for the date of something that happened, as of now and in its zone:
// "yesterday", "Friday" (the last one), "two days ago", "5 November" (the last one), "Tue 10 Nov", "5.11.",
// "2026-11-05", and all days that When reads. Unlike When it wants all of the text to be the date. A year that is
// written is taken as it is. Nothing written is the zero time, and ok.
func PastDay(s string, now time.Time) (time.Time, bool) {
	s, day, told, ok := plainDay(s, now)
	if told {
		return day, ok
	}
	at, dayOnly, spans, found := When(s, now)
	if !found || !dayOnly {
		return time.Time{}, false
	}
	rest, from := "", 0
	for _, span := range spans {
		rest, from = rest+s[from:span[0]], span[1]
	}
	return at, strings.Trim(rest+s[from:], " .,") == ""
}
