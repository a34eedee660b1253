package store

import (
	"maps"
	"slices"

	"rapport/data/change"
)

// early are changes that are not applied yet, by log.
type early struct {
	have change.Vector // what was applied when the batch came
	by   map[string]map[uint64]change.Change
}

func newEarly(have change.Vector) *early {
	return &early{have: have.Clone(), by: map[string]map[uint64]change.Change{}}
}

// add takes a change; of two with one dot the first to come stays.
func (q *early) add(c change.Change) {
	if q.have.Has(c.Dot) {
		return
	}
	if q.by[c.Log] == nil {
		q.by[c.Log] = map[uint64]change.Change{}
	}
	if _, there := q.by[c.Log][c.Counter]; !there {
		q.by[c.Log][c.Counter] = c
	}
}

func (q *early) logs() []string { return slices.Sorted(maps.Keys(q.by)) }

// next takes the next change of a log out, if it is ready.
func (q *early) next(log string, have change.Vector) (change.Change, bool) {
	c, ok := q.by[log][have[log]+1]
	if !ok || !change.Ready(have, c) {
		return change.Change{}, false
	}
	delete(q.by[log], c.Counter)
	return c, true
}

// readEarly adds the changes that waited from earlier batches.
func (in *incoming) readEarly(queue *early) error {
	bodies, err := query(in.tx.ctx, in.tx.sql, scanString, `SELECT body FROM early_change WHERE space_id = ?`, in.space)
	if err != nil {
		return err
	}
	for _, body := range bodies {
		c, err := change.Decode([]byte(body))
		if err != nil {
			return err
		}
		queue.add(c)
	}
	return nil
}

// keepEarly keeps what still waits, in place of what waited before, and says how
// many changes these are.
func (in *incoming) keepEarly(queue *early) (n int, err error) {
	if _, err := in.tx.exec(`DELETE FROM early_change WHERE space_id = ?`, in.space); err != nil {
		return 0, err
	}
	for _, log := range queue.logs() {
		for _, c := range queue.by[log] {
			body, err := c.Encode()
			if err != nil {
				return n, err
			}
			if _, err := in.tx.exec(`INSERT INTO early_change (space_id, log, counter, body) VALUES (?, ?, ?, ?)`, in.space, c.Log, c.Counter, string(body)); err != nil {
				return n, err
			}
			n++
		}
	}
	return n, nil
}
