package space

import (
	"context"
	"os"
	"strings"
	"testing"

	"rapport/data"
	"rapport/data/change"
	"rapport/sync/team"
)

// byCode has somebody new ask to come in by a code of a laptop's.
func byCode(t *testing.T, id string, by *laptop, name string) *laptop {
	t.Helper()
	l := newLaptop(t, name)
	l.joinByCode(id, by, name)
	return l
}

func (l *laptop) joinByCode(id string, by *laptop, meantFor string) {
	l.t.Helper()
	code, err := by.InviteByCode(context.Background(), id, data.Invitee{Name: meantFor, History: true})
	if err != nil {
		l.t.Fatal(err)
	}
	if _, err := l.JoinByCode(context.Background(), code, placeOf(l.t, by, id)); err != nil {
		l.t.Fatal(err)
	}
}

// asking are who waits for a yes on a laptop, by what they say they are called.
func (l *laptop) asking(id string) (names []string) {
	l.t.Helper()
	list, err := l.db.Askers(context.Background(), id)
	if err != nil {
		l.t.Fatal(err)
	}
	for _, a := range list {
		names = append(names, a.Name)
	}
	return names
}

// turnedAway are who was refused, as a laptop tells it.
func (l *laptop) turnedAway(id string) string {
	l.t.Helper()
	list, err := l.db.TurnedAway(context.Background(), id)
	if err != nil {
		l.t.Fatal(err)
	}
	var words []string
	for _, a := range list {
		words = append(words, a.Name+" by "+a.By)
	}
	return strings.Join(words, ", ")
}

// role is what a person is in a space, as a laptop has it.
func (l *laptop) role(id, person string) data.SpaceRole {
	l.t.Helper()
	list, err := l.db.Members(context.Background(), id)
	if err != nil {
		l.t.Fatal(err)
	}
	for _, m := range list {
		if m.ID == person {
			return m.Role
		}
	}
	return ""
}

func TestARefusalHoldsOnAllLaptops(t *testing.T) {
	ctx := context.Background()
	id, all := team2(t, map[string]data.SpaceRole{"Jonas": data.Admin}, "Maya", "Jonas")
	maya, jonas := all[0], all[1]
	second := anew(t, maya)
	if _, err := second.RecoverSpaces(ctx, placeOf(t, maya, id), ""); err != nil {
		t.Fatal(err)
	}
	anna := byCode(t, id, maya, "Not Anna")
	settle(id, anna, maya, second, jonas)
	if len(maya.asking(id)) != 1 || len(second.asking(id)) != 1 || len(jonas.asking(id)) != 0 {
		t.Fatalf("asked are %v, %v, %v", maya.asking(id), second.asking(id), jonas.asking(id))
	}
	who := anna.member(id)
	if err := maya.TurnAway(ctx, id, who); err != nil {
		t.Fatal(err)
	}
	if err := second.Confirm(ctx, id, who); err == nil || !strings.Contains(err.Error(), "refused by Maya; where that was a mistake, make another invitation") {
		t.Errorf("let in on the other laptop: %v", err)
	}
	settle(id, second, jonas, anna, maya)
	for _, l := range []*laptop{maya, second, jonas} {
		if got := l.turnedAway(id); got != "Not Anna by Maya" || len(l.asking(id)) != 0 || l.role(id, who) != "" {
			t.Errorf("%s is told of %q, asks about %v, has her as %q", l.name, got, l.asking(id), l.role(id, who))
		}
		if refused, err := l.db.RefusedPieces(ctx, id); err != nil || len(refused) != 0 {
			t.Errorf("pieces that cannot be used: %v, %v", refused, err)
		}
	}
	if r := anna.sync(id); r.TurnedAway != "Maya" || !r.Pending || anna.account("k") != "" {
		t.Errorf("she is told %+v", r)
	}

	// A new invitation takes it back, and whoever lets her in knows of it.
	anna.joinByCode(id, jonas, "Anna")
	if r := anna.sync(id); r.TurnedAway != "" || !r.Pending {
		t.Errorf("after another invitation she is told %+v", r)
	}
	settle(id, jonas, maya)
	list, err := jonas.db.Askers(ctx, id)
	if err != nil || len(list) != 1 || !strings.HasSuffix(list[0].Words(), "; refused by Maya before") {
		t.Fatalf("Jonas is asked about %+v, %v", list, err)
	}
	if err := jonas.Confirm(ctx, id, who); err != nil {
		t.Fatal(err)
	}
	settle(id, anna, maya, second)
	if anna.account("k") != "Kestrel" || maya.role(id, who) != data.Editor || maya.turnedAway(id) != "" || second.turnedAway(id) != "" {
		t.Errorf("let in: she reads %q, is %q, and refused: %q", anna.account("k"), maya.role(id, who), maya.turnedAway(id))
	}
}

// TestWhoIsRefusedAndLetInAtOneTimeIsRefused has one laptop of Maya's, which cannot reach
// the folder, let in whom the other refuses.
func TestWhoIsRefusedAndLetInAtOneTimeIsRefused(t *testing.T) {
	ctx := context.Background()
	id, all := team2(t, nil, "Maya", "Jonas")
	maya, jonas := all[0], all[1]
	second := anew(t, maya)
	if _, err := second.RecoverSpaces(ctx, placeOf(t, maya, id), ""); err != nil {
		t.Fatal(err)
	}
	mallory := byCode(t, id, maya, "Mallory")
	settle(id, mallory, maya, second)
	who := mallory.member(id)
	_, folder, _ := strings.Cut(placeOf(t, maya, id), ":")
	move := func(from, to string) {
		t.Helper()
		if err := os.Rename(from, to); err != nil {
			t.Fatal(err)
		}
	}
	move(folder, folder+" away")
	if err := second.Confirm(ctx, id, who); err == nil {
		t.Fatal("the folder was not missed")
	}
	if second.role(id, who) != data.Editor {
		t.Fatalf("let in without the folder she is %q", second.role(id, who))
	}
	move(folder+" away", folder)
	if err := maya.TurnAway(ctx, id, who); err != nil {
		t.Fatal(err)
	}
	settle(id, second, mallory, maya, jonas, second)
	for _, l := range []*laptop{maya, second, jonas} {
		if got := l.turnedAway(id); got != "Mallory by Maya" || l.role(id, who) != "" {
			t.Errorf("%s is told of %q, and has her as %q", l.name, got, l.role(id, who))
		}
	}
	if err := maya.rename("k", "After the refusal"); err != nil {
		t.Fatal(err)
	}
	settle(id, maya, jonas, mallory)
	if jonas.account("k") != "After the refusal" || mallory.account("k") == "After the refusal" {
		t.Errorf("Jonas reads %q, Mallory %q", jonas.account("k"), mallory.account("k"))
	}
	if have, all := maya.epochs(id); have != 2 || all != 2 {
		t.Errorf("%d keys of %d epochs", have, all)
	}
}

func TestWhoWasRefusedIsNotLetInByAFileWithoutAYes(t *testing.T) {
	ctx := context.Background()
	id, all := team2(t, nil, "Maya")
	maya := all[0]
	anna := byCode(t, id, maya, "Anna")
	maya.sync(id)
	if err := maya.TurnAway(ctx, id, anna.member(id)); err != nil {
		t.Fatal(err)
	}
	file, err := maya.Invite(ctx, id, data.Invitee{Name: "Somebody else", History: true})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := anna.Join(ctx, file, placeOf(t, maya, id)); err != nil {
		t.Fatal(err)
	}
	if r := maya.sync(id); len(r.Admitted) != 0 || len(r.ToConfirm) != 1 {
		t.Fatalf("let in are %v, asked is about %v", r.Admitted, r.ToConfirm)
	}
	if err := maya.Confirm(ctx, id, anna.member(id)); err != nil {
		t.Fatal(err)
	}
	if r := anna.sync(id); r.Pending || r.TurnedAway != "" || anna.account("k") != "Kestrel" {
		t.Errorf("after a yes: %+v", r)
	}
}

// TestForgedRefusals has an editor refuse whom Maya invited, by a record and by a letter,
// and an older letter of Maya's come again.
func TestForgedRefusals(t *testing.T) {
	ctx := context.Background()
	id, all := team2(t, nil, "Maya", "Jonas")
	maya, jonas := all[0], all[1]
	anna := byCode(t, id, maya, "Anna")
	settle(id, anna, maya, jonas)
	sp, err := maya.db.Space(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	m, err := maya.alone(ctx, sp)
	if err != nil || len(m.waiting) != 1 {
		t.Fatalf("%v, %v", m.waiting, err)
	}
	answer := m.waiting[0].answer
	j, err := jonas.alone(ctx, sp)
	if err != nil {
		t.Fatal(err)
	}
	rec := answer.Refuse()
	rec.Space, rec.After, rec.At = id, j.members.Heads, 1<<16
	sealed, name, body, err := team.SealRecord(rec, j.keys, j.lastEpoch(), j.me.device)
	if err != nil {
		t.Fatal(err)
	}
	keep := func(r *round, name string, body []byte, err error) {
		t.Helper()
		if err == nil {
			err = r.keepOwn(ctx, name, body)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	keep(j, name, body, nil)
	name, body, err = answer.TurnAway("Maya", j.me.device)
	keep(j, name, body, err)
	other := answer
	other.Invite = "code-of another invitation"
	name, body, err = other.TurnAway("Maya", m.me.device)
	keep(m, name, body, err)
	settle(id, jonas, maya, anna)
	if r := anna.sync(id); r.TurnedAway != "" {
		t.Errorf("she believes %q", r.TurnedAway)
	}
	if m, err = maya.alone(ctx, sp); err != nil || m.members.Void[sealed.ID] == "" || len(m.members.Refusals) != 0 {
		t.Errorf("an editor's refusal holds: %v, %v", m.members.Refusals, err)
	}
	if got := maya.turnedAway(id); got != "" || len(maya.asking(id)) != 1 {
		t.Errorf("Maya is told of %q, and asked about %v", got, maya.asking(id))
	}
	if err := jonas.TurnAway(ctx, id, anna.member(id)); err == nil || !strings.Contains(err.Error(), "only owners and admins let people in") {
		t.Errorf("an editor refuses: %v", err)
	}
	if err := maya.Confirm(ctx, id, anna.member(id)); err != nil {
		t.Fatal(err)
	}
	if r := anna.sync(id); r.Pending || maya.role(id, anna.member(id)) != data.Editor {
		t.Errorf("after a yes: %+v", r)
	}
	if why := change.Judge(id, m.members.Order).Void[sealed.ID]; !strings.Contains(why, "only owners and admins") {
		t.Errorf("it is void since %q", why)
	}
}
