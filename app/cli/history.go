package cli

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"rapport/data"
	"rapport/data/store"
)

func historyVerb() *verb {
	return &verb{
		name: "history", args: "ID [FIELD]", does: "List who wrote what, and when, of one thing",
		more: `ID is that of an account, contact, promise or any other thing that can be shared;
-json of other commands says it. Each line says who wrote it, on which laptop, and
whether it holds now. What was kept out, since its author was not allowed to write it,
says so.

-restore N writes the value of line N again, as a new change that everybody gets; the
number of a line stays what it is, with FIELD and without. rapport undo takes it back.

  rapport history ACCOUNT_ID name -json
  rapport history ACCOUNT_ID -restore 3`,
		least: 1, most: 2,
		flags: []flag{{name: "restore", value: "N", does: "write the value of line N again"}, zoneFlag, jsonFlag}, run: runHistory,
	}
}

type historyJSON struct {
	N       int    `json:"n"`
	At      string `json:"at"`
	By      string `json:"by"`
	Laptop  string `json:"laptop"`
	Op      string `json:"op"`
	Field   string `json:"field"`
	Value   string `json:"value"`
	Shown   bool   `json:"shown"`
	KeptOut string `json:"keptOut,omitempty"`
}

func runHistory(c *call) error {
	return c.read(func(db *store.DB) error {
		if c.has("restore") {
			if err := c.restoreLine(db); err != nil || !c.on("json") {
				return err
			}
		}
		list, err := c.history(db)
		if err != nil {
			return err
		}
		if c.on("json") {
			return writeArray(c.out, asTheyAre(list))
		}
		var rows [][]string
		for _, j := range list {
			rows = append(rows, j.row())
		}
		return table(c.out, []column{{head: "N", right: true}, {head: "RECORDED"}, {head: "BY", most: 24}, {head: "WHERE"}, {head: "FIELD"}, {head: "VALUE", rest: true}}, rows)
	})
}

func (j historyJSON) row() []string {
	value := j.Value
	switch {
	case j.KeptOut != "":
		value += " (kept out: " + j.KeptOut + ")"
	case j.Shown:
		value += " (holds now)"
	}
	return []string{strconv.Itoa(j.N), j.At, j.By, j.Laptop, j.Field, value}
}

// history is what was written of the thing that is named, of one field or of all;
// in a table with the moments and the deeds as people read them.
func (c *call) history(db *store.DB) ([]historyJSON, error) {
	zone, err := c.zone(db)
	if err != nil {
		return nil, err
	}
	written, err := db.Written(c.ctx, c.args[0])
	if err != nil {
		return nil, err
	}
	if len(written) == 0 {
		return nil, nothingWritten(c.args[0])
	}
	known, err := db.ThingHistory(c.ctx, c.args[0])
	if err != nil {
		return nil, err
	}
	holds := map[int]bool{}
	for _, l := range known.Lines {
		holds[l.N] = l.Shown && l.Deed == data.DeedWrote
	}
	var list []historyJSON
	for i, w := range written {
		if !c.meansField(w.Change.Field) {
			continue
		}
		j := historyJSON{N: i + 1, At: w.At.UTC().Format(time.RFC3339), By: w.By, Laptop: w.Laptop(), Op: string(w.Change.Op), Field: w.Change.Field, Value: w.Change.Value, Shown: holds[i+1], KeptOut: w.KeptOut}
		if !c.on("json") {
			j.At, j.Value = w.At.In(zone).Format("2006-01-02 15:04"), w.Says()
		}
		list = append(list, j)
	}
	return list, nil
}

func nothingWritten(id string) error {
	return &data.Invalid{Field: "id", Says: "nothing was ever written of " + id + "; take the ID from another command's -json"}
}

// meansField says whether a field is the one that was asked for, or a member of
// that set; what is about the whole thing always counts.
func (c *call) meansField(field string) bool {
	return len(c.args) < 2 || field == "" || field == c.args[1] || strings.HasPrefix(field, c.args[1]+"/")
}

// restoreLine writes the value of one line again.
func (c *call) restoreLine(db *store.DB) error {
	n, err := c.number("restore")
	if err != nil {
		return err
	}
	written, err := db.Written(c.ctx, c.args[0])
	switch {
	case err != nil:
		return err
	case len(written) == 0:
		return nothingWritten(c.args[0])
	case n < 1 || n > len(written):
		return misuse(c.verb, "flag -restore needs a number from 1 to %d", len(written))
	}
	h, err := db.ThingHistory(c.ctx, c.args[0])
	if err != nil {
		return err
	}
	line := data.HistoryLine{Deed: data.DeedKept} // what no history shows cannot be put back
	for _, l := range h.Lines {
		if l.N == n {
			line = l
		}
	}
	switch {
	case line.Shown && line.Deed == data.DeedWrote:
		return &data.Invalid{Field: "restore", Says: "the value of line " + strconv.Itoa(n) + " holds already"}
	case !line.MayRestore():
		return &data.Invalid{Field: "restore", Says: "line " + strconv.Itoa(n) + " has no value that can be put back: it was kept out or erased, or it is about the whole thing (rapport trash restore brings back what was deleted)"}
	case !c.meansField(line.Field):
		return &data.Invalid{Field: "restore", Says: "line " + strconv.Itoa(n) + " is about " + line.Field + ", not about " + c.args[1]}
	}
	said := h.What(line) + " of " + h.Called() + " is " + cmp.Or(h.Value(line, c.now()), "nothing") + " again"
	if _, err := db.Write(c.ctx, said, func(tx *store.Tx) error { return tx.Restore(h.ThingRef, line.Field, line.To) }); err != nil {
		return err
	}
	if !c.on("json") {
		c.printf("%s\n", said)
	}
	return nil
}
