package cli

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"rapport/data"
	"rapport/data/store"
)

func messageVerb() *verb {
	return &verb{
		name: "message", args: "ID", does: "Show one message with its text",
		more:  "ID is the message's ID or its beginning, as messages lists it, or its Message-ID: of\nseveral that share it, the newest.",
		least: 1, most: 1, flags: []flag{zoneFlag, jsonFlag}, run: runMessage,
	}
}

func runMessage(c *call) error {
	return c.read(func(db *store.DB) error {
		filed, err := c.filing(db)
		if err != nil {
			return err
		}
		m, err := c.message(db, strings.Trim(strings.TrimSpace(c.args[0]), "<>"))
		if err != nil {
			return err
		}
		if c.on("json") {
			return writeJSON(c.out, filed.message(m))
		}
		zone, err := c.zone(db)
		if err != nil {
			return err
		}
		c.writeMessage(filed, m, zone)
		return nil
	})
}

// hexBeginning is what may be the beginning of an ID.
var hexBeginning = regexp.MustCompile(`^[0-9a-f]{6,64}$`)

// message finds a message by its ID, its Message-ID or the beginning of its ID.
func (c *call) message(db *store.DB, ref string) (data.MessageRow, error) {
	m, err := db.Message(c.ctx, ref)
	if !errors.Is(err, data.ErrNotFound) || !hexBeginning.MatchString(ref) {
		return m, err
	}
	const shown = 5
	ids, idsErr := db.MessageIDs(c.ctx, ref, shown)
	switch {
	case idsErr != nil:
		return m, idsErr
	case len(ids) == 0:
		return m, err
	case len(ids) > 1:
		return m, &data.Ambiguous{Ref: ref, Candidates: ids}
	}
	return db.Message(c.ctx, ids[0])
}

func (c *call) writeMessage(f filing, m data.MessageRow, zone *time.Location) {
	head := func(name, value string) {
		if value != "" {
			c.printf("%-9s %s\n", name, strings.Join(strings.Fields(plainText(value)), " "))
		}
	}
	head("Subject", m.Subject)
	head("From", addresses(m.From))
	head("To", addresses(m.To))
	head("Cc", addresses(m.Cc))
	head("Date", m.Date.In(zone).Format("Mon 2 Jan 2006 15:04 -0700"))
	head("Account", f.accounts[m.Account])
	head("Because", m.Reason)
	for _, l := range m.Locations {
		head("In", fmt.Sprintf("%s, %s, UID %d", f.mailboxes[l.Mailbox], l.Folder, l.UID))
	}
	for _, a := range m.Attached {
		head("Attached", fmt.Sprintf("%s, %s, %s", a.Name, a.Type, sizeOf(a.Size)))
	}
	for _, o := range m.Odd {
		head("Odd", o)
	}
	c.printf("\n%s\n", strings.TrimRight(plainText(m.Text), "\n"))
	if m.TextCut {
		c.print("…\n")
	}
}

// addresses are people with their addresses, as a mail's header has them.
func addresses(list []data.Address) string {
	var out []string
	for _, a := range list {
		s := a.Email
		if a.Name != "" {
			s = a.Name + " <" + a.Email + ">"
		}
		out = append(out, s)
	}
	return strings.Join(out, ", ")
}

// sizeOf is a number of bytes in the unit that fits.
func sizeOf(n int64) string {
	size, units := float64(n), []string{"bytes", "kB", "MB", "GB", "TB"}
	for len(units) > 1 && size >= 1000 {
		size, units = size/1000, units[1:]
	}
	if size < 10 && units[0] != "bytes" {
		return fmt.Sprintf("%.1f %s", size, units[0])
	}
	return fmt.Sprintf("%.0f %s", size, units[0])
}
