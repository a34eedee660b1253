package data

import (
	"math"
	"slices"
	"strings"
	"time"
)

// Spot is a place on the map of an account's people: Support from 0 (against) to
// 1 (champions us), Influence from 0 (uses) to 1 (decides).
type Spot struct{ Support, Influence float64 }

// SupportSpots are where the supports from -2 to 2 stand on the map. The outer
// ones stand within its edges.
var SupportSpots = [...]float64{0.125, 0.25, 0.5, 0.75, 0.875}

// unjudgedSpot is between doubtful and neutral: whose support nobody judged
// stands on no line.
const unjudgedSpot = 0.375

// SpotOf is a stakeholder's place on the map; false where nobody has placed them.
func SpotOf(s Stakeholder) (Spot, bool) {
	if s.ID == "" {
		return Spot{}, false
	}
	spot := Spot{Support: unjudgedSpot, Influence: float64(s.Influence) / 100}
	if s.Judged() {
		spot.Support = SupportSpots[min(max(s.Support, -2), 2)+2]
	}
	return spot, true
}

// At is the stakeholder moved to a spot; the support is the nearest of the five.
// It counts only with a new judgement: On and Why are those of the old one.
func (s Stakeholder) At(spot Spot) Stakeholder {
	nearest := 0
	for i, at := range SupportSpots {
		if math.Abs(at-spot.Support) < math.Abs(SupportSpots[nearest]-spot.Support) {
			nearest = i
		}
	}
	s.Support = nearest - 2
	s.Influence = int(math.Round(max(0, min(1, spot.Influence)) * 100))
	return s
}

// MapPerson is a contact as the map shows them.
type MapPerson struct {
	Contact Contact
	Spot    Spot
	Placed  bool   // else Spot says nothing
	Note    string // "Champion, 15 h"
	Band    Band
}

// MapLine joins two people of a map, by their places in its list.
type MapLine struct {
	From, To int
	Is       RelationKind
}

// MapOf is the map of an account's people, in the order of the contacts, with
// the relations among them.
func MapOf(contacts []ContactStanding, relations []Relation, now time.Time) (people []MapPerson, lines []MapLine) {
	at := map[string]int{}
	for i, c := range contacts {
		at[c.Contact.ID] = i
		p := MapPerson{Contact: c.Contact, Note: c.MapNote(now), Band: c.Warmth.Band}
		p.Spot, p.Placed = SpotOf(c.Stakeholder)
		people = append(people, p)
	}
	for _, r := range relations {
		from, ok := at[r.Contact]
		to, known := at[r.To]
		if ok && known && from != to {
			lines = append(lines, MapLine{From: from, To: to, Is: r.Is})
		}
	}
	return people, lines
}

// ShortRole is what a role is called where there is little room: "sponsor".
func (r Role) ShortRole() string {
	switch r {
	case Sponsor:
		return "sponsor"
	case Decider:
		return "decides"
	}
	return string(r)
}

// MapNote is what they are and when they last spoke with us: "Champion, 15 h",
// "Decides, never met".
func (c ContactStanding) MapNote(now time.Time) string {
	what := c.Contact.Role
	switch s := c.Stakeholder; {
	case len(s.Roles) > 0:
		what = s.Roles[0].ShortRole()
	case s.ID != "":
		what = InfluenceWord(s.Influence)
	}
	return sentence(strings.TrimPrefix(what+", "+c.SinceWord(now), ", "))
}

// SinceWord is how long ago they last spoke with us: "15 h", "41 days", "never
// met".
func (c ContactStanding) SinceWord(now time.Time) string {
	if c.Warmth.Band == NeverSpoke || c.Warmth.Band == "" {
		return "never met"
	}
	return strings.TrimSuffix(Ago(c.Warmth.Last.At, now), " ago")
}

// OneThread says whether only one of us knows them.
func (c ContactStanding) OneThread() bool { return len(c.Knows) == 1 }

// NeverMet says whether none of us ever spoke with them.
func (c ContactStanding) NeverMet() bool {
	return c.Warmth.Band == NeverSpoke || c.Warmth.Band == ""
}

// Knower is one of us with whom they know there.
type Knower struct {
	Who   string
	Times map[string]int // in the last year, by Contact.ID
	Sum   int
	Only  []string // Contact.IDs of those who know nobody else of us
}

// KnowersOf are those of us who know somebody there, the most often in touch
// first.
func KnowersOf(ties []Tie) (list []Knower) {
	of := map[string][]string{}
	for _, t := range ties {
		i := slices.IndexFunc(list, func(k Knower) bool { return strings.EqualFold(k.Who, t.Who) })
		if i < 0 {
			i = len(list)
			list = append(list, Knower{Who: t.Who, Times: map[string]int{}})
		}
		if list[i].Times[t.Contact] == 0 {
			of[t.Contact] = append(of[t.Contact], list[i].Who)
		}
		list[i].Times[t.Contact] += t.Times
		list[i].Sum += t.Times
	}
	for _, t := range ties {
		for i := range list {
			if us := of[t.Contact]; len(us) == 1 && us[0] == list[i].Who && !slices.Contains(list[i].Only, t.Contact) {
				list[i].Only = append(list[i].Only, t.Contact)
			}
		}
	}
	slices.SortStableFunc(list, func(a, b Knower) int { return b.Sum - a.Sum })
	return list
}

// TieSteps is how close a tie is, for a mark: 0 none, 1 seldom, 2 some, 3 often.
func TieSteps(times int) int {
	switch {
	case times <= 0:
		return 0
	case times < 4:
		return 1
	case times < 15:
		return 2
	}
	return 3
}
