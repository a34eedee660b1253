package data

import (
	"slices"
	"strings"
	"time"
)

// Grid is the matrix of what we offer and who supplies it to each unit of a
// customer.
type Grid struct {
	Units []string // "" is the whole; the others by name
	Rows  []GridRow
}

// GridRow is one offer, with a cell for each unit. A cell without an ID is not
// known.
type GridRow struct {
	Offer Offer
	Cells []Whitespace
}

// GridOf lays the whitespace of an account out: offers that are not retired or of
// which something is known, by name. Of two that say something of one cell the
// later one counts.
func GridOf(account string, offers []Offer, spaces []Whitespace) Grid {
	var g Grid
	at := map[[2]string]Whitespace{}
	used := map[string]bool{}
	for _, s := range spaces {
		key := [2]string{s.Offer, s.Unit}
		if had, ok := at[key]; !ok || s.On >= had.On {
			at[key] = s
		}
		used[s.Offer] = true
		if !slices.Contains(g.Units, s.Unit) {
			g.Units = append(g.Units, s.Unit)
		}
	}
	if len(g.Units) == 0 {
		g.Units = []string{""}
	}
	slices.Sort(g.Units)
	for _, o := range offers {
		if o.Retired != "" && !used[o.ID] {
			continue
		}
		row := GridRow{Offer: o}
		for _, u := range g.Units {
			s, ok := at[[2]string{o.ID, u}]
			if !ok {
				s = Whitespace{Belongs: Belongs{Account: account}, Offer: o.ID, Unit: u}
			}
			row.Cells = append(row.Cells, s)
		}
		g.Rows = append(g.Rows, row)
	}
	slices.SortStableFunc(g.Rows, func(a, b GridRow) int {
		return strings.Compare(strings.ToLower(a.Offer.Name), strings.ToLower(b.Offer.Name))
	})
	return g
}

// endsSoon is how many days before its end a contract is worth a word.
const endsSoon = 180

// EndsSoon says whether a contract with another ends within half a year, or has
// ended without anybody saying what came after.
func (w Whitespace) EndsSoon(now time.Time) bool {
	if w.With != Competitor && w.With != InHouse && w.With != "" || w.Ends == "" {
		return false
	}
	return w.Ends < now.AddDate(0, 0, endsSoon).Format(time.DateOnly)
}

// WithWords are who supplies it, "Brightline" or "in-house"; "" where it is not
// known.
func (w Whitespace) WithWords() string {
	if w.With == Competitor && w.Who != "" {
		return w.Who
	}
	return string(w.With)
}
