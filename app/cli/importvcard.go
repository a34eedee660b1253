package cli

import (
	"rapport/data"
	"rapport/data/store"
	"rapport/sync"
)

func importVCardVerb() *verb {
	return &verb{
		name: "import vcard", args: "FILE", does: "Bring in people from a file of vCards (2.1, 3.0 or 4.0)",
		more: `Their account is the one that -account names, or that has their organisation's name or
their address's domain. Somebody who is known already, by an address or by name, is
added to, and nothing of theirs is replaced. One undo takes all of it back.

  rapport import vcard contacts.vcf`,
		least: 1, most: 1,
		flags: []flag{{name: "account", value: "ACCOUNT", does: "where all of them are"}, jsonFlag},
		run:   runImportVCard,
	}
}

func runImportVCard(c *call) error {
	return c.read(func(db *store.DB) error {
		account := ""
		if c.has("account") {
			known, err := c.names(db)
			if err != nil {
				return err
			}
			a, err := known.account(c.text("account"))
			if err != nil {
				return err
			}
			account = a.ID
		}
		r, err := sync.ImportCards(c.ctx, db, c.args[0], account)
		if err != nil {
			return err
		}
		return c.cardsDone(r)
	})
}

func (c *call) cardsDone(r sync.CardReport) error {
	var partly error
	if len(r.Broken) > 0 {
		partly = exitCode(exitPartly)
	}
	if c.on("json") {
		j := cardsJSON{Cards: r.Cards, New: r.New, Changed: r.Changed, Known: r.Known, Homeless: full(r.Homeless), Broken: []brokenCardJSON{}, Undo: r.Undo.ID}
		for _, b := range r.Broken {
			j.Broken = append(j.Broken, brokenCardJSON{b.Line, b.Reason})
		}
		if err := writeJSON(c.out, j); err != nil {
			return err
		}
		return partly
	}
	c.printf("%d of %d people imported: %d new, %d changed, %d known already\n", r.New+r.Changed+r.Known, r.Cards, r.New, r.Changed, r.Known)
	if n := len(r.Homeless); n > 0 {
		c.printf("%s without an account: nobody has their organisation's name or domain\n", data.Counted(n, "person is", "people are"))
	}
	for _, b := range r.Broken {
		c.printf("card %d: %s\n", b.Line, plainText(b.Reason))
	}
	return partly
}

type cardsJSON struct {
	Cards    int              `json:"cards"`
	New      int              `json:"new"`
	Changed  int              `json:"changed"`
	Known    int              `json:"known"`
	Homeless []string         `json:"homeless"`
	Broken   []brokenCardJSON `json:"broken"`
	Undo     int64            `json:"undo"`
}

type brokenCardJSON struct {
	Card   int    `json:"card"`
	Reason string `json:"reason"`
}
