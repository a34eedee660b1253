package mail

import (
	"context"
	"errors"
	"net"

	"rapport/data"
	"rapport/data/text"
)

// serviceRecords asks the DNS for the domain's IMAP services: TLS from the first
// byte before STARTTLS, as RFC 8314 wants it, each by its priority. A domain
// that says of both that there is none ends the search.
func (f *search) serviceRecords(ctx context.Context) []Found {
	services := []struct {
		name     string
		security data.Security
	}{{"imaps", data.TLS}, {"imap", data.StartTLS}}
	lists := make([][]*net.SRV, len(services))
	errs := make([]error, len(services))
	sideBySide(len(services), func(i int) {
		_, lists[i], errs[i] = f.Resolver.LookupSRV(ctx, services[i].name, "tcp", f.domain+".")
	})
	var found []Found
	denied := 0
	for i, s := range services {
		ways, none := f.services(lists[i], s.security)
		found = append(found, ways...)
		if none {
			denied++
		}
		if len(ways) == 0 {
			f.noteDNS("a record _"+s.name+"._tcp."+f.domain, errs[i], none)
		}
		f.answered = f.answered || errs[i] == nil || spoke(errs[i])
	}
	f.done = denied == len(services)
	return distinct(found)
}

// services are the servers that records name; none says that they deny the
// service with the target ".".
func (f *search) services(records []*net.SRV, security data.Security) (found []Found, none bool) {
	for _, r := range records {
		host := text.NormalDomain(r.Target)
		if host == "" {
			none = len(records) == 1
			continue
		}
		if r.Port == 0 || !isDomain(host) {
			continue
		}
		found = append(found, f.recorded(host, int(r.Port), security))
	}
	return found, none
}

// recorded is the way to a server that a service record names. One of a large
// provider is as good as the table.
func (f *search) recorded(host string, port int, security data.Security) Found {
	way := Found{
		Host: host, Port: port, Security: security, User: f.address, UserForm: WholeAddress, By: BySRV, SignIn: WithPassword,
		Elsewhere: !f.isNear(host),
	}
	if p, ok := providerAt(host); ok {
		known := p.found(f, BySRV)
		known.Port, known.Security = port, security
		return known
	}
	return way
}

func (f *search) noteDNS(name string, err error, none bool) {
	switch {
	case none:
		f.note("asked the DNS for " + name + ": there is no such service, it says")
	case err == nil, spoke(err):
		f.note("asked the DNS for " + name + ": there is none")
	case isTimeout(err), errors.Is(err, context.DeadlineExceeded):
		f.note("asked the DNS for " + name + ": no answer in time")
	default:
		f.note("asked the DNS for " + name + ": it cannot be reached")
	}
}

// mailExchangers finds the large provider that receives the domain's mail, and
// says so where it is one that keeps mail programs out.
func (f *search) mailExchangers(ctx context.Context) []Found {
	records, err := f.Resolver.LookupMX(ctx, f.domain+".")
	f.answered = f.answered || err == nil || spoke(err)
	if len(records) == 0 {
		f.noteDNS("where mail for "+f.domain+" is delivered", err, false)
		return nil
	}
	for _, r := range records {
		p, ok := providerBehind(text.NormalDomain(r.Host))
		switch {
		case !ok:
			continue
		case p.none != "":
			f.note(p.none)
			f.done = true
			return nil
		}
		return []Found{p.found(f, ByMX)}
	}
	f.note("asked the DNS for where mail for " + f.domain + " is delivered: to no provider in Rapport's table")
	return nil
}
