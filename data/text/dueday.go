package text

import (
	"regexp"
	"strings"
	"time"
)

// DueDay reads what somebody wrote into a field for a date, as of now and in its zone: "Friday", "in 2 weeks",
// "tomorrow", "5 December", "Tue 1 Dec", "5.12.", "2026-12-05", and all that Due reads. Unlike Due it wants all of the
// text to be the date. Nothing written is the zero time, and ok.
func DueDay(s string, now time.Time) (time.Time, bool) {
	s, day, told, ok := plainDay(s, now)
	if told {
		return day, ok
	}
	for _, try := range []string{s, "by " + s, "in " + s} {
		if day, span, found := Due(try, now); found && strings.Trim(try[:span[0]]+try[span[1]:], " .") == "" {
			return day, true
		}
	}
	return time.Time{}, false
}

// plainDay reads what says its day by itself, whichever way one looks: nothing, which is the zero time, a date with its
// year, and a day of the week before a date, which is taken away. told says that it did, and ok whether there is such a
// day; else rest is what is left to be read.
func plainDay(s string, now time.Time) (rest string, day time.Time, told, ok bool) {
	s = strings.ToLower(strings.Join(strings.Fields(s), " "))
	if s == "" {
		return "", time.Time{}, true, true
	}
	if day, err := time.ParseInLocation(time.DateOnly, s, now.Location()); err == nil {
		return "", day, true, true
	}
	if at := dayNamed.FindStringIndex(s); at != nil { // the date says it
		s = s[at[1]:]
	}
	at := fullDate.FindStringSubmatch(s)
	if at == nil {
		return s, time.Time{}, false, false
	}
	for _, form := range []string{"2 January 2006", "2 Jan 2006"} {
		if day, err := time.ParseInLocation(form, at[1]+" "+at[2]+" "+at[3], now.Location()); err == nil {
			return "", day, true, true
		}
	}
	return "", time.Time{}, true, false
}

var (
	dayNamed = regexp.MustCompile(`^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,? (?:the )?(\b)`)
	fullDate = regexp.MustCompile(`^(\d{1,2})(?:st|nd|rd|th)? ([a-z]+),? (\d{4})$`)
)
