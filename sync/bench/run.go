package bench

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"runtime/metrics"
	"slices"
	"sync/atomic"
	"time"

	"rapport/data"
	"rapport/data/store"
	"rapport/sync"
)

// Server says where the mail is and how to sign in.
type Server struct {
	Host     string
	Port     int
	Security data.Security
	User     string
	Password string
}

// Result is what was measured.
type Result struct {
	Mails    int           // different places of mail that were read
	First    time.Duration // the first sync, from connecting to the last commit
	Newest   time.Duration // from connecting until the newest 50 were committed
	NoChange time.Duration // a pass that finds nothing new, from connecting; median of several
	HeapPeak uint64        // bytes of Go's heap in use at the worst moment of the first sync
}

// noChangePasses is how often a pass without news is timed.
const noChangePasses = 5

// Run reads a mailbox into a new workspace in dir and measures that. The corpus
// gives the accounts and contacts that filing goes by.
func Run(ctx context.Context, dir string, c Corpus, s Server) (Result, error) {
	db, err := store.Open(ctx, dir, store.Options{})
	if err != nil {
		return Result{}, err
	}
	r, err := measure(ctx, db, c, s)
	return r, errors.Join(err, db.Close())
}

func measure(ctx context.Context, db *store.DB, c Corpus, s Server) (r Result, err error) {
	if err := prepare(ctx, db, c); err != nil {
		return r, err
	}
	keys := keeper{}
	box := data.Mailbox{Address: c.World.Mailbox, Host: s.Host, Port: s.Port, Security: s.Security, User: s.User}
	if _, err := sync.AddMailbox(ctx, db, keys, box, s.Password); err != nil {
		return r, err
	}
	var begun time.Time
	var newest atomic.Int64
	engine := sync.New(db, keys, sync.Options{Report: func(s data.Status) {
		if s.Done >= newestWanted || s.Done > 0 && s.Done == s.Total {
			newest.CompareAndSwap(0, int64(time.Since(begun)))
		}
	}})
	runtime.GC()
	peak := watchHeap()
	begun = time.Now()
	lines, err := engine.Once(ctx)
	r.First, r.HeapPeak = time.Since(begun), peak()
	r.Newest = time.Duration(newest.Load())
	if err != nil {
		return r, problemOf(lines, err)
	}
	for _, l := range lines {
		r.Mails += max(l.OnServer, 0)
	}
	r.NoChange, err = noChange(ctx, engine)
	return r, err
}

const newestWanted = 50

func prepare(ctx context.Context, db *store.DB, c Corpus) error {
	_, err := db.Write(ctx, "", func(tx *store.Tx) error {
		if err := tx.PutSettingList(store.SettingOwnDomains, c.World.OwnDomains); err != nil {
			return err
		}
		for _, a := range c.World.Accounts {
			if err := tx.PutAccount(a); err != nil {
				return err
			}
		}
		for _, p := range c.World.Contacts {
			if err := tx.PutContact(p); err != nil {
				return err
			}
		}
		return nil
	})
	return err
}

func noChange(ctx context.Context, e *sync.Engine) (time.Duration, error) {
	var took []time.Duration
	for range noChangePasses {
		begun := time.Now()
		if lines, err := e.Once(ctx); err != nil {
			return 0, problemOf(lines, err)
		}
		took = append(took, time.Since(begun))
	}
	return median(took), nil
}

// problemOf is what the ledger says of a pass that failed.
func problemOf(lines []data.LedgerLine, err error) error {
	for _, l := range lines {
		if l.Problem != "" {
			return fmt.Errorf("%w: %s", err, l.Problem)
		}
	}
	return err
}

// keeper keeps the password in memory.
type keeper map[string]string

// Value is a secret, or data.ErrNotFound.
func (k keeper) Value(name string) (string, error) {
	v, ok := k[name]
	if !ok {
		return "", data.ErrNotFound
	}
	return v, nil
}

// Put keeps a secret.
func (k keeper) Put(name, value string) error { k[name] = value; return nil }

// Delete forgets a secret.
func (k keeper) Delete(name string) error { delete(k, name); return nil }

// Where says where it keeps them.
func (k keeper) Where() string { return "memory" }

func median(took []time.Duration) time.Duration {
	slices.Sort(took)
	return took[len(took)/2]
}

// watchHeap looks at the heap every few milliseconds until the returned function
// is called, which says how large it was at the worst moment.
func watchHeap() (peak func() uint64) {
	stop, most := make(chan struct{}), make(chan uint64)
	go func() {
		tick := time.NewTicker(5 * time.Millisecond)
		defer tick.Stop()
		worst := heapInUse()
		for {
			select {
			case <-tick.C:
				worst = max(worst, heapInUse())
			case <-stop:
				most <- worst
				return
			}
		}
	}()
	return func() uint64 { close(stop); return <-most }
}

// heapInUse is what objects take, with what their pages have free.
func heapInUse() uint64 {
	samples := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}, {Name: "/memory/classes/heap/unused:bytes"}}
	metrics.Read(samples)
	return samples[0].Value.Uint64() + samples[1].Value.Uint64()
}
