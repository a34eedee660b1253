package calendar

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"rapport/data"
)

var (
	berlin  = mustZone("Europe/Berlin")
	newYork = mustZone("America/New_York")
)

func mustZone(name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return zone
}

func day(s string) time.Time {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return t
}

// vcalendar wraps events, each a list of lines; a UID is added where none is.
func vcalendar(events ...string) string {
	var sb strings.Builder
	sb.WriteString("BEGIN:VCALENDAR\nVERSION:2.0\n")
	for _, e := range events {
		if !strings.Contains(e, "UID:") {
			e = "UID:one@test\n" + e
		}
		sb.WriteString("BEGIN:VEVENT\n" + strings.TrimSpace(e) + "\nEND:VEVENT\n")
	}
	return sb.String() + "END:VCALENDAR\n"
}

// starts are occurrences in short: local start in the given zone, with marks.
func starts(list []data.Occurrence, zone *time.Location) string {
	var out []string
	for _, o := range list {
		s := o.Start.In(zone).Format("2006-01-02 15:04")
		if o.AllDay {
			s = o.StartDate
		}
		if o.Cancelled {
			s += " cancelled"
		}
		out = append(out, s)
	}
	return strings.Join(out, ", ")
}

func TestDatesOfSeries(t *testing.T) {
	tests := []struct {
		name     string
		events   []string
		from, to string
		zone     *time.Location // Berlin when nil
		want     string
		odd      string // part of a remark; "" for none
	}{
		{name: "one meeting in a zone", events: []string{"DTSTART;TZID=Europe/Berlin:20260105T090000\nDTEND;TZID=Europe/Berlin:20260105T100000"}, want: "2026-01-05 09:00"},
		{name: "clock time stays when summer time begins", events: []string{"DTSTART;TZID=Europe/Berlin:20260323T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=3"},
			want: "2026-03-23 09:00, 2026-03-30 09:00, 2026-04-06 09:00"},
		{name: "a time that summer time skips is read with the offset before", events: []string{"DTSTART;TZID=Europe/Berlin:20260328T023000\nRRULE:FREQ=DAILY;COUNT=3"},
			want: "2026-03-28 02:30, 2026-03-29 03:30, 2026-03-30 02:30"},
		{name: "a time that comes twice is the first", events: []string{"DTSTART;TZID=Europe/Berlin:20261025T023000"}, zone: time.UTC, want: "2026-10-25 00:30"},
		{name: "trailing semicolon, lower case and a strange part in the rule", events: []string{"DTSTART:20260105T090000Z\nRRULE:freq=weekly;x-foo=1;byday=mo,WE;count=3;"}, zone: time.UTC,
			want: "2026-01-05 09:00, 2026-01-07 09:00, 2026-01-12 09:00"},
		{name: "duplicate values in lists", events: []string{"DTSTART:20260105T090000Z\nRRULE:FREQ=MONTHLY;BYMONTHDAY=5,5,20,20;BYSETPOS=2,2;COUNT=3"}, zone: time.UTC,
			want: "2026-01-05 09:00, 2026-01-20 09:00, 2026-02-20 09:00"},
		{name: "RSCALE of our own calendar", events: []string{"DTSTART:20260105T090000Z\nRRULE:RSCALE=GREGORIAN;FREQ=DAILY;SKIP=OMIT;COUNT=2"}, zone: time.UTC, want: "2026-01-05 09:00, 2026-01-06 09:00"},
		{name: "SKIP=BACKWARD (RFC 7529): the last day of a short month", events: []string{"DTSTART;VALUE=DATE:20260131\nRRULE:RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=BACKWARD;COUNT=4"}, want: "2026-01-31, 2026-02-28, 2026-03-31, 2026-04-30"},
		{name: "SKIP=FORWARD: the first day after it", events: []string{"DTSTART;VALUE=DATE:20260131\nRRULE:RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=FORWARD;COUNT=4"}, want: "2026-01-31, 2026-03-01, 2026-03-31, 2026-05-01"},
		{name: "SKIP=OMIT: it does not come", events: []string{"DTSTART;VALUE=DATE:20260131\nRRULE:RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=OMIT;COUNT=3"}, want: "2026-01-31, 2026-03-31, 2026-05-31"},
		{name: "SKIP without RSCALE means nothing", events: []string{"DTSTART;VALUE=DATE:20260131\nRRULE:FREQ=MONTHLY;SKIP=BACKWARD;COUNT=2"}, want: "2026-01-31, 2026-03-31"},
		{name: "SKIP=FORWARD of a leap day", events: []string{"DTSTART;VALUE=DATE:20240229\nRRULE:RSCALE=GREGORIAN;FREQ=YEARLY;SKIP=FORWARD"}, want: "2026-03-01"},
		{name: "SKIP=BACKWARD of a leap day", events: []string{"DTSTART;VALUE=DATE:20240229\nRRULE:RSCALE=GREGORIAN;FREQ=YEARLY;SKIP=BACKWARD"}, want: "2026-02-28"},
		{name: "SKIP=FORWARD into a window that begins with that day", events: []string{"DTSTART;VALUE=DATE:20250131\nRRULE:RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=FORWARD"}, from: "2026-03-01", to: "2026-03-02", want: "2026-03-01"},
		{name: "SKIP=BACKWARD into a window that ends with that day", events: []string{"DTSTART;VALUE=DATE:20250101\nRRULE:RSCALE=GREGORIAN;FREQ=MONTHLY;BYMONTHDAY=-31;SKIP=BACKWARD"}, from: "2026-01-31", to: "2026-02-01", want: "2026-01-31"},
		{name: "a day that SKIP brings twice counts once", events: []string{"DTSTART;VALUE=DATE:20260131\nRRULE:RSCALE=GREGORIAN;FREQ=MONTHLY;BYMONTHDAY=1,31;SKIP=FORWARD;COUNT=5"}, want: "2026-01-31, 2026-02-01, 2026-03-01, 2026-03-31, 2026-04-01"},
		{name: "SKIP with a day of the week", events: []string{"DTSTART;VALUE=DATE:20260130\nRRULE:RSCALE=GREGORIAN;FREQ=MONTHLY;BYMONTHDAY=31;BYDAY=SA;SKIP=BACKWARD;COUNT=3"}, to: "2029-01-01", want: "2026-01-30, 2026-01-31, 2026-02-28"},
		{name: "RSCALE of another calendar keeps the first date", events: []string{"DTSTART:20260105T090000Z\nRRULE:RSCALE=CHINESE;FREQ=YEARLY"}, zone: time.UTC, want: "2026-01-05 09:00", odd: "Gregorian"},
		{name: "UNTIL as a local time is in the series' zone", events: []string{"DTSTART;TZID=America/New_York:20260105T200000\nRRULE:FREQ=DAILY;UNTIL=20260107T200000"}, zone: newYork,
			want: "2026-01-05 20:00, 2026-01-06 20:00, 2026-01-07 20:00"},
		{name: "UNTIL as a date reaches to its end in the series' zone", events: []string{"DTSTART;TZID=America/New_York:20260105T200000\nRRULE:FREQ=DAILY;UNTIL=20260107"}, zone: newYork,
			want: "2026-01-05 20:00, 2026-01-06 20:00, 2026-01-07 20:00"},
		{name: "UNTIL in UTC", events: []string{"DTSTART;TZID=America/New_York:20260105T200000\nRRULE:FREQ=DAILY;UNTIL=20260107T010000Z"}, zone: newYork, want: "2026-01-05 20:00, 2026-01-06 20:00"},
		{name: "UNTIL before the start leaves nothing", events: []string{"DTSTART:20260105T200000Z\nRRULE:FREQ=DAILY;UNTIL=20260104T000000Z"}, want: ""},
		{name: "UNTIL of an all-day series as a time", events: []string{"DTSTART;VALUE=DATE:20260105\nRRULE:FREQ=DAILY;UNTIL=20260107T000000Z"}, want: "2026-01-05, 2026-01-06, 2026-01-07"},
		{name: "COUNT counts the dates that EXDATE takes out", events: []string{"DTSTART:20260105T090000Z\nRRULE:FREQ=DAILY;COUNT=4\nEXDATE:20260106T090000Z"}, zone: time.UTC,
			want: "2026-01-05 09:00, 2026-01-07 09:00, 2026-01-08 09:00"},
		{name: "COUNT is counted from the start, not from the window", events: []string{"DTSTART:20200101T090000Z\nRRULE:FREQ=DAILY;COUNT=2194"}, zone: time.UTC, want: "2026-01-01 09:00, 2026-01-02 09:00"},
		{name: "EXDATE as a comma list and in UTC", events: []string{"DTSTART;TZID=Europe/Berlin:20260105T090000\nRRULE:FREQ=DAILY;COUNT=5\nEXDATE;TZID=Europe/Berlin:20260106T090000,20260107T090000\nEXDATE:20260108T080000Z"},
			want: "2026-01-05 09:00, 2026-01-09 09:00"},
		{name: "EXDATE as a date on a series with times", events: []string{"DTSTART;TZID=America/New_York:20260105T200000\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE;VALUE=DATE:20260106"}, zone: newYork,
			want: "2026-01-05 20:00, 2026-01-07 20:00"},
		{name: "EXDATE as a time on an all-day series", events: []string{"DTSTART;VALUE=DATE:20260105\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE:20260106T000000"}, want: "2026-01-05, 2026-01-07"},
		{name: "EXDATE without a zone on a series with one", events: []string{"DTSTART;TZID=America/New_York:20260105T200000\nRRULE:FREQ=DAILY;COUNT=2\nEXDATE:20260106T200000"}, zone: newYork, want: "2026-01-05 20:00"},
		{name: "EXRULE of the older standard", events: []string{"DTSTART:20260105T090000Z\nRRULE:FREQ=DAILY;COUNT=4\nEXRULE:FREQ=DAILY;INTERVAL=2"}, zone: time.UTC, want: "2026-01-05 09:00, 2026-01-06 09:00, 2026-01-08 09:00"},
		{name: "RDATE as a list without a rule", events: []string{"DTSTART:20260105T090000Z\nRDATE:20260110T090000Z,20260108T090000Z,20260110T090000Z"}, zone: time.UTC,
			want: "2026-01-05 09:00, 2026-01-08 09:00, 2026-01-10 09:00"},
		{name: "RDATE as a period", events: []string{"DTSTART:20260105T090000Z\nRDATE;VALUE=PERIOD:20260108T090000Z/PT3H,20260109T090000Z/20260109T093000Z"}, zone: time.UTC,
			want: "2026-01-05 09:00, 2026-01-08 09:00, 2026-01-09 09:00"},
		{name: "EXDATE takes an added date out too", events: []string{"DTSTART:20260105T090000Z\nRDATE:20260108T090000Z,20260109T090000Z\nEXDATE:20260108T090000Z"}, zone: time.UTC, want: "2026-01-05 09:00, 2026-01-09 09:00"},
		{name: "EXDATE in another zone than the series", events: []string{"DTSTART;TZID=Europe/Berlin:20260105T150000\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE;TZID=America/New_York:20260106T090000"}, want: "2026-01-05 15:00, 2026-01-07 15:00"},
		{name: "EXDATE at another time of the day takes nothing out", events: []string{"DTSTART:20260105T090000Z\nRRULE:FREQ=DAILY;COUNT=2\nEXDATE:20260106T100000Z"}, zone: time.UTC, want: "2026-01-05 09:00, 2026-01-06 09:00"},
		{name: "EXDATE of a list, one of which cannot be read", events: []string{"DTSTART:20260105T090000Z\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE:soon,20260106T090000Z,"}, zone: time.UTC, want: "2026-01-05 09:00, 2026-01-07 09:00"},
		{name: "EXDATE of an all-day series as dates", events: []string{"DTSTART;VALUE=DATE:20260105\nRRULE:FREQ=DAILY;COUNT=4\nEXDATE;VALUE=DATE:20260106,20260107"}, want: "2026-01-05, 2026-01-08"},
		{name: "RDATE as a date on a series with times", events: []string{"DTSTART;TZID=Europe/Berlin:20260105T090000\nRDATE;VALUE=DATE:20260107"}, want: "2026-01-05 09:00, 2026-01-07 09:00"},
		{name: "RDATE in another zone than the series", events: []string{"DTSTART;TZID=Europe/Berlin:20260105T090000\nRDATE;TZID=America/New_York:20260107T090000"}, want: "2026-01-05 09:00, 2026-01-07 15:00"},
		{name: "an added date that moved", events: []string{"DTSTART:20260105T090000Z\nRDATE:20260108T090000Z", "RECURRENCE-ID:20260108T090000Z\nDTSTART:20260109T110000Z"}, zone: time.UTC, want: "2026-01-05 09:00, 2026-01-09 11:00"},
		{name: "RDATE and a rule that name the same date", events: []string{"DTSTART:20260105T090000Z\nRRULE:FREQ=DAILY;COUNT=2\nRDATE:20260106T090000Z,20260107T090000Z"}, zone: time.UTC, want: "2026-01-05 09:00, 2026-01-06 09:00, 2026-01-07 09:00"},
		{name: "a time that comes twice, in a series, is the first", events: []string{"DTSTART;TZID=Europe/Berlin:20261024T023000\nRRULE:FREQ=DAILY;COUNT=3"}, zone: time.UTC, want: "2026-10-24 00:30, 2026-10-25 00:30, 2026-10-26 01:30"},
		{name: "a change of a change", events: []string{"DTSTART:20260105T090000Z\nRRULE:FREQ=DAILY;COUNT=3", "RECURRENCE-ID:20260106T090000Z\nDTSTART:20260106T150000Z\nDTSTAMP:20260101T000000Z", "RECURRENCE-ID:20260106T090000Z\nDTSTART:20260106T160000Z\nDTSTAMP:20260102T000000Z"}, zone: time.UTC,
			want: "2026-01-05 09:00, 2026-01-06 16:00, 2026-01-07 09:00"},
		{name: "a change that is called off after the fact", events: []string{"DTSTART:20260105T090000Z\nRRULE:FREQ=DAILY;COUNT=3", "RECURRENCE-ID:20260106T090000Z\nDTSTART:20260106T150000Z\nSEQUENCE:1", "RECURRENCE-ID:20260106T090000Z\nDTSTART:20260106T150000Z\nSEQUENCE:2\nSTATUS:CANCELLED"}, zone: time.UTC,
			want: "2026-01-05 09:00, 2026-01-06 15:00 cancelled, 2026-01-07 09:00"},
		{name: "a date that was left out and is named by a change of its own", events: []string{"DTSTART:20260105T090000Z\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE:20260106T090000Z", "RECURRENCE-ID:20260106T090000Z\nDTSTART:20260106T150000Z"}, zone: time.UTC,
			want: "2026-01-05 09:00, 2026-01-06 15:00, 2026-01-07 09:00"},
		{name: "one date named by a change of its own and by one of all after it", events: []string{"DTSTART:20260105T090000Z\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE:20260106T090000Z", "RECURRENCE-ID;RANGE=THISANDFUTURE:20260106T090000Z\nDTSTART:20260106T100000Z", "RECURRENCE-ID:20260106T090000Z\nDTSTART:20260106T150000Z"}, zone: time.UTC,
			want: "2026-01-05 09:00, 2026-01-06 15:00, 2026-01-07 10:00"},
		{name: "two moves of all after a date", events: []string{"DTSTART:20260105T090000Z\nRRULE:FREQ=DAILY;COUNT=4", "RECURRENCE-ID;RANGE=THISANDFUTURE:20260106T090000Z\nDTSTART:20260106T100000Z", "RECURRENCE-ID;RANGE=THISANDFUTURE:20260108T090000Z\nDTSTART:20260108T110000Z"}, zone: time.UTC,
			want: "2026-01-05 09:00, 2026-01-06 10:00, 2026-01-07 10:00, 2026-01-08 11:00"},
		{name: "changed dates without their series, of which one is called off", events: []string{"RECURRENCE-ID:20260106T090000Z\nDTSTART:20260106T150000Z", "RECURRENCE-ID:20260107T090000Z\nDTSTART:20260107T150000Z\nSTATUS:CANCELLED"}, zone: time.UTC,
			want: "2026-01-06 15:00, 2026-01-07 15:00 cancelled"},
		{name: "a rule with INTERVAL=0 keeps the first date", events: []string{"DTSTART:20260105T090000Z\nRRULE:FREQ=DAILY;INTERVAL=0"}, zone: time.UTC, want: "2026-01-05 09:00", odd: "INTERVAL"},
		{name: "times in an all-day rule mean nothing", events: []string{"DTSTART;VALUE=DATE:20260105\nRRULE:FREQ=DAILY;COUNT=2;BYHOUR=9;BYMINUTE=30"}, want: "2026-01-05, 2026-01-06"},
		{name: "a start that the rule does not name is the first date", events: []string{"DTSTART:20260106T090000Z\nRRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=3"}, zone: time.UTC,
			want: "2026-01-06 09:00, 2026-01-12 09:00, 2026-01-19 09:00"},
		{name: "a moved date", events: []string{"DTSTART:20260105T090000Z\nRRULE:FREQ=DAILY;COUNT=3", "RECURRENCE-ID:20260106T090000Z\nDTSTART:20260106T150000Z"}, zone: time.UTC,
			want: "2026-01-05 09:00, 2026-01-06 15:00, 2026-01-07 09:00"},
		{name: "a date moved into the window", events: []string{"DTSTART:20251101T090000Z\nRRULE:FREQ=MONTHLY;COUNT=2", "RECURRENCE-ID:20251201T090000Z\nDTSTART:20260106T150000Z"}, zone: time.UTC, want: "2026-01-06 15:00"},
		{name: "a date moved out of the window", events: []string{"DTSTART:20260101T090000Z\nRRULE:FREQ=DAILY;COUNT=2", "RECURRENCE-ID:20260102T090000Z\nDTSTART:20270102T090000Z"}, zone: time.UTC, want: "2026-01-01 09:00"},
		{name: "a cancelled date is listed as cancelled", events: []string{"DTSTART:20260105T090000Z\nRRULE:FREQ=DAILY;COUNT=2", "RECURRENCE-ID:20260106T090000Z\nDTSTART:20260106T090000Z\nSTATUS:CANCELLED"}, zone: time.UTC,
			want: "2026-01-05 09:00, 2026-01-06 09:00 cancelled"},
		{name: "a cancelled date that does not repeat its start", events: []string{"DTSTART:20260105T090000Z\nRRULE:FREQ=DAILY;COUNT=2", "RECURRENCE-ID:20260106T090000Z\nSTATUS:CANCELLED"}, zone: time.UTC,
			want: "2026-01-05 09:00, 2026-01-06 09:00 cancelled"},
		{name: "a changed date named in UTC for a series in a zone", events: []string{"DTSTART;TZID=Europe/Berlin:20260105T090000\nRRULE:FREQ=DAILY;COUNT=2", "RECURRENCE-ID:20260106T080000Z\nDTSTART;TZID=Europe/Berlin:20260106T100000"},
			want: "2026-01-05 09:00, 2026-01-06 10:00"},
		{name: "a changed date named by its day only", events: []string{"DTSTART;TZID=Europe/Berlin:20260105T090000\nRRULE:FREQ=DAILY;COUNT=2", "RECURRENCE-ID;VALUE=DATE:20260106\nDTSTART;TZID=Europe/Berlin:20260106T100000"},
			want: "2026-01-05 09:00, 2026-01-06 10:00"},
		{name: "this date and all after it move", events: []string{"DTSTART;TZID=Europe/Berlin:20260323T090000\nRRULE:FREQ=WEEKLY;COUNT=4", "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20260330T090000\nDTSTART;TZID=Europe/Berlin:20260331T110000"}, to: "2026-06-01",
			want: "2026-03-23 09:00, 2026-03-31 11:00, 2026-04-07 11:00, 2026-04-14 11:00"},
		{name: "this date and all after it are cancelled", events: []string{"DTSTART:20260105T090000Z\nRRULE:FREQ=DAILY;COUNT=3", "RECURRENCE-ID;RANGE=THISANDFUTURE:20260106T090000Z\nSTATUS:CANCELLED"}, zone: time.UTC,
			want: "2026-01-05 09:00, 2026-01-06 09:00 cancelled, 2026-01-07 09:00 cancelled"},
		{name: "a date changed alone after all were moved", events: []string{"DTSTART:20260105T090000Z\nRRULE:FREQ=DAILY;COUNT=4", "RECURRENCE-ID;RANGE=THISANDFUTURE:20260106T090000Z\nDTSTART:20260106T100000Z", "RECURRENCE-ID:20260107T090000Z\nDTSTART:20260107T180000Z"}, zone: time.UTC,
			want: "2026-01-05 09:00, 2026-01-06 10:00, 2026-01-07 18:00, 2026-01-08 10:00"},
		{name: "a changed date without its series", events: []string{"RECURRENCE-ID:20260106T090000Z\nDTSTART:20260106T150000Z"}, zone: time.UTC, want: "2026-01-06 15:00"},
		{name: "two versions of a series: the higher SEQUENCE", events: []string{"SEQUENCE:3\nDTSTART:20260105T090000Z", "SEQUENCE:2\nDTSTART:20260106T090000Z"}, zone: time.UTC, want: "2026-01-05 09:00"},
		{name: "two versions of a series: the later DTSTAMP", events: []string{"DTSTAMP:20260102T000000Z\nDTSTART:20260105T090000Z", "DTSTAMP:20260101T000000Z\nDTSTART:20260106T090000Z"}, zone: time.UTC, want: "2026-01-05 09:00"},
		{name: "two meetings that share a UID by mistake", events: []string{"DTSTART:20260105T090000Z", "DTSTART:20260106T090000Z"}, zone: time.UTC, want: "2026-01-05 09:00, 2026-01-06 09:00", odd: "more than one meeting has this UID"},
		{name: "two versions of a changed date", events: []string{"DTSTART:20260105T090000Z\nRRULE:FREQ=DAILY;COUNT=2", "RECURRENCE-ID:20260106T090000Z\nDTSTART:20260106T110000Z\nSEQUENCE:2", "RECURRENCE-ID:20260106T090000Z\nDTSTART:20260106T100000Z\nSEQUENCE:1"}, zone: time.UTC,
			want: "2026-01-05 09:00, 2026-01-06 11:00"},
		{name: "eight digits without VALUE=DATE", events: []string{"DTSTART:20260105\nDTEND:20260107"}, want: "2026-01-05"},
		{name: "a date with a time in it although it says DATE", events: []string{"DTSTART;VALUE=date:20260105T000000"}, want: "2026-01-05"},
		{name: "all day as Exchange writes it", events: []string{"DTSTART;TZID=W. Europe Standard Time:20260105T000000\nDTEND;TZID=W. Europe Standard Time:20260106T000000\nX-MICROSOFT-CDO-ALLDAYEVENT:TRUE\nRRULE:FREQ=DAILY;COUNT=2"}, want: "2026-01-05, 2026-01-06"},
		{name: "times with dashes, colons and no seconds", events: []string{"DTSTART:2026-01-05T09:00:00Z", "UID:two\nDTSTART;TZID=UTC:20260106T0900"}, zone: time.UTC, want: "2026-01-05 09:00, 2026-01-06 09:00"},
		{name: "24:00 is the next day's midnight", events: []string{"DTSTART:20260105T240000Z"}, zone: time.UTC, want: "2026-01-06 00:00"},
		{name: "leap days", events: []string{"DTSTART;VALUE=DATE:20240229\nRRULE:FREQ=YEARLY"}, from: "2024-01-01", to: "2037-01-01", want: "2024-02-29, 2028-02-29, 2032-02-29, 2036-02-29"},
		{name: "the 31st comes in long months only", events: []string{"DTSTART;VALUE=DATE:20260131\nRRULE:FREQ=MONTHLY"}, to: "2026-09-01", want: "2026-01-31, 2026-03-31, 2026-05-31, 2026-07-31, 2026-08-31"},
		{name: "the last weekday of the month", events: []string{"DTSTART;VALUE=DATE:20260130\nRRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"}, to: "2026-04-01", want: "2026-01-30, 2026-02-27, 2026-03-31"},
		{name: "BYSETPOS sees the whole first period", events: []string{"DTSTART;VALUE=DATE:20260107\nRRULE:FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=2"}, to: "2026-01-25", want: "2026-01-07, 2026-01-14, 2026-01-21"},
		{name: "BYSETPOS with a start outside the set", events: []string{"DTSTART;VALUE=DATE:20260106\nRRULE:FREQ=MONTHLY;BYDAY=MO;BYSETPOS=1"}, to: "2026-04-01", want: "2026-01-06, 2026-02-02, 2026-03-02"},
		{name: "BYWEEKNO without BYDAY takes the weekday of the start", events: []string{"DTSTART;VALUE=DATE:20260511\nRRULE:FREQ=YEARLY;BYWEEKNO=20"}, to: "2029-01-01", want: "2026-05-11, 2027-05-17, 2028-05-15"},
		{name: "week 1 may begin in December", events: []string{"DTSTART;VALUE=DATE:20241230\nRRULE:FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO"}, from: "2024-01-01", to: "2028-12-01", want: "2024-12-30, 2025-12-29, 2027-01-04, 2028-01-03"},
		{name: "week 53 comes in long years only", events: []string{"DTSTART;VALUE=DATE:20201228\nRRULE:FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO"}, from: "2020-01-01", to: "2034-01-01", want: "2020-12-28, 2026-12-28, 2032-12-27"},
		{name: "the last week of the year", events: []string{"DTSTART;VALUE=DATE:20241223\nRRULE:FREQ=YEARLY;BYWEEKNO=-1;BYDAY=MO"}, from: "2024-01-01", to: "2028-01-01", want: "2024-12-23, 2025-12-22, 2026-12-28, 2027-12-27"},
		{name: "BYHOUR on an all-day series means nothing", events: []string{"DTSTART;VALUE=DATE:20260105\nRRULE:FREQ=DAILY;BYHOUR=9,10;BYMINUTE=30;COUNT=2"}, want: "2026-01-05, 2026-01-06"},
		{name: "hours of an all-day series", events: []string{"DTSTART;VALUE=DATE:20260105\nRRULE:FREQ=HOURLY;INTERVAL=12;COUNT=4"}, want: "2026-01-05, 2026-01-06"},
		{name: "a sixth Monday never comes, and a tenth even less", events: []string{"DTSTART;VALUE=DATE:20260105\nRRULE:FREQ=MONTHLY;BYDAY=-10MO,6MO"}, want: "2026-01-05"},
		{name: "hours that the interval never meets", events: []string{"DTSTART:20260105T000000Z\nRRULE:FREQ=HOURLY;INTERVAL=2;BYHOUR=1"}, zone: time.UTC, want: "2026-01-05 00:00"},
		{name: "the 31st of February", events: []string{"DTSTART;VALUE=DATE:20260105\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31"}, want: "2026-01-05"},
		{name: "every second hour in the morning", events: []string{"DTSTART:20260105T080000Z\nRRULE:FREQ=HOURLY;INTERVAL=2;BYHOUR=8,9,10,11;BYDAY=MO"}, zone: time.UTC, to: "2026-01-13",
			want: "2026-01-05 08:00, 2026-01-05 10:00, 2026-01-12 08:00, 2026-01-12 10:00"},
		{name: "a rule that cannot be read keeps the first date", events: []string{"DTSTART:20260105T090000Z\nRRULE:FREQ=FORTNIGHTLY"}, zone: time.UTC, want: "2026-01-05 09:00", odd: "FREQ is not known"},
		{name: "a zone that nobody knows is the reader's", events: []string{"DTSTART;TZID=Bureau 7:20260105T090000"}, want: "2026-01-05 09:00", odd: `"Bureau 7" is not known`},
		{name: "an entry without DTSTART is named and left out", events: []string{"SUMMARY:secret", "UID:two\nDTSTART:20260105T090000Z"}, zone: time.UTC, want: "2026-01-05 09:00", odd: "does not say when it is"},
		{name: "an end before the start", events: []string{"DTSTART:20260105T090000Z\nDTEND:20260104T090000Z"}, zone: time.UTC, want: "2026-01-05 09:00", odd: "ends before it begins"},
		{name: "longer than the window, begun before it", events: []string{"DTSTART;VALUE=DATE:20251220\nDTEND;VALUE=DATE:20260110"}, want: "2025-12-20"},
		{name: "a long one of a series, begun before the window", events: []string{"DTSTART;VALUE=DATE:20251215\nDURATION:P3W\nRRULE:FREQ=MONTHLY;COUNT=2"}, want: "2025-12-15, 2026-01-15"},
		{name: "ended when the window begins", events: []string{"DTSTART:20251231T230000Z\nDTEND:20260101T000000Z"}, want: ""},
		{name: "RANGE moves dates into the window", events: []string{"DTSTART:20251201T090000Z\nRRULE:FREQ=DAILY;COUNT=3", "RECURRENCE-ID;RANGE=THISANDFUTURE:20251202T090000Z\nDTSTART:20260105T090000Z"}, zone: time.UTC, want: "2026-01-05 09:00, 2026-01-06 09:00"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			from, to, zone := "2026-01-01", "2027-01-01", berlin
			if tt.from != "" {
				from = tt.from
			}
			if tt.to != "" {
				to = tt.to
			}
			if tt.zone != nil {
				zone = tt.zone
			}
			list, odd, err := Expand(vcalendar(tt.events...), "cal", zone, day(from), day(to))
			if err != nil {
				t.Fatal(err)
			}
			if got := starts(list, zone); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
			remarks := strings.Join(odd, "\n")
			if tt.odd == "" && remarks != "" || !strings.Contains(remarks, tt.odd) {
				t.Errorf("remarks %q, want one with %q", remarks, tt.odd)
			}
			if strings.Contains(remarks, "secret") {
				t.Errorf("a remark tells what is written in an entry: %s", remarks)
			}
		})
	}
}

// The names of dates must stay, since they make the IDs of occurrences.
func TestRecurrenceIDForms(t *testing.T) {
	tests := []struct{ name, event, want, zone string }{
		{"once", "DTSTART:20260105T090000Z", "", "UTC"},
		{"in a zone", "DTSTART;TZID=Europe/Berlin:20260105T090000\nRRULE:FREQ=DAILY;COUNT=1", "20260105T080000Z", "Europe/Berlin"},
		{"in a zone with a Windows name", "DTSTART;TZID=Romance Standard Time:20260105T090000\nRRULE:FREQ=DAILY;COUNT=1", "20260105T080000Z", "Europe/Paris"},
		{"all day", "DTSTART;VALUE=DATE:20260105\nRRULE:FREQ=DAILY;COUNT=1", "20260105", ""},
		{"floating", "DTSTART:20260105T090000\nRRULE:FREQ=DAILY;COUNT=1", "20260105T090000", ""},
		{"in a zone nobody knows", "DTSTART;TZID=Bureau 7:20260105T090000\nRRULE:FREQ=DAILY;COUNT=1", "20260105T090000", "Bureau 7"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			list, _, err := Expand(vcalendar(tt.event), "cal", berlin, day("2026-01-01"), day("2026-02-01"))
			if err != nil || len(list) != 1 {
				t.Fatalf("got %v, %v", list, err)
			}
			o := list[0]
			if o.RecurrenceID != tt.want || o.Zone != tt.zone {
				t.Errorf("got %q in %q, want %q in %q", o.RecurrenceID, o.Zone, tt.want, tt.zone)
			}
			if o.ID != data.OccurrenceIDOf("one@test", tt.want) || o.Calendar != "cal" {
				t.Errorf("got ID %s of calendar %q", o.ID, o.Calendar)
			}
		})
	}
}

// An RDATE that is a period says how long its own date is.
func TestPeriodsHaveTheirOwnLength(t *testing.T) {
	ics := vcalendar("DTSTART:20260105T090000Z\nDURATION:PT1H\nRDATE;VALUE=PERIOD:20260106T090000Z/PT3H,20260107T090000Z/20260107T093000Z,20260108T090000Z/-PT1H")
	list, _, err := Expand(ics, "cal", berlin, day("2026-01-01"), day("2027-01-01"))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, o := range list {
		got = append(got, o.End.Sub(o.Start).String())
	}
	if want := "1h0m0s 3h0m0s 30m0s 1h0m0s"; strings.Join(got, " ") != want {
		t.Errorf("got %v, want %s", got, want)
	}
}

func TestLengths(t *testing.T) {
	tests := []struct{ name, event, start, end string }{
		{"DTEND", "DTSTART:20260105T090000Z\nDTEND:20260105T103000Z", "2026-01-05T09:00:00Z", "2026-01-05T10:30:00Z"},
		{"DURATION", "DTSTART:20260105T090000Z\nDURATION:PT1H30M", "2026-01-05T09:00:00Z", "2026-01-05T10:30:00Z"},
		{"DURATION in weeks", "DTSTART:20260105T090000Z\nDURATION:P1W", "2026-01-05T09:00:00Z", "2026-01-12T09:00:00Z"},
		{"neither: a time has no length", "DTSTART:20260105T090000Z", "2026-01-05T09:00:00Z", "2026-01-05T09:00:00Z"},
		{"neither: a date lasts a day", "DTSTART;VALUE=DATE:20260105", "2026-01-05", "2026-01-06"},
		{"the end of an all-day meeting is exclusive", "DTSTART;VALUE=DATE:20260105\nDTEND;VALUE=DATE:20260108", "2026-01-05", "2026-01-08"},
		{"an all-day meeting that ends when it begins lasts a day", "DTSTART;VALUE=DATE:20260105\nDTEND;VALUE=DATE:20260105", "2026-01-05", "2026-01-06"},
		{"a day in hours", "DTSTART;VALUE=DATE:20260105\nDURATION:PT36H", "2026-01-05", "2026-01-07"},
		{"a day by the calendar is 23 hours when summer time begins", "DTSTART;TZID=Europe/Berlin:20260328T120000\nDURATION:P1D", "2026-03-28T11:00:00Z", "2026-03-29T10:00:00Z"},
		{"an end in another zone", "DTSTART;TZID=Europe/Berlin:20260105T090000\nDTEND;TZID=America/New_York:20260105T090000", "2026-01-05T08:00:00Z", "2026-01-05T14:00:00Z"},
		{"an end without a zone", "DTSTART;TZID=America/New_York:20260105T090000\nDTEND:20260105T100000", "2026-01-05T14:00:00Z", "2026-01-05T15:00:00Z"},
		{"a DURATION of no sense beside an end", "DTSTART:20260105T090000Z\nDURATION:long\nDTEND:20260105T100000Z", "2026-01-05T09:00:00Z", "2026-01-05T10:00:00Z"},
		{"a floating time is in the reader's zone", "DTSTART:20260105T090000\nDURATION:PT1H", "2026-01-05T08:00:00Z", "2026-01-05T09:00:00Z"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			list, _, err := Expand(vcalendar(tt.event), "cal", berlin, day("2026-01-01"), day("2027-01-01"))
			if err != nil || len(list) != 1 {
				t.Fatalf("got %v, %v", list, err)
			}
			o := list[0]
			start, end := o.Start.UTC().Format(time.RFC3339), o.End.UTC().Format(time.RFC3339)
			if o.AllDay {
				start, end = o.StartDate, o.EndDate
				if s, _ := time.ParseInLocation(time.DateOnly, start, berlin); !s.Equal(o.Start) {
					t.Errorf("starts at %s, not at midnight", o.Start)
				}
				if e, _ := time.ParseInLocation(time.DateOnly, end, berlin); !e.Equal(o.End) {
					t.Errorf("ends at %s, not at midnight", o.End)
				}
			}
			if start != tt.start || end != tt.end {
				t.Errorf("got %s to %s, want %s to %s", start, end, tt.start, tt.end)
			}
		})
	}
}

// Rules without end must neither hang nor fill the memory.
func TestEndlessRules(t *testing.T) {
	tests := []struct {
		name, rule string
		most       int
		odd        string
	}{
		{"each second since 1990", "FREQ=SECONDLY", maxDates, "more than 50000 dates"},
		{"each minute since 1990", "FREQ=MINUTELY", maxDates, "more than 50000 dates"},
		{"each second, counted", "FREQ=SECONDLY;COUNT=2000000000", 0, "too many dates"},
		{"each minute, but never", "FREQ=MINUTELY;BYSETPOS=2", 0, "too many dates"},
		{"each second of a month that has no such day", "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30", 0, ""},
		{"each year on a day that never comes", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", 0, ""},
		{"a week that no year has", "FREQ=YEARLY;BYWEEKNO=53;BYMONTH=6", 0, ""},
		{"all seconds of each year", "FREQ=YEARLY;BYDAY=SU,MO,TU;BYHOUR=" + upTo(24) + ";BYMINUTE=" + upTo(60) + ";BYSECOND=" + upTo(60), 0, "86400 times a day"},
		{"all minutes of each day", "FREQ=DAILY;BYHOUR=" + upTo(24) + ";BYMINUTE=" + upTo(60), maxDates, "more than 50000 dates"},
		{"once in a million years", "FREQ=YEARLY;INTERVAL=999999999", 0, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			ics := vcalendar("DTSTART:19900101T000000Z\nRRULE:" + tt.rule)
			list, odd, err := Expand(ics, "cal", berlin, day("2016-01-01"), day("2028-01-01"))
			if err != nil {
				t.Fatal(err)
			}
			if len(list) != tt.most {
				t.Errorf("got %d dates, want %d", len(list), tt.most)
			}
			if remarks := strings.Join(odd, "\n"); !strings.Contains(remarks, tt.odd) || tt.odd == "" && remarks != "" {
				t.Errorf("remarks %q, want one with %q", remarks, tt.odd)
			}
		})
	}
}

func TestACalendarMadeToHang(t *testing.T) {
	var events []string
	for i := range 100 {
		events = append(events, fmt.Sprintf("UID:m%d\nDTSTART:20160101T000000Z\nRRULE:FREQ=MINUTELY", i))
	}
	_, _, err := Expand(vcalendar(events...), "cal", berlin, day("2016-01-01"), day("2028-01-01"))
	if !errors.Is(err, ErrTooMuch) {
		t.Errorf("got %v", err)
	}
}

func upTo(n int) string {
	var list []string
	for i := range n {
		list = append(list, fmt.Sprint(i))
	}
	return strings.Join(list, ",")
}

func TestACenturyOfWeeks(t *testing.T) {
	ics := vcalendar("DTSTART;TZID=Europe/Berlin:19500102T090000\nRRULE:FREQ=WEEKLY")
	list, odd, err := Expand(ics, "cal", berlin, day("1950-01-01"), day("2050-01-01"))
	if err != nil || len(odd) > 0 {
		t.Fatal(err, odd)
	}
	if want := 5218; len(list) != want {
		t.Fatalf("got %d dates, want %d", len(list), want)
	}
	for _, o := range list {
		if local := o.Start.In(berlin); local.Hour() != 9 || local.Weekday() != time.Monday {
			t.Fatalf("%s is not a Monday at nine", local)
		}
	}
}

func BenchmarkExpandHundredThousandDates(b *testing.B) {
	var events []string
	for i := range 20 {
		events = append(events, fmt.Sprintf("UID:m%d\nSUMMARY:standing call\nDTSTART;TZID=Europe/Berlin:20100101T%02d0000\nDURATION:PT1H\nRRULE:FREQ=DAILY", i, i))
	}
	ics := vcalendar(events...)
	for b.Loop() {
		list, _, err := Expand(ics, "cal", berlin, day("2012-01-01"), day("2025-09-10"))
		if err != nil || len(list) < 100_000 {
			b.Fatal(len(list), err)
		}
	}
}

// The feed of the plan: 10,000 entries, 1,000 of them recurring, over five years.
func BenchmarkReadTenThousandMeetings(b *testing.B) {
	var events []string
	for i := range 10_000 {
		e := fmt.Sprintf("UID:m%d@larkfield.example\nDTSTAMP:20260101T000000Z\nSUMMARY:Call number %d\nDTSTART;TZID=Europe/Berlin:202%d%02d%02dT%02d0000\nDURATION:PT45M\nORGANIZER;CN=Maya:mailto:maya@larkfield.example\nATTENDEE;CN=Anna;PARTSTAT=ACCEPTED:mailto:anna@kestrel.example\nDESCRIPTION:%s",
			i, i, 1+i%5, 1+i%12, 1+i%28, 8+i%10, strings.Repeat("what we talk about ", 10))
		if i%10 == 0 {
			e += "\nRRULE:FREQ=WEEKLY;BYDAY=MO,TH"
		}
		events = append(events, e)
	}
	raw := []byte(vcalendar(events...))
	b.SetBytes(int64(len(raw)))
	for b.Loop() {
		r, err := Meetings(context.Background(), raw, Options{Zone: berlin, From: day("2021-01-01"), To: day("2026-01-01")})
		if err != nil || len(r.Meetings) != 10_000 || len(r.Odd) > 0 {
			b.Fatal(len(r.Meetings), r.Odd, err)
		}
	}
}

func BenchmarkExpandOneMonthOfOneSeries(b *testing.B) {
	ics := vcalendar("SUMMARY:standing call\nDTSTART;TZID=Europe/Berlin:20100104T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY")
	for b.Loop() {
		if list, _, err := Expand(ics, "cal", berlin, day("2026-01-01"), day("2026-02-01")); err != nil || len(list) != 4 {
			b.Fatal(list, err)
		}
	}
}
