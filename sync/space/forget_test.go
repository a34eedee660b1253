package space

import (
	"context"
	"errors"
	"testing"

	"rapport/data"
)

func TestALeftSpaceIsForgottenAndJoinedAgain(t *testing.T) {
	ctx := context.Background()
	h := newHub(t)
	id, maya, jonas := onHub2(t, h)
	if _, err := jonas.Forget(ctx, id, true); err == nil {
		t.Fatal("a member forgets the space")
	}
	if err := maya.rename("k", "Kestrel Museums"); err != nil {
		t.Fatal(err)
	}
	maya.sync(id)
	jonas.sync(id)
	if err := maya.Remove(ctx, id, jonas.member(id)); err != nil {
		t.Fatal(err)
	}
	jonas.sync(id)
	place := func() string {
		sp, err := jonas.db.Space(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		return sp.Place
	}()
	n, err := jonas.Forget(ctx, id, true)
	if err != nil || n != 1 || jonas.account("k") != "Kestrel Museums" {
		t.Fatalf("%d things stay, %v; the account is %q", n, err, jonas.account("k"))
	}
	for _, name := range []string{keysSecret + id, hubSecret + place} {
		if _, err := jonas.keys.Value(name); !errors.Is(err, data.ErrNotFound) {
			t.Errorf("the keyring has %s yet: %v", name, err)
		}
	}
	if err := jonas.rename("k", "Jonas's own"); err != nil {
		t.Fatalf("what he kept is not his own: %v", err)
	}
	if maya.sync(id); maya.account("k") != "Kestrel Museums" {
		t.Error("what he wrote for himself came to her")
	}

	file, err := maya.Invite(ctx, id, data.Invitee{Name: "jonas", History: true})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := jonas.Join(ctx, file, h.place(jonas)); err != nil {
		t.Fatal(err)
	}
	maya.sync(id)
	jonas.sync(id)
	maya.sync(id)
	if jonas.account("k") != "Kestrel Museums" || jonas.hash(id) != maya.hash(id) {
		t.Errorf("joined again he has %q; the same as she: %v", jonas.account("k"), jonas.hash(id) == maya.hash(id))
	}
	if err := jonas.rename("k", "Together again"); err != nil {
		t.Fatal(err)
	}
	jonas.sync(id)
	if maya.sync(id); maya.account("k") != "Together again" {
		t.Errorf("she has %q", maya.account("k"))
	}
}
