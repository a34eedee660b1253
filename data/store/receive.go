package store

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"rapport/data"
	"rapport/data/change"
)

// Judge says why a change must not count: its author had not, or no longer, the
// right to make it. "" lets it in. It must say the same on every laptop that knows
// the same members.
type Judge func(change.Change) string

// LetAllIn is the judge of those who trust every author.
func LetAllIn(change.Change) string { return "" }

// Receive takes changes of a space from other laptops, in whatever order they came:
// it applies those that are ready, keeps those that must wait, and makes the rows
// of all that changed, in one transaction. Changes that are here already are
// dropped. A change that the judge keeps out counts as seen and touches nothing.
// from are the segments that the changes came in, which count as read then.
func (db *DB) Receive(ctx context.Context, space string, changes []change.Change, judge Judge, from ...Piece) (data.Received, error) {
	var r data.Received
	if space == localSpace {
		return r, &data.Invalid{Field: "space", Says: "this laptop's own space takes no changes from others"}
	}
	_, err := db.Write(ctx, "", func(tx *Tx) (err error) {
		tx.homes = homes{asked: true}
		for _, p := range from {
			if _, err := tx.exec(`UPDATE piece SET log = ?, first = ?, last = ?, epoch = ?, blank = ?, chain = ? WHERE space_id = ? AND name = ?`,
				p.Log, p.First, p.Last, p.Epoch, p.Blank, p.Chain, space, p.Name); err != nil {
				return err
			}
			if !p.Overlaps && p.Chain == "" {
				continue
			}
			if err := tx.retireFor(space, p); err != nil {
				return err
			}
		}
		r, err = tx.receive(space, changes, judge)
		return err
	})
	return r, wrapNoun(err, "space %s", space)
}

func (tx *Tx) receive(space string, changes []change.Change, judge Judge) (r data.Received, err error) {
	in := incoming{tx: tx, space: space, judge: judge, things: map[change.Ref]change.Entity{}, isNew: map[change.Ref]bool{}, touched: map[change.Ref]map[change.Slot]bool{}}
	if in.have, err = seenIn(tx.ctx, tx.sql, space); err != nil {
		return r, err
	}
	in.had = in.have.Clone()
	if err := tx.startAnewIfCopied(space, changes, in.have); err != nil {
		return r, err
	}
	queue := newEarly(in.have)
	for _, c := range changes {
		queue.add(c)
	}
	if err := in.readEarly(queue); err != nil {
		return r, err
	}
	if err := in.readThings(queue); err != nil {
		return r, err
	}
	if err := in.takeReady(queue); err != nil {
		return r, err
	}
	if r.Waiting, err = in.keepEarly(queue); err != nil {
		return r, err
	}
	save := in.save
	if in.erased {
		save = func() error { return tx.overwriting(in.saveErased) }
	}
	if err := save(); err != nil {
		return r, err
	}
	r.Applied, r.KeptOut = in.applied, in.keptOut
	for _, ref := range sortedRefs(in.touched) {
		r.Things = append(r.Things, data.ThingRef(ref))
	}
	return r, nil
}

// incoming is what a batch of changes does to a space.
type incoming struct {
	tx      *Tx
	space   string
	judge   Judge
	had     change.Vector // before
	have    change.Vector
	things  map[change.Ref]change.Entity
	isNew   map[change.Ref]bool // of which nothing was kept before
	touched map[change.Ref]map[change.Slot]bool
	lines   changeLines

	applied, keptOut int
	erased           bool // some value, out of the history too
}

// takeReady applies what is ready until nothing more is.
func (in *incoming) takeReady(queue *early) error {
	for before := -1; before < in.applied+in.keptOut; {
		before = in.applied + in.keptOut
		for _, log := range queue.logs() {
			for {
				c, ok := queue.next(log, in.have)
				if !ok {
					break
				}
				if err := in.take(c); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// readThings reads the registers of what the changes are about, some hundred things at
// a time.
func (in *incoming) readThings(queue *early) error {
	var refs []change.Ref
	for _, log := range queue.by {
		for _, c := range log {
			if _, known := in.things[c.Entity]; known || !c.Known() {
				continue
			}
			in.things[c.Entity] = change.Entity{}
			refs = append(refs, c.Entity)
		}
	}
	if err := in.tx.readThings(in.space, refs, in.things); err != nil {
		return err
	}
	for ref, e := range in.things {
		in.isNew[ref] = len(e) == 0
	}
	return nil
}

// thingsAtOnce is of how many things one question reads the registers.
const thingsAtOnce = 200

// readThings reads the registers of many things of a space into things, which
// has an entity for each.
func (tx *Tx) readThings(space string, refs []change.Ref, things map[change.Ref]change.Entity) error {
	return tx.eachOf(space, refs, `part, field, log, counter, at, actor, op, value, over`, "version", func(r row) error {
		var ref change.Ref
		var slot change.Slot
		v, err := scanVersion(r, &ref.Kind, &ref.ID, &slot.Part, &slot.Name)
		if err != nil {
			return err
		}
		e := things[ref]
		e[slot] = append(e[slot], v)
		change.Sort(e[slot])
		return nil
	})
}

// eachOf hands the rows of a table that are about some things of a space to do, each
// with kind and entity before the columns. It asks about some hundred things at a
// time.
func (tx *Tx) eachOf(space string, refs []change.Ref, columns, table string, do func(row) error) error {
	for some := range slices.Chunk(refs, thingsAtOnce) {
		var args []any
		for _, r := range some {
			args = append(args, r.Kind, r.ID)
		}
		rows, err := tx.stmt(`
			SELECT kind, entity, `+columns+`
			FROM (VALUES (?, ?)`+strings.Repeat(", (?, ?)", len(some)-1)+`) wanted
			CROSS JOIN `+table+` ON space_id = ? AND kind = wanted.column1 AND entity = wanted.column2`).QueryContext(tx.ctx, append(args, space)...)
		if err != nil {
			return err
		}
		for rows.Next() {
			if err := do(rows); err != nil {
				rows.Close()
				return err
			}
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			return err
		}
	}
	return nil
}

// take applies one change that is ready.
func (in *incoming) take(c change.Change) error {
	in.have.Add(c.Dot)
	why := in.judge(c)
	if err := in.lines.add(in.tx, in.space, c, why); err != nil {
		return err
	}
	if why != "" {
		in.keptOut++
		return nil
	}
	in.applied++
	if !c.Known() {
		return nil
	}
	e := in.things[c.Entity]
	if in.touched[c.Entity] == nil {
		in.touched[c.Entity] = map[change.Slot]bool{}
	}
	slot := c.Slot()
	e[slot] = e[slot].Apply(c)
	in.touched[c.Entity][slot] = true
	if c.Op != change.OpErase {
		return nil
	}
	in.erased = true
	if err := in.lines.write(in.tx); err != nil {
		return err
	}
	return in.tx.blankHistory(in.space, c)
}

// blankHistory takes the values away that an erase takes away.
func (tx *Tx) blankHistory(space string, erase change.Change) error {
	type line struct {
		dot  change.Dot
		body string
	}
	lines, err := query(tx.ctx, tx.sql, func(r row) (l line, err error) {
		err = r.Scan(&l.dot.Log, &l.dot.Counter, &l.body)
		return l, err
	}, `SELECT log, counter, body FROM change WHERE entity = ? AND kind = ? AND space_id = ?`, erase.Entity.ID, erase.Entity.Kind, space)
	if err != nil {
		return err
	}
	for _, l := range lines {
		old, err := change.Decode([]byte(l.body))
		if err != nil {
			return err
		}
		if !erase.Erases(old) {
			continue
		}
		body, err := old.Blank().Encode()
		if err != nil {
			return err
		}
		if err := tx.overwriting(func() error {
			_, err := tx.exec(`UPDATE change SET body = ? WHERE space_id = ? AND log = ? AND counter = ?`, string(body), space, l.dot.Log, l.dot.Counter)
			return err
		}); err != nil {
			return err
		}
		if err := tx.blanked(space, erase.Dot, l.dot); err != nil {
			return err
		}
	}
	if err := tx.forgetWaysBack(erase.Entity); err != nil {
		return err
	}
	return tx.blankSnapshot(space, erase)
}

// save keeps the changes, the registers and how far the logs have come, and makes
// the rows.
func (in *incoming) save() error {
	if err := in.lines.write(in.tx); err != nil {
		return err
	}
	for log, n := range in.have.Since(in.had) {
		if err := in.tx.sawUpTo(in.space, change.Dot{Log: log, Counter: n}); err != nil {
			return err
		}
	}
	if a := in.tx.authors[in.space]; a != nil {
		a.Have.Merge(in.have)
	}
	refs := sortedRefs(in.touched)
	var versions versionLines
	for _, ref := range refs {
		for slot := range in.touched[ref] {
			if err := versions.replace(in.tx, in.space, ref, slot, in.things[ref][slot], in.isNew[ref]); err != nil {
				return err
			}
		}
	}
	if err := versions.write(in.tx); err != nil {
		return err
	}
	return in.tx.projectAll(refs, func(ref change.Ref) registers { return registers{in.space, in.things[ref]} })
}

// saveErased is save where values were erased, which what people search by has too.
func (in *incoming) saveErased() error {
	if err := in.save(); err != nil {
		return err
	}
	for ref := range in.touched {
		if ref.Kind == data.KindContact || ref.Kind == data.KindAccount {
			return in.tx.forgetNames()
		}
	}
	return nil
}

// rowOrder is the order in which rows are made: what others name comes first.
var rowOrder = map[string]int{data.KindAccount: -3, data.KindContact: -2, data.KindInteraction: -1}

func sortedRefs[V any](m map[change.Ref]V) []change.Ref {
	var list []change.Ref
	for ref := range m {
		list = append(list, ref)
	}
	slices.SortFunc(list, func(a, b change.Ref) int {
		return cmp.Or(cmp.Compare(rowOrder[a.Kind], rowOrder[b.Kind]), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.ID, b.ID))
	})
	return list
}

// startAnewIfCopied starts a new log of our own where changes of the one we write
// come from elsewhere that we never made: this workspace is a copy, or was put back
// from a backup.
func (tx *Tx) startAnewIfCopied(space string, changes []change.Change, have change.Vector) error {
	author, err := tx.author(space)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(changes, func(c change.Change) bool { return c.Log == author.Log && !have.Has(c.Dot) }) {
		return nil
	}
	return tx.startAnew(space)
}

func (tx *Tx) startAnew(space string) error {
	author, err := tx.author(space)
	if err != nil {
		return err
	}
	author.Log, author.Told = ownLog{space: space, log: author.Log}.anew(), nil
	_, err = tx.exec(`UPDATE own_log SET log = ?, told = '{}' WHERE space_id = ?`, author.Log, space)
	return err
}
