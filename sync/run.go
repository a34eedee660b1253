package sync

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"rapport/data"
	"rapport/data/store"
)

// readFrom are the kinds of things of which a change may change what is read: an
// account that is left is not asked for news.
var readFrom = []string{"mailbox", "calendar", "feed", data.KindAccount}

// Run keeps reading: each source at once, then every few minutes, when there is
// news and when asked, until the context ends. It holds the workspace's lock; where another Rapport
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
	if err := e.db.Scrub(ctx); err != nil && ctx.Err() == nil { // what was cut short
		return err
	}
	changed := make(chan struct{}, 1)
	stop := e.db.Watch(func(c store.Changed) {
		if slices.Contains(c.Kinds, "leave_out") { // what may be read again is
			e.Ask()
		}
		if slices.ContainsFunc(c.Kinds, func(k string) bool { return slices.Contains(readFrom, k) }) {
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
	wg.Go(func() { e.keepSending(ctx) })
	wg.Go(func() { e.feelPulse(ctx) })
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
		e.follow(own, f)
	}()
	return r
}
