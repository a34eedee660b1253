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

// mayWrite is what each role writes, as the merge core asks it.
func mayWrite(role change.Role, c change.Change) bool {
	return data.SpaceRole(role).MayWrite(c.Entity.Kind)
}

// judgeOf keeps out what a membership does not allow, in words.
func judgeOf(m change.Membership) store.Judge {
	verdict := m.Verdicts(mayWrite)
	return func(c change.Change) string { return string(verdict(c)) }
}

// learn reads keys and records until neither says anything new: records are opened
// by keys, and say whose keys to trust.
func (r *round) learn(ctx context.Context) error {
	for {
		news, err := r.readKeys(ctx)
		if err != nil {
			return err
		}
		if err := r.readRecords(ctx); err != nil {
			return err
		}
		if !news {
			return nil
		}
	}
}

// readKeys takes in the keys that came for us, from those who may give them: who
// invited us, ourselves on another laptop, owners and admins.
func (r *round) readKeys(ctx context.Context) (news bool, err error) {
	tag := team.KeyTag(r.space.ID, r.me.person.Card())
	for _, name := range r.tagged(tag) {
		body, err := r.s.db.PieceBody(ctx, r.space.ID, name)
		if err != nil {
			return false, err
		}
		grant, err := team.OpenKeys(name, body, r.space.ID, r.me.person)
		if err != nil {
			if err := r.refuse(ctx, name, err); err != nil {
				return false, err
			}
			continue
		}
		if !r.trusts(grant.By.Person.ID()) {
			continue
		}
		if len(r.keys.IDKey) == 0 {
			r.keys.IDKey = grant.IDKey
			if _, err := r.s.db.Write(ctx, "", func(tx *store.Tx) error { return tx.PutSpaceKey(r.space.ID, grant.IDKey) }); err != nil {
				return false, err
			}
			news = true
		}
		for _, id := range sortedKeys(grant.Epochs) {
			news = r.keys.Add(grant.Epochs[id]) || news
		}
	}
	if news {
		err = r.s.putKeys(r.keys)
	}
	return news, err
}

func (r *round) trusts(person string) bool {
	role := data.SpaceRole(r.members.Members[person].Role)
	return person == r.me.person.ID() || person == r.invitedBy || role == data.Owner || role == data.Admin
}

// tagged are the kept key pieces with a tag.
func (r *round) tagged(tag string) []string {
	var names []string
	for _, name := range r.of(team.KeyPiece) {
		if _, t, _, err := team.Parts(name); err == nil && t == tag && r.refused[name] == "" {
			names = append(names, name)
		}
	}
	return names
}

// readRecords opens the membership records, and has every change judged again where
// they say something new.
func (r *round) readRecords(ctx context.Context) error {
	if len(r.keys.Epochs) == 0 {
		return nil
	}
	var records []change.Record
	for _, name := range r.of(team.MemberPiece) {
		if _, bad := r.refused[name]; bad {
			continue
		}
		body, err := r.s.db.PieceBody(ctx, r.space.ID, name)
		if err != nil {
			return err
		}
		rec, err := team.OpenRecord(name, body, r.keys)
		if err != nil {
			if err := r.refuse(ctx, name, err); err != nil {
				return err
			}
			continue
		}
		records = append(records, rec.Record)
	}
	return r.believe(ctx, change.Judge(r.space.ID, records))
}

// believe keeps what the membership is now.
func (r *round) believe(ctx context.Context, m change.Membership) error {
	if len(m.Epochs) == 0 {
		return nil // its first record has not come yet
	}
	r.members, r.judge = m, judgeOf(m)
	before, err := r.s.db.JudgedBy(ctx, r.space.ID)
	if err != nil || slices.Equal(before, m.Heads) {
		return err
	}
	turned, err := r.s.db.Rejudge(ctx, r.space.ID, r.judge)
	if err != nil {
		return err
	}
	r.report.Turned += turned
	_, err = r.s.db.Write(ctx, "", func(tx *store.Tx) error {
		r.space.Name, r.space.Kind = m.Name, data.SpaceKind(m.Kind)
		if err := tx.ChangeSpace(r.space); err != nil {
			return err
		}
		if err := tx.PutMembers(r.space.ID, membersOf(m)); err != nil {
			return err
		}
		return tx.PutJudgedBy(r.space.ID, m.Heads)
	})
	return err
}

func membersOf(m change.Membership) []data.Member {
	var list []data.Member
	for _, id := range sortedKeys(m.Members) {
		p := m.Members[id]
		list = append(list, data.Member{
			ID: p.Person, Name: p.Name, Side: data.Side(p.Side), Discipline: p.Discipline, Role: data.SpaceRole(p.Role), Since: p.Since.Time(),
		})
	}
	return list
}

// record signs and keeps what we say of the membership, and believes it.
func (r *round) record(ctx context.Context, rec change.Record) error {
	rec.Space, rec.After, rec.At = r.space.ID, r.members.Heads, change.Next(r.lastAt(), r.s.now())
	sealed, name, body, err := team.SealRecord(rec, r.keys, r.lastEpoch(), r.me.device)
	if err != nil {
		return err
	}
	if err := r.keepOwn(ctx, name, body); err != nil {
		return err
	}
	return r.believe(ctx, change.Judge(r.space.ID, append(slices.Clone(r.members.Order), sealed)))
}

// keepOwn keeps a piece that we made.
func (r *round) keepOwn(ctx context.Context, name string, body []byte) error {
	_, err := r.s.db.Write(ctx, "", func(tx *store.Tx) error {
		return tx.KeepPiece(r.space.ID, store.Piece{Name: name, Body: body})
	})
	r.here[name] = true
	return err
}

// lastAt is the latest clock of the records that are known.
func (r *round) lastAt() (at change.HLC) {
	for _, rec := range r.members.Order {
		at = max(at, rec.At)
	}
	return at
}

// lastEpoch is the newest epoch whose key is here.
func (r *round) lastEpoch() string {
	for _, id := range slices.Backward(r.members.Epochs) {
		if _, ok := r.keys.Epochs[id]; ok {
			return id
		}
	}
	return ""
}

// myRole is what we are in the space.
func (r *round) myRole() data.SpaceRole {
	return data.SpaceRole(r.members.Members[r.me.person.ID()].Role)
}

// keepOrder does what falls to this laptop: it says that it is ours, lets in who
// brings an invitation of ours back, begins another epoch where somebody left, and
// gives its key to all who stayed.
func (r *round) keepOrder(ctx context.Context) error {
	if r.lastEpoch() == "" || r.myRole() == "" {
		return nil
	}
	if r.members.Devices[r.me.device.ID()] == "" {
		if err := r.record(ctx, change.Record{Deed: change.AddDevice}); err != nil {
			return err
		}
	}
	if err := r.admit(ctx); err != nil {
		return err
	}
	if r.members.NeedsRotation() && r.myRole().MayAdmit(data.Reader) {
		if err := r.rotate(ctx); err != nil {
			return err
		}
	}
	return r.giveKeys(ctx)
}

// admit lets in who brings back an invitation that we made. Of who comes by a code
// a person compares the fingerprint first.
func (r *round) admit(ctx context.Context) error {
	for _, name := range r.tagged(team.AnswerTag(r.space.ID, r.me.person.Card())) {
		body, err := r.s.db.PieceBody(ctx, r.space.ID, name)
		if err != nil {
			return err
		}
		answer, err := team.OpenAnswer(name, body, r.space.ID, r.me.person)
		if err != nil {
			if err := r.refuse(ctx, name, err); err != nil {
				return err
			}
			continue
		}
		if _, was := r.members.Members[answer.By.Person.ID()]; was {
			continue // let in before
		}
		rec, err := answer.Admit(r.members, r.s.now())
		if err != nil {
			if err := r.refuse(ctx, name, err); err != nil {
				return err
			}
			continue
		}
		if answer.MustConfirm() {
			r.report.ToConfirm = append(r.report.ToConfirm, answer.Called+" "+answer.Fingerprint())
			continue
		}
		if err := r.record(ctx, rec); err != nil {
			return err
		}
		r.report.Admitted = append(r.report.Admitted, answer.Called)
	}
	return nil
}

// rotate begins another epoch.
func (r *round) rotate(ctx context.Context) error {
	e := team.NewEpoch()
	if err := r.record(ctx, change.Record{Deed: change.Rotate, Epoch: e.ID}); err != nil {
		return err
	}
	r.keys.Add(e)
	return r.s.putKeys(r.keys)
}

// giveKeys gives keys to those whom we let in, and to everybody those of an epoch
// that we began, each once.
func (r *round) giveKeys(ctx context.Context) error {
	given, err := r.s.db.GivenKeys(ctx, r.space.ID)
	if err != nil {
		return err
	}
	last := r.members.Epochs[len(r.members.Epochs)-1]
	if _, have := r.keys.Epochs[last]; !have {
		return nil
	}
	for _, id := range sortedKeys(r.members.Members) {
		m := r.members.Members[id]
		if m.Role == "" || given[id] == last || !r.oweKeys(id, last) {
			continue
		}
		card, err := team.ReadCard(m.Card)
		if err != nil {
			return err
		}
		name, body, err := team.SealKeys(r.keys.KeysFor(r.members, id), card, r.me.device)
		if err != nil {
			return err
		}
		if err := r.keepOwn(ctx, name, body); err != nil {
			return err
		}
		if _, err := r.s.db.Write(ctx, "", func(tx *store.Tx) error { return tx.PutGivenKeys(r.space.ID, id, last) }); err != nil {
			return err
		}
	}
	return nil
}

// oweKeys says whether it falls to us to give a member the keys of an epoch.
func (r *round) oweKeys(member, epoch string) bool {
	me := r.me.person.ID()
	for _, rec := range r.members.Order {
		began := (rec.Deed == change.Create || rec.Deed == change.Rotate) && rec.Epoch == epoch
		letIn := rec.Deed == change.AddMember && rec.Person == member
		if rec.By == me && (began || letIn) && r.members.Void[rec.ID] == "" {
			return true
		}
	}
	return false
}

// Create makes a space whose owner we are, in a place or, for "", to be exchanged
// by bundle files.
func (s *Spaces) Create(ctx context.Context, name string, kind data.SpaceKind, place string) (data.Space, error) {
	sp := data.Space{Name: name, Kind: kind, Place: place}
	if err := sp.Check(); err != nil {
		return sp, err
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
		if _, err := s.carrier(ctx, sp, true); err != nil {
			return sp, err
		}
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
	who = who.Tidy()
	if err := who.Check(); err != nil {
		return nil, err
	}
	var file []byte
	err := s.within(ctx, id, func(r *round) error {
		if !r.myRole().MayAdmit(who.Role) {
			return &data.Invalid{Field: "role", Says: "only owners and admins invite, and only owners invite owners and admins; you are " + string(r.myRole())}
		}
		i, rec := team.NewInvitation(r.members, r.me.device, change.Role(who.Role), who.Name, s.now().Add(invitedFor))
		rec.Side, rec.Discipline, rec.History = string(who.Side), who.Discipline, who.History
		if err := r.record(ctx, rec); err != nil {
			return err
		}
		file = i.File(r.me.device)
		return nil
	})
	return file, err
}

// Join brings an invitation back. The space is there at once, and opens when whoever
// made the invitation has exchanged once more.
func (s *Spaces) Join(ctx context.Context, file []byte, place string) (data.Space, error) {
	i, err := team.ReadInvitation(file, s.now())
	if err != nil {
		return data.Space{}, saidPlainly(err)
	}
	me, err := s.identity(ctx)
	if err != nil {
		return data.Space{}, err
	}
	called, err := s.called(ctx)
	if err != nil {
		return data.Space{}, err
	}
	sp := data.Space{ID: i.Space, Name: i.Name, Kind: data.TeamSpace, Self: me.person.ID(), Place: place}
	name, body, err := i.Answer(called, me.device)
	if err != nil {
		return sp, err
	}
	if place != "" {
		way, err := s.carrier(ctx, sp, false)
		if err != nil {
			return sp, err
		}
		if _, err := way.List(ctx); err != nil {
			return sp, err
		}
	}
	if _, err := s.db.Write(ctx, "", func(tx *store.Tx) error {
		if err := tx.AddSpace(sp, make([]byte, 32), me.device.ID()); err != nil {
			if errors.Is(err, data.ErrConflict) {
				return &data.Invalid{Field: "space", Says: "this laptop shares " + sp.Name + " already"}
			}
			return err
		}
		if err := tx.PutSetting(store.SettingInvitedBy+sp.ID, i.By.Person.ID()); err != nil {
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

// SetRole gives a member another role.
func (s *Spaces) SetRole(ctx context.Context, id, member string, role data.SpaceRole) error {
	if err := role.Check(); err != nil {
		return err
	}
	return s.about(ctx, id, member, func(r *round, m change.Member) (change.Record, error) {
		if !r.myRole().MayAdmit(role) || !r.myRole().MayAdmit(data.SpaceRole(m.Role)) {
			return change.Record{}, &data.Invalid{Field: "role", Says: "your role, " + string(r.myRole()) + ", does not change this one"}
		}
		return change.Record{Deed: change.GiveRole, Person: m.Person, Card: m.Card, Role: change.Role(role)}, nil
	})
}

// Remove takes somebody out of a space, or oneself: another key is used from then
// on. What they read cannot be unread.
func (s *Spaces) Remove(ctx context.Context, id, member string) error {
	return s.about(ctx, id, member, func(r *round, m change.Member) (change.Record, error) {
		if m.Person != r.me.person.ID() && !r.myRole().MayAdmit(data.SpaceRole(m.Role)) {
			return change.Record{}, &data.Invalid{Field: "member", Says: "your role, " + string(r.myRole()) + ", does not remove this one"}
		}
		return change.Record{Deed: change.Remove, Person: m.Person}, nil
	})
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
		have, err := s.db.Have(ctx, id)
		if err != nil {
			return err
		}
		rec.Seen = change.Vector{}
		for log, n := range have {
			if device, ok := team.LogDevice(log); ok && r.members.Devices[device] == member {
				rec.Seen[log] = n
			}
		}
		if err := r.record(ctx, rec); err != nil {
			return err
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
	r, err := s.alone(ctx, sp)
	if err != nil {
		return err
	}
	if r.lastEpoch() == "" {
		return &data.Problem{Kind: data.NoSpaceKey, About: sp.Name}
	}
	if err := do(r); err != nil {
		return err
	}
	if sp.Place != "" {
		_, err = s.Sync(ctx, id)
	}
	return err
}

// alone is a round without a place: what is here is read, and what is new is
// sealed.
func (s *Spaces) alone(ctx context.Context, sp data.Space) (*round, error) {
	r := &round{s: s, space: sp, report: Report{Space: sp}, there: map[string]bool{}}
	for _, step := range []func(context.Context) error{r.open, r.learn, r.readSegments, r.keepOrder, r.seal} {
		if err := step(ctx); err != nil {
			return r, err
		}
	}
	return r, nil
}
