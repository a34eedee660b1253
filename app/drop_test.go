package app

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"rapport/data"
	"rapport/data/store"
)

// TestABundleAndAnInvitationAreDropped carries a space between two windows in files
// that are dropped on them.
func TestABundleAndAnInvitationAreDropped(t *testing.T) {
	ctx := context.Background()
	maya, elin, dir := testStore(t), testStore(t), t.TempDir()
	mustWrite(t, maya, func(tx *store.Tx) error { return tx.PutAccount(data.Account{ID: "k", Name: "Kestrel Museums"}) })
	m, e := sharingWindow(t, maya, "Maya Lind"), sharingWindow(t, elin, "Elin Berg")
	its, theirs := m.sharer.(teamSharer), e.sharer.(teamSharer)
	s, err := its.Create(ctx, "Larkfield", data.TeamSpace, "")
	if err != nil {
		t.Fatal(err)
	}
	mustWrite(t, maya, func(tx *store.Tx) error {
		_, err := tx.ShareAccount("k", s.ID)
		return err
	})
	invitation, err := its.Invite(ctx, s.ID, data.Invitee{Name: "Elin Berg", History: true})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "elin.invitation")
	if err := os.WriteFile(file, invitation, 0o600); err != nil {
		t.Fatal(err)
	}
	e.drop([]string{file})
	checkShown(t, e, "Join a space", file)
	e.dismiss()
	bundle := func(from teamSharer, name string) string {
		t.Helper()
		path := filepath.Join(dir, name)
		if _, err := from.ExportBundle(ctx, s.ID, path, ""); err != nil {
			t.Fatal(err)
		}
		return path
	}
	first := bundle(its, "first.bundle")
	e.drop([]string{first})
	checkShown(t, e, "first.bundle is of a space that this laptop does not share; join it first with an invitation")
	if _, err := theirs.Join(ctx, invitation, ""); err != nil {
		t.Fatal(err)
	}
	answer := bundle(theirs, "answer.bundle")
	m.drop([]string{answer})
	checkShown(t, m, "Take a bundle into Larkfield", "What answer.bundle has of Larkfield and this laptop lacks is taken in")
	if members, err := maya.Members(ctx, s.ID); err != nil || len(members) != 1 {
		t.Fatalf("before a yes there are %v, %v", members, err)
	}
	tab(t, m, 1)
	press(m, "Enter")
	checkShown(t, m, "Larkfield: let Elin Berg in")
	e.drop([]string{filepath.Join(dir, "picture.png"), bundle(its, "second.bundle")})
	tab(t, e, 1)
	press(e, "Enter")
	if a, err := elin.Account(ctx, "k"); err != nil || a.Name != "Kestrel Museums" {
		t.Fatalf("Elin has %+v, %v", a, err)
	}
	broken := filepath.Join(dir, "broken.bundle")
	if err := os.WriteFile(broken, []byte("rapport bundle 1 cut"), 0o600); err != nil {
		t.Fatal(err)
	}
	e.drop([]string{broken})
	checkShown(t, e, "broken.bundle")
	for name, says := range map[string]string{"old.eml": "is mail", "work.ics": "is a calendar", "x.pdf": "is no list, vCard, bundle or invitation"} {
		e.drop([]string{filepath.Join(dir, name)})
		checkShown(t, e, name+" "+says)
	}
}
