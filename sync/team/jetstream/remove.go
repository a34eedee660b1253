package jetstream

import (
	"context"
	"encoding/json"
	"errors"

	"rapport/sync/team"
)

// A Cleaner is a hub reached with the credentials of a space's administrator, who alone
// may take pieces away. With a member's, the hub refuses.
type Cleaner struct{ *Hub }

// Remove takes a piece away, and whatever broken lies under its name; the servers write
// over its bytes. One that is not there is nil.
func (c Cleaner) Remove(ctx context.Context, name string) error {
	if _, _, _, err := team.Parts(name); err != nil {
		return err
	}
	for from := uint64(1); ; {
		m, err := c.next(ctx, name, from)
		if err != nil || m == nil {
			return err
		}
		if err := c.erase(ctx, m.number); err != nil {
			return err
		}
		from = m.number + 1
	}
}

// erase takes a message away, which may have gone already: a server that lags still
// shows it.
func (c Cleaner) erase(ctx context.Context, number uint64) error {
	err := c.api(ctx, "STREAM.MSG.DELETE."+streamOf(c.space), map[string]uint64{"seq": number}, nil)
	var no *refusal
	if err == nil || !errors.As(err, &no) {
		return err
	}
	var said json.RawMessage
	gone := c.api(ctx, "STREAM.MSG.GET."+streamOf(c.space), map[string]uint64{"seq": number}, &said)
	if errors.As(gone, &no) && no.Number == noMessage {
		return nil
	}
	return err
}

var _ team.Remover = Cleaner{}
