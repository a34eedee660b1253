package cli

import (
	"time"

	"rapport/data/store"
)

func accountRemoveVerb() *verb {
	return &verb{
		name: "account remove", args: "ACCOUNT", does: "Take an account away",
		more:  "Its people and its mail stay; the mail waits in Filing again. rapport undo brings it back.",
		least: 1, most: 1, flags: []flag{jsonFlag}, run: runAccountRemove,
	}
}

func runAccountRemove(c *call) error {
	return c.readNames(func(db *store.DB, known names, _ time.Time) error {
		a, err := known.account(c.args[0])
		if err != nil {
			return err
		}
		return c.decide(db, decision{label: a.Name + " removed", do: func(tx *store.Tx) error { return tx.DeleteAccount(a.ID) }})
	})
}
