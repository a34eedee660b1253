package cli

import (
	"fmt"
	"strings"

	"rapport/data"
	"rapport/data/store"
)

func mailboxPreviewVerb() *verb {
	return &verb{
		name: "mailbox preview-share", args: "ADDRESS", does: "Show what a colleague would see of your newest mails",
		more: `It takes the newest mails of the mailbox that are on a timeline, and shows of each
what would leave this laptop under its rule, or under the one that -share names,
field by field: that and nothing else. It sends nothing; what the members of a
space see of it today is shown by rapport space preview.`,
		least: 1, most: 1,
		flags: []flag{{name: "share", value: "RULE", does: "the rule to try: nothing, contact, subject or text"}, {name: "limit", value: "N", does: "of so many mails (else 3)"}, jsonFlag},
		run:   runPreviewShare,
	}
}

type previewJSON struct {
	Rule   string       `json:"rule"`
	Leaves bool         `json:"leaves"`
	Shared *data.Shared `json:"shared"`
}

func runPreviewShare(c *call) error {
	limit, err := c.number("limit")
	if err != nil {
		return err
	}
	if limit == 0 {
		limit = 3
	}
	rule := data.Share(strings.ToLower(c.text("share")))
	if err := rule.Check(); err != nil {
		return misuse(c.verb, "flag -share: %s", saysOf(err))
	}
	return c.read(func(db *store.DB) error {
		m, err := c.theMailbox(db, c.args[0])
		if err != nil {
			return err
		}
		list, err := db.ShareInputs(c.ctx, m.ID, limit)
		if err != nil {
			return err
		}
		var previews []previewJSON
		for _, in := range list {
			if rule != "" {
				in.Mailboxes = []data.Share{rule}
			}
			p := previewJSON{Rule: string(in.Rule())}
			if s, leaves := data.Leaves(in); leaves {
				p.Leaves, p.Shared = true, &s
			}
			previews = append(previews, p)
			if !c.on("json") {
				c.writePreview(in, p)
			}
		}
		if c.on("json") {
			return writeArray(c.out, asTheyAre(previews))
		}
		if len(list) == 0 {
			c.note("no mail of %s is on a timeline yet", m.Address)
		}
		return nil
	})
}

// writePreview shows what of a mail leaves; its own line is what you see.
func (c *call) writePreview(in data.ShareInput, p previewJSON) {
	c.printf("You see: %s\n", plainText(in.Mail.Subject))
	if !p.Leaves {
		c.print("  A colleague sees nothing of it.\n\n")
		return
	}
	for _, f := range data.SharedFields(*p.Shared, c.now()) {
		c.print(wrapped(f.Name+": "+f.Value, "  ", "    "))
	}
	c.print("\n")
}

func shareListVerb() *verb {
	return &verb{
		name: "share list", does: "List what may be shared of each mailbox, contact and conversation",
		more:  "These rules hold for mail of accounts that are shared with a team.",
		flags: []flag{jsonFlag}, run: runShareList,
	}
}

type shareJSON struct {
	Kind  string `json:"kind"`
	ID    string `json:"id"`
	Name  string `json:"name"`
	Share string `json:"share"`
}

func runShareList(c *call) error {
	return c.read(func(db *store.DB) error {
		rules, err := c.shares(db)
		if err != nil {
			return err
		}
		if c.on("json") {
			return writeArray(c.out, asTheyAre(rules))
		}
		rows := make([][]string, len(rules))
		for i, r := range rules {
			rows[i] = []string{r.Kind, r.Name, r.Share, data.Share(r.Share).Words()}
		}
		return table(c.out, []column{{head: "OF"}, {head: "NAME", most: 44}, {head: "RULE"}, {head: "SHARES", rest: true}}, rows)
	})
}

func (c *call) shares(db *store.DB) ([]shareJSON, error) {
	boxes, err := db.Mailboxes(c.ctx)
	if err != nil {
		return nil, err
	}
	var list []shareJSON
	for _, m := range boxes {
		list = append(list, shareJSON{Kind: "mailbox", ID: m.ID, Name: m.Address, Share: string(data.Strictest(m.Share))})
	}
	exceptions, err := db.ShareExceptions(c.ctx)
	if err != nil {
		return nil, err
	}
	for _, e := range exceptions {
		j := shareJSON{Kind: "conversation", ID: e.Conversation, Name: e.Conversation, Share: string(e.Share)}
		if e.Contact != "" {
			j.Kind, j.ID, j.Name = "contact", e.Contact, e.Contact
			if contact, err := db.Contact(c.ctx, e.Contact); err == nil {
				j.Name = contact.Name
			}
		}
		list = append(list, j)
	}
	return list, nil
}

func shareSetVerb() *verb {
	return &verb{
		name: "share set", args: "contact|conversation REF RULE", does: "Share more or less of one contact or conversation",
		more: `RULE is nothing, contact (who and when), subject, text, or default for the mailbox's.
REF is a contact's name or ID, or the ID of a mail of the conversation. Nothing is the
last word: what a private contact takes part in is never shared. Of several rules
the strictest holds. rapport undo takes it back.

  rapport share set contact "Priya Rao" nothing`,
		least: 3, most: 3, run: runShareSet,
	}
}

func runShareSet(c *call) error {
	kind, rule := strings.ToLower(c.args[0]), data.Share(strings.ToLower(c.args[2]))
	if rule == "default" {
		rule = ""
	} else if err := rule.Check(); err != nil || rule == "" {
		return misuse(c.verb, "%q is not a rule; use nothing, contact, subject, text or default", c.args[2])
	}
	if kind != "contact" && kind != "conversation" {
		return misuse(c.verb, "%q has no rule of its own; use contact or conversation", c.args[0])
	}
	return c.read(func(db *store.DB) error {
		e, name, err := c.shareOf(db, kind, c.args[1])
		if err != nil {
			return err
		}
		e.Share = rule
		words := rule.Words()
		if rule == "" {
			words = "what the mailbox's rule says"
		}
		label := fmt.Sprintf("Of %s is shared: %s", name, words)
		if _, err := db.Write(c.ctx, label, func(tx *store.Tx) error { return tx.PutShareException(e) }); err != nil {
			return err
		}
		c.printf("%s; rapport undo takes it back\n", plainText(label))
		return nil
	})
}

// shareOf is the exception for a contact or a conversation, and what it is
// called.
func (c *call) shareOf(db *store.DB, kind, ref string) (store.ShareException, string, error) {
	if kind == "conversation" {
		d, err := c.mailEntry(db, ref)
		return store.ShareException{Conversation: d.Thread}, "the conversation " + d.Subject, err
	}
	known, err := c.names(db)
	if err != nil {
		return store.ShareException{}, "", err
	}
	for _, p := range known.contacts {
		if p.ID == ref {
			return store.ShareException{Contact: p.ID}, p.Name, nil
		}
	}
	p, err := known.contactOf(data.Account{}, ref)
	return store.ShareException{Contact: p.ID}, p.Name, err
}
