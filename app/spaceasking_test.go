package app

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"rapport/data"
	"rapport/data/store"
	"rapport/sync/space"
)

// sharingByCode are two windows: Maya's with a space in a folder, and somebody's who
// asked to come in by a code of hers.
func sharingByCode(t *testing.T, called string) (w, other *window, team data.Space) {
	t.Helper()
	ctx, shared := context.Background(), filepath.Join(t.TempDir(), "Larkfield")
	if err := os.Mkdir(shared, 0o755); err != nil {
		t.Fatal(err)
	}
	w = sharingWindow(t, testStore(t), "Maya Lindqvist")
	place, err := w.sharer.Place(shared)
	if err != nil {
		t.Fatal(err)
	}
	if team, err = w.sharer.Create(ctx, "Larkfield team", data.TeamSpace, place); err != nil {
		t.Fatal(err)
	}
	code, err := w.sharer.InviteByCode(ctx, team.ID, data.Invitee{Name: "Elin Sandvik", History: true})
	if err != nil {
		t.Fatal(err)
	}
	other = sharingWindow(t, testStore(t), called)
	if _, err := other.sharer.JoinByCode(ctx, code, place); err != nil {
		t.Fatal(err)
	}
	if _, err := w.sharer.Exchange(ctx, team.ID); err != nil {
		t.Fatal(err)
	}
	return w, other, team
}

func TestWhoComesByACodeIsLetInAfterAComparison(t *testing.T) {
	w, other, team := sharingByCode(t, "Elin Sandvik")
	print := space.Fingerprint(spacesOf(t, other.db)[0].Self)
	openSharing(t, other)
	checkShown(t, other, "Not open yet", "Your fingerprint", print)

	openSharing(t, w)
	checkShown(t, w, "Waiting for your yes", "Elin Sandvik", "Editor, by a code, on the laptop", print, "Let in…", "Refuse…")
	press(w, "Y")
	checkShown(t, w, "Let Elin Sandvik in", "letter by letter", "It is the same, let them in")
	press(w, "Enter") // the keyboard is on Cancel
	if e := entryOf(t, w, team); len(e.Asking) != 1 || len(e.Living()) != 1 {
		t.Fatalf("let in without a yes: %+v", e)
	}
	press(w, "Y")
	tab(t, w, 1)
	press(w, "Enter")
	if e := entryOf(t, w, team); len(e.Asking) != 0 || len(e.Living()) != 2 {
		t.Fatalf("after a yes: %+v", e)
	}
	checkShown(t, w, "Elin Sandvik is in Larkfield team now")
	checkAbsent(t, w, "Waiting for your yes")
	if _, err := other.sharer.Exchange(context.Background(), team.ID); err != nil {
		t.Fatal(err)
	}
	if e := entryOf(t, other, team); e.Self().Role != data.Editor {
		t.Fatalf("on the other laptop: %+v", e)
	}
}

func TestWhoComesByACodeIsRefused(t *testing.T) {
	w, other, team := sharingByCode(t, "Somebody Else")
	openSharing(t, w)
	checkShown(t, w, "Somebody Else", "by a code that was meant for Elin Sandvik")
	enter(w, "Y") // with Shift
	checkShown(t, w, "Refuse Somebody Else", "They get no key")
	tab(t, w, 1)
	press(w, "Enter")
	checkShown(t, w, "Somebody Else is refused")
	checkAbsent(t, w, "Waiting for your yes", "cannot be used")
	checkShown(t, w, "Refused by Maya Lindqvist", "the code was meant for Elin Sandvik")
	for _, one := range []*window{w, other} {
		if _, err := one.sharer.Exchange(context.Background(), team.ID); err != nil {
			t.Fatal(err)
		}
	}
	if e := entryOf(t, w, team); len(e.Asking) != 0 || len(e.Living()) != 1 {
		t.Fatalf("asked again: %+v", e)
	}
	if e := entryOf(t, other, team); len(e.Members) != 0 {
		t.Fatalf("who was refused knows the members: %+v", e)
	}
	openSharing(t, other)
	checkShown(t, other, "Not let in", "Maya Lindqvist did not let you in", "ask for another invitation", "Your fingerprint")
}

func TestWaitingForAYesIsDrawn(t *testing.T) {
	maya, _ := sharedSample(t)
	exchangedAt(t, maya, nil, larkfield, kestrelJoint)
	mustWrite(t, maya, func(tx *store.Tx) error {
		return tx.PutAskers(larkfield, []data.Asker{
			{Person: "3jk7qmb2xwrt5ewowo7k4vsq45", Name: "Ines Roth", Laptop: "ines-thinkpad", MeantFor: "Ines Roth", Side: data.Us, Role: data.Editor, History: true},
			{Person: "x2wrt3jk7qmb5ewowo7k4vsq45", Name: "Somebody with quite a long name that hardly fits", Laptop: "a-laptop-of-a-long-name", MeantFor: "Ines Roth", Side: data.Us, Role: data.Reader},
		})
	})
	w := testWindow(t, maya)
	w.sharer = newSharer(maya, memory{}, testClock)
	p := openSharing(t, w)
	checkShown(t, w, "Waiting for your yes", "3JK7Q-MB2XW-", "2 people wait for your yes")
	golden(t, w, "sharing-asking")
	p.askConfirm(p.asking()[0])
	golden(t, w, "sharing-confirm")
}

func entryOf(t *testing.T, w *window, s data.Space) data.SpaceEntry {
	t.Helper()
	in, err := w.db.SpaceInput(context.Background(), s.ID)
	if err != nil {
		t.Fatal(err)
	}
	return in.SpaceEntry
}
