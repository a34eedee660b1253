package store

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"rapport/data/change"
)

// linesAtOnce is how many lines of the log, or of the registers, are written by one
// statement. A batch of changes is written in a quarter of the time that it takes
// line by line.
const linesAtOnce = 500

// bulk gathers rows, each a list of columns, that one statement writes. A row
// with letters that a list in JSON does not carry as they are is written by itself.
type bulk struct{ rows [][]any }

// rowsInto are the statements that write rows of a table: many, given as JSON, and one.
type rowsInto struct{ many, each string }

func (b *bulk) add(tx *Tx, into rowsInto, row ...any) error {
	for _, column := range row {
		if s, ok := column.(string); ok && (strings.Contains(s, "\x00") || !utf8.ValidString(s)) {
			_, err := tx.exec(into.each, row...)
			return err
		}
	}
	b.rows = append(b.rows, row)
	if len(b.rows) < linesAtOnce {
		return nil
	}
	return b.write(tx, into)
}

func (b *bulk) write(tx *Tx, into rowsInto) error {
	if len(b.rows) == 0 {
		return nil
	}
	_, err := tx.exec(into.many, asJSON(b.rows))
	b.rows = b.rows[:0]
	return err
}

var (
	intoChange  = insertInto("change", `space_id, log, counter, kind, entity, body, recorded_at, kept_out`)
	intoVersion = insertInto("version", versionColumns)
	intoBegan   = insertInto("snapshot_version", versionColumns)
)

const versionColumns = `space_id, kind, entity, part, field, log, counter, at, actor, op, value, over`

func insertInto(table, columns string) rowsInto {
	n := strings.Count(columns, ",") + 1
	picked := make([]string, n)
	for i := range picked {
		picked[i] = "value ->> " + strconv.Itoa(i)
	}
	into := "INSERT INTO " + table + " (" + columns + ") "
	return rowsInto{into + "SELECT " + strings.Join(picked, ", ") + " FROM json_each(?)", into + "VALUES (?" + strings.Repeat(", ?", n-1) + ")"}
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
