package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"rapport/data"
)

var pinFlag = flag{name: "pin", value: "SHA256:…", does: "accept this certificate and no other; none goes back to trusted ones"}

// lookPatience is how long a server may take to show its certificate.
const lookPatience = 5 * time.Second

// trust settles which certificate the mailbox's server may show: the one that
// -pin names, else the one that was pinned before at the same server, else one
// that this laptop trusts. It looks at what the server shows now, and refuses
// what does not fit with the facts that a person decides by. A server that
// cannot be reached now is looked at when it is read.
func (c *call) trust(m, kept data.Mailbox) (data.Mailbox, error) {
	if kept.Host == m.Host && kept.Port == m.Port && kept.Security == m.Security {
		m.Pinned = kept.Pinned
	}
	switch pin := c.text("pin"); {
	case strings.EqualFold(pin, "none"):
		m.Pinned = ""
	case c.has("pin"):
		var err error
		if m.Pinned, err = data.PinOf(pin); err != nil {
			return m, err
		}
	}
	if err := m.Check(); err != nil || m.Security == data.Plain {
		return m, err
	}
	ctx, cancel := context.WithTimeout(c.ctx, lookPatience)
	defer cancel()
	shown, err := c.look(ctx, m)
	switch {
	case c.ctx.Err() != nil:
		return m, c.ctx.Err()
	case err != nil:
		c.note("%s could not be looked at now (%s)", m.Host, reason(err))
	case m.Pinned == "" && shown.Why != "":
		c.writeCertificate(shown)
		return m, fmt.Errorf("%s shows a certificate that cannot be trusted (%s); if whoever runs the server tells you the same fingerprint, add -pin %s", m.Host, shown.Why, shown.Fingerprint())
	case m.Pinned != "" && shown.Pin != m.Pinned:
		c.writeCertificate(shown)
		return m, fmt.Errorf("%s shows another certificate than the one that is pinned; if whoever runs the server tells you the new fingerprint, %s", m.Host, acceptWords(shown))
	}
	return m, nil
}

// acceptWords say how a certificate is accepted in place of a pinned one.
func acceptWords(shown data.Certificate) string {
	if shown.Why == "" {
		return "add -pin none, since this laptop trusts the new one, or -pin " + shown.Fingerprint()
	}
	return "add -pin " + shown.Fingerprint()
}

// reason is what an error says, in a few words.
func reason(err error) string {
	var p *data.Problem
	if errors.As(err, &p) {
		return p.What()
	}
	return err.Error()
}

type certificateJSON struct {
	Fingerprint string   `json:"fingerprint"`
	Subject     string   `json:"subject"`
	Issuer      string   `json:"issuer"`
	Names       []string `json:"names"`
	From        *string  `json:"from"`
	Until       *string  `json:"until"`
	Problem     string   `json:"problem"`
}

func certificateOf(s data.Certificate) *certificateJSON {
	return &certificateJSON{
		Fingerprint: s.Fingerprint(), Subject: s.Subject, Issuer: s.Issuer, Names: full(s.Names), From: moment(s.From), Until: moment(s.Until), Problem: s.Why,
	}
}

func pinShown(pin string) string {
	if pin == "" {
		return ""
	}
	return data.Fingerprint(pin)
}

// writeCertificate prints what a person needs to decide about a certificate.
func (c *call) writeCertificate(s data.Certificate) {
	trusted := "yes"
	if s.Why != "" {
		trusted = "no: " + s.Why
	}
	for _, fact := range [][2]string{
		{"for", s.Subject}, {"names", strings.Join(s.Names, ", ")}, {"signed by", s.Issuer}, {"valid", s.Valid()}, {"trusted", trusted}, {"print", s.Fingerprint()},
	} {
		if fact[1] != "" {
			c.printf("%-9s %s\n", fact[0], plainText(fact[1]))
		}
	}
}

// probeHost looks at one server and its certificate. The exit code is 1 where
// this laptop does not trust it.
func (c *call) probeHost(address string) error {
	m := data.Mailbox{Address: address, Host: c.text("host"), Port: 993, Security: data.TLS}
	if how := c.text("tls"); how != "" {
		m.Security = data.Security(strings.ToLower(how))
	}
	if m.Security == data.StartTLS {
		m.Port = 143
	}
	switch port, err := c.number("port"); {
	case err != nil:
		return err
	case m.Host == "":
		return misuse(c.verb, "flags -port and -tls belong to a server; name it with -host")
	case m.Security == data.Plain:
		return misuse(c.verb, "without encryption there is no certificate to look at; use -tls tls or starttls")
	case c.has("port"):
		m.Port = port
	}
	if m = m.Tidy(); m.Check() != nil {
		return m.Check()
	}
	shown, err := c.look(c.ctx, m)
	if err != nil {
		return err
	}
	if c.on("json") {
		way := wayJSON{Host: m.Host, Port: m.Port, TLS: string(m.Security), User: m.User, UserForm: "address", By: "your own word", Certificate: certificateOf(shown)}
		err = writeJSON(c.out, probeJSON{Address: m.Address, Found: []wayJSON{way}, Tried: []string{}})
	} else {
		c.printf("server    %s:%d, %s\n", m.Host, m.Port, m.Security)
		c.writeCertificate(shown)
	}
	if err == nil && shown.Why != "" {
		return exitCode(exitFailed)
	}
	return err
}
