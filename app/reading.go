package app

import "rapport/sync"

// canRead says whether mail and calendars are read by this window.
func (w *window) canRead() bool { return w.engine != nil }

// readNow asks the engine to read everything now.
func (w *window) readNow() {
	if w.engine != nil {
		w.engine.Resume()
		w.engine.Ask()
		w.say("Reading mail and calendars")
	}
}

func (w *window) pause() {
	if w.engine != nil {
		w.engine.Pause()
		w.refreshState()
	}
}

func (w *window) resume() {
	if w.engine != nil {
		w.engine.Resume()
		w.refreshState()
	}
}

// startReading runs the engine for as long as the window is open.
func (w *window) startReading(e *sync.Engine) {
	w.engine = e
	w.bg.alongside(e.Run, func(err error) {
		w.engine = nil
		if err != nil && w.bg.ctx.Err() == nil {
			w.fail(err)
		}
		w.refreshState()
	})
}
