package cli

import (
	"slices"
	"strings"

	"rapport/data/store"
	"rapport/sync"
)

func importVerb() *verb {
	return &verb{
		name: "import", args: "mbox|maildir|eml PATH", does: "Keep mail that lies in files, and print the ledger",
		more: `mbox is a file of many mails or a folder of such files, maildir a folder with cur and
new, eml a mail saved as a file or a folder of those. Nothing is changed there. What
is known already is kept once, so an import may be run again. Files do not say who
you are: without a mailbox of yours, name your addresses with -own.

  rapport import mbox ~/Takeout/All.mbox -mailbox "Old mail" -own maya@larkfield.example`,
		least: 2, most: 2,
		flags: []flag{
			{name: "mailbox", value: "NAME", does: "what to call it (else the file's or folder's name)"},
			{name: "own", value: "ADDRESS", does: "an address of yours: mail from it is mail you sent", many: true},
			jsonFlag,
		},
		run: runImport,
	}
}

func runImport(c *call) error {
	kinds := []string{"mbox", "maildir", "eml"}
	kind := strings.ToLower(c.args[0])
	if !slices.Contains(kinds, kind) {
		return misuse(c.verb, "%q cannot be imported; use mbox, maildir, eml, csv or vcard", c.args[0])
	}
	if c.has("mailbox") && strings.TrimSpace(c.text("mailbox")) == "" {
		return misuse(c.verb, "flag -mailbox needs a name")
	}
	own, err := sync.OwnAddresses(c.values["own"])
	if err != nil {
		return err
	}
	archive, err := sync.OpenArchive(kind, c.args[1], c.text("mailbox"))
	if err != nil {
		return err
	}
	return c.write(func(db *store.DB) error {
		if err := sync.AddOwnAddresses(c.ctx, db, own); err != nil {
			return err
		}
		shown := progressOn(c.errOut)
		lines, err := sync.Import(c.ctx, db, archive, sync.Options{Now: c.now, Report: shown.told})
		shown.end()
		if err != nil {
			return err
		}
		if err := c.noteNobodyOwn(db); err != nil {
			return err
		}
		if c.on("json") {
			return writeArray(c.out, each(lines, ledgerOf))
		}
		return writeLedger(c, lines)
	})
}

// noteNobodyOwn says what is missing where nobody is known as us.
func (c *call) noteNobodyOwn(db *store.DB) error {
	known, err := db.Known(c.ctx)
	if err == nil && len(known.Own)+len(known.OwnDomains) == 0 {
		c.note("Rapport does not know your addresses yet, so mail you sent counts as mail you got; import again with -own")
	}
	return err
}
