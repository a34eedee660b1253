package store

import (
	"context"
	"time"

	"rapport/data/change"
)

// Written is one recorded change of a thing.
type Written struct {
	At      time.Time // when this laptop recorded it
	By      string    // the member's name; "you" for what was written here or by us elsewhere
	Change  change.Change
	KeptOut string // why it touches nothing, or ""
	Space   string // whose log it is in
	Here    bool   // this laptop wrote it

	// Whose laptop signed it, as the space's records say; zero where none does.
	own    bool // another of ours
	member string
	nth    int
}

// Says is what the change did, as a value that people read.
func (w Written) Says() string {
	switch {
	case w.Change.Op == change.OpDelete:
		return "(deleted)"
	case w.Change.Op == change.OpUndelete:
		return "(kept)"
	case w.Change.Op == change.OpErase:
		return "(erased)"
	case w.Change.Value == "":
		return "(nothing)"
	}
	return w.Change.Value
}

// Written lists the changes of the thing with an ID, oldest first: in this
// laptop's own space and in the one that it was shared with.
func (db *DB) Written(ctx context.Context, id string) ([]Written, error) {
	return query(ctx, db.read, func(r row) (w Written, err error) {
		var at int64
		var body string
		if err := r.Scan(&at, &body, &w.KeptOut, &w.Space, &w.Here, &w.By, &w.own, &w.member, &w.nth); err != nil {
			return w, err
		}
		w.At = timeOf(at)
		w.Change, err = change.Decode([]byte(body))
		return w, err
	}, `SELECT recorded_at, body, kept_out, c.space_id,
			c.space_id = '`+localSpace+`' OR EXISTS (SELECT 1 FROM own_log o WHERE o.space_id = c.space_id
				AND substr(o.log, 1, instr(o.log, '-')) = substr(c.log, 1, instr(c.log, '-'))),
			(SELECT CASE WHEN s.self = '' OR s.self = `+whoSigned+` THEN 'you'
			ELSE coalesce((SELECT name FROM member m WHERE m.space_id = c.space_id AND m.id = `+whoSigned+`), c.body ->> 'actor', '') END
			FROM space s WHERE s.id = c.space_id),
			coalesce(d.member = (SELECT self FROM space s WHERE s.id = c.space_id), 0), coalesce(m.name, ''), coalesce(d.nth, 0)
		FROM change c `+signedBy+`
		WHERE entity = ? ORDER BY recorded_at, c.space_id <> 'local', body ->> 'at', log, counter`, id)
}
