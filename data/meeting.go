package data

import "time"

// Meeting is a calendar entry: one date, or a series of them.
type Meeting struct {
	UID string
	// ICS is the iCalendar text of all its components (the series and the dates
	// that differ) with the zones they name, so that any span can be expanded
	// later.
	ICS string
	// Occurrences are its dates within the window that was asked for.
	Occurrences []Occurrence
}

// Occurrence is one date of a meeting.
type Occurrence struct {
	// ID is OccurrenceIDOf(UID, RecurrenceID).
	ID  string
	UID string
	// RecurrenceID is the date's original start: UTC as 20260105T090000Z for a
	// timed one, 20260105 for an all-day one, 20260105T090000 for a floating
	// one; "" for a meeting that happens once.
	RecurrenceID string
	Calendar     string // Calendar.ID
	Summary      string
	Place        string
	// Start and End bound it, End exclusive. An all-day occurrence has dates
	// only: StartDate and EndDate (exclusive), 2006-01-02; Start and End are
	// then midnight in the reader's zone, for sorting.
	Start, End         time.Time
	AllDay             bool
	StartDate, EndDate string
	// Zone is the name of the zone it was written in: IANA where it is known,
	// as written where not, "" for floating and all-day.
	Zone      string
	Cancelled bool
	Tentative bool
	// Free says that it takes no time of whose calendar it is in (TRANSP).
	Free bool
	// Sequence and Stamp (unix seconds) order versions of the same date.
	Sequence  int
	Stamp     int64
	Organizer Address
	Attendees []Attendee
	// Sender is who a mail with this invitation is from, where that is not the
	// organiser, so that nobody knows whether it is theirs; "" else.
	Sender string
	// OtherTimes are other times that people invited ask for.
	OtherTimes []OtherTime
}

// Attendee is a person invited to a meeting.
type Attendee struct {
	Address
	// Answer is accepted, declined, tentative, or "" when they have not said.
	Answer string `json:"answer,omitempty"`
	// Optional is true for those whose presence is not required, and for rooms.
	Optional bool `json:"optional,omitempty"`
}
