package change

import (
	"cmp"
	"slices"
)

// A Part is a group of registers of an entity.
type Part string

// The parts of an entity.
const (
	Field Part = "field" // one register a field, or a set's element
	Life  Part = "life"  // one register for deletes and undeletes; its name is empty
	Link  Part = "link"  // one register for each greater ID it was said to be the same as
)

// A Slot names one register of an entity.
type Slot struct {
	Part Part
	Name string
}

// Slot returns the one register of c.Entity that c touches. For an unknown
// operation it returns the zero Slot, which names none.
func (c Change) Slot() Slot {
	switch c.Op {
	case OpSet, OpErase:
		return Slot{Field, c.Field}
	case OpDelete, OpUndelete:
		return Slot{Part: Life}
	case OpSame, OpUnsame:
		return Slot{Link, c.With}
	}
	return Slot{}
}

// A Version is what one change left in a register.
type Version struct {
	Dot
	At    HLC
	Actor string
	Op    Op
	Value string // of set; empty means absent
	Over  Vector // of del: what its author had seen of the entity
}

// A Register is the set of versions that no one replaced, the highest
// (At, Log, Counter) first. Most have one; more than one were written apart.
type Register []Version

// Apply returns the register after c: without the versions that c is over, and
// with its own. It needs no other register, and leaves r as it was. c must be
// Ready, Known, and of this register's entity and slot.
func (r Register) Apply(c Change) Register {
	own := Version{Dot: c.Dot, At: c.At, Actor: c.Actor, Op: c.Op}
	switch c.Op {
	case OpSet:
		own.Value = c.Value
	case OpDelete:
		own.Over = c.Over.Clone()
	}
	next := Register{own}
	for _, v := range r {
		if !c.Over.Has(v.Dot) {
			next = append(next, v)
		}
	}
	slices.SortFunc(next, highestFirst)
	return next
}

// Sort puts the versions of a register in its order.
func Sort(r Register) { slices.SortFunc(r, highestFirst) }

func highestFirst(a, b Version) int {
	return cmp.Or(cmp.Compare(b.At, a.At), cmp.Compare(b.Log, a.Log), cmp.Compare(b.Counter, a.Counter))
}

// Shown returns the version to show, which is the zero Version (absent) for an
// empty register.
func (r Register) Shown() Version {
	if len(r) == 0 {
		return Version{}
	}
	return r[0]
}

// Present says whether a set's element is in the set: adding wins over
// removing where both were done apart.
func (r Register) Present() bool {
	return slices.ContainsFunc(r, func(v Version) bool { return v.Value != "" })
}

// Joined says whether a link register joins its two entities: joining wins over
// parting where both were done apart.
func (r Register) Joined() bool {
	return slices.ContainsFunc(r, func(v Version) bool { return v.Op == OpSame })
}

// Conflict says whether people must choose: versions stay that differ in value,
// or of which some were erased.
func (r Register) Conflict() bool {
	return slices.ContainsFunc(r, func(v Version) bool { return v.Value != r[0].Value || v.Op != r[0].Op })
}

// Seen returns the vector that covers the versions of r: the Over of a write by
// someone who saw r.
func (r Register) Seen() Vector {
	seen := Vector{}
	for _, v := range r {
		seen.Add(v.Dot)
	}
	return seen
}

// An Entity is the registers of one entity, by slot.
type Entity map[Slot]Register

// Field returns the register of a field; it is empty for one never written.
func (e Entity) Field(name string) Register { return e[Slot{Field, name}] }

// Seen returns the vector that covers all versions but links: the Over of a
// delete by someone who saw e.
func (e Entity) Seen() Vector {
	seen := Vector{}
	for slot, r := range e {
		if slot.Part != Link {
			seen.Merge(r.Seen())
		}
	}
	return seen
}

// A Fate says whether an entity is there.
type Fate string

// The fates of an entity.
const (
	Kept     Fate = "kept"     // there, and no delete stands
	Deleted  Fate = "deleted"  // a delete stands
	Returned Fate = "returned" // there, for an edit that a standing delete had not seen: keep or delete?
)

// Fate says whether the entity is there. It is deleted when a delete stands and
// every set and every undelete among its versions was seen by one that stands.
// Links and erases are no edits: erasing what was deleted does not bring it back.
func (e Entity) Fate() Fate {
	life := e[Slot{Part: Life}]
	if !slices.ContainsFunc(life, func(v Version) bool { return v.Op == OpDelete }) {
		return Kept
	}
	seen := Vector{}
	for _, v := range life {
		seen.Merge(v.Over)
	}
	for _, r := range e {
		for _, v := range r {
			if (v.Op == OpSet || v.Op == OpUndelete) && !seen.Has(v.Dot) {
				return Returned
			}
		}
	}
	return Deleted
}

// Groups maps every ID that a link joins to the smallest ID of its group; the
// links are pairs whose register is Joined. IDs in no link are not in the map.
func Groups(links [][2]string) map[string]string {
	parent := map[string]string{}
	var root func(id string) string
	root = func(id string) string {
		if up, ok := parent[id]; ok && up != id {
			parent[id] = root(up)
			return parent[id]
		}
		parent[id] = id
		return id
	}
	for _, l := range links {
		a, b := root(l[0]), root(l[1])
		parent[max(a, b)] = min(a, b)
	}
	for id := range parent {
		root(id)
	}
	return parent
}
