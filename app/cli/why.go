package cli

import (
	"strings"

	"rapport/data"
	"rapport/data/store"
)

func whyVerb() *verb {
	return &verb{
		name: "why", args: "MESSAGE_ID|WORDS", does: "Say why a mail is, or is not, where you look for it",
		more: `MESSAGE_ID is the mail's Message-ID, with angle brackets or without, or its ID or its
beginning as messages lists it. Of one that was never read it says how far each
mailbox was read, and what may be the reason; the exit code is then 1.

With -words it explains the newest mails, five at most, with these words in their
subject or text, or among their people; -json prints a list then.

  rapport why -words "anna budget"`,
		least: 1, most: 1, flags: []flag{{name: "words", does: "look by words in place of an ID"}, zoneFlag, jsonFlag}, run: runWhy,
	}
}

func runWhy(c *call) error {
	return c.read(func(db *store.DB) error {
		if c.on("words") {
			return c.whyWords(db)
		}
		facts, err := c.mailFacts(db, strings.Trim(strings.TrimSpace(c.args[0]), "<>"))
		if err != nil {
			return err
		}
		e := data.Why(facts)
		if c.on("json") {
			err = writeJSON(c.out, whyOf(facts, e))
		} else {
			c.writeWhy(e)
		}
		if err == nil && e.Where == data.NeverRead {
			return exitCode(exitFailed)
		}
		return err
	})
}

// whyWords explains the mails that have the words.
func (c *call) whyWords(db *store.DB) error {
	now, err := c.clock(db)
	if err != nil {
		return err
	}
	list, err := db.MailsAsked(c.ctx, messageRef(c.args[0]), now)
	if err != nil {
		return err
	}
	if c.on("json") {
		err = writeArray(c.out, each(list, func(f data.MailFacts) whyJSON { return whyOf(f, data.Why(f)) }))
	}
	read := false
	for i, f := range list {
		e := data.Why(f)
		read = read || e.Where != data.NeverRead
		if c.on("json") {
			continue
		}
		if i > 0 {
			c.print("\n")
		}
		if len(f.Found) > 0 {
			m := f.Found[0].Message
			c.printf("%s, %s: %s\n", data.ShortDate(m.Date.In(now.Location()), now), plainText(m.Sender().String()), plainText(m.Subject))
		}
		c.writeWhy(e)
	}
	if err == nil && !read {
		return exitCode(exitFailed)
	}
	return err
}

// mailFacts gathers what is known of the mail with an ID, a Message-ID or the
// beginning of an ID.
func (c *call) mailFacts(db *store.DB, ref string) (data.MailFacts, error) {
	now, err := c.clock(db)
	if err != nil {
		return data.MailFacts{}, err
	}
	facts, err := db.MailFacts(c.ctx, ref, now)
	if err != nil || len(facts.Found) > 0 || !hexBeginning.MatchString(ref) {
		return facts, err
	}
	const shown = 5
	switch ids, err := db.MessageIDs(c.ctx, ref, shown); {
	case err != nil || len(ids) == 0:
		return facts, err
	case len(ids) > 1:
		return facts, &data.Ambiguous{Ref: ref, Candidates: ids}
	default:
		return db.MailFacts(c.ctx, ids[0], now)
	}
}

func (c *call) writeWhy(e data.Explanation) {
	c.print(wrapped(e.Says, "", ""))
	for _, s := range e.Because {
		c.print(wrapped(s, "  ", "  "))
	}
	if len(e.Todo) > 0 {
		c.print("\n")
	}
	for _, s := range e.Todo {
		c.print(wrapped(s, "", "  "))
	}
}

// wrapped is a text in lines that fit the screen, the first one after first, the
// others after rest.
func wrapped(text, first, rest string) string {
	var b strings.Builder
	line := first
	empty := true
	for word := range strings.FieldsSeq(plainText(text)) {
		if !empty && cells(line)+1+cells(word) > screen {
			b.WriteString(line + "\n")
			line, empty = rest, true
		}
		if !empty {
			line += " "
		}
		line, empty = line+word, false
	}
	return b.String() + line + "\n"
}

type whyMailJSON struct {
	ID          string         `json:"id"`
	Interaction string         `json:"interaction"`
	Date        *string        `json:"date"`
	Locations   []whyPlaceJSON `json:"locations"`
	Filed       []whyFiledJSON `json:"filed"`
	Skipped     string         `json:"skipped"`
	GoneSince   *string        `json:"goneSince"`
}

type whyPlaceJSON struct {
	Mailbox string `json:"mailbox"`
	Folder  string `json:"folder"`
	UID     uint32 `json:"uid"`
	Flags   string `json:"flags"`
}

type whyFiledJSON struct {
	Account   string `json:"account"`
	AccountID string `json:"accountId"`
	Kind      string `json:"kind"`
	Email     string `json:"email"`
	Reason    string `json:"reason"`
}

type whyBadJSON struct {
	Folder string `json:"folder"`
	UID    uint32 `json:"uid"`
	Reason string `json:"reason"`
}

type whyMailboxJSON struct {
	Address    string       `json:"address"`
	LastRead   *string      `json:"lastRead"`
	Problem    string       `json:"problem"`
	Since      string       `json:"since"`
	Folders    []string     `json:"folders"`
	Unreadable []whyBadJSON `json:"unreadable"`
}

type whyJSON struct {
	Asked     string           `json:"asked"`
	Where     string           `json:"where"`
	Says      string           `json:"says"`
	Because   []string         `json:"because"`
	Todo      []string         `json:"todo"`
	Mails     []whyMailJSON    `json:"mails"`
	Mailboxes []whyMailboxJSON `json:"mailboxes"`
}

func whyOf(f data.MailFacts, e data.Explanation) whyJSON {
	j := whyJSON{
		Asked: f.Ref, Where: string(e.Where), Says: e.Says, Because: full(e.Because), Todo: full(e.Todo),
		Mails: []whyMailJSON{}, Mailboxes: []whyMailboxJSON{},
	}
	for _, m := range f.Found {
		j.Mails = append(j.Mails, whyMailOf(m))
	}
	for _, b := range f.Mailboxes {
		bad := make([]whyBadJSON, len(b.Bad))
		for i, u := range b.Bad {
			bad[i] = whyBadJSON{Folder: u.Location.Folder, UID: u.Location.UID, Reason: u.Reason}
		}
		j.Mailboxes = append(j.Mailboxes, whyMailboxJSON{
			Address: b.Address, LastRead: moment(b.At), Problem: b.Problem, Since: b.Span().String(), Folders: full(b.Read), Unreadable: bad,
		})
	}
	return j
}

func whyMailOf(m data.FoundMail) whyMailJSON {
	j := whyMailJSON{
		ID: m.Message.ID, Interaction: m.Interaction, Date: moment(m.Message.Date), Skipped: m.Skip, GoneSince: moment(m.Gone),
		Locations: []whyPlaceJSON{}, Filed: []whyFiledJSON{},
	}
	for _, p := range m.Places {
		j.Locations = append(j.Locations, whyPlaceJSON{Mailbox: p.Mailbox, Folder: p.Folder, UID: p.UID, Flags: string(p.Flags)})
	}
	for _, t := range m.Filed {
		j.Filed = append(j.Filed, whyFiledJSON{Account: t.Name, AccountID: t.Account, Kind: string(t.Kind), Email: t.Email, Reason: t.Reason})
	}
	return j
}
