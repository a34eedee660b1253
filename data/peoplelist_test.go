package data

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// team is an account's people: Anna champions us, Samuel was never met, Ben hangs
// on one thread, Leon is a partner's; Maya is one of us.
func team() []PersonEntry {
	person := func(id, name string, side Side, score int, s Stakeholder, knows ...string) ContactStanding {
		w := Warmth{Score: score, Band: Warm}
		if len(knows) == 0 {
			w = Warmth{Band: NeverSpoke}
		}
		return ContactStanding{Contact: Contact{ID: id, Name: name, Side: side, Role: "head of halls"}, Warmth: w, Stakeholder: s, Knows: knows}
	}
	return PeopleEntries([]ContactStanding{
		person("a", "Anna Kessler", Customer, 90, Stakeholder{Belongs: Belongs{ID: "1"}, Roles: []Role{Champion}, Support: 2, Influence: 60, On: "2026-11-01"}, "Maya", "Ruth"),
		person("b", "Ben Holm", Customer, 50, Stakeholder{Belongs: Belongs{ID: "2"}, Roles: []Role{Critic, UserRole}, Support: -1, Influence: 20, On: "2026-11-01"}, "Maya"),
		person("s", "Samuel Reyes", Customer, 0, Stakeholder{Belongs: Belongs{ID: "3"}, Roles: []Role{Decider}, Influence: 80}),
		person("l", "Leon Hobday", Partner, 70, Stakeholder{}, "Maya", "Ruth"),
	}, map[string]TrustStage{"a": StageTrust, "b": StageKnow}, []Knower{{Who: "Maya"}})
}

func listedKeys(c PeopleChoice) string {
	var keys []string
	for _, e := range c.Of(team()) {
		keys = append(keys, e.Key())
	}
	return strings.Join(keys, " ")
}

func TestPeopleChoice(t *testing.T) {
	for name, c := range map[string]struct {
		choice PeopleChoice
		want   string
	}{
		"all, the warmest first":   {PeopleChoice{}, "a l b s Maya"},
		"theirs":                   {PeopleChoice{Side: Customer}, "a b s"},
		"the partner's":            {PeopleChoice{Side: Partner}, "l"},
		"ours":                     {PeopleChoice{Side: Us}, "Maya"},
		"who decides":              {PeopleChoice{Role: Decider}, "s"},
		"who is doubtful":          {PeopleChoice{Support: "doubtful"}, "b"},
		"whom nobody judged":       {PeopleChoice{Support: NotJudged}, "l s"},
		"who trusts us":            {PeopleChoice{Stage: StageTrust}, "a"},
		"who has no stage":         {PeopleChoice{Stage: NoStage}, "l s"},
		"never met":                {PeopleChoice{NeverMet: true}, "s"},
		"on one thread":            {PeopleChoice{OneThread: true}, "b"},
		"by words":                 {PeopleChoice{Words: "h kess"}, ""},
		"by the beginning":         {PeopleChoice{Words: "ann"}, "a"},
		"by what they do":          {PeopleChoice{Words: "halls"}, "a l b s"},
		"two at once":              {PeopleChoice{Side: Customer, OneThread: true}, "b"},
		"by name":                  {PeopleChoice{Sort: PeopleByName}, "a b l Maya s"},
		"by name from the end":     {PeopleChoice{Sort: PeopleByName, Back: true}, "s Maya l b a"},
		"by role":                  {PeopleChoice{Sort: PeopleByRole}, "s a b l Maya"},
		"by support":               {PeopleChoice{Sort: PeopleBySupport}, "a b s l Maya"},
		"by influence":             {PeopleChoice{Sort: PeopleByInfluence}, "s a b l Maya"},
		"by stage":                 {PeopleChoice{Sort: PeopleByStage}, "a b s l Maya"},
		"by who of us knows them":  {PeopleChoice{Sort: PeopleByKnown}, "s b a l Maya"},
		"us last from the end too": {PeopleChoice{Back: true}, "s b l a Maya"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := listedKeys(c.choice); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
	if (PeopleChoice{Sort: PeopleByName, Back: true, Words: " "}).Narrows() || !(PeopleChoice{NeverMet: true}).Narrows() {
		t.Error("what narrows is told wrongly")
	}
}

func TestSortingLosesNobody(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := PeopleChoice{Sort: PeopleSort(rapid.IntRange(0, 6).Draw(t, "sort")), Back: rapid.Bool().Draw(t, "back")}
		if got := c.Of(team()); len(got) != len(team()) {
			t.Fatalf("%d of %d are listed", len(got), len(team()))
		}
	})
}
