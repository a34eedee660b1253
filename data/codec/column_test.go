package codec_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"rapport/data/codec"
)

func TestTheColumnDecidesTheOrderOfItsDates(t *testing.T) {
	for _, c := range []struct {
		name    string
		column  []string
		read    string
		want    string
		guessed bool
	}{
		{"one above twelve in front", []string{"3/4/2026", "17/11/2026"}, "3/4/2026", "2026-04-03", false},
		{"one above twelve behind", []string{"3/4/2026", "11/17/2026"}, "3/4/2026", "2026-03-04", false},
		{"nothing tells", []string{"3/4/2026"}, "3/4/2026", "2026-04-03", true},
		{"points are days first", []string{"3.4.2026"}, "3.4.2026", "2026-04-03", false},
		{"the year in front", []string{"2026-04-03"}, "2026/4/3", "2026-04-03", false},
		{"most decide", []string{"11/17/2026", "11/18/2026", "19/11/2026"}, "1/2/2026", "2026-01-02", false},
		{"two digits of a year", nil, "03.04.26", "2026-04-03", false},
		{"no marks", nil, "20260403", "2026-04-03", false},
		{"a name", nil, "3 Apr 2026", "2026-04-03", false},
		{"German", nil, "3. März 2026", "2026-03-03", false},
		{"American", nil, "Apr 3, 2026", "2026-04-03", false},
		{"with a weekday", nil, "Fri, 3 April 2026", "2026-04-03", false},
		{"Oracle", nil, "03-DEC-25", "2025-12-03", false},
		{"with a time", []string{"11/17/2026 9:05 PM"}, "11/18/2026 10:20 AM", "2026-11-18", false},
		{"RFC 3339", nil, "2026-04-03T10:20:00Z", "2026-04-03", false},
		{"a spreadsheet's number", nil, "46115", "2026-04-03", false},
	} {
		var d codec.DateColumn
		for _, s := range c.column {
			d.Add(s)
		}
		got, err := d.Parse(c.read)
		if _, guessed := d.Order(); got != c.want || err != nil || guessed != c.guessed {
			t.Errorf("%s: %q is %s, %v; guessed %v", c.name, c.read, got, err, guessed)
		}
	}
}

func TestWhatIsNoDate(t *testing.T) {
	for _, s := range []string{"", "31.02.2026", "2026-13-01", "soon", "0/0/0", "1234", "3 Foo 2026", "00000000", "29.02.2025", "99/99/9999"} {
		if got, err := (codec.DateColumn{}).Parse(s); err == nil {
			t.Errorf("%q is %s", s, got)
		}
	}
}

func TestDatesReadAsTheyWereWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := time.Date(2000, 1, rapid.IntRange(1, 20000).Draw(t, "day"), 0, 0, 0, 0, time.UTC)
		layout := rapid.SampledFrom([]string{"2006-01-02", "2.1.2006", "02/01/2006", "2 January 2006", "Jan 2, 2006", "20060102", "2006-01-02 15:04"}).Draw(t, "layout")
		if got, err := (codec.DateColumn{}).Parse(day.Format(layout)); err != nil || got != day.Format(time.DateOnly) {
			t.Fatalf("%s: %s, %v", day.Format(layout), got, err)
		}
	})
}

func TestTheColumnDecidesTheDecimalMark(t *testing.T) {
	for _, c := range []struct {
		name   string
		column []string
		want   byte
	}{
		{"thousands alone say nothing, the others do", []string{"1.240", "12,5"}, ','},
		{"both marks", []string{"1,240.50"}, '.'},
		{"German with both", []string{"1.240,50", "3.000"}, ','},
		{"whole numbers", []string{"12", "1200"}, '.'},
		{"two points are thousands", []string{"1.240.000"}, ','},
	} {
		var m codec.MoneyColumn
		for _, s := range c.column {
			m.Add(s)
		}
		if got := m.Mark(); got != c.want {
			t.Errorf("%s: %c", c.name, got)
		}
	}
}
