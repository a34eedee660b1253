package cli

import (
	"errors"
	"io"
	"strings"

	"rapport/data"
	"rapport/data/store"
	"rapport/sync"
)

// draftFlags say what a draft says and where it goes.
var draftFlags = []flag{
	{name: "cc", value: "WHO", does: "who gets a copy: an address, or a contact's name", many: true},
	{name: "body", value: "TEXT", does: "the text (else it is read from standard input)"},
	{name: "mailbox", value: "ADDRESS", does: "from which of your mailboxes (else the one that fits)"},
	{name: "yes", does: "put this one into the mailbox's Drafts folder"},
	{name: "mailto", does: "print a link that opens it in your mail program, in place of the Drafts folder"},
	{name: "o", value: "FILE", does: "write it to a new .eml file, or - for standard output, in place of the Drafts folder"},
	anywayFlag, zoneFlag, jsonFlag,
}

const draftMore = `
Nothing is sent: the draft comes to lie in the Drafts folder of your mailbox, and you
send it from your mail program. The first time say -yes, or rapport draft allow for
good. Offline it waits, and leaves with the next rapport sync or open window.`

func draftReplyVerb() *verb {
	return &verb{
		name: "draft reply", args: "MESSAGE", does: "Answer a mail: put a draft into your Drafts folder",
		more: `MESSAGE is a message's ID or its beginning, as messages lists it, or its Message-ID.
The answered mail is quoted below the text.` + draftMore + `

  echo "Tuesday suits us." | rapport draft reply 3f2a91c04d77 -yes`,
		least: 1, most: 1,
		flags: append([]flag{
			{name: "all", does: "answer everybody who got the mail"},
			{name: "no-quote", does: "leave the answered mail out"},
		}, draftFlags...),
		run: runDraftReply,
	}
}

func draftNewVerb() *verb {
	return &verb{
		name: "draft new", args: "-to WHO", does: "Write a mail: put a draft into your Drafts folder",
		more: strings.TrimSpace(draftMore) + `

  rapport draft new -to "Anna Kessler" -subject "Night test" -body "Tuesday suits us." -yes`,
		flags: append([]flag{
			{name: "to", value: "WHO", does: "to whom: an address, or a contact's name", many: true},
			{name: "account", value: "ACCOUNT", does: "the account whose people the names mean"},
			{name: "subject", value: "WORDS", does: "the subject"},
		}, draftFlags...),
		run: runDraftNew,
	}
}

func runDraftReply(c *call) error {
	return c.read(func(db *store.DB) error {
		m, err := c.message(db, strings.Trim(strings.TrimSpace(c.args[0]), "<>"))
		if err != nil {
			return err
		}
		a, err := db.Answer(c.ctx, m, c.text("mailbox"))
		if err != nil {
			return err
		}
		if a.Zone, err = c.zone(db); err != nil {
			return err
		}
		a.All, a.NoQuote = c.on("all"), c.on("no-quote")
		d, err := data.Reply(m.Message, a)
		if err != nil {
			return err
		}
		known, err := c.names(db)
		if err != nil {
			return err
		}
		cc, err := c.recipients("cc", known, "")
		if err != nil {
			return err
		}
		d.Cc = append(d.Cc, cc...)
		return c.letGo(db, d.Tidy())
	})
}

func runDraftNew(c *call) error {
	if !c.has("to") {
		return misuse(c.verb, "say to whom it goes with -to")
	}
	return c.read(func(db *store.DB) error {
		known, err := c.names(db)
		if err != nil {
			return err
		}
		account := ""
		if c.has("account") {
			a, err := known.account(c.text("account"))
			if err != nil {
				return err
			}
			account = a.ID
		}
		a, err := db.Answer(c.ctx, data.MessageRow{}, c.text("mailbox"))
		if err != nil {
			return err
		}
		d := data.Draft{Mailbox: a.Mailbox, From: a.From, Subject: c.text("subject")}
		if d.To, err = c.recipients("to", known, account); err != nil {
			return err
		}
		if d.Cc, err = c.recipients("cc", known, account); err != nil {
			return err
		}
		return c.letGo(db, d.Tidy())
	})
}

// recipients reads a flag that names people; names mean those of the account
// first.
func (c *call) recipients(flag string, known names, account string) (list []data.Address, err error) {
	own := known.contacts
	if account != "" {
		own = nil
		for _, p := range known.contacts {
			if p.AccountID == account {
				own = append(own, p)
			}
		}
	}
	for _, who := range c.values[flag] {
		found, err := data.Recipients(who, own, known.accounts)
		if errors.Is(err, data.ErrNotFound) && account != "" {
			found, err = data.Recipients(who, known.contacts, known.accounts)
		}
		if err != nil {
			return nil, err
		}
		list = append(list, found...)
	}
	return list, nil
}

// letGo reads the text and gives the draft to where the flags say.
func (c *call) letGo(db *store.DB, d data.Draft) error {
	if c.on("mailto") && c.has("o") {
		return misuse(c.verb, "flags -mailto and -o exclude each other")
	}
	if !c.on("mailto") && !c.has("o") {
		if err := c.mayPut(db, d); err != nil {
			return err
		}
	}
	facts, err := db.DraftFacts(c.ctx, d)
	if err != nil {
		return err
	}
	if err := data.RefuseAutomated(d, facts); err != nil {
		return err
	}
	if d.Text, err = c.draftText(); err != nil {
		return err
	}
	if err := d.Check(); err != nil {
		return err
	}
	now, err := c.clock(db)
	if err != nil {
		return err
	}
	against := data.DraftAgainst(d, facts, now)
	if err := c.refuse(against); err != nil {
		return err
	}
	facts.Wishes = nil // told, and answered with -anyway
	broken := data.BreachesOf(against, now, "", c.text("anyway"), "")
	if c.on("mailto") {
		return c.link(db, d, facts, broken)
	}
	if c.has("o") {
		return c.file(db, d, facts, broken)
	}
	return c.putDraft(db, d, facts, broken)
}

// mayPut asks for a yes before anything is written to a server.
func (c *call) mayPut(db *store.DB, d data.Draft) error {
	if d.Mailbox == "" {
		return misuse(c.verb, "there is no mailbox with a server to put a draft into; use -mailto or -o")
	}
	allowed, err := db.DraftsAllowed(c.ctx, d.Mailbox)
	if err == nil && !allowed && !c.on("yes") {
		err = misuse(c.verb, "Rapport may not put drafts into the Drafts folder of %s yet; say -yes for this one, or rapport draft allow %s for all",
			d.From.Email, d.From.Email)
	}
	return err
}

// draftText is what the person writes: the flag's, else all of standard input.
func (c *call) draftText() (string, error) {
	if c.has("body") {
		return c.text("body"), nil
	}
	in, err := io.ReadAll(io.LimitReader(c.in, 1<<20))
	return strings.TrimRight(strings.ReplaceAll(string(in), "\r\n", "\n"), " \t\n"), err
}

// warn tells what a person may want to know about the draft.
func (c *call) warn(d data.Draft, f data.DraftFacts) []string {
	list := data.DraftWarnings(d, f, c.now())
	for _, w := range list {
		c.note("%s", w)
	}
	return list
}

func (c *call) putDraft(db *store.DB, d data.Draft, f data.DraftFacts, broken []data.Breach) error {
	_, err := db.Write(c.ctx, "Draft to "+d.ToWords()+" put into Drafts", func(tx *store.Tx) (err error) {
		if d, err = tx.PutDraft(d); err != nil {
			return err
		}
		if err := tx.PutBreaches(broken); err != nil {
			return err
		}
		if c.beside != nil {
			if err := c.beside(tx, d); err != nil {
				return err
			}
		}
		return tx.QueueDraft(d.ID, c.on("yes"), tx.Now())
	})
	if err != nil {
		return err
	}
	keys, err := sync.Keys(c.ctx, db)
	if err != nil {
		return err
	}
	if err := sync.New(db, keys, sync.Options{Now: c.now}).Send(c.ctx); err != nil {
		return err
	}
	if d, err = db.Draft(c.ctx, d.ID); err != nil {
		return err
	}
	warnings := c.warn(d, f)
	if c.on("json") {
		if err := writeJSON(c.out, draftOf(d, warnings)); err != nil {
			return err
		}
	} else if d.State() != data.DraftWait {
		c.printf("draft to %s lies in %s of %s; send it from your mail program\n", d.ToWords(), d.Folder, d.From.Email)
	} else {
		c.printf("draft to %s waits to leave; rapport sync tries again\n", d.ToWords())
	}
	if d.State() == data.DraftWait {
		if d.Problem != "" {
			c.note("%s", d.Problem)
		}
		return exitCode(exitPartly)
	}
	return nil
}

// handOver keeps the draft as one that goes on in the person's mail program, and
// what it goes against.
func (c *call) handOver(db *store.DB, d data.Draft, broken []data.Breach) (data.Draft, error) {
	_, err := db.Write(c.ctx, "", func(tx *store.Tx) (err error) {
		if d, err = tx.PutDraft(d); err != nil {
			return err
		}
		if err := tx.PutBreaches(broken); err != nil {
			return err
		}
		if c.beside != nil {
			if err := c.beside(tx, d); err != nil {
				return err
			}
		}
		return tx.HandOver(d.ID)
	})
	if err != nil {
		return d, err
	}
	return db.Draft(c.ctx, d.ID)
}

func (c *call) link(db *store.DB, d data.Draft, f data.DraftFacts, broken []data.Breach) error {
	link, whole := data.Mailto(d, data.MailtoMost)
	d, err := c.handOver(db, d, broken)
	if err != nil {
		return err
	}
	warnings := c.warn(d, f)
	if !whole {
		c.note("the text does not fit into a link and is cut; write it to a file with -o")
	}
	if c.on("json") {
		out := draftOf(d, warnings)
		out.Link = link
		return writeJSON(c.out, out)
	}
	c.printf("%s\n", link)
	return nil
}

// file writes the draft as a mail file that a mail program opens.
func (c *call) file(db *store.DB, d data.Draft, f data.DraftFacts, broken []data.Breach) error {
	if d.MessageID == "" {
		d.MessageID = data.MessageIDFor(store.NewID(), d.From.Email)
	}
	raw, err := sync.WriteDraft(d, c.now())
	if err != nil {
		return err
	}
	path := c.text("o")
	if path != "-" {
		if err := sync.WriteNew(path, raw); err != nil {
			return err
		}
	}
	if d, err = c.handOver(db, d, broken); err != nil {
		return err
	}
	warnings := c.warn(d, f)
	switch {
	case path == "-":
		c.print(string(raw))
	case c.on("json"):
		return writeJSON(c.out, draftOf(d, warnings))
	default:
		c.printf("draft to %s written to %s\n", d.ToWords(), path)
	}
	return nil
}
