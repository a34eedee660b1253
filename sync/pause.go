package sync

import "context"

// signal wakes all who wait for it, each time it is given.
type signal struct{ given chan struct{} }

func newSignal() *signal { return &signal{make(chan struct{})} }

// give wakes those who wait. The engine's lock is held.
func (s *signal) give() {
	close(s.given)
	s.given = make(chan struct{})
}

// next is closed when a signal is given the next time.
func (e *Engine) next(s *signal) <-chan struct{} {
	e.mu.Lock()
	defer e.mu.Unlock()
	return s.given
}

func (e *Engine) give(signals ...*signal) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, s := range signals {
		s.give()
	}
}

// Ask wakes every source to be read now, but for those whose servers asked to be
// left alone: their time has to be over. It never waits.
func (e *Engine) Ask() { e.give(e.wake) }

// Pause stops reading at once; what was kept stays, and Resume goes on from
// there.
func (e *Engine) Pause() {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.paused == nil {
		e.paused = make(chan struct{})
		e.pause.give()
	}
}

// Resume goes on reading after Pause.
func (e *Engine) Resume() {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.paused != nil {
		close(e.paused)
		e.paused = nil
	}
}

// Paused says whether reading stands still by a person's wish.
func (e *Engine) Paused() bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.paused != nil
}

// waitWhilePaused returns once nobody wants a pause, with the signals of all that
// is to end what follows: one that is given later is not missed.
func (e *Engine) waitWhilePaused(ctx context.Context) (interrupts, error) {
	for {
		e.mu.Lock()
		paused, i := e.paused, interrupts{e.pause.given, e.jolt.given}
		e.mu.Unlock()
		if paused == nil {
			return i, nil
		}
		select {
		case <-paused:
		case <-ctx.Done():
			return i, ctx.Err()
		}
	}
}
