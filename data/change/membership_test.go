package change

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestSameRecordsAndChangesGiveTheSameSpace(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := revel(t)
		fresh := p.seat("p0")
		p.giveAll(fresh, rapid.Uint64().Draw(t, "order"))
		for i, s := range p.laptops {
			p.giveAll(s, uint64(i))
			mustAgree(t, fresh, s)
			if s.replica.Waiting() != 0 || len(s.history) != len(p.changes) {
				t.Fatalf("%d of %d changes were applied, %d wait", len(s.history), len(p.changes), s.replica.Waiting())
			}
		}
		mustBeLet(t, p, fresh)
	})
}

func mustAgree(t *rapid.T, a, b *seat) {
	if !reflect.DeepEqual(a.m, b.m) {
		t.Fatalf("memberships differ:\n%+v\n%+v", a.m, b.m)
	}
	mustEqual(t, a.replica, b.replica)
	if !maps.Equal(a.replica.Quarantined, b.replica.Quarantined) {
		t.Fatalf("verdicts differ:\n%v\n%v", a.replica.Quarantined, b.replica.Quarantined)
	}
}

// mustBeLet says it again without the code under test: what is quarantined has
// left no version anywhere, and what is let in is what a replica holds that was
// given nothing else.
func mustBeLet(t *rapid.T, p *party, s *seat) {
	for _, e := range s.replica.Entities {
		for _, register := range e {
			for _, v := range register {
				if s.replica.Quarantined[v.Dot] != Let {
					t.Fatalf("%v is quarantined and stands", v.Dot)
				}
			}
		}
	}
	plain := NewReplica()
	for _, c := range s.history {
		if s.replica.Quarantined[c.Dot] == Let && c.Known() {
			e := plain.Entities[c.Entity]
			if e == nil {
				e = Entity{}
				plain.Entities[c.Entity] = e
			}
			e[c.Slot()] = e[c.Slot()].Apply(c)
		}
	}
	if !reflect.DeepEqual(plain.Entities, s.replica.Entities) {
		t.Fatal("the state is not that of what was let in")
	}
}

// standings are what people are, and all that follows from it but their laptops.
func standings(m Membership) string {
	var lines []string
	for person, member := range m.Members {
		line := fmt.Sprint(person, member.Role)
		for _, t := range member.terms {
			line += fmt.Sprint(t.role, t.seen)
		}
		lines = append(lines, line)
	}
	slices.Sort(lines)
	for _, hash := range slices.Sorted(maps.Keys(m.Invitations)) {
		lines = append(lines, fmt.Sprint(m.Invitations[hash]))
	}
	return strings.Join(append(lines, fmt.Sprint(m.Name, m.Epochs, len(m.accepted), m.stale)), "\n")
}

// TestWhoWasRemovedGainsNothingByBackDating lets somebody who was removed, and
// never gave up a standing of their own accord, sign whatever they like.
func TestWhoWasRemovedGainsNothingByBackDating(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := revel(t)
		all := p.seat("p0")
		p.giveAll(all, 1)
		gone := p.removed(all.m)
		if gone == "" {
			founder := p.laptops[0]
			p.giveAll(founder, 2)
			for _, person := range []string{"p1", "p2", "p3"} {
				if !stepsDown(p.records, person) {
					gone = person
				}
			}
			if gone == "" || founder.m.Members["p0"].Role != Owner {
				t.Skip("nobody can be removed")
			}
			p.publish(founder, Record{Deed: Remove, Person: gone, Seen: founder.seen(gone)})
			p.giveAll(all, 3)
		}
		if all.m.Members[gone].Role != "" {
			t.Skip("the removal was void")
		}
		before, state := standings(all.m), maps.Clone(all.replica.Entities)
		honest := map[string]bool{}
		for _, r := range p.records {
			honest[r.ID] = true
		}
		voided := maps.Clone(all.m.Void)
		for range rapid.IntRange(1, 8).Draw(t, "forged records") {
			p.forged(t, gone, fmt.Sprint("d", rapid.IntRange(0, 9).Draw(t, "device"), gone))
		}
		var late []Change
		for i := range rapid.IntRange(1, 4).Draw(t, "forged changes") {
			if c, ok := p.lateChange(t, all, gone, i); ok {
				late = append(late, c)
			}
		}
		p.giveAll(all, 4)
		if got := standings(all.m); got != before {
			t.Fatalf("%s was removed, back-dated, and made of\n%s\nthis:\n%s", gone, before, got)
		}
		for _, r := range all.m.Order {
			if r.By == gone && !honest[r.ID] && all.m.Void[r.ID] == "" && r.Deed != AddDevice {
				t.Fatalf("%s was removed, and %v has an effect", gone, r)
			}
			if honest[r.ID] && all.m.Void[r.ID] != voided[r.ID] {
				t.Fatalf("%v was void for %q, now for %q", r, voided[r.ID], all.m.Void[r.ID])
			}
		}
		for _, c := range late {
			if all.replica.Have.Has(c.Dot) && all.replica.Quarantined[c.Dot] == Let {
				t.Fatalf("%s was removed, and %v was let in", gone, c.Dot)
			}
		}
		if !reflect.DeepEqual(all.replica.Entities, state) {
			t.Fatal("late changes of somebody removed touched the state")
		}
	})
}

// removed is somebody whom others removed, and who never lowered themselves.
func (p *party) removed(m Membership) string {
	for _, r := range slices.Backward(m.Order) {
		if r.Deed == Remove && r.By != r.Person && m.Void[r.ID] == "" && m.Members[r.Person].Role == "" && !stepsDown(p.records, r.Person) {
			return r.Person
		}
	}
	return ""
}

func stepsDown(records []Record, person string) bool {
	return slices.ContainsFunc(records, func(r Record) bool { return r.By == person && r.about() == person && r.Deed != Create })
}

// lateChange is written after a removal, on an old log or a new one, and dated
// as its author likes. What others said they had seen, or accepted, before it
// was there, is none.
func (p *party) lateChange(t *rapid.T, all *seat, person string, i int) (Change, bool) {
	log := fmt.Sprint("d", rapid.IntRange(0, 9).Draw(t, "device"), person, "-new", i)
	own := slices.Sorted(maps.Keys(all.seen(person)))
	for _, l := range own {
		if rapid.Bool().Draw(t, "an old log") && !slices.ContainsFunc(p.changes, func(c Change) bool { return c.Log == l && c.Counter > all.replica.Have[l] }) {
			log = l
		}
	}
	last := all.replica.Have[log]
	for _, c := range p.changes {
		if c.Log == log {
			last = max(last, c.Counter)
		}
	}
	for _, r := range p.records {
		early := r.Seen[log] > last || slices.ContainsFunc(r.Ranges, func(g Range) bool { return g.Log == log && g.Last > last })
		if r.By != person && early {
			return Change{}, false
		}
	}
	c := Change{Dot: Dot{log, last + 1}, At: HLC(rapid.Uint64().Draw(t, "at")), Schema: 1, Actor: person,
		Op: OpSet, Entity: Ref{"note", "x"}, Field: "name", Value: "late", Over: maps.Clone(all.replica.Have)}
	delete(c.Over, log)
	p.changes = append(p.changes, c)
	return c, true
}

// TestNobodyBelowAdminChangesAnybodyElse lets those who never were admin sign
// whatever they like, in any place of the order.
func TestNobodyBelowAdminChangesAnybodyElse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := newParty(t)
		all := p.seat("p0")
		p.giveAll(all, 1)
		others := func() map[string]Role {
			roles := map[string]Role{}
			for person, m := range all.m.Members {
				if person != "p2" && person != "p3" {
					roles[person] = m.Role
				}
			}
			return roles
		}
		before, rank := others(), map[Role]int{Editor: 2, Contributor: 1, Reader: 0, "": -1}
		for range rapid.IntRange(1, 8).Draw(t, "forged records") {
			p.forged(t, rapid.SampledFrom([]string{"p2", "p3", "p5"}).Draw(t, "by"), "d2p2")
		}
		p.giveAll(all, 2)
		if got := others(); !maps.Equal(got, before) {
			t.Fatalf("%v became %v", before, got)
		}
		if all.m.Name != "space" || len(all.m.Epochs) != 1 || len(all.m.accepted) != 0 || len(all.m.Invitations) != 0 {
			t.Fatalf("the space became %+v", all.m)
		}
		if rank[all.m.Members["p2"].Role] > rank[Editor] || rank[all.m.Members["p3"].Role] > rank[Reader] {
			t.Fatal("somebody rose")
		}
	})
}
