package text

import (
	"strings"
	"time"
)

// The forms in which people write days, times of day and lengths of time. Each function looks at one token and
// returns how many tokens it read, 0 for none.

// dayAtToken reads a day. past is true where the words themselves can only mean a day gone by.
func (r *reader) dayAtToken(i int) (day time.Time, n int, past bool) {
	if back, n := r.relativeDay(i); n > 0 {
		return r.dayBefore(back), n, back > 0
	}
	if day, n, last := r.weekday(i); n > 0 {
		return day, n, last
	}
	if day, n := r.isoDate(i); n > 0 {
		return day, n, false
	}
	if day, n := r.dottedDate(i); n > 0 {
		return day, n, false
	}
	if day, n := r.namedDate(i); n > 0 {
		return day, n, false
	}
	return time.Time{}, 0, false
}

var relativeDays = []struct {
	words string
	back  int
}{
	{"the day before yesterday", 2}, {"day before yesterday", 2}, {"yesterday morning", 1}, {"yesterday afternoon", 1}, {"yesterday evening", 1}, {"yesterday", 1},
	{"last night", 1}, {"this morning", 0}, {"this afternoon", 0}, {"earlier today", 0}, {"today", 0}, {"just now", 0},
	{"vorgestern", 2}, {"gestern früh", 1}, {"gestern morgen", 1}, {"gestern vormittag", 1}, {"gestern mittag", 1}, {"gestern nachmittag", 1}, {"gestern abend", 1}, {"gestern", 1},
	{"heute früh", 0}, {"heute morgen", 0}, {"heute vormittag", 0}, {"heute mittag", 0}, {"heute nachmittag", 0}, {"heute", 0},
}

// relativeDay reads "yesterday" and its like, as days before today.
func (r *reader) relativeDay(i int) (back, n int) {
	for _, d := range relativeDays {
		if n := r.phrase(i, d.words); n > 0 {
			return d.back, n
		}
	}
	return 0, 0
}

// phrase returns how many tokens a phrase takes at i, or 0 where it does not stand there.
func (r *reader) phrase(i int, phrase string) int {
	n := 0
	for w := range strings.SplitSeq(phrase, " ") {
		if r.word(i+n) != w {
			return 0
		}
		n++
	}
	return n
}

var (
	weekdays = map[string]time.Weekday{
		"monday": 1, "tuesday": 2, "wednesday": 3, "thursday": 4, "friday": 5, "saturday": 6, "sunday": 0,
		"montag": 1, "dienstag": 2, "mittwoch": 3, "donnerstag": 4, "freitag": 5, "samstag": 6, "sonnabend": 6, "sonntag": 0,
	}
	shortWeekdays = map[string]time.Weekday{"mon": 1, "tue": 2, "tues": 2, "wed": 3, "thu": 4, "thur": 4, "thurs": 4, "fri": 5, "sat": 6, "sun": 0}
	pastWords     = words("last", "past", "letzten", "letzter", "letzte", "vergangenen", "vorigen")
)

// weekday reads "Monday", "last Tuesday", "on Wed" as the most recent such day; today counts unless "last" is said.
func (r *reader) weekday(i int) (day time.Time, n int, last bool) {
	k := i
	if pastWords[r.word(k)] {
		last = true
		k++
	}
	if k >= len(r.tokens) {
		return time.Time{}, 0, false
	}
	wd, ok := weekdays[r.word(k)]
	if !ok {
		wd, ok = shortWeekdays[r.word(k)]
		ok = ok && (last || r.tokens[k].upper && (r.word(k-1) == "on" || r.word(k-1) == "this"))
	}
	if !ok {
		return time.Time{}, 0, false
	}
	back := int(r.now.Weekday()-wd+7) % 7
	if last && back == 0 {
		back = 7
	}
	return r.dayBefore(back), k - i + 1, last
}

// isoDate reads 2026-11-05 and 2026/11/05.
func (r *reader) isoDate(i int) (time.Time, int) {
	if !r.touching(i, 5) || r.num(i) < 1900 || r.word(i+1) != r.word(i+3) || r.word(i+1) != "-" && r.word(i+1) != "/" {
		return time.Time{}, 0
	}
	if r.touching(i, 6) && runeClass(rune(r.word(i + 5)[0])) == 2 {
		return time.Time{}, 0
	}
	return r.date(r.num(i), r.num(i+2), r.num(i+4), 5)
}

// dottedDate reads 5.11., 5.11.26 and 05.11.2026.
func (r *reader) dottedDate(i int) (time.Time, int) {
	if !r.touching(i, 4) || r.word(i+1) != "." || r.word(i+3) != "." || r.num(i) < 0 || r.num(i+2) < 0 {
		return time.Time{}, 0
	}
	if !r.touching(i, 5) || r.num(i+4) < 0 {
		return r.yearless(r.num(i+2), r.num(i), 4)
	}
	year := r.num(i + 4)
	if year < 100 {
		year += 2000
	}
	return r.date(year, r.num(i+2), r.num(i), 5)
}

var months = map[string]int{
	"jan": 1, "january": 1, "feb": 2, "february": 2, "mar": 3, "march": 3, "apr": 4, "april": 4, "may": 5, "jun": 6, "june": 6, "jul": 7, "july": 7,
	"aug": 8, "august": 8, "sep": 9, "sept": 9, "september": 9, "oct": 10, "october": 10, "nov": 11, "november": 11, "dec": 12, "december": 12,
	"januar": 1, "jänner": 1, "februar": 2, "märz": 3, "mär": 3, "mai": 5, "juni": 6, "juli": 7, "okt": 10, "oktober": 10, "dez": 12, "dezember": 12,
}

// namedDate reads "5 Nov", "5th of November 2026", "5. November" and "November 5, 2026".
func (r *reader) namedDate(i int) (time.Time, int) {
	if d := r.num(i); d > 0 {
		k := r.skip(i+1, "st", "nd", "rd", "th", ".")
		k = r.skip(k, "of")
		if m := r.month(k); m > 0 {
			return r.withYear(m, d, i, r.skip(k+1, "."))
		}
		return time.Time{}, 0
	}
	m := r.month(i)
	k := r.skip(i+1, ".")
	if m == 0 || r.num(k) <= 0 || r.num(k) > 31 {
		return time.Time{}, 0
	}
	if r.word(k+1) == ":" || r.word(k+1) == "." && r.num(k+2) >= 0 && r.touching(k, 3) {
		return time.Time{}, 0
	}
	return r.withYear(m, r.num(k), i, r.skip(k+1, "st", "nd", "rd", "th"))
}

// month returns the month that token i names, or 0. "May" and "March" count with a capital only.
func (r *reader) month(i int) int {
	m := months[r.word(i)]
	if (r.word(i) == "may" || r.word(i) == "march" || r.word(i) == "mar") && !r.tokens[i].upper {
		return 0
	}
	return m
}

// withYear reads a year after a day and month, if one is there.
func (r *reader) withYear(month, day, from, k int) (time.Time, int) {
	y := r.skip(k, ",")
	if year := r.num(y); year >= 1900 && year < 2200 && r.tokens[y].to-r.tokens[y].from == 4 {
		return r.date(year, month, day, y+1-from)
	}
	if r.word(k-1) == "." && months[r.word(k-2)] != 0 && (k >= len(r.tokens) || r.tokens[k].upper) {
		k-- // the full stop of a sentence, not of an abbreviation
	}
	return r.yearless(month, day, k-from)
}

// skip returns the index after token k where that is one of the words, else k.
func (r *reader) skip(k int, list ...string) int {
	for _, w := range list {
		if r.word(k) == w {
			return k + 1
		}
	}
	return k
}

// date returns a day that exists in the calendar.
func (r *reader) date(year, month, day, n int) (time.Time, int) {
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, r.now.Location())
	if int(t.Month()) != month || t.Day() != day {
		return time.Time{}, 0
	}
	return t, n
}

// yearless returns the day nearest to today, which When then refuses where it lies ahead.
func (r *reader) yearless(month, day, n int) (time.Time, int) {
	var best time.Time
	for y := r.now.Year() - 1; y <= r.now.Year()+1; y++ {
		t, ok := r.date(y, month, day, n)
		if ok > 0 && (best.IsZero() || t.Sub(r.today()).Abs() < best.Sub(r.today()).Abs()) {
			best = t
		}
	}
	if best.IsZero() {
		return best, 0
	}
	return best, n
}

// timeAt reads a time of day, in minutes: "14:30", "2:30 pm", "3pm", "at 9", "14 Uhr", "14.30 Uhr", "noon".
func (r *reader) timeAt(i int) (minute, n int) {
	if w := r.word(i); w == "noon" || w == "midday" || w == "mittags" {
		return 12 * 60, 1
	}
	hour := r.num(i)
	if hour < 0 || hour > 24 || r.touchesNumber(i) {
		return 0, 0
	}
	min, k, sure := 0, i+1, false
	if sign := r.word(k); (sign == ":" || sign == ".") && r.touching(i, 3) && r.num(k+1) >= 0 && r.num(k+1) < 60 && r.tokens[k+1].to-r.tokens[k+1].from == 2 {
		min, k, sure = r.num(k+1), k+2, sign == ":"
	}
	if r.word(k) == "uhr" {
		k++
		if min == 0 && r.num(k) > 0 && r.num(k) < 60 && r.tokens[k].to-r.tokens[k].from == 2 {
			min, k = r.num(k), k+1
		}
		sure = true
	} else if half, len := r.halfOfDay(k); len > 0 {
		if hour < 1 || hour > 12 {
			return 0, 0
		}
		hour, k, sure = hour%12+half, k+len, true
	} else if r.word(k) == "o" && r.word(k+2) == "clock" {
		k, sure = k+3, true
	}
	if !sure && !r.bareHour(i, k) || hour == 24 || r.touching(i, k-i+2) && r.word(k) == ":" {
		return 0, 0
	}
	return hour*60 + min, k - i
}

// touchesNumber says whether token i is the tail of a longer number, as in 3.14, 1:14 or 12-14.
func (r *reader) touchesNumber(i int) bool {
	return i >= 2 && r.touching(i-2, 3) && r.num(i-2) >= 0 && strings.Contains(".:,/", r.word(i-1))
}

// halfOfDay reads am and pm, as hours to add.
func (r *reader) halfOfDay(k int) (hours, n int) {
	switch w := r.word(k); {
	case w == "am" && !weekdayNext[r.word(k+1)]:
		return 0, 1
	case w == "pm":
		return 12, 1
	case (w == "a" || w == "p") && r.word(k+1) == "." && r.word(k+2) == "m" && r.touching(k, 3):
		n = 3
		if r.touching(k, 4) && r.word(k+3) == "." {
			n = 4
		}
		return map[string]int{"a": 0, "p": 12}[w], n
	}
	return 0, 0
}

// weekdayNext tells the German "um 9 am Montag" from 9 am.
var weekdayNext = func() map[string]bool {
	set := map[string]bool{}
	for w, d := range weekdays {
		if w[len(w)-1] == 'g' || d == time.Wednesday {
			set[w] = true
		}
	}
	return set
}()

// bareHour says whether "at 9" is a time: at or um before it, and nothing behind it that it could be counting.
func (r *reader) bareHour(i, k int) bool {
	if r.word(i-1) != "at" && r.word(i-1) != "um" {
		return false
	}
	return k >= len(r.tokens) || afterHour[r.word(k)]
}

var afterHour = words(".", ",", ";", "!", ")", "on", "with", "about", "today", "yesterday", "last", "mit", "am", "wegen", "gestern", "heute", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

// agoAt reads "two days ago", "an hour ago", "vor drei Wochen". Days and longer are whole days; months are the
// calendar's.
func (r *reader) agoAt(i int) (t time.Time, n int) {
	k := i
	german := r.word(i) == "vor"
	if german {
		k++
	}
	count, c := r.count(k)
	if c == 0 {
		return time.Time{}, 0
	}
	unit, ok := agoUnits[r.word(k+c)]
	n = k + c + 1 - i
	if !german && r.word(i+n) == "ago" {
		n++
	} else if !german {
		return time.Time{}, 0
	}
	if !ok || count > 2000 {
		return time.Time{}, 0
	}
	if unit.length > 0 {
		return r.now.Add(-time.Duration(count) * unit.length).Truncate(time.Minute), n
	}
	y, m, d := r.now.Date()
	day := time.Date(y, m, d-count*unit.days, 0, 0, 0, 0, r.now.Location())
	return monthsBefore(day, count*unit.months), n
}

// monthsBefore goes back by months, to the last day of a shorter one.
func monthsBefore(t time.Time, n int) time.Time {
	first := time.Date(t.Year(), t.Month()-time.Month(n), 1, 0, 0, 0, 0, t.Location())
	days := first.AddDate(0, 1, -1).Day()
	return time.Date(first.Year(), first.Month(), min(t.Day(), days), 0, 0, 0, 0, t.Location())
}

// exactAgo says whether the n tokens at i name hours or minutes.
func (r *reader) exactAgo(i, n int) bool {
	for k := i; k < i+n; k++ {
		if agoUnits[r.word(k)].length > 0 {
			return true
		}
	}
	return false
}

type agoUnit struct {
	length       time.Duration
	days, months int
}

var agoUnits = func() map[string]agoUnit {
	units := map[string]agoUnit{}
	for list, u := range map[string]agoUnit{
		"minute minutes min mins minuten":      {length: time.Minute},
		"hour hours hr hrs stunde stunden std": {length: time.Hour},
		"day days tag tage tagen":              {days: 1},
		"week weeks woche wochen":              {days: 7},
		"fortnight fortnights":                 {days: 14},
		"month months monat monate monaten":    {months: 1},
		"year years jahr jahre jahren":         {months: 12},
	} {
		for w := range strings.SplitSeq(list, " ") {
			units[w] = u
		}
	}
	return units
}()

var counts = map[string]int{
	"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
	"ein": 1, "eine": 1, "einem": 1, "einer": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10, "elf": 11, "zwölf": 12,
}

// count reads a whole number in digits or words.
func (r *reader) count(k int) (count, n int) {
	if v := r.num(k); v > 0 && !r.touchesNumber(k) {
		return v, 1
	}
	if v := counts[r.word(k)]; v > 0 {
		if r.word(k) == "a" && r.word(k+1) == "couple" && r.word(k+2) == "of" {
			return 2, 3
		}
		return v, 1
	}
	return 0, 0
}

// lengthPhrases are lengths said in words.
var lengthPhrases = []struct {
	words  string
	length time.Duration
}{
	{"an hour and a half", 90 * time.Minute}, {"one and a half hours", 90 * time.Minute}, {"half an hour", 30 * time.Minute}, {"a half hour", 30 * time.Minute}, {"half hour", 30 * time.Minute},
	{"three quarters of an hour", 45 * time.Minute}, {"a quarter of an hour", 15 * time.Minute}, {"quarter of an hour", 15 * time.Minute},
	{"eine halbe stunde", 30 * time.Minute}, {"halbe stunde", 30 * time.Minute}, {"eine viertelstunde", 15 * time.Minute}, {"viertelstunde", 15 * time.Minute}, {"eine dreiviertelstunde", 45 * time.Minute},
	{"anderthalb stunden", 90 * time.Minute}, {"eineinhalb stunden", 90 * time.Minute},
}

var (
	hourWords   = words("h", "hr", "hrs", "hour", "hours", "std", "stunde", "stunden")
	minuteWords = words("min", "mins", "minute", "minutes", "minuten")
)

// durationAt reads a length of time at token i.
func durationAt(tokens []token, i int) (time.Duration, int) {
	r := reader{tokens: tokens}
	for _, p := range lengthPhrases {
		if n := r.phrase(i, p.words); n > 0 {
			return p.length, n
		}
	}
	count, n := r.count(i)
	if r.num(i) == 0 {
		n = 1 // of "0.5 h"
	}
	if n == 0 || r.touchesNumber(i) {
		return 0, 0
	}
	whole := time.Duration(count)
	tenths := time.Duration(0)
	if sign := r.word(i + n); n == 1 && (sign == "." || sign == ",") && r.touching(i, 3) && r.num(i+2) >= 0 && r.tokens[i+2].to-r.tokens[i+2].from == 1 {
		tenths, n = time.Duration(r.num(i+2)), 3
	}
	k := i + n
	if r.word(k) == "-" {
		k++
	}
	switch {
	case minuteWords[r.word(k)] && tenths == 0:
		return whole * time.Minute, k + 1 - i
	case hourWords[r.word(k)]:
		d := whole*time.Hour + tenths*time.Hour/10
		if tenths > 0 {
			return d, k + 1 - i
		}
		more, n := r.minutesAfterHours(k + 1)
		return d + more, k + 1 + n - i
	}
	return 0, 0
}

// minutesAfterHours reads the 30 of "1h30", "1 h 30 min" and "one hour and 30 minutes".
func (r *reader) minutesAfterHours(k int) (time.Duration, int) {
	m := r.skip(k, "and", "und")
	v := r.num(m)
	if v <= 0 || v > 59 {
		return 0, 0
	}
	if minuteWords[r.word(m+1)] || r.word(m+1) == "m" && r.touching(m, 2) {
		return time.Duration(v) * time.Minute, m + 2 - k
	}
	if m == k && r.word(k-1) == "h" && r.touching(k-1, 2) {
		return time.Duration(v) * time.Minute, 1
	}
	return 0, 0
}
