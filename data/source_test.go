package data

import (
	"strings"
	"testing"
)

func TestMailboxCheck(t *testing.T) {
	good := Mailbox{Address: "maya@larkfield.example", Host: "imap.larkfield.example", Port: 993, Security: TLS, User: "maya"}
	for name, c := range map[string]struct {
		change func(*Mailbox)
		field  string
	}{
		"complete":                    {func(*Mailbox) {}, ""},
		"STARTTLS":                    {func(m *Mailbox) { m.Security, m.Port = StartTLS, 143 }, ""},
		"plain on this laptop":        {func(m *Mailbox) { m.Security, m.Host = Plain, "127.0.0.1" }, ""},
		"an IPv6 address":             {func(m *Mailbox) { m.Host = "::1" }, ""},
		"plain over the network":      {func(m *Mailbox) { m.Security = Plain }, "tls"},
		"plain to a name like local":  {func(m *Mailbox) { m.Security, m.Host = Plain, "127.0.0.1.evil.example" }, "tls"},
		"an unknown way":              {func(m *Mailbox) { m.Security = "ssl" }, "tls"},
		"no address":                  {func(m *Mailbox) { m.Address = "maya" }, "address"},
		"no host":                     {func(m *Mailbox) { m.Host = "" }, "host"},
		"a host with its port":        {func(m *Mailbox) { m.Host = "imap.larkfield.example:993" }, "host"},
		"a host with its protocol":    {func(m *Mailbox) { m.Host = "imaps://imap.larkfield.example" }, "host"},
		"no port":                     {func(m *Mailbox) { m.Port = 0 }, "port"},
		"a port beyond ports":         {func(m *Mailbox) { m.Port = 65536 }, "port"},
		"no user":                     {func(m *Mailbox) { m.User = "" }, "user"},
		"tokens of a provider":        {func(m *Mailbox) { m.SignIn = ByToken("google") }, ""},
		"tokens of nobody":            {func(m *Mailbox) { m.SignIn = ByToken("") }, "sign-in"},
		"tokens of an odd name":       {func(m *Mailbox) { m.SignIn = ByToken("Big Mail") }, "sign-in"},
		"an unknown sign-in":          {func(m *Mailbox) { m.SignIn = "fingerprint" }, "sign-in"},
		"a number of months below no": {func(m *Mailbox) { m.SinceMonths = -1 }, "since"},
	} {
		t.Run(name, func(t *testing.T) {
			m := good
			c.change(&m)
			complains(t, m.Check(), c.field)
		})
	}
}

func TestMailboxTidy(t *testing.T) {
	m := Mailbox{ID: "7", Address: " Maya@Larkfield.example", Host: " imap.example "}.Tidy()
	if m.Address != "maya@larkfield.example" || m.Host != "imap.example" || m.User != "maya@larkfield.example" {
		t.Errorf("tidied to %+v", m)
	}
	if m.SignIn != ByPassword || m.SignIn.Provider() != "" || ByToken("google").Provider() != "google" {
		t.Errorf("it is signed in to by %q", m.SignIn)
	}
	if m.SourceName() != "mail:maya@larkfield.example" || m.SecretName() != "mailbox/7" {
		t.Errorf("named %q and %q", m.SourceName(), m.SecretName())
	}
	if got := (Mailbox{User: "m", Address: "a@b"}).Tidy().User; got != "m" {
		t.Errorf("the user became %q", got)
	}
	c := Calendar{ID: "9", Name: "Maya, work"}
	if c.SourceName() != "calendar:Maya, work" || c.LinkSecret() == c.PasswordSecret() {
		t.Errorf("a calendar is named %q, its secrets %q and %q", c.SourceName(), c.LinkSecret(), c.PasswordSecret())
	}
}

func TestImportedMailboxIsAName(t *testing.T) {
	for name, field := range map[string]string{
		"Old mail": "", "old.mbox": "", "": "mailbox", "maya@larkfield.example": "mailbox", "two\nlines": "mailbox", strings.Repeat("x", 201): "mailbox",
	} {
		m := Mailbox{Address: name}
		complains(t, m.Check(), field)
		if !m.Imported() || m.SourceName() != "import:"+name {
			t.Errorf("%q is not imported, or named %q", name, m.SourceName())
		}
	}
	if m := (Mailbox{Address: " Old Mail "}).Tidy(); m.Address != "Old Mail" || !m.Imported() {
		t.Errorf("tidied to %+v", m)
	}
	if (Mailbox{Address: "maya@larkfield.example", Security: TLS, Port: 993}).Imported() {
		t.Error("a mailbox whose server was not named yet is no imported one")
	}
}

func TestIsLoopback(t *testing.T) {
	for host, want := range map[string]bool{
		"localhost": true, "LOCALHOST": true, "127.0.0.1": true, "127.1.2.3": true, "::1": true, "[::1]": true,
		"localhost.evil.example": false, "127.0.0.1.evil": false, "128.0.0.1": false, "": false, "127.0.0": false, "10.0.0.1": false,
	} {
		if got := IsLoopback(host); got != want {
			t.Errorf("IsLoopback(%q) = %t", host, got)
		}
	}
}
