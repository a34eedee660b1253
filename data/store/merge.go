package store

import (
	"context"
	"fmt"
	"strings"

	"rapport/data"
	"rapport/data/change"
)

// MergePlan says what making one contact of two would do. keep and gone are
// Contact.IDs.
func (db *DB) MergePlan(ctx context.Context, keep, gone string) (p data.MergePlan, err error) {
	err = db.inReader(ctx, func(tx *Tx) error {
		p, err = tx.mergePlan(keep, gone)
		return err
	})
	return p, wrapNoun(err, "merge")
}

// UnmergePlan says what taking a merge back would do.
func (db *DB) UnmergePlan(ctx context.Context, m data.Merge) (p data.UnmergePlan, err error) {
	err = db.inReader(ctx, func(tx *Tx) error {
		p, err = tx.unmergePlan(m)
		return err
	})
	return p, wrapNoun(err, "unmerge")
}

func (tx *Tx) mergePlan(keep, gone string) (data.MergePlan, error) {
	var both [2]data.Contact
	for i, id := range []string{keep, gone} {
		c, err := one(tx.ctx, tx.sql, scanContact, `SELECT `+contactColumns+` FROM contact WHERE id = ?`, id)
		if err != nil {
			return data.MergePlan{}, wrapNoun(err, "contact %s", id)
		}
		both[i] = c
	}
	held, err := tx.held(keep, gone)
	if err != nil {
		return data.MergePlan{}, err
	}
	accounts, err := query(tx.ctx, tx.sql, scanAccount, `SELECT `+accountColumns+` FROM account`)
	if err != nil {
		return data.MergePlan{}, err
	}
	names := map[string]string{}
	for _, a := range accounts {
		names[a.ID] = a.Name
	}
	return data.PlanMerge(both[0], both[1], held, names)
}

// held are the parts and the logged interactions that name contacts, and every
// relation.
func (tx *Tx) held(contacts ...string) ([]data.Held, error) {
	list, err := query(tx.ctx, tx.sql, scanHeld, `
		SELECT kind, id, fields, recorded_at FROM part WHERE kind = ? OR contact_id IN (SELECT value FROM json_each(?)) ORDER BY recorded_at, id`,
		data.KindRelation, asJSON(contacts))
	if err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	for _, c := range contacts {
		ids, err := query(tx.ctx, tx.sql, scanString, `
			SELECT DISTINCT entity FROM version WHERE kind = 'interaction' AND field = 'with/' || ? AND field >= 'with/' AND field < 'with0' ORDER BY entity`, c)
		if err != nil {
			return nil, err
		}
		for _, id := range ids {
			if seen[id] {
				continue
			}
			seen[id] = true
			h, there, err := tx.heldOne(data.KindInteraction, id)
			if err != nil {
				return nil, err
			}
			if there {
				list = append(list, h)
			}
		}
	}
	return list, nil
}

func scanHeld(r row) (h data.Held, err error) {
	var fields string
	var at int64
	if err := r.Scan(&h.Kind, &h.ID, &fields, &at); err != nil {
		return h, err
	}
	h.RecordedAt = timeOf(at)
	h.Fields, err = fromJSON[data.Fields](fields)
	return h, err
}

// heldOne is one part or logged interaction, deleted or not, and whether it is
// there.
func (tx *Tx) heldOne(kind, id string) (data.Held, bool, error) {
	registers, err := tx.entity(refOf(kind, id))
	if err != nil || len(registers) == 0 {
		return data.Held{}, false, err
	}
	h := data.Held{Kind: kind, ID: id, Fields: shownFields(kind, registers)}
	at, err := one(tx.ctx, tx.sql, scanInt64, `SELECT recorded_at FROM `+tableOf(kind)+` WHERE id = ?`, id)
	if isNotFound(err) {
		at, err = one(tx.ctx, tx.sql, scanInt64, `SELECT min(recorded_at) FROM change WHERE kind = ? AND entity = ?`, kind, id)
	}
	h.RecordedAt = timeOf(at)
	return h, registers.Fate() != change.Deleted, err
}

// putHeld writes a part or a logged interaction by its registers.
func (tx *Tx) putHeld(h data.Held) error {
	if h.Kind == data.KindInteraction {
		return tx.PutEntry(data.EntryOf(h.ID, h.Fields), h.RecordedAt)
	}
	_, err := tx.putPart(h.Kind, h.ID, h.Fields, h.RecordedAt)
	return err
}

// MergeContacts makes one contact of two: keep stays, with what gone has beside;
// everything that names gone names keep. It remembers the merge, so that
// UnmergeContacts can part them, and returns it with what was done.
func (tx *Tx) MergeContacts(keep, gone string) (data.Merge, data.MergePlan, error) {
	p, err := tx.mergePlan(keep, gone)
	if err != nil {
		return data.Merge{}, p, err
	}
	for _, h := range p.Aside {
		if err := tx.deletePart(h.Kind, h.ID); err != nil {
			return data.Merge{}, p, err
		}
	}
	for _, t := range p.Moved {
		if err := tx.putHeld(t.To); err != nil {
			return data.Merge{}, p, wrapNoun(err, "%s %s", t.To.Kind, t.To.ID)
		}
	}
	if err := tx.DeleteContact(gone); err != nil {
		return data.Merge{}, p, err
	}
	if err := tx.PutContact(p.Merged); err != nil {
		return data.Merge{}, p, err
	}
	place := ""
	if p.Place.Account != "" {
		kept, err := PutPart(tx, p.Place)
		if err != nil {
			return data.Merge{}, p, err
		}
		place = kept.ID
	}
	m, err := PutPart(tx, p.Record(place, tx.now))
	return m, p, err
}

func (tx *Tx) unmergePlan(m data.Merge) (data.UnmergePlan, error) {
	keep, err := one(tx.ctx, tx.sql, scanContact, `SELECT `+contactColumns+` FROM contact WHERE id = ?`, m.Contact)
	if err != nil {
		return data.UnmergePlan{}, wrapNoun(err, "contact %s", m.Contact)
	}
	held, err := tx.held(m.Contact)
	if err != nil {
		return data.UnmergePlan{}, err
	}
	there := map[string]bool{}
	for _, h := range held {
		there[h.Kind+" "+h.ID] = true
	}
	for _, entry := range m.Moved { // those that name somebody else by now
		kind, rest, _ := strings.Cut(entry, " ")
		id, _, _ := strings.Cut(rest, " ")
		if there[kind+" "+id] {
			continue
		}
		h, is, err := tx.heldOne(kind, id)
		if err != nil {
			return data.UnmergePlan{}, err
		}
		if is {
			held, there[kind+" "+id] = append(held, h), true
		}
	}
	return data.PlanUnmerge(m, keep, held), nil
}

// UnmergeContacts parts what MergeContacts made one. What was changed since
// stays; the plan that it returns says what.
func (tx *Tx) UnmergeContacts(m data.Merge) (data.UnmergePlan, error) {
	p, err := tx.unmergePlan(m)
	if err != nil {
		return p, err
	}
	if _, err := one(tx.ctx, tx.sql, scanString, `SELECT id FROM contact WHERE id = ?`, p.Gone.ID); err == nil {
		return p, fmt.Errorf("%s is there again already: %w", p.Gone.Name, data.ErrConflict)
	} else if !isNotFound(err) {
		return p, err
	}
	if p.Place != "" {
		if err := tx.deletePart(data.KindAffiliation, p.Place); err != nil {
			return p, err
		}
	}
	if err := tx.PutContact(p.Keep); err != nil {
		return p, err
	}
	if err := tx.PutContact(p.Gone); err != nil {
		return p, err
	}
	for _, h := range p.Moved {
		if err := tx.putHeld(h); err != nil {
			return p, wrapNoun(err, "%s %s", h.Kind, h.ID)
		}
	}
	for _, key := range p.Restored {
		kind, id, _ := strings.Cut(key, " ")
		h, _, err := tx.heldOne(kind, id)
		if err != nil {
			return p, err
		}
		if err := tx.putHeld(h); err != nil {
			return p, wrapNoun(err, "%s", key)
		}
	}
	return p, DeletePart(tx, m)
}

// Merges are the merges that can be taken back, the latest first.
func (db *DB) Merges(ctx context.Context) ([]data.Merge, error) {
	list, err := Parts[data.Merge](ctx, db, PartQuery{})
	for i, j := 0, len(list)-1; i < j; i, j = i+1, j-1 {
		list[i], list[j] = list[j], list[i]
	}
	return list, err
}
