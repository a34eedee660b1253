package cli

import (
	"strings"

	"rapport/data"
	"rapport/data/store"
)

func accountsVerb() *verb {
	return &verb{name: "accounts", does: "List the accounts with their rhythm and last touch", flags: []flag{jsonFlag}, run: runAccounts}
}

func runAccounts(c *call) error {
	return c.read(func(db *store.DB) error {
		now, err := c.clock(db)
		if err != nil {
			return err
		}
		list, err := db.AccountRows(c.ctx, now)
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
			rows[i] = []string{a.Name, string(a.Tier), strings.Join(a.Domains, " "), data.Ago(a.Last.At, now), string(a.Pace), next}
		}
		return table(c.out, []column{{head: "ACCOUNT", most: 28}, {head: "TIER"}, {head: "DOMAINS", rest: true}, {head: "LAST TOUCH"}, {head: "PACE"}, {head: "NEXT MEETING"}}, rows)
	})
}
