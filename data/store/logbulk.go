package store

import (
	"strings"

	"rapport/data/change"
)

// linesAtOnce is how many lines of the log, or of the registers, are written by one
// statement: so many take half of the time that they take line by line, and more
// are no faster.
const linesAtOnce = 16

// bulk gathers rows, each a list of columns, that one statement writes.
type bulk struct{ columns []any }

// rowsInto are the statements that write rows of a table: as many as go at once, and
// one, and how many columns a row has.
type rowsInto struct {
	many, each string
	wide       int
}

func (b *bulk) add(tx *Tx, into rowsInto, row ...any) error {
	b.columns = append(b.columns, row...)
	if len(b.columns) < linesAtOnce*into.wide {
		return nil
	}
	_, err := tx.exec(into.many, b.columns...)
	b.columns = b.columns[:0]
	return err
}

// write writes what was not written yet.
func (b *bulk) write(tx *Tx, into rowsInto) error {
	for ; len(b.columns) > 0; b.columns = b.columns[into.wide:] {
		if _, err := tx.exec(into.each, b.columns[:into.wide]...); err != nil {
			return err
		}
	}
	return nil
}

var (
	intoChange  = insertInto("change", `space_id, log, counter, kind, entity, body, recorded_at, kept_out`)
	intoVersion = insertInto("version", versionColumns)
	intoBegan   = insertInto("snapshot_version", versionColumns)
)

const versionColumns = `space_id, kind, entity, part, field, log, counter, at, actor, op, value, over`

func insertInto(table, columns string) rowsInto {
	n := strings.Count(columns, ",") + 1
	row := "(?" + strings.Repeat(", ?", n-1) + ")"
	into := "INSERT INTO " + table + " (" + columns + ") VALUES " + row
	return rowsInto{many: into + strings.Repeat(", "+row, linesAtOnce-1), each: into, wide: n}
}

// changeLines are lines of the log that wait to be written; see putChange.
type changeLines struct{ bulk }

func (l *changeLines) add(tx *Tx, space string, c change.Change, why string) error {
	body, err := c.Encode()
	if err != nil {
		return err
	}
	return l.bulk.add(tx, intoChange, space, c.Log, c.Counter, c.Entity.Kind, c.Entity.ID, string(body), tx.recordedAt(tx.learned), why)
}

func (l *changeLines) write(tx *Tx) error { return l.bulk.write(tx, intoChange) }

// versionLines are registers that wait to be written; see putRegister.
type versionLines struct{ bulk }

// replace writes a register in place of what it was; of a new thing nothing was
// there.
func (l *versionLines) replace(tx *Tx, space string, ref change.Ref, slot change.Slot, r change.Register, isNew bool) error {
	if !isNew {
		if err := tx.clearRegister(space, ref, slot); err != nil {
			return err
		}
	}
	return l.put(tx, intoVersion, space, ref, slot, r)
}

// put writes a register where nothing was.
func (l *versionLines) put(tx *Tx, into rowsInto, space string, ref change.Ref, slot change.Slot, r change.Register) error {
	for _, v := range r {
		over := ""
		if len(v.Over) > 0 {
			over = asJSON(v.Over)
		}
		if err := l.bulk.add(tx, into, space, ref.Kind, ref.ID, string(slot.Part), slot.Name, v.Log, v.Counter, int64(v.At), v.Actor, string(v.Op), v.Value, over); err != nil {
			return err
		}
	}
	return nil
}

func (l *versionLines) write(tx *Tx) error { return l.bulk.write(tx, intoVersion) }
