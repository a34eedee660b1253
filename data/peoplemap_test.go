package data

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestSpots(t *testing.T) {
	if _, ok := SpotOf(Stakeholder{}); ok {
		t.Error("somebody whom nobody placed has a spot")
	}
	unjudged := Stakeholder{Belongs: Belongs{ID: "s"}, Influence: 80}
	spot, ok := SpotOf(unjudged)
	if !ok || spot.Influence != 0.8 {
		t.Errorf("%+v, %v", spot, ok)
	}
	for i, at := range SupportSpots {
		if at == spot.Support {
			t.Errorf("whom nobody judged stands on the line of %s", SupportWords[i])
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		s := Stakeholder{Belongs: Belongs{ID: "s"}, Influence: rapid.IntRange(0, 100).Draw(t, "influence"), Support: rapid.IntRange(-2, 2).Draw(t, "support"), On: "2026-11-17"}
		spot, _ := SpotOf(s)
		if back := s.At(spot); back.Influence != s.Influence || back.Support != s.Support {
			t.Fatalf("%+v comes back as %+v", s, back)
		}
		far := s.At(Spot{Support: rapid.Float64Range(-9, 9).Draw(t, "x"), Influence: rapid.Float64Range(-9, 9).Draw(t, "y")})
		if far.Support < -2 || far.Support > 2 || far.Influence < 0 || far.Influence > 100 {
			t.Fatalf("out of the map it is %+v", far)
		}
	})
}

func TestMapOf(t *testing.T) {
	now := time.Date(2026, 11, 17, 9, 0, 0, 0, time.UTC)
	known := func(id, name string, s Stakeholder, w Warmth) ContactStanding {
		s.Contact = id
		return ContactStanding{Contact: Contact{ID: id, Name: name, Role: "architect"}, Stakeholder: s, Warmth: w}
	}
	spoke := Warmth{Band: Warm, Last: Moment{At: now.Add(-15 * time.Hour)}}
	people, lines := MapOf([]ContactStanding{
		known("a", "Anna", Stakeholder{Belongs: Belongs{ID: "1"}, Roles: []Role{Champion}, On: "2026-11-01", Support: 2, Influence: 67}, spoke),
		known("s", "Samuel", Stakeholder{Belongs: Belongs{ID: "2"}, Roles: []Role{Decider}, Influence: 82}, Warmth{Band: NeverSpoke}),
		known("p", "Piet", Stakeholder{Belongs: Belongs{ID: "3"}, Influence: 40}, spoke),
		known("o", "Omar", Stakeholder{}, spoke),
	}, []Relation{
		{Belongs: Belongs{Contact: "a"}, To: "s", Is: ReportsTo}, {Belongs: Belongs{Contact: "a"}, To: "gone", Is: ReportsTo},
	}, now)
	var notes []string
	for _, p := range people {
		notes = append(notes, p.Note)
	}
	if got := strings.Join(notes, "; "); got != "Champion, 15 h; Decides, never met; Shapes, 15 h; Architect, 15 h" {
		t.Error(got)
	}
	if !people[0].Placed || people[3].Placed || people[0].Spot != (Spot{0.875, 0.67}) {
		t.Errorf("%+v", people)
	}
	if len(lines) != 1 || lines[0] != (MapLine{0, 1, ReportsTo}) {
		t.Errorf("%+v", lines)
	}
}

func TestKnowersOf(t *testing.T) {
	list := KnowersOf([]Tie{{Who: "Ruth", Contact: "m", Times: 2}, {Who: "Maya", Contact: "a", Times: 20}, {Who: "Maya", Contact: "b", Times: 1}, {Who: "maya", Contact: "a", Times: 1}, {Who: "Tomas", Contact: "a", Times: 4}})
	if len(list) != 3 || list[0].Who != "Maya" || list[0].Sum != 22 || list[0].Times["a"] != 21 {
		t.Fatalf("%+v", list)
	}
	if only := list[0].Only; len(only) != 1 || only[0] != "b" {
		t.Errorf("only Maya knows %v", only)
	}
	if only := list[1].Only; list[1].Who != "Tomas" || len(only) != 0 {
		t.Errorf("only %s knows %v", list[1].Who, only)
	}
	rapid.Check(t, func(t *rapid.T) {
		names := rapid.SampledFrom([]string{"Ruth", "Maya", "Tomas"})
		ids := rapid.SampledFrom([]string{"a", "b", "c"})
		ties := rapid.SliceOf(rapid.Custom(func(t *rapid.T) Tie {
			return Tie{Who: names.Draw(t, "who"), Contact: ids.Draw(t, "contact"), Times: rapid.IntRange(1, 30).Draw(t, "times")}
		})).Draw(t, "ties")
		alone := map[string]int{}
		for _, k := range KnowersOf(ties) {
			for _, id := range k.Only {
				alone[id]++
			}
		}
		for id, n := range alone {
			if n != 1 {
				t.Fatalf("%s is the only one of %d", id, n)
			}
		}
	})
}
