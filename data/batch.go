package data

import "time"

// Batch is what a source brings in one piece. The store keeps it, its cursor and
// its ledger line in one transaction or not at all.
type Batch struct {
	// Mailbox and Folder are the Mailbox.ID and the folder it is about; "" for a
	// calendar.
	Mailbox string
	Folder  string
	// Renumbered, if not 0, is the folder's new UIDVALIDITY: every location
	// there with another one is forgotten before Arrived is kept.
	Renumbered uint32
	// Arrived are mails and where they lie; one that is already known there is
	// kept once.
	Arrived []Arrival
	// Moved are new locations of messages that are known by ID, so that
	// nothing is downloaded again.
	Moved []Placed
	// Flagged are the marks that mails have now, at places that are known; those
	// of other places, and marks that are stored already, change nothing.
	Flagged []Flagged
	// Gone are locations that the server no longer has.
	Gone []Location
	// Unreadable are mails that the server has and cannot hand over, with the
	// reason.
	Unreadable []Unreadable
	// Meetings are what a calendar holds. With Whole, meetings of that calendar
	// that are not among them are gone; without it they stay.
	Meetings []Meeting
	Whole    bool
	// Lost are the UIDs of meetings that the calendar has no more, for a batch
	// that is not Whole.
	Lost []string
	// Held are the UIDs of meetings that the calendar has but whose entries
	// could not be read: with Whole, what is stored of them stays.
	Held []string
	// Calendar is the Calendar.ID of the meetings.
	Calendar string
	// Headlines are what a feed holds; one that is known is written anew where it
	// says something else. Feed is its Feed.ID.
	Headlines []Headline
	Feed      string
	// Odd are remarks about the batch as a whole, in words.
	Odd []string
	// OnServer is how many mails or entries the folder or calendar holds there,
	// or -1 when it is not known.
	OnServer int
	// Cursor is where to go on after this batch, opaque to all but its source.
	Cursor string
	// Done and Total say how far this run is, for a progress line; Total 0 when
	// unknown.
	Done, Total int
}

// Arrival is a mail at a place.
type Arrival struct {
	Message  Message
	Location Location
	Flags    Flags
}

// Placed is a message that is known already, at a new place.
type Placed struct {
	MessageID string // Message.ID
	Location  Location
	Flags     Flags
}

// Flagged is a place and the marks of the mail there.
type Flagged struct {
	Location Location
	Flags    Flags
}

// Unreadable is a mail that could not be had.
type Unreadable struct {
	Location Location
	Reason   string
}

// LedgerLine is what one run of a source did with one folder or calendar, for
// people to read: seen is kept plus skipped, and every skip has its reason.
type LedgerLine struct {
	Source   string
	Folder   string
	Started  time.Time
	Took     time.Duration
	OnServer int // -1 when not known
	Seen     int // mails or occurrences that were new in this run
	Kept     int // those that are on an account's timeline
	Skipped  []Count
	Odd      []Count
	// Problem says why the run stopped, and what to do; "" when it did not.
	Problem string
}

// Count is a reason and how often it held.
type Count struct {
	Reason string `json:"reason"`
	N      int    `json:"n"`
}

// Sum is the total of the counts.
func Sum(counts []Count) int {
	n := 0
	for _, c := range counts {
		n += c.N
	}
	return n
}

// AddCount adds n to the reason's count, keeping the order of first mention.
func AddCount(counts []Count, reason string, n int) []Count {
	for i := range counts {
		if counts[i].Reason == reason {
			counts[i].N += n
			return counts
		}
	}
	return append(counts, Count{Reason: reason, N: n})
}

// Reasons for which a mail or meeting is on no timeline, beside those of
// IsAutomated.
const (
	SkipUnknown  = "unknown people, waiting in Filing"
	SkipInternal = "colleagues only"
	SkipRule     = "not a customer, by your rule"
	SkipEmpty    = "nobody else is named in it"
)

// Status is how a source stands now, for the status bar. The zero time in At
// means that it has never finished.
type Status struct {
	Source  string
	Running bool
	Folder  string
	Done    int
	Total   int
	At      time.Time // when it last finished well
	Problem string    // why the last run failed, and what to do
	Until   time.Time // its server asked to be left alone until then; zero: it did not
}
