package space

import (
	"context"
	"reflect"
	"slices"

	"rapport/data"
	"rapport/data/change"
	"rapport/data/store"
	"rapport/sync/team"
)

// mayWrite is what each side and role writes in a space of a kind, as the merge core
// asks it.
func mayWrite(in string) change.May {
	return func(side string, role change.Role, c change.Change) bool {
		return data.Rights{In: data.SpaceKind(in), Side: data.Side(side), Role: data.SpaceRole(role)}.MayWrite(c.Entity.Kind)
	}
}

// judgeOf keeps out what a membership does not allow, in words.
func judgeOf(m change.Membership) store.Judge {
	verdict := m.Verdicts(mayWrite(m.Kind))
	return func(c change.Change) string { return string(verdict(c)) }
}

// learn reads keys and records until neither says anything new: records are opened
// by keys, and say whose keys to trust.
func (r *round) learn(ctx context.Context) error {
	if r.knows() {
		return nil
	}
	for first := true; ; first = false {
		news, err := r.readKeys(ctx)
		if err != nil {
			return err
		}
		if !news && !first { // and by the records we know whom to take keys from
			r.remember()
			return nil
		}
		if err := r.readRecords(ctx); err != nil {
			return err
		}
	}
}

// learned is what an exchange of this process read from keys and records.
type learned struct {
	pieces  []string // all keys and records that were there
	epochs  int      // for which there was a key
	members change.Membership
	judge   store.Judge
	signers map[string]team.Certificate
}

// knows takes what an earlier exchange learned, where there are no other keys and
// records than then.
func (r *round) knows() bool {
	r.s.mu.Lock()
	was, ok := r.s.learned[r.space.ID]
	r.s.mu.Unlock()
	if !ok || was.judge == nil || was.epochs != len(r.keys.Epochs) || !slices.Equal(was.pieces, r.lessons()) {
		return false
	}
	r.members, r.judge, r.signers = was.members, was.judge, was.signers
	return true
}

func (r *round) remember() {
	r.s.mu.Lock()
	defer r.s.mu.Unlock()
	r.s.learned[r.space.ID] = learned{r.lessons(), len(r.keys.Epochs), r.members, r.judge, r.signers}
}

// lessons are the names of the keys and records that are here.
func (r *round) lessons() []string { return append(r.of(team.KeyPiece), r.of(team.MemberPiece)...) }

// readKeys takes in the keys that came for us, from those who may give them: who
// invited us, ourselves on another laptop, owners and admins.
func (r *round) readKeys(ctx context.Context) (news bool, err error) {
	forPerson, forLaptop := r.tagged(team.KeyTag(r.space.ID, r.me.person.Card())), r.tagged(team.LaptopKeyTag(r.space.ID, r.me.device.Certificate.Key))
	for i, name := range append(forPerson, forLaptop...) {
		body, err := r.s.db.PieceBody(ctx, r.space.ID, name)
		if err != nil {
			return false, err
		}
		grant, err := r.openKeys(name, body, i >= len(forPerson))
		if err != nil {
			if err := r.refuse(ctx, name, err); err != nil {
				return false, err
			}
			continue
		}
		if !r.trusts(grant.By) {
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

// openKeys opens a key piece for us, or for this laptop of ours alone.
func (r *round) openKeys(name string, body []byte, forLaptop bool) (team.KeyGrant, error) {
	if forLaptop {
		return team.OpenLaptopKeys(name, body, r.space.ID, r.me.device)
	}
	return team.OpenKeys(name, body, r.space.ID, r.me.person)
}

func (r *round) trusts(giver team.Certificate) bool {
	person := giver.Person.ID()
	if !r.members.Speaks(person, giver.Device()) {
		return false
	}
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
		r.knowLaptop(rec.Certificate)
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
	if _, err := r.s.db.Write(ctx, "", func(tx *store.Tx) error {
		r.space.Name, r.space.Kind = m.Name, data.SpaceKind(m.Kind)
		if err := tx.ChangeSpace(r.space); err != nil {
			return err
		}
		if err := tx.PutMembers(r.space.ID, membersOf(m)); err != nil {
			return err
		}
		if err := tx.PutTurnedAway(r.space.ID, turnedAwayOf(m)); err != nil {
			return err
		}
		return tx.PutDevices(r.space.ID, r.namedDevices())
	}); err != nil {
		return err
	}
	if err := r.rejudge(ctx, before); err != nil { // what is let in now is told by its members' names
		return err
	}
	_, err = r.s.db.Write(ctx, "", func(tx *store.Tx) error { return tx.PutJudgedBy(r.space.ID, m.Heads) })
	return err
}

// rejudge has the changes judged again of the logs that are judged otherwise than by
// the records of before.
func (r *round) rejudge(ctx context.Context, before []string) error {
	have, err := r.s.db.Have(ctx, r.space.ID)
	if err != nil {
		return err
	}
	then, known := r.members.AsOf(before)
	var logs []string
	for _, log := range sortedKeys(have) {
		if before == nil || !known || !reflect.DeepEqual(then.Judgement(log), r.members.Judgement(log)) {
			logs = append(logs, log)
		}
	}
	if len(logs) == 0 {
		return nil
	}
	turned, err := r.s.db.Rejudge(ctx, r.space.ID, r.judge, logs...)
	r.report.Turned += turned
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

// turnedAwayOf are those who were refused and let in by nobody since, by their IDs, each
// as the last refusal says.
func turnedAwayOf(m change.Membership) []data.TurnedAway {
	of := map[string]data.TurnedAway{}
	for _, r := range m.Refusals {
		if m.Members[r.Person].Role == "" {
			of[r.Person] = data.TurnedAway{Person: r.Person, Name: r.Called, MeantFor: m.Invitations[r.Invite].Called, By: m.Members[r.By].Name, At: r.At.Time()}
		}
	}
	var list []data.TurnedAway
	for _, person := range sortedKeys(of) {
		list = append(list, of[person])
	}
	return list
}

// devicesOf are whose laptop each is, each member's counted in the order in which the
// records brought them in.
func devicesOf(m change.Membership) (list []data.Device) {
	seen, nth := map[string]bool{}, map[string]int{}
	for _, r := range m.Order {
		brings := (r.Deed == change.Create || r.Deed == change.AddDevice) && m.Void[r.ID] == ""
		if !brings || seen[r.Device] || m.Devices[r.Device] != r.By {
			continue
		}
		seen[r.Device] = true
		nth[r.By]++
		list = append(list, data.Device{ID: r.Device, Member: r.By, Nth: nth[r.By]})
	}
	return list
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
