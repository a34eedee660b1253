package cli

import (
	"time"

	"rapport/data"
	"rapport/data/store"
)

func trashListVerb() *verb {
	return &verb{
		name: "trash list", does: "List what was deleted in the last 90 days",
		more: `What others deleted in a space that you share is listed too, with who it was.

  rapport trash list -json`,
		flags: []flag{zoneFlag, jsonFlag}, run: runTrashList,
	}
}

func trashRestoreVerb() *verb {
	return &verb{
		name: "trash restore", args: "ID", does: "Bring back what was deleted, as it was",
		more: `In a space it comes back for everybody.

  rapport trash restore CONTACT_ID`,
		least: 1, most: 1, run: runTrashRestore,
	}
}

type trashedJSON struct {
	Kind    string `json:"kind"`
	ID      string `json:"id"`
	Title   string `json:"title"`
	Account string `json:"account"`
	Space   string `json:"space"`
	By      string `json:"by"`
	At      string `json:"at"`
}

func trashedOf(t data.Trashed) trashedJSON {
	j := trashedJSON{Kind: t.Kind, ID: t.ID, Title: t.Title, Account: t.Account, Space: t.Space, By: t.By, At: t.At.UTC().Format(time.RFC3339)}
	if t.Mine {
		j.By = "you"
	}
	return j
}

func runTrashList(c *call) error {
	return c.read(func(db *store.DB) error {
		zone, err := c.zone(db)
		if err != nil {
			return err
		}
		list, err := db.Trash(c.ctx, c.now())
		if err != nil {
			return err
		}
		if c.on("json") {
			return writeArray(c.out, each(list, trashedOf))
		}
		if len(list) == 0 {
			c.note("nothing was deleted in the last 90 days")
			return nil
		}
		var rows [][]string
		for _, t := range list {
			rows = append(rows, []string{t.ID, t.At.In(zone).Format("2006-01-02 15:04"), t.Who(), data.ThingWord(t.Kind), data.Titled(t.Kind, t.Title)})
		}
		return table(c.out, []column{{head: "ID"}, {head: "DELETED"}, {head: "BY", most: 24}, {head: "KIND"}, {head: "WHAT", rest: true}}, rows)
	})
}

func runTrashRestore(c *call) error {
	return c.read(func(db *store.DB) error {
		list, err := db.Trash(c.ctx, c.now())
		if err != nil {
			return err
		}
		for _, t := range list {
			if t.ID != c.args[0] {
				continue
			}
			if _, err := db.Write(c.ctx, t.Title+" is back", func(tx *store.Tx) error { return tx.BringBack(t.ThingRef) }); err != nil {
				return err
			}
			c.printf("%s is back\n", t.Title)
			return nil
		}
		return &data.Invalid{Field: "id", Says: "nothing with the ID " + c.args[0] + " is in the trash; rapport trash list says what is"}
	})
}
