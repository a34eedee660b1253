package app

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
	"rapport/sync/space"
)

// sharedSample is the sample workspace as Maya's, with a space of the team's and one
// with the joint plan of Kestrel Museums, them and a partner. Elin has the team's.
func sharedSample(t *testing.T) (maya, elin *store.DB) {
	t.Helper()
	maya, elin = sampleCopy(t), testStore(t)
	team := data.Space{ID: larkfield, Name: "Larkfield team", Kind: data.TeamSpace, Place: "folder:/srv/Larkfield/rapport"}
	for db, self := range map[*store.DB]string{maya: "maya", elin: "elin"} {
		team.Self = self
		joinSpace(t, db, team, larkfieldTeam...)
	}
	joinSpace(t, maya, data.Space{ID: kestrelJoint, Name: "Kestrel", Kind: data.JointSpace, Self: "maya", Place: "folder:/srv/Larkfield/kestrel"},
		larkfieldTeam[0], larkfieldTeam[1],
		data.Member{ID: "anna", Name: "Anna Kessler", Side: data.Customer, Role: data.Contributor, Since: testNow.AddDate(0, -3, 0), HeardAt: testNow.Add(-time.Hour)},
		data.Member{ID: "leon", Name: "Leon Hobday", Side: data.Partner, Role: data.Reader, Since: testNow.AddDate(0, -1, 0)},
		data.Member{ID: "ruth", Name: "Ruth Ek", Side: data.Us, Since: testNow.AddDate(-1, 0, 0)})
	putJoint(t, maya, accountNamed(t, maya, "Kestrel Museums").ID, kestrelJoint)
	shareAccount(t, maya, accountNamed(t, maya, "Northmoor University").ID, larkfield)
	give(t, maya, elin, larkfield, "maya")
	return maya, elin
}

// apartOn lets both write an account's sector without having seen each other.
func apartOn(t *testing.T, maya, elin *store.DB, account string) {
	t.Helper()
	for db, sector := range map[*store.DB]string{maya: "Higher education", elin: "University, research"} {
		mustWrite(t, db, func(tx *store.Tx) error {
			return tx.ChangeAccount(account, func(a *data.Account) { a.Sector = sector })
		})
	}
	give(t, elin, maya, larkfield, "elin")
}

func exchangedAt(t *testing.T, db *store.DB, problem error, spaces ...string) {
	t.Helper()
	mustWrite(t, db, func(tx *store.Tx) error {
		for _, s := range spaces {
			if err := tx.Exchanged(s, problem); err != nil {
				return err
			}
		}
		return nil
	})
}

// openSharing goes to Sharing by its keys.
func openSharing(t *testing.T, w *window) *spaces {
	t.Helper()
	w.open(route{place: placeToday})
	press(w, "G S")
	p, ok := w.page().(*spaces)
	if !ok {
		t.Fatalf("G S leads to %T", w.page())
	}
	return p
}

func TestSharingPage(t *testing.T) {
	maya, elin := sharedSample(t)
	exchangedAt(t, maya, nil, larkfield, kestrelJoint)
	apartOn(t, maya, elin, accountNamed(t, maya, "Northmoor University").ID)
	w := testWindow(t, maya)
	openSharing(t, w)
	checkShown(t, w, "Larkfield team", "Ours only", "With customers and partners", "Anna and Leon", "Just me", "Encrypted on its way; only these four people hold the key.",
		"What each may see", "Three of us", "Joris", "Two people changed the same line", "Use Elin’s", "Last exchanged today 09:18", "Reader, finance")
	golden(t, w, "spaces")
	press(w, "J")
	checkShown(t, w, "Shared with a customer and a partner", "Leon Hobday", "Left; reads no more of what is new")
	checkAbsent(t, w, "Two people changed the same line")
	golden(t, w, "sharing-joint")
	press(w, "J")
	checkShown(t, w, "Mail is private until its mailbox’s rule says otherwise", "in no space")
	golden(t, w, "sharing-just-me")
}

func TestSharingPageDarkAndNarrow(t *testing.T) {
	maya, elin := sharedSample(t)
	apartOn(t, maya, elin, accountNamed(t, maya, "Northmoor University").ID)
	w := testWindow(t, maya)
	kit.Wear(testApp, kit.NewTheme(kit.Dark, 1))
	openSharing(t, w)
	golden(t, w, "sharing-dark")
	kit.Wear(testApp, kit.NewTheme(kit.Light, 1))
	resize(w, 960, 600)
	golden(t, w, "sharing-narrow")
}

func TestAConflictIsChosenOnTheSharingPage(t *testing.T) {
	maya, elin := sharedSample(t)
	account := accountNamed(t, maya, "Northmoor University").ID
	apartOn(t, maya, elin, account)
	w := testWindow(t, maya)
	openSharing(t, w)
	press(w, elinsButton(t, maya))
	if a, err := maya.Account(context.Background(), account); err != nil || a.Sector != "University, research" || len(conflictsOf(t, maya)) != 0 {
		t.Fatalf("%+v, %v, %d conflicts", a, err, len(conflictsOf(t, maya)))
	}
	checkAbsent(t, w, "Two people changed the same line")
}

func TestSharingSaysWhatIsWrong(t *testing.T) {
	maya, _ := sharedSample(t)
	exchangedAt(t, maya, nil, larkfield)
	exchangedAt(t, maya, &data.Problem{Kind: data.FolderGone, About: "/srv/Larkfield/rapport", Cause: errors.New("gone")}, larkfield)
	mustWrite(t, maya, func(tx *store.Tx) error {
		return tx.RefusePiece(larkfield, "s-1", "its signature is not that of its log")
	})
	w := testWindow(t, maya)
	openSharing(t, w)
	checkShown(t, w, "The shared folder /srv/Larkfield/rapport is not there", "Connect its drive", "wait here", "1 piece of the space cannot be used", "Its signature is not that of its log.")
	golden(t, w, "sharing-away")
}

func TestSharingWithNobodyYetAndFailed(t *testing.T) {
	db := testStore(t)
	w := testWindow(t, db)
	openSharing(t, w)
	checkShown(t, w, "You share with nobody yet", "How sharing works")
	golden(t, w, "sharing-empty")
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	w = testWindow(t, db)
	openSharing(t, w)
	checkShown(t, w, "Try again")
}

func TestALongSpaceIsCut(t *testing.T) {
	db := testStore(t)
	long := "The space of everybody who looks after customers in the north, the south and the islands"
	var members []data.Member
	for _, name := range []string{"Maya Lindqvist", "Alexandrina-Theophilia von Hohenberg-Wallenstein", "Bo", "Carl Dahl", "Dora Eriksen", "Emil Falk", "Freja Gran", "Göran Holm", "Hedda Ivarsen", "Ivar Jensen", "Jana Krag"} {
		members = append(members, data.Member{ID: name, Name: name, Side: data.Us, Role: data.Editor, Discipline: "key accounts, renewals and everything that nobody else does"})
	}
	members[0].ID = "maya"
	joinSpace(t, db, data.Space{ID: larkfield, Name: long, Kind: data.TeamSpace, Self: "maya", Place: "folder:/srv/a-rather-long-folder-name-for-a-team/with-another-long-one-in-it"}, members...)
	w := testWindow(t, db)
	openSharing(t, w)
	checkShown(t, w, "Our eleven", "+2")
	golden(t, w, "sharing-long")
}

// sharingWindow is a window whose workspace can share, as one of a name.
func sharingWindow(t *testing.T, db *store.DB, name string) *window {
	t.Helper()
	mustWrite(t, db, func(tx *store.Tx) error { return tx.PutSetting(store.SettingUserName, name) })
	w := testWindow(t, db)
	w.sharer = newSharer(db, memory{}, testClock)
	return w
}

func spacesOf(t *testing.T, db *store.DB) []data.Space {
	t.Helper()
	list, err := db.Spaces(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// fill types into the fields of a dialog, one after the other.
func fill(t *testing.T, w *window, first string, others ...string) {
	t.Helper()
	enter(w, first)
	for _, s := range others {
		for f := w.canvas.Focused(); ; {
			tab(t, w, 1)
			if w.canvas.Focused() == f {
				t.Fatal("there is no other field")
			}
			if _, ok := w.canvas.Focused().(fyne.Shortcutable); ok {
				break
			}
			f = w.canvas.Focused()
		}
		enter(w, s)
	}
}

// TestASpaceIsMadeInvitedToAndJoined lets two windows share an account over a folder.
func TestASpaceIsMadeInvitedToAndJoined(t *testing.T) {
	t.Setenv("HOME", "/home/maya") // where the form proposes to save; nothing is written there
	maya, elin, shared := testStore(t), testStore(t), filepath.Join(t.TempDir(), "Larkfield")
	writeAccounts(t, maya, data.Account{ID: "k", Name: "Kestrel Museums"})
	invitation := filepath.Join(t.TempDir(), "elin.rapport")

	w := sharingWindow(t, maya, "Maya Lindqvist")
	openSharing(t, w)
	checkShown(t, w, "Make a space", "Join one")
	press(w, "N")
	golden(t, w, "sharing-new")
	press(w, "Enter")
	checkShown(t, w, "A space needs a name.")
	fill(t, w, "Larkfield team", filepath.Join(shared, "rapport"))
	press(w, "Enter")
	checkShown(t, w, "Larkfield team is made", "Encrypted on its way; only you hold the key.")
	team := spacesOf(t, maya)[0]

	w.open(route{place: placeAccount, id: "k"})
	w.page().(*accountPage).share()
	checkShown(t, w, "Share Kestrel Museums", "Goes there", "1 account", "Stays here", "0 mails and 0 meetings")
	golden(t, w, "account-share")
	w.dismiss()
	if _, err := maya.SpaceOf(context.Background(), "k"); !errors.Is(err, data.ErrNotFound) {
		t.Fatalf("it was shared without a yes: %v", err)
	}
	w.page().(*accountPage).share()
	tab(t, w, 1) // the yes comes after Cancel, which has the keyboard
	press(w, "Enter")
	if s, err := maya.SpaceOf(context.Background(), "k"); err != nil || s.ID != team.ID {
		t.Fatalf("the account is in %+v, %v", s, err)
	}
	checkShown(t, w, "Kestrel Museums is in Larkfield team now", "Larkfield team")

	openSharing(t, w)
	press(w, "I")
	golden(t, w, "sharing-invite")
	press(w, "Enter")
	checkShown(t, w, "Say whom the invitation is for.")
	enter(w, "Elin Sandvik")
	w.dismiss()
	w.saveInvitation(newForm(w.bg), team, data.Invitee{Name: "Elin Sandvik", History: true}.Tidy(), invitation)
	checkShown(t, w, "The invitation of Elin Sandvik is saved in")
	if at, err := os.Stat(invitation); err != nil || at.Mode().Perm() != 0o600 {
		t.Fatalf("the invitation is %v, %v", at, err)
	}

	other := sharingWindow(t, elin, "Elin Sandvik")
	openSharing(t, other)
	press(other, "O")
	golden(t, other, "sharing-join")
	fill(t, other, invitation+".not", filepath.Join(shared, "rapport"))
	press(other, "Enter")
	checkShown(t, other, "There is no file elin.rapport.not")
	other.dismiss()
	press(other, "O")
	fill(t, other, invitation, filepath.Join(shared, "rapport"))
	press(other, "Enter")
	checkShown(t, other, "Not open yet. It opens once whoever invited you has exchanged again.")

	w.exchange(team)
	checkShown(t, w, "let Elin Sandvik in")
	press(other, "X")
	checkShown(t, other, "Larkfield team: took", "only these two people hold the key", "Kestrel Museums")
	if a, err := elin.Account(context.Background(), "k"); err != nil || a.Name != "Kestrel Museums" {
		t.Errorf("Elin has %+v, %v", a, err)
	}
}

func TestAnExchangeThatFailsSaysWhatToDo(t *testing.T) {
	db, shared := testStore(t), filepath.Join(t.TempDir(), "rapport")
	w := sharingWindow(t, db, "Maya Lindqvist")
	openSharing(t, w)
	press(w, "N")
	fill(t, w, "Larkfield team", shared)
	press(w, "Enter")
	if err := os.RemoveAll(shared); err != nil {
		t.Fatal(err)
	}
	press(w, "X")
	checkShown(t, w, "Connect its drive")
	w.status.clear()
	checkShown(t, w, "Larkfield team is out of reach")
}

func TestTheStatusBarSaysHowSpacesStand(t *testing.T) {
	maya, elin := teamStores(t)
	w := testWindow(t, maya)
	w.open(route{place: placeToday})
	checkShown(t, w, "Larkfield team not exchanged yet", "to send")
	mustWrite(t, maya, func(tx *store.Tx) error { return tx.PutExchange(larkfield, data.Exchange{Way: data.ByBundle, Came: 3}) })
	w.refreshState()
	checkShown(t, w, "Larkfield team took in a bundle at 09:18")
	exchangedAt(t, maya, nil, larkfield)
	checkShown(t, w, "Larkfield team exchanged at 09:18")
	apart(t, maya, elin)
	w.refreshState()
	checkShown(t, w, "1 choice for you", "Choose")
	if !w.rail.choices {
		t.Error("the rail shows no dot")
	}
}

// hubAsked is a sharer that is asked for a place on a hub, and refuses.
type hubAsked struct {
	sharer
	got *space.HubAccess
}

func (h hubAsked) HubPlace(_ context.Context, a space.HubAccess) (string, error) {
	*h.got = a
	return "", &data.Problem{Kind: data.HubUnsafe, About: "nats1.larkfield.example", Detail: "it keeps 1 copies, and 3 are needed"}
}

func TestASpaceCanBeCarriedByAHub(t *testing.T) {
	creds := filepath.Join(t.TempDir(), "maya.creds")
	if err := os.WriteFile(creds, []byte("a key"), 0o600); err != nil {
		t.Fatal(err)
	}
	var got space.HubAccess
	w := sharingWindow(t, testStore(t), "Maya Lindqvist")
	w.sharer = hubAsked{w.sharer, &got}
	openSharing(t, w)
	press(w, "N")
	enter(w, "Larkfield team")
	tab(t, w, 2) // over the kind, to where it is carried
	w.canvas.Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	golden(t, w, "sharing-new-hub")
	tab(t, w, 1)
	enter(w, "tls://nats1.larkfield.example, tls://nats2.larkfield.example")
	press(w, "Enter")
	checkShown(t, w, "Name the file with your credentials")
	tab(t, w, 1)
	enter(w, filepath.Join(filepath.Dir(creds), "maya"))
	press(w, "Enter")
	checkShown(t, w, "There is no file at")
	enter(w, ".creds")
	press(w, "Enter")
	checkShown(t, w, "could lose or show what the team puts there", "it keeps 1 copies")
	if string(got.Credentials) != "a key" || len(got.Servers) != 2 || got.Servers[1] != "tls://nats2.larkfield.example" || got.One || got.CA != nil {
		t.Errorf("asked for %+v", got)
	}
	tab(t, w, 1)
	enter(w, filepath.Dir(creds))
	press(w, "Enter")
	checkShown(t, w, "This is no certificate")
	enter(w, "/ca.pem")
	press(w, "Enter")
	checkShown(t, w, "There is no file at")
	if err := os.WriteFile(filepath.Join(filepath.Dir(creds), "ca.pem"), []byte("an authority"), 0o600); err != nil {
		t.Fatal(err)
	}
	tab(t, w, 1)
	w.canvas.Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	w.canvas.FocusPrevious()
	press(w, "Enter")
	if string(got.CA) != "an authority" || !got.One {
		t.Errorf("asked for %+v", got)
	}
}
