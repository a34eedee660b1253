package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"rapport/data"
	"rapport/data/store"
	"rapport/sync/space"
)

func spaceSyncVerb() *verb {
	return &verb{
		name: "space sync", args: "[SPACE]", does: "Exchange with one space, or with all",
		more: `With -follow it stays until Ctrl C and exchanges by itself: when something new lies at
the place, a few seconds after something was written here, and every few minutes. The
window does so while it is open.

  rapport space sync
  rapport space sync Larkfield -follow`,
		most: 1, flags: []flag{{name: "follow", does: "stay, and exchange whenever there is something new"}, jsonFlag}, run: runSpaceSync,
	}
}

func spaceStatusVerb() *verb {
	return &verb{
		name: "space status", args: "[SPACE]", does: "Say how the spaces stand",
		more: `Laptops that have the same of a space print the same state hash. They tell each
other once a day; where two made different things of the same, it says so. -log lists
the past exchanges of this laptop, the latest first: when, over what, what came and
went, and what failed. The latest 200 of each space are kept.

  rapport space status -json
  rapport space status Larkfield -log`,
		most: 1, flags: []flag{{name: "log", does: "list past exchanges"}, zoneFlag, jsonFlag}, run: runSpaceStatus,
	}
}

type exchangedJSON struct {
	Space   string   `json:"space"`
	Came    int      `json:"came"`
	Applied int      `json:"applied"`
	Waiting int      `json:"waiting"`
	KeptOut int      `json:"keptOut"`
	Began   int      `json:"began"`
	Sent    int      `json:"sent"`
	Refused []string `json:"refused"`
	// Admitted are who was let in, ToConfirm who asks to come in by a code.
	Admitted  []string `json:"admitted"`
	ToConfirm []string `json:"toConfirm"`
	Pending   bool     `json:"pending"`
	RefusedBy string   `json:"refusedBy"` // who did not let us in, by name
	Left      bool     `json:"left"`
	Withdrawn bool     `json:"withdrawn"`
	Problem   string   `json:"problem,omitempty"`
}

func exchangedOf(s data.Space, r space.Report) exchangedJSON {
	return exchangedJSON{
		Space: s.Name, Came: r.Came, Applied: r.Received.Applied, Waiting: r.Received.Waiting, KeptOut: r.Received.KeptOut, Began: r.Began, Sent: r.Sent,
		Refused: append([]string{}, r.Refused...), Admitted: append([]string{}, r.Admitted...), ToConfirm: append([]string{}, r.ToConfirm...), Pending: r.Pending, RefusedBy: r.TurnedAway, Left: r.Left, Withdrawn: r.Withdrawn,
	}
}

// writeExchanged says what an exchange did.
func (c *call) writeExchanged(j exchangedJSON) {
	if j.RefusedBy != "" {
		c.printf("%s: %s did not let you in; where that is a mistake, ask for another invitation and join with it\n", j.Space, plainText(j.RefusedBy))
		return
	}
	if j.Pending {
		c.printf("%s: nobody has let you in yet; ask whoever invited you to exchange once more\n", j.Space)
		return
	}
	switch {
	case j.Withdrawn:
		c.printf("%s: this laptop was withdrawn; what you have of it stays, and nothing new comes\n", j.Space)
		return
	case j.Left:
		c.printf("%s: you are no longer a member; what you have of it stays, and nothing new comes\n", j.Space)
		return
	}
	c.printf("%s: took %s, gave %s\n", j.Space, data.Counted(j.Applied, "change", "changes"), data.Counted(j.Sent, "piece", "pieces"))
	if j.Began > 0 {
		c.printf("%s: you begin with %s as they are now; what was written before you came stays closed\n", j.Space, data.Counted(j.Began, "field", "fields"))
	}
	for _, name := range j.Admitted {
		c.printf("%s: %s is a member now\n", j.Space, name)
	}
	for _, who := range j.ToConfirm {
		c.printf("%s: waits for your yes: %s; compare the fingerprint, then rapport space confirm\n", j.Space, who)
	}
	if j.KeptOut > 0 {
		c.note("%s: %s kept out, since their authors were not allowed to make them; rapport space accept lists them", j.Space, data.Counted(j.KeptOut, "change was", "changes were"))
	}
	for _, why := range j.Refused {
		c.note("%s: refused %s", j.Space, why)
	}
}

func runSpaceSync(c *call) error {
	return c.spaces(true, func(db *store.DB, all *space.Spaces) error {
		list, err := c.meant(db)
		if err != nil {
			return err
		}
		if c.on("follow") {
			return c.follow(all, list)
		}
		var done []exchangedJSON
		var failed error
		for _, s := range list {
			r, err := all.Sync(c.ctx, s.ID)
			j := exchangedOf(s, r)
			if err != nil {
				j.Problem, failed = err.Error(), errors.Join(failed, fmt.Errorf("%s: %w", s.Name, err))
			}
			done = append(done, j)
		}
		if c.on("json") {
			return errors.Join(writeArray(c.out, asTheyAre(done)), failed)
		}
		for _, j := range done {
			if j.Problem == "" {
				c.writeExchanged(j)
			}
		}
		return failed
	})
}

// follow exchanges spaces by itself until it is interrupted, and prints what each
// exchange brought or sent.
func (c *call) follow(all *space.Spaces, list []data.Space) error {
	var only []string
	if len(c.args) > 0 {
		s := list[0]
		if s.Place == "" {
			return &data.Invalid{Field: "place", Says: s.Name + " is exchanged by bundle files; use rapport bundle export and import"}
		}
		only = append(only, s.ID)
	}
	c.note("exchanging by itself; Ctrl C ends it")
	ctx, stop := context.WithCancelCause(c.ctx)
	defer stop(nil)
	var one sync.Mutex
	err := all.Follow(ctx, func(r space.Report, err error) {
		one.Lock()
		defer one.Unlock()
		if err := c.writeFollowed(exchangedOf(r.Space, r), err); err != nil {
			stop(err) // nobody reads any more
		}
	}, only...)
	return cmp.Or(err, context.Cause(ctx))
}

// writeFollowed prints an exchange that had something to it.
func (c *call) writeFollowed(j exchangedJSON, problem error) error {
	if problem != nil {
		j.Problem = problem.Error()
	}
	switch {
	case c.on("json"):
		if err := writeJSONLine(c.out, j); err != nil {
			return err
		}
	case problem != nil:
		c.note("%s: %s", j.Space, j.Problem)
	case j.Applied+j.Began+j.Sent+j.KeptOut+len(j.Refused)+len(j.Admitted)+len(j.ToConfirm) > 0 || j.Left || j.Pending:
		c.writeExchanged(j)
	}
	return c.out.Flush()
}

// meant are the spaces that a command is about: the one that it names, else all.
func (c *call) meant(db *store.DB) ([]data.Space, error) {
	if len(c.args) == 0 {
		list, err := db.Spaces(c.ctx)
		if err == nil && len(list) == 0 {
			c.note("nothing is shared yet; make a space with rapport space create, or join one")
		}
		return list, err
	}
	s, err := c.theSpace(db, c.args[0])
	return []data.Space{s}, err
}

type statusJSON struct {
	Name      string `json:"name"`
	ID        string `json:"id"`
	StateHash string `json:"stateHash"`
	Members   int    `json:"members"`
	Conflicts int    `json:"conflicts"`
	KeptOut   int    `json:"keptOut"`
	Refused   int    `json:"refused"`
	LastSync  string `json:"lastSync"`
	// LastBundle is when a bundle was last taken in, "" for never.
	LastBundle string `json:"lastBundle"`
	Problem    string `json:"problem"`
	Alarm      string `json:"alarm"`
	Asking     int    `json:"asking"`
	RefusedBy  string `json:"refusedBy"` // who did not let us in, by name
	// Exchanges are the past ones, with -log only.
	Exchanges []pastExchangeJSON `json:"exchanges,omitempty"`
}

// fed says when what others wrote last came.
func (j statusJSON) fed() string {
	if j.LastSync == "" && j.LastBundle != "" {
		return j.LastBundle + ", a bundle"
	}
	return cmp.Or(j.LastSync, "never")
}

func runSpaceStatus(c *call) error {
	return c.read(func(db *store.DB) error {
		list, err := c.meant(db)
		if err != nil {
			return err
		}
		conflicts, err := db.Conflicts(c.ctx, "")
		if err != nil {
			return err
		}
		var all []statusJSON
		for _, s := range list {
			j, err := c.spaceStatus(db, s, conflicts)
			if err != nil {
				return err
			}
			if c.on("log") {
				if j.Exchanges, err = c.pastExchanges(db, s); err != nil {
					return err
				}
			}
			all = append(all, j)
		}
		if c.on("json") {
			return writeArray(c.out, asTheyAre(all))
		}
		if c.on("log") {
			return c.writePastExchanges(db, all)
		}
		var rows [][]string
		for _, j := range all {
			rows = append(rows, []string{j.Name, fmt.Sprint(j.Members), fmt.Sprint(j.Conflicts), j.fed(), j.StateHash[:12], cmp.Or(j.Alarm, j.Problem)})
		}
		if len(rows) == 0 {
			return nil
		}
		return table(c.out, []column{{head: "SPACE", most: 32}, {head: "MEMBERS", right: true}, {head: "TO CHOOSE", right: true}, {head: "LAST EXCHANGE"}, {head: "STATE"}, {head: "PROBLEM", rest: true}}, rows)
	})
}

func (c *call) spaceStatus(db *store.DB, s data.Space, conflicts []data.Conflict) (statusJSON, error) {
	j := statusJSON{Name: s.Name, ID: s.ID, Problem: s.Problem, Alarm: s.Alarm, RefusedBy: s.RefusedBy}
	if !s.SyncedAt.IsZero() {
		j.LastSync = s.SyncedAt.UTC().Format(time.RFC3339)
	}
	if !s.BundleAt.IsZero() {
		j.LastBundle = s.BundleAt.UTC().Format(time.RFC3339)
	}
	for _, f := range conflicts {
		if f.Space == s.ID {
			j.Conflicts++
		}
	}
	members, err := db.Members(c.ctx, s.ID)
	if err != nil {
		return j, err
	}
	for _, m := range members {
		if m.Role != "" {
			j.Members++
		}
	}
	out, err := db.KeptOut(c.ctx, s.ID)
	if err != nil {
		return j, err
	}
	refused, err := db.RefusedPieces(c.ctx, s.ID)
	if err != nil {
		return j, err
	}
	asking, err := db.Askers(c.ctx, s.ID)
	if err != nil {
		return j, err
	}
	j.KeptOut, j.Refused, j.Asking = len(out), len(refused), len(asking)
	j.StateHash, err = db.StateHash(c.ctx, s.ID)
	return j, err
}
