package cli

import (
	"time"

	"rapport/data"
	"rapport/data/store"
)

func spaceNewsVerb() *verb {
	return &verb{
		name: "space news", does: "List what others changed since you last looked",
		more: `-seen says that you have looked: the next news begins there.

  rapport space news
  rapport space news -seen`,
		flags: []flag{{name: "seen", does: "you have looked at all of it"}, zoneFlag, jsonFlag}, run: runSpaceNews,
	}
}

type newsLineJSON struct {
	Kind   string   `json:"kind"`
	ID     string   `json:"id"`
	Title  string   `json:"title"`
	By     string   `json:"by"`
	At     string   `json:"at"`
	Did    string   `json:"did"`
	Fields []string `json:"fields"`
}

type spaceNewsJSON struct {
	Account   string         `json:"account"`
	Name      string         `json:"name"`
	Conflicts int            `json:"conflicts"`
	Lines     []newsLineJSON `json:"lines"`
}

func spaceNewsOf(a data.AccountNews) spaceNewsJSON {
	j := spaceNewsJSON{Account: a.Account, Name: a.Name, Conflicts: a.Conflicts, Lines: []newsLineJSON{}}
	for _, l := range a.Lines {
		j.Lines = append(j.Lines, newsLineJSON{Kind: l.Kind, ID: l.ID, Title: l.Title, By: l.Who(), At: l.At.UTC().Format(time.RFC3339), Did: l.Words(), Fields: append([]string{}, l.Fields...)})
	}
	return j
}

func runSpaceNews(c *call) error {
	return c.read(func(db *store.DB) error {
		zone, err := c.zone(db)
		if err != nil {
			return err
		}
		n, err := db.News(c.ctx)
		if err != nil {
			return err
		}
		list := n.ByAccount()
		if c.on("json") {
			err = writeArray(c.out, each(list, spaceNewsOf))
		} else {
			err = c.writeNews(n, list, zone)
		}
		if err != nil || !c.on("seen") {
			return err
		}
		_, err = db.Write(c.ctx, "News seen", func(tx *store.Tx) error { return tx.Looked(n) })
		return err
	})
}

// writeNews prints the news by account.
func (c *call) writeNews(n data.News, list []data.AccountNews, zone *time.Location) error {
	if len(list) == 0 {
		c.note("nobody else changed anything since you last looked")
		return nil
	}
	var rows [][]string
	for _, a := range list {
		for _, l := range a.Lines {
			rows = append(rows, []string{a.Name, l.At.In(zone).Format("2006-01-02 15:04"), l.Who(), data.Titled(l.Kind, l.Title), l.Words()})
		}
	}
	if err := table(c.out, []column{{head: "ACCOUNT", most: 28}, {head: "WRITTEN"}, {head: "BY", most: 24}, {head: "WHAT", most: 32}, {head: "DID", rest: true}}, rows); err != nil {
		return err
	}
	if len(n.Conflicts) > 0 {
		c.note("%s to choose; rapport conflicts lists them", data.Counted(len(n.Conflicts), "thing is", "things are"))
	}
	if n.More > 0 {
		c.note("%s before that are not listed", data.Counted(n.More, "change", "changes"))
	}
	return nil
}
