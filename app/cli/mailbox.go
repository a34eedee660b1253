package cli

import (
	"fmt"
	"strconv"
	"strings"

	"rapport/data"
	"rapport/data/store"
	"rapport/sync"
	"rapport/sync/secret"
)

func mailboxAddVerb() *verb {
	return &verb{
		name: "mailbox add", args: "-address A -password-stdin", does: "Read mail from an IMAP mailbox, or change how it is read",
		more: `Without -host it finds the server as rapport mailbox probe does, and says which. It
does not sign in; rapport sync does. Adding an address that is there already
changes its password, and its server where one is named, and keeps its mail.

  pass show mail | rapport mailbox add -address maya@larkfield.example \
      -host imap.larkfield.example -password-stdin`,
		flags: []flag{
			{name: "address", value: "A", does: "your own address there"},
			{name: "host", value: "H", does: "the mail server's name (else it is found)"},
			{name: "port", value: "P", does: "its port (else 993 for tls, 143 for starttls and none)"},
			{name: "tls", value: "HOW", does: "tls (the default), starttls, or none for a server on this laptop"},
			{name: "user", value: "U", does: "the name to sign in with (else the address)"},
			secretFlag,
			{name: "since", value: "SPAN", does: "how far back: 12mo (the default), 6mo, 2y or all"},
			{name: "folder", value: "F", does: "read this folder only, as the server spells it", many: true},
			jsonFlag,
		},
		run: runMailboxAdd,
	}
}

func runMailboxAdd(c *call) error {
	m, err := c.mailbox()
	if err != nil {
		return err
	}
	if !c.on(secretFlag.name) {
		return misuse(c.verb, "a mailbox needs a password: pipe it in with -password-stdin")
	}
	password, err := c.password()
	if err != nil {
		return err
	}
	return c.write(func(db *store.DB) error {
		keys, err := secret.Open(db.Dir())
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
			}
		}
		if m.Host == "" {
			if m, err = c.serverFor(m, kept); err != nil {
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
		Security: data.TLS, Port: 993, SinceMonths: 12, Folders: c.values["folder"],
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
	if c.has("since") {
		months, err := monthsOf(c.text("since"))
		if err != nil {
			return m, misuse(c.verb, "flag -since %s", err)
		}
		m.SinceMonths = months
	}
	if m = m.Tidy(); m.Host == "" {
		return m, nil
	}
	return m, m.Check()
}

// monthsOf reads a span like 12mo, 2y or all; all is 0.
func monthsOf(span string) (int, error) {
	span = strings.ToLower(strings.TrimSpace(span))
	if span == "all" {
		return 0, nil
	}
	number, months := span, 0
	for _, unit := range []struct {
		name   string
		months int
	}{{"mo", 1}, {"m", 1}, {"y", 12}} {
		if n, ok := strings.CutSuffix(span, unit.name); ok {
			number, months = n, unit.months
			break
		}
	}
	n, err := strconv.Atoi(number)
	if err != nil || months == 0 || n < 1 || n > 1200 {
		return 0, fmt.Errorf("needs a span like 12mo, 2y or all; %q is none", span)
	}
	return n * months, nil
}

// spanOf writes a span as monthsOf reads it.
func spanOf(months int) string {
	if months == 0 {
		return "all"
	}
	return strconv.Itoa(months) + "mo"
}

type mailboxJSON struct {
	ID       string   `json:"id"`
	Address  string   `json:"address"`
	Host     string   `json:"host"`
	Port     int      `json:"port"`
	TLS      string   `json:"tls"`
	User     string   `json:"user"`
	Since    string   `json:"since"`
	Folders  []string `json:"folders"`
	AddedAt  *string  `json:"addedAt"`
	LastRead *string  `json:"lastRead"`
	Problem  string   `json:"problem"`
	Imported bool     `json:"imported"`
}

func mailboxOf(m data.Mailbox, s data.Status) mailboxJSON {
	return mailboxJSON{
		ID: m.ID, Address: m.Address, Host: m.Host, Port: m.Port, TLS: string(m.Security), User: m.User,
		Since: spanOf(m.SinceMonths), Folders: full(m.Folders), AddedAt: moment(m.AddedAt), LastRead: moment(s.At), Problem: s.Problem,
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
			rows[i] = []string{m.Address, server, spanOf(m.SinceMonths), strings.Join(m.Folders, ", "), c.standing(runs[m.SourceName()])}
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
		keys, err := secret.Open(db.Dir())
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
