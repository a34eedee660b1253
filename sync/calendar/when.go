package calendar

import (
	"strings"
	"time"

	"github.com/emersion/go-ical"
)

// form is how a time is tied to the earth.
type form int

const (
	allDay   form = iota // a date, wherever one is
	floating             // a clock time, wherever one is
	zoned                // a clock time in a zone
)

// when is a date or time as a calendar writes it.
type when struct {
	// wall is the calendar page and clock as written, held in UTC so that it
	// can be counted with; midnight for a date.
	wall time.Time
	form form
	// zone is the zone that it is read in: its own, or the reader's for a date
	// or a floating time.
	zone *time.Location
	// name is what people call the zone; "" for a date or a floating time.
	name string
}

// at is the instant.
func (w when) at() time.Time { return instant(w.wall, w.zone) }

// id is the form in which data.Occurrence.RecurrenceID names it.
func (w when) id() string {
	switch w.form {
	case allDay:
		return w.wall.Format("20060102")
	case floating:
		return w.wall.Format("20060102T150405")
	}
	return w.at().UTC().Format("20060102T150405Z")
}

// key is equal for two times of one series that mean the same date of it.
func (w when) key() int64 {
	if w.form == zoned {
		return w.at().Unix()
	}
	return w.wall.Unix()
}

// on is the same place with another wall time.
func (w when) on(wall time.Time) when {
	w.wall = wall
	return w
}

// like reads w in the form of the series that it names a date of: a date names
// the occurrence of that day, a floating time is in the series' zone.
func (w when) like(series when) when {
	switch {
	case series.form == allDay:
		return series.on(midnight(w.wall))
	case w.form == allDay:
		return series.on(midnight(w.wall).Add(series.wall.Sub(midnight(series.wall))))
	case w.form == zoned:
		return series.on(wallAt(w.at(), series.zone))
	}
	return series.on(w.wall)
}

// midnight is the beginning of a wall time's day.
func midnight(wall time.Time) time.Time {
	y, m, d := wall.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// wallAt is what calendar and clock show in a zone at an instant.
func wallAt(t time.Time, zone *time.Location) time.Time {
	t = t.In(zone)
	y, m, d := t.Date()
	return time.Date(y, m, d, t.Hour(), t.Minute(), t.Second(), 0, time.UTC)
}

// instant is when calendar and clock show wall in a zone. As RFC 5545 3.3.5 has
// it, a time that comes twice is the first one, and one that is skipped is read
// with the offset before the gap.
func instant(wall time.Time, zone *time.Location) time.Time {
	if zone == time.UTC {
		return wall
	}
	u := wall.Unix()
	before, after := offsetAt(u-86400, zone), offsetAt(u+86400, zone)
	if before == after && offsetAt(u-before, zone) != before {
		y, m, d := wall.Date() // two changes within two days
		return time.Date(y, m, d, wall.Hour(), wall.Minute(), wall.Second(), 0, zone)
	}
	offset := before
	if offsetAt(u-before, zone) != before && offsetAt(u-after, zone) == after {
		offset = after
	}
	return time.Unix(u-offset, 0).In(zone)
}

func offsetAt(unix int64, zone *time.Location) int64 {
	_, offset := time.Unix(unix, 0).In(zone).Zone()
	return int64(offset)
}

// parseWhen reads a date or time with its parameters. ok is false when it is
// neither.
func parseWhen(p ical.Prop, value string, zones *zoneBook) (w when, ok bool) {
	wall, dateOnly, offset, ok := parseStamp(value)
	switch {
	case !ok:
		return when{}, false
	case dateOnly || strings.EqualFold(param(p, "VALUE"), "DATE"):
		return when{wall: midnight(wall), form: allDay, zone: zones.reader}, true
	case offset != nil:
		return when{wall: wall.Add(-*offset), form: zoned, zone: time.UTC, name: "UTC"}, true
	}
	if tzid := strings.Trim(param(p, "TZID"), `"'`); tzid != "" {
		if z, ok := zones.named(tzid); ok {
			return when{wall: wall, form: zoned, zone: z.location, name: z.name}, true
		}
		return when{wall: wall, form: floating, zone: zones.reader, name: tzid}, true
	}
	return when{wall: wall, form: floating, zone: zones.floating}, true
}

// parseStamp reads 20260105, 20260105T0900, 20260105T090000, the last with Z or
// an offset, and all of them with the dashes and colons of ISO 8601. offset is
// nil where there is none.
func parseStamp(s string) (wall time.Time, dateOnly bool, offset *time.Duration, ok bool) {
	s = strings.ToUpper(strings.TrimSpace(s))
	date, clock, timed := strings.Cut(s, "T")
	if !timed {
		date, clock, timed = strings.Cut(s, " ")
	}
	date = strings.ReplaceAll(date, "-", "")
	day, err := time.Parse("20060102", date)
	if err != nil || day.Year() < 1 {
		return time.Time{}, false, nil, false
	}
	if !timed || strings.TrimSpace(clock) == "" {
		return day, true, nil, true
	}
	clock, offset, ok = cutOffset(strings.ReplaceAll(clock, ":", ""))
	if !ok {
		return time.Time{}, false, nil, false
	}
	since, ok := parseClock(clock)
	return day.Add(since), false, offset, ok
}

// cutOffset takes Z, +0100 or +01 off a clock.
func cutOffset(s string) (clock string, offset *time.Duration, ok bool) {
	s = strings.TrimSpace(s)
	if clock, utc := strings.CutSuffix(s, "Z"); utc {
		return clock, new(time.Duration), true
	}
	i := strings.IndexAny(s, "+-")
	if i < 0 {
		return s, nil, true
	}
	d, ok := parseOffset(s[i:])
	return s[:i], &d, ok
}

// parseOffset reads a UTC offset: +01, +0100 or +010000.
func parseOffset(s string) (time.Duration, bool) {
	if len(s) < 3 || s[0] != '+' && s[0] != '-' {
		return 0, false
	}
	d, ok := parseClock(s[1:] + "0000"[:max(0, 5-len(s))])
	if s[0] == '-' {
		d = -d
	}
	return d, ok
}

// parseClock reads 0900 or 090000 as time since midnight; 24:00 and the leap
// second are as late as a day gets.
func parseClock(s string) (time.Duration, bool) {
	s, _, _ = strings.Cut(s, ".")
	if len(s) == 4 {
		s += "00"
	}
	n, ok := digits(s)
	if len(s) != 6 || !ok {
		return 0, false
	}
	h, m, sec := n/10000, n/100%100, min(n%100, 59)
	if h > 24 || m > 59 || n%100 > 60 || h == 24 && n%10000 > 0 {
		return 0, false
	}
	return time.Duration(h)*time.Hour + time.Duration(m)*time.Minute + time.Duration(sec)*time.Second, true
}

// digits reads a number of at most nine digits without a sign.
func digits(s string) (n int, ok bool) {
	if s == "" || len(s) > 9 {
		return 0, false
	}
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = 10*n + int(c-'0')
	}
	return n, true
}
