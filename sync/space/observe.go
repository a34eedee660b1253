package space

import "context"

// observeBatch is of how many mails it is decided in one transaction, so that whoever
// writes meanwhile waits a moment at most.
const observeBatch = 500

// observe tells the space of our mail what its rules let out now, and takes back
// what they do not any more, before what is new is sealed.
func (r *round) observe(ctx context.Context) error {
	if r.lastEpoch() == "" || r.myRole() == "" {
		return nil
	}
	for {
		n, err := r.s.db.Observe(ctx, r.space.ID, observeBatch)
		if err != nil || n == 0 {
			return err
		}
	}
}
