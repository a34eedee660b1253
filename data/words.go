package data

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Ago says how long before now something was: "just now", "12 min ago",
// "15 h ago", "2 days ago", "3 years ago". Days are calendar days in now's
// zone. The zero time is "Never spoken"; what lies ahead reads as Until does.
func Ago(t, now time.Time) string {
	switch {
	case t.IsZero():
		return "Never spoken"
	case t.After(now):
		return Until(t, now)
	case now.Sub(t) < time.Minute:
		return "just now"
	}
	return since(t, now) + " ago"
}

// since is the distance from t to a later now, in the unit that fits.
func since(t, now time.Time) string {
	d := now.Sub(t)
	if d < 24*time.Hour {
		return Age(d)
	}
	return dayCount(max(1, DaysBetween(t, now)))
}

// Age says how long something has lasted, in one unit: minutes under an hour,
// hours under a day, days under a year, then years. Less than a minute, or less
// than nothing, is "0 min".
func Age(d time.Duration) string {
	switch {
	case d < time.Hour:
		return fmt.Sprintf("%d min", max(0, int(d.Minutes())))
	case d < 24*time.Hour:
		return fmt.Sprintf("%d h", int(d.Hours()))
	}
	return dayCount(int(d.Hours() / 24))
}

func dayCount(days int) string {
	if days < 365 {
		return Counted(days, "day", "days")
	}
	return Counted(days/365, "year", "years")
}

// Until says how far ahead of now something is, "in 1 h 12 min" or "in 3 days";
// "now" when it is less than a minute away or has begun.
func Until(t, now time.Time) string {
	d := t.Sub(now)
	switch minutes := int(d.Round(time.Minute).Minutes()); {
	case minutes < 1:
		return "now"
	case minutes < 24*60:
		return "in " + MinutesWord(minutes)
	}
	return "in " + dayCount(max(1, DaysBetween(now, t.In(now.Location()))))
}

// MinutesWord is a duration in minutes as hours and minutes, "1 h 12 min" or
// "45 min".
func MinutesWord(minutes int) string {
	h, m := minutes/60, minutes%60
	switch {
	case h == 0:
		return fmt.Sprintf("%d min", m)
	case m == 0:
		return fmt.Sprintf("%d h", h)
	}
	return fmt.Sprintf("%d h %d min", h, m)
}

// DayWord names the day of t: "Today", "Tomorrow", "Yesterday", else
// "Thu 19 Nov", with the year only when it is not now's. The zero time is "".
func DayWord(t, now time.Time) string {
	if t.IsZero() {
		return ""
	}
	switch DaysBetween(t, now) {
	case 0:
		return "Today"
	case -1:
		return "Tomorrow"
	case 1:
		return "Yesterday"
	}
	return DayName(t, now)
}

// DayName is the date of t as "Thu 19 Nov", with the year only when it is not
// now's. The zero time is "".
func DayName(t, now time.Time) string { return dated("Mon 2 Jan", t, now) }

// ShortDate is the date of t as "12 Nov", with the year only when it is not
// now's. The zero time is "".
func ShortDate(t, now time.Time) string { return dated("2 Jan", t, now) }

// MonthHead is the head over a month's entries: "November", or "November 2025"
// when the year is not now's.
func MonthHead(t, now time.Time) string { return dated("January", t, now) }

func dated(layout string, t, now time.Time) string {
	if t.IsZero() {
		return ""
	}
	t = t.In(now.Location())
	if t.Year() != now.Year() {
		layout += " 2006"
	}
	return t.Format(layout)
}

// Clock is the time of day of t in now's zone, "09:18".
func Clock(t, now time.Time) string { return t.In(now.Location()).Format("15:04") }

// DayAndClock is DayWord with the time of day, "Today 10:30".
func DayAndClock(t, now time.Time) string { return DayWord(t, now) + " " + Clock(t, now) }

// Counted is a number and what is counted, "1 mail" or "2 mails".
func Counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// SmallNumber is a number as a word that can begin a sentence, "Two"; from
// thirteen on it is digits.
func SmallNumber(n int) string {
	words := []string{
		"No", "One", "Two", "Three", "Four", "Five", "Six", "Seven",
		"Eight", "Nine", "Ten", "Eleven", "Twelve",
	}
	if n >= 0 && n < len(words) {
		return words[n]
	}
	return fmt.Sprint(n)
}

// FirstName is what a person is called in a short line: the first word of the
// name. A name that begins with a title or an initial stays whole, as a mail
// address does.
func FirstName(name string) string {
	name = strings.TrimSpace(name)
	first, rest, _ := strings.Cut(name, " ")
	if rest == "" || strings.HasSuffix(first, ".") || titles[strings.ToLower(first)] {
		return name
	}
	return first
}

var titles = setOf("dr", "prof", "professor", "mr", "mrs", "ms", "miss", "sir", "dame", "lord", "lady", "herr", "frau", "the")

// JoinAnd joins words as a sentence does: "Anna", "Anna and Leon", "Anna, Leon
// and Piotr".
func JoinAnd(words []string) string {
	switch n := len(words); n {
	case 0:
		return ""
	case 1:
		return words[0]
	default:
		return strings.Join(words[:n-1], ", ") + " and " + words[n-1]
	}
}

// sentence begins a text with a capital letter.
func sentence(s string) string {
	if s == "" {
		return ""
	}
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}
