package sync

import (
	"context"
	"net"
	"slices"
	"time"
)

// pulseEvery is how often the laptop is felt, and slept how much later than that
// a beat comes when it slept in between: nothing else delays one so long.
const (
	pulseEvery = 5 * time.Second
	slept      = 30 * time.Second
)

// feelPulse finds out that the laptop slept, by the clock on the wall: the timer
// stood still meanwhile; and that it came to another network or left one. It asks
// nobody outside.
func (e *Engine) feelPulse(ctx context.Context) {
	tick := time.NewTicker(pulseEvery)
	defer tick.Stop()
	at, here := e.wall(), e.addresses()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		now, there := e.wall(), e.addresses()
		if there == nil {
			there = here
		}
		switch {
		case now.Sub(at) > pulseEvery+slept, !within(here, there):
			e.give(e.jolt, e.nudge)
		case !within(there, here):
			e.give(e.nudge)
		}
		at, here = now, there
	}
}

// wall is now by the clock on the wall alone.
func (e *Engine) wall() time.Time { return e.o.Now().Round(0) }

// within says whether all of a are in b.
func within(a, b []string) bool {
	return !slices.ContainsFunc(a, func(s string) bool { return !slices.Contains(b, s) })
}

// ownAddresses are the addresses by which this laptop reaches others.
func ownAddresses() []string {
	all, err := net.InterfaceAddrs()
	if err != nil {
		return nil
	}
	own := []string{} // nil says that it is not known
	for _, a := range all {
		if ip, ok := a.(*net.IPNet); ok && ip.IP.IsGlobalUnicast() {
			own = append(own, a.String())
		}
	}
	return own
}
