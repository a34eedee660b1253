package sync

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"rapport/data"
	"rapport/data/store"
	"rapport/sync/secret"
)

// ErrSomeFailed says that a pass went to its end though a source failed; the
// ledger says which and why.
var ErrSomeFailed = errors.New("some sources could not be read")

// Options are what the engine may be told. The zero value is right for people.
type Options struct {
	Now   func() time.Time // nil: the system's clock
	Zone  *time.Location   // of floating and all-day meetings; nil: the system's
	Every time.Duration    // between two readings of a source; 0: 5 minutes
	// Report hears how a source stands, on the engine's goroutines; it must
	// only pass it on.
	Report func(data.Status)
	Log    *slog.Logger // nil: nothing is logged
}

// Engine reads the sources of one workspace. Its methods may be called from any
// goroutine.
type Engine struct {
	db   *store.DB
	keys secret.Keeper
	o    Options

	mu       sync.Mutex
	statuses map[string]data.Status
	paused   chan struct{} // while paused: closed by Resume
	pause    chan struct{} // closed by Pause
	wake     chan struct{} // closed and replaced to wake every reader
	turns    map[string]chan struct{}
}

// New returns an engine that reads nothing yet.
func New(db *store.DB, keys secret.Keeper, o Options) *Engine {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Zone == nil {
		o.Zone = time.Local
	}
	if o.Every <= 0 {
		o.Every = 5 * time.Minute
	}
	if o.Report == nil {
		o.Report = func(data.Status) {}
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return &Engine{db: db, keys: keys, o: o, statuses: map[string]data.Status{}, wake: make(chan struct{}), turns: map[string]chan struct{}{}}
}

// Once reads every source once, side by side, and returns what each did. Where
// the window is open on the workspace, it asks the window's engine to read, and
// waits. The error wraps ErrSomeFailed when a source failed.
func (e *Engine) Once(ctx context.Context) ([]data.LedgerLine, error) {
	started := e.o.Now().Truncate(time.Millisecond)
	release, err := lock(e.db.Dir())
	switch {
	case errors.Is(err, errLocked):
		if err := e.askHolder(ctx); err != nil {
			return nil, err
		}
		return e.ledgerSince(ctx, started)
	case err != nil:
		return nil, err
	}
	defer release()
	failed, err := e.pass(ctx)
	if err != nil {
		return nil, err
	}
	lines, err := e.ledgerSince(ctx, started)
	if err == nil && failed > 0 {
		err = fmt.Errorf("%d of them: %w", failed, ErrSomeFailed)
	}
	return lines, err
}

func (e *Engine) ledgerSince(ctx context.Context, started time.Time) ([]data.LedgerLine, error) {
	lines, err := e.db.Ledger(ctx, "", started)
	if err != nil {
		return nil, err
	}
	for _, l := range lines {
		if l.Problem != "" {
			return lines, ErrSomeFailed
		}
	}
	return lines, nil
}

// pass reads every source once and counts those that failed. Its own error is
// the workspace's or the context's.
func (e *Engine) pass(ctx context.Context) (failed int, err error) {
	feeds, err := e.feeds(ctx)
	if err != nil {
		return 0, err
	}
	results := make([]error, len(feeds))
	var wg sync.WaitGroup
	for i, f := range feeds {
		wg.Go(func() { results[i] = e.read(ctx, f) })
	}
	wg.Wait()
	if ctx.Err() != nil {
		return 0, ctx.Err()
	}
	for _, r := range results {
		if r != nil {
			failed++
		}
	}
	return failed, nil
}

// read reads one source from where it had come to, and records how it went. Its
// error is the reason why the source failed.
func (e *Engine) read(ctx context.Context, f feed) error {
	done, err := e.turn(ctx, f.Name())
	if err != nil {
		return err
	}
	defer done()
	started := e.o.Now().Truncate(time.Millisecond)
	e.report(data.Status{Source: f.Name(), Running: true, At: e.status(f.Name()).At})
	err = e.fetch(ctx, f, started)
	s := data.Status{Source: f.Name(), At: e.status(f.Name()).At}
	if ctx.Err() != nil {
		e.report(s)
		return ctx.Err()
	}
	if err != nil {
		s.Problem = sentence(err)
		e.o.Log.Warn("source failed", "source", kindOf(f.Name()), "took", e.o.Now().Sub(started))
	}
	if endErr := e.db.EndRun(ctx, f.Name(), started, s.Problem); endErr != nil && err == nil {
		err, s.Problem = endErr, sentence(endErr) // of two, the first says more
	}
	if err == nil {
		s.At = e.o.Now()
	}
	e.report(s)
	return err
}

func (e *Engine) fetch(ctx context.Context, f feed, started time.Time) error {
	if err := e.db.BeginRun(ctx, f.Name(), started); err != nil {
		return err
	}
	since, err := e.db.Cursor(ctx, f.Name())
	if err != nil {
		return err
	}
	return f.Fetch(ctx, since, func(b data.Batch) error {
		if _, err := e.db.Ingest(ctx, f.Name(), f.shown, started, b); err != nil {
			return err
		}
		e.report(data.Status{Source: f.Name(), Running: true, Folder: b.Folder, Done: b.Done, Total: b.Total, At: e.status(f.Name()).At})
		return nil
	})
}

// sentence is what an error says to people.
func sentence(err error) string {
	if p, ok := data.AsProblem(err); ok {
		return p.What() + ". " + p.Todo()
	}
	return err.Error()
}

// kindOf is the source's kind without its name, for the log.
func kindOf(source string) string {
	for i, r := range source {
		if r == ':' {
			return source[:i]
		}
	}
	return source
}

// turn waits until nobody else reads the source, so that its cursor has one
// owner.
func (e *Engine) turn(ctx context.Context, source string) (done func(), err error) {
	e.mu.Lock()
	t, ok := e.turns[source]
	if !ok {
		t = make(chan struct{}, 1)
		e.turns[source] = t
	}
	e.mu.Unlock()
	select {
	case t <- struct{}{}:
		return func() { <-t }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
