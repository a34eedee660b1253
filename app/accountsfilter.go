package app

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"rapport/data"
)

// accountView is a line of the side list: which accounts are looked at.
type accountView int

const (
	viewAll accountView = iota
	viewMine
	viewQuiet
	viewNever
)

// accountSort is a column that the accounts are sorted by.
type accountSort int

const (
	sortNext accountSort = iota
	sortName
	sortWeeks
	sortLast
	sortOwner
)

// anyTier is the choice of every tier; "" is the accounts without one.
const anyTier data.Tier = "any"

// accountChoice is which accounts are listed and in what order.
type accountChoice struct {
	view  accountView
	tier  data.Tier // anyTier for all
	owner string    // "" for all
	words []string  // as queryWords makes them
	sort  accountSort
	back  bool   // from the last to the first
	user  string // whose accounts are "mine"
}

// narrowed says whether something beside the view leaves accounts out.
func (c accountChoice) narrowed() bool {
	return c.tier != anyTier || c.owner != "" || len(c.words) > 0
}

// sees says whether the view holds the account.
func (v accountView) sees(r data.AccountRow, user string) bool {
	switch v {
	case viewMine:
		return user != "" && r.Owner == user
	case viewQuiet:
		return r.Pace == data.Late || r.Pace == data.Quiet
	case viewNever:
		return r.Pace == data.NeverMet
	}
	return true
}

func (c accountChoice) keeps(r data.AccountRow) bool {
	return c.view.sees(r, c.user) && (c.tier == anyTier || r.Tier == c.tier) && (c.owner == "" || r.Owner == c.owner) &&
		(len(c.words) == 0 || matches(r.Name+" "+r.Sector+" "+strings.Join(r.Domains, " "), c.words))
}

// accountLine is a row of the list: an account, or the head of a tier.
type accountLine struct {
	head  bool
	tier  data.Tier
	count int // of the head
	row   data.AccountRow
}

// lines are the accounts chosen, in order, by tier; with heads where asked.
func (c accountChoice) lines(rows []data.AccountRow, heads bool) []accountLine {
	var lines []accountLine
	for _, tier := range append(slices.Clone(data.Tiers), "") {
		var group []accountLine
		for _, r := range rows {
			if r.Tier == tier && c.keeps(r) {
				group = append(group, accountLine{tier: tier, row: r})
			}
		}
		slices.SortStableFunc(group, func(a, b accountLine) int {
			order := c.compare(a.row, b.row)
			if c.back {
				order = -order
			}
			return cmp.Or(order, strings.Compare(strings.ToLower(a.row.Name), strings.ToLower(b.row.Name)))
		})
		if heads && len(group) > 0 {
			lines = append(lines, accountLine{head: true, tier: tier, count: len(group)})
		}
		lines = append(lines, group...)
	}
	return lines
}

func (c accountChoice) compare(a, b data.AccountRow) int {
	switch c.sort {
	case sortName:
		return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name))
	case sortWeeks:
		return cmp.Compare(touchesIn(b.Weeks), touchesIn(a.Weeks))
	case sortLast:
		return b.Last.At.Compare(a.Last.At)
	case sortOwner:
		return cmp.Or(cmp.Compare(boolNumber(a.Owner == ""), boolNumber(b.Owner == "")), strings.Compare(a.Owner, b.Owner))
	}
	ra, ta := nextOf(a)
	rb, tb := nextOf(b)
	return cmp.Or(cmp.Compare(ra, rb), ta.Compare(tb))
}

// nextOf is what comes next with an account: first those with a meeting, then
// those whose rhythm asks for a touch, then those never spoken with.
func nextOf(r data.AccountRow) (rank int, at time.Time) {
	switch {
	case r.Next.ID != "":
		return 0, r.Next.Start
	case !r.TouchDue.IsZero():
		return 1, r.TouchDue
	}
	return 2, time.Time{}
}

func touchesIn(weeks []data.Week) int {
	n := 0
	for _, w := range weeks {
		n += w.Ours + w.Theirs
	}
	return n
}

func boolNumber(b bool) int {
	if b {
		return 1
	}
	return 0
}

// ownersOf are the owners of accounts, by name, each once.
func ownersOf(rows []data.AccountRow) []string {
	var names []string
	for _, r := range rows {
		if r.Owner != "" {
			names = append(names, r.Owner)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// tierName is what a tier is called.
func tierName(t data.Tier) string {
	switch t {
	case data.TierA:
		return "Closest work"
	case data.TierB:
		return "Steady work"
	case data.TierC:
		return "Light touch"
	}
	return "No tier yet"
}
