package cli

import (
	"rapport/data/store"
	"rapport/sync/space"
)

func recoveryKeyVerb() *verb {
	return &verb{
		name: "recovery-key", does: "Print what makes a new laptop you again, or use it",
		more: `Print it and keep it where you keep a passport: whoever holds it is you in every
space. On a new laptop, rapport space recover reads it and gets your spaces back; -use
only makes the laptop you.

  rapport recovery-key
  rapport recovery-key -use < recovery.txt`,
		flags: []flag{{name: "use", does: "read a recovery key from standard input, and be that person here"}}, run: runRecoveryKey,
	}
}

func runRecoveryKey(c *call) error {
	return c.spaces(false, func(_ *store.DB, all *space.Spaces) error {
		if c.on("use") {
			typed, err := c.typedLine("recovery key")
			if err != nil {
				return err
			}
			if err := all.Recover(c.ctx, typed); err != nil {
				return err
			}
			c.print("This laptop is you again; get your spaces back with rapport space recover\n")
			return nil
		}
		key, err := all.RecoveryKey(c.ctx)
		if err != nil {
			return err
		}
		c.printf("%s\n", key)
		return nil
	})
}
