package data

import "time"

// TodayInput is what the first page is made from.
type TodayInput struct {
	Now  time.Time
	User string // the user's name, "" when not known
	// Meetings are today's dates of meetings, in now's zone.
	Meetings []Agenda
	// Met are the addresses of people who were in a meeting or visit with us
	// that took place, in any account.
	Met      map[string]bool
	Waiting  []Waiting
	Accounts []AccountRow // decided, see AccountRow.Decide
	Unfiled  int          // senders that wait in Filing
}

// Today is the first page.
type Today struct {
	Greeting string // "Good morning, Maya"
	// Line is the day in one line: "Tuesday 17 November. Two customer meetings,
	// an hour free before 10:30."
	Line   string
	Ribbon Ribbon
	// Conversations are today's meetings that are not over, the next first.
	Conversations []Conversation
	Cooling       []CoolingRow
	Waiting       []WaitingRow
	Unfiled       int
	FilingMinutes int // about how long filing them takes
}

// Next is the first conversation, if any is left today.
func (t Today) Next() (Conversation, bool) {
	if len(t.Conversations) == 0 {
		return Conversation{}, false
	}
	return t.Conversations[0], true
}

// Ribbon is the day as a strip. From and To are full hours.
type Ribbon struct {
	From, To time.Time
	Slots    []RibbonSlot
	Lanes    int // how many slots lie side by side at most, at least 1
}

// RibbonSlot is a meeting on the strip, cut to it.
type RibbonSlot struct {
	Start, End time.Time
	Meeting    string // Occurrence.ID
	Title      string // the account's short name; "" for an internal one
	Customer   bool
	Lane       int
}

// Conversation is a meeting of today with the people in it.
type Conversation struct {
	Meeting Agenda
	Clock   string // "10:30", "All day"
	Length  string // "60 min", "" for all day
	// In is how far ahead it is, "in 1 h 12 min", or "now".
	In       string
	Customer bool    // with people other than ours
	Guests   []Guest // theirs; for an internal one, our others
	Names    string  // "Anna, Beatrice, Ines, Samuel"
	NeverMet int     // of the guests
	// NeverMetWords is "1 never met", "" when all are known.
	NeverMetWords string
	// Where is the place without links.
	Where string
	// Second is the second line: "Quayside Ferries · Nadia Brandt, Owen Pryce"
	// or "Internal · with Priya and Joris".
	Second string
}

// Guest is somebody in a meeting, and whether they were in one before.
type Guest struct {
	Participant
	Met bool
}

// CoolingRow is an account that has been quiet longer than agreed.
type CoolingRow struct {
	Row    AccountRow
	Person Participant // whom we last spoke with there; zero when not known
	Days   int         // of silence
	Words  string      // "38 days, rhythm 21"
}

// WaitingRow is somebody who waits for our answer.
type WaitingRow struct {
	Waiting
	Person  Participant
	Age     string // "15 h"
	Overdue bool   // longer than a day
}

// ComposeToday makes the first page.
func ComposeToday(in TodayInput) Today { return Today{} }
