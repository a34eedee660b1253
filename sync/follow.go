package sync

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"rapport/data"
)

// Why what is under way ends early.
var (
	errPaused = errors.New("paused")
	errJolted = errors.New("the laptop slept, or left its network")
)

// interrupts are signals that end what is under way.
type interrupts struct{ pause, jolt <-chan struct{} }

// follow reads one source again and again, on one connection where it can keep
// one open and hear of news.
func (e *Engine) follow(ctx context.Context, f feed) {
	c := course{read: func(ctx context.Context) error { return e.read(ctx, f) }, every: f.every}
	if f.every > 0 {
		c.pause = func() time.Duration { return e.pauseOf(f) }
	}
	if f.line != nil {
		l := f.line()
		defer l.Close()
		f.Source, c.drop = l, l.Close
		c.hear = func(ctx context.Context, until <-chan struct{}) error { return e.heed(ctx, f, l.Await(ctx, until)) }
	}
	e.keepReading(ctx, c)
}

// course is how one source is read: read once, then hear until there is news or
// until is closed. hear, drop and pause may be nil; drop lets go of what they keep
// open. pause is how long it rests after a reading that went well, Options.Every
// if nil, and every the least between two questions where one failed, 0 for
// Backoff alone.
type course struct {
	read  func(context.Context) error
	pause func() time.Duration
	every time.Duration
	hear  func(ctx context.Context, until <-chan struct{}) error
	drop  func()
}

// keepReading reads when there is news, every few minutes and when asked. After a
// failure it waits longer each time, and as long as a server asks for; a refused
// password waits until somebody asks.
func (e *Engine) keepReading(ctx context.Context, c course) {
	failures := 0
	for {
		ends, err := e.waitWhilePaused(ctx)
		if err != nil {
			return
		}
		wake, nudge := e.next(e.wake), e.next(e.nudge) // what happens while it reads counts
		err = ends.undisturbed(ctx, c.read)
		if err == nil {
			failures = 0
			err = ends.undisturbed(ctx, func(ctx context.Context) error { return e.rest(ctx, c, wake) })
		}
		switch {
		case ctx.Err() != nil:
			return
		case err == nil:
		case errors.Is(err, errPaused), errors.Is(err, errJolted):
			if c.drop != nil {
				c.drop()
			}
		default:
			failures++
			e.waitAfter(ctx, err, failures, c.every, wake, nudge)
		}
	}
}

// undisturbed does something unless a pause is asked for or the laptop is jolted:
// then its context ends, and the error says why.
func (i interrupts) undisturbed(ctx context.Context, do func(context.Context) error) error {
	own, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	go func() {
		select {
		case <-i.pause:
			cancel(errPaused)
		case <-i.jolt:
			cancel(errJolted)
		case <-own.Done():
		}
	}()
	err := do(own)
	if cause := context.Cause(own); ctx.Err() == nil && cause != nil {
		return cause
	}
	return err
}

// rest is the time between two readings that go well.
func (e *Engine) rest(ctx context.Context, c course, wake <-chan struct{}) error {
	pause := e.o.Every
	if c.pause != nil {
		pause = c.pause()
	}
	if c.hear == nil {
		sleep(ctx, pause, wake, nil)
		return nil
	}
	own, cancel := context.WithCancel(ctx)
	until := make(chan struct{})
	go func() {
		sleep(own, pause, wake, nil)
		close(until)
	}()
	err := c.hear(ctx, until)
	cancel()
	<-until
	return err
}

// waitAfter waits after so many failures in a row, the last of which is err. What
// a server asks for is waited out to the moment, whoever asks.
func (e *Engine) waitAfter(ctx context.Context, err error, failures int, every time.Duration, wake, nudge <-chan struct{}) {
	p, _ := data.AsProblem(err)
	wait := data.Backoff(failures, rand.Float64())
	if every > 0 {
		wait = min(every<<min(failures-1, 5), mostBetween)
	}
	switch {
	case p == nil:
		sleep(ctx, wait, wake, nudge)
	case p.Wait > 0:
		sleep(ctx, p.Wait, nil, nil)
	case needsPerson(p.Kind):
		sleep(ctx, 0, wake, nil)
	case p.Kind == data.Offline, p.Kind == data.UnknownHost: // no server is troubled by trying
		sleep(ctx, min(wait, offlineMost), wake, nudge)
	default:
		sleep(ctx, wait, wake, nudge)
	}
}

// mostBetween is the longest pause after failures of what has a pace of its own.
const mostBetween = 24 * time.Hour

// offlineMost is the longest pause while there is no network.
const offlineMost = time.Minute

// needsPerson says that trying again by itself would only annoy the server.
func needsPerson(k data.ProblemKind) bool {
	switch k {
	case data.WrongPassword, data.NoPassword, data.SignInAgain, data.SignInDenied, data.TokenRefused, data.NoClientID, data.WrongClientID, data.NoTokens, data.FeedGone:
		return true
	}
	return false
}

// sleep waits; 0 waits until woken.
func sleep(ctx context.Context, wait time.Duration, wake, nudge <-chan struct{}) {
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
	case <-nudge:
	}
}
