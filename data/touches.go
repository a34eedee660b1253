package data

import (
	"slices"
	"sort"
	"time"
)

// TouchOf is the interaction as a touch. A mail or call of ours is ours; what
// has no direction counts for us, who set it up.
func TouchOf(i Interaction) Touch {
	by := Us
	if i.Direction == In {
		by = Customer
		if len(i.People) > 0 && i.People[0].Side == Partner {
			by = Partner
		}
	}
	return Touch{At: i.At, By: by}
}

// CountsAsTouch says whether an interaction is contact between people: a note
// to ourselves is not, nor news that they published, nor what was cancelled.
func CountsAsTouch(i Interaction) bool { return !noContact(i.Kind) && !i.Cancelled }

func pastTouches(touches []Touch, now time.Time) []Touch {
	past := slices.DeleteFunc(slices.Clone(touches), func(t Touch) bool { return t.At.After(now) || t.At.IsZero() })
	slices.SortFunc(past, func(a, b Touch) int { return a.At.Compare(b.At) })
	return past
}

// Week is how many touches a week had, by who started them.
type Week struct {
	Start  time.Time // Monday, midnight in the reader's zone
	Ours   int
	Theirs int
}

// Weeks counts touches by week: n weeks, oldest first, the last one holding
// now. Touches outside are left out.
func Weeks(touches []Touch, n int, now time.Time) []Week {
	monday := startOfWeek(now)
	weeks := make([]Week, n)
	for i := range weeks {
		weeks[i].Start = monday.AddDate(0, 0, -7*(n-1-i))
	}
	for _, t := range touches {
		if t.At.After(now) {
			continue
		}
		later := sort.Search(n, func(i int) bool { return weeks[i].Start.After(t.At) })
		switch {
		case later == 0: // before the first week
		case t.By == Us:
			weeks[later-1].Ours++
		default:
			weeks[later-1].Theirs++
		}
	}
	return weeks
}

func startOfWeek(t time.Time) time.Time {
	y, m, d := t.Date()
	back := (int(t.Weekday()) + 6) % 7
	return time.Date(y, m, d-back, 0, 0, 0, 0, t.Location())
}
