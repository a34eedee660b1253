package space

import (
	"context"
	"slices"

	"rapport/data"
	"rapport/data/change"
	"rapport/data/store"
	"rapport/sync/team"
)

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
	r.knowLaptop(r.me.device.Certificate)
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

// keepOrder does what falls to this laptop: it says that it is ours, lets in who
// brings an invitation of ours back, begins another epoch where somebody left, and
// gives its key to all who stayed.
func (r *round) keepOrder(ctx context.Context) error {
	if r.lastEpoch() == "" || r.myRole() == "" || r.withdrawn() {
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

// admit lets in who brings back an invitation that we made. Who comes by a code waits
// until a person has compared the fingerprint, and so does who was refused before.
func (r *round) admit(ctx context.Context) error {
	r.waiting, r.report.ToConfirm = nil, nil
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
		person := answer.By.Person.ID()
		if slices.Contains(r.members.Invitations[answer.Invite].UsedBy, person) || r.members.Members[person].Role != "" {
			continue // let in before
		}
		if slices.Contains(r.members.Invitations[answer.Invite].Refused, person) {
			continue // refused, here or by a colleague; a record may yet make that void
		}
		rec, err := answer.Admit(r.members, r.s.now())
		if err != nil {
			if err := r.refuse(ctx, name, err); err != nil {
				return err
			}
			continue
		}
		if answer.MustConfirm() || r.wasRefused(person) || r.members.Exposed(r.me.person.ID()) { // or whoever has a laptop of ours read the secret
			r.waiting = append(r.waiting, waiting{answer, name})
			r.report.ToConfirm = append(r.report.ToConfirm, answer.Called+" "+answer.Fingerprint())
			continue
		}
		if rec.Seen, err = r.seenOf(ctx, person); err != nil {
			return err
		}
		if err := r.record(ctx, rec); err != nil {
			return err
		}
		r.report.Admitted = append(r.report.Admitted, answer.Called)
	}
	return r.keepWaiting(ctx)
}

// wasRefused says whether somebody refused a person ever.
func (r *round) wasRefused(person string) bool {
	return slices.ContainsFunc(r.members.Refusals, func(rec change.Record) bool { return rec.Person == person })
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
		if m.Role == "" || !r.oweKeys(id, last) {
			continue
		}
		if r.members.Exposed(id) {
			if err := r.giveLaptopKeys(ctx, id, last, given); err != nil {
				return err
			}
			continue
		}
		if given[id] == last {
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
