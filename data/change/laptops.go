package change

import (
	"slices"
)

// A laptop is a device as its person's: a certificate makes it that, and a record
// brings it in.
type laptop struct{ person, device string }

// laptops are what records say of laptops, by their places in the order.
type laptops struct {
	brought   map[laptop][]int
	withdrawn map[string][]int // by person
}

func newLaptops() laptops {
	return laptops{map[laptop][]int{}, map[string][]int{}}
}

func (l laptops) note(r Record, place int) {
	switch r.Deed {
	case Create, AddDevice:
		whose := laptop{r.By, r.Device}
		l.brought[whose] = append(l.brought[whose], place)
	case Withdraw:
		l.withdrawn[r.Person] = append(l.withdrawn[r.Person], place)
	}
}

// known says whether one of some records brought a laptop in.
func (l laptops) known(person, device string, among bits) bool {
	return slices.ContainsFunc(l.brought[laptop{person, device}], among.has)
}

// withdrawn says whether the laptop that signed a record speaks for its person no
// more, who stands at a rank: it was withdrawn, or it was not known when another of
// the person's was, whose finder may make new ones. The author of a withdrawal is
// believed against records that they had not seen, as with a removal, by the same
// ranks: somebody above the person, or the person. Two withdrawals that a person's
// laptops made apart both hold, since either may be the thief's.
//
// Nothing depends on what brings a laptop in, so that is bound whatever the ranks.
func (j *jury) withdrawn(i int, at rank) bool {
	r := j.order[i]
	return slices.ContainsFunc(j.laptops.withdrawn[r.By], func(k int) bool {
		if k == i || j.before[k].has(i) || !j.valid[k] {
			return false
		}
		w := j.order[k]
		own := w.By == w.Person
		switch {
		case r.Deed == AddDevice:
		case j.rank[k] < at || j.rank[k] == at && !own:
			return false
		case own && j.turn(i) == 0 && !j.before[i].has(k):
			return false
		}
		return w.Laptop == r.Device || !j.laptops.known(r.By, r.Device, j.before[k])
	})
}

// Laptops are the devices that speak for a person, sorted: those that were brought in
// and not withdrawn.
func (m Membership) Laptops(person string) (list []string) {
	for device, whose := range m.Devices {
		if _, gone := m.Withdrawn[device]; whose == person && !gone {
			list = append(list, device)
		}
	}
	slices.Sort(list)
	return list
}

// Speaks says whether a device is believed to be a person's: any is, until a laptop of
// the person was withdrawn.
func (m Membership) Speaks(person, device string) bool {
	_, gone := m.Withdrawn[device]
	return !m.Exposed(person) || m.Devices[device] == person && !gone
}

// Exposed says whether a laptop of a person was withdrawn: whoever has it may have the
// person's own keys, so that what is meant for the person goes to each of their
// laptops under its own key.
func (m Membership) Exposed(person string) bool {
	return slices.ContainsFunc(m.withdrawals, func(w withdrawal) bool { return w.person == person })
}
