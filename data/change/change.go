// Package change is the merge core: what one person's edit is, and how edits
// that were made apart come together to the same state on every laptop.
//
// A Change is one operation on one Register. A Register is the set of versions
// that nobody has replaced. A write replaces only the versions that its author
// had seen, so edits made at the same time all stay, and one of them is shown.
// A change is applied only after everything its author had seen; then the
// state depends on which changes were applied and not on their order.
// Clocks break ties between versions that stay, and nothing else.
//
// The package knows no kind, no field and no file: which names are allowed is
// the business of data, keeping rows that of data/store, carrying changes that
// of sync/team. The format is written down in docs/sharing-format.md, with test
// vectors in testdata/vectors.
package change

import (
	"bytes"
	"errors"
	"fmt"
	"unicode/utf8"
)

// A Dot names one change: the Counter-th of its Log, counted from 1 without gaps.
type Dot struct {
	// Log belongs to one device, one installation and one space. A copied or
	// restored database must go on under a new log: two changes with one dot
	// cannot be told apart.
	Log     string
	Counter uint64
}

// An Op is what a change does. Ops that are not listed here come from a newer
// version: they are kept and forwarded, and touch nothing.
type Op string

// The operations. Set, Erase and their like each touch one register; see Slot.
const (
	OpSet      Op = "set"    // write Value to Field; no value means that the field is absent
	OpErase    Op = "erase"  // take the values of Field away, out of history too
	OpDelete   Op = "del"    // mark the entity deleted
	OpUndelete Op = "undel"  // keep the entity
	OpSame     Op = "same"   // Entity and With are one and the same
	OpUnsame   Op = "unsame" // they are not
)

// A Ref names an entity. IDs are unique within a kind.
type Ref struct{ Kind, ID string }

// A Change is one operation by one author. What Decode returned is for reading:
// Encode gives back the very bytes it came in, whatever was altered since.
type Change struct {
	Dot
	At     HLC
	Deps   Vector // what the author had applied since the previous change of this log
	Schema int    // the version of the names in use, at least 1
	Actor  string // who; the core only carries it
	Op     Op

	Entity Ref
	Field  string // of set and erase
	With   string // of same and unsame: the other ID, greater than Entity.ID
	Value  string // of set: any text; empty means absent
	Over   Vector // the versions that this change replaces, or a delete had seen

	raw []byte // as decoded
}

// Known says whether this package understands the change's operation.
func (c Change) Known() bool {
	switch c.Op {
	case OpSet, OpErase, OpDelete, OpUndelete, OpSame, OpUnsame:
		return true
	}
	return false
}

// Blank returns the change without its value, which is how history keeps a set
// after an erase has taken its value away. It no longer holds the bytes it was
// decoded from.
func (c Change) Blank() Change {
	c.Value, c.raw = "", nil
	return c
}

// SameAs says whether two changes with one dot say the same, be it that an erase has
// taken the value out of one of them.
func (c Change) SameAs(o Change) bool {
	a, wrong := c.Encode()
	b, bad := o.Encode()
	if wrong != nil || bad != nil || bytes.Equal(a, b) {
		return wrong == nil && bad == nil
	}
	if c.Op != OpSet || o.Op != OpSet || c.Value != "" && o.Value != "" {
		return false
	}
	a, _ = c.Blank().Encode()
	b, _ = o.Blank().Encode()
	return bytes.Equal(a, b)
}

// Erases says whether c is an erase that takes away the value of old, so that
// history must keep old.Blank() in its place.
func (c Change) Erases(old Change) bool {
	return c.Op == OpErase && old.Op == OpSet && c.Entity == old.Entity && c.Field == old.Field && c.Over.Has(old.Dot)
}

// ErrMalformed is wrapped by every error about a change that breaks the format.
var ErrMalformed = errors.New("malformed change")

// maxCounter keeps counters exact in languages whose numbers are doubles.
const maxCounter = 1<<53 - 1

// Check returns nil for a change that keeps to the format, else an error that
// wraps ErrMalformed and names what is wrong.
func (c Change) Check() error {
	switch {
	case c.Log == "":
		return malformed("no log")
	case c.Counter < 1 || c.Counter > maxCounter:
		return malformed("counter %d is out of range", c.Counter)
	case c.Schema < 1:
		return malformed("schema %d is out of range", c.Schema)
	case c.Op == "":
		return malformed("no op")
	case !c.looksBack(c.Deps) || !c.looksBack(c.Over):
		return malformed("deps or over name no earlier change")
	case !c.Known():
		return nil
	case c.Entity.Kind == "" || c.Entity.ID == "":
		return malformed("%s without kind or entity", c.Op)
	case (c.Op == OpSet || c.Op == OpErase) && c.Field == "":
		return malformed("%s without field", c.Op)
	case (c.Op == OpSame || c.Op == OpUnsame) && c.With <= c.Entity.ID:
		return malformed("%s whose second ID is not the greater one", c.Op)
	}
	for _, s := range []string{c.Log, c.Actor, c.Entity.Kind, c.Entity.ID, c.Field, c.With, c.Value} {
		if !utf8.ValidString(s) {
			return malformed("text is not UTF-8")
		}
	}
	return nil
}

// looksBack says whether v holds proper counters only, and of the change's own
// log earlier ones only.
func (c Change) looksBack(v Vector) bool {
	for log, n := range v {
		if log == "" || n < 1 || n > maxCounter || !utf8.ValidString(log) || (log == c.Log && n >= c.Counter) {
			return false
		}
	}
	return true
}

func malformed(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrMalformed, fmt.Sprintf(format, args...))
}
