package cli

import (
	"errors"
	"fmt"

	"rapport/data"
	"rapport/data/store"
	"rapport/sync"
	"rapport/sync/secret"
)

// signInFlags are those of every command that signs in in the browser.
var signInFlags = []flag{
	{name: "device", does: "sign in on another device, with a code"},
	{name: "no-browser", does: "print the page's address and open no browser"},
	{name: "client-id", value: "ID", does: "what the provider knows this program by; kept for the next time"},
}

// signIn lets a person sign in to the provider of a mail server, and is what the
// mailbox is then signed in to with.
func (c *call) signIn(db *store.DB, keys secret.Keeper, m data.Mailbox) (data.SignIn, string, error) {
	p, ok, err := sync.ProviderAt(c.ctx, db, m.Host)
	if err != nil {
		return "", "", err
	}
	if !ok {
		return "", "", fmt.Errorf("nobody is known who signs in to %s in the browser; use a password, or name who does with mailbox provider", m.Host)
	}
	return c.signInTo(db, keys, p, m.Address)
}

// signInTo lets a person sign in to a provider.
func (c *call) signInTo(db *store.DB, keys secret.Keeper, p sync.Provider, address string) (_ data.SignIn, kept string, err error) {
	if c.has("client-id") {
		if p, err = c.keepClient(db, keys, p); err != nil {
			return "", "", err
		}
	}
	client, err := sync.ClientOf(keys, p)
	if problem, ok := data.AsProblem(err); ok && problem.Kind == data.NoClientID {
		id, _ := sync.ClientVariables(p)
		return "", "", fmt.Errorf("%s has to know Rapport by a client ID, and none is set; get one as docs/oauth.md says and name it with -client-id or in %s, or use an app password where %s gives one", p.Shown(), id, p.Shown())
	}
	if err != nil {
		return "", "", err
	}
	if c.on("device") {
		kept, err = sync.SignInDevice(c.ctx, p, client, address, c.tellCode)
	} else {
		kept, err = sync.SignInBrowser(c.ctx, p, client, address, func(page string) error { return c.showPage(p, page) })
	}
	return data.ByToken(p.Name), kept, err
}

func (c *call) keepClient(db *store.DB, keys secret.Keeper, p sync.Provider) (sync.Provider, error) {
	own, err := sync.OwnProvider(c.ctx, db, p.Name)
	if err != nil {
		return p, err
	}
	own.ClientID = c.text("client-id")
	if err := sync.PutProvider(c.ctx, db, keys, own, ""); err != nil {
		return p, err
	}
	p.ClientID = own.ClientID
	return p, nil
}

func (c *call) tellCode(code sync.Code) error {
	c.note("go to %s on any device and enter the code %s", code.Page, code.Code)
	return nil
}

// showPage opens the page in the person's browser, or says where it is.
func (c *call) showPage(p sync.Provider, page string) error {
	if !c.on("no-browser") && c.browse != nil && c.browse(page) == nil {
		c.note("waiting until you have signed in to %s in your browser; Ctrl-C gives up", p.Shown())
		return nil
	}
	c.note("open this page in a browser on this laptop, and sign in to %s:", p.Shown())
	_, err := fmt.Fprintln(c.errOut, page)
	return err
}

func mailboxLoginVerb() *verb {
	return &verb{
		name: "mailbox login", args: "ADDRESS", does: "Sign in to a mailbox again",
		more: `For a mailbox whose sign-in in the browser is no longer valid, or whose password has
changed: that is read with -password-stdin. Everything else of the mailbox stays.`,
		least: 1, most: 1, flags: append(signInFlags[:len(signInFlags):len(signInFlags)], secretFlag), run: runMailboxLogin,
	}
}

func runMailboxLogin(c *call) error {
	return c.read(func(db *store.DB) error {
		m, err := c.mailboxNamed(db, c.args[0])
		if err != nil {
			return err
		}
		keys, err := sync.Keys(c.ctx, db)
		if err != nil {
			return err
		}
		byToken := m.SignIn.Provider() != ""
		switch {
		case m.Imported():
			return fmt.Errorf("%s was imported from files, and has no server", m.Address)
		case byToken && c.on(secretFlag.name):
			return fmt.Errorf("%s is signed in to in the browser; to use a password instead, name the mailbox with mailbox add -password-stdin", m.Address)
		case !byToken && !c.on(secretFlag.name):
			return misuse(c.verb, "%s has a password: pipe it in with -password-stdin", m.Address)
		}
		var kept string
		if byToken {
			_, kept, err = c.signIn(db, keys, m)
		} else {
			kept, err = c.password()
		}
		if err != nil {
			return err
		}
		if err := sync.ChangePassword(keys, m, kept); err != nil {
			return err
		}
		c.printf("%s signed in; rapport sync reads it\n", m.Address)
		return nil
	})
}

// mailboxNamed finds a mailbox by its ID or address.
func (c *call) mailboxNamed(db *store.DB, ref string) (data.Mailbox, error) {
	boxes, err := db.Mailboxes(c.ctx)
	if err != nil {
		return data.Mailbox{}, err
	}
	address := data.Mailbox{Address: ref, Host: "h"}.Tidy().Address
	for _, m := range boxes {
		if m.ID == ref || m.Address == ref || m.Address == address {
			return m, nil
		}
	}
	return data.Mailbox{}, fmt.Errorf("mailbox %s: %w", ref, data.ErrNotFound)
}

func mailboxProviderVerb() *verb {
	return &verb{
		name: "mailbox provider", args: "[NAME]", does: "Say who signs in to mailboxes in the browser, or change it",
		more: `Without NAME it lists who is known. With NAME it keeps a client ID for a provider,
another address of its pages (that of your organisation at microsoft), or a provider
of your own; docs/oauth.md has the steps.

  rapport mailbox provider google -client-id 123.apps.googleusercontent.com \
      -client-secret-stdin < secret`,
		most: 1,
		flags: []flag{
			{name: "client-id", value: "ID", does: "what the provider knows this program by"},
			{name: "client-secret-stdin", does: "read the secret that belongs to it from the first line of standard input"},
			{name: "authorize-url", value: "URL", does: "the page on which a person agrees"},
			{name: "token-url", value: "URL", does: "where tokens are given"},
			{name: "device-url", value: "URL", does: "where codes for another device are given"},
			{name: "scope", value: "S", does: "what to ask for", many: true},
			{name: "server", value: "H", does: "a mail server that takes its tokens", many: true},
			{name: "remove", does: "forget what this workspace has of it"},
			jsonFlag,
		},
		run: runMailboxProvider,
	}
}

func runMailboxProvider(c *call) error {
	if len(c.args) == 0 {
		return c.read(c.listProviders)
	}
	name := c.args[0]
	return c.write(func(db *store.DB) error {
		keys, err := sync.Keys(c.ctx, db)
		if err != nil {
			return err
		}
		if c.on("remove") {
			if err := sync.RemoveProvider(c.ctx, db, keys, name); err != nil {
				return err
			}
			c.printf("%s forgotten\n", name)
			return nil
		}
		p, err := sync.OwnProvider(c.ctx, db, name)
		if err != nil {
			return err
		}
		changed := c.on("client-secret-stdin")
		for flag, to := range map[string]*string{"client-id": &p.ClientID, "authorize-url": &p.AuthURL, "token-url": &p.TokenURL, "device-url": &p.DeviceURL} {
			if c.has(flag) {
				*to, changed = c.text(flag), true
			}
		}
		for flag, to := range map[string]*[]string{"scope": &p.Scopes, "server": &p.Hosts} {
			if c.has(flag) {
				*to, changed = c.values[flag], true
			}
		}
		if !changed {
			return misuse(c.verb, "say what to keep of %s, such as -client-id, or -remove", name)
		}
		clientSecret := ""
		if c.on("client-secret-stdin") {
			if clientSecret, err = c.password(); err != nil {
				return err
			}
		}
		if err := sync.PutProvider(c.ctx, db, keys, p, clientSecret); err != nil {
			return err
		}
		c.printf("%s kept\n", name)
		return nil
	})
}

type providerJSON struct {
	Name      string   `json:"name"`
	Title     string   `json:"title"`
	Servers   []string `json:"servers"`
	ClientID  string   `json:"clientId"`
	Device    bool     `json:"device"`
	Authorize string   `json:"authorizeUrl"`
	Token     string   `json:"tokenUrl"`
}

func (c *call) listProviders(db *store.DB) error {
	list, err := sync.Providers(c.ctx, db)
	if err != nil {
		return err
	}
	known := make([]providerJSON, len(list))
	for i, p := range list {
		client, err := sync.ClientOf(nil, p)
		if p, ok := data.AsProblem(err); err != nil && !(ok && p.Kind == data.NoClientID) {
			return err
		}
		known[i] = providerJSON{Name: p.Name, Title: p.Shown(), Servers: full(p.Hosts), ClientID: client.ID, Device: p.NoDevice() == "", Authorize: p.AuthURL, Token: p.TokenURL}
	}
	if c.on("json") {
		return writeArray(c.out, asTheyAre(known))
	}
	rows := make([][]string, len(known))
	for i, p := range known {
		id := p.ClientID
		if id == "" {
			id = "none yet"
		}
		server := ""
		if len(p.Servers) > 0 {
			server = p.Servers[0]
		}
		rows[i] = []string{p.Name, server, map[bool]string{true: "yes", false: "no"}[p.Device], id}
	}
	return table(c.out, []column{{head: "NAME"}, {head: "SERVER", most: 40}, {head: "DEVICE CODE"}, {head: "CLIENT ID", rest: true}}, rows)
}

// errNoBrowser says that a page cannot be shown here.
var errNoBrowser = errors.New("there is no browser here")
