package app

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
)

// slowAfter is how long an answer may take before the page says that it waits.
const slowAfter = 300 * time.Millisecond

// closingGrace is how long closing waits for writes before it cancels them.
const closingGrace = 2 * time.Second

// background is the one bridge between the window's goroutine and the rest.
// Everything but hint functions is called on the window's goroutine, and so is
// everything that is handed to it to be called back. After close nothing is
// called back any more.
type background struct {
	ctx    context.Context // of questions and of what runs alongside
	cancel context.CancelFunc
	// writes is the context of what changes something: it outlives ctx by the
	// closing grace.
	writes       context.Context
	cancelWrites context.CancelFunc
	// start runs something off the window's goroutine. A test may put another there
	// and hold back what was started.
	start func(func())
	post  func(func()) // runs something on the window's goroutine
	// later runs something on the window's goroutine after a while, unless it is
	// stopped before.
	later  func(wait time.Duration, do func()) (stop func())
	acts   []chan struct{}
	inline bool
	closed bool
}

// newBackground returns the bridge of a real window. It ends with ctx.
func newBackground(ctx context.Context) *background {
	bg := &background{start: func(f func()) { go f() }, post: fyne.Do}
	bg.begin(ctx)
	bg.later = func(wait time.Duration, do func()) func() {
		timer := time.AfterFunc(wait, func() { bg.post(do) })
		return func() { timer.Stop() }
	}
	return bg
}

// newInline returns a bridge that does everything at once on the caller's
// goroutine, for tests and for pictures: nothing is ever under way, and nothing
// happens by itself.
func newInline(ctx context.Context) *background {
	at := func(f func()) { f() }
	bg := &background{start: at, post: at, inline: true}
	bg.begin(ctx)
	bg.later = func(time.Duration, func()) func() { return func() {} }
	return bg
}

// child returns a bridge of the same kind that ends with this one or before.
func (bg *background) child() *background {
	if bg.inline {
		return newInline(bg.ctx)
	}
	return newBackground(bg.ctx)
}

func (bg *background) begin(ctx context.Context) {
	bg.ctx, bg.cancel = context.WithCancel(ctx)
	bg.writes, bg.cancelWrites = context.WithCancel(context.WithoutCancel(ctx))
}

// slot is a place for one answer, such as a page's rows: a newer question of the
// slot cancels the older one, whose answer is dropped. Its zero value is ready.
type slot struct {
	question int
	cancel   context.CancelFunc // nil when nothing is under way
	// slow, if set, is called once when an answer takes longer than slowAfter.
	slow func()
}

// load asks off the window's goroutine and draws on it.
func load[T any](bg *background, s *slot, ask func(context.Context) (T, error), draw func(T, error)) {
	s.drop()
	ctx, cancel := context.WithCancel(bg.ctx)
	s.cancel = cancel
	mine := s.question
	current := func() bool { return !bg.closed && s.question == mine && s.cancel != nil }
	stop := bg.later(slowAfter, func() {
		if current() && s.slow != nil {
			s.slow()
		}
	})
	bg.start(func() {
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

// drop cancels the question under way, if there is one; its answer is not drawn.
func (s *slot) drop() {
	s.question++
	if s.cancel != nil {
		s.cancel()
		s.cancel = nil
	}
}

// busy says whether a question is under way.
func (s *slot) busy() bool { return s.cancel != nil }

// act changes something off the window's goroutine and tells done how it went;
// done may be nil. Closing the window waits for it.
func act(bg *background, do func(context.Context) error, done func(error)) {
	bg.run(bg.writes, do, done)
}

// actUntil is act that can be stopped: what it returns cancels its context.
func actUntil(bg *background, do func(context.Context) error, done func(error)) (stop func()) {
	ctx, cancel := context.WithCancel(bg.writes)
	bg.run(ctx, do, func(err error) {
		cancel()
		done(err)
	})
	return cancel
}

func (bg *background) run(ctx context.Context, do func(context.Context) error, done func(error)) {
	finished := make(chan struct{})
	bg.acts = append(underWay(bg.acts), finished)
	bg.start(func() {
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

// alongside runs something for as long as the window is open, as the engine is;
// ended hears of its end. An inline bridge does not run it.
func (bg *background) alongside(run func(context.Context) error, ended func(error)) {
	if !bg.inline {
		bg.run(bg.ctx, run, ended)
	}
}

// coalesce returns a function that any goroutine may call as often as it likes:
// soon after, do runs, at most once each while and once more after the last
// call.
func (bg *background) coalesce(each time.Duration, do func()) (hint func()) {
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

// relay returns a function that any goroutine may call: each time do hears of it
// on the window's goroutine.
func relay[A, B any](bg *background, do func(A, B)) func(A, B) {
	return func(a A, b B) {
		bg.post(func() {
			if !bg.closed {
				do(a, b)
			}
		})
	}
}

// coalesceAfar is coalesce for hints that come from other goroutines, as the
// engine's reports do. An inline bridge has one goroutine and hears none.
func (bg *background) coalesceAfar(each time.Duration, do func()) (hint func()) {
	if bg.inline {
		return func() {}
	}
	return bg.coalesce(each, do)
}

// wait returns true at the next hint and false at the end.
func (bg *background) wait(hints <-chan struct{}) bool {
	select {
	case <-bg.ctx.Done():
		return false
	case <-hints:
		return true
	}
}

// every runs do again and again until the end. An inline bridge never does.
func (bg *background) every(d time.Duration, do func()) {
	if bg.inline {
		return
	}
	bg.later(d, func() {
		if bg.closed || bg.ctx.Err() != nil {
			return
		}
		do()
		bg.every(d, do)
	})
}

// whenOver calls do when the context ends, as it does on a signal.
func (bg *background) whenOver(do func()) {
	if !bg.inline {
		go func() {
			<-bg.ctx.Done()
			bg.post(do)
		}()
	}
}

// over says whether the bridge has ended or is about to: what fails then need
// not be told, and nothing new need begin.
func (bg *background) over() bool { return bg.ctx.Err() != nil }

// close ends everything: questions and what runs alongside at once, writes when
// they are done or after a grace.
func (bg *background) close() {
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
