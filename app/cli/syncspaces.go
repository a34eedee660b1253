package cli

import (
	"time"

	"rapport/data"
	"rapport/data/store"
	"rapport/sync/secret"
	"rapport/sync/space"
)

// exchangedNow is how the exchange with one space went, and when.
type exchangedNow struct {
	exchangedJSON
	started time.Time
	took    time.Duration
}

// exchangeAll exchanges every space that has a place, one after another. What goes
// wrong with one is told in it and holds up no other; the error is the context's or
// the workspace's.
func (c *call) exchangeAll(db *store.DB, keys secret.Keeper) ([]exchangedNow, error) {
	list, err := db.Spaces(c.ctx)
	if err != nil {
		return nil, err
	}
	all := space.New(db, keys, c.now)
	var done []exchangedNow
	for _, s := range list {
		if s.Place == "" {
			continue
		}
		started := c.now()
		r, err := all.Sync(c.ctx, s.ID)
		if c.ctx.Err() != nil {
			return done, c.ctx.Err()
		}
		e := exchangedNow{exchangedOf(s, r), started, c.now().Sub(started)}
		if err != nil {
			e.Problem = err.Error()
		}
		done = append(done, e)
	}
	return done, nil
}

// ledger is the exchange as a line of the ledger: changes are what was seen.
func (e exchangedNow) ledger() ledgerJSON {
	var skipped, odd []data.Count
	if e.KeptOut > 0 {
		skipped = data.AddCount(skipped, "their authors were not allowed to make them", e.KeptOut)
	}
	if e.Waiting > 0 {
		skipped = data.AddCount(skipped, "they wait for changes that have not come yet", e.Waiting)
	}
	for _, why := range e.Refused {
		odd = data.AddCount(odd, "refused "+why, 1)
	}
	return ledgerJSON{
		Source: "space:" + e.Space, Folder: "changes", Started: moment(e.started), TookMS: e.took.Milliseconds(),
		Seen: e.Applied + e.KeptOut + e.Waiting, Kept: e.Applied, Sent: e.Sent, Skipped: full(skipped), Odd: full(odd), Problem: e.Problem,
	}
}
