package space

import (
	"context"
	"errors"
	"slices"
	"time"

	"rapport/data"
	"rapport/data/change"
	"rapport/data/store"
	"rapport/sync/team"
)

// A Report says what one exchange with a space's place did.
type Report struct {
	Space    data.Space
	Came     int // pieces that are new here
	Received data.Received
	Began    int          // registers of the snapshot that this laptop begins with, where one was taken
	Turned   int          // changes that are in or out now because somebody's role changed
	Sent     int          // pieces that were put there
	Cleared  int          // pieces that were taken away there, since another stands for each
	Refused  []string     // each piece that cannot be used, by name, and why
	Reasons  []data.Count // why, without the names
	Admitted []string     // who was let in, by name
	// ToConfirm are those who ask to come in by a code: the name, and the
	// fingerprint to compare aloud.
	ToConfirm []string
	// Pending says that nobody has let us in yet, Left that we are a member no more.
	Pending, Left bool
	Withdrawn     bool // and Left: this laptop was withdrawn
	// TurnedAway is who refused us, by name; "" for nobody. It is Pending too: another
	// invitation may let us in.
	TurnedAway string
}

// Sync exchanges with a space's place once: it takes what is new there, lets in
// what may come in, seals what is new here, and puts there whatever the place does
// not have, be it ours or another's. Cut off at any point it goes on from there the
// next time, and nothing is lost.
func (s *Spaces) Sync(ctx context.Context, id string) (Report, error) {
	sp, err := s.db.Space(ctx, id)
	if err != nil {
		return Report{}, err
	}
	way, err := s.carrier(ctx, sp, false)
	if err != nil {
		return Report{Space: sp}, s.exchanged(ctx, sp, Report{}, err)
	}
	defer hangUp(way)
	return s.syncOver(ctx, id, way)
}

// syncOver is Sync over a way that is open.
func (s *Spaces) syncOver(ctx context.Context, id string, way team.Carrier) (Report, error) {
	done, err := s.turn(ctx, id)
	if err != nil {
		return Report{}, err
	}
	defer done()
	sp, err := s.db.Space(ctx, id)
	if err != nil {
		return Report{}, err
	}
	r, err := s.exchange(ctx, sp, way)
	return r, s.exchanged(ctx, sp, r, err)
}

// turn waits until nobody else in this process is at work on a space.
func (s *Spaces) turn(ctx context.Context, id string) (done func(), err error) {
	s.mu.Lock()
	at := s.turns[id]
	if at == nil {
		at = make(chan struct{}, 1)
		s.turns[id] = at
	}
	s.mu.Unlock()
	select {
	case at <- struct{}{}:
		return func() { <-at }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// saidAgainAfter is after how long it is kept again that an exchange went well: many
// spaces that have nothing new would wait for the disk once each.
const saidAgainAfter = 30 * time.Second

// exchanged keeps how it went, and returns what went wrong.
func (s *Spaces) exchanged(ctx context.Context, sp data.Space, r Report, problem error) error {
	if ctx.Err() != nil {
		return problem
	}
	e := r.logged(data.CarriedBy(sp.Place), problem)
	if e.Quiet() && sp.Problem == "" && s.now().Sub(sp.SyncedAt).Abs() < saidAgainAfter {
		return nil
	}
	_, err := s.db.Write(ctx, "", func(tx *store.Tx) error {
		if err := tx.Exchanged(sp.ID, problem); err != nil {
			return err
		}
		return tx.PutExchange(sp.ID, e)
	})
	return errors.Join(problem, err)
}

// logged is the exchange as the space's log of them keeps it.
func (r Report) logged(way string, problem error) data.Exchange {
	e := data.Exchange{Way: way, Came: r.Received.Applied + r.Began, Sent: r.Sent, KeptOut: r.Received.KeptOut, Refused: len(r.Refused), Reasons: r.Reasons}
	if problem != nil {
		e.Problem = problem.Error()
	}
	return e
}

func (s *Spaces) exchange(ctx context.Context, sp data.Space, way team.Carrier) (Report, error) {
	r := round{s: s, space: sp, way: way, report: Report{Space: sp}}
	for _, step := range []func(context.Context) error{r.open, r.fetch, r.learn, r.hearRefusal, r.readSegments, r.keepOrder, r.observe, r.seal, r.purge, r.pack, r.snapshot, r.say, r.put, r.tidy} {
		if err := step(ctx); err != nil {
			return r.report, err
		}
	}
	defer s.meet(&r)
	return r.done(), nil
}

// done is the report of an exchange that went to its end.
func (r *round) done() Report {
	r.report.Pending = r.lastEpoch() == ""
	r.report.TurnedAway = r.space.RefusedBy
	r.report.Withdrawn = r.withdrawn()
	r.report.Left = !r.report.Pending && (r.myRole() == "" || r.report.Withdrawn)
	return r.report
}

// round is one exchange.
type round struct {
	s     *Spaces
	space data.Space
	way   team.Carrier
	me    identity
	keys  team.Keys

	there   map[string]bool        // names of what the place has
	here    map[string]bool        // names of what is kept here
	retired map[string]store.Piece // whose place another piece has taken, by name
	refused map[string]string
	stale   bool // here and retired are not what the workspace has any more

	members   change.Membership
	signers   map[string]team.Certificate // of records, by the fingerprint of the laptop
	judge     store.Judge
	invitedBy string // a person's ID
	waiting   []waiting
	report    Report
}

// open reads what this laptop has.
func (r *round) open(ctx context.Context) (err error) {
	if r.me, err = r.s.identity(ctx); err != nil {
		return err
	}
	if r.keys, err = r.s.keysOf(ctx, r.space.ID); err != nil {
		return err
	}
	if r.invitedBy, err = r.s.db.Setting(ctx, store.SettingInvitedBy+r.space.ID); err != nil {
		return err
	}
	if r.refused, err = r.s.db.RefusedPieces(ctx, r.space.ID); err != nil {
		return err
	}
	return r.look(ctx)
}

// look reads which pieces are here.
func (r *round) look(ctx context.Context) (err error) {
	if r.retired, err = r.s.db.RetiredPieces(ctx, r.space.ID); err != nil {
		return err
	}
	names, err := r.s.db.PieceNames(ctx, r.space.ID)
	r.here = setOf(names)
	return err
}

func setOf(names []string) map[string]bool {
	set := make(map[string]bool, len(names))
	for _, n := range names {
		set[n] = true
	}
	return set
}

// fetch keeps the pieces that the place has and this laptop has not. One that is
// not wholly there yet comes with a later exchange.
func (r *round) fetch(ctx context.Context) error {
	list, err := r.way.List(ctx)
	if err != nil {
		return err
	}
	r.there = make(map[string]bool, len(list))
	var batch []store.Piece
	size := 0
	for _, p := range list {
		r.there[p.Name] = true
		_, bad := r.refused[p.Name]
		if _, old := r.retired[p.Name]; bad || old || r.here[p.Name] {
			continue
		}
		body, err := r.way.Get(ctx, p.Name)
		if errors.Is(err, team.ErrNotThere) {
			delete(r.there, p.Name) // whoever has it whole puts it there again
			continue
		}
		if err != nil {
			return err
		}
		batch, size = append(batch, store.Piece{Name: p.Name, Body: body}), size+len(body)
		if size > 8<<20 {
			if err := r.keep(ctx, batch); err != nil {
				return err
			}
			batch, size = nil, 0
		}
	}
	return r.keep(ctx, batch)
}

// keep writes pieces to the workspace.
func (r *round) keep(ctx context.Context, pieces []store.Piece) error {
	if len(pieces) == 0 {
		return nil
	}
	_, err := r.s.db.Write(ctx, "", func(tx *store.Tx) error {
		for _, p := range pieces {
			if err := tx.KeepPiece(r.space.ID, p); err != nil {
				return err
			}
		}
		return nil
	})
	for _, p := range pieces {
		r.here[p.Name] = true
		r.report.Came++
	}
	return err
}

// of are the names of the kept pieces of a kind, sorted.
func (r *round) of(kind team.Kind) []string {
	var names []string
	for name := range r.here {
		if name[0] != byte(kind) {
			continue
		}
		if _, _, _, err := team.Parts(name); err == nil {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// refuse keeps why a piece is not taken in, unless it may be later.
func (r *round) refuse(ctx context.Context, name string, err error) error {
	var no *team.Refusal
	if !errors.As(err, &no) {
		return err
	}
	switch no.Why {
	case team.NotWhole, team.NoKey, team.Early, team.Newer:
		return nil // asked again with the next exchange
	}
	if _, told := r.refused[name]; told {
		return nil
	}
	r.refused[name] = no.Says
	r.report.Refused = append(r.report.Refused, no.Error())
	r.report.Reasons = data.AddCount(r.report.Reasons, no.Says, 1)
	_, err = r.s.db.Write(ctx, "", func(tx *store.Tx) error { return tx.RefusePiece(r.space.ID, name, no.Says) })
	return err
}

// seal makes segments of what was written here since the last.
func (r *round) seal(ctx context.Context) error {
	if r.lastEpoch() == "" || r.myRole() == "" {
		return nil
	}
	if any, err := r.s.db.AnyUnsent(ctx, r.space.ID, r.me.device.ID()); err != nil || !any {
		return err
	}
	_, err := r.s.db.Write(ctx, "", func(tx *store.Tx) error {
		unsent, err := tx.Unsent(r.space.ID, r.me.device.ID())
		if err != nil {
			return err
		}
		for _, u := range unsent {
			if err := r.sealLog(tx, u); err != nil {
				return err
			}
		}
		return nil
	})
	return err
}

func (r *round) sealLog(tx *store.Tx, u store.Unsent) error {
	previous, err := tx.LastSegment(r.space.ID, u.Log)
	if err != nil && !errors.Is(err, data.ErrNotFound) {
		return err
	}
	runs, err := team.Split(u.Changes)
	if err != nil {
		return err
	}
	for _, run := range runs {
		blank, err := tx.ErasedIn(r.space.ID, u.Log, run[0].Counter, run[len(run)-1].Counter)
		if err != nil {
			return err
		}
		h := team.Header{
			Blank: blank, Space: r.space.ID, Epoch: r.lastEpoch(), Log: u.Log, Previous: previous, Heads: r.members.Heads,
			First: run[0].Counter, Last: run[len(run)-1].Counter,
		}
		name, body, err := team.SealSegment(h, run, r.keys, r.me.device)
		if err != nil {
			return err
		}
		if err := tx.KeepPiece(r.space.ID, store.Piece{Name: name, Log: u.Log, First: h.First, Last: h.Last, Epoch: h.Epoch, Blank: blank, Body: body}); err != nil {
			return err
		}
		r.here[name], previous = true, name
	}
	return nil
}

// put brings the place whatever is here and not there: ours, and what others put
// there before and was lost since. Of segments that could not be taken in here nobody
// knows whether another stands for them by now; whoever can read them has them.
func (r *round) put(ctx context.Context) error {
	var lacking []string
	for name := range r.here {
		if _, bad := r.refused[name]; !bad && !r.there[name] {
			lacking = append(lacking, name)
		}
	}
	if len(lacking) == 0 {
		return nil
	}
	slices.Sort(lacking)
	unread, err := r.s.db.UnreadSegments(ctx, r.space.ID)
	if err != nil {
		return err
	}
	leave := setOf(unread)
	for _, name := range lacking {
		if leave[name] {
			continue
		}
		body, err := r.s.db.PieceBody(ctx, r.space.ID, name)
		if err != nil {
			return err
		}
		if err := r.way.PutNew(ctx, name, body); err != nil {
			if p, ok := data.AsProblem(err); ok && p.Kind == data.ReadOnly && name[0] == byte(team.WordPiece) {
				continue // who only reads there need not say how far they are
			}
			return err
		}
		r.report.Sent++
	}
	return nil
}
