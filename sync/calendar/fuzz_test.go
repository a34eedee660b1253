package calendar

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"unicode/utf8"
)

func seeds(f *testing.F) {
	files, err := filepath.Glob("testdata/*.ics")
	if err != nil || len(files) == 0 {
		f.Fatal("the fixtures are gone", err)
	}
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	f.Add([]byte("BEGIN:VEVENT\nX;A=b\nATTENDEE;CN=\"a\"b:c\nEND:VEVENT"))
	f.Add([]byte("BEGIN:VCALENDAR\rBEGIN:VTODO\rBEGIN:VEVENT\rEND:VTODO\rEND:VCALENDAR"))
	f.Add([]byte("\xff\xfeB\x00E\x00"))
}

// FuzzRead: nothing that a server sends makes the reader panic, what it keeps is
// UTF-8, and what it stores of a meeting is stored alike when it is read again.
func FuzzRead(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, raw []byte) {
		r, err := Meetings(context.Background(), raw, Options{Zone: berlin, From: day("2026-01-01"), To: day("2026-02-01")})
		if err != nil {
			return
		}
		for _, m := range r.Meetings {
			if !utf8.ValidString(m.ICS) || m.UID == "" {
				t.Errorf("stored %q as %q", m.UID, m.ICS)
			}
			again, err := Meetings(context.Background(), []byte(m.ICS), Options{Zone: berlin})
			if err != nil || len(again.Meetings) != 1 || again.Meetings[0].ICS != m.ICS {
				t.Errorf("stored\n%q\nread again as\n%+v, %v", m.ICS, again.Meetings, err)
			}
		}
	})
}

// FuzzExpand: no rule makes the expansion panic, run on, leave its window or
// name one date twice.
func FuzzExpand(f *testing.F) {
	f.Add("20260105T090000Z", "FREQ=WEEKLY;BYDAY=MO,-1FR;COUNT=10", "20260106T090000Z", int64(0))
	f.Add("20260105", "FREQ=YEARLY;BYWEEKNO=1,53,-1;BYSETPOS=-1", "", int64(20000))
	f.Add("20260105T090000", "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30", "20260105", int64(1))
	f.Add("00010101T000000", "FREQ=MONTHLY;INTERVAL=7;BYDAY=5MO,-5SU;BYHOUR=1,2", "99991231", int64(-700000))
	f.Add("99991231T235959Z", "FREQ=HOURLY;UNTIL=99991231", "99991231T235959Z/PT1H", int64(2900000))
	f.Fuzz(func(t *testing.T, start, rule, date string, fromDay int64) {
		from := day("2026-01-01").AddDate(0, 0, int(fromDay%3_000_000))
		to := from.AddDate(1, 0, 0)
		ics := "BEGIN:VEVENT\nUID:a\nDTSTART:" + start + "\nRRULE:" + rule + "\nRDATE:" + date + "\nEXDATE:" + date + "\nEND:VEVENT\n"
		list, _, err := Expand(ics, "cal", berlin, from, to)
		if err != nil {
			return
		}
		seen := map[string]bool{}
		for _, o := range list {
			if !(span{from, to}).holds(o.Start, o.End) {
				t.Errorf("%s to %s is outside the span", o.Start, o.End)
			}
			if seen[o.ID] {
				t.Errorf("%s comes twice", o.RecurrenceID)
			}
			seen[o.ID] = true
		}
		if len(list) > maxDates+1 {
			t.Errorf("%d dates", len(list))
		}
	})
}
