package sync

import "context"

// Ask wakes every source to be read now. It never waits.
func (e *Engine) Ask() {
	e.mu.Lock()
	defer e.mu.Unlock()
	close(e.wake)
	e.wake = make(chan struct{})
}

func (e *Engine) woken() <-chan struct{} {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.wake
}

// Pause stops reading at once; what was kept stays, and Resume goes on from
// there.
func (e *Engine) Pause() {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.paused == nil {
		e.paused = make(chan struct{})
		close(e.pausing())
	}
}

// Resume goes on reading after Pause.
func (e *Engine) Resume() {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.paused != nil {
		close(e.paused)
		e.paused, e.pause = nil, nil
	}
}

// Paused says whether reading stands still by a person's wish.
func (e *Engine) Paused() bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.paused != nil
}

// pausing is closed by the next Pause. The lock is held.
func (e *Engine) pausing() chan struct{} {
	if e.pause == nil {
		e.pause = make(chan struct{})
	}
	return e.pause
}

func (e *Engine) waitWhilePaused(ctx context.Context) error {
	e.mu.Lock()
	paused := e.paused
	e.mu.Unlock()
	if paused == nil {
		return nil
	}
	select {
	case <-paused:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// onPause cancels the context when somebody asks for a pause.
func (e *Engine) onPause(ctx context.Context, cancel context.CancelCauseFunc) (stop func()) {
	e.mu.Lock()
	pausing := e.pausing()
	e.mu.Unlock()
	done := make(chan struct{})
	go func() {
		select {
		case <-pausing:
			cancel(errPaused)
		case <-ctx.Done():
		case <-done:
		}
	}()
	return func() { close(done) }
}
