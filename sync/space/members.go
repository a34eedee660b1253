package space

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"rapport/data"
	"rapport/data/change"
	"rapport/data/store"
	"rapport/sync/team"
)

// Create makes a space whose owner we are, in a place or, for "", to be exchanged
// by bundle files. A name that a space here has is refused, since names tell them apart.
func (s *Spaces) Create(ctx context.Context, name string, kind data.SpaceKind, place string) (data.Space, error) {
	sp := data.Space{Name: name, Kind: kind, Place: place}
	if err := sp.Check(); err != nil {
		return sp, err
	}
	list, err := s.db.Spaces(ctx)
	if err != nil {
		return sp, err
	}
	if slices.ContainsFunc(list, func(o data.Space) bool { return strings.EqualFold(o.Name, sp.Name) }) {
		return sp, &data.Invalid{Field: "name", Says: "there is a space called " + sp.Name + " here already; choose another name"}
	}
	me, err := s.identity(ctx)
	if err != nil {
		return sp, err
	}
	called, err := s.called(ctx)
	if err != nil {
		return sp, err
	}
	keys, rec, piece, body, err := team.NewSpace(change.Record{
		At: change.Next(0, s.now()), Name: name, Kind: string(kind), Called: called, Side: string(data.Us),
	}, me.device)
	if err != nil {
		return sp, err
	}
	sp.ID, sp.Self = rec.ID, me.person.ID()
	if place != "" {
		way, err := s.carrier(ctx, sp, true)
		if err != nil {
			return sp, err
		}
		hangUp(way)
	}
	if err := s.putKeys(keys); err != nil {
		return sp, err
	}
	if _, err := s.db.Write(ctx, "", func(tx *store.Tx) error {
		if err := tx.AddSpace(sp, keys.IDKey, me.device.ID()); err != nil {
			return err
		}
		return tx.KeepPiece(sp.ID, store.Piece{Name: piece, Body: body})
	}); err != nil {
		return sp, errors.Join(err, s.keys.Delete(keysSecret+sp.ID))
	}
	if place == "" {
		_, err = s.alone(ctx, sp)
	} else {
		_, err = s.Sync(ctx, sp.ID)
	}
	return sp, err
}

// called is how we are called in a space: the name in the settings, else what the
// laptop's user is called.
func (s *Spaces) called(ctx context.Context) (string, error) {
	name, err := s.db.Setting(ctx, store.SettingUserName)
	if err == nil && name == "" {
		err = &data.Invalid{Field: "name", Says: "the others need to know who you are; say your name first, in Settings or with -as"}
	}
	return name, err
}

// invitedFor is how long an invitation is good.
const invitedFor = 14 * 24 * time.Hour

// Invite makes an invitation for one person, as a file. It holds a secret that
// works once.
func (s *Spaces) Invite(ctx context.Context, id string, who data.Invitee) ([]byte, error) {
	var file []byte
	err := s.invite(ctx, id, who, func(r *round, who data.Invitee, until time.Time) (change.Record, error) {
		i, rec := team.NewInvitation(r.members, r.me.device, change.Role(who.Role), who.Name, until)
		if servers, _, ok := hubParts(r.space.Place); ok {
			i.Hint = strings.Join(servers, ",")
		}
		file = i.File(r.me.device)
		return rec, nil
	})
	if err != nil {
		return nil, err
	}
	return file, nil
}

// invite tells the others of an invitation that way makes.
func (s *Spaces) invite(ctx context.Context, id string, who data.Invitee, way func(*round, data.Invitee, time.Time) (change.Record, error)) error {
	who = who.Tidy()
	if err := who.Check(); err != nil {
		return err
	}
	return s.within(ctx, id, func(r *round) error {
		if !r.myRole().MayAdmit(who.Role) {
			return &data.Invalid{Field: "role", Says: "only owners and admins invite, and only owners invite owners and admins; you are " + string(r.myRole())}
		}
		rec, err := way(r, who, s.now().Add(invitedFor))
		if err != nil {
			return err
		}
		rec.Side, rec.Discipline, rec.History = string(who.Side), who.Discipline, who.History
		return r.record(ctx, rec)
	})
}

// Join brings an invitation back. The space is there at once, and opens when whoever
// made the invitation has exchanged once more.
func (s *Spaces) Join(ctx context.Context, file []byte, place string) (data.Space, error) {
	i, err := team.ReadInvitation(file, s.now())
	if err != nil {
		return data.Space{}, saidPlainly(err)
	}
	return s.answer(ctx, i, place)
}

// answer brings an invitation back by way of a place.
func (s *Spaces) answer(ctx context.Context, i team.Invitation, place string) (data.Space, error) {
	me, err := s.identity(ctx)
	if err != nil {
		return data.Space{}, err
	}
	called, err := s.called(ctx)
	if err != nil {
		return data.Space{}, err
	}
	sp := data.Space{ID: i.Space, Name: i.Name, Kind: data.TeamSpace, Self: me.person.ID(), Place: place}
	known, err := s.keysOf(ctx, sp.ID)
	if err != nil {
		return sp, err
	}
	name, body, err := i.Answer(called, me.device)
	if err != nil {
		return sp, err
	}
	if place != "" {
		way, err := s.carrier(ctx, sp, false)
		if err != nil {
			return sp, err
		}
		_, err = way.List(ctx)
		hangUp(way)
		if err != nil {
			return sp, err
		}
	}
	if _, err := s.db.Write(ctx, "", func(tx *store.Tx) error {
		err := tx.AddSpace(sp, make([]byte, 32), me.device.ID())
		switch again := errors.Is(err, data.ErrConflict); {
		case again && len(known.Epochs) > 0:
			return &data.Invalid{Field: "space", Says: "this laptop shares " + sp.Name + " already"}
		case again: // another invitation for who was not let in
			err = errors.Join(tx.PutRefusedBy(sp.ID, ""), tx.ChangeSpace(sp))
		}
		if err != nil {
			return err
		}
		if err := tx.PutSetting(store.SettingInvitedBy+sp.ID, i.By.Person.ID()); err != nil {
			return err
		}
		if err := tx.PutSetting(store.SettingAnswered+sp.ID, i.Hash()); err != nil {
			return err
		}
		return tx.KeepPiece(sp.ID, store.Piece{Name: name, Body: body})
	}); err != nil {
		return sp, err
	}
	if place == "" {
		return sp, nil
	}
	_, err = s.Sync(ctx, sp.ID)
	return sp, err
}

// saidPlainly makes of a refusal what people are told of input.
func saidPlainly(err error) error {
	if no, ok := team.IsRefusal(err); ok {
		return &data.Invalid{Field: "invitation", Says: no.Says}
	}
	return err
}

// SetRole gives a member another role. The only owner stays one while others share it.
func (s *Spaces) SetRole(ctx context.Context, id, member string, role data.SpaceRole) error {
	if err := role.Check(); err != nil {
		return err
	}
	return s.about(ctx, id, member, func(r *round, m change.Member) (change.Record, error) {
		if !r.myRole().MayAdmit(role) || !r.myRole().MayAdmit(data.SpaceRole(m.Role)) {
			return change.Record{}, &data.Invalid{Field: "role", Says: "your role, " + string(r.myRole()) + ", does not change this one"}
		}
		if role != data.Owner {
			if err := r.ownerless(m); err != nil {
				return change.Record{}, err
			}
		}
		return change.Record{Deed: change.GiveRole, Person: m.Person, Card: m.Card, Role: change.Role(role)}, nil
	})
}

// Remove takes somebody out of a space, or oneself: another key is used from then
// on. What they read cannot be unread. The only owner stays while others share it.
func (s *Spaces) Remove(ctx context.Context, id, member string) error {
	return s.about(ctx, id, member, func(r *round, m change.Member) (change.Record, error) {
		if m.Person != r.me.person.ID() && !r.myRole().MayAdmit(data.SpaceRole(m.Role)) {
			return change.Record{}, &data.Invalid{Field: "member", Says: "your role, " + string(r.myRole()) + ", does not remove this one"}
		}
		if err := r.ownerless(m); err != nil {
			return change.Record{}, err
		}
		return change.Record{Deed: change.Remove, Person: m.Person}, nil
	})
}

// ownerless refuses that the only owner stops being one while others share the space:
// nobody could ever make another.
func (r *round) ownerless(m change.Member) error {
	others := false
	for _, o := range r.members.Members {
		switch {
		case o.Role == "" || o.Person == m.Person:
		case data.SpaceRole(o.Role) == data.Owner:
			return nil
		default:
			others = true
		}
	}
	if data.SpaceRole(m.Role) != data.Owner || !others {
		return nil
	}
	return &data.Invalid{Field: "member", Says: "a space that others share needs an owner; make somebody else an owner first"}
}

// about records something of one member, with how much of their logs is here.
func (s *Spaces) about(ctx context.Context, id, member string, what func(*round, change.Member) (change.Record, error)) error {
	return s.within(ctx, id, func(r *round) error {
		m, ok := r.members.Members[member]
		if !ok || m.Role == "" {
			return &data.Invalid{Field: "member", Says: "there is no such member now"}
		}
		rec, err := what(r, m)
		if err != nil {
			return err
		}
		if rec.Seen, err = r.seenOf(ctx, member); err != nil {
			return err
		}
		if err := r.record(ctx, rec); err != nil {
			return err
		}
		if rec.Deed == change.GiveRole && member != r.me.person.ID() {
			if err := r.withdrawAgain(ctx, member); err != nil {
				return err
			}
		}
		return r.keepOrder(ctx)
	})
}

// within does something in a space whose members this laptop knows, before and
// after exchanging with its place, where it has one that can be reached.
func (s *Spaces) within(ctx context.Context, id string, do func(*round) error) error {
	sp, err := s.db.Space(ctx, id)
	if err != nil {
		return err
	}
	if err := s.inTurn(ctx, sp, do); err != nil {
		return err
	}
	if sp.Place != "" {
		_, err = s.Sync(ctx, id)
	}
	return err
}

// inTurn does something in a space while nobody else in this process is at work on
// it.
func (s *Spaces) inTurn(ctx context.Context, sp data.Space, do func(*round) error) error {
	done, err := s.turn(ctx, sp.ID)
	if err != nil {
		return err
	}
	defer done()
	r, err := s.alone(ctx, sp)
	if err != nil {
		return err
	}
	if r.lastEpoch() == "" {
		return &data.Problem{Kind: data.NoSpaceKey, About: sp.Name}
	}
	return do(r)
}

// alone is a round without a place: what is here is read, and what is new is
// sealed.
func (s *Spaces) alone(ctx context.Context, sp data.Space) (*round, error) {
	r := &round{s: s, space: sp, report: Report{Space: sp}, there: map[string]bool{}}
	for _, step := range []func(context.Context) error{r.open, r.learn, r.hearRefusal, r.readSegments, r.keepOrder, r.observe, r.seal, r.purge, r.snapshot} {
		if err := step(ctx); err != nil {
			return r, err
		}
	}
	return r, nil
}
