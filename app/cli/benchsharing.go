package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"rapport/data"
	"rapport/data/store"
	"rapport/sync/space"
)

func benchSharingVerb() *verb {
	return &verb{
		name: "bench sharing", does: "Measure how fast spaces are exchanged",
		more: `It lets two fictional laptops share an account over a folder, in a temporary folder
that it takes away again: how long an edit takes with its change, how soon a newcomer
has everything, and how long many spaces take when there is nothing new.

  rapport bench sharing -changes 100000 -spaces 200`,
		flags: []flag{
			{name: "changes", value: "N", does: "about so many changes for the newcomer (else 100000)"},
			{name: "spaces", value: "N", does: "so many spaces (else 200)"},
			jsonFlag,
		},
		run: runBenchSharing,
	}
}

func runBenchSharing(c *call) (err error) {
	changes, spaces := 100_000, 200
	for name, n := range map[string]*int{"changes": &changes, "spaces": &spaces} {
		if !c.has(name) {
			continue
		}
		if *n, err = c.number(name); err != nil {
			return err
		}
		if *n == 0 {
			return misuse(c.verb, "flag -%s needs a number from 1 on", name)
		}
	}
	dir, err := os.MkdirTemp("", "rapport-bench-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	b := &sharingBench{c: c, dir: dir}
	defer func() {
		for _, l := range b.laptops {
			err = errors.Join(err, l.db.Close())
		}
	}()
	for _, step := range []func() error{func() error { return b.team(changes) }, b.edits, b.more, func() error { return b.still(spaces) }} {
		if err := step(); err != nil {
			return err
		}
	}
	return c.writeMeasured(dir, b.results)
}

// sharingBench measures laptops that share over a folder.
type sharingBench struct {
	c           *call
	dir         string
	laptops     []benchLaptop
	maya, jonas benchLaptop
	space       string
	results     []measured
}

type benchLaptop struct {
	db *store.DB
	*space.Spaces
}

func (b *sharingBench) laptop(name string) (benchLaptop, error) {
	db, err := store.Open(b.c.ctx, filepath.Join(b.dir, name), store.Options{Now: b.c.now})
	if err != nil {
		return benchLaptop{}, err
	}
	l := benchLaptop{db, space.New(db, &benchKeys{}, b.c.now)}
	b.laptops = append(b.laptops, l)
	return l, l.write(b.c.ctx, func(tx *store.Tx) error { return tx.PutSetting(store.SettingUserName, name) })
}

func (l benchLaptop) write(ctx context.Context, do func(*store.Tx) error) error {
	_, err := l.db.Write(ctx, "", do)
	return err
}

// time measures one thing.
func (b *sharingBench) time(times int, goal time.Duration, name string, do func() error) error {
	m, err := timed(times, goal, name, do)
	b.results = append(b.results, m)
	return err
}

// place is a new shared folder as a place.
func (b *sharingBench) place(name string) (string, error) {
	dir := filepath.Join(b.dir, "shared", name)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", err
	}
	return space.FolderPlace(dir)
}

// changesOfPerson is how many changes a new person of an account makes.
const changesOfPerson = 6

func (b *sharingBench) people(from, to int) error {
	return b.maya.write(b.c.ctx, func(tx *store.Tx) error {
		for i := from; i < to; i++ {
			p := data.Contact{ID: fmt.Sprintf("bench%08d", i), AccountID: "bench", Name: fmt.Sprintf("Person %d", i), Role: "Head of lighting", Phone: fmt.Sprintf("+44 20 7946 %04d", i%10000), Emails: []string{fmt.Sprintf("p%d@kestrel.example", i)}}
			if err := tx.PutContact(p); err != nil {
				return err
			}
		}
		return nil
	})
}

// team makes a space with about so many changes, and times who gives and who takes
// them.
func (b *sharingBench) team(changes int) (err error) {
	ctx := b.c.ctx
	if b.maya, err = b.laptop("maya"); err != nil {
		return err
	}
	if b.jonas, err = b.laptop("jonas"); err != nil {
		return err
	}
	place, err := b.place("team")
	if err != nil {
		return err
	}
	sp, err := b.maya.Create(ctx, "Larkfield", data.TeamSpace, place)
	if err != nil {
		return err
	}
	b.space = sp.ID
	if err := b.maya.write(ctx, func(tx *store.Tx) error { return tx.PutAccount(data.Account{ID: "bench", Name: "Kestrel"}) }); err != nil {
		return err
	}
	if err := b.people(0, changes/changesOfPerson); err != nil {
		return err
	}
	if err := b.maya.write(ctx, func(tx *store.Tx) error {
		_, err := tx.ShareAccount("bench", sp.ID)
		return err
	}); err != nil {
		return err
	}
	file, err := b.maya.Invite(ctx, sp.ID, data.Invitee{Name: "jonas", History: true})
	if err != nil {
		return err
	}
	if _, err := b.jonas.Join(ctx, file, place); err != nil {
		return err
	}
	if _, err := b.maya.Sync(ctx, sp.ID); err != nil {
		return err
	}
	took := 0
	err = b.time(1, 5*time.Second, "", func() error {
		r, err := b.jonas.Sync(ctx, sp.ID)
		took = r.Received.Applied
		return err
	})
	b.results[len(b.results)-1].name = fmt.Sprintf("a newcomer takes %s", data.Counted(took, "change", "changes"))
	return err
}

// edits are single edits of what is shared.
func (b *sharingBench) edits() error {
	n := 0
	return b.time(rounds, 5*time.Millisecond, "an edit with its change", func() error {
		n++
		return b.maya.write(b.c.ctx, func(tx *store.Tx) error {
			return tx.ChangeAccount("bench", func(a *data.Account) { a.Sector = fmt.Sprintf("Sector %d", n) })
		})
	})
}

// more are changes that come to somebody who has much already; the goal is 50,000
// changes a second.
func (b *sharingBench) more() error {
	const people = 1000
	if err := b.people(1<<20, 1<<20+people); err != nil {
		return err
	}
	if _, err := b.maya.Sync(b.c.ctx, b.space); err != nil {
		return err
	}
	took := 0
	err := b.time(1, 0, "", func() error {
		r, err := b.jonas.Sync(b.c.ctx, b.space)
		took = r.Received.Applied
		return err
	})
	m := &b.results[len(b.results)-1]
	m.name, m.goal = fmt.Sprintf("take %s more", data.Counted(took, "change", "changes")), time.Duration(took)*time.Second/50_000
	return err
}

// still is an exchange of many spaces that finds nothing new.
func (b *sharingBench) still(spaces int) error {
	l, err := b.laptop("ines")
	if err != nil {
		return err
	}
	var all []string
	for n := range spaces {
		place, err := b.place(fmt.Sprint(n))
		if err != nil {
			return err
		}
		sp, err := l.Create(b.c.ctx, fmt.Sprintf("Space %d", n), data.JointSpace, place)
		if err != nil {
			return err
		}
		all = append(all, sp.ID)
	}
	return b.time(3, 300*time.Millisecond, fmt.Sprintf("exchange %s, nothing new", data.Counted(spaces, "space", "spaces")), func() error {
		for _, id := range all {
			if _, err := l.Sync(b.c.ctx, id); err != nil {
				return err
			}
		}
		return nil
	})
}

// benchKeys keep the secrets of a fictional laptop in memory.
type benchKeys struct{ m sync.Map }

func (k *benchKeys) Put(name, value string) error {
	k.m.Store(name, value)
	return nil
}

func (k *benchKeys) Value(name string) (string, error) {
	if v, ok := k.m.Load(name); ok {
		return v.(string), nil
	}
	return "", fmt.Errorf("secret %s: %w", name, data.ErrNotFound)
}

func (k *benchKeys) Delete(name string) error {
	k.m.Delete(name)
	return nil
}

func (k *benchKeys) Where() string { return "memory" }
