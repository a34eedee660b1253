package space

import (
	"cmp"
	"context"
	"errors"
	"os"
	"slices"
	"strings"
	"time"

	"rapport/data"
	"rapport/data/change"
	"rapport/data/store"
	"rapport/sync/team"
)

// Fingerprint is a member's ID as two people compare it aloud.
func Fingerprint(member string) string { return team.Spoken(member) }

// IsCode says whether what somebody typed is the short code of an invitation and not
// the name of its file.
func IsCode(typed string) bool {
	if _, err := os.Lstat(strings.TrimSpace(typed)); err == nil {
		return false
	}
	return team.LooksLikeCode(typed)
}

// InviteByCode makes an invitation for one person that a short code finds where the
// space is carried. Who brings it back is let in once somebody here has confirmed
// their fingerprint.
func (s *Spaces) InviteByCode(ctx context.Context, id string, who data.Invitee) (code string, err error) {
	sp, err := s.db.Space(ctx, id)
	if err == nil && sp.Place == "" {
		err = &data.Invalid{Field: "code", Says: sp.Name + " is exchanged by bundle files, where no code is looked for; write a file of an invitation instead"}
	}
	if err != nil {
		return "", err
	}
	err = s.invite(ctx, id, who, func(r *round, who data.Invitee, until time.Time) (change.Record, error) {
		made, name, body, rec, err := team.NewCode(r.members, r.me.device, change.Role(who.Role), who.Name, until)
		if err != nil {
			return rec, err
		}
		code = made
		return rec, r.keepOwn(ctx, name, body)
	})
	return code, err
}

// JoinByCode is Join with a short code, which is looked for in a place. Whoever made
// the invitation lets us in once they have compared our fingerprint.
func (s *Spaces) JoinByCode(ctx context.Context, typed, place string) (data.Space, error) {
	code, err := team.ReadCode(typed)
	if err != nil {
		return data.Space{}, err
	}
	if place == "" {
		return data.Space{}, &data.Invalid{Field: "code", Says: "a code is looked for where the space is carried; say where that is"}
	}
	ids, err := s.whatLies(ctx, place, "")
	if err != nil {
		return data.Space{}, err
	}
	for _, id := range ids {
		i, err := s.invitationAt(ctx, data.Space{ID: id, Place: place}, code)
		if errors.Is(err, data.ErrNotFound) {
			continue
		}
		if err != nil {
			return data.Space{}, saidPlainly(err)
		}
		return s.answer(ctx, i, place)
	}
	return data.Space{}, &data.Invalid{Field: "code", Says: "no invitation of this code lies there; look at the code and the place, and ask whoever invited you to exchange"}
}

// invitationAt is the invitation that a code finds where a space is carried.
func (s *Spaces) invitationAt(ctx context.Context, sp data.Space, code team.Code) (team.Invitation, error) {
	way, err := s.carrier(ctx, sp, false)
	if err != nil {
		return team.Invitation{}, err
	}
	defer hangUp(way)
	pieces, err := way.List(ctx)
	if err != nil {
		return team.Invitation{}, err
	}
	for _, p := range pieces {
		if kind, tag, _, err := team.Parts(p.Name); err != nil || kind != team.KeyPiece || tag != code.Tag {
			continue
		}
		body, err := way.Get(ctx, p.Name)
		if errors.Is(err, team.ErrNotThere) {
			continue
		}
		if err != nil {
			return team.Invitation{}, err
		}
		return code.Open(p.Name, body, s.now())
	}
	return team.Invitation{}, data.ErrNotFound
}

// Confirm lets somebody in who came by a code, once a person has compared their
// fingerprint: they are a member from then on, and get the keys. It looks first whether a
// colleague refused them, where the space's place can be reached; where they did at the
// same time, the refusal holds and this is an error.
func (s *Spaces) Confirm(ctx context.Context, id, person string) error {
	sp, err := s.db.Space(ctx, id)
	if err != nil {
		return err
	}
	if sp.Place != "" {
		if _, err := s.Sync(ctx, id); err != nil && ctx.Err() != nil {
			return err // else it is told with the exchange after
		}
	}
	if err := s.confirm(ctx, id, person); err != nil {
		return err
	}
	away, err := s.db.TurnedAway(ctx, id)
	for _, a := range away {
		if a.Person == person {
			return &data.Invalid{Field: "who", Says: a.By + " refused " + a.Name + " at the same time, and that holds; where it was a mistake, make another invitation"}
		}
	}
	return err
}

func (s *Spaces) confirm(ctx context.Context, id, person string) error {
	return s.ofAsker(ctx, id, person, func(r *round, a team.Answer, _ string) error {
		rec, err := a.Admit(r.members, s.now())
		if err != nil {
			return saidPlainly(err)
		}
		if rec.Seen, err = r.seenOf(ctx, person); err != nil {
			return err
		}
		if err := r.record(ctx, rec); err != nil {
			return err
		}
		return r.keepOrder(ctx)
	})
}

// TurnAway refuses somebody who came by a code, on all laptops of the space: they get
// no key, are told so, and nobody is asked again until another invitation is made that
// they bring. The code still works for whom it was meant.
func (s *Spaces) TurnAway(ctx context.Context, id, person string) error {
	return s.ofAsker(ctx, id, person, func(r *round, a team.Answer, _ string) error {
		if err := r.record(ctx, a.Refuse()); err != nil {
			return err
		}
		name, body, err := a.TurnAway(r.members.Members[r.me.person.ID()].Name, r.me.device)
		if err != nil {
			return err
		}
		if err := r.keepOwn(ctx, name, body); err != nil {
			return err
		}
		return r.keepOrder(ctx)
	})
}

// hearRefusal reads, while nobody has let us in, whether whoever invited us refused us:
// they alone read our answer. What somebody else says, or of another invitation, is
// nothing.
func (r *round) hearRefusal(ctx context.Context) error {
	by := ""
	if r.lastEpoch() == "" {
		answered, err := r.s.db.Setting(ctx, store.SettingAnswered+r.space.ID)
		if err != nil {
			return err
		}
		for _, name := range r.tagged(team.TurnedAwayTag(r.space.ID, r.me.person.Card())) {
			body, err := r.s.db.PieceBody(ctx, r.space.ID, name)
			if err != nil {
				return err
			}
			no, err := team.OpenTurnedAway(name, body, r.space.ID, r.me.person)
			if err != nil {
				if err := r.refuse(ctx, name, err); err != nil {
					return err
				}
				continue
			}
			if no.By.Person.ID() == r.invitedBy && no.Invite == answered {
				by = cmp.Or(no.Called, Fingerprint(r.invitedBy))
			}
		}
	}
	if by == r.space.RefusedBy {
		return nil
	}
	r.space.RefusedBy = by
	_, err := r.s.db.Write(ctx, "", func(tx *store.Tx) error { return tx.PutRefusedBy(r.space.ID, by) })
	return err
}

// ofAsker does something about each answer by which somebody asks to come in.
func (s *Spaces) ofAsker(ctx context.Context, id, person string, do func(r *round, a team.Answer, piece string) error) error {
	return s.within(ctx, id, func(r *round) error {
		if !r.myRole().MayAdmit(data.Reader) {
			return &data.Invalid{Field: "role", Says: "only owners and admins let people in; you are " + string(r.myRole())}
		}
		any := false
		for _, w := range r.waiting {
			if w.answer.By.Person.ID() != person {
				continue
			}
			any = true
			if err := do(r, w.answer, w.piece); err != nil || r.members.Members[person].Role != "" {
				return err
			}
		}
		if !any {
			if i := slices.IndexFunc(r.members.Refusals, func(rec change.Record) bool { return rec.Person == person }); i >= 0 {
				return &data.Invalid{Field: "who", Says: "they were refused by " + r.members.Members[r.members.Refusals[i].By].Name + "; where that was a mistake, make another invitation"}
			}
			return &data.Invalid{Field: "who", Says: "nobody of that fingerprint waits to be let in"}
		}
		return nil
	})
}

// waiting is an answer that waits for a person to confirm it.
type waiting struct {
	answer team.Answer
	piece  string
}

// keepWaiting keeps who waits, where pages and commands read it.
func (r *round) keepWaiting(ctx context.Context) error {
	var list []data.Asker
	for _, w := range r.waiting {
		a, i := w.answer, r.members.Invitations[w.answer.Invite]
		list = append(list, data.Asker{
			Person: a.By.Person.ID(), Name: a.Called, Laptop: a.By.Name, MeantFor: i.Called,
			Side: data.Side(i.Side), Role: data.SpaceRole(i.Role), History: i.History,
		})
	}
	before, err := r.s.db.Askers(ctx, r.space.ID)
	if err != nil {
		return err
	}
	same := func(a, b data.Asker) bool { b.At = a.At; return a == b }
	slices.SortFunc(list, func(a, b data.Asker) int { return strings.Compare(a.Person, b.Person) })
	list = slices.CompactFunc(list, func(a, b data.Asker) bool { return a.Person == b.Person })
	if slices.EqualFunc(before, list, same) {
		return nil
	}
	_, err = r.s.db.Write(ctx, "", func(tx *store.Tx) error { return tx.PutAskers(r.space.ID, list) })
	return err
}

// seenOf is how much of a person's logs is here.
func (r *round) seenOf(ctx context.Context, person string) (change.Vector, error) {
	have, err := r.s.db.Have(ctx, r.space.ID)
	seen := change.Vector{}
	for log, n := range have {
		if device, ok := team.LogDevice(log); ok && r.members.Devices[device] == person {
			seen[log] = n
		}
	}
	return seen, err
}
