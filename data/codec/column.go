package codec

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"rapport/data"
)

func itoa(n int) string { return strconv.Itoa(n) }

// MoneyColumn finds out how the amounts of a column are written. The zero value
// has seen none.
type MoneyColumn struct{ comma, point int }

// Add looks at one amount.
func (m *MoneyColumn) Add(s string) {
	c, p := strings.LastIndexByte(s, ','), strings.LastIndexByte(s, '.')
	switch {
	case c >= 0 && p >= 0 && c > p:
		m.comma++
	case c >= 0 && p >= 0:
		m.point++
	case c >= 0 && digitsAfter(s, c) != 3, strings.Count(s, ".") > 1:
		m.comma++
	case p >= 0 && digitsAfter(s, p) != 3, strings.Count(s, ",") > 1:
		m.point++
	}
}

// Mark is the mark before the cents: ',' or '.', which it is where nothing tells.
func (m MoneyColumn) Mark() byte {
	if m.comma > m.point {
		return ','
	}
	return '.'
}

func digitsAfter(s string, i int) int {
	n := 0
	for i++; i < len(s) && s[i] >= '0' && s[i] <= '9'; i++ {
		n++
	}
	return n
}

// Order is the order of a date's numbers.
type Order string

// The orders. A date whose year comes first is always read so.
const (
	DayFirst   Order = "day first"
	MonthFirst Order = "month first"
)

// DateColumn finds out how the dates of a column are written. The zero value has
// seen none and reads days first.
type DateColumn struct {
	day, month int
	slashed    int // could be either
	// As is the order, where a person said it.
	As Order
}

// Add looks at one date.
func (d *DateColumn) Add(s string) {
	parts, mark := numbersOf(dateOf(s))
	if len(parts) != 3 || len(parts[0]) == 4 {
		return
	}
	first, second := number(parts[0]), number(parts[1])
	switch {
	case first > 12 && second <= 12:
		d.day++
	case second > 12 && first <= 12:
		d.month++
	case first != second && mark != '.':
		d.slashed++
	}
}

// Order is the order of its dates, and whether it is only supposed.
func (d DateColumn) Order() (o Order, guessed bool) {
	switch {
	case d.As != "":
		return d.As, false
	case d.month > d.day:
		return MonthFirst, false
	}
	return DayFirst, d.day == 0 && d.slashed > 0
}

// Parse reads a date in the column's order: 2026-11-17, 17.11.26, 11/17/2026,
// 17 Nov 2026, with or without a time behind it, or the number of the day that
// spreadsheets count.
func (d DateColumn) Parse(s string) (string, error) {
	text := dateOf(s)
	order, _ := d.Order()
	year, month, day, ok := serialDay(text)
	if !ok {
		year, month, day, ok = numericDate(text, order)
	}
	if !ok {
		year, month, day, ok = namedDate(text)
	}
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if !ok || t.Year() != year || int(t.Month()) != month || t.Day() != day || year < 1900 || year > 2200 {
		return "", &data.Invalid{Field: "date", Says: fmt.Sprintf("%q is not a date", s)}
	}
	return t.Format(time.DateOnly), nil
}

// dateOf cuts the time of day off.
func dateOf(s string) string {
	s = strings.TrimSpace(s)
	for i := 0; i+1 < len(s); i++ {
		clock := (s[i] == 'T' || s[i] == ' ' || s[i] == ',') && looksLikeClock(strings.TrimLeft(s[i+1:], " "))
		if clock && i >= 6 {
			return strings.TrimRight(s[:i], " ,")
		}
	}
	return s
}

// looksLikeClock says whether a text begins as 9:05 or 09:05 does.
func looksLikeClock(s string) bool {
	i := strings.IndexByte(s, ':')
	return i > 0 && i <= 2 && strings.Trim(s[:i], "0123456789") == ""
}

// numbersOf are the three numbers of a date, and the mark between them.
func numbersOf(s string) ([]string, byte) {
	for _, mark := range []byte{'-', '/', '.'} {
		parts := strings.Split(strings.TrimSuffix(s, string(mark)), string(mark))
		if len(parts) != 3 {
			continue
		}
		for i, p := range parts {
			parts[i] = strings.TrimSpace(p)
			if parts[i] == "" || len(parts[i]) > 4 || strings.Trim(parts[i], "0123456789") != "" {
				return nil, 0
			}
		}
		return parts, mark
	}
	return nil, 0
}

func number(s string) int {
	n, _ := strconv.Atoi(s) // digits only
	return n
}

func numericDate(s string, order Order) (year, month, day int, ok bool) {
	if len(s) == 8 && strings.Trim(s, "0123456789") == "" {
		return number(s[:4]), number(s[4:6]), number(s[6:]), true
	}
	parts, _ := numbersOf(s)
	if len(parts) != 3 {
		return 0, 0, 0, false
	}
	if len(parts[0]) == 4 {
		return number(parts[0]), number(parts[1]), number(parts[2]), true
	}
	day, month = number(parts[0]), number(parts[1])
	if order == MonthFirst {
		day, month = month, day
	}
	year, ok = yearOf(parts[2])
	return year, month, day, ok
}

// yearOf reads a year; two digits are of 1970 to 2069.
func yearOf(s string) (int, bool) {
	switch n := number(s); {
	case len(s) == 4:
		return n, true
	case len(s) == 2 && n >= 70:
		return 1900 + n, true
	case len(s) == 2:
		return 2000 + n, true
	}
	return 0, false
}

// serialDay is the day that a spreadsheet counts since the end of 1899, from 1954
// to 2119.
func serialDay(s string) (year, month, day int, ok bool) {
	if len(s) != 5 || strings.Trim(s, "0123456789") != "" || number(s) < 20000 || number(s) > 80000 {
		return 0, 0, 0, false
	}
	t := time.Date(1899, 12, 30+number(s), 0, 0, 0, 0, time.UTC)
	return t.Year(), int(t.Month()), t.Day(), true
}

// months by the first letters that tell them apart, in the languages that
// exports of our users have.
var months = []struct {
	begins string
	month  int
}{
	{"jan", 1}, {"jän", 1}, {"feb", 2}, {"fév", 2}, {"mar", 3}, {"mär", 3}, {"mrt", 3}, {"maa", 3}, {"apr", 4}, {"avr", 4}, {"may", 5}, {"mai", 5}, {"mei", 5},
	{"jun", 6}, {"juin", 6}, {"juil", 7}, {"jul", 7}, {"aug", 8}, {"aoû", 8}, {"sep", 9}, {"oct", 10}, {"okt", 10}, {"nov", 11}, {"dec", 12}, {"dez", 12}, {"déc", 12},
}

// namedDate reads 17 Nov 2026, 17. November 2026, Nov 17, 2026 and 17-Nov-26.
func namedDate(s string) (year, month, day int, ok bool) {
	words := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return strings.ContainsRune(" .,-/", r) })
	if len(words) == 4 { // Tue 17 Nov 2026
		words = words[1:]
	}
	if len(words) != 3 {
		return 0, 0, 0, false
	}
	at := 1
	if strings.Trim(words[0], "0123456789") != "" {
		at = 0
	}
	for _, m := range months {
		if strings.HasPrefix(words[at], m.begins) {
			month = m.month
			break
		}
	}
	d := strings.TrimRight(words[1-at], "dhnrst") // 17th
	if month == 0 || d == "" || len(d) > 2 || strings.Trim(d, "0123456789") != "" || strings.Trim(words[2], "0123456789") != "" {
		return 0, 0, 0, false
	}
	year, ok = yearOf(words[2])
	return year, month, number(d), ok
}
