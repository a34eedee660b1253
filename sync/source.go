package sync

import (
	"context"
	"time"

	"rapport/data"
)

// A Source yields what changed somewhere since a cursor that it handed out
// before.
type Source interface {
	// Name is its name in the ledger.
	Name() string
	// Fetch calls emit once per batch, in order, and stops at the first error
	// that emit returns. An empty cursor means from the beginning. Trouble with
	// the world outside is a *data.Problem.
	Fetch(ctx context.Context, since string, emit func(data.Batch) error) error
}

// line is a source that hears of news by itself between two readings.
type line interface {
	Source
	// Await returns nil when there may be news, or when until is closed. With
	// ctx it lets everything go at once.
	Await(ctx context.Context, until <-chan struct{}) error
	// Close lets go of what stays open between readings.
	Close()
}

// feed is a source as the engine reads it.
type feed struct {
	Source
	line  func() line   // makes one; nil for a source that is only asked now and then
	about string        // its server or file, for sentences
	shown string        // its name for people, kept with what it brought
	key   string        // changes when the source must be opened anew
	every time.Duration // the least between two questions, whoever asks; 0: Options.Every, and whenever asked
	box   string        // its Mailbox.ID; "" for a calendar
}
