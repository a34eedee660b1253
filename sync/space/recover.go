package space

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"rapport/data"
	"rapport/data/change"
	"rapport/data/store"
	"rapport/sync/team"
	"rapport/sync/team/bundle"
	"rapport/sync/team/folder"
)

// Recovered is a space that this laptop has again.
type Recovered struct {
	Space data.Space
	Role  data.SpaceRole
	// Again says that the space was on this laptop already.
	Again  bool
	Report Report
}

// RecoverSpaces takes in all spaces that lie at a place, or in a bundle, and that the
// person of this laptop (see Recover) shares: no invitation is needed, since the
// place holds the space's keys sealed for that person. A space is taken only where
// its records say that the person is a member and has written there from another
// laptop; so nobody can slip one in. Of several, one that cannot be had does not
// stop the others; the error says which.
func (s *Spaces) RecoverSpaces(ctx context.Context, place, bundlePath string) ([]Recovered, error) {
	lie, err := s.whatLies(ctx, place, bundlePath)
	if err != nil {
		return nil, err
	}
	me, err := s.identity(ctx)
	if err != nil {
		return nil, err
	}
	var list []Recovered
	var failed error
	for _, id := range lie {
		r, ok, err := s.recoverSpace(ctx, me, id, place, bundlePath)
		if ctx.Err() != nil {
			return list, ctx.Err()
		}
		if err != nil {
			failed = errors.Join(failed, fmt.Errorf("space %s: %w", id[:min(len(id), 8)], err))
			continue
		}
		if ok {
			list = append(list, r)
		}
	}
	if len(list) == 0 && failed == nil {
		failed = &data.Invalid{Field: "recovery key", Says: "no space that this key opens lies there; look at another place, or ask for an invitation"}
	}
	return list, failed
}

// whatLies are the IDs of the spaces that lie at a place or in a bundle.
func (s *Spaces) whatLies(ctx context.Context, place, bundlePath string) ([]string, error) {
	if bundlePath != "" {
		id, err := bundle.Space(bundlePath)
		return []string{id}, err
	}
	if path, ok := strings.CutPrefix(place, inFolder); ok {
		return folder.Spaces(ctx, path)
	}
	way, err := s.carrier(ctx, data.Space{Place: place}, false)
	if err != nil {
		return nil, err
	}
	defer hangUp(way)
	pieces, err := way.List(ctx)
	if err != nil {
		return nil, err
	}
	for _, p := range pieces {
		if p.Name[0] != byte(team.MemberPiece) {
			continue
		}
		body, err := way.Get(ctx, p.Name)
		if errors.Is(err, team.ErrNotThere) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if id, _, ok := team.Sender(body); ok {
			return []string{id}, nil // a hub has one space at one place
		}
	}
	return nil, nil
}

// recoverSpace takes one space in; false where the person is not in it.
func (s *Spaces) recoverSpace(ctx context.Context, me identity, id, place, bundlePath string) (Recovered, bool, error) {
	sp, err := s.db.Space(ctx, id)
	here := err == nil
	switch {
	case here:
		device, err := s.db.DeviceOf(ctx, id)
		if err != nil || device == me.device.ID() || sp.Self != me.person.ID() {
			return Recovered{Space: sp, Again: true}, err == nil, err
		}
	case errors.Is(err, data.ErrNotFound):
		sp = data.Space{ID: id, Self: me.person.ID(), Place: place, Kind: data.TeamSpace}
	default:
		return Recovered{}, false, err
	}
	way, err := s.wayTo(ctx, sp, bundlePath)
	if err != nil {
		return Recovered{}, false, err
	}
	keys, m, err := keysAgain(ctx, way, id, me)
	hangUp(way)
	if err != nil || len(m.Epochs) == 0 {
		return Recovered{}, false, err
	}
	sp.Name, sp.Kind = m.Name, data.SpaceKind(m.Kind)
	if !m.Speaks(me.person.ID(), me.device.ID()) {
		return Recovered{}, false, &data.Invalid{Field: "recovery key", Says: "a laptop of yours was withdrawn from " + m.Name + ", and whoever has it may have this key too; ask an owner or admin to take you out, and to invite you into a new workspace"}
	}
	called, err := s.db.Setting(ctx, store.SettingUserName)
	if err != nil {
		return Recovered{}, false, err
	}
	if err := s.putKeys(keys); err != nil {
		return Recovered{}, false, err
	}
	if _, err := s.db.Write(ctx, "", func(tx *store.Tx) error {
		if here {
			return tx.WriteAs(id, me.device.ID())
		}
		if err := tx.AddSpace(sp, keys.IDKey, me.device.ID()); err != nil {
			return err
		}
		if called != "" {
			return nil
		}
		return tx.PutSetting(store.SettingUserName, m.Members[sp.Self].Name)
	}); err != nil {
		return Recovered{}, false, errors.Join(err, s.keys.Delete(keysSecret+id))
	}
	r := Recovered{Space: sp, Role: data.SpaceRole(m.Members[sp.Self].Role)}
	if bundlePath != "" {
		r.Report, err = s.ImportBundle(ctx, id, bundlePath)
	} else {
		r.Report, err = s.Sync(ctx, id)
	}
	return r, true, err
}

// wayTo is the way to where a space lies, which may be a bundle.
func (s *Spaces) wayTo(ctx context.Context, sp data.Space, bundlePath string) (team.Carrier, error) {
	if bundlePath != "" {
		return openBundle(bundlePath, sp.ID)
	}
	return s.carrier(ctx, sp, false)
}

// keysAgain are the keys that lie at a place for a person, from givers whom the
// space's own records bear out. The membership is empty where there are none.
func keysAgain(ctx context.Context, way team.Carrier, space string, me identity) (team.Keys, change.Membership, error) {
	var grants []team.KeyGrant
	records := map[string][]byte{}
	list, err := way.List(ctx)
	if err != nil {
		return team.Keys{}, change.Membership{}, err
	}
	tag := team.KeyTag(space, me.person.Card())
	for _, p := range list {
		kind, of, _, err := team.Parts(p.Name)
		if err != nil || kind != team.MemberPiece && (kind != team.KeyPiece || of != tag) {
			continue
		}
		body, err := way.Get(ctx, p.Name)
		if errors.Is(err, team.ErrNotThere) {
			continue
		}
		if err != nil {
			return team.Keys{}, change.Membership{}, err
		}
		if kind == team.MemberPiece {
			records[p.Name] = body
		} else if g, err := team.OpenKeys(p.Name, body, space, me.person); err == nil {
			grants = append(grants, g)
		}
	}
	return believable(space, me.person.ID(), grants, records)
}

// believable joins the keys of those grants whose giver may give them, by the records
// that these very keys open: the space's ID is the hash of its first record, so a
// chain of records that begins there cannot be made up. The person must be a member
// and have brought a device in, which nobody else can say for them.
func believable(space, person string, grants []team.KeyGrant, records map[string][]byte) (team.Keys, change.Membership, error) {
	all := team.Keys{Space: space, Epochs: map[string]team.Epoch{}}
	for _, g := range grants {
		m := judged(space, g.Keys, records)
		if !mayHaveGiven(m, g.By.Person.ID(), person) || !m.Speaks(g.By.Person.ID(), g.By.Device()) {
			continue
		}
		if all.IDKey == nil {
			all.IDKey = g.IDKey
		}
		for _, id := range m.Epochs {
			if e, ok := g.Epochs[id]; ok {
				all.Add(e)
			}
		}
	}
	m := judged(space, all, records)
	if m.Members[person].Role == "" || all.IDKey == nil {
		return team.Keys{}, change.Membership{}, nil
	}
	for _, whose := range m.Devices {
		if whose == person {
			return all, m, nil
		}
	}
	return team.Keys{}, change.Membership{}, nil
}

// judged is the membership that keys open.
func judged(space string, k team.Keys, records map[string][]byte) change.Membership {
	var open []change.Record
	for _, name := range sortedKeys(records) {
		if rec, err := team.OpenRecord(name, records[name], k); err == nil {
			open = append(open, rec.Record)
		}
	}
	return change.Judge(space, open)
}

// mayHaveGiven says whether keys from a giver are taken for a person: the giver is
// the person, lets members in, or let this one in.
func mayHaveGiven(m change.Membership, giver, person string) bool {
	if len(m.Epochs) == 0 {
		return false
	}
	role := data.SpaceRole(m.Members[giver].Role)
	return giver == person || role == data.Owner || role == data.Admin || slices.ContainsFunc(m.Order, func(rec change.Record) bool {
		return rec.Deed == change.AddMember && rec.Person == person && rec.By == giver && m.Void[rec.ID] == ""
	})
}
