package mime

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// mailDate finds the date in the forms of RFC 5322 and of what programs write
// instead: without a weekday or seconds, two digits for the year, dashes between,
// a zone by name, or none.
var mailDate = regexp.MustCompile(`(?i)(\d{1,2})[ \-./]*(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[ \-.,/]*(\d{2,4})[ ,T]+(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?:[.,]\d+)?\s*(am|pm)?\s*(.*)`)

// cDate is the form of C's ctime: Wed Jun  3 10:20:30 [zone] 2026 [zone].
var cDate = regexp.MustCompile(`(?i)(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[ .,]+(\d{1,2})[ ,]+(\d{1,2}):(\d{2})(?::(\d{2}))?\s+([a-z]{1,5}|[+-]\d{4})?\s*(\d{4})\s*(.*)`)

// usDate is month first with the year before the time: June 3, 2026 10:20:30.
var usDate = regexp.MustCompile(`(?i)(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[ .]+(\d{1,2})[ ,]+(\d{4})[ ,]+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*(am|pm)?\s*(.*)`)

// isoDate is ISO 8601.
var isoDate = regexp.MustCompile(`(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2}))?(?:[.,]\d+)?\s*(.*)`)

// Date reads a mail's date; ok is false where it is none that can be true:
// mail is younger than 1970.
func Date(value string) (t time.Time, ok bool) {
	if t, ok := usualDate(value); ok {
		return t, true
	}
	return oddDate(value)
}

// oddDate reads a date in any of the forms.
func oddDate(value string) (t time.Time, ok bool) {
	value = strings.Join(strings.Fields(cutComments(Printable(value))), " ")
	if m := cDate.FindStringSubmatch(value); m != nil {
		zone := m[6]
		if zone == "" || m[8] != "" {
			zone = m[8]
		}
		return dateOf(m[7], m[1], m[2], m[3], m[4], m[5], "", zone)
	}
	if m := isoDate.FindStringSubmatch(value); m != nil {
		month, _ := strconv.Atoi(m[2])
		if month < 1 || month > 12 {
			return time.Time{}, false
		}
		return dateOf(m[1], time.Month(month).String(), m[3], m[4], m[5], m[6], "", m[7])
	}
	if m := mailDate.FindStringSubmatch(value); m != nil {
		return dateOf(m[3], m[2], m[1], m[4], m[5], m[6], m[7], m[8])
	}
	if m := usDate.FindStringSubmatch(value); m != nil {
		return dateOf(m[3], m[1], m[2], m[4], m[5], m[6], m[7], m[8])
	}
	return time.Time{}, false
}

var months = [...]string{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}

func dateOf(year, month, day, hour, minute, second, half, zone string) (time.Time, bool) {
	m := 0
	for i, name := range months {
		if strings.HasPrefix(strings.ToLower(month), name) {
			m = i + 1
		}
	}
	y, h := fullYear(year), number(hour)
	switch {
	case strings.EqualFold(half, "pm") && h < 12:
		h += 12
	case strings.EqualFold(half, "am") && h == 12:
		h = 0
	}
	d, min, sec := number(day), number(minute), number(second)
	if d < 1 || d > 31 || h > 24 || min > 59 || sec > 60 || y < 1971 || y > 9998 {
		return time.Time{}, false
	}
	t := time.Date(y, time.Month(m), d, h, min, sec, 0, time.UTC).Add(-offset(zone))
	return t, true
}

func number(s string) int { n, _ := strconv.Atoi(s); return n } // digits, or "" for 0

// fullYear reads years of two and three digits as RFC 5322 section 4.3 does.
func fullYear(s string) int {
	y := number(s)
	switch {
	case len(s) == 2 && y < 50:
		return 2000 + y
	case len(s) <= 3:
		return 1900 + y
	}
	return y
}

var zoneNumber = regexp.MustCompile(`([+-])\s*(\d{1,2}):?(\d{2})`)

// zones are the names of RFC 5322 and those that are written without one.
var zones = map[string]int{
	"ut": 0, "utc": 0, "gmt": 0, "z": 0, "wet": 0, "west": 60, "bst": 60, "cet": 60, "met": 60, "cest": 120, "mest": 120, "mesz": 120, "mez": 60,
	"eet": 120, "eest": 180, "msk": 180, "msd": 240, "ist": 330, "hkt": 480, "sgt": 480, "jst": 540, "kst": 540, "aest": 600, "aedt": 660, "nzst": 720, "nzdt": 780,
	"est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420, "akst": -540, "hst": -600, "brt": -180, "art": -180,
}

// offset is a zone's distance from UTC; an unknown one is UTC (RFC 5322, 4.3).
func offset(zone string) time.Duration {
	if m := zoneNumber.FindStringSubmatch(zone); m != nil {
		minutes := time.Duration(number(m[2])*60+number(m[3])) * time.Minute
		if minutes > 26*time.Hour {
			return 0
		}
		if m[1] == "-" {
			return -minutes
		}
		return minutes
	}
	word, _, _ := strings.Cut(strings.TrimSpace(zone), " ")
	return time.Duration(zones[strings.ToLower(strings.Trim(word, `"()`))]) * time.Minute
}

// dateIn is a mail's date: its own, else that of the newest Received line, else
// the server's, with a remark where it is not its own.
func dateIn(h header, came time.Time) (t time.Time, odd string) {
	what := "no date"
	for _, name := range []string{"Date", "Resent-Date"} {
		for _, value := range h.all(name) {
			if t, ok := Date(value); ok {
				return t, ""
			}
			what = "date unreadable"
		}
	}
	for _, line := range h.all("Received") { // the newest stands first
		if i := strings.LastIndexByte(line, ';'); i >= 0 {
			if t, ok := Date(line[i+1:]); ok {
				return t, what + "; the date on which it was received is used"
			}
		}
	}
	if came.IsZero() {
		return time.Time{}, what
	}
	return came.UTC(), what + "; the server's date is used"
}
