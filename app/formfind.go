package app

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
	"rapport/data/text"
	"rapport/sync"
)

// settled is how long after the first letter of the password the server is
// looked for: the address is whole by then.
const settled = 200 * time.Millisecond

// server is what the form itself put into the fields of the server. A field that
// holds something else was filled in by a person, and stays.
type server struct {
	host, port, user string
	security         data.Security
}

// guessHost proposes the server of a large provider, else the usual name.
func (f *mailboxForm) guessHost() {
	address := strings.TrimSpace(f.address.Text())
	if way, ok := sync.KnownMailbox(address); ok {
		f.propose(way)
		return
	}
	host := ""
	if _, domain, ok := strings.Cut(address, "@"); ok && strings.Contains(domain, ".") {
		host = "imap." + domain
	}
	f.propose(sync.Found{Host: host, Port: 993, Security: data.TLS})
}

// findSoon looks for the server once the address is whole.
func (f *mailboxForm) findSoon(string) { f.bg.Later(settled, f.search) }

// search looks for the server of the address, once for each address, and
// proposes it. What is not found leaves the form as it is.
func (f *mailboxForm) search() {
	address := strings.TrimSpace(f.address.Text())
	_, known := sync.KnownMailbox(address)
	if known || address == f.sought || f.before.ID != "" {
		return
	}
	f.sought = address
	bridge.Load(f.bg, &f.finding, func(ctx context.Context) ([]sync.Found, error) {
		found, _, err := f.find(ctx, address)
		return found, err
	}, func(found []sync.Found, err error) {
		if err == nil && len(found) > 0 && address == strings.TrimSpace(f.address.Text()) {
			f.propose(found[0])
		}
	})
}

// propose fills in a server, unless a person named one. One that only the DNS
// vouches for is named and not filled in.
func (f *mailboxForm) propose(way sync.Found) {
	if f.before.ID != "" {
		return
	}
	if way.Elsewhere {
		f.advise("Only the DNS says that " + way.Host + " is your mail server; name it below if you know that it is")
		return
	}
	next := server{host: way.Host, port: strconv.Itoa(way.Port), security: way.Security}
	if way.User != text.NormalAddress(f.address.Text()) {
		next.user = way.User
	}
	if f.user.Text() == f.proposed.user {
		f.user.SetText(next.user)
	} else {
		next.user = f.proposed.user
	}
	host := f.host.Text()
	if host != "" && (host != f.proposed.host || f.port.Text() != f.proposed.port || securities[f.security.On] != f.proposed.security) {
		f.proposed.user = next.user
		return
	}
	f.proposed = next
	f.host.SetText(next.host)
	f.port.SetText(next.port)
	f.security.On = slices.Index(securities, next.security)
	f.security.Refresh()
	f.advise(way.Advice)
	f.offer(way.Host, way.TakesPassword())
}

// named hears of the server's name as it is typed: a large provider's wants what
// it wants under any address, and a workspace may have a provider of its own.
func (f *mailboxForm) named(host string) {
	if host == f.proposed.host {
		return // it comes with what is to be said of it
	}
	way, _ := sync.KnownServer(host)
	f.advise(way.Advice)
	f.offer(strings.TrimSpace(host), way.TakesPassword() || f.before.ID != "")
}

// among offers the sign-in at the providers of a workspace, its own included.
func (f *mailboxForm) among(list []sync.Provider) {
	f.providers = list
	f.offer(f.host.Text(), f.passwordRow.Visible())
}

// offer shows the sign-in in the browser where the server's provider has one, and
// hides the password where it takes none.
func (f *mailboxForm) offer(host string, password bool) {
	p, _ := sync.KnownProviderAt(host)
	if f.providers != nil {
		p, _ = sync.ProviderAmong(f.providers, host)
	}
	if password || p.Name == "" {
		f.passwordRow.Show()
	} else {
		f.passwordRow.Hide()
	}
	f.browser.offer(p, password)
}

// advise says under the password what to do before signing in; nothing for "".
func (f *mailboxForm) advise(advice string) {
	if advice == f.advised {
		return
	}
	f.advised = advice
	if advice == "" {
		f.advice.Hide()
	} else {
		f.advice.Set(kit.Span{Text: advice + ".", Role: kit.Small, Tint: kit.Ink2})
		f.advice.Show()
	}
	if f.changed != nil {
		f.changed()
	}
}
