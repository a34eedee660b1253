package cli

import (
	"rapport/data"
	"rapport/data/store"
	"rapport/sync/space"
)

func bundleExportVerb() *verb {
	return &verb{
		name: "bundle export", args: "SPACE", does: "Write what this laptop has of a space to one file",
		more: `For those who see no folder with you: send the file by mail or carry it on a stick.
It is sealed as in the folder. -since leaves out what is in a bundle of theirs.

  rapport bundle export "Kestrel and us" -o for-anna.bundle`,
		least: 1, most: 1,
		flags: []flag{{name: "o", value: "FILE", does: "where the bundle is written"}, {name: "since", value: "BUNDLE", does: "leave out what is in this one"}},
		run:   runBundleExport,
	}
}

func bundleImportVerb() *verb {
	return &verb{
		name: "bundle import", args: "SPACE FILE", does: "Take in what a bundle holds of a space",
		more: "  rapport bundle import \"Kestrel and us\" from-anna.bundle", least: 2, most: 2, flags: []flag{jsonFlag}, run: runBundleImport,
	}
}

func runBundleExport(c *call) error {
	if c.text("o") == "" {
		return misuse(c.verb, "say where the bundle is written, with -o FILE")
	}
	return c.spaces(true, func(db *store.DB, all *space.Spaces) error {
		s, err := c.theSpace(db, c.args[0])
		if err != nil {
			return err
		}
		n, err := all.ExportBundle(c.ctx, s.ID, c.text("o"), c.text("since"))
		if err != nil {
			return err
		}
		c.printf("%s holds %s of %s\n", c.text("o"), data.Counted(n.Pieces, "piece", "pieces"), s.Name)
		return nil
	})
}

func runBundleImport(c *call) error {
	return c.spaces(true, func(db *store.DB, all *space.Spaces) error {
		s, err := c.theSpace(db, c.args[0])
		if err != nil {
			return err
		}
		r, err := all.ImportBundle(c.ctx, s.ID, c.args[1])
		if err != nil {
			return err
		}
		if c.on("json") {
			return writeJSON(c.out, exchangedOf(s, r))
		}
		c.writeExchanged(exchangedOf(s, r))
		return nil
	})
}
