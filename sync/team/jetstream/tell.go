package jetstream

import (
	"context"
	"fmt"

	"github.com/nats-io/nats.go"

	"rapport/data"
	"rapport/sync/team"
)

// Tell sends what a laptop says just now to those who listen; no server keeps it.
func (h *Hub) Tell(ctx context.Context, by string, body []byte) error {
	switch {
	case !team.IsTag(by):
		return fmt.Errorf("%.40q is no laptop's tag", by)
	case len(body) > team.MaxTold:
		return team.ErrTooLarge
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := h.nc.Publish(nowOf(h.space)+by, body); err != nil {
		return trouble(err, h.about)
	}
	short, cancel := context.WithTimeout(ctx, answer)
	defer cancel()
	if err := h.nc.FlushWithContext(short); err != nil {
		return trouble(err, h.about)
	}
	return nil
}

// Hear listens to what laptops say from now on.
func (h *Hub) Hear(ctx context.Context, heard func(by string, body []byte)) error {
	if ctx.Err() != nil {
		return nil
	}
	messages := make(chan *nats.Msg, 64)
	listening, err := h.nc.ChanSubscribe(nowOf(h.space)+"*", messages)
	if err != nil {
		return trouble(err, h.about)
	}
	defer func() { _ = listening.Unsubscribe() }()
	closed := h.nc.StatusChanged(nats.CLOSED)
	defer h.nc.RemoveStatusListener(closed)
	for {
		select {
		case <-ctx.Done():
			return nil
		case m := <-messages:
			if by := m.Subject[len(nowOf(h.space)):]; team.IsTag(by) && len(m.Data) <= team.MaxTold {
				heard(by, m.Data)
			}
		case <-closed:
			return &data.Problem{Kind: data.Dropped, About: h.about}
		}
	}
}

var _ team.Herald = (*Hub)(nil)
