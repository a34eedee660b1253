package data

import "time"

// CaptureInput is what a line is understood by.
type CaptureInput struct {
	Now      time.Time
	Accounts []Account
	Contacts []Contact
	// Account is the one whose page is open, nil elsewhere. People there are
	// meant first.
	Account *Account
	By      string // whose doing it was: the user's name
}

// Capture is what a line like "Called Piotr yesterday, 10 min, he agreed the
// night test" was understood as.
type Capture struct {
	Line string
	Kind Kind // Call, Visit or Note; Note when no word says otherwise
	At   time.Time
	// DayOnly says that the line named a day and no time.
	DayOnly  bool
	Minutes  int
	Contacts []Contact
	Account  Account // zero ID: not known yet
	// AccountWhy says why it is that account, "Piotr works there".
	AccountWhy string
	// Candidates are the people whom a name may mean, when more than one.
	Candidates []Contact
	Text       string // what happened, as written
	// Missing says in words what is still needed, "which account it was".
	Missing []string
	By      string
}

// ParseCapture understands a line about something that happened.
func ParseCapture(line string, in CaptureInput) Capture { return Capture{} }

// Entry is the capture as something to be logged. Check says what it lacks.
func (c Capture) Entry() Entry { return Entry{} }
