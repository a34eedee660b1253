package sync

import (
	"runtime/debug"
	"testing"
)

func TestRoomIsMadeForFirstReadingsOnly(t *testing.T) {
	percent := func() int {
		now := debug.SetGCPercent(100)
		debug.SetGCPercent(now)
		return now
	}
	defer debug.SetGCPercent(debug.SetGCPercent(100))
	for _, c := range []struct {
		name        string
		set, during int
	}{
		{"as Go has it", 100, roomFor},
		{"more room already", 400, 400},
		{"never swept", -1, -1},
	} {
		t.Run(c.name, func(t *testing.T) {
			debug.SetGCPercent(c.set)
			one := makeRoom()
			other := makeRoom()
			if got := percent(); got != c.during {
				t.Errorf("during two readings it is %d, want %d", got, c.during)
			}
			one()
			if got := percent(); got != c.during {
				t.Errorf("during the last it is %d, want %d", got, c.during)
			}
			other()
			if got := percent(); got != c.set {
				t.Errorf("afterwards it is %d, want %d", got, c.set)
			}
		})
	}
}
