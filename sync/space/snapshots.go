package space

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"rapport/data"
	"rapport/data/change"
	"rapport/data/store"
	"rapport/sync/team"
)

const (
	// anotherAfter is how long nobody writes a snapshot after the last, unless somebody
	// can read none at all.
	anotherAfter = time.Hour
	// insteadAfter is after how long any owner or admin writes the snapshot that
	// another should have.
	insteadAfter = 24 * time.Hour
)

// snapshotSeen is what is known of a snapshot of which all parts are here.
type snapshotSeen struct {
	team.Snapshot // without its registers
	pieces        []string
	fits          bool
}

// lets is the same for members of a space of a kind that write alike.
func lets(in string) func(side string, role change.Role) string {
	return func(side string, role change.Role) string {
		r := data.Rights{In: data.SpaceKind(in), Side: data.Side(side), Role: data.SpaceRole(role)}
		return fmt.Sprint(r.MayWrite(data.KindAccount), r.MayWrite(data.KindInteraction), r.MayWrite(data.KindJointReply))
	}
}

// mayWriteSnapshots says whether a member's snapshots are taken.
func mayWriteSnapshots(m change.Membership, person string) bool {
	return data.SpaceRole(m.Members[person].Role).MayAdmit(data.Reader)
}

// fits says whether a state that was judged by some records is what it would be by
// those that are known now, and whoever wrote it may be believed.
func (r *round) fits(have change.Vector, heads []string, author string) bool {
	if !mayWriteSnapshots(r.members, author) {
		return false
	}
	if slices.Equal(heads, r.members.Heads) {
		return true
	}
	then, known := r.members.AsOf(heads)
	return known && r.members.SameVerdicts(then, have, lets(r.members.Kind))
}

// snapshots are those that can be read here and are whole, by somebody who was an
// owner or admin then.
func (r *round) snapshots(ctx context.Context) ([]snapshotSeen, error) {
	type key struct{ of, device string }
	parts := map[key][]team.SnapshotPart{}
	pieces := map[key][]string{}
	for _, name := range r.of(team.SnapshotPiece) {
		if _, bad := r.refused[name]; bad {
			continue
		}
		p, err := r.part(ctx, name)
		if err != nil {
			if err := r.refuse(ctx, name, err); err != nil {
				return nil, err
			}
			continue
		}
		k := key{p.Of, p.By.Device()}
		parts[k], pieces[k] = append(parts[k], p), append(pieces[k], name)
	}
	var list []snapshotSeen
	for k, all := range parts {
		whole, err := team.WholeSnapshot(all)
		if err != nil {
			if err := r.refuseAll(ctx, pieces[k], err); err != nil {
				return nil, err
			}
			continue
		}
		f := r.fitness(whole, pieces[k][0])
		switch {
		case f.stranger:
			no := &team.Refusal{Why: team.Forged, Says: "it is a snapshot by somebody who is no owner or admin"}
			if err := r.refuseAll(ctx, pieces[k], no); err != nil {
				return nil, err
			}
		case f.known:
			list = append(list, snapshotSeen{whole, pieces[k], f.fits})
		}
	}
	slices.SortFunc(list, func(a, b snapshotSeen) int { return slices.Compare(a.pieces, b.pieces) })
	return list, nil
}

// fitness is what the records that are known now say of a snapshot.
type fitness struct {
	known    bool // all records that it was judged by are here
	stranger bool // who wrote it was no owner or admin by these
	fits     bool
}

// judgedSnapshots is the fitness of snapshots by one piece of each, by some records.
type judgedSnapshots struct {
	heads []string
	by    map[string]fitness
}

// fitness is asked for with every exchange, and found once for the same records.
func (r *round) fitness(s team.Snapshot, piece string) fitness {
	r.s.mu.Lock()
	defer r.s.mu.Unlock()
	told := r.s.judged[r.space.ID]
	if told.by == nil || !slices.Equal(told.heads, r.members.Heads) {
		told = judgedSnapshots{r.members.Heads, map[string]fitness{}}
		r.s.judged[r.space.ID] = told
	}
	f, done := told.by[piece]
	if done {
		return f
	}
	author := s.By.Person.ID()
	then, known := r.members.AsOf(s.Heads)
	f = fitness{known: known, stranger: known && !mayWriteSnapshots(then, author), fits: r.members.Speaks(author, s.By.Device()) && r.fits(s.Have, s.Heads, author)}
	told.by[piece] = f
	return f
}

func (r *round) refuseAll(ctx context.Context, names []string, err error) error {
	no, ok := team.IsRefusal(err)
	if !ok {
		return err
	}
	for _, name := range names {
		if err := r.refuse(ctx, name, &team.Refusal{Why: no.Why, Piece: name, Says: no.Says}); err != nil {
			return err
		}
	}
	return nil
}

// part is what a part of a snapshot says of itself, without its registers; it is
// opened once in each process.
func (r *round) part(ctx context.Context, name string) (team.SnapshotPart, error) {
	r.s.mu.Lock()
	p, known := r.s.parts[name]
	r.s.mu.Unlock()
	if known {
		return p, nil
	}
	p, err := r.openPart(ctx, name)
	if err != nil {
		return p, err
	}
	p.Entities = nil
	r.s.mu.Lock()
	defer r.s.mu.Unlock()
	r.s.parts[name] = p
	return p, nil
}

func (r *round) openPart(ctx context.Context, name string) (team.SnapshotPart, error) {
	body, err := r.s.db.PieceBody(ctx, r.space.ID, name)
	if err != nil {
		return team.SnapshotPart{}, err
	}
	return team.OpenSnapshot(name, body, r.keys)
}

// begin takes a snapshot in where this laptop's person joined from now on, and it
// has what no key of ours opens: what it was before the first time, or changes
// that were sealed with an older key since.
func (r *round) begin(ctx context.Context) (took bool, err error) {
	me := r.members.Members[r.me.person.ID()]
	if r.judge == nil || me.Role == "" || me.From == 0 {
		return false, nil
	}
	list, err := r.snapshots(ctx)
	if err != nil || len(list) == 0 {
		return false, err
	}
	began, err := r.s.db.Began(ctx, r.space.ID)
	if err != nil {
		return false, err
	}
	have, err := r.s.db.Have(ctx, r.space.ID)
	if err != nil {
		return false, err
	}
	usable := began.Have == nil || r.fits(began.Have, began.Heads, began.Author)
	var best snapshotSeen
	for _, s := range list {
		if s.fits && s.Have.Covers(began.Have) && (best.Have == nil || s.Have.Covers(best.Have)) {
			best = s
		}
	}
	if best.Have == nil || usable && have.Covers(best.Have) {
		return false, nil
	}
	return true, r.beginWith(ctx, best)
}

func (r *round) beginWith(ctx context.Context, seen snapshotSeen) error {
	var parts []team.SnapshotPart
	for _, name := range seen.pieces {
		p, err := r.openPart(ctx, name)
		if err != nil {
			return err
		}
		parts = append(parts, p)
	}
	whole, err := team.WholeSnapshot(parts)
	if err != nil {
		return r.refuseAll(ctx, seen.pieces, err)
	}
	got, err := r.s.db.BeginWith(ctx, r.space.ID, store.Snapshot{
		Have: whole.Have, Heads: whole.Heads, Tips: whole.Tips, Author: whole.By.Person.ID(), Entities: whole.Entities,
	}, r.judge)
	r.took(got)
	for _, e := range whole.Entities {
		r.report.Began += len(e)
	}
	return err
}

// snapshot writes the state as it is here for those who joined from now on, where
// they lack it and it falls to us.
func (r *round) snapshot(ctx context.Context) error {
	if r.lastEpoch() == "" || !r.keys.Epochs[r.lastEpoch()].Whole() || !r.myRole().MayAdmit(data.Reader) {
		return nil
	}
	owed, err := r.owesSnapshot(ctx)
	if err != nil || !owed {
		return err
	}
	s, err := r.s.db.Snapshot(ctx, r.space.ID)
	if err != nil || !s.Whole() || !slices.Equal(s.Heads, r.members.Heads) {
		return err
	}
	parts, err := team.SealSnapshot(team.Snapshot{Have: s.Have, Heads: s.Heads, Tips: s.Tips, Entities: s.Entities}, r.keys, r.lastEpoch(), r.me.device)
	if errors.Is(err, team.ErrTooLarge) {
		const why = "who joined from now on cannot begin: one text of the space is too large to travel; shorten it"
		r.report.Refused, r.report.Reasons = append(r.report.Refused, why), data.AddCount(r.report.Reasons, why, 1)
		return nil
	}
	if err != nil {
		return err
	}
	_, err = r.s.db.Write(ctx, "", func(tx *store.Tx) error {
		for _, p := range parts {
			if err := tx.KeepPiece(r.space.ID, store.Piece{Name: p.Name, Body: p.Body}); err != nil {
				return err
			}
		}
		return nil
	})
	for _, p := range parts {
		r.here[p.Name] = true
	}
	return err
}

// newcomers are the members who joined from now on, by the place of the first epoch
// that they read.
func (r *round) newcomers() map[int][]string {
	list := map[int][]string{}
	for _, id := range sortedKeys(r.members.Members) {
		m := r.members.Members[id]
		if m.Role != "" && m.From > 0 && m.From < len(r.members.Epochs) {
			list[m.From] = append(list[m.From], id)
		}
	}
	return list
}

// owesSnapshot says whether some newcomer lacks what only a snapshot can bring them,
// and it falls to us now to write one.
func (r *round) owesSnapshot(ctx context.Context) (bool, error) {
	newcomers := r.newcomers()
	if len(newcomers) == 0 {
		return false, nil
	}
	began, err := r.s.db.Began(ctx, r.space.ID)
	if err != nil || began.Have != nil && !r.fits(began.Have, began.Heads, began.Author) {
		return false, err // ours is not right either
	}
	list, err := r.snapshots(ctx)
	if err != nil {
		return false, err
	}
	have, err := r.s.db.Have(ctx, r.space.ID)
	if err != nil {
		return false, err
	}
	for _, s := range list {
		if !have.Covers(s.Have) {
			return false, nil // somebody knows more than we do
		}
	}
	byEpoch, err := r.s.db.LastByEpoch(ctx, r.space.ID)
	if err != nil {
		return false, err
	}
	last := r.members.Epochs[len(r.members.Epochs)-1]
	for from, who := range newcomers {
		sealed := began.Have.Clone() // what they have no key for
		for epoch, last := range byEpoch {
			if slices.Index(r.members.Epochs, epoch) < from {
				sealed.Merge(last)
			}
		}
		none, lack := r.lack(list, from, sealed)
		if !lack {
			continue
		}
		mine := slices.ContainsFunc(who, func(id string) bool { return r.oweKeys(id, last) })
		if due, err := r.isDue(ctx, mine, none); due || err != nil {
			return due, err
		}
	}
	return false, nil
}

// isDue says whether a snapshot that is lacking is to be written now: at once by
// those who let the newcomers in or began the last epoch, where there is none; later
// where there is one, or by others.
func (r *round) isDue(ctx context.Context, mine, none bool) (bool, error) {
	if mine && none {
		return true, nil
	}
	kinds, after := []string{"n"}, anotherAfter
	if !mine {
		kinds, after = []string{"m", "n"}, insteadAfter
	}
	last, err := r.s.db.LastCame(ctx, r.space.ID, kinds...)
	return r.s.now().Sub(last) >= after, err
}

// lack says whether those who read from an epoch on have no snapshot at all, and
// whether none that they read has everything that is sealed to them.
func (r *round) lack(list []snapshotSeen, from int, sealed change.Vector) (none, lack bool) {
	none, lack = true, true
	for _, s := range list {
		if !s.fits || slices.Index(r.members.Epochs, s.Epoch) < from {
			continue
		}
		none, lack = false, lack && !s.Have.Covers(sealed)
	}
	return none, lack
}
