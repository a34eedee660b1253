package sync

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"rapport/data"
	"rapport/data/store"
)

// errPaused ends what is being read when a person asks for a pause.
var errPaused = errors.New("paused")

// Run keeps reading: each source at once, then every few minutes and when asked,
// until the context ends. It holds the workspace's lock; where another Rapport
// holds it, it returns a *data.Problem.
func (e *Engine) Run(ctx context.Context) error {
	release, err := lock(e.db.Dir())
	if errors.Is(err, errLocked) {
		return &data.Problem{Kind: data.InUse, About: e.db.Dir()}
	}
	if err != nil {
		return err
	}
	defer release()
	changed := make(chan struct{}, 1)
	stop := e.db.Watch(func(c store.Changed) {
		if slices.Contains(c.Kinds, "mailbox") || slices.Contains(c.Kinds, "calendar") {
			select {
			case changed <- struct{}{}:
			default:
			}
		}
	})
	defer stop()
	var wg sync.WaitGroup
	defer wg.Wait()
	ctx, end := context.WithCancel(ctx)
	defer end()
	wg.Go(func() { e.answerAsks(ctx) })
	return e.keepReaders(ctx, changed)
}

// reader is one source's goroutine.
type reader struct {
	key  string
	stop context.CancelFunc
	done chan struct{}
}

// foreignEvery is how often it looks whether a command beside it has added or
// removed a source.
const foreignEvery = time.Second

// keepReaders has one reader for each source of the workspace, and ends and
// begins them as sources go and come.
func (e *Engine) keepReaders(ctx context.Context, changed <-chan struct{}) error {
	readers := map[string]reader{}
	defer func() {
		for _, r := range readers {
			r.stop()
			<-r.done
		}
	}()
	tick := time.NewTicker(foreignEvery)
	defer tick.Stop()
	var version int
	for {
		feeds, err := e.feeds(ctx)
		if ctx.Err() != nil {
			return nil
		}
		if err != nil {
			return err
		}
		e.keepOnly(readers, feeds)
		for _, f := range feeds {
			if _, ok := readers[f.Name()]; !ok {
				readers[f.Name()] = e.begin(ctx, f)
			}
		}
		if err := e.untilChanged(ctx, changed, tick.C, &version); err != nil {
			return err
		}
		if ctx.Err() != nil {
			return nil
		}
	}
}

// untilChanged waits until the sources may be others: this process has written
// them, or another one has written anything.
func (e *Engine) untilChanged(ctx context.Context, changed <-chan struct{}, tick <-chan time.Time, version *int) error {
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-changed:
			return nil
		case <-tick:
		}
		now, err := e.db.DataVersion(ctx)
		if ctx.Err() != nil {
			return nil
		}
		if err != nil {
			return err
		}
		if *version != now {
			*version = now
			return nil
		}
	}
}

func (e *Engine) keepOnly(readers map[string]reader, feeds []feed) {
	for name, r := range readers {
		if !slices.ContainsFunc(feeds, func(f feed) bool { return f.Name() == name && f.key == r.key }) {
			r.stop()
			<-r.done
			delete(readers, name)
			e.forget(name)
		}
	}
}

func (e *Engine) begin(ctx context.Context, f feed) reader {
	own, stop := context.WithCancel(ctx)
	r := reader{key: f.key, stop: stop, done: make(chan struct{})}
	go func() {
		defer close(r.done)
		e.keepReadingWith(own, func(ctx context.Context) error { return e.readUnlessPaused(ctx, f) })
	}()
	return r
}

// keepReadingWith reads one source again and again. After a failure it waits
// longer each time; a refused password waits until somebody asks.
func (e *Engine) keepReadingWith(ctx context.Context, read func(context.Context) error) {
	failures := 0
	for ctx.Err() == nil {
		wake := e.woken()
		err := read(ctx)
		wait := e.o.Every
		switch {
		case errors.Is(err, errPaused):
			continue
		case err == nil:
			failures = 0
		case needsPerson(err):
			wait = 0
		default:
			failures++
			wait = Backoff(failures, rand.Float64())
		}
		sleep(ctx, wait, wake)
	}
}

// needsPerson says that trying again by itself would only annoy the server.
func needsPerson(err error) bool {
	p, ok := data.AsProblem(err)
	return ok && (p.Kind == data.WrongPassword || p.Kind == data.NoPassword)
}

// Backoff is the pause before the next try after so many failures in a row: 5
// seconds, doubled each time, at most 15 minutes, less up to half of it by
// chance (0 to 1), so that many laptops do not come back at once.
func Backoff(failures int, chance float64) time.Duration {
	const first, most = 5 * time.Second, 15 * time.Minute
	wait := most
	if failures < 9 {
		wait = min(most, first<<max(failures-1, 0))
	}
	return wait - time.Duration(chance*float64(wait)/2)
}

// sleep waits; 0 waits until woken.
func sleep(ctx context.Context, wait time.Duration, wake <-chan struct{}) {
	var timer <-chan time.Time
	if wait > 0 {
		t := time.NewTimer(wait)
		defer t.Stop()
		timer = t.C
	}
	select {
	case <-ctx.Done():
	case <-timer:
	case <-wake:
	}
}

func (e *Engine) readUnlessPaused(ctx context.Context, f feed) error {
	if err := e.waitWhilePaused(ctx); err != nil {
		return err
	}
	own, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	stop := e.onPause(own, cancel)
	defer stop()
	err := e.read(own, f)
	if context.Cause(own) == errPaused && ctx.Err() == nil {
		return errPaused
	}
	return err
}
