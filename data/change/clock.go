package change

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// An HLC is a hybrid logical clock reading: milliseconds since 1970 in the upper
// 48 bits, a counter in the lower 16 that carries into them when it is full.
// Zero is earlier than any change.
//
// Kulkarni et al., "Logical Physical Clocks", 2014; with one difference: a log's
// clock does not follow the clocks of others, so that one laptop that is a year
// ahead does not date everybody's edits a year ahead.
type HLC uint64

// Next returns the reading for a log's next change: now, or just after last where
// the wall clock stands still or went back. It is greater than last, but at the
// very end of time, where it stays.
func Next(last HLC, now time.Time) HLC {
	ms := min(max(now.UnixMilli(), 0), 1<<48-1)
	if wall := HLC(ms) << 16; wall > last {
		return wall
	}
	if last == math.MaxUint64 {
		return last
	}
	return last + 1
}

// Time returns the wall-clock part of the reading, in UTC.
func (h HLC) Time() time.Time { return time.UnixMilli(int64(h >> 16)).UTC() }

// String returns 16 lower-case hexadecimal digits, which sort as the readings do.
func (h HLC) String() string { return fmt.Sprintf("%016x", uint64(h)) }

// ParseHLC reads what String wrote, and nothing else.
func ParseHLC(s string) (HLC, error) {
	n, err := strconv.ParseUint(s, 16, 64)
	if err != nil || len(s) != 16 || strings.ToLower(s) != s {
		return 0, malformed("at %q is not 16 lower-case hexadecimal digits", s)
	}
	return HLC(n), nil
}
