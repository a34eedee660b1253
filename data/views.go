package data

import "time"

// AccountRow is an account as the list of accounts shows it.
type AccountRow struct {
	Account
	People int // contacts and others seen at its domains
	// Last is the last touch; its zero At means never.
	Last     Interaction
	Next     Occurrence // the next meeting; zero ID when none is planned
	Rhythm   int        // days
	Pace     Pace
	TouchDue time.Time // when the rhythm asks for the next touch; zero when never spoken
	Weeks    []Week    // the last 12, oldest first
}

// Decide fills what follows from the facts: pace and due date.
func (r AccountRow) Decide(rhythm Rhythm, now time.Time) AccountRow {
	r.Rhythm = rhythm.Days(r.Tier)
	r.Pace = PaceOf(r.Last.At, r.Rhythm, now)
	if !r.Last.At.IsZero() {
		r.TouchDue = r.Last.At.AddDate(0, 0, r.Rhythm)
	}
	return r
}

// Person is somebody at an account: a contact, or an address seen at its
// domains that nobody has made a contact of yet.
type Person struct {
	Contact        // ID "" for an address only
	Email   string // the address used last, or preferred
	Last    Touch  // zero when never spoken
	Times   int    // interactions with them
	Met     bool   // was in a meeting or visit that took place
}

// TimelineQuery asks for one page of an account's timeline, newest first.
type TimelineQuery struct {
	Account string
	Kinds   []Kind // none: all
	Email   string // only with this person; "" for all
	// Before and BeforeID are the last entry of the page before; zero for the
	// first page.
	Before   time.Time
	BeforeID string
	Limit    int // 0: no limit
	// Planned says whether to begin with what lies ahead: the next date of each
	// meeting.
	Planned bool
	// AsKnown says that the moment of the question has been: what was logged by hand
	// or planned later does not count.
	AsKnown bool
}

// InteractionDetail is one interaction with all behind it.
type InteractionDetail struct {
	Interaction
	Text     string // what its own message or entry says
	Matches  []Match
	Messages []MessageRow // the mails that make it, newest first
	Place    string
	Link     string // of news: the page, where it can be opened
}

// MessageRow is a message with its places and its filing, without its text.
type MessageRow struct {
	Message
	Interaction string
	Locations   []Location
	Account     string // Account.ID of the first match
	Reason      string // why it is there, or why it is on no timeline
}

// MessageQuery asks for messages, newest first.
type MessageQuery struct {
	Account string // "" for all
	Limit   int    // 0: no limit
}

// Hit is something that a search found. Marks are byte ranges in Snippet.
type Hit struct {
	ID      string
	Title   string
	Account string // its account's name, where it has one
	At      time.Time
	Kind    Kind
	Snippet string
	Marks   [][2]int
}

// Found is what a search found, each list best or newest first.
type Found struct {
	Accounts, Contacts, Interactions, Messages []Hit
	// Learned are notes and plays of the team, and plays that Rapport brings. Their
	// Kind is KindTrainingNote or KindPlay.
	Learned []Hit
}

// Agenda is one date of a meeting with the account it belongs to.
type Agenda struct {
	Occurrence
	Account Account // zero when none
	People  []Participant
	// Before is how it stood earlier, the oldest first; nil where nothing but a
	// single meeting was asked for.
	Before []MeetingBefore
}
