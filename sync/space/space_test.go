package space

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"rapport/data"
	"rapport/data/store"
)

var noon = time.Date(2026, 11, 17, 12, 0, 0, 0, time.UTC)

// pocket keeps secrets in memory.
type pocket struct {
	mu sync.Mutex
	m  map[string]string
}

func (p *pocket) Put(name, value string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.m[name] = value
	return nil
}

func (p *pocket) Value(name string) (string, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if v, ok := p.m[name]; ok {
		return v, nil
	}
	return "", fmt.Errorf("secret %s: %w", name, data.ErrNotFound)
}

func (p *pocket) Delete(name string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.m, name)
	return nil
}

func (p *pocket) Where() string { return "a test" }

// laptop is a workspace with its user.
type laptop struct {
	*Spaces
	t    testing.TB
	name string
	time *time.Time
}

// later turns a laptop's clock on.
func (l *laptop) later(d time.Duration) { *l.time = l.time.Add(d) }

func newLaptop(t testing.TB, name string) *laptop {
	t.Helper()
	clock := noon
	now := func() time.Time { return clock }
	db, err := store.Open(context.Background(), t.TempDir(), store.Options{Now: now, Instance: name})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	l := &laptop{New(db, &pocket{m: map[string]string{}}, now), t, name, &clock}
	l.write(func(tx *store.Tx) error { return tx.PutSetting(store.SettingUserName, name) })
	return l
}

func (l *laptop) write(do func(*store.Tx) error) {
	l.t.Helper()
	if _, err := l.db.Write(context.Background(), "done", do); err != nil {
		l.t.Fatalf("%s: %v", l.name, err)
	}
}

func (l *laptop) sync(id string) Report {
	l.t.Helper()
	r, err := l.Sync(context.Background(), id)
	if err != nil {
		l.t.Fatalf("%s: %v", l.name, err)
	}
	return r
}

func (l *laptop) hash(id string) string {
	l.t.Helper()
	h, err := l.db.StateHash(context.Background(), id)
	if err != nil {
		l.t.Fatal(err)
	}
	return h
}

// account is what an account is called here; "" where it is not.
func (l *laptop) account(id string) string {
	a, err := l.db.Account(context.Background(), id)
	if err != nil {
		return ""
	}
	return a.Name
}

func (l *laptop) rename(id, name string) error {
	_, err := l.db.Write(context.Background(), "renamed", func(tx *store.Tx) error {
		return tx.ChangeAccount(id, func(a *data.Account) { a.Name = name })
	})
	return err
}

// team is a space over a folder, made by the first, to which the others came by
// invitations.
func team2(t testing.TB, roles map[string]data.SpaceRole, names ...string) (id string, all []*laptop) {
	t.Helper()
	ctx := context.Background()
	place, err := FolderPlace(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	first := newLaptop(t, names[0])
	sp, err := first.Create(ctx, "Larkfield", data.TeamSpace, place)
	if err != nil {
		t.Fatal(err)
	}
	first.write(func(tx *store.Tx) error { return tx.PutAccount(data.Account{ID: "k", Name: "Kestrel"}) })
	first.write(func(tx *store.Tx) error {
		_, err := tx.ShareAccount("k", sp.ID)
		return err
	})
	all = []*laptop{first}
	for _, name := range names[1:] {
		file, err := first.Invite(ctx, sp.ID, data.Invitee{Name: name, Role: roles[name], History: true})
		if err != nil {
			t.Fatal(err)
		}
		l := newLaptop(t, name)
		if _, err := l.Join(ctx, file, place); err != nil {
			t.Fatal(err)
		}
		if r := l.sync(sp.ID); !r.Pending {
			t.Errorf("%s is in before anybody let them in", name)
		}
		if r := first.sync(sp.ID); len(r.Admitted) != 1 || r.Admitted[0] != name {
			t.Errorf("let in: %v", r.Admitted)
		}
		if r := l.sync(sp.ID); r.Pending || len(r.Refused) > 0 {
			t.Errorf("%s after being let in: %+v", name, r)
		}
		all = append(all, l)
	}
	return sp.ID, all
}

func TestTwoLaptopsShareAnAccountOverAFolder(t *testing.T) {
	id, all := team2(t, nil, "Maya", "Jonas")
	maya, jonas := all[0], all[1]
	if jonas.account("k") != "Kestrel" {
		t.Fatalf("Jonas sees %q", jonas.account("k"))
	}
	if err := jonas.rename("k", "Kestrel Museums"); err != nil {
		t.Fatal(err)
	}
	jonas.sync(id)
	maya.sync(id)
	jonas.sync(id)
	if maya.account("k") != "Kestrel Museums" || maya.hash(id) != jonas.hash(id) {
		t.Errorf("Maya sees %q; state hashes equal: %v", maya.account("k"), maya.hash(id) == jonas.hash(id))
	}
	for _, l := range all {
		members, err := l.db.Members(context.Background(), id)
		if err != nil || len(members) != 2 || members[0].Name != "Jonas" || members[0].Role != data.Editor || members[1].Role != data.Owner {
			t.Errorf("%s knows the members %+v, %v", l.name, members, err)
		}
		if r := l.sync(id); r.Came != 0 || r.Sent != 0 || r.Turned != 0 || r.Received.Applied != 0 || len(r.Refused) != 0 {
			t.Errorf("an exchange with nothing new did %+v", r)
		}
	}
}

func TestWhoIsRemovedReadsAndWritesNoMore(t *testing.T) {
	ctx := context.Background()
	id, all := team2(t, nil, "Maya", "Jonas", "Ines")
	maya, jonas, ines := all[0], all[1], all[2]
	if err := jonas.rename("k", "Before"); err != nil {
		t.Fatal(err)
	}
	jonas.sync(id)
	maya.sync(id)
	sp, err := jonas.db.Space(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	if err := maya.Remove(ctx, id, sp.Self); err != nil {
		t.Fatal(err)
	}
	if err := jonas.rename("k", "Taken over"); err != nil { // he has not heard of it
		t.Fatal(err)
	}
	jonas.sync(id)
	if err := maya.rename("k", "After"); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		for _, l := range all {
			l.sync(id)
		}
	}
	for _, l := range []*laptop{maya, ines} {
		if l.account("k") != "After" {
			t.Errorf("%s sees %q", l.name, l.account("k"))
		}
	}
	if maya.hash(id) != ines.hash(id) {
		t.Error("the state hashes of those who stayed differ")
	}
	if jonas.account("k") == "After" {
		t.Error("who was removed reads what was written since")
	}
	if err := jonas.rename("k", "Again"); err == nil || !strings.Contains(err.Error(), "no longer a member") {
		t.Errorf("who was removed writes on: %v", err)
	}
}

func TestRolesHold(t *testing.T) {
	ctx := context.Background()
	id, all := team2(t, map[string]data.SpaceRole{"Ray": data.Reader}, "Maya", "Ray")
	maya, ray := all[0], all[1]
	if err := ray.rename("k", "Mine"); err == nil || !strings.Contains(err.Error(), "reader") {
		t.Errorf("a reader writes: %v", err)
	}
	if _, err := ray.Invite(ctx, id, data.Invitee{Name: "Friend"}); err == nil {
		t.Error("a reader invites")
	}
	sp, err := ray.db.Space(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	if err := maya.SetRole(ctx, id, sp.Self, data.Editor); err != nil {
		t.Fatal(err)
	}
	ray.sync(id)
	if err := ray.rename("k", "Ours"); err != nil {
		t.Error(err)
	}
	ray.sync(id)
	maya.sync(id)
	if maya.account("k") != "Ours" {
		t.Errorf("Maya sees %q", maya.account("k"))
	}
}

func TestAFolderThatWasEmptiedIsFilledAgain(t *testing.T) {
	ctx := context.Background()
	id, all := team2(t, nil, "Maya", "Jonas")
	place, err := FolderPlace(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range all {
		sp, err := l.db.Space(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		sp.Place = place
		if _, err := l.carrier(ctx, sp, true); err != nil {
			t.Fatal(err)
		}
		l.write(func(tx *store.Tx) error { return tx.ChangeSpace(sp) })
	}
	if r := all[1].sync(id); r.Sent == 0 {
		t.Error("nothing was put into the empty folder")
	}
	file, err := all[0].Invite(ctx, id, data.Invitee{Name: "Ines", History: true})
	if err != nil {
		t.Fatal(err)
	}
	ines := newLaptop(t, "Ines")
	if _, err := ines.Join(ctx, file, place); err != nil {
		t.Fatal(err)
	}
	all[0].sync(id)
	if r := ines.sync(id); r.Pending || ines.account("k") != "Kestrel" || ines.hash(id) != all[0].hash(id) {
		t.Errorf("Ines has %+v and sees %q", r, ines.account("k"))
	}
}

func TestAnInvitationWorksOnce(t *testing.T) {
	ctx := context.Background()
	id, all := team2(t, nil, "Maya")
	maya := all[0]
	file, err := maya.Invite(ctx, id, data.Invitee{Name: "Jonas", History: true})
	if err != nil {
		t.Fatal(err)
	}
	sp, err := maya.db.Space(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	jonas, thief := newLaptop(t, "Jonas"), newLaptop(t, "Thief")
	for _, l := range []*laptop{jonas, thief} {
		if _, err := l.Join(ctx, file, sp.Place); err != nil {
			t.Fatal(err)
		}
		maya.sync(id)
	}
	if r := jonas.sync(id); r.Pending {
		t.Error("Jonas waits")
	}
	if r := thief.sync(id); !r.Pending || thief.account("k") != "" {
		t.Errorf("a second one came in with the same invitation: %+v", r)
	}
	if refused, err := maya.db.RefusedPieces(ctx, id); err != nil || len(refused) != 1 {
		t.Errorf("Maya is told %v, %v", refused, err)
	}
	if _, err := jonas.Join(ctx, []byte("no invitation"), sp.Place); err == nil || !strings.Contains(err.Error(), "no invitation of Rapport") {
		t.Errorf("a file that is none: %v", err)
	}
}

func TestBundlesAloneKeepTwoLaptopsTheSame(t *testing.T) {
	ctx := context.Background()
	maya, jonas := newLaptop(t, "Maya"), newLaptop(t, "Jonas")
	sp, err := maya.Create(ctx, "Kestrel and us", data.JointSpace, "")
	if err != nil {
		t.Fatal(err)
	}
	maya.write(func(tx *store.Tx) error { return tx.PutAccount(data.Account{ID: "k", Name: "Kestrel"}) })
	maya.write(func(tx *store.Tx) error {
		_, err := tx.ShareAccount("k", sp.ID)
		return err
	})
	file, err := maya.Invite(ctx, sp.ID, data.Invitee{Name: "Jonas", History: true})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := jonas.Join(ctx, file, ""); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	last := map[*laptop]string{}
	carry := func(from, to *laptop, name string) Report {
		path := dir + "/" + name
		if _, err := from.ExportBundle(ctx, sp.ID, path, last[to]); err != nil {
			t.Fatal(err)
		}
		last[from] = path
		r, err := to.ImportBundle(ctx, sp.ID, path)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	carry(jonas, maya, "answer")
	if r := carry(maya, jonas, "welcome"); r.Pending || jonas.account("k") != "Kestrel" {
		t.Errorf("Jonas has %+v and sees %q", r, jonas.account("k"))
	}
	if err := jonas.rename("k", "Kestrel Museums"); err != nil {
		t.Fatal(err)
	}
	carry(jonas, maya, "edit")
	if maya.account("k") != "Kestrel Museums" || maya.hash(sp.ID) != jonas.hash(sp.ID) {
		t.Errorf("Maya sees %q", maya.account("k"))
	}
	maya.later(time.Hour)
	if _, err := maya.ImportBundle(ctx, sp.ID, dir+"/nowhere"); err == nil {
		t.Error("a bundle that is not there was read")
	}
	for _, l := range []*laptop{maya, jonas} {
		got, err := l.db.Space(ctx, sp.ID)
		if err != nil {
			t.Fatal(err)
		}
		if at, byBundle := got.FedAt(); !byBundle || !at.Equal(noon) {
			t.Errorf("%s was fed at %v, by a bundle: %v", l.name, at, byBundle)
		}
	}
}

func TestASpaceThatOthersShareKeepsAnOwner(t *testing.T) {
	ctx := context.Background()
	id, all := team2(t, map[string]data.SpaceRole{"Jonas": data.Admin}, "Maya", "Jonas")
	maya, jonas := all[0], all[1]
	self := maya.member(id)
	for what, err := range map[string]error{
		"leaves": maya.Remove(ctx, id, self), "becomes an admin": maya.SetRole(ctx, id, self, data.Admin),
	} {
		var no *data.Invalid
		if !errors.As(err, &no) || !strings.Contains(no.Says, "needs an owner") {
			t.Errorf("the only owner %s: %v", what, err)
		}
	}
	if err := maya.SetRole(ctx, id, jonas.member(id), data.Owner); err != nil {
		t.Fatal(err)
	}
	if err := maya.Remove(ctx, id, self); err != nil {
		t.Errorf("one of two owners: %v", err)
	}
	jonas.sync(id)
	if err := jonas.Remove(ctx, id, jonas.member(id)); err != nil {
		t.Errorf("who is alone: %v", err)
	}
}

func TestANameIsUsedOnce(t *testing.T) {
	_, all := team2(t, nil, "Maya")
	var no *data.Invalid
	if _, err := all[0].Create(context.Background(), "larkfield", data.JointSpace, ""); !errors.As(err, &no) || no.Field != "name" {
		t.Errorf("a second one: %v", err)
	}
}
