package cli

import (
	"strings"

	"rapport/data"
	"rapport/data/store"
)

func accountsVerb() *verb {
	return &verb{
		name: "accounts", does: "List the accounts with their rhythm and last touch",
		more:  filterMore() + "\n  rapport accounts -where \"tier:A warmth:cooling\"",
		flags: []flag{{name: "where", value: "FILTER", does: "only those that a filter keeps, with how they stand"}, {name: "all", does: "those that are archived too"}, jsonFlag}, run: runAccounts,
	}
}

func runAccounts(c *call) error {
	return c.read(func(db *store.DB) error {
		now, err := c.clock(db)
		if err != nil {
			return err
		}
		if c.has("where") {
			entries, about, err := c.entries(db)
			if err != nil {
				return err
			}
			if entries, err = keptBy(c.text("where"), entries, about); err != nil {
				return err
			}
			return c.writeEntries(db, entries)
		}
		rowsOf := db.AccountRows
		if c.on("all") {
			rowsOf = db.AllAccountRows
		}
		list, err := rowsOf(c.ctx, now)
		if err != nil {
			return err
		}
		if c.on("json") {
			return writeArray(c.out, each(list, accountOf))
		}
		if len(list) == 0 {
			c.note("there is no account yet; add one with rapport account add")
			return nil
		}
		rows := make([][]string, len(list))
		for i, a := range list {
			next := ""
			if !a.Next.Start.IsZero() {
				next = data.DayWord(a.Next.Start, now)
			}
			if a.Archived != "" {
				next = "archived on " + a.Archived
			}
			rows[i] = []string{a.Name, string(a.Tier), strings.Join(a.Domains, " "), data.Ago(a.Last.At, now), string(a.Pace), next}
		}
		return table(c.out, []column{{head: "ACCOUNT", most: 28}, {head: "TIER"}, {head: "DOMAINS", rest: true}, {head: "LAST TOUCH"}, {head: "PACE"}, {head: "NEXT MEETING"}}, rows)
	})
}
