package app

import (
	"strings"
	"time"

	"rapport/data"
	"rapport/sync"
)

// canRead says whether mail and calendars are read by this window.
func (w *window) canRead() bool { return w.engine != nil }

// readNow asks the engine to read everything now, and every space to be exchanged.
func (w *window) readNow() {
	if w.sharer != nil {
		w.sharer.Ask()
	}
	if w.engine != nil {
		w.engine.Resume()
		w.engine.Ask()
		w.say(readingNowWords(w.engine.Statuses(), w.now()))
	}
}

// readingNowWords say what is read when a person asks, and which servers asked to
// be left alone and until when: those are.
func readingNowWords(statuses []data.Status, now time.Time) string {
	var resting []string
	for _, s := range statuses {
		if s.Until.After(now) {
			_, name, _ := strings.Cut(s.Source, ":")
			resting = append(resting, name+" until "+sinceWords(s.Until.In(now.Location()), now))
		}
	}
	switch {
	case len(resting) == 0:
		return "Reading mail and calendars"
	case len(resting) == len(statuses):
		return "Not read now, since the server asked to be left alone: " + data.JoinAnd(resting)
	}
	return "Reading mail and calendars. Left alone, as its server asked: " + data.JoinAnd(resting)
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
	w.bg.Alongside(e.Run, func(err error) {
		w.engine = nil
		if err != nil && !w.bg.Over() {
			w.fail(err)
		}
		w.refreshState()
	})
}
