package change

import "maps"

// A Vector says how much of each log was seen: the first v[log] changes of it.
// A log that is not in it was not seen at all; nil is the empty vector.
type Vector map[string]uint64

// Has says whether the change d was seen.
func (v Vector) Has(d Dot) bool { return d.Counter <= v[d.Log] }

// Covers says whether everything in w was seen.
func (v Vector) Covers(w Vector) bool {
	for log, n := range w {
		if n > v[log] {
			return false
		}
	}
	return true
}

// Add raises v so that it has d.
func (v Vector) Add(d Dot) { v[d.Log] = max(v[d.Log], d.Counter) }

// Merge raises v so that it covers w.
func (v Vector) Merge(w Vector) {
	for log, n := range w {
		v.Add(Dot{log, n})
	}
}

// Since returns the entries of v that w does not cover.
func (v Vector) Since(w Vector) Vector {
	news := Vector{}
	for log, n := range v {
		if n > w[log] {
			news[log] = n
		}
	}
	return news
}

// Clone returns a copy that shares nothing with v, and is never nil.
func (v Vector) Clone() Vector {
	if v == nil {
		return Vector{}
	}
	return maps.Clone(v)
}

// Ready says whether c is the next change to apply from its log where have is
// what was applied: the previous change of its log is there, and so is all that
// its author had seen. A change that is not ready waits; one that have already
// has is a duplicate and is dropped.
func Ready(have Vector, c Change) bool {
	return c.Counter == have[c.Log]+1 && have.Covers(c.Deps) && have.Covers(c.Over)
}
