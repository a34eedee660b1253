package cli

import (
	"rapport/data"
	"rapport/data/store"
)

func contactAddVerb() *verb {
	return &verb{
		name: "contact add", args: "NAME -account ACCOUNT", does: "Add a person at an account",
		more: `Mail from their addresses is filed to the account, whatever the domain.

  rapport contact add "Anna Kessler" -account kestrel.example -email anna@kestrel.example`,
		least: 1, most: 1,
		flags: []flag{
			{name: "account", value: "ACCOUNT", does: "where they work"},
			{name: "email", value: "E", does: "an address of theirs; the first is preferred", many: true},
			{name: "role", value: "WORDS", does: "what they do there"},
			{name: "phone", value: "P", does: "their number"},
			{name: "side", value: "SIDE", does: "customer (the default), or partner"},
			jsonFlag,
		},
		run: runContactAdd,
	}
}

func runContactAdd(c *call) error {
	if c.text("account") == "" {
		return misuse(c.verb, "contact add needs -account")
	}
	person := data.Contact{
		Name: c.args[0], Emails: c.values["email"], Role: c.text("role"), Phone: c.text("phone"), Side: data.Side(c.text("side")),
	}.Tidy()
	if err := person.Check(); err != nil {
		return err
	}
	return c.read(func(db *store.DB) error {
		known, err := c.names(db)
		if err != nil {
			return err
		}
		a, err := known.account(c.text("account"))
		if err != nil {
			return err
		}
		person.AccountID = a.ID
		if _, err := db.Write(c.ctx, person.Name+" added", func(tx *store.Tx) (err error) {
			person, err = tx.AddContact(person)
			return err
		}); err != nil {
			return err
		}
		if c.on("json") {
			return writeJSON(c.out, contactOf(person, a.Name))
		}
		c.printf("%s added to %s, ID %s\n", person.Name, a.Name, person.ID)
		return nil
	})
}

type contactJSON struct {
	ID        string   `json:"id"`
	Name      string   `json:"name"`
	Emails    []string `json:"emails"`
	Account   string   `json:"account"`
	AccountID string   `json:"accountId"`
	Role      string   `json:"role"`
	Phone     string   `json:"phone"`
	Side      string   `json:"side"`
}

func contactOf(c data.Contact, account string) contactJSON {
	return contactJSON{
		ID: c.ID, Name: c.Name, Emails: full(c.Emails), Account: account, AccountID: c.AccountID,
		Role: c.Role, Phone: c.Phone, Side: string(c.Side),
	}
}
