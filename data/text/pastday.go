package text

import (
	"strings"
	"time"
)

// PastDay reads what somebody wrote into a field for the date of something that happened, as of now and in its zone:
// "yesterday", "Friday" (the last one), "two days ago", "5 November" (the last one), "Tue 10 Nov", "5.11.",
// "2026-11-05", and all days that When reads. Unlike When it wants all of the text to be the date. A year that is
// written is taken as it is. Nothing written is the zero time, and ok.
func PastDay(s string, now time.Time) (day time.Time, ok bool) {
	s = strings.ToLower(strings.Join(strings.Fields(s), " "))
	if s == "" {
		return time.Time{}, true
	}
	if day, err := time.ParseInLocation(time.DateOnly, s, now.Location()); err == nil {
		return day, true
	}
	if at := dayNamed.FindStringIndex(s); at != nil { // the date says it
		s = s[at[1]:]
	}
	if at := fullDate.FindStringSubmatch(s); at != nil {
		return dayWithYear(at, now)
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

// dayWithYear is the day of a match of fullDate.
func dayWithYear(at []string, now time.Time) (day time.Time, ok bool) {
	for _, form := range []string{"2 January 2006", "2 Jan 2006"} {
		if day, err := time.ParseInLocation(form, at[1]+" "+at[2]+" "+at[3], now.Location()); err == nil {
			return day, true
		}
	}
	return time.Time{}, false
}
