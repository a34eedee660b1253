package space

import (
	"context"
	"slices"
	"strings"
	"testing"

	"rapport/data"
	"rapport/data/change"
	"rapport/sync/team"
)

// device is the fingerprint of a laptop.
func (l *laptop) device() string {
	l.t.Helper()
	me, err := l.identity(context.Background())
	if err != nil {
		l.t.Fatal(err)
	}
	return me.device.ID()
}

// twoLaptops is a team whose second member has two laptops; second came by the recovery
// key.
func twoLaptops(t *testing.T) (id string, maya, first, second *laptop) {
	t.Helper()
	id, all := team2(t, nil, "Maya", "Jonas")
	maya, first = all[0], all[1]
	second = anew(t, first)
	if _, err := second.RecoverSpaces(context.Background(), placeOf(t, first, id), ""); err != nil {
		t.Fatal(err)
	}
	settle(id, second, first, maya)
	return id, maya, first, second
}

// epochs are how many a laptop has keys of, and how many there are by its records.
func (l *laptop) epochs(id string) (have, all int) {
	l.t.Helper()
	sp, err := l.db.Space(context.Background(), id)
	if err != nil {
		l.t.Fatal(err)
	}
	r, err := l.alone(context.Background(), sp)
	if err != nil {
		l.t.Fatal(err)
	}
	return len(r.keys.Epochs), len(r.members.Epochs)
}

func TestAWithdrawnLaptopWritesAndReadsNothingNew(t *testing.T) {
	for _, tt := range []struct {
		name string
		by   func(maya, second *laptop) *laptop
	}{
		{"from another laptop of the person", func(_, second *laptop) *laptop { return second }},
		{"by the owner", func(maya, _ *laptop) *laptop { return maya }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			ctx := context.Background()
			id, maya, stolen, second := twoLaptops(t)
			if err := stolen.rename("k", "Before"); err != nil {
				t.Fatal(err)
			}
			settle(id, stolen, maya, second)
			if err := tt.by(maya, second).Withdraw(ctx, id, stolen.device()); err != nil {
				t.Fatal(err)
			}
			if err := stolen.rename("k", "The thief"); err != nil {
				t.Fatal(err)
			}
			settle(id, maya, second, maya, second)
			if err := maya.rename("k", "After"); err != nil {
				t.Fatal(err)
			}
			settle(id, maya, second, stolen, maya, second, stolen)
			if maya.account("k") != "After" || second.account("k") != "After" {
				t.Errorf("Maya sees %q, the other laptop %q", maya.account("k"), second.account("k"))
			}
			if stolen.account("k") == "After" {
				t.Error("the withdrawn laptop read what was written after")
			}
			out, err := maya.KeptOut(ctx, id)
			if err != nil || len(out) != 1 || out[0].Value != "The thief" || out[0].Why != string(change.Stolen) {
				t.Errorf("kept out: %+v, %v", out, err)
			}
			if r := stolen.sync(id); !r.Left || !r.Withdrawn {
				t.Errorf("the withdrawn laptop is told %+v", r)
			}
			if have, all := stolen.epochs(id); have >= all {
				t.Errorf("the withdrawn laptop has the keys of %d of %d epochs", have, all)
			}
			if maya.hash(id) != second.hash(id) {
				t.Error("the state hashes differ")
			}
			list, err := maya.db.Devices(ctx, id)
			at := slices.IndexFunc(list, func(d data.Device) bool { return d.ID == stolen.device() })
			if err != nil || len(list) != 3 || at < 0 || list[at].WithdrawnAt.IsZero() || list[at].Nth != 1 || list[at].Name == "" {
				t.Errorf("laptops: %+v, %v", list, err)
			}
		})
	}
}

// TestTheThiefMakesAnotherLaptop has whoever has the person's own keys bring a new laptop
// in after one was withdrawn.
func TestTheThiefMakesAnotherLaptop(t *testing.T) {
	ctx := context.Background()
	id, maya, stolen, second := twoLaptops(t)
	thief := anew(t, stolen)
	if err := second.WithdrawLaptop(ctx, stolen.device()); err != nil {
		t.Fatal(err)
	}
	laptops, err := second.Laptops(ctx)
	if err != nil || len(laptops) != 3 || !laptops[0].Here || !laptops[0].In[0].Here || laptops[1].ID != stolen.device() || laptops[1].In[0].WithdrawnAt.IsZero() || laptops[1].In[0].Here {
		t.Errorf("laptops %+v, %v", laptops, err)
	}
	settle(id, maya, second, maya)
	list, err := thief.RecoverSpaces(ctx, placeOf(t, maya, id), "")
	if len(list) != 0 || err == nil || !strings.Contains(err.Error(), "a laptop of yours was withdrawn") {
		t.Errorf("the recovery key brought back %+v, %v", list, err)
	}
	if err := maya.rename("k", "After"); err != nil {
		t.Fatal(err)
	}
	settle(id, maya, second)
	if second.account("k") != "After" {
		t.Errorf("the other laptop sees %q", second.account("k"))
	}
}

func TestWhoMayWithdraw(t *testing.T) {
	ctx := context.Background()
	id, maya, stolen, second := twoLaptops(t)
	for _, tt := range []struct {
		name   string
		by     *laptop
		device string
		says   string
	}{
		{"the laptop one sits at", second, second.device(), "withdraw it from another one"},
		{"somebody higher's", second, maya.device(), "does not withdraw a laptop of this member"},
		{"a laptop that is not there", maya, strings.Repeat("a", 26), "no member"},
	} {
		if err := tt.by.Withdraw(ctx, id, tt.device); err == nil || !strings.Contains(err.Error(), tt.says) {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
	if err := maya.Withdraw(ctx, id, stolen.device()); err != nil {
		t.Fatal(err)
	}
	if err := maya.Withdraw(ctx, id, stolen.device()); err == nil || !strings.Contains(err.Error(), "before") {
		t.Errorf("twice: %v", err)
	}
	stolen.sync(id)
	if err := stolen.Withdraw(ctx, id, second.device()); err == nil || !strings.Contains(err.Error(), "withdrawn") {
		t.Errorf("a withdrawn laptop withdrew another: %v", err)
	}
}

// TestForgedWithdrawalsDoNothing lays records into the folder that Rapport would not have
// written.
func TestForgedWithdrawalsDoNothing(t *testing.T) {
	ctx := context.Background()
	id, maya, stolen, second := twoLaptops(t)
	sp, err := stolen.db.Space(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	r, err := stolen.alone(ctx, sp) // as it was before
	if err != nil {
		t.Fatal(err)
	}
	if err := maya.Withdraw(ctx, id, stolen.device()); err != nil {
		t.Fatal(err)
	}
	var forged []string
	for _, rec := range []change.Record{
		{Deed: change.Withdraw, Person: r.me.person.ID(), Laptop: second.device(), At: 1 << 16},
		{Deed: change.Withdraw, Person: maya.member(id), Laptop: maya.device(), At: 1 << 16},
		{Deed: change.Withdraw, Person: r.me.person.ID(), Laptop: second.device(), At: 1 << 60},
	} {
		rec.Space, rec.After = id, r.members.Heads
		sealed, name, body, err := team.SealRecord(rec, r.keys, r.lastEpoch(), r.me.device)
		if err != nil {
			t.Fatal(err)
		}
		if err := r.keepOwn(ctx, name, body); err != nil {
			t.Fatal(err)
		}
		forged = append(forged, sealed.ID)
	}
	settle(id, stolen, maya, second, maya)
	m, err := maya.alone(ctx, sp)
	if err != nil {
		t.Fatal(err)
	}
	if len(m.members.Withdrawn) != 1 || m.members.Withdrawn[stolen.device()] == "" {
		t.Errorf("withdrawn: %v", m.members.Withdrawn)
	}
	for _, rec := range forged {
		if m.members.Void[rec] == "" {
			t.Errorf("record %s has an effect", rec)
		}
	}
	if err := second.rename("k", "Still here"); err != nil {
		t.Fatal(err)
	}
	settle(id, second, maya)
	if maya.account("k") != "Still here" {
		t.Errorf("Maya sees %q", maya.account("k"))
	}
}
