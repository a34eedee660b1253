package data

import (
	"cmp"
	"slices"
	"strings"
)

// Colleague is one of us in what happened with an account.
type Colleague struct {
	Address
	Times int // how often they took part
}

// MeetColleagues joins those of one person: an entry logged by hand names its
// writer without an address. Who took part most comes first.
func MeetColleagues(seen []Colleague) []Colleague {
	var list []Colleague
	for _, s := range seen {
		i := slices.IndexFunc(list, func(c Colleague) bool {
			if s.Email != "" && c.Email != "" {
				return s.Email == c.Email
			}
			return s.Name != "" && strings.EqualFold(s.Name, c.Name)
		})
		if i < 0 {
			list = append(list, s)
			continue
		}
		c := &list[i]
		c.Times += s.Times
		c.Name, c.Email = cmp.Or(c.Name, s.Name), cmp.Or(c.Email, s.Email)
	}
	slices.SortStableFunc(list, func(a, b Colleague) int {
		return cmp.Or(cmp.Compare(b.Times, a.Times), strings.Compare(a.String(), b.String()))
	})
	return list
}
