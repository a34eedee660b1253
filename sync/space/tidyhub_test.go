package space

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"rapport/data"
	"rapport/data/store"
	"rapport/sync/team"
)

// onTheHub is all that lies on the hub, opened with somebody's keys, and how many pieces
// that is.
func onTheHub(t *testing.T, l *laptop, id string) (opened string, pieces int) {
	t.Helper()
	ctx := context.Background()
	sp, err := l.db.Space(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	way, err := l.carrier(ctx, sp, false)
	if err != nil {
		t.Fatal(err)
	}
	defer hangUp(way)
	keys, err := l.keysOf(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	list, err := way.List(ctx)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, p := range list {
		body, err := way.Get(ctx, p.Name)
		if err != nil {
			t.Fatal(err)
		}
		openInto(t, &b, p.Name, body, keys)
	}
	return b.String(), len(list)
}

// What was erased lies on a hub until its administrator clears it away; then in no piece,
// and no laptop puts it back, be it one that slept since before.
func TestWhatIsErasedLeavesTheHub(t *testing.T) {
	ctx := context.Background()
	h := newHub(t)
	id, maya, jonas := onHub2(t, h)
	marks := []string{"Markname", "markaddress@k.example", "Markrole", "Markphone"}
	anna := data.Contact{ID: "anna", AccountID: "k", Name: marks[0], Emails: []string{marks[1]}, Role: marks[2]}
	maya.write(func(tx *store.Tx) error { return tx.PutContact(anna) })
	maya.sync(id)
	jonas.sync(id)
	anna.Phone = marks[3]
	jonas.write(func(tx *store.Tx) error { return tx.PutContact(anna) })
	jonas.sync(id)
	maya.sync(id)
	file, err := maya.Invite(ctx, id, data.Invitee{Name: "sleeper", History: true})
	if err != nil {
		t.Fatal(err)
	}
	sleeper := newLaptop(t, "sleeper")
	place, err := sleeper.HubPlace(ctx, h.access("jonas"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := sleeper.Join(ctx, file, place); err != nil {
		t.Fatal(err)
	}
	maya.sync(id)
	sleeper.sync(id)

	if err := maya.db.ErasePerson(ctx, "anna"); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		for _, l := range []*laptop{maya, jonas} {
			l.later(2 * time.Hour)
			l.sync(id)
		}
	}
	before, pieces := onTheHub(t, maya, id)
	for _, m := range marks {
		if !strings.Contains(before, m) {
			t.Errorf("%s is not on the hub before it is tidied: this test shows nothing", m)
		}
	}
	if _, err := maya.TidyHub(ctx, id, h.read("keys", "creds", "testhub", "larkfield", "maya.creds")); err == nil {
		t.Error("a member takes pieces away")
	}
	if _, now := onTheHub(t, maya, id); now < pieces {
		t.Errorf("of %d pieces %d are left", pieces, now)
	}
	admin := h.read("keys", "creds", "testhub", "larkfield", "admin.creds")
	r, err := maya.TidyHub(ctx, id, admin)
	if err != nil || r.Cleared == 0 {
		t.Fatalf("cleared %d, %v", r.Cleared, err)
	}
	again := func(when string) {
		t.Helper()
		after, _ := onTheHub(t, maya, id)
		for _, m := range marks {
			if strings.Contains(after, m) {
				t.Errorf("%s: %s is on the hub", when, m)
			}
		}
	}
	again("at once")
	for _, l := range []*laptop{maya, jonas, sleeper, maya, jonas, sleeper} {
		l.sync(id)
	}
	again("after all have exchanged")
	if maya.hash(id) != jonas.hash(id) || maya.hash(id) != sleeper.hash(id) {
		t.Error("they have not the same")
	}
	if r, err := maya.TidyHub(ctx, id, admin); err != nil || r.Cleared != 0 {
		t.Errorf("once more it cleared %d, %v", r.Cleared, err)
	}
	file, err = maya.Invite(ctx, id, data.Invitee{Name: "late", History: true})
	if err != nil {
		t.Fatal(err)
	}
	late := newLaptop(t, "late")
	if place, err = late.HubPlace(ctx, h.access("jonas")); err != nil {
		t.Fatal(err)
	}
	if _, err := late.Join(ctx, file, place); err != nil {
		t.Fatal(err)
	}
	maya.sync(id)
	late.sync(id)
	if late.hash(id) != maya.hash(id) || late.account("k") != "Kestrel" {
		t.Error("a newcomer has not all of it")
	}
}

func TestOnlyAHubIsTidied(t *testing.T) {
	id, all := team2(t, nil, "Maya")
	var no *data.Invalid
	if _, err := all[0].TidyHub(context.Background(), id, nil); !errors.As(err, &no) || !strings.Contains(no.Says, "not on a hub") {
		t.Errorf("a folder: %v", err)
	}
	h := newHub(t)
	id, maya, _ := onHub2(t, h)
	if _, err := maya.TidyHub(context.Background(), id, []byte("no credentials")); !errors.As(err, &no) {
		t.Errorf("no credentials: %v", err)
	}
}

// A snapshot that has what was erased leaves the hub too, and who joins from now on
// afterwards begins with one that has not.
func TestAnErasedSnapshotLeavesTheHub(t *testing.T) {
	ctx := context.Background()
	h := newHub(t)
	id, maya, jonas := onHub2(t, h)
	const mark = "Markname of the snapshot"
	maya.write(func(tx *store.Tx) error {
		return tx.PutContact(data.Contact{ID: "anna", AccountID: "k", Name: mark})
	})
	maya.sync(id)
	jonas.sync(id)
	joins := func(name string) *laptop {
		t.Helper()
		file, err := maya.Invite(ctx, id, data.Invitee{Name: name, Role: data.Editor})
		if err != nil {
			t.Fatal(err)
		}
		l := newLaptop(t, name)
		place, err := l.HubPlace(ctx, h.access("jonas"))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := l.Join(ctx, file, place); err != nil {
			t.Fatal(err)
		}
		maya.sync(id)
		l.sync(id)
		return l
	}
	lena := joins("lena")
	old := maya.snapshotNames(id)
	if len(old) == 0 || lena.account("k") != "Kestrel" {
		t.Fatalf("lena has %q, and %d parts of a snapshot lie on the hub", lena.account("k"), len(old))
	}
	if err := maya.db.ErasePerson(ctx, "anna"); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		for _, l := range []*laptop{maya, jonas, lena} {
			l.later(2 * time.Hour)
			l.sync(id)
		}
	}
	lies := func(names []string) (n int) {
		for _, name := range maya.snapshotNames(id) {
			if slices.Contains(names, name) {
				n++
			}
		}
		return n
	}
	if lies(old) != len(old) {
		t.Fatal("a member took a snapshot away from the hub")
	}
	if _, err := maya.TidyHub(ctx, id, h.read("keys", "creds", "testhub", "larkfield", "admin.creds")); err != nil {
		t.Fatal(err)
	}
	if n := lies(old); n != 0 {
		t.Errorf("%d parts of the snapshot lie there yet", n)
	}
	for _, l := range []*laptop{jonas, lena, maya} {
		l.sync(id)
	}
	if text, _ := onTheHub(t, maya, id); strings.Contains(text, mark) || lies(old) != 0 {
		t.Error("what was erased is on the hub again")
	}
	mustBeAlike(t, id, "tidied", maya, jonas, lena, joins("late"))
}

// snapshotNames are the parts of snapshots that lie at the place of a space.
func (l *laptop) snapshotNames(id string) (names []string) {
	l.t.Helper()
	sp, err := l.db.Space(context.Background(), id)
	if err != nil {
		l.t.Fatal(err)
	}
	way, err := l.carrier(context.Background(), sp, false)
	if err != nil {
		l.t.Fatal(err)
	}
	defer hangUp(way)
	list, err := way.List(context.Background())
	if err != nil {
		l.t.Fatal(err)
	}
	for _, p := range list {
		if kind, _, _, _ := team.Parts(p.Name); kind == team.SnapshotPiece {
			names = append(names, p.Name)
		}
	}
	return names
}
