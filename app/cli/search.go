package cli

import (
	"strings"
	"time"

	"rapport/data"
	"rapport/data/store"
)

func searchVerb() *verb {
	return &verb{
		name: "search", args: "QUERY", does: "Find accounts, contacts, interactions, messages and what the team learned by their words",
		more: `Every word must be there; the last one may be unfinished.

  rapport search "warm light"`,
		least: 1, most: -1, flags: []flag{{name: "limit", value: "N", does: "at most so many of each (else 20)"}, zoneFlag, jsonFlag}, run: runSearch,
	}
}

func runSearch(c *call) error {
	limit, err := c.number("limit")
	if err != nil {
		return err
	}
	return c.read(func(db *store.DB) error {
		found, err := db.Search(c.ctx, strings.Join(c.args, " "), limit)
		if err != nil {
			return err
		}
		if c.on("json") {
			return writeJSON(c.out, foundOf(found))
		}
		now, err := c.clock(db)
		if err != nil {
			return err
		}
		return c.writeFound(found, now)
	})
}

func (c *call) writeFound(f data.Found, now time.Time) error {
	any := false
	for _, part := range []struct {
		name string
		hits []data.Hit
	}{{"Accounts", f.Accounts}, {"Contacts", f.Contacts}, {"Interactions", f.Interactions}, {"Messages", f.Messages}, {"Notes and plays", f.Learned}} {
		if len(part.hits) == 0 {
			continue
		}
		if any {
			c.print("\n")
		}
		any = true
		c.printf("%s\n", part.name)
		var rows [][]string
		for _, h := range part.hits {
			rows = append(rows, []string{"", data.ShortDate(h.At, now), h.Title, h.Snippet})
		}
		if err := table(c.out, []column{{}, {most: 11}, {most: 32}, {rest: true}}, rows); err != nil {
			return err
		}
	}
	if !any {
		c.note("nothing was found")
	}
	return nil
}

type hitJSON struct {
	ID      string  `json:"id"`
	Title   string  `json:"title"`
	Account string  `json:"account"`
	At      *string `json:"at"`
	Kind    string  `json:"kind"`
	Snippet string  `json:"snippet"`
}

type foundJSON struct {
	Accounts     []hitJSON `json:"accounts"`
	Contacts     []hitJSON `json:"contacts"`
	Interactions []hitJSON `json:"interactions"`
	Messages     []hitJSON `json:"messages"`
	Learned      []hitJSON `json:"learned"`
}

func foundOf(f data.Found) foundJSON {
	return foundJSON{hitsOf(f.Accounts, "account"), hitsOf(f.Contacts, "contact"), hitsOf(f.Interactions, ""), hitsOf(f.Messages, "message"), hitsOf(f.Learned, "")}
}

// hitsOf are the hits of one list. kind is what they are, "" for what each says
// itself.
func hitsOf(hits []data.Hit, kind string) []hitJSON {
	list := make([]hitJSON, len(hits))
	for i, h := range hits {
		list[i] = hitJSON{ID: h.ID, Title: h.Title, Account: h.Account, At: moment(h.At), Kind: kind, Snippet: h.Snippet}
		if kind == "" {
			list[i].Kind = string(h.Kind)
		}
	}
	return list
}
