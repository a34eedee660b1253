package space

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"rapport/data"
	"rapport/data/store"
	"rapport/sync/secret"
)

// town is a workspace with spaces, and their places, that only says when it was
// asked. Its times are since the test began.
type town struct {
	begun time.Time
	hints chan struct{}
	asks  chan struct{}

	mu      sync.Mutex
	spaces  []data.Space
	written map[string]uint64
	at      map[string][]time.Duration // when each space was exchanged
	fails   map[string]error
	hangs   map[string]bool
	news    map[string]func() // of those that are watched
	open    int
}

func newTown(ids ...string) *town {
	c := &town{begun: time.Now(), hints: make(chan struct{}, 1), asks: make(chan struct{}, 1), written: map[string]uint64{}, at: map[string][]time.Duration{}, fails: map[string]error{}, hangs: map[string]bool{}, news: map[string]func(){}}
	for _, id := range ids {
		c.spaces = append(c.spaces, data.Space{ID: id, Place: "folder:/" + id})
	}
	return c
}

// wire is the line to one of its places.
type wire struct {
	*town
	id string
}

func (w wire) exchange(ctx context.Context) (Report, error) {
	w.mu.Lock()
	w.at[w.id] = append(w.at[w.id], time.Since(w.begun))
	err, hangs := w.fails[w.id], w.hangs[w.id]
	w.mu.Unlock()
	if hangs {
		<-ctx.Done()
		return Report{}, ctx.Err()
	}
	return Report{}, err
}

func (w wire) watch(ctx context.Context, news func()) error {
	w.do(func() { w.news[w.id] = news })
	<-ctx.Done()
	return nil
}

func (w wire) attend(ctx context.Context) { <-ctx.Done() }

func (w wire) hangUp() { w.do(func() { w.open-- }) }

func (c *town) do(what func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	what()
}

// write is something written into a space here.
func (c *town) write(id string) {
	c.do(func() { c.written[id]++ })
	ring(c.hints)
}

// follow follows on a clock of the test's own while during runs, without chance.
func (c *town) follow(t *testing.T, during func()) {
	t.Helper()
	f := follower{
		pace: usualPace, hints: c.hints, asks: c.asks, told: func(Report, error) {},
		spaces: func(context.Context) ([]data.Space, error) {
			c.mu.Lock()
			defer c.mu.Unlock()
			return slices.Clone(c.spaces), nil
		},
		written: func(context.Context) (map[string]uint64, error) {
			c.mu.Lock()
			defer c.mu.Unlock()
			m := map[string]uint64{}
			for id, n := range c.written {
				m[id] = n
			}
			return m, nil
		},
		call: func(_ context.Context, sp data.Space) (line, error) {
			c.do(func() { c.open++ })
			return wire{c, sp.ID}, nil
		},
	}
	f.pace.chance = func() float64 { return 0 }
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- f.run(ctx) }()
	during()
	ended := time.Now()
	stop()
	if err := <-done; err != nil {
		t.Error(err)
	}
	if took := time.Since(ended); took != 0 {
		t.Errorf("it ended %s after it should", took)
	}
	if c.open != 0 {
		t.Errorf("%d places were left open", c.open)
	}
}

func (c *town) wants(t *testing.T, id string, at ...time.Duration) {
	t.Helper()
	c.mu.Lock()
	defer c.mu.Unlock()
	if !slices.Equal(c.at[id], at) {
		t.Errorf("%s was exchanged at %v, want %v", id, c.at[id], at)
	}
}

// tries is how often a space was exchanged.
func (c *town) tries(id string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.at[id])
}

// pass lets so much time go by.
func pass(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

func TestSpacesAreExchangedByThemselves(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newTown("a", "b")
		c.spaces = append(c.spaces, data.Space{ID: "by bundles"})
		c.follow(t, func() {
			pass(6 * time.Minute)
			c.wants(t, "a", 0, 5*time.Minute)
			c.wants(t, "by bundles")
			c.do(c.news["b"]) // somebody put something there
			synctest.Wait()
			c.wants(t, "a", 0, 5*time.Minute)
			c.wants(t, "b", 0, 5*time.Minute, 6*time.Minute)
		})
	})
}

func TestWhatIsWrittenIsSentOnceItIsQuiet(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newTown("a", "b")
		c.follow(t, func() {
			pass(10 * time.Second)
			for range 3 {
				c.write("a")
				pass(2 * time.Second)
			}
			ring(c.hints) // mail was read: nothing that is shared
			pass(time.Minute)
			c.wants(t, "a", 0, 19*time.Second)
			c.wants(t, "b", 0)
		})
	})
}

func TestWhoWritesOnAndOnIsNotWaitedForForEver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newTown("a")
		c.follow(t, func() {
			for range 50 {
				c.write("a")
				pass(time.Second)
			}
			if n := c.tries("a"); n < 2 || n > 3 {
				t.Errorf("exchanged %d times in 50 seconds of writing", n)
			}
		})
	})
}

func TestASpaceThatFailsOrHangsHoldsUpNoOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newTown("well", "fails", "away", "hangs")
		c.fails["fails"] = errors.New("the disk is full")
		c.fails["away"] = &data.Problem{Kind: data.FolderGone, About: "/away"}
		c.hangs["hangs"] = true
		c.follow(t, func() {
			pass(time.Minute)
			c.wants(t, "fails", 0, 5*time.Second, 15*time.Second, 35*time.Second)
			c.wants(t, "hangs", 0)
			pass(time.Hour)
			if n := c.tries("well"); n != 13 {
				t.Errorf("what is well was exchanged %d times in an hour", n)
			}
			if n := c.tries("fails"); n > 11 {
				t.Errorf("what fails was tried %d times", n)
			}
			c.do(func() { delete(c.fails, "away") })
			pass(time.Minute) // its drive is connected again
			n := c.tries("away")
			pass(4 * time.Minute)
			if c.tries("away") != n {
				t.Error("once it went well, it was tried on")
			}
		})
	})
}

func TestWhoAsksNeedNotWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newTown("well", "fails")
		c.fails["fails"] = errors.New("the disk is full")
		c.follow(t, func() {
			pass(time.Minute)
			c.wants(t, "fails", 0, 5*time.Second, 15*time.Second, 35*time.Second)
			c.do(func() { delete(c.fails, "fails") })
			ring(c.asks)
			synctest.Wait()
			c.wants(t, "well", 0, time.Minute)
			c.wants(t, "fails", 0, 5*time.Second, 15*time.Second, 35*time.Second, time.Minute)
			c.write("well")
			pass(time.Second) // it is waited until nothing more is written
			ring(c.asks)
			synctest.Wait()
			c.wants(t, "well", 0, time.Minute, 61*time.Second)
		})
	})
}

func TestFollowingKeepsUpWithTheSpacesThatThereAre(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newTown("a")
		c.follow(t, func() {
			pass(time.Minute)
			c.do(func() { c.spaces = []data.Space{{ID: "b", Place: "folder:/b"}} })
			ring(c.hints)
			pass(time.Minute)
			c.wants(t, "a", 0)
			c.wants(t, "b", 63*time.Second)
			c.do(func() { c.spaces[0].Place = "folder:/elsewhere" })
			ring(c.hints)
			pass(time.Minute)
			c.wants(t, "b", 63*time.Second, 123*time.Second)
			c.do(func() {
				if c.open != 1 {
					t.Errorf("%d places are open", c.open)
				}
			})
		})
	})
}

// TestWhatOneWritesTheOtherHasByItself follows on two workspaces over one folder; an
// edit on either side is on the other, without anybody asking for it.
func TestWhatOneWritesTheOtherHasByItself(t *testing.T) {
	id, all := team2(t, nil, "maya", "jonas")
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	var following sync.WaitGroup
	defer following.Wait()
	defer stop()
	for _, l := range all {
		hints := make(chan struct{}, 1)
		f := follower{pace: usualPace, hints: hints, told: func(Report, error) {}, spaces: l.db.Spaces, written: l.db.WrittenInSpaces, call: l.call}
		f.pace.quiet, f.pace.news = 0, 0
		defer l.db.Watch(func(store.Changed) { ring(hints) })()
		following.Go(func() {
			if err := f.run(ctx); err != nil {
				t.Error(err)
			}
		})
	}
	for n := range 4 {
		from, to := all[n%2], all[(n+1)%2]
		name := fmt.Sprintf("Kestrel %d", n)
		committed := make(chan struct{}, 1)
		stopWatch := to.db.Watch(func(store.Changed) { ring(committed) })
		if err := from.rename("k", name); err != nil {
			t.Fatal(err)
		}
		for to.account("k") != name {
			<-committed
		}
		stopWatch()
	}
	stop()
	following.Wait()
	for _, l := range all { // what was cut off at the end is made up for
		l.sync(id)
	}
	if all[0].hash(id) != all[1].hash(id) {
		t.Error("they have not the same")
	}
}

func TestHowItWentIsKeptForPeople(t *testing.T) {
	l := newLaptop(t, "maya")
	ctx, stop := context.WithCancel(context.Background())
	place, err := FolderPlace(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	sp, err := l.Create(ctx, "Larkfield", data.TeamSpace, place)
	if err != nil {
		t.Fatal(err)
	}
	sp.Place = inFolder + filepath.Join(t.TempDir(), "not connected")
	l.write(func(tx *store.Tx) error { return tx.ChangeSpace(sp) })
	if err := l.Follow(ctx, func(_ Report, err error) {
		if p, ok := data.AsProblem(err); !ok || p.Kind != data.FolderGone {
			t.Errorf("it told %v", err)
		}
		stop()
	}); err != nil {
		t.Error(err)
	}
	if got, err := l.db.Space(context.Background(), sp.ID); err != nil || !got.Away() || !got.SyncedAt.Equal(noon) {
		t.Errorf("kept: %+v, %v", got, err)
	}
}

// stuck is a keyring that waits for a dialog.
type stuck struct{ secret.Keeper }

func (stuck) Value(string) (string, error) { select {} }

func TestAKeyringThatWaitsForADialogHoldsUpNoEnd(t *testing.T) {
	id, all := team2(t, nil, "maya")
	s := New(all[0].db, stuck{}, nil)
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if _, err := s.Sync(ctx, id); !errors.Is(err, context.Canceled) {
		t.Errorf("it says %v", err)
	}
}
