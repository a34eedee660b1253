package change

import "slices"

// Replay returns the registers of one entity after all of the changes, which are
// of that entity, given in any order and each once. Unlike Register.Apply it needs
// no change before those that replace it, since a version is gone when any of them
// is over it; so a history can be read by entity, without the others.
func Replay(changes []Change) Entity {
	over := map[Slot][]Vector{}
	for _, c := range changes {
		if c.Known() && len(c.Over) > 0 {
			over[c.Slot()] = append(over[c.Slot()], c.Over)
		}
	}
	e := Entity{}
	for _, c := range changes {
		slot := c.Slot()
		if !c.Known() || slices.ContainsFunc(over[slot], func(v Vector) bool { return v.Has(c.Dot) }) {
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
