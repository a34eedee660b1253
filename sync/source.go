package sync

import (
	"context"

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

// feed is a source as the engine reads it.
type feed struct {
	Source
	shown string // its name for people, kept with what it brought
	key   string // changes when the source must be opened anew
}
