package cli

import (
	"fmt"
	"strconv"
	"strings"

	"rapport/data"
	"rapport/data/store"
	"rapport/sync"
)

func mailboxAddVerb() *verb {
	return &verb{
		name: "mailbox add", args: "-address A -password-stdin|-oauth", does: "Read mail from an IMAP mailbox, or change how it is read",
		more: `Without -host it finds the server as rapport mailbox probe does, and says which. It
does not sign in; rapport sync does. Adding an address that is there already
changes its password, its server where one is named and what is read of it where a
flag says so, and keeps its mail.
With -oauth you sign in in the browser in place of a password, as Google and
Microsoft want it; docs/oauth.md says what that needs.
A server whose certificate this laptop does not trust is not added unless -pin names
the fingerprint of that certificate: ask whoever runs the server for it.

  pass show mail | rapport mailbox add -address maya@larkfield.example \
      -host imap.larkfield.example -password-stdin`,
		flags: append([]flag{
			{name: "address", value: "A", does: "your own address there"},
			{name: "host", value: "H", does: "the mail server's name (else it is found)"},
			{name: "port", value: "P", does: "its port (else 993 for tls, 143 for starttls and none)"},
			{name: "tls", value: "HOW", does: "tls (the default), starttls, or none for a server on this laptop"},
			{name: "user", value: "U", does: "the name to sign in with (else the address)"},
			secretFlag,
			{name: "oauth", does: "sign in in the browser in place of a password"},
			pinFlag,
		}, append(append(choiceFlags, jsonFlag), signInFlags...)...),
		run: runMailboxAdd,
	}
}

func runMailboxAdd(c *call) error {
	m, err := c.mailbox()
	if err != nil {
		return err
	}
	password := ""
	switch {
	case c.on(secretFlag.name) && c.on("oauth"):
		return misuse(c.verb, "a mailbox has a password or a sign-in in the browser; leave out -password-stdin or -oauth")
	case c.on(secretFlag.name):
		if password, err = c.password(); err != nil {
			return err
		}
	case !c.on("oauth"):
		return misuse(c.verb, "a mailbox needs a password: pipe it in with -password-stdin, or sign in in the browser with -oauth")
	}
	return c.write(func(db *store.DB) error {
		keys, err := sync.Keys(c.ctx, db)
		if err != nil {
			return err
		}
		boxes, err := db.Mailboxes(c.ctx)
		if err != nil {
			return err
		}
		var kept data.Mailbox
		done := "added"
		for _, have := range boxes {
			if have.Address == m.Address {
				kept, m.ID, m.AddedAt, done = have, have.ID, have.AddedAt, "changed"
				m.Folders, m.LeaveOut, m.MaxSize, m.Share = have.Folders, have.LeaveOut, have.MaxSize, have.Share
				m = m.Reaching(have.Span())
			}
		}
		if m, err = c.choose(m); err != nil {
			return err
		}
		if m.Host == "" {
			if m, err = c.serverFor(m, kept); err != nil {
				return err
			}
		}
		if m, err = c.trust(m, kept); err != nil {
			return err
		}
		if c.on("oauth") {
			if m.SignIn, password, err = c.signIn(db, keys, m); err != nil {
				return err
			}
		}
		if m, err = sync.AddMailbox(c.ctx, db, keys, m, password); err != nil {
			return err
		}
		if c.on("json") {
			return writeJSON(c.out, mailboxOf(m, data.Status{}))
		}
		c.printf("%s %s; rapport sync reads it\n", m.Address, done)
		return nil
	})
}

// mailbox is the mailbox that the flags describe, checked where they name its
// server.
func (c *call) mailbox() (data.Mailbox, error) {
	m := data.Mailbox{
		Address: c.text("address"), Host: c.text("host"), User: c.text("user"),
		Security: data.TLS, Port: 993, SinceMonths: data.DefaultMonths,
	}
	switch {
	case m.Address == "":
		return m, misuse(c.verb, "mailbox add needs -address")
	case m.Host == "" && (c.has("port") || c.has("tls")):
		return m, misuse(c.verb, "flags -port and -tls belong to a server; name it with -host")
	}
	if how := c.text("tls"); how != "" {
		m.Security = data.Security(strings.ToLower(how))
	}
	if m.Security != data.TLS {
		m.Port = 143
	}
	if c.has("port") {
		port, err := strconv.Atoi(c.text("port"))
		if err != nil {
			return m, misuse(c.verb, "flag -port needs a number; %q is none", c.text("port"))
		}
		m.Port = port
	}
	if _, err := c.choose(m); err != nil {
		return m, err
	}
	if m = m.Tidy(); m.Host == "" {
		return m, nil
	}
	return m, m.Check()
}

type mailboxJSON struct {
	ID       string   `json:"id"`
	Address  string   `json:"address"`
	Host     string   `json:"host"`
	Port     int      `json:"port"`
	TLS      string   `json:"tls"`
	User     string   `json:"user"`
	SignIn   string   `json:"signIn"`
	Since    string   `json:"since"`
	Folders  []string `json:"folders"`
	LeaveOut []string `json:"leaveOut"`
	MaxSize  int64    `json:"maxSize"`
	Share    string   `json:"share"`
	Pinned   string   `json:"pinned"`
	AddedAt  *string  `json:"addedAt"`
	LastRead *string  `json:"lastRead"`
	Problem  string   `json:"problem"`
	Imported bool     `json:"imported"`
}

func mailboxOf(m data.Mailbox, s data.Status) mailboxJSON {
	return mailboxJSON{
		ID: m.ID, Address: m.Address, Host: m.Host, Port: m.Port, TLS: string(m.Security), User: m.User, SignIn: string(m.SignIn),
		Since: m.Span().String(), Folders: full(m.Folders), LeaveOut: full(m.LeaveOut), MaxSize: m.WholeUpTo(), Share: string(data.Strictest(m.Share)), Pinned: pinShown(m.Pinned), AddedAt: moment(m.AddedAt), LastRead: moment(s.At), Problem: s.Problem,
		Imported: m.Imported(),
	}
}

func mailboxListVerb() *verb {
	return &verb{name: "mailbox list", does: "List the mailboxes and how they stand", flags: []flag{jsonFlag}, run: runMailboxList}
}

func runMailboxList(c *call) error {
	return c.read(func(db *store.DB) error {
		boxes, err := db.Mailboxes(c.ctx)
		if err != nil {
			return err
		}
		runs, err := c.runs(db)
		if err != nil {
			return err
		}
		if c.on("json") {
			return writeArray(c.out, each(boxes, func(m data.Mailbox) mailboxJSON { return mailboxOf(m, runs[m.SourceName()]) }))
		}
		if len(boxes) == 0 {
			c.note("there is no mailbox yet; add one with rapport mailbox add")
			return nil
		}
		rows := make([][]string, len(boxes))
		for i, m := range boxes {
			server := fmt.Sprintf("%s:%d %s", m.Host, m.Port, m.Security)
			if m.Imported() {
				server = "imported"
			}
			rows[i] = []string{m.Address, server, m.Span().String(), strings.Join(m.Folders, ", "), c.standing(runs[m.SourceName()])}
		}
		return table(c.out, []column{{head: "ADDRESS"}, {head: "SERVER", most: 36}, {head: "SINCE"}, {head: "FOLDERS", most: 20}, {head: "LAST READ", rest: true}}, rows)
	})
}

// runs are how the sources stand, by their names.
func (c *call) runs(db *store.DB) (map[string]data.Status, error) {
	list, err := db.Runs(c.ctx)
	runs := map[string]data.Status{}
	for _, s := range list {
		runs[s.Source] = s
	}
	return runs, err
}

// standing says how a source stands.
func (c *call) standing(s data.Status) string {
	switch {
	case s.Problem != "":
		return s.Problem
	case s.At.IsZero():
		return "not yet"
	}
	return data.Ago(s.At, c.now())
}

func mailboxRemoveVerb() *verb {
	return &verb{
		name: "mailbox remove", args: "ADDRESS", does: "Forget a mailbox and the mail that only it held",
		more:  "The mailbox on the server stays as it is, and so do files that were imported.\nADDRESS may be its ID, or the name of imported mail.",
		least: 1, most: 1, run: runMailboxRemove,
	}
}

func runMailboxRemove(c *call) error {
	return c.read(func(db *store.DB) error {
		keys, err := sync.Keys(c.ctx, db)
		if err != nil {
			return err
		}
		m, err := sync.RemoveMailbox(c.ctx, db, keys, c.args[0])
		if err != nil {
			return err
		}
		keeper := "the server keeps its mail"
		if m.Imported() {
			keeper = "the files stay as they are"
		}
		c.printf("%s removed; %s\n", m.Address, keeper)
		return nil
	})
}
