package cli

import (
	"cmp"
	"strconv"
	"time"

	"rapport/data"
	"rapport/data/store"
)

func conflictsVerb() *verb {
	return &verb{
		name: "conflicts", args: "[ACCOUNT]", does: "List what people wrote apart and one of them must choose",
		more: `Nothing is lost when two people change one field without seeing each other: both
values stay, and one is shown. A thing that one deleted and another edited is there
again, until somebody says whether it stays.

  rapport conflicts -json
  rapport conflict settle PROMISE_ID what -take 2`,
		most: 1, flags: []flag{jsonFlag}, run: runConflicts,
	}
}

func conflictSettleVerb() *verb {
	return &verb{
		name: "conflict settle", args: "ID [FIELD]", does: "Choose what holds, where people wrote apart",
		more: `-take N is the Nth of the values that rapport conflicts lists, -value another one.
-merged is the text that it proposes, with what all of them changed; read it first.
Of a thing that was deleted and edited there is no field: -keep or -delete.

  rapport conflict settle ACCOUNT_ID name -take 1
  rapport conflict settle ACCOUNT_ID name -value "Kestrel Museums Trust"
  rapport conflict settle PROMISE_ID -keep`,
		least: 1, most: 2,
		flags: []flag{
			{name: "take", value: "N", does: "the Nth of the values"}, {name: "value", value: "TEXT", does: "this instead of them"}, {name: "merged", does: "the text that is proposed"},
			{name: "keep", does: "it stays"}, {name: "delete", does: "it goes"},
		},
		run: runConflictSettle,
	}
}

type versionJSON struct {
	Value string `json:"value"`
	By    string `json:"by"`
	At    string `json:"at"`
	Shown bool   `json:"shown"`
}

type conflictJSON struct {
	Kind     string        `json:"kind"`
	ID       string        `json:"id"`
	Title    string        `json:"title"`
	Account  string        `json:"account"`
	Field    string        `json:"field"`
	Versions []versionJSON `json:"versions"`
	// Merged is a text with what all of them changed, "" where none is proposed;
	// Clean where they changed different places.
	Merged string `json:"merged"`
	Clean  bool   `json:"clean"`
}

func runConflicts(c *call) error {
	return c.read(func(db *store.DB) error {
		account, err := c.accountGiven(db)
		if err != nil {
			return err
		}
		list, err := db.Conflicts(c.ctx, account)
		if err != nil {
			return err
		}
		if c.on("json") {
			return writeArray(c.out, each(list, conflictOf))
		}
		if len(list) == 0 {
			c.note("nobody has to choose anything")
			return nil
		}
		var rows [][]string
		for _, f := range list {
			field := cmp.Or(f.Field, "deleted and edited")
			for i, v := range f.Versions {
				rows = append(rows, []string{f.ID, data.Titled(f.Kind, f.Title), field, strconv.Itoa(i + 1), cmp.Or(v.Value, "(nothing)"), whoWrote(v)})
			}
			if merged, _, ok := f.Merged(); ok {
				rows = append(rows, []string{f.ID, data.Titled(f.Kind, f.Title), field, "merged", merged, "proposed"})
			}
		}
		return table(c.out, []column{{head: "ID"}, {head: "WHAT", most: 28}, {head: "FIELD"}, {head: "N", right: true}, {head: "VALUE", most: 40}, {head: "BY", rest: true}}, rows)
	})
}

func whoWrote(v data.FieldVersion) string {
	if v.Mine {
		return "you"
	}
	return cmp.Or(v.By, "somebody")
}

func conflictOf(f data.Conflict) conflictJSON {
	j := conflictJSON{Kind: f.Kind, ID: f.ID, Title: f.Title, Account: f.Account, Field: f.Field, Versions: []versionJSON{}}
	for _, v := range f.Versions {
		j.Versions = append(j.Versions, versionJSON{Value: v.Value, By: whoWrote(v), At: v.At.Format(time.RFC3339), Shown: v.Shown})
	}
	if merged, clean, ok := f.Merged(); ok {
		j.Merged, j.Clean = merged, clean
	}
	return j
}

func runConflictSettle(c *call) error {
	field := ""
	if len(c.args) > 1 {
		field = c.args[1]
	}
	return c.read(func(db *store.DB) error {
		list, err := db.Conflicts(c.ctx, "")
		if err != nil {
			return err
		}
		for _, f := range list {
			if f.ID == c.args[0] && f.Field == field {
				return c.settleConflict(db, f)
			}
		}
		return &data.Invalid{Field: "conflict", Says: "there is nothing to choose there; rapport conflicts lists what is"}
	})
}

func (c *call) settleConflict(db *store.DB, f data.Conflict) error {
	value, keep := c.text("value"), c.on("keep")
	given := 0
	for _, name := range []string{"take", "value", "merged", "keep", "delete"} {
		if c.has(name) {
			given++
		}
	}
	switch {
	case f.Field == "" && (given != 1 || !keep && !c.on("delete")):
		return misuse(c.verb, "%s was deleted and edited; say -keep or -delete", f.Title)
	case f.Field != "" && (given != 1 || keep || c.on("delete")):
		return misuse(c.verb, "say one of -take N, -value TEXT and -merged")
	case c.has("take"):
		n, err := c.number("take")
		if err != nil {
			return err
		}
		if n < 1 || n > len(f.Versions) {
			return misuse(c.verb, "flag -take needs a number from 1 to %d", len(f.Versions))
		}
		value = f.Versions[n-1].Value
	case c.on("merged"):
		var ok bool
		if value, _, ok = f.Merged(); !ok {
			return misuse(c.verb, "nothing is proposed for this; say -take N or -value TEXT")
		}
	}
	if _, err := db.Write(c.ctx, f.Title+" settled", func(tx *store.Tx) error {
		return tx.Settle(data.ThingRef{Kind: f.Kind, ID: f.ID}, f.Field, value, keep)
	}); err != nil {
		return err
	}
	switch {
	case f.Field != "":
		c.printf("%s, %s: %s\n", f.Title, f.Field, cmp.Or(value, "(nothing)"))
	case keep:
		c.printf("%s stays\n", f.Title)
	default:
		c.printf("%s is deleted\n", f.Title)
	}
	return nil
}
