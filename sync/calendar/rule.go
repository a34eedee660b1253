package calendar

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// frequency is the period that a rule counts, the longest first.
type frequency int

const (
	yearly frequency = iota
	monthly
	weekly
	daily
	hourly
	minutely
	secondly
)

// rule is a recurrence rule (RFC 5545 3.3.10), normalised: lists sorted and
// without duplicates, and everything said that the RFC takes from the start.
type rule struct {
	freq     frequency
	interval int
	count    int // 0 when there is none
	// until is the last wall time, or the zero time.
	until time.Time
	week  time.Weekday // the day that weeks begin with
	// skip is what happens to a day that its month does not have: -1 it is the day
	// before, 1 the day after, 0 it does not come (RFC 7529).
	skip   int
	scaled bool // it names its calendar, without which skip does not count

	month, monthDay, yearDay, weekNo []int
	day                              []weekday
	hour, minute, second, position   []int
}

// weekday is an entry of BYDAY; nth is 0 for every such day.
type weekday struct {
	day time.Weekday
	nth int
}

var frequencies = map[string]frequency{
	"YEARLY": yearly, "MONTHLY": monthly, "WEEKLY": weekly, "DAILY": daily,
	"HOURLY": hourly, "MINUTELY": minutely, "SECONDLY": secondly,
}

var weekdays = map[string]time.Weekday{
	"SU": time.Sunday, "MO": time.Monday, "TU": time.Tuesday, "WE": time.Wednesday,
	"TH": time.Thursday, "FR": time.Friday, "SA": time.Saturday,
}

// parseRule reads a rule as real calendars write it: in any case, with blanks, a
// trailing semicolon, parts that are not known. start is the series' first date.
func parseRule(s string, start when) (rule, error) {
	r := rule{freq: -1, interval: 1, week: time.Monday}
	for _, p := range strings.Split(strings.ToUpper(s), ";") {
		name, value, _ := strings.Cut(strings.TrimSpace(p), "=")
		if err := r.part(strings.TrimSpace(name), strings.TrimSpace(value), start); err != nil {
			return rule{}, err
		}
	}
	if r.freq < 0 {
		return rule{}, fmt.Errorf("it has no FREQ")
	}
	r.complete(start)
	return r, r.check()
}

// part reads one NAME=value.
func (r *rule) part(name, value string, start when) (err error) {
	switch name {
	case "FREQ":
		f, ok := frequencies[value]
		if !ok {
			return fmt.Errorf("its FREQ is not known")
		}
		r.freq = f
	case "INTERVAL":
		r.interval, err = number(name, value, 1, 1e6)
	case "COUNT":
		r.count, err = number(name, value, 1, 1e9)
	case "UNTIL":
		r.until, err = parseUntil(value, start)
	case "WKST":
		if d, ok := weekdays[value]; ok {
			r.week = d
		}
	case "RSCALE":
		if value != "GREGORIAN" {
			return fmt.Errorf("its calendar is not the Gregorian one")
		}
		r.scaled = true
	case "SKIP":
		r.skip = map[string]int{"BACKWARD": -1, "FORWARD": 1}[value]
	case "BYDAY":
		r.day, err = parseDays(value)
	default:
		return r.list(name, value)
	}
	return err
}

// list reads the parts that are lists of numbers; parts of other names are not
// ours.
func (r *rule) list(name, value string) (err error) {
	switch name {
	case "BYMONTH":
		r.month, err = numbers(name, value, 1, 12)
	case "BYMONTHDAY":
		r.monthDay, err = numbers(name, value, -31, 31)
	case "BYYEARDAY":
		r.yearDay, err = numbers(name, value, -366, 366)
	case "BYWEEKNO":
		r.weekNo, err = numbers(name, value, -53, 53)
	case "BYHOUR":
		r.hour, err = numbers(name, value, 0, 23)
	case "BYMINUTE":
		r.minute, err = numbers(name, value, 0, 59)
	case "BYSECOND":
		if r.second, err = numbers(name, value, 0, 60); len(r.second) > 0 && r.second[len(r.second)-1] == 60 {
			r.second = slices.Compact(append(r.second[:len(r.second)-1], 59))
		}
	case "BYSETPOS":
		r.position, err = numbers(name, value, -366, 366)
	}
	return err
}

// number reads a whole number; one above most counts as most.
func number(name, value string, least, most int) (int, error) {
	n, err := strconv.Atoi(value)
	if err != nil || n < least {
		return 0, fmt.Errorf("its %s is not a number that can be", name)
	}
	return min(n, most), nil
}

// numbers reads a list, sorts it and drops duplicates. Where the range reaches
// below 0, 0 itself is not in it.
func numbers(name, value string, least, most int) ([]int, error) {
	var list []int
	for _, v := range strings.Split(value, ",") {
		if v = strings.TrimSpace(v); v == "" {
			continue
		}
		n, err := strconv.Atoi(v)
		if err != nil || n < least || n > most || n == 0 && least < 0 {
			return nil, fmt.Errorf("its %s is not a list that can be", name)
		}
		list = append(list, n)
	}
	slices.Sort(list)
	return slices.Compact(list), nil
}

// parseDays reads MO,-1FR and drops duplicates.
func parseDays(value string) ([]weekday, error) {
	var list []weekday
	for _, v := range strings.Split(value, ",") {
		if v = strings.TrimSpace(v); v == "" {
			continue
		}
		day, ok := weekdays[v[max(0, len(v)-2):]]
		var nth int
		if n := strings.TrimSpace(v[:max(0, len(v)-2)]); n != "" && ok {
			var err error
			nth, err = strconv.Atoi(n)
			ok = err == nil && nth >= -53 && nth <= 53
		}
		if !ok {
			return nil, fmt.Errorf("its BYDAY is not a list of days")
		}
		if d := (weekday{day, nth}); !slices.Contains(list, d) {
			list = append(list, d)
		}
	}
	return list, nil
}

// parseUntil is the last wall time that a rule may reach. A date reaches to its
// end, a local time is in the series' zone, whatever that is.
func parseUntil(value string, start when) (time.Time, error) {
	wall, dateOnly, offset, ok := parseStamp(value)
	switch {
	case !ok:
		return time.Time{}, fmt.Errorf("its UNTIL is not a date")
	case dateOnly || start.form == allDay:
		return midnight(wall).Add(24*time.Hour - time.Second), nil
	case offset != nil:
		return wallAt(wall.Add(-*offset), start.zone), nil
	}
	return wall, nil
}

// complete says what the rule leaves to the start (RFC 5545 3.3.10, "information
// not contained in the rule").
func (r *rule) complete(start when) {
	if !r.scaled || r.freq > monthly {
		r.skip = 0
	}
	if start.form == allDay {
		r.hour, r.minute, r.second = nil, nil, nil
	}
	w := start.wall
	fill := func(list *[]int, finer frequency, n int) {
		if len(*list) == 0 && r.freq < finer {
			*list = []int{n}
		}
	}
	fill(&r.hour, hourly, w.Hour())
	fill(&r.minute, minutely, w.Minute())
	fill(&r.second, secondly, w.Second())
	if r.freq != yearly {
		r.weekNo = nil
	}
	switch named := len(r.monthDay)+len(r.yearDay)+len(r.day) > 0; {
	case named:
	case len(r.weekNo) > 0 || r.freq == weekly:
		r.day = []weekday{{day: w.Weekday()}}
	case r.freq == monthly:
		r.monthDay = []int{w.Day()}
	case r.freq == yearly:
		r.monthDay = []int{w.Day()}
		fill(&r.month, monthly, int(w.Month()))
	}
	r.ordinals()
}

// ordinals drops numbers from days where they can mean nothing: the sixth Monday
// of a month does not come, and a week or day has no second Monday.
func (r *rule) ordinals() {
	most := 0
	switch {
	case r.freq == monthly, r.freq == yearly && len(r.month) > 0 && len(r.weekNo) == 0:
		most = 5
	case r.freq == yearly && len(r.weekNo) == 0:
		most = 53
	}
	var days []weekday
	for _, d := range r.day {
		switch {
		case most == 0:
			d.nth = 0
		case d.nth > most || d.nth < -most:
			continue
		}
		if !slices.Contains(days, d) {
			days = append(days, d)
		}
	}
	if len(r.day) > 0 && len(days) == 0 {
		r.month = []int{2} // no such day ever comes: the 31st of February
		r.monthDay, days = []int{31}, nil
	}
	r.day = days
}

// check refuses a rule whose one period would hold more dates than anybody meets.
func (r rule) check() error {
	if times := max(1, len(r.hour)) * max(1, len(r.minute)) * max(1, len(r.second)); r.freq < hourly && times > 1440 {
		return fmt.Errorf("it asks for %d times a day", times)
	}
	return nil
}
