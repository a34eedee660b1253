package calendar

import (
	"iter"
	"slices"
	"time"
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
		n, before := 1, start
		for wall := range r.named(start, first, last, budget) {
			if !wall.After(before) {
				continue // before the start, or a day that two months have come to
			}
			before = wall
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
// holds first.
func (r rule) named(start, first, last time.Time, budget *int) iter.Seq[time.Time] {
	if r.freq >= hourly {
		return r.clockSteps(start, first, last, budget)
	}
	return r.periodSteps(start, first, last, budget)
}

// periodSteps are the dates of a rule that counts years, months, weeks or days:
// of each period that the interval hits, the days that all its parts allow. It
// begins with the whole period, since BYSETPOS counts from there.
func (r rule) periodSteps(start, first, last time.Time, budget *int) iter.Seq[time.Time] {
	return func(yield func(time.Time) bool) {
		if r.skip != 0 { // a day may lie one beyond its month
			first, last = first.AddDate(0, 0, -1), last.AddDate(0, 0, 1)
		}
		for begin := r.period(start, first); !begin.After(last) && *budget > 0; begin = r.step(begin, r.interval) {
			days, seen := r.days(begin, r.step(begin, 1))
			*budget -= 1 + seen/8
			if len(r.position) > 0 {
				if !spend(r.pick(r.timesOf(days)), budget, yield) {
					return
				}
				continue
			}
			for _, day := range days {
				if !spend(r.times(day), budget, yield) {
					return
				}
			}
		}
	}
}

// spend gives wall times out, each for one step of the budget.
func spend(walls []time.Time, budget *int, yield func(time.Time) bool) bool {
	for _, wall := range walls {
		if *budget--; *budget < 0 || !yield(wall) {
			return false
		}
	}
	return true
}

// step is the beginning of the nth period after the one that begins at begin.
// With BYWEEKNO a year is its weeks: it begins with week 1, which holds at least
// four of its days (RFC 5545 3.3.10) and may begin in December.
func (r rule) step(begin time.Time, n int) time.Time {
	switch {
	case len(r.weekNo) > 0:
		return weekOne(begin.AddDate(0, 0, 3).Year()+n, r.week)
	case r.freq == yearly:
		return begin.AddDate(n, 0, 0)
	case r.freq == monthly:
		return begin.AddDate(0, n, 0)
	case r.freq == weekly:
		return begin.AddDate(0, 0, 7*n)
	}
	return begin.AddDate(0, 0, n)
}

// period is the beginning of the year, month, week or day that first lies in,
// or of the last one before it that the interval hits.
func (r rule) period(start, first time.Time) time.Time {
	y, m, _ := start.Date()
	switch {
	case len(r.weekNo) > 0:
		year := y + max(0, first.Year()-1-y)/r.interval*r.interval
		if r.interval == 1 && year == y {
			year-- // its last week may reach over the turn of the year
		}
		return weekOne(year, r.week)
	case r.freq == yearly:
		n := (first.Year() - y) / r.interval * r.interval
		return time.Date(y+n, 1, 1, 0, 0, 0, 0, time.UTC)
	case r.freq == monthly:
		n := 12*(first.Year()-y) + int(first.Month()-m)
		return time.Date(y, m+time.Month(n/r.interval*r.interval), 1, 0, 0, 0, 0, time.UTC)
	case r.freq == weekly:
		begin := weekBegin(midnight(start), r.week)
		n := int((midnight(first).Unix() - begin.Unix()) / (7 * 86400))
		return begin.AddDate(0, 0, n/r.interval*r.interval*7)
	}
	begin := midnight(start)
	n := int((midnight(first).Unix() - begin.Unix()) / 86400)
	return begin.AddDate(0, 0, n/r.interval*r.interval)
}

// days are the days from begin to before end that the rule names, in order, and
// how many were looked at for it.
func (r rule) days(begin, end time.Time) (days []time.Time, seen int) {
	plain := len(r.monthDay) > 0 && (len(r.day) == 0 || r.skip != 0) && len(r.yearDay)+len(r.weekNo) == 0 && r.freq <= monthly
	for month := begin; month.Before(end); {
		y, m, _ := month.Date()
		next := time.Date(y, m+1, 1, 0, 0, 0, 0, time.UTC)
		seen++
		switch {
		case len(r.month) > 0 && !slices.Contains(r.month, int(m)):
		case plain:
			days = append(days, r.monthDays(y, m)...)
			seen += len(r.monthDay)
		default:
			for day := month; day.Before(next) && day.Before(end); day = day.AddDate(0, 0, 1) {
				if seen++; r.dayFits(day) {
					days = append(days, day)
				}
			}
		}
		month = next
	}
	return days, seen
}

// monthDays are the days of a month that BYMONTHDAY names, in order; what the month
// does not have goes one day beyond it, or to its edge, where the rule says so.
func (r rule) monthDays(y int, m time.Month) (days []time.Time) {
	size := daysIn(y, m)
	for _, n := range r.monthDay {
		if n < 0 {
			n += size + 1
		}
		switch inside := n >= 1 && n <= size; {
		case !inside && r.skip == 0:
			continue
		case n > size:
			n = size + max(0, r.skip)
		case n < 1:
			n = 1 + min(0, r.skip)
		}
		if day := time.Date(y, m, n, 0, 0, 0, 0, time.UTC); len(r.day) == 0 || r.weekdayFits(day) {
			days = append(days, day)
		}
	}
	slices.SortFunc(days, time.Time.Compare)
	return slices.Compact(days)
}

func daysIn(y int, m time.Month) int { return time.Date(y, m+1, 0, 0, 0, 0, 0, time.UTC).Day() }

// weekBegin is the day on or before day with which its week begins.
func weekBegin(day time.Time, begins time.Weekday) time.Time {
	return day.AddDate(0, 0, -(int(day.Weekday()-begins)+7)%7)
}

// weekOne is the first day of a year's first week, the one that holds 4 January.
func weekOne(year int, begins time.Weekday) time.Time {
	return weekBegin(time.Date(year, 1, 4, 0, 0, 0, 0, time.UTC), begins)
}

// clockSteps are the dates of an hourly, minutely or secondly rule. Days, hours
// and minutes that the rule leaves out are jumped over in one step.
func (r rule) clockSteps(start, first, last time.Time, budget *int) iter.Seq[time.Time] {
	unit := map[frequency]int64{hourly: 3600, minutely: 60, secondly: 1}[r.freq]
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
	case r.freq >= minutely && out(r.minute, m):
		return int64(60 - s)
	case r.freq == secondly && out(r.second, s):
		return 1
	}
	return 0
}

// dayFits says whether the rule's parts about days allow a day.
func (r rule) dayFits(t time.Time) bool {
	y, m, d := t.Date()
	if len(r.month) > 0 && !slices.Contains(r.month, int(m)) {
		return false
	}
	if len(r.monthDay) > 0 && !among(r.monthDay, d, daysIn(y, m)) {
		return false
	}
	if len(r.yearDay) > 0 && !among(r.yearDay, t.YearDay(), daysOf(y)) {
		return false
	}
	return (len(r.weekNo) == 0 || r.weekFits(t)) && (len(r.day) == 0 || r.weekdayFits(t))
}

// among says whether a list names the nth of size, counted from either end.
func among(list []int, n, size int) bool {
	return slices.Contains(list, n) || slices.Contains(list, n-size-1)
}

func daysOf(y int) int { return time.Date(y, 12, 31, 0, 0, 0, 0, time.UTC).YearDay() }

// weekFits says whether BYWEEKNO names the week of a day.
func (r rule) weekFits(t time.Time) bool {
	year := weekBegin(t, r.week).AddDate(0, 0, 3).Year() // the fourth day says whose week it is
	one, next := weekOne(year, r.week), weekOne(year+1, r.week)
	const week = 7 * 86400
	return among(r.weekNo, int((t.Unix()-one.Unix())/week)+1, int((next.Unix()-one.Unix())/week))
}

// weekdayFits says whether BYDAY names a day. A numbered weekday is counted in
// its month, or in its year where a yearly rule names no months.
func (r rule) weekdayFits(t time.Time) bool {
	for _, w := range r.day {
		switch {
		case w.day != t.Weekday():
			continue
		case w.nth == 0:
			return true
		}
		y, m, at := t.Date()
		size := daysIn(y, m)
		if r.freq == yearly && len(r.month) == 0 {
			at, size = t.YearDay(), daysOf(y)
		}
		if w.nth == (at-1)/7+1 || w.nth == -((size-at)/7+1) {
			return true
		}
	}
	return false
}

// times are the times that the rule names in one period of at most a day.
func (r rule) times(period time.Time) (walls []time.Time) {
	y, mo, d := period.Date()
	h, m, s := period.Clock()
	hours, minutes, seconds := r.hour, r.minute, r.second
	if r.freq >= hourly {
		hours = []int{h}
	}
	if r.freq >= minutely {
		minutes = []int{m}
	}
	if r.freq == secondly {
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

// timesOf are the times that the rule names on some days, in order.
func (r rule) timesOf(days []time.Time) (walls []time.Time) {
	for _, day := range days {
		walls = append(walls, r.times(day)...)
	}
	return walls
}

// pick applies BYSETPOS to the dates of one period, which are in order.
func (r rule) pick(walls []time.Time) []time.Time {
	if len(r.position) == 0 {
		return walls
	}
	var at []int
	for _, n := range r.position {
		if n < 0 {
			n += len(walls) + 1
		}
		if n >= 1 && n <= len(walls) {
			at = append(at, n-1)
		}
	}
	slices.Sort(at)
	var picked []time.Time
	for _, i := range slices.Compact(at) {
		picked = append(picked, walls[i])
	}
	return picked
}
