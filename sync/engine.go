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
	// Only are the names of the sources that are read; nil: all.
	Only []string
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
	// tokens are kept between two runs.
	tokens tokenCache

	mu       sync.Mutex
	statuses map[string]data.Status
	paused   chan struct{} // while paused: closed by Resume
	pause    *signal       // a person asks for a pause
	jolt     *signal       // what is open is dead: the laptop slept, or left its network
	wake     *signal       // a person asks for a reading
	nudge    *signal       // the network is another one
	turns    map[string]chan struct{}
	// addresses are those of this laptop, for finding out that its network
	// changed.
	addresses func() []string
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
	return &Engine{
		db: db, keys: keys, o: o,
		statuses: map[string]data.Status{}, turns: map[string]chan struct{}{}, addresses: ownAddresses,
		pause: newSignal(), jolt: newSignal(), wake: newSignal(), nudge: newSignal(),
	}
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

// pass reads every source once, beside it hands over what waits to leave, and
// counts the sources that failed. Its own error is the workspace's or the
// context's.
func (e *Engine) pass(ctx context.Context) (failed int, err error) {
	feeds, err := e.feeds(ctx)
	if err != nil {
		return 0, err
	}
	results := make([]error, len(feeds))
	var wg sync.WaitGroup
	var sendErr error
	wg.Go(func() { sendErr = e.send(ctx, true) })
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
	return failed, sendErr
}

// read reads one source from where it had come to, and records how it went. Its
// error is the reason why the source failed.
func (e *Engine) read(ctx context.Context, f feed) error {
	done, err := e.turn(ctx, f.Name())
	if err != nil {
		return err
	}
	defer done()
	if fresh, err := e.isFresh(ctx, f); err != nil || fresh {
		return err
	}
	started := e.o.Now().Truncate(time.Millisecond)
	was := e.status(f.Name())
	err = e.fetch(ctx, f, started)
	s := data.Status{Source: f.Name(), At: was.At}
	if ctx.Err() != nil {
		s.Problem, s.Until = was.Problem, was.Until
		e.report(s)
		return ctx.Err()
	}
	if err != nil {
		s.Problem, s.Until = e.sentence(err), e.restOf(err)
		if until := e.refusedUntil(f, err); until.After(s.Until) {
			s.Until = until
		}
		e.o.Log.Warn("source failed", "source", kindOf(f.Name()), "took", e.o.Now().Sub(started))
	}
	if endErr := e.endRun(ctx, f.Name(), started, s); endErr != nil && err == nil {
		err, s.Problem = endErr, e.sentence(endErr) // of two, the first says more
	}
	if err == nil {
		s.At = e.o.Now()
	}
	e.report(s)
	return err
}

// fetch reads a source unless its server asked to be left alone. What went wrong
// the last time is shown until the run ends.
func (e *Engine) fetch(ctx context.Context, f feed, started time.Time) error {
	if err := e.db.BeginRun(ctx, f.Name(), started); err != nil {
		return err
	}
	if err := e.resting(ctx, f); err != nil {
		return err
	}
	s := e.status(f.Name())
	s.Source, s.Running, s.Until = f.Name(), true, time.Time{}
	e.report(s)
	since, err := e.cursor(ctx, f)
	if err != nil {
		return err
	}
	if since == "" {
		defer makeRoom()()
	}
	h := newHandover(func(batches []store.Readied) error {
		if _, err := e.db.IngestReady(ctx, f.Name(), f.shown, started, batches...); err != nil {
			return err
		}
		b := batches[len(batches)-1]
		s.Folder, s.Done, s.Total = b.Folder, b.Done, b.Total
		e.report(s)
		return nil
	})
	err = f.Fetch(ctx, since, func(b data.Batch) error { return h.put(withInvitations(b)) })
	if kept := h.end(); kept != nil {
		return kept
	}
	if taken := e.takeInvitations(ctx); err == nil {
		err = taken
	}
	return err
}

func (e *Engine) endRun(ctx context.Context, source string, started time.Time, s data.Status) error {
	if !s.Until.IsZero() {
		if err := e.putRest(ctx, source, s.Until); err != nil {
			return err
		}
	}
	return e.db.EndRun(ctx, source, started, s.Problem)
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
