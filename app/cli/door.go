package cli

import (
	"errors"
	"slices"
	"strings"
	"time"

	"rapport/data"
	"rapport/data/codec"
	"rapport/data/store"
	"rapport/sync"
)

func doorAddVerb() *verb {
	return &verb{
		name: "door add", args: "NAME REACH", does: "Keep a way in which customers can reach you",
		more: `REACH is an address, a number or a link. Without -account the door is open to all.

  rapport door add "Support desk" "+44 20 7946 0000" -hours "Mon to Fri 08:00 to 18:00" -owner Priya`,
		least: 2, most: 2, flags: []flag{
			{name: "account", value: "ACCOUNT", does: "the only account that it is for"},
			{name: "channel", value: "CHANNEL", does: "mail, phone, portal, chat, visit"},
			{name: "hours", value: "WORDS", does: "when it is open"},
			{name: "owner", value: "NAME", does: "who answers"},
			{name: "backup", value: "NAME", does: "who answers when the owner is away"},
			{name: "minutes", value: "N", does: "within how many minutes you mean to answer"},
			jsonFlag,
		}, run: runDoorAdd,
	}
}

func doorListVerb() *verb {
	return &verb{
		name: "door list", args: "[ACCOUNT]", does: "List the ways in which customers can reach you",
		more: "With ACCOUNT those that are open to it.", most: 1, flags: []flag{allFlag, jsonFlag}, run: runDoorList,
	}
}

func cardVerb() *verb {
	return &verb{
		name: "card", args: "[ACCOUNT] -o FILE", does: "Write a card that says how you can be reached, to send to a customer",
		more: "A FILE that ends in .html is a page to read or print, any other a vCard.",
		most: 1, flags: []flag{{name: "o", value: "FILE", does: "the new file, .vcf or .html, or - for a vCard on standard output"}}, run: runCard,
	}
}

type doorJSON struct {
	partJSON
	Name     string `json:"name"`
	Channel  string `json:"channel"`
	Reach    string `json:"reach"`
	Hours    string `json:"hours"`
	Owner    string `json:"owner"`
	Backup   string `json:"backup"`
	Promised int    `json:"promisedMinutes"`
	Took     int    `json:"tookMinutes"`
	Knocked  string `json:"knocked"`
	Closed   string `json:"closed"`
}

func doorOf(n names, p data.Door) doorJSON {
	return doorJSON{
		partJSON: n.part(p.Belongs), Name: p.Name, Channel: p.Channel, Reach: p.Reach, Hours: p.Hours, Owner: p.Owner, Backup: p.Backup,
		Promised: p.Promised, Took: p.Took, Knocked: p.Knocked, Closed: p.Closed,
	}
}

func runDoorAdd(c *call) error {
	return c.readNames(func(db *store.DB, known names, _ time.Time) error {
		p := data.Door{
			Name: strings.TrimSpace(c.args[0]), Reach: strings.TrimSpace(c.args[1]), Channel: strings.TrimSpace(c.text("channel")),
			Hours: strings.TrimSpace(c.text("hours")), Owner: strings.TrimSpace(c.text("owner")), Backup: strings.TrimSpace(c.text("backup")),
		}
		var err error
		if p.Promised, err = c.number("minutes"); err != nil {
			return err
		}
		if c.has("account") {
			a, err := known.account(c.text("account"))
			if err != nil {
				return err
			}
			p.Account = a.ID
		}
		return keepPart(c, db, p.Name+" is open", p, func(p data.Door) any { return doorOf(known, p) })
	})
}

// doors are those that are open to an account, or all where none is named.
func (c *call) doors(db *store.DB, known names) ([]data.Door, error) {
	list, err := store.Parts[data.Door](c.ctx, db, store.PartQuery{Open: !c.on("all")})
	if err != nil || len(c.args) == 0 {
		return list, err
	}
	a, err := known.account(c.args[0])
	return slices.DeleteFunc(list, func(d data.Door) bool { return d.Account != "" && d.Account != a.ID }), err
}

func runDoorList(c *call) error {
	return c.readNames(func(db *store.DB, known names, _ time.Time) error {
		list, err := c.doors(db, known)
		if err != nil {
			return err
		}
		if c.on("json") {
			return writeArray(c.out, each(list, func(d data.Door) doorJSON { return doorOf(known, d) }))
		}
		if len(list) == 0 {
			c.note("there is no door yet; add one with rapport door add")
			return nil
		}
		rows := make([][]string, len(list))
		for i, d := range list {
			rows[i] = []string{d.Name, d.Reach, d.Hours, d.Owner, known.byID()[d.Account]}
		}
		return table(c.out, []column{{head: "DOOR", most: 24}, {head: "REACH", rest: true}, {head: "HOURS", most: 28}, {head: "WHO", most: 16}, {head: "FOR", most: 20}}, rows)
	})
}

func runCard(c *call) error {
	if c.text("o") == "" {
		return misuse(c.verb, "say where to write it with -o")
	}
	return c.readNames(func(db *store.DB, known names, _ time.Time) error {
		doors, err := c.doors(db, known)
		if err != nil {
			return err
		}
		if len(c.args) == 0 {
			doors = slices.DeleteFunc(doors, func(d data.Door) bool { return d.Account != "" })
		}
		if len(doors) == 0 {
			return errors.New("there is no door to put on a card; add one with rapport door add")
		}
		card := codec.DoorCard{Doors: doors}
		if card.Name, err = db.Setting(c.ctx, store.SettingUserName); err != nil {
			return err
		}
		if card.Name == "" {
			card.Name = doors[0].Name
		}
		boxes, err := db.Mailboxes(c.ctx)
		if err != nil {
			return err
		}
		if len(boxes) > 0 {
			card.Email = boxes[0].Address
		}
		raw := codec.WriteDoorCard(card)
		if strings.HasSuffix(strings.ToLower(c.text("o")), ".html") {
			raw = codec.WriteDoorPage(card)
		}
		if c.text("o") == "-" {
			c.print(string(raw))
			return nil
		}
		if err := sync.WriteNew(c.text("o"), raw); err != nil {
			return err
		}
		c.printf("card with %s written to %s\n", data.Counted(len(doors), "door", "doors"), c.text("o"))
		return nil
	})
}
