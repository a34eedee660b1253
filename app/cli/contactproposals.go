package cli

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"rapport/data"
	"rapport/data/store"
)

func contactProposalsVerb() *verb {
	return &verb{
		name: "contact proposals", args: "[-account ACCOUNT]", does: "List what people's signatures say of them that is not kept",
		more:  "Nothing changes until contact accept says so; contact decline ends a proposal.",
		flags: []flag{{name: "account", value: "ACCOUNT", does: "only people there"}, jsonFlag}, run: runContactProposals,
	}
}

func contactAcceptVerb() *verb {
	return &verb{
		name: "contact accept", args: "CONTACT [role|phone]", does: "Keep what somebody's signature says of them",
		more: "Without role or phone it is both. rapport undo takes it back.", least: 1, most: 2, flags: []flag{jsonFlag},
		run: func(c *call) error { return c.settle(true) },
	}
}

func contactDeclineVerb() *verb {
	return &verb{
		name: "contact decline", args: "CONTACT [role|phone]", does: "Propose something of a signature no more",
		more: "Without role or phone it is both. rapport undo takes it back.", least: 1, most: 2, flags: []flag{jsonFlag},
		run: func(c *call) error { return c.settle(false) },
	}
}

type contactProposalJSON struct {
	ContactID string `json:"contactId"`
	Name      string `json:"name"`
	Field     string `json:"field"`
	Value     string `json:"value"`
	Says      string `json:"says"`
	Source    string `json:"source"`
	At        string `json:"at"`
	Strength  string `json:"strength"`
}

func runContactProposals(c *call) error {
	return c.read(func(db *store.DB) error {
		account := ""
		if ref := c.text("account"); ref != "" {
			known, err := c.names(db)
			if err != nil {
				return err
			}
			a, err := known.account(ref)
			if err != nil {
				return err
			}
			account = a.ID
		}
		list, err := db.ContactProposals(c.ctx, account, c.now())
		if err != nil {
			return err
		}
		if c.on("json") {
			return writeArray(c.out, each(list, func(p data.ContactProposal) contactProposalJSON {
				return contactProposalJSON{p.Contact.ID, p.Contact.Name, p.Field, p.Value, p.Says, p.Source, p.At.UTC().Format(time.RFC3339), string(p.Strength)}
			}))
		}
		if len(list) == 0 {
			c.note("no signature says anything new")
			return nil
		}
		for _, p := range list {
			c.printf("%s (%s)\n", plainText(p.Says), p.Strength)
		}
		return nil
	})
}

// settle accepts or declines what a contact's signatures propose.
func (c *call) settle(accept bool) error {
	field := ""
	if len(c.args) > 1 {
		if field = c.args[1]; field != "role" && field != "phone" {
			return misuse(c.verb, "%q is not role or phone", field)
		}
	}
	return c.read(func(db *store.DB) error {
		known, err := c.names(db)
		if err != nil {
			return err
		}
		who, err := data.ResolveContact(c.args[0], known.contacts, known.accounts)
		if err != nil {
			return err
		}
		all, err := db.ContactProposals(c.ctx, who.AccountID, c.now())
		if err != nil {
			return err
		}
		d := decision{}
		var list []data.ContactProposal
		for _, p := range all {
			if p.Contact.ID == who.ID && (field == "" || p.Field == field) {
				list = append(list, p)
				who.Role, who.Phone = pick(p, "role", who.Role), pick(p, "phone", who.Phone)
			}
		}
		if len(list) == 0 {
			return fmt.Errorf("no signature of %s says anything new; rapport contact proposals lists what there is", who.Name)
		}
		var values []string
		for _, p := range list {
			values = append(values, p.Value)
		}
		d.label = who.Name + ": " + strings.Join(values, ", ")
		d.do = func(tx *store.Tx) error { return tx.PutContact(who) }
		if !accept {
			d.label = "Not of " + who.Name + ": " + strings.Join(values, ", ")
			d.do = func(tx *store.Tx) error {
				for _, p := range list {
					if err := tx.DeclineProposal(p); err != nil {
						return err
					}
				}
				return nil
			}
		}
		return c.decide(db, d)
	})
}

// pick is the proposed value of a field, or what it has.
func pick(p data.ContactProposal, field, have string) string {
	if p.Field == field {
		return p.Value
	}
	return have
}

func contactDuplicatesVerb() *verb {
	return &verb{
		name: "contact duplicates", does: "List contacts that seem to be one person, and why",
		more: "Nothing is merged.", flags: []flag{jsonFlag}, run: runContactDuplicates,
	}
}

type duplicateJSON struct {
	FirstID  string   `json:"firstId"`
	First    string   `json:"first"`
	SecondID string   `json:"secondId"`
	Second   string   `json:"second"`
	Reasons  []string `json:"reasons"`
	Strength string   `json:"strength"`
}

func runContactDuplicates(c *call) error {
	return c.read(func(db *store.DB) error {
		contacts, err := db.Contacts(c.ctx, "")
		if err != nil {
			return err
		}
		decided, err := db.SettingList(c.ctx, store.SettingDeclined)
		if err != nil {
			return err
		}
		list := slices.DeleteFunc(data.Duplicates(contacts), func(d data.Duplicate) bool { return slices.Contains(decided, d.Key()) })
		if c.on("json") {
			return writeArray(c.out, each(list, func(d data.Duplicate) duplicateJSON {
				return duplicateJSON{d.A.ID, d.A.Name, d.B.ID, d.B.Name, full(d.Reasons), string(d.Strength)}
			}))
		}
		if len(list) == 0 {
			c.note("no two contacts seem to be one person")
			return nil
		}
		for _, d := range list {
			c.printf("%s and %s: %s\n", plainText(d.A.Name), plainText(d.B.Name), plainText(strings.Join(d.Reasons, "; ")))
		}
		return nil
	})
}
