package data

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// DefaultMonths is how far back a new mailbox is read.
const DefaultMonths = 12

// DefaultMaxSize is the size above which only the beginning of a mail is read,
// where nobody chose another: 25 MiB.
const DefaultMaxSize = 25 << 20

// MinMaxSize is the least size that may be chosen: the beginning that is read of
// a larger mail is no larger than that.
const MinMaxSize = 1 << 20

// ReadFrom is the day in UTC from which on the mailbox is read, as of now; the
// zero time for all of it.
func (m Mailbox) ReadFrom(now time.Time) time.Time {
	if day, err := time.Parse(time.DateOnly, m.Since); err == nil {
		return day
	}
	if m.SinceMonths <= 0 {
		return time.Time{}
	}
	return now.UTC().AddDate(0, -m.SinceMonths, 0).Truncate(24 * time.Hour)
}

// WholeUpTo is the size in bytes above which only the beginning of a mail is
// read.
func (m Mailbox) WholeUpTo() int64 {
	if m.MaxSize <= 0 {
		return DefaultMaxSize
	}
	return m.MaxSize
}

func (m Mailbox) checkChoice() error {
	if m.Since != "" {
		if _, err := time.Parse(time.DateOnly, m.Since); err != nil {
			return invalid("since", "%q is not a day; write it like 2025-01-31", m.Since)
		}
	}
	switch {
	case m.SinceMonths < 0:
		return invalid("since", "use a number of months like 12mo, a day like 2025-01-31, or all")
	case m.MaxSize < 0 || m.MaxSize > 0 && m.MaxSize < MinMaxSize:
		return invalid("size", "the beginning of a mail is read in any case; use 1MB or more")
	}
	return m.Share.Check()
}

// Span is how far back a mailbox is read: Since is a day like 2025-01-31, or ""
// where Months counts, of which 0 is all.
type Span struct {
	Since  string
	Months int
}

// ParseSpan reads how far back mail is read: 12mo or 2y, a month or a day like
// 2025-01 or 2025-01-31, or all. Its error is an *Invalid.
func ParseSpan(s string) (Span, error) {
	s = strings.ToLower(strings.TrimSpace(s))
	if s == "all" {
		return Span{}, nil
	}
	for _, layout := range []string{time.DateOnly, "2006-01"} {
		if day, err := time.Parse(layout, s); err == nil {
			return Span{Since: day.Format(time.DateOnly)}, nil
		}
	}
	for _, unit := range []struct {
		name   string
		months int
	}{{"mo", 1}, {"m", 1}, {"y", 12}} {
		number, found := strings.CutSuffix(s, unit.name)
		if n, err := strconv.Atoi(number); found && err == nil && n >= 1 && n <= 1200 {
			return Span{Months: n * unit.months}, nil
		}
	}
	return Span{}, invalid("since", "needs a span like 12mo, 2y, 2025-01 or all; %q is none", s)
}

// String writes a span as ParseSpan reads it.
func (s Span) String() string {
	switch {
	case s.Since != "":
		return s.Since
	case s.Months == 0:
		return "all"
	}
	return strconv.Itoa(s.Months) + "mo"
}

// Words are the span for people: "12 months back".
func (s Span) Words(now time.Time) string {
	switch {
	case s.Since != "":
		day, _ := time.Parse(time.DateOnly, s.Since)
		return "since " + ShortDate(day, now)
	case s.Months == 0:
		return "all of it"
	}
	return Counted(s.Months, "month", "months") + " back"
}

// Span is how far back the mailbox is read.
func (m Mailbox) Span() Span { return Span{Since: m.Since, Months: m.SinceMonths} }

// Reaching returns the mailbox read as far back as the span says.
func (m Mailbox) Reaching(s Span) Mailbox {
	m.Since, m.SinceMonths = s.Since, s.Months
	return m
}

// ParseSize reads a size like 10MB; a number alone is bytes. Sizes count in
// powers of 1024, as mail programs do. Its error is an *Invalid.
func ParseSize(s string) (int64, error) {
	number, unit := strings.ToLower(strings.TrimSpace(s)), int64(1)
	for _, u := range []struct {
		name string
		size int64
	}{{"kb", 1 << 10}, {"mb", 1 << 20}, {"gb", 1 << 30}, {"k", 1 << 10}, {"m", 1 << 20}, {"g", 1 << 30}} {
		if n, found := strings.CutSuffix(number, u.name); found {
			number, unit = strings.TrimSpace(n), u.size
			break
		}
	}
	n, err := strconv.ParseInt(number, 10, 64)
	if err != nil || n < 1 || n > (1<<40)/unit {
		return 0, invalid("size", "needs a size like 10MB; %q is none", s)
	}
	return n * unit, nil
}

// SizeText writes a size as ParseSize reads it, in the largest unit that is
// exact.
func SizeText(n int64) string {
	for _, u := range []struct {
		name string
		size int64
	}{{"GB", 1 << 30}, {"MB", 1 << 20}, {"KB", 1 << 10}} {
		if n >= u.size && n%u.size == 0 {
			return fmt.Sprintf("%d%s", n/u.size, u.name)
		}
	}
	return strconv.FormatInt(n, 10)
}

// Outside are mails that are here and that a mailbox, as it is chosen now, would
// not read. The zero value is none.
type Outside struct {
	// Older is how many were sent before From, the day from which on it is read.
	Older int
	From  time.Time
	// Folders are folders that are not read, with how many are there. A mail that
	// is older too counts as that.
	Folders []Count
}

// N is how many they are.
func (o Outside) N() int { return o.Older + Sum(o.Folders) }

// Words name them: "1,204 mails from before 1 Mar, and 32 in Private"; "" for
// none.
func (o Outside) Words(now time.Time) string {
	var parts []string
	if o.Older > 0 {
		parts = append(parts, Counted(o.Older, "mail", "mails")+" from before "+ShortDate(o.From, now))
	}
	for _, f := range o.Folders {
		parts = append(parts, Counted(f.N, "mail", "mails")+" in "+f.Reason)
	}
	return JoinAnd(parts)
}

// ReadsFolder says whether the mailbox reads a folder by its own lists: none of
// the left-out ones, nor one below them, and of the chosen ones if there are any.
// Names of folders nest with "/" or ".".
func (m Mailbox) ReadsFolder(name string) bool {
	for _, out := range m.LeaveOut {
		if name == out || strings.HasPrefix(name, out+"/") || strings.HasPrefix(name, out+".") {
			return false
		}
	}
	return len(m.Folders) == 0 || slices.Contains(m.Folders, name)
}
