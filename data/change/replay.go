package change

import "slices"

// Replay returns the registers of one entity after all of the changes, which are
// of that entity, given in any order and each once. Unlike Register.Apply it needs
// no change before those that replace it, since a version is gone when any of them
// is over it; so a history can be read by entity, without the others.
func Replay(changes []Change) Entity { return ReplayOn(nil, nil, changes) }

// ReplayOn is Replay for who has an entity as it was at a vector, as from a
// snapshot, and the changes since. Changes that the vector has are left out: they
// are in what it was.
func ReplayOn(was Entity, at Vector, changes []Change) Entity {
	over := map[Slot][]Vector{}
	for _, c := range changes {
		if c.Known() && len(c.Over) > 0 && !at.Has(c.Dot) {
			over[c.Slot()] = append(over[c.Slot()], c.Over)
		}
	}
	stands := func(slot Slot, d Dot) bool {
		return !slices.ContainsFunc(over[slot], func(v Vector) bool { return v.Has(d) })
	}
	e := Entity{}
	for slot, r := range was {
		for _, v := range r {
			if stands(slot, v.Dot) {
				e[slot] = append(e[slot], v)
			}
		}
	}
	for _, c := range changes {
		slot := c.Slot()
		if !c.Known() || at.Has(c.Dot) || !stands(slot, c.Dot) {
			continue
		}
		alone := Register{}.Apply(c)
		e[slot] = append(e[slot], alone[0])
	}
	for _, r := range e {
		slices.SortFunc(r, highestFirst)
	}
	return e
}
