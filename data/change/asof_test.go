package change

import (
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// picture is the state of a laptop at some moment, as a snapshot has it.
type picture struct {
	have     Vector
	heads    []string
	entities map[Ref]Entity
}

func pictureOf(s *seat) picture {
	entities := map[Ref]Entity{}
	for ref, e := range s.replica.Entities {
		entities[ref] = maps.Clone(e)
	}
	return picture{s.replica.Have.Clone(), slices.Clone(s.m.Heads), entities}
}

func letsLike(_ string, role Role) string {
	switch role {
	case Owner, Admin, Editor:
		return "all"
	case Contributor:
		return "notes"
	}
	return "nothing"
}

// TestWhoBeginsWithAPictureEndsUpTheSame gives a newcomer a picture that somebody had
// at some moment, and only the changes since. Where the verdicts on what is in the
// picture are the same by all records, so is the state in the end.
func TestWhoBeginsWithAPictureEndsUpTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := newParty(t)
		var pictures []picture
		t.Repeat(map[string]func(*rapid.T){
			"write": p.write, "write more": p.write, "govern": p.govern, "gossip": p.gossip, "meet": p.meet,
			"picture": func(t *rapid.T) { pictures = append(pictures, pictureOf(p.someone(t))) },
		})
		all := p.seat("p0")
		p.giveAll(all, 1)
		random := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "order"), 3))
		for _, begin := range append(pictures, pictureOf(all)) {
			then, known := all.m.AsOf(begin.heads)
			if !known {
				t.Fatal("records that were heard of are not here")
			}
			if !all.m.SameVerdicts(then, begin.have, letsLike) {
				continue
			}
			late := NewReplica()
			late.Have, late.Judge = begin.have.Clone(), all.m.Verdicts(mayWrite)
			for ref, e := range begin.entities {
				late.Entities[ref] = maps.Clone(e)
			}
			changes := slices.Clone(p.changes)
			random.Shuffle(len(changes), reflect.Swapper(changes))
			for _, c := range changes {
				late.Receive(c)
			}
			mustEqual(t, all.replica, late)
			mustReplay(t, p, all, begin)
		}
	})
}

// mustReplay wants the same of the history since by entity, in any order.
func mustReplay(t *rapid.T, p *party, all *seat, begin picture) {
	by := map[Ref][]Change{}
	for _, c := range p.changes {
		if all.replica.Quarantined[c.Dot] == Let {
			by[c.Entity] = append(by[c.Entity], c)
		}
	}
	for ref, want := range all.replica.Entities {
		if got := ReplayOn(begin.entities[ref], begin.have, by[ref]); !reflect.DeepEqual(got, want) {
			t.Fatalf("%v: replay on a picture gives %v, the replica has %v", ref, got, want)
		}
	}
}

func TestVerdictsThatTurnAreSeen(t *testing.T) {
	tell := func(lines ...string) Membership { return Judge("a", tell(t, lines)) }
	before := []string{"a - p0 create", "b a p0 add p1 editor", "c b p1 device d1"}
	for _, tt := range []struct {
		name  string
		after []string
		have  Vector
		want  bool
	}{
		{"nothing more is known", nil, Vector{"d1-1": 9}, true},
		{"removed, with all seen", []string{"d c p0 remove p1 seen d1-1:9"}, Vector{"d1-1": 9}, true},
		{"removed, with less seen", []string{"d c p0 remove p1 seen d1-1:8"}, Vector{"d1-1": 9}, false},
		{"removed, with less seen, of another log", []string{"d c p0 remove p1 seen d1-1:8"}, Vector{"d1-1": 8, "d0-1": 5}, true},
		{"a role that writes alike", []string{"d c p0 role p1 admin"}, Vector{"d1-1": 9}, true},
		{"a role that writes less", []string{"d c p0 role p1 reader"}, Vector{"d1-1": 9}, false},
		{"what was in is accepted too", []string{"d c p0 accept d1-1:2:3"}, Vector{"d1-1": 9}, true},
		{"what was out is accepted", []string{"d c p0 remove p1", "e d p0 accept d1-1:2:3"}, Vector{"d1-1": 1}, false},
		{"a stranger's device is known now", []string{"d c p1 device d9"}, Vector{"d9-1": 1}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			now := tell(append(slices.Clone(before), tt.after...)...)
			then, known := now.AsOf([]string{"c"})
			if !known || !reflect.DeepEqual(then, tell(before...)) {
				t.Fatalf("as of c: %v", then)
			}
			if now.SameVerdicts(then, tt.have, letsLike) != tt.want {
				t.Errorf("same verdicts: %v", !tt.want)
			}
		})
	}
	if _, known := tell(before...).AsOf([]string{"z"}); known {
		t.Error("a record that is not here is known")
	}
}
