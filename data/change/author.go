package change

import "time"

// An Author makes the changes of one log. Each method returns the log's next
// change and moves the author on; whoever calls it keeps the change, applies it
// and keeps the author, all in one transaction, or forgets all three.
//
// A method's last argument is the state as the person saw it: what was opened in
// a form an hour ago, or what the transaction has just read. What came in
// between was not seen, and stays beside the new version.
type Author struct {
	Log    string
	Actor  string
	Schema int
	At     HLC    // of the log's last change
	Have   Vector // all that was applied here, this log included
	Told   Vector // Have at the log's last change; nil is always safe, and costs bytes
}

// Set writes a field. An empty value makes it absent.
func (a *Author) Set(now time.Time, entity Ref, field, value string, seen Register) Change {
	return a.next(now, Change{Op: OpSet, Entity: entity, Field: field, Value: value, Over: seen.Seen()})
}

// Erase takes away every value of a field that was ever applied here.
func (a *Author) Erase(now time.Time, entity Ref, field string) Change {
	return a.next(now, Change{Op: OpErase, Entity: entity, Field: field, Over: a.Have.Clone()})
}

// Delete marks an entity deleted. seen must hold all its registers.
func (a *Author) Delete(now time.Time, entity Ref, seen Entity) Change {
	return a.next(now, Change{Op: OpDelete, Entity: entity, Over: seen.Seen()})
}

// Undelete keeps an entity; seen is its Life register.
func (a *Author) Undelete(now time.Time, entity Ref, seen Register) Change {
	return a.next(now, Change{Op: OpUndelete, Entity: entity, Over: seen.Seen()})
}

// Same joins two entities of a kind, and Unsame parts them; seen is the Link
// register of the smaller ID, named by the greater.
func (a *Author) Same(now time.Time, kind, one, other string, seen Register) Change {
	return a.next(now, Change{Op: OpSame, Entity: Ref{kind, min(one, other)}, With: max(one, other), Over: seen.Seen()})
}

// Unsame parts two entities that Same joined.
func (a *Author) Unsame(now time.Time, kind, one, other string, seen Register) Change {
	return a.next(now, Change{Op: OpUnsame, Entity: Ref{kind, min(one, other)}, With: max(one, other), Over: seen.Seen()})
}

// next completes c as the next change of the log.
func (a *Author) next(now time.Time, c Change) Change {
	a.At = Next(a.At, now)
	c.Dot = Dot{a.Log, a.Have[a.Log] + 1}
	c.At, c.Actor, c.Schema = a.At, a.Actor, a.Schema
	c.Deps = a.Have.Since(a.Told)
	delete(c.Deps, a.Log) // every change follows the one before it in its log
	a.Have = a.Have.Clone()
	a.Have.Add(c.Dot)
	a.Told = a.Have.Clone()
	return c
}
