package cli

import (
	"time"

	"rapport/data"
	"rapport/data/store"
)

func handoverVerb() *verb {
	return &verb{
		name: "handover", args: "ACCOUNT", does: "Write the pack for a colleague who takes an account over",
		more: `Ten minutes to read: what to do in the first week, the story so far, who is who and how
they like it, what is agreed, what is not known. It is for your team only.

  rapport handover kestrel.example -o kestrel.pdf`,
		least: 1, most: 1, flags: []flag{
			{name: "o", value: "FILE", does: "write it to a new file: .pdf, .html or .md by its ending"},
			{name: "letter", does: "a PDF on US Letter instead of A4"},
			zoneFlag,
		}, run: runHandover,
	}
}

func runHandover(c *call) error {
	return c.readNames(func(db *store.DB, known names, now time.Time) error {
		a, err := known.account(c.args[0])
		if err != nil {
			return err
		}
		in, err := db.HandoverInput(c.ctx, a.ID, now)
		if err != nil {
			return err
		}
		sheet := data.ComposeHandover(in)
		if c.has("o") {
			return c.planFile(db, a, sheet, now)
		}
		c.print(plainText(data.SheetText(sheet, now, screen)))
		return nil
	})
}
