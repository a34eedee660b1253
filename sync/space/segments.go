package space

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"rapport/data"
	"rapport/data/change"
	"rapport/data/store"
	"rapport/sync/team"
)

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// readSegments takes in what came: segments, and a snapshot where this laptop must
// begin with one, with what follows it.
func (r *round) readSegments(ctx context.Context) error {
	if err := r.openSegments(ctx); err != nil {
		return err
	}
	took, err := r.begin(ctx)
	if err == nil && took {
		err = r.openSegments(ctx)
	}
	if err != nil || !r.stale {
		return err
	}
	r.stale = false
	return r.look(ctx)
}

// openSegments opens the segments that were not taken in yet, and gives the store
// those that go on where their log ends here.
func (r *round) openSegments(ctx context.Context) error {
	if r.judge == nil {
		return nil
	}
	waiting, err := r.s.db.UnreadSegments(ctx, r.space.ID)
	if err != nil || len(waiting) == 0 {
		return err
	}
	closed := r.closed()
	waiting = slices.DeleteFunc(waiting, func(name string) bool { _, bad := r.refused[name]; return bad || closed[name] })
	var list []team.Unread
	for some := range slices.Chunk(waiting, openedAtOnce) {
		unsealed, err := r.unsealAll(ctx, some)
		if err != nil {
			return err
		}
		for _, o := range unsealed {
			if no, ok := team.IsRefusal(o.err); ok && no.Why == team.NoKey {
				closed[o.name] = true
			}
			if o.err == nil {
				list = append(list, o.unread)
			} else if err := r.refuse(ctx, o.name, o.err); err != nil {
				return err
			}
		}
	}
	slices.SortFunc(list, func(a, b team.Unread) int {
		return cmp.Or(cmp.Compare(a.Log, b.Log), cmp.Compare(a.First, b.First), cmp.Compare(b.Last, a.Last), cmp.Compare(a.Name, b.Name))
	})
	return r.takeIn(ctx, list)
}

// openedAtOnce is how many segments are held sealed at once: at most so many
// megabytes.
const openedAtOnce = 32

// unsealed is a segment that was unsealed, or why it could not be.
type unsealed struct {
	name   string
	unread team.Unread
	err    error
}

// unsealAll unseals segments, in the order of their names: on all cores, since that is
// arithmetic and nothing else.
func (r *round) unsealAll(ctx context.Context, names []string) ([]unsealed, error) {
	list, bodies := make([]unsealed, len(names)), make([][]byte, len(names))
	for i, name := range names {
		var err error
		if bodies[i], err = r.s.db.PieceBody(ctx, r.space.ID, name); err != nil {
			return nil, err
		}
	}
	var next atomic.Int64
	var all sync.WaitGroup
	for range min(len(names), runtime.GOMAXPROCS(0)) {
		all.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(names); i = int(next.Add(1)) - 1 {
				u, err := team.Unseal(names[i], bodies[i], r.keys)
				list[i] = unsealed{names[i], u, err}
			}
		})
	}
	all.Wait()
	return list, nil
}

// segmentsAhead is how many segments are read before the store asks for them.
const segmentsAhead = 2

// reading is a segment that was read, or why it could not be.
type reading struct {
	segment team.Segment
	err     error
}

// readAhead reads segments in their order beside the store, which takes in those
// before. A reader that wants no more of them says so by stop.
func readAhead(list []team.Unread) (next func() reading, stop func()) {
	readings, stopped := make(chan chan reading, segmentsAhead), make(chan struct{})
	go func() {
		for _, u := range list {
			one := make(chan reading, 1)
			select {
			case readings <- one:
			case <-stopped:
				return
			}
			go func() {
				s, err := u.Read()
				one <- reading{s, err}
			}()
		}
	}()
	return func() reading { return <-<-readings }, func() { close(stopped) }
}

// closed are the segments that some keys do not open.
type closed struct {
	keys  string
	names map[string]bool
}

// closed are the segments that our keys did not open in this process: who joined from
// now on has all that was written before, and need not try it with every exchange.
func (r *round) closed() map[string]bool {
	keys := ""
	for _, id := range sortedKeys(r.keys.Epochs) {
		keys += fmt.Sprint(id, r.keys.Epochs[id].Whole(), " ")
	}
	r.s.mu.Lock()
	defer r.s.mu.Unlock()
	c := r.s.closed[r.space.ID]
	if c.names == nil || c.keys != keys {
		c = closed{keys, map[string]bool{}}
		r.s.closed[r.space.ID] = c
	}
	return c.names
}

// batchOf is how many changes the store takes in one transaction.
const batchOf = 5000

// takeIn gives the store the changes of segments, in batches.
func (r *round) takeIn(ctx context.Context, list []team.Unread) error {
	tips, err := r.s.db.Tips(ctx, r.space.ID)
	if err != nil {
		return err
	}
	began, err := r.s.db.Began(ctx, r.space.ID)
	if err != nil {
		return err
	}
	var changes []change.Change
	var read []store.Piece
	flush := func() error {
		if len(read) == 0 {
			return nil
		}
		got, err := r.s.db.Receive(ctx, r.space.ID, changes, r.judge, read...)
		r.took(got)
		changes, read = nil, nil
		return err
	}
	next, stop := readAhead(list)
	defer stop()
	for _, u := range list {
		one := next()
		if one.err != nil {
			if err := r.refuse(ctx, u.Name, one.err); err != nil {
				return err
			}
			continue
		}
		seg := one.segment
		is := store.Piece{Name: seg.Name, Log: seg.Log, First: seg.First, Last: seg.Last, Epoch: seg.Epoch, Blank: seg.Blank, Chain: seg.Ends}
		if seg.Last <= began.Have[seg.Log] { // the snapshot that we began with has it
			read = append(read, is)
			continue
		}
		tip := team.Tip{Counter: tips[seg.Log].Last, Segment: tips[seg.Log].Name}
		if is.Overlaps = tip.Overlaps(seg); is.Overlaps {
			if len(changes) > 0 {
				err = flush()
			}
			if err == nil {
				err = r.compare(ctx, seg, tip)
			}
			seg.Changes, tip = seg.Changes[min(tip.Counter, seg.Last)+1-seg.First:], tip.Over(seg)
		} else {
			tip, err = tip.Follow(seg)
		}
		if err != nil {
			if err := r.refuse(ctx, seg.Name, err); err != nil {
				return err
			}
			continue
		}
		tips[seg.Log] = store.Piece{Name: tip.Segment, Last: tip.Counter}
		changes = append(changes, seg.Changes...)
		read = append(read, is)
		if len(changes) >= batchOf {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	return flush()
}

// compare refuses a segment whose changes up to a tip are not those that are here.
func (r *round) compare(ctx context.Context, seg team.Segment, tip team.Tip) error {
	here, err := r.s.db.ChangesOf(ctx, r.space.ID, seg.Log, seg.First, min(seg.Last, tip.Counter))
	for _, c := range here {
		if !c.SameAs(seg.Changes[c.Counter-seg.First]) {
			return team.ErrForked(seg)
		}
	}
	r.stale = true
	return err
}

// took adds what the store took in to the report.
func (r *round) took(got data.Received) {
	r.report.Received.Applied += got.Applied
	r.report.Received.KeptOut += got.KeptOut
	r.report.Received.Waiting = got.Waiting
	r.report.Received.Things = append(r.report.Received.Things, got.Things...)
}
