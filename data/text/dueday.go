package text

import (
	"regexp"
	"strings"
	"time"
)

// DueDay reads what somebody wrote into a field for a date, as of now and in its zone: "Friday", "in 2 weeks",
// "tomorrow", "5 December", "Tue 1 Dec", "5.12.", "2026-12-05", and all that Due reads. Unlike Due it wants all of the
// text to be the date. Nothing written is the zero time, and ok.
func DueDay(s string, now time.Time) (day time.Time, ok bool) {
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
	for _, try := range []string{s, "by " + s, "in " + s} {
		if day, span, found := Due(try, now); found && strings.Trim(try[:span[0]]+try[span[1]:], " .") == "" {
			return day, true
		}
	}
	if at := fullDate.FindStringSubmatch(s); at != nil {
		return dayWithYear(at, now)
	}
	return time.Time{}, false
}

var (
	dayNamed = regexp.MustCompile(`^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,? (?:the )?(\b)`)
	fullDate = regexp.MustCompile(`^(\d{1,2})(?:st|nd|rd|th)? ([a-z]+),? (\d{4})$`)
)
