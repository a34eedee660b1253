package space

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"rapport/sync/team"
)

// busy is a way on which something else happens while an exchange looks at what is there.
type busy struct {
	team.Carrier
	meanwhile func()
}

func (b busy) List(ctx context.Context) ([]team.Piece, error) {
	b.meanwhile()
	return b.Carrier.List(ctx)
}

// edits has Jonas write, give it to the space's place, and to a bundle; it returns how
// many changes there are.
func (l *laptop) edits(id, bundle string, names ...string) int {
	l.t.Helper()
	for _, name := range names {
		if err := l.rename("k", name); err != nil {
			l.t.Fatal(err)
		}
		l.sync(id)
	}
	if _, err := l.ExportBundle(context.Background(), id, bundle, ""); err != nil {
		l.t.Fatal(err)
	}
	return len(names)
}

func TestABundleWaitsForAnExchangeOfItsSpace(t *testing.T) {
	ctx := context.Background()
	id, all := team2(t, nil, "Maya", "Jonas")
	maya, jonas := all[0], all[1]
	settle(id, all...)
	path := t.TempDir() + "/bundle"
	n := jonas.edits(id, path, "Kestrel One", "Kestrel Two", "Kestrel Three")
	sp, err := maya.db.Space(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	way, err := maya.placeOf(ctx, sp, false)
	if err != nil {
		t.Fatal(err)
	}
	var taken Report
	var problem error
	imported := make(chan struct{})
	exchanged, err := maya.syncOver(ctx, id, busy{way, func() {
		go func() {
			defer close(imported)
			taken, problem = maya.ImportBundle(ctx, id, path)
		}()
		for range 20 { // as long as an import takes that does not wait
			jonas.sync(id)
		}
		select {
		case <-imported:
			t.Error("the bundle did not wait for the exchange")
		default:
		}
	}})
	<-imported
	if err != nil || problem != nil {
		t.Fatal(err, problem)
	}
	if exchanged.Received.Applied != n || taken.Received.Applied != 0 {
		t.Errorf("of %d changes the exchange took %d, and the bundle after it %d", n, exchanged.Received.Applied, taken.Received.Applied)
	}
}

func TestBundlesBesideExchangesBringEachChangeOnce(t *testing.T) {
	ctx := context.Background()
	id, all := team2(t, nil, "Maya", "Jonas")
	maya, jonas := all[0], all[1]
	settle(id, all...)
	for round := range 3 {
		path := fmt.Sprintf("%s/bundle%d", t.TempDir(), round)
		n := jonas.edits(id, path, fmt.Sprint("Kestrel ", round, " a"), fmt.Sprint("Kestrel ", round, " b"))
		var mu sync.Mutex
		var wg sync.WaitGroup
		applied := 0
		for i := range 4 {
			wg.Go(func() {
				r, err := Report{}, error(nil)
				if i%2 == 0 {
					r, err = maya.ImportBundle(ctx, id, path)
				} else {
					r, err = maya.Sync(ctx, id)
				}
				mu.Lock()
				defer mu.Unlock()
				if applied += r.Received.Applied; err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if applied != n {
			t.Errorf("%d changes came in %d times", n, applied)
		}
		settle(id, all...)
		if maya.hash(id) != jonas.hash(id) || maya.account("k") != jonas.account("k") {
			t.Errorf("Maya sees %q, Jonas %q", maya.account("k"), jonas.account("k"))
		}
		if a, b := len(written(t, maya)), len(written(t, jonas)); a != b {
			t.Errorf("Maya has %d changes, Jonas %d", a, b)
		}
	}
}
