package cli

import (
	"fmt"

	"rapport/data"
	"rapport/sync"
)

func mailboxProbeVerb() *verb {
	return &verb{
		name: "mailbox probe", args: "ADDRESS", does: "Find the mail server of an address",
		more: `It looks in its own table of large providers, in the settings and records that the
address's domain publishes, and tries the usual names. It signs in nowhere and
keeps nothing. The exit code is 1 when it finds nothing.`,
		least: 1, most: 1, flags: []flag{
			{name: "host", value: "H", does: "look at this server only, and at its certificate"},
			{name: "port", value: "P", does: "its port (else 993 for tls, 143 for starttls)"},
			{name: "tls", value: "HOW", does: "tls (the default) or starttls"},
			jsonFlag,
		}, run: runMailboxProbe,
	}
}

type probeJSON struct {
	Address string    `json:"address"`
	Found   []wayJSON `json:"found"`
	Tried   []string  `json:"tried"`
}

type wayJSON struct {
	Host      string `json:"host"`
	Port      int    `json:"port"`
	TLS       string `json:"tls"`
	User      string `json:"user"`
	UserForm  string `json:"userForm"`
	Provider  string `json:"provider"`
	By        string `json:"by"`
	SignIn    string `json:"signIn"`
	OAuth     string `json:"oauth"`
	Advice    string `json:"advice"`
	Elsewhere bool   `json:"elsewhere"`
	// Certificate is null where it was not looked at.
	Certificate *certificateJSON `json:"certificate"`
}

func runMailboxProbe(c *call) error {
	address := c.args[0]
	if c.has("host") || c.has("port") || c.has("tls") {
		return c.probeHost(address)
	}
	found, tried, err := c.find(c.ctx, address)
	problem, nobody := data.AsProblem(err)
	if err != nil && !nobody {
		return err
	}
	if c.on("json") {
		err = writeJSON(c.out, probeOf(address, found, tried))
	} else {
		c.writeProbe(found, tried)
		err = nil
	}
	switch {
	case err != nil:
		return err
	case nobody:
		return nothingAnswered(problem)
	case len(found) == 0:
		return fmt.Errorf("no mail server was found for %s; ask whoever runs your mail for its IMAP server, and name it with mailbox add -host", address)
	}
	return nil
}

func probeOf(address string, found []sync.Found, tried []string) probeJSON {
	p := probeJSON{Address: address, Found: []wayJSON{}, Tried: full(tried)}
	for _, f := range found {
		p.Found = append(p.Found, wayJSON{
			Host: f.Host, Port: f.Port, TLS: string(f.Security), User: f.User, UserForm: string(f.UserForm), Provider: f.Provider,
			By: string(f.By), SignIn: string(f.SignIn), OAuth: oauthAt(f.Host), Advice: f.Advice, Elsewhere: f.Elsewhere,
		})
	}
	return p
}

func (c *call) writeProbe(found []sync.Found, tried []string) {
	for _, f := range found {
		c.printf("server    %s:%d, %s\n", f.Host, f.Port, f.Security)
		c.printf("user      %s\n", f.User)
		c.printf("sign in   %s\n", signInWords(f))
		c.printf("found by  %s\n", f.By)
		if f.Elsewhere {
			c.printf("careful   only the DNS says that this server is yours; make sure before a password goes there\n")
		}
		c.printf("\n")
	}
	for i, line := range tried {
		lead := map[bool]string{true: "tried"}[i == 0]
		c.printf("%-9s %s\n", lead, line)
	}
}

// oauthAt names who signs in to a mail server in the browser; "" for nobody.
func oauthAt(host string) string {
	p, _ := sync.KnownProviderAt(host)
	return p.Name
}

func signInWords(f sync.Found) string {
	words := map[bool]string{true: "with a password", false: "in the browser"}[f.TakesPassword()]
	if f.Advice != "" {
		words += "; " + f.Advice
	}
	if oauthAt(f.Host) != "" && f.TakesPassword() {
		words += "; or in the browser, with mailbox add -oauth"
	}
	return words
}

func nothingAnswered(p *data.Problem) error {
	return fmt.Errorf("nothing answered for %s; check that this laptop is online and try again, or name the server with mailbox add -host", p.About)
}

// serverFor completes a mailbox for which no server was named: with the server
// that is kept of it, else with the best one that is found, provided that nobody
// has to be asked first.
func (c *call) serverFor(m, kept data.Mailbox) (data.Mailbox, error) {
	if kept.Host != "" {
		m.Host, m.Port, m.Security = kept.Host, kept.Port, kept.Security
		if !c.has("user") {
			m.User = kept.User
		}
		return m, nil
	}
	found, tried, err := c.find(c.ctx, m.Address)
	if problem, nobody := data.AsProblem(err); nobody {
		return m, nothingAnswered(problem)
	}
	if err != nil {
		return m, err
	}
	if len(found) == 0 {
		for _, in := range tried {
			c.note("%s", in)
		}
		return m, fmt.Errorf("no mail server was found for %s; ask whoever runs your mail for its IMAP server, and name it with -host", m.Address)
	}
	f := found[0]
	switch {
	case f.Elsewhere:
		return m, fmt.Errorf("only the DNS says that %s is the mail server of %s; if you know that it is, name it with -host %s -port %d -tls %s", f.Host, m.Address, f.Host, f.Port, f.Security)
	case !f.TakesPassword() && !c.on("oauth"):
		return m, fmt.Errorf("%s: %s with -oauth, or name the server with -host to use a password all the same", f.Host, f.Advice)
	}
	c.note("found %s:%d (%s) for %s by %s", f.Host, f.Port, f.Security, m.Address, f.By)
	if f.Advice != "" && !c.on("oauth") {
		c.note("%s: %s", f.Host, f.Advice)
	}
	m.Host, m.Port, m.Security = f.Host, f.Port, f.Security
	if !c.has("user") {
		m.User = f.User
	}
	return m, nil
}
