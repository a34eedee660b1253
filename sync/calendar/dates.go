package calendar

import (
	"iter"
	"slices"
	"time"

	"github.com/teambition/rrule-go"
)

// dates are a series' wall times in order: its start, which counts as the first
// even where the rule does not name it, and what the rule names after it, up to
// COUNT, UNTIL and to. Those before from are counted but not given out. Each
// step of work costs one of budget; when that is used up the dates end.
func (r rule) dates(start, from, to time.Time, budget *int) iter.Seq[time.Time] {
	last, first := to, from
	if !r.until.IsZero() && r.until.Before(last) {
		last = r.until
	}
	if r.count > 0 || first.Before(start) {
		first = start
	}
	return func(yield func(time.Time) bool) {
		if last.Before(start) {
			return
		}
		if !start.Before(from) && !yield(start) {
			return
		}
		n := 1
		for wall := range r.named(start, first, last, budget) {
			if !wall.After(start) {
				continue
			}
			if n++; r.count > 0 && n > r.count || wall.After(last) {
				return
			}
			if !wall.Before(from) && !yield(wall) {
				return
			}
		}
	}
}

// named are the wall times that the rule itself names, from the period that
// holds first. rrule-go makes them, but for two families: it can loop for ever
// on rules finer than a day, and puts weeks at the turn of the year wrongly.
func (r rule) named(start, first, last time.Time, budget *int) iter.Seq[time.Time] {
	switch {
	case r.freq >= rrule.HOURLY:
		return r.clockSteps(start, first, last, budget)
	case len(r.weekNo) > 0:
		return r.weekSteps(start, first, last, budget)
	}
	return r.library(start, first, last, budget)
}

// library runs rrule-go from the beginning of the period that holds first, so
// that BYSETPOS sees whole periods and years before the window cost nothing. It
// runs in the last cycle of 400 years that rrule-go knows: a rule that never
// names a date makes it search to the year 9999, which is then near. (The
// Gregorian calendar, weekdays too, repeats every 400 years.)
func (r rule) library(start, first, last time.Time, budget *int) iter.Seq[time.Time] {
	const cycle = 146097 * 86400
	cycles := max(0, (9999-last.Year())/400)
	shift := int64(cycles) * cycle
	option := r.option()
	option.Dtstart = time.Unix(r.period(start, first).Unix()+shift, 0).UTC()
	option.Until = time.Unix(last.Unix()+shift, 0).UTC()
	return func(yield func(time.Time) bool) {
		made, err := rrule.NewRRule(option)
		if err != nil {
			return
		}
		next := made.Iterator()
		for {
			wall, ok := next()
			if *budget--; !ok || *budget < 0 {
				return
			}
			if !yield(time.Unix(wall.Unix()-shift, 0).UTC()) {
				return
			}
		}
	}
}

func (r rule) option() rrule.ROption {
	days := [...]rrule.Weekday{rrule.SU, rrule.MO, rrule.TU, rrule.WE, rrule.TH, rrule.FR, rrule.SA}
	option := rrule.ROption{
		Freq: r.freq, Interval: r.interval, Wkst: days[r.week], Bysetpos: r.position,
		Bymonth: r.month, Bymonthday: r.monthDay, Byyearday: r.yearDay,
		Byhour: r.hour, Byminute: r.minute, Bysecond: r.second,
	}
	for _, d := range r.day {
		option.Byweekday = append(option.Byweekday, days[d.day].Nth(d.nth))
	}
	return option
}

// period is the beginning of the year, month, week or day that first lies in,
// or of the last one before it that the interval hits.
func (r rule) period(start, first time.Time) time.Time {
	y, m, _ := start.Date()
	switch r.freq {
	case rrule.YEARLY:
		n := (first.Year() - y) / r.interval * r.interval
		return time.Date(y+n, 1, 1, 0, 0, 0, 0, time.UTC)
	case rrule.MONTHLY:
		n := 12*(first.Year()-y) + int(first.Month()-m)
		return time.Date(y, m+time.Month(n/r.interval*r.interval), 1, 0, 0, 0, 0, time.UTC)
	case rrule.WEEKLY:
		begin := weekBegin(midnight(start), r.week)
		n := int((midnight(first).Unix() - begin.Unix()) / (7 * 86400))
		return begin.AddDate(0, 0, n/r.interval*r.interval*7)
	}
	begin := midnight(start)
	n := int((midnight(first).Unix() - begin.Unix()) / 86400)
	return begin.AddDate(0, 0, n/r.interval*r.interval)
}

// weekBegin is the day on or before day with which its week begins.
func weekBegin(day time.Time, begins time.Weekday) time.Time {
	return day.AddDate(0, 0, -(int(day.Weekday()-begins)+7)%7)
}

// weekSteps are the dates of a yearly rule with BYWEEKNO. A week belongs to the
// year that holds at least four of its days (RFC 5545 3.3.10), so week 1 may
// begin in December.
func (r rule) weekSteps(start, first, last time.Time, budget *int) iter.Seq[time.Time] {
	year := start.Year() + max(0, first.Year()-1-start.Year())/r.interval*r.interval
	if r.interval == 1 && year == start.Year() {
		year-- // its last week may reach over the turn of the year
	}
	return func(yield func(time.Time) bool) {
		for ; !weekOne(year, r.week).After(last) && *budget > 0; year += r.interval {
			*budget--
			for _, wall := range r.pick(r.yearsWeeks(year)) {
				if *budget--; !yield(wall) {
					return
				}
			}
		}
	}
}

// yearsWeeks are all dates in the weeks that the rule names of one year.
func (r rule) yearsWeeks(year int) (walls []time.Time) {
	one := weekOne(year, r.week)
	weeks := int(weekOne(year+1, r.week).Unix()-one.Unix()) / (7 * 86400)
	for _, n := range r.weekNo {
		if n < 0 {
			n += weeks + 1
		}
		if n < 1 || n > weeks {
			continue
		}
		for d := range 7 {
			if day := one.AddDate(0, 0, 7*(n-1)+d); r.dayFits(day) {
				walls = append(walls, r.times(day)...)
			}
		}
	}
	slices.SortFunc(walls, time.Time.Compare)
	return slices.Compact(walls)
}

// weekOne is the first day of a year's first week, the one that holds 4 January.
func weekOne(year int, begins time.Weekday) time.Time {
	return weekBegin(time.Date(year, 1, 4, 0, 0, 0, 0, time.UTC), begins)
}

// clockSteps are the dates of an hourly, minutely or secondly rule. Days, hours
// and minutes that the rule leaves out are jumped over in one step.
func (r rule) clockSteps(start, first, last time.Time, budget *int) iter.Seq[time.Time] {
	unit := map[rrule.Frequency]int64{rrule.HOURLY: 3600, rrule.MINUTELY: 60, rrule.SECONDLY: 1}[r.freq]
	step := unit * int64(r.interval)
	begin := start.Unix() - (start.Unix()%unit+unit)%unit
	return func(yield func(time.Time) bool) {
		at := begin + max(0, first.Unix()-begin)/step*step
		for at <= last.Unix() && *budget > 0 {
			*budget--
			wall := time.Unix(at, 0).UTC()
			if wait := r.closed(wall); wait > 0 {
				at += (wait + step - 1) / step * step
				continue
			}
			for _, w := range r.pick(r.times(wall)) {
				if *budget--; !yield(w) {
					return
				}
			}
			at += step
		}
	}
}

// closed is how many seconds the rule rules out from wall on, at the least, or 0
// when wall's period may hold a date.
func (r rule) closed(wall time.Time) int64 {
	h, m, s := wall.Clock()
	out := func(list []int, n int) bool { return len(list) > 0 && !slices.Contains(list, n) }
	switch {
	case !r.dayFits(wall):
		return int64(86400 - 3600*h - 60*m - s)
	case out(r.hour, h):
		return int64(3600 - 60*m - s)
	case r.freq >= rrule.MINUTELY && out(r.minute, m):
		return int64(60 - s)
	case r.freq == rrule.SECONDLY && out(r.second, s):
		return 1
	}
	return 0
}

// dayFits says whether the rule's parts about days allow a day; numbered
// weekdays are not looked at.
func (r rule) dayFits(t time.Time) bool {
	y, m, d := t.Date()
	monthEnd := time.Date(y, m+1, 0, 0, 0, 0, 0, time.UTC).Day()
	yearEnd := time.Date(y, 12, 31, 0, 0, 0, 0, time.UTC).YearDay()
	either := func(list []int, n, fromEnd int) bool {
		return len(list) == 0 || slices.Contains(list, n) || slices.Contains(list, fromEnd)
	}
	return either(r.month, int(m), 0) && either(r.monthDay, d, d-monthEnd-1) &&
		either(r.yearDay, t.YearDay(), t.YearDay()-yearEnd-1) &&
		(len(r.day) == 0 || slices.ContainsFunc(r.day, func(w weekday) bool { return w.day == t.Weekday() }))
}

// times are the times that the rule names in one period of at most a day.
func (r rule) times(period time.Time) (walls []time.Time) {
	y, mo, d := period.Date()
	h, m, s := period.Clock()
	hours, minutes, seconds := r.hour, r.minute, r.second
	if r.freq >= rrule.HOURLY {
		hours = []int{h}
	}
	if r.freq >= rrule.MINUTELY {
		minutes = []int{m}
	}
	if r.freq == rrule.SECONDLY {
		seconds = []int{s}
	}
	for _, h := range hours {
		for _, m := range minutes {
			for _, s := range seconds {
				walls = append(walls, time.Date(y, mo, d, h, m, s, 0, time.UTC))
			}
		}
	}
	return walls
}

// pick applies BYSETPOS to the dates of one period, which are in order.
func (r rule) pick(walls []time.Time) []time.Time {
	if len(r.position) == 0 {
		return walls
	}
	var picked []time.Time
	for i, wall := range walls {
		if slices.Contains(r.position, i+1) || slices.Contains(r.position, i-len(walls)) {
			picked = append(picked, wall)
		}
	}
	return picked
}
