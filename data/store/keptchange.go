package store

import (
	"context"

	"rapport/data"
	"rapport/data/change"
)

// deeds are what people call what a change does; of those that are not here, nothing.
var deeds = map[change.Op]data.Deed{
	change.OpSet: data.DeedWrote, change.OpDelete: data.DeedDeleted, change.OpUndelete: data.DeedKept, change.OpErase: data.DeedErased,
}

// KeptChanges are the changes of a space that touch nothing, by log and counter, with
// what each would do. Who wrote them is not said: only a membership knows that.
func (db *DB) KeptChanges(ctx context.Context, space string) (list []data.KeptChange, err error) {
	err = db.inReader(ctx, func(tx *Tx) error {
		if list, err = query(ctx, tx.sql, scanKept, `SELECT body, kept_out FROM change WHERE space_id = ? AND kept_out <> '' ORDER BY log, counter`, space); err != nil {
			return err
		}
		titles := map[data.ThingRef]string{}
		for i, k := range list {
			title, known := titles[k.ThingRef]
			if !known {
				e, err := tx.entityIn(space, change.Ref(k.ThingRef))
				if err != nil {
					return err
				}
				fields, err := tx.asHere(space, shownFields(k.Kind, e))
				if err != nil {
					return err
				}
				title = data.ThingTitle(k.Kind, fields)
				titles[k.ThingRef] = title
			}
			list[i].Title = title
		}
		return nil
	})
	return list, wrapNoun(err, "space %s", space)
}

func scanKept(r row) (k data.KeptChange, err error) {
	var body string
	if err := r.Scan(&body, &k.Why); err != nil {
		return k, err
	}
	c, err := change.Decode([]byte(body))
	k.Log, k.Counter, k.At, k.ThingRef = c.Log, c.Counter, c.At.Time(), data.ThingRef(c.Entity)
	k.Deed, k.Field, k.Value = deeds[c.Op], c.Field, c.Value
	return k, err
}
