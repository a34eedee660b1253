package cli

import (
	"strings"

	"rapport/data"
	"rapport/data/store"
)

func contactsVerb() *verb {
	return &verb{
		name: "contacts", does: "List the contacts",
		flags: []flag{{name: "account", value: "ACCOUNT", does: "only those at this account"}, jsonFlag}, run: runContacts,
	}
}

func runContacts(c *call) error {
	return c.read(func(db *store.DB) error {
		known, err := c.names(db)
		if err != nil {
			return err
		}
		list := known.contacts
		if c.has("account") {
			a, err := known.account(c.text("account"))
			if err != nil {
				return err
			}
			if list, err = db.Contacts(c.ctx, a.ID); err != nil {
				return err
			}
		}
		accounts := known.byID()
		if c.on("json") {
			return writeArray(c.out, each(list, func(p data.Contact) contactJSON { return contactOf(p, accounts[p.AccountID]) }))
		}
		if len(list) == 0 {
			c.note("there is no contact yet; add one with rapport contact add")
			return nil
		}
		rows := make([][]string, len(list))
		for i, p := range list {
			rows[i] = []string{p.Name, accounts[p.AccountID], p.Role, strings.Join(p.Emails, " ")}
		}
		return table(c.out, []column{{head: "CONTACT", most: 26}, {head: "ACCOUNT", most: 24}, {head: "ROLE", most: 22}, {head: "ADDRESSES", rest: true}}, rows)
	})
}
