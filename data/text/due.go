package text

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Due finds by when something is to be done, as of the moment it was written and in its zone: "by Friday", "until
// 5 November", "tomorrow", "next week", "by the end of the month", "bis Freitag", "bis zum 5.11.", "bis Ende der
// Woche". The date is a day's midnight; a weekday is the next one after the day of writing, a date without a year the
// next one, "next week" its Friday. span is the byte range that it read.
//
// What lies behind is no due date, and "last Friday" none either. Slashes are not read, as in When.
func Due(s string, written time.Time) (day time.Time, span [2]int, ok bool) {
	lower := strings.ToLower(s)
	if len(lower) != len(s) { // a letter whose small form is longer: spans would lie
		return time.Time{}, [2]int{}, false
	}
	today := time.Date(written.Year(), written.Month(), written.Day(), 0, 0, 0, 0, written.Location())
	for _, form := range dueForms {
		at := form.words.FindStringSubmatchIndex(lower)
		if at == nil {
			continue
		}
		groups := make([]string, 0, 3)
		for i := 2; i+1 < len(at); i += 2 {
			if at[i] >= 0 {
				groups = append(groups, lower[at[i]:at[i+1]])
			} else {
				groups = append(groups, "")
			}
		}
		if day, ok := form.day(today, groups); ok && !day.Before(today) {
			return day, [2]int{at[0], at[1]}, true
		}
	}
	return time.Time{}, [2]int{}, false
}

type dueForm struct {
	words *regexp.Regexp
	day   func(today time.Time, groups []string) (time.Time, bool)
}

const (
	// until introduces a due date, in English and German.
	until    = `(?:by|until|till|before|on|no later than|not later than|latest|bis(?: zum| zu| spätestens)?|spätestens(?: am| bis)?|am|vor)`
	weekday  = `(monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|wed|thu|fri|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)`
	monthSet = `(january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|januar|februar|märz|mai|juni|juli|oktober|dezember|dez|okt)`
)

// dueForms are tried in this order: what names a date first. A further language adds its words to the tables below
// and, where it says things in another order, a form.
var dueForms = []dueForm{
	{regexp.MustCompile(`\b(20\d\d)-(\d\d)-(\d\d)\b`), func(_ time.Time, g []string) (time.Time, bool) {
		day, err := time.ParseInLocation(time.DateOnly, strings.Join(g[:3], "-"), time.UTC)
		return day, err == nil
	}},
	{regexp.MustCompile(until + ` (?:the )?(\d{1,2})(?:st|nd|rd|th|\.)? (?:of )?` + monthSet + `\b`), func(today time.Time, g []string) (time.Time, bool) {
		return nextDate(today, g[0], monthNumbers[g[1]])
	}},
	{regexp.MustCompile(until + ` ` + monthSet + ` (\d{1,2})(?:st|nd|rd|th)?\b`), func(today time.Time, g []string) (time.Time, bool) {
		return nextDate(today, g[1], monthNumbers[g[0]])
	}},
	{regexp.MustCompile(until + ` (\d{1,2})\.(\d{1,2})\.`), func(today time.Time, g []string) (time.Time, bool) {
		month, _ := strconv.Atoi(g[1]) // digits, as the form asks; nextDate refuses what is no month
		return nextDate(today, g[0], time.Month(month))
	}},
	{regexp.MustCompile(`\b(?:by |until |before |bis )?(?:the )?(?:end of (?:the )?|ende (?:der |des )?)(day|week|month|quarter|year|tages|woche|monats|quartals|jahres)\b`), func(today time.Time, g []string) (time.Time, bool) {
		return endOf(today, g[0])
	}},
	{regexp.MustCompile(`\b(?:by |until |till |before |bis |bis zum |spätestens )?(?:next week|nächste woche|kommende woche|nächster woche)\b`), func(today time.Time, _ []string) (time.Time, bool) {
		return comingWeekday(today.AddDate(0, 0, 7-weekdayFromMonday(today)-1), time.Friday), true
	}},
	{regexp.MustCompile(`\b(?:by |until |till |before |bis |bis zum |spätestens )?(?:the day after tomorrow|übermorgen)\b`), func(today time.Time, _ []string) (time.Time, bool) { return today.AddDate(0, 0, 2), true }},
	{regexp.MustCompile(`\b(?:by |until |till |before |bis |bis zum |spätestens )?(?:tomorrow|morgen)\b`), func(today time.Time, _ []string) (time.Time, bool) { return today.AddDate(0, 0, 1), true }},
	{regexp.MustCompile(`\b(?:by |until |till |before |bis |bis zum |spätestens )?(?:today|tonight|this afternoon|this evening|heute)\b`), func(today time.Time, _ []string) (time.Time, bool) { return today, true }},
	{regexp.MustCompile(until + ` (?:this |next |coming |diesen |nächsten |kommenden )?` + weekday + `\b`), func(today time.Time, g []string) (time.Time, bool) {
		return comingWeekday(today, weekdayNumbers[g[0]]), true
	}},
	{regexp.MustCompile(`\b(?:this|next|coming|diesen|nächsten|kommenden) ` + weekday + `\b`), func(today time.Time, g []string) (time.Time, bool) {
		return comingWeekday(today, weekdayNumbers[g[0]]), true
	}},
	{regexp.MustCompile(`\b(?:within|in|binnen|innerhalb von) (?:the next )?(\d{1,2}|a|an|one|two|three|four|einer|einem|zwei|drei|vier) (day|days|week|weeks|month|months|tag|tagen|woche|wochen|monat|monaten)\b`), func(today time.Time, g []string) (time.Time, bool) {
		return after(today, g[0], g[1])
	}},
}

var weekdayNumbers = map[string]time.Weekday{
	"monday": 1, "mon": 1, "montag": 1, "tuesday": 2, "tue": 2, "dienstag": 2, "wednesday": 3, "wed": 3, "mittwoch": 3,
	"thursday": 4, "thu": 4, "donnerstag": 4, "friday": 5, "fri": 5, "freitag": 5, "saturday": 6, "samstag": 6, "sunday": 0, "sonntag": 0,
}

var monthNumbers = map[string]time.Month{
	"january": 1, "jan": 1, "januar": 1, "february": 2, "feb": 2, "februar": 2, "march": 3, "mar": 3, "märz": 3, "april": 4, "apr": 4,
	"may": 5, "mai": 5, "june": 6, "jun": 6, "juni": 6, "july": 7, "jul": 7, "juli": 7, "august": 8, "aug": 8, "september": 9, "sep": 9, "sept": 9,
	"october": 10, "oct": 10, "oktober": 10, "okt": 10, "november": 11, "nov": 11, "december": 12, "dec": 12, "dezember": 12, "dez": 12,
}

var smallNumbers = map[string]int{"a": 1, "an": 1, "one": 1, "einer": 1, "einem": 1, "two": 2, "zwei": 2, "three": 3, "drei": 3, "four": 4, "vier": 4}

// nextDate is the next such day; false for a day that no month has.
func nextDate(today time.Time, dayText string, month time.Month) (time.Time, bool) {
	n, err := strconv.Atoi(dayText)
	if err != nil || month < 1 || month > 12 {
		return time.Time{}, false
	}
	for year := today.Year(); year <= today.Year()+4; year++ { // 29 February comes within four years
		day := time.Date(year, month, n, 0, 0, 0, 0, today.Location())
		if day.Month() == month && day.Day() == n && !day.Before(today) {
			return day, true
		}
	}
	return time.Time{}, false
}

func weekdayFromMonday(t time.Time) int { return (int(t.Weekday()) + 6) % 7 }

// comingWeekday is the next such day after a day.
func comingWeekday(today time.Time, day time.Weekday) time.Time {
	ahead := (int(day) - int(today.Weekday()) + 7) % 7
	if ahead == 0 {
		ahead = 7
	}
	return today.AddDate(0, 0, ahead)
}

// endOf is the last day of a span: a week ends on Friday.
func endOf(today time.Time, span string) (time.Time, bool) {
	first := time.Date(today.Year(), today.Month(), 1, 0, 0, 0, 0, today.Location())
	switch span {
	case "day", "tages":
		return today, true
	case "week", "woche":
		if wd := weekdayFromMonday(today); wd <= 4 {
			return today.AddDate(0, 0, 4-wd), true
		}
		return comingWeekday(today, time.Friday), true
	case "month", "monats":
		return first.AddDate(0, 1, -1), true
	case "quarter", "quartals":
		return first.AddDate(0, 3-(int(today.Month())-1)%3, -1), true
	case "year", "jahres":
		return time.Date(today.Year(), 12, 31, 0, 0, 0, 0, today.Location()), true
	}
	return time.Time{}, false
}

// after is a number of days, weeks or months after a day.
func after(today time.Time, number, span string) (time.Time, bool) {
	n, ok := smallNumbers[number]
	if !ok {
		n, _ = strconv.Atoi(number) // digits, as the form asks
	}
	switch span[0] {
	case 'd', 't':
		return today.AddDate(0, 0, n), true
	case 'w':
		return today.AddDate(0, 0, 7*n), true
	}
	return today.AddDate(0, n, 0), true
}
