package app

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"rapport/data"
)

// accountView is a line of the side list: which accounts are looked at.
type accountView struct {
	key, icon, name string
	where           string // as data.ParseFilter reads it
	care            bool   // stands under "Needs care"
	saved           string // Selection.ID of one that was saved, or ""
}

// The views that are always there.
var (
	viewAll   = accountView{key: "all", icon: "building-2", name: "All accounts"}
	viewMine  = accountView{key: "mine", icon: "user-round", name: "Mine", where: "owner:me"}
	viewCool  = accountView{key: "cool", icon: "thermometer-snowflake", name: "Cooling or cold", where: "warmth:cooling,cold", care: true}
	viewLate  = accountView{key: "late", icon: "circle-alert", name: "Promise overdue", where: "promise:overdue", care: true}
	viewNever = accountView{key: "never", icon: "user-round-x", name: "Decider never met", where: "decider:never-met", care: true}
	viewLeft  = accountView{key: "archived", icon: "archive", name: "Archived"}
	viewOne   = accountView{key: "one", icon: "unlink", name: "One thread only", where: "thread:one", care: true}
)

var accountViews = []accountView{viewAll, viewMine, viewLeft, viewCool, viewLate, viewNever, viewOne}

// savedView is the view of a saved selection.
func savedView(s data.Selection) accountView {
	return accountView{key: "saved " + s.ID, icon: "bookmark", name: s.Name, where: s.Where, saved: s.ID}
}

// accountSort is a column that the accounts are sorted by.
type accountSort int

const (
	sortNext accountSort = iota
	sortName
	sortStage
	sortWarmth
	sortLast
	sortPromises
	sortOwner
)

// accountChoice is which accounts are listed and in what order.
type accountChoice struct {
	view accountView
	// tier, warmth, stage and owner are values of the filter language, "" for any.
	tier, warmth, stage, owner string
	typed                      string // in the field: words, or more of the language
	sort                       accountSort
	back                       bool // from the last to the first
	about                      data.FilterContext
}

// narrowed says whether something beside the view leaves accounts out.
func (c accountChoice) narrowed() bool {
	return c.tier != "" || c.warmth != "" || c.stage != "" || c.owner != "" || strings.TrimSpace(c.typed) != ""
}

// where is the whole choice as one filter, written.
func (c accountChoice) where() string {
	pieces := []string{c.view.where}
	for _, t := range [][2]string{{"tier", c.tier}, {"warmth", c.warmth}, {"stage", c.stage}, {"owner", c.owner}} {
		if t[1] != "" {
			pieces = append(pieces, t[0]+`:"`+t[1]+`"`)
		}
	}
	return strings.TrimSpace(strings.Join(append(pieces, c.typed), " "))
}

// filter is the choice as a filter, or what of it cannot be read.
func (c accountChoice) filter() (data.Filter, error) { return data.ParseFilter(c.where()) }

// accountLine is a row of the list: an account, or the head of a tier.
type accountLine struct {
	head  bool
	tier  data.Tier
	count int // of the head
	row   data.AccountEntry
}

// lines are the accounts chosen, in order, by tier; with heads where asked.
func (c accountChoice) lines(rows []data.AccountEntry, heads bool) []accountLine {
	var lines []accountLine
	keeps, err := c.filter()
	if err != nil {
		return nil
	}
	groups := map[data.Tier][]sortable{}
	for i := range rows {
		if e := &rows[i]; keeps.Keeps(*e, c.about) {
			groups[e.Tier] = append(groups[e.Tier], sortable{e, strings.ToLower(e.Name)})
		}
	}
	for _, tier := range append(slices.Clone(data.Tiers), "") {
		group := groups[tier]
		slices.SortStableFunc(group, func(a, b sortable) int {
			order := c.compare(a, b)
			if c.back {
				order = -order
			}
			if order != 0 {
				return order
			}
			return strings.Compare(a.name, b.name)
		})
		if heads && len(group) > 0 {
			lines = append(lines, accountLine{head: true, tier: tier, count: len(group)})
		}
		for _, s := range group {
			lines = append(lines, accountLine{tier: tier, row: *s.AccountEntry})
		}
	}
	return lines
}

// sortable is an account with its name as it is sorted.
type sortable struct {
	*data.AccountEntry
	name string
}

func (c accountChoice) compare(a, b sortable) int {
	switch c.sort {
	case sortName:
		return strings.Compare(a.name, b.name)
	case sortStage:
		return cmp.Compare(b.Stand.Stage.Step(), a.Stand.Stage.Step())
	case sortWarmth: // the coldest first, those never spoken with last
		return cmp.Or(cmp.Compare(boolNumber(neverSpoke(a.AccountEntry)), boolNumber(neverSpoke(b.AccountEntry))), cmp.Compare(a.Stand.Quality, b.Stand.Quality))
	case sortLast:
		return b.Last.At.Compare(a.Last.At)
	case sortPromises:
		return cmp.Or(cmp.Compare(b.Stand.OursLate, a.Stand.OursLate), cmp.Compare(b.Stand.TheirsLate, a.Stand.TheirsLate),
			cmp.Compare(b.Stand.Ours, a.Stand.Ours), cmp.Compare(b.Stand.Theirs, a.Stand.Theirs))
	case sortOwner:
		return cmp.Or(cmp.Compare(boolNumber(a.Owner == ""), boolNumber(b.Owner == "")), strings.Compare(a.Owner, b.Owner))
	}
	ra, ta := nextOf(a.AccountEntry)
	rb, tb := nextOf(b.AccountEntry)
	return cmp.Or(cmp.Compare(ra, rb), ta.Compare(tb))
}

// neverSpoke says whether nobody there spoke with us, as far as is known.
func neverSpoke(e *data.AccountEntry) bool { return !e.Known || e.Stand.Band == data.NeverSpoke }

// nextOf is what comes next with an account: first those with a meeting, then
// those whose rhythm asks for a touch, then those never spoken with.
func nextOf(e *data.AccountEntry) (rank int, at time.Time) {
	switch due := touchDue(e); {
	case e.Next.ID != "":
		return 0, e.Next.Start
	case !due.IsZero() && !e.Last.At.IsZero():
		return 1, due
	}
	return 2, time.Time{}
}

// touchDue is when the rhythm asks for the next touch: that of the person who is
// due first, else the account's.
func touchDue(e *data.AccountEntry) time.Time {
	if e.Known && !e.Stand.Touch.Due.IsZero() {
		return e.Stand.Touch.Due
	}
	return e.TouchDue
}

func boolNumber(b bool) int {
	if b {
		return 1
	}
	return 0
}

// ownersOf are the owners of accounts, by name, each once.
func ownersOf(rows []data.AccountEntry) []string {
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
