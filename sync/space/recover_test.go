package space

import (
	"context"
	"strings"
	"testing"

	"rapport/data"
	"rapport/data/change"
	"rapport/sync/team"
)

// anew is a new laptop of another one's person.
func anew(t *testing.T, of *laptop) *laptop {
	t.Helper()
	key, err := of.RecoveryKey(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	l := newLaptop(t, of.name)
	if err := l.Recover(context.Background(), strings.ToLower(key)); err != nil {
		t.Fatal(err)
	}
	return l
}

func placeOf(t testing.TB, l *laptop, id string) string {
	t.Helper()
	sp, err := l.db.Space(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	return sp.Place
}

func TestARecoveryKeyBringsBackWhatCameAfterTheKeysWereChanged(t *testing.T) {
	ctx := context.Background()
	id, all := team2(t, nil, "Maya", "Jonas", "Ines")
	maya, jonas, ines := all[0], all[1], all[2]
	if err := maya.Remove(ctx, id, ines.member(id)); err != nil { // another epoch begins
		t.Fatal(err)
	}
	if err := maya.rename("k", "After Ines"); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		maya.sync(id)
		jonas.sync(id)
	}
	again := anew(t, jonas)
	list, err := again.RecoverSpaces(ctx, placeOf(t, maya, id), "")
	if err != nil || len(list) != 1 || list[0].Role != data.Editor || again.account("k") != "After Ines" {
		t.Fatalf("recovered %+v, %v; it sees %q", list, err, again.account("k"))
	}
	if again.hash(id) != maya.hash(id) {
		t.Error("the state hashes differ")
	}
	if err := again.rename("k", "Jonas again"); err != nil {
		t.Fatal(err)
	}
	again.sync(id)
	maya.sync(id)
	jonas.sync(id) // the old laptop was found behind the sofa
	if maya.account("k") != "Jonas again" || jonas.account("k") != "Jonas again" {
		t.Errorf("Maya sees %q, the old laptop %q", maya.account("k"), jonas.account("k"))
	}
	if out, err := maya.db.KeptOut(ctx, id); err != nil || len(out) != 0 {
		t.Errorf("kept out: %v, %v", out, err)
	}
	removed := anew(t, ines)
	if list, err := removed.RecoverSpaces(ctx, placeOf(t, maya, id), ""); err == nil || len(list) != 0 {
		t.Errorf("who was removed recovered %+v, %v", list, err)
	}
}

// TestNobodySlipsASpaceIn has a stranger, who knows somebody's public keys, lay a
// space into the folder that says that they are a member.
func TestNobodySlipsASpaceIn(t *testing.T) {
	ctx := context.Background()
	id, all := team2(t, nil, "Maya", "Jonas")
	jonas := all[1]
	place := placeOf(t, jonas, id)
	me, err := jonas.identity(ctx)
	if err != nil {
		t.Fatal(err)
	}
	mallory := newLaptop(t, "Mallory")
	own, err := mallory.Create(ctx, "Larkfield", data.TeamSpace, place)
	if err != nil {
		t.Fatal(err)
	}
	if err := mallory.inTurn(ctx, own, func(r *round) error {
		card := me.person.Card()
		if err := r.record(ctx, change.Record{Deed: change.AddMember, Person: card.ID(), Card: card.String(), Called: "Jonas", Role: change.Role(data.Editor), History: true}); err != nil {
			return err
		}
		return r.giveKeys(ctx)
	}); err != nil {
		t.Fatal(err)
	}
	mallory.sync(own.ID)
	// And into the real one keys that open nothing.
	theirs, err := mallory.identity(ctx)
	if err != nil {
		t.Fatal(err)
	}
	useless := team.Keys{Space: id, IDKey: make([]byte, 32), Epochs: map[string]team.Epoch{}}
	useless.Add(team.NewEpoch())
	name, body, err := team.SealKeys(useless, me.person.Card(), theirs.device)
	if err != nil {
		t.Fatal(err)
	}
	way, err := jonas.carrier(ctx, data.Space{ID: id, Place: place}, false)
	if err != nil {
		t.Fatal(err)
	}
	if err := way.PutNew(ctx, name, body); err != nil {
		t.Fatal(err)
	}
	again := anew(t, jonas)
	list, err := again.RecoverSpaces(ctx, place, "")
	if err != nil || len(list) != 1 || list[0].Space.ID != id {
		t.Fatalf("recovered %+v, %v", list, err)
	}
	if again.account("k") != "Kestrel" || again.hash(id) != all[0].hash(id) {
		t.Errorf("it sees %q", again.account("k"))
	}
}
