package calendar

import (
	"strings"
	"time"
)

// length is how long something lasts: days by the calendar and the rest by the
// clock, since a day at the edge of summer time has 23 or 25 hours.
type length struct {
	days  int
	clock time.Duration
}

// after is the end of something that begins at w.
func (l length) after(w when) time.Time {
	return w.on(w.wall.AddDate(0, 0, l.days)).at().Add(l.clock)
}

// most is an upper bound, for widening a window.
func (l length) most() time.Duration {
	return time.Duration(l.days)*25*time.Hour + l.clock
}

// parseLength reads a DURATION: P1W, P1DT2H30M, -PT5M. Lower case and a missing
// T are forgiven; a length beyond ten years is none.
func parseLength(s string) (length, bool) {
	s = strings.ToUpper(strings.TrimSpace(s))
	sign := 1
	if rest, minus := strings.CutPrefix(s, "-"); minus {
		sign, s = -1, rest
	}
	s, ok := strings.CutPrefix(strings.TrimPrefix(s, "+"), "P")
	if !ok || s == "" {
		return length{}, false
	}
	var l length
	for s != "" {
		if s[0] == 'T' {
			s = s[1:]
			continue
		}
		i := strings.IndexAny(s, "WDHMS")
		if i < 0 {
			return length{}, false
		}
		n, ok := digits(s[:i])
		if !ok || !l.grow(s[i], sign*n) {
			return length{}, false
		}
		s = s[i+1:]
	}
	return l, true
}

// grow adds n of a unit, unless that is beyond reason.
func (l *length) grow(unit byte, n int) bool {
	const tenYears = 3660
	seconds := map[byte]int{'W': 7 * 86400, 'D': 86400, 'H': 3600, 'M': 60, 'S': 1}[unit]
	if n > tenYears*86400/seconds || n < -tenYears*86400/seconds {
		return false
	}
	if unit == 'W' || unit == 'D' {
		l.days += n * seconds / 86400
	} else {
		l.clock += time.Duration(n*seconds) * time.Second
	}
	return true
}

// unescape reads a TEXT value: \n, \, \; and \\. A comma or backslash that
// should have been escaped is taken as it stands.
func unescape(s string) string {
	if !strings.Contains(s, `\`) {
		return s
	}
	var sb strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' || i+1 == len(s) {
			sb.WriteByte(s[i])
			continue
		}
		i++
		switch s[i] {
		case 'n', 'N':
			sb.WriteByte('\n')
		case ',', ';', '\\', ':', '"':
			sb.WriteByte(s[i])
		default:
			sb.WriteByte('\\')
			sb.WriteByte(s[i])
		}
	}
	return sb.String()
}

// oneLine is a text for a heading: its blanks and line ends are single blanks.
func oneLine(s string) string { return strings.Join(strings.Fields(unescape(s)), " ") }
