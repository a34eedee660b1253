package change

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestWhoWasRefusedIsLetInByNobodyOfThatTime has the founder refuse somebody, and
// everybody else sign whatever they like that does not follow the refusal.
func TestWhoWasRefusedIsLetInByNobodyOfThatTime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := revel(t)
		founder := p.laptops[0]
		p.giveAll(founder, 1)
		if founder.m.Members["p0"].Role != Owner || !slices.Contains(founder.m.Laptops("p0"), founder.device) {
			t.Skip("the founder gave up their place, or the laptop")
		}
		who := ""
		for _, person := range []string{"p1", "p2", "p3", "p4", "p5", "p6"} {
			if founder.m.Members[person].Role == "" {
				who = person
			}
		}
		before := slices.Clone(p.records)
		p.publish(founder, Record{Deed: Refuse, Person: who, Invite: "secret 1"})
		refusal := p.records[len(p.records)-1]
		p.records = before
		for range rapid.IntRange(1, 8).Draw(t, "forged records") {
			by := fmt.Sprint("p", rapid.IntRange(1, 6).Draw(t, "by"))
			p.forged(t, by, fmt.Sprint("d", rapid.IntRange(0, 8).Draw(t, "device"), by))
		}
		p.records = append(p.records, refusal)
		p.giveAll(founder, 2)
		m := founder.m
		if m.Void[refusal.ID] != "" || m.Members[who].Role != "" {
			t.Fatalf("%s was refused (%q) and is %q", who, m.Void[refusal.ID], m.Members[who].Role)
		}
		for hash, i := range m.Invitations {
			if !slices.Contains(i.Refused, who) {
				t.Fatalf("the invitation %s of before lets %s in", hash, who)
			}
		}
	})
}

// TestForgedRefusalsHaveNoEffect has those who never were admin refuse everybody.
func TestForgedRefusalsHaveNoEffect(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := newParty(t)
		all := p.seat("p0")
		p.publish(p.laptops[0], Record{Deed: Invite, Invite: "secret 1", Role: Editor, Until: 1})
		p.giveAll(all, 1)
		before := maps.Clone(all.m.Invitations)
		for range rapid.IntRange(1, 8).Draw(t, "forged records") {
			by := rapid.SampledFrom([]string{"p2", "p3", "p5"}).Draw(t, "by")
			r := p.forged(t, by, "d2p2")
			p.records[len(p.records)-1] = p.wire(Record{ID: r.ID, By: by, Device: r.Device, Space: spaceID, After: r.After, At: r.At, Deed: Refuse, Person: "p9"})
		}
		p.giveAll(all, 2)
		if len(all.m.Refusals) != 0 || fmt.Sprint(all.m.Invitations) != fmt.Sprint(before) {
			t.Fatalf("%v, %v", all.m.Refusals, all.m.Invitations)
		}
		p.publish(all, Record{Deed: AddMember, Person: "p9", Card: "card p9", Role: Reader, Invite: "secret 1"})
		if all.m.Members["p9"].Role != Reader {
			t.Fatalf("p9 was not let in: %v", all.m.Void)
		}
	})
}
