package store

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"rapport/data"
)

// pastCache holds what happened with the contacts whom suggestions are about, so
// that a write costs those whose past it touched.
type pastCache struct {
	making sync.Mutex               // one asking at a time; it guards what follows
	of     map[string][]heardMoment // by Contact.ID: all of it, the newest first

	mu     sync.Mutex
	stale  map[string]bool // by Contact.ID
	forgot bool
}

// drop marks whose past is another now.
func (c *pastCache) drop(t touchedHistory) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.stale == nil {
		c.stale = map[string]bool{}
	}
	maps.Copy(c.stale, t.contacts)
}

func (c *pastCache) forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.forgot = true
}

// refresh lets go of what a write made another. What is written from here on is
// stale the next time.
func (c *pastCache) refresh() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.of == nil || c.forgot {
		c.of = map[string][]heardMoment{}
	}
	for id := range c.stale {
		delete(c.of, id)
	}
	c.stale, c.forgot = map[string]bool{}, false
}

// endOfTime is after all that is kept of when something happened.
var endOfTime = time.Unix(1<<41, 0)

// pasts are what happened with contacts up to a moment and was known then, by
// Contact.ID, the newest first. The making lock must be held.
func (db *DB) pasts(ctx context.Context, contacts []string, at time.Time) (map[string][]data.Moment, error) {
	c := &db.past
	missing := slices.DeleteFunc(slices.Clone(contacts), func(id string) bool { _, known := c.of[id]; return known })
	read, err := heardOf(ctx, db.read, endOfTime, `p.contact_id IN (SELECT value FROM json_each(?2))`, listJSON(missing))
	if err != nil {
		return nil, err
	}
	for _, id := range missing {
		c.of[id] = read[id]
	}
	asked := make(map[string][]heardMoment, len(contacts))
	for _, id := range contacts {
		asked[id] = c.of[id]
	}
	return momentsBy(asked, at), nil
}

// keepOnly lets go of all but the contacts named.
func (c *pastCache) keepOnly(contacts map[string]bool) {
	maps.DeleteFunc(c.of, func(id string, _ []heardMoment) bool { return !contacts[id] })
}
