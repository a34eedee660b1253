package sync

import (
	"maps"
	"slices"
	"strings"

	"rapport/data"
)

func (e *Engine) report(s data.Status) {
	e.mu.Lock()
	e.statuses[s.Source] = s
	e.mu.Unlock()
	e.o.Report(s)
}

func (e *Engine) status(source string) data.Status {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.statuses[source]
}

// forget lets go how a source stood that is read no more.
func (e *Engine) forget(source string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	delete(e.statuses, source)
}

// remember takes over how the sources stood when the program ran last, and
// forgets those that are no more.
func (e *Engine) remember(runs []data.Status, feeds []feed) {
	e.mu.Lock()
	defer e.mu.Unlock()
	known := map[string]data.Status{}
	for _, f := range feeds {
		known[f.Name()] = data.Status{Source: f.Name()}
		if s, ok := e.statuses[f.Name()]; ok {
			known[f.Name()] = s
		}
	}
	for _, r := range runs {
		if s, ok := known[r.Source]; ok && s.At.IsZero() && !s.Running && s.Problem == "" {
			known[r.Source] = r
		}
	}
	e.statuses = known
}

// Statuses returns how every source stands, by name.
func (e *Engine) Statuses() []data.Status {
	e.mu.Lock()
	defer e.mu.Unlock()
	return slices.SortedFunc(maps.Values(e.statuses), func(a, b data.Status) int { return strings.Compare(a.Source, b.Source) })
}
