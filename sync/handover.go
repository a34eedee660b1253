package sync

import (
	"sync"

	"rapport/data"
	"rapport/data/store"
)

// handover lets a source read on while what it brought is being kept, so that
// neither the line nor the disk waits for the other. What came meanwhile is kept
// together, in one transaction: each costs a flush of the disk, however much is
// in it, so a slow disk gets few large ones, and the first batch still goes alone
// and at once. What waits is bounded, and so is what a cut makes it fetch again.
type handover struct {
	keep func([]store.Readied) error
	done chan struct{}

	mu      sync.Mutex
	changed sync.Cond
	waiting []store.Readied
	mails   int   // in waiting
	bytes   int   // of text in waiting
	failed  error // of keep; nothing is kept after it
	ended   bool
}

// Bounds on what waits to be kept.
const (
	mostWaiting      = 2000 // mails
	mostWaitingBytes = 16 << 20
)

// newHandover begins to keep what put is given, in its order, on a goroutine that
// end ends.
func newHandover(keep func([]store.Readied) error) *handover {
	h := &handover{keep: keep, done: make(chan struct{})}
	h.changed.L = &h.mu
	go h.run()
	return h
}

// put makes a batch ready, beside the writing of those before it, and hands it
// over; it waits while too much waits already. Its error is that of an earlier
// batch.
func (h *handover) put(b data.Batch) error {
	ready := store.Ready(b)
	h.mu.Lock()
	defer h.mu.Unlock()
	for h.failed == nil && (h.mails >= mostWaiting || h.bytes >= mostWaitingBytes) {
		h.changed.Wait()
	}
	if h.failed != nil {
		return h.failed
	}
	h.waiting = append(h.waiting, ready)
	h.mails += len(b.Arrived)
	h.bytes += ready.Bytes()
	h.changed.Broadcast()
	return nil
}

// end waits until all that was handed over is kept, and returns the error that
// prevented it.
func (h *handover) end() error {
	h.mu.Lock()
	h.ended = true
	h.changed.Broadcast()
	h.mu.Unlock()
	<-h.done
	return h.failed
}

func (h *handover) run() {
	defer close(h.done)
	for {
		batches := h.take()
		if len(batches) == 0 {
			return
		}
		if err := h.keep(batches); err != nil {
			h.mu.Lock()
			h.failed = err
			h.changed.Broadcast()
			h.mu.Unlock()
			return
		}
	}
}

// take waits for batches and takes all that wait; none when it has ended.
func (h *handover) take() []store.Readied {
	h.mu.Lock()
	defer h.mu.Unlock()
	for len(h.waiting) == 0 && !h.ended {
		h.changed.Wait()
	}
	batches := h.waiting
	h.waiting, h.mails, h.bytes = nil, 0, 0
	h.changed.Broadcast()
	return batches
}
