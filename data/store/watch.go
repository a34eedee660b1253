package store

import (
	"context"
	"sync"
	"sync/atomic"
)

// Changed says after a commit which kinds of rows may be others now. It is a
// hint: who hears it asks again.
type Changed struct{ Kinds []string }

type watchers struct {
	mu    sync.Mutex
	next  int
	calls map[int]func(Changed)

	version atomic.Int64 // the data version that was seen last
}

// Watch calls back after every commit of this process, on the goroutine that
// committed, until the returned function is called. The call must be quick and
// must not write.
func (db *DB) Watch(call func(Changed)) (stop func()) {
	w := &db.watch
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.calls == nil {
		w.calls = map[int]func(Changed){}
	}
	id := w.next
	w.next++
	w.calls[id] = call
	return func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		delete(w.calls, id)
	}
}

func (w *watchers) tell(c Changed) {
	w.mu.Lock()
	calls := make([]func(Changed), 0, len(w.calls))
	for _, call := range w.calls {
		calls = append(calls, call)
	}
	w.mu.Unlock()
	for _, call := range calls {
		call(c)
	}
}

// DataVersion is a number that changes whenever another process has written to
// the workspace, and stays for writes of this one.
func (db *DB) DataVersion(ctx context.Context) (int, error) {
	n, err := one(ctx, db.write, scanInt, `PRAGMA data_version`)
	if before := db.watch.version.Swap(int64(n)); err == nil && before != int64(n) {
		db.forget()
	}
	return n, wrapNoun(err, "data version")
}

// forget lets go of all that was made of what is in the file.
func (db *DB) forget() {
	db.warmth.forget()
	db.standing.forget()
	db.heard.forget()
	db.awaited.forget()
	db.past.forget()
}
