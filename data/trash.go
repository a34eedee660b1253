package data

import "time"

// TrashKept is how long what was deleted can be brought back in one step. After
// that it is in the history only.
const TrashKept = 90 * 24 * time.Hour

// A Trashed thing was deleted, and can be brought back as it was.
type Trashed struct {
	ThingRef
	Title   string
	Account string // Account.ID, or ""
	Space   string // Space.ID, "" for what only this laptop has
	By      string // the member's name, or ""
	Mine    bool
	At      time.Time // when this laptop learned that it was deleted
}

// Who says who deleted it.
func (t Trashed) Who() string { return FieldVersion{By: t.By, Mine: t.Mine}.Who() }
