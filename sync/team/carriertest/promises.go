package carriertest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"rapport/data"
	"rapport/sync/team"
)

func empty(t *testing.T, p Place) {
	c := p.Open(t)
	name, _ := Piece(1)
	Lists(t, c, nil)
	Absent(t, c, name)
}

func arrives(t *testing.T, p Place) {
	one, two := p.Open(t), p.Open(t)
	want := map[string][]byte{}
	for n := range 10 {
		name, body := Piece(n)
		Put(t, one, name, body)
		want[name] = body
		Lists(t, one, want)
		Holds(t, two, want)
	}
	Holds(t, p.Open(t), want)
}

func again(t *testing.T, p Place) {
	one, two := p.Open(t), p.Open(t)
	name, body := Piece(1)
	for _, c := range []team.Carrier{one, one, two, p.Open(t)} {
		Put(t, c, name, body)
	}
	Holds(t, two, map[string][]byte{name: body})
}

func taken(t *testing.T, p Place) {
	one, two := p.Open(t), p.Open(t)
	name, body := Piece(1)
	_, other := Piece(2)
	refused := func(c team.Carrier) {
		t.Helper()
		if err := c.PutNew(t.Context(), name, other); !errors.Is(err, team.ErrTaken) {
			t.Fatalf("other bytes under a name give %v, want ErrTaken", err)
		}
	}
	refused(one)
	Lists(t, one, nil)
	Put(t, one, name, body)
	refused(one)
	refused(two)
	Holds(t, two, map[string][]byte{name: body})
}

func sizes(t *testing.T, p Place) {
	one, two := p.Open(t), p.Open(t)
	want := map[string][]byte{}
	for _, size := range []int{0, 1, 4096, 65_537, team.MaxPiece} {
		body := bytes.Repeat([]byte{byte(size), 0xff}, size/2+1)[:size]
		name := team.Name(team.SegmentPiece, body)
		Put(t, one, name, body)
		want[name] = body
	}
	Holds(t, two, want)
	large := make([]byte, team.MaxPiece+1)
	name := team.Name(team.SegmentPiece, large)
	if err := one.PutNew(t.Context(), name, large); !errors.Is(err, team.ErrTooLarge) {
		t.Errorf("a piece too large gives %v, want ErrTooLarge", err)
	}
	Lists(t, two, want)
}

func hostile(t *testing.T, p Place) {
	c := p.Open(t)
	good, body := Piece(1)
	for _, name := range []string{
		"", ".", "..", "/", "../" + good, "x/../" + good, "/etc/passwd", `..\` + good, `C:\` + good, "nul", "con.txt", good + ".", good + " ",
		good + "\x00", good + "\n", good + ".tmp", "*", ">", "s.>", "s-*", strings.ToUpper(good), strings.Repeat("a", 5000), "$JS.API.INFO", "_INBOX.x",
		"%2e%2e%2f", "ѕ" + good[1:], "~" + good,
	} {
		var invalid *data.Invalid
		if err := c.PutNew(t.Context(), name, body); !errors.As(err, &invalid) {
			t.Errorf("put %.80q: %v, want *data.Invalid", name, err)
		}
		if _, err := c.Get(t.Context(), name); !errors.As(err, &invalid) {
			t.Errorf("get %.80q: %v, want *data.Invalid", name, err)
		}
	}
	Lists(t, c, nil)
}

func kept(t *testing.T, p Place) {
	c := p.Open(t)
	name, body := Piece(1)
	mine := bytes.Clone(body)
	Put(t, c, name, mine)
	clear(mine)
	got, err := c.Get(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	clear(got)
	Holds(t, c, map[string][]byte{name: body})
}

// together lets laptops put at once, half of it the same pieces and half their
// own, while others list.
func together(t *testing.T, p Place) {
	const laptops, pieces = 4, 12
	want := map[string][]byte{}
	failed := make(chan error, laptops*pieces)
	var all sync.WaitGroup
	for laptop := range laptops {
		c := p.Open(t)
		for n := range pieces {
			number := n
			if n%2 == 1 {
				number += 100 * (laptop + 1)
			}
			name, body := Piece(number)
			want[name] = body
			all.Go(func() {
				if err := c.PutNew(t.Context(), name, body); err != nil {
					failed <- fmt.Errorf("put: %w", err)
				}
				if got, err := c.Get(t.Context(), name); err != nil || !bytes.Equal(got, body) {
					failed <- fmt.Errorf("get what was put: %d bytes, %w", len(got), err)
				}
				if _, err := c.List(t.Context()); err != nil {
					failed <- fmt.Errorf("list: %w", err)
				}
			})
		}
	}
	all.Wait()
	close(failed)
	for err := range failed {
		t.Error(err)
	}
	Holds(t, p.Open(t), want)
}

func cancelled(t *testing.T, p Place) {
	c := p.Open(t)
	name, body := Piece(1)
	Put(t, c, name, body)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, listed := c.List(ctx)
	_, got := c.Get(ctx, name)
	other, otherBody := Piece(2)
	for what, err := range map[string]error{"list": listed, "get": got, "put": c.PutNew(ctx, other, otherBody)} {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s after a cancel: %v, want context.Canceled", what, err)
		}
	}
	if w, ok := c.(team.Watcher); ok {
		if err := w.Watch(ctx, func() {}); err != nil {
			t.Errorf("watch after a cancel: %v, want nil", err)
		}
	}
	Holds(t, c, map[string][]byte{name: body})
}

// many fills a place, past the carrier where that can be done, since each put
// by a carrier waits for the disk.
func many(t *testing.T, p Place) {
	count := Many
	if p.Few > 0 {
		count = p.Few
	}
	if testing.Short() {
		count /= 10
	}
	c := p.Open(t)
	want := map[string][]byte{}
	for n := range count {
		name, body := Piece(n)
		want[name] = body
		if p.Lay != nil && n%50 != 0 {
			p.Lay(t, name, body)
		} else {
			Put(t, c, name, body)
		}
	}
	Lists(t, c, want)
	Holds(t, p.Open(t), want)
}

// watched waits for the hint at the start, and for one after a put.
func watched(t *testing.T, p Place) {
	one, two := p.Open(t), p.Open(t)
	w, ok := one.(team.Watcher)
	if !ok {
		t.Skip("this carrier does not watch")
	}
	ctx, cancel := context.WithCancel(within(t))
	news, ended := make(chan struct{}, 1), make(chan error, 1)
	go func() {
		ended <- w.Watch(ctx, func() {
			select {
			case news <- struct{}{}:
			default:
			}
		})
	}()
	for n := range 4 { // the first hint comes with nothing there
		if n > 0 {
			name, body := Piece(n)
			Put(t, two, name, body)
		}
		if !told(t, one, news, ended, n) {
			break
		}
	}
	cancel()
	if err := <-ended; err != nil && !t.Failed() {
		t.Errorf("the watch ends with %v, want nil", err)
	}
}

// told waits for a hint after which the carrier lists so many pieces; a hint
// may come early, or twice.
func told(t *testing.T, c team.Carrier, news <-chan struct{}, ended chan error, count int) bool {
	t.Helper()
	limit := within(t)
	for {
		select {
		case <-news:
		case err := <-ended:
			t.Errorf("the watch ended by itself: %v", err)
			ended <- nil
			return false
		case <-limit.Done():
			t.Errorf("nothing was told of piece %d", count)
			return false
		}
		pieces, err := c.List(t.Context())
		if err != nil {
			t.Error(err)
			return false
		}
		if len(pieces) == count {
			return true
		}
	}
}

// takenAway takes pieces away through the carrier; nobody finds them any more, the
// others stay, and one may be put again.
func takenAway(t *testing.T, p Place) {
	one, other := p.Open(t), p.Open(t)
	remover, can := one.(team.Remover)
	if !can {
		t.Skip("from this carrier nothing can be taken away")
	}
	names, want := make([]string, 6), map[string][]byte{}
	for i := range names {
		name, body := Piece(i)
		Put(t, one, name, body)
		names[i], want[name] = name, body
	}
	for _, name := range append(names[:3:3], names[0]) { // one of them twice
		if err := remover.Remove(t.Context(), name); err != nil {
			t.Fatalf("remove %s: %v", name, err)
		}
		delete(want, name)
	}
	Holds(t, one, want)
	Holds(t, other, want)
	if _, err := other.Get(t.Context(), names[0]); !errors.Is(err, team.ErrNotThere) {
		t.Errorf("a piece that was taken away: %v", err)
	}
	if err := remover.Remove(t.Context(), "../README.txt"); err == nil {
		t.Error("what is no piece's name was taken away")
	}
	name, body := Piece(0)
	Put(t, other, name, body)
	want[name] = body
	Holds(t, one, want)
}
