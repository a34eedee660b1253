package cli

import (
	"slices"
	"strings"

	"rapport/data"
	"rapport/data/store"
)

func logVerb() *verb {
	return &verb{
		name: "log", args: "call|visit|note ACCOUNT -at TIME TEXT", does: "Log a call, a visit or a note with its true date",
		more: `TIME is a moment like 2026-11-17T10:30:00+01:00 or a date; TEXT is one argument.

  rapport log call "Kestrel Museums" -at 2026-11-12T15:05 -with "Piotr Malik" \
      -minutes 14 "Reset the dimmers in Hall 2"`,
		least: 3, most: 3,
		flags: []flag{
			{name: "at", value: "TIME", does: "when it happened"},
			{name: "with", value: "CONTACT", does: "who took part", many: true},
			{name: "minutes", value: "N", does: "how long it took"},
			anywayFlag, zoneFlag, jsonFlag,
		},
		run: runLog,
	}
}

func runLog(c *call) error {
	kind := data.Kind(strings.ToLower(c.args[0]))
	if !slices.Contains(data.Logged, kind) {
		return misuse(c.verb, "%q cannot be logged; use call, visit or note", c.args[0])
	}
	if !c.has("at") {
		return misuse(c.verb, "say when it happened with -at")
	}
	minutes, err := c.number("minutes")
	if err != nil {
		return err
	}
	return c.read(func(db *store.DB) error {
		now, err := c.clock(db)
		if err != nil {
			return err
		}
		e := data.Entry{Kind: kind, Minutes: minutes, Text: c.args[2]}
		if e.At, err = c.when("at", now.Location()); err != nil {
			return err
		}
		a, err := c.logged(db, &e)
		if err != nil {
			return err
		}
		with := e.With
		if kind == data.Note {
			with = nil // a note touches nobody
		}
		against, err := c.heed(db, data.PlannedTouch{Channel: data.ChannelOf(kind), At: e.At, Text: e.Text}, with)
		if err != nil {
			return err
		}
		if _, err := db.Write(c.ctx, "Logged a "+string(kind)+" with "+a.Name, func(tx *store.Tx) (err error) {
			if e, err = tx.AddEntry(e, c.now()); err != nil {
				return err
			}
			return tx.PutBreaches(data.BreachesOf(against, now, "", c.text("anyway"), e.ID))
		}); err != nil {
			return err
		}
		if c.on("json") {
			found, err := db.Interaction(c.ctx, e.ID)
			if err != nil {
				return err
			}
			return writeJSON(c.out, interactionOf(found.Interaction, now))
		}
		c.printf("%s with %s logged for %s\n", kind, a.Name, e.At.In(now.Location()).Format("Mon 2 Jan 2006 15:04"))
		return nil
	})
}

// logged fills in whom the entry names, and by whom it is.
func (c *call) logged(db *store.DB, e *data.Entry) (data.Account, error) {
	known, err := c.names(db)
	if err != nil {
		return data.Account{}, err
	}
	a, err := known.account(c.args[1])
	if err != nil {
		return a, err
	}
	e.Account = a.ID
	for _, ref := range c.values["with"] {
		person, err := known.contactOf(a, ref)
		if err != nil {
			return a, err
		}
		e.With = append(e.With, person.ID)
	}
	e.By, err = db.Setting(c.ctx, store.SettingUserName)
	return a, err
}
