package cli

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"rapport/data"
	"rapport/data/store"
	"rapport/sync"
)

func messageVerb() *verb {
	return &verb{
		name: "message", args: "[show] ID", does: "Show one message with its text",
		more: `ID is the message's ID or its beginning, as messages lists it, or its Message-ID: of
several that share it, the newest.

-raw reads the mail again from a server that has it, or from the files it was imported
from, and prints it byte for byte. -whole does so for a mail of which only the beginning
was read, and keeps the rest of its text.`,
		least: 1, most: 2, flags: []flag{
			{name: "raw", does: "print the mail's source"}, {name: "whole", does: "read what is missing of a long mail, and keep it"}, zoneFlag, jsonFlag,
		}, run: runMessage,
	}
}

func runMessage(c *call) error {
	ref := c.args[len(c.args)-1]
	if len(c.args) == 2 && c.args[0] != "show" {
		return misuse(c.verb, "message shows one message, but got %q too", ref)
	}
	if c.on("raw") && (c.on("json") || c.on("whole")) {
		return misuse(c.verb, "-raw prints the source and nothing else")
	}
	return c.read(func(db *store.DB) error {
		filed, err := c.filing(db)
		if err != nil {
			return err
		}
		m, err := c.message(db, messageRef(ref))
		if err != nil {
			return err
		}
		if c.on("raw") {
			return c.writeSource(db, m)
		}
		if c.on("whole") && m.BeginsOnly() {
			if m, err = c.wholeMessage(db, m); err != nil {
				return err
			}
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

// messageRef is how a message was named, without the brackets of a Message-ID.
func messageRef(typed string) string { return strings.Trim(strings.TrimSpace(typed), "<>") }

// writeSource prints a mail byte for byte; on a terminal without what would
// command it.
func (c *call) writeSource(db *store.DB, m data.MessageRow) error {
	keys, err := sync.Keys(c.ctx, db)
	if err != nil {
		return err
	}
	shown := progressOn(c.errOut)
	raw, err := sync.Pull(c.ctx, db, keys, m, sync.PullOptions{Report: shown.pulled})
	shown.end()
	if err != nil {
		return err
	}
	if isTerminal(c.program.out) {
		raw = []byte(plainText(string(raw)))
	}
	_, err = c.out.Write(raw)
	return err
}

func (c *call) wholeMessage(db *store.DB, m data.MessageRow) (data.MessageRow, error) {
	keys, err := sync.Keys(c.ctx, db)
	if err != nil {
		return m, err
	}
	shown := progressOn(c.errOut)
	defer shown.end()
	return sync.Complete(c.ctx, db, keys, m, sync.PullOptions{Report: shown.pulled})
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
	head("Sealed", sealWords(m.Form))
	for _, o := range m.Odd {
		head("Odd", o)
	}
	words := m.Text
	if words == "" && m.Form.Encrypted != "" {
		words = data.EncryptedWords + "."
	}
	c.printf("\n%s\n", strings.TrimRight(plainText(words), "\n"))
	if m.TextCut {
		c.print("…\n")
	}
	if m.BeginsOnly() {
		c.note("only the beginning of this mail is kept; rapport message -whole reads the rest")
	}
}

// sealWords say how a mail is encrypted and signed.
func sealWords(t data.Form) string {
	var words []string
	if t.Encrypted != "" {
		words = append(words, "encrypted with "+t.Encrypted)
	}
	if t.Signed != "" {
		words = append(words, "signed with "+t.Signed+", not checked here")
	}
	return strings.Join(words, "; ")
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
