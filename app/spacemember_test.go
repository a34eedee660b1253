package app

import (
	"context"
	"errors"
	"testing"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
)

// steward is a sharer that notes what is done about members.
type steward struct {
	sharer
	done []string
	fail error
}

func (s *steward) SetRole(_ context.Context, space, member string, role data.SpaceRole) error {
	s.done = append(s.done, "role "+member+" "+string(role))
	return s.fail
}

func (s *steward) Remove(_ context.Context, space, member string) error {
	s.done = append(s.done, "remove "+member)
	return s.fail
}

func TestMembersAreChangedAfterAQuestion(t *testing.T) {
	maya, _ := sharedSample(t)
	w := testWindow(t, maya)
	s := &steward{sharer: newSharer(maya, memory{}, testClock)}
	w.sharer = s
	p := openSharing(t, w)
	joris := memberNamed(t, p, "Joris Dekker")
	checkShown(t, w, "See as Joris", "Change")
	p.askMember(joris)
	checkShown(t, w, "Joris Dekker in Larkfield team", "Reads everything, and changes nothing.", "Take out…")
	golden(t, w, "sharing-member")
	tab(t, w, 1)
	press(w, "Enter")
	if len(s.done) != 1 || s.done[0] != "role joris reader" {
		t.Fatalf("done %q", s.done)
	}
	checkShown(t, w, "Joris Dekker is reader of Larkfield team now")
	p.askRemove(joris)
	checkShown(t, w, "What Joris read cannot be unread")
	golden(t, w, "sharing-remove")
	press(w, "Enter") // the keyboard is on Cancel
	if len(s.done) != 1 {
		t.Fatalf("without a yes: %q", s.done)
	}
	p.askRemove(joris)
	s.fail = errors.New("the folder is gone")
	tab(t, w, 1)
	press(w, "Enter")
	checkShown(t, w, "The folder is gone.")
	s.fail = nil
	press(w, "Enter")
	checkShown(t, w, "Joris Dekker is no longer in Larkfield team")
	p.askRemove(p.shown().Self())
	checkShown(t, w, "Leave Larkfield team", "Only somebody who is in it can let you in again.")
	tab(t, w, 1)
	press(w, "Enter")
	if s.done[len(s.done)-1] != "remove maya" {
		t.Errorf("done %q", s.done)
	}
}

func memberNamed(t *testing.T, p *spaces, name string) data.Member {
	t.Helper()
	for _, m := range p.shown().Members {
		if m.Name == name {
			return m
		}
	}
	t.Fatalf("there is no %s", name)
	return data.Member{}
}

func TestWhoMayNotChangesNoMembers(t *testing.T) {
	_, elin := sharedSample(t)
	w := testWindow(t, elin)
	w.sharer = &steward{sharer: newSharer(elin, memory{}, testClock)}
	p := openSharing(t, w)
	checkAbsent(t, w, "Change")
	p.askMember(memberNamed(t, p, "Joris Dekker"))
	p.askRemove(memberNamed(t, p, "Joris Dekker"))
	checkAbsent(t, w, "Take out…", "cannot be unread")
}

// TestExactlyWhatAMemberSees looks at a space as another member sees it.
func TestExactlyWhatAMemberSees(t *testing.T) {
	maya, _ := sharedSample(t)
	ctx := context.Background()
	boxes, err := maya.Mailboxes(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range boxes {
		b.Share = data.ShareContact
		mustWrite(t, maya, func(tx *store.Tx) error { _, err := tx.Choose(b); return err })
	}
	w := testWindow(t, maya)
	openSharing(t, w)
	press(w, "V")
	checkShown(t, w, "Exactly what", "1 account", "Northmoor University", "as far as the rule lets out", "Private to", "Left out")
	golden(t, w, "sharing-preview")
	kit.Wear(testApp, kit.NewTheme(kit.Dark, 1))
	press(w, "V")
	checkShown(t, w, "Who is in it")
	press(w, "J")
	press(w, "V")
	checkShown(t, w, "Exactly what Anna will see", "Kestrel Museums")
	checkAbsent(t, w, "as far as the rule lets out")
	golden(t, w, "sharing-preview-dark")
	kit.Wear(testApp, kit.NewTheme(kit.Light, 1))
	press(w, "V")
	resize(w, 960, 600)
	press(w, "V")
	golden(t, w, "sharing-preview-narrow")
}
