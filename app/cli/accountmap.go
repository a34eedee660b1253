package cli

import (
	"path/filepath"
	"strings"
	"time"

	"rapport/data"
	"rapport/data/chart"
	"rapport/data/codec"
	"rapport/data/store"
	"rapport/sync"
)

func accountMapVerb() *verb {
	return &verb{
		name: "account map", args: "ACCOUNT -o FILE", does: "Draw the people of an account: who can move what, and who is for us",
		more: `FILE ends in .svg or .png and must be new; - is an SVG on standard output. People are
placed with rapport stakeholder set, and lines come from rapport relation add.

  rapport account map kestrel.example -o kestrel.svg`,
		least: 1, most: 1, flags: []flag{{name: "o", value: "FILE", does: "the new .svg or .png file, or - for standard output"}, zoneFlag}, run: runAccountMap,
	}
}

func runAccountMap(c *call) error {
	path := c.text("o")
	kind := strings.ToLower(filepath.Ext(path))
	if path != "-" && kind != ".svg" && kind != ".png" {
		return misuse(c.verb, "say where to draw it with -o and a name that ends in .svg or .png")
	}
	return c.readNames(func(db *store.DB, known names, now time.Time) error {
		a, err := known.account(c.args[0])
		if err != nil {
			return err
		}
		in, err := db.WithoutInput(c.ctx, a.ID, now)
		if err != nil {
			return err
		}
		m := codec.PeopleChart(in, now)
		b, err := m.SVG()
		if kind == ".png" {
			b, err = m.PNG(chart.Sharp)
		}
		switch {
		case err != nil:
			return err
		case path == "-":
			c.print(string(b))
			return nil
		}
		if err := sync.WriteNew(path, b); err != nil {
			return err
		}
		c.printf("%s on the map of %s, written to %s\n", data.Counted(len(m.People), "person", "people"), a.Name, path)
		return nil
	})
}
