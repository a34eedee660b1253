package sync

import (
	"runtime/debug"
	"sync"
)

// roomFor is the garbage that may lie about while a mailbox is read for the first
// time, in percent of what is in use. Such a reading makes 700 MB of garbage of
// 60 MB of mail; at Go's 100 percent it is swept together some 30 times. With more
// room the sweeps cost less, but at 250 percent the heap of a mailbox of 200,000
// mails came to 191 MB, and 150 MB are what a first sync may take.
const roomFor = 150

// rooms counts the first readings that are under way, since the setting is the
// whole program's.
var rooms struct {
	mu  sync.Mutex
	n   int
	was int
}

// makeRoom lets garbage lie about until the returned function is called. Whoever
// gave the program more room, or told it never to sweep, is left to it.
func makeRoom() (leave func()) {
	rooms.mu.Lock()
	defer rooms.mu.Unlock()
	if rooms.n++; rooms.n == 1 {
		rooms.was = debug.SetGCPercent(roomFor)
		if rooms.was < 0 || rooms.was > roomFor {
			debug.SetGCPercent(rooms.was)
		}
	}
	return func() {
		rooms.mu.Lock()
		defer rooms.mu.Unlock()
		if rooms.n--; rooms.n == 0 {
			debug.SetGCPercent(rooms.was)
		}
	}
}
