package data

import "time"

// Layout says how a timeline is laid out.
type Layout struct {
	Now    time.Time
	Rhythm int // days; 0: silences are not drawn
	// NewestPage says that the items begin with the newest there is, so that a
	// silence that lasts can be drawn on top.
	NewestPage bool
	// Filtered says that the items are not all there are (a kind, a person was
	// asked for), so that a stretch without any is no silence.
	Filtered bool
	// Own are the user's own addresses: those people are "you".
	Own map[string]bool
	// Waiting are the account's conversations that wait for our answer.
	Waiting []Waiting
}

// RowKind is what a row of a timeline is.
type RowKind int

// The kinds of row.
const (
	RowMonth RowKind = iota
	RowItem
	RowSilence
)

// TimelineRow is one row of an account's timeline.
type TimelineRow struct {
	Kind  RowKind
	Month string // of RowMonth: "November"
	// The rest but Silence is of RowItem.
	Item    Interaction
	Day     string // "Tue 17", on the first row of a day only
	Clock   string // "10:30"; "All day"
	Title   string
	Second  string // "Anna to you · waiting 15 h for an answer"
	Planned bool
	In      string      // of a planned one: "In 1 h 12 min"
	Waiting bool        // they wait for our answer
	Started Side        // who started it
	Person  Participant // who stands for it on an avatar; zero when nobody
	Silence Silence     // of RowSilence
}

// Lay lays out the items, newest first as they come, what is planned before the
// rest. Each item has one row. When a further page has been read, lay out all of
// the pages again: heads and silences depend on the neighbours.
func Lay(items []Interaction, o Layout) []TimelineRow { return nil }
