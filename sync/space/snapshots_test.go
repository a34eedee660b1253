package space

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rapport/data"
	"rapport/data/change"
	"rapport/data/store"
	"rapport/sync/team"
)

// fromNowOn lets somebody in without what was written before.
func fromNowOn(t testing.TB, by *laptop, id, name string, role data.SpaceRole) *laptop {
	t.Helper()
	ctx := context.Background()
	file, err := by.Invite(ctx, id, data.Invitee{Name: name, Role: role})
	if err != nil {
		t.Fatal(err)
	}
	sp, err := by.db.Space(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	l := newLaptop(t, name)
	if _, err := l.Join(ctx, file, sp.Place); err != nil {
		t.Fatal(err)
	}
	by.sync(id)
	return l
}

func (l *laptop) member(id string) string {
	l.t.Helper()
	sp, err := l.db.Space(context.Background(), id)
	if err != nil {
		l.t.Fatal(err)
	}
	return sp.Self
}

// folderOf is where the pieces of a space lie.
func (l *laptop) folderOf(id string) string {
	l.t.Helper()
	sp, err := l.db.Space(context.Background(), id)
	if err != nil {
		l.t.Fatal(err)
	}
	var dir string
	if err := filepath.WalkDir(strings.TrimPrefix(sp.Place, inFolder), func(path string, _ os.DirEntry, err error) error {
		if strings.HasPrefix(filepath.Base(path), "m-") {
			dir = filepath.Dir(path)
		}
		return err
	}); err != nil || dir == "" {
		l.t.Fatalf("no pieces in %s: %v", sp.Place, err)
	}
	return dir
}

func mustBeAlike(t *testing.T, id, when string, all ...*laptop) {
	t.Helper()
	for _, l := range all[1:] {
		if l.hash(id) != all[0].hash(id) {
			t.Errorf("%s: %s and %s differ", when, all[0].name, l.name)
		}
	}
}

func TestWhoJoinsFromNowOnBeginsWithASnapshot(t *testing.T) {
	id, all := team2(t, nil, "Maya", "Jonas")
	maya, jonas := all[0], all[1]
	for _, name := range []string{"Kestrel One", "Kestrel Two"} {
		if err := jonas.rename("k", name); err != nil {
			t.Fatal(err)
		}
		jonas.sync(id)
	}
	maya.sync(id)
	ines := fromNowOn(t, maya, id, "Ines", "")
	r := ines.sync(id)
	if r.Pending || r.Began == 0 || len(r.Refused) > 0 || ines.account("k") != "Kestrel Two" {
		t.Fatalf("Ines has %+v and sees %q", r, ines.account("k"))
	}
	mustBeAlike(t, id, "at first", maya, ines)
	if history, err := ines.db.Written(context.Background(), "k"); err != nil || len(history) != 0 {
		t.Errorf("who joined from now on has the history %v, %v", history, err)
	}
	for i, l := range []*laptop{jonas, ines, maya, ines, jonas} {
		l.sync(id)
		if err := l.rename("k", fmt.Sprint("Kestrel, again ", i)); err != nil {
			t.Fatal(err)
		}
		l.sync(id)
	}
	for range 2 {
		for _, l := range []*laptop{maya, jonas, ines} {
			if r := l.sync(id); len(r.Refused) > 0 {
				t.Errorf("%s refuses %v", l.name, r.Refused)
			}
		}
	}
	mustBeAlike(t, id, "after edits by all", maya, jonas, ines)
	if ines.account("k") != "Kestrel, again 4" {
		t.Errorf("Ines sees %q", ines.account("k"))
	}
	if err := ines.db.RebuildSpace(context.Background(), id); err != nil {
		t.Fatal(err)
	}
	mustBeAlike(t, id, "rebuilt", maya, ines)
	for _, l := range []*laptop{maya, jonas, ines} {
		if r := l.sync(id); r.Came != 0 || r.Sent != 0 || r.Began != 0 || r.Received.Applied != 0 {
			t.Errorf("%s: an exchange with nothing new did %+v", l.name, r)
		}
	}
}

func TestEditsMadeApartFromASnapshotAreBothThere(t *testing.T) {
	id, all := team2(t, nil, "Maya", "Jonas")
	maya, jonas := all[0], all[1]
	ines := fromNowOn(t, maya, id, "Ines", "")
	ines.sync(id)
	jonas.sync(id)
	if err := jonas.rename("k", "By Jonas"); err != nil {
		t.Fatal(err)
	}
	if err := ines.rename("k", "By Ines"); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		for _, l := range []*laptop{ines, jonas, maya} {
			l.sync(id)
		}
	}
	mustBeAlike(t, id, "after a conflict", maya, jonas, ines)
	for _, l := range []*laptop{maya, jonas, ines} {
		if list, err := l.db.Conflicts(context.Background(), ""); err != nil || len(list) != 1 || len(list[0].Versions) != 2 {
			t.Errorf("%s has the conflicts %v, %v", l.name, list, err)
		}
	}
}

// TestAVerdictThatTurnsChangesTheSnapshot removes somebody with a cut-off below what
// is in the snapshot: what is kept out now stands in it, and what it replaced is not.
func TestAVerdictThatTurnsChangesTheSnapshot(t *testing.T) {
	ctx := context.Background()
	id, all := team2(t, map[string]data.SpaceRole{"Anna": data.Admin}, "Maya", "Anna", "Jonas")
	maya, anna, jonas := all[0], all[1], all[2]
	maya.sync(id)
	anna.sync(id)
	if err := jonas.rename("k", "By Jonas"); err != nil {
		t.Fatal(err)
	}
	jonas.sync(id)
	ines := fromNowOn(t, anna, id, "Ines", "") // Anna has Jonas's edit, Maya has not
	ines.sync(id)
	if ines.account("k") != "By Jonas" {
		t.Fatalf("Ines sees %q", ines.account("k"))
	}
	mustBeAlike(t, id, "before", anna, ines)
	err := maya.about(ctx, id, jonas.member(id), func(r *round, m change.Member) (change.Record, error) {
		return change.Record{Deed: change.Remove, Person: m.Person}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		for _, l := range []*laptop{maya, anna, ines} {
			if r := l.sync(id); len(r.Refused) > 0 {
				t.Errorf("%s refuses %v", l.name, r.Refused)
			}
		}
	}
	mustBeAlike(t, id, "after the removal", maya, anna, ines)
	if ines.account("k") != maya.account("k") {
		t.Errorf("Ines sees %q, Maya %q", ines.account("k"), maya.account("k"))
	}
}

// TestASegmentWithAnOlderKeyComesToNewcomersToo has somebody seal with the old key
// since the folder was late to tell them of the new one.
func TestASegmentWithAnOlderKeyComesToNewcomersToo(t *testing.T) {
	ctx := context.Background()
	id, all := team2(t, nil, "Maya", "Jonas")
	maya, jonas := all[0], all[1]
	if err := jonas.rename("k", "By Jonas"); err != nil {
		t.Fatal(err)
	}
	sp, err := jonas.db.Space(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := jonas.alone(ctx, sp); err != nil { // sealed, and not put there yet
		t.Fatal(err)
	}
	ines := fromNowOn(t, maya, id, "Ines", "")
	ines.sync(id)
	jonas.sync(id)
	if err := jonas.rename("k", "By Jonas again"); err != nil {
		t.Fatal(err)
	}
	jonas.sync(id)
	ines.sync(id)
	if ines.account("k") != "Kestrel" {
		t.Fatalf("Ines sees %q", ines.account("k"))
	}
	maya.later(anotherAfter)
	maya.sync(id)
	ines.sync(id)
	mustBeAlike(t, id, "in the end", maya, ines)
	if ines.account("k") != "By Jonas again" {
		t.Errorf("Ines sees %q", ines.account("k"))
	}
}

func TestBadSnapshotsEnterNothing(t *testing.T) {
	ctx := context.Background()
	id, all := team2(t, map[string]data.SpaceRole{"Mallory": data.Editor}, "Maya", "Mallory")
	maya, mallory := all[0], all[1]
	forge := func(l *laptop, alter func(*team.Snapshot), damage func([]team.SealedPart) []team.SealedPart) {
		t.Helper()
		sp, err := l.db.Space(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		r, err := l.alone(ctx, sp)
		if err != nil {
			t.Fatal(err)
		}
		s, err := l.db.Snapshot(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		made := team.Snapshot{Have: s.Have, Heads: s.Heads, Tips: s.Tips, Entities: s.Entities}
		alter(&made)
		parts, err := team.SealSnapshot(made, r.keys, r.lastEpoch(), r.me.device)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range damage(parts) {
			if err := os.WriteFile(filepath.Join(l.folderOf(id), p.Name), p.Body, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	whole := func(p []team.SealedPart) []team.SealedPart { return p }
	lies := func(s *team.Snapshot) {
		for ref, e := range s.Entities {
			for slot, r := range e {
				if slot.Name == "name" {
					r[0].Value = "Owned"
					s.Entities[ref][slot] = r
				}
			}
		}
		s.Have = s.Have.Clone()
		for log := range s.Have {
			s.Have[log] += 100
		}
	}
	ines := fromNowOn(t, maya, id, "Ines", "")
	mallory.sync(id)
	forge(mallory, lies, whole)
	forge(maya, func(s *team.Snapshot) { s.Entities = map[change.Ref]change.Entity{} }, func(p []team.SealedPart) []team.SealedPart { // cut
		return []team.SealedPart{{Name: p[0].Name, Body: p[0].Body[:len(p[0].Body)/2]}}
	})
	forge(maya, lies, func(p []team.SealedPart) []team.SealedPart { // one bit is another
		p[0].Body[len(p[0].Body)-3] ^= 1
		return []team.SealedPart{{Name: team.Name(team.SnapshotPiece, p[0].Body), Body: p[0].Body}}
	})
	forge(maya, func(s *team.Snapshot) { // a part is missing
		lies(s)
		for i := range 4 {
			ref := change.Ref{Kind: data.KindAccount, ID: fmt.Sprint("big", i)}
			at := change.Version{Dot: change.Dot{Log: sortedKeys(s.Have)[0], Counter: 1}, Op: change.OpSet, Value: strings.Repeat("x", 400_000)}
			s.Entities[ref] = change.Entity{{Part: change.Field, Name: "name"}: {at}}
		}
	}, func(p []team.SealedPart) []team.SealedPart {
		if len(p) < 2 {
			t.Fatal("it came in one part")
		}
		return p[1:]
	})
	r := ines.sync(id)
	if ines.account("k") != "Kestrel" || r.Pending || ines.account("big1") != "" {
		t.Errorf("Ines has %+v and sees %q", r, ines.account("k"))
	}
	mustBeAlike(t, id, "among bad ones", maya, ines)
	for _, want := range []string{"somebody who is no owner or admin", "seal is broken"} {
		if !strings.Contains(strings.Join(r.Refused, "\n"), want) {
			t.Errorf("nobody is told %q: %v", want, r.Refused)
		}
	}
	if r := ines.sync(id); len(r.Refused) > 0 {
		t.Errorf("told twice: %v", r.Refused)
	}
}

// TestLateJoinersSeeTheSame lets a team write, come and go by chance, with people who
// join from now on and with the history, and wants the same state of all members.
func TestLateJoinersSeeTheSame(t *testing.T) {
	for seed := range uint64(6) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) { lateJoiners(t, seed) })
	}
}

func lateJoiners(t *testing.T, seed uint64) {
	random := rand.New(rand.NewPCG(seed, 11))
	id, all := team2(t, map[string]data.SpaceRole{"Anna": data.Admin}, "Maya", "Anna", "Jonas")
	gone := map[*laptop]bool{}
	pick := func(from []*laptop) *laptop { return from[random.IntN(len(from))] }
	present := func() (list []*laptop) {
		for _, l := range all {
			if !gone[l] {
				list = append(list, l)
			}
		}
		return list
	}
	for step := range 24 {
		switch l := pick(present()); random.IntN(8) {
		case 0, 1:
			_ = l.rename("k", fmt.Sprint("Name ", step)) // a reader may not, a newcomer has none yet
		case 2:
			l.person(random.IntN(3), step)
		case 3, 4, 5:
			l.sync(id)
		case 6:
			if len(all) < 7 {
				all = append(all, fromNowOn(t, pick(all[:2]), id, fmt.Sprint("New ", step), []data.SpaceRole{data.Editor, data.Editor, data.Reader}[random.IntN(3)]))
			}
		case 7:
			if rest := present()[2:]; len(rest) > 2 {
				out := pick(rest)
				if err := all[0].Remove(context.Background(), id, out.member(id)); err == nil {
					gone[out] = true
				}
			}
		}
	}
	for range 4 {
		for _, l := range present() {
			l.later(insteadAfter)
			if r := l.sync(id); len(r.Refused) > 0 {
				t.Errorf("%s refuses %v", l.name, r.Refused)
			}
		}
	}
	mustBeAlike(t, id, "in the end", present()...)
	for _, l := range present() {
		if l.account("k") != all[0].account("k") {
			t.Errorf("%s sees %q, Maya %q", l.name, l.account("k"), all[0].account("k"))
		}
	}
}

// person adds a person of the account, changes them, or takes them away; who may not
// write does nothing.
func (l *laptop) person(n, step int) {
	id := fmt.Sprint("p", n)
	_, _ = l.db.Write(context.Background(), "", func(tx *store.Tx) error {
		if step%5 == 4 {
			return tx.DeleteContact(id)
		}
		return tx.PutContact(data.Contact{ID: id, AccountID: "k", Name: fmt.Sprint("Person ", step), Role: l.name})
	})
}
