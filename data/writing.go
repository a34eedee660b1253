package data

import "time"

// A Writing is what a member of a space writes at just now. It holds for a moment: no
// workspace keeps it, and no change log has it.
type Writing struct {
	Space string
	// Name is the member's; "" where it is whoever sits here, on another laptop.
	Name    string
	Account string // Account.ID: whose thing it is
	Kind    string // of the thing, as the change log names it
	ID      string // of the thing; "" for one that is new
	Since   time.Time
}

// At says whether it is this thing that is written at. A new thing is nobody else's.
func (w Writing) At(kind, id string) bool { return id != "" && w.Kind == kind && w.ID == id }
