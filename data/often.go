package data

import (
	"regexp"
	"strconv"
	"strings"
)

// ParseOften reads how often something may be: "2 in 7 days", "once a week",
// "3 a month", "every 30 days", "weekly". Its errors are *Invalid.
func ParseOften(s string) (times, days int, err error) {
	s = strings.ToLower(strings.Join(strings.Fields(s), " "))
	if d, ok := spans[strings.TrimSuffix(s, "ly")]; ok && strings.HasSuffix(s, "ly") {
		return 1, d, nil
	}
	if s == "daily" {
		return 1, 1, nil
	}
	at := oftenForm.FindStringSubmatch(s)
	if at == nil {
		return 0, 0, invalid("often", "write how often like 2 in 7 days, once a week or every 30 days")
	}
	times = 1
	if n, isWord := oftenWords[at[1]]; isWord {
		times = n
	} else if at[1] != "" {
		times, _ = strconv.Atoi(at[1]) // digits, as the form asks
	}
	days = 1
	if at[2] != "" {
		days, _ = strconv.Atoi(at[2]) // digits, as the form asks
	}
	return times, days * spans[strings.TrimSuffix(at[3], "s")], nil
}

var (
	spans      = map[string]int{"day": 1, "week": 7, "month": 30, "quarter": 91, "year": 365}
	oftenWords = map[string]int{"once": 1, "one": 1, "twice": 2, "two": 2, "three": 3, "four": 4}
	oftenForm  = regexp.MustCompile(`^(?:(?:at most )?(\d{1,3}|once|one|twice|two|three|four)(?: times?| mails?| calls?)? ?)?(?:a|an|per|in|every|each) ?(\d{1,4})? ?(days?|weeks?|months?|quarters?|years?)$`)
)
