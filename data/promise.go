package data

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// KindPromise is the promise's name in the change log.
const KindPromise = "promise"

// Promise is something that one side said it would do for the other. Contact is
// who of them it was made to, or who of them made it.
type Promise struct {
	Belongs
	By Side `reg:"by"` // who owes it
	// Owner is the colleague who keeps it where it is ours, by name.
	Owner string `reg:"owner"`
	What  string `reg:"what"`
	Made  string `reg:"made"` // date
	Due   string `reg:"due"`  // date, "" when none was named
	Kept  string `reg:"kept"` // date, "" while it is open
	// Dropped is the date on which both let go of it, Why in a few words.
	Dropped string `reg:"dropped"`
	Why     string `reg:"why"`
}

// PartKind is KindPromise.
func (p Promise) PartKind() string { return KindPromise }

// Open says whether it is still owed.
func (p Promise) Open() bool { return p.Kept == "" && p.Dropped == "" }

// Standing is its due date, open until it is kept or let go.
func (p Promise) Standing() (string, bool) { return p.Due, p.Open() }

// Check says why the promise cannot be kept, or nil.
func (p Promise) Check() error {
	if strings.TrimSpace(p.What) == "" {
		return invalid("what", "say what was promised")
	}
	if p.Account == "" {
		return invalid("account", "say which account it is about")
	}
	if p.By == "" {
		return invalid("by", "say who promised it: us, customer or partner")
	}
	if p.Kept != "" && p.Dropped != "" {
		return invalid("kept", "a promise is kept or let go, not both")
	}
	return firstErr(
		checkOneOf("by", p.By, []Side{Us, Customer, Partner}),
		checkDate("made", p.Made), checkDate("due", p.Due), checkDate("kept", p.Kept), checkDate("dropped", p.Dropped),
	)
}

// Late is how many days it is over on a date of now's zone; 0 when it is not.
func (p Promise) Late(now time.Time) int {
	if !p.Open() || p.Due == "" {
		return 0
	}
	return max(0, daysSinceDate(p.Due, now))
}

// daysSinceDate counts the days from a date to now's day; negative when it lies
// ahead, 0 for what is no date.
func daysSinceDate(date string, now time.Time) int {
	day, err := time.ParseInLocation(time.DateOnly, date, now.Location())
	if err != nil {
		return 0
	}
	return DaysBetween(day, now)
}

// DueWords says by when a promise is due: "4 days over", "Today", "Tomorrow",
// "Thu 19 Nov", "No date".
func (p Promise) DueWords(now time.Time) string { return dueWords(p.Due, now) }

// dueWords say when a date is, or how far it is over: "Tomorrow", "4 days over".
func dueWords(due string, now time.Time) string {
	switch late := daysSinceDate(due, now); {
	case due == "":
		return "No date"
	case late == 0:
		return "Today"
	case late == -1:
		return "Tomorrow"
	case late == 1:
		return "1 day over"
	case late > 1:
		return fmt.Sprintf("%d days over", late)
	}
	day, _ := time.ParseInLocation(time.DateOnly, due, now.Location()) // read above
	if day.Year() != now.Year() {
		return day.Format("Mon 2 Jan 2006")
	}
	return day.Format("Mon 2 Jan")
}

// SortPromises orders promises as they ask for somebody: overdue ones of ours,
// overdue ones of theirs, then by date, those without a date last.
func SortPromises(list []Promise, now time.Time) {
	rank := func(p Promise) int {
		switch late := p.Late(now) > 0; {
		case late && p.By == Us:
			return 0
		case late:
			return 1
		case p.Due == "":
			return 3
		}
		return 2
	}
	slices.SortStableFunc(list, func(a, b Promise) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), strings.Compare(a.Due, b.Due), strings.Compare(a.What, b.What), strings.Compare(a.ID, b.ID))
	})
}

// PromiseRecord is how a side kept its promises: of those that were due, how
// many were kept by their date.
type PromiseRecord struct{ OnTime, Due int }

// PromisesKept counts, for each side, the promises that came due from a date on
// up to now. A partner's count as theirs. One without a date counts once it is
// kept, and then as on time; one that was let go does not count.
func PromisesKept(list []Promise, since string, now time.Time) (ours, theirs PromiseRecord) {
	today := now.Format(time.DateOnly)
	for _, p := range list {
		due := cmp.Or(p.Due, p.Kept)
		if p.Dropped != "" || due == "" || due < since || due >= today && p.Kept == "" {
			continue
		}
		r := &theirs
		if p.By == Us {
			r = &ours
		}
		r.Due++
		if p.Kept != "" && p.Kept <= due {
			r.OnTime++
		}
	}
	return ours, theirs
}

// KeptWords is "Kept on time this year: we 31 of 34, they 18 of 21", "" when
// nothing was due.
func KeptWords(list []Promise, now time.Time) string {
	ours, theirs := PromisesKept(list, now.Format("2006")+"-01-01", now)
	var parts []string
	if ours.Due > 0 {
		parts = append(parts, fmt.Sprintf("we %d of %d", ours.OnTime, ours.Due))
	}
	if theirs.Due > 0 {
		parts = append(parts, fmt.Sprintf("they %d of %d", theirs.OnTime, theirs.Due))
	}
	if len(parts) == 0 {
		return ""
	}
	return "Kept on time this year: " + strings.Join(parts, ", ")
}
