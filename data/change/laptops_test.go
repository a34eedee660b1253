package change

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestWhoHasAWithdrawnLaptopGainsNothing has the founder withdraw somebody's laptop, and
// whoever has it, and so the person's own keys, sign whatever they like: on it, and on
// laptops that they make.
func TestWhoHasAWithdrawnLaptopGainsNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := revel(t)
		founder := p.laptops[0]
		p.giveAll(founder, 1)
		if founder.m.Members["p0"].Role != Owner || !slices.Contains(founder.m.Laptops("p0"), founder.device) {
			t.Skip("the founder gave up their place, or the laptop")
		}
		victim := ""
		for _, person := range []string{"p1", "p2", "p3"} {
			if len(founder.m.Laptops(person)) > 0 {
				victim = person
			}
		}
		if victim == "" {
			t.Skip("nobody has a laptop")
		}
		stolen := rapid.SampledFrom(founder.m.Laptops(victim)).Draw(t, "stolen")
		w := p.publish(founder, Record{Deed: Withdraw, Person: victim, Laptop: stolen, Seen: founder.seen(victim)})
		p.giveAll(founder, 2)
		if founder.m.Void[w.ID] != "" {
			t.Fatalf("the founder's withdrawal is void: %s", founder.m.Void[w.ID])
		}
		known := founder.m.Laptops(victim)
		before, gone, void := standings(founder.m), maps.Clone(founder.m.Withdrawn), maps.Clone(founder.m.Void)
		forged := map[string]bool{}
		for range rapid.IntRange(1, 8).Draw(t, "forged records") {
			device := rapid.SampledFrom([]string{stolen, "d20" + victim, "d21" + victim}).Draw(t, "device")
			forged[p.forged(t, victim, device).ID] = true
		}
		p.giveAll(founder, 3)
		m := founder.m
		if got := standings(m); got != before || !maps.Equal(m.Withdrawn, gone) || !slices.Equal(m.Laptops(victim), known) {
			t.Fatalf("%s was withdrawn, and %s, %v, %v became %s, %v, %v", stolen, before, gone, known, got, m.Withdrawn, m.Laptops(victim))
		}
		for _, r := range m.Order {
			if forged[r.ID] && m.Void[r.ID] == "" || !forged[r.ID] && m.Void[r.ID] != void[r.ID] {
				t.Fatalf("%+v: void for %q, before for %q", r, m.Void[r.ID], void[r.ID])
			}
		}
		for _, n := range []uint64{1, 1 << 40} {
			verdict := m.Judgement(fmt.Sprint(stolen, "-new")).Verdict(Change{Dot: Dot{stolen + "-new", n}, Entity: Ref{"note", "x"}}, mayWrite)
			if verdict == Let {
				t.Fatalf("change %d of a new log of the withdrawn laptop was let in", n)
			}
		}
	})
}

// TestAWithdrawnLaptopKeepsItsOwner is what names of laptops rest on.
func TestAWithdrawnLaptopKeepsItsOwner(t *testing.T) {
	m := Judge("a", tell(t, []string{"a - p0 create", "b a p0 add p1 editor", "c b p1 device d1", "d c p1 device d8", "e d p0 withdraw p1 d1", "f e p0 withdraw p1 d1"}))
	if m.Devices["d1"] != "p1" || !slices.Equal(m.Laptops("p1"), []string{"d8"}) || m.Withdrawn["d1"] != "e" || !m.Exposed("p1") || m.Exposed("p0") {
		t.Errorf("%+v", m)
	}
}
