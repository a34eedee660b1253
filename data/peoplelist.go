package data

import (
	"cmp"
	"slices"
	"strings"
)

// PersonEntry is a line of the list of an account's people: a contact, or one of
// us who knows somebody there.
type PersonEntry struct {
	ContactStanding
	Stage TrustStage // "" where there is none yet
	Us    *Knower    // nil unless it is one of us; then the rest is zero but for Contact.Name
}

// Key is what the line is known by: Contact.ID, or the name of one of us.
func (e PersonEntry) Key() string {
	if e.Us != nil {
		return e.Us.Who
	}
	return e.Contact.ID
}

// Side is whose they are.
func (e PersonEntry) Side() Side {
	switch {
	case e.Us != nil:
		return Us
	case e.Contact.Side == Partner:
		return Partner
	}
	return Customer
}

// PeopleEntries are the lines of an account's people: its contacts as they come,
// then those of us who know them.
func PeopleEntries(contacts []ContactStanding, stages map[string]TrustStage, us []Knower) (list []PersonEntry) {
	for _, c := range contacts {
		list = append(list, PersonEntry{ContactStanding: c, Stage: stages[c.Contact.ID]})
	}
	for i := range us {
		list = append(list, PersonEntry{ContactStanding: ContactStanding{Contact: Contact{Name: us[i].Who, Side: Us}}, Us: &us[i]})
	}
	return list
}

// PeopleSort is what a list of people is sorted by.
type PeopleSort int

// The orders. By warmth is the order they come in.
const (
	PeopleByWarmth PeopleSort = iota
	PeopleByName
	PeopleByRole
	PeopleBySupport
	PeopleByInfluence
	PeopleByStage
	PeopleByKnown // who of us knows them: the fewest first
)

// NotJudged and NoStage are the choices of people whose support nobody judged,
// and who have no stage yet.
const (
	NotJudged            = "not judged"
	NoStage   TrustStage = "none"
)

// PeopleChoice is which people of an account are listed, and in what order. Its
// zero value is all of them, the warmest first.
type PeopleChoice struct {
	Side      Side
	Role      Role
	Support   string // one of SupportWords, or NotJudged
	Stage     TrustStage
	NeverMet  bool
	OneThread bool
	Words     string // each begins a word of the name or of what they do
	Sort      PeopleSort
	Back      bool // from the last to the first
}

// Narrows says whether it leaves anybody out.
func (c PeopleChoice) Narrows() bool {
	c.Sort, c.Back, c.Words = 0, false, strings.TrimSpace(c.Words)
	return c != PeopleChoice{}
}

// Keeps says whether somebody is listed. Of us nobody has a role, a support, a
// stage or a thread.
func (c PeopleChoice) Keeps(e PersonEntry) bool {
	switch {
	case c.Side != "" && c.Side != e.Side():
		return false
	case e.Us != nil && (c.Role != "" || c.Support != "" || c.Stage != "" || c.NeverMet || c.OneThread):
		return false
	case c.Role != "" && !e.Stakeholder.Is(c.Role):
		return false
	case c.Support != "" && c.Support != e.Stakeholder.SupportWord():
		return false
	case c.Stage == NoStage && e.Stage != "", c.Stage != "" && c.Stage != NoStage && c.Stage != e.Stage:
		return false
	case c.NeverMet && !e.NeverMet(), c.OneThread && !e.OneThread():
		return false
	}
	return beginsNames(e.Contact.Name+" "+e.Contact.Role, c.Words)
}

// Of are the people that are listed, in order; those of us come last whatever
// they are sorted by, unless by name.
func (c PeopleChoice) Of(list []PersonEntry) []PersonEntry {
	kept, _ := parted(list, c.Keeps)
	slices.SortStableFunc(kept, func(a, b PersonEntry) int {
		if c.Sort != PeopleByName {
			if ours := cmp.Compare(oneIf(a.Us != nil), oneIf(b.Us != nil)); ours != 0 || a.Us != nil {
				return ours
			}
		}
		if c.Back {
			a, b = b, a
		}
		return c.compare(a, b)
	})
	return kept
}

func (c PeopleChoice) compare(a, b PersonEntry) int {
	switch c.Sort {
	case PeopleByName:
		return strings.Compare(strings.ToLower(a.Contact.Name), strings.ToLower(b.Contact.Name))
	case PeopleByRole:
		return cmp.Compare(a.rolePlace(), b.rolePlace())
	case PeopleBySupport:
		return cmp.Or(cmp.Compare(oneIf(!a.Stakeholder.Judged()), oneIf(!b.Stakeholder.Judged())), cmp.Compare(b.Stakeholder.Support, a.Stakeholder.Support))
	case PeopleByInfluence:
		return byInfluence(a.ContactStanding, b.ContactStanding)
	case PeopleByStage:
		return cmp.Compare(b.Stage.Step(), a.Stage.Step())
	case PeopleByKnown:
		return cmp.Compare(len(a.Knows), len(b.Knows))
	}
	return cmp.Or(cmp.Compare(oneIf(a.NeverMet()), oneIf(b.NeverMet())), cmp.Compare(b.Warmth.Score, a.Warmth.Score))
}

// rolePlace is the place of the first of their roles among all; those without
// come last.
func (e PersonEntry) rolePlace() int {
	first := len(Roles)
	for _, r := range e.Stakeholder.Roles {
		if i := slices.Index(Roles, r); i >= 0 {
			first = min(first, i)
		}
	}
	return first
}

func oneIf(b bool) int {
	if b {
		return 1
	}
	return 0
}
