package data

import (
	"fmt"
	"time"
)

// Rhythm is how often the team means to be in touch, in days by tier.
type Rhythm map[Tier]int

// DefaultRhythm is what the team starts with: A every 7 days, B every 21, C
// every 90; an account without a tier as C.
var DefaultRhythm = Rhythm{TierA: 7, TierB: 21, TierC: 90}

// Days is the rhythm for the tier.
func (r Rhythm) Days(t Tier) int {
	if d := r[t]; d > 0 {
		return d
	}
	if d := r[TierC]; d > 0 {
		return d
	}
	return DefaultRhythm[TierC]
}

// Pace is how a silence stands against its rhythm.
type Pace string

// The paces. Late is up to twice the rhythm, quiet beyond.
const (
	OnTime   Pace = "in rhythm"
	Late     Pace = "late"
	Quiet    Pace = "quiet"
	NeverMet Pace = "never spoken"
)

// PaceOf judges the time since the last contact against the rhythm. The zero
// time means that there never was one, which is not the same as silence.
func PaceOf(last time.Time, rhythm int, now time.Time) Pace {
	if last.IsZero() {
		return NeverMet
	}
	switch days := DaysBetween(last, now); {
	case days <= rhythm:
		return OnTime
	case days <= 2*rhythm:
		return Late
	}
	return Quiet
}

// DaysBetween counts the calendar days from a to b in b's zone; 0 on the same
// day, negative when b is earlier.
func DaysBetween(a, b time.Time) int {
	day := func(t time.Time) time.Time {
		y, m, d := t.In(b.Location()).Date()
		return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	}
	return int(day(b).Sub(day(a)).Hours() / 24)
}

// Silence is a stretch in which nobody spoke, longer than the rhythm.
type Silence struct {
	From, To time.Time
	Days     int
	Rhythm   int
	// BrokenBy is who spoke first after it; "" while it lasts.
	BrokenBy Side
}

// Words says how it ended, "rhythm is 7 · we broke the silence".
func (s Silence) Words() string {
	ended := "it still lasts"
	switch s.BrokenBy {
	case Us:
		ended = "we broke the silence"
	case Customer:
		ended = "they broke the silence"
	case Partner:
		ended = "a partner broke the silence"
	}
	return fmt.Sprintf("rhythm is %d · %s", s.Rhythm, ended)
}

// SilenceBetween is the silence between two touches that follow one another, if
// it was longer than the rhythm. A zero next means until now.
func SilenceBetween(last, next Touch, rhythm int, now time.Time) (Silence, bool) {
	end := next.At
	if end.IsZero() {
		end = now
	}
	if last.At.IsZero() || rhythm <= 0 {
		return Silence{}, false
	}
	days := DaysBetween(last.At, end.In(now.Location()))
	if days <= rhythm {
		return Silence{}, false
	}
	s := Silence{From: last.At, To: end, Days: days, Rhythm: rhythm}
	if !next.At.IsZero() {
		s.BrokenBy = next.By
	}
	return s, true
}

// Touch is the least that is known of a contact: when, and who started it.
type Touch struct {
	At time.Time
	By Side
}

// Silences lists the silences of a history, newest first. touches may be in any
// order; those after now are left out.
func Silences(touches []Touch, rhythm int, now time.Time) []Silence {
	past := pastTouches(touches, now)
	var list []Silence
	next := Touch{}
	for i := len(past) - 1; i >= 0; i-- {
		if s, ok := SilenceBetween(past[i], next, rhythm, now); ok {
			list = append(list, s)
		}
		next = past[i]
	}
	return list
}
