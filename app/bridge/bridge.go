// Package bridge is the only way from the window's goroutine to others and back:
// a page asks and changes things off it, and hears of the answers on it. Nowhere
// else in the window is a go statement or fyne.Do.
//
// It refuses to know what is asked or drawn. Since everything comes back on one
// goroutine, no page needs a lock.
package bridge

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
)

// slowAfter is how long an answer may take before the page says that it waits.
const slowAfter = 300 * time.Millisecond

// closingGrace is how long closing waits for writes before it cancels them.
const closingGrace = 2 * time.Second

// Bridge is what one window has under way. Everything but hint functions is called
// on the window's goroutine, and so is everything that is handed to it to be
// called back. After Close nothing is called back any more.
type Bridge struct {
	ctx    context.Context // of questions and of what runs alongside
	cancel context.CancelFunc
	// writes is the context of what changes something: it outlives ctx by the
	// closing grace.
	writes       context.Context
	cancelWrites context.CancelFunc
	// Start runs something off the window's goroutine. A test may put another there
	// and hold back what was started.
	Start func(func())
	post  func(func()) // runs something on the window's goroutine
	// Later runs something on the window's goroutine after a while, unless it is
	// stopped before.
	Later  func(wait time.Duration, do func()) (stop func())
	acts   []chan struct{}
	inline bool
	closed bool
}

// New returns the bridge of a real window. It ends with ctx.
func New(ctx context.Context) *Bridge {
	bg := &Bridge{Start: func(f func()) { go f() }, post: fyne.Do}
	bg.begin(ctx)
	bg.Later = func(wait time.Duration, do func()) func() {
		timer := time.AfterFunc(wait, func() { bg.post(do) })
		return func() { timer.Stop() }
	}
	return bg
}

// Inline returns a bridge that does everything at once on the caller's
// goroutine, for tests and for pictures: nothing is ever under way, and nothing
// happens by itself.
func Inline(ctx context.Context) *Bridge {
	at := func(f func()) { f() }
	bg := &Bridge{Start: at, post: at, inline: true}
	bg.begin(ctx)
	bg.Later = func(time.Duration, func()) func() { return func() {} }
	return bg
}

// Child returns a bridge of the same kind that ends with this one or before.
func (bg *Bridge) Child() *Bridge {
	if bg.inline {
		return Inline(bg.ctx)
	}
	return New(bg.ctx)
}

func (bg *Bridge) begin(ctx context.Context) {
	bg.ctx, bg.cancel = context.WithCancel(ctx)
	bg.writes, bg.cancelWrites = context.WithCancel(context.WithoutCancel(ctx))
}

// Slot is a place for one answer, such as a page's rows: a newer question of the
// slot cancels the older one, whose answer is dropped. Its zero value is ready.
type Slot struct {
	question int
	cancel   context.CancelFunc // nil when nothing is under way
	// Slow, if set, is called once when an answer takes longer than 300 ms.
	Slow func()
}

// Load asks off the window's goroutine and draws on it. The context of ask ends
// with the slot's next question, with Drop and with Close; then nothing is drawn.
func Load[T any](bg *Bridge, s *Slot, ask func(context.Context) (T, error), draw func(T, error)) {
	s.Drop()
	ctx, cancel := context.WithCancel(bg.ctx)
	s.cancel = cancel
	mine := s.question
	current := func() bool { return !bg.closed && s.question == mine && s.cancel != nil }
	stop := bg.Later(slowAfter, func() {
		if current() && s.Slow != nil {
			s.Slow()
		}
	})
	bg.Start(func() {
		answer, err := ask(ctx)
		bg.post(func() {
			stop()
			cancel()
			if current() {
				s.cancel = nil
				draw(answer, err)
			}
		})
	})
}

// Drop cancels the question under way, if there is one; its answer is not drawn.
func (s *Slot) Drop() {
	s.question++
	if s.cancel != nil {
		s.cancel()
		s.cancel = nil
	}
}

// Busy says whether a question is under way.
func (s *Slot) Busy() bool { return s.cancel != nil }

// Act changes something off the window's goroutine and tells done how it went;
// done may be nil. Closing the window waits for it.
func Act(bg *Bridge, do func(context.Context) error, done func(error)) {
	bg.run(bg.writes, do, done)
}

// ActUntil is Act that can be stopped: what it returns cancels its context.
func ActUntil(bg *Bridge, do func(context.Context) error, done func(error)) (stop func()) {
	ctx, cancel := context.WithCancel(bg.writes)
	bg.run(ctx, do, func(err error) {
		cancel()
		done(err)
	})
	return cancel
}

func (bg *Bridge) run(ctx context.Context, do func(context.Context) error, done func(error)) {
	finished := make(chan struct{})
	bg.acts = append(underWay(bg.acts), finished)
	bg.Start(func() {
		err := do(ctx)
		close(finished)
		bg.post(func() {
			if !bg.closed && done != nil {
				done(err)
			}
		})
	})
}

func underWay(acts []chan struct{}) []chan struct{} {
	var open []chan struct{}
	for _, a := range acts {
		select {
		case <-a:
		default:
			open = append(open, a)
		}
	}
	return open
}

// Alongside runs something for as long as the window is open, as the engine is;
// ended hears of its end. An inline bridge does not run it.
func (bg *Bridge) Alongside(run func(context.Context) error, ended func(error)) {
	if !bg.inline {
		bg.run(bg.ctx, run, ended)
	}
}

// Coalesce returns a function that any goroutine may call as often as it likes:
// soon after, do runs, at most once each while and once more after the last
// call.
func (bg *Bridge) Coalesce(each time.Duration, do func()) (hint func()) {
	if bg.inline {
		return do
	}
	hints := make(chan struct{}, 1)
	go func() {
		for bg.wait(hints) {
			bg.post(func() {
				if !bg.closed {
					do()
				}
			})
			pause := time.NewTimer(each)
			select {
			case <-bg.ctx.Done():
			case <-pause.C:
			}
			pause.Stop()
		}
	}()
	return func() {
		select {
		case hints <- struct{}{}:
		default: // one is waiting already
		}
	}
}

// Relay returns a function that any goroutine may call: each time do hears of it
// on the window's goroutine.
func Relay[A, B any](bg *Bridge, do func(A, B)) func(A, B) {
	return func(a A, b B) {
		bg.post(func() {
			if !bg.closed {
				do(a, b)
			}
		})
	}
}

// CoalesceAfar is Coalesce for hints that come from other goroutines, as the
// engine's reports do. An inline bridge has one goroutine and hears none.
func (bg *Bridge) CoalesceAfar(each time.Duration, do func()) (hint func()) {
	if bg.inline {
		return func() {}
	}
	return bg.Coalesce(each, do)
}

// wait returns true at the next hint and false at the end.
func (bg *Bridge) wait(hints <-chan struct{}) bool {
	select {
	case <-bg.ctx.Done():
		return false
	case <-hints:
		return true
	}
}

// Every runs do again and again until the end. An inline bridge never does.
func (bg *Bridge) Every(d time.Duration, do func()) {
	if bg.inline {
		return
	}
	bg.Later(d, func() {
		if bg.closed || bg.ctx.Err() != nil {
			return
		}
		do()
		bg.Every(d, do)
	})
}

// WhenOver calls do when the context ends, as it does on a signal.
func (bg *Bridge) WhenOver(do func()) {
	if !bg.inline {
		go func() {
			<-bg.ctx.Done()
			bg.post(do)
		}()
	}
}

// Over says whether the bridge has ended or is about to: what fails then need
// not be told, and nothing new need begin.
func (bg *Bridge) Over() bool { return bg.ctx.Err() != nil }

// Close ends everything and waits for it: questions and what runs alongside at
// once, writes when they are done or after two seconds.
func (bg *Bridge) Close() {
	if bg.closed {
		return
	}
	bg.closed = true
	bg.cancel()
	defer bg.cancelWrites()
	grace := time.AfterFunc(closingGrace, bg.cancelWrites)
	defer grace.Stop()
	for _, a := range bg.acts {
		<-a
	}
}
