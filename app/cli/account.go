package cli

import (
	"strings"

	"rapport/data"
	"rapport/data/store"
)

func accountAddVerb() *verb {
	return &verb{
		name: "account add", args: "NAME", does: "Add a customer account",
		more: `Mail from its domains, and from its contacts, is filed to it, what was read before
too.

  rapport account add "Kestrel Museums" -domain kestrel.example -tier A`,
		least: 1, most: 1,
		flags: []flag{
			{name: "domain", value: "D", does: "a mail domain of theirs", many: true},
			{name: "tier", value: "A|B|C", does: "the care that it is owed"},
			{name: "sector", value: "WORDS", does: "a short line about what it is"},
			{name: "owner", value: "NAME", does: "the colleague who looks after it"},
			jsonFlag,
		},
		run: runAccountAdd,
	}
}

func runAccountAdd(c *call) error {
	tier, err := data.ParseTier(c.text("tier"))
	if err != nil {
		return err
	}
	a := data.Account{Name: c.args[0], Domains: c.values["domain"], Tier: tier, Sector: c.text("sector"), Owner: c.text("owner")}.Tidy()
	if err := a.Check(); err != nil {
		return err
	}
	return c.write(func(db *store.DB) error {
		namesake, err := c.hasNamesake(db, a.Name)
		if err != nil {
			return err
		}
		if _, err := db.Write(c.ctx, a.Name+" added", func(tx *store.Tx) (err error) {
			a, err = tx.AddAccount(a)
			return err
		}); err != nil {
			return err
		}
		if namesake {
			c.note("there was an account called %s already; to tell them apart, name them by ID", a.Name)
		}
		if c.on("json") {
			return writeJSON(c.out, accountOf(data.AccountRow{Account: a}.Decide(data.DefaultRhythm, c.now())))
		}
		c.printf("%s added, ID %s\n", a.Name, a.ID)
		return nil
	})
}

func (c *call) hasNamesake(db *store.DB, name string) (bool, error) {
	accounts, err := db.Accounts(c.ctx)
	for _, a := range accounts {
		if strings.EqualFold(a.Name, name) {
			return true, err
		}
	}
	return false, err
}

type accountJSON struct {
	ID      string   `json:"id"`
	Name    string   `json:"name"`
	Domains []string `json:"domains"`
	Tier    string   `json:"tier"`
	Sector  string   `json:"sector"`
	Owner   string   `json:"owner"`
	Since   string   `json:"since"`
	People  int      `json:"people"`
	Last    *string  `json:"last"`
	Next    *string  `json:"next"`
	Rhythm  int      `json:"rhythm"`
	Pace    string   `json:"pace"`
	// Archived is the date on which the team left it, "" for one that it looks after.
	Archived string `json:"archived"`
}

func accountOf(r data.AccountRow) accountJSON {
	return accountJSON{
		ID: r.ID, Name: r.Name, Domains: full(r.Domains), Tier: string(r.Tier), Sector: r.Sector, Owner: r.Owner, Since: r.Since,
		People: r.People, Last: moment(r.Last.At), Next: moment(r.Next.Start), Rhythm: r.Rhythm, Pace: string(r.Pace), Archived: r.Archived,
	}
}
