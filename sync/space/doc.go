// Package space keeps what a team shares the same on all its laptops. It stands
// between the store, which has the changes, and team, which seals them and
// takes them from laptop to laptop: it knows who we are, opens what came, asks
// who was allowed to write it, and sends what is new.
package space

import (
	"context"
	"sync"
	"time"

	"rapport/data"
	"rapport/data/store"
	"rapport/sync/secret"
	"rapport/sync/team"
)

// Spaces are the spaces of one workspace. Its methods may block on the network,
// on a disk and on the keyring, so none belongs on a window's goroutine.
type Spaces struct {
	db   *store.DB
	keys secret.Keeper
	now  func() time.Time
	// carrier is the way to a space's place.
	carrier func(ctx context.Context, s data.Space, fresh bool) (team.Carrier, error)

	asks chan struct{} // somebody called Ask

	mu      sync.Mutex
	turns   map[string]chan struct{}     // by space: full while somebody is at work on it
	learned map[string]learned           // by space
	parts   map[string]team.SnapshotPart // by name of the piece, without registers
	words   map[string]team.Word         // by name of the piece
	proof   proof                        // what me was read from
	me      identity
	judged  map[string]judgedSnapshots  // by space
	closed  map[string]closed           // by space
	rebuilt map[string]store.SpaceStand // by space: where its state was built anew

	companies map[string]company // by space
	pens      pens
}

// New returns the spaces of a workspace. now is the clock; nil is the system's.
func New(db *store.DB, keys secret.Keeper, now func() time.Time) *Spaces {
	if now == nil {
		now = time.Now
	}
	s := &Spaces{db: db, keys: keys, now: now, asks: make(chan struct{}, 1), turns: map[string]chan struct{}{}, learned: map[string]learned{}, parts: map[string]team.SnapshotPart{}, words: map[string]team.Word{}, rebuilt: map[string]store.SpaceStand{}, judged: map[string]judgedSnapshots{}, closed: map[string]closed{}, companies: map[string]company{}, pens: pens{bells: map[chan struct{}]bool{}, heard: map[heardFrom]pen{}}}
	s.carrier = s.placeOf
	return s
}
