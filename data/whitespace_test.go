package data

import (
	"testing"
	"time"
)

func TestTheGridHasACellForEachOfferAndUnit(t *testing.T) {
	offers := []Offer{{Belongs: Belongs{ID: "t"}, Name: "Training"}, {Belongs: Belongs{ID: "c"}, Name: "care"}, {Belongs: Belongs{ID: "o"}, Name: "Old", Retired: "2020-01-01"}}
	g := GridOf("k", offers, []Whitespace{
		{Belongs: Belongs{ID: "1"}, Offer: "c", Unit: "Hall 2", With: InHouse, On: "2026-01-01"},
		{Belongs: Belongs{ID: "2"}, Offer: "c", Unit: "Hall 2", With: WithUs, On: "2026-02-01"},
		{Belongs: Belongs{ID: "3"}, Offer: "t", Unit: "Annexe", With: Competitor, Who: "Brightline"},
	})
	if len(g.Units) != 2 || g.Units[0] != "Annexe" || len(g.Rows) != 2 || g.Rows[0].Offer.ID != "c" {
		t.Fatalf("%+v", g)
	}
	if c := g.Rows[0].Cells; c[1].ID != "2" || c[0].ID != "" || c[0].Unit != "Annexe" || c[0].Account != "k" {
		t.Errorf("%+v", c)
	}
	if got := g.Rows[1].Cells[0].WithWords(); got != "Brightline" {
		t.Error(got)
	}
	if g := GridOf("k", offers, nil); len(g.Units) != 1 || len(g.Rows) != 2 {
		t.Errorf("with nothing known: %+v", g)
	}
}

func TestAContractWithAnotherEndsSoon(t *testing.T) {
	now := time.Date(2026, 11, 17, 9, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name string
		w    Whitespace
		want bool
	}{
		{"theirs in March", Whitespace{With: Competitor, Ends: "2027-03-31"}, true},
		{"theirs in a year", Whitespace{With: Competitor, Ends: "2027-11-30"}, false},
		{"ours", Whitespace{With: WithUs, Ends: "2027-03-31"}, false},
		{"no end", Whitespace{With: Competitor}, false},
	} {
		if got := c.w.EndsSoon(now); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}
