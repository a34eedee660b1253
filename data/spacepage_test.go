package data

import (
	"slices"
	"strings"
	"testing"
	"time"
)

var (
	spaceTeam  = Space{Name: "Larkfield", Kind: TeamSpace, Self: "maya"}
	spaceJoint = Space{Name: "Kestrel", Kind: JointSpace, Self: "maya"}
	mayaOwns   = Member{ID: "maya", Name: "Maya Lindqvist", Side: Us, Role: Owner}
	elinEdits  = Member{ID: "elin", Name: "Elin Sandvik", Side: Us, Role: Editor}
	jorisReads = Member{ID: "joris", Name: "Joris Dekker", Side: Us, Role: Reader}
	annaNotes  = Member{ID: "anna", Name: "Anna Kessler", Side: Customer, Role: Contributor}
	leonReads  = Member{ID: "leon", Name: "Leon Hobday", Side: Partner, Role: Reader}
	ruthLeft   = Member{ID: "ruth", Name: "Ruth Ek", Side: Us}
)

func TestASpaceIsSaidInWords(t *testing.T) {
	for _, c := range []struct {
		e                SpaceEntry
		words, kind, key string
	}{
		{SpaceEntry{Space: spaceTeam, Members: []Member{mayaOwns}, Accounts: 1}, "Only you, 1 account", "Ours only", "Encrypted on its way; only you hold the key."},
		{SpaceEntry{Space: spaceTeam, Members: []Member{mayaOwns, elinEdits, ruthLeft}}, "2 people, 0 accounts", "Ours only", "Encrypted on its way; only these two people hold the key."},
		{SpaceEntry{Space: spaceJoint, Members: []Member{mayaOwns, annaNotes}}, "Anna", "Shared with a customer", "Encrypted on its way; only these two people hold the key."},
		{SpaceEntry{Space: spaceJoint, Members: []Member{mayaOwns, annaNotes, leonReads}}, "Anna and Leon", "Shared with a customer and a partner", "Encrypted on its way; only these three people hold the key."},
		{SpaceEntry{Space: spaceJoint, Members: []Member{mayaOwns}}, "Only you, 0 accounts", "For a customer or a partner", "Encrypted on its way; only you hold the key."},
		{SpaceEntry{Space: spaceTeam, Members: []Member{elinEdits, {ID: "maya", Name: "Maya Lindqvist", Side: Us}}}, "Only you, 0 accounts", "Ours only",
			"You are no longer a member. What was here stays readable; nothing new comes."},
	} {
		if c.e.Words() != c.words && c.e.Self().Role != "" || c.e.KindWords() != c.kind || c.e.KeyWords() != c.key {
			t.Errorf("%q, %q, %q; want %q, %q, %q", c.e.Words(), c.e.KindWords(), c.e.KeyWords(), c.words, c.kind, c.key)
		}
	}
}

func TestAPlaceOfASpaceIsSaidInWords(t *testing.T) {
	for place, want := range map[string]string{"": "by bundle files", "folder:/home/maya/Larkfield/rapport": "folder “Larkfield/rapport”", "folder:/rapport": "folder “rapport”",
		"nats:hub.larkfield.example": "hub “hub.larkfield.example”"} {
		if got := SpacePlaceWords(place); got != want {
			t.Errorf("%q is %q, want %q", place, got, want)
		}
	}
}

func TestWhoMayDoTheSameStandsTogether(t *testing.T) {
	e := SpaceEntry{Space: spaceJoint, Members: []Member{leonReads, annaNotes, elinEdits, ruthLeft, mayaOwns}}
	in := SpaceInput{SpaceEntry: e, Things: map[string]int{KindPlan: 1, KindStep: 4, KindInteraction: 2, KindTeamPlan: 1, KindJointPlan: 1}}
	list := e.Audiences()
	var words []string
	for _, a := range list {
		words = append(words, a.Words)
	}
	if !slices.Equal(words, []string{"Our two", "Anna", "Leon"}) {
		t.Fatalf("audiences %q", words)
	}
	cells := map[string][]AccessCell{}
	for _, r := range in.Access(list) {
		cells[r.What] = r.Cells
	}
	write, read, nothing := AccessCell{AccessYes, "Write"}, AccessCell{AccessYes, "Read"}, AccessCell{AccessNone, "Nothing yet"}
	for what, want := range map[string][]AccessCell{
		"Plans: goals and steps": {write, read, read}, "Calls, visits and notes": {write, read, read}, "Promises, needs and cures": nil,
		"Joint plans": {write, read, read}, "Answers to them": {nothing, nothing, nothing},
		"All else that was put there": {write, read, read}, "Mail and calendars": {{AccessNone, "Not here"}, {AccessNone, "Not here"}, {AccessNone, "Not here"}},
	} {
		if !slices.Equal(cells[what], want) {
			t.Errorf("%s: %v, want %v", what, cells[what], want)
		}
	}
	e.Members = append(e.Members, jorisReads)
	words = nil
	for _, a := range e.Audiences() {
		words = append(words, a.Words)
	}
	if !slices.Equal(words, []string{"Two of us", "Joris", "Anna", "Leon"}) {
		t.Errorf("audiences %q", words)
	}
}

// Every kind that is shared stands in one row of the table of access, or in the last.
func TestEveryKindStandsInOneRowOfAccess(t *testing.T) {
	seen := map[string]int{}
	for _, r := range accessRows {
		for _, kind := range r.kinds {
			seen[kind]++
			if !Shareable(kind) || seen[kind] > 1 {
				t.Errorf("%s stands in %d rows; shareable: %v", kind, seen[kind], Shareable(kind))
			}
		}
		for _, role := range SpaceRoles { // a row says one word for all its kinds
			for _, kind := range r.kinds {
				for _, may := range []Rights{{TeamSpace, Us, role}, {JointSpace, Customer, role}} {
					if may.MayWrite(kind) != may.MayWrite(r.kinds[0]) {
						t.Errorf("%s: %v may write %s otherwise than %s", r.what, may, kind, r.kinds[0])
					}
				}
			}
		}
	}
}

func TestTheExchangeIsSaidInFacts(t *testing.T) {
	synced := conflictNow.Add(-28 * time.Minute)
	away := (&Problem{Kind: FolderGone, About: "/srv/rapport"}).Error()
	for _, c := range []struct {
		name string
		in   SpaceInput
		want []SpaceFact
	}{
		{"never", SpaceInput{}, []SpaceFact{{FactWaits, "Not exchanged yet", "The others get what is here with the first exchange."}}},
		{"fine", SpaceInput{SpaceEntry: SpaceEntry{Space: Space{SyncedAt: synced}}}, []SpaceFact{{FactFine, "Last exchanged today 09:14", ""}}},
		{"fed by a bundle", SpaceInput{SpaceEntry: SpaceEntry{Space: Space{BundleAt: synced}}}, []SpaceFact{{FactFine, "Last bundle taken in today 09:14", ""}}},
		{"an exchange went well too", SpaceInput{SpaceEntry: SpaceEntry{Space: Space{SyncedAt: synced, BundleAt: conflictNow}}}, []SpaceFact{{FactFine, "Last exchanged today 09:14", ""}}},
		{"away after a bundle", SpaceInput{SpaceEntry: SpaceEntry{Space: Space{BundleAt: synced, Problem: away}}}, []SpaceFact{
			{FactAway, "The shared folder /srv/rapport is not there", "Connect its drive, or start the program that keeps it; then try again; everything else works meanwhile. Last bundle taken in today 09:14."}}},
		{"away", SpaceInput{SpaceEntry: SpaceEntry{Space: Space{SyncedAt: synced, Problem: away}, Unsent: 1}}, []SpaceFact{
			{FactAway, "The shared folder /srv/rapport is not there", "Connect its drive, or start the program that keeps it; then try again; everything else works meanwhile. Last exchanged today 09:14."},
			{FactWaits, "1 change of yours waits here", "Goes with the next exchange."}}},
		{"this laptop withdrawn", SpaceInput{SpaceEntry: SpaceEntry{Space: Space{Self: "maya", SyncedAt: synced}, Members: []Member{mayaOwns, {ID: "joris", Name: "Joris Dekker"}}, Unsent: 3},
			Devices: []Device{{ID: "other", Member: "joris", WithdrawnAt: synced, WithdrawnBy: "maya"}, {ID: "here", Here: true, WithdrawnAt: synced, WithdrawnBy: "joris"}}}, []SpaceFact{
			{FactWrong, "This laptop was withdrawn today 09:14 by Joris Dekker", "What is here stays, and nothing new comes. What is written here reaches nobody. Where that is a mistake, ask an owner or admin to invite you into a new workspace."},
			{FactFine, "Last exchanged today 09:14", ""}}},
		{"wrong", SpaceInput{SpaceEntry: SpaceEntry{Space: Space{Problem: "the disk is full"}}, Early: 2, KeptOut: []KeptOut{{By: "Joris", Why: "a reader may not change this", N: 2}, {Why: "she was removed", N: 1}},
			Refused: []string{"its signature is wrong", "it is cut short", "its signature is wrong"}}, []SpaceFact{
			{FactWrong, "The disk is full", "Not exchanged yet."},
			{FactWaits, "2 changes came before what went ahead of it", "Comes in by itself once that is here."},
			{FactWrong, "2 changes of Joris kept out", "A reader may not change this."},
			{FactWrong, "1 change of somebody who is not known kept out", "She was removed."},
			{FactWrong, "2 pieces of the space cannot be used", "Its signature is wrong."},
			{FactWrong, "1 piece of the space cannot be used", "It is cut short."}}},
	} {
		if got := c.in.Facts(conflictNow); !slices.Equal(got, c.want) {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}

func TestTheTableOfAccessSaysWhatIsToldOfMail(t *testing.T) {
	in := SpaceInput{SpaceEntry: SpaceEntry{Members: []Member{mayaOwns}}, Things: map[string]int{KindObservation: 12}}
	for _, r := range in.Access(in.Audiences()) {
		if r.What == "All else that was put there" {
			t.Errorf("mail is counted twice: %+v", r)
		}
		if strings.HasPrefix(r.What, "Mail") && (r.N != 12 || r.What != "Mail, as far as it is told" || r.Cells[0] != AccessCell{AccessPartly, "By its rule"}) {
			t.Errorf("%+v", r)
		}
	}
}
