package store

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"rapport/data"
	"rapport/data/change"
)

// Conflicts are the fields for which people must choose, of one account or of all
// for "": versions that stand side by side, and things that were deleted here and
// edited there.
func (db *DB) Conflicts(ctx context.Context, account string) ([]data.Conflict, error) {
	var list []data.Conflict
	err := db.inReader(ctx, func(tx *Tx) error {
		type place struct {
			space string
			ref   change.Ref
		}
		places, err := query(ctx, tx.sql, func(r row) (p place, err error) {
			err = r.Scan(&p.space, &p.ref.Kind, &p.ref.ID)
			return p, err
		}, `SELECT space_id, kind, entity FROM version WHERE space_id IN (SELECT id FROM space WHERE id <> '`+localSpace+`') AND part <> 'link' AND kind <> '`+data.KindObservation+`'
			GROUP BY space_id, kind, entity, part, field HAVING count(*) > 1
			UNION SELECT DISTINCT space_id, kind, entity FROM version
			WHERE op = 'del' AND part = 'life' AND space_id <> '`+localSpace+`'`)
		if err != nil {
			return err
		}
		names := map[string]memberNames{}
		for _, p := range places {
			if home, err := tx.homeOf(p.ref); err != nil || home != p.space {
				if err != nil {
					return err
				}
				continue
			}
			if names[p.space].of == nil {
				if names[p.space], err = tx.memberNames(p.space); err != nil {
					return err
				}
			}
			e, err := tx.entityIn(p.space, p.ref)
			if err != nil {
				return err
			}
			found, err := tx.conflictsIn(p.space, p.ref, e, names[p.space])
			if err != nil {
				return err
			}
			for _, c := range found {
				if account == "" || c.Account == account {
					list = append(list, c)
				}
			}
		}
		return nil
	})
	return list, wrapNoun(err, "conflicts")
}

// memberNames are the names of a space's members, and who we are.
type memberNames struct {
	self  string
	of    map[string]string
	sides map[string]data.Side
	// signers are whose the laptops are, by fingerprint.
	signers map[string]string
}

func (tx *Tx) memberNames(space string) (memberNames, error) {
	n := memberNames{of: map[string]string{}, sides: map[string]data.Side{}, signers: map[string]string{}}
	var err error
	if n.self, err = one(tx.ctx, tx.sql, scanString, `SELECT self FROM space WHERE id = ?`, space); err != nil {
		return n, err
	}
	_, err = query(tx.ctx, tx.sql, func(r row) (struct{}, error) {
		var id, name string
		var side data.Side
		err := r.Scan(&id, &name, &side)
		n.of[id], n.sides[id] = name, side
		return struct{}{}, err
	}, `SELECT id, name, side FROM member WHERE space_id = ?`, space)
	if err != nil {
		return n, err
	}
	_, err = query(tx.ctx, tx.sql, func(r row) (struct{}, error) {
		var device, member string
		err := r.Scan(&device, &member)
		n.signers[device] = member
		return struct{}{}, err
	}, `SELECT id, member FROM device WHERE space_id = ?`, space)
	return n, err
}

// author is the member who made a change of a log: whose laptop signed it, whatever the
// change says of its actor; that only where no record tells whose the laptop is.
func (n memberNames) author(log, actor string) string {
	device, _, _ := strings.Cut(log, "-")
	return cmp.Or(n.signers[device], actor)
}

func (tx *Tx) conflictsIn(space string, ref change.Ref, e change.Entity, names memberNames) ([]data.Conflict, error) {
	fate := e.Fate()
	if fate == change.Deleted {
		return nil, nil
	}
	fields := shownFields(ref.Kind, e)
	account, err := tx.accountOf(ref.Kind, fields)
	if err != nil {
		return nil, err
	}
	if ref.Kind == data.KindAccount {
		account = ref.ID
	}
	about := data.Conflict{Space: space, Kind: ref.Kind, ID: ref.ID, Account: account, Title: data.ThingTitle(ref.Kind, fields)}
	version := func(v change.Version, shown bool) data.FieldVersion {
		who := names.author(v.Log, v.Actor)
		return data.FieldVersion{Value: v.Value, By: names.of[who], Mine: who == names.self, At: v.At.Time(), Shown: shown}
	}
	var list []data.Conflict
	for _, slot := range sortedSlots(e) {
		r := e[slot]
		if slot.Part != change.Field || !r.Conflict() || !data.KnownField(ref.Kind, slot.Name) || isSetMember(slot.Name) {
			continue
		}
		c := about
		c.Field = slot.Name
		for i, v := range r {
			c.Versions = append(c.Versions, version(v, i == 0))
		}
		if c.Base, c.HasBase, err = tx.baseOf(space, ref, slot.Name, r); err != nil {
			return nil, err
		}
		list = append(list, c)
	}
	if fate == change.Returned {
		c := about
		for _, v := range e[change.Slot{Part: change.Life}] {
			if v.Op == change.OpDelete {
				c.Versions = append(c.Versions, version(v, false))
			}
		}
		list = append(list, c)
	}
	return list, nil
}

// baseOf is the value that all versions of a field replaced; false where not all of
// that is in the history here, or an erase took it away.
func (tx *Tx) baseOf(space string, ref change.Ref, field string, r change.Register) (value string, known bool, err error) {
	bodies, err := query(tx.ctx, prepared{tx}, scanString, `SELECT body FROM change
		WHERE entity = ? AND kind = ? AND space_id = ? AND kept_out = '' AND body ->> 'field' = ?`, ref.ID, ref.Kind, space, field)
	if err != nil {
		return "", false, err
	}
	var replaced []change.Vector
	var history []change.Change
	for _, body := range bodies {
		c, err := change.Decode([]byte(body))
		if err != nil {
			return "", false, err
		}
		if c.Op == change.OpErase {
			return "", false, nil
		}
		history = append(history, c)
		if slices.ContainsFunc(r, func(v change.Version) bool { return v.Dot == c.Dot }) {
			replaced = append(replaced, c.Over)
		}
	}
	if len(replaced) < len(r) {
		return "", false, nil // some came with a snapshot only
	}
	var base change.Change
	for _, c := range history {
		all := !slices.ContainsFunc(replaced, func(over change.Vector) bool { return !over.Has(c.Dot) })
		if all && (base.Counter == 0 || c.At > base.At || c.At == base.At && c.Log > base.Log) {
			base = c
		}
	}
	if base.Counter == 0 {
		began, err := beganWith(tx.ctx, tx.sql, space)
		return "", err == nil && began.Have == nil, err
	}
	return base.Value, true, nil
}

// atHome are the space that a thing is in, and its registers there.
func (tx *Tx) atHome(r change.Ref) (space string, e change.Entity, err error) {
	if space, err = tx.homeOf(r); err == nil {
		e, err = tx.entityIn(space, r)
	}
	return space, e, err
}

// Settle ends a conflict with a value: what stands beside it is replaced. "" as the
// field keeps a thing that was deleted and edited, or deletes it for good.
func (tx *Tx) Settle(ref data.ThingRef, field, value string, keep bool) error {
	r := change.Ref(ref)
	space, e, err := tx.atHome(r)
	if err != nil {
		return err
	}
	author, err := tx.mayWrite(space, r.Kind)
	if err != nil {
		return err
	}
	if err := tx.keepWayBack(r, e, shownFields(r.Kind, e)); err != nil {
		return err
	}
	var c change.Change
	switch {
	case field != "":
		c = author.Set(tx.now, r, field, value, e.Field(field))
	case keep:
		c = author.Undelete(tx.now, r, e[change.Slot{Part: change.Life}])
	default:
		c = author.Delete(tx.now, r, e)
	}
	if err := tx.apply(space, e, c); err != nil {
		return err
	}
	return wrapNoun(tx.project(r, registers{}), "%s %s", r.Kind, r.ID)
}

func sortedSlots(e change.Entity) []change.Slot {
	return slices.SortedFunc(maps.Keys(e), func(a, b change.Slot) int {
		return cmp.Or(cmp.Compare(a.Part, b.Part), cmp.Compare(a.Name, b.Name))
	})
}

// isSetMember says whether a register is one member of a set, for which nobody need
// choose: adding wins.
func isSetMember(register string) bool { return strings.Contains(register, "/") }
