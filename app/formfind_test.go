package app

import (
	"context"
	"testing"

	"rapport/app/bridge"
	"rapport/data"
	"rapport/sync"
)

func TestTheMailboxFormFindsTheServer(t *testing.T) {
	own := sync.Found{Host: "mail.larkfield.example", Port: 143, Security: data.StartTLS, User: "maya"}
	for _, tt := range []struct {
		name, address string
		found         []sync.Found
		typed         func(f *mailboxForm) // after the address
		host, port    string
		security      data.Security
		user          string
		advice        bool
	}{
		{name: "nothing is found", address: "maya@larkfield.example", host: "imap.larkfield.example", port: "993", security: data.TLS},
		{name: "a server is found", address: "maya@larkfield.example", found: []sync.Found{own}, host: "mail.larkfield.example", port: "143", security: data.StartTLS, user: "maya"},
		{
			name: "a person named a server", address: "maya@larkfield.example", found: []sync.Found{own}, typed: func(f *mailboxForm) { f.host.SetText("own.example") },
			host: "own.example", port: "993", security: data.TLS, user: "maya",
		},
		{
			name: "a person chose a port", address: "maya@larkfield.example", found: []sync.Found{own}, typed: func(f *mailboxForm) { f.port.SetText("9933") },
			host: "imap.larkfield.example", port: "9933", security: data.TLS, user: "maya",
		},
		{
			name: "a person named the user", address: "maya@larkfield.example", found: []sync.Found{own}, typed: func(f *mailboxForm) { f.user.SetText("lark") },
			host: "mail.larkfield.example", port: "143", security: data.StartTLS, user: "lark",
		},
		{
			name: "only the DNS vouches for it", address: "maya@larkfield.example", found: []sync.Found{{Host: "imap.hosting.example", Port: 993, Security: data.TLS, Elsewhere: true}},
			host: "imap.larkfield.example", port: "993", security: data.TLS, advice: true,
		},
		{name: "a large provider, without a search", address: "maya@gmail.com", found: []sync.Found{own}, host: "imap.gmail.com", port: "993", security: data.TLS, advice: true},
		{name: "a provider with names of its own", address: "maya@free.fr", host: "imap.free.fr", port: "993", security: data.TLS, user: "maya"},
		{
			name: "a large provider, then another address", address: "maya@gmail.com", found: []sync.Found{own}, typed: func(f *mailboxForm) { f.address.SetText("maya@larkfield.example") },
			host: "mail.larkfield.example", port: "143", security: data.StartTLS, user: "maya",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := newMailboxForm(bridge.Inline(t.Context()), data.Mailbox{})
			asked := 0
			f.find = func(context.Context, string) ([]sync.Found, []string, error) { asked++; return tt.found, nil, nil }
			f.address.SetText(tt.address)
			if tt.typed != nil {
				tt.typed(f)
			}
			f.search()
			f.search()
			if f.host.Text() != tt.host || f.port.Text() != tt.port || securities[f.security.On] != tt.security || f.user.Text() != tt.user {
				t.Errorf("server %s:%s %s, user %q", f.host.Text(), f.port.Text(), securities[f.security.On], f.user.Text())
			}
			if f.advice.Visible() != tt.advice {
				t.Errorf("advice is shown: %v", f.advice.Visible())
			}
			if asked > 1 {
				t.Errorf("asked %d times", asked)
			}
		})
	}
}

func TestAMailboxThatIsChangedKeepsItsServer(t *testing.T) {
	f := newMailboxForm(bridge.Inline(t.Context()), data.Mailbox{ID: "a", Address: "maya@gmail.com", Host: "own.example", Port: 9933, Security: data.StartTLS, User: "maya"})
	f.find = func(context.Context, string) ([]sync.Found, []string, error) {
		t.Error("searched")
		return nil, nil, nil
	}
	f.search()
	if f.host.Text() != "own.example" || f.port.Text() != "9933" || securities[f.security.On] != data.StartTLS || f.user.Text() != "maya" {
		t.Errorf("server %s:%s, user %q", f.host.Text(), f.port.Text(), f.user.Text())
	}
}
