package space

import (
	"context"
	"maps"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"rapport/data"
	"rapport/data/store"
	"rapport/sync/team"
)

// Follow exchanges every space that has a place, or those with the IDs in only, by
// itself until ctx ends: at once, when the place tells of news, a few seconds after
// something was written here, by whatever process, and every few minutes. A space
// that fails is tried again after longer and longer pauses and holds up no other.
// told hears of each exchange, from several goroutines; what is to be seen of it is
// kept with the space (data.Space.SyncedAt and Problem). It returns nil when ctx
// ends, and an error where the workspace cannot be read.
func (s *Spaces) Follow(ctx context.Context, told func(Report, error), only ...string) error {
	ctx, cancel := context.WithCancel(ctx)
	var listening sync.WaitGroup
	defer listening.Wait()
	defer cancel()
	hints := make(chan struct{}, 1)
	stop := s.db.Watch(func(store.Changed) { ring(hints) })
	defer stop()
	listening.Go(func() { s.hearOthers(ctx, hints) })
	return follower{
		pace: usualPace, hints: hints, asks: s.asks, told: told, written: s.db.WrittenInSpaces, call: s.call,
		spaces: func(ctx context.Context) ([]data.Space, error) {
			list, err := s.db.Spaces(ctx)
			return slices.DeleteFunc(list, func(sp data.Space) bool { return len(only) > 0 && !slices.Contains(only, sp.ID) }), err
		},
	}.run(ctx)
}

// Ask has Follow exchange every space now, those too whose place could not be
// reached and that wait for their next try. Where nothing follows, it asks who
// follows next.
func (s *Spaces) Ask() { ring(s.asks) }

// hearOthers hints when another process has written to the workspace, as a command
// does beside the window.
func (s *Spaces) hearOthers(ctx context.Context, hints chan<- struct{}) {
	known := -1
	for ctx.Err() == nil {
		version, err := s.db.DataVersion(ctx)
		if err == nil && version != known {
			known = version
			ring(hints)
		}
		wait(ctx, othersEach)
	}
}

// othersEach is how often another process's writing is looked for.
const othersEach = 3 * time.Second

// ring rings a bell, unless it rang and nobody has heard it yet.
func ring(bell chan<- struct{}) {
	select {
	case bell <- struct{}{}:
	default:
	}
}

// pace is how often and how soon a follower exchanges.
type pace struct {
	every   time.Duration // without any hint; up to a tenth less, by chance
	quiet   time.Duration // how long nothing is written before what was is sent
	longest time.Duration // that somebody who writes on and on is waited for
	news    time.Duration // at most between a place's news and going there, by chance
	away    time.Duration // at most between two tries of a place that is not connected
	chance  func() float64
}

var usualPace = pace{
	every: 5 * time.Minute, quiet: 3 * time.Second, longest: 30 * time.Second, news: time.Second, away: time.Minute, chance: rand.Float64,
}

// A line is the way to one space's place, kept open between exchanges.
type line interface {
	exchange(context.Context) (Report, error)
	// watch calls news when something new may be there, until ctx ends or it can
	// watch no longer.
	watch(ctx context.Context, news func()) error
	// attend tells and hears what is written at just now, until ctx ends. It comes back
	// at once where that cannot be, and is asked again after the next exchange.
	attend(ctx context.Context)
	hangUp()
}

// follower is what Follow does, without a workspace.
type follower struct {
	pace  pace
	hints <-chan struct{}
	asks  <-chan struct{} // a person wants all to be exchanged now
	told  func(Report, error)
	// spaces are all of the workspace, written is how much this laptop has ever
	// written into each, and call opens the way to one's place.
	spaces  func(context.Context) ([]data.Space, error)
	written func(context.Context) (map[string]uint64, error)
	call    func(context.Context, data.Space) (line, error)
}

// followed is a space that is exchanged by itself.
type followed struct {
	place   string
	written uint64
	edited  chan struct{}
	asked   chan struct{}
	stop    context.CancelFunc
}

// run begins and ends the following of spaces as they come, go and change their
// place, and tells each when something was written into it.
func (f follower) run(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	var going sync.WaitGroup
	defer going.Wait()
	defer cancel()
	all := map[string]*followed{}
	for {
		if err := f.look(ctx, all, &going); err != nil {
			if ctx.Err() != nil {
				return nil
			}
			return err
		}
		if err := f.hinted(ctx, all); err != nil {
			return nil
		}
		f.settle(ctx, all)
	}
}

// hinted waits for a hint, and meanwhile passes on what a person asks.
func (f follower) hinted(ctx context.Context, all map[string]*followed) error {
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-f.hints:
			return nil
		case <-f.asks:
			askAll(all)
		}
	}
}

func askAll(all map[string]*followed) {
	for _, one := range all {
		ring(one.asked)
	}
}

// settle waits until nothing was hinted for a while.
func (f follower) settle(ctx context.Context, all map[string]*followed) {
	longest := time.NewTimer(f.pace.longest)
	defer longest.Stop()
	for {
		quiet := time.NewTimer(f.pace.quiet)
		select {
		case <-f.hints:
			quiet.Stop()
			continue
		case <-f.asks:
			askAll(all)
			quiet.Stop()
			continue
		case <-ctx.Done():
		case <-longest.C:
		case <-quiet.C:
		}
		quiet.Stop()
		return
	}
}

// look compares what is followed with the workspace.
func (f follower) look(ctx context.Context, all map[string]*followed, going *sync.WaitGroup) error {
	list, err := f.spaces(ctx)
	if err != nil {
		return err
	}
	written, err := f.written(ctx)
	if err != nil {
		return err
	}
	gone := maps.Clone(all)
	for _, sp := range list {
		one := all[sp.ID]
		if one == nil || one.place != sp.Place {
			continue
		}
		delete(gone, sp.ID)
		if n := written[sp.ID]; n != one.written {
			one.written = n
			ring(one.edited)
		}
	}
	for id, one := range gone {
		one.stop()
		delete(all, id)
	}
	for _, sp := range list {
		if all[sp.ID] == nil && sp.Place != "" {
			own, stop := context.WithCancel(ctx)
			one := &followed{sp.Place, written[sp.ID], make(chan struct{}, 1), make(chan struct{}, 1), stop}
			all[sp.ID] = one
			going.Go(func() { f.follow(own, sp, one) })
		}
	}
	return nil
}

// follow exchanges one space again and again until ctx ends.
func (f follower) follow(ctx context.Context, sp data.Space, one *followed) {
	for failures := 0; ctx.Err() == nil; {
		if err := f.onOneLine(ctx, sp, one, &failures); err != nil {
			f.pauseAfter(ctx, one, err, failures)
		}
	}
}

// onOneLine exchanges for as long as the way to the place holds, and returns why it
// does no longer. failures are counted in a row.
func (f follower) onOneLine(ctx context.Context, sp data.Space, one *followed, failures *int) error {
	l, err := f.call(ctx, sp)
	if err != nil {
		return f.failed(ctx, Report{Space: sp}, err, failures)
	}
	defer l.hangUp()
	own, cancel := context.WithCancel(ctx)
	news, deaf := make(chan struct{}, 1), make(chan struct{})
	go func() {
		defer close(deaf)
		if l.watch(own, func() { ring(news) }) != nil {
			<-own.Done() // every few minutes is enough
		}
	}()
	attending := make(chan struct{})
	close(attending)
	defer func() { cancel(); <-deaf; <-attending }()
	for {
		r, err := l.exchange(ctx)
		if err != nil {
			return f.failed(ctx, r, err, failures)
		}
		*failures = 0
		f.told(r, nil)
		attending = attended(attending, func() { l.attend(own) })
		f.rest(ctx, news, one)
		if ctx.Err() != nil {
			return nil
		}
	}
}

// attended has attend done aside, where it is not under way; the channel it returns is
// closed at its end.
func attended(under chan struct{}, attend func()) chan struct{} {
	select {
	case <-under:
	default:
		return under
	}
	again := make(chan struct{})
	go func() {
		defer close(again)
		attend()
	}()
	return again
}

func (f follower) failed(ctx context.Context, r Report, err error, failures *int) error {
	if ctx.Err() == nil {
		*failures++
		f.told(r, err)
	}
	return err
}

// rest waits for the next reason to exchange.
func (f follower) rest(ctx context.Context, news <-chan struct{}, one *followed) {
	every := time.NewTimer(f.pace.every - time.Duration(f.pace.chance()*float64(f.pace.every)/10))
	defer every.Stop()
	select {
	case <-ctx.Done():
	case <-every.C:
	case <-one.edited:
	case <-one.asked:
	case <-news: // all laptops of a team hear of it at once
		wait(ctx, time.Duration(f.pace.chance()*float64(f.pace.news)))
	}
}

// pauseAfter waits after so many failures in a row, the last of which is err, or
// until a person asks.
func (f follower) pauseAfter(ctx context.Context, one *followed, err error, failures int) {
	pause := data.Backoff(failures, f.pace.chance())
	if p, ok := data.AsProblem(err); ok && slices.Contains([]data.ProblemKind{data.FolderGone, data.Offline, data.UnknownHost}, p.Kind) {
		pause = min(pause, f.pace.away) // nobody is troubled by trying
	}
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	case <-one.asked:
	}
}

func wait(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}

// openLine is the way to the place of a space of this workspace.
type openLine struct {
	s   *Spaces
	id  string
	way team.Carrier
}

// call opens the way to a space's place, and keeps why it cannot be opened.
func (s *Spaces) call(ctx context.Context, sp data.Space) (line, error) {
	way, err := s.carrier(ctx, sp, false)
	if err != nil {
		return nil, s.exchanged(ctx, sp, Report{}, err)
	}
	return openLine{s, sp.ID, way}, nil
}

func (l openLine) exchange(ctx context.Context) (Report, error) {
	return l.s.syncOver(ctx, l.id, l.way)
}

func (l openLine) watch(ctx context.Context, news func()) error {
	if w, ok := l.way.(team.Watcher); ok {
		return w.Watch(ctx, news)
	}
	return nil
}

func (l openLine) hangUp() { hangUp(l.way) }

// hangUp closes a way that holds a connection.
func hangUp(way team.Carrier) {
	if c, ok := way.(interface{ Close() }); ok {
		c.Close()
	}
}
