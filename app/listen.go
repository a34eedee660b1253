package app

import (
	"context"
	"slices"
	"time"

	"rapport/app/bridge"
	"rapport/data"
	"rapport/data/store"
)

// How often the window looks for news.
const (
	redrawEach  = 200 * time.Millisecond // at most, while something changes
	foreignEach = 3 * time.Second        // writes of other processes
)

// quietKinds are kinds whose change no page shows but the status bar and
// Settings, which hear of it from the engine.
var quietKinds = []string{"cursor", "run", "draft"}

// listen makes the window notice commits, reports of the engine, writes of other
// processes and the passing of time.
func (w *window) listen() {
	changed := w.bg.Coalesce(redrawEach, func() {
		w.reload()
		w.refreshState()
	})
	w.stopWatch = w.db.Watch(func(c store.Changed) {
		if !slices.ContainsFunc(c.Kinds, func(k string) bool { return !slices.Contains(quietKinds, k) }) {
			return
		}
		changed()
	})
	w.reported = w.bg.CoalesceAfar(redrawEach, w.refreshState)
	w.bg.Every(time.Minute, w.minute)
	w.bg.Every(foreignEach, w.lookForForeign)
	w.refreshState()
	w.notice.look()
}

// report hears the engine, on the engine's goroutines.
func (w *window) report(data.Status) { w.reported() }

// lookForForeign reloads when another process has written.
func (w *window) lookForForeign() {
	bridge.Load(w.bg, &w.foreign.slot, w.db.DataVersion, func(version int, err error) {
		if err != nil {
			return // the page's own question says what is wrong
		}
		if w.foreign.known && version != w.foreign.version {
			w.reload()
			w.refreshState()
		}
		w.foreign.version, w.foreign.known = version, true
	})
}

// foreign is the count by which writes of other processes are noticed.
type foreign struct {
	slot    bridge.Slot
	version int
	known   bool
}

// refreshState asks how the sources stand and what waits, for rail and status
// bar.
func (w *window) refreshState() {
	bridge.Load(w.bg, &w.stateSlot, func(ctx context.Context) (state, error) {
		return gatherState(ctx, w.db, w.engine, w.now())
	}, func(s state, err error) {
		if err != nil {
			w.fail(err)
			return
		}
		w.rail.unfiled, w.rail.failing, w.rail.choices, w.rail.untold = s.unfiled, s.truth.failing(), s.truth.choices()+s.truth.asking() > 0, s.untold
		w.rail.holdOnly(s.truth.guest)
		w.rail.draw()
		w.status.truth = s.truth
		w.status.draw()
	})
}
