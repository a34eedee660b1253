package mail

import (
	"context"
	"slices"

	"rapport/data"
)

// Folders connects, signs in and lists the names of the folders that Rapport
// would read, as the server spells them and in the order of reading. It changes
// nothing. What goes wrong is a *data.Problem.
func (s Source) Folders(ctx context.Context) ([]string, error) {
	r := &run{Source: s.withDefaults(), emit: unheard, cursor: parseCursor("")}
	defer r.hangUp()
	if err := r.hello(ctx); err != nil {
		return nil, r.tryError(ctx, err)
	}
	listed, _, err := r.list(ctx)
	if err != nil {
		return nil, r.tryError(ctx, err)
	}
	places, _ := chosen(listed, s.Mailbox)
	names := make([]string, len(places))
	for i, p := range places {
		names[i] = p.name
	}
	return slices.Compact(names), nil
}

func (r *run) tryError(ctx context.Context, err error) error {
	err = r.ended(ctx, err)
	if p, ok := err.(*data.Problem); ok {
		once := *p
		once.Once = true
		return &once
	}
	return err
}

// ended is why something ended that is tried again by itself.
func (r *run) ended(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return r.problem(err)
}

// unheard takes what a run remarks on where nobody keeps a ledger.
func unheard(data.Batch) error { return nil }
