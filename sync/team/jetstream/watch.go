package jetstream

import (
	"context"

	"github.com/nats-io/nats.go"

	"rapport/data"
)

// Watch tells of what the hub stores, and of each time the connection comes
// back, since what came meanwhile was not told.
func (h *Hub) Watch(ctx context.Context, news func()) error {
	if ctx.Err() != nil {
		return nil
	}
	heard := make(chan struct{}, 1)
	told, err := h.nc.Subscribe(newsOf(h.space), func(*nats.Msg) {
		select {
		case heard <- struct{}{}:
		default: // one is waiting already
		}
	})
	if err != nil {
		return trouble(err, h.about)
	}
	defer func() { _ = told.Unsubscribe() }()
	changed := h.nc.StatusChanged(nats.CONNECTED, nats.CLOSED)
	defer h.nc.RemoveStatusListener(changed)
	short, cancel := context.WithTimeout(ctx, answer)
	err = h.nc.FlushWithContext(short) // the hub knows now that somebody watches
	cancel()
	if ctx.Err() != nil {
		return nil
	}
	if err != nil && !transient(err) {
		return trouble(err, h.about)
	}
	news()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-heard:
			news()
		case status := <-changed:
			if status == nats.CLOSED {
				return &data.Problem{Kind: data.Dropped, About: h.about}
			}
			news()
		}
	}
}
