package calendar

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// plainRule is a rule as RFC 5545 3.3.10 words it, and named lists its dates
// without any cleverness: it walks every day (or minute) one by one and asks of
// each whether every part allows it. It shares nothing with the expander.
type plainRule struct {
	freq                              string
	interval, count                   int
	until                             time.Time
	week                              time.Weekday
	months, monthDays, yearDays       []int
	weekNos, hours, minutes, position []int
	days                              []weekday
}

var dayNames = []string{"SU", "MO", "TU", "WE", "TH", "FR", "SA"}

func (r plainRule) String() string {
	parts := []string{"FREQ=" + r.freq, fmt.Sprintf("INTERVAL=%d", r.interval), "WKST=" + dayNames[r.week]}
	list := func(name string, numbers []int) {
		if len(numbers) > 0 {
			parts = append(parts, name+"="+strings.ReplaceAll(strings.Trim(fmt.Sprint(numbers), "[]"), " ", ","))
		}
	}
	list("BYMONTH", r.months)
	list("BYWEEKNO", r.weekNos)
	list("BYYEARDAY", r.yearDays)
	list("BYMONTHDAY", r.monthDays)
	list("BYHOUR", r.hours)
	list("BYMINUTE", r.minutes)
	list("BYSETPOS", r.position)
	var days []string
	for _, d := range r.days {
		name := dayNames[d.day]
		if d.nth != 0 {
			name = fmt.Sprint(d.nth) + name
		}
		days = append(days, name)
	}
	if len(days) > 0 {
		parts = append(parts, "BYDAY="+strings.Join(days, ","))
	}
	if r.count > 0 {
		parts = append(parts, fmt.Sprintf("COUNT=%d", r.count))
	}
	if !r.until.IsZero() {
		parts = append(parts, "UNTIL="+r.until.Format("20060102T150405"))
	}
	return strings.Join(parts, ";")
}

// all are the rule's dates from start to before end, the start first.
func (r plainRule) all(start, end time.Time) (list []time.Time) {
	list = []time.Time{start}
	if !r.until.IsZero() && start.After(r.until) {
		return nil
	}
	for _, period := range r.periods(start, end) {
		for i, t := range period {
			fits := len(r.position) == 0 || slices.Contains(r.position, i+1) || slices.Contains(r.position, i-len(period))
			if fits && t.After(start) && t.Before(end) && (r.until.IsZero() || !t.After(r.until)) {
				list = append(list, t)
			}
		}
	}
	if r.count > 0 && len(list) > r.count {
		list = list[:r.count]
	}
	return list
}

// periods are the dates that the rule names in each year, month, week, day, hour
// or minute that its interval hits.
func (r plainRule) periods(start, end time.Time) (periods [][]time.Time) {
	index := map[int]int{}
	first := r.number(start, start)
	put := func(t time.Time) {
		n := r.number(t, start) - first
		if n%r.interval != 0 {
			return
		}
		at, ok := index[n]
		if !ok {
			at = len(periods)
			index[n], periods = at, append(periods, nil)
		}
		periods[at] = append(periods[at], t)
	}
	begin := time.Date(start.Year()-2, 12, 1, 0, 0, 0, 0, time.UTC) // a year of weeks before the start's own
	if r.freq == "HOURLY" || r.freq == "MINUTELY" {
		begin = time.Date(start.Year(), start.Month(), start.Day(), 0, 0, 0, 0, time.UTC)
	}
	var clock []time.Duration
	for minute := range 1440 {
		if t := time.Duration(minute) * time.Minute; r.allowsClock(begin.Truncate(24*time.Hour).Add(t), start) {
			clock = append(clock, t)
		}
	}
	for day := begin; day.Before(end.AddDate(1, 1, 0)); day = day.AddDate(0, 0, 1) {
		if (r.freq == "HOURLY" || r.freq == "MINUTELY") && day.After(end) {
			break
		}
		if !r.allowsDay(day, start) {
			continue
		}
		for _, since := range clock {
			put(day.Add(since))
		}
	}
	return periods
}

// number counts the periods of the rule's frequency.
func (r plainRule) number(t, start time.Time) int {
	days := int(t.Unix() / 86400)
	switch r.freq {
	case "YEARLY":
		if len(r.weekNos) > 0 && !t.Equal(start) {
			year, _ := r.weekOf(t)
			return year
		}
		return t.Year()
	case "MONTHLY":
		return 12*t.Year() + int(t.Month())
	case "WEEKLY":
		return (days + 4 - int(r.week) + 7) / 7 // 1 January 1970 was a Thursday
	case "DAILY":
		return days
	case "HOURLY":
		return int(t.Unix() / 3600)
	}
	return int(t.Unix() / 60)
}

// weekOf counts weeks as ISO 8601 does, with weeks that begin on r.week.
func (r plainRule) weekOf(t time.Time) (year, week int) {
	day := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
	for day.Weekday() != r.week {
		day = day.AddDate(0, 0, -1)
	}
	middle := day.AddDate(0, 0, 3) // the fourth day decides which year a week is of
	return middle.Year(), (middle.YearDay()-1)/7 + 1
}

func (r plainRule) weeksOf(year int) int {
	for day := time.Date(year, 12, 31, 0, 0, 0, 0, time.UTC); ; day = day.AddDate(0, 0, -1) {
		if y, n := r.weekOf(day); y == year {
			return n
		}
	}
}

func (r plainRule) allowsDay(t, start time.Time) bool {
	monthEnd := time.Date(t.Year(), t.Month()+1, 0, 0, 0, 0, 0, time.UTC).Day()
	yearEnd := time.Date(t.Year(), 12, 31, 0, 0, 0, 0, time.UTC).YearDay()
	among := func(list []int, n, size int) bool {
		return len(list) == 0 || slices.Contains(list, n) || size > 0 && slices.Contains(list, n-size-1)
	}
	year, week := r.weekOf(t)
	switch {
	case !among(r.months, int(t.Month()), 0), !among(r.monthDays, t.Day(), monthEnd), !among(r.yearDays, t.YearDay(), yearEnd),
		!among(r.weekNos, week, r.weeksOf(year)):
		return false
	}
	if len(r.days) > 0 {
		return slices.ContainsFunc(r.days, func(d weekday) bool { return d.day == t.Weekday() && r.isNth(d.nth, t, monthEnd, yearEnd) })
	}
	if len(r.monthDays)+len(r.yearDays) > 0 {
		return true
	}
	switch {
	case r.freq == "WEEKLY", len(r.weekNos) > 0:
		return t.Weekday() == start.Weekday()
	case r.freq == "MONTHLY":
		return t.Day() == start.Day()
	case r.freq == "YEARLY":
		return t.Day() == start.Day() && (len(r.months) > 0 || t.Month() == start.Month())
	}
	return true
}

// isNth says whether a day is the nth of its weekday in its month or year.
func (r plainRule) isNth(nth int, t time.Time, monthEnd, yearEnd int) bool {
	if nth == 0 {
		return true
	}
	at, size := t.Day(), monthEnd
	if r.freq == "YEARLY" && len(r.months) == 0 {
		at, size = t.YearDay(), yearEnd
	}
	return nth == (at-1)/7+1 || nth == -((size-at)/7+1)
}

func (r plainRule) allowsClock(t, start time.Time) bool {
	allows := func(list []int, n, given int, finer bool) bool {
		if len(list) > 0 {
			return slices.Contains(list, n)
		}
		return finer || n == given
	}
	return allows(r.hours, t.Hour(), start.Hour(), r.freq == "HOURLY" || r.freq == "MINUTELY") &&
		allows(r.minutes, t.Minute(), start.Minute(), r.freq == "MINUTELY")
}

// someRule draws any rule that the standard allows, and its start.
func someRule(t *rapid.T) (plainRule, time.Time) {
	r := plainRule{
		freq:     rapid.SampledFrom([]string{"YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY"}).Draw(t, "freq"),
		interval: rapid.SampledFrom([]int{1, 1, 1, 2, 3, 4, 7}).Draw(t, "interval"),
		week:     time.Weekday(rapid.IntRange(0, 6).Draw(t, "week")),
	}
	start := day("1999-12-20").AddDate(0, 0, rapid.IntRange(0, 1500).Draw(t, "day")).Add(time.Duration(rapid.IntRange(0, 1439).Draw(t, "minute")) * time.Minute)
	some := func(name string, chance, from, to int) []int {
		if rapid.IntRange(0, chance).Draw(t, "with "+name) > 0 {
			return nil
		}
		list := rapid.SliceOfN(rapid.IntRange(from, to), 1, 4).Draw(t, name)
		return slices.DeleteFunc(list, func(n int) bool { return n == 0 && from < 0 })
	}
	r.months = some("months", 2, 1, 12)
	if r.freq != "WEEKLY" {
		r.monthDays = some("days of the month", 3, -31, 31)
	}
	if r.freq == "YEARLY" || r.freq == "HOURLY" || r.freq == "MINUTELY" {
		r.yearDays = some("days of the year", 5, -366, 366)
	}
	if r.freq == "YEARLY" {
		r.weekNos = some("weeks", 3, -53, 53)
	}
	if rapid.IntRange(0, 1).Draw(t, "with weekdays") == 0 {
		numbered := r.freq == "MONTHLY" || r.freq == "YEARLY" && len(r.weekNos) == 0
		for range rapid.IntRange(1, 4).Draw(t, "how many weekdays") {
			d := weekday{day: time.Weekday(rapid.IntRange(0, 6).Draw(t, "weekday"))}
			if numbered {
				d.nth = rapid.SampledFrom([]int{0, 0, 1, 2, 3, 4, 5, -1, -2, -5}).Draw(t, "nth")
			}
			if r.freq == "YEARLY" && numbered && len(r.months) == 0 && d.nth > 3 {
				d.nth = rapid.IntRange(-53, 53).Draw(t, "nth of the year")
			}
			r.days = append(r.days, d)
		}
	}
	r.hours = some("hours", 3, 0, 23)
	r.minutes = some("minutes", 3, 0, 59)
	r.position = some("positions", 3, -6, 6)
	switch rapid.IntRange(0, 3).Draw(t, "end") {
	case 0:
		r.count = rapid.IntRange(1, 40).Draw(t, "count")
	case 1:
		r.until = start.Add(time.Duration(rapid.IntRange(-2, 2000).Draw(t, "until")) * 11 * time.Hour)
	}
	return r, start
}

// The expander names the dates that walking the calendar day by day names, for
// any rule, any start and any window.
func TestRulesAgreeWithWalkingTheCalendar(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, start := someRule(t)
		end := start.AddDate(4, 0, 0)
		if r.freq == "HOURLY" || r.freq == "MINUTELY" {
			end = start.AddDate(0, 0, 12)
		}
		from := start.Add(time.Duration(rapid.Int64Range(-1, 10).Draw(t, "from")) * end.Sub(start) / 12)
		parsed, err := parseRule(r.String(), when{wall: start, form: floating, zone: time.UTC})
		if err != nil {
			t.Fatalf("%s: %v", r, err)
		}
		budget := maxSteps
		var got []string
		for wall := range parsed.dates(start, from, end.Add(-time.Second), &budget) {
			got = append(got, wall.Format("Mon 2006-01-02 15:04"))
		}
		var want []string
		for _, wall := range r.all(start, end) {
			if !wall.Before(from) {
				want = append(want, wall.Format("Mon 2006-01-02 15:04"))
			}
		}
		if !slices.Equal(got, want) {
			t.Fatalf("%s from %s, seen from %s\ngot  %d %v\nwant %d %v", r, start, from, len(got), got, len(want), want)
		}
	})
}

// What is expanded within a window is what a wider one says of it: so a series
// can be expanded again, piece by piece, as the days go by.
func TestWindowsAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, start := someRule(t)
		if r.freq == "HOURLY" || r.freq == "MINUTELY" {
			r.freq, r.yearDays = "DAILY", nil
		}
		zone := rapid.SampledFrom([]string{"Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC"}).Draw(t, "zone")
		stamp := func(name string, at time.Time) string {
			return name + ";TZID=" + zone + ":" + at.Format("20060102T150405")
		}
		begin := start.AddDate(0, 0, -3)
		dates := r.all(start, start.AddDate(2, 0, 0))
		if len(dates) == 0 {
			return
		}
		master := []string{stamp("DTSTART", start), "DURATION:" + rapid.SampledFrom([]string{"PT0S", "PT1H", "P2D"}).Draw(t, "length"), "RRULE:" + r.String()}
		events := []string{""}
		for range rapid.IntRange(0, 4).Draw(t, "changes") {
			date := rapid.SampledFrom(dates).Draw(t, "date")
			moved := date.Add(time.Duration(rapid.IntRange(-300, 300).Draw(t, "moved")) * time.Hour)
			switch rapid.IntRange(0, 3).Draw(t, "change") {
			case 0:
				master = append(master, stamp("EXDATE", date))
			case 1:
				master = append(master, stamp("RDATE", moved))
			case 2:
				events = append(events, stamp("RECURRENCE-ID", date)+"\n"+stamp("DTSTART", moved))
			default:
				events = append(events, stamp("RECURRENCE-ID;RANGE=THISANDFUTURE", date)+"\n"+stamp("DTSTART", moved))
			}
		}
		events[0] = strings.Join(master, "\n")
		ics := vcalendar(events...)
		expand := func(from, to time.Time) map[string]string {
			list, odd, err := Expand(ics, "cal", berlin, from, to)
			if err != nil || len(odd) > 0 {
				t.Fatal(err, odd, ics)
			}
			byID := map[string]string{}
			for _, o := range list {
				byID[o.RecurrenceID] = o.Start.UTC().Format(time.RFC3339) + " to " + o.End.UTC().Format(time.RFC3339)
				if !(span{from, to}).holds(o.Start, o.End) {
					t.Fatalf("%v is outside %s to %s", o, from, to)
				}
			}
			return byID
		}
		end := start.AddDate(2, 0, 0)
		cut := begin.Add(time.Duration(rapid.IntRange(0, 17000).Draw(t, "cut")) * time.Hour)
		whole, parts := expand(begin, end), expand(begin, cut)
		for id, when := range expand(cut, end) {
			if before, both := parts[id]; both && before != when {
				t.Fatalf("%s is at %s and at %s\n%s", id, before, when, ics)
			}
			parts[id] = when
		}
		if !maps.Equal(whole, parts) {
			t.Fatalf("cut at %s\nwhole %v\nparts %v\n%s", cut, whole, parts, ics)
		}
	})
}
