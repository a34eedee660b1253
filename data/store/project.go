package store

import (
	"errors"
	"slices"
	"time"

	"rapport/data"
	"rapport/data/change"
)

// registers are what a space has of a thing by now, for those who hold them anyway;
// the zero value is nothing held.
type registers struct {
	space string
	of    change.Entity
}

// readRegisters is entityIn, unless they are held.
func (tx *Tx) readRegisters(space string, ref change.Ref, held registers) (change.Entity, error) {
	if held.of != nil && held.space == space {
		return held.of, nil
	}
	return tx.entityIn(space, ref)
}

// project makes the row of a thing again from its registers: what people see
// follows from the changes and from nothing else. What this version does not know,
// or what is not whole yet, has registers and no row.
func (tx *Tx) project(ref change.Ref, held registers) error {
	if ref.Kind == data.KindObservation {
		return tx.projectObservation(ref)
	}
	space, err := tx.settleHome(ref, held)
	if err != nil {
		return err
	}
	return tx.projectIn(space, ref, held)
}

// projectAll is project for many things, in their order. Where each is, is settled
// before the first row is made: a statement that could fail halfway, as the one that
// keeps a home, makes the search write what it holds back, which takes ten times as
// long as the statement.
func (tx *Tx) projectAll(refs []change.Ref, held func(change.Ref) registers) error {
	spaces := make([]string, len(refs))
	for i, ref := range refs {
		if ref.Kind == data.KindObservation {
			continue
		}
		var err error
		if spaces[i], err = tx.settleHome(ref, held(ref)); err != nil {
			return wrapNoun(err, "%s %s", ref.Kind, ref.ID)
		}
	}
	unnamed, err := tx.namedByNoEntry(refs)
	if err != nil {
		return err
	}
	tx.unnamed = unnamed
	defer func() { tx.unnamed = nil }()
	for i, ref := range refs {
		err := error(nil)
		if ref.Kind == data.KindObservation {
			err = tx.projectObservation(ref)
		} else {
			err = tx.projectIn(spaces[i], ref, held(ref))
		}
		if err != nil {
			return wrapNoun(err, "%s %s", ref.Kind, ref.ID)
		}
	}
	return nil
}

// projectIn is project for a thing that is in a space.
func (tx *Tx) projectIn(space string, ref change.Ref, held registers) error {
	e, err := tx.readRegisters(space, ref, held)
	if err != nil {
		return err
	}
	fields, err := tx.asHere(space, shownFields(ref.Kind, e))
	if err != nil {
		return err
	}
	learned, there, err := tx.rowOf(ref)
	if errors.Is(err, data.ErrConflict) {
		return nil // somebody else's program chose an ID that is taken here; the registers have it
	}
	if err != nil {
		return err
	}
	if len(e) == 0 || e.Fate() == change.Deleted || !isWhole(ref.Kind, fields) {
		if there {
			return tx.hide(ref)
		}
		return nil
	}
	return tx.show(ref, fields, learned, there)
}

// settleHome says which space a thing is in, of those whose logs have it: a team's
// where it is there, before one where it was deleted. What came back to this
// laptop's own stays here until it is there again. It is kept.
func (tx *Tx) settleHome(ref change.Ref, held registers) (string, error) {
	spaces, err := tx.spacesWith(ref, held)
	if err != nil {
		return "", err
	}
	for _, s := range spaces {
		e, err := tx.readRegisters(s, ref, held)
		if err != nil {
			return "", err
		}
		if e.Fate() != change.Deleted {
			return s, tx.putHome(ref, s)
		}
	}
	is, err := tx.homeOf(ref)
	if err != nil || len(spaces) == 0 || is != localSpace {
		return is, err
	}
	own, err := tx.entityIn(localSpace, ref)
	if err != nil || len(own) > 0 {
		return localSpace, err
	}
	return spaces[0], tx.putHome(ref, spaces[0])
}

// spacesWith are the shared spaces whose registers have a thing, by ID.
func (tx *Tx) spacesWith(ref change.Ref, held registers) ([]string, error) {
	all, err := tx.sharedSpaces()
	if err != nil || len(all) == 1 && held.space == all[0] && len(held.of) > 0 {
		return all, err
	}
	return query(tx.ctx, prepared{tx}, scanString, `
		SELECT id FROM space WHERE id <> ?1 AND EXISTS (SELECT 1 FROM version WHERE space_id = space.id AND kind = ?2 AND entity = ?3)
		ORDER BY id`, localSpace, ref.Kind, ref.ID)
}

// isWhole says whether a thing has what its row needs. Changes of one edit may
// come one after the other.
func isWhole(kind string, f data.Fields) bool {
	switch kind {
	case data.KindAccount, data.KindContact:
		return f["name"] != ""
	case data.KindInteraction:
		e := data.EntryOf("", f)
		return slices.Contains(data.Logged, e.Kind) && !e.At.IsZero()
	}
	_, isPart := data.PartKinds[kind]
	return isPart && data.Shareable(kind)
}

// rowOf is when the row of a thing was recorded, and whether it is there. A row of
// the same ID that is another thing's is data.ErrConflict.
func (tx *Tx) rowOf(ref change.Ref) (learned time.Time, there bool, err error) {
	question := `SELECT recorded_at, ?2 FROM ` + tableOf(ref.Kind) + ` WHERE id = ?1`
	switch _, isPart := data.PartKinds[ref.Kind]; {
	case isPart:
		question = `SELECT recorded_at, kind FROM part WHERE id = ?1 AND ?2 <> ''`
	case ref.Kind == data.KindInteraction:
		question = `SELECT recorded_at, iif(source = '` + LoggedByHand + `', ?2, source) FROM interaction WHERE id = ?1`
	case ref.Kind != data.KindAccount && ref.Kind != data.KindContact:
		return time.Time{}, false, nil
	}
	type found struct {
		at   int64
		kind string
	}
	f, err := one(tx.ctx, prepared{tx}, func(r row) (f found, err error) {
		err = r.Scan(&f.at, &f.kind)
		return f, err
	}, question, ref.ID, ref.Kind)
	switch {
	case isNotFound(err):
		return time.Time{}, false, nil
	case err == nil && f.kind != ref.Kind:
		err = data.ErrConflict
	}
	return timeOf(f.at), err == nil, err
}

// show makes the row of a thing from its fields, anew where it is there.
func (tx *Tx) show(ref change.Ref, f data.Fields, learned time.Time, there bool) error {
	switch ref.Kind {
	case data.KindAccount:
		a := data.AccountOf(ref.ID, f)
		a.RecordedAt = learned
		if !slices.Contains(data.Tiers, a.Tier) {
			a.Tier = "" // from a newer version
		}
		return tx.showAccount(a)
	case data.KindContact:
		c := data.ContactOf(ref.ID, f)
		c.RecordedAt = learned
		if c.Side != data.Partner {
			c.Side = data.Customer
		}
		if !there {
			return tx.showNewContact(c)
		}
		return tx.showContact(c)
	case data.KindInteraction:
		return tx.projectEntry(data.EntryOf(ref.ID, f), learned)
	}
	return tx.projectPart(ref.Kind, ref.ID, f, learned)
}

// hide takes the row of a thing away.
func (tx *Tx) hide(ref change.Ref) error {
	switch ref.Kind {
	case data.KindAccount:
		return tx.hideAccount(ref.ID)
	case data.KindContact:
		return tx.hideContact(ref.ID)
	case data.KindInteraction:
		return tx.hideEntry(ref.ID)
	}
	return tx.hidePart(ref.Kind, ref.ID)
}
