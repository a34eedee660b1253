package store

import (
	"context"
	"slices"
	"strings"

	"rapport/data"
	"rapport/data/change"
)

// ThingHistory is what people wrote of the thing with an ID, newest first, with
// what each had seen there before; data.ErrNotFound where nothing was written.
func (db *DB) ThingHistory(ctx context.Context, id string) (h data.ThingHistory, err error) {
	list, err := db.Written(ctx, id)
	if err != nil || len(list) == 0 {
		if err == nil {
			err = data.ErrNotFound
		}
		return h, wrapNoun(err, "history of %s", id)
	}
	ref := list[0].Change.Entity
	h.ThingRef = data.ThingRef(ref)
	err = db.inReader(ctx, func(tx *Tx) error {
		home, err := tx.homeOf(ref)
		if err != nil {
			return err
		}
		e, err := tx.entityIn(home, ref)
		if err != nil {
			return err
		}
		fields, err := tx.asHere(home, shownFields(ref.Kind, e))
		if err != nil {
			return err
		}
		h.Title = data.ThingTitle(ref.Kind, fields)
		h.Lines = historyLines(list, e)
		h.Named, err = tx.namesOf(&h)
		return err
	})
	return h, wrapNoun(err, "history of %s", id)
}

// historyLines are the lines of a thing's changes, oldest first, newest first; now
// are its registers.
func historyLines(list []Written, now change.Entity) (lines []data.HistoryLine) {
	for i, w := range list {
		l := data.HistoryLine{N: i + 1, At: w.Change.At.Time(), By: w.By, Mine: w.By == "you", Laptop: w.Laptop(), Field: w.Change.Field, To: w.Change.Value, KeptOut: w.KeptOut}
		if l.Mine {
			l.By = ""
		}
		switch w.Change.Op {
		case change.OpSet:
			l.Deed, l.From = data.DeedWrote, sawBefore(list[:i], w)
			l.Blank = slices.ContainsFunc(list[i+1:], func(o Written) bool { return o.Space == w.Space && o.Change.Erases(w.Change) })
			l.Shown = now.Field(l.Field).Shown().Value == l.To && !l.Blank
			if l.From == l.To && w.KeptOut == "" && i > 0 && !l.Blank {
				continue // nothing became another: the thing was put into a space
			}
		case change.OpErase:
			l.Deed = data.DeedErased
		case change.OpDelete:
			l.Deed = data.DeedDeleted
		case change.OpUndelete:
			l.Deed = data.DeedKept
		default:
			continue
		}
		lines = append(lines, l)
	}
	slices.Reverse(lines)
	return lines
}

// sawBefore is the value of the field that the author of a change had seen: the
// highest that the change is over, or, where the thing came from another space,
// what stood there last.
func sawBefore(before []Written, w Written) string {
	var saw change.Change
	found := false
	for _, b := range before {
		c := b.Change
		if c.Op != change.OpSet && c.Op != change.OpErase || c.Field != w.Change.Field || b.KeptOut != "" {
			continue
		}
		switch {
		case b.Space != w.Space:
			if !found {
				saw = c
			}
		case w.Change.Over.Has(c.Dot) && (!found || c.At >= saw.At):
			saw, found = c, true
		}
	}
	return saw.Value
}

// Laptop names where a change was written: "this laptop", "your first laptop", "Anna’s
// second laptop". Whose it is the space's records say of the key that signed, not the
// change of itself.
func (w Written) Laptop() string {
	switch {
	case w.Here:
		return "this laptop"
	case w.own:
		return data.OwnLaptop(w.nth)
	}
	return data.LaptopOf(w.member, w.nth)
}

// namesOf finds what the things are called that the values of a history refer to.
func (tx *Tx) namesOf(h *data.ThingHistory) (map[string]string, error) {
	names := map[string]string{}
	look := func(id string) error {
		if id == "" || names[id] != "" {
			return nil
		}
		name, err := one(tx.ctx, prepared{tx}, scanString, `SELECT name FROM account WHERE id = ?1 UNION ALL SELECT name FROM contact WHERE id = ?1 LIMIT 1`, id)
		if noRows(err) != nil {
			return err
		}
		if err == nil {
			names[id] = name
		}
		return nil
	}
	for _, l := range h.Lines {
		ids := []string{}
		if _, member, ok := strings.Cut(l.Field, "/"); ok {
			ids = append(ids, member)
		} else if data.FormOf(h.Kind, l.Field, l.From, l.To) == data.FieldThing {
			ids = append(ids, l.From, l.To)
		}
		for _, id := range ids {
			if err := look(id); err != nil {
				return nil, err
			}
		}
	}
	return names, nil
}

// Restore writes an older value of a field again, over all that stand there now. It
// is an edit like any other. What would take away what the thing cannot be without
// is refused.
func (tx *Tx) Restore(ref data.ThingRef, field, value string) error {
	r := change.Ref(ref)
	space, e, err := tx.atHome(r)
	if err != nil {
		return err
	}
	want := shownFields(r.Kind, e)
	if e.Fate() == change.Deleted {
		return &data.Invalid{Field: "thing", Says: "it is deleted; bring it back first"}
	}
	if !data.KnownField(r.Kind, field) {
		return &data.Invalid{Field: field, Says: "this version of Rapport does not know the field"}
	}
	if want[field] = value; value == "" {
		delete(want, field)
	}
	if !isWhole(r.Kind, want) {
		return &data.Invalid{Field: field, Says: data.ThingWord(r.Kind) + " cannot be without it"}
	}
	if want, err = tx.onTheWire(space, want); err != nil {
		return err
	}
	return tx.Settle(ref, field, want[field], false)
}
