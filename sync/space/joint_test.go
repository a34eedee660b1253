package space

import (
	"context"
	"reflect"
	"strings"
	"testing"

	"rapport/data"
	"rapport/data/store"
)

// jointPair are Maya, with an account of her team, and Anna of the customer, who share
// a joint space over a folder.
func jointPair(t *testing.T, role data.SpaceRole) (space string, maya, anna *laptop) {
	t.Helper()
	ctx := context.Background()
	place, err := FolderPlace(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	maya, anna = newLaptop(t, "Maya Lindqvist"), newLaptop(t, "Anna Kessler")
	sp, err := maya.Create(ctx, "Kestrel and us", data.JointSpace, place)
	if err != nil {
		t.Fatal(err)
	}
	maya.write(func(tx *store.Tx) error {
		for _, err := range []error{
			tx.PutAccount(data.Account{ID: "k", Name: "Kestrel", Owner: "Maya Lindqvist"}),
			tx.PutContact(data.Contact{ID: "anna", AccountID: "k", Name: "Anna Kessler", Side: data.Customer}),
			tx.PutAnyPart(data.Step{Belongs: data.Belongs{ID: "s1", Account: "k"}, What: "Install in Hall 2", Due: "2026-11-20", With: []string{"anna"}}),
			tx.PutAnyPart(data.Step{Belongs: data.Belongs{ID: "s2", Account: "k"}, What: "walrus", Due: "2026-11-20", Inside: true}),
			tx.PutAnyPart(data.ValueEntry{Belongs: data.Belongs{ID: "v1", Account: "k"}, To: data.Customer, What: "Energy saved", Amount: 41, Unit: "MWh", Evidence: "meters", On: "2026-10-31"}),
			tx.PutAnyPart(data.Risk{Belongs: data.Belongs{ID: "r1", Account: "k"}, What: "walrus", Chance: 25}),
		} {
			if err != nil {
				return err
			}
		}
		_, err := tx.PutPlan(data.Plan{Belongs: data.Belongs{Account: "k"}, Why: "No flicker before the loan opens"})
		return err
	})
	file, err := maya.Invite(ctx, sp.ID, data.Invitee{Name: "Anna Kessler", Side: data.Customer, Role: role, History: true})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := anna.Join(ctx, file, place); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		anna.sync(sp.ID)
		maya.sync(sp.ID)
	}
	anna.sync(sp.ID)
	return sp.ID, maya, anna
}

// planNow is Maya's plan as it would be put into the space.
func (l *laptop) planNow() data.JointPlan {
	l.t.Helper()
	in, err := l.db.PlanInput(context.Background(), "k", *l.time)
	if err != nil {
		l.t.Fatal(err)
	}
	return data.JointPlanOf(in.Account, data.JointSheet(data.ComposePlan(in).Sheet, in.Now), "Maya Lindqvist", in.Now)
}

func (l *laptop) put(space string) data.JointPlan {
	l.t.Helper()
	p := l.planNow()
	l.write(func(tx *store.Tx) (err error) {
		p, err = tx.PutJointPlan(space, p)
		return err
	})
	return p
}

// jointStand is the one joint plan of a laptop.
func (l *laptop) jointStand() data.JointStand {
	l.t.Helper()
	list, err := l.db.JointStands(context.Background(), "")
	if err != nil || len(list) != 1 {
		l.t.Fatalf("%s has %d joint plans, %v", l.name, len(list), err)
	}
	return list[0]
}

func (l *laptop) jointWords() string {
	l.t.Helper()
	s := l.jointStand()
	return data.SheetText(data.ComposeJoint(s.Plan, s.Replies, *l.time).Sheet, *l.time, 100)
}

func TestACustomerSeesTheJointPlanAndAnswers(t *testing.T) {
	ctx := context.Background()
	space, maya, anna := jointPair(t, data.Contributor)
	look := data.ComposeJoint(maya.planNow(), nil, *maya.time).Sheet
	maya.put(space)
	maya.sync(space)
	anna.sync(space)
	s := anna.jointStand()
	if seen := data.ComposeJoint(s.Plan, s.Replies, *anna.time).Sheet; !reflect.DeepEqual(seen, look) {
		t.Errorf("Anna sees\n%+v\nthe preview was\n%+v", seen, look)
	}
	if words := anna.jointWords(); strings.Contains(words, "walrus") || !strings.Contains(words, "Install in Hall 2 · 20 Nov · Anna Kessler") {
		t.Errorf("Anna reads\n%s", words)
	}
	if s.MayPut || !s.MayReply || anna.account("k") != "" {
		t.Errorf("Anna may put a plan there: %v, answer: %v; she has the account %q", s.MayPut, s.MayReply, anna.account("k"))
	}

	reply := func(r data.JointReply) {
		t.Helper()
		r.Plan, r.On, r.By = s.Plan.ID, "2026-11-17", "Somebody else"
		anna.write(func(tx *store.Tx) error { _, err := tx.PutJointReply(r); return err })
	}
	reply(data.JointReply{Line: "step/s1#what", Register: data.DoneRegister, Was: "Install in Hall 2", Becomes: "2026-11-17"})
	reply(data.JointReply{Line: "value/v1#what", Register: "amount", Was: "41", Becomes: "39"})
	reply(data.JointReply{Section: data.PlanSteps, Becomes: "Tell the night guards"})
	anna.sync(space)
	maya.sync(space)
	offered, err := maya.db.OpenCorrections(ctx, "k")
	if err != nil || len(offered) != 3 {
		t.Fatalf("Maya is offered %+v, %v", offered, err)
	}
	for _, c := range offered {
		if c.By != "Anna Kessler" || c.Contact != "anna" {
			t.Errorf("who signed it is Anna, but it says %q, %q", c.By, c.Contact)
		}
		maya.write(func(tx *store.Tx) (err error) {
			if c.Key == "" {
				_, err = tx.DeclineCorrection(c, "They know", "Maya", *maya.time)
			} else {
				_, err = tx.TakeCorrection(c, "Maya", *maya.time)
			}
			return err
		})
	}
	if left, err := maya.db.OpenCorrections(ctx, ""); err != nil || len(left) > 0 {
		t.Errorf("still offered: %+v, %v", left, err)
	}
	step, err := store.PartByID[data.Step](ctx, maya.db, "s1")
	value, err2 := store.PartByID[data.ValueEntry](ctx, maya.db, "v1")
	if err != nil || err2 != nil || step.Done != "2026-11-17" || value.Amount != 39 {
		t.Errorf("Maya's own plan has %+v, %v, %+v, %v", step, err, value, err2)
	}
	maya.sync(space)
	anna.sync(space)
	words := strings.Join(strings.Fields(anna.jointWords()), " ")
	for _, want := range []string{"39 MWh", "done 17 Nov", "Tell the night guards · Anna, 17 Nov · declined They know"} {
		if !strings.Contains(words, want) {
			t.Errorf("Anna does not read %q:\n%s", want, anna.jointWords())
		}
	}
	if maya.hash(space) != anna.hash(space) {
		t.Error("the two have different states")
	}
	if all := openFiles(t, anna, space); strings.Contains(all, "walrus") || !strings.Contains(all, "Install in Hall 2") {
		t.Error("what is Maya's alone is in the files of the space, or her plan is not")
	}

	maya.put(space) // the step is done now, and no line any more
	maya.sync(space)
	anna.sync(space)
	if words := anna.jointWords(); strings.Contains(words, "Install in Hall 2") || !strings.Contains(words, "39 MWh") {
		t.Errorf("put there anew, Anna reads\n%s", words)
	}
	maya.write(func(tx *store.Tx) error { return tx.TakeBackJointPlan(space, "k") })
	maya.sync(space)
	anna.sync(space)
	if list, err := anna.db.JointStands(ctx, ""); err != nil || len(list) > 0 {
		t.Errorf("taken back, Anna still has %+v, %v", list, err)
	}
	maya.put(space) // and once more
	maya.sync(space)
	anna.sync(space)
	if words := anna.jointWords(); !strings.Contains(words, "39 MWh") || strings.Contains(words, "night guards") {
		t.Errorf("put there again, Anna reads\n%s", words)
	}
}

// TestAGuestWritesNothingButAnswers has a guest's program that writes what it likes.
func TestAGuestWritesNothingButAnswers(t *testing.T) {
	ctx := context.Background()
	for _, role := range []data.SpaceRole{data.Contributor, data.Editor, data.Admin} {
		space, maya, anna := jointPair(t, role)
		p := maya.put(space)
		maya.sync(space)
		anna.sync(space)
		members, err := anna.db.Members(ctx, space)
		if err != nil {
			t.Fatal(err)
		}
		refused := func(do func(*store.Tx) error) {
			t.Helper()
			if _, err := anna.db.Write(ctx, "", do); err == nil || !strings.Contains(err.Error(), "you are a guest of Kestrel and us") {
				t.Errorf("%s: her own program lets it: %v", role, err)
			}
		}
		p.Title = "Another plan"
		refused(func(tx *store.Tx) error { _, err := tx.PutJointPlan(space, p); return err })
		for i := range members {
			members[i].Side, members[i].Role = data.Us, data.Owner // as her program believes
		}
		anna.write(func(tx *store.Tx) error { return tx.PutMembers(space, members) })
		anna.write(func(tx *store.Tx) error {
			if err := tx.PutAccount(data.Account{ID: "k", Name: "Taken over"}); err != nil {
				return err
			}
			if err := tx.PutAnyPart(data.Step{Belongs: data.Belongs{ID: "s1", Account: "k"}, What: "Taken over"}); err != nil {
				return err
			}
			if _, err := tx.PutJointPlan(space, p); err != nil {
				return err
			}
			_, err := tx.ShareAccount("k", space)
			return err
		})
		anna.sync(space)
		r := maya.sync(space).Received
		if r.KeptOut == 0 || maya.account("k") != "Kestrel" || maya.jointStand().Plan.Title != "Kestrel" {
			t.Errorf("%s: Maya's account is %q, the plan is called %q; %+v", role, maya.account("k"), maya.jointStand().Plan.Title, r)
		}
		if step, err := store.PartByID[data.Step](ctx, maya.db, "s1"); err != nil || step.What != "Install in Hall 2" {
			t.Errorf("%s: Maya's step is %+v, %v", role, step, err)
		}
	}
}

func TestAReaderOfAJointSpaceOnlyReads(t *testing.T) {
	space, maya, anna := jointPair(t, data.Reader)
	p := maya.put(space)
	maya.sync(space)
	anna.sync(space)
	if s := anna.jointStand(); s.MayReply || s.MayPut {
		t.Errorf("a reader may answer: %+v", s)
	}
	_, err := anna.db.Write(context.Background(), "", func(tx *store.Tx) error {
		_, err := tx.PutJointReply(data.JointReply{Plan: p.ID, Section: data.PlanSteps, Becomes: "Something", On: "2026-11-17"})
		return err
	})
	if err == nil || !strings.Contains(err.Error(), "you are a reader") {
		t.Errorf("a reader answers: %v", err)
	}
}

// TestAJointPlanStaysWhereItWasPut shares the account with the team after its plan was
// put into a joint space.
func TestAJointPlanStaysWhereItWasPut(t *testing.T) {
	ctx := context.Background()
	space, maya, anna := jointPair(t, data.Contributor)
	maya.put(space)
	team, err := maya.Create(ctx, "Larkfield", data.TeamSpace, "")
	if err != nil {
		t.Fatal(err)
	}
	maya.write(func(tx *store.Tx) error { _, err := tx.ShareAccount("k", team.ID); return err })
	maya.put(space)
	maya.sync(space)
	anna.sync(space)
	if s := anna.jointStand(); s.Space.ID != space {
		t.Errorf("the plan stands in %+v", s.Space)
	}
	_, err = maya.db.Write(ctx, "", func(tx *store.Tx) error { _, err := tx.PutJointPlan(team.ID, maya.planNow()); return err })
	if err == nil || !strings.Contains(err.Error(), "Larkfield is a space of your team") {
		t.Errorf("a joint plan goes into the team's space: %v", err)
	}
	p, err := maya.db.SpacePreview(ctx, space)
	if err != nil || len(p.Things) != 1 {
		t.Errorf("the joint space holds %+v, %v", p.Things, err)
	}
}
