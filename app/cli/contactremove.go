package cli

import (
	"time"

	"rapport/data/store"
)

func contactRemoveVerb() *verb {
	return &verb{
		name: "contact remove", args: "CONTACT", does: "Take a contact away",
		more: `What happened with them stays, filed by their domain where an account has it.
Somebody who changed jobs is better moved: contact set -moved-to.`,
		least: 1, most: 1, flags: []flag{jsonFlag}, run: runContactRemove,
	}
}

func runContactRemove(c *call) error {
	return c.readNames(func(db *store.DB, known names, _ time.Time) error {
		s, err := known.person(c.args[0])
		if err != nil {
			return err
		}
		return c.decide(db, decision{label: s.contact.Name + " removed", do: func(tx *store.Tx) error { return tx.DeleteContact(s.contact.ID) }})
	})
}
