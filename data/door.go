package data

import (
	"strings"
	"time"
)

// KindDoor is its name in the change log.
const KindDoor = "door"

// Door is a way in: a channel by which a customer can reach us. Those without an
// account are open to all.
type Door struct {
	Belongs
	Name    string `reg:"name"`    // "Support desk"
	Channel string `reg:"channel"` // mail, phone, portal, chat, visit …
	Reach   string `reg:"reach"`   // the address, number or link
	Hours   string `reg:"hours"`   // "Mon to Fri 08:00 to 18:00"
	Owner   string `reg:"owner"`   // who of us answers
	Backup  string `reg:"backup"`  // who answers when the owner is away
	// Knocked is the date of the last knock that was noted by hand; mail to the
	// address is counted from mail itself.
	Knocked string `reg:"knocked"`
	// Promised is within how many minutes we mean to answer, Took how many it took
	// last time.
	Promised int    `reg:"promised"`
	Took     int    `reg:"took"`
	Closed   string `reg:"closed"` // date since which it is shut
}

// PartKind is KindDoor.
func (d Door) PartKind() string { return KindDoor }

// Standing is open until it is shut.
func (d Door) Standing() (string, bool) { return "", d.Closed == "" }

// Check says why it cannot be kept, or nil.
func (d Door) Check() error {
	switch {
	case strings.TrimSpace(d.Name) == "":
		return invalid("name", "a door needs a name")
	case strings.TrimSpace(d.Reach) == "":
		return invalid("reach", "say how they reach it: an address, a number or a link")
	case d.Promised < 0 || d.Took < 0:
		return invalid("minutes", "a time to answer cannot be negative")
	}
	return firstErr(checkDate("knocked", d.Knocked), checkDate("closed", d.Closed))
}

// Unused says whether nobody has knocked for half a year.
func (d Door) Unused(now time.Time) bool {
	return d.Knocked == "" || daysSinceDate(d.Knocked, now) > FactsStale
}

// DoorUse is a door with how it is used.
type DoorUse struct {
	Door
	// Last is when somebody knocked last: the latest mail to its address, or the
	// day that was noted by hand; zero for never.
	Last time.Time
	// Times is how many mails came to its address in 90 days.
	Times int
	// Minutes is how long an answer took: the median of the latest that were
	// answered, else what was noted by hand; 0 where nobody knows.
	Minutes int
}

// DoorDays is how far back DoorUse.Times counts.
const DoorDays = 90

// Slow says whether answers take longer than was meant.
func (d DoorUse) Slow() bool { return d.Promised > 0 && d.Minutes > d.Promised }

// Quiet says whether nobody has knocked for half a year.
func (d DoorUse) Quiet(now time.Time) bool {
	return d.Last.IsZero() || DaysBetween(d.Last, now) > FactsStale
}

// MinutesWords are a time to answer: "30 minutes", "4 hours", "2 days".
func MinutesWords(n int) string {
	switch {
	case n < 120:
		return Counted(n, "minute", "minutes")
	case n < 48*60:
		return Counted((n+30)/60, "hour", "hours")
	}
	return Counted((n+12*60)/(24*60), "day", "days")
}
