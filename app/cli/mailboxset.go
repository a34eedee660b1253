package cli

import (
	"fmt"
	"strings"

	"rapport/data"
	"rapport/data/store"
	"rapport/data/text"
	"rapport/sync"
)

// choiceFlags say what of a mailbox is read.
var choiceFlags = []flag{
	{name: "since", value: "SPAN", does: "how far back: 12mo (the default), 2y, 2025-01, or all"},
	{name: "folder", value: "F", does: "read this folder or label only, as the server spells it", many: true},
	{name: "leave-out", value: "F", does: "never read this folder or label, nor what lies in it", many: true},
	{name: "max-size", value: "SIZE", does: "of a mail above it only the beginning is read: 25MB (the default)"},
	{name: "share", value: "RULE", does: "what colleagues may see: nothing (the default), contact, subject or text"},
}

// choose changes a mailbox as the flags say; what they do not name stays.
func (c *call) choose(m data.Mailbox) (data.Mailbox, error) {
	if c.has("since") {
		s, err := data.ParseSpan(c.text("since"))
		if err != nil {
			return m, misuse(c.verb, "flag -since %s", saysOf(err))
		}
		m = m.Reaching(s)
	}
	if c.has("max-size") {
		n, err := data.ParseSize(c.text("max-size"))
		if err != nil {
			return m, misuse(c.verb, "flag -max-size %s", saysOf(err))
		}
		m.MaxSize = n
	}
	if c.has("share") {
		m.Share = data.Share(strings.ToLower(c.text("share")))
		if err := m.Share.Check(); err != nil {
			return m, misuse(c.verb, "flag -share: %s", saysOf(err))
		}
	}
	if c.has("folder") {
		m.Folders = c.values["folder"]
	}
	if c.has("leave-out") {
		m.LeaveOut = c.values["leave-out"]
	}
	return m, nil
}

// saysOf are the words of what cannot be used, without its field.
func saysOf(err error) string {
	if bad, ok := err.(*data.Invalid); ok {
		return bad.Says
	}
	return err.Error()
}

func mailboxSetVerb() *verb {
	return &verb{
		name: "mailbox set", args: "ADDRESS", does: "Choose what of a mailbox is read, and what may be shared",
		more: `What no flag names stays as it is. Reading more is done by the next rapport sync.
Where less is read than before, say whether the mails that are here already stay
(-keep) or go (-forget); the server keeps them. rapport undo goes back, and what
was forgotten is then read again.

-share is the rule for mail of accounts that you share with a team. Where it tells
less than before, what was told is taken back with the next exchange.

  rapport mailbox set maya@larkfield.example -since 2025-01 -leave-out Private`,
		least: 1, most: 1,
		flags: append(append([]flag{}, choiceFlags...),
			flag{name: "all-folders", does: "take back -folder and -leave-out: let Rapport choose"},
			flag{name: "keep", does: "keep mails that are here and that are no longer read"},
			flag{name: "forget", does: "forget mails that are here and that are no longer read"},
			jsonFlag),
		run: runMailboxSet,
	}
}

// theMailbox is a mailbox of the workspace by ID or address.
func (c *call) theMailbox(db *store.DB, ref string) (data.Mailbox, error) {
	boxes, err := db.Mailboxes(c.ctx)
	if err != nil {
		return data.Mailbox{}, err
	}
	for _, m := range boxes {
		if m.ID == ref || m.Address == ref || m.Address == text.NormalAddress(ref) {
			return m, nil
		}
	}
	return data.Mailbox{}, fmt.Errorf("mailbox %s: %w", ref, data.ErrNotFound)
}

func runMailboxSet(c *call) error {
	if c.on("keep") && c.on("forget") {
		return misuse(c.verb, "mails stay or go; leave out -keep or -forget")
	}
	return c.read(func(db *store.DB) error {
		before, err := c.theMailbox(db, c.args[0])
		if err != nil {
			return err
		}
		m := before
		if c.on("all-folders") {
			m.Folders, m.LeaveOut = nil, nil
		}
		if m, err = c.choose(m); err != nil {
			return err
		}
		o, err := c.newlyOutside(db, before, m)
		if err != nil {
			return err
		}
		if o.N() > 0 && !c.on("keep") && !c.on("forget") {
			return fmt.Errorf("%s would not be read any more, and %s here; say -keep or -forget. Nothing was changed",
				o.Words(c.now()), map[bool]string{true: "is", false: "are"}[o.N() == 1])
		}
		if m, err = c.putChoice(db, m); err != nil {
			return err
		}
		if c.on("json") {
			return writeJSON(c.out, mailboxOf(m, data.Status{}))
		}
		return nil
	})
}

// newlyOutside are the mails that are here and that only the new choice does not
// read.
func (c *call) newlyOutside(db *store.DB, before, m data.Mailbox) (data.Outside, error) {
	was, err := db.Outside(c.ctx, before)
	if err != nil {
		return was, err
	}
	o, err := db.Outside(c.ctx, m)
	if o.N() <= was.N() {
		return data.Outside{}, err
	}
	return o, err
}

func (c *call) putChoice(db *store.DB, m data.Mailbox) (data.Mailbox, error) {
	_, n, err := sync.ChooseMailbox(c.ctx, db, m, c.on("forget"))
	if err != nil || c.on("json") {
		return m, err
	}
	c.printf("%s is read %s", m.Address, m.Span().Words(c.now()))
	if len(m.Folders) > 0 {
		c.printf(", of %s", data.JoinAnd(m.Folders))
	}
	if len(m.LeaveOut) > 0 {
		c.printf(", without %s", data.JoinAnd(m.LeaveOut))
	}
	c.printf("; shared is %s\n", m.Share.Words())
	if c.on("forget") {
		c.printf("%s forgotten; rapport undo has them read again\n", data.Counted(n, "mail", "mails"))
	}
	return m, nil
}
