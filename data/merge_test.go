package data

import (
	"slices"
	"strings"
	"testing"
)

// TestOfSeveralJudgementsTheLatestStays merges people who were judged more than
// once; whatever order they come in, one judgement of them stays.
func TestOfSeveralJudgementsTheLatestStays(t *testing.T) {
	judged := func(id, contact, on string) Held {
		return Held{Kind: KindStakeholder, ID: id, Fields: Fields{"account": "k", "contact": contact, "on": on}}
	}
	for name, c := range map[string]struct {
		held  []Held
		stays string
	}{
		"one each, the other's is later":   {[]Held{judged("a", "anna", "2026-01-01"), judged("b", "anna2", "2026-02-01")}, "b"},
		"one each, ours is later":          {[]Held{judged("a", "anna", "2026-02-01"), judged("b", "anna2", "2026-01-01")}, "a"},
		"the other was judged twice later": {[]Held{judged("a", "anna", "2026-01-01"), judged("b", "anna2", "2026-02-01"), judged("c", "anna2", "2026-02-02")}, "c"},
		"the other alone, twice":           {[]Held{judged("b", "anna2", "2026-02-01"), judged("c", "anna2", "2026-02-02")}, "c"},
		"the latest comes first":           {[]Held{judged("c", "anna2", "2026-02-02"), judged("b", "anna2", "2026-02-01"), judged("a", "anna", "2026-01-01")}, "c"},
	} {
		t.Run(name, func(t *testing.T) {
			p, err := PlanMerge(Contact{ID: "anna", Name: "Anna"}, Contact{ID: "anna2", Name: "Anna"}, c.held, nil)
			if err != nil {
				t.Fatal(err)
			}
			var aside, want []string
			for _, h := range p.Aside {
				aside = append(aside, h.ID)
			}
			for _, h := range c.held {
				if h.ID != c.stays {
					want = append(want, h.ID)
				}
			}
			slices.Sort(aside)
			slices.Sort(want)
			if !slices.Equal(aside, want) {
				t.Errorf("put aside are %s, want %s", strings.Join(aside, " "), strings.Join(want, " "))
			}
			for _, m := range p.Moved {
				if m.From.ID != c.stays {
					t.Errorf("%s moved, though it was put aside", m.From.ID)
				}
			}
		})
	}
}
