package space

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rapport/data"
	"rapport/data/store"
	"rapport/sync/team"
)

// files counts what lies in a space's folder, by kind.
func (l *laptop) files(id string) map[team.Kind]int {
	l.t.Helper()
	sp, err := l.db.Space(context.Background(), id)
	if err != nil {
		l.t.Fatal(err)
	}
	n := map[team.Kind]int{}
	if err := filepath.WalkDir(strings.TrimPrefix(sp.Place, inFolder), func(path string, _ os.DirEntry, err error) error {
		if kind, _, _, wrong := team.Parts(filepath.Base(path)); wrong == nil {
			n[kind]++
		}
		return err
	}); err != nil {
		l.t.Fatal(err)
	}
	return n
}

// editOften changes the account so often, exchanged each time.
func (l *laptop) editOften(id string, times int, what string) {
	l.t.Helper()
	for i := range times {
		if err := l.rename("k", fmt.Sprint(what, " ", i)); err != nil {
			l.t.Fatal(err)
		}
		l.sync(id)
	}
}

func TestSmallSegmentsArePackedAndTakenAway(t *testing.T) {
	ctx := context.Background()
	id, all := team2(t, nil, "Maya", "Jonas", "Ines")
	maya, jonas, ines := all[0], all[1], all[2]
	maya.editOften(id, 20, "Early")
	ines.sync(id) // she has half of it, and goes on holiday
	maya.editOften(id, 60, "Late")
	settle(id, maya, jonas)
	before := maya.files(id)[team.SegmentPiece]
	if before < 80 {
		t.Fatalf("%d segments lie there", before)
	}
	maya.later(packedAfter)
	if r := maya.sync(id); r.Sent < 2 {
		t.Errorf("packs were not sent: %+v", r)
	}
	if n := maya.files(id)[team.SegmentPiece]; n <= before {
		t.Errorf("what was packed is gone before anybody could get the pack: %d of %d segments lie there", n, before)
	}
	if r := jonas.sync(id); r.Received.Applied != 0 || len(r.Refused) > 0 {
		t.Errorf("packs of what is here did %+v", r)
	}
	maya.sync(id)
	if n := maya.files(id)[team.SegmentPiece]; n <= before {
		t.Errorf("what was packed is gone too soon: %d segments lie there", n)
	}
	maya.later(removedAfter)
	maya.sync(id)
	after := maya.files(id)[team.SegmentPiece]
	if after > before/3 {
		t.Errorf("%d of %d segments lie there", after, before)
	}
	for _, l := range []*laptop{jonas, maya, jonas, maya} {
		if r := l.sync(id); r.Sent > 1 || len(r.Refused) > 0 {
			t.Errorf("%s puts back what was packed: %+v", l.name, r)
		}
	}
	if n := maya.files(id)[team.SegmentPiece]; n != after {
		t.Errorf("%d segments lie there, and were %d", n, after)
	}
	for _, l := range []*laptop{maya, jonas} {
		if retired, err := l.db.RetiredPieces(ctx, id); err != nil || len(retired) > 2 {
			t.Errorf("%s remembers %d pieces that are gone, %v", l.name, len(retired), err)
		}
	}
	if r := ines.sync(id); len(r.Refused) > 0 || ines.account("k") != "Late 59" {
		t.Errorf("who was away has %+v and sees %q", r, ines.account("k"))
	}
	tom := joined(t, maya, id, "Tom")
	mustBeAlike(t, id, "in the end", maya, jonas, ines, tom)
	maya.editOften(id, 3, "Afterwards")
	settle(id, maya, jonas, ines, tom)
	mustBeAlike(t, id, "afterwards", maya, jonas, ines, tom)
	if tom.account("k") != "Afterwards 2" {
		t.Errorf("Tom sees %q", tom.account("k"))
	}
	if a, b := len(written(t, maya)), len(written(t, tom)); a != b {
		t.Errorf("Maya has a history of %d changes, Tom of %d", a, b)
	}
}

func written(t *testing.T, l *laptop) (shared []store.Written) {
	t.Helper()
	list, err := l.db.Written(context.Background(), "k")
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range list {
		if _, ok := team.LogDevice(w.Change.Log); ok {
			shared = append(shared, w)
		}
	}
	return shared
}

// joined lets somebody in with the history.
func joined(t *testing.T, by *laptop, id, name string) *laptop {
	t.Helper()
	file, err := by.Invite(context.Background(), id, data.Invitee{Name: name, History: true})
	if err != nil {
		t.Fatal(err)
	}
	sp, err := by.db.Space(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	l := newLaptop(t, name)
	if _, err := l.Join(context.Background(), file, sp.Place); err != nil {
		t.Fatal(err)
	}
	by.sync(id)
	l.sync(id)
	return l
}

// TestAPackThatSaysOtherwiseDoesNotEnter packs other changes under the same counters.
func TestAPackThatSaysOtherwiseDoesNotEnter(t *testing.T) {
	ctx := context.Background()
	id, all := team2(t, nil, "Maya", "Jonas")
	maya, jonas := all[0], all[1]
	maya.editOften(id, 3, "Honest")
	jonas.sync(id)
	sp, err := maya.db.Space(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	r, err := maya.alone(ctx, sp)
	if err != nil {
		t.Fatal(err)
	}
	own, err := maya.db.OwnSegments(ctx, id, r.me.device.ID())
	if err != nil || len(own) < 3 {
		t.Fatalf("%d segments, %v", len(own), err)
	}
	last := own[len(own)-1]
	changes, err := maya.db.ChangesOf(ctx, id, last.Log, 1, last.Last)
	if err != nil {
		t.Fatal(err)
	}
	for i := range changes {
		if changes[i].Value == `Honest 1` || changes[i].Value == `"Honest 1"` {
			c := changes[i].Blank()
			c.Value = `"Forged"`
			changes[i] = c
		}
	}
	forged, ok := r.sealPack(own, 0, len(own), changes, 0)
	if !ok {
		t.Fatal("it was not sealed")
	}
	way, err := maya.placeOf(ctx, sp, false)
	if err != nil {
		t.Fatal(err)
	}
	if err := way.PutNew(ctx, forged.Name, forged.Body); err != nil {
		t.Fatal(err)
	}
	before := jonas.hash(id)
	if r := jonas.sync(id); len(r.Refused) != 1 || !strings.Contains(r.Refused[0], "its log goes on otherwise here") {
		t.Errorf("Jonas is told %v", r.Refused)
	}
	if jonas.hash(id) != before {
		t.Error("something of it entered")
	}
}
